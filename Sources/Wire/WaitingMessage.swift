package import Planning
package import StrictJSON

/// Somebody who would come to a place that is freed.
package struct WaitingMessage: WireValue {
    /// The entry's id.
    package var id: String
    /// The course that waits.
    package var course: String
    /// Whose it is.
    package var patient: String
    /// The patient's name, if known.
    package var name: String?
    /// Where to call, if known.
    package var phone: String?
    /// The visit that waits; null for any of the course.
    package var visit: String?
    /// Whether only an earlier place will do.
    package var earlier: Bool
    /// The days and hours that will do; empty for any.
    package var windows: [WeekWindow]
    /// Since when they wait.
    package var since: ZonedInstant
    /// When the visit is now: the one that waits, or the course's next.
    package var stands: ZonedInstant?
    /// The open offer to them.
    package var offer: String?

    /// The values of its fields.
    package init(
        id: String, course: String, patient: String, name: String? = nil, phone: String? = nil, visit: String? = nil,
        earlier: Bool, windows: [WeekWindow], since: ZonedInstant, stands: ZonedInstant? = nil, offer: String? = nil
    ) {
        self.id = id
        self.course = course
        self.patient = patient
        self.name = name
        self.phone = phone
        self.visit = visit
        self.earlier = earlier
        self.windows = windows
        self.since = since
        self.stands = stands
        self.offer = offer
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let name: String? = fields.nullable("name")
        let phone: String? = fields.nullable("phone")
        let visit: String? = fields.nullable("visit")
        let earlier: Bool? = fields.required("earlier")
        let windows: [WeekWindow]? = fields.required("windows")
        let since: ZonedInstant? = fields.required("since")
        let stands: ZonedInstant? = fields.nullable("stands")
        let offer: String? = fields.nullable("offer")
        guard let id, let course, let patient, let earlier, let windows, let since else { return nil }
        self.init(
            id: id, course: course, patient: patient, name: name, phone: phone, visit: visit, earlier: earlier,
            windows: windows, since: since, stands: stands, offer: offer)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("course", course.json), ("patient", patient.json), ("name", name?.json),
            ("phone", phone?.json), ("visit", visit?.json), ("earlier", earlier.json), ("windows", windows.json),
            ("since", since.json), ("stands", stands?.json), ("offer", offer?.json),
        ])
    }
}

/// A visit that would go to another place.
package struct OfferMoveMessage: WireValue {
    /// The visit's id.
    package var visit: String
    /// When it starts now.
    package var before: ZonedInstant
    /// When it would start.
    package var start: ZonedInstant
    /// When it would end.
    package var end: ZonedInstant
    /// The chair that it would have.
    package var chair: String
    /// Who would fill which label.
    package var attendants: [String: String]

    /// The values of its fields.
    package init(
        visit: String, before: ZonedInstant, start: ZonedInstant, end: ZonedInstant, chair: String,
        attendants: [String: String]
    ) {
        self.visit = visit
        self.before = before
        self.start = start
        self.end = end
        self.chair = chair
        self.attendants = attendants
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: String? = fields.required("visit")
        let before: ZonedInstant? = fields.required("before")
        let start: ZonedInstant? = fields.required("start")
        let end: ZonedInstant? = fields.required("end")
        let chair: String? = fields.required("chair")
        let attendants: [String: String]? = fields.required("attendants")
        guard let visit, let before, let start, let end, let chair, let attendants else { return nil }
        self.init(visit: visit, before: before, start: start, end: end, chair: chair, attendants: attendants)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("visit", visit.json), ("before", before.json), ("start", start.json), ("end", end.json),
            ("chair", chair.json), ("attendants", attendants.json),
        ])
    }
}

/// Somebody who gains by a freed place.
package struct WaitingMatchMessage: WireValue {
    /// Who.
    package var entry: WaitingMessage
    /// The visits that would move: first the one that takes the place, then those that give way.
    package var moves: [OfferMoveMessage]
    /// What it gains in all: the cost saved, and for each day earlier that was wished for what a day's later start
    /// costs.
    package var gain: Int
    /// By how much the course costs less, without what moving costs; negative where it costs more.
    package var costSaved: Int
    /// By how many days the visit comes earlier; negative where it comes later.
    package var daysEarlier: Int

    /// The values of its fields.
    package init(entry: WaitingMessage, moves: [OfferMoveMessage], gain: Int, costSaved: Int, daysEarlier: Int) {
        self.entry = entry
        self.moves = moves
        self.gain = gain
        self.costSaved = costSaved
        self.daysEarlier = daysEarlier
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let entry: WaitingMessage? = fields.required("entry")
        let moves: [OfferMoveMessage]? = fields.required("moves")
        let gain: Int? = fields.required("gain")
        let costSaved: Int? = fields.required("costSaved")
        let daysEarlier: Int? = fields.required("daysEarlier")
        guard let entry, let moves, let gain, let costSaved, let daysEarlier else { return nil }
        self.init(entry: entry, moves: moves, gain: gain, costSaved: costSaved, daysEarlier: daysEarlier)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("entry", entry.json), ("moves", moves.json), ("gain", gain.json), ("costSaved", costSaved.json),
            ("daysEarlier", daysEarlier.json),
        ])
    }
}

