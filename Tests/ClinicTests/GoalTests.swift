import Planning
import Testing

@testable import Clinic

/// An induction with a goal: how many losses it can stand, and what is told when it would miss it.
@Suite struct GoalTests {
    // An evaluation on Tuesday 2026-03-03, then three infusions from Wednesday on, ideally 5 days apart and at least 2:
    // to end 11 days after the first.
    private static func phase(spare: [Int] = []) -> Phase {
        var phase = Sample.induction(count: 3)
        phase.gaps = [5]
        phase.toleranceBefore = 3
        phase.toleranceAfter = 2
        phase.goal = Phase.Goal(days: 11, spare: spare)
        return phase
    }

    private static func world(_ phase: Phase = phase()) -> (world: World, visits: [VisitID]) {
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation, phase])]))
        let visits = world.book().visits
        return (world, visits)
    }

    private static func standing(_ world: World) -> GoalStanding? {
        world.state.goalStandings(of: world.course(), on: world.calendar).first
    }

    private static func isTold(_ world: World) -> Bool {
        due(
            world.state, after: Instant(seconds: 0), through: Instant(minute: (Sample.monday + 60).number * 1440),
            calendars: world.calendar.calendars
        ).contains { $0.kind == .goalAtRisk && $0.detail == "induction" }
    }

    /// The clinic after the evaluation and the first infusion were given and the second was lost.
    private static func afterALoss(_ phase: Phase = phase(), keepsWindow: Bool) -> World {
        var (world, visits) = world(phase)
        world.give(visits[0])
        world.give(visits[1])
        let lost = world.visit(visits[2])
        world.accept(
            .visit(.order(lost.id, .noShow(isMadeUp: true), .other, keepsWindow: keepsWindow)),
            now: Instant(minute: lost.place.minute + 300))
        return world
    }

    @Test func theDaysInHandOfTheNextVisitAreTheLossesThatCanBeMadeUp() throws {
        let (world, visits) = Self.world()
        let first = world.visit(visits[1]).day
        let standing = try #require(Self.standing(world))
        #expect(standing.phase == "induction" && standing.through == first + 11 && !standing.isAtRisk)
        // The first infusion is on Wednesday 4 March and the last by Sunday 15, so by Friday 13, and the second two
        // days before that: it is on Monday 9, and Tuesday and Wednesday would do.
        let second = world.visit(visits[2]).day
        #expect(first == Sample.monday + 2 && second == Sample.monday + 7)
        #expect(standing.daysInHand == 2)
        let isTold = Self.isTold(world)
        #expect(!isTold)
    }

    @Test func aGoalThatIsMissedAsBookedIsToldAtOnceAndNoMoreOnceItIsKept() throws {
        var world = Self.afterALoss(keepsWindow: false)
        let missed = try #require(Self.standing(world))
        #expect(missed.isAtRisk && missed.daysInHand == nil && (missed.ends.map { $0 > missed.through } ?? false))
        let isTold = Self.isTold(world)
        #expect(isTold)
        let sheet = wholeMorningSheet(
            of: missed.through - 3, now: Instant(minute: (missed.through - 3).number * 1440 + 540), state: world.state,
            calendar: world.calendar)
        #expect(sheet.contains { $0.kind == .slipping && $0.due == missed.through && $0.course == "c1" })
        let later = Instant(minute: (Sample.monday.number + 7) * 1440 + 1200)
        world.alter("c1", .lifecycle(.catchUp(within: nil, isNearest: false)), now: later)
        let kept = try #require(Self.standing(world))
        let isStillTold = Self.isTold(world)
        #expect(!kept.isAtRisk && kept.through == missed.through && !isStillTold)
    }

    @Test func aLossWithTheWindowKeptEndsByTheGoal() throws {
        let kept = try #require(Self.standing(Self.afterALoss(keepsWindow: true)))
        #expect(!kept.isAtRisk)
    }

    @Test func aPhaseThatTheNextLossBreaksStandsOnTheMorningSheet() throws {
        var phase = Self.phase()
        phase.goal = Phase.Goal(days: 10, spare: [])
        var (world, visits) = Self.world(phase)
        for id in visits[0...2] { world.give(id) }
        let last = world.visit(visits[3])
        let standing = try #require(Self.standing(world))
        #expect(standing.daysInHand == 0)
        let sheet = wholeMorningSheet(
            of: last.day, now: Instant(minute: last.day.number * 1440 + 540), state: world.state,
            calendar: world.calendar)
        let line = try #require(sheet.first { $0.kind == .noDayInHand })
        #expect(line.due == standing.through && line.detail == "induction" && line.visit == last.id)
    }

    @Test func anExtendedPhaseHasItsGoalAsMuchLater() throws {
        var (world, _) = Self.world()
        world.alter("c1", .pattern(.extend(phase: "induction", visits: 2)))
        let days = world.course().template.phase("induction")?.goal?.days
        #expect(days == 21)
    }

    @Test func whatAChangeCostsIsWhatTheCourseCostsAfterItLessBefore() throws {
        var costs = 0
        for change in 0..<3 {
            var (world, visits) = Self.world(Self.phase(spare: [160, 80, 40, 20]))
            world.give(visits[0])
            let lost = world.visit(visits[change + 1])
            world.accept(
                .visit(.order(lost.id, .cancel(isMadeUp: change != 1), .clinical)),
                now: Instant(minute: (Sample.monday + 1).number * 1440 + 60))
            // Every visit that is still to come costs what measuring it where it stands comes to.
            let course = try #require(
                try RepairCourses(
                    DecisionContext(
                        world.state, world.calendar, Instant(minute: (Sample.monday + 1).number * 1440 + 61)),
                    only: ["c1"]
                ).courses.first)
            var calendar = world.calendar
            for visit in course.visits { calendar.remove(visit.booking.id, on: visit.booking.placement.day) }
            for (visit, terms) in zip(course.visits, standingTerms(of: course, on: calendar)) {
                let recorded = world.visit(visit.booking.id).terms[.spare]
                #expect(recorded == terms[.spare], "\(change): \(visit.booking.id)")
                costs += terms[.spare]
            }
        }
        #expect(costs > 0)
    }
}
