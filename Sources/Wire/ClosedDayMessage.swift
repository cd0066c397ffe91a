package import Planning
package import StrictJSON

/// A stretch in which a person is not there.
package struct AbsenceMessage: WireValue {
    /// Instants.
    package var from: ZonedInstant
    /// Instants.
    package var until: ZonedInstant
    /// Break, away or noShift.
    package var reason: String

    /// The values of its fields.
    package init(from: ZonedInstant, until: ZonedInstant, reason: String) {
        self.from = from
        self.until = until
        self.reason = reason
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        let reason: String? = fields.required("reason")
        guard let from, let until, let reason else { return nil }
        self.init(from: from, until: until, reason: reason)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("from", from.json), ("until", until.json), ("reason", reason.json),
        ])
    }
}

/// What a person is doing in a span of a day, as far as a label is concerned.
package struct PersonFindingMessage: WireValue {
    /// The person's id.
    package var person: String
    /// Free, unqualified, absent, limited or busy.
    package var state: String
    /// Credentials that the person never held; where unqualified.
    package var lacks: [String]?
    /// Credentials that are no longer valid; where unqualified.
    package var lapsed: [String]?
    /// When the person is not there; where absent.
    package var absences: [AbsenceMessage]?
    /// Whether the person is not there during any of the span; where absent.
    package var allAway: Bool?
    /// What the person carries at most; where limited.
    package var capacityPercent: Int?
    /// Visits in the span that ask more than 50 percent of the person; where busy.
    package var starting: Int?
    /// Other visits that the person watches at a time, at most; where busy.
    package var watching: Int?

    /// The values of its fields.
    package init(
        person: String, state: String, lacks: [String]? = nil, lapsed: [String]? = nil,
        absences: [AbsenceMessage]? = nil, allAway: Bool? = nil, capacityPercent: Int? = nil, starting: Int? = nil,
        watching: Int? = nil
    ) {
        self.person = person
        self.state = state
        self.lacks = lacks
        self.lapsed = lapsed
        self.absences = absences
        self.allAway = allAway
        self.capacityPercent = capacityPercent
        self.starting = starting
        self.watching = watching
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let person: String? = fields.required("person")
        let state: String? = fields.required("state")
        let lacks: [String]? = fields.nullable("lacks")
        let lapsed: [String]? = fields.nullable("lapsed")
        let absences: [AbsenceMessage]? = fields.nullable("absences")
        let allAway: Bool? = fields.nullable("allAway")
        let capacityPercent: Int? = fields.nullable("capacityPercent")
        let starting: Int? = fields.nullable("starting")
        let watching: Int? = fields.nullable("watching")
        guard let person, let state else { return nil }
        self.init(
            person: person, state: state, lacks: lacks, lapsed: lapsed, absences: absences, allAway: allAway,
            capacityPercent: capacityPercent, starting: starting, watching: watching)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("person", person.json), ("state", state.json), ("lacks", lacks?.json), ("lapsed", lapsed?.json),
            ("absences", absences?.json), ("allAway", allAway?.json), ("capacityPercent", capacityPercent?.json),
            ("starting", starting?.json), ("watching", watching?.json),
        ])
    }
}

/// What is the matter with a chair in a span of a day.
package struct ChairFindingMessage: WireValue {
    /// The chair's id.
    package var chair: String
    /// Features that it lacks.
    package var lacks: [String]
    /// When it is out of service.
    package var out: [SpanMessage]
    /// When it is held, turnover included.
    package var held: [SpanMessage]

    /// The values of its fields.
    package init(chair: String, lacks: [String], out: [SpanMessage], held: [SpanMessage]) {
        self.chair = chair
        self.lacks = lacks
        self.out = out
        self.held = held
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let chair: String? = fields.required("chair")
        let lacks: [String]? = fields.required("lacks")
        let out: [SpanMessage]? = fields.required("out")
        let held: [SpanMessage]? = fields.required("held")
        guard let chair, let lacks, let out, let held else { return nil }
        self.init(chair: chair, lacks: lacks, out: out, held: held)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("chair", chair.json), ("lacks", lacks.json), ("out", out.json), ("held", held.json),
        ])
    }
}

