internal import Clinic
internal import ClinicTime
internal import Planning

extension Snapshot {
    /// The events as they are to be recorded next, and what they lead to.
    ///
    /// - Parameter zone: a zone to be taken over with them.
    func following(
        _ events: [Event], under origin: EventOrigin, zone: ClinicZone? = nil
    ) -> (recorded: [RecordedEvent], snapshot: Snapshot) {
        var next = self
        let recorded = state.recorded(events, under: origin)
        for event in recorded { apply(event, to: &next.state) }
        next.follow(from: self, by: events, zone: zone)
        return (recorded, next)
    }

    /// Brings what is derived up to the state, which some events have led to; with another zone all is derived anew.
    private mutating func follow(from before: Snapshot, by events: [Event], zone: ClinicZone?) {
        guard let zone, zone.name != self.zone.name else {
            refresh(&calendar, from: before.state, to: state, by: events)
            dues.follow(events, to: state, calendars: calendar.calendars)
            return
        }
        let days = calendar.calendars
        self.zone = zone
        calendar = planningCalendar(of: state, calendars: zone.calendars(from: days.first, through: days.last))
        dues = DueIndex(state, calendars: calendar.calendars)
    }

    /// Knows the days through one, and what falls due on them.
    mutating func extend(through day: Day) {
        guard day > calendar.calendars.last else { return }
        self = reaching(day)
        dues = DueIndex(state, calendars: calendar.calendars)
    }
}
