/// A course as it is asked of the planner: by which regimen, and what the patient wishes
/// (docs/contract/planning.md section 2).
package struct CourseRequest: Hashable, Sendable {
    package var id: CourseID
    /// Whose course it is.
    package var patient: PatientID
    /// The regimen, as it was when the course was created.
    package var regimen: Regimen
    /// The visit types of the regimen's phases, as they were when the course was created.
    package var visitTypes: [VisitType]
    package var wish: CourseWish
    /// Who pays; free text.
    package var payer: String?
    /// How many alternatives to the best plan are wanted.
    package var alternatives: Int
    /// The last day that visits of a phase may have, by the phase's name: for phases that have begun, whose windows
    /// only warn otherwise, and are to be kept now.
    package var phaseEnds: [String: Day] = [:]
    /// Whether phases that have not begun are to end within their alarm days too, not only within their windows.
    package var endsInTime = false
    /// What may stand against a gap where there is no plan that keeps every one.
    package var gapEasing = GapEasing.none

    /// A course by a regimen, as a patient wishes it.
    package init(
        id: CourseID, patient: PatientID, regimen: Regimen, visitTypes: [VisitType], wish: CourseWish,
        payer: String? = nil, alternatives: Int = 0
    ) {
        self.id = id
        self.patient = patient
        self.regimen = regimen
        self.visitTypes = visitTypes
        self.wish = wish
        self.payer = payer
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
