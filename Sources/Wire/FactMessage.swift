package import StrictJSON

/// A rule that was set aside for a visit.
package struct OverrideMessage: WireValue {
    /// The rule's name.
    package var rule: String
    /// Why.
    package var reason: String

    /// The values of its fields.
    package init(rule: String, reason: String) {
        self.rule = rule
        self.reason = reason
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let rule: String? = fields.required("rule")
        let reason: String? = fields.required("reason")
        guard let rule, let reason else { return nil }
        self.init(rule: rule, reason: reason)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("rule", rule.json), ("reason", reason.json)])
    }
}

/// Something that happened on a visit's day.
package struct FactMessage: WireValue {
    /// Arrived, escortConfirmed, checkMet, started, stageBegun, paused, continued, delayed, discharged or overridden.
    package var kind: String
    /// When.
    package var at: ZonedInstant
    /// The stage from 0, or minutes of delay.
    package var number: Int?
    /// The check met, full or partial, or what was overridden.
    package var detail: String?

    /// The values of its fields.
    package init(kind: String, at: ZonedInstant, number: Int? = nil, detail: String? = nil) {
        self.kind = kind
        self.at = at
        self.number = number
        self.detail = detail
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind: String? = fields.required("kind")
        let at: ZonedInstant? = fields.required("at")
        let number: Int? = fields.nullable("number")
        let detail: String? = fields.nullable("detail")
        guard let kind, let at else { return nil }
        self.init(kind: kind, at: at, number: number, detail: detail)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("kind", kind.json), ("at", at.json), ("number", number?.json), ("detail", detail?.json)])
    }
}
