/// A parsed text that remembers where each of its values lies, so that problems found later can name the place.
package struct JSONDocument: Sendable {
    /// The value of the text. Of members with the same key it holds the first.
    package let value: JSONValue
    /// The keys that stand twice in an object; at most 100 are told.
    package let duplicateKeys: [JSONProblem]
    let source: JSONSource

    /// Parses a text in UTF-8 as RFC 8259 has it, nothing more: no byte order mark, no comments, no trailing commas,
    /// no U+0000 in strings, no lone surrogates, whole numbers that fit. Duplicate keys are kept as problems.
    ///
    /// - Throws: the first error of the syntax, or the limit that the text exceeds.
    package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        let parsed = Result<(JSONValue, [JSONNode], [JSONDuplicate]), JSONSyntaxError> { () throws(JSONSyntaxError) in
            try bytes.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
                var parser = JSONParser(bytes, limits: limits, keepsNodes: true)
                return (try parser.document(), parser.nodes, parser.duplicates)
            }
        }
        let (value, nodes, duplicates) = try parsed.get()
        let source = JSONSource(bytes: bytes, nodes: nodes)
        self.value = value
        self.source = source
        duplicateKeys = duplicates.map { duplicate in
            JSONProblem(
                path: JSONPath.text(of: source.steps(to: duplicate.object, in: value) + [.key(duplicate.key)]),
                position: source.position(ofByte: duplicate.offset),
                message: "key \(quoted(duplicate.key)) stands here a second time")
        }
    }

    /// Parses a text; see `init(parsing:limits:)`.
    ///
    /// - Throws: the first error of the syntax, or the limit that the text exceeds.
    package init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads the document with a function that records every problem it meets; duplicate keys are problems too.
    ///
    /// - Throws: all problems, in the order of the text.
    package func decode<Value>(_ read: (JSONReader) -> Value?) throws(JSONInvalid) -> Value {
        let problems = JSONProblems()
        duplicateKeys.forEach(problems.append)
        return try JSONReader(value, source: source, problems: problems).decoded(by: read)
    }
}

extension JSONValue {
    /// Parses a text as `JSONDocument` does, but keeps no positions and refuses duplicate keys at once.
    ///
    /// - Throws: the first error.
    package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
            try JSONValue(parsing: bytes, limits: limits)
        }
    }

    /// Parses a text that lies in foreign memory; see `init(parsing:limits:)`.
    ///
    /// - Throws: the first error.
    package init(
        parsing bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes, limits: limits, keepsNodes: false)
        self = try parser.document()
    }

    /// Parses a text; see `init(parsing:limits:)`.
    ///
    /// - Throws: the first error.
    package init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads the value with a function that records every problem it meets, without positions.
    ///
    /// - Throws: all problems.
    package func decode<Value>(_ read: (JSONReader) -> Value?) throws(JSONInvalid) -> Value {
        try JSONReader(self, source: nil, problems: JSONProblems()).decoded(by: read)
    }
}

/// The text of a document and where its values lie.
final class JSONSource: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]
    /// The offset at which each line begins: each of a million values may be asked for its line.
    private let lineStarts: [Int32]

    init(bytes: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.nodes = nodes
        var starts: [Int32] = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(Int32(offset + 1)) }
        lineStarts = starts
    }

    /// The line that holds a byte, from 1.
    func line(ofByte offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    func position(ofByte offset: Int) -> JSONPosition {
        let line = line(ofByte: offset)
        let column = bytes[Int(lineStarts[line - 1])..<offset].count { $0 & 0xC0 != 0x80 }
        return JSONPosition(line: line, column: column + 1)
    }

    /// The node of the child with this index.
    func child(_ index: Int, of node: Int) -> Int {
        var child = node + 1
        for _ in 0..<index {
            child += Int(nodes[child].size)
        }
        return child
    }

    /// The steps from the root to a node.
    func steps(to target: Int, in root: JSONValue) -> [JSONPath.Step] {
        var steps: [JSONPath.Step] = []
        var node = 0
        var value = root
        while node < target {
            var index = 0
            node += 1
            while node + Int(nodes[node].size) <= target {
                node += Int(nodes[node].size)
                index += 1
            }
            switch value {
            case .object(let object):
                steps.append(.key(object.members[index].key))
                value = object.members[index].value
            case .array(let elements):
                steps.append(.index(index))
                value = elements[index]
            case .null, .bool, .integer, .number, .string:
                preconditionFailure("a scalar has no children")
            }
        }
        return steps
    }
}
