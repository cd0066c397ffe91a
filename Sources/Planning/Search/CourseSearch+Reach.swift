/// The search forward: which days each visit can reach.
extension CourseSearch {
    enum Reach {
        case all
        /// No chain reaches the step; the days it could have had, and which of them its phase's window allows.
        case blocked(step: Int, candidates: DaySet, inWindow: DaySet)
    }

    /// Days reached so far of a phase with one first day, or of all first days where the phase has no window.
    private struct Group {
        let first: Int
        var days: DaySet
    }

    /// Finds the days that each step can have, opening days as they are met. Nothing is known before.
    ///
    /// - Throws: where a step could have days that the calendar does not have.
    func reach() throws(NeedsDays) -> Reach {
        reached = []
        tables = []
        var groups: [Group] = []
        for index in steps.indices {
            let step = steps[index]
            var candidates = DaySet(days: 0)
            var inWindow = DaySet(days: 0)
            var next: [Group] = []
            if step.within == nil || step.opensPhase {
                if index == 0 {
                    candidates = firstDays(of: step)
                } else {
                    for group in groups { candidates.formUnion(step.followers(of: group.days)) }
                }
                inWindow = candidates.through(step.latest)
                try checkDays(candidates)
                let open = openDays(of: step, among: inWindow, through: Int.max)
                try checkGoal(of: step, openingOn: open.bounds?.upperBound)
                next =
                    step.within == nil
                    ? [Group(first: 0, days: open)]
                    : open.days.map { day in
                        var only = DaySet(days: day + 1)
                        only.insert(day)
                        return Group(first: day, days: only)
                    }
            } else {
                for group in groups {
                    let spread = step.followers(of: group.days)
                    candidates.formUnion(spread)
                    try checkDays(spread)
                    let last = group.first + step.within!
                    spread.forEachDay { if $0 <= last { inWindow.insert($0) } }
                    let open = openDays(of: step, among: spread, through: last)
                    next.append(Group(first: group.first, days: open))
                }
            }
            groups = next.filter { !$0.days.isEmpty }
            if groups.isEmpty { return .blocked(step: index, candidates: candidates, inWindow: inWindow) }
            reached.append(groups.reduce(into: DaySet(days: 0)) { $0.formUnion($1.days) })
        }
        spare = SparePrices(steps, of: request, on: calendar, origin: origin) { reached[$0].bounds! }
        return .all
    }

    /// The days that the first step could have: its gap from the last kept visit, or the start window. A visit that is
    /// made up or wanted on certain days may start after the window.
    private func firstDays(of step: Step) -> DaySet {
        if anchor != nil {
            var kept = DaySet(days: 1)
            kept.insert(0)
            return step.followers(of: kept)
        }
        let first = request.wish.earliest - origin
        let window = first...(first + max(0, request.wish.startWithinDays))
        let days = step.days ?? window
        var result = DaySet(days: max(0, days.upperBound + 1))
        for day in days where day >= 0 && (!step.hasStartWindow || window.contains(day)) { result.insert(day) }
        if let standing = step.standing, standing.day >= 0 { result.insert(standing.day) }
        return result
    }

    private func checkDays(_ candidates: DaySet) throws(NeedsDays) {
        guard let last = candidates.bounds?.upperBound, origin + last > calendar.last else { return }
        throw NeedsDays(through: origin + last + 35)
    }

    /// Days in hand are counted up to the goal, however far the visits reach.
    private func checkGoal(of step: Step, openingOn last: Int?) throws(NeedsDays) {
        guard let goal = step.goal, let first = goal.first ?? (step.opensPhase ? last.map { origin + $0 } : nil),
            first + goal.goal.days > calendar.last
        else { return }
        throw NeedsDays(through: first + goal.goal.days + 35)
    }

    private func openDays(of step: Step, among candidates: DaySet, through last: Int) -> DaySet {
        var open = DaySet(days: 0)
        candidates.forEachDay { day in
            if day <= last && days.option(step.kind, day) != nil { open.insert(day) }
        }
        return open
    }
}
