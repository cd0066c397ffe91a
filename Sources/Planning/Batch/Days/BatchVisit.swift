/// A visit in its place: which chair of its pool is settled at the end.
struct BatchVisit {
    let day: Int
    let pool: Int
    let attendant: Int
    /// When it starts, and who attends.
    let staffed: StaffedStart

    var slot: Int { staffed.slot }
}

/// The loads of the days of a batch, slot by slot: a person must carry in a slot whatever shares a minute with it.
struct BatchLoads: CarriedLoads {
    let days: BatchDays
    let day: Int

    func peak(of person: Int, in interval: Interval, with own: [AskedLoad]) -> Int {
        var peak = 0
        for slot in days.grid.slots(touching: interval) {
            var sum = days.load(day, person, slot: slot)
            for asked in own where asked.person == person && days.grid.slots(touching: asked.interval).contains(slot) {
                sum += asked.load
            }
            peak = max(peak, sum)
        }
        return peak
    }
}

extension BatchKind {
    /// Adds a visit to its day, or takes it away.
    func occupy(_ visit: BatchVisit, adding: Bool) {
        let sign = adding ? 1 : -1
        days.hold(visit.day, pool: visit.pool, visit.slot..<(visit.slot + kind.holdSlots), by: Int16(sign))
        for (label, person) in visit.staffed.persons.enumerated() {
            for span in kind.labels[label].spans where span.load > 0 {
                let from = visit.slot + span.fromSlot
                days.carry(
                    visit.day, person, from..<(from + span.slots), load: sign * span.load,
                    whileOnDuty: !visit.staffed.covers.isEmpty)
            }
        }
        for cover in visit.staffed.covers where cover.load > 0 {
            days.carry(
                visit.day, cover.person, days.grid.slots(touching: cover.interval), load: sign * cover.load,
                whileOnDuty: false)
        }
    }
}
