import Planning
import TestSupport
import Testing

/// The rest of a course that has begun.
@Suite struct ContinuationTests {
    private let facility = clinic(
        chairs: [chair("c1"), chair("c2")], staff: [person("n1", "nurse"), person("n2", "nurse")])
    private let first = Day(number: 20_000)

    // MARK: Against whole courses

    /// Of a cheapest plan every rest is the cheapest rest; told or pinned, a cheapest plan stays.
    @Test(arguments: 0..<60) func theRestOfACheapestPlanIsTheCheapestRest(seed: UInt64) {
        let random = randomProblem(seed: seed, size: .small)
        let problem = random.problem
        let calendar = PlanningCalendar(
            facility: problem.facility, calendars: random.calendars, timeOff: problem.timeOff,
            outages: problem.outages, bookings: problem.bookings)
        for request in problem.courses {
            var request = request
            for phase in request.regimen.phases.indices { request.regimen.phases[phase].withinDays = nil }
            request.alternatives = 0
            guard case .plan(let best) = try? plan(request, on: calendar, now: problem.now, today: problem.today) else {
                continue
            }
            request.wish.usual = best.usual ?? request.wish.usual
            for kept in 0...best.visits.count {
                for standing in [CourseVisit.Status.open, .lost(first)] {
                    let turns = best.visits.enumerated().map { index, visit in
                        CourseVisit(
                            phase: visit.phase,
                            status: index < kept
                                ? keep(visit)
                                : standing == .open ? .booked(visit.placement, told: true) : .pinned(visit.placement))
                    }
                    let rest = try? plan(
                        request, continuing: turns, on: calendar, now: problem.now, today: problem.today)
                    guard case .plan(let rest) = rest else {
                        Issue.record("seed \(seed), \(kept) kept: no plan")
                        continue
                    }
                    // An open-ended phase may be planned further from a kept visit on.
                    let common = Array(rest.visits.prefix(best.visits.count - kept))
                    if rest.visits.count == best.visits.count - kept || standing != .open {
                        #expect(common.map(\.placement) == best.visits.dropFirst(kept).map(\.placement), "seed \(seed)")
                        #expect(common.map(\.terms) == best.visits.dropFirst(kept).map(\.terms), "seed \(seed)")
                        #expect(common.map(\.number) == best.visits.dropFirst(kept).map(\.number), "seed \(seed)")
                    }
                }
                guard kept > 0 else { continue }
                let turns = best.visits.prefix(kept).map { CourseVisit(phase: $0.phase, status: keep($0)) }
                let rest = try? plan(request, continuing: turns, on: calendar, now: problem.now, today: problem.today)
                guard case .plan(let rest) = rest else { continue }
                if rest.visits.count == best.visits.count - kept {
                    #expect(rest.visits == Array(best.visits.dropFirst(kept)), "seed \(seed), \(kept) kept")
                }
            }
        }
    }

    private func keep(_ visit: PlannedVisit) -> CourseVisit.Status {
        .kept(
            visit.placement.day,
            continuityAttendant(of: visit).map { ContinuityAttendant(role: $0.role, person: $0.person) })
    }

    // MARK: Lost and omitted visits

    @Test func aLostVisitIsMadeUpAtTheEarliestAtItsSmallestGapAndAtTheLatestAWeekAfterItsDay() {
        // Visits every 7 days, give or take 2; the second is lost on day 9.
        let lost = [kept(0), CourseVisit(phase: "induction", status: .lost(first + 9))]
        #expect(reach(lost, closedThrough: -1) == 7)
        #expect(reach(lost, closedThrough: 4) == 7)
        #expect(reach(lost, closedThrough: 14) == 15)
        #expect(reach(lost, closedThrough: 15) == 16)
        #expect(reach(lost, closedThrough: 16) == nil)
        let early = [kept(0), CourseVisit(phase: "induction", status: .lost(first + 3))]
        #expect(reach(early, closedThrough: 9) == 10)
        #expect(reach(early, closedThrough: 10) == nil)
    }

    @Test func afterAnOmittedVisitIdealsAndMaximaAddUpAndTheSmallestGapIsTheLaterOnes() {
        let omitted = [kept(0), CourseVisit(phase: "induction", status: .omitted)]
        #expect(reach(omitted, closedThrough: -1) == 14)
        #expect(reach(omitted, closedThrough: 17) == 18)
        #expect(reach(omitted, closedThrough: 18) == nil)
        #expect(reach(omitted, closedThrough: -1, closedFrom: 6) == 5)
        #expect(reach(omitted, closedThrough: -1, closedFrom: 5) == nil)
    }

