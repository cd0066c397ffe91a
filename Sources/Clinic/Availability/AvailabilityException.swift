import HashTreeCollections
package import Planning

/// A stretch of time or days in which staff, chairs or hours are other than configured, under an id.
package enum AvailabilityException: Hashable, Sendable {
    /// A person is away.
    case timeOff(Absence)
    /// A chair is out of service.
    case outage(ChairOutage)
    /// The clinic closes beyond what is configured.
    case closure(DatedClosure)
    /// The clinic opens beyond what is configured.
    case opening(DatedOpening)
    /// A person works an extra shift.
    case shift(DatedShift)

    /// The kind of exception. The raw value begins the names of its events in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case timeOff, outage, closure, opening, shift

        /// The kind of thing that an id names by its first letter.
        init(of id: String) {
            self =
                switch id.first {
                case "o": .outage
                case "k": .closure
                case "x": .opening
                case "s": .shift
                default: .timeOff
                }
        }

        /// As a refusal names it.
        var refused: ClinicRefusal.Kind {
            switch self {
            case .timeOff: .absence
            case .outage: .outage
            case .closure: .closure
            case .opening: .opening
            case .shift: .shift
            }
        }
    }

    /// Which kind it is of.
    package var kind: Kind {
        switch self {
        case .timeOff: .timeOff
        case .outage: .outage
        case .closure: .closure
        case .opening: .opening
        case .shift: .shift
        }
    }

    package var id: String {
        switch self {
        case .timeOff(let absence): absence.id.text
        case .outage(let outage): outage.id.text
        case .closure(let closure): closure.id.text
        case .opening(let opening): opening.id.text
        case .shift(let shift): shift.id.text
        }
    }

    /// Whose availability it changes.
    package var subject: Subject {
        switch self {
        case .timeOff(let absence): .person(absence.timeOff.person)
        case .outage(let outage): .chair(outage.outage.chair)
        case .closure, .opening: .clinic
        case .shift(let dated): .person(dated.shift.person)
        }
    }

    /// Whether it may change who and what is there on a day.
    func touches(_ day: DayCalendar) -> Bool {
        // A hold may run on after midnight.
        let span = Interval(day.firstMinute, day.firstMinute + max(1, day.length) + 2880)
        return switch self {
        case .timeOff(let absence): absence.timeOff.interval.overlaps(span)
        case .outage(let outage): outage.outage.interval.overlaps(span)
        case .closure(let closure): closure.closure.from <= day.day && day.day <= closure.closure.through
        case .opening(let opening): opening.opening.day == day.day
        case .shift(let dated): dated.shift.day == day.day
        }
    }
}

extension ClinicState {
    /// The exception that an id names.
    package func exception(_ id: String) -> AvailabilityException? {
        switch AvailabilityException.Kind(of: id) {
        case .timeOff: absences[AbsenceID(id)].map { .timeOff($0) }
        case .outage: outages[OutageID(id)].map { .outage($0) }
        case .closure: closures[ClosureID(id)].map { .closure($0) }
        case .opening: openings[OpeningID(id)].map { .opening($0) }
        case .shift: shifts[ShiftID(id)].map { .shift($0) }
        }
    }

    /// Whether an exception is there, as it is told.
    func holds(_ exception: AvailabilityException) -> Bool {
        switch exception {
        case .timeOff(let absence): absences[absence.id] == absence
        case .outage(let outage): outages[outage.id] == outage
        case .closure(let closure): closures[closure.id] == closure
        case .opening(let opening): openings[opening.id] == opening
        case .shift(let dated): shifts[dated.id] == dated
        }
    }

    mutating func add(_ exception: AvailabilityException) {
        switch exception {
        case .timeOff(let absence):
            counters.absence = absence.id.number
            absences[absence.id] = absence
        case .outage(let outage):
            counters.outage = outage.id.number
            outages[outage.id] = outage
        case .closure(let closure):
            counters.closure = closure.id.number
            closures[closure.id] = closure
        case .opening(let opening):
            counters.opening = opening.id.number
            openings[opening.id] = opening
        case .shift(let dated):
            counters.shift = dated.id.number
            shifts[dated.id] = dated
        }
    }

    mutating func remove(_ exception: AvailabilityException) {
        switch exception {
        case .timeOff(let absence): absences[absence.id] = nil
        case .outage(let outage): outages[outage.id] = nil
        case .closure(let closure): closures[closure.id] = nil
        case .opening(let opening): openings[opening.id] = nil
        case .shift(let dated): shifts[dated.id] = nil
        }
    }
}

/// A person's absence under an id.
package struct Absence: Hashable, Sendable {
    package let id: AbsenceID
    /// Who is away, and when.
    package let timeOff: TimeOff

    /// An absence under an id.
    package init(id: AbsenceID, timeOff: TimeOff) {
        self.id = id
        self.timeOff = timeOff
    }
}

/// A chair's outage under an id.
package struct ChairOutage: Hashable, Sendable {
    package let id: OutageID
    /// Which chair, and when.
    package let outage: Outage

    /// An outage under an id.
    package init(id: OutageID, outage: Outage) {
        self.id = id
        self.outage = outage
    }
}

/// A closure under an id; a note about it is kept apart.
package struct DatedClosure: Hashable, Sendable {
    package let id: ClosureID
    /// The days and hours, and the code of the reason that was given.
    package let closure: Closure

    /// A closure under an id.
    package init(id: ClosureID, closure: Closure) {
        self.id = id
        self.closure = closure
    }
}

/// An extra opening under an id; a note about it is kept apart.
package struct DatedOpening: Hashable, Sendable {
    package let id: OpeningID
    /// The day and hours, and the code of the reason that was given.
    package let opening: Opening

    /// An extra opening under an id.
    package init(id: OpeningID, opening: Opening) {
        self.id = id
        self.opening = opening
    }
}
