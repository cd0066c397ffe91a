/// Where a visit stands (docs/contract/planning.md section 9).
package enum VisitStatus: Hashable, Sendable {
    /// How much of the treatment was given.
    package enum Given: String, CaseIterable, Hashable, Sendable { case full, partial }

    /// Why a patient who came was not treated.
    package enum NotTreatedReason: String, CaseIterable, Hashable, Sendable {
        case ate, noEscort, vitals, unwell, other
    }

    /// How a cancellation came, measured in business hours before the start.
    package enum Notice: String, CaseIterable, Hashable, Sendable { case early, late }

    /// Planned; a better plan may still move it.
    case tentative
    /// Agreed with the patient.
    case confirmed
    /// The patient is here.
    case arrived
    /// Being treated, in the stage of this index from 0.
    case inProgress(stage: Int)
    case completed(Given)
    /// The patient did not come.
    case noShow
    /// The patient came and was not treated.
    case notTreated(NotTreatedReason)
    case cancelled(Notice, Reason.Code)
    /// Left out of the course for good.
    case omitted

    /// Its name everywhere, without what it carries.
    package var name: String {
        switch self {
        case .tentative: "tentative"
        case .confirmed: "confirmed"
        case .arrived: "arrived"
        case .inProgress: "inProgress"
        case .completed: "completed"
        case .noShow: "noShow"
        case .notTreated: "notTreated"
        case .cancelled: "cancelled"
        case .omitted: "omitted"
        }
    }

    /// Whether a visit of this status takes its planned place (docs/contract/planning.md section 3).
    package var occupies: Bool {
        switch self {
        case .tentative, .confirmed, .arrived, .inProgress, .completed: true
        case .noShow, .notTreated, .cancelled, .omitted: false
        }
    }

    /// Whether the visit is still to come or under way.
    package var isOpen: Bool {
        switch self {
        case .tentative, .confirmed, .arrived, .inProgress: true
        case .completed, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }

    /// Whether the visit has a place and has not begun.
    package var awaitsTreatment: Bool {
        switch self {
        case .tentative, .confirmed, .arrived: true
        case .inProgress, .completed, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }

    /// Whether it uses one of an authorisation's visits: confirmed, under way or given.
    package var usesAuthorisation: Bool {
        switch self {
        case .confirmed, .arrived, .inProgress, .completed: true
        case .tentative, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }
}

/// Where a course stands. The raw value is its name everywhere.
package enum CourseStatus: String, CaseIterable, Hashable, Sendable {
    case active
    case onHold
    case completed
    case ceased

    /// Whether visits may still come.
    package var isOpen: Bool {
        switch self {
        case .active, .onHold: true
        case .completed, .ceased: false
        }
    }
}
