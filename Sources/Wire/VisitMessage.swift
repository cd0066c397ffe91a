package import StrictJSON

/// A patient, for those who may see names.
package struct PatientMessage: WireValue {
    /// The patient's id.
    package var id: String
    /// The clinic's own reference.
    package var recordNumber: String
    /// If known.
    package var name: String?
    /// If known.
    package var phone: String?

    /// The values of its fields.
    package init(id: String, recordNumber: String, name: String? = nil, phone: String? = nil) {
        self.id = id
        self.recordNumber = recordNumber
        self.name = name
        self.phone = phone
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let recordNumber: String? = fields.required("recordNumber")
        let name: String? = fields.nullable("name")
        let phone: String? = fields.nullable("phone")
        guard let id, let recordNumber else { return nil }
        self.init(id: id, recordNumber: recordNumber, name: name, phone: phone)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("recordNumber", recordNumber.json), ("name", name?.json),
            ("phone", phone?.json),
        ])
    }
}

/// A patient to be added.
package struct NewPatientMessage: WireValue {
    /// The clinic's own reference; must be new.
    package var recordNumber: String
    /// If known.
    package var name: String?
    /// If known.
    package var phone: String?

    /// The values of its fields.
    package init(recordNumber: String, name: String? = nil, phone: String? = nil) {
        self.recordNumber = recordNumber
        self.name = name
        self.phone = phone
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let recordNumber: String? = fields.required("recordNumber")
        let name: String? = fields.nullable("name")
        let phone: String? = fields.nullable("phone")
        guard let recordNumber else { return nil }
        self.init(recordNumber: recordNumber, name: name, phone: phone)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("recordNumber", recordNumber.json), ("name", name?.json), ("phone", phone?.json)])
    }
}

/// A course in a list.
package struct CourseSummaryMessage: WireValue {
    /// The course's id.
    package var id: String
    /// The patient's id.
    package var patient: String
    /// The regimen's id.
    package var regimen: String
    /// Active, onHold, completed or ceased.
    package var status: String
    /// How many visits it has, lost ones included.
    package var visits: Int
    /// How many were given.
    package var given: Int
    /// When the next visit that is still to come starts.
    package var next: ZonedInstant?
    /// Until when it is held for somebody; nil where it is booked.
    package var heldUntil: ZonedInstant?

    /// The values of its fields.
    package init(
        id: String, patient: String, regimen: String, status: String, visits: Int, given: Int,
        next: ZonedInstant? = nil, heldUntil: ZonedInstant? = nil
    ) {
        self.id = id
        self.patient = patient
        self.regimen = regimen
        self.status = status
        self.visits = visits
        self.given = given
        self.next = next
        self.heldUntil = heldUntil
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let patient: String? = fields.required("patient")
        let regimen: String? = fields.required("regimen")
        let status: String? = fields.required("status")
        let visits: Int? = fields.required("visits")
        let given: Int? = fields.required("given")
        let next: ZonedInstant? = fields.nullable("next")
        let heldUntil: ZonedInstant? = fields.nullable("heldUntil")
        guard let id, let patient, let regimen, let status, let visits, let given else { return nil }
        self.init(
            id: id, patient: patient, regimen: regimen, status: status, visits: visits, given: given, next: next,
            heldUntil: heldUntil)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("patient", patient.json), ("regimen", regimen.json), ("status", status.json),
            ("visits", visits.json), ("given", given.json), ("next", next?.json), ("heldUntil", heldUntil?.json),
        ])
    }
}

/// A stage of a visit at its planned time.
package struct StageMessage: WireValue {
    /// The stage's name.
    package var name: String
    /// Instants.
    package var start: ZonedInstant
    /// Instants.
    package var end: ZonedInstant

    /// The values of its fields.
    package init(name: String, start: ZonedInstant, end: ZonedInstant) {
        self.name = name
        self.start = start
        self.end = end
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let name: String? = fields.required("name")
        let start: ZonedInstant? = fields.required("start")
        let end: ZonedInstant? = fields.required("end")
        guard let name, let start, let end else { return nil }
        self.init(name: name, start: start, end: end)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("name", name.json), ("start", start.json), ("end", end.json)])
    }
}

