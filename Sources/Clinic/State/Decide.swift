package import Planning

/// What follows from a command in a state: events with a reply, or a refusal. Pure: the same question has the same
/// answer.
///
/// - Parameters:
///   - calendar: the planner's calendar of the same state, beginning no later than the day of `now`.
///   - now: the present moment.
///   - explains: whether what cannot be planned is answered with what closes each day and what would help. That takes
///     longer than to plan; who leaves it out can have it added, see `Decision.tellsOfNoPlan`.
/// - Throws: where the calendar must reach further; then the same question again.
package func decide(
    _ command: Command, state: ClinicState, calendar: PlanningCalendar, now: Instant,
    explains: Bool = true
) throws(NeedsDays) -> Decision {
    var basis = Basis(state: state, calendar: calendar, now: now, explains: explains)
    var command = command
    if case .told(let own) = command { (command, basis.isTold) = (own, true) }
    let decision = try decideAlone(command, basis)
    guard case .accepted(let events, let beside, let reply) = decision else { return decision }
    if let obstacle = state.obstacle(to: events) { return .refused(.unchangeable(obstacle), []) }
    // Who would miss a goal comes before who only waits.
    let sought = try goalsSought(after: events, basis)
    let freed = state.placesFreed(by: events, then: sought, now: now).map { [Event.waiting(.placesFreed($0))] } ?? []
    return .accepted(events + sought + freed, beside, reply)
}

/// What follows from a command by itself; that places become free for those who wait is told beside it.
func decideAlone(_ command: Command, _ basis: Basis) throws(NeedsDays) -> Decision {
    do throws(DecisionFailure) {
        switch command {
        case .service(let command): return decide(command)
        case .configuration(let command): return decide(command, basis.state)
        case .patient(let command): return try decide(command, basis)
        case .course(let command): return try decide(command, basis)
        case .visit(let command): return try decide(command, basis)
        case .availability(let command):
            return decide(command, basis.state).hitting(basis.state, basis.calendar, basis.now)
        case .waiting(let command): return try decide(command, try basis.context)
        case .alert(let command): return decide(command, basis)
        case .repair(let command): return try decide(command, try basis.context)
        case .importClinic(let export, let known):
            return try importClinic(export, known: known, basis.state, basis.calendar, basis.now)
        case .undo(let recorded, let standing):
            return try undo(recorded, standing: standing, try basis.context)
        case .told: preconditionFailure("what is told at once is taken out of it first, and stands once")
        }
    } catch {
        return .refused(try error.refusal, [])
    }
}

/// What a command is decided on.
struct Basis {
    let state: ClinicState
    let calendar: PlanningCalendar
    let now: Instant
    let explains: Bool
    /// Whether the patient knows at once what is done; see `Command.told`.
    var isTold = false

    /// The same with the present day, which must be on the calendar.
    var context: DecisionContext {
        get throws(DecisionFailure) {
            var context = try DecisionContext(state, calendar, now, explains: explains)
            context.isTold = isTold
            return context
        }
    }
}
