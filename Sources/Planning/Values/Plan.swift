/// A hard rule of docs/contract/planning.md section 3, in the table's order. The raw value is its name everywhere.
package enum Rule: String, CaseIterable, Hashable, Sendable {
    case openingHours = "opening-hours"
    case chairInService = "chair-in-service"
    case chairFree = "chair-free"
    case chairFeatures = "chair-features"
    case attendantOnDuty = "attendant-on-duty"
    case attendantCapacity = "attendant-capacity"
    case attendantQualified = "attendant-qualified"
    case gap = "gap"
    case phaseWindow = "phase-window"
    case patientAvailable = "patient-available"
    case oneVisitADay = "one-visit-a-day"
    case leadTime = "lead-time"
    case courseEnd = "course-end"
    case authorisation = "authorisation"

    /// Whether nothing overrides it (docs/contract/planning.md section 3): no chair twice, nobody beyond their
    /// capacity.
    package var isPhysical: Bool { self == .chairFree || self == .attendantCapacity }
}

/// A term of a plan's cost, docs/contract/planning.md section 4, in the table's order. The raw value is its name
/// everywhere.
package enum CostTerm: String, CaseIterable, Hashable, Sendable {
    case start, gap, spare, preference, rhythm, continuity, site, session, crowding, idle, workload
}

/// Weighted cost by term; whole numbers.
package struct CostTerms: Hashable, Sendable {
    private var values: [Int]

    /// No cost at all.
    package init() { values = Array(repeating: 0, count: CostTerm.allCases.count) }

    /// The weighted cost of a term.
    package subscript(term: CostTerm) -> Int {
        get { values[CostTerms.index(of: term)] }
        set { values[CostTerms.index(of: term)] = newValue }
    }

    /// The sum of all terms.
    package var total: Int { values.reduce(0, +) }

    /// The sums, term by term.
    package static func + (left: CostTerms, right: CostTerms) -> CostTerms {
        var sum = left
        for index in sum.values.indices { sum.values[index] += right.values[index] }
        return sum
    }

    private static func index(of term: CostTerm) -> Int {
        switch term {
        case .start: 0
        case .gap: 1
        case .spare: 2
        case .preference: 3
        case .rhythm: 4
        case .continuity: 5
        case .site: 6
        case .session: 7
        case .crowding: 8
        case .idle: 9
        case .workload: 10
        }
    }
}

/// A visit of a plan with its place and its cost.
package struct PlannedVisit: Hashable, Sendable {
    /// Its number in the course, from 1.
    package var number: Int
    package var phase: String
    /// What kind of visit it is.
    package var visitType: VisitType
    package var placement: Placement
    /// Its cost by term.
    package var terms: CostTerms

    /// A visit at its place with its cost.
    package init(number: Int, phase: String, visitType: VisitType, placement: Placement, terms: CostTerms) {
        self.number = number
        self.phase = phase
        self.visitType = visitType
        self.placement = placement
        self.terms = terms
    }
}

/// A whole course in its places: the cheapest that keeps every hard rule, and cheapest others.
package struct Plan: Hashable, Sendable {
    package var course: CourseID
    /// The usual time of day it was measured by, minutes on the clock; nil where no planned visit has rhythm.
    package var usual: Int?
    /// The visits in order.
    package var visits: [PlannedVisit]
    /// Other plans, each the cheapest of its first day: cheapest first, equal costs by first day.
    package var alternatives: [Alternative]

    /// A plan of a course.
    package init(course: CourseID, usual: Int?, visits: [PlannedVisit], alternatives: [Alternative] = []) {
        self.course = course
        self.usual = usual
        self.visits = visits
        self.alternatives = alternatives
    }

    /// The cost by term, summed over the visits.
    package var terms: CostTerms { visits.reduce(CostTerms()) { $0 + $1.terms } }

    package var cost: Int { terms.total }
}

/// Another plan: the cheapest that starts on some other day.
package struct Alternative: Hashable, Sendable {
    /// The visits in order.
    package var visits: [PlannedVisit]
    /// How much it costs more than the best plan.
    package var difference: Int

    /// Another plan and its difference from the best.
    package init(visits: [PlannedVisit], difference: Int) {
        self.visits = visits
        self.difference = difference
    }

    /// The cost by term, summed over the visits.
    package var terms: CostTerms { visits.reduce(CostTerms()) { $0 + $1.terms } }

    package var cost: Int { terms.total }
}

/// Why a course cannot be placed: a value, not an error (docs/contract/planning.md section 5).
package struct Refusal: Hashable, Sendable {
    /// A day that the visit could have had, and what closes it.
    package struct ClosedDay: Hashable, Sendable {
        package var day: Day
        /// The first rule whose absence alone would open the day; nil ("several") where there is none.
        package var closedBy: Rule?
        /// Which rules close it where there is none, in the table's order; empty where that was not looked up.
        package var several: [Rule]

        /// A day and the rule that closes it, or where several do which they are.
        package init(day: Day, closedBy: Rule?, several: [Rule] = []) {
            self.day = day
            self.closedBy = closedBy
            self.several = several
        }

        /// By what answers are compared: which rules they are stands beside it.
        package static func == (left: ClosedDay, right: ClosedDay) -> Bool {
            left.day == right.day && left.closedBy == right.closedBy
        }

        /// The same as what answers are compared by.
        package func hash(into hasher: inout Hasher) {
            hasher.combine(day)
            hasher.combine(closedBy)
        }
    }

    /// A single change with which a plan exists.
    package struct Remedy: Hashable, Sendable {
        /// What is changed. The raw value is its name in answers.
        package enum Kind: String, CaseIterable, Hashable, Sendable {
            /// The phase's tolerance wider by `amount` days, before and after; target: the phase.
            case tolerance
            /// The start window longer by `amount` days; target: the course.
            case startWindow
            /// The patient's availability ignored; target: the course.
            case availability
            /// The course's extra chair features dropped; target: the course.
            case features
            /// One more chair like an existing one, always in service; target: that chair.
            case chair
            /// One more person of a role, with the credentials asked, during opening hours; target: the role.
            case person
            /// The first visit's lead time set aside, for the patient is here; target: the rule.
            case leadTime
        }

        package var kind: Kind
        /// What it is changed on.
        package var target: String
        /// By how much: days, or 1.
        package var amount: Int
        /// The cost of the plan that it makes possible.
        package var cost: Int

        /// A change and the cost of the plan that it makes possible.
        package init(kind: Kind, target: String, amount: Int, cost: Int) {
            self.kind = kind
            self.target = target
            self.amount = amount
            self.cost = cost
        }
    }

    package var course: CourseID
    /// The number of the first visit that no chain of allowed visits reaches, from 1.
    package var visit: Int
    package var phase: String
    /// The days it could have had, ascending.
    package var days: [ClosedDay]
    /// What would help, cheapest first.
    package var wouldHelp: [Remedy]

    /// Why a course cannot be placed.
    package init(course: CourseID, visit: Int, phase: String, days: [ClosedDay], wouldHelp: [Remedy]) {
        self.course = course
        self.visit = visit
        self.phase = phase
        self.days = days
        self.wouldHelp = wouldHelp
    }
}
