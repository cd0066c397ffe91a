/// Finds the starts that a kind of visit can have on a day, rule by rule, as rows of bits. Holds scratch rows, so that
/// no day allocates.
final class DayEvaluator {
    let calendar: PlanningCalendar
    let request: CourseRequest
    let now: Int
    let rows: BitRows
    let layout: BoardLayout
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
    let attendantRows: BitRow
    let personCount: Int
    let mostLabels: Int

    let patientHash: Int
    let availability: DayWindows
    let preferred: DayWindows

    /// Whether a label's absences can be covered by somebody at any start.
    enum Covering { case unknown, never, some }

    let covering: UnsafeMutablePointer<Covering>
    let staff: StaffAssignment<BoardLoads>
    var isJoint = false
    /// Whether who fills which label is read off the board.
    var hasBoardLabels = false
    var kind: VisitKind?
    var board: DayBoard?
    var ignoring: Rule?

    /// Days opened: the search's cost in steps.
    private(set) var daysOpened = 0
    var jointChecks: Int { staff.count }

    init(_ request: CourseRequest, on calendar: PlanningCalendar, now: Int, mostLabels: Int) {
        self.request = request
        self.calendar = calendar
        self.now = now
        self.mostLabels = max(1, mostLabels)
        layout = calendar.layout
        rows = layout.rows
        personCount = max(1, layout.personCount)
        staff = StaffAssignment(capacities: layout.capacities)
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
        attendantRows = row(7 + 2 * self.mostLabels * personCount)
        patientHash = request.patient.hashValue
        availability = DayWindows(request.wish.availability)
        preferred = DayWindows(request.wish.preferred)
    }

    deinit {
        storage.deallocate()
        covering.deallocate()
    }

    /// The starts at which a person fills a label without an absence, every label by itself; not all of them are open.
    func wholeRow(_ label: Int, _ person: Int) -> BitRow {
        guard hasBoardLabels, let kind, let board, let type = kind.boardType else { return ownRow(label, person) }
        return board.rows.person(person, whole: layout.types[type].firstLabel + label)
    }

    /// The starts at which a person could fill a label if covers are found for their absences; see `fillCovered`.
    func coveredRow(_ label: Int, _ person: Int) -> BitRow { wholeRow(label, person) + rows.words }

    /// Room for what a board does not know: `wholeRow`, and `coveredRow` behind it.
    func ownRow(_ label: Int, _ person: Int) -> BitRow { labelRows + 2 * (label * personCount + person) * rows.words }

