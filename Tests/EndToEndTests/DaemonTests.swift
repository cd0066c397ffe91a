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

    private func patient(_ program: Program, _ number: Int = 1) throws -> String {
        let reply = try program.call(clinic + "AddPatient", ["recordNumber": .string("MRN-\(number)")])
        return try #require(reply["patient"]?.string)
    }

    @Test("what was acknowledged is there after a power cut, and the same request gets the same answer")
    func powerCut() throws {
        let program = try Program()
        try program.start()
        let patient = try patient(program)
        let proposed = try program.call(clinic + "ProposeCourse", ["course": .object(course(patient))])
        let booking: JSONObject = ["proposal": proposed["proposal"] ?? .null, "request": "b1"]
        let booked = try program.call(clinic + "BookCourse", booking)
        program.cut()

        try program.start()
        let shown = try program.call(clinic + "ShowCourse", ["course": booked["id"] ?? .null])
        #expect(shown["visits"] == booked["visits"])
        #expect(try program.call(clinic + "BookCourse", booking) == booked)
        let other = try program.error(clinic + "BookCourse", ["proposal": "pr9", "request": "b1"])
        #expect(other == VarlinkError(clinic + "RequestReused", ["request": "b1"]))
        let lost = try program.error(clinic + "BookCourse", ["proposal": "pr1", "request": "b2"])
        #expect(lost == VarlinkError(clinic + "NoSuchProposal", ["proposal": "pr1"]))
        #expect(try program.call(service + "Verify")["sound"] == true)
        #expect(try program.said.contains("started after an unclean stop"))
    }

    @Test("many clients at once never take the chair twice, and a power cut in between loses nothing acknowledged")
    func acknowledgements() throws {
        let program = try Program()
        try program.start()
        let patients = try (1...9).map { try patient(program, $0) }
        let acknowledged = Lines()
        DispatchQueue.concurrentPerform(iterations: patients.count) { index in
            if index == 6 { program.signal(SIGKILL) }
            let parameters: JSONObject = ["course": .object(course(patients[index])), "request": "b"]
            if let reply = try? program.call(clinic + "BookCourse", parameters), let id = reply["id"]?.string {
                acknowledged.add(id)
            }
        }
        program.wait()
        try program.start()
        let listed = try program.call(clinic + "ListCourses")
        let ids = Set((listed["courses"]?.array ?? []).compactMap { $0["id"]?.string })
        #expect(ids.isSuperset(of: acknowledged.all))
        #expect(try program.call(service + "Verify")["sound"] == true)
    }

    @Test("told to stop it ends in good order, and starts again without a check")
    func stop() throws {
        let program = try Program()
        try program.start()
        _ = try patient(program)
        program.signal(SIGTERM)
        #expect(program.wait() == 0)
        #expect(!FileManager.default.fileExists(atPath: program.socket))
        try program.start()
        let said = try program.said
        #expect(said.contains("infusiond stopped in good order"))
        #expect(!said.contains("unclean"))
        #expect(try program.call(clinic + "ListPatients")["patients"]?.array?.count == 1)
    }

    @Test("only its own user may read what it keeps")
    func modes() throws {
        let program = try Program()
        try program.start()
        _ = try patient(program)
        for name in ["clinic.sqlite", "clinic.sqlite-wal", "clinic.sqlite-shm"] {
            let path = program.folder.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test("nothing that tells who a patient is reaches standard error, whatever happens")
    func canaries() throws {
        let canary = "CANARY"
        let program = try Program()
        try program.start()
        let personal: JSONObject = [
            "recordNumber": .string(canary + "-1"), "name": .string(canary + "-2"), "phone": .string(canary + "-3"),
        ]
        let patient = try #require(try program.call(clinic + "AddPatient", personal)["patient"]?.string)
        _ = try program.error(clinic + "AddPatient", personal)
        var course = course(patient)
        course["payer"] = .string(canary + "-4")
        for _ in 1...9 { _ = try program.error(clinic + "BookCourse", ["course": .object(course)]) }
        course["earliest"] = .string(canary)
        _ = try program.error(clinic + "BookCourse", ["course": .object(course)])
        _ = try program.error(clinic + "ShowPatient", ["recordNumber": .string(canary)])
        _ = try program.error(clinic + canary)
        _ = try program.exchange(Array("{\"method\": \"\(canary)".utf8) + [0])
        _ = try program.exchange(Array("{\"\(canary)\": 1, \"method\": \"x\"}".utf8) + [0])
        _ = try program.call(clinic + "ListPatients", ["query": .string(canary)])
        _ = try program.call(service + "Verify")
        program.signal(SIGTERM)
        program.wait()
        let said = try program.said
        #expect(said.contains("course c1 booked for patient p1"))
        #expect(said.contains("refused for patient p1"))
        #expect(!said.contains(canary))
    }

    @Test("a bad message ends the connection or is answered by the error that the protocol names", arguments: badCalls)
    func badMessages(call: BadCall) throws {
        let program = try Program()
        try program.start()
        #expect(try program.exchange(Array(call.message.utf8) + [0]) == call.answer)
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
        let program = try Program()
        try program.start()
        let client = try Client(path: program.socket)
        var replies = try client.callForMore(clinic + "Watch", ["since": 0])
        let old = try (1...2).map { _ in try replies.next()?["event"]?["kind"]?.string }
        #expect(old == ["configurationAdopted", "serviceStarted"])
        let patient = try patient(program)
        let new = try #require(try replies.next()?["event"])
        #expect(new["kind"] == "patientAdded")
        #expect(new["patient"]?.string == patient)
        program.signal(SIGTERM)
        #expect(throws: ClientError.self) { while try replies.next() != nil {} }
        #expect(program.wait() == 0)
    }

    @Test("SIGHUP reads the configuration again; a broken one is refused and the old one stays")
    func reload() throws {
        let program = try Program()
        try program.start()
        let client = try Client(path: program.socket)
        var replies = try client.callForMore(clinic + "Watch")
        let file = program.folder.appending(path: "config.json")
        try Data(smallClinic.replacing("Small", with: "Renamed").utf8).write(to: file)
        program.signal(SIGHUP)
        #expect(try replies.next()?["event"]?["kind"] == "configurationAdopted")
        #expect(try program.call(service + "Status")["clinic"] == "Renamed")
        try Data("{".utf8).write(to: file)
        #expect(try program.error(service + "Reload")?.name == service + "ConfigurationRefused")
        #expect(try program.call(service + "Status")["clinic"] == "Renamed")
        #expect(try program.said.contains("configuration refused"))
    }

    @Test("--check reads the configuration and names every problem with its hint; other options are usage errors")
    func check() throws {
        let program = try Program()
        let config = program.folder.appending(path: "config.json")
        #expect(try program.run(["--config", config.path, "--check"]) == (0, ""))
        try Data(smallClinic.replacing("\"chairs\"", with: "\"chair\"").utf8).write(to: config)
        let broken = try program.run(["--config", config.path, "--check"])
        #expect(broken.status == 1)
        #expect(broken.errors.contains("infusiond: error: \(config.path): chairs: required key is missing"))
        #expect(broken.errors.contains("infusiond: hint: did you mean \"chairs\"?"))
        #expect(try program.run(["--check"]).status == 64)
        #expect(try program.run(["--config", config.path, "--simulate-from", "noon"]).status == 64)
    }

    @Test("a database that is another program's, or a real clinic's, is not touched")
    func foreignDatabase() throws {
        let program = try Program()
        let database = program.folder.appending(path: "clinic.sqlite")
        try Data("not a database".utf8).write(to: database)
        let ended = try program.run(program.arguments)
        #expect(ended.status == 1)
        #expect(ended.errors.contains("is not a database of this program"))
        #expect(try Data(contentsOf: database) == Data("not a database".utf8))
    }

    @Test("a second daemon on the same database ends with an error and leaves the first alone")
    func second() throws {
        let program = try Program()
        try program.start()
        let ended = try program.run(program.arguments)
        #expect(ended.status == 1)
        #expect(ended.errors.contains("is open in another process"))
        #expect(try program.call(service + "GetClock")["simulated"] == true)
    }

    @Test("when writing fails it answers StorageFailed and ends; after the restart the repetition settles the matter")
    func failingDisk() throws {
        let program = try Program()
        // No file may grow beyond 512 KiB: a disk whose writes fail at some point.
        try program.start(shell: "trap '' XFSZ; ulimit -f 512")
        var last = 0
        var failed: VarlinkError?
        while failed == nil, last < 20_000 {
            last += 1
            let parameters: JSONObject = [
                "recordNumber": .string("MRN-\(last)"), "name": .string(String(repeating: "x", count: 150)),
                "request": .string("r\(last)"),
            ]
            failed = try program.error(clinic + "AddPatient", parameters)
        }
        #expect(failed == VarlinkError(clinic + "StorageFailed"))
        #expect(program.wait() == 1)
        #expect(try program.said.contains("storage failed"))
        try program.start()
        let parameters: JSONObject = [
            "recordNumber": .string("MRN-\(last)"), "name": .string(String(repeating: "x", count: 150)),
            "request": .string("r\(last)"),
        ]
        #expect(try program.call(clinic + "AddPatient", parameters)["patient"] == .string("p\(last)"))
        #expect(try program.call(service + "Status")["patients"] == .integer(last))
        #expect(try program.call(service + "Verify")["sound"] == true)
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
