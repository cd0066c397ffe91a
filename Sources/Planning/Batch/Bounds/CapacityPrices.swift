/// Prices of capacity, for bounds that see the courses compete (Lagrangian relaxation). Each slot of each person has a
/// price for a percent of load, and so has each slot of a pool of chairs, where a hold counts as a load of 100. Courses
/// that pay them plan each by itself; what they pay at least, less what the whole capacity is worth, is no more than
/// any answer costs. Prices rise where the courses ask for more than there is, and fall where they leave some.
///
/// The parts of a load that lie in slots only partly on duty are free. Prices are whole numbers, in 65,536ths of a unit
/// of cost, so that bounds are exact and the same on every machine.
final class CapacityPrices {
    static let unit = 65_536
    static let most = Int32(1 << 22)

    let days: BatchDays
    let slots: Int
    /// Prices, the capacity that is left beside the visits that stay, what courses ask for now and in the mean, the
    /// prices that proved most, and sums of prices up to each slot; by day, person and slot.
    private let prices: UnsafeMutablePointer<Int32>
    private let room: UnsafeMutablePointer<Int32>
    let usage: UnsafeMutablePointer<Int32>
    private let center: UnsafeMutablePointer<Int32>
    private let mean: UnsafeMutablePointer<Double>
    private let sums: UnsafeMutablePointer<Int64>
    private let cells: Int
    /// By day: where the first person's and the first pool's slots begin. Pools follow the persons.
    private let dayOffsets: [Int]

    /// Free prices on days that hold only what stays.
    init(_ days: BatchDays) {
        self.days = days
        slots = days.slotCount
        var offsets: [Int] = []
        var size = 0
        for day in 0..<days.count {
            offsets.append(size)
            size += (days.personCount + days.pools[day].count) * days.slotCount
        }
        dayOffsets = offsets
        cells = size
        prices = zeros(size)
        room = zeros(size)
        usage = zeros(size)
        center = zeros(size)
        mean = .allocate(capacity: max(1, size))
        mean.initialize(repeating: 0, count: max(1, size))
        sums = zeros(size + 1)
        for day in 0..<days.count { fillRoom(day) }
    }

    deinit {
        prices.deallocate()
        room.deallocate()
        usage.deallocate()
        center.deallocate()
        mean.deallocate()
        sums.deallocate()
    }

    private func fillRoom(_ day: Int) {
        for person in 0..<days.personCount {
            let first = cell(day, person: person, slot: 0)
            for slot in 0..<slots {
                room[first + slot] = Int32(max(0, days.capacity(person) - days.load(day, person, slot: slot)))
            }
        }
        for (index, pool) in days.pools[day].enumerated() {
            let first = cell(day, pool: index, slot: 0)
            for slot in 0..<slots { room[first + slot] = Int32(pool.capacity) * 100 }
        }
    }

    func cell(_ day: Int, person: Int, slot: Int) -> Int { dayOffsets[day] + person * slots + slot }

    func cell(_ day: Int, pool: Int, slot: Int) -> Int { dayOffsets[day] + (days.personCount + pool) * slots + slot }

    /// Whether a person's load in a slot has a price: where they are on duty all through it.
    func isPriced(_ day: Int, _ person: Int, _ slot: Int) -> Bool {
        days.rows.contains(days.personRow(day, person, .onDutyThroughout), slot)
    }

    // MARK: What a place pays

    /// Adds the prices up, so that stretches can be priced at once. What all capacity is worth.
    func settle() -> Int64 {
        var sum: Int64 = 0
        var worth: Int64 = 0
        for cell in 0..<cells {
            sums[cell] = sum
            sum += Int64(prices[cell])
            worth += Int64(prices[cell]) * Int64(room[cell])
        }
        sums[cells] = sum
        return worth
    }

    /// The price of a stretch of slots for a percent of load.
    func price(from cell: Int, slots count: Int) -> Int64 { sums[cell + count] - sums[cell] }

    // MARK: Changing prices

    func clearUsage() { usage.update(repeating: 0, count: cells) }

    /// Moves the mean of what is asked for towards what is asked for now, by a weight.
    func average(weight: Double) {
        for cell in 0..<cells { mean[cell] += weight * (Double(usage[cell]) - mean[cell]) }
    }

    /// The sum of the squares of what is asked for in the mean beyond what there is, and of what is left where a price
    /// could fall.
    func imbalance() -> Double {
        var sum = 0.0
        for cell in 0..<cells {
            let excess = mean[cell] - Double(room[cell])
            if excess > 0 || center[cell] > 0 { sum += excess * excess }
        }
        return sum
    }

    /// Makes the prices of now the centre from which they move.
    func settleCenter() { center.update(from: prices, count: cells) }

    /// Makes the centre the prices of now.
    func takeCenter() { prices.update(from: center, count: cells) }

    /// Sets each price to its centre and the mean excess times `step`.
    func move(by step: Double) {
        for cell in 0..<cells {
            let excess = mean[cell] - Double(room[cell])
            guard excess > 0 || center[cell] > 0 else {
                prices[cell] = 0
                continue
            }
            prices[cell] = Int32(min(max(Double(center[cell]) + excess * step, 0), Double(CapacityPrices.most)))
        }
    }
}
