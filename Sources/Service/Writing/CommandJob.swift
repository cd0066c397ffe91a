internal import Clinic
internal import ClinicTime
internal import Planning
internal import Store
internal import Wire

/// What became of a command, for its answer.
struct CommandOutcome: Sendable {
    let reply: Reply
    let events: [RecordedEvent]
    /// The state that it led to.
    let snapshot: Snapshot
    /// Whether it is recorded; false where it was only asked what would be.
    var isRecorded = true
}

/// What the record knows at the moment at which a command is decided.
struct RecordLook {
    /// The patient of a record number.
    let patient: (String) throws(ClinicInterface.Failure) -> PatientID?
    /// What is known of a patient.
    let details: (PatientID) throws(ClinicInterface.Failure) -> PatientDetails?
    /// All courses of a patient, open or closed.
    let courses: (PatientID) throws(ClinicInterface.Failure) -> [CourseID]
    /// What was known of a patient until an event changed it.
    let former: (PatientID, Int) throws(ClinicInterface.Failure) -> PatientDetails?
    /// The events about a subject with a higher number than one, newest first.
    let events: (Subject, Int) throws(ClinicInterface.Failure) -> [RecordedEvent]

    /// The patients who have these record numbers, by record number.
    func known(_ recordNumbers: [String]) throws(ClinicInterface.Failure) -> [String: PatientID] {
        var known: [String: PatientID] = [:]
        for number in recordNumbers { known[number] = try patient(number) }
        return known
    }
}

/// A command on its way to the writer: how it is made in the writer's turn, and how its outcome is answered.
struct ClinicCommand<Reply: WireValue>: Sendable {
    /// The command, from the state as it is when its turn has come, and the record.
    let command: @Sendable (Snapshot, RecordLook) throws(ClinicInterface.Failure) -> Command
    /// What is answered where it is done; the record does not tell of it yet.
    let answer: @Sendable (CommandOutcome, RecordLook) throws(ClinicInterface.Failure) -> Reply
    /// What is answered where it is refused.
    let refusal: @Sendable (ClinicRefusal, Snapshot) -> CommandError
    /// All that can be said of there being no plan, which is worked out beside the writer; nil for no more than the
    /// decision says.
    var elaborate: (@Sendable (Refusal, Snapshot, Instant) -> RefusalMessage)?

    /// A command with its answer; refusals are those of the clinic's interface.
    ///
    /// - Parameter visits: the visits that a refusal may speak of.
    init(
        visits: [PlannedVisit] = [],
        _ command: @escaping @Sendable (Snapshot) throws(ClinicInterface.Failure) -> Command,
        answer: @escaping @Sendable (CommandOutcome) throws(ClinicInterface.Failure) -> Reply
    ) {
        self.command = { snapshot, _ throws(ClinicInterface.Failure) in try command(snapshot) }
        self.answer = { outcome, _ throws(ClinicInterface.Failure) in try answer(outcome) }
        refusal = { .clinic(ClinicInterface.Failure($0, visits: visits, snapshot: $1)) }
    }

    /// A command for which something is looked up in the record.
    init(
        looking command: @escaping @Sendable (Snapshot, RecordLook) throws(ClinicInterface.Failure) -> Command,
        answer: @escaping @Sendable (CommandOutcome, RecordLook) throws(ClinicInterface.Failure) -> Reply
    ) {
        self.command = command
        self.answer = answer
        refusal = { .clinic(ClinicInterface.Failure($0, snapshot: $1)) }
    }
}

/// By what a request is known when it comes again.
struct RequestKey: Hashable, Sendable {
    let uid: Int
    /// The caller's id of the request.
    let id: String
    /// The digest of method and parameters.
    let digest: [UInt8]
}

/// A command that waits for its turn, its types erased.
struct CommandJob: Sendable {
    let caller: Caller
    let request: RequestKey?
    /// Why it is asked for.
    let reason: Reason?
    /// A zone to be taken over with the command.
    let zone: ClinicZone?
    let command: @Sendable (Snapshot, RecordLook) throws(ClinicInterface.Failure) -> Command
    /// What its caller had seen of what they mean to change, where they say so.
    var seen: Seen?
    /// What is answered, and kept for a repetition, where it is done; nil where nobody outside asked.
    let answer: (@Sendable (CommandOutcome, RecordLook) throws(ClinicInterface.Failure) -> StoredAnswer)?
    let refusal: @Sendable (ClinicRefusal, Snapshot) -> CommandError
    /// Why it cannot be asked for at all, which was known before its turn; a repetition is answered all the same.
    let obstacle: CommandError?
    /// All that can be said of there being no plan; nil for no more than the decision says.
    let elaborate: (@Sendable (Refusal, Snapshot, Instant) -> RefusalMessage)?
    /// Why something cannot be planned and what would help, found beside the writer.
    var explanation: Explanation?

