import Planning
import Testing

@testable import Clinic

/// Courses that began elsewhere: overdue ones, their checks, taking them back; and phases that get more visits than
/// they have gaps for.
@Suite struct TakenOverTests {
    private let today = Sample.monday

    private func adopt(_ world: inout World, given: Int, lastDay: Day) -> PlanDifference? {
        let adopted = CourseProgress.Adopted(phase: "induction", given: given, lastDay: lastDay)
        guard case .changed(let difference) = world.accept(.course(.adopt(Sample.order(), adopted))) else { return nil }
        return difference
    }

    @Test(
        "what is overdue comes at once, and is said to be late; what is not keeps its gap",
        arguments: [3, 12, 60, 400])
    func overdue(days: Int) throws {
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.induction(count: 5)])]))
        let lastDay = today - days
        let difference = try #require(adopt(&world, given: 2, lastDay: lastDay))
        let visits = world.state.visits(of: try #require(world.state.course("c1")))
        #expect(visits.map(\.number) == [3, 4, 5])
        // A gap of two days, three late at most.
        let latest = lastDay + 5
        if latest >= today {
            #expect(visits[0].day <= latest && difference.overdue == nil)
        } else {
            #expect(visits[0].day <= today + 2 && difference.overdue == latest)
        }
        // An immediate replan changes nothing.
        #expect(
            world.decision(.course(.alter("c1", .lifecycle(.replan), .other)))
                == .accepted([], PrivateDetails(), .done))
    }

    @Test("a course taken over by mistake is taken back as if it had never been")
    func takenBack() throws {
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.induction(count: 5)])]))
        _ = adopt(&world, given: 2, lastDay: today - 30)
        let adopted = try #require(world.events.last)
        world.accept(.undo(adopted))
        let course = try #require(world.state.course("c1"))
        #expect(course.status == .ceased && world.state.visits(of: course).isEmpty)
    }

    @Test("a check after a visit goes by the course's own number")
    func checks() throws {
        var induction = Sample.induction(count: 5)
        induction.checks = [Check(afterVisit: 4, measure: "PHQ-9")]
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [induction])]))
        _ = adopt(&world, given: 3, lastDay: today - 3)
        func tasks() throws -> [ClinicTask] {
            world.state.tasks(of: try #require(world.state.course("c1"))).filter { $0.kind == .check }
        }
        let visits = world.state.visits(of: try #require(world.state.course("c1")))
        #expect(try tasks().isEmpty)
        world.give(visits[0].id)
        #expect(try tasks().map(\.visit) == [visits[0].id])
        world.give(visits[1].id)
        #expect(try tasks().map(\.visit) == [visits[0].id])
    }

    @Test("a phase of one visit that gets more has them as far apart as it lies from the phase before")
    func extended() throws {
        let review = Phase(
            name: "review", visit: "iv", count: .exactly(1),
            firstGap: Phase.FirstGap(ideal: 7, minimum: 5, maximum: 9))
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.induction(count: 2), review])]))
        world.book()
        world.accept(.course(.alter("c1", .pattern(.extend(phase: "review", visits: 1)), .clinical)))
        let course = try #require(world.state.course("c1"))
        let days = world.state.visits(of: course).filter { $0.phase == "review" }.map(\.day)
        #expect(days.count == 2 && (5...9).contains(days[1] - days[0]))
        #expect(course.template.phase("review")?.gaps == [7])
    }

    @Test("where nothing says how far apart they are, it is asked for")
    func unknownGaps() {
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation])]))
        world.book()
        let extend = Command.course(.alter("c1", .pattern(.extend(phase: "evaluation", visits: 1)), .clinical))
        #expect(refusal(world.decision(extend)) == .unchangeable(.noGaps("c1", phase: "evaluation")))
    }

    @Test(
        "an open-ended phase is over where its days, or the course's last day, allow no more",
        arguments: [false, true])
    func openEnded(byCourse: Bool) throws {
        var upkeep = Phase(name: "upkeep", visit: "iv", count: .open, gaps: [7], toleranceAfter: 1)
        if !byCourse { upkeep.endsAfterDays = 15 }
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [upkeep])]))
        world.book(Sample.order { wish in if byCourse { wish.endDay = Sample.monday + 16 } })
        let visits = world.state.visits(of: try #require(world.state.course("c1")))
        #expect(visits.count == 3)
        for visit in visits {
            #expect(world.state.course("c1")?.status == .active)
            world.give(visit.id)
        }
        #expect(world.state.course("c1")?.status == .completed)
    }
}
