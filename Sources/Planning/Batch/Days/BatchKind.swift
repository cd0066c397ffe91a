/// A visit type with wishes for its chair, and the starts that it can have on each day for any patient. Rows are kept
/// per day and made anew only for what has changed since: courses of one kind share them.
final class BatchKind {
    let kind: VisitKind
    let days: BatchDays
    /// For each label, the persons who may ever fill it.
    let eligible: [[Int]]
    /// For each attendant (continuity person), their place among those eligible for the continuity label; -1 for none.
    let attendantEligible: [Int]
    /// For each label and person, the person's place among those eligible; -1 for none.
    private let eligibleIndex: [[Int]]
    private let staff: StaffAssignment<BatchLoads>
    private let hasHandover: Bool
    private let rows: BitRows
    private let blocks: UnsafeMutablePointer<BitRow?>
    /// The stamp of each day when its rows were made; -1 before, `Int.max` where nothing can ever start.
    private let seen: UnsafeMutablePointer<Int>
    private let labelOffsets: [Int]
    private let attendantOffset: Int
    private let rowCount: Int
    private let poolFits: [Bool]
    private let now: Int
    private let scratch: BitRow
    private let other: BitRow
    /// What a visit pays for capacity on each day at least, in the same units as cost, where prices guide the search.
    let dayPrices: UnsafeMutablePointer<Int32>
    /// What each start pays.
    weak var priced: PricedPlaces?

    init(_ kind: VisitKind, _ days: BatchDays, now: Int) {
        self.kind = kind
        self.days = days
        self.now = now
        rows = days.rows
        eligible = kind.labels.map { label in label.validThrough.indices.filter { label.validThrough[$0] != nil } }
        let eligible = eligible
        attendantEligible = kind.attendants.map { attendant in
            kind.continuity.flatMap { eligible[$0].firstIndex(of: attendant) } ?? -1
        }
        eligibleIndex = eligible.map { persons in
            (0..<days.personCount).map { persons.firstIndex(of: $0) ?? -1 }
        }
        staff = StaffAssignment(capacities: days.layout.capacities)
        hasHandover = kind.labels.contains { $0.spans.contains(where: \.handover) }
        blocks = .allocate(capacity: max(1, days.count))
        blocks.initialize(repeating: nil, count: max(1, days.count))
        seen = .allocate(capacity: max(1, days.count))
        seen.initialize(repeating: -1, count: max(1, days.count))
        var offset = 2
        var offsets: [Int] = []
        for label in eligible {
            offsets.append(offset)
            offset += 2 * label.count
        }
        labelOffsets = offsets
        attendantOffset = offset
        rowCount = offset + 2 * kind.attendants.count + 1
        let chairs = Set(kind.chairs)
        poolFits = (0..<days.layout.chairCount).map(chairs.contains)
        dayPrices = zeros(days.count)
        scratch = .allocate(capacity: 2 * rows.words)
        scratch.initialize(repeating: 0, count: 2 * rows.words)
        other = scratch + rows.words
    }

    deinit {
        dayPrices.deallocate()
        scratch.deallocate()
        for day in 0..<days.count { blocks[day]?.deallocate() }
        blocks.deallocate()
        seen.deallocate()
    }

    /// Whether a pool's chairs have what is asked.
    func fits(_ pool: ChairPool) -> Bool { poolFits[pool.chair] }

    private func row(_ day: Int, _ index: Int) -> BitRow { blocks[day]! + index * rows.words }

    /// The starts for which some chair is free; `refresh` comes first.
    func chairRow(_ day: Int) -> BitRow { row(day, 1) }

    /// The starts at which an eligible person can fill a label without absence.
    func wholeRow(_ day: Int, _ label: Int, _ index: Int) -> BitRow { row(day, labelOffsets[label] + 2 * index) }

