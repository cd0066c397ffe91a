package import Planning

/// A score that was taken in a course.
package struct Assessment: Hashable, Sendable {
    package let measure: String
    package let score: Int
    package let at: Instant

    /// A score of a measure at an instant.
    package init(measure: String, score: Int, at: Instant) {
        self.measure = measure
        self.score = score
        self.at = at
    }
}

/// That something which visits may not start without is in place.
package struct PrerequisiteDone: Hashable, Sendable {
    package let name: String
    /// The day from which it holds.
    package let day: Day
    /// The visit it was done for; nil where it is asked once a course.
    package let visit: VisitID?

    /// A prerequisite that is in place from a day on, for a visit or for the course.
    package init(name: String, day: Day, visit: VisitID? = nil) {
        self.name = name
        self.day = day
        self.visit = visit
    }
}

/// Something to be done that follows from a course; it is derived, never stored, until it is done.
package struct ClinicTask: Hashable, Sendable {
    /// What kind of task. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// What falls due after a visit.
        case followUp
        /// A score to be taken after a visit.
        case check
        /// A lost visit that has no new place yet.
        case makeUp
        /// The patient must be told another time.
        case call
        /// An open-ended phase is to be looked at.
        case review
    }

    /// What kind of task.
    package let kind: Kind
    /// The visit that it follows from.
    package let visit: VisitID
    /// What is to be done: the follow-up's name or the measure; the kind's name otherwise.
    package let name: String
    /// The day by which it is due.
    package let due: Day

    /// The id by which it is named in a command, unique within its course.
    package var id: String { "\(visit)/\(name)" }
}

/// What was learned and done in a course beside its visits.
package struct CourseProgress: Hashable, Sendable {
    /// Scores, in the order in which they were recorded.
    package var assessments: [Assessment] = []
    /// Names of the phases whose gates were opened.
    package var openGates: Set<String> = []
    /// Prerequisites that are in place.
    package var prerequisites: [PrerequisiteDone] = []
    /// Ids of tasks that are done.
    package var doneTasks: Set<String> = []
    /// The last day on which the patient was given a visit elsewhere, for a course that was running when it came here.
    package var adoptedFrom: Adopted?
    /// When the course was booked, where that was in another clinic's record; nil where it was booked here.
    package var bookedElsewhere: Instant?
    /// Until when the course is held for somebody without being booked; nil where it is booked.
    package var heldUntil: Instant?

    /// What is known of a course that began elsewhere.
    package struct Adopted: Hashable, Sendable {
        /// The phase that it had reached.
        package let phase: String
        /// Visits of the phase that were given.
        package let given: Int
        /// The day of the last one.
        package let lastDay: Day

        /// A course that had reached a phase with some of its visits given.
        package init(phase: String, given: Int, lastDay: Day) {
            self.phase = phase
            self.given = given
            self.lastDay = lastDay
        }
    }

    package init() {}

    /// How many visits of a phase were given before the course came here.
    func given(elsewhereOf phase: String) -> Int { adoptedFrom?.phase == phase ? adoptedFrom?.given ?? 0 : 0 }
}
