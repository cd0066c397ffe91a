package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Confirms a visit: the patient has agreed to its time.
    package struct ConfirmVisit: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ConfirmVisit")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
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
            visit: String, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.visit = visit
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit else { return nil }
            self.init(visit: visit, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Pins a visit, so that no plan moves it, or unpins it.
    package struct PinVisit: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("PinVisit")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// Whether it is pinned from now on.
        package var pinned: Bool
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
            visit: String, pinned: Bool, reason: String? = nil, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.visit = visit
            self.pinned = pinned
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let pinned: Bool? = fields.required("pinned")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let pinned else { return nil }
            self.init(visit: visit, pinned: pinned, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("pinned", pinned.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Calls a visit off. How late that comes is measured in business hours before its start.
    package struct CancelVisit: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("CancelVisit")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// Whether it is made up for where there is a place (true).
        package var makeUp: Bool?
        /// Whether it is made up for within the window of the phase, where that is possible (false).
        package var keepWindow: Bool?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            visit: String, makeUp: Bool? = nil, keepWindow: Bool? = nil, reason: String, note: String? = nil,
            dryRun: Bool? = nil, request: String? = nil
        ) {
            self.visit = visit
            self.makeUp = makeUp
            self.keepWindow = keepWindow
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let makeUp: Bool? = fields.nullable("makeUp")
            let keepWindow: Bool? = fields.nullable("keepWindow")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let reason else { return nil }
            self.init(
                visit: visit, makeUp: makeUp, keepWindow: keepWindow, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("makeUp", makeUp?.json), ("keepWindow", keepWindow?.json),
                ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Moves a visit to a given place, or to the best one that it may have; the others stay. What is not said may be
    /// anything that is allowed.
    package struct MoveVisit: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("MoveVisit")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// The first day that it may have.
        package var from: Planning.Day?
        /// The last day that it may have.
        package var through: Planning.Day?
        /// When it starts, 10:30.
        package var at: ClockTime?
        /// The chair's id.
        package var chair: String?
        /// Who is to fill which label, by label.
        package var attendants: [String: String]?
        /// Whether what is planned anew keeps the window of the phase that is under way (false).
        package var keepWindow: Bool?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            visit: String, from: Planning.Day? = nil, through: Planning.Day? = nil, at: ClockTime? = nil,
            chair: String? = nil, attendants: [String: String]? = nil, keepWindow: Bool? = nil, reason: String,
            note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.visit = visit
            self.from = from
            self.through = through
            self.at = at
            self.chair = chair
            self.attendants = attendants
            self.keepWindow = keepWindow
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let from: Planning.Day? = fields.nullable("from")
            let through: Planning.Day? = fields.nullable("through")
            let at: ClockTime? = fields.nullable("at")
            let chair: String? = fields.nullable("chair")
            let attendants: [String: String]? = fields.nullable("attendants")
            let keepWindow: Bool? = fields.nullable("keepWindow")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let reason else { return nil }
            self.init(
                visit: visit, from: from, through: through, at: at, chair: chair, attendants: attendants,
                keepWindow: keepWindow, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("from", from?.json), ("through", through?.json), ("at", at?.json),
                ("chair", chair?.json), ("attendants", attendants?.json), ("keepWindow", keepWindow?.json),
                ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Puts a visit off to a day or later. Later visits keep their dates, or are planned anew after it.
    package struct DeferVisit: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("DeferVisit")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// The first day that it may have; later than the one it has.
        package var until: Planning.Day
        /// Keep or shift: what becomes of later visits.
        package var later: String
        /// Whether what is planned anew keeps the window of the phase that is under way (false).
        package var keepWindow: Bool?
        /// Why: patientRequest, patientUnwell, clinical, staffing, equipment, closure, payer, transport, weather,
        /// correction or other.
        package var reason: String
        /// More about why, in somebody's own words; kept apart from what is recorded.
        package var note: String?
        /// Whether only to say what would change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            visit: String, until: Planning.Day, later: String, keepWindow: Bool? = nil, reason: String,
            note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.visit = visit
            self.until = until
            self.later = later
            self.keepWindow = keepWindow
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let until: Planning.Day? = fields.required("until")
            let later = fields.choice("later", of: VisitOrder.Later.self)?.rawValue
            let keepWindow: Bool? = fields.nullable("keepWindow")
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let until, let later, let reason else { return nil }
            self.init(
                visit: visit, until: until, later: later, keepWindow: keepWindow, reason: reason, note: note,
                dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("until", until.json), ("later", later.json), ("keepWindow", keepWindow?.json),
                ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
