/// What a kind of visit costs on a day at its cheapest start, by continuity person and by candidate of the usual time.
/// Reads the rows that `DayEvaluator.evaluate` has just filled.
final class DayCosts<Cell: CostCell> {
    private let evaluator: DayEvaluator
    private let weights: Weights
    private let layout: BoardLayout
    private let hasPreferred: Bool
    /// The starts of the day in the order of what they cost whoever attends.
    private let order: UnsafeMutablePointer<PricedStart<Cell>>
    private var startCount = 0
    /// Room for starts that wait to be merged into the order.
    private let waiting: UnsafeMutablePointer<PricedStart<Cell>>
    /// The candidates of the usual time, minutes on the clock, ascending: half hours, so no more than bits of a word.
    private let usuals: [Int]
    /// For each slot of a day of even clock, the candidates within 30 minutes, as bits.
    private let near: [UInt64]

    init(_ evaluator: DayEvaluator, _ calendar: PlanningCalendar, _ request: CourseRequest, usuals: [Int]) {
        precondition(usuals.count <= UInt64.bitWidth, "a day has 48 half hours")
        self.usuals = usuals
        var near = [UInt64](repeating: 0, count: calendar.layout.slotCount)
        for (index, usual) in usuals.enumerated() {
            let slots = calendar.layout.grid.slots(startingFrom: usual - 30, until: usual + 31)
            for slot in slots.clamped(to: near.indices) { near[slot] |= 1 << UInt64(index) }
        }
        self.near = near
        self.evaluator = evaluator
        weights = calendar.facility.planning.weights
        layout = calendar.layout
        hasPreferred = !request.wish.preferred.isEmpty
        order = .allocate(capacity: calendar.layout.rows.words * 64)
        waiting = .allocate(capacity: calendar.layout.rows.words * 64)
    }

    deinit {
        order.deallocate()
        waiting.deallocate()
    }

    /// What another day or time costs a visit whose time the patient knows.
    private func moved(_ constraint: PlacementConstraint, to start: Int, on board: DayBoard) -> Int {
        guard constraint.isTold, let booked = constraint.booked else { return 0 }
        if booked.day != board.calendar.day { return weights.movedDay }
        return booked.start == start ? 0 : weights.movedTime
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
        cost += weights.workload * workloadHours(of: person, on: board)
        let clock = board.calendar.clock(at: place.start)
        for (attendant, other) in kind.attendants.enumerated()
        where other == person || !kind.attendants.contains(person) {
            for usual in 0..<prices.usuals {
                let isFar = kind.rhythm && abs(clock - usuals[usual]) > 30
                prices.lower(usual, attendant, to: Cell.price(cost + (isFar ? weights.rhythm : 0)))
            }
        }
    }

    /// Fills the prices of a visit; false where nobody can attend it that day.
    func fill(_ prices: DayPrices<Cell>, _ kind: VisitKind, on board: DayBoard) -> Bool {
        orderStarts(kind, on: board, usual: usuals.count == 1 ? usuals[0] : nil)
        var any = false
        for attendant in kind.attendants.indices {
            let workload = Cell.price(weights.workload * workloadHours(of: kind.attendants[attendant], on: board))
            if prices.usuals == 1 {
                guard let cost = cheapest(attendant, kind) else { continue }
                prices.lower(0, attendant, to: cost &+ workload)
            } else {
                guard fillUsuals(prices, attendant, kind, on: board, workload: workload) else { continue }
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

    private func workloadHours(of person: Int, on board: DayBoard) -> Int {
        person < 0 ? 0 : board.workloadHours[person]
    }

    // MARK: What a start costs whoever attends

    /// Orders the open starts by what they cost whoever attends: `preference`, `crowding` and `idle`, and `rhythm`
    /// where one usual time is given. Weighted.
    func orderStarts(_ kind: VisitKind, on board: DayBoard, usual: Int?) {
        if let type = kind.boardType, kind.hasBoardChairs, kind.constraint == nil, let starts = board.starts {
            takeStarts(starts.starts(of: type))
        } else {
            sortStarts(kind, on: board)
        }
        if let usual, kind.rhythm {
            if board.calendar.hasEvenClock {
                let near = layout.grid.slots(startingFrom: usual - 30, until: usual + 31)
                raise(by: weights.rhythm) { !near.contains($0) }
            } else {
                raise(by: weights.rhythm) { abs(board.calendar.clock(at: layout.grid.minute(of: $0)) - usual) > 30 }
            }
        }
        if hasPreferred {
            let preferred = UnsafePointer(evaluator.preferredStarts(kind, on: board))
            let rows = evaluator.rows
            raise(by: weights.preference) { !rows.contains(preferred, $0) }
        }
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
            if let constraint = kind.constraint {
                cost += moved(constraint, to: layout.grid.minute(of: slot), on: board)
            }
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

    /// Raises the price of some starts and keeps the order: those that stay and those that rise are in order each.
    @inline(__always)
    private func raise(by price: Int, where rises: (Int) -> Bool) {
        let count = startCount
        let (order, waiting) = (order, waiting)
        var (stayed, raised) = (0, 0)
        for index in 0..<count {
            let start = order[index]
            let isRaised = rises(start.slot) ? 1 : 0
            // Branch-free: written to both lists, of which only one goes on.
            waiting[raised] = PricedStart(slot: start.slot, price: Cell.price(Int(start.price) + price))
            order[stayed] = start
            raised += isRaised
            stayed += 1 - isRaised
        }
        // From the dearest down, so that nothing is written over that is still to be read.
        var place = count
        while raised > 0 {
            place -= 1
            if stayed > 0, waiting[raised - 1].price < order[stayed - 1].price {
                order[place] = order[stayed - 1]
                stayed -= 1
            } else {
                order[place] = waiting[raised - 1]
                raised -= 1
            }
        }
    }

    // MARK: The usual time to be chosen

    /// Fills an attendant's prices for each candidate of the usual time: its cheapest start, if need be at another
    /// hour, and within 30 minutes of a candidate the cheapest there, where that is less. False where the attendant has
    /// no start. What is not sure is checked jointly.
    private func fillUsuals(
        _ prices: DayPrices<Cell>, _ attendant: Int, _ kind: VisitKind, on board: DayBoard, workload: Cell
    ) -> Bool {
        let rows = evaluator.rows
        let surely = UnsafePointer(evaluator.surelyRow(attendant))
        let isEven = board.calendar.hasEvenClock
        var maybe = Maybe.unknown
        var limit: Cell?
        // The candidates that have no start near them yet: as prices ascend, the first is the cheapest.
        var open = UInt64.max
        for index in 0..<startCount {
            let (slot, price) = (order[index].slot, order[index].price)
            if let limit, price >= limit { break }
            let news = open & (isEven ? near[slot] : nearUsuals(board.calendar.clock(at: layout.grid.minute(of: slot))))
            if limit != nil, news == 0 { continue }
            guard rows.contains(surely, slot) || canAttend(attendant, kind, slot, &maybe) else { continue }
            if limit == nil {
                let far = price &+ Cell.price(weights.rhythm)
                prices.lowerAll(attendant, to: far &+ workload)
                limit = far
            }
            prices.lower(news, attendant, to: price &+ workload)
            open &= ~news
        }
        return limit != nil
    }

    /// The candidates of the usual time within 30 minutes of a time on the clock, as bits.
    private func nearUsuals(_ clock: Int) -> UInt64 {
        usuals.indices.reduce(0) { abs(clock - usuals[$1]) <= 30 ? $0 | 1 << UInt64($1) : $0 }
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
