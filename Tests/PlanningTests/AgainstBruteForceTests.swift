import Checker
import Planning
import TestSupport
import Testing

/// The search against a planner that tries everything, on random problems.
///
/// More of them are compared where the environment asks for it: see `seeds` in TestSupport.
@Suite struct AgainstBruteForceTests {
    @Test func searchAgreesWithTheBruteForceOnEveryAnswer() {
        for problem in ComparedProblem.small { compare(problem, remembers: false) }
    }

    @Test(arguments: RandomCorner.allCases)
    func searchAgreesInTheCornersThatChanceSeldomReaches(corner: RandomCorner) {
        for problem in ComparedProblem.corners[corner] ?? [] { compare(problem, remembers: false) }
    }

    @Test func searchAgreesOnLongCoursesWithAPlannerThatRemembers() {
        compareAnswers(.long, seeds: seeds(3))
    }

    /// Prices of thousands, where a plan that starts late costs more than one with a dear rest; found among many seeds.
    @Test(arguments: [401_816, 407_910, 408_822] as [UInt64])
    func aDearFirstDayDoesNotHideACheaperPlan(seed: UInt64) {
        compareAnswers(.small, seeds: seed..<(seed + 1))
    }

    private func compareAnswers(_ size: RandomSize, seeds: Range<UInt64>) {
        for seed in seeds {
            compare(ComparedProblem(seed: seed, randomProblem(seed: seed, size: size)), remembers: size == .long)
        }
    }

    private func compare(_ compared: ComparedProblem, remembers: Bool) {
        let (seed, random) = (compared.seed, compared.random)
        guard let answer = compared.answer else {
            Issue.record("seed \(seed): the search asks for more days")
            return
        }
        let breaches = Checker.check(answer, of: random.problem, calendars: random.calendars)
        #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
        compare(answer, seed: seed, random, remembers: remembers)
    }

    private func compare(_ answer: Answer, seed: UInt64, _ random: RandomProblem, remembers: Bool) {
        var setting = random.setting
        for (request, outcome) in zip(random.problem.courses, answer.outcomes) {
            var planner = BruteForce(request, in: setting, remembers: remembers)
            let expected = planner.outcome()
            if let difference = difference(of: outcome, from: expected) {
                Issue.record("seed \(seed), course \(request.id): \(difference)")
            }
            var problem = random.problem
            problem.bookings = setting.bookings
            if case .refusal(let refusal) = outcome {
                for remedy in refusal.wouldHelp {
                    verify(remedy, for: request, problem, random.calendars, seed: seed, remembers: remembers)
                }
            }
            if random.problem.mode == .sequence, case .plan(let plan) = expected {
                setting.bookings += bookings(of: plan, for: request)
            }
        }
    }

    /// A remedy makes a plan possible, and it costs what is said.
    private func verify(
        _ remedy: Refusal.Remedy, for request: CourseRequest, _ problem: Problem, _ calendars: DayCalendars,
        seed: UInt64, remembers: Bool
    ) {
        guard let changed = problem.applying(remedy, to: request) else {
            Issue.record("seed \(seed): \(remedy) names nothing that there is")
            return
        }
        var planner = BruteForce(
            changed.courses[0], in: Setting(changed, calendars: calendars), remembers: remembers)
        guard case .plan(let plan) = planner.outcome() else {
            Issue.record("seed \(seed): \(remedy) does not help")
            return
        }
        #expect(plan.cost == remedy.cost, "seed \(seed): \(remedy)")
    }
}

/// How two outcomes differ, in words; nil where they do not. What would help is left out of account.
func difference(of outcome: Outcome, from expected: Outcome) -> String? {
    switch (outcome, expected) {
    case (.plan(let plan), .plan(let best)):
        if plan == best { return nil }
        if plan.cost != best.cost { return "cost \(plan.cost) instead of \(best.cost): \(text(plan)), \(text(best))" }
        if plan.usual != best.usual { return "usual \(plan.usual ?? -1) instead of \(best.usual ?? -1)" }
        if plan.visits != best.visits { return "another plan: \(text(plan)) instead of \(text(best))" }
        return "other alternatives: \(plan.alternatives.map { text($0.visits) }) instead of "
            + "\(best.alternatives.map { text($0.visits) })"
    case (.refusal(let refusal), .refusal(let facts)):
        if refusal.visit != facts.visit { return "refused at visit \(refusal.visit) instead of \(facts.visit)" }
        if refusal.phase != facts.phase { return "refused in phase \(refusal.phase) instead of \(facts.phase)" }
        if refusal.days != facts.days { return "closed \(text(refusal.days)) instead of \(text(facts.days))" }
        return refusal.course == facts.course ? nil : "another course"
    case (.plan(let plan), .refusal(let facts)):
        return "planned \(text(plan)) instead of refused at visit \(facts.visit)"
    case (.refusal(let refusal), .plan(let best)):
        return "refused at \(refusal.visit), \(text(refusal.days)) instead of planned \(text(best))"
    }
}

private func text(_ plan: Plan) -> String { "usual \(plan.usual ?? -1) cost \(plan.cost) \(text(plan.visits))" }

private func text(_ visits: [PlannedVisit]) -> String {
    visits.map { visit in
        let placement = visit.placement
        let covers = placement.covers.map { "\($0.label):\($0.person)@\($0.interval.from)-\($0.interval.until)" }
        let terms = CostTerm.allCases.filter { visit.terms[$0] != 0 }.map { "\($0) \(visit.terms[$0])" }
        return
            "\(placement.day)+\(placement.start) \(placement.chair) \(placement.persons.map(\.text)) \(covers) \(terms)"
    }.joined(separator: "; ")
}

private func text(_ days: [Refusal.ClosedDay]) -> String {
    days.map { "\($0.day) \($0.closedBy?.rawValue ?? "several")" }.joined(separator: ", ")
}
