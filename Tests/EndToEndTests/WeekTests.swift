import Foundation
import StrictJSON
import Testing

/// Stories of a clinic, told by schedulers at a terminal: every file `Week/NAME.txt` is run against the built programs,
/// on a simulated clock, and must read as it stands there, byte for byte. UPDATE_GOLDEN=1 writes down what the steps
/// show now and leaves the prose; read every line of it before it is kept: nonsense that stands there is a defect of
/// the product, not of the story.
///
/// A story has a title, a header, paragraphs, and steps indented by four blanks, each followed by what it shows:
///
///     A patient calls
///     clinic: clinic.json
///     simulate-from: 2026-03-02T07:00:00-05:00
///
///     Monday, seven in the morning.
///
///         $ infusionctl patient add MRN-1
///         added p1
///
/// While one is written a step may stand at the start of its line, without what it shows. The steps:
///
/// - `$ infusionctl …`, where double quotes keep words together. Standard output and standard error follow as they
///   come to a terminal of 100 columns, then `exit N` where N is not 0. `< text` at the end is standard input, with \n
///   for an end of line; `> name` writes standard output to a file of the daemon's folder, in which all commands run.
/// - `! journal`: what the journal has been told since the last such step, a line each.
/// - `! configuration NAME`: the daemon's configuration file becomes the one of this name, beside the story.
/// - `! windows-1252 NAME < text`: the text, with \n for an end of line, is saved in Windows-1252 in the daemon's
///   folder.
/// - `! restart` and `! power cut`: the daemon ends in good order, or is killed, and starts again.
///
/// What differs from machine to machine is written as X: versions, FOLDER for the daemon's folder, USER for who runs
/// the test. When a story is over, `verify` must find the database sound, and `check` no breach in what `export`
/// writes.
@Suite struct WeekTests {
    static let folder = Program.project.appending(path: "Tests/EndToEndTests/Week")

    static let stories: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    /// The stories whose every command is a run of the built infusionctl; those of others run in the test's process,
    /// against the built daemon all the same.
    static let throughProcesses: Set = ["audit", "booking", "nurse-ill", "waiting"]

    @Test(arguments: stories) func `a story reads as it was read and agreed`(name: String) throws {
        let file = Self.folder.appending(path: name + ".txt")
        let story = try Story(
            String(contentsOf: file, encoding: .utf8), from: Self.folder,
            isThroughProcesses: Self.throughProcesses.contains(name))
        try expectGolden(story.told(), in: file)
        try story.expectSound()
    }

    @Test func `there are stories, and some run through the built programs alone`() {
        #expect(!Self.stories.isEmpty)
        #expect(Self.throughProcesses.isSubset(of: Self.stories))
    }

    @Test func `a story keeps its prose, takes new steps anywhere, and drops what was shown before`() throws {
        let written = """
            A title
            clinic: c.json
            simulate-from: 2026-03-02T07:00:00Z

            Prose of
            two lines.
            $ infusionctl status
                $ infusionctl patient import - > f < "a b\\n
                old

                older
            ! journal
            The end.
            """
        let story = try Transcript(written)
        #expect(story.configuration == "c.json")
        #expect(story.simulatedFrom == "2026-03-02T07:00:00Z")
        var steps: [Transcript.Step] = []
        let told = try story.told { step in
            steps.append(step)
            return steps.count == 2 ? "first\n\n  second\n\n" : ""
        }
        #expect(
            steps == [
                .command(arguments: ["status"], input: "", outputFile: nil),
                .command(arguments: ["patient", "import", "-"], input: "\"a b\n", outputFile: "f"), .journal,
            ])
        let expected = """
            A title
            clinic: c.json
            simulate-from: 2026-03-02T07:00:00Z

            Prose of
            two lines.

                $ infusionctl status
                $ infusionctl patient import - > f < "a b\\n
                first

                  second

                ! journal

            The end.

            """
        #expect(told == expected)
        steps = []
        let again = try Transcript(told).told { step in
            steps.append(step)
            return steps.count == 2 ? "first\n\n  second" : ""
        }
        #expect(again == told)
    }

    @Test func `a story that cannot be understood says at which line`() {
        let header = "clinic: c\nsimulate-from: i\n"
        for line in ["$ rm -rf /", "! jurnal", "$ infusiond"] {
            #expect(throws: Transcript.Misread(line: line)) { try Transcript(header + line) }
        }
        #expect(throws: Transcript.Misread.self) { try Transcript("clinic: c\n") }
        #expect(throws: Transcript.Misread.self) { try Transcript("simulate-from: i\n") }
        #expect(Transcript.words(#"a "b  c" d"e f" """#) == ["a", "b  c", "de f", ""])
    }
}

