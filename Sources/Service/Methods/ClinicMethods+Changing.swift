internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// A method that changes a course and answers the difference: by the writer, or in a dry run beside it.
    ///
    /// - Parameter command: the command, from the call and the state on which it is decided.
    func changing<Parameters: ChangeCall>(
        _ command: @escaping @Sendable (Parameters, Snapshot) throws(ClinicInterface.Failure) -> Command
    ) -> NamedMethod {
        changing { (call: Parameters, snapshot, _) throws(ClinicInterface.Failure) in try command(call, snapshot) }
    }

    /// The same, where the command is made of what the record knows of patients, too.
    func changing<Parameters: ChangeCall>(
        _ command: @escaping @Sendable (Parameters, Snapshot, RecordLook) throws(ClinicInterface.Failure) -> Command
    ) -> NamedMethod {
        written(
            request: { $0.request }, reason: { $0.because }, dryRun: { $0.dryRun ?? false },
            finished: { answer, key, call async throws(VarlinkError) in try await matched(answer, key, call) }
        ) { (call: Parameters, _) in
            ClinicCommand(looking: { snapshot, look throws(ClinicInterface.Failure) in
                let made = try command(call, snapshot, look)
                return call.told ?? false ? .told(made) : made
            }) { outcome, _ in
                ChangeReply(outcome)
            }
        }
    }

    /// Asks a question of a moment, for which the days that it asks for are got; the writer then has them too.
    func withDays<Answer>(
        _ snapshot: inout Snapshot, _ question: (Snapshot) throws(NeedsDays) -> Answer
    ) throws(ClinicInterface.Failure) -> Answer {
        try sharingDays(&snapshot) { snapshot throws(ClinicInterface.Failure) in try snapshot.withDays(question) }
    }

    /// Works on a moment; the writer then has the days that were got for it.
    private func sharingDays<Answer>(
        _ snapshot: inout Snapshot, _ work: (inout Snapshot) throws(ClinicInterface.Failure) -> Answer
    ) throws(ClinicInterface.Failure) -> Answer {
        let last = snapshot.calendar.last
        let answer = try work(&snapshot)
        if snapshot.calendar.last > last { writer.extend(through: snapshot.calendar.last) }
        return answer
    }

    /// What a command would come to on the published state. Nothing is recorded but that its caller read of patients.
    func preview(_ job: CommandJob, _ call: Call) async throws(VarlinkError) -> JSONObject {
        let result: Result<JSONObject, VarlinkError>
        do throws(ClinicInterface.Failure) {
            result = try await pools.searches.result { () throws(ClinicInterface.Failure) in
                try previewed(job, call)
            }
        } catch {
            throw VarlinkError(error)
        }
        return try result.get()
    }

    private func previewed(
        _ job: CommandJob, _ call: Call
    ) throws(ClinicInterface.Failure) -> Result<JSONObject, VarlinkError> {
        if let obstacle = job.obstacle { return .failure(VarlinkError(obstacle)) }
        var snapshot = publication.current
        let now = clock.now
        let found = try sharingDays(&snapshot) { snapshot throws(ClinicInterface.Failure) in
            try snapshot.decision(of: job, at: now, explains: true, records.look) {
                name throws(ClinicInterface.Failure) in try records.closedCourse(name)
            }
        }
        switch try found.get().decision {
        case .refused(let refusal, _): return .failure(VarlinkError(job.refusal(refusal, snapshot)))
        case .accepted(let events, _, let reply):
            let origin = EventOrigin(at: now, caller: job.caller, reason: job.reason)
            let (recorded, next) = snapshot.following(events, under: origin)
            let patients = events.patients
            try recordAccess(patients, call)
            let outcome = CommandOutcome(reply: reply, events: recorded, snapshot: next, isRecorded: false)
            guard let answer = job.answer else { preconditionFailure("a command that is previewed has an answer") }
            let given = try answer(outcome, records.look)
            if var reply = given.reply(as: ClinicInterface.RecordCall.Reply.self) {
                reply.difference = try matched(reply.difference, next, call)
                return .success(reply.object)
            }
            guard var reply = given.reply(as: ChangeReply.self) else { return given.result }
            reply.differences = withContacts(reply.differences, call, noted: patients)
            reply.difference = try matched(reply.difference, next, call)
            return .success(reply.object)
        }
    }

    /// A day that visits may be put on; it lies within two years of today.
    func planned(_ day: Day?, _ field: String) throws(ClinicInterface.Failure) {
        guard let day else { return }
        try checkPlanned(day, from: publication.current.day(at: clock.now), field)
    }
}

extension [Event] {
    /// The patients whom they are about.
    fileprivate var patients: [PatientID] {
        let subjects = Set(flatMap(\.subjects))
        return subjects.compactMap { if case .patient(let id) = $0 { id } else { nil } }.sorted()
    }
}

extension CommandOutcome {
    /// The number of the event that records the change of a course; what else was recorded follows from it.
    var changeNumber: Int? {
        if case .patientChanged = reply { return events.last { $0.event.isAboutPatients }?.number }
        if case .changed(let difference) = reply {
            // Behind it may stand what others make of places that it frees.
            let own = events.first { recorded in
                recorded.event.kind == .course(.changed) && recorded.event.courses.contains(difference.course)
            }
            if let own { return own.number }
        }
        return (events.last { $0.event.kind == .course(.changed) } ?? events.last)?.number
    }
}

extension Event {
    fileprivate var isAboutPatients: Bool { if case .patient = self { true } else { false } }
}

extension ChangeReply {
    /// What a change came to, or would come to.
    init(_ outcome: CommandOutcome) {
        let differences: [PlanDifference] =
            switch outcome.reply {
            case .changed(let difference): [difference]
            case .scheduleChanged(let differences, by: _): differences
            case .patientChanged(_, let differences): differences
            case .done, .patient, .patients, .course, .absence, .outage, .closure, .opening, .shift, .retimed,
                .outages, .waiting, .offer, .imported:
                []
            }
        let snapshot = outcome.snapshot
        var messages = differences.map { PlanDifferenceMessage($0, snapshot.state, snapshot.offsets) }
        if !messages.isEmpty { messages[0].tell(outcome.events, snapshot.offsets) }
        let event = outcome.isRecorded ? outcome.changeNumber : nil
        self.init(
            recorded: event != nil, event: event, difference: messages.first,
            others: messages.count > 1 ? Array(messages.dropFirst()) : nil,
            people: snapshot.people(messages.reduce(into: []) { $0.formUnion($1.persons) }))
    }
}
