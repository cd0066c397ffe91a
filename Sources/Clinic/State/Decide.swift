import HashTreeCollections
package import Planning

/// What follows from a command in a state: events with a reply, or a refusal. Pure: the same question has the same
/// answer.
///
/// - Parameters:
///   - calendar: the planner's calendar of the same state, beginning no later than the day of `now`.
///   - now: the present moment.
///   - explains: whether what cannot be planned is answered with what closes each day and what would help. That takes
///     longer than to plan; who leaves it out can have it added, see `Decision.tellsOfNoPlan`.
package func decide(
    _ command: Command, state: ClinicState, calendar: PlanningCalendar, now: Instant, explains: Bool = true
) -> Decision {
    let decision = decideAlone(command, state, calendar, now, explains)
    guard case .accepted(let events, let beside, let reply) = decision,
        let freed = state.placesFreed(by: events, now: now)
    else { return decision }
    return .accepted(events + [.waiting(.placesFreed(freed))], beside, reply)
}

/// What follows from a command by itself; that places become free for those who wait is told beside it.
private func decideAlone(
    _ command: Command, _ state: ClinicState, _ calendar: PlanningCalendar, _ now: Instant, _ explains: Bool
) -> Decision {
    switch command {
    case .start(let started): return .accepted([.service(.started(started))], PrivateDetails(), .done)
    case .stop: return .accepted([.service(.stopped)], PrivateDetails(), .done)
    case .adoptConfiguration(let configuration): return adopt(configuration, state)
    case .addPatient(let details):
        return addPatients([details], state) {
            .patient(.added($0[0]))
        } reply: {
            .patient($0[0])
        }
    case .importPatients(let details):
        return addPatients(details, state) {
            .patient(.imported($0))
        } reply: {
            .patients($0)
        }
    case .changePatient(let patient, let details): return change(patient, to: details, state)
    case .bookCourse(let order): return book(order, state, calendar, now, explains: explains)
    case .bookProposal(let proposal, let alternative):
        return book(proposal, alternative: alternative, state, calendar, now)
    case .addTimeOff, .removeTimeOff, .addOutage, .removeOutage, .addOutages, .addClosure, .removeClosure, .addOpening,
        .removeOpening, .addShift, .removeShift, .takeBack:
        return decideAvailability(command, state).hitting(state, calendar, now)
    case .retimeVisits: return retime(state, calendar)
    case .holdProposal(let proposal, let alternative, let until):
        return hold(proposal, alternative: alternative, until: until, state, calendar, now)
    case .importClinic(let export, let known): return importClinic(export, known: known, state, calendar, now)
    case .raiseAlerts(let through):
        let after = state.alertedThrough ?? through
        let alerts = due(state, after: after, through: through, calendars: calendar.calendars)
        return .accepted(alerts.map { .alert(.raised($0)) }, PrivateDetails(), .done)
    case .orderVisit, .alterCourse, .recordFact, .recordCall, .adoptCourse, .undo, .orderWaiting, .rearrange:
        return decideOnCourse(command, state, calendar, now, explains)
    }
}

/// Decides on what changes a course that there is, or one that runs elsewhere.
private func decideOnCourse(
    _ command: Command, _ state: ClinicState, _ calendar: PlanningCalendar, _ now: Instant, _ explains: Bool
) -> Decision {
    do throws(Obstacle) {
        let setting = try Setting(state, calendar, now, explains: explains)
        switch command {
        case .orderVisit(let visit, let order, let reason, let keepsWindow, let isMeant):
            return try decide(order, visit, reason, keepsWindow: keepsWindow, isMeant: isMeant, setting)
        case .alterCourse(let course, let alteration, let reason, let keepsWindow):
            return try decide(alteration, course, reason, keepsWindow: keepsWindow, setting)
        case .recordFact(let visit, let fact, let isOverridden, let isMeant):
            return try record(fact, of: visit, isOverridden: isOverridden, isMeant: isMeant, setting)
        case .recordCall(let call): return try record(call, setting)
        case .adoptCourse(let order, let adopted): return try adoptCourse(order, adopted, setting)
        case .undo(let recorded, let standing): return try undo(recorded, standing: standing, setting)
        case .orderWaiting(let order): return try decide(order, setting)
        case .rearrange(let rearrangement, let reason): return try rearrange(rearrangement, reason, setting)
        case .start, .stop, .adoptConfiguration, .addPatient, .importPatients, .changePatient, .bookCourse,
            .bookProposal, .addTimeOff, .removeTimeOff, .addOutage, .removeOutage, .addClosure, .removeClosure,
            .addOpening, .removeOpening, .addShift, .removeShift, .takeBack, .retimeVisits, .holdProposal, .addOutages,
            .raiseAlerts, .importClinic:
            preconditionFailure("what changes no course is decided elsewhere")
        }
    } catch {
        switch error {
        case .refused(let refusal): return .refused(refusal, [])
        case .needsDays(let day): return .needsDays(through: day)
        }
    }
}

