import Clinic
import ClinicTime
import Foundation
import Planning
import Store
import TestSupport
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Random histories")
struct RandomHistoryTests {
    /// The clinic as the pure core has it, with the calendar derived anew before every decision.
    struct Core {
        var state = ClinicState()
        let zone = ClinicZone.utc

        mutating func take(_ command: Command, _ caller: Caller) -> Decision {
            var through = Day("2026-03-25")!
            while true {
                let calendar = planningCalendar(
                    of: state, calendars: zone.calendars(from: Day("2026-03-02")!, through: through))
                do throws(NeedsDays) {
                    let decision = try decide(command, state: state, calendar: calendar, now: World.start)
                    take(decision, caller, calendar)
                    return decision
                } catch {
                    through = error.through
                }
            }
        }

        private mutating func take(_ decision: Decision, _ caller: Caller, _ calendar: PlanningCalendar) {
            let events =
                switch decision {
                case .accepted(let events, _, _), .refused(_, let events): events
                }
            let before = state
            let origin = EventOrigin(at: World.start, caller: caller)
            for event in state.recorded(events, under: origin) { apply(event, to: &state) }
            let alerts = madeDue(by: events, from: before, to: state, calendars: calendar.calendars, now: World.start)
            for alert in state.recorded(alerts.map { .alert(.raised($0)) }, under: origin) {
                apply(alert, to: &state)
            }
        }
    }

    @Test("the same commands lead to the same state over the methods, with restarts, as in the core", arguments: 1...4)
    func sameState(seed: UInt64) async throws {
        var dice = SplitMix64(seed: seed)
        var world = try await World()
        var core = Core()
        core.state = world.service.publication.current.state
        let desk = Caller(uid: 4000, user: "user4000", pid: 77, role: .scheduler)
        var patients = 0
        for step in 0..<30 {
            switch Int.random(in: 0..<10, using: &dice) {
            case 0..<3:
                patients += 1
                _ = try await world.patient(patients)
                let details = PatientDetails(record: "MRN-\(patients)", name: "Name \(patients)")
                _ = core.take(.patient(.add(details)), desk)
            case 3..<9 where patients > 0:
                let patient = "p\(Int.random(in: 1...patients, using: &dice))"
                let day = Day("2026-03-03")! + Int.random(in: 0..<10, using: &dice)
                let course = CourseRequestMessage(
                    patient: patient, regimen: Bool.random(using: &dice) ? "one" : "three", earliest: day,
                    startWithinDays: Int.random(in: 0...3, using: &dice))
                let failure = try await world.failure(of: ClinicInterface.BookCourse(course: course))
                let order = try course.order(at: Facility())
                if case .refused = core.take(.course(.book(order)), desk) {
                    #expect(failure != nil, "seed \(seed), step \(step)")
                } else {
                    #expect(failure == nil, "seed \(seed), step \(step)")
                }
            default:
                try await world.finish()
                world = try await World(folder: world.folder)
                let own = Caller(uid: 0, user: "service", pid: 1, role: .admin)
                _ = core.take(.service(.stop), own)
                _ = core.take(.service(.start(ServiceStarted(version: "test", wasClean: true))), own)
            }
            let state = world.service.publication.current.state
            #expect(state == core.state, "seed \(seed), step \(step)")
            guard state == core.state else { break }
        }
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }
}
