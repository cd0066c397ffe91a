import Planning
import Wire

/// Visits as rows of a spreadsheet.
enum VisitCSV {
    /// The names of the columns.
    static let header = [
        "visit", "course", "patient", "number", "phase", "type", "status", "told", "pinned", "day", "start", "end",
        "minutes", "chair", "attendants", "covers",
    ]

    /// A visit; several attendants stand in one field: nurse=rn-1;provider=md-1.
    static func row(_ visit: VisitMessage) -> [String] {
        let minutes = (visit.end.second - visit.start.second) / 60
        let attendants = visit.attendants.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let covers = visit.covers.map { "\($0.label)=\($0.person) \(clockText($0.from))-\(clockText($0.until))" }
        return [
            visit.id, visit.course, visit.patient, "\(visit.number)", visit.phase, visit.visit, visit.status.code,
            visit.told ? "yes" : "no", visit.pinned ? "yes" : "no", visit.start.day.description, visit.start.text,
            visit.end.text, "\(minutes)", visit.chair, attendants.joined(separator: ";"),
            covers.joined(separator: ";"),
        ]
    }
}
