/// A small seeded generator (Steele, Lea and Flood 2014): the same seed gives the same numbers on every machine.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that starts from a seed.
    package init(seed: UInt64) { state = seed }

    /// The next number of the sequence.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number of a closed range. Not by way of the standard library, whose method may change between versions.
    package mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// True in so many percent of cases.
    package mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }

    /// One of some values; it is a bug to give none.
    package mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...(values.count - 1))] }

    /// The values of which each is kept in so many percent of cases, in their order.
    package mutating func some<Value>(_ values: [Value], percent: Int) -> [Value] {
        var kept: [Value] = []
        for value in values where chance(percent) { kept.append(value) }
        return kept
    }
}
