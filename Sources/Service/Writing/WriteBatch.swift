internal import Clinic
internal import ClinicTime
internal import Planning
internal import Store
internal import Wire

/// A batch of the writer: one transaction, the state as it would be after it, and the answers that wait for the commit.
struct WriteBatch {
    /// The state as it would be.
    var snapshot: Snapshot
    /// What the clinic was after each of the batch's changes, in their order.
    private(set) var moments: [Snapshot] = []
    /// What is called after the commit, in order.
    private(set) var answers: [() -> Void] = []
    let transaction: StoreTransaction
    private let clock: ServiceClock
    private let own: Caller
    let log: @Sendable (StoreError) -> Void
    /// The instant to which a simulated clock will have moved once the batch is kept.
    private var passed: Instant?

    /// A batch that begins with a snapshot.
    ///
    /// - Parameters:
    ///   - own: the service as the author of what time asks.
    ///   - log: told of what fails alone.
    init(
        _ snapshot: Snapshot, _ transaction: StoreTransaction, _ clock: ServiceClock, own: Caller,
        log: @escaping @Sendable (StoreError) -> Void
    ) {
        self.snapshot = snapshot
        self.transaction = transaction
        self.clock = clock
        self.own = own
        self.log = log
    }

    /// The present moment, as it is once the batch is kept.
    var now: Instant { passed.map { max($0, clock.now) } ?? clock.now }

    /// Does a job whole or not at all: one that fails in a way that nobody has foreseen fails alone.
    ///
    /// - Throws: where the whole transaction is lost.
    mutating func take(_ job: Writer.Job) throws(StoreError) {
        switch try whole({ batch throws(StoreError) in try batch.perform(job) }) {
        case .success: break
        case .failure(let error):
            log(error)
            answers.append { job.fail(with: error) }
        }
    }

    /// Does something whole or not at all.
    ///
    /// - Returns: what came of it, or why it failed: then the batch is as it was before.
    /// - Throws: where the whole transaction is lost.
    mutating func whole<Done>(
        _ body: (inout WriteBatch) throws(StoreError) -> Done
    ) throws(StoreError) -> Result<Done, StoreError> {
        let (snapshot, passed, momentsCount, answersCount) = (snapshot, passed, moments.count, answers.count)
        do throws(StoreError) {
            return .success(try transaction.whole { () throws(StoreError) in try body(&self) })
        } catch {
            guard !transaction.isLost else { throw error }
            self.snapshot = snapshot
            self.passed = passed
            moments.removeLast(moments.count - momentsCount)
            answers.removeLast(answers.count - answersCount)
            return .failure(error)
        }
    }

    private mutating func perform(_ job: Writer.Job) throws(StoreError) {
        switch job {
        case .command(let command, let answer):
            switch try decide(command) {
            case .result(let result): answers.append { answer(.answered(result)) }
            case .unexplained(let question): answers.append { answer(.unexplained(question)) }
            }
        case .amend(let request, let answer, let fuller, let told):
            let kept = try transaction.amend(request.id, of: request.uid, from: answer.bytes, to: fuller.bytes)
            let stands = kept.flatMap { StoredAnswer(bytes: $0) }
            answers.append { told(stands) }
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
        case .pass(let instant, let answer): try pass(to: instant, answer)
        case .numbers(let kind, let count, let answer):
            let last = try transaction.setNumbersAside(count, of: kind)
            answers.append { answer(last) }
        case .numbersBack(let kind, let last): try transaction.takeNumbersBack(after: last, of: kind)
        case .forget(let instant): try transaction.forgetRequests(before: instant)
        case .extend(let day): snapshot.extend(through: day)
        case .begin(let day): snapshot.begin(day)
        case .ping(let answer): answers.append(answer)
        }
    }

