package import Clinic
package import StrictJSON

extension ClinicInterface {
    /// Holds a proposal for somebody: it takes its places like a booked course until it is booked, is given up, or
    /// its time is over.
    package struct HoldProposal: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("HoldProposal")

        /// The proposal's id.
        package var proposal: String
        /// Which of the proposal's alternatives, from 1 (the plan itself).
        package var alternative: Int?
        /// For how long, 1 to 1440.
        package var minutes: Int
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(proposal: String, alternative: Int? = nil, minutes: Int, request: String? = nil) {
            self.proposal = proposal
            self.alternative = alternative
            self.minutes = minutes
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let proposal: String? = fields.required("proposal")
            let alternative: Int? = fields.nullable("alternative")
            let minutes: Int? = fields.required("minutes")
            let request: String? = fields.nullable("request")
            guard let proposal, let minutes else { return nil }
            self.init(proposal: proposal, alternative: alternative, minutes: minutes, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("proposal", proposal.json), ("alternative", alternative?.json), ("minutes", minutes.json),
                ("request", request?.json),
            ])
        }

        /// What HoldProposal answers.
        package struct Reply: WireValue {
            /// The course's id.
            package var id: String
            /// Until when it is held.
            package var until: ZonedInstant
            /// Its visits.
            package var visits: [VisitMessage]
            /// The number of the event that records it.
            package var event: Int
            /// Names of the staff in the visits, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(
                id: String, until: ZonedInstant, visits: [VisitMessage], event: Int, people: [String: String]
            ) {
                self.id = id
                self.until = until
                self.visits = visits
                self.event = event
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let id: String? = fields.required("id")
                let until: ZonedInstant? = fields.required("until")
                let visits: [VisitMessage]? = fields.required("visits")
                let event: Int? = fields.required("event")
                let people: [String: String]? = fields.required("people")
                guard let id, let until, let visits, let event, let people else { return nil }
                self.init(id: id, until: until, visits: visits, event: event, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("id", id.json), ("until", until.json), ("visits", visits.json), ("event", event.json),
                    ("people", people.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Books a course that is held.
    package struct BookHeldCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("BookHeldCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
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
            course: String, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
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
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course else { return nil }
            self.init(course: course, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Gives up a course that is held.
    package struct ReleaseCourse: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ReleaseCourse")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The course's id.
        package var course: String
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
            course: String, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
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
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let course else { return nil }
            self.init(course: course, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course.json), ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
