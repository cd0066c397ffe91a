extension JSONParser {
    /// A number at `at`: an integer when it is written without fraction and exponent.
    mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = at
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { at += 1 }
        var integer: Int? = 0
        switch next {
        case UInt8(ascii: "0"):
            at += 1
            if Self.isDigit(next) { throw failure(expected: "no digit after a leading zero") }
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            while Self.isDigit(next) {
                integer = integer.flatMap { Self.append(next, to: $0, isNegative: isNegative) }
                at += 1
            }
        default:
            throw failure(expected: "a digit")
        }
        guard next == UInt8(ascii: ".") || next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else {
            if let integer { return .integer(integer) }
            let range = "a whole number from \(Int.min) to \(Int.max)"
            throw failure(at: start, expected: range, found: written(from: start))
        }
        try fractionAndExponent()
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            throw failure(at: start, expected: "a number of at most \(Double.greatestFiniteMagnitude)", found: text)
        }
        return .number(number)
    }

    /// The number before it with one more decimal digit, or nil when that does not fit.
    private static func append(_ digit: UInt8, to integer: Int, isNegative: Bool) -> Int? {
        let (tens, tensOverflow) = integer.multipliedReportingOverflow(by: 10)
        let unit = Int(digit &- UInt8(ascii: "0"))
        let (sum, sumOverflow) =
            isNegative ? tens.subtractingReportingOverflow(unit) : tens.addingReportingOverflow(unit)
        return tensOverflow || sumOverflow ? nil : sum
    }

    private mutating func fractionAndExponent() throws(JSONSyntaxError) {
        if next == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
    }

    private mutating func digits() throws(JSONSyntaxError) {
        guard Self.isDigit(next) else { throw failure(expected: "a digit") }
        while Self.isDigit(next) { at += 1 }
    }

    /// A string whose opening quote is at `at`.
    mutating func string() throws(JSONSyntaxError) -> String {
        at += 1
        let start = at
        var bits: UInt8 = 0
        while at < bytes.count {
            let byte = bytes[at]
            bits |= byte
            if byte == UInt8(ascii: "\"") {
                let string = try string(of: UnsafeBufferPointer(rebasing: bytes[start..<at]), isASCII: bits < 0x80)
                at += 1
                return string
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { break }
            at += 1
        }
        throw unfinishedString()
    }

    /// ASCII needs no check, and decoding it is twice as fast as validating.
    private func string(of text: UnsafeBufferPointer<UInt8>, isASCII: Bool) throws(JSONSyntaxError) -> String {
        if isASCII { return String(decoding: text, as: UTF8.self) }
        guard let string = String(validating: text, as: UTF8.self) else { throw invalidUTF8(from: at - text.count) }
        return string
    }

    /// A string that begins at `start`; its first escape is at `at`.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                guard let string = String(validating: text, as: UTF8.self) else { throw invalidUTF8(from: start) }
                at += 1
                return string
            }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else if byte < 0x20 {
                break
            } else {
                text.append(byte)
                at += 1
            }
        }
        throw unfinishedString()
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        let start = at
        at += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[at])
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            at += 1
            text.append(contentsOf: String(try scalar(escapedAt: start)).utf8)
            return
        default:
            throw failure(expected: "one of \" \\ / b f n r t u after a backslash")
        }
        at += 1
    }

    /// The scalar of `\uXXXX`, or of two of them where they are a surrogate pair; `at` is after the first `\u`.
    private mutating func scalar(escapedAt start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard first != 0 else {
            throw failure(at: start, expected: "a character other than U+0000", found: "\\u0000")
        }
        if let scalar = Unicode.Scalar(first) { return scalar }
        let hasSecond =
            first < 0xDC00 && at + 1 < bytes.count
            && bytes[at] == UInt8(ascii: "\\") && bytes[at + 1] == UInt8(ascii: "u")
        if hasSecond {
            at += 2
            let second = try hexadecimal()
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw failure(at: start, expected: "a pair of surrogates", found: "a lone \(written(from: start, length: 6))")
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
                throw failure(expected: "a hexadecimal digit")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}

// What went wrong, in words. None of this runs on good text.
extension JSONParser {
    static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    func failure(expected: String) -> JSONSyntaxError {
        failure(at: at, expected: expected, found: foundText)
    }

    func failure(at offset: Int, expected: String) -> JSONSyntaxError {
        failure(at: offset, expected: expected, found: written(from: offset))
    }

    func failure(at offset: Int, expected: String, found: String) -> JSONSyntaxError {
        JSONSyntaxError(position: JSONPosition(of: offset, in: bytes), expected: expected, found: found)
    }

    private func unfinishedString() -> JSONSyntaxError {
        at == bytes.count
            ? failure(expected: "a closing quote") : failure(expected: "an escape in place of a control character")
    }

    private func invalidUTF8(from start: Int) -> JSONSyntaxError {
        var offset = start
        while offset < at {
            let length = Self.sequenceLength(bytes[offset])
            let end = min(offset + max(length, 1), at)
            guard length > 0, String(validating: bytes[offset..<end], as: UTF8.self) != nil else { break }
            offset = end
        }
        return failure(at: offset, expected: "UTF-8", found: "byte 0x\(String(bytes[offset], radix: 16))")
    }

    /// The length in bytes of a scalar that begins with this byte, 0 where none does.
    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0x00..<0x80: 1
        case 0xC2..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0..<0xF5: 4
        default: 0
        }
    }

    /// What is at `at`: a word, a character, or the end.
    private var foundText: String {
        guard at < bytes.count else { return "the end of the text" }
        let byte = bytes[at]
        if Self.isWordByte(byte) { return quoted(written(from: at)) }
        if (0x20..<0x7F).contains(byte) { return quoted(String(Unicode.Scalar(byte))) }
        let end = min(at + max(Self.sequenceLength(byte), 1), bytes.count)
        if byte >= 0x80, let character = String(validating: bytes[at..<end], as: UTF8.self) { return quoted(character) }
        return "byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
    }

    /// The text from an offset to `at`, or where that is empty the word there; 40 bytes at most.
    private func written(from start: Int, length: Int = 40) -> String {
        var end = max(at, start)
        if end == start {
            while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
        }
        let text = String(decoding: bytes[start..<min(end, start + length)], as: UTF8.self)
        return end > start + length && length == 40 ? text + "…" : text
    }
}
