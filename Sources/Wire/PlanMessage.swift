package import Planning
package import StrictJSON

/// What is asked of the planner: a course for a patient.
package struct CourseRequestMessage: WireValue {
    /// The patient's id.
    package var patient: String
    /// The regimen's id; the course keeps it as it is now.
    package var regimen: String
    /// The first day on which the course may start.
    package var earliest: Day
    /// How many days later it may start (planning.startWithinDays of the configuration).
    package var startWithinDays: Int?
    /// When the patient can come (always).
    package var availability: [WeekWindow]?
    /// Days on which the patient cannot come.
    package var blackoutDays: [Day]?
    /// When the patient would rather come.
    package var preferred: [WeekWindow]?
    /// The wished time of day, 10:00 (chosen by the planner).
    package var usual: ClockTime?
    /// What every chair of the course must have, beside the needs of its visit types.
    package var features: [String]?
    /// Who should take the first visit.
    package var preferredPerson: String?
    /// Who pays; free text.
    package var payer: String?
    /// Whether visits need an authorisation before they are confirmed.
    package var requiresAuthorisation: Bool?
    /// What the payer has been asked for and has granted.
    package var authorisations: [Authorisation]?
    /// No visit after this day.
    package var endDay: Day?
    /// Whether its phases are to end within their alarm days too (false).
    package var inTime: Bool?

    /// The values of its fields.
    package init(
        patient: String, regimen: String, earliest: Day, startWithinDays: Int? = nil,
        availability: [WeekWindow]? = nil, blackoutDays: [Day]? = nil, preferred: [WeekWindow]? = nil,
        usual: ClockTime? = nil, features: [String]? = nil, preferredPerson: String? = nil,
        payer: String? = nil, requiresAuthorisation: Bool? = nil, authorisations: [Authorisation]? = nil,
        endDay: Day? = nil, inTime: Bool? = nil
    ) {
        self.patient = patient
        self.regimen = regimen
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
        self.inTime = inTime
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let patient: String? = fields.required("patient")
        let regimen: String? = fields.required("regimen")
        let earliest: Day? = fields.required("earliest")
        let startWithinDays: Int? = fields.nullable("startWithinDays")
        let availability: [WeekWindow]? = fields.nullable("availability")
        let blackoutDays: [Day]? = fields.nullable("blackoutDays")
        let preferred: [WeekWindow]? = fields.nullable("preferred")
        let usual: ClockTime? = fields.nullable("usual")
        let features: [String]? = fields.nullable("features")
        let preferredPerson: String? = fields.nullable("preferredPerson")
        let payer: String? = fields.nullable("payer")
        let requiresAuthorisation: Bool? = fields.nullable("requiresAuthorisation")
        let authorisations: [Authorisation]? = fields.nullable("authorisations")
        let endDay: Day? = fields.nullable("endDay")
        let inTime: Bool? = fields.nullable("inTime")
        guard let patient, let regimen, let earliest else { return nil }
        self.init(
            patient: patient, regimen: regimen, earliest: earliest, startWithinDays: startWithinDays,
            availability: availability, blackoutDays: blackoutDays, preferred: preferred, usual: usual,
            features: features, preferredPerson: preferredPerson, payer: payer,
            requiresAuthorisation: requiresAuthorisation, authorisations: authorisations, endDay: endDay, inTime: inTime
        )
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("patient", patient.json), ("regimen", regimen.json), ("earliest", earliest.json),
            ("startWithinDays", startWithinDays?.json), ("availability", availability?.json),
            ("blackoutDays", blackoutDays?.json), ("preferred", preferred?.json), ("usual", usual?.json),
            ("features", features?.json), ("preferredPerson", preferredPerson?.json), ("payer", payer?.json),
            ("requiresAuthorisation", requiresAuthorisation?.json), ("authorisations", authorisations?.json),
            ("endDay", endDay?.json),
            ("inTime", inTime?.json),
        ])
    }
}

