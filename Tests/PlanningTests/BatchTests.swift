import Checker
import Dispatch
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
                if copy % 2 == 1 { other.wish.usual = nil }
                if copy % 4 == 3 { other.wish.preferred = [] }
                courses.append(other)
            }
        }
        random.problem.courses = courses
        random.problem.mode = .batch
        return random
    }

    static func outcome(_ random: RandomProblem, seed: UInt64 = 1, steps: Int) throws(NeedsDays) -> BatchOutcome {
        try planTogether(random.problem, calendars: random.calendars, seed: seed, stepBudget: steps)
    }

    @Test(arguments: 0..<60) func answersKeepEveryRuleAndTellTheirCost(seed: UInt64) throws {
        let random = Self.crowded(seed: seed, copies: 2 + Int(seed % 4))
        let outcome = try Self.outcome(random, steps: 150)
        let breaches = Checker.check(outcome.answer, of: random.problem, calendars: random.calendars)
        #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
        let progress = outcome.progress
        #expect(progress.cost == outcome.answer.plans.reduce(0) { $0 + $1.cost }, "seed \(seed)")
        #expect(progress.unplaced == outcome.answer.refusals.count, "seed \(seed)")
        #expect(progress.bound <= progress.cost && progress.unplacedBound <= progress.unplaced, "seed \(seed)")
    }

    @Test func sideBySideOrOneAfterTheOtherTheAnswerIsTheSame() throws {
        let problem = generate(family: .tight, seed: 5)
        let calendars = DayCalendars.utc(from: problem.today, count: 250)
        let inTurn = try planTogether(problem, calendars: calendars, seed: 3, stepBudget: 600)
        let atOnce = try planTogether(
            problem, calendars: calendars, seed: 3, stepBudget: 600,
            concurrently: { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) })
        #expect(inTurn == atOnce)
    }

    @Test func aBudgetIsKeptAndStoppingKeepsTheBestSoFar() throws {
        let problem = generate(family: .tight, seed: 2)
        let calendars = DayCalendars.utc(from: problem.today, count: 250)
        var told: [BatchProgress] = []
        let outcome = try planTogether(problem, calendars: calendars, stepBudget: 600, report: { told.append($0) })
        // A step begun is finished, so more may be spent than the budget says: at most as much again.
        #expect((600...1200).contains(outcome.progress.steps))
        let worth = told.map { ($0.unplaced, $0.cost) }
        #expect(!worth.isEmpty && zip(worth, worth.dropFirst()).allSatisfy { $0 > $1 })
        #expect(worth.last.map { $0 == (outcome.progress.unplaced, outcome.progress.cost) } ?? false)
        let stopped = try planTogether(problem, calendars: calendars, stepBudget: Int.max, shouldStop: { true })
        #expect(stopped.progress.unplaced == problem.courses.count)
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
            let alone = try solve(random.problem, calendars: random.calendars)
            random.problem.mode = .batch
            let outcome = try Self.outcome(random, seed: seed, steps: 3)
            #expect(outcome.answer.plans.map(\.cost) == alone.plans.map(\.cost), "seed \(seed)")
            #expect(outcome.answer.refusals.map(\.days) == alone.refusals.map(\.days), "seed \(seed)")
        }
    }
}
