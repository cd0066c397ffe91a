import Checker
import Planning
import TestSupport
import Testing

/// Two courses on the same places, in each mode.
@Suite struct ModeTests {
    private func findings(
        _ mode: Problem.Mode, _ first: Scenario = Scenario(), _ second: Scenario = Scenario(),
        patients: (PatientID, PatientID) = ("p1", "p2")
    ) -> [Breach] {
        var problem = first.problem
        problem.courses = [first.request, second.request]
        problem.courses[0].patient = patients.0
        problem.courses[1].id = "k2"
        problem.courses[1].patient = patients.1
        problem.mode = mode
        var other = second.plan
        other.course = "k2"
        return check(
            Answer(outcomes: [.plan(first.plan), .plan(other)]), of: problem, calendars: Scenario.calendars)
    }

    /// The second course's plan on another chair and nurse, at the same time.
    private var beside: Scenario {
        with {
            for index in $0.placements.indices {
                $0.placements[index].chair = "c2"
                $0.placements[index].persons = ["n2"]
            }
        }
    }

    @Test func inModeEachCoursesDoNotMeet() {
        #expect(findings(.each).isEmpty)
    }

    @Test func inModeSequenceACourseMeetsThePlansBeforeIt() {
        let found = findings(.sequence)
        #expect(found.allSatisfy { $0.course == "k2" })
        let rules = found.compactMap { if case .rule(let rule) = $0.what { rule } else { nil } }
        #expect(rules == [.chairFree, .attendantCapacity, .chairFree, .attendantCapacity])
    }

    @Test func inModeSequenceThePlansBeforeCrowdTheDay() {
        #expect(
            findings(.sequence, Scenario(), beside).map(\.what) == [
                .cost(.crowding, claimed: 0, actual: 1), .cost(.crowding, claimed: 0, actual: 1),
            ])
    }

    @Test func inModeBatchEveryCourseMeetsTheOthersAndOnlySomeTermsCount() {
        #expect(findings(.batch, Scenario(), beside).isEmpty)
        #expect(Set(findings(.batch).map(\.course)) == ["k1", "k2"])
        let claimed = with(beside) {
            $0.claims[1] = CostTerms()
            $0.claims[1]?[.crowding] = 1
        }
        #expect(findings(.batch, Scenario(), claimed).map(\.what) == [.cost(.crowding, claimed: 1, actual: 0)])
    }

    @Test func onePatientHasOneVisitADayInAnyCourseThatIsPlacedBefore() {
        for mode in [Problem.Mode.sequence, .batch] {
            let found = findings(mode, Scenario(), beside, patients: ("p1", "p1"))
            #expect(found.contains { $0.what == .rule(.oneVisitADay) })
        }
        #expect(findings(.each, patients: ("p1", "p1")).isEmpty)
    }

    @Test func inModeBatchACoverNeedNotBeTheFirstInOrder() {
        let scenario = with {
            $0.facility.staff.append(person("n4", "nurse", credentials: [Credential(name: "acls")]))
            let away = Interval(Scenario.instant("10:41"), Scenario.instant("10:52"))
            $0.timeOff = [TimeOff(person: "n1", interval: away)]
            $0.placements[0].covers = [Cover(label: "nurse", person: "n4", interval: Interval(641, 652))]
        }
        #expect(scenario.findings() == [.shape("covers")])
        #expect(with(scenario) { $0.mode = .batch }.findings().isEmpty)
    }

    @Test func inModeBatchACourseMayBeRefusedThoughItFitsAlone() {
        let scenario = Scenario()
        let refusal = Refusal(course: "k1", visit: 1, phase: "induction", days: [], wouldHelp: [])
        var problem = scenario.problem
        let answer = Answer(outcomes: [.refusal(refusal)])
        #expect(check(answer, of: problem, calendars: Scenario.calendars).map(\.what) == [.shape("refusal")])
        problem.mode = .batch
        #expect(check(answer, of: problem, calendars: Scenario.calendars).isEmpty)
    }
}
