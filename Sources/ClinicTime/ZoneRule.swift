import Planning

/// The rule that the last line of a TZif file gives for all times after its table: a POSIX TZ string such as
/// "EST5EDT,M3.2.0,M11.1.0", with the extensions of RFC 9636 (times of day from -167 to 167 hours).
struct ZoneRule: Hashable {
    /// A day of every year and a time on it.
    struct Change: Hashable {
        enum When: Hashable {
            /// Day 1…365 of the year, February 29 never counted.
            case julian(Int)
            /// Day 0…365 of the year, February 29 counted.
            case zeroBased(Int)
            /// Week 1…5 (5: the last) of a month with a weekday, 0 for Sunday.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        var when: When
        /// Minutes on the clock that is in force before the change; may lie on another day.
        var clock: Int

        func day(in year: Int) -> Day {
            let newYear = Day(year: year, month: 1, day: 1)!
            switch when {
            case .julian(let number):
                let isLeap = Day(year: year, month: 2, day: 29) != nil
                return newYear + (number - 1 + (isLeap && number >= 60 ? 1 : 0))
            case .zeroBased(let number):
                return newYear + number
            case .weekday(let month, let week, let weekday):
                let first = Day(year: year, month: month, day: 1)!
                let next = Day(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)!
                // Weekday counts from Monday, the rule from Sunday.
                let ahead = ((weekday + 6) % 7 - first.weekday.rawValue + 7) % 7
                var day = first + (ahead + 7 * (week - 1))
                while day >= next { day = day - 7 }
                return day
            }
        }
    }

    /// Minutes east of UTC in standard time.
    var standardOffset: Int
    /// Daylight saving time: minutes east of UTC, its start (on the standard clock) and its end (on its own clock).
    var daylight: Daylight?

    struct Daylight: Hashable {
        var offset: Int
        var start: Change
        var end: Change
    }

    /// The changes of a year, in the order of time.
    func changes(in year: Int) -> [ZoneFile.Change] {
        guard let daylight else { return [] }
        let start = daylight.start.day(in: year).number * 1440 + daylight.start.clock - standardOffset
        let end = daylight.end.day(in: year).number * 1440 + daylight.end.clock - daylight.offset
        let starts = ZoneFile.Change(minute: start, offset: daylight.offset)
        let ends = ZoneFile.Change(minute: end, offset: standardOffset)
        return start <= end ? [starts, ends] : [ends, starts]
    }

    /// Minutes east of UTC at a minute since 1970.
    func offset(at minute: Int) -> Int {
        let year = Day(number: flooredDivision(minute + standardOffset, 1440)).civil.year
        return (year - 1...year + 1).flatMap(changes(in:)).last { $0.minute <= minute }?.offset ?? standardOffset
    }
}

extension ZoneRule {
    /// Reads a POSIX TZ string.
    ///
    /// - Throws: that it is none.
    init(_ text: String) throws(ZoneFileError) {
        var parser = ZoneRuleParser(text)
        guard let rule = parser.rule() else { throw ZoneFileError(cause: "\"\(text)\" is no rule for later years") }
        self = rule
    }
}

private struct ZoneRuleParser {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    mutating func rule() -> ZoneRule? {
        guard name(), let west = time(hours: 24) else { return nil }
        guard !rest.isEmpty else { return ZoneRule(standardOffset: -west, daylight: nil) }
        guard name() else { return nil }
        var offset = -west + 60
        if rest.first != UInt8(ascii: ",") {
            guard let west = time(hours: 24) else { return nil }
            offset = -west
        }
        guard accept(","), let start = change(), accept(","), let end = change(), rest.isEmpty else { return nil }
        return ZoneRule(
            standardOffset: -west, daylight: ZoneRule.Daylight(offset: offset, start: start, end: end))
    }

    private mutating func name() -> Bool {
        if accept("<") {
            while let byte = rest.popFirst() { if byte == UInt8(ascii: ">") { return true } }
            return false
        }
        let letters = rest.prefix { (65...90).contains($0) || (97...122).contains($0) }.count
        rest = rest.dropFirst(letters)
        return letters >= 3
    }

    /// A signed time of hours, minutes and seconds, in minutes (seconds are cut; no zone has used them since 1972).
    private mutating func time(hours limit: Int) -> Int? {
        let sign = accept("-") ? -1 : 1
        if sign == 1 { _ = accept("+") }
        guard let hours = number(), hours <= limit else { return nil }
        var minutes = 0
        if accept(":") {
            guard let part = number(), part < 60 else { return nil }
            minutes = part
            if accept(":") { guard let part = number(), part < 60 else { return nil } }
        }
        return sign * (hours * 60 + minutes)
    }

    private mutating func change() -> ZoneRule.Change? {
        guard let when = when() else { return nil }
        guard accept("/") else { return ZoneRule.Change(when: when, clock: 120) }
        return time(hours: 167).map { ZoneRule.Change(when: when, clock: $0) }
    }

    private mutating func when() -> ZoneRule.Change.When? {
        if accept("J") {
            guard let day = number(), (1...365).contains(day) else { return nil }
            return .julian(day)
        }
        if accept("M") {
            guard let month = number(), (1...12).contains(month), accept("."), let week = number(),
                (1...5).contains(week), accept("."), let weekday = number(), (0...6).contains(weekday)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        guard let day = number(), day <= 365 else { return nil }
        return .zeroBased(day)
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(digits.count)
        return decimal(digits)
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
