import Checker
import Planning
import TestSupport

/// A plan of a course at a clinic, right in every point until a test changes something.
///
/// Two visits a week apart, Monday 2026-03-02 and Monday 2026-03-09, from 10:15 to 11:15 on chair c1 (held until
/// 11:25) with nurse n1 while a provider is present. It costs nothing.
struct Scenario {
    var facility: Facility
    var request: CourseRequest
    var placements: [Placement]
    var bookings: [Booking] = []
    var timeOff: [TimeOff] = []
    var outages: [Outage] = []
    var mode = Problem.Mode.each
    var usual: Int? = 615
    var now = day("2026-03-02").number * 1440
    /// The costs claimed of each visit, by its number.
    var claims: [Int: CostTerms] = [:]

    static let first = day("2026-03-02")
    static let second = day("2026-03-09")

    init() {
        let infusion = visitType(
            features: ["monitor"], turnover: 10,
            attendants: [
                Attendant(label: "nurse", role: "nurse", credentials: ["acls"], continuity: true),
                Attendant(label: "provider", role: "provider", presence: true),
            ],
            stages: [
                stage(15, ["nurse": 60, "provider": 0]), stage(30, ["nurse": 20, "provider": 0], handover: true),
                stage(15, ["nurse": 40]),
            ])
        let acls = [Credential(name: "acls", until: day("2026-03-09"))]
        facility = clinic(
            hours: "09:00-17:00", chairs: [chair("c1", "monitor"), chair("c2", "monitor"), chair("c3")],
            staff: [
                person("n1", "nurse", hours: "08:00-18:00", breaks: ["13:00-13:30"], credentials: acls),
                person("n2", "nurse", hours: "09:00-17:00", credentials: acls),
                person("d1", "provider", hours: "09:30-16:00"), person("n3", "nurse", hours: "09:00-17:00"),
            ], visitTypes: [infusion])
        request = course([phase(2, gaps: [7], rhythm: true)], at: facility, earliest: Self.first)
        request.wish.startWithinDays = 3
        request.wish.usual = 615
        placements = [
            Placement(day: Self.first, start: 615, chair: "c1", persons: ["n1"]),
            Placement(day: Self.second, start: 615, chair: "c1", persons: ["n1"]),
        ]
    }

    var infusion: VisitType { facility.visitTypes[0] }

    /// Days of 24 hours around the plan.
    static let calendars = DayCalendars.utc(from: first - 10, count: 60)

    var problem: Problem {
        Problem(
            facility: facility, now: now, today: Self.first, timeOff: timeOff, outages: outages, bookings: bookings,
            courses: [request], mode: mode)
    }

    /// The plan with the costs it has by the given claims: 0 but for what a test sets.
    var plan: Plan {
        var number = 0
        let visits = request.regimen.phases.flatMap { phase -> [(Phase, Int)] in
            guard case .exactly(let count) = phase.count else { return [] }
            return (0..<count).map { _ in
                number += 1
                return (phase, number)
            }
        }
        return Plan(
            course: request.id, usual: usual,
            visits: zip(visits, placements).map { visit, placement in
                PlannedVisit(
                    number: visit.1, phase: visit.0.name, visitType: request.visitType(of: visit.0),
                    placement: placement, terms: claims[visit.1] ?? CostTerms())
            })
    }

    /// Gives the phase a goal of so many days, with prices of up to two days in hand.
    mutating func aim(at days: Int) { request.regimen.phases[0].goal = Phase.Goal(days: days, spare: [30, 20, 10]) }

    /// What the checker says of the plan.
    func breaches() -> [Breach] {
        check(Answer(outcomes: [.plan(plan)]), of: problem, calendars: Self.calendars)
    }

    /// What the checker says of the plan, costs aside.
    func findings() -> [Breach.Finding] {
        breaches().map(\.what).filter { if case .cost = $0 { false } else { true } }
    }

    /// An instant of the first visit's day, by the clock.
    static func instant(_ clock: String, on day: Day = first) -> Int { day.number * 1440 + time(clock) }
}

/// A copy of a scenario with something changed.
func with(_ scenario: Scenario = Scenario(), _ change: (inout Scenario) -> Void) -> Scenario {
    var changed = scenario
    change(&changed)
    return changed
}
