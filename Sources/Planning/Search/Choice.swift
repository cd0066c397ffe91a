/// The choice among plans of equal cost: days, then starts, then chairs, then persons, each as early in order as an
/// optimal plan allows (docs/contract/planning.md section 5). Forward passes over all optimal states of a finished
/// search.
struct Choice<Cell: CostCell> {
    let search: CourseSearch<Cell>
    /// What the plan costs.
    let cost: Int
    private let weights: Weights

    private static var impossible: Int { Int(Int64.impossible) }

    /// A choice among the plans that start on a day, which cost `cost`.
    init(_ search: CourseSearch<Cell>, cost: Int) {
        self.search = search
        self.cost = cost
        weights = search.weights
    }

    /// The visits of the plan whose first visit is on `first`.
    func visits(startingOn first: Int) -> [PlannedVisit] {
        if search.steps.isEmpty { return [] }
        let days = chooseDays(startingOn: first)
        let costs = days.enumerated().map { step, day in
            search.kind(step).lanes.indices.map { own(step, day, $0) }
        }
        let (slots, lanes) = chooseStarts(days, costs)
        return choosePersons(days, slots, costs, lanes)
    }

    // MARK: Days

    private func chooseDays(startingOn first: Int) -> [Int] {
        var days = [first]
        search.settlePhase(openedBy: 0, first: first)
        var prefix = optimal(entryPrices(first), at: 0, first)
        for step in 1..<max(1, search.steps.count) {
            let next = search.steps[step]
            let paid = paidThrough(step - 1, days[step - 1], prefix)
            var found = false
            for (gap, ideal) in next.gaps(after: days[step - 1]) {
                let day = days[step - 1] + gap
                guard isWithinWindow(step, day, days), search.reached[step].contains(day) else { continue }
                let price = weights.gap * abs(gap - ideal)
                let entered = enter(step, paid).map { $0 + price }
                // Within a window's phase the tables hold the values of its first day; a phase's first visit has its
                // own.
                let reachedLanes = entered.indices.map {
                    entered[$0] + Int(search.value(step, day)[$0]) == cost ? entered[$0] : Self.impossible
                }
                if reachedLanes.contains(where: { $0 < Self.impossible }) {
                    days.append(day)
                    prefix = reachedLanes
                    search.settlePhase(openedBy: step, first: day)
                    found = true
                    break
                }
            }
            precondition(found, "an optimal plan goes on to its end")
        }
        return days
    }

    private func isWithinWindow(_ step: Int, _ day: Int, _ days: [Int]) -> Bool {
        guard let within = search.steps[step].within else { return true }
        var opening = step
        while !search.steps[opening].opensPhase { opening -= 1 }
        return opening == step || day - days[opening] <= within
    }

    /// The paid cost at the lanes from which the plan can still end at `cost`; impossible at the others.
    private func optimal(_ paid: [Int], at step: Int, _ day: Int) -> [Int] {
        search.kind(step).lanes.indices.map {
            paid[$0] + Int(search.value(step, day)[$0]) == cost ? paid[$0] : Self.impossible
        }
    }

    /// What has been paid before the first step's visit on a day, lane by lane.
    private func entryPrices(_ day: Int) -> [Int] {
        search.kind(0).lanes.indices.map { search.entryPrice(day, $0) }
    }

    /// What has been paid with a step's visit on a day, lane by lane.
    private func paidThrough(_ step: Int, _ day: Int, _ prefix: [Int]) -> [Int] {
        prefix.indices.map { lane in
            prefix[lane] >= Self.impossible
                ? Self.impossible : prefix[lane] + own(step, day, lane)
        }
    }

    /// What a step's visit costs by itself on a day: its cheapest start, and the preferred person.
    private func own(_ step: Int, _ day: Int, _ lane: Int) -> Int {
        let cost = search.option(step, day)![lane]
        return cost >= Cell.impossible ? Self.impossible : Int(cost) + preferencePrice(step, lane)
    }

    private func preferencePrice(_ step: Int, _ lane: Int) -> Int {
        step == search.preferredStep && search.kind(step).lanes[lane] != search.preferredPerson
            ? weights.continuity : 0
    }

    /// Carries paid costs to the lanes of a step: the same person, or the price of a change.
    private func enter(_ step: Int, _ paid: [Int]) -> [Int] {
        let change = paid.min() ?? Self.impossible
        let keepsRole = search.keepsRole[step]
        return search.kind(step).lanes.indices.map {
            min(keepsRole ? min(paid[$0], change + weights.continuity) : change, Self.impossible)
        }
    }

    // MARK: Starts

    /// The starts at which a step's visit costs no more than it must, for each of the given lanes.
    private func cheapestStarts(of step: Int, on day: Int, _ lanes: [Int]) -> [[Int]] {
        let kind = search.kind(step)
        // A visit that stays has one start only, whichever that is.
        if kind.demand?.fixed != nil { return lanes.map { _ in [0] } }
        let board = search.board(day)!
        precondition(search.evaluator.evaluate(kind, on: board), "a chosen day is open")
        let costs = search.days.costs
        costs.orderStarts(kind, on: board, usual: search.usual)
        let row = search.option(step, day)!
        return lanes.map { lane in
            let person = kind.lanes[lane]
            let workload = person < 0 ? 0 : weights.workload * board.workloadHours[person]
            return costs.starts(of: lane, kind, at: Int(row[lane]) - workload)
        }
    }

