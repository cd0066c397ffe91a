package import ClinicTime
package import Planning

/// The clinics of the simulated years.
package enum YearClinic: String, CaseIterable, Sendable {
    /// Three chairs, three nurses: for tests.
    case small
    /// Ten chairs, seven nurses.
    case full

    /// The first day of the year, a Monday.
    package static let firstDay = day("2026-01-05")

    /// The days of the year and those beyond it that plans reach to.
    package static func calendars(_ zone: ClinicZone, days: Int) -> DayCalendars {
        zone.calendars(from: firstDay - 7, through: firstDay + days + 420)
    }

    /// What a regimen's induction is to be: so many visits, the last at most so many days after the first. Its phase
    /// aims at this, the desk acts where this is missed, and the figures ask for this; nil for a regimen whose
    /// induction has no fixed length.
    package static func goal(of regimen: RegimenID) -> (visits: Int, days: Int)? {
        switch regimen {
        // Eight within 28 days; six infusions within three weeks.
        case "esketamine": (8, 27)
        case "iv-3x2": (6, 20)
        default: nil
        }
    }

    /// What keeps inductions in their goals, and what their patients' calls cost against it.
    package struct Aim: Sendable {
        /// What few days in hand cost: the table of `config.example.json`.
        package var spare = [160, 80, 40, 20]
        /// What a told visit costs that gets another day (`weights.movedDay`).
        package var movedDay = PlanningParameters().weights.movedDay

        /// The aim of `config.example.json`.
        package init() {}
    }

    /// The same facility whose inductions have their goals, and are planned anew to them by themselves.
    package func facility(with aim: Aim) -> Facility {
        var facility = facility
        facility.planning.seeksGoals = .all
        facility.planning.weights.movedDay = aim.movedDay
        for regimen in facility.regimens.indices {
            guard let goal = Self.goal(of: facility.regimens[regimen].id) else { continue }
            for phase in facility.regimens[regimen].phases.indices
            where facility.regimens[regimen].phases[phase].name == "induction" {
                facility.regimens[regimen].phases[phase].goal = Phase.Goal(days: goal.days, spare: aim.spare)
            }
        }
        return facility
    }

    /// An induction of which the desk hears in time that it would miss its regimen's goal.
    private static func watched(_ phase: Phase, of regimen: RegimenID) -> Phase {
        var phase = phase
        guard let goal = goal(of: regimen) else { return phase }
        phase.alarmDays = min(phase.alarmDays ?? goal.days, goal.days)
        return phase
    }

    /// New patients in a hundred weekdays.
    package var referralsInHundredDays: Int { self == .small ? 40 : 150 }

    /// Hours, chairs, staff, and the regimens that patients follow.
    package var facility: Facility {
        let weekdays: [Weekday] = [.mon, .tue, .wed, .thu, .fri]
        var hours = Dictionary(uniqueKeysWithValues: weekdays.map { ($0, [Interval(480, 1080)]) })
        hours[.thu] = [Interval(480, 1200)]
        var planning = PlanningParameters()
        planning.horizonDays = 90
        return Facility(
            name: "The year's clinic", timeZone: "America/New_York", hours: hours,
            closures: [
                Closure(from: day("2026-05-25"), through: day("2026-05-25")),
                Closure(from: day("2026-07-03"), through: day("2026-07-03")),
                Closure(from: day("2026-09-07"), through: day("2026-09-07")),
                Closure(from: day("2026-11-26"), through: day("2026-11-27")),
                Closure(from: day("2026-12-24"), through: day("2026-12-24"), hours: Interval(720, 1440)),
                Closure(from: day("2026-12-25"), through: day("2026-12-25")),
                Closure(from: day("2027-01-01"), through: day("2027-01-01")),
            ], chairs: chairs, staff: staff, visitTypes: [Self.evaluation, Self.infusion, Self.esketamine],
            regimens: Self.regimens, planning: planning)
    }

    private var chairs: [Chair] {
        let recliners = self == .small ? 2 : 8
        let beds = self == .small ? 1 : 2
        return (1...recliners).map { Chair(id: ChairID("chair-\($0)"), features: ["recliner", "monitor"]) }
            + (1...beds).map { Chair(id: ChairID("bed-\($0)"), features: ["bed", "monitor"]) }
            + (1...(self == .small ? 1 : 2)).map { Chair(id: ChairID("room-\($0)"), features: ["talk"]) }
    }

    private var staff: [Person] {
        let weekdays: Set<Weekday> = [.mon, .tue, .wed, .thu, .fri]
        let nurses = (0..<(self == .small ? 3 : 7)).map { index in
            let isEarly = index % 2 == 0
            let noon = 690 + index % 5 * 30
            return Person(
                id: PersonID("rn-\(index + 1)"), roles: ["nurse"],
                credentials: [Credential(name: "acls", until: day("2026-03-31") + index * 97)],
                shifts: [
                    Shift(
                        days: weekdays, hours: isEarly ? Interval(450, 960) : Interval(600, 1110),
                        breaks: [Interval(noon, noon + 30)])
                ])
        }
        let providers = (0..<(self == .small ? 2 : 3)).map { index in
            Person(
                id: PersonID("md-\(index + 1)"), roles: ["provider"],
                shifts: [
                    Shift(
                        days: weekdays, hours: Interval(480, index == 0 ? 1020 : 1200),
                        breaks: [Interval(720 + index * 60, 780 + index * 60)])
                ])
        }
        return nurses + providers
    }
}

// MARK: Visits and regimens

