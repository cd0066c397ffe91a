package import Planning
package import StrictJSON

/// A stretch of time.
package struct SpanMessage: WireValue {
    /// Instants.
    package var from: ZonedInstant
    /// Instants.
    package var until: ZonedInstant

    /// The values of its fields.
    package init(from: ZonedInstant, until: ZonedInstant) {
        self.from = from
        self.until = until
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        guard let from, let until else { return nil }
        self.init(from: from, until: until)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("from", from.json), ("until", until.json)])
    }
}

/// A closure that touches the day.
package struct DayClosureMessage: WireValue {
    /// On the clock; null for the whole day.
    package var hours: String?
    /// For people.
    package var reason: String?

    /// The values of its fields.
    package init(hours: String? = nil, reason: String? = nil) {
        self.hours = hours
        self.reason = reason
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let hours: String? = fields.nullable("hours")
        let reason: String? = fields.nullable("reason")
        self.init(hours: hours, reason: reason)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("hours", hours?.json), ("reason", reason?.json)])
    }
}

/// A chair's hold: a visit in its place.
package struct HoldMessage: WireValue {
    /// The visit.
    package var visit: VisitMessage
    /// The patient's name, where names were asked for and it is known.
    package var name: String?
    /// When the chair is free again, turnover included.
    package var until: ZonedInstant

    /// The values of its fields.
    package init(visit: VisitMessage, name: String? = nil, until: ZonedInstant) {
        self.visit = visit
        self.name = name
        self.until = until
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: VisitMessage? = fields.required("visit")
        let name: String? = fields.nullable("name")
        let until: ZonedInstant? = fields.required("until")
        guard let visit, let until else { return nil }
        self.init(visit: visit, name: name, until: until)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("visit", visit.json), ("name", name?.json), ("until", until.json)])
    }
}

/// A chair's day.
package struct ChairDayMessage: WireValue {
    /// The chair's id.
    package var chair: String
    /// What it offers.
    package var features: [String]
    /// When it is out of service.
    package var outages: [SpanMessage]
    /// The visits on it, in order.
    package var holds: [HoldMessage]

    /// The values of its fields.
    package init(chair: String, features: [String], outages: [SpanMessage], holds: [HoldMessage]) {
        self.chair = chair
        self.features = features
        self.outages = outages
        self.holds = holds
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let chair: String? = fields.required("chair")
        let features: [String]? = fields.required("features")
        let outages: [SpanMessage]? = fields.required("outages")
        let holds: [HoldMessage]? = fields.required("holds")
        guard let chair, let features, let outages, let holds else { return nil }
        self.init(chair: chair, features: features, outages: outages, holds: holds)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("chair", chair.json), ("features", features.json), ("outages", outages.json),
            ("holds", holds.json),
        ])
    }
}

/// A stretch of even load.
package struct LoadMessage: WireValue {
    /// Instants.
    package var from: ZonedInstant
    /// Instants.
    package var until: ZonedInstant
    /// The load.
    package var percent: Int

    /// The values of its fields.
    package init(from: ZonedInstant, until: ZonedInstant, percent: Int) {
        self.from = from
        self.until = until
        self.percent = percent
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        let percent: Int? = fields.required("percent")
        guard let from, let until, let percent else { return nil }
        self.init(from: from, until: until, percent: percent)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("from", from.json), ("until", until.json), ("percent", percent.json)])
    }
}

/// A member of staff on a day.
package struct PersonDayMessage: WireValue {
    /// Their id.
    package var person: String
    /// Their name.
    package var name: String
    /// What they may be booked as.
    package var roles: [String]
    /// How much load they carry at once.
    package var capacityPercent: Int
    /// When they are on duty.
    package var onDuty: [SpanMessage]
    /// What they carry, stretch by stretch, without the stretches of no load.
    package var loads: [LoadMessage]

    /// The values of its fields.
    package init(
        person: String, name: String, roles: [String], capacityPercent: Int, onDuty: [SpanMessage],
        loads: [LoadMessage]
    ) {
        self.person = person
        self.name = name
        self.roles = roles
        self.capacityPercent = capacityPercent
        self.onDuty = onDuty
        self.loads = loads
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let person: String? = fields.required("person")
        let name: String? = fields.required("name")
        let roles: [String]? = fields.required("roles")
        let capacityPercent: Int? = fields.required("capacityPercent")
        let onDuty: [SpanMessage]? = fields.required("onDuty")
        let loads: [LoadMessage]? = fields.required("loads")
        guard let person, let name, let roles, let capacityPercent, let onDuty, let loads else { return nil }
        self.init(
            person: person, name: name, roles: roles, capacityPercent: capacityPercent, onDuty: onDuty,
            loads: loads)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("person", person.json), ("name", name.json), ("roles", roles.json),
            ("capacityPercent", capacityPercent.json), ("onDuty", onDuty.json), ("loads", loads.json),
        ])
    }
}

