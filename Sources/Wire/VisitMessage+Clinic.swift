package import Clinic
package import Planning

// Messages of the record from values of Clinic.

extension PatientMessage {
    /// A patient with details.
    package init(_ id: PatientID, _ details: PatientDetails, _ standing: PatientStanding = .open) {
        var (closed, merged): (String?, String?)
        switch standing {
        case .open: (closed, merged) = (nil, nil)
        case .closed(let reason): (closed, merged) = (reason.rawValue, nil)
        case .merged(let into): (closed, merged) = (nil, into.text)
        }
        self.init(
            id: id.text, recordNumber: details.record, name: details.name, phone: details.phone,
            birthDate: details.birthDate, language: details.language, remarks: details.note, closed: closed,
            mergedInto: merged)
    }
}

extension FormerDetailsMessage {
    /// What was known of a patient until an event changed it.
    package init(_ event: Int, _ details: PatientDetails) {
        self.init(
            event: event, recordNumber: details.record, name: details.name, phone: details.phone,
            birthDate: details.birthDate, language: details.language, remarks: details.note)
    }
}

extension VisitMessage {
    /// A visit as it stands, with its turn in its phase where that is known.
    package init(_ visit: Visit, _ offsets: ClockOffsets, _ turn: PhaseTurn? = nil) {
        let start = visit.place.minute
        self.init(
            id: visit.id.text, course: visit.course.text, patient: visit.patient.text, number: visit.number,
            phase: visit.phase, visit: visit.visitType.id.text, status: VisitStatusCode(visit.status), told: visit.told,
            pinned: visit.pinned, start: offsets.instant(minute: start),
            end: offsets.instant(minute: visit.interval.until), chair: visit.place.chair.text,
            attendants: visit.visitType.attendants(visit.place.persons),
            covers: visit.place.handovers.map { cover in
                CoverMessage(
                    label: cover.label, person: cover.person.text,
                    from: offsets.instant(minute: start + cover.stretch.from),
                    until: offsets.instant(minute: start + cover.stretch.until))
            },
            stages: zip(visit.visitType.stages, visit.visitType.stageIntervals).map { stage, stretch in
                StageMessage(
                    name: stage.name, start: offsets.instant(minute: start + stretch.from),
                    end: offsets.instant(minute: start + stretch.until))
            }, needsCall: visit.needsCall, detail: visit.status.detail, reason: visit.status.reason?.rawValue,
            forgone: visit.isForgone,
            overrides: Rule.allCases.compactMap { rule in
                visit.overrides[rule].map { OverrideMessage(rule: rule.rawValue, reason: $0.rawValue) }
            }, cost: visit.terms.total,
            facts: visit.facts.map { fact in
                FactMessage(
                    kind: FactCode(fact.kind), at: offsets.instant(second: fact.at.seconds), number: fact.number,
                    detail: fact.detail)
            }, heard: visit.heard?.words, turn: turn?.number, turns: turn?.of)
    }

    /// Who takes part: attendants and covers.
    package var persons: Set<String> { Set(attendants.values).union(covers.map(\.person)) }
}

extension Heard {
    /// In a word, or as the local time that the patient heard.
    var words: String {
        switch self {
        case .at(let time): "\(time.day)T\(ClockTime(minutes: time.clock).text)"
        case .calledOff: "calledOff"
        case .unsure: "unsure"
        }
    }
}

extension VisitStatusCode {
    /// Where a visit stands.
    package init(_ status: VisitStatus) { self.init(status.name) }
}

extension VisitStatus {
    /// What the name leaves out.
    fileprivate var detail: String? {
        switch self {
        case .tentative, .confirmed, .arrived, .noShow, .omitted: nil
        case .inProgress(let stage): String(stage)
        case .completed(let given): given.rawValue
        case .notTreated(let obstacle): obstacle.rawValue
        case .cancelled(let notice, _): notice.rawValue
        }
    }

    fileprivate var reason: Reason.Code? { if case .cancelled(_, let reason) = self { reason } else { nil } }
}

extension CourseSummaryMessage {
    /// A course in short.
    ///
    /// - Parameter visits: the course's visits in order.
    package init(_ course: Course, visits: [Visit], _ offsets: ClockOffsets) {
        let given = visits.filter { if case .completed = $0.status { true } else { false } }
        let next = visits.filter { $0.status == .tentative || $0.status == .confirmed }.map(\.place.minute).min()
        self.init(
            id: course.id.text, patient: course.patient.text, regimen: course.template.regimen.id.text,
            status: CourseStatusCode(course.status), visits: visits.count, given: given.count,
            next: next.map { offsets.instant(minute: $0) },
            heldUntil: course.progress.heldUntil.map { offsets.instant(second: $0.seconds) })
    }
}

extension AlertMessage {
    /// Something due as it is told: ids and words of the configuration only.
    package init(_ alert: Alert, _ offsets: ClockOffsets) {
        self.init(
            kind: AlertCode(alert.kind), subject: alert.subject.id, detail: alert.detail.isEmpty ? nil : alert.detail,
            due: offsets.instant(second: alert.due.seconds))
    }
}

extension EventMessage {
    /// An event as it is told: ids only.
    package init(_ recorded: RecordedEvent, _ offsets: ClockOffsets) {
        var message = EventMessage(
            number: recorded.number, kind: ActionCode(recorded.event.kind),
            at: offsets.instant(second: recorded.at.seconds), uid: recorded.caller.uid, user: recorded.caller.user,
            pid: recorded.caller.pid, request: recorded.request, visits: recorded.event.visits.map(\.text))
        if case .alert(.raised(let alert)) = recorded.event { message.alert = AlertMessage(alert, offsets) }
        for subject in recorded.event.subjects {
            switch subject {
            case .patient(let id): message.patient = message.patient ?? id.text
            case .course(let id): message.course = message.course ?? id.text
            case .clinic, .visit, .chair, .person: break
            }
        }
        self = message
    }
}
