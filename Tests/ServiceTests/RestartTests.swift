import Clinic
import Foundation
import HashTreeCollections
import Planning
import Store
import TestSupport
import Testing
import Wire

@testable import Service

@Suite("What a restart reads back")
struct RestartTests {
    private let admin = World.peer(.admin)

    private func restarted(_ world: World) async throws -> World {
        let now = world.service.clock.now
        try await world.finish()
        return try await World(folder: world.folder, clock: .simulated(from: now))
    }

    @Test("a course that was ceased with visits ahead comes back whole, and so does what is undone of it")
    func ceased() async throws {
        var world = try await World()
        let patient = try await world.patient()
        let visits = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0, regimen: "three"))
        ).visits
        try await world.ask(
            ServiceInterface.AdvanceClock(until: ZonedInstant(second: visits[0].end.second + 3600, offset: 0)),
            by: admin)
        try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "clinical"))
        try await world.ask(ServiceInterface.AdvanceClock(minutes: 720), by: admin)
        let before = world.service.publication.current.state
        world = try await restarted(world)
        let after = world.service.publication.current.state
        #expect(after.courses == before.courses && after.visits == before.visits)
        #expect(after.visitsByDay == before.visitsByDay && after.coursesByPatient == before.coursesByPatient)
        #expect(try await world.ask(ServiceInterface.Verify(), by: admin).sound)
        try await world.ask(ClinicInterface.Undo(course: "c1"))
        let undone = try #require(world.service.publication.current.state.course("c1"))
        #expect(undone.status == .active && undone.visits.count == 3)
        try await world.close()
    }

    @Test("a course that is long over can be undone by its name after a restart, or is refused for what it is")
    func longOver() async throws {
        var world = try await World()
        let patient = try await world.patient()
        try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0, regimen: "three")))
        try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "clinical"))
        try await world.ask(ServiceInterface.AdvanceClock(minutes: 30 * 1440), by: admin)
        world = try await restarted(world)
        #expect(world.service.publication.current.state.course("c1") == nil)
        // Its days are past, so that it cannot come back; but it is known.
        let failure = try await world.failure(of: ClinicInterface.Undo(course: "c1"))
        #expect(failure != nil && failure != .noSuchCourse(course: "c1"))
        try await world.close()
    }

    @Test("whatever happened, what is read back is the state that was", arguments: 1...4)
    func random(seed: UInt64) async throws {
        var dice = SplitMix64(seed: seed)
        var world = try await World(clinicText(chairs: 3))
        for patient in 1...3 { _ = try await world.patient(patient) }
        for step in 0..<60 {
            let state = world.service.publication.current.state
            let courses = state.allCourses.filter(\.status.isOpen)
            let open = state.visits.values.filter(\.status.isOpen).sorted { $0.id.number < $1.id.number }
            switch Int.random(in: 0..<9, using: &dice) {
            case 0..<2:
                let day = world.service.publication.current.day(at: world.service.clock.now) + 1
                _ = try await world.failure(
                    of: ClinicInterface.BookCourse(
                        course: CourseRequestMessage(
                            patient: "p\(Int.random(in: 1...3, using: &dice))", regimen: "three", earliest: day)))
            case 2 where !courses.isEmpty:
                let id = courses[Int.random(in: courses.indices, using: &dice)].id.text
                _ = try await world.failure(of: ClinicInterface.CeaseCourse(course: id, reason: "clinical"))
            case 3 where !state.allCourses.isEmpty:
                let id = state.allCourses[Int.random(in: state.allCourses.indices, using: &dice)].id.text
                _ = try await world.failure(of: ClinicInterface.Undo(course: id))
            case 4..<7 where !open.isEmpty:
                let id = open[Int.random(in: open.indices, using: &dice)].id.text
                _ = try await world.failure(of: ClinicInterface.CancelVisit(visit: id, reason: "patientRequest"))
            default:
                let minutes = Int.random(in: 60...2000, using: &dice)
                try await world.ask(ServiceInterface.AdvanceClock(minutes: minutes), by: admin)
            }
            let today = world.service.publication.current.day(at: world.service.clock.now)
            let was = world.service.publication.current.state.trimmed(from: today)
            let read = try world.service.store.load(from: today)
            #expect(was.differences(from: read) == [], "seed \(seed), step \(step)")
            if step % 20 == 19 { world = try await restarted(world) }
        }
        #expect(try await world.ask(ServiceInterface.Verify(), by: admin).sound, "seed \(seed)")
        try await world.close()
    }
}
