/// The best way in which visits yield their places to a course that has no plan otherwise (docs/contract/planning.md
/// section 6): at most three, each to another place that is free as things stand, so that the course has a plan. Pure:
/// it proposes, and changes nothing.
///
/// Everything is tried, except what cannot be the best: days tell which sets can help at all, and what the course costs
/// where nobody stands in its way bounds what it costs with them elsewhere. A visit of which two labels are covered at
/// once is the one thing of which a day may tell too little, since covers are fixed without a second try.
///
/// - Parameters:
///   - course: the course that seeks.
///   - visits: those that may yield; in this order where ways are equal.
///   - calendar: with them, and without the visits of the seeking course that are planned anew.
///   - now: the present moment, minutes since 1970-01-01T00:00Z.
///   - today: the civil day of `now` at the clinic.
///   - budget: the steps after which the best way found so far is the answer: about a second, at most.
/// - Throws: where the calendar must reach further.
package func makeRoom(
    for course: SeekingCourse, by visits: [YieldingVisit], on calendar: PlanningCalendar, now: Int, today: Day,
    budget: Int = 300_000
) throws(NeedsDays) -> YieldingOutcome {
    let search = YieldingSearch(course, visits, on: calendar, now: now, today: today, budget: budget)
    try search.run()
    return YieldingOutcome(best: search.best?.way, isExhaustive: !search.isSpent, steps: search.steps)
}

/// The most visits that yield to one course.
private let mostYielding = 3

private final class YieldingSearch {
    /// A way with all by which it is compared with others of the same counts.
    struct Found {
        let way: YieldedPlaces
        let members: [Int]
        let places: [Int]

        func isBetter(than other: Found?) -> Bool {
            guard let other else { return true }
            if way.score != other.way.score { return way.score < other.way.score }
            if members != other.members { return members.lexicographicallyPrecedes(other.members) }
            return places.lexicographicallyPrecedes(other.places)
        }
    }

    private struct DayPart: Hashable {
        let day: Day
        let gone: [Int]
    }

    private let visits: [YieldingVisit]
    private let calendar: PlanningCalendar
    private let seeker: YieldingSeeker
    private let now: Int
    private let budget: Int
    /// By how much a place elsewhere may make a visit of the course cheaper, at most: an idle stretch before and after.
    private let slack: Int
    private var opened: [DayPart: [Bool]] = [:]
    private var reached: [[DayPart]: Set<Day>?] = [:]
    private var places: [Int: [YieldingPlaces.Place]] = [:]
    private(set) var best: Found?
    private(set) var steps = 0
    var isSpent: Bool { steps > budget }

    init(
        _ course: SeekingCourse, _ visits: [YieldingVisit], on calendar: PlanningCalendar, now: Int, today: Day,
        budget: Int
    ) {
        self.visits = visits
        self.calendar = calendar
        self.now = now
        self.budget = budget
        seeker = YieldingSeeker(course, on: calendar, now: now, today: today)
        slack = 2 * max(0, calendar.facility.planning.weights.idle)
    }

    // MARK: Which visits

    /// The sets of visits, those first in which fewer must be told, then the smaller ones.
    func run() throws(NeedsDays) {
        if let plan = try planned(on: calendar) {
            let way = YieldedPlaces(
                moves: [], plan: plan.plan, score: YieldingScore(told: 0, displaced: 0, cost: plan.cost))
            best = Found(way: way, members: [], places: [])
            return
        }
        guard let days = try reach(without: Array(visits.indices)) else { return }
        // Who stands on another day is in nobody's way.
        let near = visits.indices.filter { days.contains(visits[$0].day) }
        for told in 0...mostYielding {
            for count in max(1, told)...mostYielding {
                try extend([], to: count, from: near[...], told: told)
                if best != nil || isSpent { return }
            }
        }
    }

