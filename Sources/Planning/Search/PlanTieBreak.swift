/// The choice among plans of equal cost: days, then starts, then chairs, then persons, each as early in order as an
/// optimal plan allows (docs/contract/planning.md section 5). Forward passes over all optimal states of a finished
/// search.
struct PlanTieBreak<Cell: CostCell> {
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
        let costs = days.indices.map { step in
            search.kind(step).attendants.indices.map { own(step, days, $0) }
        }
        let (slots, attendants) = chooseStarts(days, costs)
        return choosePersons(days, slots, costs, attendants)
    }

    // MARK: Days

    private func chooseDays(startingOn first: Int) -> [Int] {
        var days = [first]
        search.settlePhase(openedBy: 0, first: first)
        var prefix = optimal(entryPrices(first), at: 0, first)
        for step in 1..<max(1, search.steps.count) {
            let next = search.steps[step]
            let paid = paidThrough(step - 1, days, prefix)
            var found = false
            for (gap, ideal) in next.gaps(after: days[step - 1]) {
                let day = days[step - 1] + gap
                guard isWithinWindow(step, day, days), search.reached[step].contains(day) else { continue }
                let price = weights.gap * abs(gap - ideal)
                let entered = enter(step, paid).map { $0 + price }
                // Within a window's phase the tables hold the values of its first day; a phase's first visit has its
                // own.
                let reachedAttendants = entered.indices.map {
                    entered[$0] + Int(search.value(step, day)[$0]) == cost ? entered[$0] : Self.impossible
                }
                if reachedAttendants.contains(where: { $0 < Self.impossible }) {
                    days.append(day)
                    prefix = reachedAttendants
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
        let opening = search.phaseOpening(step)
        return opening == step || day - days[opening] <= within
    }

    /// The paid cost at the attendants from which the plan can still end at `cost`; impossible at the others.
    private func optimal(_ paid: [Int], at step: Int, _ day: Int) -> [Int] {
        search.kind(step).attendants.indices.map {
            paid[$0] + Int(search.value(step, day)[$0]) == cost ? paid[$0] : Self.impossible
        }
    }

    /// What has been paid before the first step's visit on a day, attendant by attendant.
    private func entryPrices(_ day: Int) -> [Int] {
        search.kind(0).attendants.indices.map { search.entryPrice(day, $0) }
    }

    /// What has been paid with a step's visit on its day, attendant by attendant.
    private func paidThrough(_ step: Int, _ days: [Int], _ prefix: [Int]) -> [Int] {
        prefix.indices.map { attendant in
            prefix[attendant] >= Self.impossible
                ? Self.impossible : prefix[attendant] + own(step, days, attendant)
        }
    }

    /// What a step's visit costs on its day at its cheapest start, with its days in hand.
    private func own(_ step: Int, _ days: [Int], _ attendant: Int) -> Int {
        let cost = search.option(step, days[step])![attendant]
        return cost >= Cell.impossible ? Self.impossible : Int(cost) + spare(step, days)
    }

    private func spare(_ step: Int, _ days: [Int]) -> Int {
        guard let spare = search.spare else { return 0 }
        let first = search.steps[step].countsFromFirstDay ? days[search.phaseOpening(step)] : 0
        return spare.price(of: step, on: days[step], first: first)
    }

    /// Carries paid costs to the attendants of a step: the same person, or the price of a change.
    private func enter(_ step: Int, _ paid: [Int]) -> [Int] {
        let change = paid.min() ?? Self.impossible
        let keepsRole = search.keepsRole[step]
        return search.kind(step).attendants.indices.map {
            min(keepsRole ? min(paid[$0], change + weights.continuity) : change, Self.impossible)
        }
    }

    // MARK: Starts

    /// The starts at which a step's visit costs no more than it must, for each of the given attendants.
    private func cheapestStarts(of step: Int, on day: Int, _ attendants: [Int]) -> [[Int]] {
        let kind = search.kind(step)
        // A visit that stays has one start only, whichever that is.
        if kind.constraint?.fixed != nil { return attendants.map { _ in [0] } }
        let board = search.board(day)!
        precondition(search.evaluator.evaluate(kind, on: board), "a chosen day is open")
        let costs = search.days.costs
        costs.orderStarts(kind, on: board, usual: search.usual)
        let row = search.option(step, day)!
        return attendants.map { attendant in
            let own = costs.price(of: kind.attendants[attendant], kind, on: board)
            return costs.starts(of: attendant, kind, at: Int(row[attendant]) - own)
        }
    }

    /// What the rest costs from each attendant of each step, days being fixed; only attendants that `admits` allows.
    private func suffixes(_ days: [Int], _ costs: [[Int]], _ admits: (Int, Int) -> Bool) -> [[Int]] {
        var result = [[Int]](repeating: [], count: days.count)
        for step in days.indices.reversed() {
            result[step] = costs[step].indices.map { attendant in
                guard admits(step, attendant), costs[step][attendant] < Self.impossible else {
                    return Self.impossible
                }
                let rest = step + 1 < days.count ? cheapestNext(step, attendant, result[step + 1], days) : 0
                return min(costs[step][attendant] + rest, Self.impossible)
            }
        }
        return result
    }

    private func cheapestNext(_ step: Int, _ attendant: Int, _ next: [Int], _ days: [Int]) -> Int {
        let keepsRole = search.keepsRole[step + 1]
        let change = keepsRole ? weights.continuity : 0
        var best = Self.impossible
        for then in next.indices { best = min(best, next[then] + (keepsRole && then == attendant ? 0 : change)) }
        return best + gapPrice(step + 1, days)
    }

    private func gapPrice(_ step: Int, _ days: [Int]) -> Int {
        weights.gap * abs(days[step] - days[step - 1] - search.steps[step].ideal(on: days[step]))
    }

    /// The slot of each visit, and the attendants that can have it in an optimal plan.
    private func chooseStarts(_ days: [Int], _ costs: [[Int]]) -> (slots: [Int], attendants: [[Bool]]) {
        let rest = suffixes(days, costs) { _, _ in true }
        var slots: [Int] = []
        var attendants: [[Bool]] = []
        var prefix = entryPrices(days[0])
        for step in days.indices {
            let optimal = prefix.indices.filter { prefix[$0] + rest[step][$0] == cost }
            let starts = cheapestStarts(of: step, on: days[step], optimal)
            let slot = starts.compactMap(\.first).min()!
            var kept = [Bool](repeating: false, count: prefix.count)
            for (attendant, starts) in zip(optimal, starts) where starts.contains(slot) { kept[attendant] = true }
            slots.append(slot)
            attendants.append(kept)
            if step + 1 < days.count {
                let paid = prefix.indices.map {
                    kept[$0] ? prefix[$0] + costs[step][$0] : Self.impossible
                }
                let price = gapPrice(step + 1, days)
                prefix = enter(step + 1, paid).map { $0 + price }
            }
        }
        return (slots, attendants)
    }

    // MARK: Chairs and persons

    private func choosePersons(
        _ days: [Int], _ slots: [Int], _ costs: [[Int]], _ attendants: [[Bool]]
    ) -> [PlannedVisit] {
        let rest = suffixes(days, costs) { attendants[$0][$1] }
        var visits: [PlannedVisit] = []
        var prefix = entryPrices(days[0])
        var previous = search.anchor?.predecessor
        for step in days.indices {
            let kind = search.kind(step)
            let board = search.board(days[step])!
            let optimal = prefix.indices.filter { attendants[step][$0] && prefix[$0] + rest[step][$0] == cost }
            let placement = kind.constraint?.fixed ?? place(kind, on: board, slot: slots[step], optimal)
            let visit = planned(step, placement, days, previous)
            visits.append(visit)
            previous = Predecessor(visit)
            if step + 1 < days.count {
                let person = kind.continuity.flatMap { search.calendar.layout.personIndex[placement.persons[$0]] } ?? -1
                // A person who stays with a visit without its role any more is none of its attendants.
                let chosen = kind.attendants.firstIndex(of: person) ?? optimal[0]
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
            let attended = evaluator.firstAttendance(slot: slot, attendants: { persons.contains($0) })
        else { preconditionFailure("an optimal start can be attended") }
        return attended
    }

    /// The place of a visit at its start, with the first persons that one of the attendants allows.
    private func place(_ kind: VisitKind, on board: DayBoard, slot: Int, _ attendants: [Int]) -> Placement {
        let attended = attendance(kind, on: board, slot: slot, among: attendants.map { kind.attendants[$0] })
        guard let chair = search.evaluator.bestChair(kind, on: board, slot: slot) else {
            preconditionFailure("a chosen start has a chair")
        }
        return search.evaluator.placement(kind, on: board, chair: chair, attended)
    }

    private func planned(
        _ step: Int, _ placement: Placement, _ days: [Int], _ previous: Predecessor?
    ) -> PlannedVisit {
        let kind = search.kind(step)
        let board = search.board(days[step])!
        var visit = PlannedVisit(
            number: search.steps[step].number, phase: search.request.regimen.phases[search.steps[step].phase].name,
            visitType: kind.type, placement: placement, terms: CostTerms())
        visit.terms = costTerms(
            of: visit, after: previous, gapIdeal: search.steps[step].ideal(on: placement.day - search.origin),
            rhythm: kind.rhythm,
            usual: search.usual, isPersonWished: kind.preferred != nil, for: search.request, on: board)
        visit.terms[.spare] = spare(step, days)
        return visit
    }
}
