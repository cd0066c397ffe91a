import Clinic
import Planning
import StrictJSON

extension AlertEvent {
    var payload: JSONValue {
        switch self {
        case .raised(let alert): alert.payload
        }
    }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: AlertEvent? =
            switch kind {
            case .raised: Alert(payload: reader).map { .raised($0) }
            }
        guard let read else { return nil }
        self = read
    }
}

extension Alert {
    var payload: JSONValue {
        members(
            ("kind", .string(kind.rawValue)), ("subject", .string(subject.kind)), ("id", .string(subject.id)),
            ("detail", detail.isEmpty ? nil : .string(detail)), ("due", .integer(due.seconds)))
    }

    init?(payload reader: JSONReader) {
        let read: Alert? = reader.object { fields in
            let id = fields.string("id") ?? ""
            guard let kind = fields.choice("kind", of: Kind.self),
                let subject = fields.parsed("subject", as: "a kind of subject", { Subject(kind: $0, id: id) }),
                let due = fields.integer("due")
            else { return nil }
            return Alert(kind, subject, fields.optionalText("detail") ?? "", due: Instant(seconds: due))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Subject {
    init?(kind: String, id: String) {
        switch kind {
        case "clinic": self = .clinic
        case "patient": self = .patient(PatientID(id))
        case "course": self = .course(CourseID(id))
        case "visit": self = .visit(VisitID(id))
        case "chair": self = .chair(ChairID(id))
        case "person": self = .person(PersonID(id))
        default: return nil
        }
    }
}
