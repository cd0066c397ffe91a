/// What a patient wishes of a course, beside the regimen (docs/contract/planning.md section 2).
package struct CourseWish: Hashable, Sendable {
    /// The first day on which it may start.
    package var earliest: Day
    /// How many days after it the course may start at the latest.
    package var startWithinDays: Int
    /// When the patient can come; empty for always.
    package var availability: [WeekWindow]
    /// Days on which the patient cannot come.
    package var blackoutDays: Set<Day>
    /// When the patient would rather come; empty for no wish.
    package var preferred: [WeekWindow]
    /// The wished time of day, minutes on the clock; nil lets the planner choose.
    package var usual: Int?
    /// Features that chairs of the course must have beside those of the visit type; see `CourseRequest.extraFeatures`.
    package var features: Set<String>
    /// Who should take the visits whose continuity attendant has one of their roles.
    package var preferredPerson: PersonID?
    /// Whether visits need a payer's authorisation before they are confirmed.
    package var requiresAuthorisation: Bool
    /// What the payer has been asked for and has granted.
    package var authorisations: [Authorisation]
    /// No visit after this day.
    package var endDay: Day?
    /// When the patient was referred, from which their wait is measured; nil where that was when the course was booked.
    /// Planning does not ask.
    package var referred: Day?

    package init(
        earliest: Day, startWithinDays: Int = 14, availability: [WeekWindow] = [], blackoutDays: Set<Day> = [],
        preferred: [WeekWindow] = [], usual: Int? = nil, features: Set<String> = [],
        preferredPerson: PersonID? = nil, requiresAuthorisation: Bool = false,
        authorisations: [Authorisation] = [], endDay: Day? = nil, referred: Day? = nil
    ) {
        self.earliest = earliest
        self.startWithinDays = startWithinDays
        self.availability = availability
        self.blackoutDays = blackoutDays
        self.preferred = preferred
        self.usual = usual
        self.features = features
        self.preferredPerson = preferredPerson
        self.requiresAuthorisation = requiresAuthorisation
        self.authorisations = authorisations
        self.endDay = endDay
        self.referred = referred
    }
}
