package import StrictJSON

/// Everything that is wrong with a file, found in one reading.
package struct ConfigurationError: Error, Hashable, Sendable {
    /// The file, as the reader of the error knows it.
    package var file: String
    /// The problems in the order of the text; never empty.
    package var problems: [JSONProblem]

    /// What is wrong with a file; there must be a problem.
    package init(file: String, problems: [JSONProblem]) {
        precondition(!problems.isEmpty, "an error without a problem")
        self.file = file
        self.problems = problems
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line a problem, `FILE: path: message`, and where something would help a line `hint: …` after it.
    package var description: String {
        problems.flatMap { problem in
            let place = problem.path.isEmpty ? "" : problem.path + ": "
            return ["\(file): \(place)\(problem.message)"] + (problem.hint.map { ["hint: \($0)"] } ?? [])
        }.joined(separator: "\n")
    }
}

/// Reads the bytes of a file with a function that records every problem.
///
/// - Throws: all problems with their file.
func decode<Value>(
    _ bytes: [UInt8], file: String, _ read: (JSONReader) -> Value?
) throws(ConfigurationError) -> Value {
    let document: JSONDocument
    do {
        document = try JSONDocument(parsing: bytes)
    } catch {
        throw ConfigurationError(file: file, problems: [JSONProblem(path: "", message: error.description)])
    }
    do {
        return try document.decode(read)
    } catch {
        throw ConfigurationError(file: file, problems: error.problems)
    }
}
