internal import Clinic
internal import ClinicTime
internal import Planning
internal import Store
internal import StrictJSON
internal import Varlink
internal import Wire

/// What became of a command, for its answer.
struct Outcome {
    /// The clinic's reply.
    let reply: Reply
    /// What was recorded.
    let events: [RecordedEvent]
    /// The state that it led to.
    let snapshot: Snapshot
    /// Whether it is recorded; false where it was only asked what would be.
    var isRecorded = true
}

/// What the record knows of patients at the moment at which a command is decided.
struct RecordLook {
    /// The patient of a record number.
    let patient: (String) throws(ClinicInterface.Failure) -> PatientID?

    /// The patients who have these record numbers, by record number.
    func known(_ recordNumbers: [String]) throws(ClinicInterface.Failure) -> [String: PatientID] {
        var known: [String: PatientID] = [:]
        for number in recordNumbers { known[number] = try patient(number) }
        return known
    }
}

/// A command on its way to the writer: how it is made in the writer's turn, and how its outcome is answered.
struct ClinicCommand<Answer: WireValue>: Sendable {
    /// The command, from the state as it is when its turn has come, and the record.
    let command: @Sendable (Snapshot, RecordLook) throws(ClinicInterface.Failure) -> Command
    /// What is answered where it is done; the record does not tell of it yet.
    let answer: @Sendable (Outcome, RecordLook) throws(ClinicInterface.Failure) -> Answer
    /// What is answered where it is refused.
    let refusal: @Sendable (ClinicRefusal, Snapshot) -> VarlinkError

    /// A command with its answer; refusals are those of the clinic's interface.
    ///
    /// - Parameter visits: the visits that a refusal may speak of.
    init(
        visits: [PlannedVisit] = [],
        _ command: @escaping @Sendable (Snapshot) throws(ClinicInterface.Failure) -> Command,
        answer: @escaping @Sendable (Outcome) throws(ClinicInterface.Failure) -> Answer
    ) {
        self.init(command: command, answer: answer) { refusal, snapshot in
            VarlinkError(ClinicInterface.Failure(refusal, visits: visits, snapshot: snapshot))
        }
    }

    /// A command with its answer and its refusals.
    init(
        command: @escaping @Sendable (Snapshot) throws(ClinicInterface.Failure) -> Command,
        answer: @escaping @Sendable (Outcome) throws(ClinicInterface.Failure) -> Answer,
        refusal: @escaping @Sendable (ClinicRefusal, Snapshot) -> VarlinkError
    ) {
        self.command = { snapshot, _ throws(ClinicInterface.Failure) in try command(snapshot) }
        self.answer = { outcome, _ throws(ClinicInterface.Failure) in try answer(outcome) }
        self.refusal = refusal
    }

    /// A command for which something is looked up in the record.
    init(
        looking command: @escaping @Sendable (Snapshot, RecordLook) throws(ClinicInterface.Failure) -> Command,
        answer: @escaping @Sendable (Outcome, RecordLook) throws(ClinicInterface.Failure) -> Answer
    ) {
        self.command = command
        self.answer = answer
        refusal = { VarlinkError(ClinicInterface.Failure($0, snapshot: $1)) }
    }
}

/// By what a request is known when it comes again.
struct RequestKey: Hashable, Sendable {
    /// The caller's user.
    let uid: Int
    /// The caller's id of the request.
    let id: String
    /// The digest of method and parameters.
    let digest: [UInt8]

    /// The key of a request; nil where the caller gave no id.
    ///
    /// - Throws: `InvalidValue` where the id is not of 1 to 64 characters.
    init?(
        _ id: String?, of caller: Caller, method: String, _ parameters: JSONObject
    ) throws(ClinicInterface.Failure) {
        guard let id else { return nil }
        try check(id.count, in: 1...64, "request", of: "characters")
        uid = caller.uid
        self.id = id
        digest = SHA256.digest(of: (method + "\n" + canonical(.object(parameters)).text()).utf8)
    }
}

/// The value with the members of every object in the order of their keys.
private func canonical(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
        .object(JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, canonical($0.value)) }))
    case .array(let elements): .array(elements.map(canonical))
    case .null, .bool, .integer, .number, .string: value
    }
}

