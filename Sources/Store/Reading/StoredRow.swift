import Clinic
import Foundation
import GRDB
import Planning
import StrictJSON

/// A row as the file has it, and nobody vouches for the file: a value of another kind than its column holds, or outside
/// of what it can be, is thrown as damage with its place. GRDB's own subscripts end the process there.
///
/// No error tells a text of the row, which may be a patient's name; numbers are told.
struct StoredRow {
    let table: String
    let row: Row

    /// A row of a table; its first column is told as its key.
    init(_ row: Row, of table: String) {
        self.row = row
        self.table = table
    }

    /// What any stored number stays within: sums and products of such numbers fit, whatever is done with them.
    static let numbers = -(1 << 42)...(1 << 42)

    /// Minutes since 1970 UTC, or seconds; far from both ends of `numbers`, so that days may be added.
    static let moments = -(1 << 38)...(1 << 38)

    private func value(_ index: Int) throws(StoreError) -> DatabaseValue.Storage {
        guard index < row.count else { throw damage(index, "is not there") }
        return (row[index] as DatabaseValue).storage
    }

    /// That a column's value is not what it can be.
    ///
    /// - Parameter why: goes on from the column's name, as in "is empty".
    func damage(_ index: Int, _ why: String) -> StoreError {
        let name =
            index < row.count
            ? row.columnNames[row.columnNames.index(row.columnNames.startIndex, offsetBy: index)] : "\(index + 1)"
        return .unreadableRow(table: table, key: key, why: "\(name) \(why)")
    }

    /// The first column as it is told.
    private var key: String {
        guard row.count > 0 else { return "?" }
        switch (row[0] as DatabaseValue).storage {
        case .string(let text) where text.utf8.count <= 32 && text.utf8.allSatisfy { (33...126).contains($0) }:
            return text
        case .int64(let number): return "\(number)"
        case .null, .double, .blob, .string: return "?"
        }
    }

    func optionalInteger(_ index: Int, in range: ClosedRange<Int> = numbers) throws(StoreError) -> Int? {
        switch try value(index) {
        case .null: return nil
        case .int64(let number):
            guard range.contains(Int(number)) else {
                let limits = range == StoredRow.numbers ? "" : " (\(range.lowerBound) to \(range.upperBound))"
                throw damage(index, "is \(number)\(limits)")
            }
            return Int(number)
        case .string, .double, .blob: throw damage(index, "is no whole number")
        }
    }

    func integer(_ index: Int, in range: ClosedRange<Int> = numbers) throws(StoreError) -> Int {
        guard let number = try optionalInteger(index, in: range) else { throw damage(index, "is empty") }
        return number
    }

    func flag(_ index: Int) throws(StoreError) -> Bool { try integer(index, in: 0...1) == 1 }

    func optionalText(_ index: Int) throws(StoreError) -> String? {
        switch try value(index) {
        case .null: return nil
        case .string(let text): return text
        case .int64, .double, .blob: throw damage(index, "is no text")
        }
    }

    func text(_ index: Int) throws(StoreError) -> String {
        guard let text = try optionalText(index) else { throw damage(index, "is empty") }
        return text
    }

    func bytes(_ index: Int) throws(StoreError) -> [UInt8] {
        guard case .blob(let data) = try value(index) else { throw damage(index, "has no bytes") }
        return Array(data)
    }

    /// A digest: 32 bytes.
    func digest(_ index: Int) throws(StoreError) -> [UInt8] {
        let bytes = try bytes(index)
        guard bytes.count == 32 else { throw damage(index, "has \(bytes.count) bytes (32)") }
        return bytes
    }

    func optionalInstant(_ index: Int) throws(StoreError) -> Instant? {
        try optionalInteger(index, in: StoredRow.moments).map { Instant(seconds: $0) }
    }

    func instant(_ index: Int) throws(StoreError) -> Instant {
        Instant(seconds: try integer(index, in: StoredRow.moments))
    }

