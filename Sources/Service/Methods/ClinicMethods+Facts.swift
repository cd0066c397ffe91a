internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// What happened on visits' days, and what came of calls.
    func factMethods() -> [NamedMethod] { [recordFact(), correctFact(), recordCall()] }

    private func recordFact() -> NamedMethod {
        written(
            request: { $0.request }, reason: { Reason(named: $0.reason, note: $0.note) },
            dryRun: { $0.dryRun ?? false }
        ) { (call: ClinicInterface.RecordFact, context) throws(ClinicInterface.Failure) in
            let isOverridden = call.override ?? false
            if isOverridden {
                guard call.reason != nil else {
                    throw .invalidValue(
                        field: "reason", message: "a start without what it needs has a reason", hint: nil)
                }
                guard callers.role(of: context.peer).map({ $0 >= .clinician }) ?? false else {
                    throw .refused(
                        rule: "start", message: "only a clinician starts a visit without what it needs",
                        hint: "record what is in place, or ask a clinician to start it", violations: [], refusal: nil)
                }
            }
            let id = VisitID(call.visit)
            return ClinicCommand { snapshot throws(ClinicInterface.Failure) in
                guard let visit = snapshot.state.visit(id) else { throw .noSuchVisit(visit: call.visit) }
                let command = Command.visit(
                    .recordFact(
                        id, try fact(call, visit), in: try seat(call, visit, snapshot), isOverridden: isOverridden,
                        isMeant: call.yes ?? false))
                return call.told ?? false ? .told(command) : command
            } answer: { outcome in
                outcome.reply(about: id, now: clock.now)
            }
        }
    }

    private func correctFact() -> NamedMethod {
        written(
            request: { $0.request }, reason: { Reason(.correction, note: $0.note) }, dryRun: { $0.dryRun ?? false }
        ) { (call: ClinicInterface.CorrectFact, context) throws(ClinicInterface.Failure) in
            let id = VisitID(call.visit)
            try Wire.check(call.event, in: 1...max(1, publication.current.state.lastEvent), "event")
            let recorded = try records.events(after: call.event - 1, limit: 1).first
            let about = recorded?.event.courseChanges.flatMap(\.visits).first { $0.id == id }
            guard let recorded, recorded.number == call.event, let about, about.before?.facts != about.after?.facts
            else {
                throw .invalidValue(
                    field: "event", message: "e\(call.event) recorded nothing of \(call.visit)",
                    hint: "infusionctl audit --visit \(call.visit) lists the events of a visit")
            }
            let treats = about.after?.facts.last.map { $0.kind == .started || $0.kind == .discharged } ?? false
            if call.at == nil, treats, !(callers.role(of: context.peer).map { $0 >= .clinician } ?? false) {
                throw .refused(
                    rule: "undo", message: "only a clinician says that a treatment did not begin or end",
                    hint: "its time can be set right with --at", violations: [], refusal: nil)
            }
            let at = call.at.map { Instant(seconds: $0.second) }
            return ClinicCommand { snapshot throws(ClinicInterface.Failure) in
                guard snapshot.state.visit(id) != nil else { throw .noSuchVisit(visit: call.visit) }
                let command = Command.visit(.correctFact(id, recorded, at: at))
                return call.told ?? false ? .told(command) : command
            } answer: { outcome in
                let reply = outcome.reply(about: id, now: clock.now)
                let stays = call.at == nil && reply.movedFrom == nil ? outcome.snapshot.left(by: about) : nil
                return ClinicInterface.CorrectFact.Reply(
                    recorded: reply.recorded, event: reply.event, found: reply.found, following: reply.following,
                    people: reply.people, movedFrom: reply.movedFrom, notBackTo: stays)
            }
        }
    }

    /// Where the patient really is and with whom, as a call says it.
    private func seat(
        _ call: ClinicInterface.RecordFact, _ visit: Visit, _ snapshot: Snapshot
    ) throws(ClinicInterface.Failure) -> ActualSeat {
        let facility = snapshot.facility
        let chairs = facility.chairs.map(\.id.text)
        if let chair = call.chair, !chairs.contains(chair) {
            throw .invalidValue(
                field: "chair", message: "expected one of \(chairs.joined(separator: ", ")), found \(chair)",
                hint: closest(to: chair, among: chairs).map { "did you mean \($0)?" })
        }
        let labels = visit.visitType.filledLabels
        var persons: [String: PersonID] = [:]
        for (label, person) in (call.persons ?? [:]).sorted(by: { $0.key < $1.key }) {
            let able = labels.filter { asked in
                facility.staff.contains { $0.id.text == person && $0.roles.contains(asked.role) }
            }
            let meant = label.isEmpty && able.count == 1 ? able.first : labels.first { $0.label == label }
            guard let asked = meant else {
                throw .invalidValue(
                    field: "persons",
                    message: "expected labels among \(labels.map(\.label).joined(separator: ", ")), found \(label)",
                    hint: closest(to: label, among: labels.map(\.label)).map { "did you mean \($0)?" })
            }
            let staff = facility.staff.filter { $0.roles.contains(asked.role) }.map(\.id.text)
            guard staff.contains(person) else {
                throw .invalidValue(
                    field: "persons",
                    message: "expected one of \(staff.joined(separator: ", ")) as \(label), found \(person)",
                    hint: closest(to: person, among: staff).map { "did you mean \($0)?" })
            }
            persons[asked.label] = PersonID(person)
        }
        return ActualSeat(chair: call.chair.map { ChairID($0) }, persons: persons)
    }

    /// The fact that a call tells of a visit.
    private func fact(
        _ call: ClinicInterface.RecordFact, _ visit: Visit
    ) throws(ClinicInterface.Failure) -> Fact {
        let kind: Fact.Kind = try choice(call.fact, "fact")
        let at = call.at.map { Instant(seconds: $0.second) } ?? clock.now
        switch kind {
        case .called, .overridden, .seated, .attended:
            throw .invalidValue(field: "fact", message: "\(kind.rawValue) is recorded in another way", hint: nil)
        case .checkMet:
            let checks = visit.visitType.arrivalChecks
            guard let check = call.detail, checks.contains(check) else {
                throw .invalidValue(
                    field: "detail",
                    message: checks.isEmpty
                        ? "the visit has no arrival checks"
                        : "expected one of \(checks.joined(separator: ", "))",
                    hint: call.detail.flatMap { closest(to: $0, among: checks) }.map { "did you mean \($0)?" })
            }
            return Fact(kind, at: at, detail: check)
        case .stageBegun:
            let stages = visit.visitType.stages
            let stage = call.number ?? nextStage(of: visit)
            guard stages.indices.contains(stage) else {
                throw .invalidValue(
                    field: "number", message: "the visit has \(stages.count) stages, and the last one is under way",
                    hint: "a visit ends with the patient's discharge")
            }
            return Fact(kind, at: at, number: stage)
        case .delayed:
            guard let minutes = call.number else {
                throw .invalidValue(field: "number", message: "expected the minutes of the delay", hint: nil)
            }
            return Fact(kind, at: at, number: minutes)
        case .discharged:
            let given: VisitStatus.Given =
                try call.detail.map { detail throws(ClinicInterface.Failure) in
                    try choice(detail, "detail")
                } ?? .full
            return Fact(kind, at: at, detail: given.rawValue)
        case .arrived, .escortConfirmed, .started, .paused, .continued: return Fact(kind, at: at)
        }
    }

    private func nextStage(of visit: Visit) -> Int {
        if case .inProgress(let stage) = visit.status { stage + 1 } else { 0 }
    }

    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ field: String
    ) throws(ClinicInterface.Failure) -> Value {
        if let value = Value(rawValue: text) { return value }
        let names = Value.allCases.map(\.rawValue)
        throw .invalidValue(
            field: field, message: "expected one of \(names.joined(separator: ", ")), found \"\(text)\"",
            hint: closest(to: text, among: names).map { "did you mean \($0)?" })
    }
}