/// What is answered to a call, as it is kept for its repetition.
struct Answer: Hashable, Sendable {
    /// The full name of the error; nil for a reply.
    var error: String?
    /// The parameters of the reply or the error.
    var parameters: JSONObject

    /// A reply.
    init(_ parameters: JSONObject) { self.parameters = parameters }

    /// An error.
    init(_ error: VarlinkError) {
        self.error = error.name
        parameters = error.parameters
    }

    /// An error of the clinic's interface.
    init(_ failure: ClinicInterface.Failure) { self.init(VarlinkError(failure)) }

    /// Reads what was kept; nil where it is damaged.
    init?(bytes: [UInt8]) {
        guard let object = try? JSONValue(parsing: bytes).object, let parameters = object["parameters"]?.object else {
            return nil
        }
        self.error = object["error"]?.string
        self.parameters = parameters
    }

    /// As it is kept.
    var bytes: [UInt8] {
        JSONObject.present([("error", error.map { .string($0) }), ("parameters", .object(parameters))]).text().utf8
            .map { $0 }
    }

    /// As it is answered.
    var result: Result<JSONObject, VarlinkError> {
        if let error { .failure(VarlinkError(error, parameters)) } else { .success(parameters) }
    }
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
    let answer: @Sendable (Outcome, RecordLook) throws(ClinicInterface.Failure) -> JSONObject
    let refusal: @Sendable (ClinicRefusal, Snapshot) -> VarlinkError
    /// Why it cannot be asked for at all, which was known before its turn; a repetition is answered all the same.
    let obstacle: VarlinkError?
    /// The same decision with why something cannot be planned and what would help, found beside the writer.
    var explanation: Decision?

    init<Reply: WireValue>(
        _ command: ClinicCommand<Reply>, caller: Caller, request: RequestKey? = nil, reason: Reason? = nil,
        zone: ClinicZone? = nil
    ) {
        self.caller = caller
        self.request = request
        self.reason = reason
        self.zone = zone
        self.command = command.command
        answer = { outcome, look throws(ClinicInterface.Failure) in try command.answer(outcome, look).object }
        refusal = command.refusal
        obstacle = nil
    }

    /// A command that cannot be asked for: it has a turn to be answered as it was before, or else refused.
    init(refused obstacle: VarlinkError, caller: Caller, request: RequestKey?) {
        self.caller = caller
        self.request = request
        self.obstacle = obstacle
        (reason, zone) = (nil, nil)
        command = { _, _ throws(ClinicInterface.Failure) in throw .unforeseen("it was refused before its turn") }
        answer = { _, _ in [:] }
        refusal = { VarlinkError(ClinicInterface.Failure($0, snapshot: $1)) }
    }
}

/// A decision that the writer made without saying why something cannot be planned: that takes longer than the decision,
/// and others' commands would wait for it.
struct Unexplained: Sendable {
    /// What was decided on.
    let command: Command
    /// The state that it was decided on.
    let snapshot: Snapshot
    /// When.
    let now: Instant
    /// The decision as it was made.
    let decision: Decision

    /// The decision as it is with everything said.
    func explained() -> Decision {
        var snapshot = snapshot
        do throws(ClinicInterface.Failure) {
            return try snapshot.decision(on: command, now: now)
        } catch {
            // What cannot be explained is told as it was decided.
            return decision
        }
    }
}

/// What becomes of a command in the writer's turn.
enum Taken: Sendable {
    /// It is answered.
    case answered(Result<JSONObject, VarlinkError>)
    /// Nothing was recorded: it comes again with what is to be said about it.
    case unexplained(Unexplained)
}

/// That somebody read data of patients.
struct AccessNote: Hashable, Sendable {
    /// When.
    let at: Instant
    /// Who.
    let caller: Caller
    /// By which method.
    let method: String
    /// Whose.
    let patients: [PatientID]
}

/// The event by which a proposal was told.
struct ToldProposal: Hashable, Sendable {
    /// The event's number.
    let event: Int
    /// The id that the proposal had when it was told.
    let proposal: String
}
