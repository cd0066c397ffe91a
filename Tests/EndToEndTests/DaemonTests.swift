import Foundation
import Glibc
import StrictJSON
import Testing
import Varlink

@Suite("The daemon")
struct DaemonTests {
    private let clinic = "io.infusiond.Clinic."
    private let service = "io.infusiond.Service."

    private func course(_ patient: String) -> JSONObject {
        ["patient": .string(patient), "regimen": "one", "earliest": "2026-03-03"]
    }

    private func patient(_ daemon: RunningDaemon, _ number: Int = 1) throws -> String {
        let reply = try daemon.call(clinic + "AddPatient", ["recordNumber": .string("MRN-\(number)")])
        return try #require(reply["patient"]?.string)
    }

    @Test("what was acknowledged is there after a power cut, and the same request gets the same answer")
    func powerCut() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let patient = try patient(daemon)
        let proposed = try daemon.call(clinic + "ProposeCourse", ["course": .object(course(patient))])
        let booking: JSONObject = ["proposal": proposed["proposal"] ?? .null, "request": "b1"]
        let booked = try daemon.call(clinic + "BookCourse", booking)
        daemon.cut()

        try daemon.start()
        let shown = try daemon.call(clinic + "ShowCourse", ["course": booked["id"] ?? .null])
        #expect(shown["visits"] == booked["visits"])
        #expect(try daemon.call(clinic + "BookCourse", booking) == booked)
        let other = try daemon.error(clinic + "BookCourse", ["proposal": "pr9", "request": "b1"])
        #expect(other == VarlinkError(clinic + "RequestReused", ["request": "b1"]))
        let lost = try daemon.error(clinic + "BookCourse", ["proposal": "pr1", "request": "b2"])
        #expect(lost == VarlinkError(clinic + "NoSuchProposal", ["proposal": "pr1"]))
        #expect(try daemon.call(service + "Verify")["sound"] == true)
        #expect(try daemon.said.contains("started after an unclean stop"))
    }

    @Test("many clients at once never take the chair twice, and a power cut in between loses nothing acknowledged")
    func acknowledgements() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let patients = try (1...9).map { try patient(daemon, $0) }
        let acknowledged = Lines()
        DispatchQueue.concurrentPerform(iterations: patients.count) { index in
            if index == 6 { daemon.signal(SIGKILL) }
            let parameters: JSONObject = ["course": .object(course(patients[index])), "request": "b"]
            if let reply = try? daemon.call(clinic + "BookCourse", parameters), let id = reply["id"]?.string {
                acknowledged.add(id)
            }
        }
        daemon.wait()
        try daemon.start()
        let listed = try daemon.call(clinic + "ListCourses")
        let ids = Set((listed["courses"]?.array ?? []).compactMap { $0["id"]?.string })
        #expect(ids.isSuperset(of: acknowledged.all))
        #expect(try daemon.call(service + "Verify")["sound"] == true)
    }

    @Test("told to stop it ends in good order, and starts again without a check")
    func stop() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        _ = try patient(daemon)
        daemon.signal(SIGTERM)
        #expect(daemon.wait() == 0)
        #expect(!FileManager.default.fileExists(atPath: daemon.socket))
        try daemon.start()
        let said = try daemon.said
        #expect(said.contains("infusiond stopped in good order"))
        #expect(!said.contains("unclean"))
        #expect(try daemon.call(clinic + "ListPatients")["patients"]?.array?.count == 1)
    }

    @Test("only its own user may read what it keeps")
    func modes() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        _ = try patient(daemon)
        for name in ["clinic.sqlite", "clinic.sqlite-wal", "clinic.sqlite-shm"] {
            let path = daemon.folder.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test("nothing that tells who a patient is reaches standard error, whatever happens")
    func canaries() throws {
        let canary = "CANARY"
        let daemon = try RunningDaemon()
        try daemon.start()
        let personal: JSONObject = [
            "recordNumber": .string(canary + "-1"), "name": .string(canary + "-2"), "phone": .string(canary + "-3"),
        ]
        let patient = try #require(try daemon.call(clinic + "AddPatient", personal)["patient"]?.string)
        _ = try daemon.error(clinic + "AddPatient", personal)
        var course = course(patient)
        course["payer"] = .string(canary + "-4")
        let again: JSONObject = ["course": .object(course), "again": .bool(true), "reason": .string("other")]
        for _ in 1...9 { _ = try daemon.error(clinic + "BookCourse", again) }
        course["earliest"] = .string(canary)
        _ = try daemon.error(clinic + "BookCourse", ["course": .object(course)])
        _ = try daemon.error(clinic + "ShowPatient", ["recordNumber": .string(canary)])
        _ = try daemon.error(clinic + canary)
        _ = try daemon.exchange(Array("{\"method\": \"\(canary)".utf8) + [0])
        _ = try daemon.exchange(Array("{\"\(canary)\": 1, \"method\": \"x\"}".utf8) + [0])
        _ = try daemon.call(clinic + "ListPatients", ["query": .string(canary)])
        _ = try daemon.call(service + "Verify")
        daemon.signal(SIGTERM)
        daemon.wait()
        let said = try daemon.said
        #expect(said.contains("course c1 booked for patient p1"))
        #expect(said.contains("refused for patient p1"))
        #expect(!said.contains(canary))
    }

    @Test("a bad message ends the connection or is answered by the error that the protocol names", arguments: badCalls)
    func badMessages(call: BadCall) throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        #expect(try daemon.exchange(Array(call.message.utf8) + [0]) == call.answer)
    }

    struct BadCall: Sendable, CustomTestStringConvertible {
        let message: String
        let answer: String
        var testDescription: String { message }
    }

    static let badCalls = [
        BadCall(message: "{", answer: ""),
        BadCall(message: "[]", answer: ""),
        BadCall(message: #"{"method": "io.infusiond.Clinic.ListRegimens", "method": "x"}"#, answer: ""),
        BadCall(
            message: #"{"method": "io.infusiond.Clinic.Nothing"}"#,
            answer: #"{"error":"org.varlink.service.MethodNotFound","#
                + #""parameters":{"method":"io.infusiond.Clinic.Nothing"}}"#),
        BadCall(
            message: #"{"method": "io.other.Thing"}"#,
            answer: #"{"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":"io.other"}}"#),
        BadCall(
            message: #"{"method": "io.infusiond.Clinic.AddPatient"}"#,
            answer: #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"recordNumber"}}"#),
        BadCall(
            message: #"{"method": "io.infusiond.Clinic.AddPatient", "parameters": {"recordNumber": "1", "nam": "A"}}"#,
            answer: #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"nam"}}"#),
        BadCall(
            message: #"{"method": "io.infusiond.Clinic.Day", "parameters": {"day": "2026-02-30"}}"#,
            answer: #"{"error":"io.infusiond.Clinic.InvalidValue","parameters":{"field":"day","message":"#
                + #""expected a day such as \"2026-03-02\", found \"2026-02-30\""}}"#),
        BadCall(
            message: #"{"method": "io.infusiond.Clinic.Watch"}"#,
            answer: #"{"error":"org.varlink.service.ExpectedMore","parameters":{}}"#),
        BadCall(
            message: #"{"method": "io.infusiond.Clinic.ShowVisit", "parameters": {"visit": "v9"}}"#,
            answer: #"{"error":"io.infusiond.Clinic.NoSuchVisit","parameters":{"visit":"v9"}}"#),
    ]

    @Test("a watch gets what was, then what comes, and ends when the service stops")
    func watch() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let client = try Client(path: daemon.socket)
        var replies = try client.callForMore(clinic + "Watch", ["since": 0])
        let old = try (1...2).map { _ in try replies.next()?["event"]?["kind"]?.string }
        #expect(old == ["configurationAdopted", "serviceStarted"])
        let patient = try patient(daemon)
        let new = try #require(try replies.next()?["event"])
        #expect(new["kind"] == "patientAdded")
        #expect(new["patient"]?.string == patient)
        daemon.signal(SIGTERM)
        #expect(throws: ClientError.self) { while try replies.next() != nil {} }
        #expect(daemon.wait() == 0)
    }

    @Test("SIGHUP reads the configuration again; a broken one is refused and the old one stays")
    func reload() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let client = try Client(path: daemon.socket)
        var replies = try client.callForMore(clinic + "Watch", ["since": 2])
        let file = daemon.folder.appending(path: "config.json")
        try Data(oneChairClinic.replacing("Small", with: "Renamed").utf8).write(to: file)
        daemon.signal(SIGHUP)
        #expect(try replies.next()?["event"]?["kind"] == "configurationAdopted")
        #expect(try daemon.call(service + "Status")["clinic"] == "Renamed")
        try Data("{".utf8).write(to: file)
        #expect(try daemon.error(service + "Reload")?.name == service + "ConfigurationRefused")
        #expect(try daemon.call(service + "Status")["clinic"] == "Renamed")
        #expect(try daemon.said.contains("configuration refused"))
    }

    @Test("--check reads the configuration and names every problem with its hint; other options are usage errors")
    func check() throws {
        let daemon = try RunningDaemon()
        let config = daemon.folder.appending(path: "config.json")
        #expect(try daemon.run(["--config", config.path, "--check"]) == (0, ""))
        try Data(oneChairClinic.replacing("\"chairs\"", with: "\"chair\"").utf8).write(to: config)
        let broken = try daemon.run(["--config", config.path, "--check"])
        #expect(broken.status == 78)
        #expect(broken.errors.contains("infusiond: error: \(config.path): chairs: expected an array, found nothing"))
        #expect(broken.errors.contains("infusiond: hint: did you mean \"chairs\"?"))
        #expect(try daemon.run(["--check"]).status == 64)
        #expect(try daemon.run(["--config", config.path, "--simulate-from", "noon"]).status == 64)
    }

    @Test("a database that is another program's, or a real clinic's, is not touched")
    func foreignDatabase() throws {
        let daemon = try RunningDaemon()
        let database = daemon.folder.appending(path: "clinic.sqlite")
        try Data("not a database".utf8).write(to: database)
        let ended = try daemon.run(daemon.arguments)
        #expect(ended.status == 65)
        #expect(ended.errors.contains("is not a database of this program"))
        #expect(try Data(contentsOf: database) == Data("not a database".utf8))
    }

    @Test("a simulation's database opens only simulated, and goes on at the instant where it stood")
    func simulation() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        _ = try daemon.call(service + "AdvanceClock", ["minutes": 61])
        daemon.cut()
        let real = try daemon.run(daemon.arguments.dropLast(2))
        #expect(real.status == 65)
        #expect(real.errors.contains("the database is a simulation's and cannot be opened for real"))
        try daemon.start()
        #expect(try daemon.call(service + "GetClock")["now"] == "2026-03-02T08:01:00+00:00")
    }

    @Test("the service manager is told of start, life, reload and stop, in counts only")
    func notices() throws {
        let daemon = try RunningDaemon()
        let notices = try Notices(path: daemon.folder.appending(path: "notify").path)
        try daemon.start(environment: ["NOTIFY_SOCKET": notices.path, "WATCHDOG_USEC": "3000000"])
        try notices.wait(for: "READY=1")
        try notices.wait(for: "WATCHDOG=1")
        _ = try daemon.call(clinic + "AddPatient", ["recordNumber": "CANARY", "name": "CANARY"])
        daemon.signal(SIGHUP)
        try notices.wait(for: "RELOADING=1")
        try notices.wait(for: "READY=1")
        daemon.signal(SIGTERM)
        try notices.wait(for: "STOPPING=1")
        #expect(daemon.wait() == 0)
        #expect(notices.received.contains { $0.contains("STATUS=0 courses, 0 visits, event") })
        #expect(!notices.received.contains { $0.contains("CANARY") })
    }

    @Test("a second daemon on the same database ends with an error and leaves the first alone")
    func second() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let ended = try daemon.run(daemon.arguments)
        #expect(ended.status != 0)
        #expect(ended.errors.contains("is open in another process (pid "))
        #expect(try daemon.call(service + "GetClock")["simulated"] == true)
        // The same file under other names, and with no lock beside it.
        let path = daemon.folder.appending(path: "clinic.sqlite").path
        unlink(path + ".lock")
        #expect(symlink(path, path + ".soft") == 0 && link(path, path + ".hard") == 0)
        for name in [path, path + ".soft", path + ".hard"] {
            var arguments = daemon.arguments.map { $0 == path ? name : $0 }
            arguments = arguments.map { $0 == daemon.socket ? daemon.socket + "2" : $0 }
            let other = try daemon.run(arguments)
            #expect(other.status != 0 && other.errors.contains("is open in another process (pid "), "\(name)")
        }
        _ = try patient(daemon)
    }

    @Test("a database that is moved, deleted or replaced ends the daemon, and nothing more is acknowledged")
    func displaced() throws {
        let losses = [
            "mv clinic.sqlite away", "rm clinic.sqlite", "rm clinic.sqlite-wal",
            "cp clinic.sqlite x; mv x clinic.sqlite",
        ]
        for loss in losses {
            let daemon = try RunningDaemon()
            try daemon.start()
            _ = try patient(daemon)
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", "cd \(daemon.folder.path); \(loss)"]
            try shell.run()
            shell.waitUntilExit()
            // It may have noticed before, and ended; what it never does is say that it was done.
            let answer = try? daemon.call(clinic + "AddPatient", ["recordNumber": "MRN-2"])
            #expect(answer == nil, "\(loss)")
            #expect(daemon.wait() > 0)
            #expect(try daemon.said.contains("the database is not where it was: "))
            // Nobody finds an empty clinic in the place of one that is gone.
            if loss.hasSuffix("-wal") {
                try daemon.start()
                #expect(try daemon.call(clinic + "ListPatients")["patients"]?.array?.count ?? 0 > 0)
            } else if !loss.contains(";") {
                let again = try daemon.run(daemon.arguments)
                #expect(again.status != 0)
                #expect(again.errors.contains("is not there, but the log of a database is: "))
            }
        }
    }

    @Test("when writing fails it answers StorageFailed and ends; after the restart the repetition settles the matter")
    func failingDisk() throws {
        let daemon = try RunningDaemon()
        // No file may grow beyond 512 KiB: a disk whose writes fail at some point.
        try daemon.start(shell: "trap '' XFSZ; ulimit -f 512")
        var last = 0
        var failed: VarlinkError?
        while failed == nil, last < 20_000 {
            last += 1
            let parameters: JSONObject = [
                "recordNumber": .string("MRN-\(last)"), "name": .string(String(repeating: "x", count: 150)),
                "request": .string("r\(last)"),
            ]
            failed = try daemon.error(clinic + "AddPatient", parameters)
        }
        #expect(failed == VarlinkError(clinic + "StorageFailed"))
        #expect(daemon.wait() == 74)
        #expect(try daemon.said.contains("storage failed"))
        try daemon.start()
        let parameters: JSONObject = [
            "recordNumber": .string("MRN-\(last)"), "name": .string(String(repeating: "x", count: 150)),
            "request": .string("r\(last)"),
        ]
        #expect(try daemon.call(clinic + "AddPatient", parameters)["patient"] == .string("p\(last)"))
        #expect(try daemon.call(service + "Status")["patients"] == .integer(last))
        #expect(try daemon.call(service + "Verify")["sound"] == true)
    }
}

/// Lines that many threads add to.
final class Lines: @unchecked Sendable {
    // Sendable: every access is under the lock.
    private let lock = NSLock()
    private var lines: Set<String> = []

    func add(_ line: String) { lock.withLock { _ = lines.insert(line) } }

    var all: Set<String> { lock.withLock { lines } }
}
