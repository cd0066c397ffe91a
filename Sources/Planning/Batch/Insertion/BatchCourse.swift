/// The cost of an impossible place: above every plan's cost, and twice it fits into 32 bits.
let impossibleCost: Int32 = 1 << 29

/// A step of a course in plain numbers.
struct StepShape {
    /// Index of its kind in the course.
    let kind: Int
    let attendants: Int
    /// Whether it and the step before have continuity attendants of the same role.
    let keepsRole: Bool
    let gapFrom: Int
    let gapUntil: Int
    let gapIdeal: Int
    /// `withinDays` of its phase; nil where it has none.
    let within: Int?
    /// Whether its phase is taken once for each of its first days.
    let countsFromFirstDay: Bool
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
    let rhythms: [Bool]
    let hasRhythm: Bool
    let usuals: [Int]
    /// For each step, the preferred person where they have the role of its continuity attendant.
    let preferred: [Int?]
    /// Index of the day that steps count from.
    let origin: Int
    /// From the first to the last day that each step could have if the course were alone, from the origin.
    let ranges: [ClosedRange<Int>]
    /// The cheapest plan of the course if it were alone.
    let aloneCost: Int
    /// What days in hand cost; nil where no phase has a goal.
    private let spare: SparePrices?
    let days: BatchDays
    let weights: Weights
    let kindCount: Int
    /// The steps in plain numbers.
    let shapes: UnsafeMutablePointer<StepShape>
    /// Cells of a table by step and day.
    let tableSize: Int
    /// For each step and day the least that a plan costs which uses it, if the course is alone.
    let through: UnsafeMutablePointer<Int32>

