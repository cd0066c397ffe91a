package import Planning

// Messages of plans from values of Planning. The calendars must hold every day that a value names.

extension VisitType {
    /// Who fills which label: `persons` in the order of the filled labels.
    package func attendants(_ persons: [PersonID]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(filledLabels, persons).map { ($0.label, $1.text) })
    }
}

extension CoverMessage {
    /// A cover on a day.
    package init(_ cover: Cover, on calendar: DayCalendar) {
        self.init(
            label: cover.label, person: cover.person.text,
            from: ZonedInstant(elapsed: cover.interval.from, of: calendar),
            until: ZonedInstant(elapsed: cover.interval.until, of: calendar))
    }
}

extension PlannedVisitMessage {
    /// A visit of a plan.
    package init(_ visit: PlannedVisit, in calendars: DayCalendars) {
        let place = visit.placement
        let calendar = calendars.calendar(of: place.day)
        self.init(
            number: visit.number, phase: visit.phase, visit: visit.visitType.id.text,
            start: ZonedInstant(elapsed: place.start, of: calendar),
            end: ZonedInstant(elapsed: place.start + visit.visitType.length, of: calendar), chair: place.chair.text,
            attendants: visit.visitType.attendants(place.persons),
            covers: place.covers.map { CoverMessage($0, on: calendar) }, terms: visit.terms)
    }
}

extension AlternativeMessage {
    package init(_ alternative: Alternative, in calendars: DayCalendars) {
        self.init(
            cost: alternative.cost, difference: alternative.difference, terms: alternative.terms,
            visits: alternative.visits.map { PlannedVisitMessage($0, in: calendars) })
    }
}

extension PlanMessage {
    package init(_ plan: Plan, in calendars: DayCalendars) {
        self.init(
            cost: plan.cost, usual: plan.usual.map { ClockTime(minutes: $0) }, terms: plan.terms,
            visits: plan.visits.map { PlannedVisitMessage($0, in: calendars) },
            alternatives: plan.alternatives.map { AlternativeMessage($0, in: calendars) })
    }
}

extension RefusalMessage {
    /// Why there is no plan.
    package init(_ refusal: Refusal) {
        self.init(
            visit: refusal.visit, phase: refusal.phase, days: refusal.days.map { ClosedDayMessage($0) },
            wouldHelp: refusal.wouldHelp)
    }
}

extension DayCalendars {
    /// The calendar of a day that must be there: whoever holds a place on a day holds its calendar.
    package func calendar(of day: Day) -> DayCalendar {
        guard let calendar = self[day] else { preconditionFailure("no calendar for a day that has a visit") }
        return calendar
    }
}
