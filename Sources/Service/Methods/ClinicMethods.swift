internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import VarlinkDescription
internal import Wire

/// The code of `io.infusiond.Clinic`: each method reads its message, asks the clinic or the writer, and writes its
/// reply.
struct ClinicMethods: Sendable {
    let publication: Publication
    let clock: ServiceClock
    let callers: Callers
    let writer: Writer
    let records: RecordReader
    let pools: ThreadPools
    let proposals: ProposalShelf<Proposal>
    let scheduleChanges: ProposalShelf<ScheduleChange>
    let imports = ImportShelf()
    let forecastSeats = ForecastSeats()
    let signal: EventSignal

    /// The interface with the code of all its methods.
    func interface() throws(InterfaceSyntaxError) -> Interface {
        let all =
            patientMethods() + courseMethods() + visitMethods() + courseChangeMethods() + holdMethods()
            + careMethods() + dayMethods() + eventMethods() + facilityMethods() + repairMethods()
            + waitingMethods() + auditMethods() + reportMethods() + exchangeMethods()
            + factMethods() + frontDeskMethods() + forecastMethods()
        let description = try InterfaceDescription(parsing: ClinicInterface.description)
        let named = all.map { name, method in
            (name, description.method(named: name).map { naming(method, of: $0) } ?? method)
        }
        return Interface(description, methods: Dictionary(uniqueKeysWithValues: named))
    }
}

/// A method's bare name with its code.
typealias NamedMethod = (String, Method)

extension ClinicMethods {
    /// A method that reads from memory in microseconds.
    func immediate<Parameters: WireCall>(
        _ body: @escaping @Sendable (Parameters, Call) throws(ClinicInterface.Failure) -> Parameters.Reply
    ) -> NamedMethod {
        let method = Method.immediate { call throws(VarlinkError) in
            do throws(ClinicInterface.Failure) {
                return try body(Parameters(of: call), call).object
            } catch {
                throw VarlinkError(error)
            }
        }
        return (Parameters.bareName, method)
    }

    /// A method that reads from memory in microseconds, where it is there; otherwise from the record.
    ///
    /// - Parameter name: what the parameters name; the body is given a state that holds it, if there is one.
    func remembered<Parameters: WireCall>(
        _ name: @escaping @Sendable (Parameters) -> CourseName,
        _ body: @escaping @Sendable (Parameters, Call, Snapshot) throws(ClinicInterface.Failure) -> Parameters.Reply
    ) -> NamedMethod {
        let method = Method.remembered { call throws(VarlinkError) in
            do throws(ClinicInterface.Failure) {
                let parameters = try Parameters(of: call)
                let snapshot = publication.current
                guard snapshot.state.holds(name(parameters)) else { return nil }
                return try body(parameters, call, snapshot).object
            } catch {
                throw VarlinkError(error)
            }
        } otherwise: { call async throws(VarlinkError) in
            do throws(ClinicInterface.Failure) {
                let parameters = try Parameters(of: call)
                return try await pools.looks.result { () throws(ClinicInterface.Failure) in
                    try body(parameters, call, snapshot(with: name(parameters))).object
                }
            } catch {
                throw VarlinkError(error)
            }
        }
        return (Parameters.bareName, method)
    }

