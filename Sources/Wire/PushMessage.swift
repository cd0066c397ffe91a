package import StrictJSON

/// A later visit of the day that another one pushes.
package struct PushMessage: WireValue {
    /// The later visit's id.
    package var visit: String
    /// Its course.
    package var course: String
    /// Its patient.
    package var patient: String
    /// When it is to begin.
    package var start: ZonedInstant
    /// By how many minutes it would begin later; null where it would not fit on the day any more.
    package var minutes: Int?
    /// Its chair.
    package var chair: String
    /// The chair on which it could begin as planned; null where no swap is needed there or none helps.
    package var otherChair: String?
    /// Who would then fill which label, those who change; null where nobody does.
    package var otherAttendants: [String: String]?

    /// The values of its fields.
    package init(
        visit: String, course: String, patient: String, start: ZonedInstant, minutes: Int? = nil, chair: String,
        otherChair: String? = nil, otherAttendants: [String: String]? = nil
    ) {
        self.visit = visit
        self.course = course
        self.patient = patient
        self.start = start
        self.minutes = minutes
        self.chair = chair
        self.otherChair = otherChair
        self.otherAttendants = otherAttendants
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: String? = fields.required("visit")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let start: ZonedInstant? = fields.required("start")
        let minutes: Int? = fields.nullable("minutes")
        let chair: String? = fields.required("chair")
        let otherChair: String? = fields.nullable("otherChair")
        let otherAttendants: [String: String]? = fields.nullable("otherAttendants")
        guard let visit, let course, let patient, let start, let chair else { return nil }
        self.init(
            visit: visit, course: course, patient: patient, start: start, minutes: minutes, chair: chair,
            otherChair: otherChair, otherAttendants: otherAttendants)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("visit", visit.json), ("course", course.json), ("patient", patient.json), ("start", start.json),
            ("minutes", minutes?.json), ("chair", chair.json), ("otherChair", otherChair?.json),
            ("otherAttendants", otherAttendants?.json),
        ])
    }
}
