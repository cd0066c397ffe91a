/// What a kind of visit costs on a day at its cheapest start, by continuity person and by candidate of the usual time.
/// Reads the rows that `DayEvaluator.evaluate` has just filled.
final class DayCosts {
    private let evaluator: DayEvaluator
    private let weights: Weights
    private let startEvery: Int
    private let slotMinutes: Int
    private let hasPreferred: Bool
    private let bases: UnsafeMutablePointer<Int32>
    private var leastBase: Int32 = 0

    init(_ evaluator: DayEvaluator, _ calendar: PlanningCalendar, _ request: CourseRequest, _ weights: Weights) {
        self.evaluator = evaluator
        self.weights = weights
        startEvery = calendar.facility.startEveryMinutes
        slotMinutes = calendar.frame.slotMinutes
        hasPreferred = !request.preferred.isEmpty
        bases = .allocate(capacity: calendar.frame.rows.words * 64)
    }

    deinit { bases.deallocate() }

    /// What a start costs whoever attends: `preference`, `crowding` and `idle`, and `rhythm` where one usual time is
    /// given. Weighted.
    func base(_ kind: VisitKind, on board: DayBoard, slot: Int, preferred: [Interval], usual: Int?) -> Int32 {
        let start = slot * slotMinutes
        var cost = weights.crowding * evaluator.crowding(kind, on: board, slot: slot)
        cost += weights.idle * evaluator.idle(slot: slot)
        if hasPreferred && !preferred.hold(Interval(start, start + kind.type.length)) { cost += weights.preference }
        if let usual, kind.rhythm, abs(board.calendar.clock(at: start) - usual) > 30 { cost += weights.rhythm }
        return Int32(cost)
    }

    /// Fills a table of costs by lane and usual time; false where nobody can attend the visit that day.
    func fill(_ row: UnsafeMutablePointer<Int32>, _ kind: VisitKind, on board: DayBoard, usuals: [Int]) -> Bool {
        let preferred = hasPreferred ? evaluator.preferredIntervals(on: board.calendar) : []
        let one = usuals.count == 1 ? usuals[0] : nil
        leastBase = CostArena.impossible
        evaluator.rows.forEachBit(evaluator.open) { slot in
            bases[slot] = base(kind, on: board, slot: slot, preferred: preferred, usual: one)
            leastBase = min(leastBase, bases[slot])
        }
        let chooses = kind.rhythm && usuals.count > 1
        var any = false
        for lane in kind.lanes.indices {
            let cells = row + lane * usuals.count
            let best = cheapest(lane, kind, on: board, slack: chooses ? Int32(weights.rhythm) : 0)
            if best >= CostArena.impossible {
                cells.update(repeating: CostArena.impossible, count: usuals.count)
                continue
            }
            any = true
            let workload = Int32(weights.workload * workloadHours(of: kind.lanes[lane], on: board))
            cells.update(repeating: best + workload + (chooses ? Int32(weights.rhythm) : 0), count: usuals.count)
            if chooses { fillNear(cells, lane, board, workload, usuals) }
        }
        return any
    }

    private func workloadHours(of person: Int, on board: DayBoard) -> Int {
        person < 0 ? 0 : board.workloadHours[person]
    }

    /// The least base cost of a lane's starts. Starts that need a joint check are checked only where they cost less than
    /// the best sure one, or at most `slack` more; those that pass become sure.
    private func cheapest(_ lane: Int, _ kind: VisitKind, on board: DayBoard, slack: Int32) -> Int32 {
        var best = CostArena.impossible
        let surely = evaluator.surelyRow(lane)
        evaluator.rows.forEachBit(surely) { slot in best = min(best, bases[slot]) }
        if best + slack <= leastBase { return best }
        let evaluator = evaluator
        evaluator.rows.forEachBit(evaluator.maybeRow(lane)) { slot in
            if bases[slot] < best + slack, evaluator.canAttend(slot: slot, continuity: kind.lanes[lane]) {
                evaluator.rows.set(surely, slot..<(slot + 1))
                best = min(best, bases[slot])
            }
        }
        return best
    }

    /// Lowers the costs of the usual times that lie within 30 minutes of a start.
    private func fillNear(
        _ cells: UnsafeMutablePointer<Int32>, _ lane: Int, _ board: DayBoard, _ workload: Int32, _ usuals: [Int]
    ) {
        evaluator.rows.forEachBit(evaluator.surelyRow(lane)) { slot in
            let clock = board.calendar.clock(at: slot * slotMinutes)
            for (index, usual) in usuals.enumerated() where abs(clock - usual) <= 30 {
                cells[index] = min(cells[index], bases[slot] + workload)
            }
        }
    }
}
