import HashTreeCollections
package import Planning

/// Something that happened to booked visits without anybody's wish.
package enum VisitEvent: Hashable, Sendable {
    /// The zone's law changed: promised times now fall on other instants.
    case retimed([Retiming])
    /// A loss of staff, chairs or hours, recorded before this, hit booked visits.
    case hit(VisitsHit)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case retimed = "visitsRetimed"
        case hit = "visitsHit"
    }

    var kind: Kind {
        switch self {
        case .retimed: .retimed
        case .hit: .hit
        }
    }

    /// What it is about, each once, most particular first.
    var subjects: [Subject] {
        switch self {
        case .retimed(let retimings): retimings.map { .visit($0.visit) }
        case .hit(let hit): hit.visits.map { .visit($0.visit) } + [hit.subject]
        }
    }

    /// The visits that it changes.
    var visits: [VisitID] {
        switch self {
        case .retimed(let retimings): retimings.map(\.visit)
        case .hit: []
        }
    }

    func apply(to state: inout ClinicState) {
        switch self {
        case .retimed(let retimings): state.retime(retimings)
        case .hit: break
        }
    }
}

extension ClinicState {
    fileprivate mutating func retime(_ retimings: [Retiming]) {
        for retiming in retimings {
            guard var visit = visits[retiming.visit] else { continue }
            visit.place = visit.place.retimed(to: retiming.to)
            admit(visit)
        }
    }
}

/// A promised time that falls on another instant.
package struct Retiming: Hashable, Sendable {
    package let visit: VisitID
    /// The instant so far, minutes since 1970 UTC.
    package let from: Int
    /// The instant from now on, minutes since 1970 UTC.
    package let to: Int

    /// A visit whose promised time moved between instants, minutes since 1970 UTC.
    package init(visit: VisitID, from: Int, to: Int) {
        self.visit = visit
        self.from = from
        self.to = to
    }
}
