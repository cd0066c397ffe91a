package import Planning
package import StrictJSON

/// An instant as it stands on the socket: RFC 3339 with the clinic's offset: 2026-03-02T09:00:00-05:00.
package struct ZonedInstant: WireRepresentable, Hashable, Comparable {
    package let second: Int
    /// By how many minutes the clock at the clinic is ahead of UTC; negative west of Greenwich.
    package let offset: Int

    /// An instant in seconds since 1970 UTC, and the clinic's offset then in minutes.
    package init(second: Int, offset: Int) {
        self.second = second
        self.offset = offset
    }

    /// An instant in minutes since 1970 UTC, and the clinic's offset then in minutes.
    package init(minute: Int, offset: Int) { self.init(second: minute * 60, offset: offset) }

    /// The minute it lies in, since 1970-01-01T00:00Z.
    package var minute: Int { floored(second, 60) }

    /// The instant of an elapsed minute of a day. Minutes beyond the day's end keep its last offset.
    package init(elapsed: Int, of calendar: DayCalendar) {
        let minute = calendar.firstMinute + elapsed
        let clock = calendar.clock(at: min(elapsed, calendar.length - 1)) + max(0, elapsed - calendar.length + 1)
        self.init(minute: minute, offset: calendar.day.number * 1440 + clock - minute)
    }

    /// Reads RFC 3339; nil for any other shape. Seconds must be there, fractions of them not.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]),
            let second = decimal(bytes[17..<19]), hour < 24, minute < 60, second < 60,
            let offset = ZonedInstant.offset(Array(bytes[19...]))
        else { return nil }
        self.init(second: (day.number * 1440 + hour * 60 + minute - offset) * 60 + second, offset: offset)
    }

    private static func offset(_ bytes: [UInt8]) -> Int? {
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = decimal(bytes[1..<3]),
            let minutes = decimal(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        let name = #"an instant such as "2026-03-02T09:00:00-05:00""#
        guard let value = reader.parsed(as: name, { ZonedInstant($0) }) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(text) }

    package var text: String {
        "\(day)T\(ClockTime(minutes: clock).text):\(padded(second - minute * 60, 2))" + offsetText
    }

    /// The offset alone: -05:00.
    package var offsetText: String { (offset < 0 ? "-" : "+") + ClockTime(minutes: abs(offset)).text }

    /// The civil day at the clinic.
    package var day: Day { Day(number: floored(minute + offset, 1440)) }

    /// What the clock at the clinic shows, minutes from 00:00.
    package var clock: Int { minute + offset - day.number * 1440 }

    package static func < (left: ZonedInstant, right: ZonedInstant) -> Bool { left.second < right.second }
}

/// A time of day on the clock, as 09:30.
package struct ClockTime: WireRepresentable, Hashable {
    /// Minutes from 00:00; 1440 is 24:00.
    package let minutes: Int

    /// A time of day in minutes from 00:00.
    package init(minutes: Int) { self.minutes = minutes }

    /// Reads 09:30, and 24:00 as the end of a day; nil for any other shape.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = decimal(bytes[0..<2]),
            let minute = decimal(bytes[3..<5]), minute < 60, hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        self.init(minutes: hour * 60 + minute)
    }

    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.parsed(as: #"a time such as "09:30""#, { ClockTime($0) }) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(text) }

    package var text: String { "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))" }
}

/// A window on the clock, as 09:00-17:30.
package struct ClockWindow: WireRepresentable, Hashable {
    package let interval: Interval

    /// A window of minutes from 00:00.
    package init(_ interval: Interval) { self.interval = interval }

    /// Reads 09:00-17:30; nil for any other shape and for windows that do not end after they start.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = ClockTime(parts[0]), let until = ClockTime(parts[1]),
            let interval = Interval(clipping: from.minutes, until.minutes)
        else { return nil }
        self.init(interval)
    }

    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.parsed(as: #"a window such as "09:00-17:30""#, { ClockWindow($0) }) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(text) }

    package var text: String {
        ClockTime(minutes: interval.from).text + "-" + ClockTime(minutes: interval.until).text
    }
}
