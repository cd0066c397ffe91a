/// The cost of what is impossible: above every plan's cost, and twice it still fits.
let impossibleCost: Int32 = 1 << 29

/// A course of a batch, compiled: its visits in order, when its patient can and would rather come, and for each candidate
/// of the usual time what the rest of it costs at least.
final class BatchCourse {
    let request: CourseRequest
    /// Index in the problem.
    let index: Int
    /// Index of the patient.
    let patient: Int
    let steps: [Step]
    /// For each step, its kind on the days that are being filled.
    let kinds: [BatchKind]
    /// For each step, its kind on the same days as they were before.
    private let emptyKinds: [BatchKind]
    /// For each step, whether its starts are measured against the usual time.
    private let rhythms: [Bool]
    let hasRhythm: Bool
    let usuals: [Int]
    let preferredStep: Int?
    let preferredPerson: Int?
    /// Index of the day that steps count from.
    let origin: Int
    /// The days that each step may have by its gaps, from the origin.
    let ranges: [ClosedRange<Int>]
    /// The cheapest plan of the course if it were alone.
    let aloneCost: Int
    let days: BatchDays
    let weights: Weights

    private let rows: BitRows
    private let availability: DayWindows
    private let preferred: DayWindows
    private let levelRows: BitRow
    private let near: BitRow
    private let window: BitRow
    private var levelCosts: [Int32] = [0, 0, 0, 0]
    private(set) var levelCount = 0
    private var bounds: [UnsafeMutablePointer<Int32>?]
    private let boundOffsets: [Int]
    private let boundSize: Int
    /// For each usual time the cheapest plan of the course if it were alone.
    let leasts: [Int32]

    /// A course whose search has gone forward and backward, with all candidates of the usual time.
    init(
        _ search: CourseSearch<Int32>, index: Int, patient: Int, kinds: [BatchKind], emptyKinds: [BatchKind],
        on days: BatchDays
    ) {
        request = search.request
        self.index = index
        self.patient = patient
        steps = search.steps
        self.kinds = search.steps.map { kinds[$0.kind] }
        self.emptyKinds = search.steps.map { emptyKinds[$0.kind] }
        hasRhythm = search.hasRhythm
        rhythms = search.steps.map { search.days.kinds[$0.kind].rhythm }
        usuals = search.days.usuals
        preferredStep = search.preferredStep
        preferredPerson = search.preferredPerson
        origin = search.origin - days.calendar.first
        leasts = leastCosts(search)
        aloneCost = Int(leasts.min() ?? 0)
        self.days = days
        weights = search.weights
        rows = days.rows
        availability = DayWindows(request.availability)
        preferred = DayWindows(request.preferred)
        levelRows = .allocate(capacity: 6 * rows.words)
        levelRows.initialize(repeating: 0, count: 6 * rows.words)
        near = levelRows + 4 * rows.words
        window = levelRows + 5 * rows.words
        var ranges: [ClosedRange<Int>] = []
        let last = days.count - 1 - origin
        for step in steps {
            let from = ranges.last.map { $0.lowerBound + step.gaps!.lowerBound } ?? 0
            let until = ranges.last.map { $0.upperBound + step.gaps!.upperBound } ?? max(0, request.startWithinDays)
            ranges.append(min(from, last)...max(min(from, last), min(until, last)))
        }
        self.ranges = ranges
        boundOffsets = ranges.indices.map { index in ranges[..<index].reduce(0) { $0 + $1.count } }
        boundSize = ranges.reduce(0) { $0 + $1.count }
        bounds = Array(repeating: nil, count: usuals.count)
    }

    deinit {
        levelRows.deallocate()
        for table in bounds { table?.deallocate() }
    }

    /// Whether the course's own wishes leave a day open; `one-visit-a-day` is asked elsewhere.
    func allows(_ day: Int) -> Bool {
        guard day >= 0 && day < days.count else { return false }
        let date = days.calendar.first + day
        return (request.endDay.map { date <= $0 } ?? true) && !request.blackoutDays.contains(date)
    }

    // MARK: What a day costs

