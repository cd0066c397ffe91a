import Foundation
import Glibc
import StrictJSON
import Synchronization
import Testing
import Varlink

/// That nothing due is lost, doubled or told out of order, whenever the power fails and whatever the clock does.
@Suite("What falls due, and power cuts") struct AlertCrashTests {
    private let clinic = "io.infusiond.Clinic."
    private let service = "io.infusiond.Service."

    /// The seed is INFUSION_FIRST_SEED of the environment, which `make soak` varies; it stands in what is said of a
    /// failure.
    private static let seed =
        ProcessInfo.processInfo.environment["INFUSION_FIRST_SEED"].flatMap { UInt64($0) } ?? 4

    @Test("killed at random moments while time passes and commands run, every alert is told at least once and in order")
    func killed() throws {
        var dice = Dice(seed: Self.seed)
        let daemon = try RunningDaemon(
            configuration: configuration("clinic.json"), simulatedFrom: "2026-03-02T07:00:00Z")
        try daemon.start()
        let patients = try (1...24).map { number in
            try #require(
                daemon.call(clinic + "AddPatient", ["recordNumber": .string("MRN-\(number)")])["patient"]?.string)
        }
        let desk = Desk(daemon, patients)
        for _ in 1...8 {
            let cut = Thread { [pause = dice.next(below: 900)] in
                _ = poll(nil, 0, Int32(100 + pause))
                daemon.signal(SIGKILL)
            }
            cut.start()
            let booking = DispatchGroup()
            booking.enter()
            Thread {
                desk.book()
                booking.leave()
            }.start()
            desk.passTime()
            booking.wait()
            daemon.wait()
            try daemon.start()
            let now = try #require(instant(daemon.call(service + "GetClock")["now"]))
            #expect(now >= desk.reached.withLock { $0 }, "seed \(Self.seed): the clock forgot")
            // What was acknowledged is there, and the same request gets the same answer.
            for (request, answer) in desk.takeAnswers() {
                let again = try daemon.call(clinic + "BookCourse", desk.booking(request))
                #expect(again == answer, "seed \(Self.seed): booking \(request)")
            }
        }
        _ = try daemon.call(service + "AdvanceClock", ["minutes": 20_160])
        try expectTold(daemon, now: try #require(instant(daemon.call(service + "GetClock")["now"])))
        #expect(try daemon.call(service + "Verify")["sound"] == true, "seed \(Self.seed)")
    }

    @Test("what fell due while the service was off is told late when it starts, once, and says how late")
    func off() throws {
        let daemon = try RunningDaemon(
            configuration: configuration("clinic.json"), simulatedFrom: "2026-03-02T07:00:00Z")
        try daemon.start()
        let patient = try daemon.call(clinic + "AddPatient", ["recordNumber": "MRN-1"])["patient"] ?? .null
        let course: JSONObject = ["patient": patient, "regimen": "booster", "earliest": "2026-03-05"]
        _ = try daemon.call(clinic + "BookCourse", ["course": .object(course), "request": "b"])
        daemon.cut()
        let before = try daemon.said
        daemon.simulatedFrom = "2026-03-09T07:00:00Z"
        try daemon.start()
        // Any command is told after what was due before it.
        _ = try daemon.call(clinic + "AddPatient", ["recordNumber": "MRN-2"])
        try daemon.waitForJournal()
        let after = try daemon.said.dropFirst(before.count)
        #expect(
            after.contains("the patient of visit v1 at 2026-03-05") && after.contains("is not here (told 3 days late)"))
        #expect(after.contains("visit v1 is in 24 hours") && after.contains("(told 4 days late)"))
        try expectTold(daemon, now: try #require(instant(daemon.call(service + "GetClock")["now"])))
    }

