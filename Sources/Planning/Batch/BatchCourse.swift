/// The cost of what is impossible: above every plan's cost, and twice it still fits.
let impossibleCost: Int32 = 1 << 29

/// A step of a course in plain numbers.
struct StepShape {
    /// Index of its kind in the course.
    let kind: Int
    let lanes: Int
    /// Whether it and the step before have continuity attendants of the same role.
    let keepsRole: Bool
    let gapFrom: Int
    let gapUntil: Int
    let gapIdeal: Int
    /// `withinDays` of its phase; nil where it has none.
    let within: Int?
    let opensPhase: Bool
    /// Its first day from the origin, how many days it may have, and where they begin in tables by step and day.
    let first: Int
    let count: Int
    let offset: Int
}

/// A course of a batch, compiled: its visits in order, when its patient can and would rather come, and what each of its
/// days costs.
final class BatchCourse {
    let request: CourseRequest
    /// Index in the problem.
    let index: Int
    /// Index of the patient.
    let patient: Int
    let steps: [Step]
    /// For each step, its kind on the days that are being filled.
    let kinds: [BatchKind]
    /// For each step, whether its starts are measured against the usual time.
    private let rhythms: [Bool]
    let hasRhythm: Bool
    let usuals: [Int]
    let preferredStep: Int?
    let preferredPerson: Int?
    /// Index of the day that steps count from.
    let origin: Int
    /// From the first to the last day that each step could have if the course were alone, from the origin.
    let ranges: [ClosedRange<Int>]
    /// The cheapest plan of the course if it were alone.
    let aloneCost: Int
    let days: BatchDays
    let weights: Weights
    let kindCount: Int
    /// The steps in plain numbers.
    let shapes: UnsafeMutablePointer<StepShape>
    /// Cells of a table by step and day.
    let tableSize: Int
    /// For each step and day the least that a plan costs which uses it, if the course is alone.
    let through: UnsafeMutablePointer<Int32>

    private let rows: BitRows
    private let availability: DayWindows
    private let preferred: DayWindows
    private let levelRows: BitRow
    private let near: BitRow
    private let window: BitRow
    private var levelCosts: [Int32] = [0, 0, 0, 0]
    private(set) var levelCount = 0
    /// The starts near each usual time on days of even clock.
    private let nearRows: BitRow
    /// Groups of eight that the usual times fill.
    let usualGroups: Int

    /// A course whose search has gone forward, with all candidates of the usual time.
    init(
        _ search: CourseSearch<Int32>, index: Int, patient: Int, kinds: [BatchKind], on days: BatchDays
    ) {
        request = search.request
        self.index = index
        self.patient = patient
        steps = search.steps
        self.kinds = search.steps.map { kinds[$0.kind] }
        hasRhythm = search.hasRhythm
        rhythms = search.steps.map { search.days.kinds[$0.kind].rhythm }
        usuals = search.days.usuals
        preferredStep = search.preferredStep
        preferredPerson = search.preferredPerson
        origin = search.origin - days.calendar.first
        aloneCost = search.steps.isEmpty ? 0 : search.cheapestCost() ?? 0
        self.days = days
        weights = search.weights
        rows = days.rows
        availability = DayWindows(request.availability)
        preferred = DayWindows(request.preferred)
        levelRows = .allocate(capacity: 6 * rows.words)
        levelRows.initialize(repeating: 0, count: 6 * rows.words)
        near = levelRows + 4 * rows.words
        window = levelRows + 5 * rows.words
        ranges = search.reached.map { $0.bounds! }
        tableSize = ranges.reduce(0) { $0 + $1.count }
        shapes = stepShapes(of: search, ranges)
        kindCount = search.days.kinds.count
        through = .allocate(capacity: max(1, tableSize))
        through.initialize(repeating: 0, count: max(1, tableSize))
        usualGroups = (usuals.count + 7) / 8
        nearRows = .allocate(capacity: max(1, usuals.count * rows.words))
        nearRows.initialize(repeating: 0, count: max(1, usuals.count * rows.words))
        for (index, usual) in usuals.enumerated() {
            rows.set(nearRows + index * rows.words, days.slots(startingFrom: usual - 30, until: usual + 31))
        }
    }

    deinit {
        levelRows.deallocate()
        nearRows.deallocate()
        shapes.deallocate()
        through.deallocate()
    }

