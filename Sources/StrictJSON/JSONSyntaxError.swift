/// What a parser accepts at most.
package struct JSONLimits: Sendable, Hashable {
    /// The length of the text in bytes, at most 2³¹.
    package var bytes: Int
    /// How deep arrays and objects may lie in one another: `[[]]` is 2 deep.
    package var depth: Int
    /// The members of one object.
    package var members: Int
    /// The length of a key in bytes. Keys are compared as Unicode has it, which for a long one takes time in the square
    /// of its combining marks.
    package var keyBytes: Int

    /// Limits; by default 64 MiB, 64 deep, 10,000 members in an object, 1,000 bytes in a key.
    package init(bytes: Int = 64 << 20, depth: Int = 64, members: Int = 10_000, keyBytes: Int = 1000) {
        precondition((0...(1 << 31)).contains(bytes), "a limit of \(bytes) bytes is not within 0 to 2³¹")
        self.bytes = bytes
        self.depth = depth
        self.members = members
        self.keyBytes = keyBytes
    }
}

/// A place in a text.
package struct JSONPosition: Sendable, Hashable, Comparable {
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int

    /// The position at this line and column, both from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The position of a byte. Bytes that continue a scalar do not count as columns.
    init(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(line: line, column: column)
    }

    /// Whether the one lies before the other.
    package static func < (left: JSONPosition, right: JSONPosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// Why a text is not JSON as this parser wants it.
package struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the text goes wrong.
    package var position: JSONPosition
    /// What would have been right there, such as `"," or "]"`.
    package var expected: String
    package var found: String

    /// What would have been right and what is there, without the position.
    package var message: String { "expected \(expected), found \(found)" }

    package var description: String { "line \(position.line), column \(position.column): \(message)" }
}
