import Foundation
import Testing

@testable import Systemd

/// Entries that went through a real journald, as `journalctl` gives them. Run by
/// `Tests/EndToEndTests/scripts/journal-library.sh`, which gives the test a journald of its own.
@Suite("Entries read back", .enabled(if: ProcessInfo.processInfo.environment["INFUSIOND_PRIVATE_JOURNAL"] != nil))
struct JournalReadBackTests {
    /// The entries that match, after journald has written all that it was sent.
    private func entries(matching arguments: String...) throws -> [[String: String]] {
        _ = try output(of: ["journalctl", "--sync"])
        let lines = try output(of: ["journalctl", "--all", "--output=json"] + arguments).split(separator: "\n")
        return try lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return object.compactMapValues { $0 as? String }
        }
    }

    private func output(of command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command)")
        return String(decoding: data, as: UTF8.self)
    }

    @Test("every kind arrives with its id, priority, identifier and fields", arguments: MessageKind.allCases)
    func everyKind(kind: MessageKind) throws {
        let journal = Journal.to(.journald, identifier: "infusiond-test")
        journal.send(JournalEntry(kind, "kind \(kind)", fields: [.event("e9120"), .course("c42"), .due("2026-03-02")]))
        let found = try entries(matching: "MESSAGE_ID=\(kind.id)")
        try #require(found.count == 1)
        #expect(found[0]["MESSAGE"] == "kind \(kind)")
        #expect(found[0]["PRIORITY"] == "\(kind.priority.rawValue)")
        #expect(found[0]["SYSLOG_IDENTIFIER"] == "infusiond-test")
        #expect(found[0]["INFUSIOND_EVENT"] == "e9120")
        #expect(found[0]["INFUSIOND_COURSE"] == "c42")
        #expect(found[0]["INFUSIOND_DUE"] == "2026-03-02")
        #expect(found[0]["_PID"] == "\(ProcessInfo.processInfo.processIdentifier)")
    }

    @Test("line ends, equals signs and umlauts in a message arrive as they were")
    func unusualText() throws {
        let text = "zwei Zeilen:\nA=ü"
        Journal.to(.journald, identifier: "infusiond-text").send(JournalEntry(text, priority: .debug))
        let found = try entries(matching: "SYSLOG_IDENTIFIER=infusiond-text")
        #expect(found.map { $0["MESSAGE"] } == [text])
    }
}
