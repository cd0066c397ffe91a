import Clinic
import Planning
import Testing

/// A patient who comes after all: the loss is none, and what made up for it is called off.
@Suite struct LossTakenBackTests {
    private static func at(_ minute: Int) -> Instant { Instant(minute: minute) }

    private static let losses: [VisitOrder] = [
        .noShow(isMadeUp: true), .notTreated(.ate, isMadeUp: true), .cancel(isMadeUp: true),
    ]

    /// The second visit of a course is lost on its day; the clinic, the visit as it was, and the one added for it.
    /// Those that follow keep their places and have the turns before.
    private static func lost(
        _ loss: VisitOrder, chairs: Int = 2
    ) throws -> (world: World, before: Visit, madeUp: VisitID) {
        var world = World(Sample.facility(chairs: chairs))
        let visits = world.book().visits
        world.give(visits[0])
        world.order(visits[1], .confirm)
        let before = world.visit(visits[1])
        world.order(visits[1], loss, now: at(before.place.minute))
        let madeUp = try #require(world.course().visits.first { !visits.contains($0) })
        #expect(visits.suffix(2).map { world.visit($0).number } == [2, 3] && world.visit(madeUp).number == 4)
        #expect(!world.visit(before.id).status.occupies && world.visit(madeUp).status.isOpen)
        return (world, before, madeUp)
    }

