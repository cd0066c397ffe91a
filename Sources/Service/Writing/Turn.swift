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
    private let own: Caller
    private let closed: @Sendable (CourseName) throws(StoreError) -> ClosedCourse?
    private let log: @Sendable (StoreError) -> Void
    /// The instant to which a simulated clock will have moved once the turn is kept.
    private var passed: Instant?

    /// A turn that begins with a snapshot.
    ///
    /// - Parameters:
    ///   - own: the service as the author of what time asks.
    ///   - closed: finds a course that the state does not hold.
    init(
        _ snapshot: Snapshot, _ transaction: StoreTransaction, _ clock: ServiceClock, own: Caller,
        closed: @escaping @Sendable (CourseName) throws(StoreError) -> ClosedCourse?,
        log: @escaping @Sendable (StoreError) -> Void
    ) {
        self.snapshot = snapshot
        self.transaction = transaction
        self.clock = clock
        self.own = own
        self.closed = closed
        self.log = log
    }

    private var now: Instant { passed.map { max($0, clock.now) } ?? clock.now }

    /// Does a job.
    ///
    /// - Throws: where the whole transaction is lost.
    mutating func take(_ job: Writer.Job) throws(StoreError) {
        switch job {
        case .command(let command, let answer):
            switch try decide(command) {
            case .answer(let given):
                let result = given.result
                answers.append { answer(.answered(result)) }
            case .unexplained(let question): answers.append { answer(.unexplained(question)) }
            }
        case .access(let access):
            try transaction.noteAccess(to: access.patients, by: access.caller, method: access.method, at: access.at)
        case .propose(let proposed, let caller, let answer):
            let told = try tell(proposed, to: caller)
            answers.append { answer(told) }
        case .cursor(let consumer, let event): try transaction.setCursor(of: consumer, to: event)
        case .clock(let instant, let answer):
            try transaction.setLastInstant(instant)
            answers.append { answer(true) }
        case .catchUp(let answer):
            let toldCount = try catchUp(now)
            answers.append { answer(toldCount) }
        case .pass(let instant, let answer):
            try transaction.setLastInstant(instant)
            passed = max(instant, now)
            let toldCount = try catchUp(now)
            answers.append { [clock] in
                clock.advance(to: instant)
                answer(toldCount)
            }
        case .forget(let instant): try transaction.forgetRequests(before: instant)
        case .extend(let day): snapshot.extend(through: day)
        case .ping(let answer): answers.append(answer)
        }
    }

    /// Does what time asks before anything else happens: tells what has fallen due, and gives up what was held for
    /// somebody long enough.
    ///
    /// - Returns: how many things were told.
    private mutating func catchUp(_ now: Instant) throws(StoreError) -> Int {
        let releases = snapshot.state.waitingReleases(at: now)
        for release in releases { try give(release, at: now) }
        return releases.count + (try tell(now))
    }

    private mutating func tell(_ now: Instant) throws(StoreError) -> Int {
        guard let next = snapshot.dues.next, next <= now else { return 0 }
        let due = snapshot.dues.due(through: now, snapshot.state, calendars: snapshot.calendar.calendars)
        var alerts: [Alert] = []
        for alert in due where try !transaction.hasTold(alert) { alerts.append(alert) }
        // What was told while the clock was ahead is not told again.
        if alerts.count < due.count { snapshot.state.knowsTold(through: now) }
        if alerts.isEmpty {
            // What it was has been taken back with something that the index was not told of.
            snapshot.dues = DueIndex(snapshot.state, calendars: snapshot.calendar.calendars)
        }
        try append(alerts.map { .alertRaised($0) }, at: now)
        guard alerts.contains(where: { $0.kind == .holdExpired }) else { return alerts.count }
        for course in snapshot.state.expiredHolds(at: now) {
            try give(.alterCourse(course, .release, .other), at: now)
        }
        return alerts.count
    }

    /// Records that a repair was proposed to somebody, unless that was told before.
    private mutating func tell(_ proposed: RepairProposed, to caller: Caller) throws(StoreError) -> ToldProposal {
        let now = now
        _ = try catchUp(now)
        if let known = try transaction.told(proposed) {
            return ToldProposal(event: known.event, proposal: known.proposal)
        }
        try append([.repairProposed(proposed)], at: now, by: caller)
        return ToldProposal(event: snapshot.state.lastEvent, proposal: proposed.proposal)
    }

    /// Does what time asks by itself.
    private mutating func give(_ release: Command, at now: Instant) throws(StoreError) {
        guard
            case .accepted(let events, _, _) = Clinic.decide(
                release, state: snapshot.state, calendar: snapshot.calendar, now: now)
        else { preconditionFailure("nothing keeps what is over from being given up") }
        try append(events, at: now)
    }

    /// Appends what is recorded without being decided on: by the service itself, unless somebody else is its author.
    private mutating func append(_ events: [Event], at now: Instant, by caller: Caller? = nil) throws(StoreError) {
        guard !events.isEmpty else { return }
        let circumstances = Circumstances(at: now, caller: caller ?? own)
        let (recorded, next) = snapshot.following(events, under: circumstances)
        try transaction.append(Change(events: recorded, circumstances: circumstances), after: next.state)
        snapshot = next
    }

    private enum Decided {
        case answer(Answer)
        case unexplained(Unexplained)
    }

    /// Decides a command, or finds the answer that it was given before. What cannot be planned is answered once its
    /// explanation has been found beside the writer.
    private mutating func decide(_ job: CommandJob) throws(StoreError) -> Decided {
        let now = now
        _ = try catchUp(now)
        if let request = job.request {
            switch try transaction.known(request.id, of: request.uid, parameters: request.digest) {
            case .new: break
            case .reused: return .answer(Answer(.requestReused(request: request.id)))
            case .answered(let bytes):
                guard let answer = Answer(bytes: bytes) else {
                    throw .unreadableRow(table: "request", key: request.id)
                }
                return .answer(answer)
            }
        }
        let circumstances = Circumstances(
            at: now, caller: job.caller, reason: job.reason, request: job.request?.id)
        while true {
            let command: Command
            do throws(ClinicInterface.Failure) {
                command = try job.command(snapshot)
            } catch {
                if let name = error.missingCourse, try admit(name) { continue }
                return .answer(Answer(error))
            }
            var decision = Clinic.decide(
                command, state: snapshot.state, calendar: snapshot.calendar, now: now, explains: false)
            if decision.tellsOfNoPlan {
                guard let explanation = job.explanation else {
                    return .unexplained(
                        Unexplained(command: command, snapshot: snapshot, now: now, decision: decision))
                }
                decision = decision.explained(by: explanation)
            }
            switch decision {
            case .needsDays(let day):
                let more = snapshot.supplying(day)
                precondition(
                    more.calendar.calendars.days.count > snapshot.calendar.calendars.days.count,
                    "a decision asks for days that are not there")
                snapshot = more
            case .refused(let refusal, let events):
                if let name = refusal.missingCourse, try admit(name) { continue }
                return .answer(
                    try append(events, PrivateDetails(), .done, job, circumstances) {
                        outcome throws(ClinicInterface.Failure) in
                        Answer(job.refusal(refusal, outcome.snapshot))
                    })
            case .accepted(let events, let details, let reply):
                return .answer(
                    try append(events, details, reply, job, circumstances) {
                        outcome throws(ClinicInterface.Failure) in
                        Answer(try job.answer(outcome))
                    })
            }
        }
    }

    /// Takes in a closed course that is named.
    ///
    /// - Returns: whether there is one that was not there.
    private mutating func admit(_ name: CourseName) throws(StoreError) -> Bool {
        guard !snapshot.state.holds(name), let closed = try closed(name) else { return false }
        snapshot.state.admit(closed)
        return true
    }

    /// Appends what follows from a command together with its answer, and what it made due.
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
            let before = snapshot
            snapshot = next
            let due = madeDue(
                by: events, from: before.state, to: next.state, calendars: next.calendar.calendars,
                now: circumstances.at)
            try append(due.map { .alertRaised($0) }, at: circumstances.at)
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
