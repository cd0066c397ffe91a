/// The rows of bits of one board: its chairs, persons and visit types. Made whole, or from those of another board with
/// a change.
struct BoardRows: Sendable {
    /// The rows of a chair; a row for each hold length of the layout follows, with the starts at which such a hold
    /// fits.
    enum ChairRow: Int {
        /// The chair is in service through the slot.
        case inService
        /// No hold touches the slot.
        case unheld
        /// A hold that begins at this slot leaves a useless idle stretch before it.
        case tightBefore
        /// A hold that ends at this slot leaves a useless idle stretch after it.
        case tightAfter

        static var count: Int { tightAfter.rawValue + 1 }
    }

    /// The rows of a person; rows for each load level of the layout follow, and two for each label of its visit types:
    /// the starts at which the person fills it, without an absence and with covers if there are any.
    enum PersonRow: Int {
        /// On duty through the slot.
        case onDutyThroughout
        /// On duty during some of the slot.
        case onDutySometime
        /// On duty at the slot's first minute.
        case onDutyAtFirst

        static var count: Int { onDutyAtFirst.rawValue + 1 }
    }

    /// The rows of a visit type; a row for each of its labels follows, with the starts at which somebody fills it
    /// without an absence.
    enum TypeRow: Int {
        /// The starts at which every label that names nobody is filled.
        case present
        /// The starts at which some chair is free.
        case anyChair
        /// Of these, the starts at which some chair leaves at most one useless idle stretch, and none.
        case idleOne
        case idleNone

        static var count: Int { idleNone.rawValue + 1 }
    }

    let layout: BoardLayout
    private let chairs: RowStore
    private let persons: RowStore
    private let types: RowStore

    func chair(_ chair: Int, _ row: ChairRow) -> BitRow {
        chairs.words + (chair * layout.rowsPerChair + row.rawValue) * layout.rows.words
    }

    /// The starts at which a hold of one of the layout's lengths fits on a chair.
    func chair(_ chair: Int, fitting hold: Int) -> BitRow {
        chairs.words + (chair * layout.rowsPerChair + ChairRow.count + hold) * layout.rows.words
    }

    func person(_ person: Int, _ row: PersonRow) -> BitRow {
        persons.words + (person * layout.rowsPerPerson + row.rawValue) * layout.rows.words
    }

    /// The slots in which a person can carry another load of one of the layout's levels.
    func person(_ person: Int, free level: Int) -> BitRow {
        persons.words + (person * layout.rowsPerPerson + PersonRow.count + level) * layout.rows.words
    }

    /// The starts at which a person fills a label of the layout's types without an absence.
    func person(_ person: Int, whole label: Int) -> BitRow {
        let row = PersonRow.count + layout.loadLevels.count + 2 * label
        return persons.words + (person * layout.rowsPerPerson + row) * layout.rows.words
    }

    /// The starts at which a person could fill a label of the layout's types if covers are found for their absences.
    func person(_ person: Int, covered label: Int) -> BitRow { self.person(person, whole: label) + layout.rows.words }

    /// When a person is on duty.
    func duty(of person: Int) -> DutyRows {
        DutyRows(
            throughout: self.person(person, .onDutyThroughout), sometime: self.person(person, .onDutySometime),
            atFirst: self.person(person, .onDutyAtFirst))
    }

    func type(_ type: Int, _ row: TypeRow) -> BitRow {
        types.words + (type * layout.rowsPerType + row.rawValue) * layout.rows.words
    }

    /// The starts at which somebody fills a label, by its index in the type, without an absence.
    func type(_ type: Int, someone label: Int) -> BitRow {
        types.words + (type * layout.rowsPerType + TypeRow.count + label) * layout.rows.words
    }
}

// MARK: Making

extension BoardRows {
    /// The rows of a day with the given holds by chair and loads by person.
    init(_ layout: BoardLayout, _ roster: DayRoster, holds: [[Interval]], loads: [[LoadStretch]]) {
        self.layout = layout
        chairs = RowStore(count: layout.chairCount * layout.rowsPerChair * layout.rows.words)
        persons = RowStore(count: layout.personCount * layout.rowsPerPerson * layout.rows.words)
        types = RowStore(count: layout.types.count * layout.rowsPerType * layout.rows.words)
        let filling = BoardFilling(self, roster)
        for chair in 0..<layout.chairCount { filling.fillChair(chair, holds[chair]) }
        for person in 0..<layout.personCount { filling.fillPerson(person, loads[person]) }
        filling.fillPresences()
        filling.fillChairSums { _ in true }
        filling.fillPersonSums()
    }

