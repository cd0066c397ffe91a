/// A course template: phases in order, and what must be in place before visits (docs/contract/planning.md section 2).
package struct Regimen: Hashable, Sendable {
    package var id: RegimenID
    /// Its name for people.
    package var name: String
    /// Where the shape comes from.
    package var source: String
    /// What must be in place before a visit starts.
    package var prerequisites: [Prerequisite]
    /// The phases in order.
    package var phases: [Phase]

    /// A template with the given phases.
    package init(
        id: RegimenID, name: String = "", source: String = "", prerequisites: [Prerequisite] = [], phases: [Phase]
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.prerequisites = prerequisites
        self.phases = phases
    }
}

/// Something a visit may not start without, such as a signed consent.
package struct Prerequisite: Hashable, Sendable {
    /// Whether it is asked once a course or before every visit.
    package enum Scope: String, Hashable, Sendable, CaseIterable { case course, visit }

    package var name: String
    /// Once a course, or before every visit.
    package var scope: Scope
    /// How many days it stays valid; nil for no end.
    package var validDays: Int?

    /// A prerequisite of a scope, valid for some days or without end.
    package init(name: String, scope: Scope, validDays: Int? = nil) {
        self.name = name
        self.scope = scope
        self.validDays = validDays
    }
}

/// A run of visits of one type.
package struct Phase: Hashable, Sendable {
    /// How many visits a phase has.
    package enum Count: Hashable, Sendable {
        case exactly(Int)
        /// As many as `maximum` are planned; the course may end the phase after `minimum`.
        case between(minimum: Int, maximum: Int)
        /// No end of its own; only in the last phase.
        case open
    }

    /// Days wished for and allowed from the previous phase's last visit to this phase's first.
    package struct FirstGap: Hashable, Sendable {
        package var ideal: Int
        /// At least this many days; 1 or more.
        package var minimum: Int
        /// At most this many days.
        package var maximum: Int

        /// An ideal with its limits, days.
        package init(ideal: Int, minimum: Int, maximum: Int) {
            self.ideal = ideal
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// The days in which a phase of fixed count is to end, and what days in hand up to then are worth.
    package struct Goal: Hashable, Sendable {
        /// Days from the phase's first visit to its last.
        package var days: Int
        /// What a visit costs that leaves no day in hand, one, two and so on; beyond the list it costs nothing.
        package var spare: [Int]

        /// Whether days in hand are worth anything.
        package var isPriced: Bool { spare.contains { $0 > 0 } }

        /// A goal of so many days, with prices of few days in hand.
        package init(days: Int, spare: [Int]) {
            self.days = days
            self.spare = spare
        }
    }

    /// Which visits of a phase without a goal yield their places to a course that would miss its goal. The raw value is
    /// its name everywhere.
    package enum Yielding: String, Hashable, Sendable, CaseIterable {
        case never
        /// Those of which the patient was not told yet.
        case untold
        /// Told ones too: their patients are called.
        case told
    }

    /// When a visit of the phase counts as told to the patient.
    package enum Confirmation: String, Hashable, Sendable, CaseIterable {
        /// As soon as it is booked.
        case booking
        /// By a call within `firmDays` before it.
        case call
    }

    /// Its name, unique within the regimen.
    package var name: String
    /// The type of its visits.
    package var visit: VisitTypeID
    /// How many there are.
    package var count: Count
    /// The first gap; nil takes gaps[0] with the tolerance.
    package var firstGap: FirstGap?
    /// Ideal days between successive visits, repeated cyclically.
    package var gaps: [Int]
    /// Days that a gap may be shorter than ideal.
    package var toleranceBefore: Int
    /// Days that a gap may be longer than ideal.
    package var toleranceAfter: Int
    /// Other gaps from certain days on, ascending by day: they hold for gaps whose later visit is on or after the day.
    package var gapChanges: [GapChange] = []
    /// Last visit's day minus first visit's day, at most.
    package var withinDays: Int?
    /// Beyond this many days the phase is slipping; limits nothing.
    package var alarmDays: Int?
    /// When it is to end, where that is worth something; limits nothing.
    package var goal: Goal?
    /// Which of its visits yield to others' goals; none where it has a goal itself.
    package var yields = Yielding.untold
    /// Whether starts near the usual time of day are wished for.
    package var rhythm: Bool
    /// When its visits count as told.
    package var confirm: Confirmation
    /// What must hold before the phase opens.
    package var gate: Gate?
    /// Assessments asked for after certain visits.
    package var checks: [Check]
    /// A score that ends the phase early.
    package var stops: Stop?
    /// Every so many days a review task falls due.
    package var reviewEveryDays: Int?
    /// Planning of the open-ended phase ends so many days after its first visit's nominal day.
    package var endsAfterDays: Int?

    /// A run of visits.
    package init(
        name: String, visit: VisitTypeID, count: Count, firstGap: FirstGap? = nil, gaps: [Int] = [],
        toleranceBefore: Int = 0, toleranceAfter: Int = 0, withinDays: Int? = nil, alarmDays: Int? = nil,
        rhythm: Bool = true, confirm: Confirmation = .call, gate: Gate? = nil, checks: [Check] = [],
        stops: Stop? = nil, reviewEveryDays: Int? = nil, endsAfterDays: Int? = nil
    ) {
        self.name = name
        self.visit = visit
        self.count = count
        self.firstGap = firstGap
        self.gaps = gaps
        self.toleranceBefore = toleranceBefore
        self.toleranceAfter = toleranceAfter
        self.withinDays = withinDays
        self.alarmDays = alarmDays
        self.rhythm = rhythm
        self.confirm = confirm
        self.gate = gate
        self.checks = checks
        self.stops = stops
        self.reviewEveryDays = reviewEveryDays
        self.endsAfterDays = endsAfterDays
    }
}

/// Other gaps of a phase from a day on (docs/contract/planning.md section 6).
package struct GapChange: Hashable, Sendable {
    /// They hold for gaps whose later visit is on or after this day.
    package var from: Day
    /// Ideal days between successive visits, repeated cyclically.
    package var gaps: [Int]
    /// Days that a gap may be shorter than ideal.
    package var toleranceBefore: Int
    /// Days that a gap may be longer than ideal.
    package var toleranceAfter: Int

    /// Other gaps from a day on.
    package init(from: Day, gaps: [Int], toleranceBefore: Int, toleranceAfter: Int) {
        self.from = from
        self.gaps = gaps
        self.toleranceBefore = toleranceBefore
        self.toleranceAfter = toleranceAfter
    }
}

/// What must hold before a phase opens (docs/contract/planning.md section 2).
package struct Gate: Hashable, Sendable {
    /// What must hold for the gate to open.
    package enum Condition: Hashable, Sendable {
        /// A clinician's word on the named question.
        case decision(String)
        /// A measure has fallen by at least so many percent of its baseline.
        case reductionPercent(measure: String, percent: Int)
        /// A measure is at most so much.
        case atMost(measure: String, score: Int)
    }

    /// What happens where it does not hold when due.
    package enum Otherwise: Hashable, Sendable {
        /// The course is put on hold.
        case hold
        /// The previous phase is extended by so many visits.
        case extend(visits: Int)
        case cease
    }

    package var condition: Condition
    /// Days after the previous phase's last visit by which it is due.
    package var dueDays: Int
    /// What follows where it does not hold.
    package var otherwise: Otherwise

    /// A condition with its due day and what follows otherwise.
    package init(condition: Condition, dueDays: Int, otherwise: Otherwise) {
        self.condition = condition
        self.dueDays = dueDays
        self.otherwise = otherwise
    }
}

/// An assessment asked for after a visit of the phase; raises a task and changes nothing.
package struct Check: Hashable, Sendable {
    /// After which visit of the phase, from 1.
    package var afterVisit: Int
    package var measure: String

    /// A measure to be taken after a visit of the phase.
    package init(afterVisit: Int, measure: String) {
        self.afterVisit = afterVisit
        self.measure = measure
    }
}

/// A score at or below which a phase ends early.
package struct Stop: Hashable, Sendable {
    package var measure: String
    package var atMost: Int

    /// A measure and the score that ends the phase.
    package init(measure: String, atMost: Int) {
        self.measure = measure
        self.atMost = atMost
    }
}
