package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Says who of the waiting list gains by a place, best first. Nothing is recorded but that it was read.
    package struct MatchWaiting: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("MatchWaiting")

        /// The visit that left the place, by id.
        package var visit: String?
        /// The day of the place; instead of the visit, with at and chair.
        package var day: Planning.Day?
        /// From when the chair is free.
        package var at: ClockTime?
        /// The chair's id.
        package var chair: String?
        /// For how long (60; 5 to 1440).
        package var minutes: Int?

        /// The values of its fields.
        package init(
            visit: String? = nil, day: Planning.Day? = nil, at: ClockTime? = nil, chair: String? = nil,
            minutes: Int? = nil
        ) {
            self.visit = visit
            self.day = day
            self.at = at
            self.chair = chair
            self.minutes = minutes
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.nullable("visit")
            let day: Planning.Day? = fields.nullable("day")
            let at: ClockTime? = fields.nullable("at")
            let chair: String? = fields.nullable("chair")
            let minutes: Int? = fields.nullable("minutes")
            self.init(visit: visit, day: day, at: at, chair: chair, minutes: minutes)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit?.json), ("day", day?.json), ("at", at?.json), ("chair", chair?.json),
                ("minutes", minutes?.json),
            ])
        }

        /// What MatchWaiting answers.
        package struct Reply: WireValue {
            /// The place, with those who gain by it.
            package var place: FreedPlaceMessage
            /// Names of the staff in them, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(place: FreedPlaceMessage, people: [String: String]) {
                self.place = place
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let place: FreedPlaceMessage? = fields.required("place")
                let people: [String: String]? = fields.required("people")
                guard let place, let people else { return nil }
                self.init(place: place, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("place", place.json), ("people", people.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Offers a place to somebody of the waiting list: it is held for them until they answer or the time is over.
    package struct OfferPlace: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("OfferPlace")

        /// The entry's id.
        package var waiting: String
        /// The visit that left the place, by id.
        package var visit: String?
        /// The day of the place; instead of the visit, with at and chair.
        package var day: Planning.Day?
        /// From when the chair is free.
        package var at: ClockTime?
        /// The chair's id.
        package var chair: String?
        /// For how long (60; 5 to 1440).
        package var minutes: Int?
        /// How long it is held (60; 1 to 10080).
        package var holdMinutes: Int?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            waiting: String, visit: String? = nil, day: Planning.Day? = nil, at: ClockTime? = nil, chair: String? = nil,
            minutes: Int? = nil, holdMinutes: Int? = nil, request: String? = nil
        ) {
            self.waiting = waiting
            self.visit = visit
            self.day = day
            self.at = at
            self.chair = chair
            self.minutes = minutes
            self.holdMinutes = holdMinutes
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let waiting: String? = fields.required("waiting")
            let visit: String? = fields.nullable("visit")
            let day: Planning.Day? = fields.nullable("day")
            let at: ClockTime? = fields.nullable("at")
            let chair: String? = fields.nullable("chair")
            let minutes: Int? = fields.nullable("minutes")
            let holdMinutes: Int? = fields.nullable("holdMinutes")
            let request: String? = fields.nullable("request")
            guard let waiting else { return nil }
            self.init(
                waiting: waiting, visit: visit, day: day, at: at, chair: chair, minutes: minutes,
                holdMinutes: holdMinutes, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("waiting", waiting.json), ("visit", visit?.json), ("day", day?.json), ("at", at?.json),
                ("chair", chair?.json), ("minutes", minutes?.json), ("holdMinutes", holdMinutes?.json),
                ("request", request?.json),
            ])
        }

        /// What OfferPlace answers.
        package struct Reply: WireValue {
            /// The offer.
            package var offer: OfferMessage
            /// The number of the event that records it.
            package var event: Int
            /// Names of the staff in them, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(offer: OfferMessage, event: Int, people: [String: String]) {
                self.offer = offer
                self.event = event
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let offer: OfferMessage? = fields.required("offer")
                let event: Int? = fields.required("event")
                let people: [String: String]? = fields.required("people")
                guard let offer, let event, let people else { return nil }
                self.init(offer: offer, event: event, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("offer", offer.json), ("event", event.json), ("people", people.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Records that the patient would rather not. The place is free again and is not offered to this entry again.
    package struct DeclineOffer: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("DeclineOffer")

        /// The offer's id.
        package var offer: String
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(offer: String, request: String? = nil) {
            self.offer = offer
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let offer: String? = fields.required("offer")
            let request: String? = fields.nullable("request")
            guard let offer else { return nil }
            self.init(offer: offer, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("offer", offer.json), ("request", request?.json)])
        }

        /// What DeclineOffer answers.
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

extension ClinicInterface {
    /// Records that the patient takes an offer: the visits go to the places that were held, in one transaction. Where
    /// they no longer fit, nothing changes.
    package struct AcceptOffer: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AcceptOffer")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The offer's id.
        package var offer: String
        /// Why (patientRequest).
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            offer: String, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.offer = offer
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let offer: String? = fields.required("offer")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let offer else { return nil }
            self.init(offer: offer, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("offer", offer.json), ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason ?? Reason.Code.patientRequest.rawValue, note: note) }
    }
}
