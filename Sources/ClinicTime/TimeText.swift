package import Planning

/// The minutes that a clock time such as "09:00" spells, 0 to 1,439 (or 1,440 for "24:00" where it may end a day);
/// nil for any other shape.
package func clockMinute(_ text: some StringProtocol, mayEndDay: Bool = false) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hours = decimal(bytes[0..<2]),
        let minutes = decimal(bytes[3..<5]), minutes < 60
    else { return nil }
    let minute = hours * 60 + minutes
    return minute < 1440 || (mayEndDay && minute == 1440) ? minute : nil
}

/// Minutes on the clock as "09:00"; 1,440 is "24:00".
package func clockText(_ minute: Int) -> String { "\(padded(minute / 60, 2)):\(padded(minute % 60, 2))" }

/// The window that "09:00-17:30" spells, minutes on the clock, "24:00" allowed as its end; nil for any other shape and
/// where it does not end after it starts.
package func clockWindow(_ text: some StringProtocol) -> Interval? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let from = clockMinute(parts[0]), let until = clockMinute(parts[1], mayEndDay: true) else {
        return nil
    }
    return Interval(clipping: from, until)
}

/// A window of clock minutes as "09:00-17:30".
package func clockWindowText(_ window: Interval) -> String {
    "\(clockText(window.from))-\(clockText(window.until))"
}

/// An offset from UTC, minutes east, as "-05:00".
package func offsetText(_ offset: Int) -> String { (offset < 0 ? "-" : "+") + clockText(abs(offset)) }

/// The minutes that an offset such as "-05:00" spells.
func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"),
        let minutes = clockMinute(String(decoding: bytes.dropFirst(), as: UTF8.self))
    else { return nil }
    return sign == UInt8(ascii: "-") ? -minutes : minutes
}

/// Seconds since 1970-01-01T00:00Z that an RFC 3339 date and time such as "2026-03-02T09:00:00-05:00" names; fractions
/// of seconds are cut. Nil for any other shape.
package func instantSeconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
        bytes[16] == UInt8(ascii: ":"), let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
        let clock = clockMinute(String(decoding: bytes[11..<16], as: UTF8.self)),
        let second = decimal(bytes[17..<19]), second <= 60
    else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
        let digits = rest.dropFirst().prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
    }
    let isUTC = rest.elementsEqual("Z".utf8) || rest.elementsEqual("z".utf8)
    guard let offset = isUTC ? 0 : offsetMinutes(rest) else { return nil }
    return (day.number * 1440 + clock - offset) * 60 + second
}

extension ClinicZone {
    /// An instant, seconds since 1970-01-01T00:00Z, as RFC 3339 with the clinic's offset: "2026-03-02T09:00:00-05:00".
    package func instantText(atSecond second: Int) -> String {
        let minute = flooredDivision(second, 60)
        let offset = offset(at: minute)
        let shown = minute + offset
        let day = Day(number: flooredDivision(shown, 1440))
        return "\(day)T\(clockText(shown - day.number * 1440)):\(padded(second - minute * 60, 2))\(offsetText(offset))"
    }

    /// An instant, minutes since 1970-01-01T00:00Z, as RFC 3339 with the clinic's offset.
    package func instantText(at minute: Int) -> String { instantText(atSecond: minute * 60) }
}
