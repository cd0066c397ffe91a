import Clinic
import Planning
import Testing

/// What happens at the chair: visits that run late, another chair or person, somebody who is gone, facts set right.
@Suite struct ChairTests {
    private static func at(_ minute: Int) -> Instant { Instant(minute: minute) }

    /// Two patients one after the other in chair-1 with rn-1, while chair-2 and rn-2 are free.
    private static func neighbours() -> (world: World, first: Visit, second: Visit) {
        let only = Phase(name: "only", visit: "iv", count: .exactly(1), confirm: .booking)
        var facility = Sample.facility(regimens: [Sample.regimen("one", [only])], chairs: 2)
        for index in facility.visitTypes[1].stages.indices { facility.visitTypes[1].stages[index].handover = false }
        var world = World(facility)
        func book(_ patient: PatientID, _ clock: Int) -> VisitID {
            let id = world.book(
                Sample.order(patient, regimen: "one") { wish in
                    wish.earliest = Sample.monday + 1
                    wish.startWithinDays = 0
                    wish.availability = [WeekWindow(days: [.tue], hours: Interval(clock, clock + 90))]
                }
            ).visits[0]
            let place = PlaceWish(chair: "chair-1", persons: ["nurse": "rn-1"])
            world.accept(.visit(.order(id, .move(place), .other)))
            return id
        }
        let (first, second) = (book("p1", 540), book("p2", 630))
        return (world, world.visit(first), world.visit(second))
    }

    /// A visit that begins at a minute.
    private static func begin(_ visit: Visit, at minute: Int, _ world: inout World) {
        world.fact(visit.id, Fact(.arrived, at: at(minute)), isMeant: true, now: at(minute))
        world.fact(visit.id, Fact(.started, at: at(minute)), isMeant: true, now: at(minute))
    }

