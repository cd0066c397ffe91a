import HashTreeCollections
import Planning

/// Takes an event back by what was before it. Only the last event about a course can be taken back, and only where what
/// was before still fits.
func undo(_ recorded: RecordedEvent, _ setting: Setting) throws(Obstacle) -> Decision {
    let state = setting.state
    switch recorded.event {
    case .timeOffAdded(let absence):
        guard state.absences[absence.id] == absence else { throw .refused(.unknown(.absence, absence.id.text)) }
        return .accepted([.timeOffRemoved(absence)], PrivateDetails(), .done)
    case .outageAdded(let outage):
        guard state.outages[outage.id] == outage else { throw .refused(.unknown(.outage, outage.id.text)) }
        return .accepted([.outageRemoved(outage)], PrivateDetails(), .done)
    case .closureAdded(let closure):
        guard state.closures[closure.id] == closure else { throw .refused(.unknown(.closure, closure.id.text)) }
        return .accepted([.closureRemoved(closure)], PrivateDetails(), .done)
    case .openingAdded(let opening):
        guard state.openings[opening.id] == opening else { throw .refused(.unknown(.opening, opening.id.text)) }
        return .accepted([.openingRemoved(opening)], PrivateDetails(), .done)
    case .courseChanged(let changed): return try undo(changed, recorded.number, setting)
    case .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
        .patientDetailsChanged, .templateRecorded, .courseBooked, .courseRefused, .timeOffRemoved, .outageRemoved,
        .closureRemoved, .openingRemoved, .visitsRetimed, .alertRaised:
        throw .unchangeable(.lasting(event: recorded.number))
    }
}

private func undo(_ changed: CourseChanged, _ number: Int, _ setting: Setting) throws(Obstacle) -> Decision {
    guard let before = changed.before else { throw .unchangeable(.lasting(event: number)) }
    let lasting: Set<CourseAction> = [.proposalHeld, .heldProposalBooked, .holdExpired, .holdReleased]
    if lasting.contains(changed.action) { throw .unchangeable(.lasting(event: number)) }
    var draft = try CourseDraft(changed.course, .correction, setting)
    guard draft.original?.changedBy == number else {
        throw .unchangeable(.changedSince(event: draft.original?.changedBy ?? 0))
    }
    guard let template = setting.state.template(before.template) else {
        throw .unchangeable(.lasting(event: number))
    }
    draft.template = template
    draft.wish = before.wish
    draft.status = before.status
    draft.usual = before.usual
    draft.progress = before.progress
    for change in changed.visits {
        draft.visits[change.id] = change.before
        guard let place = change.before?.place, let day = setting.calendar.calendars[place.day] else { continue }
        // The zone's law may have changed since.
        draft.visits[change.id]?.place = place.retimed(to: day.firstMinute + place.start.elapsed(of: day))
    }
    try draft.requirePlaces(of: changed.visits.map(\.id))
    let events = draft.events(.undone, about: changed.about, undoes: number)
    guard case .courseChanged(let undone)? = events.last else { return .accepted([], PrivateDetails(), .done) }
    let difference = PlanDifference(undone, weights: setting.calendar.facility.planning.weights)
    return .accepted(events, PrivateDetails(), .changed(difference))
}

extension CourseDraft {
    /// That visits which come back to a place find it free, and that it keeps every rule that is not set aside.
    fileprivate func requirePlaces(of ids: [VisitID]) throws(Obstacle) {
        var calendar = setting.calendar
        for visit in original.map(state.visits(of:)) ?? [] where visit.status.occupies {
            calendar.remove(visit.id, on: visit.day)
        }
        for id in ids {
            guard let visit = visit(id), visit.status.occupies, visit.status.isOpen else { continue }
            if let now = state.visit(id), now.status.occupies, now.place == visit.place { continue }
            let place = visit.place.placement(on: try setting.day(visit.day))
            let booking = Booking(id: id, patient: patient, visitType: visit.visitType, placement: place)
            let broken = (brokenRules(of: booking, for: request, on: calendar) ?? [])
                .filter { $0.isPhysical || visit.overrides[$0] == nil }
            if !broken.isEmpty { throw .unchangeable(.breaks(broken)) }
        }
    }
}
