import Clinic
import HashTreeCollections
import Planning
import TestSupport
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Many desks at once", .timeLimit(.minutes(10)))
struct RandomBatchTests {
    /// What a desk may do next, by chance, with ids that are, were, or will be.
    private struct Desk {
        var dice: SplitMix64

        private mutating func day() -> Day { Day("2026-03-03")! + dice.number(0...9) }
        private mutating func visit() -> String { "v\(dice.number(1...40))" }
        private mutating func course() -> String { "c\(dice.number(1...14))" }

        private mutating func order() -> CourseRequestMessage {
            CourseRequestMessage(
                patient: "p\(dice.number(1...4))", regimen: dice.chance(60) ? "three" : "one", earliest: day(),
                startWithinDays: 10)
        }

        mutating func call(_ world: World) async -> any WireCall {
            switch dice.number(0...15) {
            case 0...1: return ClinicInterface.BookCourse(course: order(), again: true, reason: "other")
            case 2...4:
                let proposed = try? await world.ask(ClinicInterface.ProposeCourse(course: order()))
                return ClinicInterface.HoldProposal(
                    proposal: proposed?.proposal ?? "pr0", minutes: dice.number(1...3), again: true, reason: "other")
            case 5: return ClinicInterface.ReleaseCourse(course: course())
            case 6...7: return ClinicInterface.Undo(course: course())
            case 8: return ClinicInterface.ConfirmVisit(visit: visit())
            case 9: return ClinicInterface.PinVisit(visit: visit(), pinned: dice.chance(50))
            case 10: return ClinicInterface.CancelVisit(visit: visit(), makeUp: dice.chance(70), reason: "other")
            case 11: return ClinicInterface.MoveVisit(visit: visit(), from: day(), reason: "other")
            case 12: return ClinicInterface.AddWaiting(visit: visit(), earlier: dice.chance(50))
            case 13: return ClinicInterface.BookHeldCourse(course: course())
            case 14: return ClinicInterface.CeaseCourse(course: course(), reason: "other", dryRun: dice.chance(50))
            default: return ClinicInterface.RecordFact(visit: visit(), fact: "arrived")
            }
        }
    }

    @Test(
        "every command of many desks is answered, while holds end and changes are taken back", arguments: UInt64(1)...4)
    func answered(seed: UInt64) async throws {
        let world = try await World(clinicText(chairs: 3))
        for number in 1...4 { _ = try await world.patient(number) }
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...8 {
                group.addTask {
                    var desk = Desk(dice: SplitMix64(seed: seed * 100 + UInt64(number)))
                    var count = 0
                    for step in 0..<15 {
                        let call = await desk.call(world)
                        _ = try? await world.call(type(of: call).method, call.object, by: World.peer(.clinician))
                        count += 1
                        // Holds end in the turn in which somebody names what they held.
                        if step % 3 == 0 {
                            let now = world.service.clock.now
                            world.service.clock.advance(to: Instant(seconds: now.seconds + 20))
                        }
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(answers == 120, "seed \(seed)")
        #expect(world.surface.failures == [], "seed \(seed)")
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound, "seed \(seed)")
        // What ended last is told before anything else is done.
        _ = await world.service.writer.catchUp()
        let after = try await world.killed()
        let open = world.state.allCourses.filter(\.status.isOpen)
        #expect(after.state.allCourses.filter(\.status.isOpen) == open, "seed \(seed)")
        for course in open {
            #expect(after.state.visits(of: course) == world.state.visits(of: course), "seed \(seed), \(course.id)")
        }
        try await after.finish()
        try await world.close()
    }
}
