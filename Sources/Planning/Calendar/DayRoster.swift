/// The opening hours, the chairs in service and the staff on duty of a day, before any visit. Immutable; all intervals
/// are elapsed minutes of the day, merged and ascending.
final class DayRoster: Sendable {
    let calendar: DayCalendar
    /// When the clinic is open.
    let opening: [Interval]
    /// When each chair is in service, in configured order; reaches past the day's end for turnover.
    let inService: [[Interval]]
    /// When each person is on duty, in configured order.
    let onDuty: [[Interval]]
    /// Whether everybody's duty begins and ends with a slot.
    let dutyIsWholeSlots: Bool

    private init(
        calendar: DayCalendar, opening: [Interval], inService: [[Interval]], onDuty: [[Interval]], slotMinutes: Int
    ) {
        self.calendar = calendar
        self.opening = opening
        self.inService = inService
        self.onDuty = onDuty
        dutyIsWholeSlots = onDuty.joined().allSatisfy { $0.from % slotMinutes == 0 && $0.until % slotMinutes == 0 }
    }

    /// The roster with one more chair, in service for the given minutes from the day's beginning.
    func addingChair(serviceMinutes: Int, slotMinutes: Int) -> DayRoster {
        DayRoster(
            calendar: calendar, opening: opening, inService: inService + [[Interval(0, serviceMinutes)]],
            onDuty: onDuty, slotMinutes: slotMinutes)
    }

    /// The roster with one more person, on duty while the clinic is open.
    func addingPerson(slotMinutes: Int) -> DayRoster {
        DayRoster(
            calendar: calendar, opening: opening, inService: inService, onDuty: onDuty + [opening],
            slotMinutes: slotMinutes)
    }

    convenience init(
        _ facility: Facility, calendar: DayCalendar, timeOff: [TimeOff], outages: [Outage], layout: BoardLayout
    ) {
        let service = [Interval(0, max(1, calendar.length) + layout.tailMinutes)]
        self.init(
            calendar: calendar, opening: openingIntervals(of: facility, on: calendar),
            inService: facility.chairs.map { chair in
                let out = outages.filter { $0.chair == chair.id }.map(\.interval)
                return service.subtracting(out.map { $0.shifted(by: -calendar.firstMinute) })
            },
            onDuty: facility.staff.map { person in
                let off = timeOff.filter { $0.person == person.id }.map(\.interval)
                return dutyIntervals(of: person, on: calendar, away: off)
            }, slotMinutes: layout.grid.slotMinutes)
    }
}

/// When the clinic is open on a day: weekly hours and dated openings, merged, less closures
/// (docs/contract/planning.md section 2). Elapsed minutes.
package func openingIntervals(of facility: Facility, on calendar: DayCalendar) -> [Interval] {
    let day = calendar.day
    let windows =
        (facility.hours[day.weekday] ?? []) + facility.openings.filter { $0.day == day }.map(\.hours)
    let closed = facility.closures.filter { $0.from <= day && day <= $0.through }.compactMap {
        calendar.interval(ofClock: $0.hours ?? Interval(0, 1440))
    }
    return windows.compactMap(calendar.interval(ofClock:)).subtracting(closed)
}

/// When a person is on duty on a day: shifts, less breaks, less absences (minutes since 1970 UTC). Elapsed minutes.
package func dutyIntervals(of person: Person, on calendar: DayCalendar, away: [Interval]) -> [Interval] {
    let shifts = person.shifts.filter { $0.works(on: calendar.day) }
    let breaks = shifts.flatMap(\.breaks).compactMap(calendar.interval(ofClock:))
    let off = away.map { $0.shifted(by: -calendar.firstMinute) }
    return shifts.map(\.hours).compactMap(calendar.interval(ofClock:)).subtracting(breaks + off)
}
