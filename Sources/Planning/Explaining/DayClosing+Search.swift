extension CourseSearch {
    /// Why a step has not a day on which it could have been as far as its gap goes; `reach` comes first.
    func closing(step: Int, day: Int, isInWindow: Bool, now: Int) -> DayClosing {
        let date = origin + day
        let rule = closingRule(self, step: step, day: day, isInWindow: isInWindow)
        guard let board = board(day) else {
            return DayClosing(day: date, closedBy: rule, blockers: [Blocker(rule: .leadTime, fact: .past)])
        }
        let survey = DaySurvey(kind: kind(step), board: board, request: request, calendar: calendar, now: now)
        if isInWindow {
            var found = rule.map { blockers($0, survey, step) } ?? survey.blockersOfSeveral()
            if let rule, rule != .leadTime { found += leadTime(survey, step) }
            return DayClosing(day: date, closedBy: rule, blockers: found)
        }
        let window = windowBlocker(step)
        if rule == .phaseWindow { return DayClosing(day: date, closedBy: rule, blockers: [window]) }
        // Beyond the window, and closed in itself.
        let own = closingRule(self, step: step, day: day, isInWindow: true)
        let found = own.map { blockers($0, survey, step) } ?? survey.blockersOfSeveral()
        return DayClosing(day: date, closedBy: nil, blockers: found + [window])
    }

    private func blockers(_ rule: Rule, _ survey: DaySurvey, _ step: Int) -> [Blocker] {
        if rule == .phaseWindow { return [windowBlocker(step)] }
        return survey.blockers(
            rule, starts: evaluator.starts(of: survey.kind, on: survey.board, ignoring: rule))
    }

    /// The rules that close a day for a step where no single one does, in the table's order.
    func several(_ step: Int, day: Int, isInWindow: Bool, now: Int) -> [Rule] {
        guard let board = board(day) else { return [] }
        let survey = DaySurvey(kind: kind(step), board: board, request: request, calendar: calendar, now: now)
        let own = isInWindow ? nil : closingRule(self, step: step, day: day, isInWindow: true)
        let found = (own.map { [$0] } ?? survey.several).union(isInWindow ? [] : [.phaseWindow])
        return Rule.allCases.filter(found.contains)
    }

    /// That a course's first visit has no place for being too soon, where that too alone closes the day: it can be set
    /// aside for a patient who is here.
    private func leadTime(_ survey: DaySurvey, _ step: Int) -> [Blocker] {
        guard steps[step].number == 1, courseVisits.isEmpty else { return [] }
        let starts = evaluator.starts(of: survey.kind, on: survey.board, ignoring: .leadTime)
        return starts.isEmpty ? [] : survey.blockers(.leadTime, starts: starts)
    }

    private func windowBlocker(_ step: Int) -> Blocker {
        var opening = step
        while !steps[opening].opensPhase { opening -= 1 }
        let days = reached.indices.contains(opening) ? reached[opening].bounds : nil
        return Blocker(
            rule: .phaseWindow,
            fact: .phaseWindow(
                days: steps[step].within ?? 0, from: origin + (days?.lowerBound ?? 0),
                through: origin + (days?.upperBound ?? 0)))
    }

    /// Why a step has not a day that its gap, or the start window, does not allow; `reach` comes first.
    func gapBlocker(_ step: Int) -> Blocker {
        guard let gaps = steps[step].gaps, step > 0, let before = reached[step - 1].bounds else {
            let through = request.wish.earliest + max(0, request.wish.startWithinDays)
            return Blocker(rule: .gap, fact: .startWindow(from: request.wish.earliest, through: through))
        }
        return Blocker(
            rule: .gap,
            fact: .gap(
                gaps, visit: steps[step - 1].number, from: origin + before.lowerBound,
                through: origin + before.upperBound))
    }
}

extension DayEvaluator {
    /// The starts that a kind of visit can have on a day with somebody to attend it, a rule left out; elapsed minutes.
    func starts(of kind: VisitKind, on board: DayBoard, ignoring rule: Rule?) -> [Int] {
        guard evaluate(kind, on: board, ignoring: rule) else { return [] }
        var slots: [Int] = []
        rows.forEachBit(open) { slots.append($0) }
        return slots.filter { firstAttendance(slot: $0) != nil }.map { calendar.layout.grid.minute(of: $0) }
    }
}

/// What is known of each day that a refused visit could have had, in the refusal's order: the facts behind its rules.
/// Empty where the question is no longer the one that was refused.
package func closings(
    behind refusal: Refusal, of request: CourseRequest, on calendar: PlanningCalendar, now: Int, today: Day
) -> [DayClosing] {
    let search = CourseSearch<Int32>(request, on: calendar, now: now, today: today)
    guard case .blocked(let step, let candidates, let inWindow) = try? search.reach() else { return [] }
    let days = Set(refusal.days.map(\.day))
    return candidates.days.filter { days.contains(search.origin + $0) }.map { day in
        search.closing(step: step, day: day, isInWindow: inWindow.contains(day), now: now)
    }
}
