package import Planning
package import StrictJSON

/// Where a course stands beside its visits.
package struct CourseStandingMessage: WireValue {
    /// The phase that it has reached.
    package var phase: String?
    /// Its phases, in order.
    package var phases: [PhaseStandingMessage]
    /// What is to be done, by due day.
    package var tasks: [TaskMessage]
    /// What its visits may not start without.
    package var prerequisites: [PrerequisiteStandingMessage]
    /// The payer's words, in the order in which they were recorded.
    package var authorisations: [AuthorisationUseMessage]
    /// The first visit to come for which no authorisation is left, where one is needed.
    package var uncovered: String?
    /// Scores, oldest first.
    package var assessments: [AssessmentMessage]
    /// What was given elsewhere.
    package var adopted: AdoptionMessage?
    /// Until when it is held for somebody; null where it is booked.
    package var heldUntil: ZonedInstant?

    /// The values of its fields.
    package init(
        phase: String? = nil, phases: [PhaseStandingMessage], tasks: [TaskMessage],
        prerequisites: [PrerequisiteStandingMessage], authorisations: [AuthorisationUseMessage],
        uncovered: String? = nil, assessments: [AssessmentMessage], adopted: AdoptionMessage? = nil,
        heldUntil: ZonedInstant? = nil
    ) {
        self.phase = phase
        self.phases = phases
        self.tasks = tasks
        self.prerequisites = prerequisites
        self.authorisations = authorisations
        self.uncovered = uncovered
        self.assessments = assessments
        self.adopted = adopted
        self.heldUntil = heldUntil
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let phase: String? = fields.nullable("phase")
        let phases: [PhaseStandingMessage]? = fields.required("phases")
        let tasks: [TaskMessage]? = fields.required("tasks")
        let prerequisites: [PrerequisiteStandingMessage]? = fields.required("prerequisites")
        let authorisations: [AuthorisationUseMessage]? = fields.required("authorisations")
        let uncovered: String? = fields.nullable("uncovered")
        let assessments: [AssessmentMessage]? = fields.required("assessments")
        let adopted: AdoptionMessage? = fields.nullable("adopted")
        let heldUntil: ZonedInstant? = fields.nullable("heldUntil")
        guard let phases, let tasks, let prerequisites, let authorisations, let assessments else { return nil }
        self.init(
            phase: phase, phases: phases, tasks: tasks, prerequisites: prerequisites, authorisations: authorisations,
            uncovered: uncovered, assessments: assessments, adopted: adopted, heldUntil: heldUntil)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("phase", phase?.json), ("phases", phases.json), ("tasks", tasks.json),
            ("prerequisites", prerequisites.json), ("authorisations", authorisations.json),
            ("uncovered", uncovered?.json), ("assessments", assessments.json), ("adopted", adopted?.json),
            ("heldUntil", heldUntil?.json),
        ])
    }
}

/// How far a course is in a phase.
package struct PhaseStandingMessage: WireValue {
    /// The phase's name.
    package var name: String
    /// The visit type's id.
    package var visit: String
    /// How many visits it has; null where it is open-ended.
    package var planned: Int?
    /// How many were given, those elsewhere too.
    package var given: Int
    /// How many are still to come and have a place.
    package var booked: Int
    /// Open or closed; null where it has no gate.
    package var gate: String?
    /// What the gate asks; null where it has none.
    package var asks: GateMessage?

    /// The values of its fields.
    package init(
        name: String, visit: String, planned: Int? = nil, given: Int, booked: Int, gate: String? = nil,
        asks: GateMessage? = nil
    ) {
        self.name = name
        self.visit = visit
        self.planned = planned
        self.given = given
        self.booked = booked
        self.gate = gate
        self.asks = asks
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let name: String? = fields.required("name")
        let visit: String? = fields.required("visit")
        let planned: Int? = fields.nullable("planned")
        let given: Int? = fields.required("given")
        let booked: Int? = fields.required("booked")
        let gate: String? = fields.nullable("gate")
        let asks: GateMessage? = fields.nullable("asks")
        guard let name, let visit, let given, let booked else { return nil }
        self.init(name: name, visit: visit, planned: planned, given: given, booked: booked, gate: gate, asks: asks)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("name", name.json), ("visit", visit.json), ("planned", planned?.json), ("given", given.json),
            ("booked", booked.json), ("gate", gate?.json), ("asks", asks?.json),
        ])
    }
}

/// Something that visits may not start without.
package struct PrerequisiteStandingMessage: WireValue {
    /// Its name.
    package var name: String
    /// Course or visit.
    package var per: String
    /// The day from which it is in place, the latest; null where it is not.
    package var day: Planning.Day?
    /// Visits to come for which it is not in place, or no longer.
    package var missing: [String]

    /// The values of its fields.
    package init(name: String, per: String, day: Planning.Day? = nil, missing: [String]) {
        self.name = name
        self.per = per
        self.day = day
        self.missing = missing
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let name: String? = fields.required("name")
        let per: String? = fields.required("per")
        let day: Planning.Day? = fields.nullable("day")
        let missing: [String]? = fields.required("missing")
        guard let name, let per, let missing else { return nil }
        self.init(name: name, per: per, day: day, missing: missing)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("name", name.json), ("per", per.json), ("day", day?.json), ("missing", missing.json)])
    }
}
