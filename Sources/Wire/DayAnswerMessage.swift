package import Planning
package import StrictJSON

/// Another day on which a visit could be.
package struct NearDayMessage: WireValue {
    /// The day.
    package var day: Day
    /// How much more the visits would cost.
    package var difference: Int

    /// The values of its fields.
    package init(day: Day, difference: Int) {
        self.day = day
        self.difference = difference
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let day: Day? = fields.required("day")
        let difference: Int? = fields.required("difference")
        guard let day, let difference else { return nil }
        self.init(day: day, difference: difference)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("day", day.json), ("difference", difference.json),
        ])
    }
}

/// One more of something on a day.
package struct OneMoreMessage: WireValue {
    /// Chair or person.
    package var kind: String
    /// The chair that it is like, or the role.
    package var target: String

    /// The values of its fields.
    package init(kind: String, target: String) {
        self.kind = kind
        self.target = target
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind: String? = fields.required("kind")
        let target: String? = fields.required("target")
        guard let kind, let target else { return nil }
        self.init(kind: kind, target: target)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("kind", kind.json), ("target", target.json),
        ])
    }
}

/// Why a visit is not on a day, or what it would cost there.
package struct DayAnswerMessage: WireValue {
    /// The visit's number in its course.
    package var number: Int
    /// The day asked about.
    package var day: Day
    /// Chosen (it is there), closed, blocksLater (a later visit would have no day) or costs (it could be there).
    package var outcome: String
    /// What closes the day; where closed.
    package var closing: ClosedDayMessage?
    /// The number of the later visit; where blocksLater.
    package var laterVisit: Int?
    /// Its phase.
    package var laterPhase: String?
    /// The days it could have had then.
    package var laterDays: [ClosedDayMessage]?
    /// The visits as they would be; of a booked course this one and the next. Where costs.
    package var visits: [PlannedVisitMessage]?
    /// How much more they would cost than they do now; where costs.
    package var difference: Int?
    /// The same by term; where costs.
    package var terms: CostTerms?
    /// The numbers of other visits that would have another day or start; where costs.
    package var moved: [Int]?
    /// The nearest other days on which the visit could be.
    package var nearest: [NearDayMessage]?
    /// What would open the day.
    package var wouldHelp: [OneMoreMessage]?

    /// The values of its fields.
    package init(
        number: Int, day: Day, outcome: String, closing: ClosedDayMessage? = nil, laterVisit: Int? = nil,
        laterPhase: String? = nil, laterDays: [ClosedDayMessage]? = nil, visits: [PlannedVisitMessage]? = nil,
        difference: Int? = nil, terms: CostTerms? = nil, moved: [Int]? = nil,
        nearest: [NearDayMessage]? = nil, wouldHelp: [OneMoreMessage]? = nil
    ) {
        self.number = number
        self.day = day
        self.outcome = outcome
        self.closing = closing
        self.laterVisit = laterVisit
        self.laterPhase = laterPhase
        self.laterDays = laterDays
        self.visits = visits
        self.difference = difference
        self.terms = terms
        self.moved = moved
        self.nearest = nearest
        self.wouldHelp = wouldHelp
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let number: Int? = fields.required("number")
        let day: Day? = fields.required("day")
        let outcome: String? = fields.required("outcome")
        let closing: ClosedDayMessage? = fields.nullable("closing")
        let laterVisit: Int? = fields.nullable("laterVisit")
        let laterPhase: String? = fields.nullable("laterPhase")
        let laterDays: [ClosedDayMessage]? = fields.nullable("laterDays")
        let visits: [PlannedVisitMessage]? = fields.nullable("visits")
        let difference: Int? = fields.nullable("difference")
        let terms: CostTerms? = fields.nullable("terms")
        let moved: [Int]? = fields.nullable("moved")
        let nearest: [NearDayMessage]? = fields.nullable("nearest")
        let wouldHelp: [OneMoreMessage]? = fields.nullable("wouldHelp")
        guard let number, let day, let outcome else { return nil }
        self.init(
            number: number, day: day, outcome: outcome, closing: closing, laterVisit: laterVisit,
            laterPhase: laterPhase, laterDays: laterDays, visits: visits, difference: difference, terms: terms,
            moved: moved, nearest: nearest,
            wouldHelp: wouldHelp)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("number", number.json), ("day", day.json), ("outcome", outcome.json), ("closing", closing?.json),
            ("laterVisit", laterVisit?.json), ("laterPhase", laterPhase?.json), ("laterDays", laterDays?.json),
            ("visits", visits?.json), ("difference", difference?.json), ("terms", terms?.json),
            ("moved", moved?.json), ("nearest", nearest?.json),
            ("wouldHelp", wouldHelp?.json),
        ])
    }
}

/// Why a visit of a plan is where it is.
package struct VisitReasonMessage: WireValue {
    /// The visit's number in its course.
    package var number: Int
    /// The day at the ideal distance from the visit before, or the course's earliest day.
    package var idealDay: Day
    /// Why it is not there; null where it is.
    package var instead: DayAnswerMessage?

    /// The values of its fields.
    package init(number: Int, idealDay: Day, instead: DayAnswerMessage? = nil) {
        self.number = number
        self.idealDay = idealDay
        self.instead = instead
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let number: Int? = fields.required("number")
        let idealDay: Day? = fields.required("idealDay")
        let instead: DayAnswerMessage? = fields.nullable("instead")
        guard let number, let idealDay else { return nil }
        self.init(number: number, idealDay: idealDay, instead: instead)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("number", number.json), ("idealDay", idealDay.json), ("instead", instead?.json),
        ])
    }
}
