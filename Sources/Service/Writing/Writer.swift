internal import Clinic
internal import ClinicTime
internal import Foundation
internal import Planning
internal import Store
internal import Synchronization
internal import Wire

/// The one writer: a thread that holds the clinic's state and alone changes it.
///
/// Jobs that wait together share one transaction. Each is decided on the state that those before it led to, and
/// appended whole or not at all. After the commit the state is published, and only then is anyone answered. Where the
/// commit fails nothing was published: rolling back is dropping the value.
final class Writer: Sendable {
    /// What the writer does.
    enum Job: Sendable {
        /// Decide a command and answer it.
        case command(CommandJob, @Sendable (JobOutcome) -> Void)
        /// Put a fuller answer to a request in the place of the one that it was given, then say what stands there now;
        /// nil where nothing does, or it is not kept.
        case amend(RequestKey, StoredAnswer, with: StoredAnswer, @Sendable (StoredAnswer?) -> Void)
        /// Note that somebody read data of patients.
        case access(AccessNote)
        /// Record that a repair was proposed, unless it was told before. Then say by which event; nil where it is not
        /// kept.
        case propose(RepairProposed, Caller, @Sendable (ToldProposal?) -> Void)
        /// Note how far a consumer has come.
        case cursor(consumer: String, event: Int)
        /// Note where a simulation's clock stands, then say whether it is kept.
        case clock(Instant, @Sendable (Bool) -> Void)
        /// Tell what has fallen due, then say how much it was; nil where it is not kept.
        case catchUp(@Sendable (Int?) -> Void)
        /// Move a simulation's clock to an instant and tell what has fallen due, as `catchUp` does.
        case pass(Instant, @Sendable (Int?) -> Void)
        /// Set numbers of a kind aside that are never set aside again, then say the last of them; nil where it is not
        /// kept.
        case numbers(of: String, Int, @Sendable (Int?) -> Void)
        /// Take those numbers of a kind back that nobody was given.
        case numbersBack(of: String, after: Int)
        /// Forget the answers that were given before an instant.
        case forget(before: Instant)
        /// Derive calendars through a day.
        case extend(Day)
        /// Begin a day: drop what is over, and derive the days that have come in sight.
        case begin(Day)
        /// Say that the writer answers.
        case ping(@Sendable () -> Void)
    }

    /// What the writer tells.
    struct Observer: Sendable {
        /// After a commit: the last event's number.
        let committed: @Sendable (Int) -> Void
        /// A failure; fatal where the process must end.
        let failed: @Sendable (StoreError, _ isFatal: Bool) -> Void
    }

    /// Notes of who read wait a moment for one another or for the next command: each would be a sync of its own.
    private let queue = BlockingQueue<Job>(limit: 8_192, patience: 0.5, company: 512)
    private let store: Store
    private let publication: Publication
    private let clock: ServiceClock
    private let own: Caller
    private let searches: ThreadPool
    private let observer: Observer
    private let finished = DispatchGroup()
    private let failure = Mutex<StoreError?>(nil)

    /// A writer that begins with the published state. It runs from `start` until `finish`.
    ///
    /// - Parameters:
    ///   - own: the service as the author of what time asks.
    ///   - searches: where it is looked for why something cannot be planned.
    init(
        store: Store, publication: Publication, clock: ServiceClock, own: Caller, searches: ThreadPool,
        observer: Observer
    ) {
        self.store = store
        self.publication = publication
        self.clock = clock
        self.own = own
        self.searches = searches
        self.observer = observer
    }

    /// Starts the thread on which everything is decided and written.
    func start() {
        finished.enter()
        let thread = Thread { [self] in
            while true {
                let jobs = queue.take(atMost: 256)
                if jobs.isEmpty { break }
                write(jobs)
            }
            finished.leave()
        }
        thread.name = "writer"
        thread.stackSize = 16 << 20
        thread.start()
    }

