/// Where a value lies in the text, and how many values are in it; in the order in which values begin.
struct JSONNode: Sendable {
    /// The offset of the value in bytes.
    var offset: UInt32
    /// The offset of its key, or of the value where it has none.
    var key: UInt32
    /// The values in it, itself included: the next sibling is that many nodes further.
    var size: UInt32
}

/// A key that stands twice in an object: the later member is dropped and noted here.
struct JSONDuplicate: Sendable {
    /// The node of the object.
    var object: Int
    var key: String
    /// The offset in bytes of the later key.
    var offset: Int
}

/// A recursive parser for RFC 8259 that repairs nothing.
struct JSONParser {
    /// So many duplicate keys are noted, further ones are only dropped.
    static let duplicatesMaximum = 100
    /// Above so many members a hash table looks for duplicate keys.
    private static let membersForSet = 16

    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    /// Whether to fill `nodes`; without them a duplicate key is a syntax error.
    let keepsNodes: Bool
    var at = 0
    var nodes: [JSONNode] = []
    var duplicates: [JSONDuplicate] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits, keepsNodes: Bool) {
        self.bytes = bytes
        self.limits = limits
        self.keepsNodes = keepsNodes
    }

    /// The only value of the text.
    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw failure(at: limits.bytes, expected: "at most \(limits.bytes) bytes", found: "\(bytes.count) bytes")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw failure(at: 0, expected: "a value", found: "a byte order mark")
        }
        skipSpace()
        let value = try value(depth: 0, key: nil)
        skipSpace()
        guard at == bytes.count else { throw failure(expected: "the end of the text") }
        return value
    }

    /// The byte at `at`, 0 at the end: no rule of the grammar wants a NUL.
    var next: UInt8 {
        at < bytes.count ? bytes[at] : 0
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int, key: Int?) throws(JSONSyntaxError) -> JSONValue {
        let node = nodes.count
        if keepsNodes {
            nodes.append(JSONNode(offset: UInt32(at), key: UInt32(key ?? at), size: 1))
        }
        switch next {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            try descend(to: depth + 1)
            let object = try object(depth: depth + 1, node: node)
            if keepsNodes { nodes[node].size = UInt32(nodes.count - node) }
            return .object(object)
        case UInt8(ascii: "["):
            try descend(to: depth + 1)
            let elements = try array(depth: depth + 1)
            if keepsNodes { nodes[node].size = UInt32(nodes.count - node) }
            return .array(elements)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default:
            throw failure(expected: "a value")
        }
    }

    private func descend(to depth: Int) throws(JSONSyntaxError) {
        guard depth <= limits.depth else {
            throw failure(expected: "at most \(limits.depth) arrays and objects in one another")
        }
    }

    private mutating func word(_ word: StaticString) throws(JSONSyntaxError) {
        let length = word.utf8CodeUnitCount
        let matches =
            at + length <= bytes.count && (0..<length).allSatisfy { bytes[at + $0] == word.utf8Start[$0] }
            && !(at + length < bytes.count && Self.isWordByte(bytes[at + length]))
        guard matches else { throw failure(expected: "a value") }
        at += length
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        at += 1
        skipSpace()
        var elements: [JSONValue] = []
        if next == UInt8(ascii: "]") {
            at += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth, key: nil))
            skipSpace()
            switch next {
            case UInt8(ascii: ","):
                at += 1
                skipSpace()
            case UInt8(ascii: "]"):
                at += 1
                return elements
            default:
                throw failure(expected: "\",\" or \"]\"")
            }
        }
    }

    private mutating func object(depth: Int, node: Int) throws(JSONSyntaxError) -> JSONObject {
        at += 1
        skipSpace()
        var members: [(key: String, value: JSONValue)] = []
        if next == UInt8(ascii: "}") {
            at += 1
            return JSONObject()
        }
        var seen: Set<String> = []
        while true {
            try member(depth: depth, node: node, into: &members, seen: &seen)
            skipSpace()
            switch next {
            case UInt8(ascii: ","):
                at += 1
                skipSpace()
            case UInt8(ascii: "}"):
                at += 1
                return JSONObject(distinct: members)
            default:
                throw failure(expected: "\",\" or \"}\"")
            }
        }
    }

    private mutating func member(
        depth: Int, node: Int, into members: inout [(key: String, value: JSONValue)], seen: inout Set<String>
    ) throws(JSONSyntaxError) {
        let start = at
        guard next == UInt8(ascii: "\"") else {
            throw failure(expected: members.isEmpty ? "a key in quotes or \"}\"" : "a key in quotes")
        }
        let key = try string()
        guard key.utf8.count <= limits.keyBytes else {
            throw failure(
                at: start, expected: "a key of at most \(limits.keyBytes) bytes", found: "\(key.utf8.count) bytes")
        }
        let isDuplicate = Self.contains(members, key, &seen)
        guard !isDuplicate || keepsNodes else {
            throw failure(at: start, expected: "each key once", found: "\(quoted(key)) again")
        }
        guard isDuplicate || members.count < limits.members else {
            throw failure(at: start, expected: "at most \(limits.members) members in an object")
        }
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw failure(expected: "\":\"") }
        at += 1
        skipSpace()
        let ownNode = nodes.count
        let value = try value(depth: depth, key: start)
        if isDuplicate {
            nodes.removeSubrange(ownNode...)
            duplicates.removeAll { $0.object >= ownNode }
            if duplicates.count < Self.duplicatesMaximum {
                duplicates.append(JSONDuplicate(object: node, key: key, offset: start))
            }
        } else {
            members.append((key: key, value: value))
        }
    }

    private static func contains(
        _ members: [(key: String, value: JSONValue)], _ key: String, _ seen: inout Set<String>
    ) -> Bool {
        if members.count < membersForSet {
            for member in members where member.key == key { return true }
            return false
        }
        if seen.isEmpty { seen.formUnion(members.lazy.map(\.key)) }
        return !seen.insert(key).inserted
    }
}
