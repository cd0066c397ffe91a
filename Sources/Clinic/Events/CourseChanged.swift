import HashTreeCollections
package import Planning

/// What was done to a course. The raw value is its name everywhere.
package enum CourseAction: String, CaseIterable, Hashable, Sendable {
    // Visits.
    case visitConfirmed, visitPinned, visitUnpinned, visitCancelled, visitNotShown, visitNotTreated, visitOmitted
    case visitMoved, visitMadeUp, visitDeferred, visitsAppended, ruleOverridden, factRecorded, factCorrected
    case callRecorded
    // Courses.
    case phaseExtended, phaseEnded, courseChanged, courseAdvanced, courseSteppedBack, courseHeld, courseResumed
    case courseCeased, courseEnded, courseAdopted, courseImported, courseReplanned, courseCaughtUp
    case courseGiven
    case horizonRolled
    // Together with others.
    case courseRepaired, courseImproved, courseYielded
    // What goes beside.
    case authorisationRecorded, prerequisiteDone, assessed, gateOpened, gateClosed, taskDone
    // Proposals that are held.
    case proposalHeld, heldProposalBooked, holdExpired, holdReleased
    // The waiting list.
    case offerAccepted
    // Taking back.
    case undone
}

/// Everything about a course that changes, at one moment.
package struct CourseImage: Hashable, Sendable {
    package let template: TemplateID
    /// What the patient wishes.
    package let wish: CourseWish
    package let status: CourseStatus
    /// The time of day kept with it, minutes on the clock.
    package let usual: Int?
    /// What was learned and done.
    package let progress: CourseProgress

    /// A course with all that changes of it.
    package init(template: TemplateID, wish: CourseWish, status: CourseStatus, usual: Int?, progress: CourseProgress) {
        self.template = template
        self.wish = wish
        self.status = status
        self.usual = usual
        self.progress = progress
    }
}

/// Everything about a visit that changes, at one moment.
package struct VisitImage: Hashable, Sendable {
    /// Its turn in the course, from 1. A visit that makes up for a lost one has the lost one's.
    package var number: Int
    package var phase: String
    /// What kind of visit it is; the course's template has it.
    package var visitType: VisitTypeID
    package var status: VisitStatus
    /// Its place, the last one where it no longer occupies it.
    package var place: Place
    /// What the patient last heard of it; nil where they never heard anything.
    package var heard: Heard?
    /// Whose it was and who may still come to it; see `FormerPatient`.
    package var formerPatients: [FormerPatient]
    /// Whether no plan may move it.
    package var pinned: Bool
    /// Policy rules that were set aside for it, and why.
    package var overrides: [Rule: Reason.Code]
    /// Its weighted cost as it was planned.
    package var terms: CostTerms
    /// Whether its turn stays empty: it was lost and is not made up.
    package var isForgone: Bool
    /// Whether what made it was taken back, so that it has no turn; it stands for those who heard of it.
    package var isTakenBack: Bool
    /// What happened on its day, in the order in which it was recorded.
    package var facts: [Fact]
    /// The last day that it may have however long after the visit before, until it is given: it makes up for a lost
    /// one, or the course was paused before it. Nil where its gap alone decides.
    package var latestDay: Day?
    /// How somebody came to ask for its time, so that planning leaves it as if the patient had been told; nil where
    /// nobody did.
    package var asked: AskedPlace?

    /// A visit with all that changes of it.
    package init(
        number: Int, phase: String, visitType: VisitTypeID, status: VisitStatus, place: Place, heard: Heard?,
        pinned: Bool = false, overrides: [Rule: Reason.Code] = [:], terms: CostTerms = CostTerms(),
        isForgone: Bool = false, isTakenBack: Bool = false, facts: [Fact] = [], latestDay: Day? = nil,
        asked: AskedPlace? = nil, formerPatients: [FormerPatient] = []
    ) {
        self.number = number
        self.phase = phase
        self.visitType = visitType
        self.status = status
        self.place = place
        self.heard = heard
        self.pinned = pinned
        self.overrides = overrides
        self.terms = terms
        self.isForgone = isForgone
        self.isTakenBack = isTakenBack
        self.facts = facts
        self.latestDay = latestDay
        self.asked = asked
        self.formerPatients = formerPatients
    }
}

