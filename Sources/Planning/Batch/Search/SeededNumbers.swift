/// Seeded numbers (SplitMix64: Steele, Lea and Flood 2014), the same on every machine.
struct SeededNumbers: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number of 0 ..< bound; a bound below 1 counts as 1.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// A whole number of a closed range.
    mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// True in so many percent of cases.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of some values; it is a bug to give none.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    /// Puts values into an order drawn at random.
    mutating func shuffle<Value>(_ values: inout [Value]) {
        var left = values.count
        while left > 1 {
            let other = below(left)
            left -= 1
            values.swapAt(left, other)
        }
    }
}