    private mutating func pass(
        to instant: Instant, _ answer: @escaping @Sendable (Int?) -> Void
    ) throws(StoreError) {
        try transaction.setLastInstant(instant)
        passed = max(instant, now)
        let toldCount = try catchUp(now)
        answers.append { [clock] in
            clock.advance(to: instant)
            answer(toldCount)
        }
    }

    /// Does what time asks before anything else happens: tells what has fallen due, and gives up what was held for
    /// somebody long enough. What of it fails, fails alone: nobody's command waits for it.
    ///
    /// - Returns: how many things were told.
    mutating func catchUp(_ now: Instant) throws(StoreError) -> Int {
        var toldCount = 0
        for release in snapshot.state.waitingReleases(at: now) where try isGiven(release, at: now) { toldCount += 1 }
        guard snapshot.dues.next.map({ $0 <= now }) ?? false else { return toldCount }
        switch try whole({ batch throws(StoreError) in try batch.tell(now) }) {
        case .failure(let error): log(error)
        case .success(let alerts):
            toldCount += alerts.count
            guard alerts.contains(where: { $0.kind == .holdExpired }) else { break }
            for course in snapshot.state.expiredHolds(at: now) {
                _ = try isGiven(.course(.alter(course, .held(.release), .other)), at: now)
            }
        }
        return toldCount
    }

    private mutating func tell(_ now: Instant) throws(StoreError) -> [Alert] {
        let due = snapshot.dues.due(through: now, snapshot.state, calendars: snapshot.calendar.calendars)
        var alerts: [Alert] = []
        for alert in due where try !transaction.hasTold(alert) { alerts.append(alert) }
        // What was told while the clock was ahead is not told again.
        if alerts.count < due.count { snapshot.state.knowsTold(through: now) }
        if alerts.isEmpty {
            // What it was has been taken back with something that the index was not told of.
            snapshot.dues = DueIndex(snapshot.state, calendars: snapshot.calendar.calendars)
        }
        try append(alerts.map { .alert(.raised($0)) }, at: now)
        return alerts
    }

    /// Records that a repair was proposed to somebody, unless that was told before.
    private mutating func tell(_ proposed: RepairProposed, to caller: Caller) throws(StoreError) -> ToldProposal {
        let now = now
        _ = try catchUp(now)
        if let known = try transaction.told(proposed) {
            return ToldProposal(event: known.event, proposal: known.proposal)
        }
        try append([.repair(.proposed(proposed))], at: now, by: caller)
        return ToldProposal(event: snapshot.state.lastEvent, proposal: proposed.proposal)
    }

    /// Does what time asks by itself; where that fails it is told to the log.
    private mutating func isGiven(_ release: Command, at now: Instant) throws(StoreError) -> Bool {
        switch try whole({ batch throws(StoreError) in try batch.give(release, at: now) }) {
        case .success: return true
        case .failure(let error):
            log(error)
            return false
        }
    }

    private mutating func give(_ release: Command, at now: Instant) throws(StoreError) {
        var moment = snapshot
        let decision: Decision
        do throws(ClinicInterface.Failure) {
            decision = try moment.decision(on: release, now: now)
        } catch {
            throw .system("what is over could not be given up: \(error.name)")
        }
        guard case .accepted(let events, _, _) = decision else {
            throw .system("what is over could not be given up: it was refused")
        }
        snapshot = moment
        try append(events, at: now)
    }

    /// Appends what is recorded without being decided on: by the service itself, unless somebody else is its author.
    mutating func append(_ events: [Event], at now: Instant, by caller: Caller? = nil) throws(StoreError) {
        guard !events.isEmpty else { return }
        let origin = EventOrigin(at: now, caller: caller ?? own)
        let (recorded, next) = snapshot.following(events, under: origin)
        try transaction.append(RecordedChange(events: recorded, origin: origin), after: next.state)
        proceed(to: next)
    }

    /// Goes on from what recorded events have led to.
    mutating func proceed(to next: Snapshot) {
        snapshot = next
        moments.append(next)
    }
}
