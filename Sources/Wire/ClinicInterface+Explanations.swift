package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Says why a visit is not on a day: what closes the day, or what it would cost there.
    package struct ExplainVisit: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ExplainVisit")

        /// The booked visit's id.
        package var visit: String?
        /// The proposal's id; exactly one of visit and proposal.
        package var proposal: String?
        /// The number of the proposal's visit, from 1; with a proposal only.
        package var number: Int?
        /// The day asked about.
        package var day: Planning.Day

        /// The values of its fields.
        package init(visit: String? = nil, proposal: String? = nil, number: Int? = nil, day: Planning.Day) {
            self.visit = visit
            self.proposal = proposal
            self.number = number
            self.day = day
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.nullable("visit")
            let proposal: String? = fields.nullable("proposal")
            let number: Int? = fields.nullable("number")
            let day: Planning.Day? = fields.required("day")
            guard let day else { return nil }
            self.init(visit: visit, proposal: proposal, number: number, day: day)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit?.json), ("proposal", proposal?.json), ("number", number?.json), ("day", day.json),
            ])
        }

        /// What ExplainVisit answers.
        package struct Reply: WireValue {
            /// The answer.
            package var found: DayAnswerMessage
            /// The visit where it is now.
            package var present: PlannedVisitMessage
            /// Names of the staff named, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(found: DayAnswerMessage, present: PlannedVisitMessage, people: [String: String]) {
                self.found = found
                self.present = present
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let found: DayAnswerMessage? = fields.required("found")
                let present: PlannedVisitMessage? = fields.required("present")
                let people: [String: String]? = fields.required("people")
                guard let found, let present, let people else { return nil }
                self.init(found: found, present: present, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("found", found.json), ("present", present.json), ("people", people.json),
                ])
            }
        }
    }
}
