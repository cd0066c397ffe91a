internal import Clinic
internal import Configuration
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    func stageImport() -> NamedMethod {
        immediate { (call: ClinicInterface.StageImport, context) throws(ClinicInterface.Failure) in
            let kept = imports.keep(call.text, part: call.part, of: call.upload, uid: context.peer.uid)
            guard let kept else {
                throw .invalidValue(
                    field: "text", message: "a file has at most \(ImportShelf.mostBytes) bytes", hint: nil)
            }
            return ClinicInterface.StageImport.Reply(bytes: kept)
        }
    }

    func importFile() -> NamedMethod {
        let method = Method.asynchronous { call async throws(VarlinkError) in
            let caller = try await caller(of: call)
            let parameters: ClinicInterface.Import
            let key: RequestKey?
            do throws(ClinicInterface.Failure) {
                parameters = try ClinicInterface.Import(of: call)
                key = try RequestKey(
                    parameters.request, of: caller, method: ClinicInterface.Import.method, call.parameters)
            } catch {
                throw VarlinkError(error)
            }
            let isDryRun = parameters.dryRun ?? false
            // Looked up before the file is: once it is imported it is dropped.
            if !isDryRun, let known = try await knownAnswer(to: key) { return try known.result.get() }
            let read: Result<ClinicExport, ClinicInterface.Failure>
            do throws(ClinicInterface.Failure) {
                // Read before its turn: the writer does not wait for it.
                read = try await pools.searches.result { () throws(ClinicInterface.Failure) in
                    staged(parameters, uid: call.peer.uid)
                }
                if isDryRun {
                    return try await pools.searches.result { () throws(ClinicInterface.Failure) in
                        try preview(read).object
                    }
                }
            } catch {
                throw VarlinkError(error)
            }
            let reply = try await answer(to: CommandJob(command(read), caller: caller, request: key)).result.get()
            imports.drop(parameters.upload, uid: call.peer.uid)
            return reply
        }
        return (ClinicInterface.Import.bareName, method)
    }

    /// What the staged file says, or why it cannot be read: told when its turn has come, for a repetition is answered
    /// from the record.
    private func staged(
        _ call: ClinicInterface.Import, uid: UInt32
    ) -> Result<ClinicExport, ClinicInterface.Failure> {
        guard let bytes = imports.bytes(of: call.upload, uid: uid, checksum: call.checksum) else {
            return .failure(
                .importRefused(problems: [
                    ImportProblemMessage(
                        message: "no file \(call.upload) of this checksum has come whole",
                        hint: "StageImport brings it in parts")
                ]))
        }
        do throws(ConfigurationError) {
            return .success(try readExport(bytes, file: "import").export)
        } catch {
            return .failure(.importRefused(problems: error.problems.map { ImportProblemMessage($0) }))
        }
    }

    private func command(
        _ read: Result<ClinicExport, ClinicInterface.Failure>
    ) -> ClinicCommand<ClinicInterface.Import.Reply> {
        ClinicCommand(looking: { _, look throws(ClinicInterface.Failure) in
            let export = try read.get()
            return .importClinic(export, known: try look.known(export.patients.map(\.details.record)))
        }) { outcome, _ in
            guard case .imported(let imported) = outcome.reply else { preconditionFailure("an import tells of itself") }
            return ClinicInterface.Import.Reply(
                imported, breaches: outcome.snapshot.breaches(of: imported.courses, now: clock.now),
                event: outcome.events.last?.number)
        }
    }

    /// What an import would bring, without doing it.
    private func preview(
        _ read: Result<ClinicExport, ClinicInterface.Failure>
    ) throws(ClinicInterface.Failure) -> ClinicInterface.Import.Reply {
        let export = try read.get()
        let known = try records.look.known(export.patients.map(\.details.record))
        var snapshot = publication.current
        let now = clock.now
        switch try snapshot.decision(on: .importClinic(export, known: known), now: now) {
        case .refused(let refusal, _): throw ClinicInterface.Failure(refusal, snapshot: snapshot)
        case .accepted(let events, _, let reply):
            guard case .imported(let imported) = reply else { preconditionFailure("an import tells of itself") }
            let nobody = Caller(uid: 0, user: "", pid: 0, role: .viewer)
            let before = snapshot.state
            for event in before.recorded(events, under: EventOrigin(at: now, caller: nobody)) {
                apply(event, to: &snapshot.state)
            }
            refresh(&snapshot.calendar, from: before, to: snapshot.state, by: events)
            return ClinicInterface.Import.Reply(
                imported, breaches: snapshot.breaches(of: imported.courses, now: now), event: nil)
        }
    }
}

extension ClinicInterface.Import.Reply {
    fileprivate init(_ imported: ImportedClinic, breaches: [BreachMessage], event: Int?) {
        self.init(
            patients: imported.patients.count, newPatients: imported.newPatients, courses: imported.courses.count,
            visits: imported.visits, planned: imported.planned, availabilities: imported.availabilities,
            breaches: breaches, event: event)
    }
}

extension ImportProblemMessage {
    /// A problem of reading. What stands in a patient's fields, and who pays, is not told.
    fileprivate init(_ problem: JSONProblem) {
        let isPrivate = problem.path.hasPrefix("patients[") || problem.path.hasSuffix(".payer")
        self.init(
            line: problem.position?.line, path: problem.path,
            message: isPrivate ? "not as an export file has it" : problem.message, hint: isPrivate ? nil : problem.hint)
    }
}

extension Snapshot {
    /// The visits still to come of some courses that break a rule where they stand.
    fileprivate func breaches(of courses: [CourseID], now: Instant) -> [BreachMessage] {
        let wanted = Set(courses.map(\.text))
        return breaches(now: now).filter { wanted.contains($0.course) }
    }
}
