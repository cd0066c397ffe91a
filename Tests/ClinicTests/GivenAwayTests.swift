import Clinic
import Planning
import TestSupport
import Testing

/// Courses that were booked for somebody else, who was told of their visits.
@Suite struct GivenAwayTests {
    private func calls(_ world: World, _ now: Instant = Sample.now) -> [PhoneCall] {
        CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls() ?? []
    }

    private func call(_ world: World, to patient: PatientID, _ now: Instant = Sample.now) -> PhoneCall? {
        calls(world, now).first { $0.patient == patient }
    }

    /// A course of p1, who knows its second visit and was told of a third that was then called off; given to p2.
    private func given() -> (world: World, visits: [VisitID]) {
        var world = World(patients: 3)
        let visits = world.book().visits
        for visit in [visits[1], visits[2]] { world.order(visit, .confirm) }
        world.order(visits[2], .cancel(isMadeUp: false), reason: .staffing)
        world.accept(.course(.give("c1", to: "p2", .correction)))
        return (world, visits)
    }

    private func reach(
        _ world: inout World, _ visit: VisitID, _ patient: PatientID?, _ outcome: CallOutcome = .reached,
        _ now: Instant = Sample.now
    ) {
        let call = PhoneCallMade(
            about: visit, outcome: outcome, at: now, through: Sample.monday + 60, patient: patient)
        world.accept(.visit(.recordCall(call)), now: now)
    }

    @Test func whoeverWasToldIsToBeToldThatItIsNotTheirs() throws {
        var (world, visits) = given()
        let entry = try #require(call(world, to: "p1"))
        #expect(entry.reasons.map(\.purpose) == [.calledOff, .calledOff] && entry.reasons.allSatisfy(\.isGivenAway))
        #expect(Set(entry.reasons.map(\.visit)) == [visits[1], visits[2]], "of the others they never heard")
        let told = world.visit(visits[1]).place.minute
        let reason = try #require(entry.reasons.first { $0.visit == visits[1] })
        #expect(reason.told == Instant(minute: told) && reason.due.minute <= told - 1440)
        #expect(call(world, to: "p2")?.purposes == [.agree] && world.visit(visits[1]).heard == nil)
        // Moved for its new patient, it is at the old time that the former one would come.
        world.order(visits[1], .move(PlaceWish()))
        #expect(call(world, to: "p1")?.reasons.first { $0.visit == visits[1] }?.told == Instant(minute: told))
        // A call to its patient is not one to the other.
        reach(&world, visits[1], nil)
        #expect(world.visit(visits[1]).told && call(world, to: "p1")?.reasons.count == 2)
        reach(&world, visits[1], "p1")
        #expect(call(world, to: "p1") == nil && Array(world.state.givenAway).isEmpty && world.visit(visits[1]).told)
        #expect(
            world.refusal(
                .visit(.recordCall(PhoneCallMade(about: visits[1], outcome: .reached, at: Sample.now, patient: "p1"))))
                == .othersVisit(visits[1], "p1"))
    }

    @Test func aMessageAndANeverAreKeptForWhomTheyWereLeft() throws {
        var (world, visits) = given()
        let monday = Instant(minute: Sample.monday.number * 1440 + 545)
        reach(&world, visits[1], "p1", .messageLeft, monday)
        let again = try #require(call(world, to: "p1", monday))
        #expect(again.calls.map(\.detail) == ["messageLeft"] && again.due.minute >= monday.minute + 120)
        #expect(world.visit(visits[1]).calls.isEmpty, "nobody called its own patient")
        reach(&world, visits[1], "p1", .never, monday)
        #expect(call(world, to: "p1", monday) == nil && !world.visit(visits[1]).isNeverCalled)
    }

    @Test func givenBackItIsKnownAgainAndTakenBackToo() throws {
        let (world, visits) = given()
        let event = try #require(world.events.last { !$0.event.courseChanges.isEmpty })
        var undone = world
        undone.accept(.undo(event))
        #expect(undone.visit(visits[1]).told && undone.visit(visits[1]).status == .confirmed)
        #expect(Array(undone.state.givenAway).isEmpty && call(undone, to: "p2") == nil)
        var back = world
        back.accept(.course(.give("c1", to: "p1", .correction)))
        #expect(back.visit(visits[1]).told && Array(back.state.givenAway).isEmpty)
        #expect(call(back, to: "p1")?.reasons.first { $0.visit == visits[2] }?.purpose == .calledOff)
        // Whoever it was given to and who was told of it meanwhile is the one to call then.
        var third = world
        reach(&third, visits[1], nil)
        third.accept(.course(.give("c1", to: "p3", .correction)))
        #expect(call(third, to: "p2")?.reasons.contains { $0.visit == visits[1] && $0.isGivenAway } ?? false)
        #expect(call(third, to: "p1")?.reasons.contains { $0.visit == visits[1] && $0.isGivenAway } ?? false)
        #expect(third.visit(visits[1]).formerPatients.map(\.patient) == ["p1", "p2"])
    }

    @Test func takenBackAfterACallItIsNotKnownWhatTheyBelieve() throws {
        var (world, visits) = given()
        let give = try #require(world.events.last { !$0.event.courseChanges.isEmpty })
        reach(&world, visits[1], "p1")
        let made = try #require(world.events.last)
        world.accept(.undo(made))
        #expect(world.visit(visits[1]).formerPatients.map(\.heard) == [.unsure(world.visit(visits[1]).place.start)])
        #expect(call(world, to: "p1")?.reasons.count == 2)
        world.accept(.undo(give, standing: world.state.lastEvent))
        #expect(world.visit(visits[1]).heard == .unsure(world.visit(visits[1]).place.start))
    }

    @Test func theRecordKeepsThemUntilTheyAreReachedAndNobodyCallsWhoIsGone() {
        var (world, visits) = given()
        world.alter("c1", .lifecycle(.cease))
        let far = Sample.monday + 90
        #expect(world.state.trimmed(from: far).course("c1") != nil)
        var gone = world
        gone.accept(.patient(.close("p1", .moved)))
        #expect(call(gone, to: "p1") == nil && gone.state.trimmed(from: far).course("c1") == nil)
        // Two entries of one patient: nothing was given to anybody else.
        var same = world
        same.accept(.patient(.merge("p1", into: "p2")))
        #expect(call(same, to: "p1") == nil && !(call(same, to: "p2")?.reasons.contains(where: \.isGivenAway) ?? false))
        reach(&world, visits[1], "p1")
        #expect(world.state.trimmed(from: far).course("c1") == nil)
    }
}
