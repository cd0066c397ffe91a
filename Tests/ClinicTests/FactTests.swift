import Clinic
import Planning
import Testing

/// What happened at the chair: what cannot well be meant, each rule at its limit, and losses that are taken back.
@Suite struct FactTests {
    // The course: an evaluation on Tuesday 2026-03-03, then infusions on Wednesday, Friday and Monday at 09:00, 2 to 5
    // days apart.

    private static func at(_ minute: Int) -> Instant { Instant(minute: minute) }

    /// What is answered to a fact.
    private enum Answer: Equatable, Sendable { case taken, slip, notBegun, status }

    private static func answer(_ decision: Decision) -> Answer? {
        switch decision {
        case .accepted: .taken
        case .refused(.unchangeable(.slip), []): .slip
        case .refused(.unchangeable(.notBegun), []): .notBegun
        case .refused(.unchangeable(.visit), []): .status
        case .refused: nil
        }
    }

    // MARK: Every status and every fact

    /// A visit in every status, with the fact that may come next as it was planned.
    private static let statuses = [
        "tentative", "confirmed", "arrived", "inProgress", "completed", "noShow", "notTreated", "late", "early",
        "omitted",
    ]

    private static func world(_ status: String) -> (World, VisitID) {
        var world = World()
        var configuration = ClinicConfiguration(facility: Sample.facility())
        configuration.notifications.lateCancellationBusinessHours = 1
        world.accept(.configuration(.adopt(configuration)))
        let visits = world.book().visits
        world.give(visits[0])
        let id = visits[1]
        let start = at(world.visit(id).place.minute)
        switch status {
        case "confirmed": world.order(id, .confirm)
        case "arrived": world.fact(id, Fact(.arrived, at: start), now: start)
        case "inProgress":
            world.fact(id, Fact(.arrived, at: start), now: start)
            world.fact(id, Fact(.started, at: start), now: start)
        case "completed": world.give(id)
        case "noShow": world.order(id, .noShow(isMadeUp: true), now: start)
        case "notTreated": world.order(id, .notTreated(.ate, isMadeUp: true), now: start)
        case "late": world.order(id, .cancel(isMadeUp: true), now: at(start.minute - 30))
        case "early": world.order(id, .cancel(isMadeUp: true))
        case "omitted": world.order(id, .omit)
        default: break
        }
        return (world, id)
    }

    /// What is answered to each kind of fact in a status, not meant and meant, where it happens as the visit is
    /// planned.
    private static func expected(_ kind: Fact.Kind, _ status: String) -> (plain: Answer, meant: Answer) {
        let isToCome = status == "tentative" || status == "confirmed"
        // Whoever's visit will not take place may have to hear of it.
        let isOff = ["noShow", "notTreated", "late", "early", "omitted"].contains(status)
        if kind == .called { return isToCome || isOff ? (.taken, .taken) : (.status, .status) }
        if kind == .stageBegun {
            if status == "inProgress" { return (.taken, .taken) }
            if status == "completed" { return (.slip, .taken) }
            return (["tentative", "confirmed", "arrived"].contains(status) ? .notBegun : .slip, .notBegun)
        }
        let asItComes: Set<Fact.Kind>
        switch status {
        case "tentative", "confirmed": asItComes = [.arrived, .escortConfirmed, .delayed, .seated, .attended]
        case "arrived": asItComes = [.escortConfirmed, .checkMet, .delayed, .started, .seated, .attended]
        case "inProgress":
            asItComes = [.escortConfirmed, .checkMet, .delayed, .paused, .discharged, .seated, .attended]
        case "noShow", "notTreated", "late": asItComes = [.arrived]
        default: asItComes = []
        }
        return (asItComes.contains(kind) ? .taken : .slip, .taken)
    }

    @Test(arguments: statuses) func aFactThatCannotBeMeantChangesNothingUnlessItIs(status: String) throws {
        let (world, id) = Self.world(status)
        let visit = world.visit(id)
        let now = Self.at(visit.place.minute + 5)
        for kind in Fact.Kind.allCases where kind != .overridden {
            let number = kind == .stageBegun ? 1 : kind == .delayed ? 20 : visit.place.minute
            let fact = Fact(kind, at: now, number: number, detail: kind == .called ? "reached" : nil)
            func asked(isMeant: Bool) -> Decision {
                world.decision(.visit(.recordFact(id, fact, isOverridden: true, isMeant: isMeant)), now: now)
            }
            let expected = Self.expected(kind, status)
            #expect(Self.answer(asked(isMeant: false)) == expected.plain, "\(kind) of \(status)")
            #expect(Self.answer(asked(isMeant: true)) == expected.meant, "\(kind) of \(status), meant")
            guard case .accepted(let events, _, _) = asked(isMeant: true) else { continue }
            var after = world
            after.take(events)
            #expect(after.visit(id).facts.contains { $0.kind == kind })
        }
    }

