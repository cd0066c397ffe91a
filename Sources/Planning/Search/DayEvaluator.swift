/// Finds the starts that a kind of visit can have on a day, rule by rule, as rows of bits. Holds scratch rows, so that
/// no day allocates.
final class DayEvaluator {
    let calendar: PlanningCalendar
    let request: CourseRequest
    let now: Int
    let rows: BitRows
    private let frame: BoardFrame
    private let storage: UnsafeMutablePointer<UInt64>
    private let storageWords: Int

    /// The starts that all rules but those on persons allow, with some chair.
    let open: BitRow
    /// Of these, the starts for which some chair leaves no useless idle stretch, and at most one.
    let idleNone: BitRow
    let idleOne: BitRow
    private let scratch: BitRow
    private let other: BitRow
    private let crossing: BitRow
    private let spare: BitRow
    private let labelRows: BitRow
    private let laneRows: BitRow
    private let personCount: Int
    private let mostLabels: Int

    private let patientHash: Int
    private let availability: DayWindows
    private let preferred: DayWindows

    /// Whether a label's absences can be covered by somebody at any start.
    private enum Covering { case unknown, never, some }

    private var covering: [Covering]
    private var persons: [Int] = []
    private let attendance = Attendance()
    private var isJoint = false
    private var kind: VisitKind?
    private var board: DayBoard?
    private var ignoring: Rule?

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
        covering = Array(repeating: .never, count: self.mostLabels * personCount)
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

    deinit { storage.deallocate() }

    /// The starts at which a person fills a label without an absence, every label by itself.
    func wholeRow(_ label: Int, _ person: Int) -> BitRow { labelRows + 2 * (label * personCount + person) * rows.words }

    /// The starts at which a person could fill a label if covers are found for their absences; see `fillCovered`.
    private func coveredRow(_ label: Int, _ person: Int) -> BitRow { wholeRow(label, person) + rows.words }

    /// The starts at which the visit can be attended with the lane's person for its continuity label.
    func surelyRow(_ lane: Int) -> BitRow { laneRows + 2 * lane * rows.words }

