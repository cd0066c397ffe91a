package import Planning

/// A start as it is promised to a patient: a date and what the clock shows. A change of the time zone's law moves the
/// instant, never the promise.
package struct PromisedTime: Hashable, Sendable {
    package let day: Day
    /// What the clock shows, minutes from 00:00.
    package let clock: Int
    /// Whether the clock shows this for the second time that day.
    package let isLater: Bool

    /// A date and a clock minute; `isLater` only where the clock shows it twice and the second time is meant.
    package init(day: Day, clock: Int, isLater: Bool = false) {
        self.day = day
        self.clock = clock
        self.isLater = isLater
    }

    /// What the clock shows at an elapsed minute of a day.
    package init(elapsed: Int, of calendar: DayCalendar) {
        let clock = calendar.clock(at: elapsed)
        self.init(day: calendar.day, clock: clock, isLater: calendar.elapsed(showing: clock).first != elapsed)
    }

    /// The elapsed minute of its day; where the day skips the promised time, the first minute after the gap.
    package func elapsed(of calendar: DayCalendar) -> Int {
        let shown = calendar.elapsed(showing: clock)
        return (isLater ? shown.last : shown.first) ?? calendar.elapsed(atLeast: clock)
    }
}

/// A stretch of a visit through which another person carries a label.
package struct Handover: Hashable, Sendable {
    package let label: String
    package let person: PersonID
    /// When, minutes from the visit's start.
    package let stretch: Interval

    /// A label carried by a person for a stretch of minutes from the visit's start.
    package init(label: String, person: PersonID, stretch: Interval) {
        self.label = label
        self.person = person
        self.stretch = stretch
    }
}

/// Where a visit is booked: the promised start with the instant that follows from it, chair, persons and covers.
package struct Place: Hashable, Sendable {
    /// The start as promised.
    package let start: PromisedTime
    /// The same start in minutes since 1970-01-01T00:00Z, by the tzdata that the service last took over.
    package let minute: Int
    package let chair: ChairID
    /// Who fills each label that names a person, in the order of `VisitType.filledLabels`.
    package let persons: [PersonID]
    /// Who carries a label while its person is off duty.
    package let handovers: [Handover]

    /// A promised start, its instant (minutes since 1970 UTC), a chair, persons and covers.
    package init(start: PromisedTime, minute: Int, chair: ChairID, persons: [PersonID], handovers: [Handover] = []) {
        self.start = start
        self.minute = minute
        self.chair = chair
        self.persons = persons
        self.handovers = handovers
    }

    /// The place that the planner chose, on the calendar of its day.
    package init(_ placement: Placement, on calendar: DayCalendar) {
        precondition(calendar.day == placement.day, "a placement is read on the calendar of its own day")
        self.init(
            start: PromisedTime(elapsed: placement.start, of: calendar),
            minute: calendar.firstMinute + placement.start, chair: placement.chair, persons: placement.persons,
            handovers: placement.covers.map {
                Handover(label: $0.label, person: $0.person, stretch: $0.interval.shifted(by: -placement.start))
            })
    }

    package var day: Day { start.day }

    /// The place in the planner's terms, on the calendar of its day.
    package func placement(on calendar: DayCalendar) -> Placement {
        precondition(calendar.day == day, "a place is read on the calendar of its own day")
        let elapsed = start.elapsed(of: calendar)
        return Placement(
            day: day, start: elapsed, chair: chair, persons: persons,
            covers: handovers.map {
                Cover(label: $0.label, person: $0.person, interval: $0.stretch.shifted(by: elapsed))
            })
    }

    /// The same promise at another instant, minutes since 1970 UTC.
    package func retimed(to minute: Int) -> Place {
        Place(start: start, minute: minute, chair: chair, persons: persons, handovers: handovers)
    }
}