/// Who carries a label while its person is off duty.
package struct CoverMessage: WireValue {
    /// The label.
    package var label: String
    /// Who covers.
    package var person: String
    /// Instants.
    package var from: ZonedInstant
    /// Instants.
    package var until: ZonedInstant

    /// The values of its fields.
    package init(label: String, person: String, from: ZonedInstant, until: ZonedInstant) {
        self.label = label
        self.person = person
        self.from = from
        self.until = until
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let label: String? = fields.required("label")
        let person: String? = fields.required("person")
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        guard let label, let person, let from, let until else { return nil }
        self.init(label: label, person: person, from: from, until: until)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("label", label.json), ("person", person.json), ("from", from.json), ("until", until.json)])
    }
}

/// A visit of a plan.
package struct PlannedVisitMessage: WireValue {
    /// Its number in the course, from 1.
    package var number: Int
    /// The phase's name.
    package var phase: String
    /// The visit type's id.
    package var visit: String
    /// Instants; the chair stays taken for the turnover after the end.
    package var start: ZonedInstant
    /// Instants; the chair stays taken for the turnover after the end.
    package var end: ZonedInstant
    /// The chair's id.
    package var chair: String
    /// Who fills which label.
    package var attendants: [String: String]
    /// Who steps in while an attendant is off duty.
    package var covers: [CoverMessage]
    /// The visit's cost.
    package var terms: CostTerms

    /// The values of its fields.
    package init(
        number: Int, phase: String, visit: String, start: ZonedInstant, end: ZonedInstant, chair: String,
        attendants: [String: String], covers: [CoverMessage], terms: CostTerms
    ) {
        self.number = number
        self.phase = phase
        self.visit = visit
        self.start = start
        self.end = end
        self.chair = chair
        self.attendants = attendants
        self.covers = covers
        self.terms = terms
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let number: Int? = fields.required("number")
        let phase: String? = fields.required("phase")
        let visit: String? = fields.required("visit")
        let start: ZonedInstant? = fields.required("start")
        let end: ZonedInstant? = fields.required("end")
        let chair: String? = fields.required("chair")
        let attendants: [String: String]? = fields.required("attendants")
        let covers: [CoverMessage]? = fields.required("covers")
        let terms: CostTerms? = fields.required("terms")
        guard let number, let phase, let visit, let start, let end, let chair, let attendants, let covers,
            let terms
        else { return nil }
        self.init(
            number: number, phase: phase, visit: visit, start: start, end: end, chair: chair,
            attendants: attendants, covers: covers, terms: terms)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("number", number.json), ("phase", phase.json), ("visit", visit.json), ("start", start.json),
            ("end", end.json), ("chair", chair.json), ("attendants", attendants.json),
            ("covers", covers.json), ("terms", terms.json),
        ])
    }
}

/// Another plan: the cheapest that starts on some other day.
package struct AlternativeMessage: WireValue {
    /// Its cost.
    package var cost: Int
    /// How much more than the plan it costs.
    package var difference: Int
    /// Its cost by term.
    package var terms: CostTerms
    /// Its visits in order.
    package var visits: [PlannedVisitMessage]

    /// The values of its fields.
    package init(cost: Int, difference: Int, terms: CostTerms, visits: [PlannedVisitMessage]) {
        self.cost = cost
        self.difference = difference
        self.terms = terms
        self.visits = visits
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let cost: Int? = fields.required("cost")
        let difference: Int? = fields.required("difference")
        let terms: CostTerms? = fields.required("terms")
        let visits: [PlannedVisitMessage]? = fields.required("visits")
        guard let cost, let difference, let terms, let visits else { return nil }
        self.init(cost: cost, difference: difference, terms: terms, visits: visits)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("cost", cost.json), ("difference", difference.json), ("terms", terms.json),
            ("visits", visits.json),
        ])
    }
}

