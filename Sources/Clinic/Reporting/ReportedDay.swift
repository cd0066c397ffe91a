package import Planning

/// A day as reports look at it: who and what was there, and its visits.
package struct ReportedDay: Sendable {
    package let calendar: DayCalendar
    /// The clinic with all closures and openings; chairs and persons that were retired are not in it.
    package let facility: Facility
    package let timeOff: [TimeOff]
    /// Chairs out of service.
    package let outages: [Outage]
    /// The day's visits, whatever became of them.
    package let visits: [Visit]

    /// A day of a clinic with its visits.
    package init(
        calendar: DayCalendar, facility: Facility, timeOff: [TimeOff] = [], outages: [Outage] = [], visits: [Visit]
    ) {
        self.calendar = calendar
        self.facility = facility
        self.timeOff = timeOff
        self.outages = outages
        self.visits = visits
    }

    /// When the clinic is open, elapsed minutes.
    var open: [Interval] { openingIntervals(of: facility, on: calendar) }

    /// When a chair is in service while the clinic is open, elapsed minutes.
    func inService(_ chair: ChairID) -> [Interval] {
        let out = outages.filter { $0.chair == chair }.map { $0.interval.shifted(by: -calendar.firstMinute) }
        return open.subtracting(out)
    }

    /// When a person is on duty, elapsed minutes.
    func onDuty(_ person: Person) -> [Interval] {
        dutyIntervals(of: person, on: calendar, away: timeOff.filter { $0.person == person.id }.map(\.interval))
    }
}

/// The days that a report is about, the last one included.
package struct ReportPeriod: Hashable, Sendable {
    package let from: Day
    package let through: Day

    /// The days from one to another, which is not before it.
    package init(from: Day, through: Day) {
        precondition(from <= through, "a period ends after it begins")
        self.from = from
        self.through = through
    }

    /// The days of a month of a year.
    package init?(year: Int, month: Int) {
        guard let first = Day(year: year, month: month, day: 1),
            let next = Day(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
        else { return nil }
        self.init(from: first, through: next - 1)
    }

    /// Whether a day is one of them.
    package func contains(_ day: Day) -> Bool { from <= day && day <= through }

    /// How many days there are.
    package var count: Int { through - from + 1 }
}

/// The lower of the two middle values; nil where there are none.
package func lowerMedian(_ values: [Int]) -> Int? {
    values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
}