/// A change of one course with everything before and after: applying it plans nothing, and undoing it needs no more.
package struct CourseChanged: Hashable, Sendable {
    /// A visit before and after; nil where it was not, or is no more.
    package struct VisitChange: Hashable, Sendable {
        package let id: VisitID
        package let before: VisitImage?
        package let after: VisitImage?

        /// A visit before and after.
        package init(id: VisitID, before: VisitImage?, after: VisitImage?) {
            self.id = id
            self.before = before
            self.after = after
        }
    }

    package let action: CourseAction
    package let course: CourseID
    package let patient: PatientID
    /// Whose it was before; nil where it stays its patient's.
    package let former: PatientID?
    /// The visit that the command named.
    package let about: VisitID?
    /// How the course was; nil where it is new.
    package let before: CourseImage?
    /// How the course is.
    package let after: CourseImage
    /// The visits that changed, ascending by the number in their id.
    package let visits: [VisitChange]
    /// The event that this one takes back.
    package let undoes: Int?
    /// What else the action is about: the phase whose gate was decided on or that is longer, the rule set aside, the
    /// measure, the prerequisite, the task, the kind of fact. Never free text.
    package let detail: String?
    /// Whether the patient was here or on the line, and knows what became of the visits that changed.
    package let isTold: Bool

    /// A change of a course.
    package init(
        action: CourseAction, course: CourseID, patient: PatientID, former: PatientID? = nil, about: VisitID? = nil,
        before: CourseImage?, after: CourseImage, visits: [VisitChange], undoes: Int? = nil, detail: String? = nil,
        isTold: Bool = false
    ) {
        self.action = action
        self.course = course
        self.patient = patient
        self.former = former
        self.about = about
        self.detail = detail
        self.isTold = isTold
        self.before = before
        self.after = after
        self.visits = visits
        self.undoes = undoes
    }
}

extension Course {
    /// Everything about it that changes.
    package var image: CourseImage {
        CourseImage(template: template.id, wish: wish, status: status, usual: usual, progress: progress)
    }
}

extension ClinicState {
    /// Brings a course to after its change.
    mutating func change(_ changed: CourseChanged, by recorded: RecordedEvent) {
        guard let template = templates[changed.after.template] else {
            preconditionFailure("a course follows a template that was recorded before it")
        }
        if changed.former != nil { give(changed.course, to: changed.patient, by: recorded.number) }
        let known = courses[changed.course]
        counters.course = max(counters.course, changed.course.number)
        var ids = Set(known?.visits ?? [])
        for change in changed.visits {
            counters.visit = max(counters.visit, change.id.number)
            guard let after = change.after else {
                remove(change.id)
                ids.remove(change.id)
                continue
            }
            guard let visitType = template.visitType(after.visitType) else {
                preconditionFailure("a template has the visit types of all its phases")
            }
            admit(Visit(change.id, after, of: changed.course, changed.patient, visitType))
            ids.insert(change.id)
        }
        let numbers = visits
        let inOrder = ids.map { (number: numbers[$0]?.number ?? 0, id: $0) }
            .sorted { ($0.number, $0.id.number) < ($1.number, $1.id.number) }
        admit(
            Course(
                id: changed.course, patient: changed.patient, template: template, wish: changed.after.wish,
                status: changed.after.status, visits: inOrder.map(\.id), usual: changed.after.usual,
                bookedBy: known?.bookedBy ?? recorded.number, bookedAt: known?.bookedAt ?? recorded.at,
                changedBy: recorded.number, progress: changed.after.progress))
    }
}
