package import Planning

/// What is left of a course, as the planner is asked for it.
package struct Continuation: Sendable {
    package let request: CourseRequest
    /// What became of the course so far, phase by phase in order.
    package let turns: [CourseVisit]
    /// The visit of each turn; nil for turns that were given elsewhere.
    package let visits: [VisitID?]
    /// The planner's calendar without those visits of the course that may still move or stay pinned.
    package let calendar: PlanningCalendar
    /// The civil day of the present moment.
    package let today: Day
}

/// What is left of a course at a moment, for searches beside the writer. Nil
/// where there is no such course, or the calendar does not reach to all of its visits.
package func continuation(
    of course: CourseID, state: ClinicState, calendar: PlanningCalendar, now: Instant
) -> Continuation? {
    do throws(DecisionFailure) {
        let draft = try CourseDraft(course, .other, try DecisionContext(state, calendar, now))
        return try draft.continuation()
    } catch {
        return nil
    }
}

extension CourseDraft {
    fileprivate func continuation() throws(DecisionFailure) -> Continuation {
        var turns = adoptedTurns
        var ids: [VisitID?] = turns.map { _ in nil }
        for attempt in attempts {
            turns.append(try turn(of: attempt))
            ids.append(attempt.current)
        }
        return Continuation(
            request: request, turns: turns, visits: ids, calendar: calendar(asking: []), today: context.today)
    }
}
