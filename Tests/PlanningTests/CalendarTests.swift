import Planning
import TestSupport
import Testing

/// A calendar that has changed equals one that is made anew.
@Suite struct CalendarTests {
    @Test func visitsAddedAndRemovedOneByOneLeadToTheSamePlans() {
        for seed in seeds(60) {
            let random = randomProblem(seed: seed)
            let problem = random.problem
            var dice = SplitMix64(seed: seed)
            var calendar = PlanningCalendar(
                facility: problem.facility, calendars: random.calendars, timeOff: problem.timeOff,
                outages: problem.outages)
            var rest = problem.bookings
            while !rest.isEmpty {
                let booking = rest.remove(at: dice.number(0...(rest.count - 1)))
                calendar.add(booking)
                if dice.chance(30) {
                    calendar.remove(booking.id, on: booking.placement.day)
                    rest.append(booking)
                }
            }
            #expect(outcome(problem, calendar) == outcome(problem, planningCalendar(random)), "seed \(seed)")
        }
    }

    @Test func aCalendarThatWasExtendedWithEnoughDaysLeadsToTheSamePlan() {
        var extensions = 0
        for seed in seeds(40) {
            let random = randomProblem(seed: seed)
            let problem = random.problem
            let all = random.calendars
            let few = problem.today - all.first + 1
            var calendar = PlanningCalendar(
                facility: problem.facility, calendars: DayCalendars(first: all.first, days: Array(all.days[..<few])),
                timeOff: problem.timeOff, outages: problem.outages, bookings: problem.bookings)
            var result = outcome(problem, calendar)
            while case .failure(let needed) = result {
                let more = all.days.filter { $0.day > calendar.last && $0.day <= needed.through }
                guard !more.isEmpty else { break }
                extensions += 1
                calendar = calendar.extended(with: more, bookings: problem.bookings)
                result = outcome(problem, calendar)
            }
            #expect(result == outcome(problem, planningCalendar(random)), "seed \(seed)")
        }
        #expect(extensions > 20, "a search that leaves its days asks for more")
    }

    private func outcome(_ problem: Problem, _ calendar: PlanningCalendar) -> Result<Outcome, NeedsDays> {
        Result { () throws(NeedsDays) in
            try plan(problem.courses[0], on: calendar, now: problem.now, today: problem.today)
        }
    }
}
