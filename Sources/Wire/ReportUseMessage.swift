package import StrictJSON

/// Minutes that were used of minutes that there were.
package struct ReportUseMessage: WireValue {
    /// Minutes.
    package var used: Int
    /// Minutes.
    package var available: Int
    /// The one of the other; null where there were none.
    package var percent: Int?

    /// The values of its fields.
    package init(used: Int, available: Int, percent: Int? = nil) {
        self.used = used
        self.available = available
        self.percent = percent
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let used: Int? = fields.required("used")
        let available: Int? = fields.required("available")
        let percent: Int? = fields.nullable("percent")
        guard let used, let available else { return nil }
        self.init(used: used, available: available, percent: percent)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("used", used.json), ("available", available.json), ("percent", percent?.json)])
    }
}

/// An hour of a weekday by the clock, over all days of a report.
package struct ReportHourMessage: WireValue {
    /// Mon to sun.
    package var weekday: String
    /// What the clock shows, 0 to 23.
    package var hour: Int
    /// Minutes.
    package var use: ReportUseMessage

    /// The values of its fields.
    package init(weekday: String, hour: Int, use: ReportUseMessage) {
        self.weekday = weekday
        self.hour = hour
        self.use = use
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let weekday: String? = fields.required("weekday")
        let hour: Int? = fields.required("hour")
        let use: ReportUseMessage? = fields.required("use")
        guard let weekday, let hour, let use else { return nil }
        self.init(weekday: weekday, hour: hour, use: use)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("weekday", weekday.json), ("hour", hour.json), ("use", use.json)])
    }
}

/// How a chair was used.
package struct ReportChairMessage: WireValue {
    /// Its id.
    package var chair: String
    /// Visits that held it.
    package var visits: Int
    /// Minutes held while it was in service, of minutes in service while the clinic was open.
    package var use: ReportUseMessage

    /// The values of its fields.
    package init(chair: String, visits: Int, use: ReportUseMessage) {
        self.chair = chair
        self.visits = visits
        self.use = use
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let chair: String? = fields.required("chair")
        let visits: Int? = fields.required("visits")
        let use: ReportUseMessage? = fields.required("use")
        guard let chair, let visits, let use else { return nil }
        self.init(chair: chair, visits: visits, use: use)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("chair", chair.json), ("visits", visits.json), ("use", use.json)])
    }
}

/// How much those of a role carried.
package struct ReportRoleMessage: WireValue {
    /// The role.
    package var role: String
    /// Load times minutes, of what those who have the role can carry while on duty.
    package var use: ReportUseMessage
    /// By how many percent the most and the least loaded differ; null where there were not two.
    package var spreadPercent: Int?
    /// Hour by hour of the week; those with any minutes.
    package var hours: [ReportHourMessage]?

    /// The values of its fields.
    package init(role: String, use: ReportUseMessage, spreadPercent: Int? = nil, hours: [ReportHourMessage]? = nil) {
        self.role = role
        self.use = use
        self.spreadPercent = spreadPercent
        self.hours = hours
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let role: String? = fields.required("role")
        let use: ReportUseMessage? = fields.required("use")
        let spreadPercent: Int? = fields.nullable("spreadPercent")
        let hours: [ReportHourMessage]? = fields.nullable("hours")
        guard let role, let use else { return nil }
        self.init(role: role, use: use, spreadPercent: spreadPercent, hours: hours)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("role", role.json), ("use", use.json), ("spreadPercent", spreadPercent?.json), ("hours", hours?.json),
        ])
    }
}

/// How much a person carried.
package struct ReportPersonMessage: WireValue {
    /// Their id.
    package var person: String
    /// Their name.
    package var name: String
    /// Their roles.
    package var roles: [String]
    /// Visits they attended, covers included.
    package var visits: Int
    /// Minutes on duty.
    package var onDutyMinutes: Int
    /// Load times minutes, of what they can carry while on duty.
    package var use: ReportUseMessage

    /// The values of its fields.
    package init(
        person: String, name: String, roles: [String], visits: Int, onDutyMinutes: Int, use: ReportUseMessage
    ) {
        self.person = person
        self.name = name
        self.roles = roles
        self.visits = visits
        self.onDutyMinutes = onDutyMinutes
        self.use = use
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let person: String? = fields.required("person")
        let name: String? = fields.required("name")
        let roles: [String]? = fields.required("roles")
        let visits: Int? = fields.required("visits")
        let onDutyMinutes: Int? = fields.required("onDutyMinutes")
        let use: ReportUseMessage? = fields.required("use")
        guard let person, let name, let roles, let visits, let onDutyMinutes, let use else { return nil }
        self.init(person: person, name: name, roles: roles, visits: visits, onDutyMinutes: onDutyMinutes, use: use)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("person", person.json), ("name", name.json), ("roles", roles.json), ("visits", visits.json),
            ("onDutyMinutes", onDutyMinutes.json), ("use", use.json),
        ])
    }
}
