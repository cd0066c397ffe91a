import HashTreeCollections
import Planning

/// Something that happened to the waiting list.
package enum WaitingEvent: Hashable, Sendable {
    /// Somebody waits for a place.
    case added(WaitingEntry)
    /// Somebody waits no longer; the entry is told as it was.
    case removed(WaitingEntry)
    /// A place is held for somebody who waits.
    case offerMade(Offer)
    /// An offer came to its end.
    case offerClosed(OfferClosed)
    /// Places became free for which somebody waits.
    case placesFreed(PlacesFreed)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case added = "waitingAdded"
        case removed = "waitingRemoved"
        case offerMade, offerClosed, placesFreed
    }

    var kind: Kind {
        switch self {
        case .added: .added
        case .removed: .removed
        case .offerMade: .offerMade
        case .offerClosed: .offerClosed
        case .placesFreed: .placesFreed
        }
    }

    /// What it is about, each once, most particular first.
    var subjects: [Subject] {
        switch self {
        case .added(let entry), .removed(let entry):
            (entry.visit.map { [.visit($0)] } ?? []) + [.course(entry.course), .patient(entry.patient)]
        case .offerMade(let offer): offer.subjects
        case .offerClosed(let closed): closed.offer.subjects
        case .placesFreed(let freed):
            freed.places.compactMap(\.place.visit).map { .visit($0) } + [.course(freed.course)]
        }
    }

    func apply(to state: inout ClinicState) {
        switch self {
        case .added(let entry):
            state.counters.waiting = entry.id.number
            state.waiting[entry.id] = entry
        case .removed(let entry): state.waiting[entry.id] = nil
        case .offerMade(let offer):
            state.counters.offer = offer.id.number
            state.offers[offer.id] = offer
        case .offerClosed(let closed): state.close(closed)
        case .placesFreed: break
        }
    }
}

extension Offer {
    fileprivate var subjects: [Subject] { moves.map { .visit($0.visit) } + [.course(course), .patient(patient)] }
}
