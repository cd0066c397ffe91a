import Clinic
import Planning
import StrictJSON

extension VisitEvent {
    var payload: JSONValue {
        switch self {
        case .retimed(let retimings): Self.retimings.write(retimings)
        case .hit(let hit): hit.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> VisitEvent? {
        switch kind {
        case .retimed: retimings.read(payload).map { .retimed($0) }
        case .hit: VisitsHit(payload: payload).map { .hit($0) }
        }
    }

    private static let retimings = Shape<[Retiming]>({ $0 }, Field("visits", \.self, Retiming.json.list.always))

    /// Why it cannot have happened; nil where it can.
    var flaw: String? {
        switch self {
        case .retimed(let retimings):
            retimings.contains { !StoredRow.moments.contains($0.to) } ? "a visit gets an impossible time" : nil
        case .hit: nil
        }
    }
}

extension Retiming: Shaped {
    static let shape = Shape<Retiming>(
        Retiming.init,
        Field("visit", \.visit),
        Field("from", \.from),
        Field("to", \.to))
}

extension VisitsHit: Shaped {
    static let shape = Shape<VisitsHit>(
        VisitsHit.init,
        Field(\.subject, inline: Subject.shape(kind: "subject")),
        Field("visits", \.visits),
        Field("unattended", \.unattended))
}

extension AffectedVisit: Shaped {
    static let shape = Shape<AffectedVisit>(
        AffectedVisit.init,
        Field("visit", \.visit),
        Field("rules", \.rules, Rule.json.list.always))
}
