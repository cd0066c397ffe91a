import HashTreeCollections
import Planning

/// Decides on staff, chairs and hours.
func decideAvailability(_ command: Command, _ state: ClinicState) -> Decision {
    var counters = state.counters
    switch command {
    case .addTimeOff(let timeOff): return add(timeOff, state)
    case .removeTimeOff(let id): return remove(state.absences[id], .absence, id.text) { .timeOffRemoved($0) }
    case .addOutage(let outage): return add(outage, state)
    case .removeOutage(let id): return remove(state.outages[id], .outage, id.text) { .outageRemoved($0) }
    case .addOutages(let feature, let interval): return addOutages(feature, interval, state)
    case .addClosure(var closure):
        guard closure.from <= closure.through else { return .refused(.endsBeforeStart, []) }
        closure.reason = nil
        let dated = DatedClosure(id: counters.nextClosure(), closure: closure)
        return .accepted([.closureAdded(dated)], PrivateDetails(), .closure(dated.id))
    case .removeClosure(let id): return remove(state.closures[id], .closure, id.text) { .closureRemoved($0) }
    case .addOpening(var opening):
        opening.reason = nil
        let dated = DatedOpening(id: counters.nextOpening(), opening: opening)
        return .accepted([.openingAdded(dated)], PrivateDetails(), .opening(dated.id))
    case .removeOpening(let id): return remove(state.openings[id], .opening, id.text) { .openingRemoved($0) }
    case .addShift(let shift): return add(shift, state)
    case .removeShift(let id): return remove(state.shifts[id], .shift, id.text) { .shiftRemoved($0) }
    case .takeBack(let ids): return takeBack(ids, state)
    case .start, .stop, .adoptConfiguration, .addPatient, .importPatients, .changePatient, .bookCourse, .bookProposal,
        .retimeVisits, .orderVisit, .alterCourse, .recordFact, .recordCall, .holdProposal, .adoptCourse, .raiseAlerts,
        .undo,
        .rearrange, .orderWaiting, .importClinic:
        preconditionFailure("what changes no staff, chairs or hours is decided elsewhere")
    }
}

private func add(_ timeOff: TimeOff, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.staff.contains(where: { $0.id == timeOff.person }) ?? false else {
        return .refused(.unknown(.person, timeOff.person.text), [])
    }
    var counters = state.counters
    let absence = Absence(id: counters.nextAbsence(), timeOff: timeOff)
    return .accepted([.timeOffAdded(absence)], PrivateDetails(), .absence(absence.id))
}

private func add(_ outage: Outage, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.chairs.contains(where: { $0.id == outage.chair }) ?? false else {
        return .refused(.unknown(.chair, outage.chair.text), [])
    }
    var counters = state.counters
    let added = ChairOutage(id: counters.nextOutage(), outage: outage)
    return .accepted([.outageAdded(added)], PrivateDetails(), .outage(added.id))
}

private func addOutages(_ feature: String, _ interval: Interval, _ state: ClinicState) -> Decision {
    let chairs = state.configuration?.facility.chairs.filter { $0.features.contains(feature) } ?? []
    if chairs.isEmpty { return .refused(.unknown(.feature, feature), []) }
    var counters = state.counters
    let outages = chairs.map {
        ChairOutage(id: counters.nextOutage(), outage: Outage(chair: $0.id, interval: interval))
    }
    return .accepted(outages.map { .outageAdded($0) }, PrivateDetails(), .outages(outages.map(\.id)))
}

private func remove<Thing>(
    _ thing: Thing?, _ kind: ClinicRefusal.Kind, _ id: String, by event: (Thing) -> Event
) -> Decision {
    guard let thing else { return .refused(.unknown(kind, id), []) }
    return .accepted([event(thing)], PrivateDetails(), .done)
}

/// Decides on a shift that somebody works beyond their patterns.
private func add(_ shift: ExtraShift, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.staff.contains(where: { $0.id == shift.person }) ?? false else {
        return .refused(.unknown(.person, shift.person.text), [])
    }
    var counters = state.counters
    let dated = DatedShift(id: counters.nextShift(), shift: shift)
    return .accepted([.shiftAdded(dated)], PrivateDetails(), .shift(dated.id))
}

/// Takes back what was added by command, by ids of any kind: all or none.
private func takeBack(_ ids: [String], _ state: ClinicState) -> Decision {
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
            .closureAdded, .openingAdded, .shiftAdded, .visitsRetimed, .courseChanged, .alertRaised, .repairProposed,
            .visitsHit,
            .visitsRearranged, .waitingAdded, .waitingRemoved, .offerMade, .offerClosed, .placesFreed:
            false
        }
    }
}
