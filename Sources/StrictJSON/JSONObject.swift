/// The members of a JSON object in order, each key once. Two objects are equal when their members are, in any order.
///
/// Look-up is linear: objects of a record's size are faster so than with a hash table.
/// Keys that Unicode holds to be equivalent are the same key.
package struct JSONObject: Sendable {
    /// The members in order.
    package private(set) var members: [(key: String, value: JSONValue)]

    /// An object without members.
    package init() {
        members = []
    }

    /// An object of these members in this order; no key may stand twice.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        self.members = members.map { (key: $0.0, value: $0.1) }
        precondition(Self.areDistinct(self.members), "a key stands twice in an object")
    }

    /// Whether no key stands twice: for few members comparing is faster than hashing.
    private static func areDistinct(_ members: [(key: String, value: JSONValue)]) -> Bool {
        guard members.count <= 16 else { return Set(members.lazy.map(\.key)).count == members.count }
        return members.indices.allSatisfy { index in
            members[..<index].allSatisfy { $0.key != members[index].key }
        }
    }

    /// An object of members whose keys the caller knows to be distinct.
    init(distinct members: [(key: String, value: JSONValue)]) {
        self.members = members
    }

    /// The number of members.
    package var count: Int { members.count }

    /// Whether there is no member.
    package var isEmpty: Bool { members.isEmpty }

    /// The keys in order.
    package var keys: [String] { members.map(\.key) }

    /// The value of a member. Setting keeps the place of a member that is there and appends one that is not;
    /// setting nil removes it. (`JSONValue.null` is a value, not nil.)
    package subscript(_ key: String) -> JSONValue? {
        get {
            for member in members where member.key == key {
                return member.value
            }
            return nil
        }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        if zip(left.members, right.members).allSatisfy({ $0.key == $1.key }) {
            return zip(left.members, right.members).allSatisfy { $0.value == $1.value }
        }
        let values = Dictionary(uniqueKeysWithValues: right.members.lazy.map { ($0.key, $0.value) })
        return left.members.allSatisfy { values[$0.key] == $0.value }
    }

    /// Hashes the members so that their order does not count.
    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var own = Hasher()
            own.combine(member.key)
            own.combine(member.value)
            sum ^= own.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object with its members in this order; no key may stand twice.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