    @Test func aVisitUnderWayCountsUntilItsExpectedEnd() {
        var (world, first, second) = Self.neighbours()
        let late = first.place.minute + 60
        Self.begin(first, at: late, &world)
        let clock = world.calendar.calendars[first.day]!
        func end(_ now: Int) -> Int {
            let booking = world.visit(first.id).booking(on: clock, at: Self.at(now), gridMinutes: 5)!
            return clock.firstMinute + booking.placement.start + booking.visitType.length
        }
        #expect(end(late) == late + first.visitType.length)
        // A stage that takes longer lasts until now at least.
        #expect(end(late + 40) == late + 40 + first.visitType.length - first.visitType.stages[0].minutes)
        // Who leaves then leaves both: the one beyond its planned end, and the next.
        let now = Self.at(second.place.minute)
        #expect(now.minute > first.interval.until)
        let away = TimeOff(person: "rn-1", interval: Interval(now.minute, now.minute + 300))
        let decision = world.decision(.availability(.addTimeOff(away)), now: now)
        guard case .accepted(let events, _, _) = decision, case .visit(.hit(let hit))? = events.last else {
            Issue.record("a loss hits visits")
            return
        }
        #expect(hit.visits.map(\.visit) == [first.id, second.id])
        // Once the patient has left it counts no more.
        world.fact(first.id, Fact(.discharged, at: now), isMeant: true, now: now)
        #expect(
            world.visit(first.id).booking(on: clock, at: now, gridMinutes: 5)
                == world.visit(first.id).booking(on: clock))
    }

    @Test func aVisitBegunEarlyCountsWhereItIsAndKeepsItsPlaceUntilItIsOver() {
        var (world, first, second) = Self.neighbours()
        let clock = world.calendar.calendars[second.day]!
        // Somebody else is to have chair-1 first; the second patient sits in chair-2 from two minutes past the grid on.
        let early = second.place.minute - 58
        Self.begin(second, at: early, &world)
        world.accept(
            .visit(
                .recordFact(
                    second.id, Fact(.stageBegun, at: Self.at(early + 15), number: 1),
                    in: ActualSeat(chair: "chair-2"), isOverridden: true, isMeant: true)), now: Self.at(early + 15))
        let now = Self.at(early + 20)
        let running = world.visit(second.id).booking(on: clock, at: now, gridMinutes: 5)!
        #expect(running.placement.chair == "chair-2")
        // What is over of it is of no account.
        #expect(clock.firstMinute + running.placement.start == early + 18)
        let end = clock.firstMinute + running.visitInterval.until
        #expect(end - (early + second.visitType.length) == 3, "rounded up to the grid")
        // Its chair out of service while it runs hits it; after its expected end it does not.
        func hits(_ interval: Interval) -> [VisitID] {
            let outage = Outage(chair: "chair-2", interval: interval)
            guard case .accepted(let events, _, _) = world.decision(.availability(.addOutage(outage)), now: now),
                case .visit(.hit(let hit))? = events.last
            else { return [] }
            return hit.visits.map(\.visit)
        }
        #expect(hits(Interval(now.minute, now.minute + 10)) == [second.id])
        #expect(hits(Interval(end - 1, end + 10)) == [second.id])
        #expect(hits(Interval(end + second.visitType.turnoverMinutes, end + 300)).isEmpty)
        // Nobody else gets the place that it has of record.
        let calendar = world.state.running(on: world.calendar, now: now)
        let held = calendar[second.day]?.bookings.first { $0.id == second.id }
        #expect(held?.visitInterval.until == second.interval.until - clock.firstMinute)
        // Who is gone is stood in for at once, before the planned start, and the record can be kept.
        let away = TimeOff(person: "rn-1", interval: Interval(now.minute, now.minute + 600))
        world.accept(.availability(.addTimeOff(away)), now: now)
        guard case .found(let repair)? = try? proposeRepair(state: world.state, calendar: world.calendar, now: now),
            let move = repair.moves.first(where: { $0.visit == second.id }), let after = move.to
        else {
            Issue.record("whoever is gone is stood in for")
            return
        }
        #expect(after.start == second.place.start)
        let stretches = after.handovers.map { $0.stretch.shifted(by: after.minute) }
        let isCovered = stretches.contains { $0.from <= now.minute } && stretches.contains { $0.until >= end }
        #expect(after.persons == ["rn-2"] || isCovered, "\(stretches)")
        #expect(first.place.chair == "chair-1")
    }

    @Test func whoeverStillSitsInTheChairIsSaidWithAFreeOne() {
        var (world, first, second) = Self.neighbours()
        Self.begin(first, at: first.place.minute + 60, &world)
        let now = Self.at(second.place.minute)
        world.fact(second.id, Fact(.arrived, at: now), now: now)
        func taken() -> SeatTaken? {
            seatTaken(by: second.id, state: world.state, calendar: world.calendar, now: now)
        }
        #expect(taken()?.by == first.id)
        #expect(taken()?.free == ["chair-2"])
        #expect(taken().map { $0.until > now.minute } ?? false)
        world.accept(
            .visit(
                .recordFact(
                    second.id, Fact(.started, at: now), in: ActualSeat(chair: "chair-2"), isOverridden: true)),
            now: now)
        #expect(world.visit(second.id).actualChair == "chair-2")
        // It was free, so that the booking went there too.
        #expect(world.visit(second.id).place.chair == "chair-2")
        #expect(taken() == nil)
    }

    @Test func aChairThatIsPromisedToSomebodyIsRecordedBesideTheBooking() {
        var (world, first, second) = Self.neighbours()
        world.accept(.visit(.order(second.id, .move(PlaceWish(chair: "chair-2")), .other)))
        let now = Self.at(first.place.minute)
        world.fact(first.id, Fact(.arrived, at: now), now: now)
        world.accept(
            .visit(
                .recordFact(
                    first.id, Fact(.started, at: now),
                    in: ActualSeat(chair: "chair-1", persons: ["nurse": "rn-2"]), isOverridden: true)), now: now)
        #expect(world.visit(first.id).place.persons == ["rn-2"])
        Self.begin(world.visit(second.id), at: second.place.minute, &world)
        let later = Self.at(second.place.minute + 15)
        // The first is still there in chair-1: the second goes to it all the same.
        world.accept(
            .visit(
                .recordFact(
                    second.id, Fact(.stageBegun, at: later, number: 1), in: ActualSeat(chair: "chair-1"),
                    isOverridden: true, isMeant: true)), now: later)
        #expect(world.visit(second.id).actualChair == "chair-1")
        #expect(seatTaken(by: second.id, state: world.state, calendar: world.calendar, now: later)?.by == first.id)
    }

    @Test func whatIsLeftOfAVisitIsTakenOverWhereItsNurseIsGone() {
        var (world, first, _) = Self.neighbours()
        let start = first.place.minute
        Self.begin(first, at: start, &world)
        let now = Self.at(start + 20)
        let away = TimeOff(person: "rn-1", interval: Interval(now.minute, now.minute + 300))
        world.accept(.availability(.addTimeOff(away)), now: now)
        func repair() -> ScheduleChange? {
            let found = try? proposeRepair(state: world.state, calendar: world.calendar, now: now)
            if case .found(let repair)? = found { return repair }
            return nil
        }
        let move = repair()?.moves.first { $0.visit == first.id }
        #expect(Set(move?.to?.handovers.map(\.person) ?? []) == ["rn-2"])
        #expect(move?.changesTime == false)
        world.accept(.repair(.change(repair()!, .staffing)), now: now)
        #expect(world.visit(first.id).loadRuns.contains { $0.person == "rn-2" && $0.interval.until > now.minute })
        #expect(repair()?.moves.isEmpty ?? false)
        // With the other nurse gone too nobody can.
        world.accept(
            .availability(.addTimeOff(TimeOff(person: "rn-2", interval: away.interval))), now: now)
        #expect(repair()?.unresolved.map(\.visit).contains(first.id) ?? false)
    }

    @Test func whoeverWasBookedTakesOverFromWhoStoodInBesideAnotherVisit() throws {
        var (world, first, second) = Self.neighbours()
        let start = first.place.minute
        // The second is booked for the same time with the other nurse, who begins the first in her chair all the same.
        var wish = try #require(world.state.course(second.course)).wish
        wish.availability = []
        world.accept(.course(.alter(second.course, .pattern(.change(wish, from: nil)), .other)))
        let place = PlaceWish(
            from: first.day, through: first.day, clock: 540, chair: "chair-2", persons: ["nurse": "rn-2"])
        world.accept(.visit(.order(second.id, .move(place), .other)))
        #expect(world.visit(second.id).place.minute == start)
        let now = Self.at(start)
        world.fact(first.id, Fact(.arrived, at: now), isMeant: true, now: now)
        world.accept(
            .visit(
                .recordFact(
                    first.id, Fact(.started, at: now),
                    in: ActualSeat(chair: "chair-2", persons: ["nurse": "rn-2"]), isOverridden: true, isMeant: true)),
            now: now)
        #expect(world.visit(first.id).place.persons == ["rn-1"] && world.visit(first.id).actualPersons == ["rn-2"])
        // Preparing takes 60 of a nurse's attention: with what was kept for the same visit it would be 120.
        let later = Self.at(start + 5)
        let away = TimeOff(person: "rn-2", interval: Interval(later.minute, later.minute + 300))
        world.accept(.availability(.addTimeOff(away)), now: later)
        let found = try proposeRepair(state: world.state, calendar: world.calendar, now: later)
        guard case .found(let repair) = found else {
            Issue.record("a repair is sought")
            return
        }
        #expect(!repair.unresolved.map(\.visit).contains(first.id))
        let running = world.state.running(on: world.calendar, now: later)
        var without = running
        without.remove(first.id, on: first.day)
        // Its chair stays taken for everybody else.
        for calendar in [running, without] {
            #expect(calendar[first.day]?.bookings.filter { $0.placement.chair == "chair-1" }.count == 1)
        }
    }

    @Test func everyFactCanBeSetRight() {
        var (world, first, _) = Self.neighbours()
        let start = first.place.minute
        func fact(_ kind: Fact.Kind, _ minute: Int, _ number: Int? = nil) -> RecordedEvent {
            let fact = Fact(kind, at: Self.at(minute), number: number)
            world.fact(first.id, fact, now: Self.at(minute))
            return world.events.last { $0.event.kind == .course(.changed) }!
        }
        let arrived = fact(.arrived, start)
        let started = fact(.started, start + 10)
        _ = fact(.stageBegun, start + 25, 1)
        let now = Self.at(start + 40)
        func correct(_ recorded: RecordedEvent, _ minute: Int?) -> Command {
            .visit(.correctFact(first.id, recorded, at: minute.map(Self.at)))
        }
        world.accept(correct(arrived, start - 5), now: now)
        #expect(world.visit(first.id).facts.map(\.at.minute) == [start - 5, start + 10, start + 25])
        #expect(world.visit(first.id).status == .inProgress(stage: 1))
        // Again, by the same event.
        world.accept(correct(arrived, start), now: now)
        #expect(world.visit(first.id).time(of: .arrived)?.minute == start)
        // Not before what it follows, not after what follows it, not in the future, and nothing that others follow.
        for wrong in [correct(started, start - 1), correct(started, start + 26), correct(started, nil)] {
            guard case .slip? = world.refusal(wrong, now: now) else {
                Issue.record("\(wrong) is a slip")
                continue
            }
        }
        #expect(world.refusal(correct(started, start + 60), now: now) == .future(Self.at(start + 60)))
        let discharged = fact(.discharged, start + 70)
        #expect(world.course("c1").status == .completed)
        world.accept(correct(discharged, nil), now: Self.at(start + 75))
        #expect(world.visit(first.id).status == .inProgress(stage: 1))
        #expect(world.course("c1").status == .active)
    }
}
