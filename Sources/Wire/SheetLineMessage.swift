package import Planning
package import StrictJSON

/// A line of the morning sheet.
package struct SheetLineMessage: WireValue {
    /// Staffing, prerequisite, escort, unauthorised, unrecorded, unconfirmed, firstVisit, lastAuthorised,
    /// score, task, review, makeUp or slipping.
    package var kind: String
    /// The visit.
    package var visit: String
    /// Its course.
    package var course: String
    /// Its patient.
    package var patient: String
    /// The patient's name, where names were asked for and it is known.
    package var name: String?
    /// When the visit begins, of one of the day's.
    package var start: ZonedInstant?
    /// Its chair, of one of the day's.
    package var chair: String?
    /// By which day, of what is due; of slipping the last day that the phase was to have.
    package var due: Planning.Day?
    /// The rules that are broken, what is missing, the measure, the task, the phase.
    package var detail: String?

    /// The values of its fields.
    package init(
        kind: String, visit: String, course: String, patient: String, name: String? = nil, start: ZonedInstant? = nil,
        chair: String? = nil, due: Planning.Day? = nil, detail: String? = nil
    ) {
        self.kind = kind
        self.visit = visit
        self.course = course
        self.patient = patient
        self.name = name
        self.start = start
        self.chair = chair
        self.due = due
        self.detail = detail
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind: String? = fields.required("kind")
        let visit: String? = fields.required("visit")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let name: String? = fields.nullable("name")
        let start: ZonedInstant? = fields.nullable("start")
        let chair: String? = fields.nullable("chair")
        let due: Planning.Day? = fields.nullable("due")
        let detail: String? = fields.nullable("detail")
        guard let kind, let visit, let course, let patient else { return nil }
        self.init(
            kind: kind, visit: visit, course: course, patient: patient, name: name, start: start, chair: chair,
            due: due, detail: detail)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("kind", kind.json), ("visit", visit.json), ("course", course.json), ("patient", patient.json),
            ("name", name?.json), ("start", start?.json), ("chair", chair?.json), ("due", due?.json),
            ("detail", detail?.json),
        ])
    }
}
