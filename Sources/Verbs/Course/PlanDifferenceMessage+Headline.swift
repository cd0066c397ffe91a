import Wire

extension PlanDifferenceMessage {
    /// What is done, as a headline.
    var headline: String {
        let visit = about ?? "a visit of \(course)"
        return switch action {
        case .visitConfirmed: "\(visit) is confirmed"
        case .visitPinned: "\(visit) is pinned"
        case .visitUnpinned: "\(visit) is not pinned any more"
        case .visitCancelled: "\(visit) is called off"
        case .visitNotShown: "\(visit): \(Names.current.who(patient)) did not come"
        case .visitNotTreated: "\(visit): \(Names.current.who(patient)) was not treated"
        case .visitOmitted: "\(visit) is left out"
        case .visitMoved: "\(visit) is moved"
        case .visitMadeUp: "\(visit) is made up for"
        case .visitDeferred: isBroughtForward ? "\(visit) is brought forward" : "\(visit) is put off"
        case .ruleOverridden: "\(detail ?? "a rule") is set aside for \(visit)"
        case .factRecorded: "\(visit): \(fact)"
        case .factCorrected: "\(visit): set right that \(fact)"
        case .callRecorded: "\(visit): the call is recorded"
        case .authorisationRecorded: "the payer's authorisation of \(course) is recorded"
        case .prerequisiteDone: "\(course): \(detail ?? "what it needs") is in place"
        case .assessed: "\(course): \(detail.map { "the score of \($0)" } ?? "a score") is recorded"
        case .gateOpened: "\(course): \(gate) opens"
        case .gateClosed: "\(course): \(gate) does not open"
        case .taskDone: "\(course): \(detail ?? "a task") is done"
        case .proposalHeld: "\(course) is held"
        case .heldProposalBooked: "\(course) is booked"
        case .holdExpired: "\(course) was held too long"
        case .holdReleased: "\(course) is given up"
        case .offerAccepted: "\(about ?? course) moves to the place offered"
        case .undone: "the last change of \(course) is taken back"
        case .visitsAppended, .phaseExtended, .phaseEnded, .courseChanged, .courseAdvanced, .courseSteppedBack,
            .courseHeld, .courseResumed, .courseCeased, .courseEnded, .courseAdopted, .courseImported,
            .courseReplanned, .courseCaughtUp, .courseGiven, .horizonRolled, .courseRepaired, .courseImproved,
            .courseYielded, .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
            .patientDetailsChanged, .patientsMerged, .patientsSeparated, .patientClosed, .patientReopened,
            .templateRecorded, .courseBooked, .courseRefused, .timeOffAdded, .timeOffRemoved, .outageAdded,
            .outageRemoved, .closureAdded, .closureRemoved, .openingAdded, .openingRemoved, .shiftAdded, .shiftRemoved,
            .visitsRetimed, .alertRaised, .waitingAdded, .waitingRemoved, .offerMade, .offerClosed, .placesFreed,
            .visitsHit, .visitsRearranged, .repairProposed, .read, .unknown:
            courseHeadline
        }
    }

    private var courseHeadline: String {
        switch action {
        case .visitsAppended: "\(course) has \(moreVisits)"
        case .phaseExtended: "\(course): \(detail ?? "a phase") has \(moreVisits)"
        case .phaseEnded: "\(course): \(detail ?? "a phase") ends"
        case .courseChanged: "\(course) is changed"
        case .courseAdvanced: "\(course) goes on to \(detail ?? "its next phase")"
        case .courseSteppedBack: "\(course) goes back a phase"
        case .courseHeld: "\(course) is on hold"
        case .courseResumed: "\(course) goes on"
        case .courseCeased: "\(course) ends early"
        case .courseEnded: "\(course) is over"
        case .courseAdopted: "\(course) is taken over"
        case .courseReplanned: "\(course) is planned anew"
        case .courseCaughtUp: "\(course) catches up"
        case .courseGiven: "\(course) is now of \(Names.current.text(patient))"
        case .horizonRolled: "\(course) is planned further ahead"
        case .courseImported, .courseRepaired, .courseImproved, .courseYielded, .visitConfirmed, .visitPinned,
            .visitUnpinned, .visitCancelled, .visitNotShown, .visitNotTreated, .visitOmitted, .visitMoved, .visitMadeUp,
            .visitDeferred,
            .ruleOverridden, .factRecorded, .factCorrected, .callRecorded, .authorisationRecorded, .prerequisiteDone,
            .assessed,
            .gateOpened, .gateClosed, .taskDone, .proposalHeld, .heldProposalBooked, .holdExpired, .holdReleased,
            .offerAccepted, .undone, .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded,
            .patientsImported, .patientDetailsChanged, .patientsMerged, .patientsSeparated, .patientClosed,
            .patientReopened, .templateRecorded, .courseBooked, .courseRefused, .timeOffAdded,
            .timeOffRemoved, .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded,
            .openingRemoved, .shiftAdded, .shiftRemoved, .visitsRetimed, .alertRaised, .waitingAdded, .waitingRemoved,
            .offerMade, .offerClosed, .placesFreed, .visitsHit, .visitsRearranged, .repairProposed, .read, .unknown:
            "\(course): \(action)"
        }
    }

    /// What happened on the visit's day.
    private var fact: String {
        switch detail.map({ FactCode($0) }) {
        case .arrived: "the patient came"
        case .escortConfirmed: "an escort is known"
        case .checkMet: "an arrival check is met"
        case .started: "the first stage began"
        case .stageBegun: "the next stage began"
        case .paused: "interrupted"
        case .continued: "went on"
        case .delayed: "begins later"
        case .discharged: "the patient left"
        case .overridden, .called, .seated, .attended, .unknown, nil: "recorded"
        }
    }

    private var gate: String { detail.map { "the gate of \($0)" } ?? "a gate" }

    /// How many visits a phase has more, where they have places.
    private var moreVisits: String {
        let count = visits.count { $0.before == nil && (detail == nil || $0.after?.phase == detail) }
        return count == 0 ? "more visits" : counted(count, "visit") + " more"
    }
}

extension PlanDifferenceMessage {
    /// Whether the visit that it is about has an earlier start now.
    fileprivate var isBroughtForward: Bool {
        let change = visits.first { $0.id == about }
        guard let before = change?.before?.start, let after = change?.after?.start else { return false }
        return after < before
    }
}
