import Checker
import Planning
import TestSupport
import Testing

@Suite struct InstancesTests {
    /// Families small enough for a unit test.
    static let families = InstanceFamily.allCases.filter { $0 != .hospital && $0 != .medium }

    @Test(arguments: InstanceFamily.allCases) func aFamilyAndSeedGiveOneProblem(family: InstanceFamily) {
        let courses = family == .hospital ? 20 : nil
        let (one, same) = (
            generate(family: family, seed: 7, courses: courses), generate(family: family, seed: 7, courses: courses)
        )
        #expect(one.facility == same.facility && one.courses == same.courses && one.bookings == same.bookings)
        #expect(one.timeOff == same.timeOff && one.outages == same.outages)
        #expect(one.courses != generate(family: family, seed: 8, courses: courses).courses)
    }

    @Test func coursesCanBeMoreOrFewerThanTheFamilysOwn() {
        #expect(generate(family: .tiny, seed: 1, courses: 5).courses.count == 5)
        #expect(generate(family: .tiny, seed: 1).courses.count == 3)
    }

    @Test(arguments: [InstanceFamily.mixed, .hospital]) func bookingsKeepEveryRule(family: InstanceFamily) {
        for seed in UInt64(1)...(family == .mixed ? 5 : 1) {
            let problem = generate(family: family, seed: seed, courses: 1)
            #expect(!problem.bookings.isEmpty)
            let setting = Setting(problem, calendars: .utc(from: problem.today - 1, count: 60))
            let sample = family == .mixed ? problem.bookings : Array(problem.bookings.prefix(60))
            let breaches = checkBookings(sample.map { BookingToCheck($0) }, in: setting)
            #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
        }
    }

    @Test(arguments: families) func batchesKeepEveryRule(family: InstanceFamily) throws {
        for seed in UInt64(1)...2 {
            let problem = generate(family: family, seed: seed)
            let calendars = DayCalendars.utc(from: problem.today, count: 250)
            let outcome = try planTogether(problem, calendars: calendars, stepBudget: 60)
            let breaches = Checker.check(outcome.answer, of: problem, calendars: calendars)
            #expect(breaches.isEmpty, "seed \(seed): \(breaches.map(\.message))")
            #expect(outcome.progress.unplaced == outcome.answer.refusals.count)
            #expect(outcome.progress.cost == outcome.answer.plans.reduce(0) { $0 + $1.cost })
        }
    }

    /// In a clinic open for four hours all courses fit; where there is room for one visit a day, some do not.
    @Test(arguments: [780, 660]) func tinyBatchesReachTheBestOfAllAnswers(closing: Int) throws {
        for seed in UInt64(1)...8 {
            var problem = generate(family: .tiny, seed: seed)
            for day in problem.facility.hours.keys { problem.facility.hours[day] = [Interval(540, closing)] }
            let calendars = DayCalendars.utc(from: problem.today, count: 60)
            let outcome = try planTogether(problem, calendars: calendars, stepBudget: 3000)
            let best = EveryAnswer(problem, calendars: calendars).best()
            #expect(outcome.progress.unplaced == best.unplaced, "seed \(seed)")
            #expect(outcome.progress.cost == best.cost, "seed \(seed)")
            #expect(outcome.progress.bound <= best.cost, "seed \(seed)")
            #expect(outcome.progress.unplacedBound <= best.unplaced, "seed \(seed)")
        }
    }
}

/// Tries every answer to a problem with one chair and one nurse, where two visits meet only on the chair.
struct EveryAnswer {
    /// A course's places: day and start of each visit, and what they cost.
    struct Places {
        let visits: [(day: Day, start: Int)]
        let cost: Int
    }

    private let hold: Int
    private let options: [[Places]]

    init(_ problem: Problem, calendars: DayCalendars) {
        precondition(problem.facility.chairs.count == 1 && problem.bookings.isEmpty)
        let calendar = PlanningCalendar(facility: problem.facility, calendars: calendars, timeOff: problem.timeOff)
        hold = problem.courses[0].visitTypes[0].hold
        options = problem.courses.map { request in
            EveryAnswer.places(of: request, problem, calendar).sorted { $0.cost < $1.cost }
        }
    }

    /// Fewest courses without a place, then least cost.
    func best() -> (unplaced: Int, cost: Int) {
        var best = (unplaced: options.count, cost: 0)
        extend(0, [], unplaced: 0, cost: 0, &best)
        return best
    }

    private func extend(
        _ course: Int, _ held: [(day: Day, start: Int)], unplaced: Int, cost: Int,
        _ best: inout (unplaced: Int, cost: Int)
    ) {
        if (unplaced, cost) >= best { return }
        if course == options.count {
            best = (unplaced, cost)
            return
        }
        for places in options[course] {
            if (unplaced, cost + places.cost) >= best { break }
            let isFree = places.visits.allSatisfy { visit in
                held.allSatisfy { $0.day != visit.day || abs($0.start - visit.start) >= hold }
            }
            if isFree { extend(course + 1, held + places.visits, unplaced: unplaced, cost: cost + places.cost, &best) }
        }
        extend(course + 1, held, unplaced: unplaced + 1, cost: cost, &best)
    }

    private static func places(
        of request: CourseRequest, _ problem: Problem, _ calendar: PlanningCalendar
    ) -> [Places] {
        let phase = request.regimen.phases[0]
        let type = request.visitTypes[0]
        guard case .exactly(let count) = phase.count else { preconditionFailure("tiny courses have a count") }
        func planned(_ number: Int, _ day: Day, _ start: Int) -> PlannedVisit {
            let place = Placement(
                day: day, start: start, chair: problem.facility.chairs[0].id, persons: [problem.facility.staff[0].id])
            return PlannedVisit(
                number: number, phase: phase.name, visitType: type, placement: place, terms: CostTerms())
        }
        func starts(_ day: Day) -> [Int] {
            stride(from: 0, to: 1440, by: problem.facility.startEveryMinutes).filter { start in
                violations(of: [planned(1, day, start)], for: request, on: calendar, now: problem.now)
                    .allSatisfy { $0.rule == .gap }
            }
        }
        var startsOfDay: [Day: [Int]] = [:]
        var chains: [(visits: [(day: Day, start: Int)], cost: Int)] = [([], 0)]
        for index in 0..<count {
            let wanted = gap(of: phase, beforeVisit: index)
            chains = chains.flatMap { chain -> [(visits: [(day: Day, start: Int)], cost: Int)] in
                let last = chain.visits.last?.day
                let gaps = last == nil ? 0...request.startWithinDays : wanted.allowed
                return gaps.flatMap { gap -> [(visits: [(day: Day, start: Int)], cost: Int)] in
                    let day = (last ?? request.earliest) + gap
                    let found = startsOfDay[day] ?? starts(day)
                    startsOfDay[day] = found
                    let cost = last == nil ? 5 * gap : 10 * abs(gap - wanted.ideal)
                    return found.map { start in
                        let visit = Interval(start, start + type.length)
                        let misses = missesPreference(visit, request, on: calendar[day]!.calendar)
                        return (chain.visits + [(day, start)], chain.cost + cost + 8 * misses)
                    }
                }
            }
        }
        let usuals = request.usual.map { [$0] } ?? Array(stride(from: 0, to: 1440, by: 30))
        return chains.map { chain in
            let halfHours = usuals.map { usual in
                chain.visits.reduce(0) { $0 + min(4, (abs($1.start - usual) + 29) / 30) }
            }
            return Places(visits: chain.visits, cost: chain.cost + 2 * (halfHours.min() ?? 0))
        }
    }
}
