internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Repairs and improvements, and who gains by a free day.
    func repairMethods() -> [NamedMethod] {
        [
            proposing { (call: ClinicInterface.ProposeRepair) throws(ClinicInterface.Failure) in
                try repair(of: call.day, course: call.course)
            },
            applying { (call: ClinicInterface.ApplyRepair) throws(ClinicInterface.Failure) in
                try repair(of: call.day, course: call.course)
            },
            proposing { (call: ClinicInterface.ProposeImprovement) throws(ClinicInterface.Failure) in
                try improvement(over: call.weeks)
            },
            applying { (call: ClinicInterface.ApplyImprovement) throws(ClinicInterface.Failure) in
                try improvement(over: call.weeks)
            }, findGains(),
        ]
    }

    /// A search for changes that belong together.
    typealias Seeking = @Sendable (Snapshot, Instant) throws(NeedsDays) -> ScheduleChangeResult

    private func repair(of day: Day?, course: String?) throws(ClinicInterface.Failure) -> Seeking {
        if let course {
            guard day == nil else {
                throw .invalidValue(
                    field: "day", message: "room for a course is made on any day", hint: "leave out day or course")
            }
            return { snapshot, now throws(NeedsDays) in
                try proposeYielding(
                    for: CourseID(course), state: snapshot.state, calendar: snapshot.calendar, now: now)
            }
        }
        return { snapshot, now throws(NeedsDays) in
            try proposeRepair(day: day, state: snapshot.state, calendar: snapshot.calendar, now: now)
        }
    }

    private func improvement(over weeks: Int?) throws(ClinicInterface.Failure) -> Seeking {
        let weeks = weeks ?? 4
        return { snapshot, now throws(NeedsDays) in
            try proposeOptimization(weeks: weeks, state: snapshot.state, calendar: snapshot.calendar, now: now)
        }
    }

    /// A method that seeks changes that belong together and keeps them to be applied. That a repair was proposed is
    /// recorded; where it cannot be recorded, it is proposed all the same.
    private func proposing<Parameters: WireCall>(
        _ seeking: @escaping @Sendable (Parameters) throws(ClinicInterface.Failure) -> Seeking
    ) -> NamedMethod where Parameters.Reply == RearrangementReply {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            let caller = try await caller(of: call)
            do throws(ClinicInterface.Failure) {
                let seeking = try seeking(Parameters(of: call))
                var (reply, proposed) = try await pools.searches.result { () throws(ClinicInterface.Failure) in
                    try proposal(seeking, call)
                }
                if let proposed { reply.proposal = await told(proposed, to: caller) }
                return reply.object
            } catch {
                throw VarlinkError(error)
            }
        }
        return (Parameters.bareName, method)
    }

    /// What a search finds, shown as what making it now would come to; kept where something would change.
    private func proposal(
        _ seeking: @escaping Seeking, _ call: Call
    ) throws(ClinicInterface.Failure) -> (reply: RearrangementReply, repair: RepairProposed?) {
        var (found, snapshot, now) = try sought(seeking)
        // Shown is what making them now would come to.
        let decision = try snapshot.decision(on: .repair(.change(found, found.reason)), now: now)
        guard case .accepted(_, _, .scheduleChanged(let differences, by: _)) = decision else {
            if case .refused(let refusal, _) = decision {
                throw ClinicInterface.Failure(refusal, snapshot: snapshot)
            }
            throw .unforeseen("changes that were found come to something else when they are made")
        }
        var reply = RearrangementReply(found, differences, before: snapshot, after: snapshot)
        let patients = reply.found.patients
        try recordAccess(patients, call)
        reply.differences = withContacts(reply.differences, call, noted: patients)
        guard !found.isEmpty else { return (reply, nil) }
        let id = try keep(found, on: scheduleChanges)
        reply.proposal = id
        guard found.purpose == .repair else { return (reply, nil) }
        return (reply, RepairProposed(found, differences, proposal: id, state: snapshot.state))
    }

    /// Has it recorded that a repair was proposed.
    ///
    /// - Returns: the proposal's id: what was told before and is still there keeps its own.
    private func told(_ proposed: RepairProposed, to caller: Caller) async -> String {
        let id = proposed.proposal
        guard let kept = scheduleChanges.proposal(id), let told = await writer.propose(proposed, to: caller) else {
            return id
        }
        if told.proposal != id, scheduleChanges.proposal(told.proposal)?.moves == kept.moves {
            scheduleChanges.drop(id)
            return told.proposal
        }
        scheduleChanges.put(kept.told(by: told.event), as: id)
        return id
    }

    /// A method that makes changes that belong together: those proposed, or the best now.
    private func applying<Parameters: RearrangementCall>(
        _ seeking: @escaping @Sendable (Parameters) throws(ClinicInterface.Failure) -> Seeking
    ) -> NamedMethod {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            let caller = try await caller(of: call)
            let parameters: Parameters
            let key: RequestKey?
            do throws(ClinicInterface.Failure) {
                parameters = try Parameters(of: call)
                key = try RequestKey(parameters.request, of: caller, method: Parameters.method, call.parameters)
            } catch {
                throw VarlinkError(error)
            }
            // Looked up before the proposal is, and before a search.
            let known = try await knownAnswer(to: key)
            let given = if let known { known } else { try await answer(to: applying(parameters, seeking, caller, key)) }
            return try await withContacts(given, as: RearrangementReply.self, call)
        }
        return (Parameters.bareName, method)
    }

    /// The command that makes what was proposed, or what is best now; or why there is none.
    private func applying<Parameters: RearrangementCall>(
        _ parameters: Parameters,
        _ seeking: @Sendable (Parameters) throws(ClinicInterface.Failure) -> Seeking, _ caller: Caller,
        _ key: RequestKey?
    ) async throws(VarlinkError) -> CommandJob {
        do throws(ClinicInterface.Failure) {
            let found = try await scheduleChange(parameters, try seeking(parameters))
            let code = parameters.reason.flatMap { Reason.Code(rawValue: $0) } ?? found.reason
            return CommandJob(
                making(found, code), caller: caller, request: key, reason: Reason(code, note: parameters.note))
        } catch {
            return try refused(error, caller, key)
        }
    }

    private func making(_ found: ScheduleChange, _ reason: Reason.Code) -> ClinicCommand<RearrangementReply> {
        ClinicCommand { _ in
            .repair(.change(found, reason))
        } answer: { outcome in
            guard case .scheduleChanged(let differences, by: let made) = outcome.reply else {
                preconditionFailure("a change of the schedule answers what it came to")
            }
            var reply = RearrangementReply(made, differences, before: nil, after: outcome.snapshot)
            reply.recorded = !outcome.events.isEmpty
            reply.event = outcome.events.first?.number
            return reply
        }
    }

    /// What was proposed under the call's id, or what is best now.
    private func scheduleChange<Parameters: RearrangementCall>(
        _ call: Parameters, _ seeking: @escaping Seeking
    ) async throws(ClinicInterface.Failure) -> ScheduleChange {
        guard let id = call.proposal else {
            return try await pools.searches.result { () throws(ClinicInterface.Failure) in
                try sought(seeking).found
            }
        }
        guard let kept = scheduleChanges.proposal(id) else { throw .noSuchProposal(proposal: id) }
        return kept
    }

    /// What a search finds on the published state, whose calendar is made as long as it takes.
    private func sought(
        _ seeking: Seeking
    ) throws(ClinicInterface.Failure) -> (found: ScheduleChange, snapshot: Snapshot, now: Instant) {
        var snapshot = publication.current
        let now = clock.now
        switch try withDays(&snapshot, { snapshot throws(NeedsDays) in try seeking(snapshot, now) }) {
        case .found(let found): return (found, snapshot, now)
        case .refused(let refusal): throw ClinicInterface.Failure(refusal, snapshot: snapshot)
        }
    }

    private func findGains() -> NamedMethod {
        pooled(on: \.searches) { (call: ClinicInterface.FindGains, context) throws(ClinicInterface.Failure) in
            var snapshot = publication.current
            let now = clock.now
            let through = call.through ?? call.from
            try checkPlanned(call.from, from: snapshot.day(at: now), "from")
            try Wire.check(through - call.from + 1, in: 1...31, "through", of: "days")
            let found = try withDays(&snapshot) { snapshot throws(NeedsDays) in
                try gains(
                    from: call.from, through: through, state: snapshot.state, calendar: snapshot.calendar, now: now)
            }
            let messages = found.map { GainMessage($0, snapshot) }
            try recordAccess(Array(Set(found.map(\.visit.patient))).sorted(), context)
            return ClinicInterface.FindGains.Reply(
                gains: messages, people: snapshot.people(Set(messages.flatMap(\.attendants.values))))
        }
    }
}

