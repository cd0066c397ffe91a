import Clinic
import Planning
import StrictJSON

extension VisitsRearranged {
    var payload: JSONValue {
        members(
            ("purpose", .string(purpose.rawValue)), ("day", text(day?.description)),
            ("courses", list(changes.map(\.payload))), ("proposed", number(proposed)))
    }

    init?(payload reader: JSONReader) {
        let read: VisitsRearranged? = reader.object { fields in
            guard let purpose = fields.choice("purpose", of: Rearrangement.Purpose.self) else { return nil }
            return VisitsRearranged(
                purpose: purpose, day: fields.optionalDay("day"),
                changes: fields.array("courses", default: [], of: CourseChanged.init(payload:)),
                proposed: fields.optionalCount("proposed"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension VisitsHit {
    var payload: JSONValue {
        members(
            ("subject", .string(subject.kind)), ("id", .string(subject.id)),
            (
                "visits",
                list(
                    visits.map { hit in
                        members(
                            ("visit", .string(hit.visit.text)),
                            ("rules", .array(hit.rules.map { .string($0.rawValue) })))
                    })
            ))
    }

    init?(payload reader: JSONReader) {
        let read: VisitsHit? = reader.object { fields in
            guard let kind = fields.string("subject"), let id = fields.string("id"),
                let subject = Subject(kind: kind, id: id)
            else { return nil }
            return VisitsHit(
                subject: subject, visits: fields.array("visits", default: [], of: Hit.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Hit {
    fileprivate init?(payload reader: JSONReader) {
        let read: Hit? = reader.object { fields in
            guard let visit = fields.identifier("visit", VisitID.self),
                let rules = fields.array("rules", of: { $0.choice(of: Rule.self) })
            else { return nil }
            return Hit(visit: visit, rules: rules)
        }
        guard let read else { return nil }
        self = read
    }
}
