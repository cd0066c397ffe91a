import Clinic
import Foundation
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("A service that is not restarted")
struct UptimeTests {
    @Test("400 days leave nothing behind in memory that a start would not load")
    func days() async throws {
        let world = try await World()
        let admin = World.peer(.admin)
        var calendarDays: [Int] = []
        var courses: [Int] = []
        for week in 0..<57 {
            let patient = try await world.patient(week + 1)
            let today = world.service.publication.current.day(at: world.service.clock.now)
            let booked = try await world.ask(
                ClinicInterface.BookCourse(course: oneVisit(patient, earliest: "\(today + 1)", startWithinDays: 6)))
            try await world.ask(ClinicInterface.CeaseCourse(course: booked.id, reason: "clinical"))
            try await advance(world, days: 7, by: admin)
            #expect(await world.service.ping())
            let snapshot = world.service.publication.current
            calendarDays.append(snapshot.calendar.calendars.days.count)
            courses.append(snapshot.state.courses.count)
        }
        #expect(Set(calendarDays).count == 1, "days of the calendar: \(calendarDays)")
        #expect(courses.max() ?? 0 <= 1, "courses: \(courses)")
        let snapshot = world.service.publication.current
        let loaded = try world.service.store.load(from: snapshot.day(at: world.service.clock.now))
        #expect(loaded.differences(from: snapshot.state) == [])
        try await world.close()
    }

    /// Lets days pass; a call stops at a bounded number of instants.
    private func advance(_ world: World, days: Int, by admin: Peer) async throws {
        let target = Instant(seconds: world.service.clock.now.seconds + days * 86_400)
        while world.service.clock.now < target {
            let minutes = (target.seconds - world.service.clock.now.seconds) / 60
            try await world.ask(ServiceInterface.AdvanceClock(minutes: minutes), by: admin)
        }
    }
}
