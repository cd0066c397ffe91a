package import Planning

/// Better places for visits of which nobody was told yet and that are not pinned, over some weeks. Courses are planned
/// anew one at a time, exactly, until none gains; what a change costs its neighbours is weighed, so that nothing gets
/// worse in all. Proposes, and changes nothing.
///
/// - Parameters:
///   - weeks: visits of so many weeks from today may move.
///   - searches: the number of searches after which the best found so far is the answer.
/// - Throws: where the calendar must reach further; then the same question again.
package func proposeOptimization(
    weeks: Int, state: ClinicState, calendar: PlanningCalendar, now: Instant, searches: Int = 2000
) throws(NeedsDays) -> ScheduleChangeResult {
    do throws(DecisionFailure) {
        var optimization = Optimization(try DecisionContext(state, calendar, now), weeks: weeks, searches: searches)
        return .found(try optimization.run())
    } catch {
        return .refused(try error.refusal)
    }
}

/// The clinic while its visits are being moved to better places.
private struct Optimization {
    private let start: DecisionContext
    private var state: ClinicState
    private var calendar: PlanningCalendar
    private let last: Day
    private var left: Int
    private var gain = 0

    init(_ context: DecisionContext, weeks: Int, searches: Int) {
        start = context
        state = context.state
        calendar = context.calendar
        last = context.today + 7 * weeks - 1
        left = searches
    }

    mutating func run() throws(DecisionFailure) -> ScheduleChange {
        let courses = state.allCourses.filter { $0.status == .active && $0.progress.heldUntil == nil }.map(\.id)
        var isSettled = false
        while !isSettled, left > 0 {
            isSettled = true
            for course in courses where left > 0 {
                if try improve(course) { isSettled = false }
            }
        }
        var moves: [ScheduleChange.Move] = []
        for course in courses {
            for visit in start.state.course(course).map(start.state.visits(of:)) ?? [] {
                guard let now = state.visit(visit.id), now.place != visit.place else { continue }
                moves.append(
                    ScheduleChange.Move(visit: visit.id, course: course, from: visit.place, to: now.place))
            }
        }
        return ScheduleChange(
            purpose: .improvement, basis: start.state.lastEvent, moves: moves, isBest: isSettled, gain: gain)
    }

    /// Plans a course's free visits anew and takes the plan where it is better in all.
    private mutating func improve(_ id: CourseID) throws(DecisionFailure) -> Bool {
        let context = try DecisionContext(state, calendar, start.now)
        var draft = try CourseDraft(id, .other, context)
        let free = draft.freeVisits(through: last)
        guard !free.isEmpty else { return false }
        left -= 2
        let others = draft.calendar(asking: [])
        guard let before = try draft.standing(free: [], on: others),
            let after = try draft.standing(free: free, on: others), after.cost < before.cost
        else { return false }
        var moved: [VisitID: Place] = [:]
        for visit in after.visits {
            guard let own = free.first(where: { draft.visits[$0]?.number == visit.number }) else { continue }
            let place = Place(visit.placement, on: try context.day(visit.placement.day))
            guard let image = draft.visits[own], image.place != place else { continue }
            moved[own] = place
            draft.move(own, to: place, terms: visit.terms)
        }
        guard !moved.isEmpty else { return false }
        let events = draft.events(.courseImproved)
        let (next, later) = state.after(events, on: calendar, start.now)
        var days = Set(moved.values.map(\.day))
        for visit in moved.keys { days.formUnion(state.visit(visit).map { [$0.day] } ?? []) }
        let own = Set(draft.visits.keys)
        let cost = after.cost - before.cost + neighbours(own, on: later, days) - neighbours(own, on: calendar, days)
        guard cost < 0 else { return false }
        gain -= cost
        state = next
        calendar = later
        return true
    }

    /// What the visits of other courses cost on some days by how they stand to each other.
    private func neighbours(_ own: Set<VisitID>, on calendar: PlanningCalendar, _ days: Set<Day>) -> Int {
        days.reduce(0) { cost, day in
            cost + (calendar[day].map { neighbourCost(on: $0) { !own.contains($0) } } ?? 0)
        }
    }
}

extension CourseDraft {
    /// Visits that nobody was told of and nobody fixed, up to a day.
    fileprivate func freeVisits(through last: Day) -> Set<VisitID> {
        Set(
            visits.filter { _, image in
                image.status == .tentative && image.heard == nil && image.asked != .itself && !image.pinned
                    && image.overrides.isEmpty && !isKept(image) && image.place.day <= last
            }.keys)
    }

    /// The cheapest rest of the course with some visits free and all others where they are; nil where there is none.
    fileprivate func standing(free: Set<VisitID>, on calendar: PlanningCalendar) throws(DecisionFailure) -> Plan? {
        var turns = adoptedTurns
        var request = request
        request.gapEasing = .standing
        var isFreeBefore = false
        for attempt in attempts {
            var turn = try turn(of: attempt)
            let isFree = free.contains(attempt.current)
            switch turn.status {
            case .booked(let place, _):
                if isFree {
                    turn.status = .booked(place, told: false)
                } else {
                    turn.status = .pinned(place)
                }
            // A lost visit that is not made up for is no matter of better places.
            case .lost: turn.status = .omitted
            case .kept, .pinned, .omitted, .open: break
            }
            if case .pinned = turn.status, !isFreeBefore {
                turn.ignoresGap = true
                turn.ignoresWindow = true
            }
            turns.append(turn)
            if turn.status != .omitted { isFreeBefore = isFree }
        }
        switch try context.plan(request, continuing: turns, on: calendar, explains: false) {
        case .plan(let plan): return plan
        case .refusal: return nil
        }
    }
}
