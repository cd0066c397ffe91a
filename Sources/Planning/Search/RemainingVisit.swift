/// What is asked of a visit of a course that is still to come.
package struct RemainingVisit: Hashable, Sendable {
    /// Its number in the course, from 1.
    package let number: Int
    /// Its phase.
    package let phase: String
    /// Days wished for since the visit before it; 0 for a course's first visit, which has a start window instead.
    package let gapIdeal: Int
    /// Days allowed since the visit before it; nil for a course's first visit.
    package let gaps: ClosedRange<Int>?
    /// `withinDays` of its phase; nil where the phase has none, or has begun and only warns.
    package let within: Int?
}

/// What is asked of the visits of a course that are still to come, in order: its gaps as they are after lost and
/// omitted visits (PLANNING.md section 6).
///
/// - Parameter turns: what became of the course so far, phase by phase in order.
package func remainingVisits(
    of request: CourseRequest, continuing turns: [Turn], on calendar: PlanningCalendar, today: Day
) -> [RemainingVisit] {
    compile(request, turns, on: calendar, today: today).steps.map { step in
        RemainingVisit(
            number: step.number, phase: request.regimen.phases[step.phase].name, gapIdeal: step.gapIdeal,
            gaps: step.gaps, within: step.within)
    }
}
