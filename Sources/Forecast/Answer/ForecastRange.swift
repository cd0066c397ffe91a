/// What a figure may come to: the mean of many runs, and the values between which one more would lie in 90 of a hundred
/// cases. Of fewer than 19 runs the extremes are the ends, which hold one more less often: of 12 in 85 of a hundred.
package struct ForecastRange: Hashable, Sendable {
    package let mean: Double
    /// The fifth of a hundred.
    package let low: Double
    /// The 95th of a hundred.
    package let high: Double

    /// The range of some runs' values; nil where there are none.
    package init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        mean = values.reduce(0, +) / Double(values.count)
        // One more is as likely to fall into each of the gaps between them, and beyond either end.
        let gaps = sorted.count + 1
        low = sorted[max(1, gaps * 5 / 100) - 1]
        high = sorted[min(sorted.count, (gaps * 95 + 99) / 100) - 1]
    }
}
