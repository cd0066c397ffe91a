import Foundation
import StrictJSON
import Synchronization
import Testing
import Varlink

/// What is kept: backups that a daemon runs on, and a record that can be followed over a restart.
@Suite("Backups and the record")
struct RecordTests {
    private let clinic = "io.infusiond.Clinic."
    private let service = "io.infusiond.Service."

    private func book(_ daemon: RunningDaemon, _ number: Int) throws -> JSONObject {
        let reply = try daemon.call(clinic + "AddPatient", ["recordNumber": .string("MRN-\(number)")])
        let course: JSONObject = [
            "patient": reply["patient"] ?? .null, "regimen": "one", "earliest": "2026-03-03", "startWithinDays": 30,
        ]
        return try daemon.call(clinic + "BookCourse", ["course": .object(course)])
    }

    @Test("a daemon runs on a backup as on the database it was taken from, and finds it sound")
    func restore() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let booked = try book(daemon, 1)
        let copy = daemon.folder.appending(path: "copy.sqlite").path
        let reply = try daemon.call(service + "Backup", ["path": .string(copy), "verify": true])
        #expect(reply["sound"] == true && reply["problems"] == [])
        #expect(try #require(reply["bytes"]?.integer) > 10_000)
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        // What comes later is not in the copy; another one of the same name replaces it.
        _ = try book(daemon, 2)
        _ = try daemon.call(service + "Backup", ["path": .string(copy)])
        _ = try book(daemon, 3)
        daemon.cut()

        let restored = try RunningDaemon()
        try FileManager.default.moveItem(
            atPath: copy, toPath: restored.folder.appending(path: "clinic.sqlite").path)
        try restored.start()
        let shown = try restored.call(clinic + "ShowCourse", ["course": booked["id"] ?? .null])
        #expect(shown["visits"] == booked["visits"])
        #expect(try restored.call(clinic + "ListPatients")["patients"]?.array?.count == 2)
        #expect(try restored.call(service + "Verify")["sound"] == true)
        #expect(try !restored.said.contains("unclean"))
        #expect(try book(restored, 3)["id"] == "c3")
    }

    @Test("a backup replaces nothing that is not one, and never the database in service")
    func refusals() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        _ = try book(daemon, 1)
        let live = daemon.folder.appending(path: "clinic.sqlite").path
        let other = daemon.folder.appending(path: "other").path
        let link = daemon.folder.appending(path: "link").path
        try Data("something else".utf8).write(to: URL(fileURLWithPath: other))
        try FileManager.default.linkItem(atPath: live, toPath: link)
        let folder = daemon.folder.path
        let wrong = [
            live, live + "-wal", folder + "/./clinic.sqlite", link, other, "relative.sqlite", folder + "/none/x",
            folder,
        ]
        for path in wrong {
            let error = try daemon.error(service + "Backup", ["path": .string(path)])
            #expect(error?.name == service + "InvalidValue", "\(path)")
        }
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "something else")
        #expect(try daemon.call(service + "Verify")["sound"] == true)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(!left.contains { $0.contains("partial") })
    }

    @Test("whoever follows the record misses nothing and sees nothing twice, over restarts and while others write")
    func watch() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let seen = Mutex<[Int]>([])
        var since = 0
        for round in 1...3 {
            let client = try Client(path: daemon.socket)
            var events = try client.callForMore(clinic + "Watch", ["since": .integer(since)])
            // Others write while the follower begins to read.
            DispatchQueue.concurrentPerform(iterations: 3) { index in
                _ = try? book(daemon, round * 10 + index)
            }
            let last = try #require(try daemon.call(service + "Status")["lastEvent"]?.integer)
            while since < last {
                let reply = try #require(try events.next())
                let number = try #require(reply["event"]?["number"]?.integer)
                seen.withLock { $0.append(number) }
                since = number
            }
            if round == 2 {
                daemon.cut()
            } else {
                daemon.signal(SIGTERM)
                daemon.wait()
            }
            try daemon.start()
        }
        let numbers = seen.withLock { $0 }
        #expect(numbers == Array(1...since) && since > 20)
    }
}
