package import Planning

/// A place that a visit cannot have exactly as it was asked for, and what could be.
package struct Misplaced: Hashable, Sendable {
    /// What could be instead.
    package enum Remedy: Hashable, Sendable {
        /// Another chair at that time, all else as asked.
        case chair(ChairID)
        /// Another person for a label at that time, all else as asked.
        case person(label: String, PersonID)
        /// The best place with what was named, and by how much the visit would cost more.
        case best(Place, cost: Int)
    }

    package let visit: VisitID
    /// The place asked for.
    package let place: Place
    /// The rules that it breaks and that are not set aside, in the table's order; empty where visits do not start then.
    package let rules: [Rule]
    /// Where visits do not start then: the clock times before and after at which they do.
    package let starts: [Int]
    /// Visits that hold the chair, and until when each does, minutes since 1970 UTC.
    package let holders: [Holder]
    /// What could be instead.
    package let remedies: [Remedy]

    /// A visit that holds a chair.
    package struct Holder: Hashable, Sendable {
        package let visit: VisitID
        /// Until when, minutes since 1970 UTC.
        package let until: Int

        /// A visit that holds a chair until a minute.
        package init(visit: VisitID, until: Int) {
            self.visit = visit
            self.until = until
        }
    }

    /// A place that cannot be had, why, and what could be.
    package init(
        visit: VisitID, place: Place, rules: [Rule], starts: [Int] = [], holders: [Holder] = [],
        remedies: [Remedy] = []
    ) {
        self.visit = visit
        self.place = place
        self.rules = rules
        self.starts = starts
        self.holders = holders
        self.remedies = remedies
    }
}
