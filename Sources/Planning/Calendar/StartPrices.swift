/// For each visit type of a layout the starts at which it finds a chair on a day, in the order of what `crowding` and
/// `idle` cost there. A search takes the cheapest first and need not sort.
struct StartPrices: Sendable {
    /// A start, and what it costs whoever comes and attends.
    struct Start: Sendable {
        let slot: Int32
        let price: Int32
    }

    private let starts: [Start]
    /// Where each type's starts end.
    private let ends: [Int]

    init(_ rows: BoardRows, _ calendar: DayCalendar, crowdOver: [Int32]) {
        let layout = rows.layout
        let scratch = RowStore(count: 2 * layout.rows.words)
        let (clock, open) = (scratch.words, scratch.words + layout.rows.words)
        fillStartSlots(of: calendar, layout, into: clock)
        var starts: [Start] = []
        var ends: [Int] = []
        for (index, type) in layout.types.enumerated() {
            let (none, one) = (rows.type(index, .idleNone), rows.type(index, .idleOne))
            let crowd = type.length * layout.slotCount
            layout.rows.and(open, clock, rows.type(index, .anyChair))
            var keys: [Int] = []
            // Later ones reach beyond all hours at which the clinic may be open.
            let end = layout.slotCount - type.lengthSlots
            if end < 64 * layout.rows.words { layout.rows.unset(open, max(0, end + 1)..<(64 * layout.rows.words)) }
            layout.rows.forEachBit(open) { slot in
                let idle = layout.rows.contains(none, slot) ? 0 : layout.rows.contains(one, slot) ? 1 : 2
                let price = layout.weights.crowding * Int(crowdOver[crowd + slot]) + layout.weights.idle * idle
                keys.append(price << 16 | slot)
            }
            keys.sort()
            starts += keys.map { Start(slot: Int32($0 & 0xffff), price: Int32(clamping: $0 >> 16)) }
            ends.append(starts.count)
        }
        self.starts = starts
        self.ends = ends
    }

    /// The starts of a type, cheapest first.
    func starts(of type: Int) -> ArraySlice<Start> { starts[(type == 0 ? 0 : ends[type - 1])..<ends[type]] }
}

/// The slots at which visits may start on a day: the clock shows a multiple of `startEveryMinutes`.
func fillStartSlots(of day: DayCalendar, _ layout: BoardLayout, into row: BitRow) {
    if day.hasEvenClock {
        layout.evenStarts.withUnsafeBufferPointer { layout.rows.copy(row, from: $0.baseAddress!) }
        return
    }
    layout.rows.clear(row)
    for clock in stride(from: 0, to: 1440, by: layout.startEveryMinutes) {
        for elapsed in day.elapsed(showing: clock) where elapsed % layout.grid.slotMinutes == 0 {
            layout.rows.set(row, layout.grid.slots(touching: Interval(elapsed, elapsed + 1)))
        }
    }
}
