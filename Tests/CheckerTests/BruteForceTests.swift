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
    @Test func everyPlanOfTheBruteForcePassesTheChecker() {
        var plans = 0
        var refusals = 0
        for seed in 0..<400 as Range<UInt64> {
            let random = randomProblem(seed: seed)
            let answer = bruteForceAnswer(random)
            let breaches = check(answer, of: random.problem, calendars: random.calendars)
            #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
            plans += answer.plans.count
            refusals += answer.refusals.count
        }
        #expect(plans > 100, "random problems that can be solved are of use")
        #expect(refusals > 40, "and some that cannot")
        print(plans, refusals)
    }
}
