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

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: WaitingEvent? =
            switch kind {
            case .added: WaitingEntry(payload: reader).map { .added($0) }
            case .removed: WaitingEntry(payload: reader).map { .removed($0) }
            case .offerMade: Offer(payload: reader).map { .offerMade($0) }
            case .offerClosed: OfferClosed(payload: reader).map { .offerClosed($0) }
            case .placesFreed: PlacesFreed(payload: reader).map { .placesFreed($0) }
            }
        guard let read else { return nil }
        self = read
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

extension WaitingEntry {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("course", .string(course.text)), ("patient", .string(patient.text)),
            ("visit", text(visit?.text)), ("earlier", flag(earlier)), ("windows", list(windows.map(\.payload))),
            ("since", .integer(since.seconds)), ("declined", list(declined.map(\.pair))))
    }

    init?(payload reader: JSONReader) {
        let read: WaitingEntry? = reader.object { fields in
            guard let id = fields.identifier("id", WaitingID.self),
                let course = fields.identifier("course", CourseID.self),
                let patient = fields.identifier("patient", PatientID.self), let since = fields.integer("since")
            else { return nil }
            return WaitingEntry(
                id: id, course: course, patient: patient,
                visit: fields.optional("visit") { $0.identifier(VisitID.self) }, earlier: fields.flag("earlier"),
                windows: fields.array("windows", default: [], of: WeekWindow.init(payload:)),
                since: Instant(seconds: since), declined: fields.array("declined", default: []) { $0.pair() })
        }
        guard let read else { return nil }
        self = read
    }
}

extension Offer {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("entry", .string(entry.text)), ("course", .string(course.text)),
            ("patient", .string(patient.text)), ("moves", .array(moves.map(\.payload))),
            ("until", .integer(until.seconds)), ("gain", gain.payload))
    }

    init?(payload reader: JSONReader) {
        let read: Offer? = reader.object { fields in
            guard let id = fields.identifier("id", OfferID.self),
                let entry = fields.identifier("entry", WaitingID.self),
                let course = fields.identifier("course", CourseID.self),
                let patient = fields.identifier("patient", PatientID.self),
                let moves = fields.array("moves", of: Move.init(payload:)), !moves.isEmpty,
                let until = fields.integer("until"),
                let gain = fields.value("gain", OfferGain.init(payload:))
            else { return nil }
            return Offer(
                id: id, entry: entry, course: course, patient: patient, moves: moves,
                until: Instant(seconds: until), gain: gain)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Offer.Move {
    var payload: JSONValue {
        members(
            ("visit", .string(visit.text)), ("type", .string(visitType.text)), ("from", from.payload),
            ("to", to.payload), ("hold", .integer(hold)))
    }

    init?(payload reader: JSONReader) {
        let read: Offer.Move? = reader.object { fields in
            guard let visit = fields.identifier("visit", VisitID.self),
                let type = fields.identifier("type", VisitTypeID.self),
                let from = fields.value("from", Place.init(payload:)),
                let to = fields.value("to", Place.init(payload:)), let hold = fields.integer("hold")
            else { return nil }
            return Offer.Move(visit: visit, visitType: type, from: from, to: to, hold: hold)
        }
        guard let read else { return nil }
        self = read
    }
}

extension OfferGain {
    var payload: JSONValue {
        members(
            ("costSaved", .integer(costSaved)), ("daysEarlier", .integer(daysEarlier)), ("total", .integer(total)))
    }

    init?(payload reader: JSONReader) {
        let read: OfferGain? = reader.object { fields in
            guard let costSaved = fields.integer("costSaved"), let daysEarlier = fields.integer("daysEarlier"),
                let total = fields.integer("total")
            else { return nil }
            return OfferGain(costSaved: costSaved, daysEarlier: daysEarlier, total: total)
        }
        guard let read else { return nil }
        self = read
    }
}

extension OfferClosed {
    var payload: JSONValue { members(("outcome", .string(outcome.rawValue)), ("offer", offer.payload)) }

    init?(payload reader: JSONReader) {
        let read: OfferClosed? = reader.object { fields in
            guard let outcome = fields.choice("outcome", of: Outcome.self),
                let offer = fields.value("offer", Offer.init(payload:))
            else { return nil }
            return OfferClosed(offer: offer, outcome: outcome)
        }
        guard let read else { return nil }
        self = read
    }
}

extension PlacesFreed {
    var payload: JSONValue {
        members(("course", .string(course.text)), ("places", .array(places.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: PlacesFreed? = reader.object { fields in
            guard let course = fields.identifier("course", CourseID.self),
                let places = fields.array("places", of: Freed.init(payload:))
            else { return nil }
            return PlacesFreed(course: course, places: places)
        }
        guard let read else { return nil }
        self = read
    }
}

extension PlacesFreed.Freed {
    var payload: JSONValue {
        members(
            ("day", .string("\(place.day)")), ("chair", .string(place.chair.text)),
            ("minutes", place.interval.pair), ("visit", text(place.visit?.text)),
            ("entries", .array(entries.map { .string($0.text) })))
    }

    init?(payload reader: JSONReader) {
        let read: PlacesFreed.Freed? = reader.object { fields in
            guard let day = fields.day("day"), let chair = fields.identifier("chair", ChairID.self),
                let interval = fields.value("minutes", { $0.pair() }),
                let entries = fields.array("entries", of: { $0.identifier(WaitingID.self) })
            else { return nil }
            let place = FreedPlace(
                day: day, chair: chair, interval: interval,
                visit: fields.optional("visit") { $0.identifier(VisitID.self) })
            return PlacesFreed.Freed(place: place, entries: entries)
        }
        guard let read else { return nil }
        self = read
    }
}
