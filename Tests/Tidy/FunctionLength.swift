/// How long a function may be: about a screen.
enum FunctionLength {
    static let linesAtMost = 50

    /// Files with one table that reads best in one piece: an error a case, each with its words.
    static let exempt: Set<String> = ["Sources/Verbs/Daemon/Failure+Wire.swift"]

    /// Functions of the product that are too long, reported where they begin.
    static func violations(in file: SourceFile) -> [Violation] {
        guard file.isProduct, !exempt.contains(file.path) else { return [] }
        let keywords: Set<Substring> = ["func", "init", "deinit", "subscript"]
        return file.code.indices.compactMap { index in
            let words = file.code[index].split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
            let modifiers = words.prefix { !keywords.contains($0) }
            guard modifiers.count < words.count, modifiers.allSatisfy(isModifier) else { return nil }
            guard let last = lastLine(of: file.code, from: index) else { return nil }
            let count = last - index + 1
            guard count > linesAtMost else { return nil }
            let message = "a function of \(count) lines (at most \(linesAtMost)): give its parts names"
            return Violation(path: file.path, line: index + 1, message: message)
        }
    }

    /// Whether the word may stand before the keyword of a declaration: `package`, `static`, an attribute's name.
    private static func isModifier(_ word: Substring) -> Bool {
        !["let", "var", "return", "case", "if", "guard", "self", "super", "try", "await", "in"].contains(word)
            && !word.contains(".")
    }

    /// The line of the brace that closes the body of what is declared at the line; nil if it has no body.
    private static func lastLine(of code: [String], from start: Int) -> Int? {
        var parentheses = 0
        var braces = 0
        for index in code[start...].indices {
            for character in code[index] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{" where parentheses == 0 || braces > 0: braces += 1
                case "}" where braces > 0:
                    braces -= 1
                    if braces == 0 { return index }
                case "}" where parentheses == 0: return nil
                default: break
                }
            }
            if braces == 0 && parentheses == 0 && !goesOn(code[(index + 1)...].first { !isBlank($0) }) { return nil }
        }
        return nil
    }

    /// Whether a declaration whose body has not begun is continued by the line.
    private static func goesOn(_ line: String?) -> Bool {
        guard let line else { return false }
        let text = line.trimmingPrefix { $0 == " " }
        return ["{", "->", "where", "throws", "async", "rethrows"].contains { text.hasPrefix($0) }
    }

    private static func isBlank(_ line: String) -> Bool { line.allSatisfy { $0 == " " } }
}
