/// One day at the clinic: when it begins, how long it is, and what the clock shows at each of its minutes.
///
/// Minutes within a day are elapsed minutes from its first instant; `clock` minutes are what a clock on the wall shows,
/// counted from 00:00. They differ on days when the clocks change. Made from the system's tzdata by ClinicTime.
package struct DayCalendar: Hashable, Sendable {
    /// A stretch of the day through which the clock runs evenly.
    package struct Segment: Hashable, Sendable {
        /// Elapsed minutes at which the stretch begins; 0 for the first.
        package let elapsed: Int
        /// What the clock shows then, in minutes from 00:00.
        package let clock: Int

        /// A stretch from an elapsed minute on, at which the clock shows the given minute.
        package init(elapsed: Int, clock: Int) {
            self.elapsed = elapsed
            self.clock = clock
        }
    }

    package let day: Day
    /// The day's first instant, in minutes since 1970-01-01T00:00Z.
    package let firstMinute: Int
    /// How many minutes pass until the next day begins: 1,440 on most days.
    package let length: Int
    /// The stretches of even clock, ascending; at least one, the first at elapsed 0.
    package let segments: [Segment]

    /// A day from its first instant (minutes since 1970 UTC), length in minutes and stretches of even clock.
    package init(
        day: Day, firstMinute: Int, length: Int = 1440, segments: [Segment] = [Segment(elapsed: 0, clock: 0)]
    ) {
        self.day = day
        self.firstMinute = firstMinute
        self.length = length
        self.segments = segments
    }

    /// Whether the clock shows the elapsed minutes all day, as on most days.
    package var hasEvenClock: Bool { length == 1440 && segments.count == 1 && segments[0].clock == 0 }

    /// What the clock shows (minutes from 00:00) at an elapsed minute of the day, 0 ..< length.
    package func clock(at elapsed: Int) -> Int {
        let segment = segments.last { $0.elapsed <= elapsed } ?? segments[0]
        return segment.clock + elapsed - segment.elapsed
    }

    /// The first elapsed minute at which the clock shows at least the given minute; the day's length where none does.
    package func elapsed(atLeast clock: Int) -> Int {
        if clock >= 1440 { return length }
        for (index, segment) in segments.enumerated() {
            if segment.clock >= clock { return segment.elapsed }
            let end = index + 1 < segments.count ? segments[index + 1].elapsed : length
            let reached = segment.elapsed + clock - segment.clock
            if reached < end { return reached }
        }
        return length
    }

    /// Every elapsed minute at which the clock shows exactly the given minute: none where it is skipped, two where it
    /// repeats.
    package func elapsed(showing clock: Int) -> [Int] {
        segments.indices.compactMap { index in
            let end = index + 1 < segments.count ? segments[index + 1].elapsed : length
            let at = segments[index].elapsed + clock - segments[index].clock
            return at >= segments[index].elapsed && at < end ? at : nil
        }
    }

    /// A window of clock minutes as elapsed minutes of this day, or nil where the day skips all of it.
    package func interval(ofClock window: Interval) -> Interval? {
        Interval(clipping: elapsed(atLeast: window.from), elapsed(atLeast: window.until))
    }
}

/// The calendars of consecutive days.
package struct DayCalendars: Sendable {
    /// The first day there is.
    package let first: Day
    /// One calendar a day, in order, without a hole.
    package let days: [DayCalendar]

    /// Calendars of consecutive days from `first` on.
    package init(first: Day, days: [DayCalendar]) {
        self.first = first
        self.days = days
    }

    /// The last day there is; the day before `first` where there is none.
    package var last: Day { first + (days.count - 1) }

    /// A day's calendar, or nil outside of what was given.
    package subscript(day: Day) -> DayCalendar? {
        let index = day - first
        return days.indices.contains(index) ? days[index] : nil
    }

    /// Days of 24 hours from `first` on, as in a zone whose clocks show UTC.
    package static func utc(from first: Day, count: Int) -> DayCalendars {
        DayCalendars(
            first: first,
            days: (0..<count).map {
                DayCalendar(day: first + $0, firstMinute: (first.number + $0) * 1440)
            })
    }
}
