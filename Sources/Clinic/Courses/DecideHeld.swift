package import Planning

/// Books what was proposed for somebody who is still to agree: it occupies like any booked course until it is booked,
/// is given up, or its time is over.
func hold(
    _ proposal: Proposal, alternative: Int?, until: Instant, _ state: ClinicState, _ calendar: PlanningCalendar,
    _ now: Instant
) throws(DecisionFailure) -> Decision {
    guard until > now else { return .refused(.endsBeforeStart, []) }
    let decision = try book(proposal, alternative: alternative, state, calendar, now)
    guard case .accepted(let events, let beside, let reply) = decision,
        case .course(.booked(let booked))? = events.last
    else { return decision }
    // Nobody has agreed to anything yet.
    let visits = booked.visits.map { visit in
        var image = visit.image
        image.status = .tentative
        image.heard = nil
        return CourseBooked.BookedVisit(id: visit.id, image: image)
    }
    let plain = CourseBooked(
        course: booked.course, patient: booked.patient, template: booked.template, wish: booked.wish,
        usual: booked.usual, visits: visits)
    func image(_ progress: CourseProgress) -> CourseImage {
        CourseImage(
            template: booked.template, wish: booked.wish, status: .active, usual: booked.usual, progress: progress)
    }
    var progress = CourseProgress()
    progress.heldUntil = until
    let held = CourseChanged(
        action: .proposalHeld, course: booked.course, patient: booked.patient, before: image(CourseProgress()),
        after: image(progress), visits: [])
    return .accepted(events.dropLast() + [.course(.booked(plain)), .course(.changed(held))], beside, reply)
}

/// Books a held course for good, or gives it up.
func decideHeld(_ alteration: HeldAlteration, _ draft: CourseDraft) throws(DecisionFailure) -> Decision {
    var draft = draft
    guard let until = draft.progress.heldUntil else { throw .unchangeable(.course(draft.course, draft.status)) }
    draft.progress.heldUntil = nil
    switch alteration {
    case .book:
        guard draft.context.now < until else { throw .unchangeable(.held(draft.course)) }
        let visits = draft.visits.sorted { ($0.value.number, $0.key.number) < ($1.value.number, $1.key.number) }
        for (id, image) in visits where draft.template.phase(image.phase)?.confirm == .booking {
            draft.visits[id]?.heard = .at(image.place.start)
            draft.agree(to: id)
        }
        return draft.decision(.heldProposalBooked)
    case .release:
        draft.visits = [:]
        draft.status = .ceased
        return draft.decision(draft.context.now < until ? .holdReleased : .holdExpired)
    }
}

extension ClinicState {
    /// Courses that are held for somebody and whose time is over at an instant, in the order in which they were held:
    /// the service releases each before it decides on anything else.
    package func expiredHolds(at now: Instant) -> [CourseID] {
        allCourses.filter { course in course.progress.heldUntil.map { $0 <= now } ?? false }.map(\.id)
    }

    /// Active courses whose open-ended phase may have visits that have come inside the horizon, and those that end by
    /// themselves after some day; each is asked to `rollHorizon` once a night.
    package var coursesToRoll: [CourseID] {
        allCourses.filter { course in
            course.status == .active && course.progress.heldUntil == nil
                && (course.template.regimen.phases.last?.count == .open || course.wish.endDay != nil)
        }.map(\.id)
    }
}
