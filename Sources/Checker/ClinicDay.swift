package import Planning

/// What a plan is checked against: the clinic, the present moment and the visits that occupy their places.
package struct Setting: Sendable {
    package var facility: Facility
    /// The calendar of every day concerned, and of the days beside it.
    package var calendars: DayCalendars
    package var timeOff: [TimeOff]
    package var outages: [Outage]
    /// Visits that occupy their places; those on days without a calendar are left out.
    package var bookings: [Booking]
    /// The present moment, minutes since 1970-01-01T00:00Z.
    package var now: Int
    /// The civil day of `now`.
    package var today: Day

    /// A clinic at a moment with its absences, outages and bookings.
    package init(
        facility: Facility, calendars: DayCalendars, timeOff: [TimeOff] = [], outages: [Outage] = [],
        bookings: [Booking] = [], now: Int, today: Day
    ) {
        self.facility = facility
        self.calendars = calendars
        self.timeOff = timeOff
        self.outages = outages
        self.bookings = bookings
        self.now = now
        self.today = today
    }

    /// The setting of a problem, before any of its courses is placed.
    package init(_ problem: Problem, calendars: DayCalendars) {
        self.init(
            facility: problem.facility, calendars: calendars, timeOff: problem.timeOff, outages: problem.outages,
            bookings: problem.bookings, now: problem.now, today: problem.today)
    }
}

/// One day of a setting in elapsed minutes of that day: what is open, who is on duty, what is taken.
package struct ClinicDay: Sendable {
    /// A load on a person for some minutes.
    package struct Load: Hashable, Sendable {
        package let interval: Interval
        package let percent: Int
    }

    /// A person on this day.
    package struct PersonDay: Sendable {
        package let person: Person
        /// When on duty: shifts, less breaks and time off.
        package let onDuty: [Interval]
        /// What bookings put on the person: labels while on duty, and covers.
        package let loads: [Load]
    }

    /// A chair on this day.
    package struct ChairDay: Sendable {
        package let chair: Chair
        /// When it is out of service.
        package let outages: [Interval]
        /// When bookings hold it; a hold of the day before may run in, one of this day may run out.
        package let holds: [Interval]
    }

    package let calendar: DayCalendar
    /// When the clinic is open.
    package let openings: [Interval]
    /// Where a visit may start by the clock, ascending.
    package let starts: [Int]
    /// The staff in configured order.
    package let staff: [PersonDay]
    /// The chairs in configured order.
    package let chairs: [ChairDay]
    /// [start, end) of every booking of this day, and of those beside it.
    package let visits: [Interval]
    /// Whose visits are booked on this day.
    package let patients: Set<PatientID>
    /// The shortest hold of all visit types, minutes.
    package let shortestHold: Int

    /// The person of an id.
    package func person(_ id: PersonID) -> PersonDay? { staff.first { $0.person.id == id } }

    /// The chair of an id.
    package func chair(_ id: ChairID) -> ChairDay? { chairs.first { $0.chair.id == id } }
}

extension Setting {
    /// The first instant at which a visit of a course may start: the lead time may be set aside for the first.
    func earliestStart(of step: CheckedStep?, _ request: CourseRequest) -> Int {
        step?.number == 1 && request.setAside.contains(.leadTime) ? now : now + facility.planning.leadTimeMinutes
    }

