import Foundation
import Testing

@Suite struct StoryTests {
    /// A file of Files has a command a line; `< text` at its end is standard input, where \n ends a line.
    @Test(arguments: ["story", "changes"])
    func `a scheduler's story reads as it was read and agreed`(name: String) throws {
        let daemon = try SmallClinic()
        let story = try String(contentsOfFile: Program.file("\(name).txt"), encoding: .utf8)
        var text = ""
        for line in story.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("$ ") else {
                text += line + "\n"
                continue
            }
            let parts = line.dropFirst(2).components(separatedBy: " < ")
            let input = parts.count > 1 ? parts[1].replacingOccurrences(of: "\\n", with: "\n") : ""
            let result = try daemon.run(Self.words(parts[0]).dropFirst().map { $0 }, input: input)
            text += "\(line)\n\(Self.withoutVersions(result.text))"
        }
        try expectGolden(text, name)
        #expect(daemon.end() == 0)
    }

    @Test func `the same request twice books once, and other parameters under its id are refused`() throws {
        let daemon = try SmallClinic()
        let first = try daemon.run(["patient", "add", "MRN-1", "--request", "one"])
        let second = try daemon.run(["patient", "add", "MRN-1", "--request", "one"])
        #expect(first.text == "added p1\nexit 0\n")
        #expect(second.text == first.text)
        let other = try daemon.run(["patient", "add", "MRN-2", "--request", "one"])
        #expect(other.status == 1)
        #expect(other.errors.contains("request id one was used"))
        _ = daemon.end()
    }

    @Test func `whatever is shown to people is there as JSON too`() throws {
        let daemon = try SmallClinic()
        _ = try daemon.run(["patient", "add", "MRN-1"])
        _ = try daemon.run(["course", "book", "p1", "three-a-week", "--earliest", "tomorrow"])
        let verbs = [
            ["status"], ["verify"], ["reload"], ["clock", "show"], ["patient", "list"], ["patient", "show", "p1"],
            ["regimen", "list"], ["regimen", "show", "five-days"], ["course", "list"], ["course", "show", "c1"],
            ["visit", "show", "v1"], ["visit", "why", "v1", "thu"], ["visit-type", "list"], ["day", "mon"], ["week"],
            ["free", "--visit", "iv-40"],
            ["course", "propose", "p1", "five-days", "--earliest", "2026-05-04"],
        ]
        for verb in verbs {
            let result = try daemon.run(verb + ["--json"])
            #expect(result.status == 0, "\(verb): \(result.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            #expect(object is [String: Any], "\(verb)")
        }
        let refusal = try daemon.run(
            [
                "course", "propose", "p1", "five-days", "--earliest", "tomorrow", "--available", "mon 9:00-10:00",
                "--json",
            ])
        #expect(refusal.status == 2)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(refusal.output.utf8)) as? [String: Any])
        #expect(object["refusal"] is [String: Any])
        _ = daemon.end()
    }

    @Test(arguments: [60, 80, 100, 160]) func `the board fits the terminal's width`(columns: Int) throws {
        let daemon = try SmallClinic()
        for number in 1...3 {
            _ = try daemon.run(["patient", "add", "MRN-\(number)"])
            _ = try daemon.run(["course", "book", "p\(number)", "five-days", "--earliest", "mon"])
        }
        let board = try Program.infusionctl(
            ["day", "today"],
            environment: ["INFUSIOND_SOCKET": daemon.socket, "COLUMNS": "\(columns)"])
        #expect(board.status == 0)
        let rows = board.output.split(separator: "\n").filter { !$0.hasPrefix("load ") && !$0.contains("preparation") }
        #expect(rows.allSatisfy { $0.count <= columns })
        if columns == 100 { try expectGolden(board.text, "board-100") }
        let plain = try Program.infusionctl(
            ["day", "today"],
            environment: ["INFUSIOND_SOCKET": daemon.socket, "COLUMNS": "\(columns)", "LC_ALL": "C"])
        #expect(plain.output.utf8.allSatisfy { $0 < 128 })
        if columns == 60 { try expectGolden(plain.text, "board-60-ascii") }
        _ = daemon.end()
    }

    /// Words of a line, those in double quotes together.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    private static func withoutVersions(_ text: String) -> String {
        text.replacing(#/infusiond [0-9.]+, SQLite [0-9.]+/#, with: "infusiond X, SQLite Y")
    }
}
