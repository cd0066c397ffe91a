package import Planning

/// What changes in a course: how it was and how it will be, visit by visit.
package struct PlanDifference: Hashable, Sendable {
    /// A visit before and after.
    package typealias Row = CourseChanged.VisitChange

    /// The course.
    package let course: CourseID
    /// The visits that change, ascending by the number in their id.
    package let visits: [Row]
    /// The cost of its planned visits before, without what moving costs.
    package let costBefore: Int
    /// The same after.
    package let costAfter: Int
    /// Visits of which the patient must be told another time, or their end.
    package let calls: [VisitID]
    /// Why a lost visit has no new place yet, where that is so.
    package let unplaced: Refusal?

    /// What an event changes.
    package init(_ changed: CourseChanged, unplaced: Refusal? = nil) {
        course = changed.course
        visits = changed.visits
        func cost(_ images: [VisitImage?]) -> Int {
            images.compactMap(\.self).filter(\.status.occupies).reduce(0) { $0 + $1.terms.total }
        }
        costBefore = cost(changed.visits.map(\.before))
        costAfter = cost(changed.visits.map(\.after))
        calls = changed.visits.filter { change in
            let knew = change.before?.told ?? false
            if change.after?.needsCall ?? false { return !(change.before?.needsCall ?? false) || change.isMoved }
            return knew && change.id != changed.about && !(change.after?.status.occupies ?? false)
        }.map(\.id)
        self.unplaced = unplaced
    }
}

extension CourseChanged.VisitChange {
    /// Whether it has another day or time than before.
    package var isMoved: Bool {
        guard let before, let after, before.status.occupies, after.status.occupies else { return false }
        return before.place.start != after.place.start
    }
}