    /// One day in elapsed minutes, or nil where its calendar is not given.
    package func clinicDay(_ day: Day) -> ClinicDay? {
        guard let calendar = calendars[day] else { return nil }
        let nearby = bookings.compactMap { booking -> (booking: Booking, shift: Int)? in
            guard abs(booking.placement.day - day) <= 1, let own = calendars[booking.placement.day] else { return nil }
            return (booking, own.firstMinute - calendar.firstMinute)
        }
        return ClinicDay(
            calendar: calendar, openings: openings(on: calendar), starts: starts(on: calendar),
            staff: facility.staff.map { person in
                let duty = onDuty(person, on: calendar)
                let carried = nearby.flatMap { loads(of: $0.booking, on: person.id, onDuty: duty, shift: $0.shift) }
                return ClinicDay.PersonDay(person: person, onDuty: duty, loads: carried)
            },
            chairs: facility.chairs.map { chair in
                ClinicDay.ChairDay(
                    chair: chair,
                    outages: outages.filter { $0.chair == chair.id }
                        .map { $0.interval.shifted(by: -calendar.firstMinute) },
                    holds: nearby.filter { $0.booking.placement.chair == chair.id }
                        .map { $0.booking.holdInterval.shifted(by: $0.shift) })
            },
            visits: nearby.map { $0.booking.visitInterval.shifted(by: $0.shift) },
            patients: Set(bookings.filter { $0.placement.day == day }.map(\.patient)),
            shortestHold: facility.shortestHold)
    }

    /// Whether a visit of a course could be given on a day as far as opening hours and the patient go.
    package func isPossible(_ day: Day, for request: CourseRequest) -> Bool {
        guard let calendar = calendars[day], !openings(on: calendar).isEmpty else { return false }
        let wish = request.wish
        if wish.blackoutDays.contains(day) || wish.endDay.map({ day > $0 }) ?? false { return false }
        return wish.availability.isEmpty || !windowIntervals(wish.availability, on: calendar).isEmpty
    }

    /// Weekday hours and dated openings, less closures.
    private func openings(on calendar: DayCalendar) -> [Interval] {
        let day = calendar.day
        var open = facility.hours[day.weekday] ?? []
        open += facility.openings.filter { $0.day == day }.map(\.hours)
        let closures = facility.closures.filter { $0.from <= day && day <= $0.through }
        if closures.contains(where: { $0.hours == nil }) { return [] }
        return open.compactMap { calendar.interval(ofClock: $0) }
            .subtracting(closures.compactMap { $0.hours.flatMap { calendar.interval(ofClock: $0) } })
    }

    /// Every minute at which the clock shows a multiple of `startEveryMinutes`.
    private func starts(on calendar: DayCalendar) -> [Int] {
        stride(from: 0, to: 1440, by: facility.startEveryMinutes)
            .flatMap { calendar.elapsed(showing: $0) }.sorted()
    }

    /// Shifts, less breaks and time off.
    private func onDuty(_ person: Person, on calendar: DayCalendar) -> [Interval] {
        let shifts = person.shifts.filter { $0.works(on: calendar.day) }
        let breaks = shifts.flatMap(\.breaks).compactMap { calendar.interval(ofClock: $0) }
        let away = timeOff.filter { $0.person == person.id }.map { $0.interval.shifted(by: -calendar.firstMinute) }
        return shifts.compactMap { calendar.interval(ofClock: $0.hours) }.subtracting(breaks + away)
    }

    /// What a booking puts on a person: the labels they fill while on duty, and their covers.
    private func loads(
        of booking: Booking, on person: PersonID, onDuty: [Interval], shift: Int
    ) -> [ClinicDay.Load] {
        let type = booking.visitType
        let stages = zip(type.stages, type.stageIntervals).map {
            (stage: $0, interval: $1.shifted(by: booking.placement.start + shift))
        }
        var carried: [ClinicDay.Load] = []
        for (label, filler) in zip(type.filledLabels, booking.placement.persons) where filler == person {
            for (stage, interval) in stages {
                guard let percent = stage.load[label.label] else { continue }
                carried += [interval].intersecting(onDuty).map { ClinicDay.Load(interval: $0, percent: percent) }
            }
        }
        for cover in booking.placement.covers where cover.person == person {
            for (stage, interval) in stages {
                guard let percent = stage.load[cover.label],
                    let shared = interval.intersection(cover.interval.shifted(by: shift))
                else { continue }
                carried.append(ClinicDay.Load(interval: shared, percent: percent))
            }
        }
        return carried
    }
}
