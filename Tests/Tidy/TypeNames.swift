/// Types whose names a reader could take for each other's.
enum TypeNames {
    /// Types of the product that stand by themselves and have the name of one in another target. Nested ones are told
    /// apart by their owners.
    static func violations(in files: [SourceFile]) -> [Violation] {
        let declared = files.filter(\.isProduct).flatMap { file in
            file.code.enumerated().compactMap { index, line in
                name(in: line).map { (name: $0, path: file.path, line: index + 1, target: file.target) }
            }
        }
        let targets = Dictionary(grouping: declared, by: \.name).mapValues { Set($0.map(\.target)) }
        return declared.compactMap { type in
            let others = (targets[type.name] ?? []).subtracting([type.target]).sorted()
            guard let other = others.first else { return nil }
            return Violation(
                path: type.path, line: type.line, message: "\(other) has a type of the name \(type.name) too")
        }
    }

    /// The name of the type that a line declares at its beginning.
    private static func name(in line: String) -> String? {
        let kinds: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "typealias"]
        let others: Set<Substring> = ["let", "var", "func", "extension", "import"]
        guard line.first?.isLetter == true || line.first == "@" else { return nil }
        let words = line.split { character in
            !character.isLetter && !character.isNumber && character != "_" && character != "@"
        }
        guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count,
            others.isDisjoint(with: words[..<kind])
        else { return nil }
        return String(words[kind + 1])
    }
}