    /// Takes nothing more in, does what was accepted, and ends the thread.
    func finish() {
        queue.close()
        finished.wait()
    }

    /// Has a command decided and waits for what it comes to. Why something cannot be planned is looked for beside the
    /// writer, on the state that it was decided on; then the command comes again and has its turn.
    func run(_ job: CommandJob) async throws(CommandError) -> CommandResult {
        var job = job
        switch await taken(job) {
        case .answered(let result): return try result.get()
        case .unexplained(let question):
            job.explanation = await withCheckedContinuation { continuation in
                let accepted = searches.run { continuation.resume(returning: question.explained()) }
                // With too much waiting it is answered as it was decided.
                if !accepted { continuation.resume(returning: Explanation(decision: question.decision)) }
            }
        }
        guard case .answered(let result) = await taken(job) else {
            preconditionFailure("a command that comes with its explanation is answered")
        }
        return try result.get()
    }

    private func taken(_ job: CommandJob) async -> JobOutcome {
        await withCheckedContinuation { continuation in
            let accepted = queue.put(.command(job) { continuation.resume(returning: $0) })
            if !accepted {
                continuation.resume(returning: .answered(.failure(.clinic(.busy))))
            }
        }
    }

    /// Has a fuller answer to a request kept in the place of the one that it was given.
    ///
    /// - Returns: what is kept now; nil where nothing is, or it could not be.
    func amend(_ request: RequestKey, _ answer: StoredAnswer, with fuller: StoredAnswer) async -> StoredAnswer? {
        await withCheckedContinuation { continuation in
            let accepted = queue.put(.amend(request, answer, with: fuller) { continuation.resume(returning: $0) })
            if !accepted { continuation.resume(returning: nil) }
        }
    }

    /// Has numbers of a kind set aside, then says the last of them; nil where that could not be kept. They are never
    /// set aside again, whatever becomes of this process.
    func setNumbersAside(_ count: Int, of kind: String, then told: @escaping @Sendable (Int?) -> Void) {
        if !queue.put(.numbers(of: kind, count, told)) { told(nil) }
    }

    /// Has those numbers of a kind taken back that nobody was given: those after one.
    func takeNumbersBack(after last: Int, of kind: String) { _ = queue.put(.numbersBack(of: kind, after: last)) }

    /// Has it noted that somebody read data of patients.
    ///
    /// - Returns: false where too much waits already.
    func record(_ access: AccessNote) -> Bool { queue.put(.access(access), isPatient: true) }

    /// Has it recorded that a repair was proposed to a caller, once.
    ///
    /// - Returns: the event that tells it; nil where it could not be kept.
    func propose(_ proposed: RepairProposed, to caller: Caller) async -> ToldProposal? {
        await withCheckedContinuation { continuation in
            let accepted = queue.put(.propose(proposed, caller) { continuation.resume(returning: $0) })
            if !accepted { continuation.resume(returning: nil) }
        }
    }

    /// Has it noted how far a consumer has come. Where too much waits the consumer comes again with the next event.
    func keep(_ event: Int, of consumer: String) { _ = queue.put(.cursor(consumer: consumer, event: event)) }

    /// Has the answers forgotten that were given before an instant: nobody repeats a request after so long.
    func forgetAnswers(before instant: Instant) { _ = queue.put(.forget(before: instant)) }

    /// Has calendars derived through a day; it is only for speed, and left out where too much waits.
    func extend(through day: Day) { _ = queue.put(.extend(day)) }

    /// Has a day begun: what is over is dropped, so that a service that runs for months stays as small as a new one.
    func begin(_ day: Day) { _ = queue.put(.begin(day)) }

    /// Has the place of a simulation's clock kept.
    ///
    /// - Returns: whether it is durable.
    func keep(_ instant: Instant) async -> Bool {
        await withCheckedContinuation { continuation in
            if !queue.put(.clock(instant) { continuation.resume(returning: $0) }) {
                continuation.resume(returning: false)
            }
        }
    }

