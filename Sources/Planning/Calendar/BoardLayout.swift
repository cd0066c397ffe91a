/// The sizes, indices and levels of load that all boards of a calendar share.
struct BoardLayout: Sendable {
    /// The slots that bits stand for: the hours in which anything can happen.
    let grid: DayGrid
    let rows: BitRows
    /// Slots for which the counters of a day have room.
    let slotCount: Int
    let tailMinutes: Int
    let chairIndex: [ChairID: Int]
    /// Indices of the chairs in the order in which equal ones are taken.
    let chairOrder: [Int]
    let personIndex: [PersonID: Int]
    let capacities: [Int]
    /// The loads for which boards keep a row a person: all that the clinic's visit types use.
    let loadLevels: [Int]
    let shortestHold: Int
    /// Visits start at multiples of this on the clock.
    let startEveryMinutes: Int
    let weights: Weights
    /// The slots of a day of even clock at which visits may start.
    let evenStarts: [UInt64]

    var chairCount: Int { chairIndex.count }
    var personCount: Int { personIndex.count }
    /// The visit types of the clinic as boards keep rows for them.
    let types: [TypeNeeds]
    /// The lengths of holds, in slots, for which a board keeps a row a chair.
    let holdLengths: [Int]
    /// The lengths of visits, in slots, for which a board counts those beside them.
    let visitLengths: [Int]
    /// Labels of all visit types together.
    let labelCount: Int
    let mostLabels: Int

    var rowsPerChair: Int { BoardRows.ChairRow.count + holdLengths.count }
    var rowsPerPerson: Int { BoardRows.PersonRow.count + loadLevels.count + 2 * labelCount }
    var rowsPerType: Int { BoardRows.TypeRow.count + mostLabels }

    /// The longest day there is: clocks go back three hours.
    static let longestDayMinutes = 27 * 60

    init(_ facility: Facility) {
        // Clocks change by multiples of half an hour; a start after such a change must still fall on a slot.
        let slotMinutes = greatestCommonDivisor(facility.gridMinutes, 30)
        let tail = max(facility.visitTypes.map(\.turnoverMinutes).max() ?? 0, 60)
        tailMinutes = tail
        let hull = busyHull(of: facility)
        grid = DayGrid(slotMinutes: slotMinutes, firstSlot: hull.from / slotMinutes, slotLimit: nil)
        slotCount = (hull.until + tail) / slotMinutes + 1 - grid.firstSlot
        rows = BitRows(words: (slotCount + 63) / 64)
        chairIndex = Dictionary(
            facility.chairs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        chairOrder = facility.chairsByScarcity
        personIndex = Dictionary(
            facility.staff.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        capacities = facility.staff.map(\.capacityPercent)
        loadLevels = Set(facility.visitTypes.flatMap { $0.stages.flatMap(\.load.values) }).union([0]).sorted()
        shortestHold = facility.shortestHold
        startEveryMinutes = facility.startEveryMinutes
        weights = facility.planning.weights
        types = TypeNeeds.all(of: facility, slotMinutes: slotMinutes, loadLevels: loadLevels)
        holdLengths = distinct(types.map(\.holdSlots))
        visitLengths = distinct(types.map(\.lengthSlots))
        labelCount = types.reduce(0) { $0 + $1.labels.count }
        mostLabels = types.map(\.labels.count).max() ?? 0
        var starts = [UInt64](repeating: 0, count: rows.words)
        for slot in 0..<slotCount {
            let minute = grid.minute(of: slot)
            if minute % facility.startEveryMinutes == 0 && minute < 1440 {
                starts[slot >> 6] |= 1 << UInt64(slot & 63)
            }
        }
        evenStarts = starts
    }
}

/// The minutes of a day between which anything can be planned: when the clinic may be open or somebody on duty, and two
/// hours on either side for days on which clocks change. The whole day where some visit needs nobody.
private func busyHull(of facility: Facility) -> Interval {
    let whole = Interval(0, BoardLayout.longestDayMinutes)
    let shifts = facility.staff.flatMap(\.shifts).map(\.hours)
    let windows = Array(facility.hours.values.joined()) + facility.openings.map(\.hours) + shifts
    guard let from = windows.map(\.from).min(), let until = windows.map(\.until).max(),
        facility.visitTypes.allSatisfy({ !$0.attendants.isEmpty })
    else { return whole }
    return whole.intersection(Interval(max(0, from - 120), until + 120)) ?? whole
}

/// The values, each once, in the order in which they first come.
func distinct(_ values: [Int]) -> [Int] {
    values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}
