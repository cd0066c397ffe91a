import Wire

/// What fell due, in words: v1 is to be confirmed.
func dueWords(_ alert: AlertMessage) -> String {
    let subject = alert.subject
    let detail = alert.detail ?? ""
    return switch alert.kind {
    case .visitReminder: "\(subject) is in \(detail == "1" ? "1 hour" : "\(detail) hours")"
    case .visitToConfirm: "\(subject) is to be confirmed"
    case .escortMissing: "\(subject) has no escort yet"
    case .prerequisiteMissing: "\(subject) lacks \(detail)"
    case .visitLate: "the patient of \(subject) is not here"
    case .visitOverrun: detail.isEmpty ? "\(subject) is still interrupted" : "\(subject) overruns in \(detail)"
    case .gateDue: "\(subject): the gate of \(detail) is to be decided on"
    case .gateMissed: "\(subject): the gate of \(detail) was not decided on in time"
    case .checkDue: "\(subject): \(task(detail).name) is to be taken after \(task(detail).visit)"
    case .taskDue: taskWords(subject, task(detail))
    case .reviewDue: "\(subject) is to be looked at"
    case .goalAtRisk: "\(subject): \(detail) would miss its goal"
    case .inductionSlipping: "\(subject): \(detail) takes too long"
    case .courseInterrupted: "\(subject): no visit was given for 30 days"
    case .authorisationShort: "\(subject): no authorisation is left for \(detail)"
    case .credentialExpiring: "\(detail) of \(subject) expires soon"
    case .holdExpired: "\(subject) was held long enough"
    case .unknown(let kind): [subject, kind, detail].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// What time asked by an event, in words; nil for any other event.
func dueWords(_ event: EventMessage) -> String? {
    if let alert = event.alert { return dueWords(alert) }
    return event.kind == .offerClosed ? "the place offered to \(event.patient ?? "a patient") is held no longer" : nil
}

private func taskWords(_ course: String, _ task: (visit: String, name: String)) -> String {
    switch TaskCode(task.name) {
    case .call: "\(course): the patient is still to be told of \(task.visit)"
    case .makeUp: "\(course): \(task.visit) still wants another place"
    case .findNumber: "\(course): the patient's telephone number is to be found"
    case .followUp, .check, .review, .unknown: "\(course): \(task.name) after \(task.visit) is due"
    }
}

/// A task's id, v345/PHQ-9, as the visit that it follows from and its name.
private func task(_ id: String) -> (visit: String, name: String) {
    let parts = id.split(separator: "/", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : ("", id)
}
