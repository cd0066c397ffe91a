/// The size of a search in steps, which is the same on every machine.
package struct SearchSize: Hashable, Sendable {
    /// Days opened for a kind of visit.
    package var daysOpened: Int
    /// Costs expanded: visits × days × continuity persons × candidates of the usual time.
    package var expanded: Int
    /// Joint checks of persons and covers.
    package var jointChecks: Int

    /// A search of the given size.
    package init(daysOpened: Int = 0, expanded: Int = 0, jointChecks: Int = 0) {
        self.daysOpened = daysOpened
        self.expanded = expanded
        self.jointChecks = jointChecks
    }
}

/// The cheapest plan of a course that keeps every hard rule, with alternatives; or why there is none, and what would
/// help (docs/contract/planning.md section 5). Days before the calendar's first count as closed.
///
/// - Parameters:
///   - now: the present moment, minutes since 1970-01-01T00:00Z.
///   - today: the civil day of `now` at the clinic.
/// - Throws: where the search leaves the calendar's days.
package func plan(
    _ request: CourseRequest, on calendar: PlanningCalendar, now: Int, today: Day
) throws(NeedsDays) -> Outcome {
    try planSized(request, on: calendar, now: now, today: today).result
}

/// The cheapest rest of a course that keeps every hard rule, its kept visits being fixed
/// (docs/contract/planning.md section 6). The plan has the visits that are still to come, each with its number in the
/// whole course. Each place that the patient was told, or that was asked for, costs `movedDay` where no visit of its
/// type is planned on its day and `movedTime` where one is at another start, which is not among the plan's terms.
///
/// - Parameters:
///   - courseVisits: what became of the course so far, phase by phase in order.
///   - calendar: without those visits of the course that are booked or pinned.
///   - explains: whether a refusal says what closes each day and what would help; that takes longer than the plan.
/// - Throws: where the search leaves the calendar's days.
package func plan(
    _ request: CourseRequest, continuing courseVisits: [CourseVisit], on calendar: PlanningCalendar, now: Int,
    today: Day,
    explains: Bool = true
) throws(NeedsDays) -> Outcome {
    try planSized(request, continuing: courseVisits, on: calendar, now: now, today: today, explains: explains).result
}

/// As `plan`, with the size of the search.
package func planSized(
    _ request: CourseRequest, continuing courseVisits: [CourseVisit] = [], on calendar: PlanningCalendar, now: Int,
    today: Day,
    explains: Bool = true
) throws(NeedsDays) -> (result: Outcome, size: SearchSize) {
    let moment = PlanningMoment(now: now, today: today, explains: explains)
    if let found = try planned(Int16.self, request, courseVisits, on: calendar, moment) { return found }
    guard let found = try planned(Int64.self, request, courseVisits, on: calendar, moment) else {
        preconditionFailure("no plan costs more than 64 bits hold")
    }
    return found
}

/// When something is planned, and how much a refusal is to say.
private struct PlanningMoment {
    let now: Int
    let today: Day
    let explains: Bool
}

/// Plans with costs of a width; nil where some cost is more than that holds.
private func planned<Cell: CostCell>(
    _ width: Cell.Type, _ request: CourseRequest, _ courseVisits: [CourseVisit], on calendar: PlanningCalendar,
    _ moment: PlanningMoment
) throws(NeedsDays) -> (result: Outcome, size: SearchSize)? {
    var search = CourseSearch<Cell>(
        request, courseVisits: courseVisits, on: calendar, now: moment.now, today: moment.today)
    var reach = try search.reach()
    if case .blocked = reach {
        // What was planned once may stay as it is rather than be refused for being planned again.
        let eased = CourseSearch(request, sharing: search, today: moment.today, isEased: true)
        let found = eased.isEased ? try eased.reach() : reach
        if case .blocked = found {} else { (search, reach) = (eased, found) }
    }
    let result: Outcome
    switch reach {
    case .blocked(let step, _, _) where !moment.explains:
        result = .refusal(search.refusal(at: step))
    case .blocked(let step, let candidates, let inWindow):
        result = .refusal(
            try refuse(
                search, step: step, candidates: candidates, inWindow: inWindow, now: moment.now, today: moment.today))
    case .all:
        guard let plan = cheapestPlan(search) else { return nil }
        result = .plan(plan)
    }
    let size = SearchSize(
        daysOpened: search.evaluator.daysOpened, expanded: search.expanded,
        jointChecks: search.evaluator.jointChecks)
    return (result, size)
}

private func cheapestPlan<Cell: CostCell>(_ search: CourseSearch<Cell>) -> Plan? {
    let request = search.request
    if search.steps.isEmpty { return Plan(course: request.id, usual: nil, visits: []) }
    guard search.settleUsual() else { return nil }
    // The cheapest first, equal costs by first day: the first is the plan, the others its alternatives.
    var firstDays: [(day: Int, cost: Int)] = []
    for day in search.reached[0].days {
        if let cost = search.cheapest(startingOn: day) { firstDays.append((day, cost)) }
    }
    // Nothing follows some first days; narrow cells cannot tell these from dear ones, so wide ones look again.
    let isShort = firstDays.count <= request.alternatives && firstDays.count < search.reached[0].days.count
    if isShort && Cell.bitWidth < Int64.bitWidth { return nil }
    firstDays.sort { ($0.cost, $0.day) < ($1.cost, $1.day) }
    guard firstDays.prefix(1 + max(0, request.alternatives)).allSatisfy({ Cell.surely($0.cost) }) else { return nil }
    let best = firstDays[0]
    let alternatives = firstDays.dropFirst().prefix(max(0, request.alternatives)).map { day, cost in
        Alternative(
            visits: PlanTieBreak(search, cost: cost).visits(startingOn: day), difference: cost - best.cost)
    }
    let visits = PlanTieBreak(search, cost: best.cost).visits(startingOn: best.day)
    return Plan(
        course: request.id, usual: search.hasRhythm ? search.usual : nil, visits: visits,
        alternatives: Array(alternatives))
}
