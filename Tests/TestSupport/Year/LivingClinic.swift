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
    /// Whether a refusal says what closes each day and what would help.
    private let explains: Bool
    /// What was told since somebody last asked.
    private var told: [Alert] = []

    private static let caller = Caller(uid: 0, user: "clinic", pid: 0, role: .admin)

    /// A clinic that comes into being at an instant, on days that reach as far as anybody will plan.
    package init(
        _ configuration: ClinicConfiguration, calendars: DayCalendars, now: Instant, explains: Bool = true
    ) {
        self.explains = explains
        calendar = PlanningCalendar(facility: Facility(), calendars: calendars)
        self.now = now
        take(.configuration(.adopt(configuration)))
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
    @discardableResult
    package mutating func take(_ command: Command) -> Decision {
        catchUp()
        let decision = longEnough(try decide(command, state: state, calendar: calendar, now: now, explains: explains))
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
            guard case .accepted(let events, _, _) = try? decide(release, state: state, calendar: calendar, now: now)
            else { preconditionFailure("nothing keeps a course held after its time") }
            append(events)
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

/// What is to happen, soonest first; what is for the same minute, in the order in which it was noted.
package struct Agenda<Deed: Sendable>: Sendable {
    private var heap: [(at: Instant, number: Int, deed: Deed)] = []
    private var count = 0

    package init() {}

    /// When the first is to happen.
    package var next: Instant? { heap.first?.at }

    /// Notes something for an instant.
    package mutating func note(_ deed: Deed, at: Instant) {
        count += 1
        heap.append((at, count, deed))
        var index = heap.count - 1
        while index > 0, precedes(index, (index - 1) / 2) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes out the first that is to happen through an instant.
    package mutating func take(through instant: Instant) -> Deed? {
        guard let first = heap.first, first.at <= instant else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first.deed }
        heap[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && precedes(child, least) {
                least = child
            }
            if least == index { return first.deed }
            heap.swapAt(index, least)
            index = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].at, heap[left].number) < (heap[right].at, heap[right].number)
    }
}
