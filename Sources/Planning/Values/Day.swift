/// A civil date of the proleptic Gregorian calendar, counted in days from 1970-01-01 (day 0).
package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    package let number: Int

    /// The day with the given count of days since 1970-01-01.
    package init(number: Int) { self.number = number }

    /// The day of a civil date, or nil where no such date exists (month 1…12, day within its month).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Day.count(ofMonth: month, year: year) else { return nil }
        self.number = Day.number(year: year, month: month, day: day)
    }

    /// Reads "2026-03-02"; nil for any other shape and for dates that do not exist.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// The day a number of days later (earlier where negative).
    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }

    /// The day a number of days earlier.
    package static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }

    /// Days from the right day to the left one.
    package static func - (left: Day, right: Day) -> Int { left.number - right.number }

    /// The weekday of the date.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday, index 3 from Monday.
        Weekday(rawValue: ((number % 7) + 10) % 7)!
    }

    /// Year, month (1…12) and day of the month (1…31).
    package var civil: (year: Int, month: Int, day: Int) {
        // Shift the epoch to 0000-03-01, so that a leap day ends a year of the cycle of 400 years (146,097 days).
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func number(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func count(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day: CustomStringConvertible {
    /// The date as "2026-03-02".
    package var description: String {
        let date = civil
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }
}

/// A day of the week, Monday first (raw value 0 to 6).
package enum Weekday: Int, CaseIterable, Hashable, Sendable {
    case mon, tue, wed, thu, fri, sat, sun

    /// The three-letter name used in files: mon, tue, …
    package var name: String { String(describing: self) }

    /// Reads a three-letter name.
    package init?(name: some StringProtocol) {
        guard let found = Weekday.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// A non-negative whole number padded with zeros to a width in digits.
package func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}

/// The whole number that ASCII digits spell, or nil where anything else stands among them.
package func decimal(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var value = 0
    for digit in digits {
        guard digit >= 48, digit <= 57 else { return nil }
        value = value * 10 + Int(digit - 48)
    }
    return value
}
