/// What a figure may come to: the mean of many runs, and the values below which 5 and 95 of a hundred of them lie.
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
        low = Self.quantile(sorted, 5)
        high = Self.quantile(sorted, 95)
    }

    /// The value below which so many of a hundred lie, by the nearest rank.
    ///
    /// - Parameter sorted: ascending, at least one.
    static func quantile(_ sorted: [Double], _ percent: Int) -> Double {
        let rank = (sorted.count * percent + 99) / 100
        return sorted[min(sorted.count, max(1, rank)) - 1]
    }
}
