/// What a kind of visit costs on a day at its cheapest start, by continuity person and by candidate of the usual time.
/// Reads the rows that `DayEvaluator.evaluate` has just filled.
final class DayCosts<Cell: CostCell> {
    private let evaluator: DayEvaluator
    private let weights: Weights
    private let frame: BoardFrame
    private let hasPreferred: Bool
    /// The starts of the day in the order of what they cost whoever attends, and these costs.
    private let order: UnsafeMutablePointer<Int32>
    private let bases: UnsafeMutablePointer<Cell>
    private var startCount = 0
    /// The candidates of the usual time, minutes on the clock, ascending.
    private let usuals: [Int]
    /// For each half hour of the clock, the index of the first candidate that is not before it.
    private let firstUsual: [Int]

    init(_ evaluator: DayEvaluator, _ calendar: PlanningCalendar, _ request: CourseRequest, usuals: [Int]) {
        self.usuals = usuals
        firstUsual = (0...50).map { half in usuals.firstIndex { $0 >= half * 30 } ?? usuals.count }
        self.evaluator = evaluator
        weights = calendar.facility.planning.weights
        frame = calendar.frame
        hasPreferred = !request.preferred.isEmpty
        order = .allocate(capacity: calendar.frame.rows.words * 64)
        bases = .allocate(capacity: calendar.frame.rows.words * 64)
    }

    deinit {
        order.deallocate()
        bases.deallocate()
    }

    /// What a start costs whoever attends: `preference`, `crowding` and `idle`, and `rhythm` where one usual time is
    /// given. Weighted.
    func base(_ kind: VisitKind, on board: DayBoard, slot: Int, preferred: [Interval], usual: Int?) -> Cell {
        let start = frame.minute(of: slot)
        var cost = weights.crowding * evaluator.crowding(kind, on: board, slot: slot)
        cost += weights.idle * evaluator.idle(slot: slot)
        if hasPreferred && !preferred.hold(Interval(start, start + kind.type.length)) { cost += weights.preference }
        if let usual, kind.rhythm, abs(board.calendar.clock(at: start) - usual) > 30 { cost += weights.rhythm }
        if let demand = kind.demand { cost += moved(demand, to: start, on: board) }
        return Cell.price(cost)
    }

    /// What another day or time costs a visit whose time the patient knows.
    private func moved(_ demand: Demand, to start: Int, on board: DayBoard) -> Int {
        guard demand.isTold, let booked = demand.booked else { return 0 }
        if booked.day != board.calendar.day { return weights.movedDay }
        return booked.start == start ? 0 : weights.movedTime
    }

    /// Fills the prices of a visit that stays at its place: its person's lane, or every one where no lane has them.
    func fill(_ prices: DayPrices<Cell>, _ kind: VisitKind, at place: Placement, on board: DayBoard) {
        let stages = Interval(place.start, place.start + kind.type.length)
        let hold = Interval(place.start, place.start + kind.type.hold)
        let person = kind.continuity.flatMap { board.frame.personIndex[place.persons[$0]] } ?? -1
        var cost = weights.crowding * crowding(stages, on: board)
        cost += weights.idle * idleStretches(hold, chair: place.chair, on: board)
        if hasPreferred && !evaluator.preferredIntervals(on: board.calendar).hold(stages) { cost += weights.preference }
        cost += weights.workload * workloadHours(of: person, on: board)
        let clock = board.calendar.clock(at: place.start)
        for (lane, other) in kind.lanes.enumerated() where other == person || !kind.lanes.contains(person) {
            for usual in 0..<prices.usuals {
                let isFar = kind.rhythm && abs(clock - usuals[usual]) > 30
                prices.lower(usual, lane, to: Cell.price(cost + (isFar ? weights.rhythm : 0)))
            }
        }
    }

