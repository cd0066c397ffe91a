package import Planning

/// Something to be done with one course.
package enum CourseCommand: Hashable, Sendable {
    /// Plan a course in this turn and book it.
    case book(CourseOrder)
    /// Book what was proposed, or the alternative of an index, without planning again.
    case bookProposal(Proposal, alternative: Int?)
    /// Hold what was proposed, or the alternative of an index, until an instant.
    case holdProposal(Proposal, alternative: Int?, until: Instant)
    /// Take over a course that is running elsewhere.
    case adopt(CourseOrder, CourseProgress.Adopted)
    /// A course that was booked for the wrong patient becomes another one's.
    case give(CourseID, to: PatientID, Reason.Code)
    /// Do something with a course, for a reason. With `keepsWindow` it is refused where what is planned anew cannot
    /// keep the window of the phase.
    case alter(CourseID, CourseAlteration, Reason.Code, keepsWindow: Bool = false)
}

func decide(_ command: CourseCommand, _ basis: Basis) throws(DecisionFailure) -> Decision {
    let (state, calendar, now) = (basis.state, basis.calendar, basis.now)
    switch command {
    case .book(let order): return try book(order, basis)
    case .bookProposal(let proposal, let alternative):
        return try book(proposal, alternative: alternative, state, calendar, now, isTold: basis.isTold)
    case .holdProposal(let proposal, let alternative, let until):
        return try hold(proposal, alternative: alternative, until: until, state, calendar, now)
    case .adopt(let order, let adopted): return try adoptCourse(order, adopted, try basis.context)
    case .give(let course, let patient, let reason):
        return try decideGive(course, to: patient, reason, try basis.context)
    case .alter(let course, let alteration, let reason, let keepsWindow):
        return try decide(alteration, course, reason, keepsWindow: keepsWindow, try basis.context)
    }
}