    /// The daemon runs on the system's clock, as it sees it through a preloaded library that is built for the test.
    @Test(
        "on the system's clock, time off is caught up with, and a clock that is set back repeats and loses nothing",
        .enabled(if: AlertCrashTests.compiler != nil))
    func setBack() throws {
        let daemon = try RunningDaemon(configuration: everyDayClinic, simulatedFrom: nil)
        let library = daemon.folder.appending(path: "clock.so").path
        let source = Program.project.appending(path: "Tests/EndToEndTests/Files/clock.c").path
        let built = try Process.run(
            URL(filePath: try #require(Self.compiler)), arguments: ["-shared", "-fPIC", "-o", library, source, "-ldl"])
        built.waitUntilExit()
        try #require(built.terminationStatus == 0)
        let clock = daemon.folder.appending(path: "ahead")
        func setAhead(days: Int) throws {
            let handle = try FileHandle(forUpdating: clock)
            withUnsafeBytes(of: Int64(days * 86_400)) { handle.write(Data($0)) }
            try handle.close()
        }
        try Data(count: 8).write(to: clock)
        let environment = ["LD_PRELOAD": library, "CLOCK_AHEAD": clock.path]
        try daemon.start(environment: environment)
        try book(daemon, 1, daysAhead: 3)
        daemon.cut()

        // A week without power: told late, at the start, and once.
        try setAhead(days: 7)
        try daemon.start(environment: environment)
        try waitForAlert(daemon, "visitLate", of: "v1")
        #expect(try daemon.said.contains("days late)"))
        #expect(try alerts(daemon).count { $0.kind == "visitLate" } == 1)

        // The clock was wrong, and is set back by five days: to two days from now. The first visit is a day ahead
        // again; what was told of it is not told again. Another is booked for the day after, and told in its time.
        try setAhead(days: 2)
        try book(daemon, 2, daysAhead: 4)
        let told = try alerts(daemon).filter { $0.subject == "v1" }
        daemon.cut()
        try daemon.start(environment: environment)
        try setAhead(days: 5)
        _ = try daemon.call(clinic + "AddPatient", ["recordNumber": "MRN-3"])
        let all = try alerts(daemon)
        #expect(all.filter { $0.subject == "v1" } == told)
        let own = all.filter { $0.subject == "v2" }.map { "\($0.kind) \($0.detail)" }.sorted()
        #expect(own == ["visitLate ", "visitReminder 24", "visitToConfirm "])
        #expect(Set(all).count == all.count)
        #expect(try daemon.call(service + "Verify")["sound"] == true)
    }

    private static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    // MARK: What is asked

    private func configuration(_ name: String) throws -> String {
        try String(contentsOf: WeekTests.folder.appending(path: name), encoding: .utf8)
    }

    private func book(_ daemon: RunningDaemon, _ number: Int, daysAhead: Int) throws {
        let patient = try daemon.call(clinic + "AddPatient", ["recordNumber": .string("MRN-\(number)")])["patient"]
        let today = try #require(daemon.call(service + "Status")["today"]?.string)
        let day = try #require(ISO8601DateFormatter().date(from: today + "T00:00:00Z"))
        let ahead = number == 1 ? daysAhead : daysAhead - 2
        let earliest = ISO8601DateFormatter().string(from: day + Double(ahead * 86_400)).prefix(10)
        let course: JSONObject = [
            "patient": patient ?? .null, "regimen": "one", "earliest": .string(String(earliest)), "startWithinDays": 0,
        ]
        _ = try daemon.call(clinic + "BookCourse", ["course": .object(course), "request": .string("b\(number)")])
    }

    // MARK: What was told

    private struct Told: Hashable {
        let kind: String
        let subject: String
        let detail: String
        let due: Int
    }

    private func instant(_ value: JSONValue?) -> Int? {
        value?.string.flatMap { ISO8601DateFormatter().date(from: $0) }.map { Int($0.timeIntervalSince1970) }
    }

    private func events(_ daemon: RunningDaemon) throws -> [JSONObject] {
        var all: [JSONObject] = []
        while true {
            let since = all.last?["number"] ?? 0
            let more = try daemon.call(clinic + "ListEvents", ["since": since, "limit": 1000])["events"]?.array ?? []
            if more.isEmpty { return all }
            all += more.compactMap(\.object)
        }
    }

    private func told(_ event: JSONObject) -> Told? {
        guard let alert = event["alert"]?.object, let due = instant(alert["due"]) else { return nil }
        return Told(
            kind: alert["kind"]?.string ?? "", subject: alert["subject"]?.string ?? "",
            detail: alert["detail"]?.string ?? "", due: due)
    }

    private func alerts(_ daemon: RunningDaemon) throws -> [Told] { try events(daemon).compactMap(told) }

    private func waitForAlert(_ daemon: RunningDaemon, _ kind: String, of subject: String) throws {
        try waited(for: "the alert \(kind) of \(subject)") {
            try alerts(daemon).contains { $0.kind == kind && $0.subject == subject }
        }
        try daemon.waitForJournal()
    }

    /// Every reminder and every patient who did not come is an alert, once, by the visits that were booked and are
    /// still to come or past; and every alert reached the journal, each for the first time after those before it.
    private func expectTold(_ daemon: RunningDaemon, now: Int) throws {
        try daemon.waitForJournal()
        let events = try events(daemon)
        let told = events.compactMap { self.told($0) }
        #expect(Set(told).count == told.count, "seed \(Self.seed): something was told twice")
        var expected: Set<Told> = []
        for course in try daemon.call(clinic + "ListCourses", ["limit": 500])["courses"]?.array ?? [] {
            let id = course["id"] ?? .null
            let booked = events.first { $0["kind"] == "courseBooked" && $0["course"] == id }.flatMap {
                instant($0["at"])
            }
            let shown = try daemon.call(clinic + "ShowCourse", ["course": id])
            for visit in shown["visits"]?.array ?? [] {
                guard let start = instant(visit["start"]), let id = visit["id"]?.string, let booked else { continue }
                for hours in [72, 24] where (booked + 1...now).contains(start - hours * 3600) {
                    expected.insert(
                        Told(kind: "visitReminder", subject: id, detail: "\(hours)", due: start - hours * 3600))
                }
                if start + 900 <= now {
                    expected.insert(Told(kind: "visitLate", subject: id, detail: "", due: start + 900))
                }
            }
        }
        let found = Set(told.filter { $0.kind == "visitReminder" || $0.kind == "visitLate" })
        #expect(found == expected, "seed \(Self.seed)")
        #expect(!expected.isEmpty)
        let numbers = try daemon.said.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^infusiond: .* event=e([0-9]+)/#).flatMap { Int($0.1) }
        }
        var seen: Set<Int> = []
        let first = numbers.filter { seen.insert($0).inserted }
        #expect(first == first.sorted(), "seed \(Self.seed): told out of order")
        let alerts = events.filter { $0["alert"] != nil }.compactMap { $0["number"]?.integer }
        #expect(Set(alerts).isSubset(of: seen), "seed \(Self.seed): an alert never reached the journal")
    }
}

/// Those who work while the power fails: one lets time pass, one books.
private final class Desk: Sendable {
    private let daemon: RunningDaemon
    private let patients: [String]
    private let next = Mutex(0)
    private let answers = Mutex<[Int: JSONObject]>([:])
    /// The instant that the clock is known to have reached, seconds since 1970 UTC.
    let reached = Mutex(0)

