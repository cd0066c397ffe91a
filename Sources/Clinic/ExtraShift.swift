import HashTreeCollections
package import Planning

/// Marks ids of extra shifts.
package enum ExtraShiftKind {}

/// An extra shift's id, `s4`.
package typealias ShiftID = Identifier<ExtraShiftKind>

/// A person works on a day beyond their weekly patterns.
package struct ExtraShift: Hashable, Sendable {
    /// Who works.
    package var person: PersonID
    /// The day.
    package var day: Day
    /// Minutes on the clock.
    package var hours: Interval

    /// A shift of a person on a day at the given clock minutes.
    package init(person: PersonID, day: Day, hours: Interval) {
        self.person = person
        self.day = day
        self.hours = hours
    }

    /// The shift in the planner's terms: a pattern of a single day.
    var pattern: Shift { Shift(days: [day.weekday], hours: hours, from: day, through: day) }
}

/// An extra shift under an id.
package struct DatedShift: Hashable, Sendable {
    /// Its id, `s4`.
    package let id: ShiftID
    /// Who works when.
    package let shift: ExtraShift

    /// An extra shift under an id.
    package init(id: ShiftID, shift: ExtraShift) {
        self.id = id
        self.shift = shift
    }
}

/// Decides on a shift that somebody works beyond their patterns.
func add(_ shift: ExtraShift, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.staff.contains(where: { $0.id == shift.person }) ?? false else {
        return .refused(.unknown(.person, shift.person.text), [])
    }
    var counters = state.counters
    let dated = DatedShift(id: counters.nextShift(), shift: shift)
    return .accepted([.shiftAdded(dated)], PrivateDetails(), .shift(dated.id))
}

/// Takes back what was added by command, by ids of any kind: all or none.
func takeBack(_ ids: [String], _ state: ClinicState) -> Decision {
    var events: [Event] = []
    for id in ids where !events.contains(where: { $0.takesBack(id) }) {
        let event: Event?
        let kind: ClinicRefusal.Kind
        switch id.first {
        case "s": (kind, event) = (.shift, state.shifts[ShiftID(id)].map { .shiftRemoved($0) })
        case "o": (kind, event) = (.outage, state.outages[OutageID(id)].map { .outageRemoved($0) })
        case "k": (kind, event) = (.closure, state.closures[ClosureID(id)].map { .closureRemoved($0) })
        case "x": (kind, event) = (.opening, state.openings[OpeningID(id)].map { .openingRemoved($0) })
        default: (kind, event) = (.absence, state.absences[AbsenceID(id)].map { .timeOffRemoved($0) })
        }
        guard let event else { return .refused(.unknown(kind, id), []) }
        events.append(event)
    }
    return .accepted(events, PrivateDetails(), .done)
}

extension Event {
    /// Whether it takes back what has an id.
    fileprivate func takesBack(_ id: String) -> Bool {
        switch self {
        case .timeOffRemoved(let absence): absence.id.text == id
        case .outageRemoved(let outage): outage.id.text == id
        case .closureRemoved(let closure): closure.id.text == id
        case .openingRemoved(let opening): opening.id.text == id
        case .shiftRemoved(let shift): shift.id.text == id
        case .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
            .patientDetailsChanged, .templateRecorded, .courseBooked, .courseRefused, .timeOffAdded, .outageAdded,
            .closureAdded, .openingAdded, .shiftAdded, .visitsRetimed, .courseChanged, .alertRaised, .visitsHit,
            .visitsRearranged:
            false
        }
    }
}
