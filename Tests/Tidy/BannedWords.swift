/// Something that is not written here, and what is written in its place.
struct BannedWord {
    /// The text that gives it away. Where it begins with a letter, only at the beginning of a word.
    let text: String
    /// What to write instead.
    let replacement: String
    /// Where the ban holds.
    let applies: @Sendable (SourceFile) -> Bool

    /// A ban, everywhere unless told otherwise.
    init(
        _ text: String, _ replacement: String,
        where applies: @escaping @Sendable (SourceFile) -> Bool = { _ in true }
    ) {
        self.text = text
        self.replacement = replacement
        self.applies = applies
    }

    /// Whether the line has it.
    func occurs(in line: String) -> Bool {
        let isWord = text.first.map { $0.isLetter } ?? false
        return line.ranges(of: text).contains { range in
            guard isWord, range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || before == "_" || before == ".")
        }
    }
}

/// The bans of this house.
enum BannedWords {
    /// Targets that talk to people on standard output.
    private static let talkers: Set<String> = ["Verbs"]
    /// Targets that are given the time and the dice, and never ask for them.
    private static let timeless = ImportTable.pure.union(["Configuration", "Wire"])

    @Sendable private static func isSilent(_ file: SourceFile) -> Bool {
        file.isProduct && !talkers.contains(file.target)
    }

    @Sendable private static func isTimeless(_ file: SourceFile) -> Bool {
        file.isProduct && timeless.contains(file.target)
    }

    static let inCode: [BannedWord] = [
        BannedWord("print(", "send it to the journal, or return it", where: isSilent),
        BannedWord("debugPrint(", "send it to the journal, or return it"),
        BannedWord("dump(", "send it to the journal, or return it"),
        BannedWord("Date()", "take the moment as a value", where: isTimeless),
        BannedWord("Date.now", "take the moment as a value", where: isTimeless),
        BannedWord("ContinuousClock", "take the moment as a value", where: isTimeless),
        BannedWord("SuspendingClock", "take the moment as a value", where: isTimeless),
        BannedWord("SystemRandomNumberGenerator", "take the generator as an argument", where: isTimeless),
        BannedWord("try!", "throw, or say with a precondition why it cannot fail"),
        BannedWord("fatalError(", "use a precondition with a sentence, or make the state impossible"),
        BannedWord("Thread.sleep", "await what is waited for"),
        BannedWord("usleep(", "await what is waited for"),
        BannedWord("public ", "use package", where: { $0.isProduct }),
        BannedWord("open class", "use package", where: { $0.isProduct }),
    ]

    static let inComments: [BannedWord] = [
        BannedWord("TODO", "do it, or open an issue"),
        BannedWord("FIXME", "fix it, or open an issue"),
        BannedWord("XXX", "say what is meant"),
    ]

    /// Lines that have a banned word.
    static func violations(in file: SourceFile) -> [Violation] {
        violations(in: file, view: file.code, words: inCode)
            + violations(in: file, view: file.comments, words: inComments)
    }

    private static func violations(in file: SourceFile, view: [String], words: [BannedWord]) -> [Violation] {
        words.filter { $0.applies(file) }.flatMap { word in
            file.violations(in: view) { line in
                word.occurs(in: line) ? "\(word.text) is not used here: \(word.replacement)" : nil
            }
        }
    }
}