    init(_ daemon: RunningDaemon, _ patients: [String]) {
        self.daemon = daemon
        self.patients = patients
    }

    /// Lets time pass, some hours at a time, until nobody answers any more.
    func passTime() {
        while let reply = try? daemon.call("io.infusiond.Service.AdvanceClock", ["minutes": 60]) {
            guard let now = reply["now"]?.string.flatMap({ ISO8601DateFormatter().date(from: $0) }) else { return }
            reached.withLock { $0 = max($0, Int(now.timeIntervalSince1970)) }
        }
    }

    /// What was answered to each request since this was last asked.
    func takeAnswers() -> [Int: JSONObject] {
        answers.withLock { answers in
            defer { answers = [:] }
            return answers
        }
    }

    /// Books courses for the next patients, a few at most or until nobody answers any more; a booking that was not
    /// answered is asked for again under the same request.
    func book() {
        for _ in 1...3 {
            let number = next.withLock { $0 }
            guard number < patients.count else { return }
            do {
                let reply = try daemon.call("io.infusiond.Clinic.BookCourse", booking(number))
                answers.withLock { $0[number] = reply }
            } catch ClientError.refused {
                // No place any more: the next one.
            } catch {
                return
            }
            next.withLock { $0 += 1 }
            _ = poll(nil, 0, 20)
        }
    }

    /// A request for a course.
    func booking(_ number: Int) -> JSONObject {
        let course: JSONObject = [
            "patient": .string(patients[number]), "regimen": "booster", "earliest": "2026-03-05",
            "startWithinDays": 60, "usual": "10:00",
        ]
        return ["course": .object(course), "request": .string("course-\(number)")]
    }
}

/// Numbers from a seed.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(below limit: UInt64) -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state % limit
    }
}

/// A small clinic that is open every day.
private let everyDayClinic = oneChairClinic.replacing(
    #""mon": ["09:00-12:00"], "tue": ["09:00-12:00"], "wed": ["09:00-12:00"]"#,
    with: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { "\"\($0)\": [\"09:00-12:00\"]" }
        .joined(separator: ", ")
).replacing(
    #""days": ["mon", "tue", "wed"]"#, with: #""days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]"#)
