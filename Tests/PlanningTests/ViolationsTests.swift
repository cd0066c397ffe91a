import Checker
import Planning
import TestSupport
import Testing

/// The rules that a plan made a while ago breaks by now, against the Checker's findings.
@Suite struct ViolationsTests {
    @Test func aPlanThatWasMovedOrOvertakenBreaksTheRulesThatTheCheckerFinds() {
        var broken: [Rule: Int] = [:]
        disturbedPlans { seed, later, visits in
            guard let expected = findings(visits, later) else { return }
            let found = violations(
                of: visits, for: later.problem.courses[0], on: planningCalendar(later), now: later.problem.now)
            #expect(found.map { Pair(visit: $0.visit, rule: $0.rule) } == expected, "seed \(seed)")
            for violation in expected { broken[violation.rule, default: 0] += 1 }
        }
        for rule in Rule.allCases where rule != .authorisation && rule != .phaseWindow {
            #expect(broken[rule, default: 0] > 0, "\(rule.rawValue) is broken by some disturbance")
        }
    }

    @Test func aVisitOnItsDayBreaksTheRulesThatItWouldBreakWereItNotThereYet() {
        var broken: Set<Rule> = []
        disturbedPlans { seed, later, visits in
            let request = later.problem.courses[0]
            let without = planningCalendar(later)
            for visit in visits {
                let booking = Booking(
                    id: "v9999", patient: request.patient, visitType: visit.visitType, placement: visit.placement)
                var with = without
                with.add(booking)
                let rules = brokenRules(of: booking, for: request, on: with)
                #expect(rules == brokenRules(of: booking, for: request, on: without), "seed \(seed)")
                broken.formUnion(rules ?? [])
            }
        }
        #expect(broken.isSuperset(of: [.chairFree, .attendantCapacity, .attendantOnDuty, .openingHours]), "\(broken)")
    }

    private struct Pair: Equatable {
        let visit: Int
        let rule: Rule
    }

    /// Plans of random problems, each three times with something that has changed since.
    private func disturbedPlans(_ body: (UInt64, RandomProblem, [PlannedVisit]) -> Void) {
        for seed in seeds(200) {
            let random = randomProblem(seed: seed)
            guard let answer = try? solve(random.problem, calendars: random.calendars),
                case .plan(let plan) = answer.outcomes[0], !plan.visits.isEmpty
            else { continue }
            var dice = SplitMix64(seed: seed)
            for _ in 0..<3 {
                var later = random
                var visits = plan.visits
                disturb(&later.problem, &visits, &dice)
                body(seed, later, visits)
            }
        }
    }

    /// Moves a visit, or changes the world: time passes, others book, somebody falls ill, the patient has less time.
    private func disturb(_ problem: inout Problem, _ visits: inout [PlannedVisit], _ dice: inout SplitMix64) {
        let index = dice.number(0...(visits.count - 1))
        let facility = problem.facility
        let place = visits[index].placement
        switch dice.number(0...9) {
        case 0: visits[index].placement.day = place.day + dice.pick([-2, -1, 1, 2])
        case 1: visits[index].placement.start = min(1300, max(0, place.start + dice.pick([-60, -30, -15, 15, 30, 60])))
        case 2: visits[index].placement.chair = dice.pick(facility.chairs).id
        case 3 where !place.persons.isEmpty: visits[index].placement.persons[0] = dice.pick(facility.staff).id
        case 4: problem.now += dice.pick([60, 1440, 4 * 1440])
        case 5: problem.courses[0].wish.blackoutDays.insert(place.day)
        case 6: problem.courses[0].wish.endDay = place.day - dice.number(0...1)
        case 7:
            var booking = Booking(
                id: "new", patient: dice.pick(["p1", "q"]), visitType: visits[index].visitType, placement: place)
            booking.placement.start += dice.pick([-30, 0, 30])
            booking.placement.chair = dice.pick(facility.chairs).id
            problem.bookings.append(booking)
        case 8:
            for person in facility.staff.indices {
                problem.facility.staff[person].credentials = []
                problem.facility.staff[person].capacityPercent = dice.number(10...100)
            }
            problem.courses[0].wish.features.insert("x")
        default:
            let from = problem.now + dice.number(0...4320)
            let interval = Interval(from, from + dice.number(10...4000))
            problem.timeOff.append(TimeOff(person: dice.pick(facility.staff).id, interval: interval))
            problem.outages.append(Outage(chair: dice.pick(facility.chairs).id, interval: interval))
        }
    }

    private func findings(_ visits: [PlannedVisit], _ random: RandomProblem) -> [Pair]? {
        let plan = Plan(course: random.problem.courses[0].id, usual: nil, visits: visits)
        var problem = random.problem
        problem.courses = [problem.courses[0]]
        problem.mode = .each
        let breaches = check(Answer(outcomes: [.plan(plan)]), of: problem, calendars: random.calendars)
        // An earlier end of the course may ask for fewer visits: then these are not its plan any more.
        // And nothing but its start is asked of a visit on a day that is too short for it.
        let isShort = visits.contains { $0.placement.start >= random.calendars[$0.placement.day]?.length ?? 0 }
        if isShort || breaches.contains(where: { $0.what == .shape("visit-count") }) { return nil }
        return breaches.compactMap { breach in
            guard case .rule(let rule) = breach.what, let visit = breach.visit else { return nil }
            return Pair(visit: visit, rule: rule)
        }
    }
}
