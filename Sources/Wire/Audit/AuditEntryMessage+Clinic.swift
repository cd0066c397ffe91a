package import Clinic
package import Planning

// The audit from what is recorded.

extension AuditEntryMessage {
    /// An event with what it changed.
    ///
    /// - Parameters:
    ///   - note: what somebody wrote about it.
    ///   - visit: a visit to which the changes are restricted, where the question is about one.
    package init(_ recorded: RecordedEvent, note: String?, about visit: VisitID? = nil, _ offsets: ClockOffsets) {
        let event = EventMessage(recorded, offsets)
        var about: VisitID?
        var undoes: Int?
        var detail: String?
        var action = event.kind
        if case .course(.changed(let changed)) = recorded.event {
            about = changed.about
            undoes = changed.undoes
            detail = changed.detail
            action = ActionCode(changed.action)
        }
        if case .repair(.proposed(let proposed)) = recorded.event { detail = proposed.proposal }
        if case .repair(.changed(let made)) = recorded.event { detail = made.proposed.map { "e\($0)" } }
        self.init(
            event: recorded.number, at: event.at, uid: recorded.caller.uid, user: recorded.caller.user,
            pid: recorded.caller.pid, role: recorded.caller.role.rawValue, action: action, patient: event.patient,
            course: event.course, visits: event.visits, about: about?.text, detail: detail,
            alert: event.alert, reason: recorded.reason?.rawValue, note: note, request: recorded.request,
            undoes: undoes,
            changes: AuditChanges(offsets).of(recorded.event).filter { change in
                visit.map { change.subject == $0.text } ?? true
            })
    }
}
