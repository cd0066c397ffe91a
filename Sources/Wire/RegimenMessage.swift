package import StrictJSON

/// A regimen in a list.
package struct RegimenSummaryMessage: WireValue {
    /// The regimen's id.
    package var id: String
    /// Its name for people.
    package var name: String
    /// Where its shape comes from.
    package var source: String
    /// How many phases it has.
    package var phases: Int
    /// How many visits at most; null where it is open-ended.
    package var visits: Int?

    /// The values of its fields.
    package init(id: String, name: String, source: String, phases: Int, visits: Int? = nil) {
        self.id = id
        self.name = name
        self.source = source
        self.phases = phases
        self.visits = visits
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let name: String? = fields.required("name")
        let source: String? = fields.required("source")
        let phases: Int? = fields.required("phases")
        let visits: Int? = fields.nullable("visits")
        guard let id, let name, let source, let phases else { return nil }
        self.init(id: id, name: name, source: source, phases: phases, visits: visits)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("name", name.json), ("source", source.json), ("phases", phases.json),
            ("visits", visits?.json),
        ])
    }
}

/// What must hold before a phase opens. Exactly one of decision, reductionPercent and atMost is set.
package struct GateMessage: WireValue {
    /// The question that a clinician decides.
    package var decision: String?
    /// What is measured.
    package var measure: String?
    /// It has fallen by so many percent.
    package var reductionPercent: Int?
    /// It is at most so much.
    package var atMost: Int?
    /// Days after the previous phase's last visit.
    package var dueDays: Int
    /// Hold, extend or cease.
    package var otherwise: String
    /// By how many visits the previous phase is extended.
    package var visits: Int?

    /// The values of its fields.
    package init(
        decision: String? = nil, measure: String? = nil, reductionPercent: Int? = nil, atMost: Int? = nil,
        dueDays: Int, otherwise: String, visits: Int? = nil
    ) {
        self.decision = decision
        self.measure = measure
        self.reductionPercent = reductionPercent
        self.atMost = atMost
        self.dueDays = dueDays
        self.otherwise = otherwise
        self.visits = visits
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let decision: String? = fields.nullable("decision")
        let measure: String? = fields.nullable("measure")
        let reductionPercent: Int? = fields.nullable("reductionPercent")
        let atMost: Int? = fields.nullable("atMost")
        let dueDays: Int? = fields.required("dueDays")
        let otherwise: String? = fields.required("otherwise")
        let visits: Int? = fields.nullable("visits")
        guard let dueDays, let otherwise else { return nil }
        self.init(
            decision: decision, measure: measure, reductionPercent: reductionPercent, atMost: atMost,
            dueDays: dueDays, otherwise: otherwise, visits: visits)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("decision", decision?.json), ("measure", measure?.json),
            ("reductionPercent", reductionPercent?.json), ("atMost", atMost?.json),
            ("dueDays", dueDays.json), ("otherwise", otherwise.json), ("visits", visits?.json),
        ])
    }
}

/// An assessment asked for after a visit of a phase.
package struct CheckMessage: WireValue {
    /// The visit's number in the phase, from 1.
    package var afterVisit: Int
    /// What is measured.
    package var measure: String

    /// The values of its fields.
    package init(afterVisit: Int, measure: String) {
        self.afterVisit = afterVisit
        self.measure = measure
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let afterVisit: Int? = fields.required("afterVisit")
        let measure: String? = fields.required("measure")
        guard let afterVisit, let measure else { return nil }
        self.init(afterVisit: afterVisit, measure: measure)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("afterVisit", afterVisit.json), ("measure", measure.json)])
    }
}

