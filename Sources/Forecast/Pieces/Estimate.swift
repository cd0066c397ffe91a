/// A mean over seeds with the interval in which it lies in 95 of 100 such experiments, by Student's distribution of the
/// seeds' own values.
package struct Estimate: Codable, Hashable, Sendable {
    package let mean: Double
    /// The ends of the interval; the mean itself where there is one seed only, of which nothing more is known.
    package let low: Double
    package let high: Double
    /// How many seeds there are.
    package let seeds: Int

    /// The mean of the values of some seeds; it is a bug to give none.
    package init(_ values: [Double]) {
        precondition(!values.isEmpty, "a mean of nothing")
        seeds = values.count
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        guard values.count > 1 else {
            (low, high) = (mean, mean)
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
        let reach = error * Self.quantile(freedom: values.count - 1)
        (low, high) = (mean - reach, mean + reach)
    }

    /// Student's distribution: 97.5 in 100 lie below this. Beyond the table by its expansion for many degrees of
    /// freedom (Abramowitz and Stegun 26.7.5), which is right to three digits there.
    static func quantile(freedom: Int) -> Double {
        let table = [
            12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
            2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
        ]
        if freedom <= table.count { return table[freedom - 1] }
        let (normal, degrees) = (1.959_964, Double(freedom))
        let first = (normal * normal * normal + normal) / 4
        let second = (5 * normal * normal * normal * normal * normal + 16 * normal * normal * normal + 3 * normal) / 96
        return normal + first / degrees + second / (degrees * degrees)
    }
}
