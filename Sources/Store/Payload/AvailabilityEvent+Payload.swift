import Clinic
import Planning
import StrictJSON

extension AvailabilityEvent {
    /// It does not tell what became of the exception: its kind does.
    var payload: JSONValue { exception.payload }

    static func read(_ kind: Kind, _ payload: JSONReader) -> AvailabilityEvent? {
        switch kind {
        case .added(let kind): AvailabilityException.read(kind, payload).map { .added($0) }
        case .removed(let kind): AvailabilityException.read(kind, payload).map { .removed($0) }
        }
    }
}

extension AvailabilityException {
    var payload: JSONValue {
        switch self {
        case .timeOff(let absence): absence.payload
        case .outage(let outage): outage.payload
        case .closure(let closure): closure.payload
        case .opening(let opening): opening.payload
        case .shift(let dated): dated.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> AvailabilityException? {
        switch kind {
        case .timeOff: Absence(payload: payload).map { .timeOff($0) }
        case .outage: ChairOutage(payload: payload).map { .outage($0) }
        case .closure: DatedClosure(payload: payload).map { .closure($0) }
        case .opening: DatedOpening(payload: payload).map { .opening($0) }
        case .shift: DatedShift(payload: payload).map { .shift($0) }
        }
    }
}

extension Absence: Shaped {
    static let shape = Shape<Absence>(
        { Absence(id: $0, timeOff: TimeOff(person: $1, interval: $2)) },
        Field("id", \.id),
        Field("person", \.timeOff.person),
        Field("minutes", \.timeOff.interval, .pair))
}

extension ChairOutage: Shaped {
    static let shape = Shape<ChairOutage>(
        { ChairOutage(id: $0, outage: Outage(chair: $1, interval: $2)) },
        Field("id", \.id),
        Field("chair", \.outage.chair),
        Field("minutes", \.outage.interval, .pair))
}

extension DatedClosure: Shaped {
    static let shape = Shape<DatedClosure>(
        DatedClosure.init,
        Field("id", \.id),
        Field("closure", \.closure))
}

extension DatedOpening: Shaped {
    static let shape = Shape<DatedOpening>(
        DatedOpening.init,
        Field("id", \.id),
        Field("opening", \.opening))
}

extension DatedShift: Shaped {
    static let shape = Shape<DatedShift>(
        { DatedShift(id: $0, shift: ExtraShift(person: $1, day: $2, hours: $3)) },
        Field("id", \.id),
        Field("person", \.shift.person),
        Field("day", \.shift.day),
        Field("hours", \.shift.hours, .window))
}
