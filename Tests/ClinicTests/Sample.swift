import Clinic
import Planning
import TestSupport

/// A small clinic, open Monday to Friday from 09:00 to 12:00, 2026-03-02 being a Monday.
enum Sample {
    static let monday = Day("2026-03-02")!
    static let now = Instant(minute: (monday.number - 3) * 1440 + 540)
    static let caller = Caller(uid: 1000, user: "desk", pid: 42, role: .scheduler)

    static let talk = VisitType(
        id: "talk", attendants: [Attendant(label: "provider", role: "provider")],
        stages: [Stage(name: "talk", minutes: 30, load: ["provider": 100])])

    static let infusion = VisitType(
        id: "iv", chairFeatures: ["monitor"], turnoverMinutes: 10,
        attendants: [Attendant(label: "nurse", role: "nurse", continuity: true)],
        stages: [
            Stage(name: "preparation", minutes: 15, load: ["nurse": 60]),
            Stage(name: "infusion", minutes: 40, load: ["nurse": 20], handover: true),
            Stage(name: "observation", minutes: 15, load: ["nurse": 20], handover: true),
        ])

    static func induction(_ confirm: Phase.Confirmation = .call, count: Int = 3) -> Phase {
        Phase(
            name: "induction", visit: "iv", count: .exactly(count),
            firstGap: Phase.FirstGap(ideal: 1, minimum: 1, maximum: 3), gaps: [2], toleranceAfter: 3, confirm: confirm)
    }

    static let evaluation = Phase(name: "evaluation", visit: "talk", count: .exactly(1), rhythm: false)

    static let maintenance = Phase(
        name: "maintenance", visit: "iv", count: .exactly(2), gaps: [7], toleranceAfter: 3, confirm: .booking,
        gate: Gate(condition: .decision("go on?"), dueDays: 3, otherwise: .hold))

    static func regimen(_ id: RegimenID = "mdd", _ phases: [Phase]? = nil) -> Regimen {
        Regimen(id: id, name: "Sample", phases: phases ?? [evaluation, induction()])
    }

    static func person(_ id: PersonID, _ role: String, breaks: [Interval] = []) -> Person {
        Person(
            id: id, roles: [role],
            shifts: [Shift(days: [.mon, .tue, .wed, .thu, .fri], hours: Interval(540, 720), breaks: breaks)])
    }

    static func facility(regimens: [Regimen] = [regimen()], chairs: Int = 2) -> Facility {
        Facility(
            hours: Dictionary(
                uniqueKeysWithValues: [Weekday.mon, .tue, .wed, .thu, .fri].map { ($0, [Interval(540, 720)]) }),
            chairs: (1...chairs).map { Chair(id: ChairID("chair-\($0)"), features: ["monitor"]) },
            staff: [person("rn-1", "nurse"), person("rn-2", "nurse"), person("md-1", "provider")],
            visitTypes: [talk, infusion], regimens: regimens)
    }

    static func order(
        _ patient: PatientID = "p1", regimen: RegimenID = "mdd", alternatives: Int = 0,
        _ change: (inout CourseWish) -> Void = { _ in }
    ) -> CourseOrder {
        var wish = CourseWish(earliest: monday)
        change(&wish)
        return CourseOrder(patient: patient, regimen: regimen, wish: wish, alternatives: alternatives, again: true)
    }
}

/// A clinic that takes commands as the service does: decides, applies, and brings the planner's calendar along.
struct World {
    var state = ClinicState()
    var calendar: PlanningCalendar
    var events: [RecordedEvent] = []

    init(
        _ facility: Facility = Sample.facility(), patients: Int = 2, days: Int = 120,
        notifications: NotificationParameters = NotificationParameters()
    ) {
        let calendars = DayCalendars.utc(from: Sample.monday - 7, count: days)
        calendar = PlanningCalendar(facility: Facility(), calendars: calendars)
        accept(.configuration(.adopt(ClinicConfiguration(facility: facility, notifications: notifications))))
        for number in 0..<patients { accept(.patient(.add(PatientDetails(record: "MRN \(number)")))) }
    }

    func decision(_ command: Command, now: Instant = Sample.now) -> Decision {
        longEnough(try decide(command, state: state, calendar: calendar, now: now))
    }

    mutating func take(_ events: [Event]) {
        let before = state
        let recorded = state.recorded(events, under: EventOrigin(at: Sample.now, caller: Sample.caller))
        for event in recorded { apply(event, to: &state) }
        refresh(&calendar, from: before, to: state, by: events)
        self.events += recorded
    }

    /// Takes a command that must be accepted, and its reply.
    @discardableResult
    mutating func accept(_ command: Command, now: Instant = Sample.now) -> Reply {
        guard case .accepted(let events, _, let reply) = decision(command, now: now) else {
            preconditionFailure("refused: \(decision(command, now: now))")
        }
        take(events)
        return reply
    }

    /// Books a course that must find places.
    @discardableResult
    mutating func book(_ order: CourseOrder = Sample.order()) -> BookedCourse {
        guard case .course(let booked) = accept(.course(.book(order))) else {
            preconditionFailure("not the reply to a course")
        }
        return booked
    }
}

/// The refusal of a decision and the events with it, if it is one.
func refusal(_ decision: Decision) -> ClinicRefusal? {
    if case .refused(let refusal, _) = decision { refusal } else { nil }
}

/// The morning sheet of a day, on a calendar that is long enough for it.
func wholeMorningSheet(of day: Day, now: Instant, state: ClinicState, calendar: PlanningCalendar) -> [SheetLine] {
    longEnough(try morningSheet(of: day, now: now, state: state, calendar: calendar))
}
