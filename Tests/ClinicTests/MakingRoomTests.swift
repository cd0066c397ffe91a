import Planning
import TestSupport
import Testing

@testable import Clinic

/// A course that would miss its goal on what is free ends by it where visits of others make room.
@Suite struct MakingRoomTests {
    // Infusions ideally 5 days apart and at least 2, the last by 12 days after the first; two other patients have one
    // infusion each, which may be some days later. The clinic is open for one infusion a day.
    private static func facility(
        _ seeks: GoalSeeking, _ yields: Phase.Yielding, confirm: Phase.Confirmation
    ) -> Facility {
        var phase = Sample.induction(.call, count: 3)
        phase.gaps = [5]
        phase.toleranceBefore = 3
        phase.toleranceAfter = 2
        phase.goal = Phase.Goal(days: 12, spare: [])
        var one = Phase(name: "only", visit: "iv", count: .exactly(1), confirm: confirm)
        one.yields = yields
        var facility = Sample.facility(
            regimens: [Sample.regimen("mdd", [Sample.evaluation, phase]), Sample.regimen("one", [one])], chairs: 1)
        facility.planning.seeksGoals = seeks
        for weekday in facility.hours.keys { facility.hours[weekday] = [Interval(540, 620)] }
        // Tuesday 3, Monday 9, Thursday 12 and Friday 13 March are left of the first two weeks.
        facility.closures = [
            Closure(from: Sample.monday + 2, through: Sample.monday + 4),
            Closure(from: Sample.monday + 8, through: Sample.monday + 9),
        ]
        return facility
    }

    /// The clinic after the first infusion was given: the third has no place by the goal, for others have its days.
    private static func full(
        _ seeks: GoalSeeking = .propose, _ yields: Phase.Yielding = .untold, confirm: Phase.Confirmation = .call,
        within days: Int = 8
    ) -> (world: World, third: VisitID, others: [VisitID]) {
        var world = World(facility(seeks, yields, confirm: confirm), patients: 3)
        let others = [(PatientID("p2"), 10), (PatientID("p3"), 11)].map { patient, day in
            world.book(
                Sample.order(patient, regimen: "one") {
                    $0.earliest = Sample.monday + day
                    $0.startWithinDays = days
                }
            ).visits[0]
        }
        let visits = world.book().visits
        for id in visits[0...1] { world.give(id) }
        return (world, visits[3], others)
    }

    private static let tuesday = Instant(minute: (Sample.monday + 1).number * 1440 + 900)

    private static func day(_ visit: VisitID, _ world: World) -> Int { world.visit(visit).day - Sample.monday }

    private static func proposal(_ world: World) -> ScheduleChange? {
        let result = longEnough(
            try proposeYielding(for: "c3", state: world.state, calendar: world.calendar, now: tuesday))
        guard case .found(let change) = result else { return nil }
        return change
    }

    private static func make(_ change: ScheduleChange) -> Command { .repair(.change(change, .clinical)) }

    private static func line(_ world: World) -> SheetLine? {
        let day = Sample.monday + 1
        return wholeMorningSheet(of: day, now: tuesday, state: world.state, calendar: world.calendar)
            .first { $0.kind == .yielding }
    }

    @Test func anotherVisitMovesWhereThatIsAllItTakes() throws {
        var (world, third, others) = Self.full()
        #expect(Self.day(third, world) == 14 && Self.day(others[0], world) == 10)
        let line = try #require(Self.line(world))
        #expect(line.due == Sample.monday + 13 && line.detail == "induction" && line.calls == 0)
        let found = try #require(Self.proposal(world))
        #expect(found.purpose == .goal && found.isBest && found.goal?.through == Sample.monday + 13)
        #expect(found.moves.count == 1)
        let before = world.events.count
        guard case .scheduleChanged(let differences, by: _) = world.accept(Self.make(found), now: Self.tuesday) else {
            Issue.record("not the reply to changes of several courses")
            return
        }
        let calls = differences.flatMap(\.calls)
        #expect(calls.isEmpty)
        let made = world.events[before...].map(\.event)
        let actions = Set(made.flatMap(\.courseChanges).map(\.action))
        #expect(made.count { !$0.courseChanges.isEmpty } == 1 && actions == [.courseCaughtUp, .courseYielded])
        #expect(Self.day(third, world) <= 13)
        let isStillToldOf = Self.line(world) != nil
        let risks = world.state.coursesAtRisk.count
        #expect(risks == 0 && !isStillToldOf)
        // One event: taken back, everybody has their place again.
        let event = try #require(world.events[before...].first { !$0.event.courseChanges.isEmpty })
        world.accept(.undo(event), now: Self.tuesday)
        #expect(Self.day(third, world) == 14 && Self.day(others[0], world) == 10 && Self.day(others[1], world) == 11)
    }

