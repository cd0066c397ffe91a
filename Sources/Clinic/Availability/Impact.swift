package import Planning

/// A booked visit that a change of hours, chairs or staff hits.
package struct AffectedVisit: Hashable, Sendable {
    package let visit: VisitID
    /// The rules that its place breaks, in the table's order; those that were set aside for it are left out.
    package let rules: [Rule]

    /// A visit and the rules that its place breaks.
    package init(visit: VisitID, rules: [Rule]) {
        self.visit = visit
        self.rules = rules
    }
}

/// The visits still to come or under way that no longer keep a rule on their places once some events have happened, and
/// did before, ascending by start. For absences, outages, closures and reloads: whom they hit.
///
/// - Parameters:
///   - events: what is to happen, or has just been decided.
///   - calendar: that of `state`; visits on days that it does not have are not looked at.
package func hits(
    by events: [Event], on state: ClinicState, calendar: PlanningCalendar, now: Instant
) -> [AffectedVisit] {
    guard events.contains(where: \.changesAvailability) else { return [] }
    var after = state
    let caller = Caller(uid: 0, user: "", pid: 0, role: .viewer)
    for recorded in state.recorded(events, under: EventOrigin(at: now, caller: caller)) {
        apply(recorded, to: &after)
    }
    let affected = state.daysWithVisits.filter { calendar.calendars[$0] != nil }
    var result: [AffectedVisit] = []
    for day in affected {
        guard let clock = calendar.calendars[day], clock.firstMinute + clock.length > now.minute else { continue }
        guard events.contains(where: { $0.touches(clock) }) else { continue }
        let before = state.running(on: calendar, now: now)
        let changed = after.running(
            on: planningCalendar(of: after, calendars: DayCalendars(first: day, days: [clock])), now: now)
        let open = state.visits(on: day).filter { visit in
            visit.status.isOpen && (visit.status.isInProgress || visit.holdInterval.until > now.minute)
        }
        for visit in open {
            let was = Set(state.brokenRules(of: visit, on: before, clock, now: now))
            let rules = after.brokenRules(of: visit, on: changed, clock, now: now).filter { !was.contains($0) }
            if !rules.isEmpty { result.append(AffectedVisit(visit: visit.id, rules: rules)) }
        }
    }
    return result
}

extension ClinicState {
    /// The rules that a visit's place breaks by itself and that are not set aside, in the table's order; of one that is
    /// under way those of what is expected of it.
    package func brokenRules(
        of visit: Visit, on calendar: PlanningCalendar, _ clock: DayCalendar, now: Instant
    ) -> [Rule] {
        let grid = calendar.facility.gridMinutes
        guard let booking = visit.booking(on: clock, at: now, gridMinutes: grid), let course = course(visit.course)
        else { return [] }
        return (Planning.brokenRules(of: booking, for: course.request, on: calendar) ?? [])
            .filter { $0.isPhysical || visit.overrides[$0] == nil }
    }
}
