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
    /// Rules that somebody set aside for the course's first visit; only `lead-time` may be: the patient is here. The
    /// visit starts no earlier than now even so.
    package var setAside: Set<Rule> = []
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

extension CourseRequest {
    /// The extra features asked of the chair of a visit: the course's, where some chair of the clinic has them beside
    /// the visit type's own. A course of which no visit could have them is asked for all: it has no place.
    package func extraFeatures(of type: VisitType, in facility: Facility) -> Set<String> {
        if wish.features.isEmpty || facility.hasChair(with: type.chairFeatures.union(wish.features)) {
            return wish.features
        }
        return missingFeatures(in: facility).isEmpty ? [] : wish.features
    }

    /// Whether the preferred person has the role of a visit's continuity attendant.
    package func wishesPerson(for type: VisitType, in facility: Facility) -> Bool {
        guard let role = type.continuityLabel?.role else { return false }
        return facility.staff.contains { $0.id == wish.preferredPerson && $0.roles.contains(role) }
    }

    /// The extra features that no visit of the regimen could have: those that no chair has, or all where no chair has
    /// them together beside what a visit type asks; none where some visit could have them.
    package func missingFeatures(in facility: Facility) -> Set<String> {
        if wish.features.isEmpty { return [] }
        let types = regimen.phases.map { visitType(of: $0) }
        if types.contains(where: { facility.hasChair(with: $0.chairFeatures.union(wish.features)) }) { return [] }
        let unknown = wish.features.filter { !facility.hasChair(with: [$0]) }
        return unknown.isEmpty ? wish.features : unknown
    }
}

extension Facility {
    /// Whether some chair has all of some features, in service or not.
    fileprivate func hasChair(with features: Set<String>) -> Bool {
        chairs.contains { $0.features.isSuperset(of: features) }
    }

    /// The chairs by index, the scarcest first: the one that the fewest visit types can use; equal ones in configured
    /// order.
    package var chairsByScarcity: [Int] {
        let uses = chairs.map { chair in visitTypes.count { chair.features.isSuperset(of: $0.chairFeatures) } }
        return chairs.indices.sorted { (uses[$0], $0) < (uses[$1], $1) }
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
