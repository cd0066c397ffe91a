internal import Clinic
package import StrictJSON

extension ClinicInterface {
    /// Records what happened on a visit's day, beside the plan, which stays. It is refused only where it lies in the
    /// future, or is a start for which something is missing. Answers which later visits it pushes, and by what swap
    /// they could begin as planned.
    package struct RecordFact: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RecordFact")

        /// The visit's id.
        package var visit: String
        /// What happened: arrived, escortConfirmed, checkMet, started, stageBegun, paused, continued, delayed or
        /// discharged.
        package var fact: String
        /// When (now); not in the future.
        package var at: ZonedInstant?
        /// The stage that began, from 0 (the next one); by how many minutes it will be later than planned.
        package var number: Int?
        /// Which arrival check is met; full or partial for a discharge (full).
        package var detail: String?
        /// Whether a start goes on although something is missing (false); for clinicians, with a reason.
        package var override: Bool?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other (other).
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would follow (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            visit: String, fact: String, at: ZonedInstant? = nil, number: Int? = nil, detail: String? = nil,
            override: Bool? = nil, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.visit = visit
            self.fact = fact
            self.at = at
            self.number = number
            self.detail = detail
            self.override = override
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let fact: String? = fields.required("fact")
            let at: ZonedInstant? = fields.nullable("at")
            let number: Int? = fields.nullable("number")
            let detail: String? = fields.nullable("detail")
            let override: Bool? = fields.nullable("override")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let fact else { return nil }
            self.init(
                visit: visit, fact: fact, at: at, number: number, detail: detail, override: override, reason: reason,
                note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("fact", fact.json), ("at", at?.json), ("number", number?.json),
                ("detail", detail?.json), ("override", override?.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// What RecordFact answers.
        package struct Reply: WireValue {
            /// Whether it was recorded; false in a dry run.
            package var recorded: Bool
            /// The number of the event that records it.
            package var event: Int?
            /// The visit as it stands.
            package var found: VisitMessage
            /// Later visits of the day that it pushes, by start.
            package var following: [PushMessage]
            /// Names of the staff, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(
                recorded: Bool, event: Int? = nil, found: VisitMessage, following: [PushMessage],
                people: [String: String]
            ) {
                self.recorded = recorded
                self.event = event
                self.found = found
                self.following = following
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let recorded: Bool? = fields.required("recorded")
                let event: Int? = fields.nullable("event")
                let found: VisitMessage? = fields.required("found")
                let following: [PushMessage]? = fields.required("following")
                let people: [String: String]? = fields.required("people")
                guard let recorded, let found, let following, let people else { return nil }
                self.init(recorded: recorded, event: event, found: found, following: following, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("recorded", recorded.json), ("event", event?.json), ("found", found.json),
                    ("following", following.json), ("people", people.json),
                ])
            }
        }
    }
}

extension ClinicInterface {
    /// Records what came of a call about a visit. Whoever was reached knows the time and has agreed to it; whoever
    /// declined needs another.
    package struct RecordCall: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RecordCall")

        /// The call, by the id of its visit.
        package var call: String
        /// What came of it: reached, messageLeft or declined.
        package var outcome: String
        /// When (now); not in the future.
        package var at: ZonedInstant?
        /// More about it, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would follow (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            call: String, outcome: String, at: ZonedInstant? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.call = call
            self.outcome = outcome
            self.at = at
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let call: String? = fields.required("call")
            let outcome: String? = fields.required("outcome")
            let at: ZonedInstant? = fields.nullable("at")
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let call, let outcome else { return nil }
            self.init(call: call, outcome: outcome, at: at, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("call", call.json), ("outcome", outcome.json), ("at", at?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// What RecordCall answers.
        package struct Reply: WireValue {
            /// Whether it was recorded; false in a dry run.
            package var recorded: Bool
            /// The number of the event that records it.
            package var event: Int?
            /// The visit as it stands.
            package var found: VisitMessage
            /// Names of the staff, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(recorded: Bool, event: Int? = nil, found: VisitMessage, people: [String: String]) {
                self.recorded = recorded
                self.event = event
                self.found = found
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let recorded: Bool? = fields.required("recorded")
                let event: Int? = fields.nullable("event")
                let found: VisitMessage? = fields.required("found")
                let people: [String: String]? = fields.required("people")
                guard let recorded, let found, let people else { return nil }
                self.init(recorded: recorded, event: event, found: found, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("recorded", recorded.json), ("event", event?.json), ("found", found.json), ("people", people.json),
                ])
            }
        }
    }
}
