package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Gives a phase more visits.
    package struct ExtendCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ExtendCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The phase's name (the last one).
        package var phase: String?
        /// How many more, 1 to 100.
        package var visits: Int
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
            course: String, phase: String? = nil, visits: Int, reason: String, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.phase = phase
            self.visits = visits
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let phase: String? = fields.nullable("phase")
            let visits: Int? = fields.required("visits")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let visits, let reason else { return nil }
            self.init(
                course: course, phase: phase, visits: visits, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("phase", phase?.json), ("visits", visits.json), ("reason", reason.json),
                ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Ends a phase with the visits that it has had.
    package struct EndPhase: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("EndPhase")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The phase's name.
        package var phase: String
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
            course: String, phase: String, reason: String, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.course = course
            self.phase = phase
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let phase: String? = fields.required("phase")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let phase, let reason else { return nil }
            self.init(course: course, phase: phase, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("phase", phase.json), ("reason", reason.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Ends the present phase and goes on to the next.
    package struct AdvanceCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AdvanceCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
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
            course: String, reason: String, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let reason else { return nil }
            self.init(course: course, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Goes back to the phase before for some visits, then on with the present one.
    package struct StepBackCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("StepBackCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// How many visits of the phase before, 1 to 100.
        package var visits: Int
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
            course: String, visits: Int, reason: String, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.course = course
            self.visits = visits
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let visits: Int? = fields.required("visits")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let visits, let reason else { return nil }
            self.init(course: course, visits: visits, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("visits", visits.json), ("reason", reason.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Changes the rhythm of days of what is left of a phase.
    package struct ChangeGaps: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ChangeGaps")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The phase's name.
        package var phase: String
        /// Ideal days between successive visits, repeated; each 1 to 366.
        package var gaps: [Int]
        /// How many days earlier a visit may be (as it is).
        package var toleranceBefore: Int?
        /// How many days later a visit may be (as it is).
        package var toleranceAfter: Int?
        /// Visits before this day stay as they are (none).
        package var from: Planning.Day?
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
            course: String, phase: String, gaps: [Int], toleranceBefore: Int? = nil, toleranceAfter: Int? = nil,
            from: Planning.Day? = nil, reason: String, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.course = course
            self.phase = phase
            self.gaps = gaps
            self.toleranceBefore = toleranceBefore
            self.toleranceAfter = toleranceAfter
            self.from = from
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let phase: String? = fields.required("phase")
            let gaps: [Int]? = fields.required("gaps")
            let toleranceBefore: Int? = fields.nullable("toleranceBefore")
            let toleranceAfter: Int? = fields.nullable("toleranceAfter")
            let from: Planning.Day? = fields.nullable("from")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let phase, let gaps, let reason else { return nil }
            self.init(
                course: course, phase: phase, gaps: gaps, toleranceBefore: toleranceBefore,
                toleranceAfter: toleranceAfter, from: from, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("phase", phase.json), ("gaps", gaps.json),
                ("toleranceBefore", toleranceBefore?.json), ("toleranceAfter", toleranceAfter?.json),
                ("from", from?.json), ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
