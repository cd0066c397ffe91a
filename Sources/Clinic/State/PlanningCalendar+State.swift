import HashTreeCollections
package import Planning

extension ClinicState {
    /// What is planned on: the configuration with what was changed by command. Retired chairs and persons stand last,
    /// never in service and never on duty, so that visits that name them are still understood.
    package var planningFacility: Facility {
        guard var facility = configuration?.facility else { return Facility() }
        facility.chairs += retired.chairs
        facility.staff += retired.staff.map { person in
            var person = person
            person.shifts = []
            return person
        }
        for dated in allShifts {
            guard let index = facility.staff.firstIndex(where: { $0.id == dated.shift.person }) else { continue }
            facility.staff[index].shifts.append(dated.shift.pattern)
        }
        facility.closures += allClosures.map(\.closure)
        facility.openings += allOpenings.map(\.opening)
        return facility
    }

    /// Absences in the planner's terms, in the order in which they became known.
    package var planningTimeOff: [TimeOff] {
        allAbsences.map(\.timeOff)
    }

    /// Outages in the planner's terms, in the order in which they became known; retired chairs are always out.
    package var planningOutages: [Outage] {
        let always = Interval(-1_000_000_000, 1_000_000_000)
        return allOutages.map(\.outage)
            + retired.chairs.map { Outage(chair: $0.id, interval: always) }
    }

    /// The visits that occupy their places on the given days.
    package func bookings(on days: some Sequence<DayCalendar>) -> [Booking] {
        days.flatMap { calendar in
            visits(on: calendar.day).compactMap { $0.booking(on: calendar) }
                + openOffers.flatMap { bookings(of: $0, on: calendar) }
        }
    }
}

/// The planner's calendar of a state for the given days.
package func planningCalendar(of state: ClinicState, calendars: DayCalendars) -> PlanningCalendar {
    PlanningCalendar(
        facility: state.planningFacility, calendars: calendars, timeOff: state.planningTimeOff,
        outages: state.planningOutages, bookings: state.bookings(on: calendars.days))
}

/// The planner's calendar with more days, which follow its last one.
package func extended(
    _ calendar: PlanningCalendar, with more: [DayCalendar], of state: ClinicState
) -> PlanningCalendar {
    calendar.extended(with: more, bookings: state.bookings(on: more))
}

/// Brings the planner's calendar from one state to the next: only the days that the events between them touch are made
/// anew, or all where hours, chairs or staff changed, or more visits than there are days.
package func refresh(
    _ calendar: inout PlanningCalendar, from before: ClinicState, to after: ClinicState, by events: [Event]
) {
    // A visit that comes or goes remakes its day; so many are no dearer all at once.
    let visits = events.flatMap(\.visits)
    if visits.count > calendar.calendars.days.count || events.contains(where: \.changesAvailability) {
        calendar = planningCalendar(of: after, calendars: calendar.calendars)
        return
    }
    for case .waiting(.offerClosed(let closed)) in events {
        for move in closed.offer.moves { calendar.remove(closed.offer.holder(of: move), on: move.to.day) }
    }
    for case .waiting(.offerMade(let offer)) in events {
        for day in Set(offer.moves.map(\.to.day)) {
            guard let clock = calendar.calendars[day] else { continue }
            for booking in after.bookings(of: offer, on: clock) { calendar.add(booking) }
        }
    }
    for id in visits {
        if let visit = before.visits[id], visit.status.occupies { calendar.remove(id, on: visit.day) }
        guard let visit = after.visits[id], let day = calendar.calendars[visit.day],
            let booking = visit.booking(on: day)
        else { continue }
        calendar.add(booking)
    }
}

extension DayCalendars {
    /// The day that an instant lies in, or nil where none of these does.
    package func day(at instant: Instant) -> DayCalendar? {
        let minute = instant.minute
        // The first day that begins after the instant; the one before it holds the instant.
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle].firstMinute > minute { high = middle } else { low = middle + 1 }
        }
        guard low > 0 else { return nil }
        let day = days[low - 1]
        return minute < day.firstMinute + day.length ? day : nil
    }
}
