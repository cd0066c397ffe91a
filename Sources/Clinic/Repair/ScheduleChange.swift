package import Planning

/// Changes of visits of several courses that belong together, as they were proposed to somebody: all that is needed to
/// make them without searching again.
package struct ScheduleChange: Hashable, Sendable {
    /// What they are for. The raw value is its name everywhere.
    package enum Purpose: String, CaseIterable, Hashable, Sendable {
        /// That hard rules hold again after a disruption.
        case repair
        /// That visits nobody was told of yet lie better.
        case improvement
        /// That a course ends its phase by its goal, visits of others making room for it.
        case goal
    }

    /// A visit with the place that it leaves and the one that it takes.
    package struct Move: Hashable, Sendable {
        package let visit: VisitID
        package let course: CourseID
        package let from: Place
        /// Where it goes; nil where it loses its place.
        package let to: Place?
        /// Where it is made up, of one that loses its place; nil where no place is found.
        package var madeUp: Place?
        /// The rules that its place breaks, in the table's order; none for one that makes room.
        package let rules: [Rule]
        /// For a visit that loses its place, the days that it could have had and what closes each.
        package let closed: [DayClosing]

        /// A visit's way from one place to another, or to none.
        package init(
            visit: VisitID, course: CourseID, from: Place, to: Place?, madeUp: Place? = nil, rules: [Rule] = [],
            closed: [DayClosing] = []
        ) {
            self.visit = visit
            self.course = course
            self.from = from
            self.to = to
            self.madeUp = madeUp
            self.rules = rules
            self.closed = closed
        }

        /// Whether the visit finds no place, nor is made up.
        package var isUnplaced: Bool { to == nil && madeUp == nil }

        /// Whether day or start is another, or none.
        package var changesTime: Bool { to?.start != from.start }
    }

    /// What the changes are for.
    package let purpose: Purpose
    /// The last event of the state that they were sought on.
    package let basis: Int
    /// The changes, by course and visit.
    package let moves: [Move]
    /// Visits that stay against a rule: nobody can take over what is in progress, or the visit is held for somebody.
    package let unresolved: [AffectedVisit]
    /// The day whose visits were repaired; nil for all.
    package let day: Day?
    /// Whether nothing better exists.
    package let isBest: Bool
    /// How far it is proven that nothing better exists, of a repair.
    package let proof: RepairProof?
    /// By how much the visits cost less, of an improvement.
    package let gain: Int
    /// The event by which the proposal was told; nil where it was not.
    package private(set) var proposed: Int?
    /// The course that room is made for, with how it would be; its own visits are not among the moves.
    package let goal: GoalSought?

    /// Whether nothing is to be done.
    package var isEmpty: Bool { moves.isEmpty && goal?.plan == nil }

    /// Changes that belong together.
    package init(
        purpose: Purpose, basis: Int, moves: [Move], unresolved: [AffectedVisit] = [], day: Day? = nil,
        isBest: Bool = true,
        proof: RepairProof? = nil,
        gain: Int = 0, goal: GoalSought? = nil
    ) {
        self.goal = goal
        self.purpose = purpose
        self.basis = basis
        self.moves = moves
        self.unresolved = unresolved
        self.day = day
        self.isBest = isBest
        self.proof = proof
        self.gain = gain
    }

    /// The same, as it was told by an event.
    package func told(by event: Int) -> ScheduleChange {
        var told = self
        told.proposed = event
        return told
    }
}

/// What is answered to somebody who asks for changes that belong together.
package enum ScheduleChangeResult: Hashable, Sendable {
    /// The changes; none where nothing is to be done.
    case found(ScheduleChange)
    /// They cannot be sought, and why.
    case refused(ClinicRefusal)
}

/// The least disruptive changes after which all hard rules hold again (docs/contract/planning.md section 7). Proposes,
/// and changes nothing.
///
/// - Parameters:
///   - day: the day whose visits are repaired; nil for all that is still to come.
///   - calendar: the planner's calendar of the state, as far as visits may move.
///   - budget: the steps after which the best repair found so far is the answer: about half a second, at most.
/// - Throws: where the calendar must reach further; then the same question again.
package func proposeRepair(
    day: Day? = nil, state: ClinicState, calendar: PlanningCalendar, now: Instant, budget: Int = 20_000
) throws(NeedsDays) -> ScheduleChangeResult {
    do throws(DecisionFailure) {
        let context = try DecisionContext(state, calendar, now)
        return .found(try repairs(day, context, budget: budget))
    } catch {
        return .refused(try error.refusal)
    }
}

private func repairs(_ day: Day?, _ context: DecisionContext, budget: Int) throws(DecisionFailure) -> ScheduleChange {
    let all = try RepairCourses(context)
    let free = all.free
    let isFree = Set(free.map(\.request.id))
    var broken: [VisitID: [Rule]] = [:]
    var held: [AffectedVisit] = []
    for visit in brokenVisits(of: all.courses, on: context.calendar, now: context.now.minute) {
        guard let booked = context.state.visit(visit.visit), day.map({ $0 == booked.day }) ?? true else { continue }
        if isFree.contains(booked.course) {
            broken[visit.visit] = visit.rules
        } else {
            held.append(AffectedVisit(visit: visit.visit, rules: visit.rules))
        }
    }
    let days = Set(broken.keys.compactMap { context.state.visit($0)?.day })
    guard !days.isEmpty else {
        return ScheduleChange(
            purpose: .repair, basis: context.state.lastEvent, moves: [], unresolved: held, day: day, proof: .best)
    }
    let concerned = free.filter { $0.visits.contains { days.contains($0.booking.placement.day) } }
    let proposal = Planning.repair(
        concerned, on: context.calendar, days: day.map { $0...$0 }, now: context.now.minute, budget: budget)
    var moves: [ScheduleChange.Move] = []
    for change in proposal.changes {
        guard let visit = context.state.visit(change.visit) else { continue }
        var after: Place?
        if let placement = change.after { after = Place(placement, on: try context.day(placement.day)) }
        // Wherever its patient really sits: of a visit under way persons alone change.
        if visit.status.isInProgress { after = after?.at(visit.place) }
        moves.append(
            ScheduleChange.Move(
                visit: visit.id, course: visit.course, from: visit.place, to: after, rules: broken[visit.id] ?? [],
                closed: change.closed))
    }
    try makeUp(&moves, context)
    return ScheduleChange(
        purpose: .repair, basis: context.state.lastEvent, moves: moves,
        unresolved: proposal.unresolved.map { AffectedVisit(visit: $0.visit, rules: $0.rules) } + held, day: day,
        isBest: proposal.isBest, proof: proposal.proof)
}

extension Place {
    /// The same persons at another place's time and in its chair; whoever steps in does so at the same instants.
    fileprivate func at(_ other: Place) -> Place {
        Place(
            start: other.start, minute: other.minute, chair: other.chair, persons: persons,
            handovers: handovers.map { handover in
                Handover(
                    label: handover.label, person: handover.person,
                    stretch: handover.stretch.shifted(by: minute - other.minute))
            })
    }
}
