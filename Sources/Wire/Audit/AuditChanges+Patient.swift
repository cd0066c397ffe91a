import Clinic
import Planning

extension AuditChanges {
    /// What an event about patients changed; what their details were stands with the patient.
    func of(_ event: PatientEvent) -> [AuditChangeMessage] {
        switch event {
        case .added, .imported, .detailsChanged: []
        case .merged(let merge):
            [change(merge.from.text, "entry", nil, "the same as \(merge.into)")]
                + merge.courses.map { change($0.text, "patient", merge.from.text, merge.into.text) }
        case .separated(let merge):
            [change(merge.from.text, "entry", "the same as \(merge.into)", nil)]
                + merge.courses.map { change($0.text, "patient", merge.into.text, merge.from.text) }
        case .closed(let patient, let reason): [change(patient.text, "closed", nil, reason.rawValue)]
        case .reopened(let patient): [change(patient.text, "closed", "yes", nil)]
        }
    }
}