    /// The most nodes that a forward search of it can have: days, or pairs of a phase's first day and a day.
    var nodeCount: Int {
        var sum = 0
        var opening = 1
        for step in 0..<steps.count {
            let shape = shapes[step]
            if shape.opensPhase { opening = shape.first + shape.count }
            sum += shape.within == nil ? shape.count : opening * shape.count
        }
        return sum
    }

    /// Whether the course's own wishes leave a day open; `one-visit-a-day` is asked elsewhere.
    func allows(_ day: Int) -> Bool {
        guard day >= 0 && day < days.count else { return false }
        let date = days.calendar.first + day
        return (request.endDay.map { date <= $0 } ?? true) && !request.blackoutDays.contains(date)
    }

    // MARK: What a day costs

    /// What a step costs on a day at least, for each usual time, whoever comes for it; false where it cannot be. The
    /// groups beyond the last usual time hold the same as the first.
    func fillLeast(_ step: Int, _ day: Int, into costs: UnsafeMutablePointer<CostGroup16>) -> Bool {
        let kind = kinds[step]
        guard allows(day), kind.refresh(day) else { return false }
        let calendar = days.board(day).calendar
        rows.copy(window, from: kind.anyRow(day))
        if !request.availability.isEmpty {
            fillStarts(near, availability.intervals(on: calendar), kind)
            rows.formAnd(window, near)
        }
        if rows.isEmpty(window) { return false }
        let wished = levelRows
        var all: Int16 = 0
        if request.preferred.isEmpty {
            rows.copy(wished, from: window)
        } else {
            fillStarts(wished, preferred.intervals(on: calendar), kind)
            rows.formAnd(wished, window)
            if rows.isEmpty(wished) { all = Cost16.cut(weights.preference) }
        }
        guard rhythms[step] else {
            costs.update(repeating: CostGroup16(repeating: all), count: usualGroups)
            return true
        }
        let far = Cost16.cut(Int(all) + weights.rhythm)
        costs.update(repeating: CostGroup16(repeating: far), count: usualGroups)
        let near = min(far, Cost16.cut(weights.preference))
        costs.withMemoryRebound(to: Int16.self, capacity: usualGroups * 8) { cells in
            for usual in usuals.indices {
                var mask = nearRows + usual * rows.words
                if !calendar.hasEvenClock {
                    fillNear(calendar, usuals[usual])
                    mask = self.near
                }
                var isNear: UInt64 = 0
                var isWished: UInt64 = 0
                for word in 0..<rows.words {
                    isNear |= window[word] & mask[word]
                    isWished |= wished[word] & mask[word]
                }
                if isWished != 0 { cells[usual] = 0 } else if isNear != 0 { cells[usual] = near }
            }
        }
        return true
    }

    /// Fills the level rows: the starts of a step on a day with a free chair, by what they cost, cheapest level first.
    /// False where there are none.
    func fillLevels(_ step: Int, _ day: Int, usual: Int) -> Bool {
        let kind = kinds[step]
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
    func fillCosts(_ step: Int, _ day: Int, usual: Int, into costs: UnsafeMutablePointer<Int32>) -> Int32 {
        let kind = kinds[step]
        let lanes = shapes[step].lanes
        guard allows(day), fillLevels(step, day, usual: usual) else { return impossibleCost }
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
}

private func stepShapes(
    of search: CourseSearch<Int32>, _ ranges: [ClosedRange<Int>]
) -> UnsafeMutablePointer<StepShape> {
    let shapes = UnsafeMutablePointer<StepShape>.allocate(capacity: max(1, search.steps.count))
    var offset = 0
    for (index, step) in search.steps.enumerated() {
        let kind = search.kind(index)
        let before = index > 0 ? search.kind(index - 1) : nil
        let shape = StepShape(
            kind: step.kind, lanes: kind.lanes.count,
            keepsRole: before?.continuityRole != nil && before?.continuityRole == kind.continuityRole,
            gapFrom: step.gaps?.lowerBound ?? 0, gapUntil: step.gaps?.upperBound ?? 0, gapIdeal: step.gapIdeal,
            within: step.within, opensPhase: step.opensPhase, first: ranges[index].lowerBound,
            count: ranges[index].count, offset: offset)
        (shapes + index).initialize(to: shape)
        offset += ranges[index].count
    }
    return shapes
}
