import Clinic
import Foundation
import Planning
import Systemd
import Testing
import Wire

@testable import Service

@Suite("What the journal is told")
struct TellingTests {
    private let admin = World.peer(.admin)

    private func told(_ world: World) async throws -> [JournalEntry] {
        let sent = NotifierTests.Sent()
        try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
        return sent.all
    }

    private static let text = clinicText().replacing(
        #""stages": [{"name": "care""#, with: #""escort": true, "stages": [{"name": "care""#)

    @Test("what falls due is told with its visit, and when it is told late it says so")
    func due() async throws {
        let world = try await World(Self.text)
        let patient = try await world.patient()
        let visits = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0))
        ).visits
        let start = try #require(visits.first).start
        _ = try await world.ask(
            ServiceInterface.AdvanceClock(until: ZonedInstant(second: start.second - 3600, offset: 0)), by: admin)
        // The machine sleeps over the visit's beginning.
        world.service.clock.advance(to: Instant(seconds: start.second + 3 * 3600 + 300))
        _ = try await world.patient(2)
        let entries = try await told(world)
        func entry(_ kind: MessageKind) throws -> JournalEntry {
            try #require(entries.first { $0.messageID == kind.id }, "\(kind)")
        }
        let escort = try entry(.escortMissing)
        #expect(escort.message == "visit v1 at 2026-03-03 09:00 has no escort")
        #expect(escort.priority == .warning)
        #expect(escort.fields.contains(.visit("v1")) && escort.fields.contains(.course("c1")))
        #expect(escort.fields.contains(.patient("p1")) && escort.fields.contains(.chair("chair-1")))
        #expect(escort.fields.contains(.person("rn-1")) && escort.fields.contains(.due("2026-03-03 09:00")))
        #expect(
            try entry(.visitLate).message
                == "the patient of visit v1 at 2026-03-03 09:00 is not here (told 2 h 50 min late)")
        #expect(try entry(.visitReminder).message == "visit v1 is in 24 hours, at 2026-03-03 09:00")
        #expect(entries.allSatisfy { entry in entry.fields.contains { $0.name == "INFUSIOND_EVENT" } })
    }

    @Test("what becomes of a visit is told by its own kind, and a place that comes free beside it")
    func losses() async throws {
        let world = try await World(Self.text)
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        try await world.ask(ClinicInterface.CancelVisit(visit: "v1", makeUp: false, reason: "transport"))
        let entries = try await told(world)
        let kinds = entries.map(\.messageID)
        #expect(kinds.contains(MessageKind.visitCancelledLate.id) && kinds.contains(MessageKind.placeFreed.id))
        let late = try #require(entries.first { $0.messageID == MessageKind.visitCancelledLate.id })
        #expect(late.message == "visit v1 at 2026-03-03 09:00 was cancelled late: transport")
        #expect(late.priority == .warning)
        let freed = try #require(entries.first { $0.messageID == MessageKind.placeFreed.id })
        #expect(freed.message == "a place of hour came free on chair-1 at 2026-03-03 09:00")
        #expect(!kinds.contains(MessageKind.courseChanged.id))
    }

    @Test("every kind of alert has words, fields and a kind of message of its own")
    func everyAlert() async throws {
        let world = try await World(Self.text)
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        let snapshot = world.service.publication.current
        var kinds: [MessageID?] = []
        for kind in Alert.Kind.allCases {
            let subject: Subject =
                switch kind {
                case .visitReminder, .visitToConfirm, .escortMissing, .prerequisiteMissing, .visitLate, .visitOverrun:
                    .visit("v1")
                case .credentialExpiring: .person("rn-1")
                case .gateDue, .gateMissed, .checkDue, .inductionSlipping, .goalAtRisk, .courseInterrupted,
                    .authorisationShort,
                    .taskDue, .reviewDue, .holdExpired:
                    .course("c1")
                }
            let alert = Alert(kind, subject, "v1/form", due: World.start)
            let recorded = RecordedEvent(
                number: 7, at: World.start, caller: Caller(uid: 0, user: "u", pid: 1, role: .admin), reason: nil,
                request: nil, event: .alert(.raised(alert)))
            let entry = try #require(entries(of: recorded, snapshot).first)
            kinds.append(entry.messageID)
            #expect(entry.message.count > 15 && !entry.message.contains("late"), "\(kind): \(entry.message)")
            #expect(entry.fields.contains { $0.name == "INFUSIOND_DUE" }, "\(kind)")
            #expect(entry.fields.contains { $0.value == subject.id }, "\(kind)")
        }
        #expect(Set(kinds).count == Alert.Kind.allCases.count)
        try await world.close()
    }
}
