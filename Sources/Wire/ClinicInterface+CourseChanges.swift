package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Changes what the patient wishes, and plans the visits to come by it. What is not said stays.
    package struct ChangeCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ChangeCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// When the patient can come; empty for always.
        package var availability: [WeekWindow]?
        /// Days on which the patient cannot come; empty for none.
        package var blackoutDays: [Planning.Day]?
        /// When the patient would rather come; empty for no wish.
        package var preferred: [WeekWindow]?
        /// The wished time of day, 10:00.
        package var usual: ClockTime?
        /// What every chair of the course must have, beside the needs of its visit types.
        package var features: [String]?
        /// Who should take the first visit.
        package var preferredPerson: String?
        /// No visit after this day.
        package var endDay: Planning.Day?
        /// What is no longer wished: usual, preferredPerson, endDay.
        package var clear: [String]?
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
            course: String, availability: [WeekWindow]? = nil, blackoutDays: [Planning.Day]? = nil,
            preferred: [WeekWindow]? = nil, usual: ClockTime? = nil, features: [String]? = nil,
            preferredPerson: String? = nil, endDay: Planning.Day? = nil, clear: [String]? = nil,
            from: Planning.Day? = nil, reason: String, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.course = course
            self.availability = availability
            self.blackoutDays = blackoutDays
            self.preferred = preferred
            self.usual = usual
            self.features = features
            self.preferredPerson = preferredPerson
            self.endDay = endDay
            self.clear = clear
            self.from = from
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let availability: [WeekWindow]? = fields.nullable("availability")
            let blackoutDays: [Planning.Day]? = fields.nullable("blackoutDays")
            let preferred: [WeekWindow]? = fields.nullable("preferred")
            let usual: ClockTime? = fields.nullable("usual")
            let features: [String]? = fields.nullable("features")
            let preferredPerson: String? = fields.nullable("preferredPerson")
            let endDay: Planning.Day? = fields.nullable("endDay")
            let clear: [String]? = fields.nullable("clear")
            let from: Planning.Day? = fields.nullable("from")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let reason else { return nil }
            self.init(
                course: course, availability: availability, blackoutDays: blackoutDays, preferred: preferred,
                usual: usual, features: features, preferredPerson: preferredPerson, endDay: endDay, clear: clear,
                from: from, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("availability", availability?.json), ("blackoutDays", blackoutDays?.json),
                ("preferred", preferred?.json), ("usual", usual?.json), ("features", features?.json),
                ("preferredPerson", preferredPerson?.json), ("endDay", endDay?.json), ("clear", clear?.json),
                ("from", from?.json), ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Puts a course on hold: what is to come is called off.
    package struct HoldCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("HoldCourse")
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
    /// Goes on with a course that is on hold.
    package struct ResumeCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ResumeCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The first day on which it may go on.
        package var from: Planning.Day
        /// Whether what is planned anew keeps the window of the phase that is under way (false).
        package var keepWindow: Bool?
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
            course: String, from: Planning.Day, keepWindow: Bool? = nil, reason: String, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.from = from
            self.keepWindow = keepWindow
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let from: Planning.Day? = fields.required("from")
            let keepWindow: Bool? = fields.nullable("keepWindow")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let from, let reason else { return nil }
            self.init(
                course: course, from: from, keepWindow: keepWindow, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("from", from.json), ("keepWindow", keepWindow?.json),
                ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Ends a course early.
    package struct CeaseCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("CeaseCourse")
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
    /// Plans the visits to come anew: lost visits that have no other place yet get one.
    package struct ReplanCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ReplanCourse")
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
    /// Takes over a course that is running elsewhere: what is left of it is planned and booked.
    package struct AdoptCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AdoptCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// What is asked for; the earliest day is the first on which it may go on.
        package var course: CourseRequestMessage
        /// The phase that it has reached.
        package var phase: String
        /// How many visits of the phase were given, from 1.
        package var given: Int
        /// The day of the last one.
        package var lastDay: Planning.Day
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
            course: CourseRequestMessage, phase: String, given: Int, lastDay: Planning.Day, reason: String,
            note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.course = course
            self.phase = phase
            self.given = given
            self.lastDay = lastDay
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: CourseRequestMessage? = fields.required("course")
            let phase: String? = fields.required("phase")
            let given: Int? = fields.required("given")
            let lastDay: Planning.Day? = fields.required("lastDay")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let phase, let given, let lastDay, let reason else { return nil }
            self.init(
                course: course, phase: phase, given: given, lastDay: lastDay, reason: reason, note: note,
                dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("phase", phase.json), ("given", given.json), ("lastDay", lastDay.json),
                ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