extension Snapshot {
    /// When a visit was to begin before a fact brought it to the day on which it is still to come.
    fileprivate func left(by change: CourseChanged.VisitChange) -> ZonedInstant? {
        guard change.isMoved, let visit = state.visit(change.id), let before = change.before,
            visit.status == .tentative || visit.status == .confirmed, visit.place.start == change.after?.place.start
        else { return nil }
        return offsets.instant(minute: before.place.minute)
    }
}

extension CommandOutcome {
    /// What is answered to a fact: the visit, whom it pushes, and what else follows from it.
    fileprivate func reply(about id: VisitID, now: Instant) -> ClinicInterface.RecordFact.Reply {
        let (visit, following) = standing(of: id, now: now)
        let changes = events.flatMap(\.event.courseChanges).flatMap(\.visits)
        let before = changes.first { $0.id == id }?.before
        let calledOff = changes.compactMap { change -> VisitMessage? in
            guard change.before?.status.occupies ?? false, change.after?.status.occupies == false else { return nil }
            return snapshot.state.visit(change.id).map { VisitMessage($0, snapshot.offsets) }
        }
        let movedBack = changes.compactMap { change -> VisitMessage? in
            guard change.id != id, change.isMoved else { return nil }
            return snapshot.state.visit(change.id).map { VisitMessage($0, snapshot.offsets) }
        }
        let persons = visit.persons.union(following.flatMap { ($0.otherAttendants ?? [:]).values })
            .union((calledOff + movedBack).flatMap(\.persons))
        let isMoved = before.map { snapshot.offsets.instant(minute: $0.place.minute) != visit.start } ?? false
        let loss = before.flatMap { $0.status.occupies ? nil : VisitStatusCode($0.status) }
        return ClinicInterface.RecordFact.Reply(
            recorded: isRecorded && !events.isEmpty, event: eventNumber, found: visit, following: following,
            people: snapshot.people(persons),
            movedFrom: isMoved ? before.map { snapshot.offsets.instant(minute: $0.place.minute) } : nil,
            tookBack: loss == visit.status ? nil : loss,
            calledOff: calledOff.isEmpty ? nil : calledOff, movedBack: movedBack.isEmpty ? nil : movedBack,
            taken: taken(by: id, now))
    }

    /// Who still sits in a visit's chair.
    private func taken(by id: VisitID, _ now: Instant) -> SeatTakenMessage? {
        guard let taken = seatTaken(by: id, state: snapshot.state, calendar: snapshot.calendar, now: now),
            let other = snapshot.state.visit(taken.by)
        else { return nil }
        return SeatTakenMessage(
            chair: taken.chair.text, visit: taken.by.text, patient: other.patient.text,
            until: snapshot.offsets.instant(minute: taken.until), free: taken.free.map(\.text))
    }

    /// The number of the event, where one was recorded.
    fileprivate var eventNumber: Int? { isRecorded ? events.last?.number : nil }

    /// A visit as the outcome leaves it, and the later visits that it pushes.
    func standing(of id: VisitID, now: Instant) -> (VisitMessage, [PushMessage]) {
        guard let visit = snapshot.state.visit(id) else { preconditionFailure("what happened to a visit leaves it") }
        let pushes = pushes(by: id, state: snapshot.state, calendar: snapshot.calendar, now: now)
        return (
            VisitMessage(visit, snapshot.offsets, snapshot.state.turn(of: visit)),
            pushes.compactMap { push in
                snapshot.state.visit(push.visit).map { PushMessage(push, $0, snapshot.offsets) }
            }
        )
    }
}
