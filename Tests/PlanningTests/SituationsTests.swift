import Checker
import Planning
import TestSupport
import Testing

/// That the random problems on which the search is compared with trying everything hold what could go wrong: every
/// corner of the contract, every rule that closes a day, every cost term, every remedy.
@Suite struct SituationsTests {
    @Test func theComparedProblemsMeetEverySituationRuleTermAndRemedy() {
        var situations: [Situation: Int] = [:]
        var rules: [Rule: Int] = [:]
        var terms: [CostTerm: Int] = [:]
        var remedies: [Refusal.Remedy.Kind: Int] = [:]
        var several = 0
        for compared in ComparedProblem.small + ComparedProblem.corners.values.flatMap(\.self) {
            let random = compared.random
            guard let answer = compared.answer else { continue }
            for (request, outcome) in zip(random.problem.courses, answer.outcomes) {
                switch outcome {
                case .plan(let plan) where !plan.visits.isEmpty:
                    for situation in random.situations(of: plan, for: request) {
                        situations[situation, default: 0] += 1
                    }
                    for term in CostTerm.allCases where plan.terms[term] > 0 { terms[term, default: 0] += 1 }
                case .plan: break
                case .refusal(let refusal):
                    for day in refusal.days {
                        if let rule = day.closedBy { rules[rule, default: 0] += 1 } else { several += 1 }
                    }
                    for remedy in refusal.wouldHelp { remedies[remedy.kind, default: 0] += 1 }
                }
            }
        }
        let missing = Situation.allCases.filter { situations[$0] == nil }
        #expect(missing.isEmpty, "never met: \(missing)")
        // `gap` bounds the days that are listed and `authorisation` never closes one.
        let silent = Rule.allCases.filter { rules[$0] == nil && $0 != .gap && $0 != .authorisation }
        #expect(silent.isEmpty, "close no day: \(silent)")
        #expect(several > 0)
        // Nothing costs by these yet.
        let later: Set<CostTerm> = [.site, .session]
        let free = CostTerm.allCases.filter { terms[$0] == nil && !later.contains($0) }
        #expect(free.isEmpty, "cost nothing anywhere: \(free)")
        let useless = Refusal.Remedy.Kind.allCases.filter { remedies[$0] == nil }
        #expect(useless.isEmpty, "never help: \(useless)")
    }
}
