/// Finds the starts that a kind of visit can have on a day, rule by rule, as rows of bits. Holds scratch rows, so that
/// no day allocates.
final class DayEvaluator {
    let calendar: PlanningCalendar
    let request: CourseRequest
    let now: Int
    let rows: BitRows
    let frame: BoardFrame
    let storage: UnsafeMutablePointer<UInt64>
    let storageWords: Int

    /// The starts that all rules but those on persons allow, with some chair.
    let open: BitRow
    /// Of these, the starts for which some chair leaves no useless idle stretch, and at most one.
    let idleNone: BitRow
    let idleOne: BitRow
    let scratch: BitRow
    let other: BitRow
    let crossing: BitRow
    let spare: BitRow
    let labelRows: BitRow
    let laneRows: BitRow
    let personCount: Int
    let mostLabels: Int

    let patientHash: Int
    let availability: DayWindows
    let preferred: DayWindows

    /// Whether a label's absences can be covered by somebody at any start.
    enum Covering { case unknown, never, some }

    let covering: UnsafeMutablePointer<Covering>
    var persons: [Int] = []
    let attendance = Attendance()
    var isJoint = false
    var kind: VisitKind?
    var board: DayBoard?
    var ignoring: Rule?

    /// Days opened: the search's cost in steps.
    private(set) var daysOpened = 0
    /// Joint checks made.
    var jointChecks: Int { attendance.count }

    init(_ request: CourseRequest, on calendar: PlanningCalendar, now: Int, mostLabels: Int) {
        self.request = request
        self.calendar = calendar
        self.now = now
        self.mostLabels = max(1, mostLabels)
        frame = calendar.frame
        rows = frame.rows
        personCount = max(1, frame.personCount)
        covering = .allocate(capacity: self.mostLabels * personCount)
        covering.initialize(repeating: .never, count: self.mostLabels * personCount)
        let rowCount = 7 + 2 * self.mostLabels * personCount + 2 * personCount
        storageWords = rowCount * rows.words
        let storage = UnsafeMutablePointer<UInt64>.allocate(capacity: storageWords)
        storage.initialize(repeating: 0, count: storageWords)
        self.storage = storage
        let words = rows.words
        func row(_ index: Int) -> BitRow { storage + index * words }
        open = row(0)
        idleNone = row(1)
        idleOne = row(2)
        scratch = row(3)
        other = row(4)
        crossing = row(5)
        spare = row(6)
        labelRows = row(7)
        laneRows = row(7 + 2 * self.mostLabels * personCount)
        patientHash = request.patient.hashValue
        availability = DayWindows(request.availability)
        preferred = DayWindows(request.preferred)
    }

    deinit {
        storage.deallocate()
        covering.deallocate()
    }

    /// The starts at which a person fills a label without an absence, every label by itself.
    func wholeRow(_ label: Int, _ person: Int) -> BitRow { labelRows + 2 * (label * personCount + person) * rows.words }

    /// The starts at which a person could fill a label if covers are found for their absences; see `fillCovered`.
    func coveredRow(_ label: Int, _ person: Int) -> BitRow { wholeRow(label, person) + rows.words }

    /// The starts at which the visit can be attended with the lane's person for its continuity label.
    func surelyRow(_ lane: Int) -> BitRow { laneRows + 2 * lane * rows.words }

    /// Fills the rows for a kind of visit on a day; false where no start is left. A rule can be left out. Whether
    /// anybody can attend is asked afterwards.
    func evaluate(_ kind: VisitKind, on board: DayBoard, ignoring: Rule? = nil) -> Bool {
        daysOpened += 1
        self.kind = kind
        self.board = board
        self.ignoring = ignoring
        guard allowsDay(board, ignoring) else { return false }
        fillStarts(kind, board, ignoring)
        if rows.isEmpty(open) { return false }
        if ignoring != .attendantOnDuty {
            keepPresence(kind, board)
            if rows.isEmpty(open) { return false }
        }
        fillChairs(kind, board, ignoring)
        if rows.isEmpty(open) { return false }
        fillLabels(kind, board, ignoring)
        fillLanes(kind, ignoring)
        return true
    }

    // MARK: Rules on the day

    /// `one-visit-a-day`, `course-end`, and the blackout days of `patient-available`.
    private func allowsDay(_ board: DayBoard, _ ignoring: Rule?) -> Bool {
        let day = board.calendar.day
        if ignoring != .courseEnd, let end = request.endDay, day > end { return false }
        if ignoring != .patientAvailable, request.blackoutDays.contains(day) { return false }
        if ignoring != .oneVisitADay, board.hasVisit(of: request.patient, hash: patientHash) { return false }
        return true
    }

