package import Clinic
package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Leaves a visit out of its course for good.
    package struct OmitVisit: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("OmitVisit")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
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
            visit: String, reason: String, note: String? = nil, dryRun: Bool? = nil, request: String? = nil
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
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let reason else { return nil }
            self.init(visit: visit, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("reason", reason.json), ("note", note?.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Sets a rule aside for one visit, so that its next move may break it. Chair-free and attendant-capacity never.
    package struct OverrideRule: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("OverrideRule")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// The rule's name.
        package var rule: Rule
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
            visit: String, rule: Rule, reason: String, note: String? = nil, dryRun: Bool? = nil,
            request: String? = nil
        ) {
            self.visit = visit
            self.rule = rule
            self.reason = reason
            self.note = note
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let visit: String? = fields.required("visit")
            let rule = fields.choice("rule", of: Rule.self)
            let reason = fields.choice("reason", of: Reason.Code.self)?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let rule, let reason else { return nil }
            self.init(visit: visit, rule: rule, reason: reason, note: note, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("rule", rule.rawValue.json), ("reason", reason.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Records that the patient did not come.
    package struct RecordNoShow: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RecordNoShow")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// Whether it is made up for where there is a place (true).
        package var makeUp: Bool?
        /// Whether it is made up for within the window of the phase, where that is possible (false).
        package var keepWindow: Bool?
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
            visit: String, makeUp: Bool? = nil, keepWindow: Bool? = nil, reason: String? = nil, note: String? = nil,
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
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit else { return nil }
            self.init(
                visit: visit, makeUp: makeUp, keepWindow: keepWindow, reason: reason, note: note, dryRun: dryRun,
                request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("makeUp", makeUp?.json), ("keepWindow", keepWindow?.json),
                ("reason", reason?.json), ("note", note?.json), ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}

extension ClinicInterface {
    /// Records that the patient came and was not treated.
    package struct RecordNotTreated: ChangeCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("RecordNotTreated")
        /// What it answers.
        package typealias Reply = ChangeReply

        /// The visit's id.
        package var visit: String
        /// Ate, noEscort, vitals, unwell or other.
        package var obstacle: String
        /// Whether it is made up for where there is a place (true).
        package var makeUp: Bool?
        /// Whether it is made up for within the window of the phase, where that is possible (false).
        package var keepWindow: Bool?
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
            visit: String, obstacle: String, makeUp: Bool? = nil, keepWindow: Bool? = nil, reason: String? = nil,
            note: String? = nil, dryRun: Bool? = nil, request: String? = nil
        ) {
            self.visit = visit
            self.obstacle = obstacle
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
            let obstacle = fields.choice("obstacle", of: VisitStatus.Obstacle.self)?.rawValue
            let makeUp: Bool? = fields.nullable("makeUp")
            let keepWindow: Bool? = fields.nullable("keepWindow")
            let reason = fields.optional("reason") { $0.choice(of: Reason.Code.self) }?.rawValue
            let note: String? = fields.nullable("note")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let visit, let obstacle else { return nil }
            self.init(
                visit: visit, obstacle: obstacle, makeUp: makeUp, keepWindow: keepWindow, reason: reason, note: note,
                dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("visit", visit.json), ("obstacle", obstacle.json), ("makeUp", makeUp?.json),
                ("keepWindow", keepWindow?.json), ("reason", reason?.json), ("note", note?.json),
                ("dryRun", dryRun?.json), ("request", request?.json),
            ])
        }

        /// Why it is asked for.
        package var because: Reason { Reason(named: reason, note: note) }
    }
}