    /// Fills the rows for a kind of visit on a day; false where no start is left. A rule can be left out. Whether anybody
    /// can attend is asked afterwards.
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
            if earliest > 0 {
                let isOpen = stays.map { rows.contains(open, $0) } ?? false
                rows.unset(open, 0..<(earliest + frame.slotMinutes - 1) / frame.slotMinutes)
                if isOpen, let stays { rows.set(open, stays..<(stays + 1)) }
            }
        }
        if let wish = kind.demand?.wish { keepWish(wish, stays, board) }
    }

    /// The slot at which a visit is booked, where it is on this day and its start is a slot.
    private func bookedSlot(_ kind: VisitKind, _ board: DayBoard) -> Int? {
        guard let booked = kind.demand?.booked, booked.day == board.calendar.day, booked.start % frame.slotMinutes == 0
        else { return nil }
        return booked.start / frame.slotMinutes
    }

    /// Keeps the starts that are wanted.
    private func keepWish(_ wish: PlaceWish, _ booked: Int?, _ board: DayBoard) {
        if wish.isElsewhere, let booked { rows.unset(open, booked..<(booked + 1)) }
        guard let clock = wish.clock else { return }
        guard let start = board.calendar.elapsed(showing: clock).first, start % frame.slotMinutes == 0 else {
            rows.clear(open)
            return
        }
        let slot = start / frame.slotMinutes
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

    // MARK: Rules on persons

    /// `attendant-qualified`, `attendant-on-duty` and `attendant-capacity`, every label and person by themselves, without
    /// absences. What absences with covers add is worked out when it is asked for.
    private func fillLabels(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        for label in kind.labels.indices {
            for person in 0..<frame.personCount {
                let mayFill =
                    (kind.labels[label].wanted ?? person) == person
                    && (ignoring == .attendantQualified || kind.labels[label].qualifies(person, on: board.calendar.day))
                let isThere = ignoring == .attendantOnDuty || !board.roster.onDuty[person].isEmpty
                let index = label * personCount + person
                if mayFill && isThere {
                    fillWhole(kind.labels[label], person, board, ignoring, wholeRow(label, person))
                    covering[index] = ignoring == .attendantOnDuty ? .never : .unknown
                } else {
                    rows.clear(wholeRow(label, person))
                    covering[index] = .never
                }
            }
        }
    }

    private func personRow(
        _ person: Int, _ kind: DayBoard.PersonRow, _ base: UnsafePointer<UInt64>
    ) -> UnsafePointer<UInt64> {
        base + (person * frame.rowsPerPerson + kind.rawValue) * rows.words
    }

    /// The slots in which a person can carry another load; a row of the board, or worked out into `other`.
    private func freeRow(
        _ span: LabelNeed.Span, _ person: Int, _ board: DayBoard, _ ignoring: Rule?, _ base: UnsafePointer<UInt64>
    ) -> UnsafePointer<UInt64> {
        if ignoring != .attendantCapacity, let level = span.level {
            return base
                + (person * frame.rowsPerPerson + DayBoard.PersonRow.allCases.count + level) * rows.words
        }
        if ignoring == .attendantCapacity {
            rows.fill(other)
        } else {
            fillFree(other, span.load, board.loads[person], frame.capacities[person], frame)
        }
        return UnsafePointer(other)
    }

    private func fillWhole(
        _ need: LabelNeed, _ person: Int, _ board: DayBoard, _ ignoring: Rule?, _ whole: BitRow
    ) {
        rows.copy(whole, from: open)
        board.personRows.withUnsafeBufferPointer { buffer in
            let base = buffer.baseAddress!
            let duty = personRow(person, .onDutyThroughout, base)
            for span in need.spans {
                let free = freeRow(span, person, board, ignoring, base)
                if ignoring == .attendantOnDuty {
                    rows.copy(scratch, from: free)
                } else {
                    rows.and(scratch, free, duty)
                }
                rows.erode(scratch, length: span.slots)
                rows.formAnd(whole, scratch, movedBy: span.fromSlot)
            }
        }
    }

    /// Fills the row of starts at which a person could fill a label if covers are found, once a day; false where there
    /// are none.
    private func fillCovered(_ label: Int, _ person: Int) -> Bool {
        let index = label * personCount + person
        switch covering[index] {
        case .never: return false
        case .some: return true
        case .unknown: break
        }
        guard let kind, let board else { preconditionFailure("a day is evaluated before its covers") }
        let covered = coveredRow(label, person)
        rows.copy(covered, from: open)
        rows.formAndNot(covered, wholeRow(label, person))
        let need = kind.labels[label]
        board.personRows.withUnsafeBufferPointer { buffer in
            let base = buffer.baseAddress!
            let throughout = personRow(person, .onDutyThroughout, base)
            let sometime = personRow(person, .onDutySometime, base)
            for span in need.spans {
                let free = freeRow(span, person, board, ignoring, base)
                if span.handover {
                    // Off duty all through a slot, the person carries nothing in it.
                    for word in 0..<rows.words { scratch[word] = free[word] | ~sometime[word] }
                } else {
                    rows.and(scratch, free, throughout)
                }
                rows.erode(scratch, length: span.slots)
                rows.formAnd(covered, scratch, movedBy: span.fromSlot)
            }
            if let first = need.spans.first {
                rows.formAnd(covered, personRow(person, .onDutyAtFirst, base), movedBy: first.fromSlot)
            }
        }
        covering[index] = rows.isEmpty(covered) ? .never : .some
        return covering[index] == .some
    }

    /// Whether a person may fill a label at a start, by themselves, with or without covers.
    private func mayFill(_ label: Int, _ person: Int, _ slot: Int) -> Bool {
        rows.contains(wholeRow(label, person), slot)
            || fillCovered(label, person) && rows.contains(coveredRow(label, person), slot)
    }

    /// Combines the labels: which lanes can surely have which starts. Where one person could fill two labels, nothing is
    /// sure without a joint check.
    private func fillLanes(_ kind: VisitKind, _ ignoring: Rule?) {
        isJoint = !kind.labelsAreDisjoint || ignoring == .attendantQualified && kind.labels.count > 1
        rows.copy(scratch, from: open)
        for label in kind.labels.indices where label != kind.continuity {
            rows.clear(other)
            for person in 0..<frame.personCount { rows.formOr(other, wholeRow(label, person)) }
            rows.formAnd(scratch, other)
        }
        for lane in kind.lanes.indices {
            if isJoint {
                rows.clear(surelyRow(lane))
            } else if let label = kind.continuity {
                rows.and(surelyRow(lane), scratch, wholeRow(label, kind.lanes[lane]))
            } else {
                rows.copy(surelyRow(lane), from: scratch)
            }
        }
    }

    /// The starts, beside the sure ones, at which only a joint check can tell whether a lane can have them.
    func maybeRow(_ lane: Int) -> BitRow {
        guard let kind else { preconditionFailure("a day is evaluated before its lanes") }
        let maybe = surelyRow(lane) + rows.words
        rows.copy(maybe, from: open)
        rows.formAndNot(maybe, surelyRow(lane))
        for label in kind.labels.indices {
            if label == kind.continuity {
                let person = kind.lanes[lane]
                rows.copy(other, from: wholeRow(label, person))
                keepCovered(label, person)
            } else {
                rows.clear(other)
                for person in 0..<frame.personCount { rows.formOr(other, wholeRow(label, person)) }
                for person in 0..<frame.personCount { keepCovered(label, person) }
            }
            rows.formAnd(maybe, other)
        }
        return maybe
    }

    /// Adds the starts that covers give a person to `other`.
    private func keepCovered(_ label: Int, _ person: Int) {
        // `fillCovered` may work out a row in `other`: put it by.
        rows.copy(spare, from: other)
        let isFilled = fillCovered(label, person)
        rows.copy(other, from: spare)
        if isFilled { rows.formOr(other, coveredRow(label, person)) }
    }

    // MARK: Joint checks

    /// The first persons, label by label in configured order, who can attend the visit at a start, with their covers;
    /// for the continuity label only persons that `lanes` admits.
    func firstAttendance(
        slot: Int, lanes: (Int) -> Bool = { _ in true }
    ) -> (persons: [Int], covers: [Attendance.Assigned])? {
        guard fill(0, slot, lanes) else { return nil }
        return (persons, attendance.covers)
    }

    /// Whether a person can fill the continuity label at a start, with somebody for the others.
    func canAttend(slot: Int, continuity person: Int) -> Bool { fill(0, slot) { $0 == person } }

    private func fill(_ label: Int, _ slot: Int, _ lanes: (Int) -> Bool) -> Bool {
        guard let kind, let board else { preconditionFailure("a day is evaluated before it is attended") }
        if label == 0 {
            persons.removeAll(keepingCapacity: true)
            for _ in kind.labels { persons.append(-1) }
        }
        if label == kind.labels.count {
            return attendance.holds(
                persons, kind, on: board, start: slot * frame.slotMinutes, ignoring: ignoring)
        }
        for person in 0..<frame.personCount {
            if label == kind.continuity, !lanes(person) { continue }
            guard mayFill(label, person, slot) else { continue }
            persons[label] = person
            if fill(label + 1, slot, lanes) { return true }
        }
        return false
    }

    /// Whether the visit can have any start at all, by the rows that `evaluate` has filled.
    func hasAttendance() -> Bool {
        guard let kind else { preconditionFailure("a day is evaluated before it is attended") }
        for lane in kind.lanes.indices where !rows.isEmpty(surelyRow(lane)) { return true }
        // Without `attendant-qualified` also those may fill the continuity label who have no lane; so ask for anybody.
        var found = false
        rows.forEachBit(open) { slot in
            if !found { found = fill(0, slot) { _ in true } }
        }
        return found
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

    /// The first chair, in configured order, that leaves at most so many useless stretches at a start.
    func chair(_ kind: VisitKind, on board: DayBoard, slot: Int, idleAtMost: Int) -> Int? {
        board.chairRows.withUnsafeBufferPointer { buffer in
            kind.chairs.first { chair in
                let first = buffer.baseAddress! + chair * DayBoard.ChairRow.allCases.count * rows.words
                func row(_ kind: DayBoard.ChairRow) -> UnsafePointer<UInt64> { first + kind.rawValue * rows.words }
                for index in slot..<(slot + kind.holdSlots) {
                    guard rows.contains(row(.inService), index), rows.contains(row(.unheld), index) else { return false }
                }
                let before = rows.contains(row(.tightBefore), slot)
                let crosses = board.opening.contains {
                    let start = slot * frame.slotMinutes
                    return start < $0.until && $0.until < start + kind.type.hold
                }
                let after = !crosses && rows.contains(row(.tightAfter), slot + kind.holdSlots)
                return (before ? 1 : 0) + (after ? 1 : 0) <= idleAtMost
            }
        }
    }
}

extension DayEvaluator {
    /// A place from indices.
    func placement(
        _ kind: VisitKind, on board: DayBoard, slot: Int, chair: Int,
        _ attended: (persons: [Int], covers: [Attendance.Assigned])
    ) -> Placement {
        let facility = calendar.facility
        return Placement(
            day: board.calendar.day, start: slot * calendar.frame.slotMinutes, chair: facility.chairs[chair].id,
            persons: attended.persons.map { facility.staff[$0].id },
            covers: attended.covers.map {
                Cover(
                    label: kind.labels[$0.label].attendant.label, person: facility.staff[$0.person].id,
                    interval: $0.interval)
            })
    }
}

/// Weekly windows by weekday, merged once.
struct DayWindows {
    private let byWeekday: [[Interval]]

    init(_ windows: [WeekWindow]) {
        byWeekday = Weekday.allCases.map { day in windows.filter { $0.days.contains(day) }.map(\.hours).merged() }
    }

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
            let slot = elapsed / frame.slotMinutes
            frame.rows.set(row, slot..<(slot + 1))
        }
    }
}
