internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// Takes an event back. Whoever may not do what it did may not take it back either.
    func undo() -> NamedMethod {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            guard let caller = callers.caller(call.peer) else { throw .permissionDenied }
            let parameters: ClinicInterface.Undo
            let recorded: RecordedEvent
            let key: RequestKey?
            do throws(ClinicInterface.Failure) {
                parameters = try ClinicInterface.Undo(of: call)
                key = try RequestKey(
                    parameters.request, of: caller, method: ClinicInterface.Undo.method, call.parameters)
                recorded = try await event(parameters)
            } catch {
                throw VarlinkError(error)
            }
            guard caller.role >= recorded.event.neededRole else { throw .permissionDenied }
            let command = ClinicCommand { _ in
                .undo(recorded)
            } answer: {
                ChangeReply($0)
            }
            let job = CommandJob(command, caller: caller, request: key, reason: parameters.because)
            return parameters.dryRun ?? false ? try await preview(job, call) : try await writer.run(job)
        }
        return (ClinicInterface.Undo.bareName, method)
    }

    /// The event that a call names: by its number, or as the last one of a course.
    private func event(_ call: ClinicInterface.Undo) async throws(ClinicInterface.Failure) -> RecordedEvent {
        let snapshot = publication.current
        let number: Int
        switch (call.event, call.course) {
        case (let event?, nil):
            number = event
            try Wire.check(event, in: 1...max(1, snapshot.state.lastEvent), "event")
        case (nil, let id?): number = try course(id, snapshot).changedBy
        case (nil, nil), (_?, _?):
            throw .invalidValue(field: "event", message: "expected exactly one of event and course", hint: nil)
        }
        let found = try await pools.looks.result { () throws(ClinicInterface.Failure) in
            try records.events(after: number - 1, limit: 1).first
        }
        guard let found, found.number == number else {
            throw .invalidValue(field: "event", message: "there is no event e\(number)", hint: nil)
        }
        return found
    }
}

extension Event {
    /// What somebody must be to do it, and so to take it back.
    fileprivate var neededRole: Role {
        guard case .courseChanged(let changed) = self else { return .scheduler }
        switch changed.action {
        case .factRecorded:
            let treats = changed.visits.compactMap(\.after?.facts.last?.kind).contains { kind in
                kind == .started || kind == .discharged || kind == .overridden
            }
            return treats ? .clinician : .scheduler
        case .visitNotTreated, .ruleOverridden, .assessed, .gateOpened, .gateClosed: return .clinician
        case .visitConfirmed, .visitPinned, .visitUnpinned, .visitCancelled, .visitNotShown, .visitOmitted, .visitMoved,
            .visitDeferred, .visitsAppended, .phaseExtended, .phaseEnded, .courseChanged, .courseAdvanced,
            .courseSteppedBack, .courseHeld, .courseResumed, .courseCeased, .courseCompleted, .courseAdopted,
            .courseReplanned, .horizonRolled, .authorisationRecorded, .prerequisiteDone, .taskDone, .proposalHeld,
            .heldProposalBooked, .holdExpired, .holdReleased, .undone:
            return .scheduler
        }
    }
}
