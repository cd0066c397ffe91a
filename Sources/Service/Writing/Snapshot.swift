package import Clinic
package import ClinicTime
internal import HashTreeCollections
package import Planning
internal import Synchronization
internal import Wire

/// The clinic at one moment with what is derived from it: what readers and searches work on. A value; nothing changes
/// under whoever holds it.
package struct Snapshot: Sendable {
    package var state: ClinicState
    /// The planner's calendar of the state.
    package var calendar: PlanningCalendar
    /// The clinic's time zone.
    package var zone: ClinicZone
    /// What falls due next.
    package var dues: DueIndex

    /// A state with its calendar and zone.
    package init(state: ClinicState, calendar: PlanningCalendar, zone: ClinicZone) {
        self.state = state
        self.calendar = calendar
        self.zone = zone
        dues = DueIndex(state, calendars: calendar.calendars)
    }

    /// The snapshot of a state on a day, as a service begins with it: every day in sight has its calendar.
    ///
    /// - Parameter horizonDays: how far ahead open-ended phases are planned.
    init(of state: ClinicState, in zone: ClinicZone, on today: Day, horizonDays: Int) {
        // A visit that lies farther ahead has its days derived when it is asked for.
        let lastVisit = min(state.visitsByDay.keys.max() ?? today, today + Self.daysInSight)
        let calendars = zone.calendars(from: today, through: max(lastVisit, today + horizonDays + 60))
        self.init(state: state, calendar: planningCalendar(of: state, calendars: calendars), zone: zone)
    }

    /// Days ahead for which visits have their days derived unasked: ten years, as the longest horizon.
    private static let daysInSight = 3_660

    /// The facility as configured.
    var facility: Facility { state.configuration?.facility ?? Facility() }

    /// The clinic's offset from UTC at any minute.
    var offsets: ClockOffsets {
        ClockOffsets(calendars: calendar.calendars) { [zone] minute in zone.offset(at: minute) }
    }

    /// The civil day at the clinic of an instant.
    func day(at instant: Instant) -> Day { zone.day(at: instant.minute) }

    /// The calendar of any day.
    func calendar(of day: Day) -> DayCalendar { calendar.calendars[day] ?? zone.calendar(of: day) }

    /// The names of staff by id, of those asked for.
    func people(_ ids: Set<String>) -> [String: String] {
        let staff = (state.configuration?.facility.staff ?? []) + state.retired.staff
        return Dictionary(
            staff.lazy.filter { ids.contains($0.id.text) }.map { ($0.id.text, $0.name) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The same moment with the days that a decision or search has asked for: through a day, or, where that is there,
    /// those before it. Then the clock was ahead when the service started, and has been set back.
    func supplying(_ day: Day) -> Snapshot {
        let (first, last) = (calendar.calendars.first, calendar.calendars.last)
        // The present day is asked for by UTC, and with two to spare.
        guard day <= last, day - 3 < first else { return reaching(day) }
        var longer = self
        longer.calendar = planningCalendar(of: state, calendars: zone.calendars(from: day - 3, through: last))
        longer.dues = DueIndex(state, calendars: longer.calendar.calendars)
        return longer
    }

    /// Begins a day: drops what is over and derives the days that have come in sight, as a start on that day would.
    mutating func begin(_ day: Day) {
        guard day > calendar.calendars.first else { return }
        self = Snapshot(
            of: state.trimmed(from: day), in: zone, on: day, horizonDays: facility.planning.horizonDays)
    }

    /// The same moment with calendars through a day.
    func reaching(_ day: Day) -> Snapshot {
        let last = calendar.calendars.last
        guard day > last else { return self }
        var longer = self
        let more = zone.calendars(from: last + 1, through: day).days
        longer.calendar = extended(calendar, with: more, of: state)
        return longer
    }
}

/// The last published snapshot. Written by the writer alone; read by everyone, at the cost of a lock held for a copy of
/// references.
package final class Publication: Sendable {
    private struct Content {
        var current: Snapshot
        /// What the clinic was after each recent change that the journal has not been told of, oldest first.
        var moments: [Snapshot] = []
    }

    /// How many moments are kept for a journal that is slow. Of what is older it is told by the oldest kept.
    private static let momentsMaximum = 256

    private let content: Mutex<Content>

    /// Begins with a snapshot.
    package init(_ snapshot: Snapshot) { content = Mutex(Content(current: snapshot)) }

    package var current: Snapshot { content.withLock { $0.current } }

    /// Replaces the snapshot by a newer one.
    ///
    /// - Parameter moments: what led to it.
    func publish(_ snapshot: Snapshot, by moments: [Snapshot] = []) {
        content.withLock { content in
            content.current = snapshot
            content.moments += moments
            content.moments.removeFirst(max(0, content.moments.count - Self.momentsMaximum))
        }
    }

    /// The clinic as it was after an event, or as soon after it as is known.
    func moment(after event: Int) -> Snapshot {
        content.withLock { content in
            content.moments.first { $0.state.lastEvent >= event } ?? content.current
        }
    }

    /// Keeps no moments up to an event any more.
    func forgetMoments(through event: Int) {
        content.withLock { content in
            content.moments.removeAll { $0.state.lastEvent <= event }
        }
    }
}