    @Test(arguments: losses, [false, true])
    func whoComesTakesTheLossBack(loss: VisitOrder, isTold: Bool) throws {
        var (world, before, madeUp) = try Self.lost(loss)
        if isTold { world.order(madeUp, .confirm, now: Self.at(before.place.minute)) }
        let lost = world.state
        let now = Self.at(before.place.minute + 10)
        world.fact(before.id, Fact(.arrived, at: now), now: now)
        let event = try #require(world.events.last)
        let after = world.visit(before.id)
        #expect(after.status == .arrived && !after.isForgone && after.place == before.place)
        #expect(!world.visit(madeUp).status.occupies && world.visit(madeUp).isForgone)
        #expect(world.course().visits.map(world.visit).count(where: \.status.occupies) == 4)
        guard case .course(.changed(let changed)) = event.event else {
            Issue.record("one event, of the course")
            return
        }
        // Those that follow have their own turns again.
        let others = world.course().visits.dropFirst().filter { $0 != before.id && $0 != madeUp }
        #expect(others.count == 2 && others.map { world.visit($0).number } == [3, 4])
        #expect(others.map { world.visit($0).place } == others.map { lost.visit($0)?.place })
        #expect(Set(changed.visits.map(\.id)) == Set([before.id, madeUp] + others))
        // Taken back in its turn, everything is as it was.
        var undone = world
        undone.accept(.undo(event), now: now)
        for id in world.course().visits { #expect(undone.state.visit(id) == lost.visit(id)) }
        // Given, it counts, and nothing is owed.
        world.fact(before.id, Fact(.started, at: now), now: now)
        let end = Self.at(before.interval.until)
        world.fact(before.id, Fact(.discharged, at: end), now: end)
        #expect(world.visit(before.id).status == .completed(.full))
        #expect(world.course().visits.map(world.visit).count(where: \.status.isOpen) == 2)
        #expect(!world.state.tasks(of: world.course()).contains { $0.kind == .makeUp })
    }

    @Test func whatALossMovedOfThatWhichWasToldGoesBackUnlessSomebodyHeardOfIt() throws {
        // Monday, Wednesday, Friday: the third gap is of three days at least, so that a loss moves a later visit.
        let six = Phase(
            name: "six", visit: "iv", count: .exactly(6), gaps: [2, 2, 3], toleranceAfter: 3, confirm: .booking)
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [six])]))
        let visits = world.book().visits
        let told = visits.map { world.visit($0).place }
        let now = Self.at(told[0].minute + 20)
        world.order(visits[0], .noShow(isMadeUp: true), now: now)
        let moved = visits.filter { world.visit($0).status.occupies && world.visit($0).news != nil }
        #expect(!moved.isEmpty)
        var heard = world
        world.fact(visits[0], Fact(.arrived, at: now), now: now)
        #expect(visits.map { world.visit($0).place } == told)
        #expect(visits.allSatisfy { world.visit($0).news == nil })
        // Whoever was reached knows the new times, and keeps them.
        heard.accept(.visit(.recordCall(PhoneCallMade(about: moved[0], outcome: .reached, at: now))), now: now)
        let known = moved.map { heard.visit($0).place }
        heard.fact(visits[0], Fact(.arrived, at: now), now: now)
        #expect(moved.map { heard.visit($0).place } == known)
    }

    @Test(arguments: losses) func aPlaceThatWasGivenAwayIsNotTakenBack(loss: VisitOrder) throws {
        var (world, before, _) = try Self.lost(loss, chairs: 1)
        // Somebody else is put into it, exactly.
        let other = world.book(Sample.order("p2")).visits[1]
        for rule in Rule.allCases where !rule.isPhysical && rule != .authorisation {
            world.order(other, .override(rule))
        }
        world.order(
            other, .place(PlaceWish(from: before.day, clock: before.place.start.clock, chair: before.place.chair)),
            now: Self.at(before.place.minute))
        let now = Self.at(before.place.minute + 10)
        world.fact(before.id, Fact(.arrived, at: now), now: now)
        let seated = world.visit(before.id)
        #expect(seated.status == .arrived && seated.day == before.day && seated.place != before.place)
        #expect(!seated.holdInterval.overlaps(world.visit(other).holdInterval))
    }

    @Test func aLossThatHasBeenMadeUpForStays() throws {
        var (world, before, _) = try Self.lost(.noShow(isMadeUp: true))
        let madeUp = try #require(world.course().visits.first { world.visit($0).number == 2 && $0 != before.id })
        world.give(madeUp)
        let now = Self.at(world.visit(madeUp).interval.until)
        let command = Command.visit(
            .recordFact(
                before.id, Fact(.arrived, at: now), isOverridden: false, isMeant: true))
        #expect(world.refusal(command, now: now) == .madeUp(before.id, by: madeUp))
    }

    @Test func aCourseThatWasOverByALossGoesOn() {
        var world = World()
        let visits = world.book().visits
        for visit in visits.dropLast() { world.give(visit) }
        let now = Self.at(world.visit(visits[3]).place.minute)
        world.order(visits[3], .noShow(isMadeUp: false), now: now)
        #expect(world.course().status == .completed)
        world.fact(visits[3], Fact(.arrived, at: now), now: now)
        #expect(world.course().status == .active && !world.visit(visits[3]).isForgone)
        world.fact(visits[3], Fact(.started, at: now), now: now)
        world.fact(visits[3], Fact(.discharged, at: now), now: now)
        #expect(world.course().status == .completed)
    }

    /// One that was cancelled early or left out is over: it is asked whether it is meant, and then taken back too.
    @Test(arguments: [VisitOrder.cancel(isMadeUp: true), .omit])
    func whatIsOverIsTakenBackWhereItIsMeant(order: VisitOrder) {
        var world = World()
        var configuration = ClinicConfiguration(facility: Sample.facility())
        configuration.notifications.lateCancellationBusinessHours = 1
        world.accept(.configuration(.adopt(configuration)))
        let visits = world.book().visits
        world.give(visits[0])
        let before = world.visit(visits[1])
        world.order(visits[1], order)
        let now = Self.at(before.place.minute)
        let fact = Fact(.arrived, at: now)
        guard case .slip? = world.refusal(.visit(.recordFact(before.id, fact, isOverridden: false)), now: now) else {
            Issue.record("taken")
            return
        }
        world.fact(before.id, fact, isMeant: true, now: now)
        #expect(world.visit(before.id).status == .arrived)
        #expect(world.course().visits.map(world.visit).count { $0.number == 2 && $0.status.occupies } == 1)
    }
}
