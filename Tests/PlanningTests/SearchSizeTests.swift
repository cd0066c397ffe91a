import Planning
import TestSupport
import Testing

/// How many steps a search takes. A clock would tell the machine's mood; steps are the same everywhere.
@Suite struct SearchSizeTests {
    private let first = Day(number: 20_002)
    private let nurses = 6

    /// A clinic with some visits a day, and a course of weekly visits that may each move by two days.
    private func size(
        visits: Int, usual: Int? = nil, booked: Int = 0, rhythm: Bool = true, within: Int? = nil,
        goal: Phase.Goal? = nil,
        days: Int = 400
    ) throws -> SearchSize {
        let type = visitType(
            turnover: 15, attendants: [Attendant(label: "nurse", role: "nurse", continuity: true)],
            stages: [stage(30, ["nurse": 60]), stage(60, ["nurse": 20], handover: true)])
        let facility = clinic(
            chairs: (1...8).map { chair(ChairID("c\($0)")) },
            staff: (1...nurses).map { person(PersonID("n\($0)"), "nurse", breaks: ["12:00-12:30"]) },
            visitTypes: [type])
        var calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first, count: days))
        for index in 0..<booked {
            calendar.add(
                booking(
                    VisitID("v\(index)"), patient: PatientID("q\(index)"), type, on: first + index % 60,
                    at: 540 + 105 * (index / 60 % 4), chair: ChairID("c\(index % 8 + 1)"),
                    persons: [PersonID("n\(index % nurses + 1)")]))
        }
        var repeated = phase(visits, gaps: [7], before: 2, after: 2, rhythm: rhythm)
        repeated.withinDays = within
        repeated.goal = goal
        var request = course([repeated], at: facility, earliest: first)
        request.wish.startWithinDays = 6
        request.wish.usual = usual
        let (result, size) = try planSized(request, on: calendar, now: first.number * 1440 - 2880, today: first - 2)
        guard case .plan = result else { throw SeedFailure() }
        return size
    }

    private struct SeedFailure: Error {}

    /// Days that a visit can have: the first its window of seven, each later one four more.
    private func reachable(_ visits: Int) -> Int { (0..<visits).reduce(0) { $0 + 7 + 4 * $1 } }

    @Test func aDayIsOpenedOnceHoweverManyVisitsCanHaveIt() throws {
        // 24 visits reach from the first day to 23 gaps of at most 9 days after the seventh; 24 more are looked at
        // again when the plan is chosen, and once more where persons are.
        let size = try size(visits: 24, usual: 600)
        #expect(size.daysOpened <= 7 + 23 * 9 + 2 * 24)
        #expect(size.daysOpened >= 7 + 22 * 5)
    }

    @Test func costsAreExpandedOnceForEachVisitDayAndPerson() throws {
        // Persons in whole groups of eight costs.
        for visits in [6, 12, 24] {
            #expect(try size(visits: visits, usual: 600).expanded == 8 * reachable(visits))
        }
    }

    @Test func choosingTheUsualTimeCostsAFewCandidatesNotAll() throws {
        let given = try size(visits: 24, usual: 600, booked: 200)
        let chosen = try size(visits: 24, booked: 200)
        // All candidates side by side without persons, in groups of eight; then those that can be best, one by one.
        let candidates = 24
        #expect(chosen.expanded <= candidates * reachable(24) + 4 * given.expanded)
        #expect(chosen.daysOpened <= given.daysOpened + 24)
    }

    @Test func withoutRhythmThereIsOneCandidate() throws {
        let size = try size(visits: 12, rhythm: false)
        #expect(size.expanded == 8 * reachable(12))
    }

    @Test func aWindowCostsAPassForEachOfItsFirstDays() throws {
        let size = try size(visits: 6, usual: 600, within: 45)
        #expect(size.expanded <= 7 * 8 * reachable(6))
    }

    @Test func aGoalCostsAPassForEachOfItsFirstDaysAndNothingWithoutPrices() throws {
        let priced = try size(visits: 6, usual: 600, goal: Phase.Goal(days: 40, spare: [160, 80, 40, 20]))
        #expect(priced.expanded <= 7 * 8 * reachable(6))
        #expect(try size(visits: 6, usual: 600, goal: Phase.Goal(days: 40, spare: [])).expanded == 8 * reachable(6))
        #expect(try size(visits: 6, usual: 600, goal: Phase.Goal(days: 40, spare: [0])).expanded == 8 * reachable(6))
    }

    @Test func peopleAreCheckedJointlyOnlyWhereRowsCannotTell() throws {
        // Free persons need no check: the cheapest start is one without a break in it.
        #expect(try size(visits: 24, usual: 600).jointChecks <= 2 * 24)
    }
}
