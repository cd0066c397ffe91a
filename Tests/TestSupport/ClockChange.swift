package import Planning

/// How the clocks of a day may change; the day's calendar is made by hand.
package enum ClockChange: CaseIterable, Sendable {
    case forwardHour
    case backHour
    case forwardHalfHour
    case backHalfHour
    /// The day begins at 01:00.
    case skippedMidnight
    case backAtMidnight
    /// The day does not take place: the clocks go forward by 24 hours at its beginning.
    case skippedDay

    /// Minutes that the day is longer than 24 hours.
    package var extraMinutes: Int {
        switch self {
        case .forwardHour, .skippedMidnight: -60
        case .backHour, .backAtMidnight: 60
        case .forwardHalfHour: -30
        case .backHalfHour: 30
        case .skippedDay: -1440
        }
    }

    /// The day's stretches of even clock.
    package var segments: [DayCalendar.Segment] {
        let start = DayCalendar.Segment(elapsed: 0, clock: 0)
        switch self {
        case .forwardHour: return [start, .init(elapsed: 120, clock: 180)]
        case .backHour: return [start, .init(elapsed: 120, clock: 60)]
        case .forwardHalfHour: return [start, .init(elapsed: 120, clock: 150)]
        case .backHalfHour: return [start, .init(elapsed: 120, clock: 90)]
        case .skippedMidnight: return [.init(elapsed: 0, clock: 60)]
        case .skippedDay: return [start]
        case .backAtMidnight: return [start, .init(elapsed: 1440, clock: 1380)]
        }
    }
}

extension DayCalendars {
    /// Consecutive days of a zone so many minutes east of UTC, on one of which the clocks change.
    package static func changing(
        from first: Day, count: Int, offset: Int, change: ClockChange?, on changeDay: Day
    ) -> DayCalendars {
        var firstMinute = first.number * 1440 - offset
        var days: [DayCalendar] = []
        for index in 0..<count {
            let day = first + index
            if let change, day == changeDay {
                days.append(
                    DayCalendar(
                        day: day, firstMinute: firstMinute, length: 1440 + change.extraMinutes,
                        segments: change.segments))
            } else {
                days.append(DayCalendar(day: day, firstMinute: firstMinute))
            }
            firstMinute += days[index].length
        }
        return DayCalendars(first: first, days: days)
    }
}
