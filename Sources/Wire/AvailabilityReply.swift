package import Planning
package import StrictJSON

/// A booked visit that a loss of staff, chairs or hours hits.
package struct HitMessage: WireValue {
    /// The visit at its place.
    package var visit: VisitMessage
    /// The rules that the place breaks.
    package var rules: [String]

    /// The values of its fields.
    package init(visit: VisitMessage, rules: [String]) {
        self.visit = visit
        self.rules = rules
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: VisitMessage? = fields.required("visit")
        let rules: [String]? = fields.required("rules")
        guard let visit, let rules else { return nil }
        self.init(visit: visit, rules: rules)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("visit", visit.json), ("rules", rules.json)])
    }
}

/// A stretch in which a person is away.
package struct TimeOffMessage: WireValue {
    /// The absence's id, t5.
    package var id: String
    /// Who.
    package var person: String
    /// Since when.
    package var from: ZonedInstant
    /// Until when.
    package var until: ZonedInstant

    /// The values of its fields.
    package init(id: String, person: String, from: ZonedInstant, until: ZonedInstant) {
        self.id = id
        self.person = person
        self.from = from
        self.until = until
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let person: String? = fields.required("person")
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        guard let id, let person, let from, let until else { return nil }
        self.init(id: id, person: person, from: from, until: until)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("id", id.json), ("person", person.json), ("from", from.json), ("until", until.json)])
    }
}

/// A day on which a person works beyond their weekly pattern.
package struct ExtraShiftMessage: WireValue {
    /// The shift's id, s4.
    package var id: String
    /// Who.
    package var person: String
    /// The day.
    package var day: Day
    /// On the clock, 09:00-13:00.
    package var hours: ClockWindow

    /// The values of its fields.
    package init(id: String, person: String, day: Day, hours: ClockWindow) {
        self.id = id
        self.person = person
        self.day = day
        self.hours = hours
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let person: String? = fields.required("person")
        let day: Day? = fields.required("day")
        let hours: ClockWindow? = fields.required("hours")
        guard let id, let person, let day, let hours else { return nil }
        self.init(id: id, person: person, day: day, hours: hours)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("id", id.json), ("person", person.json), ("day", day.json), ("hours", hours.json)])
    }
}

/// A stretch in which a chair is out of service.
package struct OutageMessage: WireValue {
    /// The outage's id, o2.
    package var id: String
    /// Which.
    package var chair: String
    /// Since when.
    package var from: ZonedInstant
    /// Until when.
    package var until: ZonedInstant

    /// The values of its fields.
    package init(id: String, chair: String, from: ZonedInstant, until: ZonedInstant) {
        self.id = id
        self.chair = chair
        self.from = from
        self.until = until
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let chair: String? = fields.required("chair")
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        guard let id, let chair, let from, let until else { return nil }
        self.init(id: id, chair: chair, from: from, until: until)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("id", id.json), ("chair", chair.json), ("from", from.json), ("until", until.json)])
    }
}

/// Days, or hours of them, on which the clinic is closed.
package struct ClosureMessage: WireValue {
    /// Its id, k1; null for one that is configured.
    package var id: String?
    /// The first day.
    package var from: Day
    /// The last day.
    package var through: Day
    /// On the clock of each of the days; null for all day.
    package var hours: ClockWindow?
    /// Why, as configured.
    package var reason: String?

    /// The values of its fields.
    package init(id: String? = nil, from: Day, through: Day, hours: ClockWindow? = nil, reason: String? = nil) {
        self.id = id
        self.from = from
        self.through = through
        self.hours = hours
        self.reason = reason
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.nullable("id")
        let from: Day? = fields.required("from")
        let through: Day? = fields.required("through")
        let hours: ClockWindow? = fields.nullable("hours")
        let reason: String? = fields.nullable("reason")
        guard let from, let through else { return nil }
        self.init(id: id, from: from, through: through, hours: hours, reason: reason)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id?.json), ("from", from.json), ("through", through.json), ("hours", hours?.json),
            ("reason", reason?.json),
        ])
    }
}

