package import Planning

extension ClinicState {
    /// The active courses of which a phase with a goal would end after it or owes a visit, with the goal's last day:
    /// the soonest first, then by course.
    package var coursesAtRisk: [(course: CourseID, through: Day)] {
        let found = allCourses.compactMap { course -> (course: CourseID, through: Day)? in
            let standings = goalStandings(of: course).filter(\.isAtRisk)
            return standings.map(\.through).min().map { (course.id, $0) }
        }
        return found.sorted { ($0.through, $0.course.number) < ($1.through, $1.course.number) }
    }
}

extension CourseDraft {
    /// Plans the phase that is under way to its goal, where it would end after it or owes a visit; told places at their
    /// usual price, and on no day that the patient declined. False where nothing is to be done, or no plan reaches it.
    mutating func seekGoal() throws(DecisionFailure) -> Bool {
        guard let window = phaseWindow, template.phase(window.phase)?.goal != nil, isSlipping(window.phase) else {
            return false
        }
        return try planRest(Replanning(declined: declinedDays), endingBy: [window.through], window)
    }
}

/// How a course that would miss the goal of a phase under way can still reach it on what is free, as a plan made now
/// would have it; nil where it would not miss it, or no plan reaches it. Proposes, and changes nothing.
///
/// - Parameter calendar: that of the state.
/// - Throws: where the calendar must reach further; then the same question again.
package func wayBack(
    of course: CourseID, state: ClinicState, calendar: PlanningCalendar, now: Instant
) throws(NeedsDays) -> PlanDifference? {
    do throws(DecisionFailure) {
        var draft = try CourseDraft(course, .clinical, try DecisionContext(state, calendar, now, explains: false))
        guard draft.status == .active, try draft.seekGoal(),
            case .accepted(_, _, .changed(let difference)) = draft.decision(.courseCaughtUp)
        else { return nil }
        return difference
    } catch {
        _ = try error.refusal
        return nil
    }
}

/// What places that a command frees are worth to courses that would miss their goal: those that can reach it are
/// planned to it, the soonest goal first, where the configuration lets that happen by itself.
///
/// - Parameter events: those of the command, which has been decided on.
func goalsSought(after events: [Event], _ basis: Basis) throws(NeedsDays) -> [Event] {
    guard basis.calendar.facility.planning.seeksGoals != .propose,
        let first = basis.state.freedPlaces(by: events, now: basis.now).places.map(\.day).min()
    else { return [] }
    let own = Set(events.flatMap(\.courses))
    var (state, calendar) = basis.state.after(events, on: basis.calendar, basis.now)
    var found: [Event] = []
    for (course, through) in state.coursesAtRisk where first <= through && !own.contains(course) {
        let asking = Basis(state: state, calendar: calendar, now: basis.now, explains: false)
        let command = Command.course(.alter(course, .lifecycle(.seekGoal), .other))
        guard case .accepted(let made, _, _) = try decideAlone(command, asking), !made.isEmpty,
            state.obstacle(to: made) == nil
        else { continue }
        found += made
        (state, calendar) = state.after(made, on: calendar, basis.now)
    }
    return found
}
