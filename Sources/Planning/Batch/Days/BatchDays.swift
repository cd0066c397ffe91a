/// Chairs that are as good as each other on a day: the same features, in service through the same slots, and no visit
/// on them that stays where it is. A visit takes any of them; which one is settled at the end, where holds that never
/// outnumber the chairs can always be dealt out.
struct ChairPool {
    /// Index of one of its chairs, for the features.
    let chair: Int
    let capacity: Int16
    /// The slots in which a chair is in service and free.
    let free: BitRow
    let inService: BitRow
    /// Holds in each slot.
    let used: UnsafeMutablePointer<Int16>
}

/// The days of a batch while it is being filled: what DayBoard says of a day, but changed in place, because a search
/// adds and takes away many thousand visits. Only the slots between the first opening and the last closing, with
/// turnover, are kept. Slots, days and resources are indices.
final class BatchDays {
    /// The rows of a person; rows for each load level follow.
    enum PersonRow: Int, CaseIterable { case onDutyThroughout, onDutySometime, onDutyAtFirst }

    let calendar: PlanningCalendar
    let layout: BoardLayout
    let count: Int
    let personCount: Int
    /// The slots that are kept of a day.
    let grid: DayGrid
    let slotCount: Int
    let rows: BitRows
    /// The loads for which a person has a row.
    private let levels: [Int]
    /// The index of each load among them, by the load.
    private let levelIndex: [Int]
    let pools: UnsafeMutablePointer<UnsafeMutableBufferPointer<ChairPool>>
    /// The chairs of each pool, by day.
    let poolChairs: [[[Int]]]
    /// When each day last changed, its chairs, and each person's load on it, by a clock that counts changes.
    let stamp: UnsafeMutablePointer<Int>
    let chairStamp: UnsafeMutablePointer<Int>
    let personStamp: UnsafeMutablePointer<Int>
    private let changes: UnsafeMutablePointer<Int>

    private let words: UnsafeMutablePointer<UInt64>
    private let loads: UnsafeMutablePointer<Int16>
    private let rowsPerPerson: Int
    private let capacities: [Int16]

    init(_ calendar: PlanningCalendar, visitTypes: [VisitType]) {
        self.calendar = calendar
        layout = calendar.layout
        count = calendar.boards.count
        personCount = layout.personCount
        let openings = calendar.boards.flatMap(\.opening)
        let slotMinutes = layout.grid.slotMinutes
        let from = (openings.map(\.from).min() ?? 0) / slotMinutes
        let tail = visitTypes.map(\.turnoverMinutes).max() ?? 0
        slotCount = max(1, ((openings.map(\.until).max() ?? 1) + tail) / slotMinutes + 1 - from)
        grid = DayGrid(slotMinutes: slotMinutes, firstSlot: from, slotLimit: slotCount)
        rows = BitRows(words: (slotCount + 63) / 64)
        let levels = Set(visitTypes.flatMap { $0.stages.flatMap(\.load.values) }).union([0]).sorted()
        self.levels = levels
        levelIndex = (0...levels[levels.count - 1]).map { load in levels.firstIndex(of: load) ?? -1 }
        rowsPerPerson = PersonRow.allCases.count + levels.count
        capacities = layout.capacities.map { Int16($0) }
        stamp = zeros(count)
        chairStamp = zeros(count)
        personStamp = zeros(count * personCount)
        changes = zeros(1)
        words = zeros(count * personCount * rowsPerPerson * rows.words)
        loads = zeros(count * personCount * slotCount)
        poolChairs = calendar.boards.map { chairGroups(calendar.facility, $0) }
        pools = .allocate(capacity: max(1, count))
        for day in 0..<count {
            let groups = UnsafeMutableBufferPointer<ChairPool>.allocate(capacity: poolChairs[day].count)
            (pools + day).initialize(to: groups)
            fillPersons(day, calendar.boards[day])
            _ = groups.initialize(from: poolChairs[day].map { pool($0, calendar.boards[day]) })
        }
    }

    deinit {
        stamp.deallocate()
        chairStamp.deallocate()
        personStamp.deallocate()
        changes.deallocate()
        words.deallocate()
        loads.deallocate()
        for day in 0..<count {
            for pool in pools[day] {
                pool.free.deallocate()
                pool.used.deallocate()
            }
            pools[day].deallocate()
        }
        pools.deallocate()
    }

    func board(_ day: Int) -> DayBoard { calendar.boards[day] }

    func personRow(_ day: Int, _ person: Int, _ row: PersonRow) -> BitRow {
        words + ((day * personCount + person) * rowsPerPerson + row.rawValue) * rows.words
    }

