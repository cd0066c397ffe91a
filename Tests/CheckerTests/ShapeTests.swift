import Checker
import Planning
import TestSupport
import Testing

/// A change to the scenario, and the part of the plan that is misshapen then.
struct ShapeCase: CustomTestStringConvertible, Sendable {
    let part: String?
    let name: String
    let change: @Sendable (inout Scenario) -> Void

    var testDescription: String { name }

    init(_ part: String?, _ name: String, _ change: @escaping @Sendable (inout Scenario) -> Void) {
        self.part = part
        self.name = name
        self.change = change
    }
}

private func away(_ person: PersonID, _ from: String, _ until: String) -> TimeOff {
    TimeOff(person: person, interval: Interval(Scenario.instant(from), Scenario.instant(until)))
}

private func cover(_ person: PersonID, _ from: String, _ until: String) -> Cover {
    Cover(label: "nurse", person: person, interval: Interval(time(from), time(until)))
}

private let qualified = [Credential(name: "acls")]

private let shapeCases: [ShapeCase] = [
    ShapeCase("visit-count", "a visit too few") { $0.placements.removeLast() },
    ShapeCase("start", "a start that the clock does not allow") { $0.placements[0].start = 620 },
    ShapeCase(nil, "a start that the clinic allows") {
        $0.facility.startEveryMinutes = 5
        $0.placements[0].start = 620
    },
    ShapeCase("start", "a start before the day") { $0.placements[0].start = -15 },
    ShapeCase("chair", "a chair that is not there") { $0.placements[0].chair = "c9" },
    ShapeCase("person", "a person who is not there") { $0.placements[0].persons = ["n9"] },
    ShapeCase("attendants", "a person too many") { $0.placements[0].persons = ["n1", "n2"] },
    ShapeCase("day", "a day without a calendar") {
        $0.request.wish.startWithinDays = 1000
        $0.placements[0].day = Scenario.first + 1000
        $0.request.regimen.phases[0].count = .exactly(1)
        $0.placements.removeLast()
    },
    ShapeCase("covers", "a cover that no absence asks for") {
        $0.placements[0].covers = [cover("n2", "10:41", "10:52")]
    },
    ShapeCase("covers", "a cover who is not the first in order") {
        $0.timeOff = [away("n1", "10:41", "10:52")]
        $0.facility.staff.append(person("n4", "nurse", credentials: qualified))
        $0.placements[0].covers = [cover("n4", "10:41", "10:52")]
    },
    ShapeCase(nil, "the second in order where the first has no load free") {
        $0.timeOff = [away("n1", "10:41", "10:52")]
        $0.facility.staff.append(person("n4", "nurse", credentials: qualified))
        $0.placements[0].covers = [cover("n4", "10:41", "10:52")]
        let watch = visitType("watch", stages: [stage(5, ["nurse": 81])])
        $0.bookings = [booking("b1", watch, on: Scenario.first, at: time("10:47"), chair: "c2", persons: ["n2"])]
    },
    ShapeCase(nil, "one break over two stages has two covers") { scenario in
        scenario.facility.visitTypes[0].stages[2].handover = true
        scenario.request.visitTypes = scenario.facility.visitTypes
        scenario.timeOff = [away("n1", "10:50", "11:10")]
        scenario.placements[0].covers = [cover("n2", "10:50", "11:00"), cover("n2", "11:00", "11:10")]
    },
    ShapeCase("usual", "no usual time though a visit has rhythm") { $0.usual = nil },
    ShapeCase("usual", "another usual time than the one given") {
        $0.usual = 630
        for visit in 1...2 { $0.claims[visit, default: CostTerms()][.rhythm] = 2 }
    },
    ShapeCase("usual", "a chosen usual time that is no half hour") { $0.request.wish.usual = nil },
    ShapeCase(nil, "a chosen half hour") {
        $0.request.wish.usual = nil
        $0.usual = 600
        for visit in 1...2 { $0.claims[visit, default: CostTerms()][.rhythm] = 2 }
    },
    ShapeCase("usual", "a usual time though no visit has rhythm") { $0.request.regimen.phases[0].rhythm = false },
]