/// A phase of a regimen.
package struct PhaseMessage: WireValue {
    /// Its name.
    package var name: String
    /// The visit type's id.
    package var visit: String
    /// How many visits at least and at most; both null in an open-ended phase.
    package var min: Int?
    /// How many visits at least and at most; both null in an open-ended phase.
    package var max: Int?
    /// Days from the previous phase's last visit; null where gaps hold for it too.
    package var gapIdeal: Int?
    /// Days from the previous phase's last visit; null where gaps hold for it too.
    package var gapMin: Int?
    /// Days from the previous phase's last visit; null where gaps hold for it too.
    package var gapMax: Int?
    /// Ideal days between successive visits, repeated cyclically.
    package var gaps: [Int]
    /// Days that a gap may be shorter or longer.
    package var toleranceBefore: Int
    /// Days that a gap may be shorter or longer.
    package var toleranceAfter: Int
    /// Last visit's day minus first visit's day, at most.
    package var withinDays: Int?
    /// Beyond so many days the phase is slipping.
    package var alarmDays: Int?
    /// Whether starts near the usual time are wished for.
    package var rhythm: Bool
    /// Booking where the patient knows the times when booked, call otherwise.
    package var confirm: String
    /// What must hold before the phase opens.
    package var gate: GateMessage?
    /// Assessments asked for.
    package var checks: [CheckMessage]
    /// A score that ends the phase early.
    package var stopMeasure: String?
    /// A score that ends the phase early.
    package var stopAtMost: Int?
    /// A review falls due every so many days.
    package var reviewEveryDays: Int?
    /// The phase ends so many days after its first visit.
    package var endsAfterDays: Int?

    /// The values of its fields.
    package init(
        name: String, visit: String, min: Int? = nil, max: Int? = nil, gapIdeal: Int? = nil,
        gapMin: Int? = nil, gapMax: Int? = nil, gaps: [Int], toleranceBefore: Int, toleranceAfter: Int,
        withinDays: Int? = nil, alarmDays: Int? = nil, rhythm: Bool, confirm: String,
        gate: GateMessage? = nil, checks: [CheckMessage], stopMeasure: String? = nil, stopAtMost: Int? = nil,
        reviewEveryDays: Int? = nil, endsAfterDays: Int? = nil
    ) {
        self.name = name
        self.visit = visit
        self.min = min
        self.max = max
        self.gapIdeal = gapIdeal
        self.gapMin = gapMin
        self.gapMax = gapMax
        self.gaps = gaps
        self.toleranceBefore = toleranceBefore
        self.toleranceAfter = toleranceAfter
        self.withinDays = withinDays
        self.alarmDays = alarmDays
        self.rhythm = rhythm
        self.confirm = confirm
        self.gate = gate
        self.checks = checks
        self.stopMeasure = stopMeasure
        self.stopAtMost = stopAtMost
        self.reviewEveryDays = reviewEveryDays
        self.endsAfterDays = endsAfterDays
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let name: String? = fields.required("name")
        let visit: String? = fields.required("visit")
        let min: Int? = fields.nullable("min")
        let max: Int? = fields.nullable("max")
        let gapIdeal: Int? = fields.nullable("gapIdeal")
        let gapMin: Int? = fields.nullable("gapMin")
        let gapMax: Int? = fields.nullable("gapMax")
        let gaps: [Int]? = fields.required("gaps")
        let toleranceBefore: Int? = fields.required("toleranceBefore")
        let toleranceAfter: Int? = fields.required("toleranceAfter")
        let withinDays: Int? = fields.nullable("withinDays")
        let alarmDays: Int? = fields.nullable("alarmDays")
        let rhythm: Bool? = fields.required("rhythm")
        let confirm: String? = fields.required("confirm")
        let gate: GateMessage? = fields.nullable("gate")
        let checks: [CheckMessage]? = fields.required("checks")
        let stopMeasure: String? = fields.nullable("stopMeasure")
        let stopAtMost: Int? = fields.nullable("stopAtMost")
        let reviewEveryDays: Int? = fields.nullable("reviewEveryDays")
        let endsAfterDays: Int? = fields.nullable("endsAfterDays")
        guard let name, let visit, let gaps, let toleranceBefore, let toleranceAfter, let rhythm, let confirm,
            let checks
        else { return nil }
        self.init(
            name: name, visit: visit, min: min, max: max, gapIdeal: gapIdeal, gapMin: gapMin, gapMax: gapMax,
            gaps: gaps, toleranceBefore: toleranceBefore, toleranceAfter: toleranceAfter,
            withinDays: withinDays, alarmDays: alarmDays, rhythm: rhythm, confirm: confirm, gate: gate,
            checks: checks, stopMeasure: stopMeasure, stopAtMost: stopAtMost,
            reviewEveryDays: reviewEveryDays, endsAfterDays: endsAfterDays)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("name", name.json), ("visit", visit.json), ("min", min?.json), ("max", max?.json),
            ("gapIdeal", gapIdeal?.json), ("gapMin", gapMin?.json), ("gapMax", gapMax?.json),
            ("gaps", gaps.json), ("toleranceBefore", toleranceBefore.json),
            ("toleranceAfter", toleranceAfter.json), ("withinDays", withinDays?.json),
            ("alarmDays", alarmDays?.json), ("rhythm", rhythm.json), ("confirm", confirm.json),
            ("gate", gate?.json), ("checks", checks.json), ("stopMeasure", stopMeasure?.json),
            ("stopAtMost", stopAtMost?.json), ("reviewEveryDays", reviewEveryDays?.json),
            ("endsAfterDays", endsAfterDays?.json),
        ])
    }
}

/// What must be in place before a visit starts.
package struct PrerequisiteMessage: WireValue {
    /// Its name.
    package var name: String
    /// Course or visit.
    package var per: String
    /// How many days it stays valid; null for no end.
    package var validDays: Int?

    /// The values of its fields.
    package init(name: String, per: String, validDays: Int? = nil) {
        self.name = name
        self.per = per
        self.validDays = validDays
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let name: String? = fields.required("name")
        let per: String? = fields.required("per")
        let validDays: Int? = fields.nullable("validDays")
        guard let name, let per else { return nil }
        self.init(name: name, per: per, validDays: validDays)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("name", name.json), ("per", per.json), ("validDays", validDays?.json)])
    }
}

/// A course template.
package struct RegimenMessage: WireValue {
    /// Its id.
    package var id: String
    /// Its name for people.
    package var name: String
    /// Where its shape comes from.
    package var source: String
    /// What must be in place before visits.
    package var prerequisites: [PrerequisiteMessage]
    /// The phases in order.
    package var phases: [PhaseMessage]

    /// The values of its fields.
    package init(
        id: String, name: String, source: String, prerequisites: [PrerequisiteMessage],
        phases: [PhaseMessage]
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.prerequisites = prerequisites
        self.phases = phases
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let name: String? = fields.required("name")
        let source: String? = fields.required("source")
        let prerequisites: [PrerequisiteMessage]? = fields.required("prerequisites")
        let phases: [PhaseMessage]? = fields.required("phases")
        guard let id, let name, let source, let prerequisites, let phases else { return nil }
        self.init(id: id, name: name, source: source, prerequisites: prerequisites, phases: phases)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("name", name.json), ("source", source.json),
            ("prerequisites", prerequisites.json), ("phases", phases.json),
        ])
    }
}
