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
    private let labelRows: BitRow
    private let laneRows: BitRow
    private let personCount: Int
    private let mostLabels: Int

    private let availability: DayWindows
    private let preferred: DayWindows

    /// Days opened and joint checks made: the search's cost in steps.
    var daysOpened = 0
    var jointChecks = 0

    init(_ request: CourseRequest, on calendar: PlanningCalendar, now: Int, mostLabels: Int) {
        self.request = request
        self.calendar = calendar
        self.now = now
        self.mostLabels = max(1, mostLabels)
        frame = calendar.frame
        rows = frame.rows
        personCount = max(1, frame.personCount)
        let rowCount = 6 + 2 * self.mostLabels * personCount + 2 * personCount
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
        labelRows = row(6)
        laneRows = row(6 + 2 * self.mostLabels * personCount)
        availability = DayWindows(request.availability)
        preferred = DayWindows(request.preferred)
    }

    deinit { storage.deallocate() }

    /// The starts at which a person fills a label without an absence, every label by itself.
    func wholeRow(_ label: Int, _ person: Int) -> BitRow { labelRows + 2 * (label * personCount + person) * rows.words }

    /// The starts at which a person could fill a label if covers are found for their absences.
    func coveredRow(_ label: Int, _ person: Int) -> BitRow { wholeRow(label, person) + rows.words }

    /// The starts at which the visit can be attended with the lane's person for its continuity label.
    func surelyRow(_ lane: Int) -> BitRow { laneRows + 2 * lane * rows.words }

    /// The starts at which only a joint check can tell whether it can.
    func maybeRow(_ lane: Int) -> BitRow { surelyRow(lane) + rows.words }

    /// Fills the rows for a kind of visit on a day; false where no start is left. A rule can be left out.
    func evaluate(_ kind: VisitKind, on board: DayBoard, ignoring: Rule? = nil) -> Bool {
        daysOpened += 1
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
        return fillLanes(kind, ignoring) || ignoring == .attendantQualified
    }

    // MARK: Rules on the day

    /// `one-visit-a-day`, `course-end`, and the blackout days of `patient-available`.
    private func allowsDay(_ board: DayBoard, _ ignoring: Rule?) -> Bool {
        let day = board.calendar.day
        if ignoring != .courseEnd, let end = request.endDay, day > end { return false }
        if ignoring != .patientAvailable, request.blackoutDays.contains(day) { return false }
        if ignoring != .oneVisitADay, board.bookings.contains(where: { $0.patient == request.patient }) { return false }
        return true
    }

    /// `opening-hours`, `patient-available`, `lead-time`, and where a visit may start at all.
    private func fillStarts(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        rows.clear(open)
        let wholeDay = [Interval(0, max(1, board.calendar.length))]
        for opening in ignoring == .openingHours ? wholeDay : board.opening {
            allow(opening, kind, open)
        }
        keepStartClock(board)
        if ignoring != .patientAvailable, !request.availability.isEmpty {
            rows.clear(scratch)
            for window in availability.intervals(on: board.calendar) { allow(window, kind, scratch) }
            rows.formAnd(open, scratch)
        }
        if ignoring != .leadTime {
            let earliest = now + calendar.facility.planning.leadTimeMinutes - board.calendar.firstMinute
            if earliest > 0 {
                rows.unset(open, 0..<(earliest + frame.slotMinutes - 1) / frame.slotMinutes)
            }
        }
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
            for duty in presence(of: need, on: board) { rows.set(other, frame.slots(within: duty)) }
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
        let chairs = ignoring == .chairFeatures ? Array(0..<frame.chairCount) : kind.chairs
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

    /// `attendant-qualified`, `attendant-on-duty` and `attendant-capacity`, every label and person by themselves.
    private func fillLabels(_ kind: VisitKind, _ board: DayBoard, _ ignoring: Rule?) {
        for label in kind.labels.indices {
            for person in 0..<frame.personCount {
                let whole = wholeRow(label, person)
                let covered = coveredRow(label, person)
                let mayFill =
                    ignoring == .attendantQualified || kind.labels[label].qualifies(person, on: board.calendar.day)
                let isThere = ignoring == .attendantOnDuty || !board.roster.onDuty[person].isEmpty
                if mayFill && isThere {
                    rows.copy(whole, from: open)
                    rows.copy(covered, from: open)
                    keepLabel(kind.labels[label], person, board, ignoring, whole, covered)
                    rows.formAndNot(covered, whole)
                } else {
                    rows.clear(whole)
                    rows.clear(covered)
                }
            }
        }
    }

    private func keepLabel(
        _ need: LabelNeed, _ person: Int, _ board: DayBoard, _ ignoring: Rule?, _ whole: BitRow, _ covered: BitRow
    ) {
        board.personRows.withUnsafeBufferPointer { buffer in
            let first = buffer.baseAddress! + person * frame.rowsPerPerson * rows.words
            func row(_ kind: DayBoard.PersonRow) -> UnsafePointer<UInt64> { first + kind.rawValue * rows.words }
            for span in need.spans {
                let ignoresLoad = ignoring == .attendantCapacity
                if ignoresLoad {
                    rows.fill(other)
                } else if let level = span.level {
                    rows.copy(other, from: first + (DayBoard.PersonRow.allCases.count + level) * rows.words)
                } else {
                    fillFree(other, span.load, board.loads[person], frame.capacities[person], frame)
                }
                rows.copy(scratch, from: other)
                if ignoring != .attendantOnDuty { rows.formAnd(scratch, row(.onDutyThroughout)) }
                rows.erode(scratch, length: span.slots)
                rows.formAnd(whole, scratch, movedBy: span.fromSlot)
                if ignoring == .attendantOnDuty { continue }
                if span.handover {
                    // Off duty all through a slot, the person carries nothing in it.
                    for word in 0..<rows.words { other[word] |= ~row(.onDutySometime)[word] }
                    rows.erode(other, length: span.slots)
                    rows.formAnd(covered, other, movedBy: span.fromSlot)
                } else {
                    rows.formAnd(covered, scratch, movedBy: span.fromSlot)
                }
            }
            if ignoring == .attendantOnDuty {
                rows.clear(covered)
            } else if let firstSpan = need.spans.first {
                rows.formAnd(covered, row(.onDutyAtFirst), movedBy: firstSpan.fromSlot)
            }
        }
    }

    /// Combines the labels: which lanes can have which starts, surely or perhaps. False where none can.
    private func fillLanes(_ kind: VisitKind, _ ignoring: Rule?) -> Bool {
        let labelsAreDisjoint = kind.labelsAreDisjoint && (ignoring != .attendantQualified || kind.labels.count < 2)
        var any = false
        for lane in kind.lanes.indices {
            let surely = surelyRow(lane)
            let maybe = maybeRow(lane)
            rows.copy(surely, from: open)
            rows.copy(maybe, from: open)
            for label in kind.labels.indices {
                if label == kind.continuity {
                    let person = kind.lanes[lane]
                    rows.copy(other, from: wholeRow(label, person))
                    rows.formAnd(surely, other)
                    rows.formOr(other, coveredRow(label, person))
                    rows.formAnd(maybe, other)
                } else {
                    rows.clear(other)
                    rows.clear(scratch)
                    for person in 0..<frame.personCount {
                        rows.formOr(other, wholeRow(label, person))
                        rows.formOr(scratch, coveredRow(label, person))
                    }
                    rows.formAnd(surely, other)
                    rows.formOr(scratch, other)
                    rows.formAnd(maybe, scratch)
                }
            }
            if !labelsAreDisjoint { rows.clear(surely) }
            rows.formAndNot(maybe, surely)
            any = any || !rows.isEmpty(surely) || !rows.isEmpty(maybe)
        }
        return any
    }

    // MARK: Joint checks

    /// The first persons, label by label in configured order, who can attend the visit at a start, with their covers;
    /// for the continuity label only persons that `lanes` admits.
    func firstAttendance(
        _ kind: VisitKind, on board: DayBoard, slot: Int, ignoring: Rule? = nil, lanes: (Int) -> Bool = { _ in true }
    ) -> (persons: [Int], covers: [Attendance.Assigned])? {
        var persons = [Int](repeating: -1, count: kind.labels.count)
        return fill(0, &persons, kind, board, slot, ignoring, lanes)
    }

    private func fill(
        _ label: Int, _ persons: inout [Int], _ kind: VisitKind, _ board: DayBoard, _ slot: Int, _ ignoring: Rule?,
        _ lanes: (Int) -> Bool
    ) -> (persons: [Int], covers: [Attendance.Assigned])? {
        if label == kind.labels.count {
            jointChecks += 1
            let attendance = Attendance(
                kind: kind, board: board, start: slot * frame.slotMinutes, persons: persons, ignoring: ignoring)
            return attendance.covers().map { (persons, $0) }
        }
        for person in 0..<frame.personCount {
            if label == kind.continuity, !lanes(person) { continue }
            guard rows.contains(wholeRow(label, person), slot) || rows.contains(coveredRow(label, person), slot)
            else { continue }
            persons[label] = person
            if let found = fill(label + 1, &persons, kind, board, slot, ignoring, lanes) { return found }
        }
        return nil
    }

    /// Whether the visit can have any start at all, by the rows that `evaluate` has filled.
    func hasAttendance(_ kind: VisitKind, on board: DayBoard, ignoring: Rule? = nil) -> Bool {
        for lane in kind.lanes.indices where !rows.isEmpty(surelyRow(lane)) { return true }
        // Without `attendant-qualified` also those may fill the continuity label who have no lane; so ask for anybody.
        var found = false
        rows.forEachBit(open) { slot in
            if !found { found = firstAttendance(kind, on: board, slot: slot, ignoring: ignoring) != nil }
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
