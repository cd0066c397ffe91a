import Checker
import Planning
import TestSupport
import Testing

/// The answer of the planner that tries everything, course by course.
func bruteForceAnswer(_ random: RandomProblem, everyPlace: Bool = false) -> Answer {
    var setting = random.setting
    var outcomes: [Outcome] = []
    for request in random.problem.courses {
        var planner = BruteForce(request, in: setting, everyPlace: everyPlace)
        let outcome = planner.outcome()
        outcomes.append(outcome)
        if random.problem.mode == .sequence, case .plan(let plan) = outcome {
            setting.bookings += bookings(of: plan, for: request)
        }
    }
    return Answer(outcomes: outcomes)
}

@Suite struct BruteForceTests {
    @Test func everyPlanOfTheBruteForcePassesTheCheckerAndAChangedOneDoesNot() {
        var counts = (plans: 0, refusals: 0, changed: 0, unnoticed: 0)
        for seed in seeds(120) {
            let random = randomProblem(seed: seed)
            let answer = bruteForceAnswer(random)
            let breaches = check(answer, of: random.problem, calendars: random.calendars)
            #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
            counts.plans += answer.plans.count
            counts.refusals += answer.refusals.count
            guard case .plan(let plan) = answer.outcomes.last, !plan.visits.isEmpty else { continue }
            var dice = SplitMix64(seed: seed)
            for _ in 0..<4 {
                let changed = changed(plan, random.problem, &dice)
                guard changed.visits != plan.visits else { continue }
                var outcomes = answer.outcomes
                outcomes[outcomes.count - 1] = .plan(changed)
                counts.changed += 1
                if check(Answer(outcomes: outcomes), of: random.problem, calendars: random.calendars).isEmpty {
                    // Another plan of the same cost: it has to come after the one that was found.
                    counts.unnoticed += 1
                    #expect(isLater(changed, than: plan, random.problem), "seed \(seed)")
                }
            }
        }
        #expect(counts.plans > 30 && counts.refusals > 20, "random problems are of both kinds: \(counts)")
        #expect(counts.changed > 100 && counts.unnoticed * 4 < counts.changed, "changes are noticed: \(counts)")
    }

    @Test func onlyTheBestPlaceOfADayAndContinuityPersonMatters() {
        for seed in seeds(40) {
            let random = randomProblem(seed: seed, size: .tiny)
            #expect(bruteForceAnswer(random) == bruteForceAnswer(random, everyPlace: true), "seed \(seed)")
        }
    }

    @Test func whatIsRememberedChangesNothing() {
        for seed in seeds(40) {
            let random = randomProblem(seed: seed)
            var tries = BruteForce(random.problem.courses[0], in: random.setting)
            var remembers = BruteForce(random.problem.courses[0], in: random.setting, remembers: true)
            #expect(tries.outcome() == remembers.outcome(), "seed \(seed)")
        }
    }

    /// The plan with one visit at another place, or with another cost.
    private func changed(_ plan: Plan, _ problem: Problem, _ dice: inout SplitMix64) -> Plan {
        var changed = plan
        changed.alternatives = []
        let index = dice.number(0...(plan.visits.count - 1))
        let facility = problem.facility
        switch dice.number(0...5) {
        case 0: changed.visits[index].placement.day = plan.visits[index].placement.day + dice.pick([-1, 1])
        case 1: changed.visits[index].placement.start += dice.pick([-60, -30, -15, 15, 30, 60])
        case 2: changed.visits[index].placement.chair = dice.pick(facility.chairs).id
        case 3 where !plan.visits[index].placement.persons.isEmpty:
            changed.visits[index].placement.persons[0] = dice.pick(facility.staff).id
        case 4 where !plan.visits[index].placement.covers.isEmpty:
            changed.visits[index].placement.covers.removeLast()
        default: changed.visits[index].terms[dice.pick(CostTerm.allCases)] += dice.pick([-1, 1])
        }
        return changed
    }

    /// Whether a plan of equal cost comes after another by days, starts, chairs and persons.
    private func isLater(_ plan: Plan, than other: Plan, _ problem: Problem) -> Bool {
        func order(_ plan: Plan) -> [[Int]] {
            let places = plan.visits.map(\.placement)
            return [
                places.map(\.day.number), places.map(\.start),
                places.map { place in problem.facility.chairs.firstIndex { $0.id == place.chair } ?? 0 },
                places.flatMap(\.persons).map { id in problem.facility.staff.firstIndex { $0.id == id } ?? 0 },
            ]
        }
        let (left, right) = (order(plan), order(other))
        guard let level = left.indices.first(where: { left[$0] != right[$0] }) else { return false }
        return right[level].lexicographicallyPrecedes(left[level])
    }
}
