/// How a value is written as JSON and read back: both from one description, so that they cannot differ.
package struct Codec<Value: Sendable>: Sendable {
    /// Reads a value; nil after the problem was recorded.
    package let read: @Sendable (JSONReader) -> Value?
    /// The value as JSON.
    package let write: @Sendable (Value) -> JSONValue
    /// What an absent member stands for; nil where the member must be there.
    let absence: Absence?

    /// What an absent member stands for, and which values are not written.
    struct Absence: Sendable {
        let standard: Value
        let isOmitted: @Sendable (Value) -> Bool
    }

    init(
        read: @escaping @Sendable (JSONReader) -> Value?, write: @escaping @Sendable (Value) -> JSONValue,
        absence: Absence?
    ) {
        self.read = read
        self.write = write
        self.absence = absence
    }

    /// A codec of a member that must be there.
    package init(
        read: @escaping @Sendable (JSONReader) -> Value?, write: @escaping @Sendable (Value) -> JSONValue
    ) {
        self.init(read: read, write: write, absence: nil)
    }

    /// A codec of a text that a function understands; `name` says what it should be.
    package init(
        text name: String, _ parse: @escaping @Sendable (String) -> Value?,
        _ text: @escaping @Sendable (Value) -> String
    ) {
        self.init(read: { $0.parsed(as: name, parse) }, write: { .string(text($0)) })
    }
}

extension Codec {
    /// The member must be there, and is written even where it is empty.
    package var always: Codec { Codec(read: read, write: write) }

    /// An absent member stands for a value; it is always written.
    package func or(_ standard: Value) -> Codec {
        Codec(read: read, write: write, absence: Absence(standard: standard) { _ in false })
    }

    /// An absent member stands for a value, and that value is not written.
    package func omitted(as standard: Value) -> Codec where Value: Equatable {
        Codec(read: read, write: write, absence: Absence(standard: standard) { $0 == standard })
    }

    /// The member may be absent.
    package var optional: Codec<Value?> {
        Codec<Value?>(
            read: { [read] in $0.value.isNull && !$0.isMissing ? .some(nil) : read($0).map(Optional.some) },
            // Nothing is written where a member is omitted; in a list it is null.
            write: { [write] in $0.map(write) ?? .null },
            absence: Codec<Value?>.Absence(standard: nil) { $0 == nil })
    }

    /// A list, absent where it is empty.
    package var list: Codec<[Value]> {
        Codec<[Value]>(
            read: { [read] in $0.array(of: read) }, write: { [write] in .array($0.map(write)) },
            absence: Codec<[Value]>.Absence(standard: [], isOmitted: \.isEmpty))
    }

    /// A codec of what is made from a value, and how the value is had from it.
    package func map<Other>(
        _ make: @escaping @Sendable (Value) -> Other?, _ take: @escaping @Sendable (Other) -> Value
    ) -> Codec<Other> {
        Codec<Other>(
            read: { [read] in read($0).flatMap(make) }, write: { [write] in write(take($0)) })
    }
}

extension Codec where Value: Hashable & Comparable {
    /// A set as an ascending list, absent where it is empty.
    package var set: Codec<Set<Value>> {
        Codec<Set<Value>>(
            read: { [read] in $0.array(of: read).map { Set($0) } },
            write: { [write] in .array($0.sorted().map(write)) },
            absence: Codec<Set<Value>>.Absence(standard: [], isOmitted: \.isEmpty))
    }
}

extension Codec {
    /// An object whose keys are names of some kind, absent where it is empty.
    ///
    /// - Parameters:
    ///   - key: what a key names; nil where it names nothing.
    ///   - name: how it is written.
    ///   - precedes: the order in which the members are written.
    package static func keyed<Key: Hashable & Sendable, Element>(
        _ element: Codec<Element>, by key: @escaping @Sendable (String) -> Key?,
        named name: @escaping @Sendable (Key) -> String, order precedes: @escaping @Sendable (Key, Key) -> Bool
    ) -> Codec where Value == [Key: Element] {
        Codec(
            read: { reader in
                let read: [(key: String, value: (Key, Element))]? = reader.map { text, reader in
                    key(text).flatMap { key in element.read(reader).map { (key, $0) } }
                }
                return read.map { Dictionary($0.map(\.value)) { first, _ in first } }
            },
            write: { value in
                .object(
                    JSONObject(
                        value.sorted { precedes($0.key, $1.key) }.map { (name($0.key), element.write($0.value)) }))
            },
            absence: Absence(standard: [:], isOmitted: \.isEmpty))
    }

    /// The value as a member; nil where it is left out.
    package func member(_ value: Value) -> JSONValue? {
        if let absence, absence.isOmitted(value) { nil } else { write(value) }
    }
}

/// A type that has one usual shape in JSON.
package protocol JSONCoded: Sendable {
    /// How a value is written and read.
    static var json: Codec<Self> { get }
}

extension Codec where Value: CaseIterable & RawRepresentable<String> {
    /// A case of an enumeration by its raw value.
    package static var choice: Codec {
        Codec(read: { $0.choice(of: Value.self) }, write: { .string($0.rawValue) })
    }
}

extension Codec<Int> {
    /// A whole number with limits.
    package static func within(_ range: ClosedRange<Int>) -> Codec {
        Codec(read: { $0.integer(range) }, write: { .integer($0) })
    }
}

extension Int: JSONCoded {
    /// A whole number without limits.
    package static let json = Codec<Int>(read: { $0.integer() }, write: { .integer($0) })
}

extension String: JSONCoded {
    /// A text of any length.
    package static let json = Codec<String>(read: { $0.string() }, write: { .string($0) })
}

extension Bool: JSONCoded {
    /// A flag, absent where it is not set.
    package static let json = Codec<Bool>(read: { $0.bool() }, write: { .bool($0) }).omitted(as: false)
}

extension Optional: JSONCoded where Wrapped: JSONCoded {
    /// A value that may be absent.
    package static var json: Codec<Wrapped?> { Wrapped.json.optional }
}

extension Array: JSONCoded where Element: JSONCoded {
    /// A list, absent where it is empty.
    package static var json: Codec<[Element]> { Element.json.list }
}

extension Set: JSONCoded where Element: JSONCoded & Comparable {
    /// An ascending list, absent where it is empty.
    package static var json: Codec<Set<Element>> { Element.json.set }
}

extension JSONCoded where Self: CaseIterable & RawRepresentable<String> {
    /// A case of an enumeration by its raw value.
    package static var json: Codec<Self> { .choice }
}
