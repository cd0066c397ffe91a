import Planning
import Wire

/// Days and times as people say them: tomorrow 9:00, mon, 15 mar, +3d, 2026-03-02T09:00.
enum SpokenTime {
    /// What is understood, for hints.
    static let examples = "days are said as today, tomorrow, mon, next mon, 15 mar, +3d or 2026-03-02"

    /// A day that is over or today; a weekday is the last such day, a date without a year the last such date.
    static func pastDay(_ text: String, today: Day) -> Day? {
        let word = text.lowercased()
        if word.hasPrefix("last ") { return pastDay(String(word.dropFirst(5)), today: today - 1) }
        guard let day = day(text, today: today), day > today, absoluteDay(text) == nil else {
            return self.day(text, today: today)
        }
        if ["+", "in ", "next", "tomorrow"].contains(where: word.hasPrefix) { return day }
        if let recent = self.day(text, today: today - 6), recent <= today { return recent }
        return self.day(text, today: today - 364)
    }

    /// A time of day.
    ///
    /// - Throws: that it is not understood.
    static func time(_ text: String) throws -> ClockTime {
        guard let minutes = clock(text.lowercased()) else {
            throw Failure.usage("\(JSONOutput.quoted(text)) is no time of day", hint: "say 10:00 or 2pm")
        }
        return ClockTime(minutes: minutes)
    }

    /// A day that needs no present to be known, such as 2026-03-02.
    static func absoluteDay(_ text: String) -> Day? { Day(text) }

    /// A day; nil where it is not understood. A weekday is the next such day, today included; a date without a year is
    /// the next such date.
    static func day(_ text: String, today: Day) -> Day? {
        guard let (day, clock) = dayAndClock(text, today: today), clock == nil else { return nil }
        return day
    }

    /// A day and, where one is said, a time of day in minutes on the clock; nil where it is not understood.
    static func dayAndClock(_ text: String, today: Day) -> (day: Day, clock: Int?)? {
        let separated = text.lowercased().map { $0 == "," ? " " : $0 }
        var words = String(separated).split(separator: " ").map(String.init)
        words.removeAll { ["at", "on", "the", "of"].contains($0) }
        guard !words.isEmpty else { return nil }
        if words.count == 1, words[0].utf8.count == 16, let split = words[0].firstIndex(of: "t") {
            words = [String(words[0][..<split]), String(words[0][words[0].index(after: split)...])]
        }
        let clock = clock(&words)
        return day(words, today: today).map { ($0, clock) }
    }

    // MARK: Clock

    /// Takes the time of day from the end or the beginning of the words.
    private static func clock(_ words: inout [String]) -> Int? {
        if words.count >= 2, ["am", "pm"].contains(words[words.count - 1]),
            let minute = clock(words[words.count - 2] + words[words.count - 1])
        {
            words.removeLast(2)
            return minute
        }
        if let last = words.last, let minute = clock(last) {
            words.removeLast()
            return minute
        }
        if let first = words.first, let minute = clock(first) {
            words.removeFirst()
            return minute
        }
        return nil
    }

    /// Minutes on the clock that a word such as 9:00, 14:30, 9am or noon names.
    static func clock(_ word: String) -> Int? {
        if word == "noon" { return 720 }
        if word == "midnight" { return 0 }
        var digits = word[...]
        var half: Int?
        if word.hasSuffix("am") { half = 0 } else if word.hasSuffix("pm") { half = 720 }
        if half != nil { digits = digits.dropLast(2) }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || (parts.count == 1 && half != nil), parts[0].count <= 2,
            let hour = decimal(parts[0].utf8), parts.count == 1 || parts[1].utf8.count == 2
        else { return nil }
        guard let minute = parts.count == 2 ? decimal(parts[1].utf8) : 0, minute < 60 else { return nil }
        if let half { return (1...12).contains(hour) ? half + hour % 12 * 60 + minute : nil }
        return hour < 24 ? hour * 60 + minute : nil
    }

    // MARK: Day

    private static func day(_ words: [String], today: Day) -> Day? {
        switch words.count {
        case 0: today
        case 1: day(words[0], from: today)
        case 2: day(words[0], words[1], today: today)
        case 3: day(words[0], words[1], words[2], today: today)
        default: nil
        }
    }

    private static func day(_ word: String, from today: Day) -> Day? {
        switch word {
        case "today", "now": return today
        case "tomorrow": return today + 1
        case "yesterday": return today - 1
        default: break
        }
        if let day = Day(word) { return day }
        if let weekday = weekday(word) { return first(weekday, from: today) }
        guard let sign = word.first, sign == "+" || sign == "-" else { return nil }
        var digits = word.dropFirst()
        var unit = 1
        if digits.last == "w" { unit = 7 }
        if digits.last == "d" || digits.last == "w" { digits = digits.dropLast() }
        guard digits.count <= 5, let count = decimal(digits.utf8) else { return nil }
        return today + (sign == "+" ? 1 : -1) * unit * count
    }

