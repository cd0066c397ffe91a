import Clinic
import Planning
import StrictJSON

// How values are written into payloads: JSON that a person can read, keys as in docs/contract/formats.md where the
// thing is there. What a version wrote is read for ever; a new shape gets a new version of the event.

/// An object of the members that are there.
func members(_ pairs: (String, JSONValue?)...) -> JSONValue {
    .object(JSONObject(pairs.compactMap { key, value in value.map { (key, $0) } }))
}

/// An array, or nothing where it would be empty.
func list(_ values: some Sequence<JSONValue>) -> JSONValue? {
    let values = Array(values)
    return values.isEmpty ? nil : .array(values)
}

/// A set of words in ascending order, or nothing where it would be empty.
func words(_ words: Set<String>) -> JSONValue? { list(words.sorted().map { .string($0) }) }

/// A flag that is set, or nothing.
func flag(_ isSet: Bool) -> JSONValue? { isSet ? .bool(true) : nil }

func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

func number(_ number: Int?) -> JSONValue? { number.map { .integer($0) } }

func clockText(_ minute: Int) -> String { "\(padded(minute / 60, 2)):\(padded(minute % 60, 2))" }

func clockMinute(_ text: some StringProtocol) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = decimal(bytes[0..<2]),
        let minute = decimal(bytes[3..<5]), minute < 60, hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
}

extension Interval {
    /// Minutes on the clock as "09:00-17:30".
    var clockWindow: String { "\(clockText(from))-\(clockText(until))" }

    init?(clockWindow text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = clockMinute(parts[0]), let until = clockMinute(parts[1]) else { return nil }
        self.init(clipping: from, until)
    }

    var pair: JSONValue { [.integer(from), .integer(until)] }
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

extension JSONReader {
    func day() -> Day? { parsed(as: "a day such as \"2026-03-02\"") { Day($0) } }

    func identifier<Thing>(_ type: Identifier<Thing>.Type) -> Identifier<Thing>? { string().map { Identifier($0) } }

    func clock() -> Int? { parsed(as: "a time such as \"09:00\"") { clockMinute($0) } }

    func window() -> Interval? { parsed(as: "hours such as \"09:00-17:30\"") { Interval(clockWindow: $0) } }

    func pair() -> Interval? {
        guard let numbers = array(count: 2...2, of: { $0.integer() }) else { return nil }
        return Interval(clipping: numbers[0], numbers[1]) ?? mismatch(expected: "two ascending numbers")
    }

    func weekday() -> Weekday? { parsed(as: "a weekday such as \"mon\"") { Weekday(name: $0) } }
}

extension JSONFields {
    func day(_ key: String) -> Day? { value(key) { $0.day() } }

    func optionalDay(_ key: String) -> Day? { optional(key) { $0.day() } }

    func identifier<Thing>(_ key: String, _ type: Identifier<Thing>.Type) -> Identifier<Thing>? {
        value(key) { $0.identifier(type) }
    }

    func words(_ key: String) -> Set<String> { Set(array(key, default: []) { $0.string() }) }

    func flag(_ key: String) -> Bool { bool(key, default: false) }

    func optionalText(_ key: String) -> String? { optional(key) { $0.string() } }

    func optionalCount(_ key: String) -> Int? { optional(key) { $0.integer() } }
}