    /// A method that may take a while: a search, or a look into the record.
    ///
    /// - Parameters:
    ///   - threads: where it runs; with the looks unless told otherwise.
    ///   - permit: what else is asked of the caller, where the parameters decide it.
    func pooled<Parameters: WireCall>(
        on threads: @escaping @Sendable (ThreadPools) -> ThreadPool = { $0.looks },
        permit: @escaping @Sendable (Parameters, Role) -> Bool = { _, _ in true },
        _ body: @escaping @Sendable (Parameters, Call) throws(ClinicInterface.Failure) -> Parameters.Reply
    ) -> NamedMethod {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            let parameters: Parameters
            do throws(ClinicInterface.Failure) {
                parameters = try Parameters(of: call)
            } catch {
                throw VarlinkError(error)
            }
            guard let role = callers.role(of: call.peer), permit(parameters, role) else { throw .permissionDenied }
            do throws(ClinicInterface.Failure) {
                return try await threads(pools).result { () throws(ClinicInterface.Failure) in
                    try body(parameters, call).object
                }
            } catch {
                throw VarlinkError(error)
            }
        }
        return (Parameters.bareName, method)
    }

    /// A method that changes something: its command is decided in the writer's turn. A request that comes again is
    /// answered there as it was before, whatever has become of what it names.
    ///
    /// - Parameters:
    ///   - request: the caller's id of the request.
    ///   - reason: why it is asked for.
    ///   - dryRun: whether it is only asked what would be: then it is decided beside the writer and not recorded.
    ///   - finished: what the answer becomes once it is recorded, worked out beside the writer.
    func written<Parameters: WireCall>(
        request: @escaping @Sendable (Parameters) -> String?,
        reason: @escaping @Sendable (Parameters) -> Reason? = { _ in nil },
        dryRun: @escaping @Sendable (Parameters) -> Bool = { _ in false },
        finished: @escaping @Sendable (StoredAnswer, RequestKey?, Call) async throws(VarlinkError) -> JSONObject = {
            answer, _, _ throws(VarlinkError) in try answer.result.get()
        },
        _ command:
            @escaping @Sendable (Parameters, Call) throws(ClinicInterface.Failure)
            -> ClinicCommand<Parameters.Reply>
    ) -> NamedMethod {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            let caller = try await caller(of: call)
            let parameters: Parameters
            let key: RequestKey?
            do throws(ClinicInterface.Failure) {
                parameters = try Parameters(of: call)
                key = try RequestKey(request(parameters), of: caller, method: Parameters.method, call.parameters)
            } catch {
                throw VarlinkError(error)
            }
            var job: CommandJob
            do throws(ClinicInterface.Failure) {
                let reason = reason(parameters)
                job = CommandJob(try command(parameters, call), caller: caller, request: key, reason: reason)
            } catch {
                job = try refused(error, caller, key)
            }
            job.seen = seen(call.parameters)
            if dryRun(parameters) { return try await preview(job, call) }
            return try await finished(try await answer(to: job), key, call)
        }
        return (Parameters.bareName, method)
    }

    /// The answer that a request was given before; nil for one that is new. Methods ask before they search or look
    /// anything up; the writer asks once more.
    func knownAnswer(to request: RequestKey?) async throws(VarlinkError) -> StoredAnswer? {
        guard let request else { return nil }
        do throws(ClinicInterface.Failure) {
            return try await pools.looks.result { () throws(ClinicInterface.Failure) in
                try records.answer(to: request)
            }
        } catch {
            throw VarlinkError(error)
        }
    }

    /// A command that cannot be asked for, which is kept for the request's repetition.
    ///
    /// - Throws: what tells of the moment alone and is not kept.
    func refused(
        _ failure: ClinicInterface.Failure, _ caller: Caller, _ request: RequestKey?
    ) throws(VarlinkError) -> CommandJob {
        guard !failure.isPassing else { throw VarlinkError(failure) }
        return CommandJob(refused: .clinic(failure), caller: caller, request: request)
    }

    /// Keeps a proposal under an id that nothing was known by before.
    ///
    /// - Throws: `Busy` where the numbers for ids have run out and more are on their way.
    func keep<Kept>(_ proposal: Kept, on shelf: ProposalShelf<Kept>) throws(ClinicInterface.Failure) -> String {
        if shelf.asksForNumbers() {
            writer.setNumbersAside(ProposalShelf<Kept>.numbersAtOnce, of: shelf.prefix) {
                shelf.use(numbersThrough: $0)
            }
        }
        guard let id = shelf.keep(proposal) else { throw .busy }
        return id
    }

    /// Records that a peer has read data of patients. Reading goes on whether the record can be written at once or not;
    /// it does not go on where the writer is so far behind that reads would go unrecorded.
    func recordAccess(_ patients: [PatientID], _ call: Call) throws(ClinicInterface.Failure) {
        let patients = call.noted.add(patients.map(\.text)).map { PatientID($0) }
        guard !patients.isEmpty else { return }
        let now = clock.now
        let record = { @Sendable [callers, writer] in
            guard let caller = callers.caller(call.peer) else { return true }
            return writer.record(AccessNote(at: now, caller: caller, method: call.method, patients: patients))
        }
        // The socket's thread does not wait for the system's list of users.
        let isTaken = callers.knowsName(of: call.peer) ? record() : pools.names.run { _ = record() }
        guard isTaken else { throw .busy }
    }

    /// Who calls, with the name that the system knows them by.
    ///
    /// - Throws: `PermissionDenied` for strangers, `Busy` where too many names wait to be looked up.
    func caller(of call: Call) async throws(VarlinkError) -> Caller {
        var caller: Caller?
        if callers.knowsName(of: call.peer) {
            caller = callers.caller(call.peer)
        } else {
            do throws(ClinicInterface.Failure) {
                caller = try await pools.names.result { () throws(ClinicInterface.Failure) in
                    callers.caller(call.peer)
                }
            } catch {
                throw VarlinkError(error)
            }
        }
        guard let caller else { throw .permissionDenied }
        return caller
    }
}

extension WireCall {
    /// The method's name without its interface.
    static var bareName: String { String(method.split(separator: ".").last ?? "") }

    /// Reads the parameters of a call, which have the declared types already.
    ///
    /// - Throws: `InvalidValue` with the first field whose value cannot be.
    init(of call: Call) throws(ClinicInterface.Failure) {
        do throws(JSONInvalid) {
            try self.init(call.parameters)
        } catch {
            let problem = error.problems[0]
            throw .invalidValue(field: problem.path, message: problem.message, hint: problem.hint)
        }
    }
}

extension ThreadPool {
    /// Runs work on one of the threads and waits for its result without holding one of the caller's.
    ///
    /// - Throws: what the work throws, or `Busy`.
    func result<Value: Sendable>(
        of work: @escaping @Sendable () throws(ClinicInterface.Failure) -> Value
    ) async throws(ClinicInterface.Failure) -> Value {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, ClinicInterface.Failure>, Never>) in
            let accepted = run {
                continuation.resume(returning: Result { () throws(ClinicInterface.Failure) in try work() })
            }
            if !accepted { continuation.resume(returning: .failure(.busy)) }
        }
        return try result.get()
    }
}
