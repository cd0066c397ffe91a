package import Clinic
package import StrictJSON

extension ClinicInterface {
    /// Plans the rest of the phase that is under way so that it ends in time.
    package struct CatchUpCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("CatchUpCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// Within so many days from the phase's first visit to its last (its alarm, else its window).
        package var within: Int?
        /// Whether the nearest end will do where it cannot end in time (false).
        package var nearest: Bool?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            course: String, within: Int? = nil, nearest: Bool? = nil, reason: String, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.within = within
            self.nearest = nearest
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let within: Int? = fields.nullable("within")
            let nearest: Bool? = fields.nullable("nearest")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let reason else { return nil }
            self.init(
                course: course, within: within, nearest: nearest, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("within", within?.json), ("nearest", nearest?.json), ("reason", reason.json),
                ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