/// A stretch of a chair that somebody has left.
package struct FreedPlaceMessage: WireValue {
    /// The day.
    package var day: Planning.Day
    /// The chair's id.
    package var chair: String
    /// From when the chair is free.
    package var from: ZonedInstant
    /// Until when, turnover included.
    package var until: ZonedInstant
    /// The visit that left it, where that is known.
    package var visit: String?
    /// The entries of the waiting list that may want it.
    package var entries: [String]
    /// Those who gain by it, best first; null where it was not asked.
    package var matches: [WaitingMatchMessage]?

    /// The values of its fields.
    package init(
        day: Planning.Day, chair: String, from: ZonedInstant, until: ZonedInstant, visit: String? = nil,
        entries: [String], matches: [WaitingMatchMessage]? = nil
    ) {
        self.day = day
        self.chair = chair
        self.from = from
        self.until = until
        self.visit = visit
        self.entries = entries
        self.matches = matches
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let day: Planning.Day? = fields.required("day")
        let chair: String? = fields.required("chair")
        let from: ZonedInstant? = fields.required("from")
        let until: ZonedInstant? = fields.required("until")
        let visit: String? = fields.nullable("visit")
        let entries: [String]? = fields.required("entries")
        let matches: [WaitingMatchMessage]? = fields.nullable("matches")
        guard let day, let chair, let from, let until, let entries else { return nil }
        self.init(day: day, chair: chair, from: from, until: until, visit: visit, entries: entries, matches: matches)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("day", day.json), ("chair", chair.json), ("from", from.json), ("until", until.json),
            ("visit", visit?.json), ("entries", entries.json), ("matches", matches?.json),
        ])
    }
}

/// A place that is held for somebody until they answer.
package struct OfferMessage: WireValue {
    /// The offer's id.
    package var id: String
    /// The entry of the waiting list.
    package var entry: String
    /// The course.
    package var course: String
    /// Whom to ask.
    package var patient: String
    /// The patient's name, if known.
    package var name: String?
    /// Where to call, if known.
    package var phone: String?
    /// The visits that would move: first the one that takes the place, then those that give way.
    package var moves: [OfferMoveMessage]
    /// How long the places are held.
    package var until: ZonedInstant
    /// What it gains in all: the cost saved, and for each day earlier that was wished for what a day's later start
    /// costs.
    package var gain: Int
    /// By how much the course costs less, without what moving costs; negative where it costs more.
    package var costSaved: Int
    /// By how many days the visit comes earlier; negative where it comes later.
    package var daysEarlier: Int

    /// The values of its fields.
    package init(
        id: String, entry: String, course: String, patient: String, name: String? = nil, phone: String? = nil,
        moves: [OfferMoveMessage], until: ZonedInstant, gain: Int, costSaved: Int, daysEarlier: Int
    ) {
        self.id = id
        self.entry = entry
        self.course = course
        self.patient = patient
        self.name = name
        self.phone = phone
        self.moves = moves
        self.until = until
        self.gain = gain
        self.costSaved = costSaved
        self.daysEarlier = daysEarlier
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let entry: String? = fields.required("entry")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let name: String? = fields.nullable("name")
        let phone: String? = fields.nullable("phone")
        let moves: [OfferMoveMessage]? = fields.required("moves")
        let until: ZonedInstant? = fields.required("until")
        let gain: Int? = fields.required("gain")
        let costSaved: Int? = fields.required("costSaved")
        let daysEarlier: Int? = fields.required("daysEarlier")
        guard let id, let entry, let course, let patient, let moves, let until, let gain, let costSaved, let daysEarlier
        else { return nil }
        self.init(
            id: id, entry: entry, course: course, patient: patient, name: name, phone: phone, moves: moves,
            until: until, gain: gain, costSaved: costSaved, daysEarlier: daysEarlier)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("id", id.json), ("entry", entry.json), ("course", course.json), ("patient", patient.json),
            ("name", name?.json), ("phone", phone?.json), ("moves", moves.json), ("until", until.json),
            ("gain", gain.json), ("costSaved", costSaved.json), ("daysEarlier", daysEarlier.json),
        ])
    }
}
