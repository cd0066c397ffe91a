/// What a kind of visit costs on a day at its cheapest start, by continuity person and by candidate of the usual time.
/// Reads the rows that `DayEvaluator.evaluate` has just filled.
final class DayCosts<Cell: CostCell> {
    private let evaluator: DayEvaluator
    private let weights: Weights
    private let layout: BoardLayout
    private let hasPreferred: Bool
    /// The starts of the day in the order of what they cost whoever attends.
    private var order: UnsafeMutablePointer<PricedStart<Cell>>
    private var startCount = 0
    /// Room for starts that are being put in order.
    private var waiting: UnsafeMutablePointer<PricedStart<Cell>>
    /// Room for how many starts have each price.
    private let counts: UnsafeMutablePointer<Int32>
    /// The candidates of the usual time, minutes on the clock, ascending.
    private let usuals: [Int]
    /// What `rhythm` costs at each slot of a day of even clock, by candidate: rows of whole groups, then one for a day
    /// of another clock. The cells beyond the last candidate repeat it.
    private let rhythms: UnsafeMutablePointer<Cell>
    /// What an attendant's cheapest start costs, by candidate.
    private let cheapestByUsual: UnsafeMutablePointer<Cell>
    /// Cells of a row by candidate.
    private let usualCells: Int

    /// Prices that are counted where starts are put in order.
    private static var countedPrices: Int { 256 }

    init(_ evaluator: DayEvaluator, _ calendar: PlanningCalendar, _ request: CourseRequest, usuals: [Int]) {
        self.usuals = usuals
        self.evaluator = evaluator
        weights = calendar.facility.planning.weights
        layout = calendar.layout
        hasPreferred = !request.wish.preferred.isEmpty
        order = .allocate(capacity: calendar.layout.rows.words * 64)
        waiting = .allocate(capacity: calendar.layout.rows.words * 64)
        counts = .allocate(capacity: Self.countedPrices)
        usualCells = CostArena<Cell>.rounded(usuals.count)
        rhythms = .allocate(capacity: (calendar.layout.slotCount + 1) * usualCells)
        cheapestByUsual = .allocate(capacity: usualCells)
        guard usuals.count > 1 else { return }
        for slot in 0..<layout.slotCount {
            fillRhythms(rhythms + slot * usualCells, clock: layout.grid.minute(of: slot))
        }
    }

    deinit {
        order.deallocate()
        waiting.deallocate()
        counts.deallocate()
        rhythms.deallocate()
        cheapestByUsual.deallocate()
    }

    private func fillRhythms(_ row: UnsafeMutablePointer<Cell>, clock: Int) {
        for cell in 0..<usualCells {
            let usual = usuals[min(cell, usuals.count - 1)]
            row[cell] = Cell.price(weights.rhythm * halfHoursOff(clock: clock, usual: usual))
        }
    }

    /// What a start costs on a day on which the patient was told one.
    private func moved(_ kind: VisitKind, to start: Int, on board: DayBoard) -> Int {
        guard let told = kind.told[board.calendar.day], told != start else { return 0 }
        return weights.movedTime
    }

    /// Fills the prices of a visit that stays at its place: for its person, or for every attendant where they are none
    /// of them.
    func fill(_ prices: DayPrices<Cell>, _ kind: VisitKind, at place: Placement, on board: DayBoard) {
        let stages = Interval(place.start, place.start + kind.type.length)
        let hold = Interval(place.start, place.start + kind.type.hold)
        let person = kind.continuity.flatMap { board.layout.personIndex[place.persons[$0]] } ?? -1
        var cost = weights.crowding * crowding(stages, on: board)
        cost += weights.idle * idleStretches(hold, chair: place.chair, on: board)
        if hasPreferred && !evaluator.preferredIntervals(on: board.calendar).hold(stages) { cost += weights.preference }
        cost += price(of: person, kind, on: board)
        let clock = board.calendar.clock(at: place.start)
        for (attendant, other) in kind.attendants.enumerated()
        where other == person || !kind.attendants.contains(person) {
            for usual in 0..<prices.usuals {
                let halfHours = kind.rhythm ? halfHoursOff(clock: clock, usual: usuals[usual]) : 0
                prices.lower(usual, attendant, to: Cell.price(cost + weights.rhythm * halfHours))
            }
        }
    }

    /// Fills the prices of a visit; false where nobody can attend it that day.
    func fill(_ prices: DayPrices<Cell>, _ kind: VisitKind, on board: DayBoard) -> Bool {
        orderStarts(kind, on: board, usual: usuals.count == 1 ? usuals[0] : nil)
        var any = false
        for attendant in kind.attendants.indices {
            let own = Cell.price(price(of: kind.attendants[attendant], kind, on: board))
            if prices.usuals == 1 {
                guard let cost = cheapest(attendant, kind) else { continue }
                prices.lower(0, attendant, to: cost &+ own)
            } else {
                guard fillUsuals(prices, attendant, kind, on: board, own: own) else { continue }
            }
            any = true
        }
        return any
    }