    /// The rows of another board with the holds of one chair and the loads of some persons changed.
    init(_ old: BoardRows, _ roster: DayRoster, chair: (index: Int, holds: [Interval])?, loads: [Int: [LoadStretch]]) {
        layout = old.layout
        chairs = chair == nil ? old.chairs : RowStore(copying: old.chairs, count: old.chairs.count)
        persons = loads.isEmpty ? old.persons : RowStore(copying: old.persons, count: old.persons.count)
        types = RowStore(copying: old.types, count: old.types.count)
        let filling = BoardFilling(self, roster)
        if let chair {
            filling.fillChair(chair.index, chair.holds)
            filling.fillChairSums { $0.chairs.contains(chair.index) }
        }
        for (person, runs) in loads { filling.fillPerson(person, runs) }
        if !loads.isEmpty { filling.fillPersonSums() }
    }

    /// The rows of a board in a layout with one more chair, one more person, or both, last in order, without visits.
    init(_ old: BoardRows, layout: BoardLayout, _ roster: DayRoster) {
        self.layout = layout
        let words = layout.rows.words
        chairs = RowStore(copying: old.chairs, count: layout.chairCount * layout.rowsPerChair * words)
        persons = RowStore(copying: old.persons, count: layout.personCount * layout.rowsPerPerson * words)
        types = RowStore(copying: old.types, count: old.types.count)
        let filling = BoardFilling(self, roster)
        for chair in old.layout.chairCount..<layout.chairCount {
            filling.fillChair(chair, [])
            filling.addToSums(chair: chair)
        }
        for person in old.layout.personCount..<layout.personCount {
            filling.fillPerson(person, [])
            filling.addToSums(person: person)
        }
        if old.layout.personCount < layout.personCount { filling.fillPresences() }
    }
}

/// Fills rows of a board that is being made.
private struct BoardFilling {
    let board: BoardRows
    let roster: DayRoster
    private let scratch: RowStore
    private var layout: BoardLayout { board.layout }
    private var rows: BitRows { board.layout.rows }

    init(_ board: BoardRows, _ roster: DayRoster) {
        self.board = board
        self.roster = roster
        scratch = RowStore(count: 2 * board.layout.rows.words)
    }

    func fillChair(_ chair: Int, _ holds: [Interval]) {
        let stretches = roster.opening.intersecting(roster.inService[chair])
        let inService = board.chair(chair, .inService)
        let unheld = board.chair(chair, .unheld)
        let (before, after) = (board.chair(chair, .tightBefore), board.chair(chair, .tightAfter))
        for row in [inService, before, after] { rows.clear(row) }
        for service in roster.inService[chair] { rows.set(inService, layout.grid.slots(within: service)) }
        rows.fill(unheld)
        for hold in holds { rows.unset(unheld, layout.grid.slots(touching: hold)) }
        for gap in stretches.subtracting(holds) {
            // 0 < start − gap.from < shortest, and 0 < gap.until − end < shortest.
            let latest = min(gap.from + layout.shortestHold, gap.until)
            rows.set(before, layout.grid.slots(startingFrom: gap.from + 1, until: latest))
            let earliest = max(gap.until - layout.shortestHold, gap.from) + 1
            rows.set(after, layout.grid.slots(startingFrom: earliest, until: gap.until))
        }
        for (index, slots) in layout.holdLengths.enumerated() {
            let fits = board.chair(chair, fitting: index)
            rows.and(fits, inService, unheld)
            rows.erode(fits, length: slots)
        }
    }

    func fillPerson(_ person: Int, _ loads: [LoadStretch]) {
        let duty = board.duty(of: person)
        rows.fillDuty(duty, roster.onDuty[person], layout.grid)
        for (index, level) in layout.loadLevels.enumerated() {
            fillFree(board.person(person, free: index), for: level, beside: loads, of: person, layout)
        }
        for type in layout.types {
            for (label, need) in type.labels.enumerated() {
                fillLabel(need, type.firstLabel + label, person, duty)
            }
        }
    }

