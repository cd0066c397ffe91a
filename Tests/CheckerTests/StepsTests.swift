import Checker
import Planning
import TestSupport
import Testing

/// How many visits of a course are planned, with their gaps (docs/contract/planning.md section 2).
@Suite struct StepsTests {
    private let first = day("2026-03-02")

    private func steps(
        _ phases: [Phase], horizon: Int = 28, today: Day? = nil, endDay: Day? = nil
    ) -> [CheckedStep] {
        let facility = clinic()
        var request = course(phases, at: facility, earliest: first)
        request.wish.endDay = endDay
        var planning = facility.planning
        planning.horizonDays = horizon
        return Checker.steps(of: request, planning: planning, today: today ?? first)
    }

    private func open(gaps: [Int] = [7], endsAfter: Int? = nil) -> Phase {
        var phase = phase(1, named: "maintenance", gaps: gaps)
        phase.count = .open
        phase.endsAfterDays = endsAfter
        return phase
    }

    @Test func gapsAreRepeatedCyclicallyFromTheSecondVisitOn() {
        let found = steps([phase(6, gaps: [2, 2, 3])])
        #expect(found.map(\.gapIdeal) == [0, 2, 2, 3, 2, 2])
        #expect(found.map { $0.nominal - first } == [0, 2, 4, 7, 9, 11])
        #expect(found.map(\.number) == [1, 2, 3, 4, 5, 6])
    }

    @Test func aPhaseBeginsWithItsFirstGapOrElseWithTheFirstOfItsGaps() {
        var taper = phase(2, named: "taper", gaps: [5, 9], before: 1, after: 2)
        #expect(steps([phase(1), taper]).map(\.gapIdeal) == [0, 5, 5])
        #expect(steps([phase(1), taper]).map(\.gapMaximum) == [14, 7, 7])
        taper.firstGap = Phase.FirstGap(ideal: 3, minimum: 2, maximum: 8)
        #expect(steps([phase(1), taper]).map(\.gapIdeal) == [0, 3, 5])
        #expect(steps([phase(1), taper]).map(\.gapMinimum) == [0, 2, 4])
        #expect(steps([phase(1), taper]).map(\.gapMaximum) == [14, 8, 7])
    }

    @Test func toleranceNeverAllowsAGapBelowOneDay() {
        #expect(steps([phase(2, gaps: [2], before: 3)]).map(\.gapMinimum) == [0, 1])
    }

    @Test func theMaximumOfACountIsPlannedHoweverFarItReaches() {
        var induction = phase(1)
        induction.count = .between(minimum: 2, maximum: 5)
        #expect(steps([induction], horizon: 1).count == 5)
    }

    @Test func anOpenPhaseIsPlannedThroughTheHorizonOfThePlanningDay() {
        #expect(steps([open()], horizon: 28).count == 5)
        #expect(steps([open()], horizon: 27).count == 4)
        #expect(steps([open()], horizon: 27, today: first + 1).count == 5)
        #expect(steps([open()], horizon: 28, today: first - 29).isEmpty)
        #expect(steps([phase(2), open()], horizon: 14).count == 3)
    }

    @Test func anOpenPhaseEndsSomeDaysAfterItsFirstNominalDay() {
        #expect(steps([phase(2), open(endsAfter: 14)], horizon: 182).count == 5)
        #expect(steps([phase(2), open(endsAfter: 13)], horizon: 182).count == 4)
    }

    @Test func theCoursesLastDayLimitsAnOpenPhaseAndNoOther() {
        #expect(steps([open()], horizon: 182, endDay: first + 14).count == 3)
        #expect(steps([open()], horizon: 182, endDay: first + 13).count == 2)
        #expect(steps([phase(4)], endDay: first + 13).count == 4)
    }

    @Test func aCourseWithNothingInsideTheHorizonHasAnEmptyPlan() {
        let facility = clinic()
        var planning = setting(facility)
        planning.facility.planning.horizonDays = 0
        let request = course([open()], at: facility, earliest: planning.today + 1)
        var planner = BruteForce(request, in: planning)
        #expect(planner.outcome() == .plan(Plan(course: "k1", usual: nil, visits: [])))
    }
}
