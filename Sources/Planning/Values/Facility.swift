/// What a clinic plans on: hours, chairs, staff, visit types, regimens and planning figures
/// (docs/contract/formats.md section 1). Order matters: chairs and persons are preferred in the order configured where
/// all else is equal.
package struct Facility: Hashable, Sendable {
    package var name: String
    /// The IANA name of the clinic's time zone.
    package var timeZone: String
    /// Minutes of a slot: stages and turnover are whole slots. Divides 60.
    package var gridMinutes: Int
    /// Visits start where the clock shows a multiple of this; divides 60, a multiple of the grid.
    package var startEveryMinutes: Int
    /// Opening hours by weekday, minutes on the clock.
    package var hours: [Weekday: [Interval]]
    package var openings: [Opening]
    package var closures: [Closure]
    /// Chairs, beds and rooms, in the order in which they are preferred.
    package var chairs: [Chair]
    /// Staff, in the order in which they are preferred.
    package var staff: [Person]
    package var visitTypes: [VisitType]
    package var regimens: [Regimen]
    /// Horizons, limits and weights.
    package var planning: PlanningParameters

    /// A clinic with the given parts.
    package init(
        name: String = "Clinic", timeZone: String = "UTC", gridMinutes: Int = 5, startEveryMinutes: Int = 15,
        hours: [Weekday: [Interval]] = [:], openings: [Opening] = [], closures: [Closure] = [], chairs: [Chair] = [],
        staff: [Person] = [], visitTypes: [VisitType] = [], regimens: [Regimen] = [],
        planning: PlanningParameters = PlanningParameters()
    ) {
        self.name = name
        self.timeZone = timeZone
        self.gridMinutes = gridMinutes
        self.startEveryMinutes = startEveryMinutes
        self.hours = hours
        self.openings = openings
        self.closures = closures
        self.chairs = chairs
        self.staff = staff
        self.visitTypes = visitTypes
        self.regimens = regimens
        self.planning = planning
    }

    /// The default of `startEveryMinutes`: the smallest divisor of 60 that is at least 15 and a multiple of the grid
    /// (docs/contract/planning.md section 1).
    package static func defaultStartEvery(gridMinutes: Int) -> Int {
        (15...60).first { 60 % $0 == 0 && $0 % gridMinutes == 0 } ?? 60
    }

    /// The visit type of an id.
    package func visitType(_ id: VisitTypeID) -> VisitType? { visitTypes.first { $0.id == id } }

    /// The regimen of an id.
    package func regimen(_ id: RegimenID) -> Regimen? { regimens.first { $0.id == id } }

    /// Minutes of the shortest hold of all visit types: an idle stretch shorter than this is of no use to anyone.
    package var shortestHold: Int { visitTypes.map(\.hold).min() ?? 0 }
}

/// An extra opening on one day.
package struct Opening: Hashable, Sendable {
    package var day: Day
    /// Minutes on the clock.
    package var hours: Interval
    package var reason: String?

    /// An extra opening of a day at the given clock minutes.
    package init(day: Day, hours: Interval, reason: String? = nil) {
        self.day = day
        self.hours = hours
        self.reason = reason
    }
}

/// A stretch of days, or hours of them, on which the clinic is closed.
package struct Closure: Hashable, Sendable {
    /// The first closed day.
    package var from: Day
    /// The last closed day.
    package var through: Day
    /// Minutes on the clock of each of the days; nil closes whole days.
    package var hours: Interval?
    package var reason: String?

    /// A closure of the days from … through, or of certain hours on them.
    package init(from: Day, through: Day, hours: Interval? = nil, reason: String? = nil) {
        self.from = from
        self.through = through
        self.hours = hours
        self.reason = reason
    }
}

/// A chair, bed or room.
package struct Chair: Hashable, Sendable {
    package var id: ChairID
    /// What it offers: recliner, monitor, bed, private, …
    package var features: Set<String>

    /// A chair with the given features.
    package init(id: ChairID, features: Set<String> = []) {
        self.id = id
        self.features = features
    }
}

/// A member of staff.
package struct Person: Hashable, Sendable {
    package var id: PersonID
    /// Their name for people; staff names may be shown, patients' may not.
    package var name: String
    /// What they may be booked as.
    package var roles: Set<String>
    /// How much load they carry at once, percent (1 to 100); less while being trained.
    package var capacityPercent: Int
    package var credentials: [Credential]
    package var shifts: [Shift]

    /// A person with the given roles, capacity, credentials and shifts.
    package init(
        id: PersonID, name: String = "", roles: Set<String>, capacityPercent: Int = 100,
        credentials: [Credential] = [], shifts: [Shift] = []
    ) {
        self.id = id
        self.name = name
        self.roles = roles
        self.capacityPercent = capacityPercent
        self.credentials = credentials
        self.shifts = shifts
    }
}