/// What a rule found in the way of a visit on a day. Fields that say nothing about the rule are null.
package struct HindranceMessage: WireValue {
    /// The rule's name.
    package var rule: Rule
    /// The first start that the visit could have had but for the rule.
    package var from: ZonedInstant?
    /// The end of the last visit that could have been but for the rule.
    package var until: ZonedInstant?
    /// First and last starts in a row that the rule leaves; where several rules close the day only together.
    package var leaves: [SpanMessage]?
    /// When the clinic is open, a presence is there, or the patient can come.
    package var hours: [SpanMessage]?
    /// How many minutes the visit takes.
    package var minutes: Int?
    /// Why the clinic is closed, as somebody said it.
    package var reason: String?
    /// What a chair must have.
    package var features: [String]?
    /// The chairs.
    package var chairs: [ChairFindingMessage]?
    /// The label to be filled.
    package var label: String?
    /// The role that fills it.
    package var role: String?
    /// The most that the label asks of a person, percent.
    package var load: Int?
    /// Everybody of the role.
    package var persons: [PersonFindingMessage]?
    /// The patient's other visit that day.
    package var visit: String?
    /// The number of the other visit of the course from which the gap is counted.
    package var number: Int?
    /// The allowed gap from that visit, or to it; days.
    package var daysMinimum: Int?
    /// The allowed gap from that visit, or to it; or the most days that the phase may take.
    package var daysMaximum: Int?
    /// The first day of that visit, of the start window, or of the first visit of the phase.
    package var dayFrom: Day?
    /// The last such day.
    package var dayThrough: Day?
    /// Whether it is a day on which the patient cannot come at all.
    package var blackout: Bool?
    /// The first start that is not too soon.
    package var earliest: ZonedInstant?
    /// The course's last day.
    package var lastDay: Day?

    /// The values of its fields.
    package init(
        rule: Rule, from: ZonedInstant? = nil, until: ZonedInstant? = nil, leaves: [SpanMessage]? = nil,
        hours: [SpanMessage]? = nil, minutes: Int? = nil, reason: String? = nil, features: [String]? = nil,
        chairs: [ChairFindingMessage]? = nil, label: String? = nil, role: String? = nil, load: Int? = nil,
        persons: [PersonFindingMessage]? = nil, visit: String? = nil, number: Int? = nil, daysMinimum: Int? = nil,
        daysMaximum: Int? = nil, dayFrom: Day? = nil, dayThrough: Day? = nil, blackout: Bool? = nil,
        earliest: ZonedInstant? = nil, lastDay: Day? = nil
    ) {
        self.rule = rule
        self.from = from
        self.until = until
        self.leaves = leaves
        self.hours = hours
        self.minutes = minutes
        self.reason = reason
        self.features = features
        self.chairs = chairs
        self.label = label
        self.role = role
        self.load = load
        self.persons = persons
        self.visit = visit
        self.number = number
        self.daysMinimum = daysMinimum
        self.daysMaximum = daysMaximum
        self.dayFrom = dayFrom
        self.dayThrough = dayThrough
        self.blackout = blackout
        self.earliest = earliest
        self.lastDay = lastDay
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let rule = fields.choice("rule", of: Rule.self)
        let from: ZonedInstant? = fields.nullable("from")
        let until: ZonedInstant? = fields.nullable("until")
        let leaves: [SpanMessage]? = fields.nullable("leaves")
        let hours: [SpanMessage]? = fields.nullable("hours")
        let minutes: Int? = fields.nullable("minutes")
        let reason: String? = fields.nullable("reason")
        let features: [String]? = fields.nullable("features")
        let chairs: [ChairFindingMessage]? = fields.nullable("chairs")
        let label: String? = fields.nullable("label")
        let role: String? = fields.nullable("role")
        let load: Int? = fields.nullable("load")
        let persons: [PersonFindingMessage]? = fields.nullable("persons")
        let visit: String? = fields.nullable("visit")
        let number: Int? = fields.nullable("number")
        let daysMinimum: Int? = fields.nullable("daysMinimum")
        let daysMaximum: Int? = fields.nullable("daysMaximum")
        let dayFrom: Day? = fields.nullable("dayFrom")
        let dayThrough: Day? = fields.nullable("dayThrough")
        let blackout: Bool? = fields.nullable("blackout")
        let earliest: ZonedInstant? = fields.nullable("earliest")
        let lastDay: Day? = fields.nullable("lastDay")
        guard let rule else { return nil }
        self.init(
            rule: rule, from: from, until: until, leaves: leaves, hours: hours, minutes: minutes, reason: reason,
            features: features, chairs: chairs, label: label, role: role, load: load, persons: persons, visit: visit,
            number: number, daysMinimum: daysMinimum, daysMaximum: daysMaximum, dayFrom: dayFrom,
            dayThrough: dayThrough, blackout: blackout, earliest: earliest, lastDay: lastDay)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("rule", rule.rawValue.json), ("from", from?.json), ("until", until?.json), ("leaves", leaves?.json),
            ("hours", hours?.json), ("minutes", minutes?.json), ("reason", reason?.json),
            ("features", features?.json), ("chairs", chairs?.json), ("label", label?.json), ("role", role?.json),
            ("load", load?.json), ("persons", persons?.json), ("visit", visit?.json), ("number", number?.json),
            ("daysMinimum", daysMinimum?.json), ("daysMaximum", daysMaximum?.json), ("dayFrom", dayFrom?.json),
            ("dayThrough", dayThrough?.json), ("blackout", blackout?.json), ("earliest", earliest?.json),
            ("lastDay", lastDay?.json),
        ])
    }
}

/// A day that a visit could have had, and what closes it.
package struct ClosedDayMessage: WireValue {
    /// The day.
    package var day: Day
    /// The first rule whose absence alone would open the day; nil ("several") where there is none.
    package var closedBy: Rule?
    /// What the rule found, or where several close the day each of them; null where it was not looked up.
    package var hindrances: [HindranceMessage]?

    /// The values of its fields.
    package init(day: Day, closedBy: Rule?, hindrances: [HindranceMessage]? = nil) {
        self.day = day
        self.closedBy = closedBy
        self.hindrances = hindrances
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let day: Day? = fields.required("day")
        let closedBy = fields.value("closedBy") { $0.choice(among: Rule.allCases.map(\.rawValue) + ["several"]) }
        let hindrances: [HindranceMessage]? = fields.nullable("hindrances")
        guard let day, let closedBy else { return nil }
        self.init(day: day, closedBy: Rule(rawValue: closedBy), hindrances: hindrances)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("day", day.json), ("closedBy", (closedBy?.rawValue ?? "several").json),
            ("hindrances", hindrances?.json),
        ])
    }
}
