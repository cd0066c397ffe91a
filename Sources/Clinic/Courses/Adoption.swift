import Planning

/// Takes over a course that is running elsewhere: what is left of it is planned and booked here.
func adoptCourse(
    _ order: CourseOrder, _ adopted: CourseProgress.Adopted, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    try context.state.checkFirst(order)
    var counters = context.state.counters
    let request: CourseRequest
    switch courseRequest(for: order, id: counters.nextCourse(), context.state) {
    case .success(let made): request = made
    case .failure(let unmade): throw .refused(unmade.refusal)
    }
    guard let phase = request.regimen.phases.first(where: { $0.name == adopted.phase }) else {
        throw .refused(.unknown(.phase, adopted.phase))
    }
    guard adopted.given >= 1, phase.plannedCount.map({ adopted.given <= $0 }) ?? true else {
        throw .unchangeable(.tooFewVisits(phase: adopted.phase, minimum: 1))
    }
    guard adopted.lastDay <= context.today else { throw .unchangeable(.future(context.now)) }
    let known = context.state.latestTemplate(of: request)
    let template =
        known
        ?? Template(
            id: counters.nextTemplate(), regimen: request.regimen, visitTypes: request.visitTypes)
    var draft = CourseDraft(new: request.id, order.patient, template, order.wish, context)
    draft.progress.adoptedFrom = adopted
    // A gate that the course has passed is open.
    for passed in request.regimen.phases {
        if passed.gate != nil { draft.progress.openGates.insert(passed.name) }
        if passed.name == adopted.phase { break }
    }
    try draft.planAdopted(from: order.wish.earliest)
    var beside = PrivateDetails()
    if let payer = order.payer { beside.payers[request.id] = payer }
    guard case .accepted(let events, _, .changed(var difference)) = draft.decision(.courseAdopted) else {
        preconditionFailure("a new course is an event")
    }
    difference.overdue = draft.overdueSince
    let recorded: [Event] = known == nil ? [.course(.templateRecorded(template))] : []
    return .accepted(recorded + events, beside, .changed(difference))
}

extension CourseDraft {
    /// Plans what is left of a course that began elsewhere. Where its next visit is overdue, or finds no place within
    /// its gap, it comes as soon as may be: nobody is sent away for having been treated elsewhere.
    fileprivate mutating func planAdopted(from day: Day) throws(DecisionFailure) {
        let unplanned = self
        do throws(DecisionFailure) {
            try replan(Replanning(adoptedFrom: day).unexplained)
            return
        } catch {
            guard case .refused(.noPlan) = error else { throw error }
        }
        let first = max(day, context.today)
        let within = max(1, context.calendar.facility.planning.startWithinDays)
        for days in Set([2, 6, within].map { min($0, within) }).sorted() {
            self = unplanned
            do throws(DecisionFailure) {
                try replan(Replanning(adoptedFrom: first, adoptedThrough: first + days, explains: days == within))
                return
            } catch {
                guard case .refused(.noPlan) = error, days < within else { throw error }
            }
        }
    }

    /// The day by which the first visit here was due at the latest; nil where it comes in time.
    fileprivate var overdueSince: Day? {
        guard let adopted = progress.adoptedFrom,
            let next = visits.values.min(by: { $0.number < $1.number }), let phase = template.phase(next.phase)
        else { return nil }
        let turn = next.phase == adopted.phase ? adopted.given : 0
        let last = adopted.lastDay + askedGap(of: phase, beforeVisit: turn).rule(on: next.place.day).allowed.upperBound
        return next.place.day > last ? last : nil
    }
}
