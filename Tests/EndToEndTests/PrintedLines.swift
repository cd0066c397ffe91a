import Foundation
import Testing
import Verbs

/// Lines that the tool prints to be typed: a line that is printed can be typed, and does what it says.
struct PrintedLines {
    /// Runs a command against the daemon of the story.
    let run: ([String]) throws -> Program.Result

    /// Tries every line of what a step has shown, without changing anything.
    func follow(_ shown: String) throws {
        // A verb's usage shows what its words stand for.
        for line in shown.split(separator: "\n") where !line.contains("hint: usage:") {
            for printed in line.ranges(of: #/infusionctl [a-z]/#) {
                let rest = line[printed.lowerBound...].dropFirst("infusionctl ".count)
                // What is typed ends where the next line to type begins.
                let own = rest.firstRange(of: "infusionctl ").map { rest[..<$0.lowerBound] } ?? rest
                let words = Transcript.words(String(own))
                guard let verb = words.first.map(Self.plain), Self.verbs.contains(verb) else {
                    Issue.record("there is no such verb: \(line)")
                    continue
                }
                if words.contains(where: Self.isPlaceholder) {
                    #expect(Self.isForm(words), "it is no form of a command: \(line)")
                } else {
                    try follow(words, in: String(line))
                }
            }
        }
    }

    private func follow(_ words: [String], in line: String) throws {
        // What is typed ends where a sentence goes on.
        let typed = (1...words.count).reversed().lazy.map { Array(words.prefix($0)) }.map { words in
            words.map(Self.plain)
        }.first(where: Self.canBeTyped)
        guard let typed else {
            Issue.record("it cannot be typed: \(line)")
            return
        }
        let isQuestion = typed.contains("--dry-run")
        let asked = typed + ["--dry-run"]
        if isQuestion || Self.reads.contains(where: typed.contains) {
            let result = try run(typed)
            // Who is told to look whether something can be done may find that it cannot.
            #expect(result.status == 0 || isQuestion && result.status == 2, "\(line)\n\(result.text)")
        } else if Self.canBeTyped(asked) {
            let result = try run(asked)
            // What has to come first is said by a refusal that leads on, and not back to the same line.
            let leadsOn =
                result.status == 2 && result.text.contains("hint: ")
                && !result.text.contains(typed.joined(separator: " "))
            #expect(result.status == 0 || leadsOn, "\(line)\n\(result.text)")
        }
    }

    private static let verbs = Set(CommandLineTool.verbs.compactMap(\.first))
    private static let reads = ["show", "list", "why"]

    /// A word without what belongs to the sentence around it.
    private static func plain(_ word: String) -> String {
        word.trimmingCharacters(in: CharacterSet(charactersIn: ";,.:()"))
    }

    /// Whether words with placeholders can be typed once these are filled in, at least through the first of them.
    private static func isForm(_ words: [String]) -> Bool {
        let first = words.firstIndex(where: isPlaceholder) ?? 0
        let filled = words.map { word in isPlaceholder(word) ? examples[plain(word)] ?? "x1" : plain(word) }
        return (first + 1...words.count).contains { canBeTyped(Array(filled.prefix($0))) }
    }

    /// What placeholders may stand for.
    private static let examples = [
        "VISIT": "v1", "COURSE": "c1", "PATIENT": "p1", "PERSON": "rn-1", "CHAIR": "chair-1", "DAY": "monday",
        "HOURS": "8:00-16:00", "SCORE": "5", "MINUTES": "20", "N": "1", "TIME": "9:00", "NUMBER": "1",
    ]

    /// Whether a word stands for something: VISIT.
    private static func isPlaceholder(_ word: String) -> Bool {
        let name = plain(word)
        return name.count > 1 && name.allSatisfy { $0.isASCII && $0.isUppercase || $0 == "-" }
    }

    /// Whether a command line is understood: then nothing is missing but a daemon.
    private static func canBeTyped(_ words: [String]) -> Bool {
        Program.verb(words, environment: ["INFUSIOND_SOCKET": "/nowhere/at/all"]).status == 69
    }
}