    /// Fills the level rows: the starts of a step on a day with a free chair, by what they cost, cheapest level first.
    /// False where there are none.
    func fillLevels(_ step: Int, _ day: Int, usual: Int, _ kind: BatchKind) -> Bool {
        guard kind.refresh(day) else { return false }
        let words = rows.words
        let calendar = days.board(day).calendar
        rows.copy(window, from: kind.chairRow(day))
        if !request.availability.isEmpty {
            fillStarts(near, availability.intervals(on: calendar), kind)
            rows.formAnd(window, near)
        }
        if rows.isEmpty(window) { return false }
        let isPreferring = !request.preferred.isEmpty && weights.preference > 0
        let isRhythmic = rhythms[step] && weights.rhythm > 0
        levelCount = 0
        func add(_ cost: Int, _ body: (Int) -> UInt64) {
            let row = levelRows + levelCount * words
            for word in 0..<words { row[word] = body(word) }
            levelCosts[levelCount] = Int32(cost)
            levelCount += 1
        }
        if isPreferring {
            // The preferred starts take the last level's row while the others are made.
            fillStarts(levelRows + 3 * words, preferred.intervals(on: calendar), kind)
        }
        if isRhythmic { fillNear(calendar, usual) }
        let wished = levelRows + 3 * words
        switch (isPreferring, isRhythmic) {
        case (false, false): break
        case (true, false): add(0) { window[$0] & wished[$0] }
        case (false, true): add(0) { window[$0] & near[$0] }
        case (true, true):
            add(0) { window[$0] & wished[$0] & near[$0] }
            if weights.rhythm <= weights.preference {
                add(weights.rhythm) { window[$0] & wished[$0] }
                add(weights.preference) { window[$0] & near[$0] }
            } else {
                add(weights.preference) { window[$0] & near[$0] }
                add(weights.rhythm) { window[$0] & wished[$0] }
            }
        }
        add((isPreferring ? weights.preference : 0) + (isRhythmic ? weights.rhythm : 0)) { window[$0] }
        return true
    }

    private func fillStarts(_ row: BitRow, _ intervals: [Interval], _ kind: BatchKind) {
        rows.clear(row)
        for interval in intervals {
            rows.set(
                row, days.slots(startingFrom: interval.from, until: interval.until - kind.kind.type.length + 1))
        }
    }

    private func fillNear(_ calendar: DayCalendar, _ usual: Int) {
        rows.clear(near)
        if calendar.hasEvenClock {
            return rows.set(near, days.slots(startingFrom: usual - 30, until: usual + 31))
        }
        rows.forEachBit(window) { slot in
            if abs(calendar.clock(at: days.minute(slot)) - usual) <= 30 { rows.set(near, slot..<(slot + 1)) }
        }
    }

    /// What a step costs on a day, lane by lane; the least of them, impossible where nobody can. Without what it costs to
    /// change the person.
    func fillCosts(
        _ step: Int, _ day: Int, usual: Int, _ kind: BatchKind, into costs: UnsafeMutablePointer<Int32>
    ) -> Int32 {
        let lanes = kind.kind.lanes.count
        guard allows(day), fillLevels(step, day, usual: usual, kind) else { return impossibleCost }
        var least = impossibleCost
        for lane in 0..<lanes {
            var cost = cheapest(kind.surelyRow(day, lane))
            let maybe = kind.maybeRow(day, lane)
            if !rows.isEmpty(maybe) && cost > 0 { cost = settle(kind, day, lane, cost) }
            if step == preferredStep, kind.kind.lanes[lane] != preferredPerson, cost < impossibleCost {
                cost += Int32(weights.continuity)
            }
            costs[lane] = cost
            least = min(least, cost)
        }
        return least
    }

    private func cheapest(_ row: BitRow) -> Int32 {
        for level in 0..<levelCount {
            let mask = levelRows + level * rows.words
            var hit: UInt64 = 0
            for word in 0..<rows.words { hit |= row[word] & mask[word] }
            if hit != 0 { return levelCosts[level] }
        }
        return impossibleCost
    }

    /// Settles starts that need a joint check as long as they could be cheaper.
    private func settle(_ kind: BatchKind, _ day: Int, _ lane: Int, _ best: Int32) -> Int32 {
        let maybe = kind.maybeRow(day, lane)
        for level in 0..<levelCount where levelCosts[level] < best {
            let mask = levelRows + level * rows.words
            for word in 0..<rows.words {
                while maybe[word] & mask[word] != 0 {
                    let slot = word * 64 + (maybe[word] & mask[word]).trailingZeroBitCount
                    if kind.settle(day, lane, slot: slot) { return levelCosts[level] }
                }
            }
        }
        return best
    }

