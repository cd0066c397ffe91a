import StrictJSON

/// A file as people's programs save it, read as what it is: UTF-8 or UTF-16, with a byte order mark or without, or
/// Windows-1252. What cannot be read is refused with its line; nothing is put in its place.
enum TextFile {
    /// The text of a file, without its byte order mark.
    ///
    /// - Throws: the line that cannot be read.
    static func text(_ bytes: [UInt8], file: String) throws -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try utf8(bytes.dropFirst(3), file) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), isBigEndian: false, file) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), isBigEndian: true, file) }
        // Letters of a Latin alphabet have a zero beside them in UTF-16.
        if bytes.count >= 2, bytes.count.isMultiple(of: 2), bytes[0] == 0 || bytes[1] == 0 {
            return try utf16(bytes[...], isBigEndian: bytes[0] == 0, file)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return try windows(bytes, file)
    }

    private static func utf8(_ bytes: ArraySlice<UInt8>, _ file: String) throws -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw unreadable(file, line: line(of: firstInvalid(bytes), in: bytes), "no UTF-8, as its byte order mark says")
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool, _ file: String) throws -> String {
        var units: [UInt16] = []
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        if index == bytes.endIndex, let text = String(validating: units, as: UTF16.self) { return text }
        let bad = String(decoding: units, as: UTF16.self)
        let broken = bad.unicodeScalars.firstIndex(of: "\u{FFFD}") ?? bad.unicodeScalars.endIndex
        let lines = bad.unicodeScalars[..<broken].count { $0 == "\n" }
        throw unreadable(file, line: lines + 1, "no UTF-16")
    }

    /// What older programs save in Western countries. A file that is UTF-8 but for some bytes is damaged, not this.
    private static func windows(_ bytes: [UInt8], _ file: String) throws -> String {
        let invalid = firstInvalid(bytes[...])
        guard !hasLetterOfUTF8(bytes) else {
            throw unreadable(file, line: line(of: invalid, in: bytes[...]), "UTF-8 in part, and damaged there")
        }
        var text = ""
        for (index, byte) in bytes.enumerated() {
            guard let scalar = scalar(byte) else {
                let code = String(byte, radix: 16, uppercase: true)
                throw unreadable(
                    file, line: line(of: index, in: bytes[...]), "neither UTF-8 nor Windows-1252 (byte \(code))")
            }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// Where Windows-1252 differs from Latin-1, from 0x80 on; 0 where it has nothing.
    private static let special: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
        0x017E, 0x0178,
    ]

    private static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        let value = special[Int(byte) - 0x80]
        return value == 0 ? nil : Unicode.Scalar(value)
    }

    /// Whether some bytes are a letter beyond ASCII in UTF-8, of a length that other encodings hardly have by chance.
    private static func hasLetterOfUTF8(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices.dropLast() where (0xC3...0xC5).contains(bytes[index]) {
            let next = bytes[index + 1]
            let isAlone = index + 2 >= bytes.count || !(0x80...0xBF).contains(bytes[index + 2])
            if (0x80...0xBF).contains(next), isAlone { return true }
        }
        return false
    }

    private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> Int {
        // The longest beginning that can be read, found by halving.
        var (low, high) = (bytes.startIndex, bytes.endIndex)
        while low < high {
            let middle = (low + high + 1) / 2
            // A letter that is cut off at the end is no fault of the beginning.
            let isReadable = (0...3).contains { cut in
                middle - cut >= bytes.startIndex && String(validating: bytes[..<(middle - cut)], as: UTF8.self) != nil
            }
            if isReadable { low = middle } else { high = middle - 1 }
        }
        let cut = (0...3).first { String(validating: bytes[..<max(bytes.startIndex, low - $0)], as: UTF8.self) != nil }
        return low - (cut ?? 0)
    }

    private static func line(of index: Int, in bytes: ArraySlice<UInt8>) -> Int {
        bytes[..<min(index, bytes.endIndex)].count { $0 == UInt8(ascii: "\n") } + 1
    }

    private static func unreadable(_ file: String, line: Int, _ what: String) -> Failure {
        .failed(
            "\(file):\(line): this is \(what)",
            hint: "save it as UTF-8, or as CSV in the form of your spreadsheet program")
    }
}
