internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

extension JournalText {
    /// What the journal is told of an event about a course.
    func entries(of event: CourseEvent) -> [JournalEntry] {
        switch event {
        case .booked(let booked): [entry(of: booked)]
        case .refused(let refused): [entry(of: refused)]
        case .changed(let changed): entries(of: changed)
        case .templateRecorded: []
        }
    }

    private func entry(of booked: CourseBooked) -> JournalEntry {
        let first = booked.visits.first.map { " from \($0.image.place.day)" } ?? ""
        let visits = counted(booked.visits.count, "visit")
        return entry(
            .courseBooked, "course \(booked.course) booked for patient \(booked.patient): \(visits)\(first)",
            fields: [.course(booked.course.text), .patient(booked.patient.text), .count(booked.visits.count)])
    }

    private func entry(of refused: CourseRefused) -> JournalEntry {
        let rules = refused.rules.isEmpty ? "several" : refused.rules.map(\.rawValue).joined(separator: ", ")
        let visit = refused.visit.map { " at visit \($0)" } ?? ""
        return entry(
            .courseRefused, "course by \(refused.regimen) refused for patient \(refused.patient)\(visit): \(rules)",
            fields: [.patient(refused.patient.text)] + (refused.rules.first.map { [.rule($0.rawValue)] } ?? []))
    }

    /// What is told of a changed course: what became of it, and a place that came free and may be of use.
    private func entries(of changed: CourseChanged) -> [JournalEntry] {
        let course: [JournalField] = [.course(changed.course.text), .patient(changed.patient.text)]
        let about = changed.about.flatMap { id in changed.visits.first { $0.id == id } }
        var entries: [JournalEntry] = []
        func tell(_ kind: MessageKind, _ message: String, _ fields: [JournalField]) {
            entries.append(entry(kind, message, fields: fields))
        }
        switch changed.action {
        case .visitNotShown, .visitNotTreated, .visitCancelled:
            if let about, let (kind, message) = loss(of: about) { tell(kind, message, course + fields(of: about)) }
        case .courseHeld:
            tell(.courseHeld, "course \(changed.course) is on hold", course)
        case .courseCeased:
            tell(.courseCeased, "course \(changed.course) has ended early", course)
        case .courseAdopted:
            let first = changed.visits.compactMap(\.after?.place.day).min().map { " from \($0)" } ?? ""
            tell(
                .courseBooked,
                "course \(changed.course) taken over for patient \(changed.patient): "
                    + "\(counted(changed.visits.count, "visit"))\(first)", course + [.count(changed.visits.count)])
        case .courseGiven:
            tell(.courseChanged, "course \(changed.course) was booked for the wrong patient and is given", course)
        case .proposalHeld, .holdExpired: return []
        case .visitConfirmed, .visitPinned, .visitUnpinned, .visitOmitted, .visitMoved, .visitMadeUp, .visitDeferred,
            .visitsAppended, .ruleOverridden, .factRecorded, .factCorrected, .callRecorded, .phaseExtended, .phaseEnded,
            .courseChanged, .courseAdvanced, .courseSteppedBack, .courseResumed, .courseEnded, .courseImported,
            .courseReplanned, .courseCaughtUp, .horizonRolled, .courseRepaired, .courseImproved, .courseYielded,
            .authorisationRecorded, .prerequisiteDone, .assessed, .gateOpened, .gateClosed, .taskDone,
            .heldProposalBooked, .holdReleased, .offerAccepted, .undone:
            break
        }
        let moved = changed.visits.filter(\.changesPlace)
        if entries.isEmpty, !moved.isEmpty {
            let what =
                changed.action == .horizonRolled
                ? "planned further ahead: \(counted(moved.count, "visit")) added"
                : "changed: \(counted(moved.count, "visit")) moved, added or left out"
            tell(.courseChanged, "course \(changed.course) \(what)", course + [.count(moved.count)])
        }
        return entries + (slipping(changed).map { [$0] } ?? []) + moved.compactMap(freed)
    }

    /// That a phase under way will not end in its window any more, or ends still later than it did.
    func slipping(_ changed: CourseChanged) -> JournalEntry? {
        guard let course = snapshot.state.course(changed.course) else { return nil }
        let after = snapshot.state.visits(of: course).map { ($0.id, $0.image) }
        // That a goal is at risk is told as such.
        guard let overrun = course.overrun(after.map(\.1)), course.template.phase(overrun.phase)?.goal == nil else {
            return nil
        }
        var before = Dictionary(uniqueKeysWithValues: after)
        for change in changed.visits { before[change.id] = change.before }
        guard overrun.isWorse(than: course.overrun(Array(before.values))) else { return nil }
        let why = overrun.ends.map { "will end on \($0), \(counted($0 - overrun.through, "day")) late" }
        let text = "\(overrun.phase) \(why ?? "has no place for every visit")"
        return entry(
            .inductionSlipping,
            "course \(changed.course): \(text); course catch-up \(changed.course) looks for a way back",
            fields: [.course(changed.course.text), .patient(changed.patient.text), .due("\(overrun.through)")])
    }

    private func loss(of change: CourseChanged.VisitChange) -> (MessageKind, String)? {
        guard let after = change.after else { return nil }
        let when = text(minute: after.place.minute)
        switch after.status {
        case .noShow: return (.visitNoShow, "nobody came to visit \(change.id) at \(when)")
        case .notTreated(let why):
            let why = spacedWords(why.rawValue)
            return (.visitNotTreated, "visit \(change.id) at \(when) was not treated: \(why)")
        case .cancelled(.late, let why):
            let why = spacedWords(why.rawValue)
            return (.visitCancelledLate, "visit \(change.id) at \(when) was cancelled late: \(why)")
        case .cancelled(.early, _), .tentative, .confirmed, .arrived, .inProgress, .completed, .omitted: return nil
        }
    }

    private func fields(of change: CourseChanged.VisitChange) -> [JournalField] {
        guard let place = (change.after ?? change.before)?.place else { return [.visit(change.id.text)] }
        return [.visit(change.id.text), .chair(place.chair.text), .due(text(minute: place.minute))]
    }

    /// That a place came free: one near enough that somebody may still use it.
    private func freed(_ change: CourseChanged.VisitChange) -> JournalEntry? {
        guard let before = change.before, before.status.occupies else { return nil }
        let days = snapshot.facility.planning.firmDays
        let start = Instant(minute: before.place.minute)
        guard start > recorded.at, start.seconds - recorded.at.seconds <= days * 86_400 else { return nil }
        return entry(
            .placeFreed, "a place of \(before.visitType) came free on \(before.place.chair) at \(text(start))",
            fields: [.chair(before.place.chair.text), .due(text(start))])
    }
}

extension CourseChanged.VisitChange {
    /// Whether a visit came, went, or has another day, time or chair.
    fileprivate var changesPlace: Bool {
        let had = before.flatMap { $0.status.occupies ? $0.place : nil }
        let has = after.flatMap { $0.status.occupies ? $0.place : nil }
        return had?.start != has?.start || had?.chair != has?.chair
    }
}
