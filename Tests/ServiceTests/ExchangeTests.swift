import Checker
import Clinic
import ClinicTime
import Configuration
import HashTreeCollections
import Planning
import Store
import TestSupport
import Testing
import Wire

@testable import Service

@Suite("Exchange")
struct ExchangeTests {
    /// The export file as the method sends it.
    private func export(_ world: World) throws -> String { try Self.export(world) }

    static func export(_ world: World) throws -> String {
        var pieces = ExportPieces(world.service.publication.current, at: World.start)
        var text = ""
        while !pieces.isOver {
            text += try pieces.text(atLeast: 500) { patients throws(ClinicInterface.Failure) in
                (try? world.service.store.details(of: patients)) ?? [:]
            } payer: { course throws(ClinicInterface.Failure) in
                (try? world.service.store.payer(of: course)) ?? nil
            }
        }
        return text
    }

    private func take(
        _ text: String, into world: World, request: String = "once", dryRun: Bool? = nil
    ) async throws -> ClinicInterface.Import.Reply {
        try await Self.take(text, into: world, request: request, dryRun: dryRun)
    }

    static func take(
        _ text: String, into world: World, request: String = "once", dryRun: Bool? = nil
    ) async throws -> ClinicInterface.Import.Reply {
        let half = text.index(text.startIndex, offsetBy: text.count / 2)
        for (part, piece) in [text[half...], text[..<half]].enumerated() {
            try await world.ask(
                ClinicInterface.StageImport(upload: request, part: 1 - part, text: String(piece)),
                by: World.peer(.admin))
        }
        return try await world.ask(
            ClinicInterface.Import(
                upload: request, checksum: Checksum.text(of: text.utf8), dryRun: dryRun, request: request),
            by: World.peer(.admin))
    }

    /// Patients and courses by chance.
    private func fill(_ world: World, seed: UInt64) async throws {
        var dice = SplitMix64(seed: seed)
        for number in 1...6 { _ = try await world.patient(number) }
        for _ in 0..<14 {
            let course = CourseRequestMessage(
                patient: "p\(Int.random(in: 1...6, using: &dice))",
                regimen: Bool.random(using: &dice) ? "one" : "three",
                earliest: Day("2026-03-03")! + Int.random(in: 0..<10, using: &dice),
                startWithinDays: Int.random(in: 0...3, using: &dice), payer: Bool.random(using: &dice) ? "Payer" : nil)
            _ = try await world.failure(of: ClinicInterface.BookCourse(course: course))
        }
    }

    private func breaches(of text: String) throws -> [Breach] {
        let export = try readExport(Array(text.utf8), file: "export").bookings
        let setting = Setting(
            facility: export.facility, calendars: export.calendars, timeOff: export.timeOff, outages: export.outages,
            now: export.now, today: export.today)
        return checkBookings(
            export.items.map { BookingToCheck($0.booking, overrides: $0.overrides, request: $0.request) },
            in: setting, from: export.today)
    }

    @Test("random clinics leave with every rule kept and come into an empty clinic as they were", arguments: 1...6)
    func random(seed: UInt64) async throws {
        let world = try await World()
        try await fill(world, seed: seed)
        let text = try export(world)
        #expect(try breaches(of: text) == [], "seed \(seed)")

        let other = try await World()
        let before = other.service.publication.current.state.lastEvent
        let preview = try await take(text, into: other, request: "look", dryRun: true)
        #expect(other.service.publication.current.state.lastEvent == before)
        let reply = try await take(text, into: other)
        var counts = reply
        counts.event = nil
        #expect(preview == counts, "seed \(seed)")
        #expect(reply.newPatients == 6)
        #expect(reply.breaches == [])
        let (old, new) = (world.service.publication.current.state, other.service.publication.current.state)
        #expect(new.visits == old.visits, "seed \(seed)")
        #expect(reply.visits == old.visits.count)
        #expect(try withoutEvents(export(other)) == withoutEvents(text), "seed \(seed)")
        #expect(try await other.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        // The same request again is answered as before, and nothing happens twice.
        let again = try await take(text, into: other)
        #expect(again == reply)
        #expect(other.service.publication.current.state.lastEvent == new.lastEvent)
        try await world.close()
        try await other.close()
    }

    private func withoutEvents(_ text: String) -> String {
        text.replacing(#/"lastEvent": [0-9]+/#, with: "")
    }

    @Test("in a clinic that has patients the file gets new ids, and patients are known by their record numbers")
    func renaming() async throws {
        let world = try await World()
        try await fill(world, seed: 3)
        let other = try await World()
        _ = try await other.patient(99)
        _ = try await other.patient(2)
        let reply = try await take(export(world), into: other)
        #expect((reply.patients, reply.newPatients) == (6, 5))
        let (old, new) = (world.service.publication.current.state, other.service.publication.current.state)
        #expect(new.patientCount == 7)
        #expect(
            new.visits.values.map(\.place).sorted { $0.minute < $1.minute }.map(\.minute)
                == old.visits.values.map(\.place.minute).sorted())
        let second = try #require(old.coursesByPatient["p2"]?.first)
        let moved = new.courses(of: "p2").map { $0.progress.bookedElsewhere }
        #expect(moved.contains(old.courses[second]?.bookedAt))
        #expect(try await other.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
        try await other.close()
    }

