import Checker
import Planning
import TestSupport
import Testing

/// The days in hand and what they cost, against the contract's own definition.
@Suite struct SpareTests {
    private let first = Day(number: 20_003)

    /// A clinic with closures, a patient with wishes, and gaps that may change on a day.
    private struct World {
        let facility: Facility
        let request: CourseRequest
        let phase: Phase

        init(_ dice: inout SplitMix64, _ first: Day, visits: Int) {
            var facility = clinic()
            for _ in 0..<dice.number(0...4) {
                let from = first + dice.number(0...40)
                facility.closures.append(
                    Closure(
                        from: from, through: from + dice.number(0...4),
                        hours: dice.chance(30) ? hours("09:00-16:00") : nil))
            }
            if dice.chance(60) { facility.hours[.sun] = [] }
            var phase = TestSupport.phase(
                visits, gaps: (0..<dice.number(1...3)).map { _ in dice.number(1...5) }, before: dice.number(0...2),
                after: dice.number(0...4))
            for from in [8, 17] where dice.chance(30) {
                phase.gapChanges.append(
                    GapChange(
                        from: first + from, gaps: [dice.number(1...6)], toleranceBefore: dice.number(0...2),
                        toleranceAfter: 3))
            }
            phase.goal = Phase.Goal(
                days: dice.number(1...30), spare: (0..<dice.number(1...5)).map { _ in dice.pick([0, 7, 15, 40, 160]) })
            var request = course([phase], at: facility, earliest: first)
            if dice.chance(40) {
                request.wish.availability = [
                    window("09:00-12:00", on: [.mon, .tue, .thu, .sat]), window("09:00-10:00", on: [.wed]),
                ]
            }
            if dice.chance(30) { request.wish.endDay = first + dice.number(5...40) }
            for _ in 0..<dice.number(0...3) { request.wish.blackoutDays.insert(first + dice.number(0...30)) }
            self.facility = facility
            self.request = request
            self.phase = phase
        }

        var setting: Setting { TestSupport.setting(facility) }

        /// What a visit of the phase costs on a day where the first is on another, by the contract's definition.
        func spare(_ turn: Int, on day: Day, first: Day) -> Int {
            guard turn > 0, let goal = phase.goal, let count = phase.plannedCount else { return 0 }
            let later = (turn + 1..<max(count, turn + 1)).map { turn in
                { (day: Day) in askedGap(of: phase, beforeVisit: turn).rule(on: day).allowed.lowerBound }
            }
            let setting = setting
            let days = Checker.daysInHand(after: day, through: first + goal.days, later: later) {
                setting.isPossible($0, for: request)
            }
            return days < goal.spare.count ? goal.spare[days] : 0
        }
    }

    @Test func theDaysInHandAreThoseFromWhichTheContractsWayEndsInTime() {
        var some = 0
        for seed in seeds(400) {
            var dice = SplitMix64(seed: seed)
            let visits = dice.number(1...6)
            let world = World(&dice, first, visits: visits)
            let calendar = PlanningCalendar(facility: world.facility, calendars: .utc(from: first - 5, count: 120))
            let possible = PossibleDays(of: world.request, on: calendar, from: first - 3, through: first + 100)
            let setting = world.setting
            let gaps = (0..<visits).map { askedGap(of: world.phase, beforeVisit: $0) }
            let goal = first + dice.number(0...35)
            let hands = DaysInHand(gaps, by: goal, possible)
            for visit in 0..<visits {
                for away in 0...36 {
                    let found = hands.count(ofVisit: visit, on: first + away)
                    let later = gaps[(visit + 1)...].map { gap in { gap.rule(on: $0).allowed.lowerBound } }
                    let expected = Checker.daysInHand(after: first + away, through: goal, later: later) {
                        setting.isPossible($0, for: world.request)
                    }
                    #expect(found == expected, "seed \(seed), visit \(visit) on day \(away)")
                    if expected > 0 { some += 1 }
                }
            }
        }
        #expect(some > 1000, "there are days in hand: \(some)")
    }

