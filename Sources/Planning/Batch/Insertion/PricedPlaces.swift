/// The places of a kind of visit with their prices: for each day the starts, and for each attendant what a start pays.
/// Covers pay nothing, and of several labels each takes its cheapest person: what is paid is a bound.
final class PricedPlaces {
    let kind: BatchKind
    private let capacity: CapacityPrices
    /// By day, the slots at which a visit may start on the days as they were at first.
    let starts: [[Int]]
    /// By day, for each attendant and start, the price in 1,024ths of a unit of cost; `impossible` where the attendant
    /// cannot.
    private let table: UnsafeMutablePointer<Int32>
    private let offsets: [Int]
    private let mayStart: [Bool]
    /// By day, label and start, the persons who could fill the label; for labels other than the continuity one.
    private let fillers: [[[[Int]]]]

    static let impossible: Int32 = 1 << 29

    /// The places of a kind on days that hold only what stays.
    init(_ kind: BatchKind, _ capacity: CapacityPrices) {
        self.kind = kind
        self.capacity = capacity
        let days = capacity.days
        let attendants = kind.kind.attendants.count
        var starts: [[Int]] = []
        var offsets: [Int] = []
        var may: [Bool] = []
        var fillers: [[[[Int]]]] = []
        for day in 0..<days.count {
            offsets.append(may.count)
            var slots: [Int] = []
            if kind.refresh(day) { days.rows.forEachBit(kind.anyRow(day)) { slots.append($0) } }
            starts.append(slots)
            fillers.append(
                kind.kind.labels.indices.map { label in
                    label == kind.kind.continuity ? [] : slots.map { kind.fillers(day, label, slot: $0) }
                })
            for attendant in 0..<attendants {
                may += slots.map { slot in
                    days.rows.contains(kind.surelyRow(day, attendant), slot)
                        || days.rows.contains(kind.maybeRow(day, attendant), slot)
                }
            }
        }
        self.starts = starts
        self.offsets = offsets
        mayStart = may
        self.fillers = fillers
        table = zeros(may.count)
    }

    deinit { table.deallocate() }

    /// The price of each start of a day, of an attendant.
    func prices(_ day: Int, _ attendant: Int) -> UnsafeMutablePointer<Int32> {
        table + offsets[day] + attendant * starts[day].count
    }

    /// Works the prices out anew.
    func settle() {
        for day in starts.indices where !starts[day].isEmpty {
            for (index, slot) in starts[day].enumerated() {
                let common = chairPrice(day, slot).price + otherLabels(day, index)
                for attendant in kind.kind.attendants.indices {
                    let cell = offsets[day] + attendant * starts[day].count + index
                    guard mayStart[cell] else {
                        table[cell] = PricedPlaces.impossible
                        continue
                    }
                    var price = common
                    if let label = kind.kind.continuity {
                        price += load(day, slot, label, kind.kind.attendants[attendant])
                    }
                    table[cell] = Int32(min(price >> 6, Int64(PricedPlaces.impossible - 1)))
                }
            }
        }
    }

    /// Makes the prices of now the guide of the search, so many units of cost for a unit.
    func guide(_ units: Int32) {
        for day in starts.indices {
            var least = PricedPlaces.impossible
            for attendant in kind.kind.attendants.indices {
                let prices = prices(day, attendant)
                for index in starts[day].indices { least = min(least, prices[index]) }
            }
            kind.dayPrices[day] = least < PricedPlaces.impossible ? Int32(min(Int(least) * Int(units) >> 10, 5000)) : 0
        }
        kind.priced = self
    }

    /// The cheapest of some slots of a day for an attendant.
    func cheapest(_ slots: [Int], _ day: Int, _ attendant: Int) -> Int {
        let prices = prices(day, attendant)
        var best = (slot: slots[0], price: PricedPlaces.impossible)
        var next = 0
        // Both ascend.
        for (index, slot) in starts[day].enumerated() {
            while next < slots.count, slots[next] < slot { next += 1 }
            guard next < slots.count else { break }
            if slots[next] == slot, prices[index] < best.price { best = (slot, prices[index]) }
        }
        return best.slot
    }

    private func chairPrice(_ day: Int, _ slot: Int) -> (pool: Int, price: Int64) {
        var best = (pool: -1, price: Int64.max)
        for (index, pool) in capacity.days.pools[day].enumerated() where kind.fits(pool) {
            let first = capacity.cell(day, pool: index, slot: slot)
            let price = 100 * capacity.price(from: first, slots: kind.kind.holdSlots)
            if price < best.price { best = (index, price) }
        }
        return best
    }

    /// What a person pays for a label.
    private func load(_ day: Int, _ slot: Int, _ label: Int, _ person: Int) -> Int64 {
        var sum: Int64 = 0
        for span in kind.kind.labels[label].spans where span.load > 0 {
            let first = capacity.cell(day, person: person, slot: slot + span.fromSlot)
            sum += Int64(span.load) * capacity.price(from: first, slots: span.slots)
        }
        return sum
    }

    private func otherLabels(_ day: Int, _ index: Int) -> Int64 {
        var sum: Int64 = 0
        for label in kind.kind.labels.indices where label != kind.kind.continuity {
            sum += cheapest(day, index, label).price
        }
        return sum
    }

    private func cheapest(_ day: Int, _ index: Int, _ label: Int) -> (person: Int, price: Int64) {
        var best = (person: -1, price: Int64.max)
        for person in fillers[day][label][index] {
            let price = load(day, starts[day][index], label, person)
            if price < best.price { best = (person, price) }
        }
        return best.person < 0 ? (-1, 0) : best
    }

    /// Notes what a visit of an attendant at a start asks for, so many times.
    func use(_ day: Int, start index: Int, attendant: Int, times: Int32) {
        let slot = starts[day][index]
        let pool = chairPrice(day, slot).pool
        let first = capacity.cell(day, pool: pool, slot: slot)
        for cell in first..<(first + kind.kind.holdSlots) { capacity.usage[cell] += 100 * times }
        for label in kind.kind.labels.indices {
            let person =
                label == kind.kind.continuity ? kind.kind.attendants[attendant] : cheapest(day, index, label).person
            if person < 0 { continue }
            for span in kind.kind.labels[label].spans where span.load > 0 {
                let from = slot + span.fromSlot
                for slot in from..<(from + span.slots) where capacity.isPriced(day, person, slot) {
                    capacity.usage[capacity.cell(day, person: person, slot: slot)] += Int32(span.load) * times
                }
            }
        }
    }
}
