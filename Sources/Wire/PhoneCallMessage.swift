package import StrictJSON

/// A patient to be called about a visit.
package struct PhoneCallMessage: WireValue {
    /// The visit that it is about; the call goes by its id.
    package var visit: String
    /// Its course.
    package var course: String
    /// Whom to call.
    package var patient: String
    /// Their record number.
    package var recordNumber: String?
    /// Their name, if known.
    package var name: String?
    /// Their telephone number, if known.
    package var phone: String?
    /// Why, most urgent first: late, newTime, moved, confirm, escort, reminder or makeUp.
    package var purposes: [String]
    /// By when.
    package var due: ZonedInstant
    /// The visit's start; that of the lost visit for makeUp.
    package var start: ZonedInstant
    /// The visit's phase.
    package var phase: String
    /// Where the visit stands.
    package var status: String
    /// How often somebody has called about the visit at its present time.
    package var attempts: Int
    /// What came of the last call: reached, messageLeft or declined.
    package var lastOutcome: String?
    /// When that was.
    package var lastAt: ZonedInstant?

    /// The values of its fields.
    package init(
        visit: String, course: String, patient: String, recordNumber: String? = nil, name: String? = nil,
        phone: String? = nil, purposes: [String], due: ZonedInstant, start: ZonedInstant, phase: String,
        status: String, attempts: Int, lastOutcome: String? = nil, lastAt: ZonedInstant? = nil
    ) {
        self.visit = visit
        self.course = course
        self.patient = patient
        self.recordNumber = recordNumber
        self.name = name
        self.phone = phone
        self.purposes = purposes
        self.due = due
        self.start = start
        self.phase = phase
        self.status = status
        self.attempts = attempts
        self.lastOutcome = lastOutcome
        self.lastAt = lastAt
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: String? = fields.required("visit")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let recordNumber: String? = fields.nullable("recordNumber")
        let name: String? = fields.nullable("name")
        let phone: String? = fields.nullable("phone")
        let purposes: [String]? = fields.required("purposes")
        let due: ZonedInstant? = fields.required("due")
        let start: ZonedInstant? = fields.required("start")
        let phase: String? = fields.required("phase")
        let status: String? = fields.required("status")
        let attempts: Int? = fields.required("attempts")
        let lastOutcome: String? = fields.nullable("lastOutcome")
        let lastAt: ZonedInstant? = fields.nullable("lastAt")
        guard let visit, let course, let patient, let purposes, let due, let start, let phase, let status, let attempts
        else { return nil }
        self.init(
            visit: visit, course: course, patient: patient, recordNumber: recordNumber, name: name, phone: phone,
            purposes: purposes, due: due, start: start, phase: phase, status: status, attempts: attempts,
            lastOutcome: lastOutcome, lastAt: lastAt)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("visit", visit.json), ("course", course.json), ("patient", patient.json),
            ("recordNumber", recordNumber?.json), ("name", name?.json), ("phone", phone?.json),
            ("purposes", purposes.json), ("due", due.json), ("start", start.json), ("phase", phase.json),
            ("status", status.json), ("attempts", attempts.json), ("lastOutcome", lastOutcome?.json),
            ("lastAt", lastAt?.json),
        ])
    }
}
