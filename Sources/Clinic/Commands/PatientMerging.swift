import HashTreeCollections
import Planning

// Whose courses are: entries that turn out to be one patient, courses that were booked for somebody else, patients who
// come no more.

/// Makes two entries one. What was booked stays where it is, and what was told stays told: it is one person.
func decideMerge(
    _ patient: PatientID, into other: PatientID, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    let state = context.state
    for id in [patient, other] where state.patients[id] == nil { throw .refused(.unknown(.patient, id.text)) }
    guard patient != other else { throw .unchangeable(.samePatient(patient)) }
    if case .merged? = state.patients[patient]?.standing { throw .unchangeable(.patientGone(patient)) }
    try state.requireOpen(other)
    let courses = state.courses(of: patient)
    let visits = courses.flatMap(state.visits(of:))
    try state.requireOwnDays(visits, with: other, from: context.today)
    let merge = PatientMerge(
        from: patient, into: other, courses: courses.map(\.id),
        visits: visits.map(\.id).sorted { $0.number < $1.number })
    return .accepted([.patient(.merged(merge))], PrivateDetails(), .patientChanged(other, []))
}

/// Gives a course to the patient whom it was meant for. They have heard nothing yet of what is to come; who was told of
/// it is to be told that it is not theirs.
func decideGive(
    _ course: CourseID, to patient: PatientID, _ reason: Reason.Code, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    let state = context.state
    var draft = try CourseDraft(course, reason, context)
    guard state.patients[patient] != nil else { throw .refused(.unknown(.patient, patient.text)) }
    guard draft.patient != patient else { throw .unchangeable(.samePatient(patient)) }
    try state.requireOpen(patient)
    try state.requireOwnDays(draft.original.map(state.visits(of:)) ?? [], with: patient, from: context.today)
    for (id, image) in draft.visits {
        switch image.status {
        case .arrived, .inProgress, .completed:
            // Whose visit it is came to it, by the record: they count on no other time.
            draft.visits[id]?.formerPatients.removeAll { $0.patient == patient }
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted:
            draft.visits[id]?.give(from: draft.patient, to: patient)
        }
    }
    draft.patient = patient
    guard case .accepted(let events, let beside, let reply) = draft.decision(.courseGiven) else {
        preconditionFailure("a course of another patient is another course")
    }
    return .accepted(state.leavingWaitingList(course) + events, beside, reply)
}

/// Ends everything of a patient who comes no more.
func decideClose(
    _ patient: PatientID, _ why: ClosingReason, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    let state = context.state
    guard state.patients[patient] != nil else { throw .refused(.unknown(.patient, patient.text)) }
    try state.requireOpen(patient)
    var events: [Event] = []
    var differences: [PlanDifference] = []
    for course in state.courses(of: patient) where course.status.isOpen {
        events += state.leavingWaitingList(course.id)
        var draft = try CourseDraft(course.id, .other, context)
        let decision: Decision
        if draft.progress.heldUntil == nil {
            draft.cease()
            decision = draft.decision(.courseCeased)
        } else {
            decision = try decideHeld(.release, draft)
        }
        guard case .accepted(let more, _, .changed(var difference)) = decision else { continue }
        events += more
        difference.calls = []
        differences.append(difference)
    }
    events.append(.patient(.closed(patient, why)))
    return .accepted(events, PrivateDetails(), .patientChanged(patient, differences))
}

/// A patient comes again; courses stay as they are.
func reopen(_ patient: PatientID, _ state: ClinicState) throws(DecisionFailure) -> Decision {
    switch state.patients[patient]?.standing {
    case nil: throw .refused(.unknown(.patient, patient.text))
    case .open?: throw .unchangeable(.patientOpen(patient))
    case .merged?: throw .unchangeable(.patientGone(patient))
    case .closed?: return .accepted([.patient(.reopened(patient))], PrivateDetails(), .patientChanged(patient, []))
    }
}

extension ClinicState {
    /// That a patient can be booked for.
    func requireOpen(_ patient: PatientID) throws(DecisionFailure) {
        switch patients[patient]?.standing {
        case nil, .open?: return
        case .merged?, .closed?: throw .unchangeable(.patientGone(patient))
        }
    }

    /// That none of some visits, from a day on, is on a day on which a patient has another.
    fileprivate func requireOwnDays(
        _ visits: [Visit], with patient: PatientID, from day: Day
    ) throws(DecisionFailure) {
        var taken: [Day: VisitID] = [:]
        for visit in courses(of: patient).flatMap(self.visits(of:)) where visit.status.occupies {
            taken[visit.day] = visit.id
        }
        for visit in visits.sorted(by: { $0.place.minute < $1.place.minute })
        where visit.status.occupies && visit.day >= day {
            if let other = taken[visit.day] { throw .unchangeable(.sameDay(visit.id, other)) }
        }
    }

    /// The events by which what waits of a course waits no longer.
    fileprivate func leavingWaitingList(_ course: CourseID) -> [Event] {
        waitingList.filter { $0.course == course }.flatMap { entry -> [Event] in
            let offer = offer(to: entry.id).map { OfferClosed(offer: $0, outcome: .withdrawn) }
            return (offer.map { [.waiting(.offerClosed($0))] } ?? []) + [.waiting(.removed(entry))]
        }
    }

    /// Why events cannot be: they leave a course open, or bring one, of a patient who comes no more.
    func obstacle(to events: [Event]) -> Unchangeable? {
        for event in events {
            var owners = event.courseChanges.filter(\.after.status.isOpen).map(\.patient)
            if case .course(.booked(let booked)) = event { owners.append(booked.patient) }
            for owner in owners {
                switch patients[owner]?.standing {
                case nil, .open?: continue
                case .merged?, .closed?: return .patientGone(owner)
                }
            }
        }
        return nil
    }
}
