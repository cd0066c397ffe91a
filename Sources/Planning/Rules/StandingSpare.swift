/// What the days in hand of a standing course's visits cost. Whatever else becomes of them, the visits that count as
/// later ones are those given: one that a repair leaves without a place is to be made up.
final class StandingSpare {
    private let goals: [VisitGoal?]
    /// For each visit, the first one of its phase.
    private let openings: [Int]
    private let request: CourseRequest
    private let calendar: PlanningCalendar
    private lazy var possible = PossibleDays(
        of: request, on: calendar, from: calendar.first, through: calendar.last)
    private var hands: [Key: DaysInHand] = [:]

    private struct Key: Hashable {
        let opening: Int
        let goal: Day
    }

    /// - Parameter visits: the visits in order, each with its phase.
    init(_ visits: [(phase: String, goal: VisitGoal?)], of request: CourseRequest, on calendar: PlanningCalendar) {
        goals = visits.map(\.goal)
        openings = visits.map { visit in visits.firstIndex { $0.phase == visit.phase } ?? 0 }
        self.request = request
        self.calendar = calendar
    }

    /// What a visit costs on a day, where its phase begins, or has begun, on another; nothing for the first one.
    func cost(of visit: Int, on day: Day, first: Day?) -> Int {
        guard let goal = goals[visit]?.goal, let count = daysInHand(after: visit, on: day, first: first) else {
            return 0
        }
        return spareCost(count, goal)
    }

    /// How many days are in hand after a visit; nil where its phase has no goal, or it begins the phase.
    func daysInHand(after visit: Int, on day: Day, first: Day?) -> Int? {
        guard let goal = goals[visit], let first = goal.first ?? first else { return nil }
        let key = Key(opening: openings[visit], goal: first + goal.goal.days)
        let members = goals.indices.filter { openings[$0] == openings[visit] }
        let known = hands[key] ?? DaysInHand(members.compactMap { goals[$0]?.gap }, by: key.goal, possible)
        hands[key] = known
        return members.firstIndex(of: visit).map { known.count(ofVisit: $0, on: day) }
    }
}