/// A visit as it stands.
package struct VisitMessage: WireValue {
    /// The visit's id.
    package var id: String
    /// Whose it is.
    package var course: String
    /// Whose it is.
    package var patient: String
    /// Its number in the course, from 1.
    package var number: Int
    /// The phase's name.
    package var phase: String
    /// The visit type's id.
    package var visit: String
    /// Tentative, confirmed, arrived, inProgress, completed, noShow, notTreated, cancelled or omitted.
    package var status: String
    /// Whether the patient knows the time.
    package var told: Bool
    /// Whether it may not be moved by re-planning.
    package var pinned: Bool
    /// Instants as planned.
    package var start: ZonedInstant
    /// Instants as planned.
    package var end: ZonedInstant
    /// The chair's id.
    package var chair: String
    /// Who fills which label.
    package var attendants: [String: String]
    /// Who steps in while an attendant is off duty.
    package var covers: [CoverMessage]
    /// The stages at their planned times.
    package var stages: [StageMessage]
    /// Whether somebody must still tell the patient its time.
    package var needsCall: Bool?
    /// More of the status: the stage from 0 of one in progress; full or partial; early or late of one cancelled; why
    /// one was not treated.
    package var detail: String?
    /// Why it was cancelled.
    package var reason: String?
    /// Whether its turn stays empty: it was lost and is not made up.
    package var forgone: Bool?
    /// Rules that were set aside for it.
    package var overrides: [OverrideMessage]?
    /// Its cost as it was planned.
    package var cost: Int?
    /// What happened on its day, in the order in which it was recorded.
    package var facts: [FactMessage]?

    /// The values of its fields.
    package init(
        id: String, course: String, patient: String, number: Int, phase: String, visit: String, status: String,
        told: Bool, pinned: Bool, start: ZonedInstant, end: ZonedInstant, chair: String, attendants: [String: String],
        covers: [CoverMessage], stages: [StageMessage], needsCall: Bool? = nil, detail: String? = nil,
        reason: String? = nil, forgone: Bool? = nil, overrides: [OverrideMessage]? = nil, cost: Int? = nil,
        facts: [FactMessage]? = nil
    ) {
        self.id = id
        self.course = course
        self.patient = patient
        self.number = number
        self.phase = phase
        self.visit = visit
        self.status = status
        self.told = told
        self.pinned = pinned
        self.start = start
        self.end = end
        self.chair = chair
        self.attendants = attendants
        self.covers = covers
        self.stages = stages
        self.needsCall = needsCall
        self.detail = detail
        self.reason = reason
        self.forgone = forgone
        self.overrides = overrides
        self.cost = cost
        self.facts = facts
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let number: Int? = fields.required("number")
        let phase: String? = fields.required("phase")
        let visit: String? = fields.required("visit")
        let status: String? = fields.required("status")
        let told: Bool? = fields.required("told")
        let pinned: Bool? = fields.required("pinned")
        let start: ZonedInstant? = fields.required("start")
        let end: ZonedInstant? = fields.required("end")
        let chair: String? = fields.required("chair")
        let attendants: [String: String]? = fields.required("attendants")
        let covers: [CoverMessage]? = fields.required("covers")
        let stages: [StageMessage]? = fields.required("stages")
        let needsCall: Bool? = fields.nullable("needsCall")
        let detail: String? = fields.nullable("detail")
        let reason: String? = fields.nullable("reason")
        let forgone: Bool? = fields.nullable("forgone")
        let overrides: [OverrideMessage]? = fields.nullable("overrides")
        let cost: Int? = fields.nullable("cost")
        let facts: [FactMessage]? = fields.nullable("facts")
        guard let id, let course, let patient, let number, let phase, let visit, let status, let told, let pinned,
            let start, let end, let chair, let attendants, let covers, let stages
        else { return nil }
        self.init(
            id: id, course: course, patient: patient, number: number, phase: phase, visit: visit, status: status,
            told: told, pinned: pinned, start: start, end: end, chair: chair, attendants: attendants, covers: covers,
            stages: stages, needsCall: needsCall, detail: detail, reason: reason, forgone: forgone,
            overrides: overrides, cost: cost, facts: facts)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("course", course.json), ("patient", patient.json), ("number", number.json),
            ("phase", phase.json), ("visit", visit.json), ("status", status.json), ("told", told.json),
            ("pinned", pinned.json), ("start", start.json), ("end", end.json), ("chair", chair.json),
            ("attendants", attendants.json), ("covers", covers.json), ("stages", stages.json),
            ("needsCall", needsCall?.json), ("detail", detail?.json), ("reason", reason?.json),
            ("forgone", forgone?.json), ("overrides", overrides?.json), ("cost", cost?.json), ("facts", facts?.json),
        ])
    }
}

/// Something that happened. It names things by their ids only.
package struct EventMessage: WireValue {
    /// Its number.
    package var number: Int
    /// What happened.
    package var kind: String
    /// When it was recorded.
    package var at: ZonedInstant
    /// Who asked for it; null where the daemon acted by itself.
    package var uid: Int?
    /// Who asked for it; null where the daemon acted by itself.
    package var user: String?
    /// Who asked for it; null where the daemon acted by itself.
    package var pid: Int?
    /// The caller's request id.
    package var request: String?
    /// What it is about.
    package var patient: String?
    /// What it is about.
    package var course: String?
    /// What it is about.
    package var visits: [String]
    /// What fell due, where that is what happened.
    package var alert: AlertMessage?

    /// The values of its fields.
    package init(
        number: Int, kind: String, at: ZonedInstant, uid: Int? = nil, user: String? = nil, pid: Int? = nil,
        request: String? = nil, patient: String? = nil, course: String? = nil, visits: [String],
        alert: AlertMessage? = nil
    ) {
        self.number = number
        self.kind = kind
        self.at = at
        self.uid = uid
        self.user = user
        self.pid = pid
        self.request = request
        self.patient = patient
        self.course = course
        self.visits = visits
        self.alert = alert
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let number: Int? = fields.required("number")
        let kind: String? = fields.required("kind")
        let at: ZonedInstant? = fields.required("at")
        let uid: Int? = fields.nullable("uid")
        let user: String? = fields.nullable("user")
        let pid: Int? = fields.nullable("pid")
        let request: String? = fields.nullable("request")
        let patient: String? = fields.nullable("patient")
        let course: String? = fields.nullable("course")
        let visits: [String]? = fields.required("visits")
        let alert: AlertMessage? = fields.nullable("alert")
        guard let number, let kind, let at, let visits else { return nil }
        self.init(
            number: number, kind: kind, at: at, uid: uid, user: user, pid: pid, request: request,
            patient: patient, course: course, visits: visits, alert: alert)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("number", number.json), ("kind", kind.json), ("at", at.json), ("uid", uid?.json),
            ("user", user?.json), ("pid", pid?.json), ("request", request?.json), ("patient", patient?.json),
            ("course", course?.json), ("visits", visits.json), ("alert", alert?.json),
        ])
    }
}
