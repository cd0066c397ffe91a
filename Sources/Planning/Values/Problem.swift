/// A planning problem as a value: everything that a plan depends on (docs/contract/formats.md section 2).
package struct Problem: Sendable {
    /// How the courses are placed (docs/contract/planning.md section 8, docs/contract/formats.md section 2).
    package enum Mode: String, CaseIterable, Hashable, Sendable {
        /// Every course alone against the bookings.
        case each
        /// Each plan is added before the next course is planned, in order.
        case sequence
        case batch
    }

    package var facility: Facility
    /// The present moment, minutes since 1970-01-01T00:00Z.
    package var now: Int
    /// The civil day of `now` at the clinic.
    package var today: Day
    package var timeOff: [TimeOff]
    package var outages: [Outage]
    /// Visits that occupy their places.
    package var bookings: [Booking]
    /// The courses to place, in order.
    package var courses: [CourseRequest]
    /// How they are placed.
    package var mode: Mode

    package init(
        facility: Facility, now: Int, today: Day, timeOff: [TimeOff] = [], outages: [Outage] = [],
        bookings: [Booking] = [], courses: [CourseRequest], mode: Mode = .each
    ) {
        self.facility = facility
        self.now = now
        self.today = today
        self.timeOff = timeOff
        self.outages = outages
        self.bookings = bookings
        self.courses = courses
        self.mode = mode
    }
}

/// What became of a course.
package enum Outcome: Hashable, Sendable {
    case plan(Plan)
    /// It has none, and why.
    case refusal(Refusal)
}

/// The answer to a problem: one outcome a course, in the order of the courses.
package struct Answer: Hashable, Sendable {
    /// One outcome a course, in the problem's order.
    package var outcomes: [Outcome]

    /// One outcome a course.
    package init(outcomes: [Outcome]) { self.outcomes = outcomes }

    /// The plans, in order.
    package var plans: [Plan] {
        outcomes.compactMap { if case .plan(let plan) = $0 { plan } else { nil } }
    }

    /// The refusals, in order.
    package var refusals: [Refusal] {
        outcomes.compactMap { if case .refusal(let refusal) = $0 { refusal } else { nil } }
    }
}
