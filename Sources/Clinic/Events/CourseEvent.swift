import HashTreeCollections
package import Planning

/// Something that happened to one course.
package enum CourseEvent: Hashable, Sendable {
    /// A regimen with its visit types was recorded for courses to follow.
    case templateRecorded(Template)
    /// A course was booked, all of its visits at once.
    case booked(CourseBooked)
    /// A course was asked for and could not be placed; nothing changed.
    case refused(CourseRefused)
    /// A course or its visits changed.
    case changed(CourseChanged)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case templateRecorded
        case booked = "courseBooked"
        case refused = "courseRefused"
        case changed = "courseChanged"
    }

    var kind: Kind {
        switch self {
        case .templateRecorded: .templateRecorded
        case .booked: .booked
        case .refused: .refused
        case .changed: .changed
        }
    }

    /// What it is about, each once, most particular first.
    var subjects: [Subject] {
        switch self {
        case .templateRecorded: [.clinic]
        case .booked(let booked): [.course(booked.course), .patient(booked.patient)]
        case .refused(let refused): [.patient(refused.patient)]
        case .changed(let changed):
            changed.visits.map { .visit($0.id) } + [.course(changed.course), .patient(changed.patient)]
                + changed.formerPatients.map { .patient($0) }
        }
    }

    /// The course that it makes or changes, and those of its visits that it makes or changes.
    var touched: (course: CourseID, visits: [VisitID])? {
        switch self {
        case .booked(let booked): (booked.course, booked.visits.map(\.id))
        case .changed(let changed): (changed.course, changed.visits.map(\.id))
        case .templateRecorded, .refused: nil
        }
    }

    /// The change of a course that it records, with everything before and after.
    var change: CourseChanged? {
        switch self {
        case .changed(let changed): changed
        case .templateRecorded, .booked, .refused: nil
        }
    }

    func apply(to state: inout ClinicState, by recorded: RecordedEvent) {
        switch self {
        case .templateRecorded(let template):
            state.counters.template = template.id.number
            state.admit(template)
        case .booked(let booked): state.add(booked, recorded)
        case .refused: break
        case .changed(let changed): state.change(changed, by: recorded)
        }
    }

    /// Takes it back by what was before it.
    ///
    /// - Parameter standing: see `Command.undo`.
    func undone(_ number: Int, standing: Int?, _ context: DecisionContext) throws(DecisionFailure) -> Decision {
        switch self {
        case .booked(let booked): try undo(booked, number, standing, context)
        case .changed(let changed): try undo(changed, number, standing, context)
        case .templateRecorded, .refused: throw .unchangeable(.lasting(event: number))
        }
    }
}

extension ClinicState {
    fileprivate mutating func add(_ booked: CourseBooked, _ recorded: RecordedEvent) {
        guard let template = templates[booked.template] else {
            preconditionFailure("a course follows a template that was recorded before it")
        }
        counters.course = booked.course.number
        admit(
            Course(
                id: booked.course, patient: booked.patient, template: template, wish: booked.wish, status: .active,
                visits: booked.visits.map(\.id), usual: booked.usual, bookedBy: recorded.number,
                bookedAt: recorded.at))
        for visit in booked.visits {
            guard let visitType = template.visitType(visit.image.visitType) else {
                preconditionFailure("a template has the visit types of all its phases")
            }
            counters.visit = max(counters.visit, visit.id.number)
            admit(Visit(visit.id, visit.image, of: booked.course, booked.patient, visitType))
        }
    }
}

/// A course that was booked.
package struct CourseBooked: Hashable, Sendable {
    /// A visit of it.
    package struct BookedVisit: Hashable, Sendable {
        package let id: VisitID
        package let image: VisitImage

        /// A visit as it was booked.
        package init(id: VisitID, image: VisitImage) {
            self.id = id
            self.image = image
        }
    }

    package let course: CourseID
    package let patient: PatientID
    package let template: TemplateID
    /// What the patient wishes.
    package let wish: CourseWish
    /// The time of day kept for its continuation, minutes on the clock.
    package let usual: Int?
    /// Its visits in order.
    package let visits: [BookedVisit]

    /// A course with its visits.
    package init(
        course: CourseID, patient: PatientID, template: TemplateID, wish: CourseWish, usual: Int?,
        visits: [BookedVisit]
    ) {
        self.course = course
        self.patient = patient
        self.template = template
        self.wish = wish
        self.usual = usual
        self.visits = visits
    }
}

/// A course that could not be placed when somebody meant to book it.
package struct CourseRefused: Hashable, Sendable {
    package let patient: PatientID
    /// The regimen asked for.
    package let regimen: RegimenID
    /// The number of the first visit without a place, from 1; nil where a proposal no longer fitted.
    package let visit: Int?
    package let phase: String?
    /// The rules that closed its days or that the proposal would break now, each once, in the table's order.
    package let rules: [Rule]

    /// A refused course of a patient.
    package init(patient: PatientID, regimen: RegimenID, visit: Int?, phase: String?, rules: [Rule]) {
        self.patient = patient
        self.regimen = regimen
        self.visit = visit
        self.phase = phase
        self.rules = rules
    }
}
