/// The members of one object while they are read. It remembers which keys were asked for.
///
/// A field is required, or has a default, or is optional. `null` and absence are the same for the last two.
package final class JSONFields {
    package let reader: JSONReader
    private let object: JSONObject
    private let path: JSONPath?
    /// The keys that were asked for, some of them more than once.
    private var asked: [String] = []
    /// The member behind the one that was found last: who reads in the order of the text finds it there.
    private var next = 0
    /// How many members were found there, one after the other from the first.
    private var inOrder = 0

    init(of reader: JSONReader, _ object: JSONObject) {
        self.reader = reader
        self.object = object
        path = reader.path
        asked.reserveCapacity(max(8, 2 * object.count))
    }

    /// Whether the member is there and not `null`. It counts as asked for.
    package func has(_ key: String) -> Bool {
        find(key).map { !$0.value.isNull } ?? false
    }

    /// A required field of any shape: a missing one is handed to the function too, which then says what it expected.
    package func value<Value>(_ key: String, _ read: (JSONReader) -> Value?) -> Value? {
        self.read(find(key) ?? reader.missingChild(key), read)
    }

    private func read<Value>(_ member: JSONReader, _ read: (JSONReader) -> Value?) -> Value? {
        let before = reader.problems.count
        let value = read(member)
        if value == nil, reader.problems.count == before {
            member.problem(member.isMissing ? "required key is missing" : "expected another value")
        }
        return value
    }

    /// A field of any shape with a default. Where its value is wrong that is recorded and the default returned.
    package func value<Value>(_ key: String, default standard: Value, _ read: (JSONReader) -> Value?) -> Value {
        optional(key, read) ?? standard
    }

    /// An optional field of any shape; nil when it is absent, `null` or wrong.
    package func optional<Value>(_ key: String, _ read: (JSONReader) -> Value?) -> Value? {
        guard let member = find(key), !member.value.isNull else { return nil }
        return self.read(member, read)
    }

    /// The raw value of a field; nil when it is absent.
    package func raw(_ key: String) -> JSONValue? {
        find(key)?.value
    }

    /// Lets keys stand that are not read.
    package func ignore(_ keys: String...) {
        asked += keys
    }

    /// Records a problem with a field, at its key, or with the object where the field is absent.
    package func problem(_ key: String, _ message: String, hint: String? = nil) {
        (find(key) ?? reader.missingChild(key)).problem(message, hint: hint)
    }

    private func find(_ key: String) -> JSONReader? {
        asked.append(key)
        let members = object.members
        if next < members.count, members[next].key == key {
            if inOrder == next { inOrder += 1 }
        } else if let index = members.firstIndex(where: { $0.key == key }) {
            next = index
        } else {
            return nil
        }
        defer { next += 1 }
        let node = reader.source.map { $0.child(next, of: reader.node) } ?? 0
        return reader.child(members[next].value, .key(key), of: path, node: node)
    }

    /// Records every member that was not asked for.
    func recordUnknownKeys() {
        guard inOrder < object.count else { return }
        var known: Set<String> = []
        let asked = asked.filter { known.insert($0).inserted }
        for (index, member) in object.members.enumerated() where !known.contains(member.key) {
            guard reader.problems.count < JSONProblems.maximum else { return }
            let hint =
                closest(to: member.key, among: asked).map { "did you mean \(quoted($0))?" }
                ?? (asked.isEmpty ? "no key is known here" : "known keys are \(asked.joined(separator: ", "))")
            let position = reader.source.map { source in
                source.position(ofByte: Int(source.nodes[source.child(index, of: reader.node)].key))
            }
            reader.problems.append(
                JSONProblem(
                    path: JSONPath.text(of: path, then: .key(member.key)), position: position,
                    message: "unknown key \(quoted(member.key))", hint: hint))
        }
    }
}

extension JSONFields {
    /// A required truth value.
    package func bool(_ key: String) -> Bool? {
        value(key) { $0.bool() }
    }

    /// A truth value with a default.
    package func bool(_ key: String, default standard: Bool) -> Bool {
        value(key, default: standard) { $0.bool() }
    }

    /// A required whole number within a range.
    package func integer(_ key: String, _ range: ClosedRange<Int> = .min ... .max) -> Int? {
        value(key) { $0.integer(range) }
    }

    /// A whole number within a range, with a default.
    package func integer(_ key: String, _ range: ClosedRange<Int> = .min ... .max, default standard: Int) -> Int {
        value(key, default: standard) { $0.integer(range) }
    }

    /// A required number within a range.
    package func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
        value(key) { $0.number(range) }
    }

    /// A number that must be there.
    package func number(_ key: String) -> Double? {
        value(key) { $0.number() }
    }

    /// A required string of some length in characters.
    package func string(_ key: String, length: ClosedRange<Int> = 0 ... .max) -> String? {
        value(key) { $0.string(length: length) }
    }

    /// A string of some length in characters, with a default.
    package func string(_ key: String, length: ClosedRange<Int> = 0 ... .max, default standard: String) -> String {
        value(key, default: standard) { $0.string(length: length) }
    }

    /// A required string that a function understands; see `JSONReader.parsed(as:_:)`.
    package func parsed<Value>(_ key: String, as name: String, _ parse: (String) -> Value?) -> Value? {
        value(key) { $0.parsed(as: name, parse) }
    }

    /// A required case of an enumeration, by its raw value.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, of type: Choice.Type
    ) -> Choice? {
        value(key) { $0.choice(of: type) }
    }

    /// A case of an enumeration, by its raw value, with a default.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, default standard: Choice
    ) -> Choice {
        value(key, default: standard) { $0.choice(of: Choice.self) }
    }

    /// A required array, each element read by the function.
    package func array<Element>(
        _ key: String, count: ClosedRange<Int> = 0 ... .max, of read: (JSONReader) -> Element?
    ) -> [Element]? {
        value(key) { $0.array(count: count, of: read) }
    }

    /// An array with a default, each element read by the function.
    package func array<Element>(
        _ key: String, count: ClosedRange<Int> = 0 ... .max, default standard: [Element],
        of read: (JSONReader) -> Element?
    ) -> [Element] {
        value(key, default: standard) { $0.array(count: count, of: read) }
    }

    /// A required object whose keys are names given in the document; see `JSONReader.map(of:)`.
    package func map<Element>(
        _ key: String, of read: (String, JSONReader) -> Element?
    ) -> [(key: String, value: Element)]? {
        value(key) { $0.map(of: read) }
    }

    /// A required object with known keys; see `JSONReader.object(_:)`.
    package func object<Value>(_ key: String, _ read: (JSONFields) -> Value?) -> Value? {
        value(key) { $0.object(read) }
    }
}
