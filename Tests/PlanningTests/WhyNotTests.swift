import Planning
import TestSupport
import Testing

/// Why a visit is not on a day.
@Suite struct WhyNotTests {
    private let first = Day(number: 20_000)

    private func why(
        _ day: Int, visit: Int = 2, closed: [Int] = [], turns: [Turn] = [],
        change: (inout CourseRequest) -> Void = { _ in }
    ) -> WhyNot {
        var facility = clinic()
        facility.closures = closed.map { Closure(from: first + $0, through: first + $0) }
        let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first - 3, count: 120))
        var request = course([phase(3, gaps: [7], before: 2, after: 2)], at: facility, earliest: first)
        request.startWithinDays = 0
        change(&request)
        return whyNot(
            visit: visit, on: first + day, request, continuing: turns, on: calendar, now: first.number * 1440 - 1440,
            today: first - 1)
    }

    @Test func aDayThatIsOpenSaysWhatItWouldHaveCostMore() {
        // The cheapest has no gap cost; two days early costs 20, and the next gap can still be ideal.
        #expect(why(7) == .possible(difference: 0))
        #expect(why(5) == .possible(difference: 20))
        #expect(why(9) == .possible(difference: 20))
    }

    @Test func aDayOutsideOfItsGapIsClosedByIt() {
        #expect(why(4) == .closed([.gap]) && why(10) == .closed([.gap]) && why(-2) == .closed([.gap]))
        #expect(why(1, visit: 1) == .closed([.gap]))
    }

    @Test func aClosedDayNamesTheRulesThatCloseIt() {
        #expect(why(6, closed: [6]) == .closed([.openingHours]))
        #expect(why(6) { $0.blackoutDays = [Day(number: 20_006)] } == .closed([.patientAvailable]))
        #expect(why(6, closed: [6]) { $0.blackoutDays = [Day(number: 20_006)] } == .closed([]))
    }

    @Test func aDayThatLeavesALaterVisitWithoutOneSaysSo() {
        #expect(why(5, closed: [10, 11, 12, 13]) == .possible(difference: 20 + 20))
        #expect(why(5, closed: [10, 11, 12, 13, 14]) == .blocks(visit: 3))
    }

    @Test func aCourseThatHasBegunIsAskedFromItsLastVisit() {
        let kept = [Turn(phase: "induction", standing: .kept(first + 1, nil))]
        #expect(why(8, turns: kept) == .possible(difference: 0) && why(5, turns: kept) == .closed([.gap]))
        #expect(why(8, visit: 1, turns: kept) == .unknown && why(8, visit: 4) == .unknown)
        #expect(why(500) == .needsDays(through: first + 500))
    }
}
