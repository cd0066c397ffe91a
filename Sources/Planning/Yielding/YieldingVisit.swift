/// A booked visit that may yield its place to a course that would miss its goal otherwise (docs/contract/planning.md
/// section 6).
package struct YieldingVisit: Hashable, Sendable {
    /// Its course as a repair sees it, with the visits before and after it, which stay.
    package var course: RepairCourse
    /// Its index in the course's visits.
    package var index: Int

    /// A visit of a course by its index there.
    package init(course: RepairCourse, index: Int) {
        self.course = course
        self.index = index
    }

    /// The visit where it is now.
    package var visit: RepairVisit { course.visits[index] }
    var booking: Booking { visit.booking }
    var day: Day { booking.placement.day }
}

/// The course to which visits yield, as `plan` is asked for the rest of it.
package struct SeekingCourse: Hashable, Sendable {
    /// What it asks for, with the last day that its phase may have.
    package var request: CourseRequest
    /// What became of it so far.
    package var visits: [CourseVisit]

    /// A course that is to be planned to a day.
    package init(request: CourseRequest, visits: [CourseVisit]) {
        self.request = request
        self.visits = visits
        self.request.alternatives = 0
    }
}

/// How good a way is to make room: compared part by part, in this order, less is better.
package struct YieldingScore: Hashable, Comparable, Sendable {
    /// Visits whose patients know the time and that get another day or start.
    package var told: Int
    /// Visits that yield their places.
    package var displaced: Int
    /// What the rest of the seeking course costs, and what the visits that yield cost more than before, with those that
    /// follow them; told places at their price.
    package var cost: Int

    /// A score of the given parts.
    package init(told: Int, displaced: Int, cost: Int) {
        self.told = told
        self.displaced = displaced
        self.cost = cost
    }

    package static func < (left: YieldingScore, right: YieldingScore) -> Bool {
        (left.told, left.displaced, left.cost) < (right.told, right.displaced, right.cost)
    }
}

/// A way to make room: where the visits that yield go, and the plan that this makes possible.
package struct YieldedPlaces: Hashable, Sendable {
    /// A visit that yields, and where it goes.
    package struct Move: Hashable, Sendable {
        package let visit: VisitID
        package let course: CourseID
        package let before: Placement
        package let after: Placement

        /// A visit's way from its place to another.
        package init(visit: VisitID, course: CourseID, before: Placement, after: Placement) {
            self.visit = visit
            self.course = course
            self.before = before
            self.after = after
        }
    }

    /// The visits that yield, in the order in which they were given.
    package let moves: [Move]
    /// The rest of the seeking course.
    package let plan: Plan
    /// How good it is.
    package let score: YieldingScore
}

/// What a search for room comes to.
package struct YieldingOutcome: Hashable, Sendable {
    /// The best way to make room that was found; nil for none.
    package let best: YieldedPlaces?
    /// Whether every way was tried, so that none is better.
    package let isExhaustive: Bool
    /// The size of the search in steps.
    package let steps: Int
}
