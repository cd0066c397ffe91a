/// The form of a file: how long, how wide, how named, how documented.
enum Shape {
    static let linesAtMost = 400
    static let columnsAtMost = 120

    /// A file that is too long.
    static func length(_ file: SourceFile) -> [Violation] {
        guard file.lines.count > linesAtMost else { return [] }
        let message = "\(file.lines.count) lines (at most \(linesAtMost)): divide it by its topics"
        return [Violation(path: file.path, line: linesAtMost + 1, message: message)]
    }

    /// Lines that are too wide.
    static func width(_ file: SourceFile) -> [Violation] {
        file.violations(in: file.lines) { line in
            guard line.utf8.count > columnsAtMost, line.count > columnsAtMost else { return nil }
            return "\(line.count) columns (at most \(columnsAtMost))"
        }
    }

    /// A file without code.
    static func emptiness(_ file: SourceFile) -> [Violation] {
        let isBlank: (String) -> Bool = { $0.allSatisfy(\.isWhitespace) }
        let hasCode = file.code.contains { !isBlank($0) && ImportTable.importedModule($0) == nil }
        return hasCode ? [] : [Violation(path: file.path, line: 0, message: "there is no code in it: remove it")]
    }

    /// A file of the product that is not named after what it declares: `Type`, `Type+Topic`, a function, or the first
    /// word of its types (`Status.swift` with `StatusCommand`). A file of functions is named after its topic.
    static func naming(_ file: SourceFile) -> [Violation] {
        guard file.isProduct, file.name != "main" else { return [] }
        let base = file.name.prefix { $0 != "+" }.lowercased()
        let isOfFunctions = file.code.contains { $0.hasPrefix("func ") || $0.hasPrefix("package func ") }
        if isOfFunctions || declaredNames(file).contains(where: { $0.hasPrefix(base) }) { return [] }
        return [Violation(path: file.path, line: 0, message: "declares nothing that is called \(file.name)")]
    }

    /// The names of all types and functions that the file declares or extends, in lower case.
    private static func declaredNames(_ file: SourceFile) -> Set<String> {
        let keywords: Set<Substring> = [
            "struct", "enum", "class", "actor", "protocol", "typealias", "extension", "func", "macro",
        ]
        var names: Set<String> = []
        for line in file.code {
            let words = line.split(whereSeparator: { " \t".contains($0) })
            for (keyword, name) in zip(words, words.dropFirst()) where keywords.contains(keyword) {
                let path = name.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
                names.formUnion(path.split(separator: ".").map { $0.lowercased() })
            }
        }
        return names
    }

    /// Types and functions for other targets without a sentence of documentation above them. Initializers, properties
    /// and cases may say themselves what they are; what `==` and `<` mean is said by the type.
    static func documentation(_ file: SourceFile) -> [Violation] {
        let keywords: Set<Substring> = [
            "struct", "enum", "class", "actor", "protocol", "typealias", "func", "subscript",
        ]
        return file.code.indices.compactMap { index in
            let words = file.code[index].split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
            guard let access = words.firstIndex(of: "package") else { return nil }
            // Before the access level stand only attributes and modifiers; after it comes what is declared.
            guard words[..<access].allSatisfy({ $0.hasPrefix("@") || modifiers.contains($0) }),
                let kind = words[(access + 1)...].first(where: { !modifiers.contains($0) }), keywords.contains(kind),
                !(kind == "func" && isComparison(file.code[index])), !isDocumented(file, at: index)
            else { return nil }
            let name = file.code[index].trimmingPrefix { $0 == " " }
            return Violation(path: file.path, line: index + 1, message: "no documentation: \(name)")
        }
    }

    /// Documentation of three words or fewer says nothing that the name does not say.
    static func shortDocumentation(_ file: SourceFile) -> [Violation] {
        let texts = file.lines.map { line in
            let text = line.trimmingPrefix { $0 == " " }
            return text.hasPrefix("///") ? text.dropFirst(3) : nil
        }
        return texts.indices.compactMap { index in
            guard let text = texts[index], text.split(separator: " ").count <= 3 else { return nil }
            let isAlone =
                (index == 0 || texts[index - 1] == nil) && (index + 1 == texts.count || texts[index + 1] == nil)
            guard isAlone else { return nil }
            let message = "documentation of three words or fewer: say unit, range, invariant or why, or nothing"
            return Violation(path: file.path, line: index + 1, message: message)
        }
    }

    private static func isComparison(_ line: String) -> Bool {
        line.contains("func == (") || line.contains("func < (")
    }

    private static let modifiers: Set<Substring> = [
        "static", "final", "mutating", "nonmutating", "nonisolated", "indirect", "lazy", "weak", "unowned", "override",
        "convenience", "required", "isolated", "borrowing", "consuming", "dynamic", "private", "internal",
        "fileprivate",
        "set", "unsafe", "class", "prefix", "postfix", "infix", "MainActor", "inlinable", "inline", "always", "never",
    ]

    /// Whether a documentation comment ends above the line, attributes between them aside.
    private static func isDocumented(_ file: SourceFile, at index: Int) -> Bool {
        for line in file.lines[..<index].reversed() {
            let text = line.trimmingPrefix { $0 == " " }
            if text.hasPrefix("@") { continue }
            return text.hasPrefix("///") || text.hasSuffix("*/")
        }
        return false
    }

    /// A promise to the compiler that it cannot check, without its reason on the line after.
    static func uncheckedPromises(_ file: SourceFile) -> [Violation] {
        file.code.indices.compactMap { index in
            guard file.code[index].contains("@unchecked Sendable") else { return nil }
            let next = index + 1 < file.comments.count ? file.comments[index + 1] : ""
            guard !next.contains("//") else { return nil }
            let message = "@unchecked Sendable without its reason in a comment on the next line"
            return Violation(path: file.path, line: index + 1, message: message)
        }
    }
}