/// A story with the daemon that it is told to.
private final class Story {
    private let transcript: Transcript
    private let daemon: RunningDaemon
    private let isThroughProcesses: Bool
    /// Whether the lines that are printed to be typed are tried; where reads are shown, each of them would be one.
    private let followsLines: Bool
    private var lastEventRead = 0

    init(_ text: String, from folder: URL, isThroughProcesses: Bool) throws {
        self.isThroughProcesses = isThroughProcesses
        followsLines = !text.contains("infusionctl audit")
        transcript = try Transcript(text)
        let configuration = try String(
            contentsOf: folder.appending(path: transcript.configuration), encoding: .utf8)
        daemon = try RunningDaemon(configuration: configuration, simulatedFrom: transcript.simulatedFrom)
        try daemon.start()
    }

    /// The whole story as it is now.
    func told() throws -> String { try transcript.told { try Self.withoutMachine(show($0), daemon.folder) } }

    private func show(_ step: Transcript.Step) throws -> String {
        switch step {
        case .command(let arguments, let input, let file):
            var result = try run(arguments, input: input)
            if let file {
                try Data(result.output.utf8).write(to: daemon.folder.appending(path: file))
                result.output = ""
            }
            if followsLines { try PrintedLines(run: { try self.run($0) }).follow(result.output + result.errors) }
            return result.output + result.errors + (result.status == 0 ? "" : "exit \(result.status)\n")
        case .journal: return try journal()
        case .windowsFile(let name, let text):
            let data = try #require(text.data(using: .windowsCP1252), "not all of it is in Windows-1252")
            try data.write(to: daemon.folder.appending(path: name))
            return ""
        case .configuration(let name):
            let file = try Data(contentsOf: WeekTests.folder.appending(path: name))
            try file.write(to: daemon.folder.appending(path: "config.json"))
            return ""
        case .restart:
            daemon.signal(SIGTERM)
            #expect(daemon.wait() == 0)
            try daemon.start()
            return ""
        case .powerCut:
            daemon.cut()
            try daemon.start()
            return ""
        }
    }

    private func run(_ arguments: [String], input: String = "") throws -> Program.Result {
        let environment = ["INFUSIOND_SOCKET": daemon.socket, "COLUMNS": "100"]
        return isThroughProcesses
            ? try Program.infusionctl(arguments, input: input, environment: environment, in: daemon.folder)
            : Program.verb(arguments, input: input, environment: environment, in: daemon.folder)
    }

    /// The sentences that the journal got, when it has all that it is to get. Without a journal they stand on standard
    /// error, with the values of the entry behind them; one that is told again after a power cut is left out.
    private func journal() throws -> String {
        try daemon.waitForJournal()
        var text = ""
        let alreadyRead = lastEventRead
        var seen: Set<String> = []
        for line in try daemon.said.split(separator: "\n") {
            guard let match = line.firstMatch(of: #/^infusiond: (.*?) event=e([0-9]+)/#), let number = Int(match.2),
                number > alreadyRead, seen.insert("\(number) \(match.1)").inserted
            else { continue }
            text += "\(match.1)\n"
            lastEventRead = max(lastEventRead, number)
        }
        return text
    }

    /// The database is sound, what is exported keeps every rule, and the daemon ends in good order.
    func expectSound() throws {
        let verified = try run(["verify"])
        #expect(verified.status == 0, "\(verified.text)")
        let exported = try run(["export"])
        #expect(exported.status == 0, "\(exported.errors)")
        try Data(exported.output.utf8).write(to: daemon.folder.appending(path: "export.json"))
        let checked = try run(["check", "export.json"])
        #expect(checked.status == 0, "\(checked.text)")
        daemon.signal(SIGTERM)
        #expect(daemon.wait() == 0)
    }

    /// What differs from machine to machine, as X.
    private static func withoutMachine(_ text: String, _ folder: URL) -> String {
        let user = NSUserName()
        return text.replacing(#/infusiond [0-9.]+, SQLite [0-9.]+/#, with: "infusiond X, SQLite Y")
            .replacingOccurrences(of: folder.path, with: "FOLDER")
            .replacing(#/\b(uid|pid) [0-9]+/#) { "\($0.output.1) X" }
            .replacing(#/\b\w+\b/#) { $0.output == user ? "USER" : $0.output }
    }
}