/// A day at the clinic.
package struct BoardMessage: WireValue {
    /// The day.
    package var day: Day
    /// The present instant.
    package var now: ZonedInstant
    /// When the clinic is open.
    package var open: [SpanMessage]
    /// What closes it, wholly or for some hours.
    package var closures: [DayClosureMessage]
    /// The chairs in the order configured.
    package var chairs: [ChairDayMessage]
    /// The staff in the order configured.
    package var people: [PersonDayMessage]

    /// The values of its fields.
    package init(
        day: Day, now: ZonedInstant, open: [SpanMessage], closures: [DayClosureMessage],
        chairs: [ChairDayMessage], people: [PersonDayMessage]
    ) {
        self.day = day
        self.now = now
        self.open = open
        self.closures = closures
        self.chairs = chairs
        self.people = people
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let day: Day? = fields.required("day")
        let now: ZonedInstant? = fields.required("now")
        let open: [SpanMessage]? = fields.required("open")
        let closures: [DayClosureMessage]? = fields.required("closures")
        let chairs: [ChairDayMessage]? = fields.required("chairs")
        let people: [PersonDayMessage]? = fields.required("people")
        guard let day, let now, let open, let closures, let chairs, let people else { return nil }
        self.init(day: day, now: now, open: open, closures: closures, chairs: chairs, people: people)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("day", day.json), ("now", now.json), ("open", open.json), ("closures", closures.json),
            ("chairs", chairs.json), ("people", people.json),
        ])
    }
}

/// A day in figures.
package struct DaySummaryMessage: WireValue {
    /// The day.
    package var day: Day
    /// When the clinic is open.
    package var open: [SpanMessage]
    /// How many visits have a place on it.
    package var visits: Int
    /// How many of them are not confirmed.
    package var tentative: Int
    /// The first start and the last end.
    package var first: ZonedInstant?
    /// The first start and the last end.
    package var last: ZonedInstant?
    /// Minutes for which chairs are taken.
    package var chairMinutes: Int
    /// Minutes of chairs in service while the clinic is open.
    package var chairMinutesOpen: Int

    /// The values of its fields.
    package init(
        day: Day, open: [SpanMessage], visits: Int, tentative: Int, first: ZonedInstant? = nil,
        last: ZonedInstant? = nil, chairMinutes: Int, chairMinutesOpen: Int
    ) {
        self.day = day
        self.open = open
        self.visits = visits
        self.tentative = tentative
        self.first = first
        self.last = last
        self.chairMinutes = chairMinutes
        self.chairMinutesOpen = chairMinutesOpen
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let day: Day? = fields.required("day")
        let open: [SpanMessage]? = fields.required("open")
        let visits: Int? = fields.required("visits")
        let tentative: Int? = fields.required("tentative")
        let first: ZonedInstant? = fields.nullable("first")
        let last: ZonedInstant? = fields.nullable("last")
        let chairMinutes: Int? = fields.required("chairMinutes")
        let chairMinutesOpen: Int? = fields.required("chairMinutesOpen")
        guard let day, let open, let visits, let tentative, let chairMinutes, let chairMinutesOpen
        else { return nil }
        self.init(
            day: day, open: open, visits: visits, tentative: tentative, first: first, last: last,
            chairMinutes: chairMinutes, chairMinutesOpen: chairMinutesOpen)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("day", day.json), ("open", open.json), ("visits", visits.json), ("tentative", tentative.json),
            ("first", first?.json), ("last", last?.json), ("chairMinutes", chairMinutes.json),
            ("chairMinutesOpen", chairMinutesOpen.json),
        ])
    }
}
