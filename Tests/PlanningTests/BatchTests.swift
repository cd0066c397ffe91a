import Checker
import Planning
import TestSupport
import Testing

@Suite struct BatchTests {
    /// A random problem whose course is asked for several times, by other patients and with fewer wishes.
    static func crowded(seed: UInt64, copies: Int) -> RandomProblem {
        var random = randomProblem(seed: seed)
        var courses: [CourseRequest] = []
        for (index, course) in random.problem.courses.enumerated() {
            for copy in 0..<copies {
                var other = course
                other.id = CourseID("k\(index)-\(copy)")
                // Every third copy is the same patient's.
                if copy % 3 != 2 { other.patient = PatientID("p\(index)-\(copy)") }
                if copy % 2 == 1 { other.usual = nil }
                if copy % 4 == 3 { other.preferred = [] }
                courses.append(other)
            }
        }
        random.problem.courses = courses
        random.problem.mode = .batch
        return random
    }

    static func outcome(_ random: RandomProblem, seed: UInt64 = 1, steps: Int) -> BatchOutcome? {
        guard
            case .outcome(let outcome) = planTogether(
                random.problem, calendars: random.calendars, seed: seed, stepBudget: steps)
        else { return nil }
        return outcome
    }

    @Test(arguments: 0..<60) func answersKeepEveryRuleAndTellTheirCost(seed: UInt64) throws {
        let random = Self.crowded(seed: seed, copies: 2 + Int(seed % 4))
        let outcome = try #require(Self.outcome(random, steps: 150), "seed \(seed) asks for more days")
        let breaches = Checker.check(outcome.answer, of: random.problem, calendars: random.calendars)
        #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
        let progress = outcome.progress
        #expect(progress.cost == outcome.answer.plans.reduce(0) { $0 + $1.cost }, "seed \(seed)")
        #expect(progress.unplaced == outcome.answer.refusals.count, "seed \(seed)")
        #expect(progress.bound <= progress.cost && progress.unplacedBound <= progress.unplaced, "seed \(seed)")
    }

    /// One course in a batch is inserted as exactly as the search of one course plans it.
    @Test func oneCourseCostsWhatItsSearchSays() throws {
        for seed in UInt64(0)..<150 {
            var random = randomProblem(seed: seed)
            random.problem.courses = Array(random.problem.courses.prefix(1))
            random.problem.facility.planning.weights.crowding = 0
            random.problem.facility.planning.weights.idle = 0
            random.problem.facility.planning.weights.workload = 0
            random.problem.mode = .each
            guard case .answer(let alone) = solve(random.problem, calendars: random.calendars) else {
                Issue.record("seed \(seed) asks for more days")
                continue
            }
            random.problem.mode = .batch
            let outcome = try #require(Self.outcome(random, seed: seed, steps: 3))
            #expect(outcome.answer.plans.map(\.cost) == alone.plans.map(\.cost), "seed \(seed)")
            #expect(outcome.answer.refusals.map(\.days) == alone.refusals.map(\.days), "seed \(seed)")
        }
    }
}
