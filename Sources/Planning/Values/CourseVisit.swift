/// The person who attended, or will attend, a visit as its continuity attendant.
package struct ContinuityAttendant: Hashable, Sendable {
    /// The role of the visit's continuity label.
    package let role: String
    package let person: PersonID

    /// A person in the role of a continuity label.
    package init(role: String, person: PersonID) {
        self.role = role
        self.person = person
    }
}

/// One visit of a course that has begun or is booked: what became of it so far. The rest of a course is planned
/// from its visits, phase by phase in order; a visit that a phase still asks for and that is not listed is planned anew
/// (docs/contract/planning.md section 6).
package struct CourseVisit: Hashable, Sendable {
    /// What became of it.
    package enum Status: Hashable, Sendable {
        /// Given, under way, or too near to be moved.
        case kept(Day, ContinuityAttendant?)
        /// Booked; the patient knows the time or not.
        case booked(Placement, told: Bool)
        /// Booked, and stays where it is.
        case pinned(Placement)
        /// Lost on a day, and to be made up.
        case lost(Day)
        /// Left out for good.
        case omitted
        case open
    }

    package var phase: String
    /// What became of it.
    package var status: Status
    /// Where it is to be now; asked only of visits that are planned.
    package var wish: PlaceWish?
    /// Whether its gap is set aside by somebody with the right to.
    package var ignoresGap: Bool
    /// Whether its phase's window is set aside by somebody with the right to.
    package var ignoresWindow: Bool
    /// The last day that it may have in place of the longest gap, of a booked visit: it makes up for a lost one, or the
    /// course was paused before it.
    package var latest: Day?
    /// The day that it had, of one that was left out; nil where that is not known.
    package var lastDay: Day?
    /// A day after which it is to be, of one that was lost, unless its wish names a day.
    package var after: Day?

    /// A visit of a phase.
    package init(
        phase: String, status: Status, wish: PlaceWish? = nil, ignoresGap: Bool = false,
        ignoresWindow: Bool = false, latest: Day? = nil, lastDay: Day? = nil, after: Day? = nil
    ) {
        self.phase = phase
        self.status = status
        self.wish = wish
        self.ignoresGap = ignoresGap
        self.ignoresWindow = ignoresWindow
        self.latest = latest
        self.lastDay = lastDay
        self.after = after
    }

    var isKept: Bool { keptDay != nil }

    /// The day of one that was given, is under way, or is too near to be moved.
    var keptDay: Day? { if case .kept(let day, _) = status { day } else { nil } }

    var isBooked: Bool {
        switch status {
        case .booked, .pinned: true
        case .kept, .lost, .omitted, .open: false
        }
    }
}

extension [CourseVisit] {
    /// The index of the visit that the rest is counted from: the kept one of the latest day, whatever its place in the
    /// course; of several on that day the last.
    var latestKept: Int? {
        indices.filter { self[$0].isKept }.max { left, right in
            (self[left].keptDay?.number ?? 0, left) < (self[right].keptDay?.number ?? 0, right)
        }
    }

    /// Whether each visit is behind, so that nothing of it is planned (docs/contract/planning.md section 6). A kept one
    /// is. One before a kept one, in the order of the course, is unless it is booked, wished for, or of a later day
    /// than all that is kept. A fixed one whose gap is set aside is where its day is no later than the last kept one.
    package var areBehind: [Bool] {
        let latest = latestKept.flatMap { self[$0].keptDay }
        let last = lastIndex(where: \.isKept) ?? -1
        func isPast(_ day: Day) -> Bool { latest.map { day <= $0 } ?? false }
        return enumerated().map { index, courseVisit in
            switch courseVisit.status {
            case .kept: true
            case .booked: false
            case .pinned(let place): courseVisit.ignoresGap && isPast(place.day)
            case .lost(let day): index < last && courseVisit.wish == nil && isPast(day)
            case .open: index < last && courseVisit.wish == nil && courseVisit.lastDay.map(isPast) ?? true
            case .omitted: index < last
            }
        }
    }
}

/// Where somebody wants a visit to be. What is nil may be anything that is allowed.
package struct PlaceWish: Hashable, Sendable {
    /// The first day it may have.
    package var from: Day?
    /// The last day it may have.
    package var through: Day?
    /// The start, minutes on the clock; the first such of a day.
    package var clock: Int?
    package var chair: ChairID?
    /// Who fills labels, by label.
    package var persons: [String: PersonID]
    /// Whether the place that it has now will not do.
    package var isElsewhere: Bool
    /// Starts that will not do, minutes on the clock; of each the first of a day.
    package var refused: Set<Int>
    /// Whether another time than the one that the patient was told costs all the same: the wish is not theirs.
    package var keepsTold: Bool

    /// A wish for a visit's place.
    package init(
        from: Day? = nil, through: Day? = nil, clock: Int? = nil, chair: ChairID? = nil,
        persons: [String: PersonID] = [:], isElsewhere: Bool = false, refused: Set<Int> = [],
        keepsTold: Bool = false
    ) {
        self.from = from
        self.through = through
        self.clock = clock
        self.chair = chair
        self.persons = persons
        self.isElsewhere = isElsewhere
        self.refused = refused
        self.keepsTold = keepsTold
    }
}
