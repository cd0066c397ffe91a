package import Planning

/// Something that an answer, or a set of bookings, gets wrong.
package struct Breach: Hashable, Sendable {
    /// What a plan or a refusal is wrong about.
    package enum Finding: Hashable, Sendable {
        /// A hard rule of docs/contract/planning.md section 3 does not hold.
        case rule(Rule)
        /// A cost term of docs/contract/planning.md section 4 is not what is claimed; both weighted.
        case cost(CostTerm, claimed: Int, actual: Int)
        /// The answer is not of the shape it must have; the text names the part: visit-count, start, covers, …
        case shape(String)
    }

    /// The course concerned; nil where only bookings were checked.
    package var course: CourseID?
    /// The number of the visit within its course, from 1; nil where the finding concerns the whole plan.
    package var visit: Int?
    /// The booking concerned; nil where an answer was checked.
    package var booking: VisitID?
    package var what: Finding
    /// The finding with its numbers, in one lower-case sentence without a full stop.
    package var message: String

    /// A finding on a course, a visit of it or a booking.
    package init(
        course: CourseID? = nil, visit: Int? = nil, booking: VisitID? = nil, what: Finding, message: String
    ) {
        self.course = course
        self.visit = visit
        self.booking = booking
        self.what = what
        self.message = message
    }
}