    let rows: BitRows
    private let availability: DayWindows
    private let preferredWindows: DayWindows
    let levelRows: BitRow
    /// The starts within no, one, two and three half hours of the usual time, and all.
    let near: BitRow
    let window: BitRow
    let wished: BitRow
    private let uneven: BitRow
    let hasAvailability: Bool
    let isPreferring: Bool
    let levelCosts: UnsafeMutablePointer<Int32>
    /// Of each kind and weekday of even clock, the starts in the patient's availability and those in preferred windows.
    private let weekRows: BitRow
    /// Whether the course's own wishes leave a day open.
    let isAllowed: UnsafeMutablePointer<Bool>
    /// The starts within no, one, two and three half hours of each usual time on days of even clock.
    let nearRows: BitRow
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
        preferred = search.steps.indices.map { search.kind($0).preferred }
        origin = search.origin - days.calendar.first
        aloneCost = search.steps.isEmpty ? 0 : search.cheapestCost() ?? 0
        spare = search.spare
        self.days = days
        weights = search.weights
        rows = days.rows
        hasAvailability = !request.wish.availability.isEmpty
        isPreferring = !request.wish.preferred.isEmpty && search.weights.preference > 0
        availability = DayWindows(request.wish.availability)
        preferredWindows = DayWindows(request.wish.preferred)
        let units = mostHalfHoursOff + 1
        levelRows = zeros((3 * units + 3) * rows.words)
        near = levelRows + 2 * units * rows.words
        window = near + units * rows.words
        wished = window + rows.words
        uneven = wished + rows.words
        ranges = search.reached.map { $0.bounds! }
        tableSize = ranges.reduce(0) { $0 + $1.count }
        shapes = stepShapes(of: search, ranges)
        kindCount = search.days.kinds.count
        through = .allocate(capacity: max(1, tableSize))
        through.initialize(repeating: 0, count: max(1, tableSize))
        usualGroups = (usuals.count + 7) / 8
        nearRows = zeros(usuals.count * mostHalfHoursOff * rows.words)
        levelCosts = zeros(2 * units)
        weekRows = zeros(kindCount * 14 * rows.words)
        isAllowed = .allocate(capacity: max(1, days.count))
        isAllowed.initialize(repeating: false, count: max(1, days.count))
        fillAllowed()
        for (index, usual) in usuals.enumerated() {
            for halfHours in 0..<mostHalfHoursOff {
                rows.set(nearRow(index, halfHours), slots(within: halfHours, of: usual))
            }
        }
        fillWeek()
    }

    deinit {
        levelRows.deallocate()
        nearRows.deallocate()
        shapes.deallocate()
        through.deallocate()
        levelCosts.deallocate()
        weekRows.deallocate()
        isAllowed.deallocate()
    }

    /// The most nodes that a forward search of it can have: days, or pairs of a phase's first day and a day.
    var nodeCount: Int {
        var sum = 0
        var opening = 1
        for step in 0..<steps.count {
            let shape = shapes[step]
            if shape.opensPhase { opening = shape.first + shape.count }
            sum += shape.countsFromFirstDay ? opening * shape.count : shape.count
        }
        return sum
    }

    /// Whether days in hand are worth something in one of its phases.
    var hasGoal: Bool { spare != nil }

    /// What the days in hand cost a step on a day whose phase begins on another, from the origin.
    @inline(__always)
    func spareCost(_ step: Int, _ day: Int, first: Int) -> Int {
        guard let spare else { return 0 }
        return spare.price(of: step, on: day, first: first)
    }

    /// What the days in hand cost each step of a plan, by the days of the calendar that its visits have.
    func spareCosts(_ visitDays: [Int]) -> [Int] {
        var first = 0
        return visitDays.enumerated().map { step, day in
            if shapes[step].opensPhase { first = day - origin }
            return spareCost(step, day - origin, first: first)
        }
    }

    private func fillAllowed() {
        for day in 0..<days.count {
            let date = days.calendar.first + day
            isAllowed[day] =
                (request.wish.endDay.map { date <= $0 } ?? true) && !request.wish.blackoutDays.contains(date)
        }
    }

    private func fillWeek() {
        for step in steps.indices {
            for weekday in 0..<7 {
                let first = weekRows + (shapes[step].kind * 14 + weekday * 2) * rows.words
                fillStarts(first, availability.intervals(onWeekday: weekday), kinds[step])
                fillStarts(first + rows.words, preferredWindows.intervals(onWeekday: weekday), kinds[step])
            }
        }
    }

    /// The starts of a step's kind that lie in the patient's availability on a day.
    func availableRow(_ shape: StepShape, _ calendar: DayCalendar, _ kind: BatchKind) -> BitRow {
        if calendar.hasEvenClock {
            return weekRows + (shape.kind * 14 + calendar.day.weekday.rawValue * 2) * rows.words
        }
        fillStarts(uneven, availability.intervals(on: calendar), kind)
        return uneven
    }

    /// The starts of a step's kind that lie in preferred windows on a day.
    func preferredRow(_ shape: StepShape, _ calendar: DayCalendar, _ kind: BatchKind) -> BitRow {
        if calendar.hasEvenClock {
            return weekRows + (shape.kind * 14 + calendar.day.weekday.rawValue * 2 + 1) * rows.words
        }
        fillStarts(uneven, preferredWindows.intervals(on: calendar), kind)
        return uneven
    }

    /// Which of some starts of a step on a day the course's wishes leave, by index, and whether each is preferred.
    func openStarts(_ step: Int, _ day: Int, among slots: [Int]) -> [(index: Int, isWished: Bool)] {
        guard isAllowed[day] else { return [] }
        let shape = shapes[step]
        let calendar = days.board(day).calendar
        let available = hasAvailability ? availableRow(shape, calendar, kinds[step]) : nil
        let open = slots.indices.filter { index in available.map { rows.contains($0, slots[index]) } ?? true }
        let preferred = isPreferring ? preferredRow(shape, calendar, kinds[step]) : nil
        return open.map { index in (index, preferred.map { rows.contains($0, slots[index]) } ?? true) }
    }

    /// Fills the window with the starts of a step on a day that someone may attend and the patient's availability
    /// leaves; false where there are none.
    func fillWindow(_ step: Int, _ day: Int) -> Bool {
        let kind = kinds[step]
        guard isAllowed[day], kind.refresh(day) else { return false }
        rows.copy(window, from: kind.anyRow(day))
        if hasAvailability { rows.formAnd(window, availableRow(shapes[step], days.board(day).calendar, kind)) }
        return !rows.isEmpty(window)
    }

    /// Whether somebody else than an attendant is preferred for a step.
    func misses(_ step: Int, _ attendant: Int) -> Bool {
        preferred[step].map { $0 != kinds[step].kind.attendants[attendant] } ?? false
    }

    /// Whether a start lies in no preferred window.
    func misses(_ step: Int, _ day: Int, _ slot: Int) -> Bool {
        isPreferring && !rows.contains(preferredRow(shapes[step], days.board(day).calendar, kinds[step]), slot)
    }

    private func fillStarts(_ row: BitRow, _ intervals: [Interval], _ kind: BatchKind) {
        rows.clear(row)
        for interval in intervals {
            rows.set(
                row, days.grid.slots(startingFrom: interval.from, until: interval.until - kind.kind.type.length + 1))
        }
    }

    /// What a step costs on a day, attendant by attendant; the least of them, impossible where nobody can. Without what
    /// it costs to change the person.
    func fillCosts(_ step: Int, _ day: Int, usual: Int, into costs: UnsafeMutablePointer<Int32>) -> Int32 {
        let kind = kinds[step]
        let attendants = shapes[step].attendants
        let levels = fillLevels(step, day, usual: usual)
        if levels == 0 { return impossibleCost }
        var least = impossibleCost
        for attendant in 0..<attendants {
            var cost = cheapest(kind.surelyRow(day, attendant), levels)
            let maybe = kind.maybeRow(day, attendant)
            if !rows.isEmpty(maybe) && cost > 0 { cost = settle(kind, day, attendant, levels: levels, below: cost) }
            if misses(step, attendant), cost < impossibleCost { cost += Int32(weights.continuity) }
            costs[attendant] = cost
            least = min(least, cost)
        }
        return least
    }

    private func cheapest(_ row: BitRow, _ levels: Int) -> Int32 {
        for level in 0..<levels {
            let mask = levelRows + level * rows.words
            var hit: UInt64 = 0
            for word in 0..<rows.words { hit |= row[word] & mask[word] }
            if hit != 0 { return levelCosts[level] }
        }
        return impossibleCost
    }

    /// Settles starts that need a joint check as long as they could be cheaper than the best.
    private func settle(_ kind: BatchKind, _ day: Int, _ attendant: Int, levels: Int, below best: Int32) -> Int32 {
        let maybe = kind.maybeRow(day, attendant)
        for level in 0..<levels where levelCosts[level] < best {
            let mask = levelRows + level * rows.words
            for word in 0..<rows.words {
                while maybe[word] & mask[word] != 0 {
                    let slot = word * 64 + (maybe[word] & mask[word]).trailingZeroBitCount
                    if kind.settle(day, attendant, slot: slot) { return levelCosts[level] }
                }
            }
        }
        return best
    }

    /// The starts of an attendant at its cheapest level, after `fillLevels`; with those found by joint checks so far.
    func starts(_ step: Int, _ day: Int, attendant: Int, levels: Int, into found: inout [Int]) {
        found.removeAll(keepingCapacity: true)
        let row = kinds[step].surelyRow(day, attendant)
        for level in 0..<levels {
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
        let shape = StepShape(
            kind: step.kind, attendants: kind.attendants.count,
            keepsRole: search.keepsRole[index],
            gapFrom: step.gaps?.lowerBound ?? 0, gapUntil: step.gaps?.upperBound ?? 0, gapIdeal: step.gapIdeal,
            within: step.within, countsFromFirstDay: step.countsFromFirstDay, opensPhase: step.opensPhase,
            first: ranges[index].lowerBound,
            count: ranges[index].count, offset: offset)
        (shapes + index).initialize(to: shape)
        offset += ranges[index].count
    }
    return shapes
}
