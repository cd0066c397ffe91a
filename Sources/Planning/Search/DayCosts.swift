/// What a kind of visit costs on a day at its cheapest start, by continuity person and by candidate of the usual time.
/// Reads the rows that `DayEvaluator.evaluate` has just filled.
final class DayCosts<Cell: CostCell> {
    private let evaluator: DayEvaluator
    private let weights: Weights
    private let frame: BoardFrame
    private let hasPreferred: Bool
    private let bases: UnsafeMutablePointer<Cell>
    /// For each half hour of the clock, the index of the first candidate that is not before it.
    private let firstUsual: [Int]

    init(_ evaluator: DayEvaluator, _ calendar: PlanningCalendar, _ request: CourseRequest, usuals: [Int]) {
        firstUsual = (0...50).map { half in usuals.firstIndex { $0 >= half * 30 } ?? usuals.count }
        self.evaluator = evaluator
        weights = calendar.facility.planning.weights
        frame = calendar.frame
        hasPreferred = !request.preferred.isEmpty
        bases = .allocate(capacity: calendar.frame.rows.words * 64)
    }

    deinit { bases.deallocate() }

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

    /// Fills a row for a visit that stays at its place: its person's lane, or every one where no lane has them.
    func fill(
        _ row: UnsafeMutablePointer<Cell>, stride: Int, _ kind: VisitKind, at place: Placement, on board: DayBoard,
        usuals: [Int]
    ) {
        let stages = Interval(place.start, place.start + kind.type.length)
        let hold = Interval(place.start, place.start + kind.type.hold)
        let person = kind.continuity.flatMap { board.frame.personIndex[place.persons[$0]] } ?? -1
        var cost = weights.crowding * crowding(stages, on: board)
        cost += weights.idle * idleStretches(hold, chair: place.chair, on: board)
        if hasPreferred && !evaluator.preferredIntervals(on: board.calendar).hold(stages) { cost += weights.preference }
        cost += weights.workload * workloadHours(of: person, on: board)
        let clock = board.calendar.clock(at: place.start)
        for (lane, other) in kind.lanes.enumerated() where other == person || !kind.lanes.contains(person) {
            for (index, usual) in usuals.enumerated() {
                let isFar = kind.rhythm && abs(clock - usual) > 30
                row[lane * stride + index] = Cell.price(cost + (isFar ? weights.rhythm : 0))
            }
        }
    }

    /// Fills a row of costs by lane and usual time; false where nobody can attend the visit that day.
    func fill(
        _ row: UnsafeMutablePointer<Cell>, stride: Int, _ kind: VisitKind, on board: DayBoard, usuals: [Int]
    ) -> Bool {
        let preferred = hasPreferred ? evaluator.preferredIntervals(on: board.calendar) : []
        let one = usuals.count == 1 ? usuals[0] : nil
        var leastBase = Cell.impossible
        evaluator.rows.forEachBit(evaluator.open) { slot in
            bases[slot] = base(kind, on: board, slot: slot, preferred: preferred, usual: one)
            leastBase = min(leastBase, bases[slot])
        }
        let chooses = kind.rhythm && usuals.count > 1
        let slack = chooses ? Cell.price(weights.rhythm) : 0
        var any = false
        for lane in kind.lanes.indices {
            guard let best = cheapest(lane, kind, on: board, leastBase: leastBase, slack: slack) else { continue }
            any = true
            let workload = Cell.price(weights.workload * workloadHours(of: kind.lanes[lane], on: board))
            let cells = row + lane * stride
            cells.update(repeating: min(best &+ workload &+ slack, Cell.impossible), count: usuals.count)
            if chooses { fillNear(cells, lane, board, best, workload, usuals) }
        }
        return any
    }

    private func workloadHours(of person: Int, on board: DayBoard) -> Int {
        person < 0 ? 0 : board.workloadHours[person]
    }

    /// The least base cost of a lane's starts. Starts that need a joint check are checked only where they cost less
    /// than the best sure one, or at most `slack` more; those that pass become sure.
    private func cheapest(
        _ lane: Int, _ kind: VisitKind, on board: DayBoard, leastBase: Cell, slack: Cell
    ) -> Cell? {
        var best: Cell?
        let surely = evaluator.surelyRow(lane)
        evaluator.rows.forEachBit(surely) { slot in best = min(best ?? bases[slot], bases[slot]) }
        if let best, best &+ slack <= leastBase { return best }
        let evaluator = evaluator
        evaluator.rows.forEachBit(evaluator.maybeRow(lane)) { slot in
            if let best, bases[slot] >= best &+ slack { return }
            if evaluator.canAttend(slot: slot, continuity: kind.lanes[lane]) {
                evaluator.rows.set(surely, slot..<(slot + 1))
                best = min(best ?? bases[slot], bases[slot])
            }
        }
        return best
    }

    /// Lowers the costs of the usual times that lie within 30 minutes of a start that is cheaper than a late one.
    private func fillNear(
        _ cells: UnsafeMutablePointer<Cell>, _ lane: Int, _ board: DayBoard, _ least: Cell, _ workload: Cell,
        _ usuals: [Int]
    ) {
        let limit = least &+ Cell.price(weights.rhythm)
        evaluator.rows.forEachBit(evaluator.surelyRow(lane)) { slot in
            guard bases[slot] < limit else { return }
            let clock = board.calendar.clock(at: frame.minute(of: slot))
            // The candidates ascend; few of them are near.
            var index = firstUsual[max(0, clock - 30 + 29) / 30]
            while index < usuals.count, usuals[index] <= clock + 30 {
                cells[index] = min(cells[index], bases[slot] &+ workload)
                index += 1
            }
        }
    }
}
