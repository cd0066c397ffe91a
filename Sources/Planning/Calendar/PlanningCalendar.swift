/// The clinic's days as the planner reads them: one immutable board a day. A value derived from configuration, absences
/// and visits; copying it copies references.
package struct PlanningCalendar: Sendable {
    package let facility: Facility
    /// The clock of each day there is.
    package private(set) var calendars: DayCalendars
    package let timeOff: [TimeOff]
    package let outages: [Outage]
    let layout: BoardLayout
    private(set) var boards: [DayBoard]

    /// A calendar of the given days with the visits that occupy them. Visits on other days are left out; they are asked
    /// for again where `extended` adds their days.
    package init(
        facility: Facility, calendars: DayCalendars, timeOff: [TimeOff] = [], outages: [Outage] = [],
        bookings: [Booking] = []
    ) {
        self.facility = facility
        self.calendars = calendars
        self.timeOff = timeOff
        self.outages = outages
        layout = BoardLayout(facility)
        boards = []
        boards = makeBoards(of: calendars.days, bookings)
    }

    /// The first day there is.
    package var first: Day { calendars.first }

    /// The last day there is.
    package var last: Day { calendars.last }

    /// The board of a day, or nil outside of what was given.
    package subscript(day: Day) -> DayBoard? {
        let index = day - calendars.first
        return boards.indices.contains(index) ? boards[index] : nil
    }

    /// The calendar with the days added that follow its last one, and the visits on them.
    package func extended(with more: [DayCalendar], bookings: [Booking]) -> PlanningCalendar {
        var result = self
        let new = more.filter { $0.day > last }
        precondition(new.first.map { $0.day == last + 1 } ?? true, "days are added without a hole")
        result.calendars = DayCalendars(first: calendars.first, days: calendars.days + new)
        result.boards += makeBoards(of: new, bookings)
        return result
    }

    /// Adds a visit to its day; does nothing where the day is not there.
    package mutating func add(_ booking: Booking) {
        let index = booking.placement.day - calendars.first
        guard boards.indices.contains(index) else { return }
        boards[index] = boards[index].adding(booking)
    }

    /// Takes visits from a day and adds others, at the cost of one change.
    package mutating func replace(_ gone: Set<VisitID>, with bookings: [Booking], on day: Day) {
        let index = day - calendars.first
        guard boards.indices.contains(index) else { return }
        boards[index] = boards[index].replacing(gone, with: bookings)
    }

    /// Takes a visit from a day; does nothing where it is not there.
    package mutating func remove(_ id: VisitID, on day: Day) {
        let index = day - calendars.first
        guard boards.indices.contains(index) else { return }
        boards[index] = boards[index].removing(id)
    }

    /// The calendar with one more chair that has the features of an existing one, always in service, last in order.
    func adding(chairLike chair: Chair) -> PlanningCalendar {
        var more = facility
        more.chairs.append(Chair(id: ChairID(chair.id.text + "+"), features: chair.features))
        return PlanningCalendar(self, facility: more) { roster in
            roster.addingChair(
                serviceMinutes: max(1, roster.calendar.length) + self.layout.tailMinutes,
                slotMinutes: self.layout.grid.slotMinutes)
        }
    }

    /// The calendar with one more person of a role, with credentials without end and full capacity, on duty while the
    /// clinic is open, last in order.
    func adding(personOf role: String, credentials: Set<String>) -> PlanningCalendar {
        var more = facility
        more.staff.append(
            Person(
                id: PersonID(role + "+"), roles: [role],
                credentials: credentials.sorted().map { Credential(name: $0) }))
        return PlanningCalendar(self, facility: more) { $0.addingPerson(slotMinutes: self.layout.grid.slotMinutes) }
    }

    private init(_ old: PlanningCalendar, facility: Facility, roster: (DayRoster) -> DayRoster) {
        self.facility = facility
        calendars = old.calendars
        timeOff = old.timeOff
        outages = old.outages
        let layout = BoardLayout(facility)
        self.layout = layout
        boards = old.boards.map { DayBoard($0, layout: layout, roster: roster($0.roster)) }
    }

    private func makeBoards(of days: [DayCalendar], _ bookings: [Booking]) -> [DayBoard] {
        let byDay = Dictionary(grouping: bookings, by: \.placement.day)
        return days.map { calendar in
            let day = Interval(
                calendar.firstMinute, calendar.firstMinute + max(1, calendar.length) + layout.tailMinutes)
            let roster = DayRoster(
                facility, calendar: calendar, timeOff: timeOff.filter { $0.interval.overlaps(day) },
                outages: outages.filter { $0.interval.overlaps(day) }, layout: layout)
            return DayBoard(layout: layout, roster: roster, bookings: byDay[calendar.day] ?? [])
        }
    }
}
