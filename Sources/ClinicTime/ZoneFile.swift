/// What a TZif file (RFC 9636, versions 1 to 4) says: past changes of the offset, and the rule for all later ones.
struct ZoneFile {
    /// A change of the offset from UTC.
    struct Change: Hashable {
        /// When, minutes since 1970-01-01T00:00Z.
        var minute: Int
        /// Minutes east of UTC from then on.
        var offset: Int
    }

    /// Minutes east of UTC before the first change.
    var firstOffset: Int
    /// The changes, ascending; no two successive ones have the same offset.
    var changes: [Change]
    /// What holds after the last change; nil where its offset stays.
    var rule: ZoneRule?

    /// Reads the bytes of a file.
    ///
    /// - Throws: what is wrong with them.
    init(_ bytes: [UInt8]) throws(ZoneFileError) {
        var reader = ZoneFileReader(bytes)
        var header = try reader.header()
        if header.version >= 2 {
            try reader.skip(header.bodyBytes(timeBytes: 4))
            header = try reader.header()
        }
        let timeBytes = header.version >= 2 ? 8 : 4
        guard header.leapSeconds == 0 else { throw ZoneFileError(cause: "it counts leap seconds") }
        guard header.types > 0 else { throw ZoneFileError(cause: "it has no types of local time") }
        let seconds = try (0..<header.times).map { _ throws(ZoneFileError) in try reader.integer(timeBytes) }
        let indices = try (0..<header.times).map { _ throws(ZoneFileError) in try reader.integer(1) & 0xFF }
        let offsets = try (0..<header.types).map { _ throws(ZoneFileError) in
            let offset = try reader.integer(4)
            try reader.skip(2)
            return flooredDivision(offset, 60)
        }
        try reader.skip(header.names + header.standardFlags + header.utcFlags)
        guard indices.allSatisfy({ $0 < header.types }) else {
            throw ZoneFileError(cause: "a change names a type of local time that is not there")
        }
        guard zip(seconds, seconds.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ZoneFileError(cause: "its changes are out of order")
        }
        firstOffset = offsets[0]
        changes = []
        var last = firstOffset
        for (second, index) in zip(seconds, indices) where offsets[index] != last {
            last = offsets[index]
            changes.append(Change(minute: flooredDivision(second, 60), offset: last))
        }
        let footer = header.version >= 2 ? try reader.footer() : ""
        rule = footer.isEmpty ? nil : try ZoneRule(footer)
    }
}

/// What is wrong with a TZif file.
struct ZoneFileError: Error {
    var cause: String
}

/// The quotient rounded down, for a divisor above 0.
func flooredDivision(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
}

private struct ZoneFileHeader {
    var version: Int
    var utcFlags: Int
    var standardFlags: Int
    var leapSeconds: Int
    var times: Int
    var types: Int
    var names: Int

    func bodyBytes(timeBytes: Int) -> Int {
        times * (timeBytes + 1) + types * 6 + names + leapSeconds * (timeBytes + 4) + standardFlags + utcFlags
    }
}

private struct ZoneFileReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func header() throws(ZoneFileError) -> ZoneFileHeader {
        let magic = try take(4)
        guard magic.elementsEqual("TZif".utf8) else { throw ZoneFileError(cause: "it does not begin with TZif") }
        let version = try integer(1)
        try skip(15)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(try integer(4)) }
        guard counts.allSatisfy({ (0...100_000).contains($0) }) else {
            throw ZoneFileError(cause: "its counts are out of all proportion")
        }
        return ZoneFileHeader(
            version: version == 0 ? 1 : version - Int(UInt8(ascii: "0")), utcFlags: counts[0],
            standardFlags: counts[1], leapSeconds: counts[2], times: counts[3], types: counts[4], names: counts[5])
    }

    /// A signed big-endian whole number.
    mutating func integer(_ count: Int) throws(ZoneFileError) -> Int {
        let field = try take(count)
        var value: UInt64 = field.first.map { $0 >= 0x80 } == true ? .max : 0
        for byte in field { value = value << 8 | UInt64(byte) }
        return Int(Int64(bitPattern: value))
    }

    mutating func skip(_ count: Int) throws(ZoneFileError) { _ = try take(count) }

    /// The text between the two line feeds that end the file.
    mutating func footer() throws(ZoneFileError) -> String {
        guard try take(1).first == UInt8(ascii: "\n"), let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw ZoneFileError(cause: "its last line is missing")
        }
        return String(decoding: bytes[at..<end], as: UTF8.self)
    }

    private mutating func take(_ count: Int) throws(ZoneFileError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - at else { throw ZoneFileError(cause: "it ends early") }
        defer { at += count }
        return bytes[at..<at + count]
    }
}
