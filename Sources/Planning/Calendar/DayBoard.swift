/// A person's load over a stretch of a day.
struct LoadRun: Hashable, Sendable {
    /// When, elapsed minutes.
    let interval: Interval
    /// How much, percent.
    let load: Int
}

/// One day of the clinic as the search reads it: roster and visits compiled to rows of bits and small counters, a bit a
/// slot. Immutable: a change makes a new board and shares what it can.
package final class DayBoard: Sendable {
    /// The rows of a chair.
    enum ChairRow: Int, CaseIterable {
        /// The chair is in service through the slot.
        case inService
        /// No hold touches the slot.
        case unheld
        /// A hold that begins at this slot leaves a useless idle stretch before it.
        case tightBefore
        /// A hold that ends at this slot leaves a useless idle stretch after it.
        case tightAfter
    }

    /// The rows of a person; rows for each load level of the frame follow.
    enum PersonRow: Int, CaseIterable {
        /// On duty through the slot.
        case onDutyThroughout
        /// On duty during some of the slot.
        case onDutySometime
        /// On duty at the slot's first minute.
        case onDutyAtFirst
    }

    let frame: BoardFrame
    let roster: DayRoster
    /// The visits that occupy their places on this day, in the order in which they were added.
    package let bookings: [Booking]
    let chairRows: [UInt64]
    let personRows: [UInt64]
    /// Each person's load over the day, minute exact, ascending, zero loads left out.
    let loads: [[LoadRun]]
    /// Whole hours of load that each person carries (cost term `workload`).
    let workloadHours: [Int]
    /// The largest number of visits in progress at any moment of each slot.
    let crowd: [Int32]
    /// Hashes of the patients who have a visit this day: a look at numbers before one at names.
    let patientHashes: [Int]

    /// Whether a patient has a visit this day.
    func hasVisit(of patient: PatientID, hash: Int) -> Bool {
        patientHashes.contains(hash) && bookings.contains { $0.patient == patient }
    }

    /// The day's calendar.
    package var calendar: DayCalendar { roster.calendar }

    /// The clinic's opening, elapsed minutes.
    package var opening: [Interval] { roster.opening }

    init(frame: BoardFrame, roster: DayRoster, bookings: [Booking]) {
        self.frame = frame
        self.roster = roster
        self.bookings = bookings
        let holds = holdsByChair(bookings, frame)
        let runs = loadsByPerson(bookings, roster, frame)
        var chairRows = [UInt64](repeating: 0, count: frame.chairCount * ChairRow.allCases.count * frame.rows.words)
        for chair in 0..<frame.chairCount { fillChair(&chairRows, chair, holds[chair], roster, frame) }
        var personRows = [UInt64](repeating: 0, count: frame.personCount * frame.rowsPerPerson * frame.rows.words)
        for person in 0..<frame.personCount { fillPerson(&personRows, person, runs[person], roster, frame) }
        self.chairRows = chairRows
        self.personRows = personRows
        loads = runs
        workloadHours = runs.map(wholeHours)
        crowd = crowding(bookings, roster, frame)
        patientHashes = bookings.map(\.patient.hashValue)
    }

    /// The board with another visit list, on which only the given visit is new or gone: only its chair's and its
    /// persons' rows are made anew.
    private init(_ old: DayBoard, bookings: [Booking], changed: Booking) {
        frame = old.frame
        roster = old.roster
        self.bookings = bookings
        var chairRows = old.chairRows
        if let chair = frame.chairIndex[changed.placement.chair] {
            let holds = bookings.filter { $0.placement.chair == changed.placement.chair }.map(\.holdInterval)
            fillChair(&chairRows, chair, holds.merged(), roster, frame)
        }
        self.chairRows = chairRows
        var personRows = old.personRows
        var loads = old.loads
        var hours = old.workloadHours
        for id in Set(changed.placement.persons + changed.placement.covers.map(\.person)) {
            guard let person = frame.personIndex[id] else { continue }
            loads[person] = loadRuns(of: id, in: bookings, onDuty: roster.onDuty[person])
            hours[person] = wholeHours(loads[person])
            fillPerson(&personRows, person, loads[person], roster, frame)
        }
        self.personRows = personRows
        self.loads = loads
        workloadHours = hours
        crowd = crowding(bookings, roster, frame)
        patientHashes = bookings.map(\.patient.hashValue)
    }

    /// The board in a frame with one more chair, one more person, or both, last in order, as the roster has them.
    init(_ old: DayBoard, frame: BoardFrame, roster: DayRoster) {
        self.frame = frame
        self.roster = roster
        bookings = old.bookings
        let words = frame.rows.words
        let chairs = frame.chairCount * ChairRow.allCases.count * words
        var chairRows = old.chairRows + [UInt64](repeating: 0, count: chairs - old.chairRows.count)
        for chair in old.frame.chairCount..<frame.chairCount { fillChair(&chairRows, chair, [], roster, frame) }
        let persons = frame.personCount * frame.rowsPerPerson * words
        var personRows = old.personRows + [UInt64](repeating: 0, count: persons - old.personRows.count)
        for person in old.frame.personCount..<frame.personCount { fillPerson(&personRows, person, [], roster, frame) }
        self.chairRows = chairRows
        self.personRows = personRows
        let newcomers = frame.personCount - old.frame.personCount
        loads = old.loads + [[LoadRun]](repeating: [], count: newcomers)
        workloadHours = old.workloadHours + [Int](repeating: 0, count: newcomers)
        crowd = old.crowd
        patientHashes = old.patientHashes
    }

    func adding(_ booking: Booking) -> DayBoard {
        DayBoard(self, bookings: bookings + [booking], changed: booking)
    }

    func removing(_ id: VisitID) -> DayBoard {
        guard let gone = bookings.first(where: { $0.id == id }) else { return self }
        return DayBoard(self, bookings: bookings.filter { $0.id != id }, changed: gone)
    }
}

