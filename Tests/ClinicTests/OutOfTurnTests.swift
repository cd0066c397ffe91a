import Clinic
import Planning
import Testing

/// A visit of a later phase that is given before one of an earlier phase, which is still to come.
@Suite struct OutOfTurnTests {
    // The course: an evaluation on Tuesday 2026-03-03, infusions on Wednesday and Friday, a third one that was put off
    // to Wednesday the 11th, and three a week apart from Monday the 16th on. The first of these is given on Tuesday
    // the 10th.

    private static let tenth = Sample.monday + 8

    private static func minute(_ day: Day, _ clock: Int) -> Instant { Instant(minute: day.number * 1440 + clock) }

    private static let now = minute(tenth, 720)

    private static func given() -> (world: World, third: VisitID, later: [VisitID]) {
        let upkeep = Phase(
            name: "upkeep", visit: "iv", count: .exactly(3), gaps: [7], toleranceBefore: 2, toleranceAfter: 3)
        let regimen = Sample.regimen("mdd", [Sample.evaluation, Sample.induction(), upkeep])
        var world = World(Sample.facility(regimens: [regimen]))
        let visits = world.book().visits
        for visit in visits.prefix(3) { world.give(visit) }
        let put = tenth + 1
        world.order(visits[3], .move(PlaceWish(from: put, through: put)), now: minute(Sample.monday + 4, 720))
        let start = minute(tenth, 540)
        world.fact(visits[4], Fact(.arrived, at: start), isMeant: true, now: start)
        world.fact(visits[4], Fact(.started, at: start), now: start)
        world.fact(visits[4], Fact(.discharged, at: minute(tenth, 610)), now: minute(tenth, 610))
        precondition(world.visit(visits[4]).day == tenth && world.visit(visits[3]).day == put)
        return (world, visits[3], Array(visits.suffix(2)))
    }

    private func days(_ world: World) -> [Day] {
        world.state.visits(of: world.course()).filter(\.status.occupies).map(\.day).sorted()
    }

    /// That what follows comes after the third infusion, each in its gap, and no two visits on a day.
    private func expectOrder(_ world: World, _ third: VisitID, _ later: [VisitID]) {
        let chain = ([third] + later).map { world.visit($0).day }
        for (before, day) in zip(chain, chain.dropFirst()) { #expect((5...10).contains(day - before), "\(chain)") }
        let days = days(world)
        #expect(chain[0] > Self.tenth && Set(days).count == days.count)
    }

    @Test func whatFollowsIsNotPlannedOnTheDayOfOneThatStays() {
        for isPinned in [true, false] {
            var (world, third, later) = Self.given()
            // A week after the visit that was given, where the next one would be best.
            let day = Self.tenth + 7
            world.order(third, .override(.gap), now: Self.now)
            world.order(third, .move(PlaceWish(from: day, through: day)), now: Self.now)
            if isPinned { world.order(third, .pin(true), now: Self.now) }
            world.alter("c1", .lifecycle(.replan), now: Self.now)
            #expect(world.visit(third).day == day)
            expectOrder(world, third, later)
        }
    }

    @Test func oneThatIsOnlyBookedIsToComeLikeAnyOther() throws {
        var (world, third, later) = Self.given()
        world.alter("c1", .lifecycle(.replan), now: Self.now)
        // Two days at least after the visit before.
        #expect(world.visit(third).day == Self.tenth + 2)
        expectOrder(world, third, later)
        let day = Self.tenth + 3
        world.order(third, .move(PlaceWish(from: day, through: day)), now: Self.now)
        #expect(world.visit(third).day == day)
        world.order(third, .cancel(isMadeUp: true), now: Self.now)
        let made = try #require(world.state.visits(of: world.course()).first { $0.number == 4 && $0.status.isOpen })
        #expect(made.day > day)
        expectOrder(world, made.id, later)
    }

    @Test func itsPlaceIsRepairedLikeAnyOther() {
        var (world, third, later) = Self.given()
        let day = world.visit(third).day.number * 1440
        for person in ["rn-1", "rn-2"] as [PersonID] {
            world.accept(
                .availability(.addTimeOff(TimeOff(person: person, interval: Interval(day, day + 1440)))),
                now: Self.now)
        }
        guard case .found(let found) = try? proposeRepair(state: world.state, calendar: world.calendar, now: Self.now)
        else {
            Issue.record("no repair was sought")
            return
        }
        #expect(found.moves.map(\.visit) == [third] && found.unresolved.isEmpty)
        world.accept(.repair(.change(found, .staffing)), now: Self.now)
        // As far from the visit before as its gap asks, and before those that follow.
        #expect((2...5).contains(world.visit(third).day - Self.tenth))
        #expect(later.allSatisfy { world.visit($0).day > world.visit(third).day })
    }

    @Test func theWindowOfAPhaseThatHasNotBegunBindsNothingOfOneThatHas() {
        var induction = Sample.induction()
        induction.withinDays = 12
        let upkeep = Phase(
            name: "upkeep", visit: "iv", count: .exactly(3), gaps: [7], toleranceBefore: 2, toleranceAfter: 3)
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation, induction, upkeep])]))
        let visits = world.book().visits
        let start = Self.minute(Sample.monday, 540)
        world.fact(visits[4], Fact(.arrived, at: start), isMeant: true, now: start)
        world.fact(visits[4], Fact(.started, at: start), now: start)
        // The next one of upkeep stays where it is, beyond the window of the induction.
        world.order(visits[5], .pin(true), now: start)
        world.alter("c1", .lifecycle(.replan), now: start)
        #expect(world.visit(visits[5]).day == Sample.monday + 21)
    }
}
