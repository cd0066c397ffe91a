package import Planning

/// Something to be done with one visit; each with a reason (PLANNING.md section 6).
package enum VisitOrder: Hashable, Sendable {
    /// The patient agrees to its time.
    case confirm
    /// No plan may move it, or any may again.
    case pin(Bool)
    /// It is called off; how late is measured in business hours.
    case cancel(isMadeUp: Bool)
    /// The patient did not come.
    case noShow(isMadeUp: Bool)
    /// The patient came and was not treated.
    case notTreated(VisitStatus.Obstacle, isMadeUp: Bool)
    /// It is left out of the course for good.
    case omit
    /// It goes to another place; later visits keep theirs.
    case move(PlaceWish)
    /// It takes place on a day or later; later visits keep their dates, or follow.
    case postpone(until: Day, later: Later)
    /// A policy rule is set aside for it; its next move may break the rule.
    case override(Rule)

    /// What becomes of later visits.
    package enum Later: String, CaseIterable, Hashable, Sendable { case keep, shift }
}

/// Something to be done with a course; each with a reason (PLANNING.md section 6).
package enum CourseAlteration: Hashable, Sendable {
    /// So many visits more of a phase; of the last one where none is named.
    case extend(phase: String?, visits: Int)
    /// A phase ends with the visits that it has had.
    case end(phase: String)
    /// On to the next phase.
    case advance
    /// Back to the phase before for so many visits, then on with the present one.
    case stepBack(visits: Int)
    /// The patient's wishes are others from a day on, or at once.
    case change(CourseWish, from: Day?)
    /// Another rhythm of days for what is left of a phase, from a day on or at once.
    case regap(phase: String, gaps: [Int], before: Int, after: Int, from: Day?)
    /// Paused: what is to come is called off.
    case hold
    /// On again from a day.
    case resume(from: Day)
    /// Ended early.
    case cease
    /// The rest is planned anew.
    case replan
    /// What has come inside the horizon is planned; nothing moves.
    case rollHorizon
    /// A payer's word, new or in place of one of the same number.
    case authorise(Authorisation)
    /// Something that visits may not start without is in place.
    case prerequisite(PrerequisiteDone)
    /// A score was taken; gates open and phases end by it.
    case assess(Assessment)
    /// A gate opens, or does not and what is said for that follows.
    case gate(phase: String, opens: Bool)
    /// A task is done, by its id.
    case taskDone(String)
    /// A course that was held for somebody is booked.
    case bookHeld
    /// A course that was held for somebody is given up, or its time is over.
    case release
}

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

/// Why a course or visit cannot be changed so.
package enum Unchangeable: Hashable, Sendable {
    /// The visit is not at a stage for this.
    case visit(VisitID, VisitStatus)
    /// The course is not at a stage for this.
    case course(CourseID, CourseStatus)
    /// The course is held for somebody, not booked; or the time for which it was held is over.
    case held(CourseID)
    /// The gate of the visit's phase has not opened.
    case gateClosed(phase: String)
    /// No approved authorisation covers the visit with one left.
    case authorisation(VisitID)
    /// Nothing overrides the rule.
    case physical(Rule)
    /// The place breaks rules that are not set aside.
    case breaks([Rule])
    /// A phase ends after this many visits at the earliest.
    case tooFewVisits(phase: String, minimum: Int)
    /// A start asks for these, and they are missing.
    case missing([String])
    /// What is told lies in the future.
    case future(Instant)
    /// Something happened to the course since, in this event.
    case changedSince(event: Int)
    /// The event cannot be taken back.
    case lasting(event: Int)
}

/// What stands in the way of deciding, on its way out.
enum Obstacle: Error {
    case refused(ClinicRefusal)
    case needsDays(Day)

    static func unchangeable(_ why: Unchangeable) -> Obstacle { .refused(.unchangeable(why)) }
}
