import Clinic
import Planning
import Synchronization
import Systemd
import Testing
import Wire

@testable import Service

@Suite("The journal")
struct NotifierTests {
    /// What was sent to the journal.
    final class Sent: Sendable {
        private let entries = Mutex<[JournalEntry]>([])
        var all: [JournalEntry] { entries.withLock { $0 } }
        var journal: Journal { Journal { [self] entry in entries.withLock { $0.append(entry) } } }
        var kinds: [MessageID?] { all.map(\.messageID) }
    }

    @Test("events are told in order once they are durable, and after a restart only what is new")
    func cursor() async throws {
        let world = try await World()
        let sent = Sent()
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        let sunday = try oneVisit(patient, earliest: "2026-03-08", startWithinDays: 0)
        _ = try await world.failure(of: ClinicInterface.BookCourse(course: sunday, again: true, reason: "other"))
        try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
        let kinds: [MessageKind] = [
            .configurationReloaded, .serviceStarted, .courseBooked, .visitToConfirm, .courseRefused,
            .serviceStopped,
        ]
        #expect(sent.kinds == kinds.map(\.id))

        let later = try await World(folder: world.folder)
        let again = Sent()
        try await later.service.finish(notifying: Notifier(service: later.service, journal: again.journal))
        #expect(again.kinds == [MessageKind.serviceStarted.id, MessageKind.serviceStopped.id])
    }

    @Test("an event is told as the clinic was then, whatever has changed since")
    func asItWas() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let booked = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 7)))
        let visit = try #require(booked.visits.first)
        try await world.ask(ClinicInterface.MoveVisit(visit: visit.id, from: Day("2026-03-04"), reason: "other"))
        let sent = Sent()
        try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
        let entry = try #require(sent.all.first { $0.messageID == MessageKind.visitToConfirm.id })
        let line = entry.line(identifier: "infusiond", levelled: false)
        #expect(line.contains("visit \(visit.id) at 2026-03-03 09:00 is to be agreed on"), "\(line)")
    }

    @Test("no entry has a name, a record number, a telephone number or a payer")
    func canaries() async throws {
        let world = try await World()
        let sent = Sent()
        let canary = "CANARY"
        let added = try await world.ask(
            ClinicInterface.AddPatient(
                recordNumber: "\(canary)-1", name: "\(canary)-2", phone: "\(canary)-3", request: "r1"))
        var course = try oneVisit(added.patient, startWithinDays: 0)
        course.payer = "\(canary)-4"
        try await world.ask(ClinicInterface.BookCourse(course: course))
        _ = try await world.failure(of: ClinicInterface.BookCourse(course: course, again: true, reason: "other"))
        _ = try await world.failure(of: ClinicInterface.AddPatient(recordNumber: "\(canary)-1"))
        let line = world.service.statusLine
        try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
        let text = sent.all.map { $0.line(identifier: "infusiond", levelled: false) } + [line]
        #expect(text.count == 7)
        #expect(text.allSatisfy { !$0.contains(canary) })
    }
}
