import Foundation
import Testing

@Suite struct OfflineTests {
    @Test func `all problems of a configuration are told at once, with exit code 1`() throws {
        let directory = URL(filePath: Program.file(""))
        let result = Program.verb(["config", "check", "clinic-with-problems.json"], in: directory)
        #expect(result.status == 1)
        try expectGolden(result.text, "config-problems")
        let json = Program.verb(["config", "check", "clinic-with-problems.json", "--json"], in: directory)
        #expect(json.status == 1)
        try expectGolden(json.output, "config-problems-json")
    }

    @Test func `a configuration without problems is in order`() throws {
        let directory = URL(filePath: Program.file(""))
        let result = Program.verb(["config", "check", "clinic.json"], in: directory)
        let counts = "3 chairs, 3 members of staff, 2 visit types, 2 regimens"
        #expect(result.text == "clinic.json: in order: Small Clinic, \(counts)\nexit 0\n")
    }

    @Test func `a file that is not there fails with its name and the reason`() throws {
        for arguments in [
            ["config", "check", "/none.json"], ["solve", "/none.json"], ["check", "/none.json", "/none"],
        ] {
            let result = Program.verb(arguments)
            #expect(result.text == "! infusionctl: error: /none.json: No such file or directory\nexit 1\n")
        }
    }

    @Test func `solve answers the problem as it always has`() throws {
        let result = Program.verb(["solve", Program.file("problem.json")])
        #expect(result.status == 0)
        try expectGolden(result.output, "answer")
    }

    @Test func `check finds the answer sound, and each thing that is changed in it`() throws {
        let problem = Program.file("problem.json")
        let answer = Program.verb(["solve", problem]).output
        let sound = Program.verb(["check", problem, "-"], input: answer)
        #expect(sound.text == "sound: 2 plans, 1 refusal\nexit 0\n")
        let changes = [
            (#""chair": "chair-1""#, #""chair": "room-1""#), (#""rn-1""#, #""rn-2""#), ("T09:00", "T09:15"),
            (#""closedBy": "several""#, #""closedBy": "gap""#), (#""day": "2026-03-07""#, #""day": "2026-03-08""#),
            (#""gap": 30"#, #""gap": 20"#),
        ]
        var text = ""
        for (before, after) in changes {
            let range = try #require(answer.range(of: before))
            let result = Program.verb(
                ["check", problem, "-"], input: answer.replacingCharacters(in: range, with: after))
            #expect(result.status == 1, "\(before) became \(after)")
            text += "\(before) became \(after)\n\(result.text)\n"
        }
        try expectGolden(text, "check-breaches")
    }

    @Test func `courses placed together keep every rule, and how good the answer is stands on standard error`() throws {
        let problem = Program.verb(["generate", "--family", "small", "--seed", "1"])
        #expect(problem.status == 0)
        let file = NSTemporaryDirectory() + "small-\(UUID().uuidString).json"
        try problem.output.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let solved = Program.verb(["solve", file, "--steps", "200", "--seed", "7"])
        #expect(solved.status == 0)
        #expect(solved.errors.contains("0 courses unplaced (at least 0)"), "\(solved.errors)")
        let again = Program.verb(["solve", file, "--steps", "200", "--seed", "7"])
        #expect(again.output == solved.output)
        let checked = Program.verb(["check", file, "-"], input: solved.output)
        #expect(checked.status == 0, "\(checked.text)")
    }

    @Test func `a family that there is not is named with the nearest`() throws {
        let result = Program.verb(["generate", "--family", "tinny"])
        #expect(result.status == 64)
        #expect(result.errors.contains("did you mean tiny?"))
    }

    @Test func `colours stay out of pipes, and NO_COLOR and plain locales are heeded`() throws {
        let result = Program.verb(
            ["check", Program.file("problem.json"), "/none"], environment: ["LC_ALL": "C", "NO_COLOR": "1"])
        #expect(!result.text.contains("\u{1B}"))
    }
}
