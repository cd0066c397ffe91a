package import Clinic
package import StrictJSON

/// A visit before and after a change.
package struct VisitChangeMessage: WireValue {
    /// The visit's id; in a dry run a new visit may get another one.
    package var id: String
    /// How it was; null where it is new.
    package var before: VisitMessage?
    /// How it is; null where it is no more.
    package var after: VisitMessage?

    /// The values of its fields.
    package init(id: String, before: VisitMessage? = nil, after: VisitMessage? = nil) {
        self.id = id
        self.before = before
        self.after = after
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let id: String? = fields.required("id")
        let before: VisitMessage? = fields.nullable("before")
        let after: VisitMessage? = fields.nullable("after")
        guard let id else { return nil }
        self.init(id: id, before: before, after: after)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([("id", id.json), ("before", before?.json), ("after", after?.json)])
    }
}

/// What a change does to a course.
package struct PlanDifferenceMessage: WireValue {
    /// What is done: visitMoved, visitCancelled, courseHeld …
    package var action: String
    /// The course.
    package var course: String
    /// The patient.
    package var patient: String
    /// The visit that the call named.
    package var about: String?
    /// What else the action is about: a phase, a rule, a measure, a prerequisite, a task.
    package var detail: String?
    /// Where the course stood; null where it is new.
    package var statusBefore: String?
    /// Where the course stands.
    package var statusAfter: String
    /// The visits that change.
    package var visits: [VisitChangeMessage]
    /// The cost of these visits before, of those that had a place.
    package var costBefore: Int
    /// The cost of these visits after, of those that have a place.
    package var costAfter: Int
    /// What it costs beside that the patient was told other times.
    package var costOfMoving: Int
    /// Visits of which the patient must be told another time, or their end.
    package var calls: [String]
    /// Phases whose gates open.
    package var gatesOpened: [String]?
    /// Why a lost visit has no new place, where that is so.
    package var unplaced: RefusalMessage?
    /// How the phase that is under way stands to its window; null where that is in order and nobody asked.
    package var window: WindowStandingMessage?
    /// Places that are left and for which somebody waits, soonest first; null where there are none.
    package var freed: [FreedPlaceMessage]?

    /// The values of its fields.
    package init(
        action: String, course: String, patient: String, about: String? = nil, detail: String? = nil,
        statusBefore: String? = nil, statusAfter: String, visits: [VisitChangeMessage], costBefore: Int, costAfter: Int,
        costOfMoving: Int,
        calls: [String], gatesOpened: [String]? = nil, unplaced: RefusalMessage? = nil,
        window: WindowStandingMessage? = nil, freed: [FreedPlaceMessage]? = nil
    ) {
        self.action = action
        self.course = course
        self.patient = patient
        self.about = about
        self.detail = detail
        self.statusBefore = statusBefore
        self.statusAfter = statusAfter
        self.visits = visits
        self.costBefore = costBefore
        self.costAfter = costAfter
        self.costOfMoving = costOfMoving
        self.calls = calls
        self.gatesOpened = gatesOpened
        self.unplaced = unplaced
        self.window = window
        self.freed = freed
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let action: String? = fields.required("action")
        let course: String? = fields.required("course")
        let patient: String? = fields.required("patient")
        let about: String? = fields.nullable("about")
        let detail: String? = fields.nullable("detail")
        let statusBefore: String? = fields.nullable("statusBefore")
        let statusAfter: String? = fields.required("statusAfter")
        let visits: [VisitChangeMessage]? = fields.required("visits")
        let costBefore: Int? = fields.required("costBefore")
        let costAfter: Int? = fields.required("costAfter")
        let costOfMoving: Int? = fields.required("costOfMoving")
        let calls: [String]? = fields.required("calls")
        let gatesOpened: [String]? = fields.nullable("gatesOpened")
        let unplaced: RefusalMessage? = fields.nullable("unplaced")
        let window: WindowStandingMessage? = fields.nullable("window")
        let freed: [FreedPlaceMessage]? = fields.nullable("freed")
        guard let action, let course, let patient, let statusAfter, let visits, let costBefore, let costAfter,
            let costOfMoving, let calls
        else { return nil }
        self.init(
            action: action, course: course, patient: patient, about: about, detail: detail,
            statusBefore: statusBefore, statusAfter: statusAfter, visits: visits, costBefore: costBefore,
            costAfter: costAfter,
            costOfMoving: costOfMoving, calls: calls, gatesOpened: gatesOpened, unplaced: unplaced, window: window,
            freed: freed)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("action", action.json), ("course", course.json), ("patient", patient.json), ("about", about?.json),
            ("detail", detail?.json), ("statusBefore", statusBefore?.json), ("statusAfter", statusAfter.json),
            ("visits", visits.json),
            ("costBefore", costBefore.json), ("costAfter", costAfter.json), ("costOfMoving", costOfMoving.json),
            ("calls", calls.json), ("gatesOpened", gatesOpened?.json), ("unplaced", unplaced?.json),
            ("window", window?.json), ("freed", freed?.json),
        ])
    }
}

/// A call that changes something and answers the difference.
package protocol ChangeCall: WireCall where Reply == ChangeReply {
    /// Why it is asked for.
    var because: Reason { get }
    /// Whether only to say what would change.
    var dryRun: Bool? { get }
    /// The caller's request id.
    var request: String? { get }
}

/// What a call that changes something answers.
package struct ChangeReply: WireValue {
    /// Whether it was recorded; false in a dry run, and where nothing changes.
    package var recorded: Bool
    /// The number of the event that records it.
    package var event: Int?
    /// What changes; null where nothing does.
    package var difference: PlanDifferenceMessage?
    /// What changes in further courses; nil where nothing does.
    package var others: [PlanDifferenceMessage]?
    /// Names of the staff in it, by id.
    package var people: [String: String]

    /// The values of its fields.
    package init(
        recorded: Bool, event: Int? = nil, difference: PlanDifferenceMessage? = nil,
        others: [PlanDifferenceMessage]? = nil, people: [String: String]
    ) {
        self.recorded = recorded
        self.event = event
        self.difference = difference
        self.others = others
        self.people = people
    }

    /// Reads the fields; nil after recording what is wrong.
    package init?(fields: JSONFields) {
        let recorded: Bool? = fields.required("recorded")
        let event: Int? = fields.nullable("event")
        let difference: PlanDifferenceMessage? = fields.nullable("difference")
        let others: [PlanDifferenceMessage]? = fields.nullable("others")
        let people: [String: String]? = fields.required("people")
        guard let recorded, let people else { return nil }
        self.init(recorded: recorded, event: event, difference: difference, others: others, people: people)
    }

    /// The object as it is sent.
    package var object: JSONObject {
        .present([
            ("recorded", recorded.json), ("event", event?.json), ("difference", difference?.json),
            ("others", others?.json), ("people", people.json),
        ])
    }
}
