package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Lists the regimens of the configuration in force.
    package struct ListRegimens: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListRegimens")

        /// The values of its fields.
        package init() {
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            self.init()
        }

        /// The object as it is sent.
        package var object: JSONObject {
            JSONObject()
        }

        /// What ListRegimens answers.
        package struct Reply: WireValue {
            /// In the order configured.
            package var regimens: [RegimenSummaryMessage]

            /// The values of its fields.
            package init(regimens: [RegimenSummaryMessage]) {
                self.regimens = regimens
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let regimens: [RegimenSummaryMessage]? = fields.required("regimens")
                guard let regimens else { return nil }
                self.init(regimens: regimens)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("regimens", regimens.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows a regimen of the configuration in force.
    package struct ShowRegimen: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ShowRegimen")

        /// Its id.
        package var regimen: String

        /// The values of its fields.
        package init(regimen: String) {
            self.regimen = regimen
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let regimen: String? = fields.required("regimen")
            guard let regimen else { return nil }
            self.init(regimen: regimen)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("regimen", regimen.json)])
        }

        /// What ShowRegimen answers.
        package struct Reply: WireValue {
            /// The regimen.
            package var found: RegimenMessage

            /// The values of its fields.
            package init(found: RegimenMessage) {
                self.found = found
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let found: RegimenMessage? = fields.required("found")
                guard let found else { return nil }
                self.init(found: found)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("found", found.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows a day: chairs, people, visits.
    package struct Day: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Day")

        /// The day (today).
        package var day: Planning.Day?
        /// Whether patients' names are wanted; scheduler and above (false).
        package var names: Bool?
        /// An earlier moment to be shown as it was then: an instant, or an event such as e9120 (now).
        package var asOf: String?

        /// The values of its fields.
        package init(day: Planning.Day? = nil, names: Bool? = nil, asOf: String? = nil) {
            self.day = day
            self.names = names
            self.asOf = asOf
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let day: Planning.Day? = fields.nullable("day")
            let names: Bool? = fields.nullable("names")
            let asOf: String? = fields.nullable("asOf")
            self.init(day: day, names: names, asOf: asOf)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("day", day?.json), ("names", names?.json), ("asOf", asOf?.json)])
        }

        /// What Day answers.
        package struct Reply: WireValue {
            /// The day.
            package var board: BoardMessage

            /// The values of its fields.
            package init(board: BoardMessage) {
                self.board = board
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let board: BoardMessage? = fields.required("board")
                guard let board else { return nil }
                self.init(board: board)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("board", board.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows days in figures.
    package struct Week: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Week")

        /// The first day (the Monday of the present week).
        package var from: Planning.Day?
        /// How many days (7; at most 92).
        package var days: Int?

        /// The values of its fields.
        package init(from: Planning.Day? = nil, days: Int? = nil) {
            self.from = from
            self.days = days
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.nullable("from")
            let days: Int? = fields.nullable("days")
            self.init(from: from, days: days)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("from", from?.json), ("days", days?.json)])
        }

        /// What Week answers.
        package struct Reply: WireValue {
            /// One entry a day.
            package var summary: [DaySummaryMessage]

            /// The values of its fields.
            package init(summary: [DaySummaryMessage]) {
                self.summary = summary
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let summary: [DaySummaryMessage]? = fields.required("summary")
                guard let summary else { return nil }
                self.init(summary: summary)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("summary", summary.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Lists free places of a visit type: one for each possible start, soonest first.
    package struct Free: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Free")

        /// The visit type's id.
        package var visit: String
        /// The first day (today).
        package var from: Planning.Day?
        /// The last day (6 days after the first; at most 92).
        package var through: Planning.Day?
        /// What the chair must have, beside the needs of the visit type.
        package var features: [String]?
        /// How many at most (200; at most 2000).
        package var limit: Int?

        /// The values of its fields.
        package init(
            visit: String, from: Planning.Day? = nil, through: Planning.Day? = nil,
            features: [String]? = nil, limit: Int? = nil
        ) {
            self.visit = visit
            self.from = from
            self.through = through
            self.features = features
            self.limit = limit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let from: Planning.Day? = fields.nullable("from")
            let through: Planning.Day? = fields.nullable("through")
            let features: [String]? = fields.nullable("features")
            let limit: Int? = fields.nullable("limit")
            guard let visit else { return nil }
            self.init(visit: visit, from: from, through: through, features: features, limit: limit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("from", from?.json), ("through", through?.json),
                ("features", features?.json), ("limit", limit?.json),
            ])
        }

        /// What Free answers.
        package struct Reply: WireValue {
            /// Those found.
            package var places: [FreePlaceMessage]
            /// Names of the staff in them, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(places: [FreePlaceMessage], people: [String: String]) {
                self.places = places
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let places: [FreePlaceMessage]? = fields.required("places")
                let people: [String: String]? = fields.required("people")
                guard let places, let people else { return nil }
                self.init(places: places, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("places", places.json), ("people", people.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Lists what happened, oldest first.
    package struct ListEvents: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListEvents")

        /// Only events with a higher number (0).
        package var since: Int?
        /// How many at most (100; at most 1000).
        package var limit: Int?

        /// The values of its fields.
        package init(since: Int? = nil, limit: Int? = nil) {
            self.since = since
            self.limit = limit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let since: Int? = fields.nullable("since")
            let limit: Int? = fields.nullable("limit")
            self.init(since: since, limit: limit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("since", since?.json), ("limit", limit?.json)])
        }

        /// What ListEvents answers.
        package struct Reply: WireValue {
            /// Those found.
            package var events: [EventMessage]
            /// The number of the last event there is.
            package var last: Int

            /// The values of its fields.
            package init(events: [EventMessage], last: Int) {
                self.events = events
                self.last = last
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let events: [EventMessage]? = fields.required("events")
                let last: Int? = fields.required("last")
                guard let events, let last else { return nil }
                self.init(events: events, last: last)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("events", events.json), ("last", last.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Follows what happens.
    package struct Watch: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Watch")

        /// Begin with events of a higher number (with the next event).
        package var since: Int?

        /// The values of its fields.
        package init(since: Int? = nil) {
            self.since = since
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let since: Int? = fields.nullable("since")
            self.init(since: since)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("since", since?.json)])
        }

        /// What Watch answers.
        package struct Reply: WireValue {
            /// One event.
            package var event: EventMessage

            /// The values of its fields.
            package init(event: EventMessage) {
                self.event = event
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let event: EventMessage? = fields.required("event")
                guard let event else { return nil }
                self.init(event: event)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("event", event.json)])
            }
        }
    }
}