/// A day on which the clinic opens beyond its weekly hours.
package struct OpeningMessage: WireValue {
    /// Its id, x1; null for one that is configured.
    package var id: String?
    /// The day.
    package var day: Day
    /// On the clock.
    package var hours: ClockWindow
    /// Why, as configured.
    package var reason: String?

    /// The values of its fields.
    package init(id: String? = nil, day: Day, hours: ClockWindow, reason: String? = nil) {
        self.id = id
        self.day = day
        self.hours = hours
        self.reason = reason
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.nullable("id")
        let day: Day? = fields.required("day")
        let hours: ClockWindow? = fields.required("hours")
        let reason: String? = fields.nullable("reason")
        guard let day, let hours else { return nil }
        self.init(id: id, day: day, hours: hours, reason: reason)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("id", id?.json), ("day", day.json), ("hours", hours.json), ("reason", reason?.json)])
    }
}

/// Somebody who works at the clinic.
package struct StaffMemberMessage: WireValue {
    /// Their id.
    package var person: String
    /// Their name.
    package var name: String
    /// What they may be booked as.
    package var roles: [String]
    /// How much load they carry at once.
    package var capacityPercent: Int
    /// When they work today, on the clock.
    package var onDuty: [ClockWindow]

    /// The values of its fields.
    package init(person: String, name: String, roles: [String], capacityPercent: Int, onDuty: [ClockWindow]) {
        self.person = person
        self.name = name
        self.roles = roles
        self.capacityPercent = capacityPercent
        self.onDuty = onDuty
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let person: String? = fields.required("person")
        let name: String? = fields.required("name")
        let roles: [String]? = fields.required("roles")
        let capacityPercent: Int? = fields.required("capacityPercent")
        let onDuty: [ClockWindow]? = fields.required("onDuty")
        guard let person, let name, let roles, let capacityPercent, let onDuty else { return nil }
        self.init(person: person, name: name, roles: roles, capacityPercent: capacityPercent, onDuty: onDuty)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("person", person.json), ("name", name.json), ("roles", roles.json),
            ("capacityPercent", capacityPercent.json), ("onDuty", onDuty.json),
        ])
    }
}

/// A chair, bed or room.
package struct ChairMessage: WireValue {
    /// Its id.
    package var chair: String
    /// What it offers.
    package var features: [String]

    /// The values of its fields.
    package init(chair: String, features: [String]) {
        self.chair = chair
        self.features = features
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let chair: String? = fields.required("chair")
        let features: [String]? = fields.required("features")
        guard let chair, let features else { return nil }
        self.init(chair: chair, features: features)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("chair", chair.json), ("features", features.json)])
    }
}

/// What a change of staff, chairs or hours answers.
package struct AvailabilityReply: WireValue {
    /// Whether it was recorded; false in a dry run.
    package var recorded: Bool
    /// The number of the event that records it.
    package var event: Int?
    /// The ids under which it is known; in a dry run they may become others.
    package var ids: [String]
    /// The booked visits that it hits, soonest first.
    package var hits: [HitMessage]
    /// Names of the staff in them, by id.
    package var people: [String: String]

    /// The values of its fields.
    package init(recorded: Bool, event: Int? = nil, ids: [String], hits: [HitMessage], people: [String: String]) {
        self.recorded = recorded
        self.event = event
        self.ids = ids
        self.hits = hits
        self.people = people
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let recorded: Bool? = fields.required("recorded")
        let event: Int? = fields.nullable("event")
        let ids: [String]? = fields.required("ids")
        let hits: [HitMessage]? = fields.required("hits")
        let people: [String: String]? = fields.required("people")
        guard let recorded, let ids, let hits, let people else { return nil }
        self.init(recorded: recorded, event: event, ids: ids, hits: hits, people: people)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("recorded", recorded.json), ("event", event?.json), ("ids", ids.json), ("hits", hits.json),
            ("people", people.json),
        ])
    }
}

/// A call that changes staff, chairs or hours.
package protocol AvailabilityCall: WireCall where Reply == AvailabilityReply {
    /// Why: the name of a kind of reason.
    var reason: String? { get }
    /// More about why, in somebody's own words.
    var note: String? { get }
    /// Whether only to say what would change.
    var dryRun: Bool? { get }
    /// The caller's request id.
    var request: String? { get }
}
