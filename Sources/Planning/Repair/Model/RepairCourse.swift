/// A booked visit with what its repair depends on (docs/contract/planning.md section 7).
package struct RepairVisit: Hashable, Sendable {
    /// How far it has got.
    package enum Progress: String, CaseIterable, Hashable, Sendable {
        case ahead
        /// The patient is here: the day is settled, and a new start needs no lead time.
        case arrived
        /// Being treated: handed over, never moved.
        case inProgress
        /// Over: what happened is never judged.
        case completed
    }

    /// The visit at its place.
    package var booking: Booking
    /// Its number in the course, from 1.
    package var number: Int
    package var phase: String
    /// Days wished for and allowed since the visit before it, by the day that it has. A course's first visit has a
    /// start window instead.
    package var gap: AskedGap
    /// The last day that it may have, of one that makes up for a lost one; nil where its gap alone decides.
    package var latest: Day?
    /// `withinDays` of its phase; nil where the phase has none, or has begun and only warns.
    package var within: Int?
    /// The goal of its phase, where days in hand up to it are worth something.
    package var goal: VisitGoal?
    /// Whether a start near the usual time is wished for.
    package var rhythm: Bool
    /// Whether the patient knows the time.
    package var told: Bool
    /// Whether no plan may move it.
    package var pinned: Bool
    /// How far it has got.
    package var progress: Progress
    /// Policy rules set aside for it. Each is honoured as long as what it was given for stays: day and start, chair, or
    /// persons.
    package var overrides: Set<Rule>

    /// A booked visit of a course.
    package init(
        booking: Booking, number: Int, phase: String, gap: AskedGap, latest: Day? = nil, within: Int? = nil,
        goal: VisitGoal? = nil, rhythm: Bool = false, told: Bool = false, pinned: Bool = false,
        progress: Progress = .ahead,
        overrides: Set<Rule> = []
    ) {
        self.booking = booking
        self.number = number
        self.phase = phase
        self.gap = gap
        self.latest = latest
        self.within = within
        self.goal = goal
        self.rhythm = rhythm
        self.told = told
        self.pinned = pinned
        self.progress = progress
        self.overrides = overrides
    }

    /// A booked visit of a course that has the same gap on every day.
    package init(
        booking: Booking, number: Int, phase: String, gapIdeal: Int, gaps: ClosedRange<Int>, within: Int? = nil,
        rhythm: Bool = false, told: Bool = false, pinned: Bool = false, progress: Progress = .ahead,
        overrides: Set<Rule> = []
    ) {
        self.init(
            booking: booking, number: number, phase: phase, gap: AskedGap(ideal: gapIdeal, allowed: gaps),
            within: within, rhythm: rhythm, told: told, pinned: pinned, progress: progress, overrides: overrides)
    }

    /// What its gap asks where it stands.
    var standingGap: AskedGap.Rule { gap.rule(on: booking.placement.day) }
}

/// A course as a repair sees it: its visits that have a place and are not long over, and how they hang together.
package struct RepairCourse: Hashable, Sendable {
    /// The wish that the course was planned from: patient, availability, windows, features, end day, preferred person.
    package var request: CourseRequest
    /// The usual time of day it is measured by, minutes on the clock; nil where none is kept.
    package var usual: Int?
    /// The visit given or kept last before these; nil where they begin the course.
    package var previous: Booking?
    /// The visits, ascending by day.
    package var visits: [RepairVisit]

    /// A course with the visits of which a repair is asked.
    package init(
        request: CourseRequest, usual: Int? = nil, previous: Booking? = nil, visits: [RepairVisit]
    ) {
        self.request = request
        self.usual = usual
        self.previous = previous
        self.visits = visits
    }
}
