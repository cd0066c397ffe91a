import Synchronization
import Testing

@testable import Systemd

@Suite("Journal entries")
struct JournalTests {
    @Test(
        "a field's name is capitals, digits and underscores, at most 64, and starts with a capital",
        arguments: [
            ("INFUSIOND_COURSE", true), ("A", true), ("A1_", true), (String(repeating: "A", count: 64), true),
            (String(repeating: "A", count: 65), false), ("", false), ("_PID", false), ("1A", false), ("a", false),
            ("A-B", false), ("A=B", false), ("A B", false), ("Ä", false),
        ])
    func names(name: String, valid: Bool) {
        #expect(JournalField.isValid(name: name) == valid)
    }

    @Test("a field with a forbidden name is a bug, and stops the program")
    func forbiddenNames() async {
        await #expect(processExitsWith: .failure) { _ = JournalField("_UID", "0") }
        await #expect(processExitsWith: .failure) { _ = JournalField("MESSAGE", "twice") }
        await #expect(processExitsWith: .success) { _ = JournalField("INFUSIOND_RULE", "gap") }
    }

    @Test("an entry of a known kind carries its id and its priority")
    func assignments() {
        let entry = JournalEntry(.gateMissed, "gate of c42 missed", fields: [.course("c42"), .due("2026-03-02")])
        #expect(
            entry.assignments(identifier: "infusiond") == [
                "MESSAGE=gate of c42 missed", "PRIORITY=3", "SYSLOG_IDENTIFIER=infusiond",
                "MESSAGE_ID=2c862386d0734568b1444ac79f99943c", "INFUSIOND_COURSE=c42", "INFUSIOND_DUE=2026-03-02",
            ])
    }

    @Test("a plain line has no id")
    func plain() {
        let entry = JournalEntry("hello", priority: .debug)
        #expect(entry.assignments(identifier: "x") == ["MESSAGE=hello", "PRIORITY=7", "SYSLOG_IDENTIFIER=x"])
    }

    @Test(
        "on standard error an entry is one line, with the level as a word from warnings on",
        arguments: [
            (Priority.critical, "infusiond: error: said visit=v3"), (.error, "infusiond: error: said visit=v3"),
            (.warning, "infusiond: warning: said visit=v3"), (.notice, "infusiond: said visit=v3"),
        ])
    func lines(priority: Priority, line: String) {
        let entry = JournalEntry("said", priority: priority, fields: [.visit("v3")])
        #expect(entry.line(identifier: "infusiond", levelled: false) == line)
        #expect(entry.line(identifier: "infusiond", levelled: true) == "<\(priority.rawValue)>said visit=v3")
    }

    @Test("no value forges a second line or moves the cursor of a terminal")
    func controlCharacters() {
        let entry = JournalEntry("a\nb\r\u{1b}[2J", priority: .notice, fields: [.actor("x\u{2028}y\u{9b}é")])
        #expect(
            entry.line(identifier: "i", levelled: false)
                == "i: a\\nb\\u{d}\\u{1b}[2J actor=x\\u{2028}y\\u{9b}é")
    }

    @Test("a journal hands what is sent to its sink, in order")
    func sink() {
        let sent = Mutex<[JournalEntry]>([])
        let journal = Journal { entry in sent.withLock { $0.append(entry) } }
        let entries = [JournalEntry(.taskDue, "one"), JournalEntry("two", priority: .debug)]
        for entry in entries { journal.send(entry) }
        #expect(sent.withLock { $0 } == entries)
    }
}

@Suite("Where the journal is")
struct DestinationTests {
    typealias Identity = Journal.Destination.FileIdentity
    private static let error = Identity(device: 8, inode: 1234)

    @Test(
        "the journal is used only if standard error is connected to it and journald listens",
        arguments: [
            ("8:1234", error, true, Journal.Destination.journald),
            ("8:1234", error, false, .standardError(levelled: true)),
            ("8:1235", error, true, .standardError(levelled: false)),
            ("9:1234", error, true, .standardError(levelled: false)),
            ("8:1234", nil, true, .standardError(levelled: false)),
            (nil, error, true, .standardError(levelled: false)),
            ("", error, true, .standardError(levelled: false)),
            ("8:1234:", error, true, .standardError(levelled: false)),
            ("8", error, true, .standardError(levelled: false)),
        ] as [(String?, Identity?, Bool, Journal.Destination)])
    func choice(stream: String?, error: Identity?, socket: Bool, destination: Journal.Destination) {
        #expect(
            Journal.Destination.chosen(journalStream: stream, standardError: error, socketPresent: socket)
                == destination)
    }
}