    func day(_ index: Int) throws(StoreError) -> Day {
        guard let day = Day(try text(index)) else { throw damage(index, "is no day") }
        return day
    }

    /// Two columns that are a stretch of minutes.
    func interval(_ from: Int, _ until: Int) throws(StoreError) -> Interval {
        let start = try integer(from, in: StoredRow.moments)
        guard let interval = Interval(clipping: start, try integer(until, in: StoredRow.moments)) else {
            throw damage(until, "is not after the start")
        }
        return interval
    }

    /// An id of the configuration.
    func name<Thing>(_ index: Int, _ type: Identifier<Thing>.Type) throws(StoreError) -> Identifier<Thing> {
        let text = try text(index)
        guard !text.isEmpty else { throw damage(index, "is empty") }
        return Identifier(text)
    }

    /// An id that the clinic gave: a letter and a number.
    ///
    /// - Parameter last: the last number given.
    func id<Thing>(
        _ index: Int, _ type: Identifier<Thing>.Type, _ letter: Character, through last: Int = numbers.upperBound
    ) throws(StoreError) -> Identifier<Thing> {
        let text = try text(index)
        guard StoredRow.isID(text, letter) else { throw damage(index, "is no id such as \(letter)1") }
        let id = Identifier<Thing>(text)
        guard id.number <= last else {
            throw damage(index, "is \(text), and the last number given is \(last) (table frame)")
        }
        return id
    }

    func optionalID<Thing>(
        _ index: Int, _ type: Identifier<Thing>.Type, _ letter: Character, through last: Int = numbers.upperBound
    ) throws(StoreError) -> Identifier<Thing>? {
        guard try optionalText(index) != nil else { return nil }
        return try id(index, type, letter, through: last)
    }

    /// A letter and a number of up to 12 digits.
    static func isID(_ text: String, _ letter: Character) -> Bool {
        let bytes = text.utf8
        guard (2...13).contains(bytes.count), bytes.first == letter.asciiValue else { return false }
        let digits = bytes.dropFirst()
        let isPadded = digits.count > 1 && digits.first == UInt8(ascii: "0")
        return !isPadded && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// What a column holds in JSON, nil where it is empty.
    func optionalJSON<Value>(_ index: Int, _ read: (JSONReader) -> Value?) throws(StoreError) -> Value? {
        guard let text = try optionalText(index) else { return nil }
        guard let value = try? storedJSON(Array(text.utf8)).decode(read) else {
            throw damage(index, "is not what is written there in JSON")
        }
        return value
    }

    /// What a column holds in JSON.
    func json<Value>(_ index: Int, _ read: (JSONReader) -> Value?) throws(StoreError) -> Value {
        guard let value = try optionalJSON(index, read) else { throw damage(index, "is empty") }
        return value
    }

    /// A list in JSON, empty where there is none.
    func list<Element>(_ index: Int, _ read: @escaping (JSONReader) -> Element?) throws(StoreError) -> [Element] {
        try optionalJSON(index) { $0.array(of: read) } ?? []
    }
}

/// Reads stored JSON. Numbers beyond what this program ever writes are refused here, for all payloads and columns.
func storedJSON(_ bytes: [UInt8]) throws(PayloadError) -> JSONValue {
    let value: JSONValue
    do {
        value = try JSONValue(parsing: bytes)
    } catch {
        throw PayloadError("\(error)")
    }
    guard value.hasPlausibleNumbers else { throw PayloadError("a number in it is beyond what can be stored") }
    return value
}

extension JSONValue {
    fileprivate var hasPlausibleNumbers: Bool {
        switch self {
        case .null, .bool, .string: true
        case .integer(let number): StoredRow.numbers.contains(number)
        case .number: false
        case .array(let elements): elements.allSatisfy(\.hasPlausibleNumbers)
        case .object(let object): object.members.allSatisfy { $0.value.hasPlausibleNumbers }
        }
    }
}
