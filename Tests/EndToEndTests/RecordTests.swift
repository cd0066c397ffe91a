import Foundation
import Glibc
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
        let again = try daemon.call(service + "Backup", ["path": .string(copy)])
        _ = try book(daemon, 3)
        daemon.cut()

        // The database that lies there, as the power cut left it, comes to nothing in the copy.
        let restored = try RunningDaemon()
        try restored.start()
        for number in 1...5 { _ = try book(restored, number * 100) }
        restored.cut()
        let said = try restored.restore(copy)
        #expect(said.status == 0 && said.errors == "")
        let live = restored.folder.appending(path: "clinic.sqlite").path
        #expect(said.output.hasPrefix("\(live): restored from \(copy), checked, "))
        let last = try #require(again["events"]?.integer)
        #expect(said.output.contains(" KiB, up to event e\(last) of 2026-03-02T07:00:"))
        #expect(said.output.contains("\nset aside: \(live).before-restore-1-wal\n"))
        try restored.start()
        let shown = try restored.call(clinic + "ShowCourse", ["course": booked["id"] ?? .null])
        #expect(shown["visits"] == booked["visits"])
        #expect(try restored.call(clinic + "ListPatients")["patients"]?.array?.count == 2)
        #expect(try restored.call(service + "Verify")["sound"] == true)
        #expect(try book(restored, 3)["id"] == "c3")

        let refused = try restored.restore(copy)
        #expect(refused.status != 0 && refused.output == "")
        #expect(refused.errors.contains("\(live) is open in another process (pid "))
        #expect(try restored.call(clinic + "ListPatients")["patients"]?.array?.count == 3)
    }

    @Test("a restoration that is killed at any of its steps leaves a database that the daemon starts on")
    func killedRestoration() throws {
        // strace kills the process at its n-th call that changes a name.
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else { return }
        let daemon = try RunningDaemon()
        try daemon.start()
        _ = try book(daemon, 1)
        let copy = daemon.folder.appending(path: "copy.sqlite").path
        _ = try daemon.call(service + "Backup", ["path": .string(copy)])
        _ = try book(daemon, 2)
        daemon.cut()
        var counts: [Int] = []
        for call in 1...20 {
            let trial = try RunningDaemon()
            for name in ["clinic.sqlite", "clinic.sqlite-wal", "clinic.sqlite-shm"] {
                try FileManager.default.copyItem(
                    at: daemon.folder.appending(path: name), to: trial.folder.appending(path: name))
            }
            let kill = "strace -f -qq -o /dev/null -e trace=renameat2 -e inject=renameat2:signal=KILL:when=\(call)"
            let status = try trial.restore(copy, under: kill).status
            try trial.start()
            let patients = try trial.call(clinic + "ListPatients")["patients"]?.array?.count
            counts.append(try #require(patients))
            #expect(try trial.call(service + "Verify")["sound"] == true)
            if status == 0 { break }
        }
        #expect(counts.count > 4 && counts == counts.sorted(by: >) && Set(counts) == [2, 1])
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
        let (soft, pipe) = (folder + "/soft", folder + "/pipe")
        #expect(symlink(folder + "/stranger", soft) == 0 && mkfifo(pipe, 0o600) == 0)
        let neighbour = try RunningDaemon()
        try neighbour.start()
        let busy = neighbour.folder.appending(path: "clinic.sqlite").path
        let wrong = [
            live, live + "-wal", folder + "/./clinic.sqlite", link, other, "relative.sqlite", folder + "/none/x",
            folder, soft, pipe, "/dev/null", busy, busy + "-wal", busy + "-journal",
        ]
        for path in wrong {
            let error = try daemon.error(service + "Backup", ["path": .string(path)])
            #expect(error?.name == service + "InvalidValue", "\(path)")
        }
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "something else")
        #expect(try daemon.call(service + "Verify")["sound"] == true)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(!left.contains { $0.contains("partial") || $0.contains("infusiond-") || $0 == "stranger" })
        _ = try book(neighbour, 1)
        #expect(try neighbour.call(service + "Verify")["sound"] == true)
        let refused = try daemon.error(service + "Backup", ["path": .string(busy)])
        let message = try #require(refused?.parameters["message"]?.string)
        #expect(message.hasPrefix("\(busy) is open in another process (pid "))
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
