/// Insertions of a course that `solve` tries for a batch.
package let batchStepBudget = 20_000

/// Answers a problem (docs/contract/formats.md section 2): every course alone against the bookings, each on top of the
/// plans before it, or all together, within a budget of steps at which a small problem takes about a second.
///
/// - Parameter calendars: consecutive days, from the first day on which a course may start or the planning day,
///   whichever is earlier.
/// - Throws: where a search leaves these days.
package func solve(_ problem: Problem, calendars: DayCalendars) throws(NeedsDays) -> Answer {
    if problem.mode == .batch {
        return try planTogether(problem, calendars: calendars, stepBudget: batchStepBudget).answer
    }
    var calendar = PlanningCalendar(
        facility: problem.facility, calendars: calendars, timeOff: problem.timeOff, outages: problem.outages,
        bookings: problem.bookings)
    var outcomes: [Outcome] = []
    for request in problem.courses {
        let outcome = try plan(request, on: calendar, now: problem.now, today: problem.today)
        outcomes.append(outcome)
        guard problem.mode == .sequence, case .plan(let plan) = outcome else { continue }
        for visit in plan.visits {
            calendar.add(
                Booking(
                    id: VisitID("\(request.id)/\(visit.number)"), patient: request.patient,
                    visitType: visit.visitType, placement: visit.placement))
        }
    }
    return Answer(outcomes: outcomes)
}
