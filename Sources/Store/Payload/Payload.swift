import Clinic
import Planning
import StrictJSON

// How values are written into payloads: JSON that a person can read, keys as in docs/contract/formats.md where the
// thing is there. Each type's shape is one list of fields, from which it is written and read. What a version wrote is
// read for ever; a new shape gets a new version of the event.

extension JSONCoded {
    /// The value as it is recorded.
    var payload: JSONValue { Self.json.write(self) }

    /// The value as it is recorded; nil where it is left out.
    var storedPayload: JSONValue? { Self.json.member(self) }

    /// A value as it was recorded; nil after the problem was recorded.
    init?(payload reader: JSONReader) {
        guard let read = Self.json.read(reader) else { return nil }
        self = read
    }
}

func clockText(_ minute: Int) -> String { "\(padded(minute / 60, 2)):\(padded(minute % 60, 2))" }

func clockMinute(_ text: some StringProtocol) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = decimal(bytes[0..<2]),
        let minute = decimal(bytes[3..<5]), minute < 60, hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
}

extension Identifier: JSONCoded {
    static var json: Codec<Self> { String.json.map({ Self($0) }, \.text) }
}

extension Day: JSONCoded {
    static let json = Codec<Day>(text: "a day such as \"2026-03-02\"", { Day($0) }, \.description)
}

extension Weekday: JSONCoded {
    static let json = Codec<Weekday>(text: "a weekday such as \"mon\"", { Weekday(name: $0) }, \.name)
}

extension Instant: JSONCoded {
    /// Whole seconds since 1970-01-01T00:00Z.
    static let json = Int.json.map({ Instant(seconds: $0) }, \.seconds)
}

extension PromisedTime {
    /// "2026-03-02T09:00", without saying which of two it is.
    var text: String { "\(day)T\(clockText(clock))" }

    init?(text: String, isLater: Bool) {
        guard text.utf8.count == 16, text.dropFirst(10).first == "T", let day = Day(text.prefix(10)),
            let clock = clockMinute(text.suffix(5))
        else { return nil }
        self.init(day: day, clock: clock, isLater: isLater)
    }
}

extension Codec<Int> {
    /// Minutes on the clock as "09:00".
    static var clock: Codec { Codec(text: "a time such as \"09:00\"", { clockMinute($0) }, clockText) }
}

extension Interval {
    /// Minutes on the clock as "09:00-17:30".
    var clockWindow: String { "\(clockText(from))-\(clockText(until))" }

    init?(clockWindow text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = clockMinute(parts[0]), let until = clockMinute(parts[1]) else { return nil }
        self.init(clipping: from, until)
    }
}

extension Codec<Interval> {
    /// Minutes on the clock as "09:00-17:30".
    static var window: Codec {
        Codec(text: "hours such as \"09:00-17:30\"", { Interval(clockWindow: $0) }, \.clockWindow)
    }

    /// Both ends as two ascending numbers.
    static var pair: Codec {
        Codec(
            read: { reader in
                guard let numbers = reader.array(count: 2...2, of: { $0.integer() }) else { return nil }
                return Interval(clipping: numbers[0], numbers[1])
                    ?? reader.mismatch(expected: "two ascending numbers")
            },
            write: { [.integer($0.from), .integer($0.until)] })
    }
}

extension Codec<Set<Weekday>> {
    /// Weekdays, Monday first, written even where there are none.
    static var weekdays: Codec {
        Weekday.json.list.map({ Set($0) }, { days in Weekday.allCases.filter(days.contains) })
    }
}
