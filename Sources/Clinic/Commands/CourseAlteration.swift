package import Planning

/// Something to be done with a course that there is; each with a reason (docs/contract/planning.md section 6).
package enum CourseAlteration: Hashable, Sendable {
    /// Its phases, gaps and wishes.
    case pattern(PatternAlteration)
    /// Whether and from when it goes on, and when the rest of it is.
    case lifecycle(LifecycleAlteration)
    /// What goes beside its visits.
    case care(CareAlteration)
    /// A course that is held for somebody, not booked.
    case held(HeldAlteration)
}

/// Something to be done with a course's phases, gaps or wishes.
package enum PatternAlteration: Hashable, Sendable {
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
}

/// Something to be done about whether, from when and when a course goes on.
package enum LifecycleAlteration: Hashable, Sendable {
    /// Paused: what is to come is called off.
    case hold
    /// On again from a day.
    case resume(from: Day)
    case cease
    /// The rest is planned anew.
    case replan
    /// The rest of the phase that is under way is planned so that it ends in time: within so many days after its first
    /// visit, else within its alarm, else its window; at the nearest where there is no such plan and that will do.
    case catchUp(within: Int?, isNearest: Bool)
    /// The phase that is under way and would miss its goal is planned to it, where the configuration lets that happen
    /// by itself.
    case seekGoal
    /// What has come inside the horizon is planned, and nothing moves; a course whose last day is past ends.
    case rollHorizon
}

/// Something to be recorded beside a course's visits.
package enum CareAlteration: Hashable, Sendable {
    /// A payer's word, new or in place of one of the same number.
    case authorise(Authorisation)
    /// Something that visits may not start without is in place.
    case prerequisite(PrerequisiteDone)
    /// A score was taken; gates open and phases end by it.
    case assess(Assessment)
    /// A gate opens, or does not and what is said for that follows.
    case gate(phase: String, opens: Bool)
    /// A task is done, by its id; a review may end the course.
    case taskDone(String, ends: Bool = false)
}

/// Something to be done with a course that is held for somebody.
package enum HeldAlteration: Hashable, Sendable {
    case book
    /// It is given up, or its time is over.
    case release
}
