/// What is asked of a visit of a course that is still to come.
package struct RemainingVisit: Hashable, Sendable {
    /// Its number in the course, from 1.
    package let number: Int
    package let phase: String
    /// Days wished for since the visit before it; 0 for a course's first visit, which has a start window instead.
    package var gapIdeal: Int { gap?.rules[0].ideal ?? 0 }
    /// Days allowed since the visit before it; nil for a course's first visit.
    package var gaps: ClosedRange<Int>? { gap?.rules[0].allowed }
    /// The same by the day that it has.
    package let gap: AskedGap?
    /// The last day that it may have; nil where its gap alone decides.
    package let latest: Day?
    /// `withinDays` of its phase; nil where the phase has none, or has begun and only warns.
    package let within: Int?
    /// The goal of its phase, where days in hand up to it are worth something.
    package let goal: VisitGoal?
}

/// What is asked of the visits of a course that are still to come, in order: its gaps as they are after lost and
/// omitted visits (docs/contract/planning.md section 6).
///
/// - Parameter courseVisits: what became of the course so far, phase by phase in order.
package func remainingVisits(
    of request: CourseRequest, continuing courseVisits: [CourseVisit], on calendar: PlanningCalendar, today: Day
) -> [RemainingVisit] {
    let compiled = compile(request, courseVisits, on: calendar, today: today)
    return compiled.steps.map { step in
        RemainingVisit(
            number: step.number, phase: request.regimen.phases[step.phase].name,
            gap: step.gaps.map { gaps in
                AskedGap(
                    [AskedGap.Rule(from: nil, ideal: step.gapIdeal, allowed: gaps)]
                        + step.laterGaps.map { later in
                            AskedGap.Rule(from: compiled.origin + later.from, ideal: later.ideal, allowed: later.gaps)
                        })
            }, latest: step.days.map { compiled.origin + $0.upperBound }, within: step.within, goal: step.goal)
    }
}