    // MARK: At the limit

    @Test func fourHoursFromThePlanAreTakenAndAMinuteMoreIsNot() {
        let (world, id) = Self.world("confirmed")
        let (begun, running) = Self.world("inProgress")
        let (here, _) = Self.world("arrived")
        let (start, end) = (world.visit(id).interval.from, world.visit(id).interval.until)
        func why(_ world: World, _ kind: Fact.Kind, _ minute: Int) -> FactSlip.Why? {
            let fact = Fact(kind, at: Self.at(minute), number: kind == .stageBegun ? 1 : nil)
            let command = Command.visit(.recordFact(id, fact, isOverridden: true))
            guard case .slip(let slip)? = world.refusal(command, now: Self.at(end + 600)) else { return nil }
            return slip.why
        }
        #expect(running == id)
        #expect(why(world, .arrived, start - 240) == nil)
        #expect(why(world, .arrived, start - 241) == .farFromPlan(minutes: -241))
        #expect(why(world, .arrived, start + 240) == nil)
        #expect(why(world, .arrived, start + 241) == .farFromPlan(minutes: 241))
        #expect(why(here, .started, start + 240) == nil)
        #expect(why(here, .started, start + 241) == .farFromPlan(minutes: 241))
        for kind in [Fact.Kind.stageBegun, .paused, .discharged, .checkMet, .escortConfirmed] {
            #expect(why(begun, kind, end + 240) == nil, "\(kind)")
            #expect(why(begun, kind, end + 241) == .farFromPlan(minutes: 241), "\(kind)")
        }
        #expect(why(world, .delayed, start - 480) == nil)
    }

    @Test func whoCameLateAndWasMeantGoesOnWithoutBeingAsked() {
        var (world, id) = Self.world("confirmed")
        let start = world.visit(id).place.minute
        let now = Self.at(start + 600)
        world.fact(id, Fact(.arrived, at: Self.at(start + 300)), isMeant: true, now: now)
        world.fact(id, Fact(.started, at: Self.at(start + 310)), now: now)
        world.fact(id, Fact(.stageBegun, at: Self.at(start + 325), number: 1), now: now)
        world.fact(id, Fact(.discharged, at: Self.at(start + 380)), now: now)
        #expect(world.visit(id).status == .completed(.full) && world.visit(id).place.minute == start)
        // Announced, it is no slip either.
        var (told, late) = Self.world("confirmed")
        told.fact(late, Fact(.delayed, at: Self.at(start - 30), number: 300), now: now)
        told.fact(late, Fact(.arrived, at: Self.at(start + 300)), now: now)
        #expect(told.visit(late).status == .arrived)
    }

    @Test func timesLieInOrder() {
        let (world, id) = Self.world("inProgress")
        let start = world.visit(id).place.minute
        let now = Self.at(start + 60)
        func why(_ kind: Fact.Kind, _ at: Instant, _ number: Int? = nil) -> FactSlip.Why? {
            let command = Command.visit(.recordFact(id, Fact(kind, at: at, number: number), isOverridden: false))
            guard case .slip(let slip)? = world.refusal(command, now: now) else { return nil }
            return slip.why
        }
        let began = Self.at(start)
        #expect(why(.stageBegun, Self.at(start - 1), 1) == .before(.started, began))
        #expect(why(.discharged, Self.at(start - 1)) == .before(.started, began))
        #expect(why(.paused, Self.at(start - 1)) == .before(.started, began))
        #expect(why(.stageBegun, began, 1) == nil && why(.discharged, began) == nil)
        #expect(why(.stageBegun, now, 2) == .skips(stage: 1) && why(.stageBegun, now, 0) == .again(began))
        #expect(why(.started, now) == .again(began) && why(.arrived, now) == .again(began))
        #expect(why(.continued, now) == .before(.paused, nil))
        var paused = world
        paused.fact(id, Fact(.paused, at: Self.at(start + 5)), now: now)
        let again = Command.visit(.recordFact(id, Fact(.paused, at: Self.at(start + 6)), isOverridden: false))
        #expect(paused.refusal(again, now: now) != nil)
        let early = Command.visit(.recordFact(id, Fact(.continued, at: Self.at(start + 4)), isOverridden: false))
        #expect(paused.refusal(early, now: now) != nil)
        paused.fact(id, Fact(.continued, at: Self.at(start + 5)), now: now)
        #expect(paused.visit(id).interruptions.map(\.until) == [Self.at(start + 5)])
    }

    /// Whoever says 9:05 means the minute: what was recorded within it came before.
    @Test func withinAMinuteWhatIsRecordedLaterHappenedLater() {
        var (world, id) = Self.world("confirmed")
        let minute = world.visit(id).place.minute
        let came = Instant(seconds: minute * 60 + 40)
        world.fact(id, Fact(.arrived, at: came), now: came)
        world.fact(id, Fact(.started, at: Self.at(minute)), now: came)
        #expect(world.visit(id).facts.map(\.at) == [came, came])
    }

