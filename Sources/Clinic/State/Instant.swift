/// A moment, in whole seconds since 1970-01-01T00:00Z.
package struct Instant: Hashable, Comparable, Sendable {
    package let seconds: Int

    /// The moment so many seconds after 1970-01-01T00:00Z.
    package init(seconds: Int) { self.seconds = seconds }

    /// The first second of a minute since 1970-01-01T00:00Z.
    package init(minute: Int) { seconds = minute * 60 }

    /// The minute it lies in, since 1970-01-01T00:00Z; planning counts in these.
    package var minute: Int { seconds >= 0 ? seconds / 60 : -((59 - seconds) / 60) }

    package static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}
