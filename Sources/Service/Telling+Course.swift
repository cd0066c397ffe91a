internal import Clinic
internal import Planning
internal import Systemd

extension Telling {
    /// What is told of a changed course: what became of it, and a place that came free and may be of use.
    func entries(of changed: CourseChanged) -> [JournalEntry] {
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
        case .proposalHeld, .holdExpired: return []
        default: break
        }
        let moved = changed.visits.filter(\.changesPlace)
        if entries.isEmpty, !moved.isEmpty {
            let what =
                changed.action == .horizonRolled
                ? "planned further ahead: \(counted(moved.count, "visit")) added"
                : "changed: \(counted(moved.count, "visit")) moved, added or left out"
            tell(.courseChanged, "course \(changed.course) \(what)", course + [.count(moved.count)])
        }
        return entries + moved.compactMap(freed)
    }

    private func loss(of change: CourseChanged.VisitChange) -> (MessageKind, String)? {
        guard let after = change.after else { return nil }
        let when = text(minute: after.place.minute)
        switch after.status {
        case .noShow: return (.visitNoShow, "nobody came to visit \(change.id) at \(when)")
        case .notTreated(let why):
            return (.visitNotTreated, "visit \(change.id) at \(when) was not treated: \(why.rawValue)")
        case .cancelled(.late, let why):
            return (.visitCancelledLate, "visit \(change.id) at \(when) was cancelled late: \(why.rawValue)")
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
