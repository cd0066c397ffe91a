import HashTreeCollections
import Planning

/// Decides on staff, chairs and hours.
func decideAvailability(_ command: Command, _ state: ClinicState) -> Decision {
    var counters = state.counters
    switch command {
    case .addTimeOff(let timeOff): return add(timeOff, state)
    case .removeTimeOff(let id):
        return remove(state.absences[id], .absence, id.text) { .availability(.removed(.timeOff($0))) }
    case .addOutage(let outage): return add(outage, state)
    case .removeOutage(let id):
        return remove(state.outages[id], .outage, id.text) { .availability(.removed(.outage($0))) }
    case .addOutages(let feature, let interval): return addOutages(feature, interval, state)
    case .addClosure(var closure):
        guard closure.from <= closure.through else { return .refused(.endsBeforeStart, []) }
        closure.reason = nil
        let dated = DatedClosure(id: counters.nextClosure(), closure: closure)
        return .accepted([.availability(.added(.closure(dated)))], PrivateDetails(), .closure(dated.id))
    case .removeClosure(let id):
        return remove(state.closures[id], .closure, id.text) { .availability(.removed(.closure($0))) }
    case .addOpening(var opening):
        opening.reason = nil
        let dated = DatedOpening(id: counters.nextOpening(), opening: opening)
        return .accepted([.availability(.added(.opening(dated)))], PrivateDetails(), .opening(dated.id))
    case .removeOpening(let id):
        return remove(state.openings[id], .opening, id.text) { .availability(.removed(.opening($0))) }
    case .addShift(let shift): return add(shift, state)
    case .removeShift(let id): return remove(state.shifts[id], .shift, id.text) { .availability(.removed(.shift($0))) }
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
    return .accepted([.availability(.added(.timeOff(absence)))], PrivateDetails(), .absence(absence.id))
}

private func add(_ outage: Outage, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.chairs.contains(where: { $0.id == outage.chair }) ?? false else {
        return .refused(.unknown(.chair, outage.chair.text), [])
    }
    var counters = state.counters
    let added = ChairOutage(id: counters.nextOutage(), outage: outage)
    return .accepted([.availability(.added(.outage(added)))], PrivateDetails(), .outage(added.id))
}

private func addOutages(_ feature: String, _ interval: Interval, _ state: ClinicState) -> Decision {
    let chairs = state.configuration?.facility.chairs.filter { $0.features.contains(feature) } ?? []
    if chairs.isEmpty { return .refused(.unknown(.feature, feature), []) }
    var counters = state.counters
    let outages = chairs.map {
        ChairOutage(id: counters.nextOutage(), outage: Outage(chair: $0.id, interval: interval))
    }
    return .accepted(outages.map { .availability(.added(.outage($0))) }, PrivateDetails(), .outages(outages.map(\.id)))
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
    return .accepted([.availability(.added(.shift(dated)))], PrivateDetails(), .shift(dated.id))
}

/// Takes back what was added by command, by ids of any kind: all or none.
private func takeBack(_ ids: [String], _ state: ClinicState) -> Decision {
    var taken: [AvailabilityException] = []
    for id in ids where !taken.contains(where: { $0.id == id }) {
        guard let exception = state.exception(id) else {
            return .refused(.unknown(AvailabilityException.Kind(of: id).refused, id), [])
        }
        taken.append(exception)
    }
    return .accepted(taken.map { .availability(.removed($0)) }, PrivateDetails(), .done)
}
