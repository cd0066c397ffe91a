package import Planning
package import StrictJSON

/// A visit that loses its place.
package struct UnplacedMessage: WireValue {
    /// The visit where it is.
    package var visit: VisitMessage
    /// The days that it could have had, and what closes each.
    package var days: [ClosedDayMessage]

    /// The values of its fields.
    package init(visit: VisitMessage, days: [ClosedDayMessage]) {
        self.visit = visit
        self.days = days
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let visit: VisitMessage? = fields.required("visit")
        let days: [ClosedDayMessage]? = fields.required("days")
        guard let visit, let days else { return nil }
        self.init(visit: visit, days: days)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("visit", visit.json), ("days", days.json)])
    }
}

/// Changes of visits of several courses that belong together.
package struct RearrangementMessage: WireValue {
    /// What for: repair or improvement.
    package var purpose: String
    /// The day whose visits are repaired; null for all that is still to come.
    package var day: Day?
    /// The visits that break rules where they are, soonest first.
    package var broken: [HitMessage]
    /// What changes in each course.
    package var differences: [PlanDifferenceMessage]
    /// Visits for which there is no place.
    package var unplaced: [UnplacedMessage]
    /// Visits that stay against a rule: nobody can take over what is in progress, or the visit is held for somebody.
    package var unresolved: [HitMessage]
    /// Whether it is known that nothing better exists.
    package var best: Bool
    /// Of a repair, how far that is known: nothing, unplaced (no fewer visits without a place are possible), calls
    /// (nor fewer told visits at other times), moves (nor fewer others), best (nor is any cheaper).
    package var proven: String?
    /// By how much the visits cost less, of an improvement.
    package var gain: Int?

    /// The values of its fields.
    package init(
        purpose: String, day: Day? = nil, broken: [HitMessage], differences: [PlanDifferenceMessage],
        unplaced: [UnplacedMessage], unresolved: [HitMessage], best: Bool, proven: String? = nil,
        gain: Int? = nil
    ) {
        self.purpose = purpose
        self.day = day
        self.broken = broken
        self.differences = differences
        self.unplaced = unplaced
        self.unresolved = unresolved
        self.best = best
        self.proven = proven
        self.gain = gain
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let purpose: String? = fields.required("purpose")
        let day: Day? = fields.nullable("day")
        let broken: [HitMessage]? = fields.required("broken")
        let differences: [PlanDifferenceMessage]? = fields.required("differences")
        let unplaced: [UnplacedMessage]? = fields.required("unplaced")
        let unresolved: [HitMessage]? = fields.required("unresolved")
        let best: Bool? = fields.required("best")
        let proven: String? = fields.nullable("proven")
        let gain: Int? = fields.nullable("gain")
        guard let purpose, let broken, let differences, let unplaced, let unresolved, let best else { return nil }
        self.init(
            purpose: purpose, day: day, broken: broken, differences: differences, unplaced: unplaced,
            unresolved: unresolved, best: best, proven: proven, gain: gain)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("purpose", purpose.json), ("day", day?.json), ("broken", broken.json), ("differences", differences.json),
            ("unplaced", unplaced.json), ("unresolved", unresolved.json), ("best", best.json),
            ("proven", proven?.json), ("gain", gain?.json),
        ])
    }
}

/// A visit that could have a place on certain days and would be better for it.
package struct GainMessage: WireValue {
    /// Why it would be better: lost (not made up for yet), slipping (its phase takes too long) or
    /// waiting (it is on the waiting list).
    package var kind: String
    /// The course.
    package var course: String
    /// The patient.
    package var patient: String
    /// The visit's id; of a lost one its own.
    package var visit: String
    /// Its number in the course.
    package var number: Int
    /// Its phase.
    package var phase: String
    /// When it could start.
    package var start: ZonedInstant
    /// When it would end.
    package var end: ZonedInstant
    /// The chair that it could have.
    package var chair: String
    /// Who would fill which label.
    package var attendants: [String: String]
    /// When it starts now; null where it has no place.
    package var instead: ZonedInstant?

    /// The values of its fields.
    package init(
        kind: String, course: String, patient: String, visit: String, number: Int, phase: String, start: ZonedInstant,
        end: ZonedInstant, chair: String, attendants: [String: String], instead: ZonedInstant? = nil
    ) {
        self.kind = kind
        self.course = course
        self.patient = patient
        self.visit = visit
        self.number = number
        self.phase = phase
        self.start = start
        self.end = end
        self.chair = chair
        self.attendants = attendants
        self.instead = instead
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let kind: String? = fields.required("kind")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let visit: String? = fields.required("visit")
        let number: Int? = fields.required("number")
        let phase: String? = fields.required("phase")
        let start: ZonedInstant? = fields.required("start")
        let end: ZonedInstant? = fields.required("end")
        let chair: String? = fields.required("chair")
        let attendants: [String: String]? = fields.required("attendants")
        let instead: ZonedInstant? = fields.nullable("instead")
        guard let kind, let course, let patient, let visit, let number, let phase, let start, let end, let chair,
            let attendants
        else { return nil }
        self.init(
            kind: kind, course: course, patient: patient, visit: visit, number: number, phase: phase, start: start,
            end: end, chair: chair, attendants: attendants, instead: instead)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("kind", kind.json), ("course", course.json), ("patient", patient.json), ("visit", visit.json),
            ("number", number.json), ("phase", phase.json), ("start", start.json), ("end", end.json),
            ("chair", chair.json), ("attendants", attendants.json), ("instead", instead?.json),
        ])
    }
}

/// What a search for changes that belong together answers, and making them.
package struct RearrangementReply: WireValue {
    /// The proposal's id, to be applied; null where nothing is to be done or it is done.
    package var proposal: String?
    /// Whether it was recorded.
    package var recorded: Bool
    /// The number of the event that records it.
    package var event: Int?
    /// The changes.
    package var found: RearrangementMessage
    /// Names of the staff in them, by id.
    package var people: [String: String]

    /// The values of its fields.
    package init(
        proposal: String? = nil, recorded: Bool, event: Int? = nil, found: RearrangementMessage,
        people: [String: String]
    ) {
        self.proposal = proposal
        self.recorded = recorded
        self.event = event
        self.found = found
        self.people = people
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let proposal: String? = fields.nullable("proposal")
        let recorded: Bool? = fields.required("recorded")
        let event: Int? = fields.nullable("event")
        let found: RearrangementMessage? = fields.required("found")
        let people: [String: String]? = fields.required("people")
        guard let recorded, let found, let people else { return nil }
        self.init(proposal: proposal, recorded: recorded, event: event, found: found, people: people)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("proposal", proposal?.json), ("recorded", recorded.json), ("event", event?.json), ("found", found.json),
            ("people", people.json),
        ])
    }
}

/// A call that makes changes that belong together.
package protocol RearrangementCall: WireCall where Reply == RearrangementReply {
    /// The id of what was proposed; nil to seek and make them in one go.
    var proposal: String? { get }
    /// Why: the name of a kind of reason.
    var reason: String? { get }
    /// More about why, in somebody's own words.
    var note: String? { get }
    /// The caller's request id.
    var request: String? { get }
}
