import Clinic
import Configuration
import Foundation
import GRDB
import Planning
import StrictJSON
import Systemd
import TestSupport
import Testing
import Varlink
import VarlinkDescription
import Wire

@testable import Service
@testable import Store

/// A file that is damaged ends nothing without a word: it is refused with what is wrong, or what touches the damage
/// fails, and nothing else. A trap would end the whole test run.
@Suite("A damaged database")
struct DamageTests {
    private static let clinic = "io.infusiond.Clinic."

    /// What came of opening a damaged file and asking everything of it.
    private enum Outcome {
        case refused(StoreError)
        case served(findings: [String], failures: [String])
    }

    /// A clinic to which a bit of everything has happened, with two courses that are over; its folder.
    private func livedIn() async throws -> URL {
        let world = try await World(clinicText(chairs: 3))
        func call(_ method: String, _ parameters: JSONObject, _ role: Role = .admin) async throws -> JSONObject {
            try await world.call(Self.clinic + method, parameters, by: World.peer(role))
        }
        for number in 1...5 {
            let patient = try await world.patient(number)
            let regimen = number.isMultiple(of: 2) ? "one" : "three"
            var course = try oneVisit(patient, regimen: regimen)
            course.payer = "Payer \(number)"
            try await world.ask(ClinicInterface.BookCourse(course: course, request: "b\(number)"))
        }
        _ = try await call("ShowPatient", ["patient": "p1"])
        _ = try await call("AddTimeOff", ["person": "rn-1", "from": "2026-03-12"])
        _ = try await call("AddOutage", ["chair": "chair-3", "from": "2026-03-12"])
        _ = try await call("AddClosure", ["from": "2026-03-18", "hours": "09:00-10:00"])
        _ = try await call("AddOpening", ["day": "2026-03-20", "hours": "09:00-12:00"])
        _ = try await call("AddShift", ["person": "rn-2", "day": "2026-03-20", "hours": "08:00-13:00"])
        _ = try await call("CeaseCourse", ["course": "c5", "reason": "clinical", "note": "because"])
        let freed = try await call("CancelVisit", ["visit": "v1", "makeUp": false, "reason": "weather"])
        #expect(freed["recorded"] == true)
        // An earlier hour of the same day would be no gain.
        _ = try await call("MoveVisit", ["visit": "v8", "from": "2026-03-09", "reason": "other"])
        _ = try await call("AddWaiting", ["visit": "v8", "earlier": true])
        _ = try await call("AddWaiting", ["visit": "v4"])
        _ = try await call("AddWaiting", ["course": "c3", "earlier": true])
        _ = try await call("OfferPlace", ["waiting": "w1", "visit": "v1", "holdMinutes": 240])
        _ = try await world.call(
            "io.infusiond.Service.AdvanceClock", ["until": "2026-03-04T09:30:00Z"], by: World.peer(.admin))
        _ = try await call("CeaseCourse", ["course": "c2", "reason": "clinical"])
        try await world.finish()
        return world.folder
    }

