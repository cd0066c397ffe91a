package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Puts a course or one of its visits on the waiting list.
    package struct AddWaiting: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddWaiting")

        /// The course; any of its visits will do.
        package var course: String?
        /// The visit; exactly one of the two.
        package var visit: String?
        /// Whether only an earlier place will do (false).
        package var earlier: Bool?
        /// The days and hours that will do (any).
        package var windows: [WeekWindow]?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            course: String? = nil, visit: String? = nil, earlier: Bool? = nil, windows: [WeekWindow]? = nil,
            request: String? = nil
        ) {
            self.course = course
            self.visit = visit
            self.earlier = earlier
            self.windows = windows
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let course: String? = fields.nullable("course")
            let visit: String? = fields.nullable("visit")
            let earlier: Bool? = fields.nullable("earlier")
            let windows: [WeekWindow]? = fields.nullable("windows")
            let request: String? = fields.nullable("request")
            self.init(course: course, visit: visit, earlier: earlier, windows: windows, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("course", course?.json), ("visit", visit?.json), ("earlier", earlier?.json),
                ("windows", windows?.json), ("request", request?.json),
            ])
        }

        /// What AddWaiting answers.
        package struct Reply: WireValue {
            /// The entry.
            package var waiting: WaitingMessage
            /// The number of the event that records it.
            package var event: Int

            /// The values of its fields.
            package init(waiting: WaitingMessage, event: Int) {
                self.waiting = waiting
                self.event = event
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let waiting: WaitingMessage? = fields.required("waiting")
                let event: Int? = fields.required("event")
                guard let waiting, let event else { return nil }
                self.init(waiting: waiting, event: event)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("waiting", waiting.json), ("event", event.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Lists who waits, in the order in which they came, and the open offers.
    package struct ListWaiting: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListWaiting")

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

        /// What ListWaiting answers.
        package struct Reply: WireValue {
            /// Who waits.
            package var waiting: [WaitingMessage]
            /// The open offers.
            package var offers: [OfferMessage]
            /// Names of the staff in them, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(waiting: [WaitingMessage], offers: [OfferMessage], people: [String: String]) {
                self.waiting = waiting
                self.offers = offers
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let waiting: [WaitingMessage]? = fields.required("waiting")
                let offers: [OfferMessage]? = fields.required("offers")
                let people: [String: String]? = fields.required("people")
                guard let waiting, let offers, let people else { return nil }
                self.init(waiting: waiting, offers: offers, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("waiting", waiting.json), ("offers", offers.json), ("people", people.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Takes an entry off the waiting list; an open offer to it is withdrawn.
    package struct RemoveWaiting: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RemoveWaiting")

        /// The entry's id.
        package var waiting: String
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(waiting: String, request: String? = nil) {
            self.waiting = waiting
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let waiting: String? = fields.required("waiting")
            let request: String? = fields.nullable("request")
            guard let waiting else { return nil }
            self.init(waiting: waiting, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("waiting", waiting.json), ("request", request?.json)])
        }

        /// What RemoveWaiting answers.
        package struct Reply: WireValue {
            /// The number of the event that records it.
            package var event: Int

            /// The values of its fields.
            package init(event: Int) {
                self.event = event
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let event: Int? = fields.required("event")
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