    private func extend(
        _ members: [Int], to count: Int, from left: ArraySlice<Int>, told: Int
    ) throws(NeedsDays) {
        guard members.count < count else {
            if members.count(where: { visits[$0].visit.told }) >= told { try settle(members, told: told) }
            return
        }
        for index in left.indices where !isSpent {
            let next = left[index]
            // Of two that follow each other one stays.
            if members.contains(where: { visits[$0].isBeside(visits[next]) }) { continue }
            try extend(members + [next], to: count, from: left[(index + 1)...], told: told)
        }
    }

    /// For each kind of the course's visits, whether one can be on a day without some of the visits on it.
    private func opens(_ part: DayPart) -> [Bool] {
        if let known = opened[part] { return known }
        steps += 5
        guard var board = calendar[part.day] else { return [] }
        for index in part.gone { board = board.removing(visits[index].booking.id) }
        let found = seeker.opens(board)
        opened[part] = found
        return found
    }

    /// By day, those of some visits whose absence opens it, as far as it does.
    private func parts(_ members: [Int]) -> [DayPart] {
        let byDay = Dictionary(grouping: members) { visits[$0].day }
        return byDay.map { DayPart(day: $0.key, gone: $0.value.sorted()) }
            .filter { opens($0) != opens(DayPart(day: $0.day, gone: [])) }
            .sorted { $0.day < $1.day }
    }

    /// The days that the course can have without some visits; nil where it has no plan.
    private func reach(without members: [Int]) throws(NeedsDays) -> Set<Day>? {
        let parts = parts(members)
        if let known = reached[parts] { return known }
        steps += 200
        let days = try seeker.reach(on: without(members))
        reached[parts] = .some(days)
        return days
    }

    private func without(_ members: [Int]) -> PlanningCalendar {
        var calendar = calendar
        for index in members { calendar.remove(visits[index].booking.id, on: visits[index].day) }
        return calendar
    }

    private func planned(on calendar: PlanningCalendar) throws(NeedsDays) -> (plan: Plan, cost: Int)? {
        steps += 500
        return try seeker.plan(on: calendar)
    }

    // MARK: Where they go

    /// The other places of a visit, free as things stand.
    private func places(of index: Int) throws(NeedsDays) -> [YieldingPlaces.Place] {
        if let known = places[index] { return known }
        let found = try YieldingPlaces(visits[index], on: calendar, now: now).all()
        steps += 50 + found.count
        places[index] = found
        return found
    }

    /// Members that are in the way only if another goes to their day: without them it is as open.
    private func idleMembers(_ members: [Int]) -> Set<Int> {
        Set(
            members.filter { index in
                let day = visits[index].day
                let all = members.filter { visits[$0].day == day }
                return opens(DayPart(day: day, gone: all))
                    == opens(DayPart(day: day, gone: all.filter { $0 != index }))
            })
    }

    /// The best places of some visits, so many of those told at another day or start.
    private func settle(_ members: [Int], told: Int) throws(NeedsDays) {
        steps += 1
        // Most sets open no day: they are never searched.
        guard !parts(members).isEmpty, let days = try reach(without: members) else { return }
        var lists: [[YieldingPlaces.Place]] = []
        for index in members {
            lists.append(try places(of: index))
            if lists[lists.count - 1].isEmpty { return }
        }
        let calendar = without(members)
        guard let alone = try planned(on: calendar) else { return }
        let trial = Trial(
            members: members, told: told, lists: lists, days: days, idle: idleMembers(members), calendar: calendar,
            alone: alone)
        try place([], in: trial, cost: alone.cost)
    }

    /// Visits whose places are chosen, one after another.
    private struct Trial {
        let members: [Int]
        /// How many told ones are to have another day or start.
        let told: Int
        let lists: [[YieldingPlaces.Place]]
        /// The days that the course can have.
        let days: Set<Day>
        /// Those that are in the way only where another goes to their day.
        let idle: Set<Int>
        /// The days without the members, and the cheapest plan of the course on them.
        let calendar: PlanningCalendar
        let alone: (plan: Plan, cost: Int)
    }

