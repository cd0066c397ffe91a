/// What answering a problem comes to.
package enum SolvingResult: Sendable {
    /// One outcome a course.
    case answer(Answer)
    /// A search left the days it was given: give calendars through this day at least, and ask again.
    case needsDays(through: Day)
}

/// Insertions of a course that `solve` tries for a batch.
package let batchStepBudget = 20_000

/// Answers a problem (docs/contract/formats.md section 2): every course alone against the bookings, each on top of the
/// plans before it, or all together, within a budget of steps at which a small problem takes about a second.
///
/// - Parameter calendars: consecutive days, from the first day on which a course may start or the planning day,
///   whichever is earlier.
package func solve(_ problem: Problem, calendars: DayCalendars) -> SolvingResult {
    if problem.mode == .batch {
        switch planTogether(problem, calendars: calendars, stepBudget: batchStepBudget) {
        case .needsDays(let day): return .needsDays(through: day)
        case .outcome(let outcome): return .answer(outcome.answer)
        }
    }
    var calendar = PlanningCalendar(
        facility: problem.facility, calendars: calendars, timeOff: problem.timeOff, outages: problem.outages,
        bookings: problem.bookings)
    var outcomes: [Outcome] = []
    for request in problem.courses {
        switch plan(request, on: calendar, now: problem.now, today: problem.today) {
        case .needsDays(let day): return .needsDays(through: day)
        case .refusal(let refusal): outcomes.append(.refusal(refusal))
        case .plan(let plan):
            outcomes.append(.plan(plan))
            if problem.mode == .sequence {
                for visit in plan.visits {
                    calendar.add(
                        Booking(
                            id: VisitID("\(request.id)/\(visit.number)"), patient: request.patient,
                            visitType: visit.visitType, placement: visit.placement))
                }
            }
        }
    }
    return .answer(Answer(outcomes: outcomes))
}