    /// When a person is on duty on a day.
    func duty(_ day: Int, _ person: Int) -> DutyRows {
        DutyRows(
            throughout: personRow(day, person, .onDutyThroughout), sometime: personRow(day, person, .onDutySometime),
            atFirst: personRow(day, person, .onDutyAtFirst))
    }

    /// The slots in which a person can carry another load that a visit type of the batch asks.
    func freeRow(_ day: Int, _ person: Int, load: Int) -> BitRow { freeRow(day, person, level: levelIndex[load]) }

    private func freeRow(_ day: Int, _ person: Int, level: Int) -> BitRow {
        words + ((day * personCount + person) * rowsPerPerson + PersonRow.allCases.count + level) * rows.words
    }

    func load(_ day: Int, _ person: Int, slot: Int) -> Int {
        Int(loads[(day * personCount + person) * slotCount + slot])
    }

    func capacity(_ person: Int) -> Int { Int(capacities[person]) }

    // MARK: Filling

    private func fillPersons(_ day: Int, _ board: DayBoard) {
        for person in 0..<personCount {
            rows.fillDuty(duty(day, person), board.roster.onDuty[person], grid)
            let first = loads + (day * personCount + person) * slotCount
            for run in board.loads[person] {
                for slot in grid.slots(touching: run.interval) { first[slot] = max(first[slot], Int16(run.load)) }
            }
            fillFree(day, person, 0..<slotCount)
        }
    }

    private func fillFree(_ day: Int, _ person: Int, _ range: Range<Int>) {
        let first = loads + (day * personCount + person) * slotCount
        for (level, load) in levels.enumerated() {
            let row = freeRow(day, person, level: level)
            let most = capacities[person] - Int16(load)
            for slot in range {
                let bit: UInt64 = 1 << UInt64(slot & 63)
                if first[slot] <= most { row[slot >> 6] |= bit } else { row[slot >> 6] &= ~bit }
            }
        }
    }

    private func pool(_ chairs: [Int], _ board: DayBoard) -> ChairPool {
        let two: UnsafeMutablePointer<UInt64> = zeros(2 * rows.words)
        let inService = two + rows.words
        for service in board.roster.inService[chairs[0]] { rows.set(inService, grid.slots(within: service)) }
        for booking in board.bookings where layout.chairIndex[booking.placement.chair] == chairs[0] {
            rows.unset(inService, grid.slots(touching: booking.holdInterval))
        }
        rows.copy(two, from: inService)
        return ChairPool(
            chair: chairs[0], capacity: Int16(chairs.count), free: two, inService: inService, used: zeros(slotCount))
    }

    // MARK: Changes

    /// Takes a chair of a pool for some slots, or gives it back.
    func hold(_ day: Int, pool: Int, _ range: Range<Int>, by one: Int16) {
        let pool = pools[day][pool]
        for slot in range {
            pool.used[slot] += one
            let bit: UInt64 = 1 << UInt64(slot & 63)
            if pool.used[slot] < pool.capacity {
                pool.free[slot >> 6] |= bit & pool.inService[slot >> 6]
            } else {
                pool.free[slot >> 6] &= ~bit
            }
        }
        changes[0] += 1
        chairStamp[day] = changes[0]
        stamp[day] = changes[0]
    }

    /// Adds a load to a person for some slots; negative to take it away. With `whileOnDuty` only where they are there.
    func carry(_ day: Int, _ person: Int, _ range: Range<Int>, load: Int, whileOnDuty: Bool) {
        let first = loads + (day * personCount + person) * slotCount
        let there = personRow(day, person, .onDutySometime)
        for slot in range where !whileOnDuty || rows.contains(there, slot) { first[slot] += Int16(load) }
        fillFree(day, person, range)
        changes[0] += 1
        personStamp[day * personCount + person] = changes[0]
        stamp[day] = changes[0]
    }
}

/// The chairs of a day, those together that are as good as each other: the same features, in service through the same
/// slots, and no visit on them that stays.
private func chairGroups(_ facility: Facility, _ board: DayBoard) -> [[Int]] {
    var groups: [[Int]] = []
    let held = Set(board.bookings.compactMap { board.layout.chairIndex[$0.placement.chair] })
    for chair in facility.chairs.indices {
        let like = groups.firstIndex { group in
            facility.chairs[group[0]].features == facility.chairs[chair].features && !held.contains(group[0])
                && board.roster.inService[group[0]] == board.roster.inService[chair]
        }
        if let like, !held.contains(chair) { groups[like].append(chair) } else { groups.append([chair]) }
    }
    return groups
}

/// Memory for some numbers, all 0. The caller deallocates it.
func zeros<Number: BinaryInteger>(_ count: Int) -> UnsafeMutablePointer<Number> {
    let memory = UnsafeMutablePointer<Number>.allocate(capacity: max(1, count))
    memory.initialize(repeating: 0, count: max(1, count))
    return memory
}
