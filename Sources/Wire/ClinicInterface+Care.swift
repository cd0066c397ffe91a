package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Records a score. Gates that it satisfies open, a phase that it stops ends.
    package struct RecordAssessment: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RecordAssessment")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// What was measured.
        package var measure: String
        /// The score, 0 to 1000.
        package var score: Int
        /// When it was taken (now).
        package var at: ZonedInstant?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other (other).
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            course: String, measure: String, score: Int, at: ZonedInstant? = nil, reason: String? = nil,
            note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.measure = measure
            self.score = score
            self.at = at
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let measure: String? = fields.required("measure")
            let score: Int? = fields.required("score")
            let at: ZonedInstant? = fields.nullable("at")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let measure, let score else { return nil }
            self.init(
                course: course, measure: measure, score: score, at: at, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("measure", measure.json), ("score", score.json), ("at", at?.json),
                ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Opens the gate of a phase, or does not: then what the regimen says for that follows.
    package struct DecideGate: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("DecideGate")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The phase's name.
        package var phase: String
        /// Whether it opens.
        package var opens: Bool
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other (other).
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            course: String, phase: String, opens: Bool, reason: String? = nil, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.phase = phase
            self.opens = opens
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let phase: String? = fields.required("phase")
            let opens: Bool? = fields.required("opens")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let phase, let opens else { return nil }
            self.init(
                course: course, phase: phase, opens: opens, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("phase", phase.json), ("opens", opens.json), ("reason", reason?.json),
                ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Records a payer's word on a course, new or in place of the one of the same number.
    package struct AddAuthorisation: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddAuthorisation")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The payer's word.
        package var authorisation: Authorisation
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other (other).
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            course: String, authorisation: Authorisation, reason: String? = nil, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.authorisation = authorisation
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let authorisation: Authorisation? = fields.required("authorisation")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let authorisation else { return nil }
            self.init(
                course: course, authorisation: authorisation, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("authorisation", authorisation.json), ("reason", reason?.json),
                ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Lists the payer's words on a course, with what is used of them.
    package struct ListAuthorisations: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListAuthorisations")

        /// The course's id.
        package var course: String

        /// The values of its fields.
        package init(course: String) {
            self.course = course
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            guard let course else { return nil }
            self.init(course: course)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("course", course.json)])
        }

        /// What ListAuthorisations answers.
        package struct Reply: WireValue {
            /// Whether visits need an authorisation before they are confirmed.
            package var required: Bool
            /// In the order in which they were recorded.
            package var authorisations: [AuthorisationUseMessage]
            /// The first visit to come for which none is left.
            package var uncovered: VisitMessage?

            /// The values of its fields.
            package init(required: Bool, authorisations: [AuthorisationUseMessage], uncovered: VisitMessage? = nil) {
                self.required = required
                self.authorisations = authorisations
                self.uncovered = uncovered
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let required: Bool? = fields.required("required")
                let authorisations: [AuthorisationUseMessage]? = fields.required("authorisations")
                let uncovered: VisitMessage? = fields.nullable("uncovered")
                guard let required, let authorisations else { return nil }
                self.init(required: required, authorisations: authorisations, uncovered: uncovered)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("required", required.json), ("authorisations", authorisations.json),
                    ("uncovered", uncovered?.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Records that something is in place that visits may not start without.
    package struct RecordPrerequisite: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RecordPrerequisite")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// Its name.
        package var name: String
        /// The visit for which it is in place, where it is asked for every visit.
        package var visit: String?
        /// The day from which it holds (today).
        package var day: Planning.Day?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other (other).
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            course: String, name: String, visit: String? = nil, day: Planning.Day? = nil, reason: String? = nil,
            note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.name = name
            self.visit = visit
            self.day = day
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let name: String? = fields.required("name")
            let visit: String? = fields.nullable("visit")
            let day: Planning.Day? = fields.nullable("day")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let name else { return nil }
            self.init(
                course: course, name: name, visit: visit, day: day, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("name", name.json), ("visit", visit?.json), ("day", day?.json),
                ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