    /// What the rest costs from each lane of each step, days being fixed; only lanes that `admits` allows.
    private func suffixes(_ days: [Int], _ costs: [[Int]], _ admits: (Int, Int) -> Bool) -> [[Int]] {
        var result = [[Int]](repeating: [], count: days.count)
        for step in days.indices.reversed() {
            result[step] = costs[step].indices.map { lane in
                guard admits(step, lane), costs[step][lane] < Self.impossible else {
                    return Self.impossible
                }
                let rest = step + 1 < days.count ? cheapestNext(step, lane, result[step + 1], days) : 0
                return min(costs[step][lane] + rest, Self.impossible)
            }
        }
        return result
    }

    private func cheapestNext(_ step: Int, _ lane: Int, _ next: [Int], _ days: [Int]) -> Int {
        let keepsRole = search.keepsRole[step + 1]
        let change = keepsRole ? weights.continuity : 0
        var best = Self.impossible
        for then in next.indices { best = min(best, next[then] + (keepsRole && then == lane ? 0 : change)) }
        return best + gapPrice(step + 1, days)
    }

    private func gapPrice(_ step: Int, _ days: [Int]) -> Int {
        weights.gap * abs(days[step] - days[step - 1] - search.steps[step].ideal(on: days[step]))
    }

    /// The slot of each visit, and the lanes that can have it in an optimal plan.
    private func chooseStarts(_ days: [Int], _ costs: [[Int]]) -> (slots: [Int], lanes: [[Bool]]) {
        let rest = suffixes(days, costs) { _, _ in true }
        var slots: [Int] = []
        var lanes: [[Bool]] = []
        var prefix = entryPrices(days[0])
        for step in days.indices {
            let optimal = prefix.indices.filter { prefix[$0] + rest[step][$0] == cost }
            let starts = cheapestStarts(of: step, on: days[step], optimal)
            let slot = starts.compactMap(\.first).min()!
            var kept = [Bool](repeating: false, count: prefix.count)
            for (lane, starts) in zip(optimal, starts) where starts.contains(slot) { kept[lane] = true }
            slots.append(slot)
            lanes.append(kept)
            if step + 1 < days.count {
                let paid = prefix.indices.map {
                    kept[$0] ? prefix[$0] + costs[step][$0] : Self.impossible
                }
                let price = gapPrice(step + 1, days)
                prefix = enter(step + 1, paid).map { $0 + price }
            }
        }
        return (slots, lanes)
    }

    // MARK: Chairs and persons

    private func choosePersons(
        _ days: [Int], _ slots: [Int], _ costs: [[Int]], _ lanes: [[Bool]]
    ) -> [PlannedVisit] {
        let rest = suffixes(days, costs) { lanes[$0][$1] }
        var visits: [PlannedVisit] = []
        var prefix = entryPrices(days[0])
        var previous = search.anchor?.predecessor
        for step in days.indices {
            let kind = search.kind(step)
            let board = search.board(days[step])!
            let optimal = prefix.indices.filter { lanes[step][$0] && prefix[$0] + rest[step][$0] == cost }
            let placement = kind.demand?.fixed ?? place(kind, on: board, slot: slots[step], optimal)
            let visit = planned(step, placement, board, previous)
            visits.append(visit)
            previous = Predecessor(visit)
            if step + 1 < days.count {
                let person = kind.continuity.flatMap { search.calendar.frame.personIndex[placement.persons[$0]] } ?? -1
                // Whoever stays with a visit without having its role any more has no lane.
                let chosen = kind.lanes.firstIndex(of: person) ?? optimal[0]
                let paid = prefix.indices.map {
                    $0 == chosen ? prefix[$0] + costs[step][$0] : Self.impossible
                }
                let price = gapPrice(step + 1, days)
                prefix = enter(step + 1, paid).map { $0 + price }
            }
        }
        return visits
    }

    /// The first persons in order who attend a visit at its start, the continuity person being one of the given.
    private func attendance(
        _ kind: VisitKind, on board: DayBoard, slot: Int, among persons: [Int]
    ) -> StaffedStart {
        let evaluator = search.evaluator
        if kind.continuity != nil, kind.labels.count == 1, let first = persons.min(),
            let covers = evaluator.covers(of: [first], kind, on: board, slot: slot)
        {
            return StaffedStart(slot: slot, persons: [first], covers: covers)
        }
        guard evaluator.evaluate(kind, on: board),
            let attended = evaluator.firstAttendance(slot: slot, lanes: { persons.contains($0) })
        else { preconditionFailure("an optimal start can be attended") }
        return attended
    }

    /// The place of a visit at its start, with the first persons that one of the lanes allows.
    private func place(_ kind: VisitKind, on board: DayBoard, slot: Int, _ lanes: [Int]) -> Placement {
        let attended = attendance(kind, on: board, slot: slot, among: lanes.map { kind.lanes[$0] })
        guard let chair = search.evaluator.bestChair(kind, on: board, slot: slot) else {
            preconditionFailure("a chosen start has a chair")
        }
        return search.evaluator.placement(kind, on: board, chair: chair, attended)
    }

    private func planned(
        _ step: Int, _ placement: Placement, _ board: DayBoard, _ previous: Predecessor?
    ) -> PlannedVisit {
        let kind = search.kind(step)
        var visit = PlannedVisit(
            number: search.steps[step].number, phase: search.request.regimen.phases[search.steps[step].phase].name,
            visitType: kind.type, placement: placement, terms: CostTerms())
        visit.terms = costTerms(
            of: visit, after: previous, gapIdeal: search.steps[step].ideal(on: placement.day - search.origin),
            rhythm: kind.rhythm,
            usual: search.usual, isPreferredStep: step == search.preferredStep, for: search.request, on: board)
        return visit
    }
}
