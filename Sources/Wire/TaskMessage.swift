package import Planning
package import StrictJSON

/// Something to be done for a course.
package struct TaskMessage: WireValue {
    /// Its id, by which it is said to be done: v3/PHQ-9.
    package var id: String
    /// The course.
    package var course: String
    /// The patient.
    package var patient: String
    /// The visit that it follows from.
    package var visit: String
    /// FollowUp, check, makeUp, call or review.
    package var kind: String
    /// What is to be done: the follow-up's name or the measure; the kind otherwise.
    package var name: String
    /// The day by which it is due.
    package var due: Planning.Day
    /// Whether that day is over.
    package var overdue: Bool

    /// The values of its fields.
    package init(
        id: String, course: String, patient: String, visit: String, kind: String, name: String, due: Planning.Day,
        overdue: Bool
    ) {
        self.id = id
        self.course = course
        self.patient = patient
        self.visit = visit
        self.kind = kind
        self.name = name
        self.due = due
        self.overdue = overdue
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let visit: String? = fields.required("visit")
        let kind: String? = fields.required("kind")
        let name: String? = fields.required("name")
        let due: Planning.Day? = fields.required("due")
        let overdue: Bool? = fields.required("overdue")
        guard let id, let course, let patient, let visit, let kind, let name, let due, let overdue else { return nil }
        self.init(
            id: id, course: course, patient: patient, visit: visit, kind: kind, name: name, due: due, overdue: overdue)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("course", course.json), ("patient", patient.json), ("visit", visit.json),
            ("kind", kind.json), ("name", name.json), ("due", due.json), ("overdue", overdue.json),
        ])
    }
}

/// A payer's word on a course, with what is used of it.
package struct AuthorisationUseMessage: WireValue {
    /// The payer's word.
    package var authorisation: Authorisation
    /// How many confirmed or given visits use it.
    package var used: Int

    /// The values of its fields.
    package init(authorisation: Authorisation, used: Int) {
        self.authorisation = authorisation
        self.used = used
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let authorisation: Authorisation? = fields.required("authorisation")
        let used: Int? = fields.required("used")
        guard let authorisation, let used else { return nil }
        self.init(authorisation: authorisation, used: used)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("authorisation", authorisation.json), ("used", used.json)])
    }
}

/// A score that was taken.
package struct AssessmentMessage: WireValue {
    /// What was measured.
    package var measure: String
    /// The score.
    package var score: Int
    /// When.
    package var at: ZonedInstant

    /// The values of its fields.
    package init(measure: String, score: Int, at: ZonedInstant) {
        self.measure = measure
        self.score = score
        self.at = at
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let measure: String? = fields.required("measure")
        let score: Int? = fields.required("score")
        let at: ZonedInstant? = fields.required("at")
        guard let measure, let score, let at else { return nil }
        self.init(measure: measure, score: score, at: at)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("measure", measure.json), ("score", score.json), ("at", at.json)])
    }
}

/// What is known of a course that began elsewhere.
package struct AdoptionMessage: WireValue {
    /// The phase that it had reached.
    package var phase: String
    /// Visits of the phase that were given.
    package var given: Int
    /// The day of the last one.
    package var lastDay: Planning.Day

    /// The values of its fields.
    package init(phase: String, given: Int, lastDay: Planning.Day) {
        self.phase = phase
        self.given = given
        self.lastDay = lastDay
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let phase: String? = fields.required("phase")
        let given: Int? = fields.required("given")
        let lastDay: Planning.Day? = fields.required("lastDay")
        guard let phase, let given, let lastDay else { return nil }
        self.init(phase: phase, given: given, lastDay: lastDay)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("phase", phase.json), ("given", given.json), ("lastDay", lastDay.json)])
    }
}
