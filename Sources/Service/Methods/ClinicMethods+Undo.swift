internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Takes an event back. Whoever may not do what it did may not take it back either.
    func undo() -> NamedMethod {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            let caller = try await caller(of: call)
            let parameters: ClinicInterface.Undo
            let key: RequestKey?
            do throws(ClinicInterface.Failure) {
                parameters = try ClinicInterface.Undo(of: call)
                key = try RequestKey(
                    parameters.request, of: caller, method: ClinicInterface.Undo.method, call.parameters)
            } catch {
                throw VarlinkError(error)
            }
            if parameters.dryRun ?? false {
                return try await preview(try await undoing(parameters, call, caller, key), call)
            }
            // Looked up before the event is: what was taken back once is no event that can be taken back.
            let known = try await knownAnswer(to: key)
            let given = if let known { known } else { try await answer(to: undoing(parameters, call, caller, key)) }
            return try await withContacts(given, as: ChangeReply.self, call)
        }
        return (ClinicInterface.Undo.bareName, method)
    }

    /// The command that takes back what a call names; or why there is none.
    private func undoing(
        _ parameters: ClinicInterface.Undo, _ call: Call, _ caller: Caller, _ key: RequestKey?
    ) async throws(VarlinkError) -> CommandJob {
        let target: (recorded: RecordedEvent, standing: Int?)
        do throws(ClinicInterface.Failure) {
            target = try await self.target(parameters)
        } catch {
            return try refused(error, caller, key)
        }
        guard caller.role >= target.recorded.event.neededRole else {
            return CommandJob(refused: .permissionDenied, caller: caller, request: key)
        }
        if case .patient(.detailsChanged(let patient)) = target.recorded.event {
            let command = restoringDetails(of: patient, before: target.recorded.number)
            return CommandJob(command, caller: caller, request: key, reason: parameters.because)
        }
        let command = ClinicCommand { _ in
            let undoing = Command.undo(target.recorded, standing: target.standing)
            return parameters.told ?? false ? .told(undoing) : undoing
        } answer: {
            ChangeReply($0)
        }
        var job = CommandJob(command, caller: caller, request: key, reason: parameters.because)
        job.seen = seen(call.parameters, taken: target.recorded)
        return job
    }

    /// The event that a call names: by its number, or as the last one of a course that still stands.
    private func target(
        _ call: ClinicInterface.Undo
    ) async throws(ClinicInterface.Failure) -> (recorded: RecordedEvent, standing: Int?) {
        let snapshot = publication.current
        switch (call.event, call.course) {
        case (let number?, nil):
            try Wire.check(number, in: 1...max(1, snapshot.state.lastEvent), "event")
            let found = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                try records.events(after: number - 1, limit: 1).first
            }
            guard let found, found.number == number else { throw .noEvent(number) }
            return (found, nil)
        case (nil, let id?):
            let (found, last) = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                // It may be long over.
                let course = try course(id, self.snapshot(with: .course(CourseID(id))))
                let events = try records.events(about: .course(course.id), through: course.changedBy)
                return (events.standing, course.changedBy)
            }
            guard let found else { throw .noEvent(last) }
            return (found, last)
        case (nil, nil), (_?, _?):
            throw .invalidValue(field: "event", message: "expected exactly one of event and course", hint: nil)
        }
    }
}

extension ClinicInterface.Failure {
    fileprivate static func noEvent(_ number: Int) -> Self {
        .invalidValue(field: "event", message: "there is no event e\(number)", hint: nil)
    }
}

extension [RecordedEvent] {
    /// The last of a course's events that was not taken back, or was done again.
    fileprivate var standing: RecordedEvent? {
        var standing: [RecordedEvent] = []
        // What each undoing took back.
        var undone: [Int: RecordedEvent] = [:]
        // That a patient was entered twice is no change of a course.
        for recorded in self where !recorded.event.courses.isEmpty && !recorded.event.isMerge {
            guard let number = recorded.event.courseChanges.first?.undoes else {
                standing.append(recorded)
                continue
            }
            if let again = undone[number] {
                standing.append(again)
            } else if standing.last?.number == number {
                undone[recorded.number] = standing.removeLast()
            } else {
                // A repair of which patients had been called: what they were told goes by places that are no more.
                standing = []
            }
        }
        return standing.last
    }
}

extension Event {
    fileprivate var isMerge: Bool { if case .patient = self { true } else { false } }

    /// What somebody must be to do it, and so to take it back.
    fileprivate var neededRole: Role {
        guard case .course(.changed(let changed)) = self else { return .scheduler }
        switch changed.action {
        case .factRecorded, .factCorrected:
            let treats = changed.visits.compactMap(\.after?.facts.last?.kind).contains { kind in
                kind == .started || kind == .discharged || kind == .overridden
            }
            return treats ? .clinician : .scheduler
        case .visitNotTreated, .ruleOverridden, .assessed, .gateOpened, .gateClosed: return .clinician
        case .visitConfirmed, .visitPinned, .visitUnpinned, .visitCancelled, .visitNotShown, .visitOmitted, .visitMoved,
            .visitMadeUp, .visitDeferred, .visitsAppended, .phaseExtended, .phaseEnded, .courseChanged, .courseAdvanced,
            .courseSteppedBack, .courseHeld, .courseResumed, .courseCeased, .courseEnded, .courseAdopted,
            .courseImported, .courseReplanned, .courseCaughtUp, .courseGiven, .courseRepaired, .courseImproved,
            .courseYielded,
            .horizonRolled, .offerAccepted, .callRecorded, .authorisationRecorded, .prerequisiteDone, .taskDone,
            .proposalHeld, .heldProposalBooked, .holdExpired, .holdReleased, .undone:
            return .scheduler
        }
    }
}