    init<Reply: WireValue>(
        _ command: ClinicCommand<Reply>, caller: Caller, request: RequestKey? = nil, reason: Reason? = nil
    ) {
        self.caller = caller
        self.request = request
        self.reason = reason
        zone = nil
        self.command = command.command
        answer = { outcome, look throws(ClinicInterface.Failure) in StoredAnswer(try command.answer(outcome, look)) }
        refusal = command.refusal
        elaborate = command.elaborate
        obstacle = nil
    }

    /// A command of the service itself, which goes by its outcome.
    init(
        of own: Caller, zone: ClinicZone? = nil,
        refusal: @escaping @Sendable (ClinicRefusal, Snapshot) -> CommandError = {
            .clinic(ClinicInterface.Failure($0, snapshot: $1))
        },
        _ command: @escaping @Sendable (Snapshot) throws(ClinicInterface.Failure) -> Command
    ) {
        caller = own
        (request, reason, answer, elaborate, obstacle) = (nil, nil, nil, nil, nil)
        self.zone = zone
        self.command = { snapshot, _ throws(ClinicInterface.Failure) in try command(snapshot) }
        self.refusal = refusal
    }

    /// A command that cannot be asked for: it has a turn to be answered as it was before, or else refused.
    init(refused obstacle: CommandError, caller: Caller, request: RequestKey?) {
        self.caller = caller
        self.request = request
        self.obstacle = obstacle
        (reason, zone, answer, elaborate) = (nil, nil, nil, nil)
        command = { _, _ throws(ClinicInterface.Failure) in throw .unforeseen("it was refused before its turn") }
        refusal = { .clinic(ClinicInterface.Failure($0, snapshot: $1)) }
    }

    /// Why it is not done: with all that can be said of there being no plan, where that was found.
    func error(for refusal: ClinicRefusal, _ snapshot: Snapshot) -> CommandError {
        let error = self.refusal(refusal, snapshot)
        guard case .noPlan = refusal, let found = explanation?.refusal,
            case .clinic(.refused(let rule, let message, let hint, let violations, _)) = error
        else { return error }
        return .clinic(.refused(rule: rule, message: message, hint: hint, violations: violations, refusal: found))
    }
}

/// A decision that the writer made without saying why something cannot be planned: that takes longer than the decision,
/// and others' commands would wait for it.
struct PendingExplanation: Sendable {
    /// What was decided on.
    let command: Command
    /// The state that it was decided on.
    let snapshot: Snapshot
    let now: Instant
    /// The decision as it was made.
    let decision: Decision
    /// What more is said of there being no plan.
    let elaborate: (@Sendable (Refusal, Snapshot, Instant) -> RefusalMessage)?

    /// The decision as it is with everything said.
    func explained() -> Explanation {
        var snapshot = snapshot
        do throws(ClinicInterface.Failure) {
            let decision = try snapshot.decision(on: command, now: now)
            guard case .refused(.noPlan(let refusal), _) = decision else { return Explanation(decision: decision) }
            return Explanation(decision: decision, refusal: elaborate?(refusal, snapshot, now))
        } catch {
            // What cannot be explained is told as it was decided.
            return Explanation(decision: decision)
        }
    }
}

/// A decision with all that can be said of it.
struct Explanation: Sendable {
    let decision: Decision
    /// All that can be said of there being no plan, where that was asked.
    var refusal: RefusalMessage?
}

/// What a command came to.
enum CommandResult: Sendable {
    /// It was decided on and is done; with what is answered, where somebody outside asked.
    case done(CommandOutcome, StoredAnswer?)
    /// The request has been answered before.
    case repeated(StoredAnswer)
}

/// Why a command is not done.
enum CommandError: Error, Hashable, Sendable {
    /// An error of the clinic's interface.
    case clinic(ClinicInterface.Failure)
    /// An error of the service's interface.
    case service(ServiceInterface.Failure)
    /// The caller may not do it.
    case permissionDenied
}

/// What becomes of a command in the writer's turn.
enum JobOutcome: Sendable {
    case answered(Result<CommandResult, CommandError>)
    /// Nothing was recorded: it comes again with what is to be said about it.
    case unexplained(PendingExplanation)
}

/// That somebody read data of patients.
struct AccessNote: Hashable, Sendable {
    let at: Instant
    let caller: Caller
    let method: String
    let patients: [PatientID]
}

/// The event by which a proposal was told.
struct ToldProposal: Hashable, Sendable {
    let event: Int
    /// The id that the proposal had when it was told.
    let proposal: String
}