    /// - Parameters:
    ///   - chosen: for the first members, the indices of their places.
    ///   - cost: that of the course where nobody stands in its way, and of the places chosen.
    private func place(_ chosen: [Int], in trial: Trial, cost: Int) throws(NeedsDays) {
        let turn = chosen.count
        guard turn < trial.members.count else { return try finish(chosen, in: trial, cost: cost) }
        let isTold = visits[trial.members[turn]].visit.told
        let rest = trial.lists[(turn + 1)...].reduce(0) { $0 + $1[0].cost }
        let moved = toldCount(chosen, in: trial)
        let toldLeft = trial.members[(turn + 1)...].count { visits[$0].visit.told }
        for (index, place) in trial.lists[turn].enumerated() where !isSpent {
            let least = cost + place.cost + rest - slack * trial.members.count
            if let best, least > best.way.score.cost { return }
            let told = moved + (isTold && place.isMoved ? 1 : 0)
            guard told <= trial.told, told + toldLeft >= trial.told else { continue }
            try self.place(chosen + [index], in: trial, cost: cost + place.cost)
        }
    }

    private func toldCount(_ chosen: [Int], in trial: Trial) -> Int {
        chosen.indices.count { turn in
            visits[trial.members[turn]].visit.told && trial.lists[turn][chosen[turn]].isMoved
        }
    }

    /// Takes a choice of places where it is better than all before.
    private func finish(_ chosen: [Int], in trial: Trial, cost: Int) throws(NeedsDays) {
        steps += 1
        let placements = chosen.indices.map { trial.lists[$0][chosen[$0]].placement }
        let touched = Set(placements.map(\.day)).intersection(trial.days)
        if let best, cost - slack * touched.count > best.way.score.cost { return }
        let isEachNeeded = trial.members.indices.allSatisfy { turn in
            !trial.idle.contains(trial.members[turn])
                || placements.indices.contains { other in
                    other != turn && placements[other].day == visits[trial.members[turn]].day
                }
        }
        guard isEachNeeded, let calendar = calendar(with: placements, in: trial) else { return }
        // On days that the course cannot have they are in nobody's way.
        var found: (plan: Plan, cost: Int)? = trial.alone
        if !touched.isEmpty { found = try planned(on: calendar) }
        guard let found else { return }
        let moves = trial.members.indices.map { turn in
            let booking = visits[trial.members[turn]].booking
            return YieldedPlaces.Move(
                visit: booking.id, course: visits[trial.members[turn]].course.request.id, before: booking.placement,
                after: placements[turn])
        }
        let score = YieldingScore(
            told: trial.told, displaced: moves.count, cost: cost - trial.alone.cost + found.cost)
        let way = Found(
            way: YieldedPlaces(moves: moves, plan: found.plan, score: score), members: trial.members, places: chosen)
        if way.isBetter(than: best) { best = way }
    }

    /// The calendar with visits at their new places; nil where they are in each other's way there.
    private func calendar(with placements: [Placement], in trial: Trial) -> PlanningCalendar? {
        var calendar = trial.calendar
        for (turn, placement) in placements.enumerated() {
            var booking = visits[trial.members[turn]].booking
            booking.placement = placement
            let isShared = placements[..<turn].contains { $0.day == placement.day }
            if isShared, !fits(booking, on: calendar) { return nil }
            calendar.add(booking)
        }
        return calendar
    }

    private func fits(_ booking: Booking, on calendar: PlanningCalendar) -> Bool {
        guard let board = calendar[booking.placement.day] else { return false }
        let placed = PlacedVisit(visitType: booking.visitType, placement: booking.placement, board: board)
        return keepsChairFree(placed) && keepsAttendantCapacity(placed, booking.patient)
            && keepsOneVisitADay(placed, booking.patient)
    }
}

extension YieldingVisit {
    /// Whether another is the visit just before or after it in its course, or itself.
    fileprivate func isBeside(_ other: YieldingVisit) -> Bool {
        course.request.id == other.course.request.id && abs(index - other.index) <= 1
    }
}
