import Wire

extension PlanDifferenceMessage {
    /// What is done, as a headline.
    var headline: String {
        let visit = about ?? "a visit of \(course)"
        return switch action {
        case "visitConfirmed": "\(visit) is confirmed"
        case "visitPinned": "\(visit) is pinned"
        case "visitUnpinned": "\(visit) is not pinned any more"
        case "visitCancelled": "\(visit) is called off"
        case "visitNotShown": "\(visit): the patient did not come"
        case "visitNotTreated": "\(visit): the patient was not treated"
        case "visitOmitted": "\(visit) is left out"
        case "visitMoved": "\(visit) is moved"
        case "visitDeferred": "\(visit) is put off"
        case "ruleOverridden": "a rule is set aside for \(visit)"
        case "factRecorded": "\(visit): recorded"
        case "callRecorded": "\(visit): the call is recorded"
        default: courseHeadline
        }
    }

    private var courseHeadline: String {
        switch action {
        case "visitsAppended": "\(course) has more visits"
        case "phaseExtended": "\(course): a phase is longer"
        case "phaseEnded": "\(course): a phase ends"
        case "courseChanged": "\(course) is changed"
        case "courseAdvanced": "\(course) goes on to its next phase"
        case "courseSteppedBack": "\(course) goes back a phase"
        case "courseHeld": "\(course) is on hold"
        case "courseResumed": "\(course) goes on"
        case "courseCeased": "\(course) ends early"
        case "courseCompleted": "\(course) is completed"
        case "courseAdopted": "\(course) is taken over"
        case "courseReplanned": "\(course) is planned anew"
        case "courseCaughtUp": "\(course) catches up"
        case "horizonRolled": "\(course) is planned further ahead"
        default: besideHeadline
        }
    }

    private var besideHeadline: String {
        switch action {
        case "authorisationRecorded": "the payer's word on \(course) is recorded"
        case "prerequisiteDone": "what \(course) needs is recorded"
        case "assessed": "a score of \(course) is recorded"
        case "gateOpened": "a gate of \(course) opens"
        case "gateClosed": "a gate of \(course) does not open"
        case "taskDone": "a task of \(course) is done"
        case "proposalHeld": "\(course) is held"
        case "heldProposalBooked": "\(course) is booked"
        case "holdExpired": "\(course) was held too long"
        case "holdReleased": "\(course) is given up"
        case "offerAccepted": "\(about ?? course) moves to the place offered"
        case "undone": "the last change of \(course) is taken back"
        default: "\(course): \(action)"
        }
    }
}
