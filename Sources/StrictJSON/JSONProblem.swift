/// Something in a document that cannot be used, and where.
package struct JSONProblem: Sendable, Hashable, CustomStringConvertible {
    /// The way to the value, such as `staff[3].shifts[0].hours`; empty for the document itself.
    package var path: String
    /// Where it stands in the text, when there is a text.
    package var position: JSONPosition?
    /// What is wrong, with the value and what is allowed, such as `expected a whole number from 1 to 100, found "abc"`.
    package var message: String
    package var hint: String?

    /// A problem at a path.
    package init(path: String, position: JSONPosition? = nil, message: String, hint: String? = nil) {
        self.path = path
        self.position = position
        self.message = message
        self.hint = hint
    }

    /// The line, from 1, when there is a text.
    package var line: Int? { position?.line }

    /// The column, from 1, when there is a text.
    package var column: Int? { position?.column }

    /// Path, message and hint on one line.
    package var description: String {
        (path.isEmpty ? "" : path + ": ") + message + (hint.map { " (\($0))" } ?? "")
    }
}

/// All problems of a document.
package struct JSONInvalid: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problems, in the order of the text where there is one; never empty.
    package var problems: [JSONProblem]

    /// These problems; there must be one.
    package init(problems: [JSONProblem]) {
        precondition(!problems.isEmpty, "invalid without a problem")
        self.problems = problems
    }

    /// One problem a line.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// The list that the readers of one document write their problems to.
package final class JSONProblems {
    /// So many problems are kept; a text made to have millions of them costs no more memory.
    package static let maximum = 1000

    /// The problems in the order they were found.
    package private(set) var list: [JSONProblem] = []
    /// How many were found, those not kept included.
    package private(set) var count = 0

    package init() {}

    /// Appends a problem to those found so far.
    package func append(_ problem: JSONProblem) {
        count += 1
        if list.count < Self.maximum { list.append(problem) }
    }

    /// The problems in the order of the text; those without a position keep their place behind the others.
    package var sorted: [JSONProblem] {
        list.enumerated().sorted { left, right in
            switch (left.element.position, right.element.position) {
            case (let one?, let other?): (one, left.offset) < (other, right.offset)
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): left.offset < right.offset
            }
        }.map(\.element)
    }
}

/// The way from the document to a value, as a chain that ends at the root.
final class JSONPath: Sendable {
    enum Step: Sendable {
        case key(String)
        case index(Int)
    }

    let parent: JSONPath?
    let step: Step

    init(parent: JSONPath?, step: Step) {
        self.parent = parent
        self.step = step
    }

    /// The way as text.
    static func text(of path: JSONPath?, then last: Step? = nil) -> String {
        var steps: [Step] = last.map { [$0] } ?? []
        var path = path
        while let here = path {
            steps.append(here.step)
            path = here.parent
        }
        return text(of: steps.reversed())
    }

    /// Steps as text: `staff[3].shifts[0].hours`; a key that is not a plain word stands in quotes.
    static func text(of steps: [Step]) -> String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where !key.isEmpty && key.utf8.count <= 64 && key.utf8.allSatisfy(isPlain):
                text += (text.isEmpty ? "" : ".") + key
            case .key(let key): text += "[\(quoted(key))]"
            }
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        JSONParser.isWordByte(byte) || byte == UInt8(ascii: "-")
    }
}

/// A text in quotes as JSON writes it, cut after 60 characters.
func quoted(_ text: String) -> String { JSONValue.string(shortened(text)).text() }

/// A text for an error: cut after some characters, and after four times as many scalars, however few characters those
/// are.
package func shortened(_ text: String, to characters: Int = 60) -> String {
    guard text.utf8.count > characters else { return text }
    let scalars = text.unicodeScalars.prefix(4 * characters)
    let cut = String(scalars).prefix(characters)
    return cut.utf8.count == text.utf8.count ? text : cut + "…"
}
