internal import Clinic
internal import Configuration
internal import HashTreeCollections
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// What leaves the clinic for other programs, and what comes from them.
    func exchangeMethods() -> [NamedMethod] {
        [export(), exportVisits(), stageImport(), importFile()]
    }

    private func export() -> NamedMethod {
        let method = Method.series { call, series async throws(VarlinkError) in
            do throws(ClinicInterface.Failure) {
                _ = try ClinicInterface.Export(of: call)
                let at = clock.now
                var pieces = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                    // What has closed since the start is no more in it than what closed before.
                    var snapshot = publication.current
                    snapshot.state = snapshot.state.trimmed(from: snapshot.day(at: at))
                    return ExportPieces(snapshot, at: at)
                }
                while true {
                    let step = pieces
                    let (next, text) = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                        var next = step
                        let text = try next.text(atLeast: 60_000) { patients throws(ClinicInterface.Failure) in
                            try recordAccess(patients, call)
                            return try records.details(of: patients)
                        } payer: { course throws(ClinicInterface.Failure) in
                            try records.payer(of: course)
                        }
                        return (next, text)
                    }
                    pieces = next
                    let reply = ClinicInterface.Export.Reply(text: text)
                    if pieces.isOver { return reply.object }
                    try await send(reply, to: series)
                }
            } catch {
                throw VarlinkError(error)
            }
        }
        return (ClinicInterface.Export.bareName, method)
    }

    private func exportVisits() -> NamedMethod {
        let method = Method.series { call, series async throws(VarlinkError) in
            do throws(ClinicInterface.Failure) {
                let parameters = try ClinicInterface.ExportVisits(of: call)
                let choice = try VisitChoice(parameters, publication.current, now: clock.now)
                if let patient = choice.patient { try recordAccess([patient], call) }
                if let course = choice.course, publication.current.state.course(course) == nil {
                    let known = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                        try records.closedCourse(.course(course)) != nil
                    }
                    guard known else { throw ClinicInterface.Failure.noSuchCourse(course: course.text) }
                }
                let days = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                    try records.daysWithVisits(from: choice.from, through: choice.through)
                }
                var waiting: [Visit] = []
                for day in days {
                    waiting += try await pools.looks.result { () throws(ClinicInterface.Failure) in
                        try records.visits(on: day).filter(choice.includes)
                    }
                    guard waiting.count >= 100 else { continue }
                    try await send(visits(waiting), to: series)
                    waiting = []
                }
                return visits(waiting).object
            } catch {
                throw VarlinkError(error)
            }
        }
        return (ClinicInterface.ExportVisits.bareName, method)
    }

    private func visits(_ visits: [Visit]) -> ClinicInterface.ExportVisits.Reply {
        let snapshot = publication.current
        let messages = visits.map { VisitMessage($0, snapshot.offsets, snapshot.state.turn(of: $0)) }
        return ClinicInterface.ExportVisits.Reply(
            visits: messages, people: snapshot.people(Set(messages.flatMap(\.persons))))
    }

    private func send(_ reply: some WireValue, to series: ReplySeries) async throws(ClinicInterface.Failure) {
        do throws(VarlinkError) {
            try await series.send(reply.object)
        } catch {
            throw .slowReader
        }
    }
}

/// Which visits are wanted.
private struct VisitChoice: Sendable {
    let from: Day
    let through: Day
    let chair: ChairID?
    let person: PersonID?
    let patient: PatientID?
    let course: CourseID?

    init(
        _ call: ClinicInterface.ExportVisits, _ snapshot: Snapshot, now: Clinic.Instant
    ) throws(ClinicInterface.Failure) {
        let state = snapshot.state
        from = call.from ?? snapshot.day(at: now)
        through = call.through ?? max(from, (state.daysWithVisits.last ?? from))
        guard (0...3660).contains(through - from) else {
            throw .invalidValue(
                field: "through", message: "expected at most 3660 days from \(from) on, found \(through)", hint: nil)
        }
        chair = call.chair.map { ChairID($0) }
        person = call.person.map { PersonID($0) }
        patient = call.patient.map { PatientID($0) }
        course = call.course.map { CourseID($0) }
        let facility = state.planningFacility
        if let chair, !facility.chairs.contains(where: { $0.id == chair }) { throw .noSuchChair(chair: chair.text) }
        if let person, !facility.staff.contains(where: { $0.id == person }) {
            throw .noSuchPerson(person: person.text)
        }
        if let patient, state.patients[patient] == nil { throw .noSuchPatient(patient: patient.text) }
    }

    @Sendable func includes(_ visit: Visit) -> Bool {
        (chair.map { $0 == visit.place.chair } ?? true) && (patient.map { $0 == visit.patient } ?? true)
            && (course.map { $0 == visit.course } ?? true)
            && (person.map { person in
                visit.place.persons.contains(person) || visit.place.handovers.contains { $0.person == person }
            } ?? true)
    }
}
