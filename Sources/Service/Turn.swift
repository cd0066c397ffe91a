internal import Clinic
internal import ClinicTime
internal import Planning
internal import Store
internal import StrictJSON
internal import Varlink
internal import Wire

/// A turn of the writer: one transaction, the state as it would be after it, and the answers that wait for the commit.
struct Turn {
    /// The state as it would be.
    private(set) var snapshot: Snapshot
    /// What is called after the commit, in order.
    private(set) var answers: [() -> Void] = []
    private let transaction: StoreTransaction
    private let clock: ServiceClock
    private let log: @Sendable (StoreError) -> Void

    init(
        _ snapshot: Snapshot, _ transaction: StoreTransaction, _ clock: ServiceClock,
        log: @escaping @Sendable (StoreError) -> Void
    ) {
        self.snapshot = snapshot
        self.transaction = transaction
        self.clock = clock
        self.log = log
    }

    /// Does a job.
    ///
    /// - Throws: where the whole transaction is lost.
    mutating func take(_ job: Writer.Job) throws(StoreError) {
        switch job {
        case .command(let command, let answer):
            let result = try decide(command).result
            answers.append { answer(result) }
        case .access(let access):
            try transaction.noteAccess(to: access.patients, by: access.caller, method: access.method, at: access.at)
        case .cursor(let consumer, let event): try transaction.setCursor(of: consumer, to: event)
        case .clock(let instant, let answer):
            try transaction.setLastInstant(instant)
            answers.append { answer(true) }
        case .forget(let instant): try transaction.forgetRequests(before: instant)
        case .extend(let day): snapshot = snapshot.reaching(day)
        case .ping(let answer): answers.append(answer)
        }
    }

    /// Decides a command, or finds the answer that it was given before.
    private mutating func decide(_ job: CommandJob) throws(StoreError) -> Answer {
        if let request = job.request {
            switch try transaction.known(request.id, of: request.uid, parameters: request.digest) {
            case .new: break
            case .reused: return Answer(.requestReused(request: request.id))
            case .answered(let bytes):
                guard let answer = Answer(bytes: bytes) else {
                    throw .unreadableRow(table: "request", key: request.id)
                }
                return answer
            }
        }
        let now = clock.now
        let circumstances = Circumstances(
            at: now, caller: job.caller, reason: job.reason, request: job.request?.id)
        let command: Command
        do throws(ClinicInterface.Failure) {
            command = try job.command(snapshot)
        } catch {
            return Answer(error)
        }
        while true {
            switch Clinic.decide(command, state: snapshot.state, calendar: snapshot.calendar, now: now) {
            case .needsDays(let day):
                precondition(day > snapshot.calendar.calendars.last, "a decision asks for days that are not there")
                snapshot = snapshot.reaching(day)
            case .refused(let refusal, let events):
                return try append(events, PrivateDetails(), .done, job, circumstances) {
                    outcome throws(ClinicInterface.Failure) in
                    Answer(job.refusal(refusal, outcome.snapshot))
                }
            case .accepted(let events, let details, let reply):
                return try append(events, details, reply, job, circumstances) {
                    outcome throws(ClinicInterface.Failure) in
                    Answer(try job.answer(outcome))
                }
            }
        }
    }

    /// Appends what follows from a command together with its answer.
    private mutating func append(
        _ events: [Event], _ details: PrivateDetails, _ reply: Reply, _ job: CommandJob,
        _ circumstances: Circumstances, answer: (Outcome) throws(ClinicInterface.Failure) -> Answer
    ) throws(StoreError) -> Answer {
        let (recorded, next) = snapshot.following(events, under: circumstances, zone: job.zone)
        let given: Answer
        do throws(ClinicInterface.Failure) {
            given = try answer(Outcome(reply: reply, events: recorded, snapshot: next))
        } catch {
            return Answer(error)
        }
        do throws(StoreError) {
            try keep(recorded, details, job, circumstances, given, after: next.state)
            snapshot = next
            return given
        } catch {
            guard !error.endsTransaction else { throw error }
            let refused = Answer(failure(for: error))
            try keep([], PrivateDetails(), job, circumstances, refused, after: snapshot.state)
            return refused
        }
    }

    private func keep(
        _ recorded: [RecordedEvent], _ details: PrivateDetails, _ job: CommandJob, _ circumstances: Circumstances,
        _ answer: Answer, after state: ClinicState
    ) throws(StoreError) {
        let request = job.request.map {
            Change.Request(id: $0.id, parameters: $0.digest, answer: answer.bytes)
        }
        guard !recorded.isEmpty || request != nil else { return }
        try transaction.append(
            Change(events: recorded, details: details, circumstances: circumstances, request: request), after: state)
    }

    /// What the database itself refuses: it does not trust the program.
    private func failure(for error: StoreError) -> ClinicInterface.Failure {
        if case .recordNumberTaken(let patient) = error { return .recordNumberTaken(patient: patient.text) }
        log(error)
        return .refused(
            rule: "database", message: "the database refused it: a chair or a person would be taken twice", hint: nil,
            violations: [], refusal: nil)
    }
}
