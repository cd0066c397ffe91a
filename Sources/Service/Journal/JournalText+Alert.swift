internal import Clinic
internal import Planning
internal import Systemd

extension JournalText {
    /// What the journal is told of an event that time brought.
    func entries(of event: AlertEvent) -> [JournalEntry] {
        switch event {
        case .raised(let alert): [entry(of: alert)]
        }
    }

    /// What is told of something due. What is told late says so.
    private func entry(of alert: Alert) -> JournalEntry {
        let (kind, message, due) = words(of: alert)
        return entry(kind, message + lateness(of: alert), fields: subject(of: alert) + [.due(due)])
    }

    /// How much later than due it is told, where that is a minute or more.
    private func lateness(of alert: Alert) -> String {
        let minutes = (recorded.at.seconds - alert.due.seconds) / 60
        guard minutes > 0 else { return "" }
        let size =
            minutes < 60
            ? "\(minutes) min" : minutes < 2880 ? "\(minutes / 60) h \(minutes % 60) min" : "\(minutes / 1440) days"
        return " (told \(size) late)"
    }

    private func visit(_ alert: Alert) -> Visit? {
        if case .visit(let id) = alert.subject { snapshot.state.visit(id) } else { nil }
    }

    /// Whom and what it is about.
    private func subject(of alert: Alert) -> [JournalField] {
        switch alert.subject {
        case .visit(let id):
            guard let visit = snapshot.state.visit(id) else { return [.visit(id.text)] }
            return [
                .visit(id.text), .course(visit.course.text), .patient(visit.patient.text),
                .chair(visit.place.chair.text),
            ] + (visit.place.persons.first.map { [.person($0.text)] } ?? [])
        case .course(let id):
            let patient = snapshot.state.course(id).map { [JournalField.patient($0.patient.text)] } ?? []
            // Tasks are named by the visit that they follow from.
            let visit = alert.detail.split(separator: "/").first.flatMap { text in
                snapshot.state.visit(VisitID(String(text))).map { [JournalField.visit($0.id.text)] }
            }
            return [.course(id.text)] + patient + (visit ?? [])
        case .person(let id): return [.person(id.text)]
        case .chair(let id): return [.chair(id.text)]
        case .patient(let id): return [.patient(id.text)]
        case .clinic: return []
        }
    }

    /// The kind of message, its words, and what is due when: the visit's start where it is about one.
    private func words(of alert: Alert) -> (MessageKind, String, String) {
        let id = alert.subject.id
        let start = visit(alert).map { text(minute: $0.place.minute) } ?? text(alert.due)
        switch alert.kind {
        case .visitReminder: return (.visitReminder, "visit \(id) is in \(alert.detail) hours, at \(start)", start)
        case .visitToConfirm: return (.visitToConfirm, "visit \(id) at \(start) is to be agreed on", start)
        case .escortMissing: return (.escortMissing, "visit \(id) at \(start) has no escort", start)
        case .prerequisiteMissing:
            return (.prerequisiteMissing, "visit \(id) at \(start) lacks \(alert.detail)", start)
        case .visitLate: return (.visitLate, "the patient of visit \(id) at \(start) is not here", start)
        case .visitOverrun:
            return (.visitOverrun, overrunText(alert), text(alert.due))
        case .gateDue: return (.gateDue, "course \(id): the gate of \(alert.detail) is due", text(alert.due))
        case .gateMissed:
            return (.gateMissed, "course \(id): the gate of \(alert.detail) was not decided on", text(alert.due))
        case .checkDue, .taskDue:
            let parts = alert.detail.split(separator: "/", maxSplits: 1).map(String.init)
            let what = parts.last ?? alert.detail
            let after = parts.first.map { " after visit \($0)" } ?? ""
            return alert.kind == .checkDue
                ? (.checkDue, "course \(id): \(what) is to be taken\(after)", text(alert.due))
                : (.taskDue, "course \(id): \(taskText(what, parts.first ?? ""))", text(alert.due))
        case .reviewDue: return (.reviewDue, "course \(id) is to be looked at", text(alert.due))
        case .inductionSlipping:
            return (
                .inductionSlipping,
                "course \(id): \(alert.detail) takes too long; course catch-up \(id) looks for a way back",
                text(alert.due)
            )
        case .goalAtRisk:
            return (.goalAtRisk, goalText(alert), goal(of: alert).map { "\($0.through)" } ?? text(alert.due))
        case .courseInterrupted:
            return (.courseInterrupted, "course \(id): no visit was given for 30 days", text(alert.due))
        case .authorisationShort:
            let day = snapshot.state.visit(VisitID(alert.detail)).map { " on \($0.day)" } ?? ""
            return (
                .authorisationShort, "course \(id): no authorisation covers visit \(alert.detail)\(day)",
                snapshot.state.visit(VisitID(alert.detail)).map { "\($0.day)" } ?? text(alert.due)
            )
        case .credentialExpiring:
            return (
                .credentialExpiring, "the credential \(alert.detail) of \(id) expires\(expiry(of: alert))",
                expiryDay(of: alert) ?? text(alert.due)
            )
        case .holdExpired:
            return (.holdExpired, "course \(id) was held until \(text(alert.due)) and is given up", text(alert.due))
        }
    }

    private func goal(of alert: Alert) -> GoalStanding? {
        guard case .course(let id) = alert.subject, let course = snapshot.state.course(id) else { return nil }
        return snapshot.state.goalStandings(of: course).first { $0.phase == alert.detail }
    }

    private func goalText(_ alert: Alert) -> String {
        let standing = goal(of: alert)
        let why =
            standing.map { standing in
                standing.ends.map { "would end on \($0), after its goal on \(standing.through)" }
                    ?? "has no place for every visit up to its goal on \(standing.through)"
            } ?? "may miss its goal"
        return "course \(alert.subject.id): \(alert.detail) \(why); course catch-up \(alert.subject.id) looks for a way"
    }

    private func overrunText(_ alert: Alert) -> String {
        if alert.detail.isEmpty {
            let minutes = snapshot.state.configuration?.notifications.overrunMinutes ?? 0
            return "visit \(alert.subject.id) has been interrupted for \(minutes) minutes"
        }
        return "visit \(alert.subject.id) overruns in \(alert.detail), due to end before \(text(alert.due))"
    }

    private func taskText(_ what: String, _ visit: String) -> String {
        switch ClinicTask.Kind(rawValue: what) {
        case .call: "the patient is still to be told of visit \(visit)"
        case .makeUp: "visit \(visit) still wants another place"
        case .findNumber: "the patient's telephone number is to be found"
        case .followUp, .check, .review, nil: "\(what) is due after visit \(visit)"
        }
    }

    private func expiryDay(of alert: Alert) -> String? {
        guard case .person(let id) = alert.subject else { return nil }
        let person = snapshot.facility.staff.first { $0.id == id }
        return person?.credentials.filter { $0.name == alert.detail }.compactMap(\.until).max().map { "\($0)" }
    }

    private func expiry(of alert: Alert) -> String { expiryDay(of: alert).map { " on \($0)" } ?? "" }
}
