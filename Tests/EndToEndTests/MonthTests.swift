import Foundation
import StrictJSON
import Testing
import Varlink

/// A clinic lives through weeks behind the socket of the built daemon, on a clock that only the test moves: patients
/// come, call off and stay away, staff fall ill, a chair breaks, the clinic closes, some get better, some do not, and
/// every week the daemon is restarted, every other time after the power was cut. Five weeks, and the whole record is
/// replayed at the end of each; with INFUSION_YEAR=each a whole year, replayed each day, which wants the release
/// (`make year`).
@Suite struct MonthTests {
    static let isWholeYear = ProcessInfo.processInfo.environment["INFUSION_YEAR"] == "each"
    static let days = isWholeYear ? 364 : 35

    @Test func `the record stays sound, its export keeps every rule, and every alert is told once`() throws {
        var clinic = try LivedClinic()
        var cuts = 0
        for number in 0..<Self.days {
            try clinic.live(number)
            if Self.isWholeYear || number % 7 == 6 {
                #expect(try clinic.daemon.call(clinic.service + "Verify")["sound"] == true, "day \(number)")
            }
            let export = Program.verb(["export"], environment: ["INFUSIOND_SOCKET": clinic.daemon.socket])
            let checked = Program.verb(["check", "-"], input: export.output)
            // What nobody could mend is known: nothing else breaks a rule.
            #expect(checked.status == 0 || clinic.isUnmended, "day \(number): \(checked.text)")
            if number % 14 == 6 {
                try clinic.stop()
                try clinic.daemon.start()
            } else if number % 14 == 13 {
                clinic.daemon.cut()
                cuts += 1
                try clinic.daemon.start()
            }
        }
        let alerts = try clinic.alerts()
        #expect(alerts.count > Self.days)
        let twice = Dictionary(grouping: alerts, by: \.what).filter { $0.value.count > 1 }
        #expect(twice.isEmpty, "on record more than once: \(twice.keys.sorted().prefix(5))")
        try clinic.stop()
        var told: [Int: Int] = [:]
        for line in try clinic.daemon.said.split(separator: "\n") {
            guard let tail = line.range(of: " event=e") else { continue }
            told[Int(line[tail.upperBound...].prefix { $0.isNumber }) ?? 0, default: 0] += 1
        }
        let untold = alerts.map(\.number).filter { told[$0] == nil }
        #expect(untold.isEmpty, "not told: \(untold.prefix(5))")
        // What was told when the power was cut may be told again: at most what one sending holds.
        let again = alerts.map(\.number).filter { told[$0].map { $0 > 1 } ?? false }
        #expect(again.count <= cuts * 200, "told again: \(again.count) after \(cuts) power cuts")
        #expect(clinic.given > Self.days && clinic.lost > 5 && clinic.repairs > 1, "\(clinic.given), \(clinic.lost)")
    }
}

/// The small clinic behind a daemon, and what befalls it.
private struct LivedClinic {
    let clinic = "io.infusiond.Clinic."
    let service = "io.infusiond.Service."
    let daemon: RunningDaemon
    private(set) var given = 0
    private(set) var lost = 0
    private(set) var repairs = 0
    /// Whether the last repair left something against a rule.
    private(set) var isUnmended = false
    private var dice: UInt64 = 20_260_302
    private var patients = 0

    init() throws {
        let configuration = try String(contentsOfFile: Program.file("clinic.json"), encoding: .utf8)
        daemon = try RunningDaemon(configuration: configuration, simulatedFrom: "2026-03-02T06:00:00-05:00")
        try daemon.start()
    }

    /// A number from 0 to 99.
    private mutating func roll() -> Int {
        dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(dice >> 33) % 100
    }

    /// A day of the year, "2026-03-02" being number 0.
    private func day(_ number: Int) -> String {
        let date = Date(timeIntervalSince1970: 1_772_409_600 + Double(number) * 86_400)
        return date.formatted(.iso8601.year().month().day())
    }

    private func advance(to clock: String, _ number: Int) throws {
        // New York's clocks change on 8 March and 1 November.
        let offset = (6..<244).contains(number) ? "-04:00" : "-05:00"
        _ = try daemon.call(
            service + "AdvanceClock", ["until": .string("\(day(number))T\(clock):00\(offset)")])
    }

    /// A call that may be refused, as things are.
    @discardableResult
    private func attempt(_ method: String, _ parameters: JSONObject) -> JSONObject? {
        try? daemon.call(clinic + method, parameters)
    }

