package import Clinic
package import ClinicTime
package import Planning
internal import Synchronization
internal import Wire

/// The clinic at one moment with what is derived from it: what readers and searches work on. A value; nothing changes
/// under whoever holds it.
package struct Snapshot: Sendable {
    /// The clinic.
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
    private let content: Mutex<Snapshot>

    /// Begins with a snapshot.
    package init(_ snapshot: Snapshot) { content = Mutex(snapshot) }

    /// The last snapshot.
    package var current: Snapshot { content.withLock { $0 } }

    /// Replaces the snapshot by a newer one.
    func publish(_ snapshot: Snapshot) { content.withLock { $0 = snapshot } }
}
