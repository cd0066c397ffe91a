package import Planning

/// Something to be done with staff, chairs or hours.
package enum AvailabilityCommand: Hashable, Sendable {
    /// A person is away.
    case addTimeOff(TimeOff)
    /// A chair is out of service.
    case addOutage(Outage)
    /// All chairs of a feature are out of service.
    case addOutages(feature: String, Interval)
    case addClosure(Closure)
    /// The clinic opens on a day.
    case addOpening(Opening)
    /// A person works an extra shift.
    case addShift(ExtraShift)
    /// Absences, extra shifts, outages, closures and openings are taken back, by their ids; only such as were added by
    /// command.
    case takeBack([String])
}

func decide(_ command: AvailabilityCommand, _ state: ClinicState) -> Decision {
    var counters = state.counters
    switch command {
    case .addTimeOff(let timeOff): return add(timeOff, state)
    case .addOutage(let outage): return add(outage, state)
    case .addOutages(let feature, let interval): return addOutages(feature, interval, state)
    case .addClosure(var closure):
        guard closure.from <= closure.through else { return .refused(.endsBeforeStart, []) }
        closure.reason = codeOnly(closure.reason)
        if let known = state.closure(covering: closure) {
            return .accepted([], PrivateDetails(), .closure(known))
        }
        let dated = DatedClosure(id: counters.nextClosure(), closure: closure)
        return .accepted([.availability(.added(.closure(dated)))], PrivateDetails(), .closure(dated.id))
    case .addOpening(var opening):
        opening.reason = codeOnly(opening.reason)
        if let known = state.opening(covering: opening) {
            return .accepted([], PrivateDetails(), .opening(known))
        }
        let dated = DatedOpening(id: counters.nextOpening(), opening: opening)
        return .accepted([.availability(.added(.opening(dated)))], PrivateDetails(), .opening(dated.id))
    case .addShift(let shift): return add(shift, state)
    case .takeBack(let ids): return takeBack(ids, state)
    }
}

/// A reason as the record may have it: the name of a kind of reason, never somebody's own words.
private func codeOnly(_ reason: String?) -> String? {
    reason.flatMap { Reason.Code(rawValue: $0) }?.rawValue
}

private func add(_ timeOff: TimeOff, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.staff.contains(where: { $0.id == timeOff.person }) ?? false else {
        return .refused(.unknown(.person, timeOff.person.text), [])
    }
    if let known = state.absence(covering: timeOff) { return .accepted([], PrivateDetails(), .absence(known)) }
    var counters = state.counters
    let absence = Absence(id: counters.nextAbsence(), timeOff: timeOff)
    return .accepted([.availability(.added(.timeOff(absence)))], PrivateDetails(), .absence(absence.id))
}

private func add(_ outage: Outage, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.chairs.contains(where: { $0.id == outage.chair }) ?? false else {
        return .refused(.unknown(.chair, outage.chair.text), [])
    }
    if let known = state.outage(covering: outage) { return .accepted([], PrivateDetails(), .outage(known)) }
    var counters = state.counters
    let added = ChairOutage(id: counters.nextOutage(), outage: outage)
    return .accepted([.availability(.added(.outage(added)))], PrivateDetails(), .outage(added.id))
}

private func addOutages(_ feature: String, _ interval: Interval, _ state: ClinicState) -> Decision {
    let chairs = state.configuration?.facility.chairs.filter { $0.features.contains(feature) } ?? []
    if chairs.isEmpty { return .refused(.unknown(.feature, feature), []) }
    var counters = state.counters
    var ids: [OutageID] = []
    var events: [Event] = []
    for chair in chairs {
        let outage = Outage(chair: chair.id, interval: interval)
        if let known = state.outage(covering: outage) {
            ids.append(known)
            continue
        }
        let added = ChairOutage(id: counters.nextOutage(), outage: outage)
        ids.append(added.id)
        events.append(.availability(.added(.outage(added))))
    }
    return .accepted(events, PrivateDetails(), .outages(ids))
}

/// Decides on a shift that somebody works beyond their patterns.
private func add(_ shift: ExtraShift, _ state: ClinicState) -> Decision {
    guard state.configuration?.facility.staff.contains(where: { $0.id == shift.person }) ?? false else {
        return .refused(.unknown(.person, shift.person.text), [])
    }
    if let known = state.shift(covering: shift) { return .accepted([], PrivateDetails(), .shift(known)) }
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
