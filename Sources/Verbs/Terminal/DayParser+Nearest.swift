import Planning
import Wire

// Days where a stretch begins that may lie behind today or ahead of it: of an export, a report, a board, an
// authorisation.
extension DayParser {
    /// The day that was said: of a date without a year the nearest, before today or after.
    ///
    /// - Throws: that it is not understood, or that two such days are about as near.
    func nearestDay(_ text: String) throws -> Day {
        if let day = SpokenTime.absoluteDay(text) { return day }
        let today = try status().today
        switch SpokenTime.nearestDay(text, today: today) {
        case .one(let day)?: return day
        case .either(let before, let after)?:
            throw Failure.usage(
                "\(JSONOutput.quoted(text)) could be \(before.short) or \(after.short)",
                hint: "say it with its year: \(before) or \(after)")
        case nil: throw Failure.usage("\(JSONOutput.quoted(text)) is no day", hint: SpokenTime.examples)
        }
    }

    /// The days that were said of a stretch, the last one not before the first.
    func nearestDays(from: String?, through: String?) throws -> (from: Day?, through: Day?) {
        let first = try from.map(nearestDay)
        return (first, try lastDay(through, from: first))
    }

    /// The last day that was said of a stretch, if one was: a weekday, or a date without a year, is the next such from
    /// the stretch's first day on; other words are said of today.
    ///
    /// - Throws: that it is not understood.
    func lastDay(_ text: String?, from first: Day?) throws -> Day? {
        guard let text else { return nil }
        if let first, SpokenTime.recurs(text), let day = SpokenTime.day(text, today: first) { return day }
        return try day(text)
    }
}

/// What a day that was said may mean.
enum NearestDay: Equatable {
    case one(Day)
    /// Two days, before today and after it, about as near.
    case either(Day, Day)
}

extension SpokenTime {
    /// By how many days one of two dates without a year must be nearer, so that it is the one that is meant.
    private static let clearDays = 30

    /// The nearest day that was said; nil where it is not understood.
    static func nearestDay(_ text: String, today: Day) -> NearestDay? {
        guard let next = day(text, today: today) else { return nil }
        guard isYearless(text), next > today else { return .one(next) }
        // A leap day may have been eight years ago.
        let last = (1...8).lazy.compactMap { day(text, today: today - 366 * $0) }.first { $0 < today }
        guard let before = last.map({ latest(text, from: $0, before: today) }) else { return .one(next) }
        let (behind, ahead) = (today - before, next - today)
        if abs(behind - ahead) < clearDays { return .either(before, next) }
        return .one(behind < ahead ? before : next)
    }

    /// The last such date before a day, from an earlier one on.
    private static func latest(_ text: String, from first: Day, before today: Day) -> Day {
        var found = first
        while let next = day(text, today: found + 1), next < today, next > found { found = next }
        return found
    }

    /// Whether a text is a day that comes again and again: a weekday, or a date without a year.
    static func recurs(_ text: String) -> Bool {
        let names = Weekday.allCases.map { $0.fullName.lowercased() }
        return isYearless(text)
            || text.lowercased().split(separator: " ").contains { word in
                word.count >= 3 && names.contains { $0.hasPrefix(word) }
            }
    }

    /// Whether a text is a day and a month without a year, such as 1 mar.
    static func isYearless(_ text: String) -> Bool {
        // Such a date is another one where nothing but the year is another.
        let (spring, later) = (Day(number: 20_514), Day(number: 20_514 + 1461))
        guard absoluteDay(text) == nil, let one = day(text, today: spring), let other = day(text, today: later) else {
            return false
        }
        let words = text.split(separator: " ")
        let names = monthNames.map { $0.lowercased() }
        let hasMonth = words.contains { word in word.count >= 3 && names.contains { $0.hasPrefix(word.lowercased()) } }
        return hasMonth && one.civil.month == other.civil.month && one != other
    }
}