    /// Opens the file as the daemon does, asks of it what the tables and the record are read for, and ends.
    private func attempt(_ path: String, asking calls: [(String, JSONObject)]) async throws -> Outcome {
        let file = try readConfiguration(Array(clinicText(chairs: 3).utf8), file: "config.json")
        let store: Store
        let service: ClinicService
        do throws(StoreError) {
            store = try Store(path: path, simulated: true)
            service = try ClinicService(
                store: store, configuration: file, clock: .simulated(from: store.opening.lastInstant ?? World.start),
                dependencies: ClinicService.Dependencies(
                    version: "test", own: Caller(uid: 0, user: "service", pid: 1, role: .admin),
                    configuration: { file }, storageFailed: { _, _ in }), users: World.users)
        } catch {
            return .refused(error)
        }
        if calls.isEmpty {
            let findings = try store.verify().findings
            try store.close()
            return .served(findings: findings, failures: [])
        }
        var failures: [String] = []
        do throws(StartFailure) {
            try await service.start(file)
        } catch {
            failures.append("start: \(error)")
        }
        let interfaces = Dictionary(uniqueKeysWithValues: try service.interfaces().map { ($0.description.name, $0) })
        for (name, parameters) in calls {
            let parts = name.split(separator: ".")
            let interface = try #require(interfaces[parts.dropLast().joined(separator: ".")])
            let method = String(try #require(parts.last))
            let call = Call(
                interface: interface.description.name, method: method, parameters: parameters,
                peer: World.peer(.admin, uid: 4000))
            do throws(VarlinkError) {
                switch interface.methods[method] {
                case .immediate(let body)?: _ = try body(call)
                case .remembered(let body, let otherwise)?: if try body(call) == nil { _ = try await otherwise(call) }
                case .asynchronous(let body)?: _ = try await body(call)
                case .series?, nil: Issue.record("\(name) is no single call")
                }
            } catch {
                failures.append("\(method): \(error.name)")
            }
        }
        let findings = try store.verify().findings
        do throws(StoreError) {
            try await service.finish(notifying: Notifier(service: service, journal: Journal { _ in }))
        } catch {
            failures.append("finish: \(error)")
        }
        return .served(findings: findings, failures: failures)
    }

    private static let calls: [(String, JSONObject)] = {
        var calls: [(String, JSONObject)] = (1...5).map { ("ShowCourse", ["course": .string("c\($0)")]) }
        calls.append(("ShowCourse", ["course": "c1", "asOf": "2026-03-03T08:00:00Z"]))
        calls.append(("ListCourses", ["status": "ceased"]))
        calls.append(("Day", ["day": "2026-03-03"]))
        calls.append(("Day", ["day": "2026-03-05", "asOf": "2026-03-03T08:00:00Z"]))
        for name in ["Today", "ListPatients", "ListWaiting", "ProposeRepair"] { calls.append((name, [:])) }
        calls.append(("Audit", ["reads": true]))
        calls.append(("ListEvents", ["limit": 1000]))
        calls.append(("ReportMonth", ["month": "2026-03"]))
        calls.append(("ProposeCourse", ["course": ["patient": "p2", "regimen": "three"]]))
        calls.append(("BookCourse", ["course": ["patient": "p4", "regimen": "one"], "request": "b9"]))
        calls.append(("BookCourse", ["course": ["patient": "p1", "regimen": "one"], "request": "b1"]))
        calls.append(("AddTimeOff", ["person": "rn-1", "from": "2026-03-05"]))
        calls.append(("ReplanCourse", ["course": "c3", "reason": "clinical"]))
        calls.append(("AcceptOffer", ["offer": "f1"]))
        let advance: JSONObject = ["until": "2026-03-09T09:00:00Z"]
        return calls.map { (clinic + $0.0, $0.1) } + [("io.infusiond.Service.AdvanceClock", advance)]
    }()

    /// Tables that do not follow from the record: what is damaged in them only is not for `verify` to find.
    private static let beside: Set<String> = [
        "event_note", "patient_detail", "course_detail", "request", "access_log", "consumer", "clinic",
        "number_given",
    ]

    private static let values = [
        "NULL", "''", "'x'", "-1", "0", "9223372036854775807", "-4611686018427387904", "1.5", "zeroblob(3)", "'{}'",
        "'[]'", "'v999999'", "replace(OLD, '1', '7')", "replace(OLD, '2', '')", "OLD || '0'", "'confirmed'",
        "'cancelled'", "'0000-01-01'",
    ]

    @Test("whatever a column of any table is made, the file is refused in words or the damage is found")
    func everyColumn() async throws {
        let folder = try await livedIn()
        let file = try DamagedFile(of: folder.appending(path: "clinic.sqlite").path, in: folder)
        let path = folder.appending(path: "damaged.sqlite").path
        var dice = SplitMix64(seed: 5)
        var (refused, served) = (0, 0)
        #expect(Set(file.columns.map(\.table)).count >= 22)
        for column in file.columns {
            for value in dice.some(Self.values, percent: isThorough ? 100 : 15) {
                let sql = file.update(
                    column, row: dice.number(0...(column.rows - 1)), to: value.replacing("OLD", with: column.name))
                guard try file.damage(path, sql) else { continue }
                switch try await attempt(path, asking: []) {
                case .refused(let error):
                    refused += 1
                    #expect(error.description.count > 20, "\(sql)")
                case .served(let findings, _):
                    served += 1
                    let isSame = try isUnchanged(path, folder.appending(path: "clinic.sqlite").path, column.table)
                    #expect(!findings.isEmpty || Self.beside.contains(column.table) || isSame, "\(sql)")
                }
            }
        }
        #expect(refused > 50 && served > 10, "\(refused) refused, \(served) served")
        try FileManager.default.removeItem(at: folder)
    }

    @Test("a service on a damaged file that it takes answers every call, be it with an error")
    func everyCall() async throws {
        let folder = try await livedIn()
        let file = try DamagedFile(of: folder.appending(path: "clinic.sqlite").path, in: folder)
        let path = folder.appending(path: "damaged.sqlite").path
        var dice = SplitMix64(seed: 6)
        var served = 0
        for _ in 0..<(isThorough ? 1_500 : 60) {
            let column = dice.pick(file.columns)
            let value = dice.pick(Self.values).replacing("OLD", with: column.name)
            let sql = file.update(column, row: dice.number(0...(column.rows - 1)), to: value)
            guard try file.damage(path, sql) else { continue }
            if case .served = try await attempt(path, asking: Self.calls) { served += 1 }
        }
        #expect(served > 5)
        try FileManager.default.removeItem(at: folder)
    }

    @Test("a row that is gone from any table is told of")
    func everyRow() async throws {
        let folder = try await livedIn()
        let file = try DamagedFile(of: folder.appending(path: "clinic.sqlite").path, in: folder)
        let path = folder.appending(path: "damaged.sqlite").path
        var dice = SplitMix64(seed: 7)
        for column in file.columns where column.name == column.key.first {
            for row in Set([0, dice.number(0...(column.rows - 1)), column.rows - 1]) {
                let key = column.key.joined(separator: ", ")
                let sql = """
                    DELETE FROM \(column.table) WHERE (\(key)) =
                        (SELECT \(key) FROM \(column.table) ORDER BY \(key) LIMIT 1 OFFSET \(row))
                    """
                #expect(try file.damage(path, sql))
                if case .served(let findings, _) = try await attempt(path, asking: Self.calls) {
                    #expect(!findings.isEmpty || Self.beside.contains(column.table), "\(sql)")
                }
            }
        }
        try FileManager.default.removeItem(at: folder)
    }

    @Test("bytes that flipped on any page are refused in words, or found, or were of no account")
    func everyPage() async throws {
        let folder = try await livedIn()
        let whole = try Data(contentsOf: folder.appending(path: "clinic.sqlite"))
        let path = folder.appending(path: "damaged.sqlite").path
        var dice = SplitMix64(seed: 8)
        var refused = 0
        for _ in 0..<(isThorough ? 3_000 : 120) {
            var bytes = whole
            for _ in 0..<dice.pick([1, 1, 3, 40]) {
                bytes[dice.number(0...(bytes.count - 1))] ^= 1 << UInt8(dice.number(0...7))
            }
            if dice.chance(5) { bytes = bytes.prefix(dice.number(1...(bytes.count - 1))) }
            for ending in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
            try bytes.write(to: URL(filePath: path))
            if case .refused(let error) = try await attempt(path, asking: dice.chance(30) ? Self.calls : []) {
                refused += 1
                #expect(error.description.count > 20)
            }
        }
        #expect(refused > 10)
        try FileManager.default.removeItem(at: folder)
    }

    /// Whether damage is sought everywhere, which takes minutes: INFUSION_SEEDS says so.
    private var isThorough: Bool { seeds(1).count > 1 }

    private func isUnchanged(_ path: String, _ other: String, _ table: String) throws -> Bool {
        func rows(_ path: String) throws -> [Row] {
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.read { try Row.fetchAll($0, sql: "SELECT * FROM \(table)") }
        }
        return try rows(path) == rows(other)
    }
}
