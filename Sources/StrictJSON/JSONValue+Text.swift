extension JSONValue {
    /// The value as JSON text: compact on one line, or pretty with an indent of two spaces; keys in the order given.
    package func text(pretty: Bool = false) -> String {
        String(decoding: bytes(pretty: pretty), as: UTF8.self)
    }

    /// The value as JSON text in UTF-8. It never contains a byte below 0x20, except line feeds when pretty.
    package func bytes(pretty: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        write(to: &bytes, pretty: pretty)
        return bytes
    }

    /// Appends the value as JSON text in UTF-8.
    package func write(to bytes: inout [UInt8], pretty: Bool = false) {
        JSONWriter.append(self, to: &bytes, indent: pretty ? 0 : nil)
    }
}

extension JSONObject {
    /// The object as JSON text; see `JSONValue.text(pretty:)`.
    package func text(pretty: Bool = false) -> String {
        JSONValue.object(self).text(pretty: pretty)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact JSON text.
    package var description: String { text() }
}

extension JSONObject: CustomStringConvertible {
    /// The compact JSON text.
    package var description: String { text() }
}

/// The writer. `indent` is the depth of the value, or nil for compact text.
private enum JSONWriter {
    static func append(_ value: JSONValue, to bytes: inout [UInt8], indent: Int?) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(true): bytes.append(contentsOf: "true".utf8)
        case .bool(false): bytes.append(contentsOf: "false".utf8)
        case .integer(let integer): append(integer, to: &bytes)
        case .number(let number):
            precondition(number.isFinite, "JSON has no number for \(number)")
            bytes.append(contentsOf: number.description.utf8)
        case .string(let string): append(string, to: &bytes)
        case .array(let elements): append(elements, to: &bytes, indent: indent)
        case .object(let object): append(object, to: &bytes, indent: indent)
        }
    }

    private static func append(_ elements: [JSONValue], to bytes: inout [UInt8], indent: Int?) {
        let inner = indent.map { $0 + 1 }
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(in: &bytes, indent: inner)
            append(element, to: &bytes, indent: inner)
        }
        if !elements.isEmpty { breakLine(in: &bytes, indent: indent) }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func append(_ object: JSONObject, to bytes: inout [UInt8], indent: Int?) {
        let inner = indent.map { $0 + 1 }
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(in: &bytes, indent: inner)
            append(member.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            if indent != nil { bytes.append(UInt8(ascii: " ")) }
            append(member.value, to: &bytes, indent: inner)
        }
        if !object.isEmpty { breakLine(in: &bytes, indent: indent) }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func breakLine(in bytes: inout [UInt8], indent: Int?) {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }

    private static func append(_ integer: Int, to bytes: inout [UInt8]) {
        if integer < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = integer.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private static func append(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { text in
            var written = 0
            for (index, byte) in text.enumerated() where needsEscape(byte) {
                bytes.append(contentsOf: text[written..<index])
                appendEscape(of: byte, to: &bytes)
                written = index + 1
            }
            bytes.append(contentsOf: text[written...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        let short: Unicode.Scalar? =
            switch byte {
            case 0x08: "b"
            case 0x09: "t"
            case 0x0A: "n"
            case 0x0C: "f"
            case 0x0D: "r"
            case UInt8(ascii: "\""): "\""
            case UInt8(ascii: "\\"): "\\"
            default: nil
            }
        bytes.append(UInt8(ascii: "\\"))
        if let short {
            bytes.append(UInt8(ascii: short))
        } else {
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
