/// A place where a house rule is broken, and what to do about it.
struct Violation: Hashable, CustomStringConvertible {
    let path: String
    /// Counted from 1; 0 where the whole file is meant.
    let line: Int
    let message: String

    var description: String { line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)" }
}

/// A house rule: looks at one file at a time.
typealias Check = @Sendable (SourceFile) -> [Violation]

extension SourceFile {
    /// A violation for every line of the view for which the function has a message.
    func violations(in view: [String], _ message: (String) -> String?) -> [Violation] {
        view.enumerated().compactMap { index, line in
            message(line).map { Violation(path: path, line: index + 1, message: $0) }
        }
    }
}
