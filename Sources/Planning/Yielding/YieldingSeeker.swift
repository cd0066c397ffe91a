/// The course that seeks room, asked on one calendar after another.
final class YieldingSeeker {
    private let course: SeekingCourse
    private let now: Int
    private let today: Day
    private let weights: Weights
    private let evaluator: DayEvaluator
    /// The kinds of its visits that are to be planned.
    private let kinds: [VisitKind]

    init(_ course: SeekingCourse, on calendar: PlanningCalendar, now: Int, today: Day) {
        self.course = course
        self.now = now
        self.today = today
        weights = calendar.facility.planning.weights
        let compiled = compile(course.request, course.visits, on: calendar, today: today)
        kinds = compiled.kinds.filter { $0.constraint?.fixed == nil }
        evaluator = DayEvaluator(
            course.request, on: calendar, now: now, mostLabels: compiled.kinds.map(\.labels.count).max() ?? 1)
    }

    /// For each kind of visit, whether one can be on a day.
    func opens(_ board: DayBoard) -> [Bool] {
        kinds.map { evaluator.evaluate($0, on: board) && evaluator.hasAttendance() }
    }

    /// The days that its visits can have; nil where there is no plan.
    func reach(on calendar: PlanningCalendar) throws(NeedsDays) -> Set<Day>? {
        let plain = CourseSearch<Int16>(
            course.request, courseVisits: course.visits, on: calendar, now: now, today: today)
        if let days = try days(of: plain) { return days }
        let eased = CourseSearch(course.request, sharing: plain, today: today, isEased: true)
        return eased.isEased ? try days(of: eased) : nil
    }

    private func days(of search: CourseSearch<Int16>) throws(NeedsDays) -> Set<Day>? {
        guard case .all = try search.reach() else { return nil }
        return Set(search.reached.flatMap { $0.days.map { search.origin + $0 } })
    }

    /// Its cheapest plan, with what that costs, told places at their price; nil where there is none.
    func plan(on calendar: PlanningCalendar) throws(NeedsDays) -> (plan: Plan, cost: Int)? {
        let outcome = try Planning.plan(
            course.request, continuing: course.visits, on: calendar, now: now, today: today, explains: false)
        guard case .plan(let plan) = outcome else { return nil }
        return (plan, plan.cost + costOfMoving(plan))
    }

    /// What it costs to give up places that the patient was told or asked for.
    private func costOfMoving(_ plan: Plan) -> Int {
        course.visits.reduce(0) { sum, visit in
            guard visit.wish == nil, case .booked(let place, told: true) = visit.status,
                let phase = course.request.regimen.phases.first(where: { $0.name == visit.phase })
            else { return sum }
            let planned = plan.visits.filter { $0.visitType.id == phase.visit && $0.placement.day == place.day }
            if planned.isEmpty { return sum + weights.movedDay }
            return planned.contains { $0.placement.start == place.start } ? sum : sum + weights.movedTime
        }
    }
}
