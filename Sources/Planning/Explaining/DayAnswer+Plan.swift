/// Why a visit of a plan is not on a day: what closes the day, or the cheapest plan with the visit there, measured by
/// the plan's usual time.
///
/// - Parameters:
///   - number: of the visit in the course, from 1.
///   - calendar: as the plan was made on, without the plan.
/// - Returns: the answer; nil where the plan has no visit of this number.
/// - Throws: where the search leaves the calendar's days.
package func explainDay(
    _ day: Day, ofVisit number: Int, in plan: Plan, for request: CourseRequest, on calendar: PlanningCalendar,
    now: Int, today: Day
) throws(NeedsDays) -> DayAnswer? {
    var asked = request
    asked.wish.usual = plan.usual ?? request.wish.usual
    let asking = PlanQuestion(request: asked, calendar: calendar, now: now, today: today, plan: plan)
    guard let visit = plan.visits.first(where: { $0.number == number }) else { return nil }
    if visit.placement.day == day { return DayAnswer(visit: number, day: day, outcome: .chosen) }
    let outcome = try asking.outcome(of: number, on: day)
    var answer = DayAnswer(visit: number, day: day, outcome: outcome)
    if case .costs = outcome { return answer }
    for near in NearDays.around(day) where near != visit.placement.day && answer.nearest.count < NearDays.count {
        // Days that planning does not reach are not near enough to be worth naming.
        if case .costs(let possible) = try? asking.outcome(of: number, on: near) {
            answer.nearest.append(DayAnswer.NearDay(day: near, difference: possible.difference.total))
        }
    }
    if case .closed(let closing) = outcome {
        let rhythm = request.regimen.phases.first { $0.name == visit.phase }?.rhythm ?? false
        answer.wouldHelp = additions(
            opening: closing, to: visit.visitType, rhythm: rhythm, for: asked, on: calendar, now: now)
    }
    return answer
}

/// Why a visit of a plan is where it is.
package struct VisitReason: Hashable, Sendable {
    /// The visit's number, from 1.
    package var visit: Int
    /// The day at the ideal distance from the visit before, or the course's earliest day.
    package var idealDay: Day
    /// Why it is not on the ideal day; nil where it is.
    package var instead: DayAnswer?

    /// Why a visit is where it is.
    package init(visit: Int, idealDay: Day, instead: DayAnswer?) {
        self.visit = visit
        self.idealDay = idealDay
        self.instead = instead
    }
}

/// Why each visit of a plan is where it is; empty for visits whose days planning was not given.
package func reasons(
    of plan: Plan, for request: CourseRequest, on calendar: PlanningCalendar, now: Int, today: Day
) -> [VisitReason] {
    var asked = request
    asked.wish.usual = plan.usual ?? request.wish.usual
    let asking = PlanQuestion(request: asked, calendar: calendar, now: now, today: today, plan: plan)
    var turns: [String: Int] = [:]
    var before: Day?
    return plan.visits.compactMap { visit in
        guard let phase = request.regimen.phases.first(where: { $0.name == visit.phase }) else { return nil }
        let turn = turns[phase.name, default: 0]
        turns[phase.name] = turn + 1
        let ideal = before.map { askedGap(of: phase, beforeVisit: turn).idealDay(after: $0) } ?? request.wish.earliest
        before = visit.placement.day
        guard ideal != visit.placement.day, let outcome = try? asking.outcome(of: visit.number, on: ideal)
        else { return VisitReason(visit: visit.number, idealDay: ideal, instead: nil) }
        let answer = DayAnswer(visit: visit.number, day: ideal, outcome: outcome)
        return VisitReason(visit: visit.number, idealDay: ideal, instead: answer)
    }
}

/// A question about a plan, to be asked of several days.
private struct PlanQuestion {
    let request: CourseRequest
    let calendar: PlanningCalendar
    let now: Int
    let today: Day
    let plan: Plan

