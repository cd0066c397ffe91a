/// A person's load over a stretch of a day.
struct LoadStretch: Hashable, Sendable {
    let interval: Interval
    let load: Int
}

/// When a visit takes which chair, and when it is in progress, elapsed minutes.
struct OccupiedPlace: Sendable {
    /// Index of the chair; -1 where the clinic has it no more.
    let chair: Int
    let visit: Interval
    let hold: Interval

    init(_ booking: Booking, _ layout: BoardLayout) {
        chair = layout.chairIndex[booking.placement.chair] ?? -1
        visit = booking.visitInterval
        hold = booking.holdInterval
    }
}

/// One day of the clinic as the search reads it: roster and visits compiled to rows of bits and small counters, a bit a
/// slot. Immutable: a change makes a new board and shares what it can.
package final class DayBoard: Sendable {
    let layout: BoardLayout
    let roster: DayRoster
    /// The visits that occupy their places on this day, in the order in which they were added.
    package let bookings: [Booking]
    let rows: BoardRows
    /// Each person's load over the day, minute exact, ascending, zero loads left out.
    let loads: [[LoadStretch]]
    /// Whole hours of load that each person carries (cost term `workload`).
    let workloadHours: [Int]
    /// The largest number of visits in progress at any moment of each slot.
    let crowd: [Int32]
    /// The same for whole visits: by visit length of the layout and the slot at which one starts, `slotCount` figures a
    /// length.
    let crowdOver: [Int32]
    /// The starts of each visit type by what they cost; nil on a board that stands for a remedy and is asked for few.
    let starts: StartPrices?
    /// Where the visits are, for figures that ask about all of them.
    let occupied: [OccupiedPlace]
    /// Hashes of the patients who have a visit this day: a look at numbers before one at names.
    let patientHashes: [Int]

    /// Whether a patient has a visit this day.
    func hasVisit(of patient: PatientID, hash: Int) -> Bool {
        patientHashes.contains(hash) && bookings.contains { $0.patient == patient }
    }

    package var calendar: DayCalendar { roster.calendar }

    /// The clinic's opening, elapsed minutes.
    package var opening: [Interval] { roster.opening }

    init(layout: BoardLayout, roster: DayRoster, bookings: [Booking]) {
        self.layout = layout
        self.roster = roster
        self.bookings = bookings
        loads = loadsByPerson(bookings, roster, layout)
        rows = BoardRows(layout, roster, holds: holdsByChair(bookings, layout), loads: loads)
        workloadHours = loads.map(wholeHours)
        crowd = crowding(bookings, layout)
        crowdOver = crowding(over: crowd, layout)
        starts = StartPrices(rows, roster.calendar, crowdOver: crowdOver)
        occupied = bookings.map { [layout] in OccupiedPlace($0, layout) }
        patientHashes = bookings.map(\.patient.hashValue)
    }

    /// The board with another visit list, on which only the given visit is new or gone: only its chair's and its
    /// persons' rows are made anew.
    private init(_ old: DayBoard, bookings: [Booking], changed: Booking) {
        layout = old.layout
        roster = old.roster
        self.bookings = bookings
        let chair = layout.chairIndex[changed.placement.chair].map { index in
            let holds = bookings.filter { $0.placement.chair == changed.placement.chair }.map(\.holdInterval)
            return (index: index, holds: holds.merged())
        }
        var loads = old.loads
        var hours = old.workloadHours
        var changedLoads: [Int: [LoadStretch]] = [:]
        for id in Set(changed.placement.persons + changed.placement.covers.map(\.person)) {
            guard let person = layout.personIndex[id] else { continue }
            loads[person] = loadRuns(of: id, in: bookings, onDuty: roster.onDuty[person])
            hours[person] = wholeHours(loads[person])
            changedLoads[person] = loads[person]
        }
        rows = BoardRows(old.rows, roster, chair: chair, loads: changedLoads)
        self.loads = loads
        workloadHours = hours
        crowd = crowding(bookings, layout)
        crowdOver = crowding(over: crowd, layout)
        starts = StartPrices(rows, roster.calendar, crowdOver: crowdOver)
        occupied = bookings.map { [layout] in OccupiedPlace($0, layout) }
        patientHashes = bookings.map(\.patient.hashValue)
    }

    /// The board in a layout with one more chair, one more person, or both, last in order, as the roster has them.
    init(_ old: DayBoard, layout: BoardLayout, roster: DayRoster) {
        self.layout = layout
        self.roster = roster
        bookings = old.bookings
        rows = BoardRows(old.rows, layout: layout, roster)
        let newcomers = layout.personCount - old.layout.personCount
        loads = old.loads + [[LoadStretch]](repeating: [], count: newcomers)
        workloadHours = old.workloadHours + [Int](repeating: 0, count: newcomers)
        crowd = old.crowd
        crowdOver = old.crowdOver
        starts = nil
        occupied = old.occupied
        patientHashes = old.patientHashes
    }

    func adding(_ booking: Booking) -> DayBoard {
        DayBoard(self, bookings: bookings + [booking], changed: booking)
    }

    func replacing(_ gone: Set<VisitID>, with others: [Booking]) -> DayBoard {
        DayBoard(layout: layout, roster: roster, bookings: bookings.filter { !gone.contains($0.id) } + others)
    }

    /// The board without a visit; of what it left elsewhere the chair alone stays taken.
    func removing(_ id: VisitID) -> DayBoard {
        guard let gone = bookings.first(where: { $0.id == id }) else { return self }
        let rest = DayBoard(self, bookings: bookings.filter { $0.id != id }, changed: gone)
        guard let kept = bookings.first(where: { $0.keptFor == id }) else { return rest }
        return DayBoard(
            rest, bookings: rest.bookings.map { $0.id == kept.id ? kept.withoutPersons : $0 }, changed: kept)
    }
}

