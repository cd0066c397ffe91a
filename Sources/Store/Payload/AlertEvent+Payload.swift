import Clinic
import Planning
import StrictJSON

extension AlertEvent {
    var payload: JSONValue {
        switch self {
        case .raised(let alert): alert.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> AlertEvent? {
        switch kind {
        case .raised: Alert(payload: payload).map { .raised($0) }
        }
    }
}

extension Alert.Kind: JSONCoded {}

extension Alert: Shaped {
    static let shape = Shape<Alert>(
        { Alert($0, $1, $2, due: $3) },
        Field("kind", \.kind),
        Field(\.subject, inline: Subject.shape(kind: "subject")),
        Field("detail", \.detail, String.json.omitted(as: "")),
        Field("due", \.due))
}

extension Subject {
    /// The kind of a subject under a key, and its id under another.
    static func shape(kind key: String) -> Shape<Subject> {
        Shape<Subject>({ Subject(kind: $0, id: $1) }, Field(key, \.kind), Field("id", \.id))
    }

    private init?(kind: String, id: String) {
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
