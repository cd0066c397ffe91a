import Clinic
import GRDB
import Planning

extension Projection {
    /// Writes what an event about patients changes beside courses and visits.
    func write(_ event: PatientEvent, _ number: Int, _ state: ClinicState) throws {
        switch event {
        case .added(let patient), .detailsChanged(let patient): try write(patient, by: number)
        case .imported(let patients): for patient in patients { try write(patient, by: number) }
        case .merged(let merge):
            try writeStanding(of: merge.from, state)
            for course in merge.courses { try giveWaiting(of: course, to: merge.into) }
        case .separated(let merge):
            try writeStanding(of: merge.from, state)
            for course in merge.courses { try giveWaiting(of: course, to: merge.from) }
        case .closed(let patient, _), .reopened(let patient): try writeStanding(of: patient, state)
        }
    }

    private func write(_ patient: PatientID, by event: Int) throws {
        try run(
            """
            INSERT INTO patient (id, details_event) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET details_event = excluded.details_event
            """, [patient.text, event])
    }

    private func writeStanding(of patient: PatientID, _ state: ClinicState) throws {
        let (closed, merged): (String?, String?) =
            switch state.patient(patient)?.standing {
            case .open?, nil: (nil, nil)
            case .closed(let reason)?: (reason.rawValue, nil)
            case .merged(let into)?: (nil, into.text)
            }
        try run("UPDATE patient SET closed = ?, merged_into = ? WHERE id = ?", [closed, merged, patient.text])
    }
}