    mutating func live(_ number: Int) throws {
        try advance(to: "07:00", number)
        disrupt(number)
        if number % 3 == 0 { try refer(number) }
        try callOffAhead(number)
        try advance(to: "19:00", number)
        try treat(number)
        try care()
    }

    private mutating func refer(_ number: Int) throws {
        patients += 1
        let reply = try daemon.call(clinic + "AddPatient", ["recordNumber": .string("MRN-\(patients)")])
        let course: JSONObject = [
            "patient": reply["patient"] ?? .null, "regimen": "three-a-week", "earliest": .string(day(number + 1)),
        ]
        attempt("BookCourse", ["course": .object(course)])
    }

    private mutating func disrupt(_ number: Int) {
        var isHit = false
        if number % 9 == 3 { isHit = attempt("AddTimeOff", ["person": "rn-1", "reason": "staffing"]) != nil }
        if number % 11 == 5 {
            isHit = attempt("AddOutage", ["chair": "chair-1", "reason": "equipment"]) != nil || isHit
        }
        if number % 30 == 17 {
            isHit = attempt("AddClosure", ["from": .string(day(number + 1)), "reason": "weather"]) != nil || isHit
        }
        guard isHit, let made = attempt("ApplyRepair", [:]) else { return }
        repairs += 1
        isUnmended = !(made["found"]?["unresolved"]?.array?.isEmpty ?? true)
    }

    private func visits(_ number: Int) throws -> [JSONValue] {
        let client = try Client(path: daemon.socket)
        var replies = try client.callForMore(
            clinic + "ExportVisits", ["from": .string(day(number)), "through": .string(day(number))])
        var found: [JSONValue] = []
        while let reply = try replies.next() { found += reply["visits"]?.array ?? [] }
        return found.filter {
            $0["status"]?.string == "tentative" || $0["status"]?.string == "confirmed"
        }
    }

    private mutating func callOffAhead(_ number: Int) throws {
        for visit in try visits(number + 1) where roll() < 7 {
            let call: JSONObject = ["visit": visit["id"] ?? .null, "keepWindow": true, "reason": "patientRequest"]
            if attempt("CancelVisit", call) != nil { lost += 1 }
        }
    }

    private mutating func treat(_ number: Int) throws {
        for visit in try visits(number) {
            let id = visit["id"] ?? .null
            if roll() < 6 {
                if attempt("RecordNoShow", ["visit": id, "keepWindow": true]) != nil { lost += 1 }
                continue
            }
            let (start, end) = (visit["start"] ?? .null, visit["end"] ?? .null)
            attempt("RecordFact", ["visit": id, "fact": "arrived", "at": start])
            attempt(
                "RecordFact", ["visit": id, "fact": "started", "at": start, "override": true, "reason": "clinical"])
            if attempt("RecordFact", ["visit": id, "fact": "discharged", "at": end, "detail": "full"]) != nil {
                given += 1
            }
        }
    }

    /// Takes the scores that are due, good ones for some, and does the other tasks.
    private mutating func care() throws {
        for task in try daemon.call(clinic + "ListTasks")["tasks"]?.array ?? [] {
            let course = task["course"] ?? .null
            if task["kind"]?.string == "check" {
                let isBetter = roll() < 60
                attempt(
                    "RecordAssessment",
                    ["course": course, "measure": task["name"] ?? .null, "score": .integer(isBetter ? 6 : 20)])
            } else if task["kind"]?.string == "makeUp" {
                attempt("ReplanCourse", ["course": course, "reason": "clinical"])
            } else {
                attempt("FinishTask", ["course": course, "task": task["id"] ?? .null, "reason": "other"])
            }
        }
    }

    /// Stops the daemon in good order.
    func stop() throws {
        daemon.signal(SIGTERM)
        #expect(daemon.wait() == 0)
    }

    /// The alerts on record: their numbers, and what makes each unique.
    func alerts() throws -> [(number: Int, what: String)] {
        var (since, found) = (0, [(number: Int, what: String)]())
        while true {
            let reply = try daemon.call(clinic + "ListEvents", ["since": .integer(since), "limit": 500])
            let events = reply["events"]?.array ?? []
            for event in events {
                guard let alert = event["alert"], let number = event["number"]?.integer else { continue }
                let what = ["kind", "subject", "detail", "due"].map { alert[$0]?.string ?? "" }
                found.append((number, what.joined(separator: " ")))
            }
            guard let last = events.last?["number"]?.integer else { return found }
            since = last
        }
    }
}
