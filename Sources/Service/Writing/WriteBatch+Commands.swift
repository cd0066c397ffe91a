internal import Clinic
internal import ClinicTime
internal import Planning
internal import Store
internal import Wire

extension WriteBatch {
    /// What becomes of a command in its turn.
    enum CommandDecision {
        case result(Result<CommandResult, CommandError>)
        case unexplained(PendingExplanation)
    }

    /// Decides a command, or finds the answer that it was given before: that is looked for before anything else. What
    /// cannot be planned is answered once its explanation has been found beside the writer.
    mutating func decide(_ job: CommandJob) throws(StoreError) -> CommandDecision {
        if let answer = try knownAnswer(to: job.request) { return .result(.success(.repeated(answer))) }
        let now = now
        _ = try catchUp(now)
        let origin = EventOrigin(
            at: now, caller: job.caller, reason: job.reason, request: job.request?.id)
        if let obstacle = job.obstacle { return .result(try refuse(job, origin, obstacle)) }
        // What a command needs to be decided stays where it is accepted: one that is refused leaves nothing behind.
        var moment = snapshot
        let found = try moment.decision(of: job, at: now, explains: false, look) {
            [transaction] name throws(StoreError) in
            try transaction.closedCourse(name)
        }
        switch found {
        case .failure(let failure): return .result(try refuse(job, origin, failure))
        case .success(let (command, decision)) where decision.tellsOfNoPlan:
            guard let explanation = job.explanation else {
                return .unexplained(
                    PendingExplanation(
                        command: command, snapshot: moment, now: now, decision: decision, elaborate: job.elaborate))
            }
            return .result(try carryOut(decision.explained(by: explanation.decision), job, origin, on: moment))
        case .success(let (_, decision)): return .result(try carryOut(decision, job, origin, on: moment))
        }
    }

    /// The answer that a request was given before; nil for one that is new, or has no id.
    private func knownAnswer(to request: RequestKey?) throws(StoreError) -> StoredAnswer? {
        guard let request else { return nil }
        return try StoredAnswer(
            transaction.known(request.id, of: request.uid, parameters: request.digest), to: request)
    }

    /// What the record knows at this moment of the batch.
    private var look: RecordLook {
        RecordLook { record throws(ClinicInterface.Failure) in
            try looked { transaction throws(StoreError) in try transaction.patient(record: record) }
        } details: { patient throws(ClinicInterface.Failure) in
            try looked { transaction throws(StoreError) in try transaction.details(of: patient) }
        } courses: { patient throws(ClinicInterface.Failure) in
            try looked { transaction throws(StoreError) in try transaction.courses(of: patient) }
        } former: { patient, event throws(ClinicInterface.Failure) in
            try looked { transaction throws(StoreError) in try transaction.formerDetails(of: patient, before: event) }
        } events: { subject, number throws(ClinicInterface.Failure) in
            try looked { transaction throws(StoreError) in try transaction.events(about: subject, after: number) }
        }
    }

    private func looked<Value>(
        _ look: (StoreTransaction) throws(StoreError) -> Value
    ) throws(ClinicInterface.Failure) -> Value {
        do throws(StoreError) {
            return try look(transaction)
        } catch {
            log(error)
            throw .storageFailed
        }
    }

    private mutating func carryOut(
        _ decision: Decision, _ job: CommandJob, _ origin: EventOrigin, on moment: Snapshot
    ) throws(StoreError) -> Result<CommandResult, CommandError> {
        switch decision {
        case .refused(let refusal, let events):
            return try refuse(job, origin, job.error(for: refusal, moment), events)
        case .accepted(let events, let details, let reply):
            let (recorded, next) = moment.following(events, under: origin, zone: job.zone)
            let outcome = CommandOutcome(reply: reply, events: recorded, snapshot: next)
            let answer: StoredAnswer?
            do throws(ClinicInterface.Failure) {
                answer = try job.answer?(outcome, look)
            } catch {
                return try refuse(job, origin, error)
            }
            let kept = try whole { batch throws(StoreError) in
                try batch.keep(recorded, details, job, from: origin, answer, after: next.state)
                if !recorded.isEmpty { batch.proceed(to: next) }
                try batch.tellDue(by: events, from: moment.state, origin)
            }
            switch kept {
            case .success: return .success(.done(outcome, answer))
            case .failure(let error): return try refuse(job, origin, failure(for: error))
            }
        }
    }

    /// Appends what a command has made due.
    private mutating func tellDue(
        by events: [Event], from before: ClinicState, _ origin: EventOrigin
    ) throws(StoreError) {
        let due = madeDue(
            by: events, from: before, to: snapshot.state, calendars: snapshot.calendar.calendars,
            now: origin.at)
        try append(due.map { .alert(.raised($0)) }, at: origin.at)
    }

    /// What the database itself refuses: it does not trust the program.
    ///
    /// - Throws: whatever is no refusal.
    private func failure(for error: StoreError) throws(StoreError) -> ClinicInterface.Failure {
        switch error {
        case .recordNumberTaken(let patient): return .recordNumberTaken(patient: patient.text)
        case .constraint:
            log(error)
            return .refused(
                rule: "database", message: "the database refused it: a chair or a person would be taken twice",
                hint: nil, violations: [], refusal: nil)
        case .full, .io, .corrupt, .foreignFile, .newerSchema, .inUse, .unusable, .displaced, .simulation, .setting,
            .unreadable, .unreadableRow, .sqlite, .system:
            throw error
        }
    }

    /// Refuses a command. What tells of the moment alone is not kept for the request's repetition.
    private mutating func refuse(
        _ job: CommandJob, _ origin: EventOrigin, _ failure: ClinicInterface.Failure
    ) throws(StoreError) -> Result<CommandResult, CommandError> {
        failure.isPassing ? .failure(.clinic(failure)) : try refuse(job, origin, .clinic(failure))
    }

    /// Refuses a command with what is recorded of that.
    private mutating func refuse(
        _ job: CommandJob, _ origin: EventOrigin, _ error: CommandError, _ events: [Event] = []
    ) throws(StoreError) -> Result<CommandResult, CommandError> {
        let (recorded, next) = snapshot.following(events, under: origin)
        try keep(recorded, PrivateDetails(), job, from: origin, StoredAnswer(error), after: next.state)
        if !recorded.isEmpty { proceed(to: next) }
        return .failure(error)
    }

    private func keep(
        _ recorded: [RecordedEvent], _ details: PrivateDetails, _ job: CommandJob, from origin: EventOrigin,
        _ answer: StoredAnswer?, after state: ClinicState
    ) throws(StoreError) {
        let request = answer.flatMap { answer in
            job.request.map { RecordedChange.Request(id: $0.id, parameters: $0.digest, answer: answer.bytes) }
        }
        guard !recorded.isEmpty || request != nil else { return }
        try transaction.append(
            RecordedChange(events: recorded, details: details, origin: origin, request: request), after: state)
    }
}

extension StoredAnswer {
    /// The answer to a request of which something is known; nil where nothing is.
    ///
    /// - Throws: where what is known cannot be read.
    init?(_ known: KnownRequest, to request: RequestKey) throws(StoreError) {
        switch known {
        case .new: return nil
        case .reused: self.init(.clinic(.requestReused(request: request.id)))
        case .answered(let bytes):
            guard let answer = StoredAnswer(bytes: bytes) else {
                throw .unreadableRow(table: "request", key: "(uid \(request.uid))")
            }
            self = answer
        }
    }
}
