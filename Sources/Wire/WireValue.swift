package import Planning
package import StrictJSON

/// A value with one shape on the socket.
///
/// Conformances: the scalars, what lies in arrays and maps, and every message. Reading records each problem with its
/// path and goes on, so that one pass finds them all.
package protocol WireRepresentable: Sendable {
    /// Reads the value; nil after recording what is wrong.
    init?(_ reader: JSONReader)
    /// The value as it is sent.
    var json: JSONValue { get }
}

/// A message: a value that is an object with declared fields.
package protocol WireValue: WireRepresentable, Hashable {
    /// Reads the fields; nil after recording what is wrong.
    init?(fields: JSONFields)
    /// The object as it is sent: fields that are nil are left out.
    var object: JSONObject { get }
}

extension WireValue {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.object({ Self(fields: $0) }) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .object(object) }

    /// Reads a whole message.
    ///
    /// - Throws: every problem, with its path.
    package init(_ object: JSONObject) throws(JSONInvalid) {
        self = try JSONValue.object(object).decode { Self($0) }
    }
}

/// The parameters of a method's call.
package protocol WireCall: WireValue {
    /// What the method answers.
    associatedtype Reply: WireValue
    /// The method's full name.
    static var method: String { get }
}

/// A text that is one of a list of codes, or one that a newer version sends.
package protocol WireCode: WireRepresentable, Hashable, CustomStringConvertible {
    /// Those that have a name here, in order.
    static var known: [Self] { get }
    /// The case of a code.
    init(_ code: String)
    /// The code as it is sent.
    var code: String { get }
}

extension WireCode {
    /// The case of the code that is a value's name.
    package init(_ value: some RawRepresentable<String>) { self.init(value.rawValue) }

    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let code = reader.string() else { return nil }
        self.init(code)
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(code) }

    package var description: String { code }
}

extension JSONFields {
    /// A field that must be there.
    package func required<Value: WireRepresentable>(_ key: String) -> Value? {
        value(key) { Value($0) }
    }

    /// A field that may be absent or null.
    package func nullable<Value: WireRepresentable>(_ key: String) -> Value? {
        optional(key) { Value($0) }
    }
}

extension JSONObject {
    /// An object of the members that have a value.
    package static func present(_ members: [(String, JSONValue?)]) -> JSONObject {
        JSONObject(members.compactMap { key, value in value.map { (key, $0) } })
    }
}

extension String: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.string() else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(self) }
}

extension Int: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.integer() else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .integer(self) }
}

extension Bool: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.bool() else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .bool(self) }
}

extension Array: WireRepresentable where Element: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.array(of: { Element($0) }) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .array(map(\.json)) }
}

extension Dictionary: WireRepresentable where Key == String, Value: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let members = reader.map(of: { _, reader in Value(reader) }) else { return nil }
        self.init(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
    }

    /// The members by key: the same value is always the same text.
    package var json: JSONValue {
        .object(JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
}

extension Day: WireRepresentable {
    /// Reads the value; nil after recording what is wrong.
    package init?(_ reader: JSONReader) {
        guard let value = reader.parsed(as: #"a day such as "2026-03-02""#, { Day($0) }) else { return nil }
        self = value
    }

    /// The value as it is sent.
    package var json: JSONValue { .string(description) }
}
