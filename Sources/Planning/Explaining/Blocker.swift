/// What a rule found in the way of a visit on a day: facts, for others to put into words. Intervals are elapsed minutes
/// of the day.
package struct Blocker: Hashable, Sendable {
    package var rule: Rule
    /// From the first start to the last end that the visit could have had but for the rule; nil where that says
    /// nothing.
    package var span: Interval?
    /// What the rule was asked about.
    package var fact: Fact
    /// Where several rules close the day together: the starts that this one leaves, as [first, last] starts in a row.
    package var leaves: [ClosedRange<Int>]

    /// What a rule was asked about, with what was found.
    package enum Fact: Hashable, Sendable {
        /// When the clinic is open, why it is not where somebody said so, and how many minutes the visit takes.
        case opening([Interval], reason: String?, minutes: Int)
        /// The features asked of a chair, and what keeps each chair from being taken.
        case chairs(features: Set<String>, [ChairFinding])
        /// A label to be filled, the largest load that it asks, and what each person of its role is doing.
        case attendants(label: String, role: String, load: Int, [PersonFinding])
        /// A presence that is not there all the time: its role, and when somebody is.
        case presence(label: String, role: String, [Interval])
        /// The days that the start window allows.
        case startWindow(from: Day, through: Day)
        /// The days allowed from another visit of the course to this one, or back, and the days that it can have
        /// itself.
        case gap(ClosedRange<Int>, visit: Int, from: Day, through: Day)
        /// The phase may take so many days, and its first visit can be on these days.
        case phaseWindow(days: Int, from: Day, through: Day)
        /// Whether it is one of the days on which the patient cannot come, and the patient's hours that day.
        case patient(isBlackout: Bool, [Interval])
        /// The visit that the patient has that day, and when.
        case otherVisit(VisitID, Interval)
        /// The first start that is not too soon, minutes since 1970 UTC.
        case leadTime(earliest: Int)
        /// The course's last day.
        case courseEnd(Day)
        /// Nothing is known of the day: it lies before the first that planning looks at.
        case past
    }

    /// What a rule found.
    package init(
        rule: Rule, span: Interval? = nil, fact: Fact, leaves: [ClosedRange<Int>] = []
    ) {
        self.rule = rule
        self.span = span
        self.fact = fact
        self.leaves = leaves
    }
}

/// What keeps a chair from being taken in a span of a day.
package struct ChairFinding: Hashable, Sendable {
    package var chair: ChairID
    /// Features that it lacks, in order; empty where it would do.
    package var lacks: [String]
    /// When it is out of service in the span.
    package var out: [Interval]
    /// When it is held in the span, turnover included.
    package var held: [Interval]

    /// A chair with what keeps it from being taken.
    package init(chair: ChairID, lacks: [String] = [], out: [Interval] = [], held: [Interval] = []) {
        self.chair = chair
        self.lacks = lacks
        self.out = out
        self.held = held
    }
}

/// What a person is doing in a span of a day, as far as a label is concerned.
package struct PersonFinding: Hashable, Sendable {
    /// Why a person is not there.
    package enum Absence: String, CaseIterable, Hashable, Sendable {
        /// A break of the shift.
        case breakTime = "break"
        /// Away, such as ill or on leave.
        case away
        case noShift
    }

    /// A stretch in which the person is not there.
    package struct Gap: Hashable, Sendable {
        package var interval: Interval
        package var absence: Absence

        /// A stretch with its reason.
        package init(_ interval: Interval, _ absence: Absence) {
            self.interval = interval
            self.absence = absence
        }
    }

    /// What the person is doing.
    package enum State: Hashable, Sendable {
        /// Could carry the visit, as far as this person goes.
        case free
        /// Lacks a credential, or it is no longer valid: names with the last valid day, nil where it was never held.
        case unqualified([String: Day?])
        /// Not there during all of the span, or some of it.
        case absent([Gap], whole: Bool)
        /// Carries less than the visit asks at its most, whatever else there is: percent.
        case limited(capacity: Int)
        /// Carries others: so many visits with a load above 50 in the span, and at most so many others at a time.
        case busy(starting: Int, watching: Int)
    }

    package var person: PersonID
    /// What they are doing.
    package var state: State

    /// A person with what they are doing.
    package init(person: PersonID, state: State) {
        self.person = person
        self.state = state
    }
}

/// A day that a visit could not have: the rule that closes it, and the facts.
package struct DayClosing: Hashable, Sendable {
    package var day: Day
    /// The first rule whose absence alone would open the day; nil ("several") where there is none.
    package var closedBy: Rule?
    /// What the rule found; where several close the day, what each of them found.
    package var blockers: [Blocker]

    /// A closed day with the facts.
    package init(day: Day, closedBy: Rule?, blockers: [Blocker]) {
        self.day = day
        self.closedBy = closedBy
        self.blockers = blockers
    }
}
