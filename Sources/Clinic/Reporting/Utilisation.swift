package import Planning

/// Minutes that were used of minutes that there were.
package struct MinutesOfUse: Hashable, Sendable {
    package var used = 0
    /// Minutes that there were.
    package var available = 0

    package init() {}

    /// So many used of so many.
    package init(used: Int, available: Int) {
        self.used = used
        self.available = available
    }

    /// Whole percent, rounded to the nearest; nil where there were no minutes.
    package var percent: Int? { available == 0 ? nil : (200 * used + available) / (2 * available) }

    static func + (left: MinutesOfUse, right: MinutesOfUse) -> MinutesOfUse {
        MinutesOfUse(used: left.used + right.used, available: left.available + right.available)
    }
}

/// An hour of a weekday, by the clock.
package struct WeekHour: Hashable, Comparable, Sendable {
    package let weekday: Weekday
    /// The hour that the clock shows, 0 to 23.
    package let hour: Int

    /// An hour of a weekday.
    package init(weekday: Weekday, hour: Int) {
        self.weekday = weekday
        self.hour = hour
    }

    package static func < (left: WeekHour, right: WeekHour) -> Bool {
        (left.weekday.rawValue, left.hour) < (right.weekday.rawValue, right.hour)
    }
}

/// How a chair was used.
package struct ChairUse: Hashable, Sendable {
    /// Visits that held it.
    package var visits = 0
    /// Minutes held while it was in service, of minutes in service while the clinic was open.
    package var minutes = MinutesOfUse()
}

/// How much a person carried.
package struct PersonUse: Hashable, Sendable {
    package var name = ""
    package var roles: Set<String> = []
    /// Visits they attended, covers included.
    package var visits = 0
    package var onDutyMinutes = 0
    /// Load in hundredths of minutes (percent times minutes), of what they can carry while on duty.
    package var load = MinutesOfUse()
}

/// How chairs and staff were used over some days.
///
/// - A chair is **used** while a visit that has its place (planned, under way or given) holds it, turnover included,
///   and **available** while it is in service and the clinic is open. What a hold takes beyond that is left out.
/// - A person's **load** is the percentage of every label and cover times its minutes; **available** is capacity times
///   minutes on duty: shifts less breaks and time off.
/// - A role's load is that of labels that ask for it; available is what those who have the role can carry. Somebody of
///   two roles is available to both.
package struct Utilisation: Hashable, Sendable {
    /// Days on which the clinic was open.
    package private(set) var openDays = 0
    /// Chairs by hour of the week.
    package private(set) var chairHours: [WeekHour: MinutesOfUse] = [:]
    /// Each role by hour of the week, in percent times minutes.
    package private(set) var roleHours: [String: [WeekHour: MinutesOfUse]] = [:]
    package private(set) var chairs: [ChairID: ChairUse] = [:]
    package private(set) var staff: [PersonID: PersonUse] = [:]

    package init() {}

    package var allChairs: MinutesOfUse { chairs.values.reduce(MinutesOfUse()) { $0 + $1.minutes } }

    /// A role at all hours.
    package func total(of role: String) -> MinutesOfUse {
        roleHours[role, default: [:]].values.reduce(MinutesOfUse(), +)
    }

    /// By how many percent the most and the least loaded of a role differ; nil where fewer than two were on duty.
    package func spread(of role: String) -> Int? {
        let percents = staff.values.filter { $0.roles.contains(role) }.compactMap(\.load.percent)
        guard percents.count > 1, let least = percents.min(), let most = percents.max() else { return nil }
        return most - least
    }

    /// Takes in a day.
    package mutating func add(_ day: ReportedDay) {
        if !day.open.isEmpty { openDays += 1 }
        let visits = day.visits.filter(\.status.occupies)
        for chair in day.facility.chairs { addChair(chair.id, of: day, visits.filter { $0.place.chair == chair.id }) }
        for person in day.facility.staff { addPerson(person, of: day, visits) }
    }

    private mutating func addChair(_ chair: ChairID, of day: ReportedDay, _ visits: [Visit]) {
        let service = day.inService(chair)
        let holds = visits.map { $0.holdInterval.shifted(by: -day.calendar.firstMinute) }
        let used = holds.intersecting(service)
        for (hour, minutes) in day.calendar.hours(of: service) {
            chairHours[hour, default: .init()].available += minutes
        }
        for (hour, minutes) in day.calendar.hours(of: used) { chairHours[hour, default: .init()].used += minutes }
        chairs[chair, default: ChairUse()].visits += visits.count
        chairs[chair, default: ChairUse()].minutes.available += service.minutes
        chairs[chair, default: ChairUse()].minutes.used += used.minutes
    }

    private mutating func addPerson(_ person: Person, of day: ReportedDay, _ visits: [Visit]) {
        var use = staff[person.id, default: PersonUse()]
        use.name = person.name
        use.roles = person.roles
        let duty = day.onDuty(person)
        use.onDutyMinutes += duty.minutes
        use.load.available += duty.minutes * person.capacityPercent
        for (hour, minutes) in day.calendar.hours(of: duty) {
            for role in person.roles {
                roleHours[role, default: [:]][hour, default: .init()].available += minutes * person.capacityPercent
            }
        }
        for visit in visits {
            let runs = visit.loadRuns.filter { $0.person == person.id }
            if runs.isEmpty { continue }
            use.visits += 1
            for run in runs {
                use.load.used += run.load * run.interval.minutes
                guard let role = visit.visitType.attendants.first(where: { $0.label == run.label })?.role else {
                    continue
                }
                for (hour, minutes) in day.calendar.hours(of: [run.interval.shifted(by: -day.calendar.firstMinute)]) {
                    roleHours[role, default: [:]][hour, default: .init()].used += minutes * run.load
                }
            }
        }
        staff[person.id] = use
    }
}

extension [Interval] {
    /// The minutes of all, which do not overlap.
    fileprivate var minutes: Int { reduce(0) { $0 + $1.minutes } }
}

extension DayCalendar {
    /// How many minutes of stretches of elapsed minutes lie in each hour that the clock shows; what lies beyond the day
    /// is left out.
    fileprivate func hours(of stretches: [Interval]) -> [(hour: WeekHour, minutes: Int)] {
        stretches.flatMap { stretch -> [(hour: WeekHour, minutes: Int)] in
            var pieces: [(hour: WeekHour, minutes: Int)] = []
            var from = max(0, stretch.from)
            let until = min(length, stretch.until)
            while from < until {
                let clock = clock(at: from)
                let jump = segments.first { $0.elapsed > from }?.elapsed ?? length
                let next = min(from + 60 - clock % 60, until, jump)
                pieces.append((WeekHour(weekday: day.weekday, hour: clock / 60), next - from))
                from = next
            }
            return pieces
        }
    }
}