private func adopt(_ configuration: ClinicConfiguration, _ state: ClinicState) -> Decision {
    guard let before = state.configuration else {
        let adopted = ConfigurationAdopted(configuration: configuration, retired: Retired())
        return .accepted([.configuration(.adopted(adopted))], PrivateDetails(), .done)
    }
    if configuration == before { return .accepted([], PrivateDetails(), .done) }
    let (old, new) = (before.facility, configuration.facility)
    if state.counters.visit > 0 {
        if old.gridMinutes != new.gridMinutes {
            return .refused(
                .fixed(key: "gridMinutes", from: String(old.gridMinutes), to: String(new.gridMinutes)), [])
        }
        if old.timeZone != new.timeZone {
            return .refused(.fixed(key: "timeZone", from: old.timeZone, to: new.timeZone), [])
        }
    }
    let chairs = Set(new.chairs.map(\.id))
    let staff = Set(new.staff.map(\.id))
    let retired = Retired(
        chairs: (state.retired.chairs + old.chairs).filter { !chairs.contains($0.id) },
        staff: (state.retired.staff + old.staff).filter { !staff.contains($0.id) })
    let adopted = ConfigurationAdopted(configuration: configuration, retired: retired)
    return .accepted([.configuration(.adopted(adopted))], PrivateDetails(), .done)
}

private func addPatients(
    _ details: [PatientDetails], _ state: ClinicState, event: ([PatientID]) -> Event, reply: ([PatientID]) -> Reply
) -> Decision {
    var indices: [String: Int] = [:]
    for (index, patient) in details.enumerated() {
        guard hasLength(patient.record) else { return .refused(.recordNumber, []) }
        if idForm(of: patient.record) != nil { return .refused(.recordNumberLikeID(index: index), []) }
        if let first = indices.updateValue(index, forKey: patient.record) {
            return .refused(.sameRecordNumber(first: first, second: index), [])
        }
    }
    var counters = state.counters
    var beside = PrivateDetails()
    let ids = details.map { patient in
        let id = counters.nextPatient()
        beside.patients[id] = patient
        return id
    }
    return .accepted(ids.isEmpty ? [] : [event(ids)], beside, reply(ids))
}

/// Whether a record number has 1 to 64 characters, and no more bytes than so many can have on average.
private func hasLength(_ record: String) -> Bool {
    !record.isEmpty && record.utf8.count <= 256 && record.count <= 64
}

private func change(_ patient: PatientID, to details: PatientDetails, _ state: ClinicState) -> Decision {
    guard state.patients[patient] != nil else { return .refused(.unknown(.patient, patient.text), []) }
    guard hasLength(details.record) else { return .refused(.recordNumber, []) }
    if idForm(of: details.record) != nil { return .refused(.recordNumberLikeID(index: 0), []) }
    var beside = PrivateDetails()
    beside.patients[patient] = details
    return .accepted([.patient(.detailsChanged(patient))], beside, .patient(patient))
}

private func retime(_ state: ClinicState, _ calendar: PlanningCalendar) -> Decision {
    var retimings: [Retiming] = []
    for day in state.visitsByDay.keys.sorted() where day >= calendar.calendars.first {
        guard let clock = calendar.calendars[day] else { return .needsDays(through: day) }
        for visit in state.visits(on: day) where visit.status.isOpen {
            let minute = clock.firstMinute + visit.place.start.elapsed(of: clock)
            guard minute != visit.place.minute else { continue }
            retimings.append(Retiming(visit: visit.id, from: visit.place.minute, to: minute))
        }
    }
    // A place that was offered is promised to nobody yet: it is offered again rather than moved.
    let stale = state.openOffers.filter { offer in
        offer.moves.contains { move in
            guard let clock = calendar.calendars[move.to.day] else { return false }
            return clock.firstMinute + move.to.start.elapsed(of: clock) != move.to.minute
        }
    }
    let withdrawn = stale.map { Event.waiting(.offerClosed(OfferClosed(offer: $0, outcome: .withdrawn))) }
    let events: [Event] = retimings.isEmpty ? [] : [.visit(.retimed(retimings))]
    return .accepted(withdrawn + events, PrivateDetails(), .retimed(retimings.count))
}
