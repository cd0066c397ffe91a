/// How the minutes of a day fall into slots, a bit of a row each.
struct DayGrid: Sendable {
    /// Minutes of a slot: the clinic's grid, or less where a change of clocks is no multiple of it.
    let slotMinutes: Int
    /// Slots of the day before the one of bit 0: no row has them.
    let firstSlot: Int
    /// The slots that an engine has counters for; nil where rows cut off what is beyond them.
    let slotLimit: Int?

    /// The elapsed minute at which a slot begins.
    func minute(of slot: Int) -> Int { (firstSlot + slot) * slotMinutes }

    /// The slots that lie wholly within an interval.
    func slots(within interval: Interval) -> Range<Int> { range(notBefore(interval.from), slot(of: interval.until)) }

    /// The slots that share a minute with an interval.
    func slots(touching interval: Interval) -> Range<Int> { range(slot(of: interval.from), notBefore(interval.until)) }

    /// The slots whose first minute lies in [from, until).
    func slots(startingFrom from: Int, until: Int) -> Range<Int> { range(notBefore(from), notBefore(until)) }

    /// The first slot that does not begin before a minute.
    private func notBefore(_ minute: Int) -> Int { (max(0, minute) + slotMinutes - 1) / slotMinutes - firstSlot }

    /// The slot in which a minute lies; minutes before the day count as its first.
    private func slot(of minute: Int) -> Int { max(0, minute) / slotMinutes - firstSlot }

    private func range(_ first: Int, _ end: Int) -> Range<Int> {
        let limit = slotLimit ?? Int.max
        let from = min(max(0, first), limit)
        return from..<min(max(from, end), limit)
    }
}