    /// The starts of a lane at its cheapest level, after `fillLevels`; with those found by joint checks so far.
    func starts(_ step: Int, _ day: Int, lane: Int, into found: inout [Int]) {
        found.removeAll(keepingCapacity: true)
        let row = kinds[step].surelyRow(day, lane)
        for level in 0..<levelCount {
            let mask = levelRows + level * rows.words
            for word in 0..<rows.words {
                var rest = row[word] & mask[word]
                while rest != 0 {
                    found.append(word * 64 + rest.trailingZeroBitCount)
                    rest &= rest - 1
                }
            }
            if !found.isEmpty { return }
        }
    }

    // MARK: What the rest costs at least

    /// Makes sure that the bounds of a usual time are there.
    func settleBounds(_ usual: Int) {
        if bounds[usual] != nil { return }
        let table = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, boundSize))
        table.initialize(repeating: impossibleCost, count: max(1, boundSize))
        bounds[usual] = table
        goBackward(usual, table)
    }

    /// The least that a step on a day and all after it can cost, whatever else is booked; `settleBounds` comes first.
    @inline(__always)
    func bound(_ usual: Int, _ step: Int, _ day: Int) -> Int32 {
        bounds[usual]![boundOffsets[step] + day - ranges[step].lowerBound]
    }

    /// Costs backward by lane, as the search of one course has them, leaving out the windows of phases; a step's bound
    /// on a day is the least of its lanes.
    private func goBackward(_ usual: Int, _ table: UnsafeMutablePointer<Int32>) {
        var entries: [Int32] = []
        var entryRange = 0...0
        var entryLanes = 0
        for step in steps.indices.reversed() {
            let lanes = kinds[step].kind.lanes.count
            let before = step > 0 ? kinds[step - 1].kind : nil
            let beforeLanes = before?.lanes.count ?? 0
            var next = [Int32](repeating: impossibleCost, count: ranges[step].count * beforeLanes)
            var own = [Int32](repeating: impossibleCost, count: lanes)
            var rest = own
            for day in ranges[step] {
                let least = own.withUnsafeMutableBufferPointer {
                    fillCosts(
                        step, origin + day, usual: usuals[usual], emptyKinds[step], into: $0.baseAddress!)
                }
                if least >= impossibleCost { continue }
                if step + 1 < steps.count {
                    rest = [Int32](repeating: impossibleCost, count: lanes)
                    let wanted = steps[step + 1]
                    for gap in wanted.gaps! where entryRange.contains(day + gap) {
                        let price = Int32(weights.gap * abs(gap - wanted.gapIdeal))
                        let first = (day + gap - entryRange.lowerBound) * entryLanes
                        for lane in 0..<lanes { rest[lane] = min(rest[lane], entries[first + lane] &+ price) }
                    }
                    for lane in 0..<lanes { own[lane] = min(own[lane] &+ rest[lane], impossibleCost) }
                }
                let best = own.min()!
                table[boundOffsets[step] + day - ranges[step].lowerBound] = best
                guard let before else { continue }
                let keepsRole = before.continuityRole != nil
                    && before.continuityRole == kinds[step].kind.continuityRole
                let first = (day - ranges[step].lowerBound) * beforeLanes
                for lane in 0..<beforeLanes {
                    next[first + lane] = keepsRole ? min(own[lane], best &+ Int32(weights.continuity)) : best
                }
            }
            (entries, entryRange, entryLanes) = (next, ranges[step], beforeLanes)
        }
    }
}

/// The cheapest plan for each candidate of the usual time, by a search that has gone backward.
private func leastCosts(_ search: CourseSearch<Int32>) -> [Int32] {
    search.days.usuals.indices.map { usual in
        if search.steps.isEmpty { return 0 }
        var least = impossibleCost
        for day in search.reached[0].days {
            for lane in search.kind(0).lanes.indices {
                let cost = search.value(0, day)[lane * search.days.stride + usual]
                least = min(least, cost &+ Int32(search.startPrice(day)))
            }
        }
        return least
    }
}
