/// The best set of changes after a disruption (docs/contract/planning.md section 7): what a repair of the calendar as
/// it is now comes to. Pure: it proposes, and changes nothing.
///
/// Broken visits, later visits of their courses, and unpinned visits not yet told of others on the days concerned may
/// move; other visits on these days may change chair and persons. Visits in progress are handed over. Days outside of
/// the calendar count as closed: give calendars as far as the courses' gaps reach.
///
/// - Parameters:
///   - courses: every course with a booked visit that may be broken or may change, with all its visits that are not
///     long over. Bookings on the calendar that belong to none of them are in the way and never change.
///   - calendar: the days after the disruption, with all visits that occupy them.
///   - days: the days whose broken visits are repaired; nil for all. Visits that are broken on others may stay so.
///   - now: the present moment, minutes since 1970-01-01T00:00Z.
///   - budget: the steps after which the best repair found so far is the answer: about half a second, at most. Up to
///     as many again go into proving how much of it cannot be better.
package func repair(
    _ courses: [RepairCourse], on calendar: PlanningCalendar, days: ClosedRange<Day>? = nil, now: Int,
    budget: Int = 20_000
) -> RepairPlan {
    let model = RepairModel(courses, on: calendar, days: days, now: now)
    let costs = RepairCosts(model)
    let first = RepairHeuristic(model, costs)
    let known = first.run()
    let search = RepairSearch(model, costs, budget: budget)
    search.run(from: known)
    guard let best = search.best else { preconditionFailure("every broken visit may stay without a place") }
    return proposal(model, best, proof: search.proof, steps: first.steps + search.work + search.bounds.steps)
}

private func proposal(
    _ model: RepairModel, _ best: ScoredRepair, proof: RepairProof, steps: Int
) -> RepairPlan {
    var repaired = model.calendar
    var changes: [RepairPlan.Change] = []
    for index in model.items.indices where best.places[index] != model.items[index].original {
        let item = model.items[index]
        var booking = item.visit.booking
        repaired.remove(booking.id, on: booking.placement.day)
        let after = best.places[index].map { model.placement(index, $0) }
        changes.append(
            RepairPlan.Change(
                visit: booking.id, course: model.courses[item.course].request.id, patient: booking.patient,
                told: item.visit.told, before: booking.placement, after: after))
        if let after {
            booking.placement = after
            repaired.add(booking)
        }
    }
    for (position, change) in changes.enumerated() where change.after == nil {
        guard let index = model.itemIndex[change.visit] else { continue }
        changes[position].closed = closedDays(of: index, model, on: repaired)
    }
    return RepairPlan(
        changes: changes, unresolved: unresolved(model, best.places, on: repaired), score: best.score, proof: proof,
        steps: steps)
}

/// Visits in progress that are broken still.
private func unresolved(
    _ model: RepairModel, _ places: Table<RepairItem, RepairPlace?>, on repaired: PlanningCalendar
) -> [BrokenVisit] {
    var result: [BrokenVisit] = []
    for index in model.items.indices where model.items[index].isUnderWay && model.items[index].isBroken {
        let item = model.items[index]
        var course = model.courses[item.course]
        if let place = places[index] {
            course.visits[item.position].booking.placement = model.placement(index, place)
        }
        let rules = brokenRules(of: course, visit: item.position, on: repaired, now: model.now)
        if !rules.isEmpty { result.append(BrokenVisit(visit: item.visit.booking.id, rules: rules)) }
    }
    return result
}

/// The days that a visit left without a place could have had, and what closes each.
private func closedDays(
    of index: ItemIndex, _ model: RepairModel, on repaired: PlanningCalendar
) -> [DayClosing] {
    let item = model.items[index]
    let request = model.courses[item.course].request
    let evaluator = DayEvaluator(
        request, on: repaired, now: model.now, mostLabels: item.kind.labels.count)
    return (model.windows[index].map(Array.init) ?? []).compactMap { day in
        guard let board = repaired[model.calendar.first + day] else { return nil }
        let rule = Rule.allCases.first { rule in
            rule != .gap && rule != .phaseWindow && rule != .authorisation
                && evaluator.evaluate(item.kind, on: board, ignoring: rule) && evaluator.hasAttendance()
        }
        if evaluator.evaluate(item.kind, on: board), evaluator.hasAttendance() {
            return DayClosing(day: board.calendar.day, closedBy: .gap, blockers: [])
        }
        let survey = DaySurvey(kind: item.kind, board: board, request: request, calendar: repaired, now: model.now)
        let blockers =
            rule.map { survey.blockers($0, starts: evaluator.starts(of: item.kind, on: board, ignoring: $0)) }
            ?? survey.blockersOfSeveral()
        return DayClosing(day: board.calendar.day, closedBy: rule, blockers: blockers)
    }
}
