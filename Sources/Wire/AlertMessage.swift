package import StrictJSON

/// Something that fell due.
package struct AlertMessage: WireValue {
    /// What: visitReminder, visitToConfirm, escortMissing …
    package var kind: String
    /// The id of the visit, course or member of staff that it is about.
    package var subject: String
    /// Which of several: the hours before a visit, a stage, a phase, a task, a prerequisite, a credential.
    package var detail: String?
    /// When it fell due; it may have been told later.
    package var due: ZonedInstant

    /// The values of its fields.
    package init(kind: String, subject: String, detail: String? = nil, due: ZonedInstant) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.due = due
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind: String? = fields.required("kind")
        let subject: String? = fields.required("subject")
        let detail: String? = fields.nullable("detail")
        let due: ZonedInstant? = fields.required("due")
        guard let kind, let subject, let due else { return nil }
        self.init(kind: kind, subject: subject, detail: detail, due: due)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("kind", kind.json), ("subject", subject.json), ("detail", detail?.json), ("due", due.json)])
    }
}
