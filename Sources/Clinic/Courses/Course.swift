package import Planning

/// A regimen with the visit types of its phases, as they were when courses were booked by it. Recorded once and shared
/// by all courses that follow it.
package struct Template: Hashable, Sendable {
    package let id: TemplateID
    package let regimen: Regimen
    /// The visit types that its phases name, in the configuration's order.
    package let visitTypes: [VisitType]
    /// The template that it was made from for one course; nil for a regimen as it was configured.
    package let derivedFrom: TemplateID?

    /// A regimen with its visit types.
    package init(id: TemplateID, regimen: Regimen, visitTypes: [VisitType], derivedFrom: TemplateID? = nil) {
        self.id = id
        self.regimen = regimen
        self.visitTypes = visitTypes
        self.derivedFrom = derivedFrom
    }

    /// The visit type of an id, if a phase names it.
    package func visitType(_ id: VisitTypeID) -> VisitType? { visitTypes.first { $0.id == id } }

    /// The phase of a name.
    package func phase(_ name: String) -> Phase? { regimen.phases.first { $0.name == name } }
}

/// An order for a course: whose, by which regimen, and what the patient wishes.
package struct CourseOrder: Hashable, Sendable {
    package var patient: PatientID
    /// The regimen of the configuration in force.
    package var regimen: RegimenID
    /// What the patient wishes.
    package var wish: CourseWish
    /// Who pays; free text, kept out of events.
    package var payer: String?
    /// How many alternatives to the best plan a proposal has.
    package var alternatives: Int
    /// Whether it is planned so that its phases end within their alarm days too.
    package var endsInTime: Bool
    /// Why the lead time of its first visit is set aside: the patient is here; nil where it is asked.
    package var walkIn: Reason.Code?
    /// Whether it may stand beside a course of the patient by the same regimen that is not over.
    package var again: Bool

    /// An order for a course of a patient.
    package init(
        patient: PatientID, regimen: RegimenID, wish: CourseWish, payer: String? = nil, alternatives: Int = 0,
        endsInTime: Bool = false, walkIn: Reason.Code? = nil, again: Bool = false
    ) {
        self.patient = patient
        self.regimen = regimen
        self.wish = wish
        self.payer = payer
        self.alternatives = alternatives
        self.endsInTime = endsInTime
        self.walkIn = walkIn
        self.again = again
    }
}

/// A patient's course of visits.
package struct Course: Hashable, Sendable {
    package let id: CourseID
    package let patient: PatientID
    /// The regimen and visit types it follows.
    package internal(set) var template: Template
    /// What the patient wishes.
    package internal(set) var wish: CourseWish
    package internal(set) var status: CourseStatus
    /// Its visits in the order of their numbers.
    package internal(set) var visits: [VisitID]
    /// The time of day kept for its continuation, minutes on the clock; nil where no planned visit has rhythm.
    package internal(set) var usual: Int?
    /// The event that booked it.
    package let bookedBy: Int
    /// When it was booked.
    package let bookedAt: Instant
    /// The last event about it or one of its visits; only this one can be undone.
    package internal(set) var changedBy: Int
    /// What was learned and done beside its visits.
    package internal(set) var progress: CourseProgress

    /// A course with all that is known of it.
    package init(
        id: CourseID, patient: PatientID, template: Template, wish: CourseWish, status: CourseStatus,
        visits: [VisitID], usual: Int?, bookedBy: Int, bookedAt: Instant, changedBy: Int? = nil,
        progress: CourseProgress = CourseProgress()
    ) {
        self.id = id
        self.patient = patient
        self.template = template
        self.wish = wish
        self.status = status
        self.visits = visits
        self.usual = usual
        self.bookedBy = bookedBy
        self.bookedAt = bookedAt
        self.changedBy = changedBy ?? bookedBy
        self.progress = progress
    }

    /// The course as it is asked of the planner.
    package var request: CourseRequest {
        CourseRequest(
            id: id, patient: patient, regimen: template.regimen, visitTypes: template.visitTypes, wish: wish)
    }
}
