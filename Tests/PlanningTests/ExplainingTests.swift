import Checker
import Planning
import TestSupport
import Testing

/// Why a visit is not on a day, against planners that try everything.
@Suite struct ExplainingTests {
    @Test func aDayThatAVisitCouldHaveCostsWhatTryingEverythingFinds() {
        var costs = 0
        var closed = 0
        for seed in seeds(40) {
            let random = randomProblem(seed: seed)
            let request = random.problem.courses[0]
            guard case .plan(let plan) = planned(random) else { continue }
            var oracle = BruteForce(request, in: random.setting)
            for visit in plan.visits {
                for away in [-3, -1, 1, 2] {
                    let day = visit.placement.day + away
                    guard let answer = answer(day, visit.number, plan, random) else { continue }
                    let expected = oracle.visits(withVisit: visit.number, on: day, usual: plan.usual)
                    switch answer.outcome {
                    case .costs(let possible):
                        costs += 1
                        #expect(possible.visits == expected, "seed \(seed), visit \(visit.number) on \(day)")
                        let more = (expected ?? []).reduce(0) { $0 + $1.terms.total } - plan.cost
                        #expect(possible.difference.total == more, "seed \(seed)")
                    case .closed, .blocksLater:
                        closed += 1
                        #expect(expected == nil, "seed \(seed), visit \(visit.number) on \(day)")
                    case .chosen: Issue.record("seed \(seed): the plan is on another day")
                    }
                }
            }
        }
        #expect(costs > 20 && closed > 20, "both happen: \(costs), \(closed)")
    }

    @Test func theFactsBehindARefusalNameItsRules() {
        var told: [Rule: Int] = [:]
        var several = 0
        // In 910067 one person could fill each of two labels, but not both at once.
        for seed in Array(seeds(300)) + [910_067] {
            let random = randomProblem(seed: seed)
            let request = random.problem.courses[0]
            guard case .refusal(let refusal) = planned(random) else { continue }
            let known = closings(
                behind: refusal, of: request, on: planningCalendar(random), now: random.problem.now,
                today: random.problem.today)
            #expect(known.map(\.day) == refusal.days.map(\.day), "seed \(seed)")
            #expect(known.map(\.closedBy) == refusal.days.map(\.closedBy), "seed \(seed)")
            for closing in known {
                #expect(!closing.blockers.isEmpty, "seed \(seed), \(closing.day)")
                guard let rule = closing.closedBy else {
                    several += 1
                    continue
                }
                let isPast = closing.blockers.map(\.fact) == [.past]
                #expect(isPast || closing.blockers[0].rule == rule, "seed \(seed), \(closing.day)")
                told[rule, default: 0] += 1
            }
        }
        #expect(several > 0)
        for rule in Rule.allCases where rule != .gap && rule != .authorisation {
            #expect(told[rule, default: 0] > 0, "\(rule.rawValue) closes some day")
        }
    }

    @Test func theDayOnWhichAVisitIsIsTheChosenOneAndOtherNumbersAreNone() throws {
        let facility = clinic()
        let today = Day(number: 19_999)
        let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: today, count: 60))
        let request = course([phase(2, after: 2)], at: facility)
        let now = today.number * 1440
        guard case .plan(let plan) = try plan(request, on: calendar, now: now, today: today) else {
            Issue.record("there is a plan")
            return
        }
        func ask(_ number: Int, _ day: Day) throws(NeedsDays) -> DayAnswer? {
            try explainDay(day, ofVisit: number, in: plan, for: request, on: calendar, now: now, today: today)
        }
        #expect(try ask(2, plan.visits[1].placement.day)?.outcome == .chosen)
        #expect(try ask(3, today) == nil)
    }

    @Test func aBookedVisitCanHaveThePlaceThatIsNamedAndNoneOnAClosedDay() {
        var moved = 0
        var closed = 0
        for seed in seeds(50) {
            let random = randomProblem(seed: seed)
            guard case .plan(let plan) = planned(random) else { continue }
            for visit in plan.visits {
                for away in [-2, -1, 1, 2] {
                    let day = visit.placement.day + away
                    guard let answer = answer(day, booked: visit.number, plan, random) else { continue }
                    switch answer.outcome {
                    case .costs(let possible):
                        moved += 1
                        verify(possible, plan, random, "seed \(seed), visit \(visit.number) on \(day)")
                    case .closed(let closing):
                        if closing.blockers.contains(where: { $0.rule == .gap || $0.rule == .phaseWindow }) {
                            continue
                        }
                        closed += 1
                        let place = anyPlace(on: day, for: visit, random)
                        #expect(place == nil, "seed \(seed), visit \(visit.number) on \(day)")
                    case .chosen, .blocksLater: Issue.record("seed \(seed): another day, and nothing else moves")
                    }
                }
            }
        }
        #expect(moved > 10 && closed > 10, "both happen: \(moved), \(closed)")
    }

    /// The visits as they would be break no rule and cost what is said, which is no less than the cheapest plan.
    private func verify(
        _ possible: DayAnswer.Possibility, _ plan: Plan, _ random: RandomProblem, _ what: String
    ) {
        var visits = plan.visits
        for changed in possible.visits { visits[changed.number - 1] = changed }
        let broken = violations(
            of: visits, for: random.problem.courses[0], on: planningCalendar(random), now: random.problem.now)
        #expect(broken.isEmpty, "\(what): \(broken)")
        let more = visits.reduce(0) { $0 + $1.terms.total } - plan.cost
        #expect(possible.difference.total == more && more >= 0, "\(what)")
    }

    /// Some place of a visit on a day whatever the rest of its course, found by trying everything.
    private func anyPlace(on day: Day, for visit: PlannedVisit, _ random: RandomProblem) -> [PlannedVisit]? {
        var alone = random.problem.courses[0]
        alone.regimen.phases = alone.regimen.phases.filter { $0.name == visit.phase }
        alone.regimen.phases[0].count = .exactly(1)
        alone.regimen.phases[0].firstGap = nil
        alone.wish.earliest = day
        alone.wish.startWithinDays = 0
        var oracle = BruteForce(alone, in: random.setting)
        return oracle.visits(withVisit: 1, on: day, usual: nil)
    }

    private func answer(
        _ day: Day, booked number: Int, _ plan: Plan, _ random: RandomProblem
    ) -> DayAnswer? {
        let phases = Dictionary(uniqueKeysWithValues: plan.visits.map { ($0.number, $0.phase) })
        let standing = StandingCourse(visits: plan.visits, phases: phases, usual: plan.usual)
        return try? explainDay(
            day, ofVisit: number, in: standing, for: random.problem.courses[0], on: planningCalendar(random),
            now: random.problem.now)
    }

    private func planned(_ random: RandomProblem) -> Outcome? {
        try? solve(random.problem, calendars: random.calendars).outcomes[0]
    }

    private func answer(_ day: Day, _ number: Int, _ plan: Plan, _ random: RandomProblem) -> DayAnswer? {
        try? explainDay(
            day, ofVisit: number, in: plan, for: random.problem.courses[0], on: planningCalendar(random),
            now: random.problem.now, today: random.problem.today)
    }
}
