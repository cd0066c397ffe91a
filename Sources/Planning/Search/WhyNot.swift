/// What became of asking why a visit is not on some day.
package enum WhyNot: Hashable, Sendable {
    /// It could be: the plan would cost so much more than the cheapest.
    case possible(difference: Int)
    /// Rules that close the day, each of which alone would open it if it were not; in the table's order. Empty where
    /// several stand in the way.
    case closed([Rule])
    /// The day is open to the visit, and then a later one has no day.
    case blocks(visit: Int)
    /// No such visit is planned.
    case unknown
    /// The calendar must reach to this day.
    case needsDays(through: Day)
}

/// Why a visit of a course is not on a day: the rules that close it, or what it would have cost more (PLANNING.md
/// section 5, *why not earlier*).
///
/// - Parameters:
///   - number: of the visit in the course, from 1.
///   - turns: what became of the course so far; empty for a new one.
///   - calendar: without those visits of the course that are booked or pinned.
package func whyNot(
    visit number: Int, on day: Day, _ request: CourseRequest, continuing turns: [Turn] = [],
    on calendar: PlanningCalendar, now: Int, today: Day
) -> WhyNot {
    if day > calendar.last { return .needsDays(through: day) }
    let search = CourseSearch<Int64>(request, turns: turns, on: calendar, now: now, today: today)
    guard let step = search.steps.firstIndex(where: { $0.number == number }) else { return .unknown }
    let best: Int?
    switch search.reach() {
    case .needsDays(let day): return .needsDays(through: day)
    case .blocked(let blocked, _, _) where blocked < step: return .blocks(visit: search.steps[blocked].number)
    case .blocked: best = nil
    case .all: best = search.settleUsual() ? search.cheapestCost() : nil
    }
    var asked = request
    if search.hasRhythm, best != nil { asked.usual = search.usual }
    let only = CourseSearch<Int64>(
        asked, turns: turns, on: calendar, now: now, today: today, only: (number: number, day: day))
    switch only.reach() {
    case .needsDays(let day): return .needsDays(through: day)
    case .all:
        guard let best, let cost = only.cheapestCost() else { return .closed([]) }
        return .possible(difference: cost - best)
    case .blocked(let blocked, let candidates, let inWindow):
        if blocked > step { return .blocks(visit: only.steps[blocked].number) }
        guard let board = calendar[day] else { return .closed([.leadTime]) }
        let index = day - only.origin
        guard blocked == step, candidates.contains(index) else { return .closed([.gap]) }
        if !inWindow.contains(index) { return .closed([.phaseWindow]) }
        let kind = only.kind(step)
        return .closed(
            Rule.allCases.filter { rule in
                guard rule != .gap, rule != .phaseWindow, rule != .authorisation else { return false }
                return only.evaluator.evaluate(kind, on: board, ignoring: rule) && only.evaluator.hasAttendance()
            })
    }
}