    /// The further starts at which they can if covers are found.
    func coveredRow(_ day: Int, _ label: Int, _ index: Int) -> BitRow { row(day, labelOffsets[label] + 2 * index + 1) }

    /// The starts that an attendant can surely have.
    func surelyRow(_ day: Int, _ attendant: Int) -> BitRow { row(day, attendantOffset + 2 * attendant) }

    /// The further starts of an attendant that only a joint check can settle.
    func maybeRow(_ day: Int, _ attendant: Int) -> BitRow { row(day, attendantOffset + 2 * attendant + 1) }

    /// The starts for which some chair is free and that some attendant may have.
    func anyRow(_ day: Int) -> BitRow { row(day, rowCount - 1) }

    /// Brings the rows of a day up to date; false where nothing can start that day, whatever is booked.
    func refresh(_ day: Int) -> Bool {
        let since = seen[day]
        if since == days.stamp[day] { return true }
        if since == Int.max { return false }
        if since < 0 {
            blocks[day] = zeros(rowCount * rows.words)
            fillStarts(day)
            if rows.isEmpty(row(day, 0)) {
                seen[day] = Int.max
                return false
            }
        }
        if since < days.chairStamp[day] { fillChairs(day) }
        fillLabels(day, since)
        fillAttendants(day)
        seen[day] = days.stamp[day]
        return true
    }

    /// What never changes: opening hours, lead time, the clock, and presences.
    private func fillStarts(_ day: Int) {
        let board = days.board(day)
        let open = row(day, 0)
        for opening in board.opening {
            rows.set(open, days.grid.slots(startingFrom: opening.from, until: opening.until - kind.type.length + 1))
        }
        let every = days.calendar.facility.startEveryMinutes
        let leadTime = kind.isWalkIn ? 0 : days.calendar.facility.planning.leadTimeMinutes
        let earliest = now + leadTime - board.calendar.firstMinute
        rows.forEachBit(open) { slot in
            let minute = days.grid.minute(of: slot)
            let isStart = minute < board.calendar.length && board.calendar.clock(at: minute) % every == 0
            if minute < earliest || !isStart { rows.unset(open, slot..<(slot + 1)) }
        }
        for need in kind.presences {
            rows.fillPresence(other, need, board.roster, days.grid)
            rows.keepPresence(open, need, other, scratch)
        }
    }

    private func fillChairs(_ day: Int) {
        let open = row(day, 0)
        let chairs = row(day, 1)
        rows.clear(chairs)
        for pool in days.pools[day] where poolFits[pool.chair] {
            rows.copy(scratch, from: pool.free)
            rows.erode(scratch, length: kind.holdSlots)
            var missing: UInt64 = 0
            for word in 0..<rows.words {
                chairs[word] |= scratch[word] & open[word]
                missing |= open[word] & ~chairs[word]
            }
            if missing == 0 { break }
        }
    }

    private func fillLabels(_ day: Int, _ since: Int) {
        let board = days.board(day)
        for (label, need) in kind.labels.enumerated() {
            for (index, person) in eligible[label].enumerated() {
                guard days.personStamp[day * days.personCount + person] > since,
                    need.qualifies(person, on: board.calendar.day), !board.roster.onDuty[person].isEmpty
                else { continue }
                let whole = wholeRow(day, label, index)
                let covered = coveredRow(day, label, index)
                let duty = days.duty(day, person)
                func free(_ span: LabelNeed.Span) -> UnsafePointer<UInt64> {
                    UnsafePointer(days.freeRow(day, person, load: span.load))
                }
                rows.copy(whole, from: row(day, 0))
                rows.keepWhole(whole, need, duty.throughout, scratch, free: free)
                guard hasHandover else { continue }
                rows.copy(covered, from: row(day, 0))
                rows.formAndNot(covered, whole)
                rows.keepCovered(covered, need, duty, scratch, free: free)
            }
        }
    }

