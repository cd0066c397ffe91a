package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Lists what is to be done for courses and is not done yet, by due day.
    package struct ListTasks: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListTasks")

        /// Only for this course.
        package var course: String?
        /// Only what is due by this day.
        package var through: Planning.Day?
        /// How many at most (200; at most 2000).
        package var limit: Int?

        /// The values of its fields.
        package init(course: String? = nil, through: Planning.Day? = nil, limit: Int? = nil) {
            self.course = course
            self.through = through
            self.limit = limit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.nullable("course")
            let through: Planning.Day? = fields.nullable("through")
            let limit: Int? = fields.nullable("limit")
            self.init(course: course, through: through, limit: limit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("course", course?.json), ("through", through?.json), ("limit", limit?.json)])
        }

        /// What ListTasks answers.
        package struct Reply: WireValue {
            /// Those found.
            package var tasks: [TaskMessage]
            /// Whether there are more.
            package var more: Bool

            /// The values of its fields.
            package init(tasks: [TaskMessage], more: Bool) {
                self.tasks = tasks
                self.more = more
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let tasks: [TaskMessage]? = fields.required("tasks")
                let more: Bool? = fields.required("more")
                guard let tasks, let more else { return nil }
                self.init(tasks: tasks, more: more)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("tasks", tasks.json), ("more", more.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Records that a task is done.
    package struct FinishTask: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("FinishTask")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
        /// The task's id, v3/PHQ-9.
        package var task: String
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
            course: String, task: String, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.course = course
            self.task = task
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let task: String? = fields.required("task")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course, let task else { return nil }
            self.init(course: course, task: task, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("task", task.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Takes back an event, where nothing has happened since to what it changed.
    package struct Undo: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Undo")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The event's number.
        package var event: Int?
        /// The course whose last event it is; exactly one of the two.
        package var course: String?
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
            event: Int? = nil, course: String? = nil, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.event = event
            self.course = course
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let event: Int? = fields.nullable("event")
            let course: String? = fields.nullable("course")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            self.init(event: event, course: course, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("event", event?.json), ("course", course?.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
