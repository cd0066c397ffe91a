import Planning
import Testing

@testable import Clinic

/// Courses that would miss their goal are planned anew: as a proposal, at night, or with the change that frees a place.
@Suite struct GoalSeekingTests {
    // Infusions ideally 5 days apart and at least 2, the last by 12 days after the first; two patients have one
    // infusion each. The clinic is open for one infusion a day.
    private static func facility(_ seeks: GoalSeeking, confirm: Phase.Confirmation = .call) -> Facility {
        var phase = Sample.induction(confirm, count: 3)
        phase.gaps = [5]
        phase.toleranceBefore = 3
        phase.toleranceAfter = 2
        phase.goal = Phase.Goal(days: 12, spare: [])
        let one = Phase(name: "only", visit: "iv", count: .exactly(1))
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
        _ seeks: GoalSeeking, confirm: Phase.Confirmation = .call
    ) -> (world: World, visits: [VisitID], others: [VisitID]) {
        var world = World(facility(seeks, confirm: confirm), patients: 3)
        let others = [(PatientID("p2"), 10), (PatientID("p3"), 11)].map { patient, day in
            world.book(
                Sample.order(patient, regimen: "one") {
                    $0.earliest = Sample.monday + day
                    $0.startWithinDays = 0
                }
            ).visits[0]
        }
        let visits = world.book().visits
        for id in visits[0...1] { world.give(id) }
        return (world, visits, others)
    }

    private static let tuesday = Instant(minute: (Sample.monday + 1).number * 1440 + 900)

    /// The day of a visit, counted from the first Monday.
    private static func day(_ visit: VisitID, _ world: World) -> Int { world.visit(visit).day - Sample.monday }

    private static func cancel(_ visit: VisitID) -> Command {
        .visit(.order(visit, .cancel(isMadeUp: false), .patientRequest))
    }

    private static func sheet(_ world: World, _ now: Instant = tuesday) -> [SheetLine] {
        wholeMorningSheet(
            of: Day(number: now.minute / 1440), now: now, state: world.state, calendar: world.calendar)
    }

    @Test func aPlaceThatIsFreedUpToTheGoalGoesToWhoWouldMissIt() throws {
        for seeks in GoalSeeking.allCases {
            var (world, visits, others) = Self.full(seeks)
            #expect(Self.day(visits[3], world) == 14)
            let atRisk = world.state.coursesAtRisk.map(\.through)
            #expect(atRisk == [Sample.monday + 13])
            let before = world.events.count
            world.accept(Self.cancel(others[1]), now: Self.tuesday)
            let made = world.events[before...].map(\.event).flatMap(\.courseChanges).map(\.action)
            let way = Self.sheet(world).first { $0.kind == .wayBack }
            switch seeks {
            case .propose:
                #expect(Self.day(visits[3], world) == 14 && made == [.visitCancelled])
                let line = try #require(way)
                #expect(line.due == Sample.monday + 13 && line.detail == "induction" && line.calls == 0)
            case .untold, .all:
                #expect(Self.day(visits[3], world) == 11 && made == [.visitCancelled, .courseCaughtUp])
                let atRisk = world.state.coursesAtRisk.count
                #expect(atRisk == 0 && way == nil)
            }
        }
    }

    @Test func whoWouldHaveToBeCalledIsMovedOnlyWhereAllAreSought() throws {
        for seeks in GoalSeeking.allCases {
            var (world, visits, others) = Self.full(seeks, confirm: .booking)
            world.accept(Self.cancel(others[1]), now: Self.tuesday)
            #expect(Self.day(visits[3], world) == (seeks == .all ? 11 : 14))
            let line = Self.sheet(world).first { $0.kind == .wayBack }
            #expect(line?.calls == (seeks == .all ? nil : 1))
        }
    }

    @Test func aPlaceThatAMoveLeavesIsFreeToo() {
        var (world, visits, others) = Self.full(.all)
        let later = PlaceWish(from: Sample.monday + 15, through: Sample.monday + 15)
        world.accept(.visit(.order(others[0], .move(later), .clinical)), now: Self.tuesday)
        #expect(Self.day(visits[3], world) == 10)
    }

    @Test func atNightWhatCanReachItsGoalIsPlannedToItAndWhatCannotStays() {
        var (world, visits, others) = Self.full(.propose)
        world.alter("c3", .lifecycle(.seekGoal), now: Self.tuesday)
        #expect(Self.day(visits[3], world) == 14)
        world.accept(Self.cancel(others[0]), now: Self.tuesday)
        world.alter("c3", .lifecycle(.seekGoal), now: Self.tuesday)
        #expect(Self.day(visits[3], world) == 14, "where it is only proposed nothing is made")
        world.alter("c3", .lifecycle(.catchUp(within: nil, isNearest: false)), now: Self.tuesday)
        #expect(Self.day(visits[3], world) == 10)
    }

    /// A day is declined by a time of it, until the patient has agreed to another one.
    @Test func aDayOnWhichTheyAgreeToAnotherTimeIsNotDeclined() throws {
        var world = World()
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        func declined() throws -> Set<Day> {
            let context = try DecisionContext(world.state, world.calendar, Sample.now)
            return try CourseDraft("c1", .other, context).declinedDays
        }
        func decline(_ then: AfterDeclining = .nothing) {
            let call = PhoneCallMade(about: visits[2], outcome: .declined, at: Sample.now, then: then)
            world.accept(.visit(.recordCall(call)))
        }
        let day = world.visit(visits[2]).day
        #expect(try declined().isEmpty)
        decline()
        #expect(try declined() == [day])
        decline(.moved(PlaceWish(from: day, through: day, clock: 600)))
        #expect(world.visit(visits[2]).place.start.clock == 600)
        #expect(try declined().isEmpty)
        decline()
        #expect(try declined() == [day])
        world.order(visits[1], .cancel(isMadeUp: false), reason: .patientUnwell)
        #expect(try declined() == [day, world.visit(visits[1]).day])
    }

    @Test func aPatientWhoDeclinedADayIsNotAskedForItAgain() throws {
        var (world, visits, others) = Self.full(.all)
        world.accept(Self.cancel(others[1]), now: Self.tuesday)
        let third = visits[3]
        #expect(Self.day(third, world) == 11)
        let call = PhoneCallMade(about: third, outcome: .declined, at: Self.tuesday)
        world.accept(.visit(.recordCall(call)), now: Self.tuesday)
        let monday = PlaceWish(from: Sample.monday + 14, through: Sample.monday + 14)
        world.accept(.visit(.order(third, .move(monday), .patientRequest)), now: Self.tuesday)
        world.alter("c3", .lifecycle(.seekGoal), now: Self.tuesday)
        #expect(Self.day(third, world) == 14)
        let way = Self.sheet(world).first { $0.kind == .wayBack }
        #expect(way == nil)
        // Thursday was never declined.
        world.accept(Self.cancel(others[0]), now: Self.tuesday)
        #expect(Self.day(third, world) == 10)
    }

    /// What lies beyond the days that are there is asked for, not passed over in silence.
    @Test func theSheetAsksForTheDaysUpToTheGoal() {
        let (world, _, _) = Self.full(.propose)
        let short = planningCalendar(of: world.state, calendars: .utc(from: Sample.monday - 7, count: 18))
        #expect(throws: NeedsDays.self) {
            try morningSheet(of: Sample.monday + 1, now: Self.tuesday, state: world.state, calendar: short)
        }
    }
}