    func outcome(of number: Int, on day: Day) throws(NeedsDays) -> DayAnswer.Outcome {
        if let found = try outcome(Int32.self, of: number, on: day) { return found }
        guard let found = try outcome(Int64.self, of: number, on: day) else {
            preconditionFailure("no plan costs more than 64 bits hold")
        }
        return found
    }

    /// What is found with costs of a width; nil where the cheapest plan costs more than it holds.
    private func outcome<Cell: CostCell>(
        _ width: Cell.Type, of number: Int, on day: Day
    ) throws(NeedsDays) -> DayAnswer.Outcome? {
        let search = CourseSearch<Cell>(
            request, on: calendar, now: now, today: today, only: (number: number, day: day))
        guard let step = search.steps.firstIndex(where: { $0.number == number }) else {
            preconditionFailure("a plan has the visits that its course asks for")
        }
        switch try search.reach() {
        case .all:
            return cheapest(search).map { visits in
                .costs(DayAnswer.Possibility(visits, insteadOf: plan.visits, asked: number))
            }
        case .blocked(let blocked, let candidates, let inWindow):
            if blocked > step {
                let days = candidates.days.map { day in
                    search.closing(step: blocked, day: day, isInWindow: inWindow.contains(day), now: now)
                }
                let later = search.steps[blocked]
                return .blocksLater(visit: later.number, phase: request.regimen.phases[later.phase].name, days)
            }
            let index = day - search.origin
            guard blocked == step, candidates.contains(index) else {
                let blocker = search.gapBlocker(min(blocked, step))
                return .closed(DayClosing(day: day, closedBy: .gap, blockers: [blocker]))
            }
            return .closed(search.closing(step: step, day: index, isInWindow: inWindow.contains(index), now: now))
        }
    }

    private func cheapest<Cell: CostCell>(_ search: CourseSearch<Cell>) -> [PlannedVisit]? {
        guard search.settleUsual() else { return nil }
        let starts = search.reached[0].days.compactMap { day in
            search.cheapest(startingOn: day).map { (cost: $0, day: day) }
        }
        guard let best = starts.min(by: { $0 < $1 }) else { preconditionFailure("what can be reached can be planned") }
        return PlanTieBreak(search, cost: best.cost).visits(startingOn: best.day)
    }
}

/// The single additions that would open a closed day: a chair like one that would do, a person of a role.
func additions(
    opening closing: DayClosing, to type: VisitType, rhythm: Bool, for request: CourseRequest,
    on calendar: PlanningCalendar, now: Int
) -> [DayAnswer.More] {
    let rules = Set(closing.blockers.map(\.rule))
    let extra = request.extraFeatures(of: type, in: calendar.facility)
    let wanted = type.chairFeatures.union(extra)
    func opens(_ more: PlanningCalendar) -> Bool {
        guard let board = more[closing.day] else { return false }
        let kind = VisitKind(
            type, rhythm: rhythm, features: extra, facility: more.facility, layout: more.layout)
        let evaluator = DayEvaluator(request, on: more, now: now, mostLabels: kind.labels.count)
        return evaluator.evaluate(kind, on: board) && evaluator.hasAttendance()
    }
    var result: [DayAnswer.More] = []
    if !rules.isDisjoint(with: [.chairInService, .chairFree]),
        let chair = calendar.facility.chairs.first(where: { $0.features.isSuperset(of: wanted) }),
        opens(calendar.adding(chairLike: chair))
    {
        result.append(DayAnswer.More(kind: .chair, target: chair.id.text))
    }
    if !rules.isDisjoint(with: [.attendantQualified, .attendantOnDuty, .attendantCapacity]) {
        var asked: [String: Set<String>] = [:]
        for attendant in type.attendants { asked[attendant.role, default: []].formUnion(attendant.credentials) }
        for role in asked.keys.sorted() where opens(calendar.adding(personOf: role, credentials: asked[role] ?? [])) {
            result.append(DayAnswer.More(kind: .person, target: role))
        }
    }
    return result
}