    /// Fills the prices of a visit; false where nobody can attend it that day.
    func fill(_ prices: DayPrices<Cell>, _ kind: VisitKind, on board: DayBoard) -> Bool {
        orderStarts(kind, on: board, usual: usuals.count == 1 ? usuals[0] : nil)
        var any = false
        for lane in kind.lanes.indices {
            let workload = Cell.price(weights.workload * workloadHours(of: kind.lanes[lane], on: board))
            if prices.usuals == 1 {
                guard let cost = cheapest(lane, kind) else { continue }
                prices.lower(0, lane, to: cost &+ workload)
            } else {
                guard fillUsuals(prices, lane, kind, board, workload) else { continue }
            }
            any = true
        }
        return any
    }

    /// What a lane's cheapest start costs whoever attends. What is not sure is checked jointly, and only where it costs
    /// less than what is.
    private func cheapest(_ lane: Int, _ kind: VisitKind) -> Cell? {
        let rows = evaluator.rows
        let surely = evaluator.surelyRow(lane)
        var first = 0
        while first < startCount, !rows.contains(surely, Int(order[first])) { first += 1 }
        let sure = first < startCount ? bases[first] : Cell.max
        if startCount == 0 || bases[0] >= sure { return first < startCount ? sure : nil }
        let maybe = evaluator.maybeRow(lane)
        for index in 0..<first where rows.contains(maybe, Int(order[index])) {
            if bases[index] >= sure { break }
            if evaluator.canAttend(slot: Int(order[index]), continuity: kind.lanes[lane]) { return bases[index] }
        }
        return first < startCount ? sure : nil
    }

    private func workloadHours(of person: Int, on board: DayBoard) -> Int {
        person < 0 ? 0 : board.workloadHours[person]
    }

    /// Orders the open starts by what they cost whoever attends, equal costs by time.
    private func orderStarts(_ kind: VisitKind, on board: DayBoard, usual: Int?) {
        let preferred = hasPreferred ? evaluator.preferredIntervals(on: board.calendar) : []
        var count = 0
        evaluator.rows.forEachBit(evaluator.open) { slot in
            let cost = base(kind, on: board, slot: slot, preferred: preferred, usual: usual)
            var place = count
            while place > 0, bases[place - 1] > cost {
                bases[place] = bases[place - 1]
                order[place] = order[place - 1]
                place -= 1
            }
            bases[place] = cost
            order[place] = Int32(slot)
            count += 1
        }
        startCount = count
    }

    /// The index in `order`, from one on, of the next start that a lane can have and that costs less than `limit`. What
    /// is not sure is checked jointly.
    private func nextStart(
        of lane: Int, _ kind: VisitKind, from first: Int, below limit: Cell, _ maybe: inout BitRow?
    ) -> Int? {
        let surely = evaluator.surelyRow(lane)
        for index in first..<startCount {
            if bases[index] >= limit { return nil }
            let slot = Int(order[index])
            if evaluator.rows.contains(surely, slot) { return index }
            let row = maybe ?? evaluator.maybeRow(lane)
            maybe = row
            if evaluator.rows.contains(row, slot), evaluator.canAttend(slot: slot, continuity: kind.lanes[lane]) {
                return index
            }
        }
        return nil
    }

    /// Fills a lane's prices for each candidate of the usual time: its cheapest start, if need be at another hour, and
    /// within 30 minutes of a candidate any that is cheaper than that. False where the lane has no start.
    private func fillUsuals(
        _ prices: DayPrices<Cell>, _ lane: Int, _ kind: VisitKind, _ board: DayBoard, _ workload: Cell
    ) -> Bool {
        var maybe: BitRow?
        guard var start = nextStart(of: lane, kind, from: 0, below: Cell.max, &maybe) else { return false }
        let limit = bases[start] &+ Cell.price(weights.rhythm)
        prices.lowerAll(lane, to: limit &+ workload)
        while bases[start] < limit {
            let clock = board.calendar.clock(at: frame.minute(of: Int(order[start])))
            // The candidates ascend; few of them are near.
            var usual = firstUsual[max(0, clock - 30 + 29) / 30]
            while usual < usuals.count, usuals[usual] <= clock + 30 {
                prices.lower(usual, lane, to: bases[start] &+ workload)
                usual += 1
            }
            guard let next = nextStart(of: lane, kind, from: start + 1, below: limit, &maybe) else { break }
            start = next
        }
        return true
    }
}