    /// The rest of a course with some visits given, by trying every chain of days.
    @Test func theRestOfACourseIsTheCheapestThatTryingEveryChainOfDaysFinds() throws {
        var (planned, costly) = (0, 0)
        for seed in seeds(150) {
            var dice = SplitMix64(seed: seed)
            let world = World(&dice, first, visits: dice.number(2...5))
            let given = dice.number(1...2)
            var kept = [first]
            if given == 2 { kept.append(first + dice.number(1...5)) }
            let turns = kept.map { CourseVisit(phase: "induction", status: .kept($0, nil)) }
            let today = kept[kept.count - 1]
            let calendar = PlanningCalendar(facility: world.facility, calendars: .utc(from: first - 5, count: 200))
            let outcome = try plan(
                world.request, continuing: turns, on: calendar, now: (today + 1).number * 1440 - 600, today: today)
            var best: (cost: Int, days: [Day])?
            chains(after: kept, world) { cost, days in
                let isBetter = best.map { best in
                    cost < best.cost || cost == best.cost && days.lexicographicallyPrecedes(best.days)
                }
                if isBetter ?? true { best = (cost, days) }
            }
            switch outcome {
            case .plan(let plan):
                planned += 1
                if plan.terms[.spare] > 0 { costly += 1 }
                #expect(plan.visits.map(\.placement.day) == best?.days, "seed \(seed)")
                #expect(plan.cost == best?.cost ?? 0, "seed \(seed)")
            case .refusal: #expect(best == nil, "seed \(seed)")
            }
        }
        #expect(planned > 80 && costly > 20, "both happen: \(planned), \(costly)")
    }

    private func chains(after kept: [Day], _ world: World, _ body: (Int, [Day]) -> Void) {
        func extend(_ days: [Day], _ cost: Int) {
            guard days.count < world.phase.plannedCount ?? 0 else {
                return body(cost, Array(days.dropFirst(kept.count)))
            }
            let turn = days.count
            let before = days[turn - 1]
            for gap in 1...12 {
                let day = before + gap
                let asked = askedGap(of: world.phase, beforeVisit: turn).rule(on: day)
                guard asked.allowed.contains(gap), isOpen(day, world) else { continue }
                let spare = world.spare(turn, on: day, first: kept[0])
                extend(days + [day], cost + 10 * abs(gap - asked.ideal) + spare)
            }
        }
        extend(kept, 0)
    }

    /// Whether half an hour can be had: the clinic is open and the patient there for so long.
    private func isOpen(_ day: Day, _ world: World) -> Bool {
        guard world.setting.isPossible(day, for: world.request), let clinicDay = world.setting.clinicDay(day) else {
            return false
        }
        return Places(
            of: world.facility.visitTypes[0], for: world.request, on: clinicDay, in: world.setting
        ).opens()
    }

    @Test func aPlanKeepsDaysInHandWhereTheyAreWorthMoreThanTheIdealGap() throws {
        var phase = phase(4, gaps: [4], before: 2, after: 4)
        let facility = clinic()
        func days(_ spare: [Int]) throws -> [Int] {
            phase.goal = Phase.Goal(days: 12, spare: spare)
            let request = course([phase], at: facility, earliest: first)
            let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first - 5, count: 90))
            guard case .plan(let plan) = try plan(request, on: calendar, now: 0, today: first - 1) else { return [] }
            return plan.visits.map { $0.placement.day - first }
        }
        #expect(try days([]) == [0, 4, 8, 12])
        // A day in hand after the last visit is worth a day off the ideal gap; the earliest days of equal cost.
        #expect(try days([15, 0]) == [0, 3, 7, 11])
        #expect(try days([160, 80, 40, 20]) != [0, 4, 8, 12])
    }

    @Test func daysInHandAreCountedUpToTheGoalHoweverShortTheCalendar() throws {
        var phase = phase(2, gaps: [2])
        phase.goal = Phase.Goal(days: 30, spare: [10, 5])
        let facility = clinic()
        let request = course([phase], at: facility, earliest: first)
        #expect(throws: NeedsDays.self) {
            try plan(
                request, on: PlanningCalendar(facility: facility, calendars: .utc(from: first - 5, count: 40)), now: 0,
                today: first - 1)
        }
        #expect(throws: Never.self) {
            try plan(
                request, on: PlanningCalendar(facility: facility, calendars: .utc(from: first - 5, count: 50)), now: 0,
                today: first - 1)
        }
    }
}
