import Clinic
import Planning
import StrictJSON

extension WaitingEvent {
    var payload: JSONValue {
        switch self {
        case .added(let entry), .removed(let entry): entry.payload
        case .offerMade(let offer): offer.payload
        case .offerClosed(let closed): closed.payload
        case .placesFreed(let freed): freed.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> WaitingEvent? {
        switch kind {
        case .added: WaitingEntry(payload: payload).map { .added($0) }
        case .removed: WaitingEntry(payload: payload).map { .removed($0) }
        case .offerMade: Offer(payload: payload).map { .offerMade($0) }
        case .offerClosed: OfferClosed(payload: payload).map { .offerClosed($0) }
        case .placesFreed: PlacesFreed(payload: payload).map { .placesFreed($0) }
        }
    }

    /// Why it cannot have happened; nil where it can.
    var flaw: String? {
        switch self {
        case .offerMade(let offer): offer.flaw
        case .offerClosed(let closed): closed.offer.flaw
        case .added, .removed, .placesFreed: nil
        }
    }
}

extension WaitingEntry: Shaped {
    static let shape = Shape<WaitingEntry>(
        WaitingEntry.init,
        Field("id", \.id),
        Field("course", \.course),
        Field("patient", \.patient),
        Field("visit", \.visit),
        Field("earlier", \.earlier),
        Field("windows", \.windows),
        Field("since", \.since),
        Field("declined", \.declined, Codec.pair.list))
}

extension Offer: Shaped {
    static let shape = Shape<Offer>(
        { id, entry, course, patient, moves, until, gain in
            moves.isEmpty
                ? nil
                : Offer(id: id, entry: entry, course: course, patient: patient, moves: moves, until: until, gain: gain)
        },
        Field("id", \.id),
        Field("entry", \.entry),
        Field("course", \.course),
        Field("patient", \.patient),
        Field("moves", \.moves, Move.json.list.always),
        Field("until", \.until),
        Field("gain", \.gain))
}

extension Offer.Move: Shaped {
    static let shape = Shape<Offer.Move>(
        Offer.Move.init,
        Field("visit", \.visit),
        Field("type", \.visitType),
        Field("from", \.from),
        Field("to", \.to),
        Field("hold", \.hold))
}

extension OfferGain: Shaped {
    static let shape = Shape<OfferGain>(
        OfferGain.init,
        Field("costSaved", \.costSaved),
        Field("daysEarlier", \.daysEarlier),
        Field("total", \.total))
}

extension OfferClosed.Outcome: JSONCoded {}

extension OfferClosed: Shaped {
    static let shape = Shape<OfferClosed>(
        { OfferClosed(offer: $1, outcome: $0) },
        Field("outcome", \.outcome),
        Field("offer", \.offer))
}

extension PlacesFreed: Shaped {
    static let shape = Shape<PlacesFreed>(
        PlacesFreed.init,
        Field("course", \.course),
        Field("places", \.places, Freed.json.list.always))
}

extension PlacesFreed.Freed: Shaped {
    static let shape = Shape<PlacesFreed.Freed>(
        { day, chair, interval, visit, entries in
            PlacesFreed.Freed(
                place: FreedPlace(day: day, chair: chair, interval: interval, visit: visit), entries: entries)
        },
        Field("day", \.place.day),
        Field("chair", \.place.chair),
        Field("minutes", \.place.interval, .pair),
        Field("visit", \.place.visit),
        Field("entries", \.entries, WaitingID.json.list.always))
}
