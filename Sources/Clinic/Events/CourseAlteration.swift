package import Planning

/// Something to be done with a course; each with a reason (docs/contract/planning.md section 6).
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
    /// The rest of the phase that is under way is planned so that it ends in time: within so many days after its first
    /// visit, else within its alarm, else its window; at the nearest where there is no such plan and that will do.
    case catchUp(within: Int?, isNearest: Bool)
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
