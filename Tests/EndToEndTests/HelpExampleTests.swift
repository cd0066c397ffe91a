import Foundation
import Testing
import Verbs

/// What help shows to be typed, on the days on which days as people say them mean something else than a day before.
@Suite struct HelpExampleTests {
    /// An example with the verb whose help shows it.
    private struct Example {
        let verb: [String]
        let line: String
    }

    /// Examples that change the clock, never end, or are about files that are not here; none of them says a day.
    private static let elsewhere = [
        "demo", "watch", "clock", "solve", "generate", "check", "config", "reload", "import", "backup", "call ",
        "--more", "--file patient.txt", "--assume ",
    ]

    /// What is said of things that this clinic has not.
    private static let ofThings = [
        "was not set up then", ": no ", "expected one of ", "recorded nothing of", ": nothing called ",
        "has its place still",
    ]

    /// Words by which people say days.
    private static let dayWords: Set<String> = [
        "today", "tomorrow", "yesterday", "next", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar",
        "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "days", "weeks",
    ]

    /// Whether a day is said on a line.
    private static func saysDay(_ line: String) -> Bool {
        let words = line.lowercased().split { !$0.isLetter }.map(String.init)
        return words.contains(where: dayWords.contains) || line.contains(#/[+-]\d+[dw]|\d{4}-\d{2}/#)
    }

    private static func examples(of verb: String) -> (help: String, examples: [Example]) {
        let words = verb.split(separator: " ").map(String.init)
        let help = Program.verb(words + ["--help"]).output
        let lines = help.components(separatedBy: "EXAMPLES:\n").dropFirst().joined().split(separator: "\n")
        let shown = lines.filter { $0.hasPrefix("  infusionctl ") }.map { $0.trimmingCharacters(in: .whitespaces) }
        return (help, shown.map { Example(verb: words, line: $0) })
    }

    /// The ids of the examples, as they are in this clinic.
    private static func line(_ example: String, event: String) -> String {
        var line = example.components(separatedBy: " > ")[0]
        for (shown, here) in [
            ("p17", "p1"), ("p18", "p2"), ("p100", "p1"), ("c42", "c1"), ("v345", "v2"), ("v12", "v2"),
            ("e9120", event), ("e912", event), ("s4", "s1"), ("t5", "t1"), ("o2", "o1"), ("maintenance", "weekly"),
        ] {
            line = line.replacingOccurrences(of: "\\b\(shown)\\b", with: here, options: .regularExpression)
        }
        return line
    }

    /// A clinic on a day before noon, with a patient whose course has begun, an absence, an outage and an extra shift.
    private static func clinic(on day: String) throws -> (clinic: SmallClinic, event: String) {
        let file = Program.project.appending(path: "config.example.json").path
        let clinic = try SmallClinic(file, from: "\(day)T15:30:00Z")
        for (line, input) in [
            ("patient add MRN-4711 --file -", "name: Lee, Min-jun\nphone: 555 0100\n"), ("patient add MRN-4712", ""),
            ("course book p1 mdd-iv-3x2", ""), ("staff on rn-2 sat 8:00-13:00", ""),
            ("staff off rn-2 +9d --reason illness", ""), ("chair out chair-2 +9d --reason equipment", ""),
            ("visit delay v1 20 --yes", ""),
        ] {
            let made = try clinic.run(Transcript.words(line), input: input)
            #expect(made.status == 0, "\(day): \(line): \(made.text)")
        }
        let events = try clinic.run(["audit", "--visit", "v1", "--json"])
        let number = events.output.matches(of: #/"(?:event|number)": ?([0-9]+)/#).compactMap { Int($0.1) }.max()
        return (clinic, "e\(number ?? 1)")
    }

    private static let days = ["2027-03-01", "2027-03-02", "2027-03-31", "2024-02-29"]

    @Test(arguments: days)
    func `what help shows can be typed on any day`(day: String) throws {
        let (clinic, event) = try Self.clinic(on: day)
        var count = 0
        for verb in HelpTests.verbs {
            let (help, examples) = Self.examples(of: verb)
            for example in examples where !Self.elsewhere.contains(where: example.line.contains) {
                // What says no day is the same on each of them.
                if day != Self.days[0], !Self.saysDay(example.line) { continue }
                if example.line.contains(" | ") || example.line.contains(" < ") { continue }
                count += 1
                var words = Transcript.words(Self.line(example.line, event: event)).dropFirst().map { $0 }
                // Nothing is done, so that each example finds the same clinic.
                let mayTry = help.contains("--dry-run") && example.verb != ["course", "book"]
                if mayTry, !words.contains("--dry-run") { words.append("--dry-run") }
                // A few days lived through once are as well understood as a quarter of a year.
                if example.verb == ["forecast"] { words += ["--weeks", "1", "--runs", "1", "--no-search"] }
                let result = try clinic.run(words, input: "MRN-4711\n")
                // What a clinic of a day has not is said by its name: the words were understood.
                let isUnderstood = Self.ofThings.contains(where: result.text.contains)
                #expect(result.status != 64 || isUnderstood, "\(day): \(example.line): \(result.text)")
                #expect(result.status < 64 || result.status == 64, "\(day): \(example.line): \(result.text)")
                if result.status == 2 {
                    let isOfDays = result.text.contains("is no day") || result.text.contains("could be ")
                    #expect(!isOfDays, "\(day): \(example.line): \(result.text)")
                }
            }
        }
        #expect(count > (day == Self.days[0] ? 100 : 30))
        #expect(clinic.end() == 0)
    }
}
