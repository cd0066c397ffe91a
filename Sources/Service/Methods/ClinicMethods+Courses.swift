internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// The methods about courses and their visits.
    func courseMethods() -> [NamedMethod] {
        [proposeCourse(), explainVisit(), bookCourse(), listCourses(), showCourse(), showVisit()]
    }

    private func proposeCourse() -> NamedMethod {
        pooled(on: \.searches) { (call: ClinicInterface.ProposeCourse, _) throws(ClinicInterface.Failure) in
            let alternatives = call.alternatives ?? 0
            var snapshot = publication.current
            let order = try order(call.course, alternatives: alternatives, snapshot)
            let now = clock.now
            let result = try withDays(&snapshot) { snapshot throws(NeedsDays) in
                try propose(order, state: snapshot.state, calendar: snapshot.calendar, now: now)
            }
            switch result {
            case .refused(.noPlan(let refusal)): return snapshot.reply(refusing: order, refusal, now: now)
            case .refused(let refusal): throw ClinicInterface.Failure(refusal, snapshot: snapshot)
            case .proposal(let proposal):
                return snapshot.reply(
                    proposing: proposal, as: try keep(proposal, on: proposals), explain: call.explain ?? false, now: now
                )
            }
        }
    }

    private func bookCourse() -> NamedMethod {
        written(
            request: \ClinicInterface.BookCourse.request, reason: { Reason(given: $0.reason, note: $0.note) },
            dryRun: { $0.dryRun ?? false }
        ) { call, _ throws(ClinicInterface.Failure) in
            try checkAgain(call.again, call.reason)
            switch (call.proposal, call.course) {
            case (let id?, nil):
                return try ofProposal(id, alternative: call.alternative, again: call.again) {
                    let booking = Command.course(.bookProposal($0, alternative: $1))
                    return call.told ?? false ? .told(booking) : booking
                } answer: {
                    BookingReply($0).message(isRecorded: $0.isRecorded)
                }
            case (nil, let course?):
                if call.alternative != nil {
                    throw .invalidValue(field: "alternative", message: "only a proposal has alternatives", hint: nil)
                }
                var command = ClinicCommand { snapshot throws(ClinicInterface.Failure) in
                    let booking = Command.course(
                        .book(try order(course, alternatives: 0, again: call.again, snapshot)))
                    return call.told ?? false ? .told(booking) : booking
                } answer: {
                    BookingReply($0).message(isRecorded: $0.isRecorded)
                }
                command.elaborate = { refusal, snapshot, now in
                    guard let order = try? order(course, alternatives: 0, snapshot) else {
                        return RefusalMessage(refusal)
                    }
                    return snapshot.wholeMessage(refusing: order, refusal, now: now)
                }
                return command
            case (nil, nil), (_?, _?):
                throw .invalidValue(
                    field: "proposal", message: "expected exactly one of proposal and course", hint: nil)
            }
        }
    }

    /// That whoever means a second course by a regimen says why.
    func checkAgain(_ again: Bool?, _ reason: String?) throws(ClinicInterface.Failure) {
        guard again ?? false, reason == nil else { return }
        throw .invalidValue(
            field: "reason", message: "expected why there is to be a second course by the regimen", hint: nil)
    }

    /// The order that a call asks for.
    ///
    /// - Parameter again: whether it may stand beside one by the same regimen.
    func order(
        _ course: CourseRequestMessage, alternatives: Int, again: Bool? = nil, _ snapshot: Snapshot
    ) throws(ClinicInterface.Failure) -> CourseOrder {
        let today = snapshot.day(at: clock.now)
        try checkPlanned(course.earliest, from: today, "course.earliest")
        if let referred = course.referred, referred > today || referred < today - 3660 {
            throw .invalidValue(
                field: "course.referred", message: "expected a day of the last ten years, found \(referred)", hint: nil)
        }
        return try course.order(at: snapshot.facility, alternatives: alternatives, again: again ?? false)
    }

    /// What is done with a proposal as it was shown.
    ///
    /// - Parameters:
    ///   - alternative: which of its plans, from 1 (the plan itself).
    ///   - again: whether the course may stand beside one by the same regimen.
    ///   - command: the command, from the proposal and the index of the alternative.
    func ofProposal<Answer: WireValue>(
        _ id: String, alternative: Int?, again: Bool?,
        _ command: @escaping @Sendable (Proposal, Int?) -> Command,
        answer: @escaping @Sendable (CommandOutcome) -> Answer
    ) throws(ClinicInterface.Failure) -> ClinicCommand<Answer> {
        var shown = proposals.proposal(id)
        shown?.order.again = again ?? false
        let proposal = shown
        // The plan itself is number 1; a number that no plan has is refused in its turn.
        let index = alternative.flatMap { $0 > 1 ? $0 - 2 : nil }
        return ClinicCommand(visits: proposal?.visits(alternative: index) ?? []) {
            _ throws(ClinicInterface.Failure) in
            guard let proposal else { throw .noSuchProposal(proposal: id) }
            try Wire.check(alternative ?? 1, in: 1...proposal.plan.alternatives.count + 1, "alternative")
            return command(proposal, index)
        } answer: {
            answer($0)
        }
    }

    private func listCourses() -> NamedMethod {
        pooled { (call: ClinicInterface.ListCourses, context) throws(ClinicInterface.Failure) in
            let limit = call.limit ?? 100
            let status = try call.status.map(courseStatus)
            var snapshot = publication.current
            let after = call.after.map { CourseID($0).number } ?? 0
            let ids: [CourseID]
            if let patient = call.patient.map({ PatientID($0) }) {
                guard snapshot.state.patients[patient] != nil else { throw .noSuchPatient(patient: patient.text) }
                try admitCourses(of: patient, to: &snapshot)
                ids = snapshot.state.coursesByPatient[patient, default: []]
            } else {
                if status.map({ !$0.isOpen }) ?? true {
                    // The state has the open ones: of those that are over as many as can be shown are taken in.
                    for id in try records.closedCourses(status, after: after, limit: limit + 1) {
                        _ = try admit(.course(id), to: &snapshot)
                    }
                }
                ids = snapshot.state.courses.keys.sorted { $0.number < $1.number }
            }
            let found = ids.lazy.filter { $0.number > after }.compactMap { snapshot.state.courses[$0] }
                .filter { status == nil || $0.status == status }.prefix(limit + 1)
            let shown = Array(found.prefix(limit))
            if call.patient != nil { try recordAccess(Array(Set(shown.map(\.patient))), context) }
            return ClinicInterface.ListCourses.Reply(
                courses: shown.map { snapshot.summary(of: $0) }, more: found.count > limit)
        }
    }

    private func courseStatus(_ text: String) throws(ClinicInterface.Failure) -> CourseStatus {
        guard let status = CourseStatus(rawValue: text) else {
            let names = CourseStatus.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidValue(field: "status", message: "expected one of \(names), found \"\(text)\"", hint: nil)
        }
        return status
    }

    private func showCourse() -> NamedMethod {
        pooled { (call: ClinicInterface.ShowCourse, context) throws(ClinicInterface.Failure) in
            let (snapshot, now) = try moment(call.asOf, .course(CourseID(call.course)))
            guard let course = snapshot.state.courses[CourseID(call.course)] else {
                throw .noSuchCourse(course: call.course)
            }
            try recordAccess([course.patient], context)
            let booked = snapshot.state.visits(of: course)
            let visits = booked.map { VisitMessage($0, snapshot.offsets, snapshot.state.turn(of: $0)) }
            let regimen = course.template.regimen
            // Who pays is in somebody's own words: not for everybody who may see the course.
            let knowsPayer = callers.role(of: context.peer).map { $0 >= .scheduler } ?? false
            let payer = knowsPayer ? try records.payer(of: course.id) : nil
            return ClinicInterface.ShowCourse.Reply(
                found: snapshot.summary(of: course),
                asked: CourseRequestMessage(
                    course.wish, patient: course.patient, regimen: regimen.id, payer: payer),
                usual: course.usual.map { ClockTime(minutes: $0) }, phases: regimen.phases.map(\.name),
                visits: visits, people: snapshot.people(Set(visits.flatMap(\.persons))),
                standing: CourseStandingMessage(
                    course, visits: booked,
                    goals: snapshot.state.goalStandings(of: course, on: snapshot.calendar),
                    tasks: snapshot.state.tasks(of: course),
                    today: snapshot.day(at: now), snapshot.offsets))
        }
    }

    private func showVisit() -> NamedMethod {
        remembered {
            .visit(VisitID($0.visit))
        } _: { (call: ClinicInterface.ShowVisit, context, snapshot) throws(ClinicInterface.Failure) in
            guard let visit = snapshot.state.visits[VisitID(call.visit)] else { throw .noSuchVisit(visit: call.visit) }
            try recordAccess([visit.patient], context)
            return snapshot.reply(showing: visit, now: clock.now)
        }
    }
}