    @Test func whatWasProposedIsRefusedOnceSomethingOfItHasChanged() throws {
        let (world, third, _) = Self.full()
        let found = try #require(Self.proposal(world))
        let moved = try #require(found.moves.first?.visit)
        for visit in [third, moved] {
            var changed = world
            changed.order(visit, .pin(true), now: Self.tuesday)
            let refused = refusal(changed.decision(Self.make(found), now: Self.tuesday))
            guard case .conflicts(let conflicts) = refused else {
                Issue.record("\(visit): \(String(describing: refused))")
                continue
            }
            #expect(conflicts.visits.contains { $0.visit == visit })
        }
        // Where it would go the clinic closes.
        var closed = world
        let day = try #require(found.moves.first?.to?.day)
        closed.accept(.availability(.addClosure(Closure(from: day, through: day))), now: Self.tuesday)
        guard case .conflicts(let conflicts) = refusal(closed.decision(Self.make(found), now: Self.tuesday)) else {
            Issue.record("it goes where the clinic is closed")
            return
        }
        #expect(conflicts.visits.contains { $0.visit == moved && $0.rules == [.openingHours] })
    }

    @Test func toldVisitsYieldOnlyWhereTheirPhaseSaysSo() throws {
        for yields in Phase.Yielding.allCases {
            var (world, third, _) = Self.full(.propose, yields, confirm: .booking)
            let found = try #require(Self.proposal(world))
            #expect(found.isBest && found.isEmpty == (yields != .told), "\(yields)")
            let calls = Self.line(world)?.calls
            #expect(calls == (yields == .told ? 1 : nil))
            guard yields == .told else { continue }
            let reply = world.accept(Self.make(found), now: Self.tuesday)
            guard case .scheduleChanged(let differences, by: _) = reply else { continue }
            let called = differences.flatMap(\.calls)
            #expect(called == found.moves.map(\.visit))
            #expect(Self.day(third, world) <= 13)
        }
    }

    @Test func whoIsPinnedOrMayNotComeLaterYieldsToNobody() throws {
        var (world, _, others) = Self.full()
        for visit in others { world.order(visit, .pin(true), now: Self.tuesday) }
        let pinned = try #require(Self.proposal(world))
        #expect(pinned.isEmpty && pinned.isBest)
        let narrow = try #require(Self.proposal(Self.full(within: 0).world))
        #expect(narrow.isEmpty && narrow.isBest)
    }

    @Test func aCourseThatCannotCatchUpSaysWhoCouldMakeRoom() throws {
        let (world, _, _) = Self.full()
        let command = Command.course(
            .alter("c3", .lifecycle(.catchUp(within: nil, isNearest: false)), .clinical))
        guard case .unchangeable(.windowLost(let lost)) = refusal(world.decision(command, now: Self.tuesday)) else {
            Issue.record("it catches up")
            return
        }
        #expect(lost.room?.visits == 1 && lost.room?.told == 0 && lost.room?.course == "c3")
    }

    @Test func aPatientWhoDeclinedADayDoesNotYieldToIt() throws {
        for declines in [false, true] {
            var (world, _, others) = Self.full(.propose, .told)
            world.order(others[1], .pin(true), now: Self.tuesday)
            func move(to day: Int) {
                let wish = PlaceWish(from: Sample.monday + day, through: Sample.monday + day)
                world.order(others[0], .move(wish), now: Self.tuesday)
            }
            move(to: 15)
            if declines {
                let call = PhoneCallMade(about: others[0], outcome: .declined, at: Self.tuesday)
                world.accept(.visit(.recordCall(call)), now: Self.tuesday)
            }
            move(to: 10)
            let closed = Closure(from: Sample.monday + 14, through: Sample.monday + 14)
            world.accept(.availability(.addClosure(closed)), now: Self.tuesday)
            let found = try #require(Self.proposal(world))
            #expect(found.moves.map { ($0.to?.day ?? Sample.monday) - Sample.monday } == [declines ? 16 : 15])
        }
    }
}