    /// What an attendant's cheapest start costs whoever attends. What is not sure is checked jointly, and only where it
    /// costs less than what is.
    private func cheapest(_ attendant: Int, _ kind: VisitKind) -> Cell? {
        let rows = evaluator.rows
        let surely = evaluator.surelyRow(attendant)
        let (order, startCount) = (order, startCount)
        var first = 0
        while first < startCount, !rows.contains(surely, order[first].slot) { first += 1 }
        let sure = first < startCount ? order[first].price : nil
        if first == 0 || order[0].price >= sure ?? Cell.max { return sure }
        guard let maybe = evaluator.maybeRow(attendant) else { return sure }
        for index in 0..<first where rows.contains(maybe, order[index].slot) {
            if order[index].price >= sure ?? Cell.max { break }
            if evaluator.canAttend(slot: order[index].slot, continuity: kind.attendants[attendant]) {
                return order[index].price
            }
        }
        return sure
    }

    /// The starts, ascending, at which an attendant's visit costs a price whoever attends; the day's starts are in
    /// order.
    func starts(of attendant: Int, _ kind: VisitKind, at price: Int) -> [Int] {
        var found: [Int] = []
        let surely = evaluator.surelyRow(attendant)
        for index in 0..<startCount where Int(order[index].price) == price {
            let slot = order[index].slot
            if evaluator.rows.contains(surely, slot)
                || evaluator.canAttend(slot: slot, continuity: kind.attendants[attendant])
            {
                found.append(slot)
            }
        }
        return found.sorted()
    }

    /// What the continuity attendant costs by themselves, `workload`, and `continuity` where another is preferred; and
    /// what a day costs on which nothing was told, where something was on others.
    func price(of person: Int, _ kind: VisitKind, on board: DayBoard) -> Int {
        let isUntold = !kind.told.isEmpty && kind.told[board.calendar.day] == nil
        return (isUntold ? weights.movedDay : 0)
            + weights.workload * (person < 0 ? 0 : board.workloadHours[person])
            + weights.continuity * kind.missesPreferred(person)
    }

    // MARK: What a start costs whoever attends

    /// Orders the open starts by what they cost whoever attends: `preference`, `crowding` and `idle`, and `rhythm`
    /// where one usual time is given. Weighted.
    func orderStarts(_ kind: VisitKind, on board: DayBoard, usual: Int?) {
        if let type = kind.boardType, kind.hasBoardChairs, kind.constraint == nil,
            kind.told[board.calendar.day] == nil, let starts = board.starts
        {
            takeStarts(starts.starts(of: type))
        } else {
            sortStarts(kind, on: board)
        }
        let preferred = hasPreferred ? UnsafePointer(evaluator.preferredStarts(kind, on: board)) : nil
        let asked = kind.rhythm && weights.rhythm != 0 ? usual : nil
        if asked != nil || preferred != nil { addPrices(usual: asked, preferred: preferred, on: board) }
    }

    /// Takes the open ones of starts that are in order.
    private func takeStarts(_ starts: ArraySlice<StartPrices.Start>) {
        let open = UnsafePointer(evaluator.open)
        var count = 0
        for start in starts {
            order[count] = PricedStart(slot: Int(start.slot), price: Cell.price(Int(start.price)))
            // One that is closed is written over by the next.
            count += evaluator.rows.contains(open, Int(start.slot)) ? 1 : 0
        }
        startCount = count
    }