    /// Has everything told that has fallen due.
    ///
    /// - Returns: how much it was; nil where it could not be kept.
    func catchUp() async -> Int? {
        await withCheckedContinuation { continuation in
            if !queue.put(.catchUp { continuation.resume(returning: $0) }) { continuation.resume(returning: nil) }
        }
    }

    /// Moves a simulation's clock to an instant and has everything told that has fallen due by then.
    ///
    /// - Returns: how much it was; nil where it could not be kept, and the clock stays where it was.
    func pass(to instant: Instant) async -> Int? {
        await withCheckedContinuation { continuation in
            let accepted = queue.put(.pass(instant) { continuation.resume(returning: $0) })
            if !accepted { continuation.resume(returning: nil) }
        }
    }

    /// Waits until the writer answers.
    func ping() async -> Bool {
        await withCheckedContinuation { continuation in
            if !queue.put(.ping { continuation.resume(returning: true) }) { continuation.resume(returning: false) }
        }
    }

    private func write(_ jobs: [Job]) {
        if let failure = failure.withLock({ $0 }) {
            // The outcome of an earlier commit is unknown: nothing is decided on top of it.
            for job in jobs { job.fail(with: failure) }
            return
        }
        if jobs.allSatisfy(\.needsNoTransaction) {
            for job in jobs { answerAtOnce(job) }
            return
        }
        do {
            let batch = try store.write { transaction in
                var batch = WriteBatch(publication.current, transaction, clock, own: own) { [observer] in
                    observer.failed($0, false)
                }
                for job in jobs { try batch.take(job) }
                return batch
            }
            publication.publish(batch.snapshot, by: batch.moments)
            observer.committed(batch.snapshot.state.lastEvent)
            for answer in batch.answers { answer() }
        } catch {
            let error = error as? StoreError ?? .system(String(describing: error))
            let isFatal = error.endsService
            if isFatal { failure.withLock { $0 = error } }
            observer.failed(error, isFatal)
            for job in jobs { job.fail(with: error) }
        }
    }

    private func answerAtOnce(_ job: Job) {
        switch job {
        case .ping(let answer):
            checkPlace()
            answer()
        case .extend(let day): change { $0.extend(through: day) }
        case .begin(let day): change { $0.begin(day) }
        case .command, .amend, .access, .propose, .cursor, .clock, .catchUp, .pass, .numbers, .numbersBack, .forget:
            preconditionFailure("this job needs a transaction")
        }
    }

    private func change(_ body: (inout Snapshot) -> Void) {
        var snapshot = publication.current
        body(&snapshot)
        publication.publish(snapshot)
    }

    /// That the database is gone is noticed without commands, too.
    private func checkPlace() {
        do throws(StoreError) {
            try store.checkPlace()
        } catch {
            failure.withLock { $0 = error }
            observer.failed(error, true)
        }
    }
}

extension Writer.Job {
    fileprivate var needsNoTransaction: Bool {
        switch self {
        case .ping, .extend, .begin: true
        case .command, .amend, .access, .propose, .cursor, .clock, .catchUp, .pass, .numbers, .numbersBack, .forget:
            false
        }
    }

    /// Answers a job that was not kept, or of which that is unknown.
    func fail(with error: StoreError) {
        switch self {
        case .command(_, let answer):
            let failure: ClinicInterface.Failure =
                error == .full ? .storageFull : error.endsService ? .storageFailed : .database(error)
            answer(.answered(.failure(.clinic(failure))))
        case .amend(_, _, _, let answer): answer(nil)
        case .clock(_, let answer): answer(false)
        case .catchUp(let answer), .pass(_, let answer): answer(nil)
        case .numbers(_, _, let answer): answer(nil)
        case .propose(_, _, let answer): answer(nil)
        case .ping(let answer): answer()
        case .access, .cursor, .numbersBack, .forget, .extend, .begin: break
        }
    }
}
