/// How many parameters of a function a call may give without a label: beyond a few, two that are swapped still compile.
enum ParameterLabels {
    static let unlabelledAtMost = 4

    /// Functions of the product with too many unlabelled parameters, reported where they begin.
    static func violations(in file: SourceFile) -> [Violation] {
        guard file.isProduct else { return [] }
        return file.code.indices.compactMap { index in
            guard let start = parameters(of: file.code[index]) else { return nil }
            let count = unlabelledCount(file.code[index...].prefix(50).joined(separator: "\n").dropFirst(start))
            guard count > unlabelledAtMost else { return nil }
            let message = "\(count) parameters without a label (at most \(unlabelledAtMost)): name or group them"
            return Violation(path: file.path, line: index + 1, message: message)
        }
    }

    /// Where the parameters of a function or initializer begin that a line declares; nil where it declares none.
    private static func parameters(of line: String) -> Int? {
        guard let keyword = line.firstMatch(of: /\b(func\s+\w+|init[?!]?)\s*(<[^(]*>)?\(/) else { return nil }
        let before = line[..<keyword.range.lowerBound]
        // `self.init(` and a call of a closure's `init` declare nothing.
        guard before.allSatisfy({ $0.isLetter || $0 == " " || $0 == "@" }) else { return nil }
        return line.distance(from: line.startIndex, to: keyword.range.upperBound)
    }

    /// How many parameters of a list are unlabelled, up to the parenthesis that closes it.
    private static func unlabelledCount(_ text: Substring) -> Int {
        var depth = 0
        var isFirstOfParameter = true
        var count = 0
        for character in text {
            switch character {
            case "(", "[", "{": depth += 1
            case ")" where depth == 0: return count
            case ")", "]", "}": depth -= 1
            case "," where depth == 0: isFirstOfParameter = true
            case _ where isFirstOfParameter && !character.isWhitespace:
                if character == "_" { count += 1 }
                isFirstOfParameter = false
            default: break
            }
        }
        return count
    }
}
