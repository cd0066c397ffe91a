internal import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Records that a person is away, and says whom that hits.
    package struct AddTimeOff: AvailabilityCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddTimeOff")
        /// What it answers.
        package typealias Reply = AvailabilityReply

        /// Who is away.
        package var person: String
        /// The first day (today).
        package var from: Planning.Day?
        /// From when on that day (its beginning; of today, now).
        package var fromTime: ClockTime?
        /// The last day (the first).
        package var through: Planning.Day?
        /// Until when on that day (its end).
        package var untilTime: ClockTime?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            person: String, from: Planning.Day? = nil, fromTime: ClockTime? = nil, through: Planning.Day? = nil,
            untilTime: ClockTime? = nil, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.person = person
            self.from = from
            self.fromTime = fromTime
            self.through = through
            self.untilTime = untilTime
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let person: String? = fields.required("person")
            let from: Planning.Day? = fields.nullable("from")
            let fromTime: ClockTime? = fields.nullable("fromTime")
            let through: Planning.Day? = fields.nullable("through")
            let untilTime: ClockTime? = fields.nullable("untilTime")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let person else { return nil }
            self.init(
                person: person, from: from, fromTime: fromTime, through: through, untilTime: untilTime, reason: reason,
                note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("person", person.json), ("from", from?.json), ("fromTime", fromTime?.json), ("through", through?.json),
                ("untilTime", untilTime?.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Records that a person works on a day beyond their weekly pattern.
    package struct AddShift: AvailabilityCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddShift")
        /// What it answers.
        package typealias Reply = AvailabilityReply

        /// Who works.
        package var person: String
        /// The day.
        package var day: Planning.Day
        /// On the clock, 09:00-13:00.
        package var hours: ClockWindow
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            person: String, day: Planning.Day, hours: ClockWindow, reason: String? = nil, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.person = person
            self.day = day
            self.hours = hours
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let person: String? = fields.required("person")
            let day: Planning.Day? = fields.required("day")
            let hours: ClockWindow? = fields.required("hours")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let person, let day, let hours else { return nil }
            self.init(
                person: person, day: day, hours: hours, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("person", person.json), ("day", day.json), ("hours", hours.json), ("reason", reason?.json),
                ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }
    }
}

extension ClinicInterface {
    /// Takes a chair, or all chairs of a feature, out of service, and says whom that hits.
    package struct AddOutage: AvailabilityCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddOutage")
        /// What it answers.
        package typealias Reply = AvailabilityReply

        /// Which chair.
        package var chair: String?
        /// All chairs that have this feature; exactly one of the two.
        package var feature: String?
        /// The first day (today).
        package var from: Planning.Day?
        /// From when on that day (its beginning; of today, now).
        package var fromTime: ClockTime?
        /// The last day (the first).
        package var through: Planning.Day?
        /// Until when on that day (its end).
        package var untilTime: ClockTime?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String?
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            chair: String? = nil, feature: String? = nil, from: Planning.Day? = nil, fromTime: ClockTime? = nil,
            through: Planning.Day? = nil, untilTime: ClockTime? = nil, reason: String? = nil, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.chair = chair
            self.feature = feature
            self.from = from
            self.fromTime = fromTime
            self.through = through
            self.untilTime = untilTime
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let chair: String? = fields.nullable("chair")
            let feature: String? = fields.nullable("feature")
            let from: Planning.Day? = fields.nullable("from")
            let fromTime: ClockTime? = fields.nullable("fromTime")
            let through: Planning.Day? = fields.nullable("through")
            let untilTime: ClockTime? = fields.nullable("untilTime")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            self.init(
                chair: chair, feature: feature, from: from, fromTime: fromTime, through: through, untilTime: untilTime,
                reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("chair", chair?.json), ("feature", feature?.json), ("from", from?.json), ("fromTime", fromTime?.json),
                ("through", through?.json), ("untilTime", untilTime?.json), ("reason", reason?.json),
                ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }
    }
}