/// The cheapest plan that keeps every rule.
package struct PlanMessage: WireValue {
    /// Its cost.
    package var cost: Int
    /// The usual time of day by which it was measured; null where no planned visit has rhythm.
    package var usual: ClockTime?
    /// Its cost by term.
    package var terms: CostTerms
    /// Its visits in order.
    package var visits: [PlannedVisitMessage]
    /// Cheapest plans of other first days, cheapest first.
    package var alternatives: [AlternativeMessage]

    /// The values of its fields.
    package init(
        cost: Int, usual: ClockTime? = nil, terms: CostTerms, visits: [PlannedVisitMessage],
        alternatives: [AlternativeMessage]
    ) {
        self.cost = cost
        self.usual = usual
        self.terms = terms
        self.visits = visits
        self.alternatives = alternatives
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let cost: Int? = fields.required("cost")
        let usual: ClockTime? = fields.nullable("usual")
        let terms: CostTerms? = fields.required("terms")
        let visits: [PlannedVisitMessage]? = fields.required("visits")
        let alternatives: [AlternativeMessage]? = fields.required("alternatives")
        guard let cost, let terms, let visits, let alternatives else { return nil }
        self.init(cost: cost, usual: usual, terms: terms, visits: visits, alternatives: alternatives)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("cost", cost.json), ("usual", usual?.json), ("terms", terms.json), ("visits", visits.json),
            ("alternatives", alternatives.json),
        ])
    }
}

/// Why a course has no plan.
package struct RefusalMessage: WireValue {
    /// The number of the first visit that cannot be reached, from 1.
    package var visit: Int
    /// Its phase.
    package var phase: String
    /// The days it could have had.
    package var days: [ClosedDayMessage]
    /// What would help, cheapest first.
    package var wouldHelp: [Refusal.Remedy]

    /// The values of its fields.
    package init(visit: Int, phase: String, days: [ClosedDayMessage], wouldHelp: [Refusal.Remedy]) {
        self.visit = visit
        self.phase = phase
        self.days = days
        self.wouldHelp = wouldHelp
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: Int? = fields.required("visit")
        let phase: String? = fields.required("phase")
        let days: [ClosedDayMessage]? = fields.required("days")
        let wouldHelp: [Refusal.Remedy]? = fields.required("wouldHelp")
        guard let visit, let phase, let days, let wouldHelp else { return nil }
        self.init(visit: visit, phase: phase, days: days, wouldHelp: wouldHelp)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("visit", visit.json), ("phase", phase.json), ("days", days.json), ("wouldHelp", wouldHelp.json),
        ])
    }
}

/// A rule that a visit of a course breaks.
package struct ViolationMessage: WireValue {
    /// The visit's number in the course, from 1.
    package var number: Int
    /// The rule's name.
    package var rule: String
    /// When the visit was to start.
    package var start: ZonedInstant
    /// The visit's id, where it has one; a rule named changed is that it is no longer where it was.
    package var visit: String?

    /// The values of its fields.
    package init(number: Int, rule: String, start: ZonedInstant, visit: String? = nil) {
        self.number = number
        self.rule = rule
        self.start = start
        self.visit = visit
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let number: Int? = fields.required("number")
        let rule: String? = fields.required("rule")
        let start: ZonedInstant? = fields.required("start")
        let visit: String? = fields.nullable("visit")
        guard let number, let rule, let start else { return nil }
        self.init(number: number, rule: rule, start: start, visit: visit)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("number", number.json), ("rule", rule.json), ("start", start.json), ("visit", visit?.json)])
    }
}

/// A place that a visit could have.
package struct FreePlaceMessage: WireValue {
    /// Instants.
    package var start: ZonedInstant
    /// Instants.
    package var end: ZonedInstant
    /// The chair's id.
    package var chair: String
    /// Who would fill which label.
    package var attendants: [String: String]
    /// Who would step in while an attendant is off duty.
    package var covers: [CoverMessage]

    /// The values of its fields.
    package init(
        start: ZonedInstant, end: ZonedInstant, chair: String, attendants: [String: String],
        covers: [CoverMessage]
    ) {
        self.start = start
        self.end = end
        self.chair = chair
        self.attendants = attendants
        self.covers = covers
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let start: ZonedInstant? = fields.required("start")
        let end: ZonedInstant? = fields.required("end")
        let chair: String? = fields.required("chair")
        let attendants: [String: String]? = fields.required("attendants")
        let covers: [CoverMessage]? = fields.required("covers")
        guard let start, let end, let chair, let attendants, let covers else { return nil }
        self.init(start: start, end: end, chair: chair, attendants: attendants, covers: covers)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("start", start.json), ("end", end.json), ("chair", chair.json), ("attendants", attendants.json),
            ("covers", covers.json),
        ])
    }
}