@Suite struct ShapeTests {
    @Test(arguments: shapeCases) func aPlanIsOfItsShapeOrSaysWhichPartIsNot(_ item: ShapeCase) {
        #expect(with(Scenario(), item.change).findings() == (item.part.map { [.shape($0)] } ?? []))
    }

    @Test func aCoverThatEndsTooSoonLeavesTheLabelAlone() {
        let scenario = with {
            $0.timeOff = [away("n1", "10:41", "10:52")]
            $0.placements[0].covers = [cover("n2", "10:41", "10:51")]
        }
        #expect(scenario.findings() == [.rule(.attendantOnDuty), .shape("covers")])
    }

    @Test func numbersPhasesAndTypesFollowTheRegimen() {
        var plan = Scenario().plan
        plan.visits[0].number = 2
        plan.visits[0].phase = "taper"
        plan.visits[0].visitType.turnoverMinutes = 0
        #expect(parts(of: plan) == ["number", "phase", "visit-type"])
    }

    @Test func anAnswerHasAnOutcomeForEveryCourse() {
        let breaches = check(Answer(outcomes: []), of: Scenario().problem, calendars: Scenario.calendars)
        #expect(breaches.map(\.what) == [.shape("outcome-count")])
    }

    @Test func aPlanNamesItsCourse() {
        var plan = Scenario().plan
        plan.course = "k9"
        #expect(parts(of: plan) == ["course"])
    }

    /// Alternatives that start a day and two days later; the gap stays.
    private func planWithAlternatives() -> (scenario: Scenario, plan: Plan) {
        let scenario = with {
            $0.request.alternatives = 2
            $0.facility.staff[0].credentials = qualified
        }
        var plan = scenario.plan
        for days in 1...2 {
            var later = scenario
            for index in later.placements.indices { later.placements[index].day = later.placements[index].day + days }
            later.claims[1] = CostTerms()
            later.claims[1]?[.start] = 5 * days
            plan.alternatives.append(Alternative(visits: later.plan.visits, difference: 5 * days))
        }
        return (scenario, plan)
    }

    private func parts(of plan: Plan, _ scenario: Scenario = Scenario()) -> [String] {
        check(Answer(outcomes: [.plan(plan)]), of: scenario.problem, calendars: Scenario.calendars).map { breach in
            switch breach.what {
            case .shape(let part): part
            case .rule(let rule): rule.rawValue
            case .cost(let term, _, _): term.rawValue
            }
        }
    }

    @Test func alternativesAreInOrderOnOtherFirstDaysWithTheirDifference() {
        let (scenario, plan) = planWithAlternatives()
        #expect(parts(of: plan, scenario).isEmpty)

        var reversed = plan
        reversed.alternatives.reverse()
        #expect(parts(of: reversed, scenario) == ["alternatives"])

        var wrong = plan
        wrong.alternatives[0].difference = 6
        #expect(parts(of: wrong, scenario) == ["difference"])

        var same = plan
        same.alternatives = [Alternative(visits: plan.visits, difference: 0)]
        #expect(parts(of: same, scenario) == ["alternatives"])

        var broken = plan
        broken.alternatives[0].visits[0].placement.chair = "c3"
        #expect(parts(of: broken, scenario) == ["chair-features"])

        var tooMany = scenario
        tooMany.request.alternatives = 1
        #expect(parts(of: plan, tooMany) == ["alternatives"])
    }

    @Test func anAlternativeThatIsCheaperThanThePlanIsFound() {
        var (scenario, plan) = planWithAlternatives()
        swap(&plan.visits, &plan.alternatives[0].visits)
        plan.alternatives.removeLast()
        plan.alternatives[0].difference = -5
        scenario.request.alternatives = 1
        #expect(parts(of: plan, scenario) == ["alternatives"])
    }
}
