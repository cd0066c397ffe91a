internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// What came of a call. To whoever cannot come then another time is proposed, once that is recorded and beside the
    /// writer.
    func recordCall() -> NamedMethod {
        written(
            request: { $0.request }, reason: { call in call.note.map { Reason(.other, note: $0) } },
            dryRun: { $0.dryRun ?? false },
            finished: { answer, _, call async throws(VarlinkError) in try await proposing(answer, call) }
        ) { (call: ClinicInterface.RecordCall, _) throws(ClinicInterface.Failure) in
            let id = VisitID(call.call)
            let outcome: CallOutcome = try choice(call.outcome, "outcome")
            if outcome == .never, call.note == nil {
                throw .invalidValue(
                    field: "note", message: "that nobody is to call has a reason", hint: "say it with --note")
            }
            let then = try call.then(outcome)
            if case .moved(let wish) = then {
                try planned(wish.from, "moveFrom")
                try planned(wish.through, "moveThrough")
            }
            return ClinicCommand { snapshot throws(ClinicInterface.Failure) in
                guard snapshot.state.visit(id) != nil else { throw .noSuchVisit(visit: call.call) }
                if let patient = call.patient, snapshot.state.patient(PatientID(patient)) == nil {
                    throw .noSuchPatient(patient: patient)
                }
                let at = call.at.map { Instant(seconds: $0.second) } ?? clock.now
                let made = PhoneCallMade(
                    about: id, outcome: outcome, at: at, through: call.through,
                    patient: call.patient.map { PatientID($0) }, then: then)
                return .visit(.recordCall(made))
            } answer: { outcome throws(ClinicInterface.Failure) in
                var reply = outcome.reply(toCallAbout: id, now: clock.now)
                // What is only asked for is asked beside the writer.
                if !outcome.isRecorded, call.outcome == CallOutcome.declined.rawValue, then == .nothing {
                    reply.instead = try instead(of: id, outcome.snapshot)
                }
                return reply
            }
        }
    }

    /// The answer to a call with what could be done about a visit that was declined and is where it was, or with who
    /// gains by the place that it has left.
    private func proposing(_ answer: StoredAnswer, _ call: Call) async throws(VarlinkError) -> JSONObject {
        let given = try answer.result.get()
        guard var reply = answer.reply(as: ClinicInterface.RecordCall.Reply.self) else { return given }
        let id = VisitID(reply.found.id)
        let isDeclined = publication.current.state.visit(id)?.isDeclined ?? false
        guard reply.difference?.freed != nil || reply.difference == nil && isDeclined else { return given }
        do throws(ClinicInterface.Failure) {
            let difference = reply.difference
            (reply.instead, reply.difference) = try await pools.searches.result { () throws(ClinicInterface.Failure) in
                let moment = publication.current
                return (
                    difference == nil ? try instead(of: id, moment) : nil, try matched(difference, moment, call)
                )
            }
        } catch {
            // What was said is recorded: the answer goes out without a proposal.
            return given
        }
        return reply.object
    }

    /// What could be done about a visit that was declined.
    private func instead(
        of id: VisitID, _ moment: Snapshot
    ) throws(ClinicInterface.Failure) -> DeclinedVisitMessage? {
        var snapshot = moment
        let now = clock.now
        let found = try withDays(&snapshot) { snapshot throws(NeedsDays) in
            try declinedVisit(id, state: snapshot.state, calendar: snapshot.calendar, now: now)
        }
        return found.map { found in
            func message(_ other: OtherPlace) -> OtherPlaceMessage {
                OtherPlaceMessage(
                    start: snapshot.offsets.instant(minute: other.place.minute), chair: other.place.chair.text,
                    cost: other.cost)
            }
            let best = found.best.map(message)
            return DeclinedVisitMessage(
                start: best?.start, chair: best?.chair, cost: best?.cost, notice: found.notice.rawValue,
                sameDay: found.sameDay.map(message), otherDay: found.otherDay.map(message))
        }
    }
}

extension ClinicInterface.RecordCall {
    /// What is done at once about a visit that was declined.
    fileprivate func then(_ outcome: CallOutcome) throws(ClinicInterface.Failure) -> AfterDeclining {
        let isMoved = move ?? false || moveFrom != nil || moveThrough != nil || moveAt != nil
        guard cancel ?? false || isMoved else { return .nothing }
        guard outcome == .declined else {
            throw .invalidValue(
                field: cancel ?? false ? "cancel" : "move", message: "only what was declined is moved or called off so",
                hint: nil)
        }
        guard !isMoved || !(cancel ?? false) else {
            throw .invalidValue(field: "cancel", message: "a visit is moved or called off, not both", hint: nil)
        }
        if !isMoved { return .cancelled(isMadeUp: makeUp ?? true) }
        if let from = moveFrom, let through = moveThrough, through < from {
            throw .invalidValue(
                field: "moveThrough", message: "expected a day from \(from) on, found \(through)", hint: nil)
        }
        return .moved(PlaceWish(from: moveFrom, through: moveThrough, clock: moveAt?.minutes))
    }
}

extension CommandOutcome {
    /// What is answered to a call about a visit.
    fileprivate func reply(toCallAbout id: VisitID, now: Instant) -> ClinicInterface.RecordCall.Reply {
        let (visit, _) = standing(of: id, now: now)
        let isMoreDone = events.flatMap(\.event.courseChanges).contains { $0.action != .callRecorded }
        let spokenOf = isMoreDone ? [] : events.flatMap(\.event.visits)
        let others = Set(spokenOf).subtracting([id]).sorted { $0.number < $1.number }
            .compactMap(snapshot.state.visit).map { VisitMessage($0, snapshot.offsets) }
        let done = isMoreDone ? ChangeReply(self) : nil
        let people = snapshot.people(others.reduce(visit.persons) { $0.union($1.persons) })
            .merging(done?.people ?? [:]) { name, _ in name }
        return ClinicInterface.RecordCall.Reply(
            recorded: isRecorded && !events.isEmpty, event: isRecorded ? changeNumber : nil, found: visit,
            others: others.isEmpty ? nil : others, difference: done?.difference, people: people)
    }
}
