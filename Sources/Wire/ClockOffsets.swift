package import Planning

/// By how much the clinic's clock is ahead of UTC at any minute: from the calendars at hand, which is quick, and beyond
/// them from the zone's law.
package struct ClockOffsets: Sendable {
    private let calendars: DayCalendars
    private let beyond: @Sendable (Int) -> Int

    /// Offsets by calendars, and by a function from minutes since 1970 UTC to minutes ahead beyond them.
    package init(calendars: DayCalendars, beyond: @escaping @Sendable (Int) -> Int) {
        self.calendars = calendars
        self.beyond = beyond
    }

    /// The instant of a minute since 1970 UTC.
    package func instant(minute: Int) -> ZonedInstant { instant(second: minute * 60) }

    /// The instant of a second since 1970 UTC.
    package func instant(second: Int) -> ZonedInstant {
        let minute = floored(second, 60)
        return ZonedInstant(second: second, offset: calendars.offset(at: minute) ?? beyond(minute))
    }

    /// Whether the clock has shown the time of a second since 1970 UTC before: the clocks went back between.
    package func isLater(second: Int) -> Bool {
        let minute = floored(second, 60)
        let now = instant(minute: minute).offset
        // The clocks go back by less than three hours, and not twice within as many.
        let back = instant(minute: minute - 180).offset - now
        return back > 0 && instant(minute: minute - back).offset == now + back
    }

    /// An instant by the clinic's clock: 2026-03-02 09:00. The later of two carries its offset: 2026-11-01 01:30-05:00.
    package func text(second: Int) -> String {
        let shown = instant(second: second)
        return "\(shown.day) \(ClockTime(minutes: shown.clock).text)"
            + (isLater(second: second) ? shown.offsetText : "")
    }
}

extension DayCalendars {
    /// Minutes that the clock is ahead of UTC at a minute since 1970 UTC; nil where no day of these holds it.
    func offset(at minute: Int) -> Int? {
        // A day's first instant lies within a day of midnight UTC, so that three candidates are enough.
        let near = Day(number: floored(minute, 1440))
        for day in [near, near - 1, near + 1] {
            guard let calendar = self[day] else { continue }
            let elapsed = minute - calendar.firstMinute
            if elapsed >= 0, elapsed < calendar.length {
                return day.number * 1440 + calendar.clock(at: elapsed) - minute
            }
        }
        return nil
    }
}

/// The whole number of times that a divisor goes into a number, rounded down.
func floored(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
}
