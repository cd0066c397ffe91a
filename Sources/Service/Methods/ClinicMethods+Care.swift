internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// What goes beside a course's visits.
    func careMethods() -> [NamedMethod] {
        [
            recordAssessment(), decideGate(), addAuthorisation(), listAuthorisations(), recordPrerequisite(),
            listTasks(), finishTask(), undo(),
        ]
    }

    private func recordAssessment() -> NamedMethod {
        changing { (call: ClinicInterface.RecordAssessment, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            let known = course.measures
            guard known.isEmpty || known.contains(call.measure) else {
                throw .invalidValue(
                    field: "measure",
                    message: "expected one of \(known.joined(separator: ", ")), found \(call.measure)",
                    hint: closest(to: call.measure, among: known).map { "did you mean \($0)?" })
            }
            let at = call.at.map { Instant(seconds: $0.second) } ?? clock.now
            let assessment = Assessment(measure: call.measure, score: call.score, at: at)
            return .course(.alter(course.id, .care(.assess(assessment)), call.because.code))
        }
    }

    private func decideGate() -> NamedMethod {
        changing { (call: ClinicInterface.DecideGate, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            let gated = course.template.regimen.phases.filter { $0.gate != nil }
            guard gated.contains(where: { $0.name == call.phase }) else {
                if gated.isEmpty {
                    throw .invalidValue(field: "phase", message: "no phase of \(course.id) has a gate", hint: nil)
                }
                throw .noPhase(call.phase, among: gated)
            }
            return .course(.alter(course.id, .care(.gate(phase: call.phase, opens: call.opens)), call.because.code))
        }
    }

    private func addAuthorisation() -> NamedMethod {
        changing { (call: ClinicInterface.AddAuthorisation, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            let types = course.template.visitTypes.map(\.id.text)
            for type in call.authorisation.visitTypes.map(\.text).sorted() where !types.contains(type) {
                throw .invalidValue(
                    field: "authorisation.visitTypes",
                    message: "expected visit types among \(types.joined(separator: ", ")), found \(type)",
                    hint: closest(to: type, among: types).map { "did you mean \($0)?" })
            }
            return .course(.alter(course.id, .care(.authorise(call.authorisation)), call.because.code))
        }
    }

    private func listAuthorisations() -> NamedMethod {
        immediate { (call: ClinicInterface.ListAuthorisations, context) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let course = try course(call.course, snapshot)
            try recordAccess([course.patient], context)
            let visits = snapshot.state.visits(of: course)
            return ClinicInterface.ListAuthorisations.Reply(
                required: course.wish.requiresAuthorisation,
                authorisations: AuthorisationUseMessage.authorisations(of: course, visits),
                uncovered: course.firstUnauthorised(visits).map { VisitMessage($0, snapshot.offsets) })
        }
    }

    private func recordPrerequisite() -> NamedMethod {
        changing { (call: ClinicInterface.RecordPrerequisite, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            let asked = course.template.regimen.prerequisites
            guard let prerequisite = asked.first(where: { $0.name == call.name }) else {
                throw .invalidValue(
                    field: "name",
                    message: asked.isEmpty
                        ? "\(course.id) has no prerequisites"
                        : "expected one of \(asked.map(\.name).joined(separator: ", ")), found \(call.name)",
                    hint: closest(to: call.name, among: asked.map(\.name)).map { "did you mean \($0)?" })
            }
            if (prerequisite.scope == .visit) != (call.visit != nil) {
                throw .invalidValue(
                    field: "visit",
                    message: prerequisite.scope == .visit
                        ? "\(call.name) is asked for every visit" : "\(call.name) is asked once a course",
                    hint: prerequisite.scope == .visit ? "say for which visit" : "leave the visit out")
            }
            let today = snapshot.day(at: clock.now)
            let day = call.day ?? today
            guard day <= today else {
                throw .invalidValue(field: "day", message: "expected a day through \(today), found \(day)", hint: nil)
            }
            let done = PrerequisiteDone(name: call.name, day: day, visit: call.visit.map { VisitID($0) })
            return .course(.alter(course.id, .care(.prerequisite(done)), call.because.code))
        }
    }

    private func listTasks() -> NamedMethod {
        pooled { (call: ClinicInterface.ListTasks, context) throws(ClinicInterface.Failure) in
            let limit = call.limit ?? 200
            let snapshot = publication.current
            let today = snapshot.day(at: clock.now)
            let courses = try call.course.map { id throws(ClinicInterface.Failure) in [try course(id, snapshot)] }
            let found = (courses ?? snapshot.state.allCourses).flatMap { course in
                snapshot.state.tasks(of: course).map { TaskMessage($0, of: course, today: today) }
            }.filter { task in call.through.map { task.due <= $0 } ?? true }
                .sorted { ($0.due, CourseID($0.course).number, $0.id) < ($1.due, CourseID($1.course).number, $1.id) }
            let shown = Array(found.prefix(limit))
            try recordAccess(Set(shown.map(\.patient)).sorted().map { PatientID($0) }, context)
            return ClinicInterface.ListTasks.Reply(tasks: shown, more: found.count > limit)
        }
    }

    private func finishTask() -> NamedMethod {
        changing { (call: ClinicInterface.FinishTask, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            let tasks = snapshot.state.tasks(of: course).map(\.id)
            guard tasks.contains(call.task) else {
                throw .invalidValue(
                    field: "task", message: "nothing called \(call.task) is to be done for \(course.id)",
                    hint: closest(to: call.task, among: tasks).map { "did you mean \($0)?" })
            }
            return .course(.alter(course.id, .care(.taskDone(call.task, ends: call.ends ?? false)), call.because.code))
        }
    }
}

extension Course {
    /// What its regimen measures, each once.
    fileprivate var measures: [String] {
        var measures: [String] = []
        for phase in template.regimen.phases {
            var own = phase.checks.map(\.measure) + (phase.stops.map { [$0.measure] } ?? [])
            switch phase.gate?.condition {
            case .reductionPercent(let measure, _), .atMost(let measure, _): own.append(measure)
            case .decision, nil: break
            }
            for measure in own where !measures.contains(measure) { measures.append(measure) }
        }
        return measures
    }
}