extension ScheduleChange {
    /// Why it is made, where nobody says: by what the first visit breaks.
    fileprivate var reason: Reason.Code {
        if purpose == .goal { return .clinical }
        switch moves.lazy.compactMap(\.rules.first).first {
        case .attendantQualified, .attendantOnDuty, .attendantCapacity: return .staffing
        case .chairInService, .chairFeatures, .chairFree: return .equipment
        case .openingHours: return .closure
        case .gap, .phaseWindow, .patientAvailable, .oneVisitADay, .leadTime, .courseEnd, .authorisation, nil:
            return .other
        }
    }
}

extension RearrangementReply {
    /// What changes that belong together come to.
    ///
    /// - Parameters:
    ///   - before: the state where they are only proposed.
    ///   - after: the state in which the visits are.
    fileprivate init(
        _ made: ScheduleChange, _ differences: [PlanDifference], before: Snapshot?, after: Snapshot
    ) {
        let differences = differences.map { PlanDifferenceMessage($0, after.state, after.offsets) }
        // As they were, whatever has become of them.
        let earlier = Dictionary(
            differences.flatMap(\.visits).compactMap { change in change.before.map { (change.id, $0) } }
        ) { first, _ in first }
        func message(_ visit: VisitID) -> VisitMessage? {
            earlier[visit.text] ?? after.state.visit(visit).map { VisitMessage($0, after.offsets) }
        }
        let broken = made.moves.filter { !$0.rules.isEmpty }.compactMap { move in
            message(move.visit).map { HitMessage(visit: $0, rules: move.rules.map(\.rawValue)) }
        }
        let unplaced = made.moves.filter(\.isUnplaced).compactMap { move in
            message(move.visit).map { visit in
                UnplacedMessage(
                    visit: visit, days: move.closed.map { ClosedDayMessage($0, in: after.calendar.calendars) })
            }
        }
        let unresolved = made.unresolved.compactMap { HitMessage($0, after) }
        let found = RearrangementMessage(
            purpose: PurposeCode(made.purpose), day: made.day,
            broken: broken.sorted { ($0.visit.start, $0.visit.id) < ($1.visit.start, $1.visit.id) },
            differences: differences, unplaced: unplaced, unresolved: unresolved, best: made.isBest,
            proven: made.proof.map { ProofCode($0) },
            gain: made.purpose == .improvement ? made.gain : nil, course: made.goal?.course.text,
            phase: made.goal?.phase, through: made.goal?.through, ends: made.goal?.ends)
        let persons = differences.reduce(into: Set<String>()) { $0.formUnion($1.persons) }
        self.init(
            recorded: false, found: found,
            people: after.people(
                persons.union(unresolved.flatMap(\.visit.persons)).union(unplaced.flatMap(\.days).flatMap(\.persons))))
    }
}

extension RearrangementMessage {
    /// The patients whose visits it names.
    fileprivate var patients: [PatientID] {
        let hits = broken + unresolved
        return Set(differences.map(\.patient) + hits.map(\.visit.patient)).map { PatientID($0) }.sorted()
    }
}

extension GainMessage {
    fileprivate init(_ gain: Beneficiary, _ snapshot: Snapshot) {
        let visit = gain.visit
        self.init(
            kind: GainCode(gain.kind), course: visit.course.text, patient: visit.patient.text, visit: visit.id.text,
            number: visit.number, phase: visit.phase, start: snapshot.offsets.instant(minute: gain.place.minute),
            end: snapshot.offsets.instant(minute: gain.place.minute + visit.visitType.length),
            chair: gain.place.chair.text, attendants: visit.visitType.attendants(gain.place.persons),
            instead: visit.status.occupies ? snapshot.offsets.instant(minute: visit.place.minute) : nil)
    }
}