    /// Orders the open starts of a day whose board has no order for them, by `crowding`, `idle` and what another day
    /// or time costs a patient who was told.
    private func sortStarts(_ kind: VisitKind, on board: DayBoard) {
        startCount = 0
        evaluator.rows.forEachBit(evaluator.open) { slot in
            var cost = weights.crowding * evaluator.crowding(kind, on: board, slot: slot)
            cost += weights.idle * evaluator.idle(slot: slot)
            cost += moved(kind, to: layout.grid.minute(of: slot), on: board)
            let start = PricedStart(slot: slot, price: Cell.price(cost))
            var place = startCount
            while place > 0, start.price < order[place - 1].price {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = start
            startCount += 1
        }
    }

    /// Adds what depends on the usual time and on preferred starts, and puts the starts in order again.
    private func addPrices(usual: Int?, preferred: UnsafePointer<UInt64>?, on board: DayBoard) {
        let rows = evaluator.rows
        let order = order
        var (least, most) = (Int.max, 0)
        for index in 0..<startCount {
            let slot = order[index].slot
            var price = Int(order[index].price)
            if let usual { price += weights.rhythm * halfHoursOff(clock: clock(of: slot, on: board), usual: usual) }
            if let preferred, !rows.contains(preferred, slot) { price += weights.preference }
            (least, most) = (min(least, price), max(most, price))
            order[index] = PricedStart(slot: slot, price: Cell.price(price))
        }
        if startCount > 1 { sort(from: min(least, Int(Cell.impossible)), through: min(most, Int(Cell.impossible))) }
    }

    @inline(__always)
    private func clock(of slot: Int, on board: DayBoard) -> Int {
        let minute = layout.grid.minute(of: slot)
        return board.calendar.hasEvenClock ? minute : board.calendar.clock(at: minute)
    }

    /// Sorts the starts by price; equal ones keep their order.
    private func sort(from least: Int, through most: Int) {
        let (order, waiting, counts) = (order, waiting, counts)
        let range = most - least + 1
        guard range <= Self.countedPrices else { return sortByInsertion() }
        counts.update(repeating: 0, count: range)
        for index in 0..<startCount { counts[Int(order[index].price) - least] += 1 }
        var before: Int32 = 0
        for price in 0..<range { (counts[price], before) = (before, before + counts[price]) }
        for index in 0..<startCount {
            let price = Int(order[index].price) - least
            waiting[Int(counts[price])] = order[index]
            counts[price] += 1
        }
        (self.order, self.waiting) = (waiting, order)
    }

    private func sortByInsertion() {
        for index in 1..<max(1, startCount) {
            let start = order[index]
            var place = index
            while place > 0, start.price < order[place - 1].price {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = start
        }
    }

    // MARK: The usual time to be chosen

    /// Fills an attendant's prices for each candidate of the usual time: its cheapest start by what the start costs and
    /// how far it is from the candidate. False where the attendant has no start. What is not sure is checked jointly,
    /// and only where it is cheaper for some candidate.
    private func fillUsuals(
        _ prices: DayPrices<Cell>, _ attendant: Int, _ kind: VisitKind, on board: DayBoard, own: Cell
    ) -> Bool {
        let rows = evaluator.rows
        let surely = UnsafePointer(evaluator.surelyRow(attendant))
        let best = cheapestByUsual
        best.update(repeating: Cell.max, count: usualCells)
        var maybe = Maybe.unknown
        // What the dearest candidate costs so far: as prices ascend, no later start is cheaper for any.
        var most = Cell.max
        for index in 0..<startCount {
            let (slot, price) = (order[index].slot, order[index].price)
            if price >= most { break }
            let row = rhythmRow(of: slot, on: board)
            guard lowers(best, row, price),
                rows.contains(surely, slot) || canAttend(attendant, kind, slot, &maybe)
            else { continue }
            most = lower(best, row, price)
        }
        if most == Cell.max { return false }
        for usual in usuals.indices { prices.lower(usual, attendant, to: best[usual] &+ own) }
        return true
    }

    private func rhythmRow(of slot: Int, on board: DayBoard) -> UnsafeMutablePointer<Cell> {
        if board.calendar.hasEvenClock { return rhythms + slot * usualCells }
        let row = rhythms + layout.slotCount * usualCells
        fillRhythms(row, clock: clock(of: slot, on: board))
        return row
    }

    /// Whether a start is cheaper for some candidate.
    @inline(__always)
    private func lowers(
        _ best: UnsafeMutablePointer<Cell>, _ row: UnsafeMutablePointer<Cell>, _ price: Cell
    ) -> Bool {
        let prices = CostGroup<Cell>(repeating: price)
        for cell in Swift.stride(from: 0, to: usualCells, by: 8)
        where any((row.group(cell) &+ prices) .< best.group(cell)) {
            return true
        }
        return false
    }

    /// Takes a start where it is cheaper; what the dearest candidate costs then.
    @inline(__always)
    private func lower(
        _ best: UnsafeMutablePointer<Cell>, _ row: UnsafeMutablePointer<Cell>, _ price: Cell
    ) -> Cell {
        let prices = CostGroup<Cell>(repeating: price)
        var most = CostGroup<Cell>(repeating: 0)
        for cell in Swift.stride(from: 0, to: usualCells, by: 8) {
            let lowered = pointwiseMin(row.group(cell) &+ prices, best.group(cell))
            best.setGroup(cell, lowered)
            most = pointwiseMax(most, lowered)
        }
        return most.max()
    }

    /// The starts of an attendant that only a joint check can tell, worked out when first asked for.
    private enum Maybe {
        case unknown
        case never
        case some(BitRow)
    }

    /// Whether an attendant can have a start that is not sure.
    private func canAttend(_ attendant: Int, _ kind: VisitKind, _ slot: Int, _ maybe: inout Maybe) -> Bool {
        if case .unknown = maybe { maybe = evaluator.maybeRow(attendant).map { .some($0) } ?? .never }
        guard case .some(let row) = maybe, evaluator.rows.contains(row, slot) else { return false }
        return evaluator.canAttend(slot: slot, continuity: kind.attendants[attendant])
    }
}

/// A start and what it costs whoever attends.
private struct PricedStart<Cell: CostCell> {
    private let at: Int32
    let price: Cell

    init(slot: Int, price: Cell) {
        at = Int32(truncatingIfNeeded: slot)
        self.price = price
    }

    var slot: Int { Int(at) }
}