    private static func day(_ first: String, _ second: String, today: Day) -> Day? {
        if first == "this", let weekday = weekday(second) { return self.first(weekday, from: today) }
        if first == "next" {
            if second == "week" { return self.first(.mon, from: today + 1) }
            return weekday(second).map { self.first($0, from: today + 1) }
        }
        guard let (number, month) = date(first, second) else { return nil }
        let year = today.civil.year
        // A leap day comes again after eight years at the latest.
        return (year...year + 8).lazy.compactMap { Day(year: $0, month: month, day: number) }.first { $0 >= today }
    }

    private static func day(_ first: String, _ second: String, _ third: String, today: Day) -> Day? {
        if first == "in", second.count <= 5, let count = decimal(second.utf8) {
            switch third {
            case "day", "days": return today + count
            case "week", "weeks": return today + 7 * count
            default: return nil
            }
        }
        guard let (number, month) = date(first, second), third.count == 4, let year = decimal(third.utf8) else {
            return nil
        }
        return Day(year: year, month: month, day: number)
    }

    /// Day of the month and month of "15 mar" or "mar 15".
    private static func date(_ first: String, _ second: String) -> (day: Int, month: Int)? {
        if let day = ordinal(first), let month = month(second) { return (day, month) }
        if let month = month(first), let day = ordinal(second) { return (day, month) }
        return nil
    }

    private static func ordinal(_ word: String) -> Int? {
        let digits =
            ["st", "nd", "rd", "th", "."].contains { word.hasSuffix($0) } ? word.prefix { $0.isNumber } : word[...]
        return digits.count <= 2 ? decimal(digits.utf8) : nil
    }

    private static func month(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        return monthNames.firstIndex { $0.lowercased().hasPrefix(word) }.map { $0 + 1 }
    }

    private static func weekday(_ word: String) -> Weekday? {
        guard word.count >= 3 else { return nil }
        return Weekday.allCases.first { $0.fullName.lowercased().hasPrefix(word) }
    }

    private static func first(_ weekday: Weekday, from day: Day) -> Day {
        day + (weekday.rawValue - day.weekday.rawValue + 7) % 7
    }
}

/// The months, January first.
let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]

extension Weekday {
    /// The whole name: Monday.
    var fullName: String {
        switch self {
        case .mon: "Monday"
        case .tue: "Tuesday"
        case .wed: "Wednesday"
        case .thu: "Thursday"
        case .fri: "Friday"
        case .sat: "Saturday"
        case .sun: "Sunday"
        }
    }
}

extension Day {
    /// For columns: Mon 02 Mar 2026.
    var short: String {
        let date = civil
        return
            "\(weekday.fullName.prefix(3)) \(padded(date.day, 2)) \(monthNames[date.month - 1].prefix(3)) \(date.year)"
    }

    /// For headings: Monday, 2 March 2026.
    var long: String {
        let date = civil
        return "\(weekday.fullName), \(date.day) \(monthNames[date.month - 1]) \(date.year)"
    }
}

/// A day that was said, by the daemon's calendar where it needs one. Asks the daemon at most once.
final class DayParser {
    private let daemon: DaemonConnection
    private var known: ServiceInterface.Status.Reply?

    /// The present as the daemon knows it.
    init(_ daemon: DaemonConnection) { self.daemon = daemon }

    /// How the daemon is.
    func status() throws -> ServiceInterface.Status.Reply {
        if let known { return known }
        let reply = try daemon.call(ServiceInterface.Status())
        known = reply
        return reply
    }

    /// The day that was said.
    ///
    /// - Throws: that it is not understood.
    func day(_ text: String) throws -> Day {
        if let day = SpokenTime.absoluteDay(text) { return day }
        guard let day = SpokenTime.day(text, today: try status().today) else {
            throw Failure.usage("\(JSONOutput.quoted(text)) is no day", hint: SpokenTime.examples)
        }
        return day
    }

    /// The day that was said of something that has happened.
    ///
    /// - Throws: that it is not understood.
    func pastDay(_ text: String) throws -> Day {
        if let day = SpokenTime.absoluteDay(text) { return day }
        guard let day = SpokenTime.pastDay(text, today: try status().today) else {
            throw Failure.usage("\(JSONOutput.quoted(text)) is no day", hint: SpokenTime.examples)
        }
        return day
    }

    /// The day that was said, if one was.
    func dayIfSaid(_ text: String?) throws -> Day? {
        guard let text else { return nil }
        return try day(text)
    }
}
