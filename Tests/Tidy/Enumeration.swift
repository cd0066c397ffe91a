/// The cases of an enumeration, read from its text.
struct Enumeration {
    /// A case: its name, and its raw value as it is written without quotes; the name where none is written.
    struct Case: Equatable {
        let name: String
        let raw: String
    }

    let cases: [Case]

    /// The enumeration of a name in a file; nil where the file declares none.
    init?(_ name: String, in file: SourceFile) {
        var cases: [Case] = []
        var depth = 0
        // The depth of the braces in which its own cases stand, once it has begun.
        var body: Int?
        for index in file.code.indices {
            let code = file.code[index]
            let start = code.drop { $0 == " " }
            if body == nil {
                if Self.declares(name, code) { body = depth + 1 }
            } else if depth == body, start.hasPrefix("case ") {
                cases += Self.cases(file.lines[index])
            }
            depth += code.count { $0 == "{" } - code.count { $0 == "}" }
            if let body, depth < body { break }
        }
        guard body != nil else { return nil }
        self.cases = cases
    }

    private static func declares(_ name: String, _ code: String) -> Bool {
        let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return zip(words, words.dropFirst()).contains { $0 == "enum" && $1 == name }
    }

    private static func cases(_ line: String) -> [Case] {
        let list = line.drop { $0 == " " }.dropFirst("case ".count)
        return list.replacing(#/\([^()]*\)/#, with: "").split(separator: ",").compactMap { text in
            guard let match = text.wholeMatch(of: #/\s*(\w+)(?: = "?([^"]+)"?)?\s*/#) else { return nil }
            return Case(name: String(match.output.1), raw: String(match.output.2 ?? match.output.1))
        }
    }
}
