package import Checker
package import Planning

/// How large a random problem is.
package enum RandomSize: Sendable {
    /// So small that every place of every visit can be followed up.
    case tiny
    /// Up to four visits, three chairs and four persons.
    case small
    /// Up to sixteen visits over months, for a planner that remembers what it has tried.
    case long
}

/// A problem with the calendars that it needs.
package struct RandomProblem: Sendable {
    /// The problem; mostly with one course.
    package var problem: Problem
    /// Calendars of all days that its courses can reach.
    package var calendars: DayCalendars

    /// The problem's setting, before any course is placed.
    package var setting: Setting { Setting(problem, calendars: calendars) }
}

/// A small and nasty problem: whatever docs/contract/planning.md allows that could go wrong, at close quarters.
///
/// The same seed gives the same problem on every machine.
package func randomProblem(seed: UInt64, size: RandomSize = .small) -> RandomProblem {
    var world = RandomWorld(seed: seed, size: size)
    return world.problem()
}

/// The dice and what has been thrown so far.
struct RandomWorld {
    var dice: SplitMix64
    let size: RandomSize
    /// The planning day, and the first day of interest.
    let today = Day(number: 20_500)
    /// Days from today on within which things happen.
    let span: Int
    let grid: Int
    let startEvery: Int
    let change: ClockChange?
    let changeDay: Day
    let isRoundTheClock: Bool
    /// The part of the day in which the clinic is open, minutes on the clock.
    let band: Interval
    let features = ["x", "y"]
    let roles = ["nurse", "doctor", "aide"]
    let credentials = ["c", "d"]

    /// A world of a seed, where clocks change as they are told to, or by chance.
    init(seed: UInt64, size: RandomSize, clocks: ClockChange? = nil) {
        var dice = SplitMix64(seed: seed)
        self.size = size
        span = size == .tiny ? 8 : size == .small ? 16 : 120
        grid = dice.pick([5, 5, 5, 5, 10, 10, 15, 15, 6, 20, 30])
        let everies = [10, 12, 15, 20, 30, 60].filter { [grid] in $0 % grid == 0 && $0 >= (size == .small ? 10 : 30) }
        startEvery = dice.pick(everies)
        let thrown = dice.chance(40) ? dice.pick(Array(ClockChange.allCases)) : nil
        change = clocks ?? thrown
        changeDay = today + dice.number((change == .skippedDay ? 1 : 0)...(size == .long ? 60 : 6))
        isRoundTheClock = size == .small && startEvery == 60 && dice.chance(10)
        switch change {
        case .backAtMidnight where dice.chance(80): band = Interval(1260, 1440)
        case .skippedMidnight where dice.chance(80), .backHalfHour where dice.chance(70),
            .backHour where dice.chance(70), .forwardHour where dice.chance(70), .forwardHalfHour where dice.chance(70):
            band = Interval(0, 240)
        default:
            let from = dice.pick([480, 540, 545, 600])
            band = Interval(from, from + dice.number(9...(size == .tiny ? 16 : 26)) * 10)
        }
        self.dice = dice
    }

    /// A time within the band: mostly on a step of five minutes, seldom at any minute.
    mutating func minute(_ range: ClosedRange<Int>) -> Int {
        guard dice.chance(80), range.count > 10 else { return dice.number(range) }
        return (dice.number(range) + 4) / 5 * 5
    }

    /// A window within the band, or reaching beyond it.
    mutating func window(shortest: Int = 30) -> Interval {
        let from = minute(max(0, band.from - 20)...(band.until - shortest))
        let until = min(1440, max(from + shortest, minute(from...(band.until + 20))))
        return from < until ? Interval(from, until) : band
    }

    /// A window that takes up most of the band.
    mutating func longWindow() -> Interval {
        let third = band.minutes / 3
        let from = minute(max(0, band.from - 10)...(band.from + third))
        let until = min(1440, minute((band.until - third)...(band.until + 10)))
        return from < until ? Interval(from, until) : band
    }

    mutating func weekdays() -> Set<Weekday> {
        let days = Set(dice.some(Array(Weekday.allCases), percent: dice.pick([100, 95, 80])))
        return days.isEmpty ? Set(Weekday.allCases) : days
    }

    mutating func problem() -> RandomProblem {
        let calendars = DayCalendars.changing(
            from: today - 30, count: size == .long ? 500 : 130, offset: dice.pick([0, -300, 330, 630]), change: change,
            on: changeDay)
        let facility = facility()
        guard let todayCalendar = calendars[today] else { preconditionFailure("today is among the calendars") }
        let now = todayCalendar.firstMinute + dice.number(0...(todayCalendar.length - 1))
        var problem = Problem(facility: facility, now: now, today: today, courses: [])
        problem.timeOff = timeOff(facility, calendars, count: dice.number(0...(size == .long ? 8 : 2)))
        problem.outages = outages(facility, calendars, count: dice.number(0...1))
        let courses = dice.chance(12) && size != .tiny ? 2 : 1
        problem.courses = (1...courses).map { course(CourseID("k\($0)"), facility) }
        problem.bookings = bookings(for: problem, calendars)
        if dice.chance(10) {
            let index = dice.number(0...(facility.staff.count - 1))
            problem.facility.staff[index].capacityPercent = dice.number(10...100)
        }
        if dice.chance(30) {
            // The world changed after the bookings were made: some no longer keep every rule.
            problem.timeOff += timeOff(facility, calendars, count: 1)
            problem.outages += outages(facility, calendars, count: 1)
        }
        problem.mode = courses == 2 ? .sequence : .each
        return RandomProblem(problem: problem, calendars: calendars)
    }

    mutating func interval(_ calendars: DayCalendars) -> Interval {
        guard let calendar = calendars[today + dice.number(0...span)] else { preconditionFailure("span is covered") }
        let hours = window(shortest: 7)
        let from = calendar.firstMinute + calendar.elapsed(atLeast: hours.from) + (dice.chance(40) ? 2 : 0)
        let until = calendar.firstMinute + calendar.elapsed(atLeast: hours.until) + (dice.chance(40) ? 3 : 0)
        let whole = dice.chance(25) ? 1440 * dice.number(1...3) : 0
        return Interval(from, max(from + 1, until + whole))
    }

    mutating func timeOff(_ facility: Facility, _ calendars: DayCalendars, count: Int) -> [TimeOff] {
        var result: [TimeOff] = []
        for _ in 0..<count {
            result.append(TimeOff(person: dice.pick(facility.staff).id, interval: interval(calendars)))
        }
        return result
    }

    mutating func outages(_ facility: Facility, _ calendars: DayCalendars, count: Int) -> [Outage] {
        var result: [Outage] = []
        for _ in 0..<count {
            result.append(Outage(chair: dice.pick(facility.chairs).id, interval: interval(calendars)))
        }
        return result
    }
}