    private func fillAttendants(_ day: Int) {
        // `scratch`: what the other labels surely allow; `other`: what they may allow.
        rows.copy(scratch, from: row(day, 0))
        rows.copy(other, from: row(day, 0))
        for label in kind.labels.indices where label != kind.continuity {
            for word in 0..<rows.words {
                var whole: UInt64 = 0
                var covered: UInt64 = 0
                for index in eligible[label].indices {
                    whole |= wholeRow(day, label, index)[word]
                    covered |= coveredRow(day, label, index)[word]
                }
                scratch[word] &= whole
                other[word] &= whole | covered
            }
        }
        let any = anyRow(day)
        rows.clear(any)
        for attendant in kind.attendants.indices {
            let surely = surelyRow(day, attendant)
            let maybe = maybeRow(day, attendant)
            for word in 0..<rows.words {
                var whole = ~UInt64(0)
                var covered = ~UInt64(0)
                if let label = kind.continuity {
                    let index = attendantEligible[attendant]
                    whole = index < 0 ? 0 : wholeRow(day, label, index)[word]
                    covered = index < 0 ? 0 : coveredRow(day, label, index)[word]
                }
                surely[word] = kind.labelsAreDisjoint ? scratch[word] & whole : 0
                maybe[word] = other[word] & (whole | covered) & ~surely[word]
                any[word] |= surely[word] | maybe[word]
            }
        }
        rows.formAnd(any, row(day, 1))
    }

    // MARK: Who attends

    /// Whether an eligible person can fill a label at a start, by themselves, with or without covers.
    private func mayFill(_ day: Int, _ label: Int, _ index: Int, slot: Int) -> Bool {
        rows.contains(wholeRow(day, label, index), slot) || rows.contains(coveredRow(day, label, index), slot)
    }

    /// The persons who can fill a label at a start, by themselves, with or without covers.
    func fillers(_ day: Int, _ label: Int, slot: Int) -> [Int] {
        eligible[label].indices.filter { mayFill(day, label, $0, slot: slot) }.map { eligible[label][$0] }
    }

    /// The first persons, label by label in configured order, who can attend a visit of an attendant at a start; nil
    /// for none.
    func attendance(_ day: Int, attendant: Int, slot: Int) -> StaffedStart? {
        // The only label's person, with nobody away: nothing to check.
        if kind.labels.count == 1, kind.continuity == 0,
            rows.contains(wholeRow(day, 0, attendantEligible[attendant]), slot)
        {
            return StaffedStart(slot: slot, persons: [kind.attendants[attendant]], covers: [])
        }
        return canAttend(day, attendant: attendant, slot: slot)
            ? StaffedStart(slot: slot, persons: staff.persons, covers: staff.covers) : nil
    }

    private func visit(_ day: Int, _ slot: Int) -> AttendedVisit {
        AttendedVisit(labels: kind.labels, roster: days.board(day).roster, start: days.grid.minute(of: slot))
    }

    private func canAttend(_ day: Int, attendant: Int, slot: Int) -> Bool {
        staff.assignFirst(visit(day, slot), BatchLoads(days: days, day: day)) { label, person in
            let index = eligibleIndex[label][person]
            return index >= 0 && (label != kind.continuity || index == attendantEligible[attendant])
                && mayFill(day, label, index, slot: slot)
        }
    }

    /// Whether an attendant can have a start that only a joint check can settle; the answer is kept until the day
    /// changes.
    func settle(_ day: Int, _ attendant: Int, slot: Int) -> Bool {
        // The rows have told that the only label's person can carry it.
        let can =
            kind.labels.count == 1 && kind.continuity == 0
            ? staff.isCovered(kind.attendants[attendant], in: visit(day, slot), BatchLoads(days: days, day: day))
            : canAttend(day, attendant: attendant, slot: slot)
        rows.unset(maybeRow(day, attendant), slot..<(slot + 1))
        if can { rows.set(surelyRow(day, attendant), slot..<(slot + 1)) }
        return can
    }
}