extension YearClinic {
    private static let nurse = Attendant(label: "nurse", role: "nurse", credentials: ["acls"], continuity: true)
    private static let presence = Attendant(label: "provider", role: "provider", presence: true)

    private static let evaluation = VisitType(
        id: "evaluation", chairFeatures: ["talk"], turnoverMinutes: 5,
        attendants: [Attendant(label: "provider", role: "provider")],
        stages: [Stage(name: "interview", minutes: 60, load: ["provider": 100])],
        tasks: [FollowUp(name: "benefits check", dueDays: 5)])

    private static let infusion = VisitType(
        id: "iv-40", chairFeatures: ["monitor"], turnoverMinutes: 10, attendants: [nurse, presence],
        stages: [
            Stage(name: "preparation", minutes: 15, load: ["nurse": 60, "provider": 0]),
            Stage(name: "infusion", minutes: 40, load: ["nurse": 20, "provider": 0], handover: true),
            Stage(name: "observation", minutes: 30, load: ["nurse": 20, "provider": 0], handover: true),
            Stage(name: "discharge", minutes: 10, load: ["nurse": 40, "provider": 0]),
        ], arrivalChecks: ["fasted", "blood pressure"], escort: true)

    private static let esketamine = VisitType(
        id: "esketamine", chairFeatures: ["recliner", "monitor"], turnoverMinutes: 10, attendants: [nurse, presence],
        stages: [
            Stage(name: "preparation", minutes: 20, load: ["nurse": 60, "provider": 0]),
            Stage(name: "administration", minutes: 15, load: ["nurse": 60, "provider": 0]),
            Stage(name: "observation", minutes: 120, load: ["nurse": 20, "provider": 0], handover: true),
            Stage(name: "discharge", minutes: 15, load: ["nurse": 40, "provider": 0]),
        ], arrivalChecks: ["blood pressure"], escort: true,
        tasks: [FollowUp(name: "monitoring form", dueDays: 7)])

    private static let first = Phase(name: "evaluation", visit: "evaluation", count: .exactly(1), rhythm: false)
    private static let consent = Prerequisite(name: "consent", scope: .course, validDays: 365)

    private static let regimens = [
        Regimen(
            id: "esketamine",
            prerequisites: [consent, Prerequisite(name: "enrolment", scope: .course)],
            phases: [
                first,
                watched(
                    Phase(
                        name: "induction", visit: "esketamine", count: .exactly(8),
                        firstGap: Phase.FirstGap(ideal: 7, minimum: 3, maximum: 42), gaps: [3, 4], toleranceBefore: 1,
                        toleranceAfter: 3, withinDays: 31, confirm: .booking,
                        checks: [Check(afterVisit: 4, measure: "MADRS")]), of: "esketamine"),
                Phase(
                    name: "weekly", visit: "esketamine", count: .exactly(4),
                    firstGap: Phase.FirstGap(ideal: 7, minimum: 4, maximum: 10), gaps: [7], toleranceBefore: 3,
                    toleranceAfter: 3, gate: Gate(condition: .decision("benefit"), dueDays: 3, otherwise: .hold)),
                Phase(
                    name: "maintenance", visit: "esketamine", count: .open,
                    firstGap: Phase.FirstGap(ideal: 14, minimum: 7, maximum: 17), gaps: [14], toleranceBefore: 3,
                    toleranceAfter: 3, reviewEveryDays: 90),
            ]),
        Regimen(
            id: "iv-3x2", prerequisites: [consent],
            phases: [
                first,
                watched(
                    Phase(
                        name: "induction", visit: "iv-40", count: .exactly(6),
                        firstGap: Phase.FirstGap(ideal: 3, minimum: 1, maximum: 14), gaps: [2, 2, 3], toleranceAfter: 3,
                        withinDays: 20, alarmDays: 13, confirm: .booking,
                        checks: [Check(afterVisit: 4, measure: "PHQ-9")]), of: "iv-3x2"),
                Phase(
                    name: "weekly", visit: "iv-40", count: .exactly(4),
                    firstGap: Phase.FirstGap(ideal: 7, minimum: 4, maximum: 14), gaps: [7], toleranceBefore: 3,
                    toleranceAfter: 3,
                    gate: Gate(
                        condition: .reductionPercent(measure: "PHQ-9", percent: 50), dueDays: 3,
                        otherwise: .extend(visits: 2))),
            ]),
        Regimen(
            id: "iv-until",
            phases: [
                first,
                Phase(
                    name: "induction", visit: "iv-40", count: .between(minimum: 4, maximum: 10),
                    firstGap: Phase.FirstGap(ideal: 3, minimum: 1, maximum: 14), gaps: [3, 4], toleranceBefore: 1,
                    toleranceAfter: 3, withinDays: 41, alarmDays: 31, confirm: .booking,
                    checks: [Check(afterVisit: 4, measure: "MADRS"), Check(afterVisit: 6, measure: "MADRS")],
                    stops: Stop(measure: "MADRS", atMost: 10)),
                Phase(
                    name: "review", visit: "evaluation", count: .exactly(1),
                    firstGap: Phase.FirstGap(ideal: 14, minimum: 7, maximum: 28), rhythm: false,
                    gate: Gate(condition: .atMost(measure: "MADRS", score: 18), dueDays: 3, otherwise: .cease)),
            ]),
        Regimen(
            id: "booster",
            phases: [
                Phase(
                    name: "booster", visit: "iv-40", count: .open, gaps: [28], toleranceBefore: 14, toleranceAfter: 14,
                    reviewEveryDays: 90)
            ]),
    ]
}
