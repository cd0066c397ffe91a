import Checker
import Planning
import TestSupport
import Testing

/// Refusals: the first visit not reached, the days it could have had, and what closes them.
@Suite struct RefusalTests {
    private func facts(_ change: (inout Scenario) -> Void) -> RefusalFacts? {
        let scenario = with(Scenario(), change)
        return refusalFacts(for: scenario.request, in: Setting(scenario.problem, calendars: Scenario.calendars))
    }

    @Test func aCourseThatCanBePlacedHasNone() {
        #expect(facts { _ in } == nil)
    }

    @Test func everyDayOfTheStartWindowIsListedWithTheRuleThatClosesIt() {
        let found = facts {
            $0.request.wish.startWithinDays = 3
            $0.request.wish.endDay = Scenario.first + 2
            $0.request.wish.blackoutDays = [Scenario.first]
            $0.facility.closures = [Closure(from: Scenario.first + 1, through: Scenario.first + 1)]
            $0.bookings = [
                booking(
                    "b1", patient: "p1", visitType("rest", attendants: [], stages: [stage(5, [:])]),
                    on: Scenario.first + 2, at: 540, persons: [])
            ]
        }
        #expect(found?.visit == 1)
        #expect(
            found?.days == [
                .init(day: Scenario.first, closedBy: .patientAvailable),
                .init(day: Scenario.first + 1, closedBy: .openingHours),
                .init(day: Scenario.first + 2, closedBy: .oneVisitADay),
                .init(day: Scenario.first + 3, closedBy: .courseEnd),
            ])
    }

    @Test func twoRulesThatEachCloseTheDayAreSeveral() {
        let found = facts {
            $0.request.wish.startWithinDays = 0
            $0.request.wish.features = ["bed"]
            $0.request.wish.blackoutDays = [Scenario.first]
        }
        #expect(found?.days == [.init(day: Scenario.first, closedBy: nil)])
    }

    @Test func aLaterVisitIsNamedWithDaysFromEveryPredecessorBeyondThePhaseWindowToo() {
        let found = facts {
            $0.request.wish.startWithinDays = 1
            $0.request.regimen.phases[0].withinDays = 7
            $0.request.regimen.phases[0].toleranceAfter = 1
            $0.request.regimen.phases[0].toleranceBefore = 0
            $0.request.wish.blackoutDays = [Scenario.second, Scenario.second + 1]
            $0.facility.staff[0].credentials = [Credential(name: "acls")]
            $0.facility.staff[1].credentials = [Credential(name: "acls")]
        }
        #expect(found?.visit == 2)
        #expect(
            found?.days == [
                .init(day: Scenario.second, closedBy: .patientAvailable),
                .init(day: Scenario.second + 1, closedBy: .patientAvailable),
                .init(day: Scenario.second + 2, closedBy: .phaseWindow),
            ])
    }

    @Test func theLastValidDayOfACredentialClosesTheDayAfter() {
        let found = facts {
            $0.request.wish.startWithinDays = 0
            $0.request.regimen.phases[0].gaps = [8]
        }
        #expect(found?.days == [.init(day: Scenario.second + 1, closedBy: .attendantQualified)])
    }

    @Test func withoutAttendantOnDutyNobodyIsAwayAndNoPresenceIsAsked() {
        let found = facts {
            $0.request.wish.startWithinDays = 0
            for index in $0.facility.staff.indices { $0.facility.staff[index].shifts = [] }
        }
        #expect(found?.days == [.init(day: Scenario.first, closedBy: .attendantOnDuty)])
    }

    @Test func aRefusalThatIsWrongInAnyPointIsFound() {
        let scenario = with {
            $0.request.wish.startWithinDays = 0
            $0.request.wish.features = ["bed"]
        }
        let right = Refusal(
            course: "k1", visit: 1, phase: "induction", days: [.init(day: Scenario.first, closedBy: .chairFeatures)],
            wouldHelp: [
                .init(kind: .features, target: "k1", amount: 1, cost: 0),
                .init(kind: .startWindow, target: "k1", amount: 1, cost: 5),
            ])
        func parts(_ change: (inout Refusal) -> Void) -> [Breach.Finding] {
            var refusal = right
            change(&refusal)
            return check(Answer(outcomes: [.refusal(refusal)]), of: scenario.problem, calendars: Scenario.calendars)
                .map(\.what)
        }
        #expect(parts { _ in }.isEmpty)
        #expect(parts { $0.course = "k2" } == [.shape("course")])
        #expect(parts { $0.visit = 2 } == [.shape("refusal")])
        #expect(parts { $0.phase = "taper" } == [.shape("phase")])
        #expect(parts { $0.days = [] } == [.shape("refusal-days")])
        #expect(parts { $0.days[0].closedBy = .chairFree } == [.shape("closed-by")])
        #expect(parts { $0.days[0].closedBy = nil } == [.shape("closed-by")])
        #expect(parts { $0.wouldHelp.reverse() } == [.shape("would-help")])
    }
}
