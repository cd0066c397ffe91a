package import Planning

extension ClinicZone {
    /// The calendar of a day. Its length is 0 where the zone left the date out (a change of the date line).
    package func calendar(of day: Day) -> DayCalendar {
        calendar(of: day, from: firstMinute(of: day), until: firstMinute(of: day + 1))
    }

    /// The calendars of consecutive days; empty where `through` lies before `from`.
    package func calendars(from: Day, through: Day) -> DayCalendars {
        guard from <= through else { return DayCalendars(first: from, days: []) }
        var days: [DayCalendar] = []
        days.reserveCapacity(through - from + 1)
        var first = firstMinute(of: from)
        for number in from.number...through.number {
            let next = firstMinute(of: Day(number: number + 1))
            days.append(calendar(of: Day(number: number), from: first, until: next))
            first = next
        }
        return DayCalendars(first: from, days: days)
    }

    /// The civil day at a minute since 1970.
    package func day(at minute: Int) -> Day {
        let shown = Day(number: flooredDivision(minute + offset(at: minute), 1440))
        // Where a date is shown, left again and comes back, it begins when it comes to stay.
        return minute < firstMinute(of: shown) ? shown - 1 : shown
    }

    /// The instant from which on the date is this one or a later one.
    private func firstMinute(of day: Day) -> Int {
        let midnight = day.number * 1440
        let periods = periods(from: midnight - ClinicZone.reach, until: midnight + ClinicZone.reach)
        guard let last = periods.last(where: { $0.from + $0.offset < midnight }) else { return periods[0].from }
        return min(last.until, midnight - last.offset)
    }

    private func calendar(of day: Day, from: Int, until: Int) -> DayCalendar {
        guard from < until else { return DayCalendar(day: day, firstMinute: from, length: 0) }
        let segments = periods(from: from, until: until).map { period in
            DayCalendar.Segment(elapsed: period.from - from, clock: period.from + period.offset - day.number * 1440)
        }
        return DayCalendar(day: day, firstMinute: from, length: until - from, segments: segments)
    }
}
