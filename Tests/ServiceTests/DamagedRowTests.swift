import Clinic
import Foundation
import GRDB
import Planning
import Synchronization
import Systemd
import Testing
import Varlink
import Wire

@testable import Service
@testable import Store

/// A damaged row fails the command that reads it, and no other, and never the service.
@Suite("A damaged row")
struct DamagedRowTests {
    private func damage(_ world: World, _ sql: String) throws {
        try world.service.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: sql)
            #expect(database.changesCount == 1)
        }
    }

    private func damage(event number: Int, of world: World) throws {
        try world.service.store.pool.writeWithoutTransaction { try $0.execute(sql: "DROP TRIGGER event_update") }
        try damage(world, "UPDATE event SET user = 'nobody' WHERE number = \(number)")
    }

    /// What a call fails with because of damage; nil where it fails otherwise or not at all.
    private func damage<Parameters: WireCall>(of call: Parameters, _ world: World) async throws -> String? {
        guard case .recordDamaged(let what)? = try await world.failure(of: call, by: World.peer(.admin)) else {
            return nil
        }
        return what
    }

    /// A clinic with a course that is over and forgotten, and one that is open; a month after both began.
    private func monthLater() async throws -> World {
        let world = try await World()
        for number in 1...2 {
            let regimen = number == 1 ? "one" : "three"
            let course = try oneVisit(try await world.patient(number), regimen: regimen)
            try await world.ask(ClinicInterface.BookCourse(course: course, request: "b\(number)"))
        }
        try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "clinical"))
        try await world.finish()
        let later = Instant(seconds: World.start.seconds + 30 * 86_400)
        return try await World(folder: world.folder, clock: .simulated(from: later))
    }

    @Test("a course that is over cannot be shown where its row is damaged; everything else can")
    func closedCourse() async throws {
        let world = try await monthLater()
        try damage(world, "UPDATE course SET wish = '{}' WHERE id = 'c1'")
        let what = try await damage(of: ClinicInterface.ShowCourse(course: "c1"), world)
        #expect(what == "row c1 of table course cannot be read: wish is not what is written there in JSON")
        #expect(try await world.ask(ClinicInterface.ShowCourse(course: "c2")).found.id == "c2")
        #expect(try await world.patient(3) == "p3")
        #expect(world.surface.failures.allSatisfy { $0.hasSuffix("fatal: false") } && !world.surface.failures.isEmpty)
        try await world.close()
    }

    @Test("a visit of a course that is over is as damaged as its row")
    func closedVisit() async throws {
        let world = try await monthLater()
        try damage(world, "UPDATE visit SET persons = '{' WHERE id = 'v1'")
        let what = try await damage(of: ClinicInterface.ShowVisit(visit: "v1"), world)
        #expect(what?.hasPrefix("row v1 of table visit cannot be read: ") == true)
        try await world.close()
    }

    @Test("an event that is not what was recorded fails those who read it, and the service goes on")
    func event() async throws {
        let world = try await monthLater()
        let booked = try #require(
            try await world.ask(ClinicInterface.Audit(course: "c1"), by: World.peer(.admin)).entries.last?.event)
        try damage(event: booked, of: world)
        let words = "event \(booked) cannot be read: it is not what was recorded: its digest is another"
        #expect(try await damage(of: ClinicInterface.Audit(course: "c1"), world) == words)
        #expect(try await damage(of: ClinicInterface.ListEvents(since: 0), world) == words)
        let asOf = ClinicInterface.ShowCourse(course: "c1", asOf: "2026-03-02T12:00:00Z")
        #expect(try await damage(of: asOf, world) == words)
        #expect(try await !world.ask(ClinicInterface.ListEvents(since: booked)).events.isEmpty)
        #expect(try await world.patient(3) == "p3")
        #expect(world.surface.failures.allSatisfy { $0.hasSuffix("fatal: false") })
        try await world.close()
    }

    @Test("the journal leaves out an event that is damaged, says so, and goes on with the next")
    func journal() async throws {
        let world = try await World()
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        try damage(event: 2, of: world)
        let sent = NotifierTests.Sent()
        try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
        #expect(sent.kinds.contains(MessageKind.courseBooked.id) && sent.kinds.last == MessageKind.serviceStopped.id)
        #expect(world.surface.failures.count { $0.hasPrefix("event 2 cannot be read") } == 1)
    }

    @Test("a cursor that is damaged is told, and what is new is sent", arguments: ["-7", "99", "'x'"])
    func cursor(value: String) async throws {
        let world = try await World()
        try await world.service.finish(
            notifying: Notifier(service: world.service, journal: NotifierTests.Sent().journal))
        try setCursor(of: world, to: value)
        let later = try await World(folder: world.folder)
        let sent = NotifierTests.Sent()
        try await later.service.finish(notifying: Notifier(service: later.service, journal: sent.journal))
        #expect(
            later.surface.failures.contains { $0.hasPrefix("row journal of table consumer cannot be read: event is") })
        #expect(later.surface.failures.allSatisfy { $0.hasSuffix("fatal: false") })
        let again = try await World(folder: world.folder)
        _ = try await again.patient()
        let next = NotifierTests.Sent()
        try await again.service.finish(notifying: Notifier(service: again.service, journal: next.journal))
        #expect(next.kinds.last == MessageKind.serviceStopped.id)
    }

    /// Sets the journal's cursor to what its column would not take.
    private func setCursor(of world: World, to value: String) throws {
        let queue = try DatabaseQueue(path: world.folder.appending(path: "clinic.sqlite").path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA writable_schema = ON")
            let text = try String.fetchOne(database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'consumer'") ?? ""
            let change = "UPDATE sqlite_schema SET sql = ? WHERE name = 'consumer'"
            try database.execute(sql: change, arguments: [text.replacing("STRICT, ", with: "")])
            try database.execute(sql: "PRAGMA writable_schema = RESET")
            try database.execute(sql: "UPDATE consumer SET event = \(value)")
            try database.execute(sql: "PRAGMA writable_schema = ON")
            try database.execute(sql: change, arguments: [text])
        }
        try queue.close()
    }
}