extension Snapshot {
    /// A visit with what stands in its way and what follows from it, at a moment.
    func reply(showing visit: Visit, now: Instant) -> ClinicInterface.ShowVisit.Reply {
        let message = VisitMessage(visit, offsets, state.turn(of: visit))
        guard let course = state.course(visit.course) else {
            return ClinicInterface.ShowVisit.Reply(found: message, people: people(message.persons))
        }
        let tasks = state.tasks(of: course).filter { $0.visit == visit.id }
        return ClinicInterface.ShowVisit.Reply(
            found: message, people: people(message.persons), closedGate: course.closedGate(before: visit.phase),
            missing: visit.status.isOpen ? course.missingPrerequisites(of: visit) : [],
            tasks: tasks.map { TaskMessage($0, of: course, today: day(at: now)) })
    }
}

/// A course that was booked or held, from the state in which it stands.
struct BookingReply {
    let course: Course
    let visits: [VisitMessage]
    let people: [String: String]

    init(_ outcome: CommandOutcome) {
        let snapshot = outcome.snapshot
        guard case .course(let booked) = outcome.reply, let course = snapshot.state.courses[booked.plan.course] else {
            preconditionFailure("a booking answers a course that the state has")
        }
        self.course = course
        visits = snapshot.state.visits(of: course).map {
            VisitMessage($0, snapshot.offsets, snapshot.state.turn(of: $0))
        }
        people = snapshot.people(Set(visits.flatMap(\.persons)))
    }

    /// The answer to a booking.
    func message(isRecorded: Bool) -> ClinicInterface.BookCourse.Reply {
        ClinicInterface.BookCourse.Reply(
            id: course.id.text, visits: visits, event: course.bookedBy, people: people, recorded: isRecorded)
    }
}
