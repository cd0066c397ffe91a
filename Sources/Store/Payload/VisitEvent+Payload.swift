import Clinic
import Planning
import StrictJSON

extension VisitEvent {
    var payload: JSONValue {
        switch self {
        case .retimed(let retimings): members(("visits", .array(retimings.map(\.payload))))
        case .hit(let hit): hit.payload
        }
    }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: VisitEvent? =
            switch kind {
            case .retimed: reader.object { $0.array("visits", of: Retiming.init(payload:)) }.map { .retimed($0) }
            case .hit: VisitsHit(payload: reader).map { .hit($0) }
            }
        guard let read else { return nil }
        self = read
    }

    /// Why it cannot have happened; nil where it can.
    var flaw: String? {
        switch self {
        case .retimed(let retimings):
            retimings.contains { !StoredRow.moments.contains($0.to) } ? "a visit gets an impossible time" : nil
        case .hit: nil
        }
    }
}

extension Retiming {
    var payload: JSONValue {
        members(("visit", .string(visit.text)), ("from", .integer(from)), ("to", .integer(to)))
    }

    init?(payload reader: JSONReader) {
        let read: Retiming? = reader.object { fields in
            guard let visit = fields.identifier("visit", VisitID.self), let from = fields.integer("from"),
                let to = fields.integer("to")
            else { return nil }
            return Retiming(visit: visit, from: from, to: to)
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
                subject: subject, visits: fields.array("visits", default: [], of: AffectedVisit.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension AffectedVisit {
    fileprivate init?(payload reader: JSONReader) {
        let read: AffectedVisit? = reader.object { fields in
            guard let visit = fields.identifier("visit", VisitID.self),
                let rules = fields.array("rules", of: { $0.choice(of: Rule.self) })
            else { return nil }
            return AffectedVisit(visit: visit, rules: rules)
        }
        guard let read else { return nil }
        self = read
    }
}
