package import StrictJSON

/// A property that changed.
package struct AuditChangeMessage: WireValue {
    /// What changed: a visit's or the course's id.
    package var subject: String
    /// Which of its properties: start, chair, status …
    package var what: String
    /// How it was; null where it was not there.
    package var before: String?
    /// How it is; null where it is no more.
    package var after: String?

    /// The values of its fields.
    package init(subject: String, what: String, before: String? = nil, after: String? = nil) {
        self.subject = subject
        self.what = what
        self.before = before
        self.after = after
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let subject: String? = fields.required("subject")
        let what: String? = fields.required("what")
        let before: String? = fields.nullable("before")
        let after: String? = fields.nullable("after")
        guard let subject, let what else { return nil }
        self.init(subject: subject, what: what, before: before, after: after)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("subject", subject.json), ("what", what.json), ("before", before?.json), ("after", after?.json)])
    }
}

/// Something that somebody did, or read.
package struct AuditEntryMessage: WireValue {
    /// The event's number; null where somebody read.
    package var event: Int?
    /// When.
    package var at: ZonedInstant
    /// The user's number.
    package var uid: Int
    /// The user's name.
    package var user: String
    /// The process.
    package var pid: Int
    /// What the user may do, as it was then; null for reads.
    package var role: String?
    /// What was done: courseBooked, visitMoved …; read where somebody read.
    package var action: String
    /// By which method it was read.
    package var method: String?
    /// The patient.
    package var patient: String?
    /// The course.
    package var course: String?
    /// The visits.
    package var visits: [String]
    /// The visit that the call named.
    package var about: String?
    /// What else the action is about: a phase, a rule, a measure, a prerequisite, a task.
    package var detail: String?
    /// What fell due, where that is what happened.
    package var alert: AlertMessage?
    /// Why.
    package var reason: String?
    /// More about why, in somebody's own words.
    package var note: String?
    /// The caller's request id.
    package var request: String?
    /// The event that this one takes back.
    package var undoes: Int?
    /// What changed.
    package var changes: [AuditChangeMessage]

    /// The values of its fields.
    package init(
        event: Int? = nil, at: ZonedInstant, uid: Int, user: String, pid: Int, role: String? = nil, action: String,
        method: String? = nil, patient: String? = nil, course: String? = nil, visits: [String], about: String? = nil,
        detail: String? = nil, alert: AlertMessage? = nil, reason: String? = nil, note: String? = nil,
        request: String? = nil, undoes: Int? = nil,
        changes: [AuditChangeMessage]
    ) {
        self.event = event
        self.at = at
        self.uid = uid
        self.user = user
        self.pid = pid
        self.role = role
        self.action = action
        self.method = method
        self.patient = patient
        self.course = course
        self.visits = visits
        self.about = about
        self.detail = detail
        self.alert = alert
        self.reason = reason
        self.note = note
        self.request = request
        self.undoes = undoes
        self.changes = changes
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let event: Int? = fields.nullable("event")
        let at: ZonedInstant? = fields.required("at")
        let uid: Int? = fields.required("uid")
        let user: String? = fields.required("user")
        let pid: Int? = fields.required("pid")
        let role: String? = fields.nullable("role")
        let action: String? = fields.required("action")
        let method: String? = fields.nullable("method")
        let patient: String? = fields.nullable("patient")
        let course: String? = fields.nullable("course")
        let visits: [String]? = fields.required("visits")
        let about: String? = fields.nullable("about")
        let detail: String? = fields.nullable("detail")
        let alert: AlertMessage? = fields.nullable("alert")
        let reason: String? = fields.nullable("reason")
        let note: String? = fields.nullable("note")
        let request: String? = fields.nullable("request")
        let undoes: Int? = fields.nullable("undoes")
        let changes: [AuditChangeMessage]? = fields.required("changes")
        guard let at, let uid, let user, let pid, let action, let visits, let changes else { return nil }
        self.init(
            event: event, at: at, uid: uid, user: user, pid: pid, role: role, action: action, method: method,
            patient: patient, course: course, visits: visits, about: about, detail: detail,
            alert: alert, reason: reason, note: note, request: request, undoes: undoes, changes: changes)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("event", event?.json), ("at", at.json), ("uid", uid.json), ("user", user.json), ("pid", pid.json),
            ("role", role?.json), ("action", action.json), ("method", method?.json), ("patient", patient?.json),
            ("course", course?.json), ("visits", visits.json), ("about", about?.json),
            ("detail", detail?.json), ("alert", alert?.json), ("reason", reason?.json),
            ("note", note?.json), ("request", request?.json), ("undoes", undoes?.json), ("changes", changes.json),
        ])
    }
}
