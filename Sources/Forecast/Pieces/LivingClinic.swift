package import Clinic
package import Planning

/// A clinic that takes commands as the writer of the service does: first it tells what has fallen due, then it decides,
/// records, and tells what became due by that.
package struct LivingClinic: Sendable {
    package private(set) var state = ClinicState()
    /// The planner's calendar of the state.
    package private(set) var calendar: PlanningCalendar
    /// What falls due next.
    package private(set) var dues = DueIndex()
    package private(set) var events: [RecordedEvent] = []
    package private(set) var now: Instant
    /// What was told since somebody last asked.
    private var told: [Alert] = []

    private static let caller = Caller(uid: 0, user: "clinic", pid: 0, role: .admin)

    /// Whether what cannot be planned is answered with what would help, which takes longer than to plan.
    private let explains: Bool

    /// A clinic that goes on from a state at an instant.
    ///
    /// - Parameter calendar: that of the state, on days that reach as far as anybody will plan.
    package init(_ state: ClinicState, calendar: PlanningCalendar, now: Instant, explains: Bool = true) {
        self.state = state
        self.calendar = calendar
        self.now = now
        self.explains = explains
        dues = DueIndex(state, calendars: calendar.calendars)
    }

    package var today: Day {
        guard let day = calendar.calendars.day(at: now) else { preconditionFailure("the simulation has days enough") }
        return day.day
    }

    /// Lets time pass until an instant, and tells what has fallen due.
    package mutating func pass(to instant: Instant) {
        now = max(now, instant)
        catchUp()
    }

    /// What was told since this was last asked.
    package mutating func news() -> [Alert] {
        defer { told = [] }
        return told
    }

    /// Takes a command; what comes of it.
    ///
    /// - Throws: where its days do not reach; then nothing has happened.
    package mutating func attempt(_ command: Command) throws(NeedsDays) -> Decision {
        catchUp()
        let decision = try decide(command, state: state, calendar: calendar, now: now, explains: explains)
        switch decision {
        case .refused(_, let events): append(events)
        case .accepted(let events, _, _):
            let before = state
            append(events)
            raise(madeDue(by: events, from: before, to: state, calendars: calendar.calendars, now: now))
        }
        return decision
    }

    private mutating func catchUp() {
        guard let next = dues.next, next <= now else { return }
        let alerts = dues.due(through: now, state, calendars: calendar.calendars)
        raise(alerts)
        guard alerts.contains(where: { $0.kind == .holdExpired }) else { return }
        for course in state.expiredHolds(at: now) {
            let release = Command.course(.alter(course, .held(.release), .other))
            if case .accepted(let events, _, _) = try? decide(release, state: state, calendar: calendar, now: now) {
                append(events)
            }
        }
    }

    private mutating func raise(_ alerts: [Alert]) {
        append(alerts.map { .alert(.raised($0)) })
        told += alerts
    }

    private mutating func append(_ events: [Event]) {
        if events.isEmpty { return }
        let before = state
        let recorded = state.recorded(events, under: EventOrigin(at: now, caller: Self.caller))
        for event in recorded { apply(event, to: &state) }
        refresh(&calendar, from: before, to: state, by: events)
        dues.follow(events, to: state, calendars: calendar.calendars)
        self.events += recorded
    }
}