    /// `opening-hours`, `patient-available`, `lead-time`, and where a visit may start at all.
    private func fillStarts(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        rows.clear(open)
        let wholeDay = [Interval(0, max(1, board.calendar.length))]
        for opening in ignoring == .openingHours ? wholeDay : board.opening {
            allow(opening, kind, open)
        }
        // A booked visit may keep its start, whatever the clock shows then and however near it is.
        let stays = bookedSlot(kind, board).flatMap { rows.contains(open, $0) ? $0 : nil }
        keepStartClock(board)
        if let stays { rows.set(open, stays..<(stays + 1)) }
        if ignoring != .patientAvailable, !request.availability.isEmpty {
            rows.clear(scratch)
            for window in availability.intervals(on: board.calendar) { allow(window, kind, scratch) }
            rows.formAnd(open, scratch)
        }
        if ignoring != .leadTime {
            let earliest = now + calendar.facility.planning.leadTimeMinutes - board.calendar.firstMinute
            let isOpen = stays.map { rows.contains(open, $0) } ?? false
            if earliest > 0 { rows.unset(open, 0..<frame.slots(startingFrom: earliest, until: earliest).lowerBound) }
            if isOpen, let stays { rows.set(open, stays..<(stays + 1)) }
        }
        if let wish = kind.demand?.wish { keepWish(wish, stays, board) }
    }

    /// The slot at which a visit is booked, where it is on this day and its start is a slot.
    private func bookedSlot(_ kind: VisitKind, _ board: DayBoard) -> Int? {
        guard let booked = kind.demand?.booked, booked.day == board.calendar.day else { return nil }
        return slot(at: booked.start)
    }

    /// The slot that begins at a minute, if one does.
    private func slot(at minute: Int) -> Int? {
        let slots = frame.slots(startingFrom: minute, until: minute + 1)
        guard let slot = slots.first, slot < frame.slotCount, frame.minute(of: slot) == minute else { return nil }
        return slot
    }

    /// Keeps the starts that are wanted.
    private func keepWish(_ wish: PlaceWish, _ booked: Int?, _ board: DayBoard) {
        if wish.isElsewhere, let booked { rows.unset(open, booked..<(booked + 1)) }
        guard let clock = wish.clock else { return }
        guard let slot = board.calendar.elapsed(showing: clock).first.flatMap(slot(at:)) else {
            rows.clear(open)
            return
        }
        rows.unset(open, 0..<slot)
        rows.unset(open, (slot + 1)..<(rows.words * 64))
    }

    /// Sets the starts of visits whose stages lie in the interval.
    private func allow(_ interval: Interval, _ kind: VisitKind, _ row: BitRow) {
        rows.set(row, frame.slots(startingFrom: interval.from, until: interval.until - kind.type.length + 1))
    }

    /// Keeps the slots at which the clock shows a multiple of `startEveryMinutes`.
    private func keepStartClock(_ board: DayBoard) {
        let day = board.calendar
        if day.hasEvenClock {
            frame.evenStarts.withUnsafeBufferPointer { rows.formAnd(open, $0.baseAddress!) }
        } else {
            startSlots(of: day, every: calendar.facility.startEveryMinutes, frame, into: scratch)
            rows.formAnd(open, scratch)
        }
    }

    /// The part of `attendant-on-duty` that names nobody: someone qualified is on duty at every moment.
    private func keepPresence(_ kind: VisitKind, _ board: DayBoard) {
        for need in kind.presences {
            rows.clear(other)
            for person in board.roster.onDuty.indices where need.qualifies(person, on: board.calendar.day) {
                for duty in board.roster.onDuty[person] { rows.set(other, frame.slots(within: duty)) }
            }
            // Two persons may share a slot: one leaves within it as the other comes.
            if !board.roster.dutyIsWholeSlots {
                for duty in presence(of: need, on: board) { rows.set(other, frame.slots(within: duty)) }
            }
            for span in need.spans {
                rows.copy(scratch, from: other)
                rows.erode(scratch, length: span.slots)
                rows.formAnd(open, scratch, movedBy: span.fromSlot)
            }
        }
    }

    /// `chair-in-service`, `chair-features`, `chair-free`; and how few idle stretches the best chair of a start leaves.
    private func fillChairs(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        rows.clear(idleNone)
        rows.clear(idleOne)
        rows.clear(other)
        rows.clear(crossing)
        // A hold that runs past closing leaves nothing after it.
        for opening in board.opening {
            rows.set(crossing, frame.slots(startingFrom: opening.until - kind.type.hold + 1, until: opening.until))
        }
        let chairs = ignoring == .chairFeatures ? kind.anyChairs : kind.chairs
        board.chairRows.withUnsafeBufferPointer { buffer in
            for chair in chairs {
                let first = buffer.baseAddress! + chair * DayBoard.ChairRow.allCases.count * rows.words
                func row(_ kind: DayBoard.ChairRow) -> UnsafePointer<UInt64> { first + kind.rawValue * rows.words }
                if ignoring == .chairInService { rows.fill(scratch) } else { rows.copy(scratch, from: row(.inService)) }
                if ignoring != .chairFree { rows.formAnd(scratch, row(.unheld)) }
                rows.erode(scratch, length: kind.holdSlots)
                rows.formAnd(scratch, open)
                if addChair(row(.tightBefore), row(.tightAfter), kind) { break }
            }
        }
        rows.copy(open, from: other)
    }

