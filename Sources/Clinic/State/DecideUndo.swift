import HashTreeCollections
import Planning

/// Takes an event back by what was before it. Only the last event about a course can be taken back, and only where what
/// was before still fits.
func undo(_ recorded: RecordedEvent, standing: Int?, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    switch recorded.event {
    case .course(let event): try event.undone(recorded.number, standing: standing, context)
    case .availability(let event): try event.undone(recorded.number, context)
    case .repair(let event): try event.undone(recorded.number, context)
    case .patient(let event): try event.undone(recorded.number, context)
    case .service, .configuration, .visit, .waiting, .alert:
        throw .unchangeable(.lasting(event: recorded.number))
    }
}

/// Takes a booking back while none of its visits has begun or is near: its places are free as if it had never been.
func undo(
    _ booked: CourseBooked, _ number: Int, _ standing: Int?, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    try undoBeginning(of: booked.course, number, standing, context)
}

/// Takes back that there is a course.
private func undoBeginning(
    of course: CourseID, _ number: Int, _ standing: Int?, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    var draft = try CourseDraft(course, .correction, context)
    guard draft.original?.changedBy == standing ?? number else {
        throw .unchangeable(.changedSince(event: draft.original?.changedBy ?? 0))
    }
    if draft.visits.values.contains(where: draft.isKept) { throw .unchangeable(.lasting(event: number)) }
    draft.visits = [:]
    draft.status = .ceased
    return draft.undone(number)
}

func undo(
    _ changed: CourseChanged, _ number: Int, _ standing: Int?, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    guard let before = changed.before else {
        guard changed.action == .courseAdopted else { throw .unchangeable(.lasting(event: number)) }
        return try undoBeginning(of: changed.course, number, standing, context)
    }
    let lasting: Set<CourseAction> = [.proposalHeld, .heldProposalBooked, .holdExpired, .holdReleased]
    if lasting.contains(changed.action) { throw .unchangeable(.lasting(event: number)) }
    let draft = try CourseDraft(undoing: changed, before, standing ?? number, context)
    try draft.requirePlaces(of: changed.visits.map(\.id))
    return draft.undone(number, about: changed.about)
}

/// Takes back changes that were made together, all or none: what one course leaves another may have had. That patients
/// were called about them since stands in nobody's way: what they were told stays told.
func undo(_ made: ScheduleChanged, _ number: Int, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
    var context = context
    // Only one patient stands at the desk.
    if Set(made.changes.map(\.patient)).count > 1 { context.isTold = false }
    var changes: [CourseChanged] = []
    for changed in made.changes {
        guard let before = changed.before else { throw .unchangeable(.lasting(event: number)) }
        let draft = try CourseDraft(undoing: changed, before, number, context, besidesCalls: true)
        for case .course(.changed(let undone)) in draft.events(.undone, undoes: number) { changes.append(undone) }
    }
    let undone = ScheduleChanged(purpose: made.purpose, day: made.day, changes: changes)
    let broken = try undone.broken(after: context)
    if !broken.isEmpty { throw .unchangeable(.breaks(broken)) }
    let weights = context.calendar.facility.planning.weights
    let differences = changes.map { PlanDifference($0, weights: weights) }
    let taken = ScheduleChange(purpose: made.purpose, basis: number, moves: [], day: made.day)
    return .accepted([.repair(.changed(undone))], PrivateDetails(), .scheduleChanged(differences, by: taken))
}

extension ScheduleChanged {
    /// The rules that its visits would break once they are where it brings them, in the table's order.
    fileprivate func broken(after context: DecisionContext) throws(DecisionFailure) -> [Rule] {
        let (state, calendar) = context.state.after([.repair(.changed(self))], on: context.calendar, context.now)
        let after = try DecisionContext(state, calendar, context.now)
        let own = Set(visits)
        let rules = brokenVisits(
            of: try RepairCourses(after, only: Set(changes.map(\.course))).courses, on: calendar,
            now: context.now.minute
        ).filter { own.contains($0.visit) }.flatMap(\.rules)
        return Rule.allCases.filter(Set(rules).contains)
    }
}

