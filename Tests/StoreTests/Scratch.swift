import Clinic
import Foundation
import Planning

@testable import Store

/// A directory of its own for a test's database, removed with the value.
final class Scratch {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("infusiond-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var path: String { directory.appendingPathComponent("clinic.sqlite").path }
}

/// A clinic open on weekdays whose commands go into a store, as the service's writer has it.
struct Clerk {
    static let first = Day("2026-03-02")!
    static let caller = Caller(uid: 1000, user: "desk", pid: 42, role: .scheduler)

    let store: Store
    var state = ClinicState()
    var calendar: PlanningCalendar
    var now = Instant(minute: (first.number - 3) * 1440 + 540)
    var recorded: [RecordedEvent] = []

    init(_ store: Store, days: Int = 90, shift: Int = 0) {
        self.store = store
        calendar = PlanningCalendar(facility: Facility(), calendars: Clerk.calendars(days, shift: shift))
    }

    static func calendars(_ count: Int, shift: Int) -> DayCalendars {
        DayCalendars(
            first: first - 7,
            days: (0..<count).map { index in
                DayCalendar(day: first - 7 + index, firstMinute: (first.number - 7 + index) * 1440 + shift)
            })
    }

    /// Decides on a command and keeps what follows; the state moves on only where it was kept.
    @discardableResult
    mutating func give(
        _ command: Command, reason: Reason? = nil, request: RecordedChange.Request? = nil
    ) throws -> Decision {
        let decision = try decide(command, state: state, calendar: calendar, now: now)
        let events: [Event]
        var details = PrivateDetails()
        switch decision {
        case .accepted(let accepted, let beside, _): (events, details) = (accepted, beside)
        case .refused(_, let refused): events = refused
        }
        let origin = EventOrigin(at: now, caller: Clerk.caller, reason: reason, request: request?.id)
        let recorded = state.recorded(events, under: origin)
        var after = state
        for event in recorded { apply(event, to: &after) }
        let change = RecordedChange(events: recorded, details: details, origin: origin, request: request)
        try store.write { try $0.append(change, after: after) }
        refresh(&calendar, from: state, to: after, by: events)
        state = after
        self.recorded += recorded
        now = Instant(seconds: now.seconds + 7)
        return decision
    }
}

/// The clinic of these tests: three chairs, three nurses (one in training, one with a break), one provider.
enum Sample {
    static let week: Set<Weekday> = [.mon, .tue, .wed, .thu, .fri]

    static let talk = VisitType(
        id: "talk", attendants: [Attendant(label: "provider", role: "provider")],
        stages: [Stage(name: "talk", minutes: 30, load: ["provider": 100])])

    static let infusion = VisitType(
        id: "iv", name: "Infusion", chairFeatures: ["monitor"], turnoverMinutes: 10,
        attendants: [
            Attendant(label: "nurse", role: "nurse", credentials: ["acls"], continuity: true),
            Attendant(label: "provider", role: "provider", presence: true),
        ],
        stages: [
            Stage(name: "preparation", minutes: 15, load: ["nurse": 60, "provider": 0]),
            Stage(name: "infusion", minutes: 40, load: ["nurse": 20, "provider": 0], handover: true),
            Stage(name: "observation", minutes: 20, load: ["nurse": 20, "provider": 0], handover: true),
            Stage(name: "discharge", minutes: 10, load: ["nurse": 40]),
        ], fastingHours: 4, arrivalChecks: ["fasted"], escort: true, tasks: [FollowUp(name: "form", dueDays: 7)])

    static let regimens = [
        Regimen(
            id: "mdd", name: "Sample", source: "none",
            prerequisites: [Prerequisite(name: "consent", scope: .course, validDays: 365)],
            phases: [
                Phase(name: "evaluation", visit: "talk", count: .exactly(1), rhythm: false),
                Phase(
                    name: "induction", visit: "iv", count: .between(minimum: 2, maximum: 4),
                    firstGap: Phase.FirstGap(ideal: 3, minimum: 1, maximum: 14), gaps: [2, 2, 3], toleranceAfter: 3,
                    withinDays: 20, alarmDays: 13, confirm: .booking, checks: [Check(afterVisit: 2, measure: "PHQ-9")],
                    stops: Stop(measure: "PHQ-9", atMost: 5)),
                Phase(
                    name: "maintenance", visit: "iv", count: .open, gaps: [7], toleranceBefore: 3, toleranceAfter: 3,
                    gate: Gate(
                        condition: .reductionPercent(measure: "PHQ-9", percent: 50), dueDays: 3,
                        otherwise: .extend(visits: 2)), reviewEveryDays: 90, endsAfterDays: 28),
            ]),
        Regimen(id: "one", phases: [Phase(name: "infusion", visit: "iv", count: .exactly(1), confirm: .booking)]),
        Regimen(
            id: "taper",
            phases: [
                Phase(
                    name: "taper", visit: "iv", count: .exactly(3), gaps: [2], toleranceBefore: 1, toleranceAfter: 5,
                    gate: Gate(condition: .decision("taper?"), dueDays: 1, otherwise: .cease)),
                Phase(
                    name: "last", visit: "talk", count: .exactly(1), gaps: [7], toleranceAfter: 7,
                    gate: Gate(
                        condition: .atMost(measure: "MADRS", score: 10), dueDays: 2, otherwise: .hold)),
            ]),
    ]

    static func nurse(_ id: PersonID, capacity: Int = 100, breaks: [Interval] = []) -> Person {
        Person(
            id: id, name: "Nurse \(id)", roles: ["nurse"], capacityPercent: capacity,
            credentials: [Credential(name: "acls", until: Clerk.first + 400)],
            shifts: [Shift(days: week, hours: Interval(480, 960), breaks: breaks, from: Clerk.first - 30)])
    }

    static var facility: Facility {
        var facility = clinic
        facility.planning.horizonDays = 40
        return facility
    }

    private static var clinic: Facility {
        Facility(
            name: "Sample", hours: Dictionary(uniqueKeysWithValues: week.map { ($0, [Interval(480, 960)]) }),
            openings: [Opening(day: Clerk.first + 5, hours: Interval(540, 780), reason: "Saturday")],
            closures: [Closure(from: Clerk.first + 10, through: Clerk.first + 10, hours: Interval(720, 1440))],
            chairs: [
                Chair(id: "chair-1", features: ["monitor"]), Chair(id: "chair-2", features: ["monitor"]),
                Chair(id: "chair-3", features: ["monitor", "bed"]),
            ],
            staff: [
                nurse("rn-1"), nurse("rn-2", capacity: 60), nurse("rn-3", breaks: [Interval(600, 630)]),
                Person(
                    id: "md-1", roles: ["provider"], shifts: [Shift(days: week, hours: Interval(480, 960))]),
                Person(
                    id: "md-2", roles: ["provider", "nurse"], shifts: [Shift(days: [.sat], hours: Interval(480, 960))]),
            ], visitTypes: [talk, infusion], regimens: regimens)
    }
}
