package import StrictJSON

extension ClinicInterface {
    /// Plans a course without booking it: the cheapest plan that keeps every rule, or why there is none.
    /// Nothing is recorded; the daemon keeps the last proposals in memory until it restarts.
    package struct ProposeCourse: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ProposeCourse")

        /// What is asked for.
        package var course: CourseRequestMessage
        /// How many other plans are wanted (0; at most 20).
        package var alternatives: Int?
        /// Whether it is wanted why each visit is where it is (false).
        package var explain: Bool?

        /// The values of its fields.
        package init(course: CourseRequestMessage, alternatives: Int? = nil, explain: Bool? = nil) {
            self.course = course
            self.alternatives = alternatives
            self.explain = explain
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: CourseRequestMessage? = fields.required("course")
            let alternatives: Int? = fields.nullable("alternatives")
            let explain: Bool? = fields.nullable("explain")
            guard let course else { return nil }
            self.init(course: course, alternatives: alternatives, explain: explain)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("alternatives", alternatives?.json), ("explain", explain?.json),
            ])
        }

        /// What ProposeCourse answers.
        package struct Reply: WireValue {
            /// The proposal's id, to be booked; null where there is no plan.
            package var proposal: String?
            /// The plan; null where there is none.
            package var plan: PlanMessage?
            /// Why there is none; null where there is one.
            package var refusal: RefusalMessage?
            /// The number of the last event that the proposal knows.
            package var since: Int
            /// Names of the staff in the plan and in what closes days, by id.
            package var people: [String: String]
            /// Why each visit is where it is; null unless it was wanted and there is a plan.
            package var reasons: [VisitReasonMessage]?
            /// How many days after the earliest the course might start.
            package var startWithinDays: Int?

            /// The values of its fields.
            package init(
                proposal: String? = nil, plan: PlanMessage? = nil, refusal: RefusalMessage? = nil,
                since: Int, people: [String: String], reasons: [VisitReasonMessage]? = nil, startWithinDays: Int? = nil
            ) {
                self.proposal = proposal
                self.plan = plan
                self.refusal = refusal
                self.since = since
                self.people = people
                self.reasons = reasons
                self.startWithinDays = startWithinDays
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let proposal: String? = fields.nullable("proposal")
                let plan: PlanMessage? = fields.nullable("plan")
                let refusal: RefusalMessage? = fields.nullable("refusal")
                let since: Int? = fields.required("since")
                let people: [String: String]? = fields.required("people")
                let reasons: [VisitReasonMessage]? = fields.nullable("reasons")
                let startWithinDays: Int? = fields.nullable("startWithinDays")
                guard let since, let people else { return nil }
                self.init(
                    proposal: proposal, plan: plan, refusal: refusal, since: since, people: people, reasons: reasons,
                    startWithinDays: startWithinDays)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("proposal", proposal?.json), ("plan", plan?.json), ("refusal", refusal?.json),
                    ("since", since.json), ("people", people.json), ("reasons", reasons?.json),
                    ("startWithinDays", startWithinDays?.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Books a course: a proposal as it was shown, or the cheapest plan for what is asked for. A proposal is
    /// never planned anew: where it no longer fits it is Stale.
    package struct BookCourse: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("BookCourse")

        /// The proposal's id.
        package var proposal: String?
        /// Which of the proposal's alternatives, from 1 (the plan itself).
        package var alternative: Int?
        /// What is asked for; exactly one of proposal and course.
        package var course: CourseRequestMessage?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            proposal: String? = nil, alternative: Int? = nil, course: CourseRequestMessage? = nil,
            request: String? = nil
        ) {
            self.proposal = proposal
            self.alternative = alternative
            self.course = course
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let proposal: String? = fields.nullable("proposal")
            let alternative: Int? = fields.nullable("alternative")
            let course: CourseRequestMessage? = fields.nullable("course")
            let request: String? = fields.nullable("request")
            self.init(proposal: proposal, alternative: alternative, course: course, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("proposal", proposal?.json), ("alternative", alternative?.json), ("course", course?.json),
                ("request", request?.json),
            ])
        }

        /// What BookCourse answers.
        package struct Reply: WireValue {
            /// The course's id.
            package var id: String
            /// Its visits.
            package var visits: [VisitMessage]
            /// The number of the event that records it.
            package var event: Int
            /// Names of the staff in the visits, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(id: String, visits: [VisitMessage], event: Int, people: [String: String]) {
                self.id = id
                self.visits = visits
                self.event = event
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let id: String? = fields.required("id")
                let visits: [VisitMessage]? = fields.required("visits")
                let event: Int? = fields.required("event")
                let people: [String: String]? = fields.required("people")
                guard let id, let visits, let event, let people else { return nil }
                self.init(id: id, visits: visits, event: event, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("id", id.json), ("visits", visits.json), ("event", event.json), ("people", people.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Lists courses by id.
    package struct ListCourses: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListCourses")

        /// Only this patient's.
        package var patient: String?
        /// Only of this status: active, onHold, completed or ceased.
        package var status: String?
        /// The id after which the list goes on.
        package var after: String?
        /// How many at most (100; at most 1000).
        package var limit: Int?

        /// The values of its fields.
        package init(patient: String? = nil, status: String? = nil, after: String? = nil, limit: Int? = nil) {
            self.patient = patient
            self.status = status
            self.after = after
            self.limit = limit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let patient: String? = fields.nullable("patient")
            let status: String? = fields.nullable("status")
            let after: String? = fields.nullable("after")
            let limit: Int? = fields.nullable("limit")
            self.init(patient: patient, status: status, after: after, limit: limit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("patient", patient?.json), ("status", status?.json), ("after", after?.json),
                ("limit", limit?.json),
            ])
        }

        /// What ListCourses answers.
        package struct Reply: WireValue {
            /// Those found.
            package var courses: [CourseSummaryMessage]
            /// Whether there are more; ask again after the last one's id.
            package var more: Bool

            /// The values of its fields.
            package init(courses: [CourseSummaryMessage], more: Bool) {
                self.courses = courses
                self.more = more
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let courses: [CourseSummaryMessage]? = fields.required("courses")
                let more: Bool? = fields.required("more")
                guard let courses, let more else { return nil }
                self.init(courses: courses, more: more)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("courses", courses.json), ("more", more.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows a course with its visits.
    package struct ShowCourse: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ShowCourse")

        /// Its id.
        package var course: String
        /// An earlier moment to be shown as it was then: an instant, or an event such as e9120 (now).
        package var asOf: String?

        /// The values of its fields.
        package init(course: String, asOf: String? = nil) {
            self.course = course
            self.asOf = asOf
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.required("course")
            let asOf: String? = fields.nullable("asOf")
            guard let course else { return nil }
            self.init(course: course, asOf: asOf)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("course", course.json), ("asOf", asOf?.json)])
        }

        /// What ShowCourse answers.
        package struct Reply: WireValue {
            /// The course in short.
            package var found: CourseSummaryMessage
            /// What was asked for.
            package var asked: CourseRequestMessage
            /// The usual time of day kept for its continuation.
            package var usual: ClockTime?
            /// The names of its regimen's phases, in order.
            package var phases: [String]
            /// Its visits in order.
            package var visits: [VisitMessage]
            /// Names of the staff in the visits, by id.
            package var people: [String: String]
            /// Where it stands beside its visits.
            package var standing: CourseStandingMessage?

            /// The values of its fields.
            package init(
                found: CourseSummaryMessage, asked: CourseRequestMessage, usual: ClockTime? = nil,
                phases: [String], visits: [VisitMessage], people: [String: String],
                standing: CourseStandingMessage? = nil
            ) {
                self.found = found
                self.asked = asked
                self.usual = usual
                self.phases = phases
                self.visits = visits
                self.people = people
                self.standing = standing
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let found: CourseSummaryMessage? = fields.required("found")
                let asked: CourseRequestMessage? = fields.required("asked")
                let usual: ClockTime? = fields.nullable("usual")
                let phases: [String]? = fields.required("phases")
                let visits: [VisitMessage]? = fields.required("visits")
                let people: [String: String]? = fields.required("people")
                let standing: CourseStandingMessage? = fields.nullable("standing")
                guard let found, let asked, let phases, let visits, let people else { return nil }
                self.init(
                    found: found, asked: asked, usual: usual, phases: phases, visits: visits, people: people,
                    standing: standing)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("found", found.json), ("asked", asked.json), ("usual", usual?.json),
                    ("phases", phases.json), ("visits", visits.json), ("people", people.json),
                    ("standing", standing?.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows a visit.
    package struct ShowVisit: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ShowVisit")

        /// Its id.
        package var visit: String

        /// The values of its fields.
        package init(visit: String) {
            self.visit = visit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            guard let visit else { return nil }
            self.init(visit: visit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("visit", visit.json)])
        }

        /// What ShowVisit answers.
        package struct Reply: WireValue {
            /// The visit.
            package var found: VisitMessage
            /// Names of the staff in it, by id.
            package var people: [String: String]
            /// The phase whose gate must open before it can be confirmed; null where none must.
            package var closedGate: String?
            /// What it may not start without and is not in place.
            package var missing: [String]?
            /// What is to be done that follows from it.
            package var tasks: [TaskMessage]?

            /// The values of its fields.
            package init(
                found: VisitMessage, people: [String: String], closedGate: String? = nil, missing: [String]? = nil,
                tasks: [TaskMessage]? = nil
            ) {
                self.found = found
                self.people = people
                self.closedGate = closedGate
                self.missing = missing
                self.tasks = tasks
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let found: VisitMessage? = fields.required("found")
                let people: [String: String]? = fields.required("people")
                let closedGate: String? = fields.nullable("closedGate")
                let missing: [String]? = fields.nullable("missing")
                let tasks: [TaskMessage]? = fields.nullable("tasks")
                guard let found, let people else { return nil }
                self.init(found: found, people: people, closedGate: closedGate, missing: missing, tasks: tasks)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("found", found.json), ("people", people.json), ("closedGate", closedGate?.json),
                    ("missing", missing?.json), ("tasks", tasks?.json),
                ])
            }
        }
    }
}