/// What all boards of a calendar have in common: sizes, indices, load levels.
struct BoardFrame: Sendable {
    /// Minutes of a bit: the grid, or less where a change of clocks is no multiple of the grid.
    let slotMinutes: Int
    /// How many slots of the day lie before the one of bit 0.
    let firstSlot: Int
    let rows: BitRows
    /// Slots for which the counters of a day have room.
    let slotCount: Int
    let tailMinutes: Int
    let chairIndex: [ChairID: Int]
    let personIndex: [PersonID: Int]
    let capacities: [Int]
    /// The loads for which boards keep a row a person: all that the clinic's visit types use.
    let loadLevels: [Int]
    let shortestHold: Int
    let weights: Weights
    /// The slots of a day of even clock at which visits may start.
    let evenStarts: [UInt64]

    var chairCount: Int { chairIndex.count }
    var personCount: Int { personIndex.count }
    var rowsPerPerson: Int { DayBoard.PersonRow.allCases.count + loadLevels.count }

    /// The longest day there is: clocks go back three hours.
    static let longestDayMinutes = 27 * 60

    init(_ facility: Facility) {
        // Clocks change by multiples of half an hour; a start after such a change must still fall on a slot.
        slotMinutes = greatestCommonDivisor(facility.gridMinutes, 30)
        let tail = max(facility.visitTypes.map(\.turnoverMinutes).max() ?? 0, 60)
        tailMinutes = tail
        let hull = busyHull(of: facility)
        firstSlot = hull.from / slotMinutes
        slotCount = (hull.until + tail) / slotMinutes + 1 - firstSlot
        rows = BitRows(words: (slotCount + 63) / 64)
        chairIndex = Dictionary(
            facility.chairs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        personIndex = Dictionary(
            facility.staff.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        capacities = facility.staff.map(\.capacityPercent)
        loadLevels = Set(facility.visitTypes.flatMap { $0.stages.flatMap(\.load.values) }).union([0]).sorted()
        shortestHold = facility.shortestHold
        weights = facility.planning.weights
        var starts = [UInt64](repeating: 0, count: rows.words)
        for slot in 0..<slotCount {
            let minute = (firstSlot + slot) * slotMinutes
            if minute % facility.startEveryMinutes == 0 && minute < 1440 {
                starts[slot >> 6] |= 1 << UInt64(slot & 63)
            }
        }
        evenStarts = starts
    }

    /// The elapsed minute at which a slot begins.
    func minute(of slot: Int) -> Int { (firstSlot + slot) * slotMinutes }

    /// The first slot that does not begin before a minute.
    private func slot(notBefore minute: Int) -> Int {
        max(0, (max(0, minute) + slotMinutes - 1) / slotMinutes - firstSlot)
    }

    /// The slot in which a minute lies; the first for minutes before it.
    private func slot(of minute: Int) -> Int { max(0, max(0, minute) / slotMinutes - firstSlot) }

    /// The slots that lie wholly within an interval.
    func slots(within interval: Interval) -> Range<Int> {
        let first = slot(notBefore: interval.from)
        return first..<max(first, slot(of: interval.until))
    }

    /// The slots that share a minute with an interval.
    func slots(touching interval: Interval) -> Range<Int> {
        let first = slot(of: interval.from)
        return first..<max(first, slot(notBefore: interval.until))
    }

    /// The slots whose first minute lies in [from, until).
    func slots(startingFrom from: Int, until: Int) -> Range<Int> {
        let first = slot(notBefore: from)
        return first..<max(first, slot(notBefore: until))
    }
}

/// The minutes of a day between which anything can be planned: when the clinic may be open or somebody on duty, and two
/// hours on either side for days on which clocks change. The whole day where some visit needs nobody.
private func busyHull(of facility: Facility) -> Interval {
    let whole = Interval(0, BoardFrame.longestDayMinutes)
    let shifts = facility.staff.flatMap(\.shifts).map(\.hours)
    let windows = Array(facility.hours.values.joined()) + facility.openings.map(\.hours) + shifts
    guard let from = windows.map(\.from).min(), let until = windows.map(\.until).max(),
        facility.visitTypes.allSatisfy({ !$0.attendants.isEmpty })
    else { return whole }
    return whole.intersection(Interval(max(0, from - 120), until + 120)) ?? whole
}

func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
}

/// The cost term `workload` counts whole hours: load percent × minutes / 100 / 60, rounded down.
func wholeHours(_ runs: [LoadRun]) -> Int {
    runs.reduce(0) { $0 + $1.load * $1.interval.minutes } / 6000
}

private func holdsByChair(_ bookings: [Booking], _ frame: BoardFrame) -> [[Interval]] {
    var holds = [[Interval]](repeating: [], count: frame.chairCount)
    for booking in bookings {
        if let chair = frame.chairIndex[booking.placement.chair] { holds[chair].append(booking.holdInterval) }
    }
    return holds.map { $0.merged() }
}

private func loadsByPerson(_ bookings: [Booking], _ roster: DayRoster, _ frame: BoardFrame) -> [[LoadRun]] {
    var pieces = [[LoadRun]](repeating: [], count: frame.personCount)
    for booking in bookings {
        for id in Set(booking.placement.persons + booking.placement.covers.map(\.person)) {
            guard let person = frame.personIndex[id] else { continue }
            pieces[person] += loadPieces(of: id, in: booking, onDuty: roster.onDuty[person])
        }
    }
    return pieces.map(summed)
}

private func loadRuns(of person: PersonID, in bookings: [Booking], onDuty: [Interval]) -> [LoadRun] {
    summed(bookings.flatMap { loadPieces(of: person, in: $0, onDuty: onDuty) })
}

/// What a visit asks of one person, stage by stage: the labels they fill while on duty, and their covers for others;
/// zero loads too, for they are asked of nobody who carries more than they can.
package func carriedLoads(
    of person: PersonID, in booking: Booking, onDuty: [Interval]
) -> [(interval: Interval, load: Int)] {
    loadPieces(of: person, in: booking, onDuty: onDuty).map { ($0.interval, $0.load) }
}

private func loadPieces(of person: PersonID, in booking: Booking, onDuty: [Interval]) -> [LoadRun] {
    var pieces: [LoadRun] = []
    let type = booking.visitType
    let stages = zip(type.stages, type.stageIntervals.map { $0.shifted(by: booking.placement.start) })
    for (attendant, filled) in zip(type.filledLabels, booking.placement.persons) where filled == person {
        for (stage, interval) in stages {
            guard let load = stage.load[attendant.label] else { continue }
            pieces += onDuty.compactMap { $0.intersection(interval) }.map { LoadRun(interval: $0, load: load) }
        }
    }
    for cover in booking.placement.covers where cover.person == person {
        for (stage, interval) in stages {
            guard let load = stage.load[cover.label] else { continue }
            if let part = cover.interval.intersection(interval) { pieces.append(LoadRun(interval: part, load: load)) }
        }
    }
    return pieces
}

/// Overlapping pieces added up, as ascending runs of equal load; zero loads left out.
private func summed(_ pieces: [LoadRun]) -> [LoadRun] {
    let loaded = pieces.filter { $0.load > 0 }
    if loaded.isEmpty { return [] }
    let changes = loaded.flatMap { [($0.interval.from, $0.load), ($0.interval.until, -$0.load)] }
        .sorted { $0.0 < $1.0 }
    var runs: [LoadRun] = []
    var load = 0
    var since = changes[0].0
    for (minute, change) in changes {
        if load > 0, let interval = Interval(clipping: since, minute) {
            runs.append(LoadRun(interval: interval, load: load))
        }
        load += change
        since = minute
    }
    return runs
}

private func crowding(_ bookings: [Booking], _ roster: DayRoster, _ frame: BoardFrame) -> [Int32] {
    var crowd = [Int32](repeating: 0, count: frame.slotCount)
    for run in summed(bookings.map { LoadRun(interval: $0.visitInterval, load: 1) }) {
        for slot in frame.slots(touching: run.interval) where slot < frame.slotCount {
            crowd[slot] = max(crowd[slot], Int32(run.load))
        }
    }
    return crowd
}

private func fillChair(
    _ rows: inout [UInt64], _ chair: Int, _ holds: [Interval], _ roster: DayRoster, _ frame: BoardFrame
) {
    let words = frame.rows.words
    let stretches = roster.opening.intersecting(roster.inService[chair])
    rows.withUnsafeMutableBufferPointer { buffer in
        func row(_ kind: DayBoard.ChairRow) -> BitRow {
            buffer.baseAddress! + (chair * DayBoard.ChairRow.allCases.count + kind.rawValue) * words
        }
        for kind in DayBoard.ChairRow.allCases { frame.rows.clear(row(kind)) }
        for service in roster.inService[chair] { frame.rows.set(row(.inService), frame.slots(within: service)) }
        frame.rows.fill(row(.unheld))
        for hold in holds { frame.rows.unset(row(.unheld), frame.slots(touching: hold)) }
        for gap in stretches.subtracting(holds) {
            // 0 < start − gap.from < shortest, and 0 < gap.until − end < shortest.
            let latest = min(gap.from + frame.shortestHold, gap.until)
            frame.rows.set(row(.tightBefore), frame.slots(startingFrom: gap.from + 1, until: latest))
            let earliest = max(gap.until - frame.shortestHold, gap.from) + 1
            frame.rows.set(row(.tightAfter), frame.slots(startingFrom: earliest, until: gap.until))
        }
    }
}

private func fillPerson(
    _ rows: inout [UInt64], _ person: Int, _ loads: [LoadRun], _ roster: DayRoster, _ frame: BoardFrame
) {
    let words = frame.rows.words
    rows.withUnsafeMutableBufferPointer { buffer in
        let first = buffer.baseAddress! + person * frame.rowsPerPerson * words
        func row(_ kind: DayBoard.PersonRow) -> BitRow { first + kind.rawValue * words }
        for kind in DayBoard.PersonRow.allCases { frame.rows.clear(row(kind)) }
        for duty in roster.onDuty[person] {
            frame.rows.set(row(.onDutyThroughout), frame.slots(within: duty))
            frame.rows.set(row(.onDutySometime), frame.slots(touching: duty))
            frame.rows.set(row(.onDutyAtFirst), frame.slots(startingFrom: duty.from, until: duty.until))
        }
        for (index, level) in frame.loadLevels.enumerated() {
            let free = first + (DayBoard.PersonRow.allCases.count + index) * words
            fillFree(free, level, loads, frame.capacities[person], frame)
        }
    }
}

/// The slots in which a person with the given loads can carry another `level`.
func fillFree(_ row: BitRow, _ level: Int, _ loads: [LoadRun], _ capacity: Int, _ frame: BoardFrame) {
    guard level <= capacity else { return frame.rows.clear(row) }
    frame.rows.fill(row)
    for run in loads where run.load + level > capacity {
        frame.rows.unset(row, frame.slots(touching: run.interval))
    }
}
