import Clinic
import Planning
import StrictJSON

extension AvailabilityEvent {
    /// It does not tell what became of the exception: its kind does.
    var payload: JSONValue { exception.payload }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: AvailabilityEvent? =
            switch kind {
            case .added(let kind): AvailabilityException(kind, payload: reader).map { .added($0) }
            case .removed(let kind): AvailabilityException(kind, payload: reader).map { .removed($0) }
            }
        guard let read else { return nil }
        self = read
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

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: AvailabilityException? =
            switch kind {
            case .timeOff: Absence(payload: reader).map { .timeOff($0) }
            case .outage: ChairOutage(payload: reader).map { .outage($0) }
            case .closure: DatedClosure(payload: reader).map { .closure($0) }
            case .opening: DatedOpening(payload: reader).map { .opening($0) }
            case .shift: DatedShift(payload: reader).map { .shift($0) }
            }
        guard let read else { return nil }
        self = read
    }
}

extension Absence {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("person", .string(timeOff.person.text)), ("minutes", timeOff.interval.pair))
    }

    init?(payload reader: JSONReader) {
        let read: Absence? = reader.object { fields in
            guard let id = fields.identifier("id", AbsenceID.self),
                let person = fields.identifier("person", PersonID.self),
                let interval = fields.value("minutes", { $0.pair() })
            else { return nil }
            return Absence(id: id, timeOff: TimeOff(person: person, interval: interval))
        }
        guard let read else { return nil }
        self = read
    }
}

extension ChairOutage {
    var payload: JSONValue {
        members(("id", .string(id.text)), ("chair", .string(outage.chair.text)), ("minutes", outage.interval.pair))
    }

    init?(payload reader: JSONReader) {
        let read: ChairOutage? = reader.object { fields in
            guard let id = fields.identifier("id", OutageID.self),
                let chair = fields.identifier("chair", ChairID.self),
                let interval = fields.value("minutes", { $0.pair() })
            else { return nil }
            return ChairOutage(id: id, outage: Outage(chair: chair, interval: interval))
        }
        guard let read else { return nil }
        self = read
    }
}

extension DatedClosure {
    var payload: JSONValue {
        members(("id", .string(id.text)), ("closure", closure.payload))
    }

    init?(payload reader: JSONReader) {
        let read: DatedClosure? = reader.object { fields in
            guard let id = fields.identifier("id", ClosureID.self),
                let closure = fields.value("closure", Closure.init(payload:))
            else { return nil }
            return DatedClosure(id: id, closure: closure)
        }
        guard let read else { return nil }
        self = read
    }
}

extension DatedOpening {
    var payload: JSONValue {
        members(("id", .string(id.text)), ("opening", opening.payload))
    }

    init?(payload reader: JSONReader) {
        let read: DatedOpening? = reader.object { fields in
            guard let id = fields.identifier("id", OpeningID.self),
                let opening = fields.value("opening", Opening.init(payload:))
            else { return nil }
            return DatedOpening(id: id, opening: opening)
        }
        guard let read else { return nil }
        self = read
    }
}

extension DatedShift {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("person", .string(shift.person.text)), ("day", .string("\(shift.day)")),
            ("hours", .string(shift.hours.clockWindow)))
    }

    init?(payload reader: JSONReader) {
        let read: DatedShift? = reader.object { fields in
            guard let id = fields.identifier("id", ShiftID.self),
                let person = fields.identifier("person", PersonID.self), let day = fields.day("day"),
                let hours = fields.value("hours", { $0.window() })
            else { return nil }
            return DatedShift(id: id, shift: ExtraShift(person: person, day: day, hours: hours))
        }
        guard let read else { return nil }
        self = read
    }
}
