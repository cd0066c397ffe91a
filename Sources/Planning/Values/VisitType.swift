/// A kind of visit: what it needs of a chair and of people, stage by stage (docs/contract/planning.md section 2).
package struct VisitType: Hashable, Sendable {
    package var id: VisitTypeID
    /// Its name for people.
    package var name: String
    /// Features the chair must have.
    package var chairFeatures: Set<String>
    /// Minutes for which the chair stays taken after the last stage.
    package var turnoverMinutes: Int
    /// The labels to fill, in the order that breaks ties.
    package var attendants: [Attendant]
    /// The stages in order.
    package var stages: [Stage]
    /// Hours without food before the visit; nil where none are asked.
    package var fastingHours: Int?
    /// What is checked at arrival.
    package var arrivalChecks: [String]
    /// Whether an adult must take the patient home.
    package var escort: Bool
    /// What falls due after the visit.
    package var tasks: [FollowUp]

    /// A kind of visit with the given needs.
    package init(
        id: VisitTypeID, name: String = "", chairFeatures: Set<String> = [], turnoverMinutes: Int = 0,
        attendants: [Attendant], stages: [Stage], fastingHours: Int? = nil, arrivalChecks: [String] = [],
        escort: Bool = false, tasks: [FollowUp] = []
    ) {
        self.id = id
        self.name = name
        self.chairFeatures = chairFeatures
        self.turnoverMinutes = turnoverMinutes
        self.attendants = attendants
        self.stages = stages
        self.fastingHours = fastingHours
        self.arrivalChecks = arrivalChecks
        self.escort = escort
        self.tasks = tasks
    }

    /// Minutes of all stages.
    package var length: Int { stages.reduce(0) { $0 + $1.minutes } }

    /// Minutes for which the chair is taken: length and turnover.
    package var hold: Int { length + turnoverMinutes }

    /// The labels that name a person (all but presences), in order. Bookings list their persons in this order.
    package var filledLabels: [Attendant] { attendants.filter { !$0.presence } }

    /// The label marked `continuity`, if any.
    package var continuityLabel: Attendant? { attendants.first { $0.continuity } }

    /// The stages as intervals of minutes from the start of the visit, in order.
    package var stageIntervals: [Interval] {
        var from = 0
        return stages.map { stage in
            defer { from += stage.minutes }
            return Interval(from, from + stage.minutes)
        }
    }
}

/// A label of a visit type: somebody who attends it.
package struct Attendant: Hashable, Sendable {
    /// The label, unique within the visit type.
    package var label: String
    /// The role that its person must have.
    package var role: String
    /// The credentials that its person must hold, valid on the day.
    package var credentials: Set<String>
    /// Whether the same person is wished for from visit to visit; on one label of a visit type at most.
    package var continuity: Bool
    /// Whether it names nobody: someone qualified must be on duty at every moment of its stages.
    package var presence: Bool

    /// A label to be filled by someone of a role.
    package init(
        label: String, role: String, credentials: Set<String> = [], continuity: Bool = false, presence: Bool = false
    ) {
        self.label = label
        self.role = role
        self.credentials = credentials
        self.continuity = continuity
        self.presence = presence
    }
}

/// A stage of a visit.
package struct Stage: Hashable, Sendable {
    package var name: String
    /// How long it is planned to take, minutes.
    package var minutes: Int
    /// The load on each label it names, percent (0 to 100). A label that it does not name is not needed in it.
    package var load: [String: Int]
    /// Whether another may watch it while the label's person is off duty.
    package var handover: Bool

    /// A stage with the loads of the labels that it names.
    package init(name: String, minutes: Int, load: [String: Int], handover: Bool = false) {
        self.name = name
        self.minutes = minutes
        self.load = load
        self.handover = handover
    }
}

/// Something that falls due after a visit, such as a monitoring form.
package struct FollowUp: Hashable, Sendable {
    /// What is to be done.
    package var name: String
    /// Days after the visit by which it is due.
    package var dueDays: Int

    /// A task due some days after the visit.
    package init(name: String, dueDays: Int) {
        self.name = name
        self.dueDays = dueDays
    }
}
