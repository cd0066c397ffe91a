package import Planning

/// Why a course or visit cannot be changed so.
package enum Unchangeable: Hashable, Sendable {
    /// The visit is not at a stage for this.
    case visit(VisitID, VisitStatus)
    /// The course is not at a stage for this.
    case course(CourseID, CourseStatus)
    /// The course is held for somebody, not booked; or the time for which it was held is over.
    case held(CourseID)
    /// The patient has this course by the same regimen, which is not over.
    case hasCourse(CourseID)
    /// The gate of the visit's phase has not opened.
    case gateClosed(phase: String)
    /// No approved authorisation covers the visit with one left.
    case authorisation(VisitID)
    /// The task is no review, and a course ends by nothing else that is done.
    case noReview(String)
    /// Nothing overrides the rule.
    case physical(Rule)
    /// The place breaks rules that are not set aside.
    case breaks([Rule])
    /// Nothing says how far apart visits of the phase are: it had one.
    case noGaps(CourseID, phase: String)
    /// A phase ends after this many visits at the earliest.
    case tooFewVisits(phase: String, minimum: Int)
    /// A start asks for these, and they are missing.
    case missing([String])
    /// A measure cannot have this score.
    case scoreOutside(measure: String, score: Int, of: ClosedRange<Int>)
    /// What is told lies in the future.
    case future(Instant)
    /// What is told cannot well be meant.
    case slip(FactSlip)
    /// The visit has not begun; nothing but a start begins it.
    case notBegun(VisitID)
    /// The visit was lost, and another that makes up for it has been begun or given.
    case madeUp(VisitID, by: VisitID)
    /// Nobody is to call that patient about the visit: it is another one's, and they do not expect to come to it.
    case othersVisit(VisitID, PatientID)
    /// The visit cannot have the place asked for, exactly so.
    case misplaced(Misplaced)
    /// Something happened to the course since, in this event.
    case changedSince(event: Int)
    /// The event cannot be taken back.
    case lasting(event: Int)
    /// The waiting list, or an offer of a place, does not allow it.
    case waiting(WaitingConflict)
    /// No phase of the course that has begun and goes on has a window.
    case noWindow(CourseID)
    /// The phase cannot end in time.
    case windowLost(WindowLost)
    /// The patient comes no more, or is another entry's; the state says which.
    case patientGone(PatientID)
    /// The patient has not been closed.
    case patientOpen(PatientID)
    /// What is to become the patient's is theirs already.
    case samePatient(PatientID)
    /// A visit would stand on the day of another one of the same patient.
    case sameDay(VisitID, VisitID)
}

/// Why an entry of the waiting list cannot be added, offered a place, or given it.
package enum WaitingConflict: Hashable, Sendable {
    /// The same course or visit waits already, under this id.
    case waitsAlready(WaitingID)
    /// A place is offered to the entry already.
    case hasOffer(OfferID)
    /// The entry cannot take the place, or gains nothing by it.
    case gainsNothing(WaitingID)
    /// The time for which the place was held is over.
    case offerOver(OfferID)
    /// The visits of the offer are not where they were when it was made.
    case offerVoid(OfferID)
}

/// What stands in the way of deciding, on its way out.
enum DecisionFailure: Error {
    case refused(ClinicRefusal)
    case needsDays(Day)

    /// The refusal that it is.
    ///
    /// - Throws: the days, where these stand in the way.
    var refusal: ClinicRefusal {
        get throws(NeedsDays) {
            switch self {
            case .refused(let refusal): return refusal
            case .needsDays(let day): throw NeedsDays(through: day)
            }
        }
    }

    static func unchangeable(_ why: Unchangeable) -> DecisionFailure { .refused(.unchangeable(why)) }
}
