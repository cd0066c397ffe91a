import Foundation

/// The seeds that a test of random problems tries: `count` of them from 0 on, unless the environment says otherwise.
///
/// INFUSION_SEEDS multiplies the count by so much, and INFUSION_FIRST_SEED is the first seed.
package func seeds(_ count: UInt64) -> Range<UInt64> {
    func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
    }
    let first = number("INFUSION_FIRST_SEED") ?? 0
    return first..<(first + count * (number("INFUSION_SEEDS") ?? 1))
}

/// One seed, INFUSION_FIRST_SEED of the environment or 0, for a test that tries it beside fixed ones.
package func firstSeed() -> UInt64 { seeds(1).lowerBound }