func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
}

/// The cost term `workload` counts whole hours: load percent × minutes / 100 / 60, rounded down.
func wholeHours(_ runs: [LoadStretch]) -> Int {
    runs.reduce(0) { $0 + $1.load * $1.interval.minutes } / 6000
}

private func holdsByChair(_ bookings: [Booking], _ layout: BoardLayout) -> [[Interval]] {
    var holds = [[Interval]](repeating: [], count: layout.chairCount)
    for booking in bookings {
        if let chair = layout.chairIndex[booking.placement.chair] { holds[chair].append(booking.holdInterval) }
    }
    return holds.map { $0.merged() }
}

private func loadsByPerson(_ bookings: [Booking], _ roster: DayRoster, _ layout: BoardLayout) -> [[LoadStretch]] {
    var pieces = [[LoadStretch]](repeating: [], count: layout.personCount)
    for booking in bookings {
        for id in Set(booking.placement.persons + booking.placement.covers.map(\.person)) {
            guard let person = layout.personIndex[id] else { continue }
            pieces[person] += loadPieces(of: id, in: booking, onDuty: roster.onDuty[person])
        }
    }
    return pieces.map(summed)
}

private func loadRuns(of person: PersonID, in bookings: [Booking], onDuty: [Interval]) -> [LoadStretch] {
    summed(bookings.flatMap { loadPieces(of: person, in: $0, onDuty: onDuty) })
}

/// What a visit asks of one person, stage by stage: the labels they fill while on duty, and their covers for others;
/// zero loads too, for they are asked of nobody who carries more than they can.
package func carriedLoads(
    of person: PersonID, in booking: Booking, onDuty: [Interval]
) -> [(interval: Interval, load: Int)] {
    loadPieces(of: person, in: booking, onDuty: onDuty).map { ($0.interval, $0.load) }
}

private func loadPieces(of person: PersonID, in booking: Booking, onDuty: [Interval]) -> [LoadStretch] {
    var pieces: [LoadStretch] = []
    let type = booking.visitType
    let stages = zip(type.stages, type.stageIntervals.map { $0.shifted(by: booking.placement.start) })
    for (attendant, filled) in zip(type.filledLabels, booking.placement.persons) where filled == person {
        for (stage, interval) in stages {
            guard let load = stage.load[attendant.label] else { continue }
            pieces += onDuty.compactMap { $0.intersection(interval) }.map { LoadStretch(interval: $0, load: load) }
        }
    }
    for cover in booking.placement.covers where cover.person == person {
        for (stage, interval) in stages {
            guard let load = stage.load[cover.label] else { continue }
            guard let part = cover.interval.intersection(interval) else { continue }
            pieces.append(LoadStretch(interval: part, load: load))
        }
    }
    return pieces
}

/// Overlapping pieces added up, as ascending runs of equal load; zero loads left out.
func summed(_ pieces: [LoadStretch]) -> [LoadStretch] {
    let loaded = pieces.filter { $0.load > 0 }
    if loaded.isEmpty { return [] }
    let changes = loaded.flatMap { [($0.interval.from, $0.load), ($0.interval.until, -$0.load)] }
        .sorted { $0.0 < $1.0 }
    var runs: [LoadStretch] = []
    var load = 0
    var since = changes[0].0
    for (minute, change) in changes {
        if load > 0, let interval = Interval(clipping: since, minute) {
            runs.append(LoadStretch(interval: interval, load: load))
        }
        load += change
        since = minute
    }
    return runs
}
