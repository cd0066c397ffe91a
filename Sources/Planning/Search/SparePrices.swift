/// What the days in hand cost each step of a search, by its day and the first day of its phase. Days are counted from
/// the search's origin.
struct SparePrices {
    /// A phase with a goal, for each of the first days that it can have.
    private struct PhaseHands {
        let goal: Phase.Goal
        let opening: Int
        let isBegun: Bool
        let firstDay: Int
        var byFirstDay: [DaysInHand] = []
    }

    private let origin: Day
    private var phases: [PhaseHands] = []
    /// For each step the index of its phase among these; -1 where days in hand cost nothing.
    private var phaseOf: [Int]

    /// The prices of the steps of a course that begin on certain days; nil where none of their phases has a goal.
    ///
    /// - Parameter firstDays: the days that a step can have which opens a phase.
    init?(
        _ steps: [Step], of request: CourseRequest, on calendar: PlanningCalendar, origin: Day,
        firstDays: (Int) -> ClosedRange<Int>
    ) {
        guard steps.contains(where: { $0.goal != nil }) else { return nil }
        self.origin = origin
        phaseOf = [Int](repeating: -1, count: steps.count)
        var opening = 0
        while opening < steps.count {
            let end = steps[opening...].firstIndex { $0.phase != steps[opening].phase } ?? steps.count
            defer { opening = end }
            guard let goal = steps[opening].goal else { continue }
            let firsts = goal.first.map { ($0 - origin)...($0 - origin) } ?? firstDays(opening)
            let possible = PossibleDays(
                of: request, on: calendar, from: origin + min(0, firsts.lowerBound),
                through: origin + firsts.upperBound + goal.goal.days)
            let gaps = steps[opening..<end].compactMap { $0.goal?.gap }
            for step in opening..<end { phaseOf[step] = phases.count }
            phases.append(
                PhaseHands(
                    goal: goal.goal, opening: opening, isBegun: goal.first != nil, firstDay: firsts.lowerBound,
                    byFirstDay: firsts.map { DaysInHand(gaps, by: origin + $0 + goal.goal.days, possible) }))
        }
    }

    /// What the days in hand cost a step on a day; its phase begins, or has begun, on `first`.
    func price(of step: Int, on day: Int, first: Int) -> Int {
        guard phaseOf[step] >= 0 else { return 0 }
        let phase = phases[phaseOf[step]]
        // A phase's first visit costs nothing: whatever is lost before it is no loss of the phase.
        guard phase.isBegun || step > phase.opening else { return 0 }
        let hands = phase.byFirstDay[phase.isBegun ? 0 : first - phase.firstDay]
        return spareCost(hands.count(ofVisit: step - phase.opening, on: origin + day), phase.goal)
    }
}
