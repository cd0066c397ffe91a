/// A half-open stretch of minutes [from, until), not empty. What the minutes count from is said where one is used:
/// elapsed minutes of a day, minutes on the clock, or minutes since 1970-01-01T00:00Z.
package struct Interval: Hashable, Sendable {
    package let from: Int
    /// The minute after the last one; later than `from`.
    package let until: Int

    /// The interval from `from` to before `until`. It is a bug to end before or at the start.
    package init(_ from: Int, _ until: Int) {
        precondition(from < until, "an interval ends after it starts")
        self.from = from
        self.until = until
    }

    /// The interval, or nil where it would be empty.
    package init?(clipping from: Int, _ until: Int) {
        guard from < until else { return nil }
        self.init(from, until)
    }

    /// Minutes in the interval.
    package var minutes: Int { until - from }

    /// Whether the two share a minute.
    package func overlaps(_ other: Interval) -> Bool { from < other.until && other.from < until }

    /// Whether every minute of the other lies in this one.
    package func contains(_ other: Interval) -> Bool { from <= other.from && other.until <= until }

    /// Whether a minute lies in it.
    package func contains(_ minute: Int) -> Bool { from <= minute && minute < until }

    /// The shared part, if any.
    package func intersection(_ other: Interval) -> Interval? {
        Interval(clipping: max(from, other.from), min(until, other.until))
    }

    /// The interval moved later by some minutes.
    package func shifted(by minutes: Int) -> Interval { Interval(from + minutes, until + minutes) }
}

extension [Interval] {
    /// In ascending order, with those that overlap or touch made one (docs/contract/planning.md section 1).
    package func merged() -> [Interval] {
        var result: [Interval] = []
        for next in sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
            if let last = result.last, next.from <= last.until {
                result[result.count - 1] = Interval(last.from, Swift.max(last.until, next.until))
            } else {
                result.append(next)
            }
        }
        return result
    }

    /// The minutes of these that lie in none of the others; ascending, both sides taken as merged.
    package func subtracting(_ others: [Interval]) -> [Interval] {
        var result: [Interval] = []
        let cuts = others.merged()
        for piece in merged() {
            var from = piece.from
            for cut in cuts where cut.until > from && cut.from < piece.until {
                if let kept = Interval(clipping: from, cut.from) { result.append(kept) }
                from = Swift.max(from, cut.until)
            }
            if let kept = Interval(clipping: from, piece.until) { result.append(kept) }
        }
        return result
    }

    /// The minutes that lie both in these and in the others; ascending, both sides taken as merged.
    package func intersecting(_ others: [Interval]) -> [Interval] {
        let rights = others.merged()
        return merged().flatMap { left in rights.compactMap { left.intersection($0) } }
    }

    /// Whether one of these contains the whole of the other.
    package func hold(_ other: Interval) -> Bool { contains { $0.contains(other) } }
}