    @Test func noFactLiesInTheFutureHoweverMeant() {
        let (world, id) = Self.world("confirmed")
        let now = Self.at(world.visit(id).place.minute)
        let later = Instant(seconds: now.seconds + 1)
        let command = Command.visit(.recordFact(id, Fact(.arrived, at: later), isOverridden: false, isMeant: true))
        #expect(world.refusal(command, now: now) == .future(later))
    }

    @Test func nothingButAStartBeginsAVisitAndItAsksForWhatIsMissing() {
        var facility = Sample.facility()
        facility.visitTypes[1].escort = true
        var world = World(facility)
        let id = world.book().visits[1]
        let start = Self.at(world.visit(id).place.minute)
        func refused(_ kind: Fact.Kind, isOverridden: Bool = false) -> Unchangeable? {
            let fact = Fact(kind, at: start, number: kind == .stageBegun ? 0 : nil)
            return world.refusal(.visit(.recordFact(id, fact, isOverridden: isOverridden, isMeant: true)), now: start)
        }
        for _ in 0...1 {
            for isOverridden in [false, true] {
                #expect(refused(.stageBegun, isOverridden: isOverridden) == .notBegun(id))
            }
            #expect(refused(.started) == .missing(["escort"]) && refused(.started, isOverridden: true) == nil)
            // That it is over is no beginning: run on paper, only that may be entered.
            #expect(refused(.discharged) == nil)
            world.fact(id, Fact(.arrived, at: start), isMeant: true, now: start)
        }
    }

    @Test func whoLiesAheadCannotHaveComeAndNotBeenTreated() {
        let (world, id) = Self.world("confirmed")
        let start = world.visit(id).place.minute
        func slip(_ minute: Int, isMeant: Bool = false) -> FactSlip.Why? {
            let order = VisitOrder.notTreated(.ate, isMadeUp: false)
            let command = Command.visit(.order(id, order, .other, isMeant: isMeant))
            guard case .slip(let slip)? = world.refusal(command, now: Self.at(minute)) else { return nil }
            return slip.why
        }
        #expect(slip(start - 240) == nil && slip(start + 1440) == nil)
        #expect(slip(start - 241) == .farFromPlan(minutes: -241))
        #expect(slip(start - 1440) == .otherDay && slip(start - 1440, isMeant: true) == nil)
    }

    // MARK: Another day

    @Test func aVisitThatIsBegunOnAnotherDayIsMovedThere() throws {
        var (world, id) = Self.world("confirmed")
        let before = world.visit(id)
        let now = Self.at(before.place.minute - 1440 + 63)
        let arrived = Fact(.arrived, at: now)
        guard case .slip(let slip)? = world.refusal(.visit(.recordFact(id, arrived, isOverridden: false)), now: now)
        else {
            Issue.record("taken")
            return
        }
        #expect(slip == FactSlip(visit: id, fact: arrived, why: .otherDay))
        world.fact(id, arrived, isMeant: true, now: now)
        let place = world.visit(id).place
        #expect(place.day == before.day - 1 && place.start.clock == 540 + 60 && place.persons == before.place.persons)
        #expect(world.visit(id).status == .arrived && world.visit(id).told && !world.visit(id).needsCall)
        #expect(world.calendar[before.day]?.bookings.contains { $0.id == id } == false)
        #expect(world.calendar[place.day]?.bookings.contains { $0.id == id } == true)
        // What follows is of that day.
        world.fact(id, Fact(.started, at: now), now: now)
        let end = Self.at(now.minute + 70)
        world.fact(id, Fact(.discharged, at: end), now: end)
        #expect(world.visit(id).status == .completed(.full) && world.visit(id).place == place)
    }

