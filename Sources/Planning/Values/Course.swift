/// A patient's wish for a course: what is asked of the planner (docs/contract/planning.md section 2).
package struct CourseRequest: Hashable, Sendable {
    package var id: CourseID
    /// Whose course it is.
    package var patient: PatientID
    /// The regimen, as it was when the course was created.
    package var regimen: Regimen
    /// The visit types of the regimen's phases, as they were when the course was created.
    package var visitTypes: [VisitType]
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
    /// Features that every chair of the course must have, beside those of the visit type.
    package var features: Set<String>
    /// Who should take the first visit that has a continuity attendant of one of their roles.
    package var preferredPerson: PersonID?
    /// Who pays; free text.
    package var payer: String?
    /// Whether visits need a payer's authorisation before they are confirmed.
    package var requiresAuthorisation: Bool
    /// What the payer has been asked for and has granted.
    package var authorisations: [Authorisation]
    /// No visit after this day.
    package var endDay: Day?
    /// When the patient was referred; nil where that is not known. Planning does not ask.
    package var referred: Day?
    /// How many alternatives to the best plan are wanted.
    package var alternatives: Int
    /// The last day that visits of a phase may have, by the phase's name: for phases that have begun, whose windows
    /// only warn otherwise, and are to be kept now.
    package var phaseEnds: [String: Day] = [:]
    /// Whether phases that have not begun are to end within their alarm days too, not only within their windows.
    package var endsInTime = false
    /// What may stand against a gap where there is no plan that keeps every one.
    package var gapEasing = GapEasing.none

    /// A wish for a course.
    package init(
        id: CourseID, patient: PatientID, regimen: Regimen, visitTypes: [VisitType], earliest: Day,
        startWithinDays: Int = 14, availability: [WeekWindow] = [], blackoutDays: Set<Day> = [],
        preferred: [WeekWindow] = [], usual: Int? = nil, features: Set<String> = [],
        preferredPerson: PersonID? = nil, payer: String? = nil, requiresAuthorisation: Bool = false,
        authorisations: [Authorisation] = [], endDay: Day? = nil, alternatives: Int = 0
    ) {
        self.id = id
        self.patient = patient
        self.regimen = regimen
        self.visitTypes = visitTypes
        self.earliest = earliest
        self.startWithinDays = startWithinDays
        self.availability = availability
        self.blackoutDays = blackoutDays
        self.preferred = preferred
        self.usual = usual
        self.features = features
        self.preferredPerson = preferredPerson
        self.payer = payer
        self.requiresAuthorisation = requiresAuthorisation
        self.authorisations = authorisations
        self.endDay = endDay
        self.alternatives = alternatives
    }

    /// The visit type of a phase; it is a bug to ask for one that the request does not carry.
    package func visitType(of phase: Phase) -> VisitType {
        guard let type = visitTypes.first(where: { $0.id == phase.visit }) else {
            preconditionFailure("a course request carries the visit types of all its phases")
        }
        return type
    }
}

/// What may stand against a gap where no plan keeps every gap: a course that was planned once is not to be refused for
/// being planned again.
package enum GapEasing: Hashable, Sendable {
    case none
    /// A visit that leaves no day in any of the gaps, since they change between, may be followed after one between
    /// them.
    case bridges
    /// That, and a booked visit may keep its distance from the one before: it was right when it was planned.
    case standing
}

/// Hours of certain weekdays, on the clock.
package struct WeekWindow: Hashable, Sendable {
    package var days: Set<Weekday>
    /// From and until, minutes on the clock.
    package var hours: Interval

    /// Hours of certain weekdays.
    package init(days: Set<Weekday>, hours: Interval) {
        self.days = days
        self.hours = hours
    }
}

/// A payer's word on visits of a course.
package struct Authorisation: Hashable, Sendable {
    /// How far the payer has come with it.
    package enum Status: String, Hashable, Sendable, CaseIterable { case requested, approved, denied }

    package var number: String
    package var status: Status
    /// When it was asked for.
    package var requestedOn: Day?
    /// How many visits it covers.
    package var visits: Int
    /// The visit types it covers.
    package var visitTypes: Set<VisitTypeID>
    /// The first day it covers.
    package var from: Day
    /// The last day it covers.
    package var through: Day

    /// A payer's word on some visits.
    package init(
        number: String, status: Status, requestedOn: Day? = nil, visits: Int, visitTypes: Set<VisitTypeID>,
        from: Day, through: Day
    ) {
        self.number = number
        self.status = status
        self.requestedOn = requestedOn
        self.visits = visits
        self.visitTypes = visitTypes
        self.from = from
        self.through = through
    }
}