extension VisitImage {
    /// Whether nothing has become of it since it was as another but that its patient was called about it.
    fileprivate func isSame(besidesCallsSince before: VisitImage) -> Bool {
        let new = facts.dropFirst(before.facts.count)
        guard facts.starts(with: before.facts), new.allSatisfy({ $0.kind == .called }) else { return false }
        var plain = self
        plain.facts = before.facts
        plain.heard = before.heard
        let areToCome = [status, before.status].allSatisfy { $0 == .tentative || $0 == .confirmed }
        if areToCome { plain.status = before.status }
        return plain == before
    }
}

extension CourseDraft {
    /// What the draft comes to where it takes an event back.
    fileprivate func undone(_ number: Int, about: VisitID? = nil) -> Decision {
        let events = events(.undone, about: about, undoes: number)
        guard case .course(.changed(let undone))? = events.last else { return .accepted([], PrivateDetails(), .done) }
        let difference = PlanDifference(undone, weights: context.calendar.facility.planning.weights)
        return .accepted(events, PrivateDetails(), .changed(difference))
    }

    /// A course as it was before a change that is the last one about it.
    ///
    /// - Parameter besidesCalls: whether patients may have been called about its visits since.
    fileprivate init(
        undoing changed: CourseChanged, _ before: CourseImage, _ number: Int, _ context: DecisionContext,
        besidesCalls: Bool = false
    ) throws(DecisionFailure) {
        try self.init(changed.course, .correction, context)
        if let former = changed.former { patient = former }
        guard original?.changedBy == number || besidesCalls && stands(besidesCallsSince: changed) else {
            throw .unchangeable(.changedSince(event: original?.changedBy ?? 0))
        }
        guard let template = context.state.template(before.template) else {
            throw .unchangeable(.lasting(event: number))
        }
        self.template = template
        wish = before.wish
        status = before.status
        usual = before.usual
        progress = before.progress
        for change in changed.visits {
            let now = visits[change.id]
            visits[change.id] = change.before
            if besidesCalls, let now, let after = change.after {
                visits[change.id]?.facts += now.facts.dropFirst(after.facts.count)
            }
            defer { keepHeard(now, of: change, by: changed) }
            guard let place = change.before?.place, let day = context.calendar.calendars[place.day] else { continue }
            // The zone's law may have changed since.
            visits[change.id]?.place = place.retimed(to: day.firstMinute + place.start.elapsed(of: day))
        }
    }

    /// Whether a change's visits and the course stand as it left them, but for calls about them.
    private func stands(besidesCallsSince changed: CourseChanged) -> Bool {
        original?.image == changed.after
            && changed.visits.allSatisfy { change in
                guard let now = visits[change.id], let after = change.after else {
                    return visits[change.id] == nil && change.after == nil
                }
                return now.isSame(besidesCallsSince: after)
            }
    }

    /// That visits which come back to a place find it free, and that it keeps every rule that is not set aside.
    func requirePlaces(of ids: [VisitID]) throws(DecisionFailure) {
        var calendar = context.calendar
        for visit in original.map(state.visits(of:)) ?? [] where visit.status.occupies {
            calendar.remove(visit.id, on: visit.day)
        }
        for id in ids {
            guard let visit = visit(id), visit.status.occupies, visit.status.isOpen else { continue }
            if let now = state.visit(id), now.status.occupies, now.place == visit.place { continue }
            let place = visit.place.placement(on: try context.day(visit.day))
            let booking = Booking(id: id, patient: patient, visitType: visit.visitType, placement: place)
            let broken = (brokenRules(of: booking, for: request, on: calendar) ?? [])
                .filter { $0.isPhysical || visit.overrides[$0] == nil }
            if !broken.isEmpty { throw .unchangeable(.breaks(broken)) }
        }
    }
}
