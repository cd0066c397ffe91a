import Checker
import Planning
import TestSupport
import Testing

@Test func scratchStatistics() {
    var counts: [String: Int] = [:]
    func count(_ key: String) { counts[key, default: 0] += 1 }
    let clock = ContinuousClock()
    var times: [(Duration, UInt64)] = []
    for seed in 0..<400 as Range<UInt64> {
        let random = randomProblem(seed: seed)
        var answer = Answer(outcomes: [])
        let time = clock.measure { answer = bruteForceAnswer(random) }
        times.append((time, seed))
        count("bookings \(min(9, random.problem.bookings.count))")
        for outcome in answer.outcomes {
            switch outcome {
            case .plan(let plan):
                count("plan of \(plan.visits.count)")
                if plan.visits.contains(where: { !$0.placement.covers.isEmpty }) { count("plan with covers") }
                if plan.visits.contains(where: { Set($0.placement.persons).count < $0.placement.persons.count }) { count("plan with one person twice") }
                count("alternatives \(plan.alternatives.count)")
                for term in CostTerm.allCases where plan.terms[term] > 0 { count("cost \(term)") }
            case .refusal(let refusal):
                count("refused at \(refusal.visit)")
                for day in refusal.days { count("closed by \(day.closedBy?.rawValue ?? "several")") }
            }
        }
    }
    for (key, value) in counts.sorted(by: { $0.key < $1.key }) { print(key, value) }
    print(times.sorted { $0.0 > $1.0 }.prefix(8))
}
