package import Planning

/// What an event is about; the record is indexed by it. Events about a visit name its course too, except where a whole
/// course is booked: then its visits are found by the course.
package enum Subject: Hashable, Sendable {
    /// The clinic as a whole.
    case clinic
    case patient(PatientID)
    case course(CourseID)
    case visit(VisitID)
    case chair(ChairID)
    /// A member of staff.
    case person(PersonID)

    /// The kind, as in the record.
    package var kind: String {
        switch self {
        case .clinic: "clinic"
        case .patient: "patient"
        case .course: "course"
        case .visit: "visit"
        case .chair: "chair"
        case .person: "person"
        }
    }

    /// The id, as in the record; empty for the clinic.
    package var id: String {
        switch self {
        case .clinic: ""
        case .patient(let id): id.text
        case .course(let id): id.text
        case .visit(let id): id.text
        case .chair(let id): id.text
        case .person(let id): id.text
        }
    }
}

extension [Subject] {
    /// Each once, where it stands first.
    var unique: [Subject] {
        var seen: Set<Subject> = []
        return filter { seen.insert($0).inserted }
    }
}
