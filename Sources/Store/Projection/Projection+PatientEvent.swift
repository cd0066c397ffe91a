import Clinic
import GRDB
import Planning

extension Projection {
    /// Writes what an event about patients changes.
    func write(_ event: PatientEvent, _ number: Int) throws {
        switch event {
        case .added(let patient), .detailsChanged(let patient): try write(patient, by: number)
        case .imported(let patients): for patient in patients { try write(patient, by: number) }
        }
    }

    private func write(_ patient: PatientID, by event: Int) throws {
        try run(
            """
            INSERT INTO patient (id, details_event) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET details_event = excluded.details_event
            """, [patient.text, event])
    }
}
