/// What is wrong in a file that the messages are made from, in the form of a compiler's message.
struct SourceProblem: Error, Hashable, CustomStringConvertible {
    var path: String
    /// The line, from 1.
    var line: Int
    /// What is wrong there, with what is allowed.
    var message: String

    var description: String { "\(path):\(line): error: \(message)" }
}

/// All that is wrong.
struct SourceProblems: Error, Hashable, CustomStringConvertible {
    /// In the order in which they were found; at least one.
    var all: [SourceProblem]

    var description: String { all.map(\.description).joined(separator: "\n") }
}