    /// Whoever was taken for another patient was not here: the visit is where it was, and so are the turns.
    @Test func anArrivalThatWasNoneTakesTheVisitBackToItsDay() throws {
        var (world, id) = Self.world("confirmed")
        let visits = world.course().visits
        let before = visits.map { world.visit($0) }
        let last = visits[3]
        let now = Self.at(world.visit(id).place.minute - 60)
        world.fact(last, Fact(.arrived, at: now), isMeant: true, now: now)
        #expect(world.visit(last).day == world.visit(id).day && world.visit(last).number == 2)
        let arrived = try #require(world.events.last { $0.event.kind == .course(.changed) })
        var taken = world
        world.accept(.visit(.correctFact(last, arrived, at: nil)), now: now)
        #expect(visits.map { world.visit($0).place } == before.map(\.place))
        #expect(visits.map { world.visit($0).number } == [1, 2, 3, 4])
        #expect(world.visit(last).image == before[3].image)
        #expect(world.calendar[before[3].day]?.bookings.contains { $0.id == last } == true)
        // Where somebody else has its place by then it stays, and the patient is to be called: nobody told them.
        for _ in 0..<6 {
            let order = Sample.order("p2") { wish in
                wish.earliest = before[3].day - 1
                wish.startWithinDays = 1
                wish.blackoutDays = [before[3].day - 1]
            }
            guard case .accepted(let events, _, _) = taken.decision(.course(.book(order)), now: now) else { break }
            taken.take(events)
        }
        let holders = taken.state.visits(on: before[3].day).filter { $0.place.chair == before[3].place.chair }
        #expect(holders.contains { $0.holdInterval.overlaps(before[3].holdInterval) })
        taken.accept(.visit(.correctFact(last, arrived, at: nil)), now: now)
        let stays = taken.visit(last)
        #expect(stays.day == world.visit(id).day && stays.facts.isEmpty && stays.status == .tentative)
        #expect(stays.heard == before[3].heard)
    }

    /// They were told nothing by not being there, wherever on that day their visit was put meanwhile.
    @Test func anArrivalThatWasNoneTellsNothing() throws {
        var (world, id) = Self.world("confirmed")
        let last = world.course().visits[3]
        let before = world.visit(last)
        let now = Self.at(world.visit(id).place.minute - 60)
        world.fact(last, Fact(.arrived, at: now), isMeant: true, now: now)
        let arrived = try #require(world.events.last { $0.event.kind == .course(.changed) })
        let came = world.visit(last).place.start
        world.order(last, .move(PlaceWish(from: came.day, through: came.day, clock: came.clock + 120)), now: now)
        #expect(world.visit(last).place.start.clock == came.clock + 120 && world.visit(last).told)
        world.accept(.visit(.correctFact(last, arrived, at: nil)), now: now)
        #expect(world.visit(last).place == before.place && world.visit(last).heard == before.heard)
    }

    @Test func whatIsOnlyStartedOrDischargedIsMovedToItsDayToo() {
        for kind in [Fact.Kind.started, .discharged] {
            var (world, id) = Self.world("confirmed")
            let before = world.visit(id)
            let now = Self.at(before.place.minute + 1440 + 70)
            world.fact(id, Fact(kind, at: now), isMeant: true, now: now)
            #expect(world.visit(id).day == before.day + 1)
            #expect(world.visit(id).place.start.clock == (kind == .started ? 610 : 540))
        }
        // What has begun keeps its day, however late it becomes.
        var (world, id) = Self.world("inProgress")
        let day = world.visit(id).day
        let late = Self.at(world.visit(id).place.minute + 1440)
        world.fact(id, Fact(.discharged, at: late), isMeant: true, now: late)
        #expect(world.visit(id).day == day && world.visit(id).status == .completed(.full))
    }

    @Test func aPlaceThatIsTakenIsNotTakenTwice() throws {
        // One chair, held by another from 09:00 to 10:20 on the day before.
        var world = World(Sample.facility(chairs: 1))
        let id = world.book().visits[1]
        let only = world.visit(id).day - 1
        let other = world.book(
            Sample.order("p2") { wish in
                wish.earliest = only - 1
                wish.blackoutDays = [only - 1]
            }
        ).visits[0]
        let taken = world.visit(other)
        let now = Self.at(taken.place.minute)
        #expect(taken.day != world.visit(id).day)
        world.fact(id, Fact(.arrived, at: now), isMeant: true, now: now)
        let seated = world.visit(id)
        #expect(seated.day == taken.day && !seated.holdInterval.overlaps(taken.holdInterval))
    }

    @Test func theTurnsOfAPhaseAreInTheOrderOfTheirDays() {
        var (world, id) = Self.world("confirmed")
        let visits = world.course().visits
        let last = visits[3]
        let now = Self.at(world.visit(id).place.minute - 60)
        world.fact(last, Fact(.arrived, at: now), isMeant: true, now: now)
        #expect(world.course().visits == [visits[0], last, visits[1], visits[2]])
        #expect(world.course().visits.map { world.visit($0).number } == [1, 2, 3, 4])
        let meant = world.visit(last)
        #expect(meant.overrides[.oneVisitADay] != nil && meant.day == world.visit(id).day)
    }

    @Test func theVisitThatTheDayHasIsNamedWhereAnotherWasTyped() {
        let (world, id) = Self.world("confirmed")
        let now = Self.at(world.visit(id).place.minute)
        let other = world.course().visits[3]
        let command = Command.visit(.recordFact(other, Fact(.discharged, at: now), isOverridden: false))
        guard case .slip(let slip)? = world.refusal(command, now: now) else {
            Issue.record("taken")
            return
        }
        #expect(slip.meant == id)
    }
}
