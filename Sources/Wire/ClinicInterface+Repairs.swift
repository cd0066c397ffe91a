internal import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Seeks the least disruptive changes after which all hard rules hold again: persons and chairs are swapped before
    /// anybody is called. Nothing changes; that it was proposed is recorded, the same proposal once.
    package struct ProposeRepair: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ProposeRepair")
        /// What it answers.
        package typealias Reply = RearrangementReply

        /// Only the visits of this day (all that are still to come).
        package var day: Planning.Day?

        /// The values of its fields.
        package init(day: Planning.Day? = nil) {
            self.day = day
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let day: Planning.Day? = fields.nullable("day")
            self.init(day: day)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("day", day?.json)])
        }
    }
}

extension ClinicInterface {
    /// Makes a repair, all of it or nothing: a proposal as it was shown, or the best one now. A proposal is Stale
    /// where one of its changes no longer fits. Whoever knew another time is to be called; a visit without a place is
    /// called off and owed.
    package struct ApplyRepair: RearrangementCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ApplyRepair")
        /// What it answers.
        package typealias Reply = RearrangementReply

        /// The proposal's id; without one the changes are sought and made in one go.
        package var proposal: String?
        /// Only the visits of this day (all that are still to come).
        package var day: Planning.Day?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            proposal: String? = nil, day: Planning.Day? = nil, reason: String? = nil, note: String? = nil,
            request: String? = nil
        ) {
            self.proposal = proposal
            self.day = day
            self.reason = reason
            self.note = note
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let proposal: String? = fields.nullable("proposal")
            let day: Planning.Day? = fields.nullable("day")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let request: String? = fields.nullable("request")
            self.init(proposal: proposal, day: day, reason: reason, note: note, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("proposal", proposal?.json), ("day", day?.json), ("reason", reason?.json), ("note", note?.json),
                ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Seeks better places for visits of which nobody was told yet and that are not pinned. Nothing is recorded.
    package struct ProposeImprovement: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ProposeImprovement")
        /// What it answers.
        package typealias Reply = RearrangementReply

        /// Visits of so many weeks from today (4; at most 26).
        package var weeks: Int?

        /// The values of its fields.
        package init(weeks: Int? = nil) {
            self.weeks = weeks
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let weeks: Int? = fields.nullable("weeks")
            self.init(weeks: weeks)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("weeks", weeks?.json)])
        }
    }
}

extension ClinicInterface {
    /// Makes an improvement, all of it or nothing: a proposal as it was shown, or the best one now.
    package struct ApplyImprovement: RearrangementCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ApplyImprovement")
        /// What it answers.
        package typealias Reply = RearrangementReply

        /// The proposal's id; without one the changes are sought and made in one go.
        package var proposal: String?
        /// Visits of so many weeks from today (4; at most 26).
        package var weeks: Int?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            proposal: String? = nil, weeks: Int? = nil, reason: String? = nil, note: String? = nil,
            request: String? = nil
        ) {
            self.proposal = proposal
            self.weeks = weeks
            self.reason = reason
            self.note = note
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let proposal: String? = fields.nullable("proposal")
            let weeks: Int? = fields.nullable("weeks")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let request: String? = fields.nullable("request")
            self.init(proposal: proposal, weeks: weeks, reason: reason, note: note, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("proposal", proposal?.json), ("weeks", weeks?.json), ("reason", reason?.json), ("note", note?.json),
                ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Lists visits that could have a place on certain days and would be better for it: lost ones that are not made up
    /// for, and those of phases that take too long. For whom an opening or a shift is a help.
    package struct FindGains: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("FindGains")

        /// The first day.
        package var from: Planning.Day
        /// The last day (the first; at most 31 days).
        package var through: Planning.Day?

        /// The values of its fields.
        package init(from: Planning.Day, through: Planning.Day? = nil) {
            self.from = from
            self.through = through
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.required("from")
            let through: Planning.Day? = fields.nullable("through")
            guard let from else { return nil }
            self.init(from: from, through: through)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("from", from.json), ("through", through?.json)])
        }

        /// What FindGains answers.
        package struct Reply: WireValue {
            /// The visits, those without a place first.
            package var gains: [GainMessage]
            /// Names of the staff in them, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(gains: [GainMessage], people: [String: String]) {
                self.gains = gains
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let gains: [GainMessage]? = fields.required("gains")
                let people: [String: String]? = fields.required("people")
                guard let gains, let people else { return nil }
                self.init(gains: gains, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("gains", gains.json), ("people", people.json)])
            }
        }
    }
}