/// A qualification with an optional last valid day.
package struct Credential: Hashable, Sendable {
    package var name: String
    /// The last day on which it is valid; nil for no end.
    package var until: Day?

    /// A qualification valid through a day, or without end.
    package init(name: String, until: Day? = nil) {
        self.name = name
        self.until = until
    }
}

/// A weekly pattern of work.
package struct Shift: Hashable, Sendable {
    package var days: Set<Weekday>
    /// From and until on the clock.
    package var hours: Interval
    /// Breaks, on the clock.
    package var breaks: [Interval]
    /// The first day of the pattern; nil for always.
    package var from: Day?
    /// The last day of the pattern; nil for no end.
    package var through: Day?

    /// A weekly pattern, within optional first and last days.
    package init(days: Set<Weekday>, hours: Interval, breaks: [Interval] = [], from: Day? = nil, through: Day? = nil) {
        self.days = days
        self.hours = hours
        self.breaks = breaks
        self.from = from
        self.through = through
    }

    /// Whether the pattern works on a day.
    package func works(on day: Day) -> Bool {
        days.contains(day.weekday) && (from.map { $0 <= day } ?? true) && (through.map { day <= $0 } ?? true)
    }
}

/// A stretch in which a person is away, in minutes since 1970-01-01T00:00Z.
package struct TimeOff: Hashable, Sendable {
    package var person: PersonID
    /// When, minutes since 1970 UTC.
    package var interval: Interval

    /// A person's absence in minutes since 1970 UTC.
    package init(person: PersonID, interval: Interval) {
        self.person = person
        self.interval = interval
    }
}

/// A stretch in which a chair is out of service, in minutes since 1970-01-01T00:00Z.
package struct Outage: Hashable, Sendable {
    package var chair: ChairID
    /// When, minutes since 1970 UTC.
    package var interval: Interval

    /// A chair's outage in minutes since 1970 UTC.
    package init(chair: ChairID, interval: Interval) {
        self.chair = chair
        self.interval = interval
    }
}

/// Horizons, limits and weights of planning, with their defaults (docs/contract/planning.md,
/// docs/contract/formats.md section 1).
package struct PlanningParameters: Hashable, Sendable {
    /// How far ahead of the planning day open-ended phases are planned, days.
    package var horizonDays = 182
    /// How long after now a new start must lie, minutes.
    package var leadTimeMinutes = 60
    /// How many days after its earliest day a course may start.
    package var startWithinDays = 14
    /// How many days ahead a tentative visit falls due for confirmation.
    package var firmDays = 14
    /// How many days after a lost visit it is made up at the latest.
    package var makeUpDays = 7
    /// What is done about courses that would miss their goal and could still reach it.
    package var seeksGoals = GoalSeeking.propose
    /// The price of each cost term.
    package var weights = Weights()

    package init() {}
}

/// What is done by itself about a course that would miss its goal, where a plan reaches it (docs/contract/planning.md
/// section 6). The raw value is its name everywhere.
package enum GoalSeeking: String, CaseIterable, Hashable, Sendable {
    /// It is shown on the morning sheet.
    case propose
    /// It is made where nobody has to be called, and shown otherwise.
    case untold
    /// It is made, whoever is to be called.
    case all
}

/// The weight of each cost term (docs/contract/planning.md section 4) and of changes to told visits (section 6).
package struct Weights: Hashable, Sendable {
    /// A day from the course's earliest day to its first visit.
    package var start = 5
    /// A day between the gap taken and the ideal gap.
    package var gap = 10
    /// A visit outside of all preferred windows.
    package var preference = 8
    /// A half hour begun between the start and the usual time, four at most.
    package var rhythm = 2
    /// Another person than the one wished for, or than the visit before had.
    package var continuity = 3
    /// A place down the course's list of sites.
    package var site = 6
    /// A session that is opened.
    package var session = 4
    /// Another visit in progress at the busiest moment.
    package var crowding = 1
    /// A useless idle stretch beside the hold.
    package var idle = 2
    /// A whole hour of load that the continuity attendant already carries.
    package var workload = 1
    /// A told visit moved to another day.
    package var movedDay = 40
    /// A told visit moved to another time on its day.
    package var movedTime = 15

    package init() {}
}
