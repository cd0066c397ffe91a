package import Clinic
internal import Planning

// Differences from values of Clinic.

extension PlanDifferenceMessage {
    /// What a change does to a course.
    ///
    /// - Parameter state: the clinic after the change.
    package init(_ difference: PlanDifference, _ state: ClinicState, _ offsets: ClockOffsets) {
        func message(_ id: VisitID, _ image: VisitImage?) -> VisitMessage? {
            image.flatMap { state.visit(id, as: $0, of: difference.course) }.map { VisitMessage($0, offsets) }
        }
        self.init(
            action: ActionCode(difference.action), course: difference.course.text, patient: difference.patient.text,
            about: difference.about?.text, detail: difference.detail,
            statusBefore: difference.statusBefore.map { CourseStatusCode($0) },
            statusAfter: CourseStatusCode(difference.statusAfter),
            visits: difference.visits.map { change in
                VisitChangeMessage(
                    id: change.id.text, before: message(change.id, change.before),
                    after: message(change.id, change.after))
            }, costBefore: difference.costBefore, costAfter: difference.costAfter,
            costOfMoving: difference.costOfMoving, calls: difference.calls.map(\.text),
            gatesOpened: difference.gatesOpened,
            unplaced: difference.unplaced.map { RefusalMessage($0) },
            window: difference.window.map { WindowStandingMessage($0) }, lateSince: difference.overdue)
    }

    /// Who takes part in its visits, before or after.
    package var persons: Set<String> {
        visits.reduce(into: []) { persons, change in
            persons.formUnion(change.before?.persons ?? [])
            persons.formUnion(change.after?.persons ?? [])
        }
    }
}

extension WindowStandingMessage {
    fileprivate init(_ window: WindowState) {
        self.init(
            phase: window.phase, through: window.through, ends: window.ends,
            refusal: window.refusal.map { RefusalMessage($0) }, nearest: window.nearest,
            room: window.room?.visits, roomTold: window.room?.told)
    }
}

extension Reason {
    /// The reason of a name, or another where there is none, and a note in somebody's own words.
    package init(named code: String?, note: String?) {
        self.init(code.flatMap { Code(rawValue: $0) } ?? .other, note: note)
    }

    /// The reason of a name and a note; nil where neither is given.
    package init?(given code: String?, note: String?) {
        if code == nil, note == nil { return nil }
        self.init(named: code, note: note)
    }
}

extension ClinicInterface {
    /// The names of reasons, in order.
    package static let reasons = Reason.Code.allCases.map(\.rawValue)
    /// The names of what keeps a patient who came from being treated, in order.
    package static let obstacles = VisitStatus.NotTreatedReason.allCases.map(\.rawValue)
}
