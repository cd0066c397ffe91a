/// The answer to why a visit is not on some day: the rules that close the day, or what it would cost there
/// (docs/contract/planning.md section 5).
package struct DayAnswer: Hashable, Sendable {
    /// What becomes of the visit on the day.
    package enum Outcome: Hashable, Sendable {
        /// It is on this day.
        case chosen
        case closed(DayClosing)
        /// It could be, and then a later visit would have no day: its number, its phase, and what closes its days.
        case blocksLater(visit: Int, phase: String, [DayClosing])
        case costs(Possibility)
    }

    /// How it would be with the visit on the day.
    package struct Possibility: Hashable, Sendable {
        /// The visits as they would be then. Of a plan all; of a booked course, whose other visits stay, this one and
        /// the next.
        package var visits: [PlannedVisit]
        /// How much more they would cost than now, by term; less than 0 where they would cost less.
        package var difference: CostTerms
        /// The numbers of other visits that would have another day or start.
        package var moved: [Int]

        /// The visits as they would be, and what that changes.
        package init(visits: [PlannedVisit], difference: CostTerms, moved: [Int]) {
            self.visits = visits
            self.difference = difference
            self.moved = moved
        }

        init(_ visits: [PlannedVisit], insteadOf now: [PlannedVisit], asked number: Int) {
            self.visits = visits
            var difference = CostTerms()
            for term in CostTerm.allCases {
                difference[term] =
                    visits.reduce(0) { $0 + $1.terms[term] } - now.reduce(0) { $0 + $1.terms[term] }
            }
            self.difference = difference
            let places = Dictionary(now.map { ($0.number, $0.placement) }) { first, _ in first }
            moved = visits.filter { visit in
                guard let place = places[visit.number], visit.number != number else { return false }
                return place.day != visit.placement.day || place.start != visit.placement.start
            }.map(\.number)
        }
    }

    /// Another day on which the visit could be.
    package struct NearDay: Hashable, Sendable {
        package var day: Day
        /// How much more it would cost there than it does now.
        package var difference: Int

        /// A day with what it would cost more.
        package init(day: Day, difference: Int) {
            self.day = day
            self.difference = difference
        }
    }

    /// One more of something on that day, with which the visit could be there.
    package struct More: Hashable, Sendable {
        /// A chair like an existing one, or a person of a role.
        package enum Kind: String, CaseIterable, Hashable, Sendable { case chair, person }

        /// What there would be one more of.
        package var kind: Kind
        /// The chair that it is like, or the role.
        package var target: String

        /// One more of something.
        package init(kind: Kind, target: String) {
            self.kind = kind
            self.target = target
        }
    }

    /// The visit's number in its course, from 1.
    package var visit: Int
    /// The day asked about.
    package var day: Day
    /// What becomes of the visit there.
    package var outcome: Outcome
    /// The nearest other days on which it could be, the nearest first; asked for where it cannot be on this one.
    package var nearest: [NearDay] = []
    /// What single addition on the day would open it; asked for where the day is closed.
    package var wouldHelp: [More] = []

    /// An answer about a visit and a day.
    package init(visit: Int, day: Day, outcome: Outcome, nearest: [NearDay] = [], wouldHelp: [More] = []) {
        self.visit = visit
        self.day = day
        self.outcome = outcome
        self.nearest = nearest
        self.wouldHelp = wouldHelp
    }
}

/// How many other days an answer names, and how far it looks for them.
enum NearDays {
    static let count = 2
    static let reach = 7

    /// Days by their distance from a day, the earlier first.
    static func around(_ day: Day) -> [Day] { (1...reach).flatMap { [day - $0, day + $0] } }
}
