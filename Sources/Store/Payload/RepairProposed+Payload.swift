import Clinic
import Planning
import StrictJSON

extension RepairProposed {
    var payload: JSONValue {
        members(
            ("proposal", .string(proposal)), ("day", text(day?.description)), ("lost", list(lost.map(\.payload))),
            ("courses", list(courses.map(\.payload))), ("unresolved", list(unresolved.map { .string($0.text) })),
            ("best", .bool(isBest)))
    }

    init?(payload reader: JSONReader) {
        let read: RepairProposed? = reader.object { fields in
            guard let proposal = fields.string("proposal"), let isBest = fields.bool("best") else { return nil }
            return RepairProposed(
                proposal: proposal, day: fields.optionalDay("day"),
                lost: fields.array("lost", default: [], of: Subject.init(payload:)),
                courses: fields.array("courses", default: [], of: OfCourse.init(payload:)),
                unresolved: fields.array("unresolved", default: []) { $0.identifier(VisitID.self) }, isBest: isBest)
        }
        guard let read else { return nil }
        self = read
    }
}

extension RepairProposed.OfCourse {
    fileprivate var payload: JSONValue {
        members(
            ("course", .string(course.text)), ("patient", .string(patient.text)), ("called", flag(isCalled)),
            ("moves", list(moves.map(\.payload))))
    }

    fileprivate init?(payload reader: JSONReader) {
        let read: RepairProposed.OfCourse? = reader.object { fields in
            guard let course = fields.identifier("course", CourseID.self),
                let patient = fields.identifier("patient", PatientID.self),
                let moves = fields.array(
                    "moves", of: { Rearrangement.Move(payload: $0, course: course) })
            else { return nil }
            return RepairProposed.OfCourse(
                course: course, patient: patient, isCalled: fields.flag("called"), moves: moves)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Rearrangement.Move {
    fileprivate var payload: JSONValue {
        members(
            ("visit", .string(visit.text)), ("from", from.payload), ("to", to?.payload),
            ("madeUp", madeUp?.payload), ("rules", list(rules.map { .string($0.rawValue) })))
    }

    fileprivate init?(payload reader: JSONReader, course: CourseID) {
        let read: Rearrangement.Move? = reader.object { fields in
            guard let visit = fields.identifier("visit", VisitID.self),
                let from = fields.value("from", Place.init(payload:))
            else { return nil }
            return Rearrangement.Move(
                visit: visit, course: course, from: from, to: fields.optional("to", Place.init(payload:)),
                madeUp: fields.optional("madeUp", Place.init(payload:)),
                rules: fields.array("rules", default: []) { $0.choice(of: Rule.self) })
        }
        guard let read else { return nil }
        self = read
    }
}

extension Subject {
    fileprivate var payload: JSONValue { members(("kind", .string(kind)), ("id", .string(id))) }

    fileprivate init?(payload reader: JSONReader) {
        let read: Subject? = reader.object { fields in
            guard let kind = fields.string("kind"), let id = fields.string("id") else { return nil }
            return Subject(kind: kind, id: id)
        }
        guard let read else { return nil }
        self = read
    }
}
