import Foundation
import StrictJSON
import Testing

/// How the daemon ends where it cannot run: the service manager goes by the code, people by the words.
@Suite("The daemon's exit code")
struct ExitCodeTests {
    @Test(
        "a configuration that cannot be used is 78, with all that is wrong",
        arguments: [
            (#"{"clinic": "#, ["config.json: "]), ("", ["config.json: "]), ("[]", ["expected an object"]),
            (oneChairClinic.replacing(#""timeZone""#, with: #""timezone""#), ["timezone", "timeZone"]),
            (oneChairClinic.replacing(#""UTC""#, with: #""Europe/Atlantis""#), ["clinic.timeZone", "Europe/Atlantis"]),
            (oneChairClinic.replacing(#""count": 1"#, with: #""count": 0"#), ["regimens[0].phases[0].count"]),
            (
                oneChairClinic.replacing(#""minutes": 60"#, with: #""minutes": -1"#)
                    .replacing(#""visit": "hour""#, with: #""visit": "hours""#), ["minutes", "hours"]
            ),
        ])
    func configuration(text: String, words: [String]) throws {
        let daemon = try RunningDaemon(configuration: text)
        let ended = try daemon.run(daemon.arguments)
        #expect(ended.status == 78, "\(ended.errors)")
        for word in words { #expect(ended.errors.contains(word), "\(ended.errors)") }
        #expect(!FileManager.default.fileExists(atPath: daemon.folder.appending(path: "clinic.sqlite").path))
        #expect(try daemon.run(daemon.arguments + ["--check"]).status == 78)
    }

    @Test("a configuration that is not there or is a folder is 78")
    func missingConfiguration() throws {
        let daemon = try RunningDaemon()
        let file = daemon.folder.appending(path: "config.json")
        try FileManager.default.removeItem(at: file)
        let missing = try daemon.run(daemon.arguments)
        #expect(missing.status == 78 && missing.errors.contains("there is no such file"), "\(missing.errors)")
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        let folder = try daemon.run(daemon.arguments)
        #expect(folder.status == 78 && folder.errors.contains("the file cannot be read"), "\(folder.errors)")
    }

    @Test("a configuration that the visits there are forbid is 78")
    func configurationThatVisitsForbid() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let added = try daemon.call("io.infusiond.Clinic.AddPatient", ["recordNumber": "1"])
        let course: JSONObject = ["patient": added["patient"] ?? .null, "regimen": "one", "earliest": "2026-03-03"]
        _ = try daemon.call("io.infusiond.Clinic.BookCourse", ["course": .object(course)])
        daemon.signal(SIGTERM)
        daemon.wait()
        let other = oneChairClinic.replacing(#""UTC""#, with: #""Europe/Berlin""#)
        try Data(other.utf8).write(to: daemon.folder.appending(path: "config.json"))
        let ended = try daemon.run(daemon.arguments)
        #expect(ended.status == 78 && ended.errors.contains("clinic.timeZone"), "\(ended.errors)")
    }

    @Test("a wrong command line is 64", arguments: [[], ["--config"], ["--colour"], ["--simulate-from", "noon"]])
    func usage(arguments: [String]) throws {
        let daemon = try RunningDaemon()
        let ended = try daemon.run((arguments.contains("noon") ? daemon.arguments : []) + arguments)
        #expect(ended.status == 64, "\(ended.errors)")
    }

    @Test("another daemon on the database is 75, another on the socket 69")
    func inUse() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let second = try daemon.run(daemon.arguments)
        #expect(second.status == 75 && second.errors.contains("is open in another process"), "\(second.errors)")
        var arguments = daemon.arguments
        let index = try #require(arguments.firstIndex(of: "--database"))
        arguments[index + 1] += "2"
        let third = try daemon.run(arguments)
        #expect(third.status == 69 && third.errors.contains(daemon.socket), "\(third.errors)")
        // What could not listen has recorded nothing, and ended in good order.
        try python(
            """
            import sqlite3, sys
            rows = sqlite3.connect(sys.argv[1]).execute('select clean, (select count(*) from event) from clinic')
            sys.exit(0 if list(rows) == [(1, 0)] else 1)
            """, arguments[index + 1])
    }

    /// What is done to the file: statements of SQL, or of Python on its bytes `b`; and what the daemon says of it.
    private static let damages: [(change: String, words: String)] = [
        ("drop trigger event_delete; delete from event where number = (select max(number) from event)", "damaged"),
        ("pragma user_version = -1", "its schema has the number -1"), ("pragma user_version = 2", "its schema"),
        ("pragma user_version = 900", "newer than"),
        ("pragma application_id = 7", "is not a database of this program"),
        ("drop trigger chair_booking_insert", "trigger chair_booking_insert is missing"),
        ("alter table frame rename column last_event to lost_event", "table frame"),
        ("delete from frame", "table frame has no row"), ("update visit set minute = 9", "row v1 of table visit"),
        ("update template set event = 1", "row r1 of table template"),
        ("b[100:140] = bytes(40)", "damaged"), ("del b[len(b) // 2:]", "damaged"),
        ("del b[50:]", "is not a database of this program"),
    ]

    @Test("a damaged, foreign or newer database is 65, with what is wrong and what can be done")
    func damagedDatabase() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let added = try daemon.call("io.infusiond.Clinic.AddPatient", ["recordNumber": "1"])
        let course: JSONObject = ["patient": added["patient"] ?? .null, "regimen": "one", "earliest": "2026-03-03"]
        _ = try daemon.call("io.infusiond.Clinic.BookCourse", ["course": .object(course)])
        daemon.signal(SIGTERM)
        daemon.wait()
        let file = daemon.folder.appending(path: "clinic.sqlite")
        let whole = try Data(contentsOf: file)
        for (change, words) in Self.damages {
            for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + ending) }
            try whole.write(to: file)
            try damage(file, change)
            let ended = try daemon.run(daemon.arguments)
            #expect(ended.status == 65, "\(change): \(ended.status) \(ended.errors)")
            #expect(ended.errors.hasPrefix("infusiond: error: storage: "), "\(change): \(ended.errors)")
            #expect(ended.errors.contains(words) && ended.errors.contains("hint: "), "\(change): \(ended.errors)")
        }
        for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + ending) }
        try whole.write(to: file)
        try daemon.start()
    }

    private func damage(_ file: URL, _ change: String) throws {
        let isOfBytes = change.contains("b[")
        let script = """
            import sqlite3, sys
            f, change = sys.argv[1:]
            if \(isOfBytes ? "True" : "False"):
                b = bytearray(open(f, 'rb').read())
                exec(change)
                open(f, 'wb').write(b)
            else:
                c = sqlite3.connect(f, isolation_level=None)
                c.execute('pragma ignore_check_constraints = on')
                for statement in change.split(';'): c.execute(statement)
                c.close()
            """
        try python(script, file.path, change)
    }

    private func python(_ script: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