    /// The starts at which the visit can be attended with the attendant for its continuity label.
    func surelyRow(_ attendant: Int) -> BitRow { attendantRows + 2 * attendant * rows.words }

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
        hasBoardLabels = ignoring == nil && kind.hasBoardLabels
        if !hasBoardLabels { fillLabels(kind, board, ignoring) }
        fillAttendants(kind, board, ignoring)
        return true
    }

    // MARK: Rules on the day

    /// `one-visit-a-day`, `course-end`, and the blackout days of `patient-available`.
    private func allowsDay(_ board: DayBoard, _ ignoring: Rule?) -> Bool {
        let day = board.calendar.day
        if ignoring != .courseEnd, let end = request.wish.endDay, day > end { return false }
        if ignoring != .patientAvailable, request.wish.blackoutDays.contains(day) { return false }
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
        // What is booked or was told may keep its start, whatever the clock shows then and however near it is.
        let booked = bookedSlot(kind, board)
        let told = kind.told[board.calendar.day].flatMap(slot(at:))
        let stays = (booked ?? told).flatMap { rows.contains(open, $0) ? $0 : nil }
        keepStartClock(board)
        if let stays { rows.set(open, stays..<(stays + 1)) }
        if ignoring != .patientAvailable, !request.wish.availability.isEmpty {
            rows.clear(scratch)
            for window in availability.intervals(on: board.calendar) { allow(window, kind, scratch) }
            rows.formAnd(open, scratch)
        }
        if ignoring != .leadTime {
            let leadTime = kind.isWalkIn ? 0 : calendar.facility.planning.leadTimeMinutes
            let earliest = now + leadTime - board.calendar.firstMinute
            let isOpen = stays.map { rows.contains(open, $0) } ?? false
            if earliest > 0 {
                rows.unset(open, 0..<layout.grid.slots(startingFrom: earliest, until: earliest).lowerBound)
            }
            if isOpen, let stays { rows.set(open, stays..<(stays + 1)) }
        }
        if let wish = kind.constraint?.wish { keepWish(wish, booked == nil ? nil : stays, board) }
    }

    /// The slot at which a visit is booked, where it is on this day and its start is a slot.
    private func bookedSlot(_ kind: VisitKind, _ board: DayBoard) -> Int? {
        guard let booked = kind.constraint?.booked, booked.day == board.calendar.day else { return nil }
        return slot(at: booked.start)
    }

    /// The slot that begins at a minute, if one does.
    private func slot(at minute: Int) -> Int? {
        let slots = layout.grid.slots(startingFrom: minute, until: minute + 1)
        guard let slot = slots.first, slot < layout.slotCount, layout.grid.minute(of: slot) == minute else {
            return nil
        }
        return slot
    }

    /// Keeps the starts that are wanted.
    private func keepWish(_ wish: PlaceWish, _ booked: Int?, _ board: DayBoard) {
        if wish.isElsewhere, let booked { rows.unset(open, booked..<(booked + 1)) }
        for clock in wish.refused {
            if let slot = board.calendar.elapsed(showing: clock).first.flatMap(slot(at:)) {
                rows.unset(open, slot..<(slot + 1))
            }
        }
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
        rows.set(row, layout.grid.slots(startingFrom: interval.from, until: interval.until - kind.type.length + 1))
    }

    /// Keeps the slots at which the clock shows a multiple of `startEveryMinutes`.
    private func keepStartClock(_ board: DayBoard) {
        if board.calendar.hasEvenClock {
            layout.evenStarts.withUnsafeBufferPointer { rows.formAnd(open, $0.baseAddress!) }
        } else {
            fillStartSlots(of: board.calendar, layout, into: scratch)
            rows.formAnd(open, scratch)
        }
    }

    /// The part of `attendant-on-duty` that names nobody: someone qualified is on duty at every moment.
    private func keepPresence(_ kind: VisitKind, _ board: DayBoard) {
        if let type = kind.boardType { return rows.formAnd(open, board.rows.type(type, .present)) }
        for need in kind.presences {
            rows.fillPresence(other, need, board.roster, layout.grid)
            rows.keepPresence(open, need, other, scratch)
        }
    }

    /// `chair-in-service`, `chair-features`, `chair-free`; and how few idle stretches the best chair of a start leaves.
    private func fillChairs(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        if ignoring == nil, kind.hasBoardChairs, let type = kind.boardType {
            rows.copy(idleNone, from: board.rows.type(type, .idleNone))
            rows.copy(idleOne, from: board.rows.type(type, .idleOne))
            rows.formAnd(open, board.rows.type(type, .anyChair))
            return
        }
        let sums = ChairSums(any: other, one: idleOne, none: idleNone)
        for row in [sums.any, sums.one, sums.none] { rows.clear(row) }
        rows.fillCrossing(crossing, hold: kind.type.hold, board.opening, layout.grid)
        for chair in ignoring == .chairFeatures ? kind.anyChairs : kind.chairs {
            let inService = board.rows.chair(chair, .inService)
            if ignoring == .chairInService { rows.fill(scratch) } else { rows.copy(scratch, from: inService) }
            if ignoring != .chairFree { rows.formAnd(scratch, board.rows.chair(chair, .unheld)) }
            rows.erode(scratch, length: kind.holdSlots)
            rows.addChair(
                fits: scratch, board.rows.chair(chair, .tightBefore), board.rows.chair(chair, .tightAfter),
                holdSlots: kind.holdSlots, crossing: crossing, into: sums)
            // Where every start has a perfect chair, no other matters.
            if rows.isHeld(open, by: sums.none) { break }
        }
        rows.formAnd(open, sums.any)
    }

    // MARK: What a start costs

    /// Unweighted `crowding` of a start: the largest number of other visits in progress during its stages.
    func crowding(_ kind: VisitKind, on board: DayBoard, slot: Int) -> Int {
        if let type = kind.boardType {
            return Int(board.crowdOver[layout.types[type].length * layout.slotCount + slot])
        }
        var most: Int32 = 0
        for index in slot..<(slot + kind.lengthSlots) { most = max(most, board.crowd[index]) }
        return Int(most)
    }

    /// Unweighted `idle` of a start with its best chair.
    func idle(slot: Int) -> Int {
        rows.contains(idleNone, slot) ? 0 : rows.contains(idleOne, slot) ? 1 : 2
    }

    /// The intervals of the preferred windows on a day; empty where there are none, or no wish.
    func preferredIntervals(on calendar: DayCalendar) -> [Interval] { preferred.intervals(on: calendar) }

    /// The starts at which a visit lies in one of the preferred windows, worked out into `scratch`.
    func preferredStarts(_ kind: VisitKind, on board: DayBoard) -> BitRow {
        rows.clear(scratch)
        for window in preferred.intervals(on: board.calendar) { allow(window, kind, scratch) }
        return scratch
    }

    /// Whether a chair is in service and free for the hold of a visit that starts at a slot.
    func fits(_ kind: VisitKind, _ chair: Int, on board: DayBoard, slot: Int) -> Bool {
        if let type = kind.boardType {
            return rows.contains(board.rows.chair(chair, fitting: layout.types[type].hold), slot)
        }
        let (inService, unheld) = (board.rows.chair(chair, .inService), board.rows.chair(chair, .unheld))
        return (slot..<(slot + kind.holdSlots)).allSatisfy { rows.contains(inService, $0) && rows.contains(unheld, $0) }
    }

    /// The scarcest chair of those that leave the fewest useless stretches at a start; where these cost nothing, of all
    /// that are free.
    func bestChair(_ kind: VisitKind, on board: DayBoard, slot: Int) -> Int? {
        let start = layout.grid.minute(of: slot)
        let crosses = board.opening.contains { start < $0.until && $0.until < start + kind.type.hold }
        var best: (chair: Int, idle: Int)?
        for chair in kind.chairs {
            guard fits(kind, chair, on: board, slot: slot) else { continue }
            let before = rows.contains(board.rows.chair(chair, .tightBefore), slot)
            let after = !crosses && rows.contains(board.rows.chair(chair, .tightAfter), slot + kind.holdSlots)
            let idle = layout.weights.idle == 0 ? 0 : (before ? 1 : 0) + (after ? 1 : 0)
            if idle < best?.idle ?? 3 { best = (chair, idle) }
            if idle == 0 { break }
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