    @Test("what would take a chair twice is refused whole, by line and rule")
    func conflict() async throws {
        let world = try await World()
        try await fill(world, seed: 2)
        let text = try export(world)
        let other = try await World()
        _ = try await take(text, into: other)
        let last = other.service.publication.current.state.lastEvent
        let failure = try await importFailure(of: text, in: other, request: "twice")
        guard case .importRefused(let problems)? = failure else {
            Issue.record("not refused: \(String(describing: failure))")
            return
        }
        #expect(problems.allSatisfy { ($0.line ?? 0) > 0 })
        #expect(problems.contains { $0.message.hasPrefix("chair-free: ") })
        #expect(other.service.publication.current.state.lastEvent == last)
        try await world.close()
        try await other.close()
    }

    private func importFailure(
        of text: String, in world: World, request: String
    ) async throws -> ClinicInterface.Failure? {
        try await world.ask(
            ClinicInterface.StageImport(upload: request, part: 0, text: text), by: World.peer(.admin))
        return try await world.failure(
            of: ClinicInterface.Import(
                upload: request, checksum: Checksum.text(of: text.utf8), request: request),
            by: World.peer(.admin))
    }

    @Test("a file that came only in part, or reads badly, is refused; patients' fields are never told")
    func reading() async throws {
        let world = try await World()
        _ = try await world.patient(1)
        let text = try export(world)
        let other = try await World()
        let missing = try await other.failure(
            of: ClinicInterface.Import(upload: "none", checksum: "0", request: "r1"), by: World.peer(.admin))
        guard case .importRefused? = missing else {
            Issue.record("not refused: \(String(describing: missing))")
            return
        }
        let canary = text.replacing(#""recordNumber":"MRN-1""#, with: #""recordNumber":17,"name":{"CANARY":1}"#)
        let failure = try await importFailure(of: canary, in: other, request: "r2")
        guard case .importRefused(let problems)? = failure else {
            Issue.record("not refused: \(String(describing: failure))")
            return
        }
        #expect(problems.contains { $0.path == "patients[0].recordNumber" && $0.line != nil })
        #expect(!problems.contains { $0.message.contains("CANARY") || $0.hint?.contains("CANARY") ?? false })
        try await world.close()
        try await other.close()
    }

    @Test("a course that was given elsewhere so far is planned to its end")
    func adopting() async throws {
        let world = try await World()
        let patient = try await world.patient(1)
        let course = CourseRequestMessage(patient: patient, regimen: "three", earliest: Day("2026-03-03")!)
        try await world.ask(ClinicInterface.BookCourse(course: course))
        let lines = try export(world).split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { !$0.hasPrefix(#"{"id":"v"#) }.joined(separator: "\n")
            .replacing(
                #"{"id":"c1","#, with: #"{"id":"c1","adopted":{"phase":"all","given":1,"lastDay":"2026-02-28"},"#,
                maxReplacements: 1)
        let other = try await World()
        let reply = try await take(kept, into: other)
        #expect((reply.visits, reply.planned) == (0, 2))
        #expect(other.service.publication.current.state.visitCount == 2)
        #expect(try await other.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
        try await other.close()
    }

    @Test("only the admin exports and imports; schedulers see reports")
    func rights() {
        for method in ["Export", "StageImport", "Import"] { #expect(ClinicInterface.roles[method] == .admin) }
        for method in ["ReportMonth", "ReportAdherence", "ReportUtilisation", "ExportVisits"] {
            #expect(ClinicInterface.roles[method] == .scheduler)
        }
    }

    @Test("a report of a clinic in which nothing was given is empty, not wrong")
    func emptyReports() async throws {
        let world = try await World()
        try await fill(world, seed: 1)
        let month = try await world.ask(ClinicInterface.ReportMonth())
        #expect((month.month, month.given, month.lost) == ("2026-03", 0, 0))
        #expect(month.open == world.service.publication.current.state.visitCount)
        #expect(month.chairs.used > 0)
        let use = try await world.ask(
            ClinicInterface.ReportUtilisation(from: Day("2026-03-02")!, through: Day("2026-03-31")!))
        // Two chairs, open three hours on eighteen of the days.
        #expect(use.all.available == 2 * 180 * 18)
        #expect(use.openDays == 18)
        #expect(use.all.used == month.chairs.used)
        #expect(try await world.ask(ClinicInterface.ReportAdherence()).inductions == [])
        try await world.close()
    }
}