    private func fillLabel(_ need: LabelNeed, _ label: Int, _ person: Int, _ duty: DutyRows) {
        let whole = board.person(person, whole: label)
        let covered = board.person(person, covered: label)
        rows.clear(whole)
        rows.clear(covered)
        guard need.qualifies(person, on: roster.calendar.day), !roster.onDuty[person].isEmpty else { return }
        func free(_ span: LabelNeed.Span) -> UnsafePointer<UInt64> {
            // The layout has a level for every load of its types.
            UnsafePointer(board.person(person, free: span.level!))
        }
        rows.fill(whole)
        rows.keepWhole(whole, need, duty.throughout, scratch.words, free: free)
        guard need.hasHandover else { return }
        rows.fill(covered)
        rows.formAndNot(covered, whole)
        rows.keepCovered(covered, need, duty, scratch.words, free: free)
    }

    /// The part of `attendant-on-duty` that names nobody, for every type.
    func fillPresences() {
        for (index, type) in layout.types.enumerated() {
            let present = board.type(index, .present)
            rows.fill(present)
            for need in type.presences {
                rows.fillPresence(scratch.words, need, roster, layout.grid)
                rows.keepPresence(present, need, scratch.words, scratch.words + rows.words)
            }
        }
    }

    /// Sums up the chairs of each type that is asked for.
    func fillChairSums(of isAsked: (TypeNeeds) -> Bool) {
        for (index, type) in layout.types.enumerated() where isAsked(type) {
            for row in [BoardRows.TypeRow.anyChair, .idleOne, .idleNone] { rows.clear(board.type(index, row)) }
            let crossing = crossing(of: type)
            for chair in type.chairs { add(chair, to: index, type, crossing) }
        }
    }

    private func crossing(of type: TypeNeeds) -> BitRow {
        rows.fillCrossing(scratch.words, hold: type.type.hold, roster.opening, layout.grid)
        return scratch.words
    }

    private func add(_ chair: Int, to index: Int, _ type: TypeNeeds, _ crossing: BitRow) {
        rows.addChair(
            fits: board.chair(chair, fitting: type.hold), board.chair(chair, .tightBefore),
            board.chair(chair, .tightAfter), holdSlots: type.holdSlots, crossing: crossing,
            into: ChairSums(
                any: board.type(index, .anyChair), one: board.type(index, .idleOne),
                none: board.type(index, .idleNone)))
    }

    func addToSums(chair: Int) {
        for (index, type) in layout.types.enumerated() where type.chairs.contains(chair) {
            add(chair, to: index, type, crossing(of: type))
        }
    }

    /// Sums up who fills each label.
    func fillPersonSums() {
        for (index, type) in layout.types.enumerated() {
            for label in type.labels.indices { rows.clear(board.type(index, someone: label)) }
        }
        for person in 0..<layout.personCount { addToSums(person: person) }
    }

    func addToSums(person: Int) {
        for (index, type) in layout.types.enumerated() {
            for label in type.labels.indices {
                rows.formOr(board.type(index, someone: label), board.person(person, whole: type.firstLabel + label))
            }
        }
    }
}

/// Fills the slots in which a person can carry another load beside the given ones.
func fillFree(_ row: BitRow, for level: Int, beside loads: [LoadStretch], of person: Int, _ layout: BoardLayout) {
    let capacity = layout.capacities[person]
    guard level <= capacity else { return layout.rows.clear(row) }
    layout.rows.fill(row)
    for run in loads where run.load + level > capacity {
        layout.rows.unset(row, layout.grid.slots(touching: run.interval))
    }
}

/// The largest number of visits in progress at any moment of each slot.
func crowding(_ bookings: [Booking], _ layout: BoardLayout) -> [Int32] {
    var crowd = [Int32](repeating: 0, count: layout.slotCount)
    for run in summed(bookings.map { LoadStretch(interval: $0.visitInterval, load: 1) }) {
        for slot in layout.grid.slots(touching: run.interval) where slot < layout.slotCount {
            crowd[slot] = max(crowd[slot], Int32(run.load))
        }
    }
    return crowd
}

/// For each visit length of the layout and each slot the largest number of visits in progress during a visit that
/// starts there: `slotCount` figures a length.
func crowding(over crowd: [Int32], _ layout: BoardLayout) -> [Int32] {
    layout.visitLengths.flatMap { length in
        // The maximum of stretches of doubled length, until they reach the length.
        var most = crowd
        var reach = 1
        while reach < length {
            let step = min(reach, length - reach)
            for slot in 0..<max(0, most.count - step) { most[slot] = max(most[slot], most[slot + step]) }
            reach += step
        }
        return most
    }
}