    /// Adds a chair's fitting starts (in `scratch`) to the rows by idle stretches; true when all starts have a perfect
    /// chair and no other chair can matter.
    private func addChair(
        _ tightBefore: UnsafePointer<UInt64>, _ tightAfter: UnsafePointer<UInt64>, _ kind: VisitKind
    ) -> Bool {
        var missing: UInt64 = 0
        let wordsMoved = kind.holdSlots >> 6
        let bitsMoved = UInt64(kind.holdSlots & 63)
        for word in 0..<rows.words {
            let fits = scratch[word]
            let source = word + wordsMoved
            var after: UInt64 = source < rows.words ? tightAfter[source] >> bitsMoved : 0
            if bitsMoved != 0, source + 1 < rows.words { after |= tightAfter[source + 1] << (64 - bitsMoved) }
            after &= ~crossing[word]
            let before = tightBefore[word]
            other[word] |= fits
            idleOne[word] |= fits & ~(before & after)
            idleNone[word] |= fits & ~before & ~after
            missing |= open[word] & ~idleNone[word]
        }
        return missing == 0
    }

    // MARK: What a start costs

    /// Unweighted `crowding` of a start: the largest number of other visits in progress during its stages.
    func crowding(_ kind: VisitKind, on board: DayBoard, slot: Int) -> Int {
        var most: Int32 = 0
        board.crowd.withUnsafeBufferPointer { crowd in
            for index in slot..<(slot + kind.lengthSlots) { most = max(most, crowd[index]) }
        }
        return Int(most)
    }

    /// Unweighted `idle` of a start with its best chair.
    func idle(slot: Int) -> Int {
        rows.contains(idleNone, slot) ? 0 : rows.contains(idleOne, slot) ? 1 : 2
    }

    /// The intervals of the preferred windows on a day; empty where there are none, or no wish.
    func preferredIntervals(on calendar: DayCalendar) -> [Interval] { preferred.intervals(on: calendar) }

    /// The first chair, in configured order, of those that leave the fewest useless stretches at a start; where these
    /// cost nothing, the first that is free.
    func bestChair(_ kind: VisitKind, on board: DayBoard, slot: Int) -> Int? {
        let start = frame.minute(of: slot)
        let crosses = board.opening.contains { start < $0.until && $0.until < start + kind.type.hold }
        var best: (chair: Int, idle: Int)?
        board.chairRows.withUnsafeBufferPointer { buffer in
            for chair in kind.chairs {
                let first = buffer.baseAddress! + chair * DayBoard.ChairRow.allCases.count * rows.words
                func has(_ row: DayBoard.ChairRow, _ slot: Int) -> Bool {
                    rows.contains(first + row.rawValue * rows.words, slot)
                }
                guard (slot..<(slot + kind.holdSlots)).allSatisfy({ has(.inService, $0) && has(.unheld, $0) })
                else { continue }
                let after = !crosses && has(.tightAfter, slot + kind.holdSlots)
                let idle = frame.weights.idle == 0 ? 0 : (has(.tightBefore, slot) ? 1 : 0) + (after ? 1 : 0)
                if idle < best?.idle ?? 3 { best = (chair, idle) }
                if idle == 0 { break }
            }
        }
        return best?.chair
    }
}

/// Weekly windows by weekday, merged once.
struct DayWindows {
    let byWeekday: [[Interval]]

    init(_ windows: [WeekWindow]) {
        byWeekday = Weekday.allCases.map { day in windows.filter { $0.days.contains(day) }.map(\.hours).merged() }
    }

    /// The windows of a weekday as minutes on the clock, merged.
    func intervals(onWeekday weekday: Int) -> [Interval] { byWeekday[weekday] }

    /// The windows of a day as elapsed minutes, merged.
    func intervals(on calendar: DayCalendar) -> [Interval] {
        let windows = byWeekday[calendar.day.weekday.rawValue]
        if calendar.hasEvenClock { return windows }
        return windows.compactMap(calendar.interval(ofClock:)).merged()
    }
}

/// The stretches in which someone of those who may fill a label is on duty.
func presence(of need: LabelNeed, on board: DayBoard) -> [Interval] {
    let qualified = board.roster.onDuty.indices.filter { need.qualifies($0, on: board.calendar.day) }
    return qualified.flatMap { board.roster.onDuty[$0] }.merged()
}

/// The slots of a day at which the clock shows a multiple of `every` minutes.
func startSlots(of day: DayCalendar, every: Int, _ frame: BoardFrame, into row: BitRow) {
    frame.rows.clear(row)
    for clock in stride(from: 0, to: 1440, by: every) {
        for elapsed in day.elapsed(showing: clock) where elapsed % frame.slotMinutes == 0 {
            frame.rows.set(row, frame.slots(touching: Interval(elapsed, elapsed + 1)))
        }
    }
}