    @Test func aPhaseThatHasBegunOnlyWarnsOfItsWindow() {
        var narrow = phase(3, gaps: [7], before: 2, after: 2)
        narrow.withinDays = 12
        #expect(rest(narrow, [], closedThrough: -1)?.count == 3)
        #expect(rest(narrow, [kept(0)], closedThrough: 8)?.map { $0.placement.day - first } == [9, 16])
        #expect(rest(narrow, [kept(0), kept(8)], closedThrough: 15)?.map { $0.placement.day - first } == [16])
        narrow.withinDays = 9
        #expect(rest(narrow, [], closedThrough: -1) == nil)
    }

    @Test func theFirstVisitIsMadeUpAfterItsStartWindowToo() {
        let lost = [CourseVisit(phase: "induction", status: .lost(first + 14))]
        let visits = rest(phase(1), lost, closedThrough: 20)
        #expect(visits?.map { $0.placement.day - first } == [21])
        #expect(rest(phase(1), lost, closedThrough: 21) == nil)
    }

    @Test func whatIsAskedOfTheRestIsToldWithItsGaps() {
        let turns = [kept(0), CourseVisit(phase: "induction", status: .omitted)]
        let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first, count: 60))
        let request = course([phase(4, gaps: [7, 3], before: 2, after: 1)], at: facility, earliest: first)
        let rest = remainingVisits(of: request, continuing: turns, on: calendar, today: first)
        #expect(rest.map(\.number) == [3, 4] && rest.map(\.gapIdeal) == [10, 7])
        #expect(rest.map(\.gaps) == [1...12, 5...8])
    }

    // MARK: Visits that the patient knows of

    @Test func anotherDayForAToldVisitIsTakenWhereItSavesMoreThanItCosts() throws {
        // The second visit stands 4 days late: 40 for its gap. At 40 for another day it stays; below, it moves.
        var facility = facility
        let place = Placement(day: first + 11, start: 540, chair: "c1", persons: ["n1"])
        for (price, day) in [(39, 7), (40, 7), (41, 11)] {
            facility.planning.weights.movedDay = price
            let turns = [kept(0), CourseVisit(phase: "induction", status: .booked(place, told: true))]
            let visits = try #require(rest(phase(2, gaps: [7], after: 4), turns, closedThrough: -1, at: facility))
            // Equal costs: the earlier day.
            #expect(visits.map { $0.placement.day - first } == [day], "price \(price)")
        }
        let untold = [kept(0), CourseVisit(phase: "induction", status: .booked(place, told: false))]
        #expect(rest(phase(2, gaps: [7], after: 4), untold, closedThrough: -1)?[0].placement.day == first + 7)
    }

    @Test func aBookedVisitMayStayThoughItsStartIsTooNearForAnyOther() throws {
        let place = Placement(day: first + 7, start: 545, chair: "c1", persons: ["n1"])
        let now = (first.number + 7) * 1440 + 530
        let turns = [kept(0), CourseVisit(phase: "induction", status: .booked(place, told: true))]
        let visits = try #require(rest(phase(2), turns, closedThrough: -1, now: now))
        #expect(visits[0].placement.start == 545)
        let untold = [kept(0), CourseVisit(phase: "induction", status: .booked(place, told: false))]
        #expect(rest(phase(2), untold, closedThrough: -1, now: now)?[0].placement.start == 600)
    }

    @Test func aPinnedVisitStaysAndTheOthersKeepTheirDistance() throws {
        let place = Placement(day: first + 16, start: 603, chair: "c2", persons: ["n2"])
        let turns = [
            kept(0), CourseVisit(phase: "induction", status: .open),
            CourseVisit(phase: "induction", status: .pinned(place)),
        ]
        let visits = try #require(rest(phase(3, gaps: [7], before: 1, after: 1), turns, closedThrough: -1))
        #expect(visits.map { $0.placement.day - first } == [8, 16] && visits[1].placement == place)
        let far = Placement(day: first + 17, start: 603, chair: "c2", persons: ["n2"])
        var unreachable = turns
        unreachable[2] = CourseVisit(phase: "induction", status: .pinned(far))
        #expect(rest(phase(3, gaps: [7], before: 1, after: 1), unreachable, closedThrough: -1) == nil)
        unreachable[2].ignoresGap = true
        #expect(rest(phase(3, gaps: [7], before: 1, after: 1), unreachable, closedThrough: -1)?.count == 2)
    }

    // MARK: Given out of turn

    /// Two phases of which the second was begun, on day 10, before the first was over.
    private func outOfTurn(_ earlier: CourseVisit.Status, ignoresGap: Bool = false) -> [CourseVisit] {
        [
            kept(0), CourseVisit(phase: "induction", status: earlier, ignoresGap: ignoresGap),
            CourseVisit(phase: "upkeep", status: .kept(first + 10, nil)),
        ]
    }

    private var twoPhases: [Phase] {
        [
            phase(2, gaps: [7], before: 2, after: 2),
            phase(2, named: "upkeep", gaps: [7], before: 2, after: 3),
        ]
    }

    @Test func whatFollowsComesAfterTheLastDayThatIsKeptAndAfterWhatIsStillToComeOfAnEarlierTurn() throws {
        let place = Placement(day: first + 12, start: 540, chair: "c1", persons: ["n1"])
        let fixed = try #require(rest(twoPhases, outOfTurn(.pinned(place), ignoresGap: true)))
        #expect(fixed.map(\.number) == [2, 4] && fixed.map { $0.placement.day - first } == [12, 19])
        let free = try #require(rest(twoPhases, outOfTurn(.booked(place, told: true))))
        #expect(free.map(\.number) == [2, 4] && free.map { $0.placement.day - first } == [17, 24])
        // On the very day of the visit that was given, or before it: it stands, and the rest is counted from there.
        for day in [10, 9] {
            var early = place
            early.day = first + day
            let visits = try #require(rest(twoPhases, outOfTurn(.pinned(early), ignoresGap: true)))
            #expect(visits.map(\.number) == [4] && visits[0].placement.day == first + 17)
        }
    }

    @Test func theRestIsCountedFromTheLatestDayThoughAnEarlierTurnHadIt() throws {
        let visits = try #require(rest(twoPhases, outOfTurn(.kept(first + 13, nil))))
        #expect(visits.map(\.number) == [4] && visits[0].placement.day == first + 20)
        let asked = remainingVisits(
            of: course(twoPhases, at: facility, earliest: first), continuing: outOfTurn(.kept(first + 13, nil)),
            on: PlanningCalendar(facility: facility, calendars: .utc(from: first, count: 60)), today: first + 13)
        #expect(asked.map(\.number) == [4])
    }

    @Test func whatWasLostBeforeALaterVisitWasGivenIsMadeUpWhereItsDayIsToComeOrSomebodyAsks() {
        let today = (first.number + 10) * 1440
        func days(_ turns: [CourseVisit]) -> [Int]? {
            rest(twoPhases, turns, now: today)?.map { $0.placement.day - first }
        }
        // Lost on day 8, before the later one was given: it stays owed. Lost on day 12: it is made up for.
        #expect(days(outOfTurn(.lost(first + 8))) == [17])
        #expect(days(outOfTurn(.lost(first + 12))) == [17, 24])
        var asked = outOfTurn(.lost(first + 8))
        asked[1].wish = PlaceWish(from: first + 12, through: first + 12)
        asked[1].ignoresGap = true
        #expect(days(asked) == [12, 19])
    }

    // MARK: Gaps that change on a day

    /// The days, counted from the first, of the visits after one on day 0, every 7 days until other gaps hold.
    private func days(_ changes: [GapChange], count: Int = 5, closed: [Int] = []) -> [Int]? {
        var phase = phase(count, gaps: [7])
        phase.gapChanges = changes
        var facility = facility
        facility.closures = closed.map { Closure(from: first + $0, through: first + $0) }
        return rest(phase, [kept(0)], closedThrough: -1, at: facility)?.map { $0.placement.day - first }
    }

    private func change(_ from: Int, _ gap: Int, before: Int = 0, after: Int = 0) -> GapChange {
        GapChange(from: first + from, gaps: [gap], toleranceBefore: before, toleranceAfter: after)
    }

    @Test func otherGapsHoldForAVisitOnTheirDayAndNotForOneOnTheDayBefore() {
        #expect(days([]) == [7, 14, 21, 28])
        // A visit on day 14 has the old gap where the new one holds from the day after.
        #expect(days([change(15, 3)]) == [7, 14, 17, 20])
        // On their very day the new gap counts: 14 is 7 days after 7 and not allowed any more; 3 days lead to day 10,
        // on which the old gap still holds. So no day is left, and the gap is bridged only where a course asks for it.
        #expect(days([change(14, 3)]) == nil)
        #expect(days([change(14, 7)]) == [7, 14, 21, 28])
        #expect(days([change(14, 7, after: 1)], closed: [14]) == [7, 15, 22, 29])
        #expect(days([change(15, 8)], closed: [14]) == [7, 15, 23, 31])
        #expect(days([change(16, 8)], closed: [14]) == nil)
    }

    @Test func severalChangesHoldEachFromItsDayUntilTheNext() {
        #expect(days([change(10, 7), change(15, 3), change(20, 10)], count: 6) == [7, 14, 17, 27, 37])
        #expect(days([change(10, 7), change(15, 3), change(21, 10)], count: 6) == [7, 14, 17, 20, 30])
    }

    @Test func theIdealDayIsThatOfTheRuleThatHoldsOnIt() {
        var phase = phase(3, gaps: [7])
        phase.gapChanges = [change(14, 10), change(30, 3)]
        let gap = askedGap(of: phase, beforeVisit: 1)
        #expect(gap.rule(on: first + 13).ideal == 7 && gap.rule(on: first + 14).ideal == 10)
        #expect(gap.rule(on: first + 29).ideal == 10 && gap.rule(on: first + 30).ideal == 3)
        #expect(gap.idealDay(after: first + 6) == first + 13)
        #expect(gap.idealDay(after: first + 7) == first + 17)
        #expect(gap.idealDay(after: first + 19) == first + 29 && gap.idealDay(after: first + 20) == first + 30)
    }

    // MARK: Wishes

    @Test func aWishKeepsDayTimeChairAndPerson() throws {
        let wish = PlaceWish(
            from: first + 8, through: first + 8, clock: 660, chair: "c2", persons: ["nurse": "n2"])
        let turns = [kept(0), CourseVisit(phase: "induction", status: .open, wish: wish)]
        let visits = try #require(rest(phase(2, gaps: [7], after: 4), turns, closedThrough: -1))
        #expect(
            visits.map(\.placement)
                == [Placement(day: first + 8, start: 660, chair: "c2", persons: ["n2"])])
        var odd = turns
        odd[1].wish?.clock = 661
        #expect(rest(phase(2, gaps: [7], after: 4), odd, closedThrough: -1) == nil)
        var far = turns
        far[1].wish = PlaceWish(from: first + 12, through: first + 12)
        #expect(rest(phase(2, gaps: [7], after: 4), far, closedThrough: -1) == nil)
        far[1].ignoresGap = true
        #expect(rest(phase(2, gaps: [7], after: 4), far, closedThrough: -1)?[0].placement.day == first + 12)
    }

    @Test func elsewhereIsAnyPlaceButTheOneThatIsBooked() throws {
        let place = Placement(day: first + 7, start: 540, chair: "c1", persons: ["n1"])
        let turns = [
            kept(0),
            CourseVisit(phase: "induction", status: .booked(place, told: true), wish: PlaceWish(isElsewhere: true)),
        ]
        let visits = try #require(rest(phase(2), turns, closedThrough: -1))
        #expect(visits[0].placement.day == first + 7 && visits[0].placement.start == 570)
    }

    // MARK: Open-ended phases

    @Test func anOpenEndedPhaseIsCountedFromTheLastKeptVisit() throws {
        var open = phase(0, gaps: [7], before: 2, after: 2)
        open.count = .open
        open.reviewEveryDays = 90
        var facility = facility
        facility.planning.horizonDays = 21
        let today = first + 9
        // Nominal days 16, 23 and 30 lie within the horizon, which ends on day 30.
        let visits = try #require(
            rest(open, [kept(0), kept(9)], closedThrough: -1, at: facility, now: today.number * 1440))
        #expect(visits.map { $0.placement.day - first } == [16, 23, 30] && visits.map(\.number) == [3, 4, 5])
        open.endsAfterDays = 23
        #expect(
            rest(open, [kept(0), kept(9)], closedThrough: -1, at: facility, now: today.number * 1440)?.count == 2)
    }

    // MARK: Making it short

    private func kept(_ day: Int) -> CourseVisit { CourseVisit(phase: "induction", status: .kept(first + day, nil)) }

    /// The day, counted from the first, of the visit after two turns of a phase of gaps 7, 5 to 9.
    private func reach(_ turns: [CourseVisit], closedThrough: Int, closedFrom: Int? = nil) -> Int? {
        let count = turns.contains { $0.status == .omitted } ? 3 : 2
        return rest(
            phase(count, gaps: [7], before: 2, after: 2), turns, closedThrough: closedThrough, closedFrom: closedFrom
        )?[0].placement.day.number.advanced(by: -first.number)
    }

    private func rest(
        _ phase: Phase, _ turns: [CourseVisit], closedThrough: Int, closedFrom: Int? = nil, at other: Facility? = nil,
        now: Int? = nil
    ) -> [PlannedVisit]? {
        rest([phase], turns, closedThrough: closedThrough, closedFrom: closedFrom, at: other, now: now)
    }

    private func rest(
        _ phases: [Phase], _ turns: [CourseVisit], closedThrough: Int = -1, closedFrom: Int? = nil,
        at other: Facility? = nil,
        now: Int? = nil
    ) -> [PlannedVisit]? {
        var facility = other ?? facility
        if closedThrough >= 0 {
            facility.closures.append(Closure(from: first, through: first + closedThrough))
        }
        if let closedFrom { facility.closures.append(Closure(from: first + closedFrom, through: first + 400)) }
        let now = now ?? first.number * 1440
        let today = Day(number: now / 1440)
        let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first - 3, count: 120))
        let request = course(phases, at: facility, earliest: first)
        guard case .plan(let plan) = try? plan(request, continuing: turns, on: calendar, now: now, today: today) else {
            return nil
        }
        return plan.visits
    }
}
