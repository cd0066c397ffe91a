import Planning

/// Decides on what goes beside a course's visits: authorisations, prerequisites, scores, gates and tasks.
func decideCare(_ alteration: CareAlteration, _ draft: CourseDraft) throws(DecisionFailure) -> Decision {
    var draft = draft
    switch alteration {
    case .authorise(let authorisation):
        guard authorisation.from <= authorisation.through else { throw .refused(.endsBeforeStart) }
        draft.wish.requiresAuthorisation = true
        if let index = draft.wish.authorisations.firstIndex(where: { $0.number == authorisation.number }) {
            draft.wish.authorisations[index] = authorisation
        } else {
            draft.wish.authorisations.append(authorisation)
        }
        if authorisation.status == .approved { draft.agree() }
        return draft.decision(.authorisationRecorded)
    case .prerequisite(let done):
        guard let asked = draft.template.regimen.prerequisites.first(where: { $0.name == done.name }) else {
            throw .refused(.unknown(.prerequisite, done.name))
        }
        if asked.scope == .visit, done.visit.map({ draft.visits[$0] == nil }) ?? true {
            throw .refused(.unknown(.visit, done.visit?.text ?? ""))
        }
        draft.progress.prerequisites.removeAll { $0.name == done.name && $0.visit == done.visit }
        draft.progress.prerequisites.append(done)
        return draft.decision(.prerequisiteDone, about: done.visit, detail: done.name)
    case .assess(let assessment):
        try draft.assess(assessment)
        return draft.decision(.assessed, detail: assessment.measure)
    case .gate(let phase, let opens):
        guard let gate = draft.template.phase(phase)?.gate else { throw .refused(.unknown(.phase, phase)) }
        if opens {
            draft.open(phase)
        } else {
            try draft.follow(gate.otherwise, gateOf: phase)
        }
        return draft.decision(opens ? .gateOpened : .gateClosed, detail: phase)
    case .taskDone(let id):
        guard let task = draft.tasks.first(where: { $0.id == id }) else { throw .refused(.unknown(.task, id)) }
        // A call is done when the patient knows; should the visit change once more, they are to be called again.
        if task.kind == .call { draft.tell(task.visit) } else { draft.progress.doneTasks.insert(id) }
        draft.completeIfOver()
        return draft.decision(.taskDone, detail: id)
    }
}

extension CourseDraft {
    /// Records a score, ends the present phase where it stops it, and opens the gates that it satisfies.
    mutating func assess(_ assessment: Assessment) throws(DecisionFailure) {
        guard assessment.at <= context.now else { throw .unchangeable(.future(assessment.at)) }
        progress.assessments.append(assessment)
        progress.assessments.sort { $0.at < $1.at }
        for task in tasks where task.kind == .check && task.name == assessment.measure {
            progress.doneTasks.insert(task.id)
        }
        if status == .active, let current = currentPhase {
            let phase = template.regimen.phases[current]
            if let stop = phase.stops, stop.measure == assessment.measure, assessment.score <= stop.atMost,
                begunCount(of: phase.name) > 0
            {
                let unstopped = self
                do {
                    try endEarly(phase)
                } catch {
                    // A score is a fact: it is recorded even where what follows from it cannot be planned.
                    guard case .refused(.noPlan) = error else { throw error }
                    self = unstopped
                }
            }
        }
        completeIfOver()
        for phase in template.regimen.phases where phase.gate.map({ isSatisfied($0, of: phase) }) ?? false {
            open(phase.name)
        }
    }

    /// A score that stops a phase ends it as early as its minimum allows; later turns are called off.
    private mutating func endEarly(_ phase: Phase) throws(DecisionFailure) {
        let begun = begunCount(of: phase.name)
        if case .between(let minimum, _) = phase.count, begun < minimum {
            for attempt in attempts.filter({ $0.phase == phase.name }).dropFirst(minimum) {
                for id in attempt.visits where visits[id]?.status.isOpen ?? false { callOff(id, isForgone: true) }
            }
            try alter(phase.name) { $0.count = .exactly(minimum) }
            try replan()
        } else {
            try end(phase.name)
        }
    }

    /// Whether a gate's measure allows it, by the scores that there are.
    private func isSatisfied(_ gate: Gate, of phase: Phase) -> Bool {
        switch gate.condition {
        case .decision: return false
        case .atMost(let measure, let score):
            return last(measure, of: phase).map { $0.score <= score } ?? false
        case .reductionPercent(let measure, let percent):
            guard let baseline = baseline(of: measure, before: phase), let latest = last(measure, of: phase),
                baseline.score > 0, latest.at > baseline.at
            else { return false }
            return (baseline.score - latest.score) * 100 >= percent * baseline.score
        }
    }

    private func last(_ measure: String, of phase: Phase) -> Assessment? {
        progress.assessments.last { $0.measure == measure }
    }

    /// The last score before the phase whose effect a gate asks of: the one before the gated phase.
    private func baseline(of measure: String, before phase: Phase) -> Assessment? {
        let scores = progress.assessments.filter { $0.measure == measure }
        guard let index = template.regimen.phases.firstIndex(where: { $0.name == phase.name }), index > 0 else {
            return scores.first
        }
        let effective = template.regimen.phases[index - 1].name
        let first = visits.values.filter { $0.phase == effective && $0.status.occupies }.map(\.place.minute).min()
        return scores.last { score in first.map { score.at.minute < $0 } ?? false } ?? scores.first
    }

    /// Opens a phase's gate; its visits are agreed and told where the phase says so at booking.
    mutating func open(_ name: String) {
        if progress.openGates.insert(name).inserted { agree() }
    }

    /// Confirms visits, in their order, whose times the patient knows, as far as gates and authorisations allow it now.
    mutating func agree() {
        for (id, image) in visits.sorted(by: { ($0.value.number, $0.key.number) < ($1.value.number, $1.key.number) })
        where image.told && !(visit(id)?.isDeclined ?? false) { agree(to: id) }
    }

    /// What a gate says is to follow where it does not open.
    mutating func follow(_ otherwise: Gate.Otherwise, gateOf name: String) throws(DecisionFailure) {
        switch otherwise {
        case .hold: hold()
        case .cease: cease()
        case .extend(let count):
            guard let index = template.regimen.phases.firstIndex(where: { $0.name == name }), index > 0 else { return }
            let reopened = try extend(template.regimen.phases[index - 1].name, by: count)
            try replan(Replanning(reopened: reopened))
        }
    }
}

extension CourseDraft {
    /// What is to be done and not done yet, by due day.
    var tasks: [ClinicTask] {
        openTasks(
            of: template, status: status, progress: progress, visits: visits, attempts: attempts,
            context.calendar.facility)
    }
}

private func openTasks(
    of template: Template, status: CourseStatus, progress: CourseProgress, visits: [VisitID: VisitImage],
    attempts: [VisitAttempts], _ facility: Facility
) -> [ClinicTask] {
    var tasks: [ClinicTask] = []
    for (id, image) in visits {
        guard let type = template.visitType(image.visitType) else { continue }
        if case .completed = image.status {
            tasks += type.tasks.map {
                ClinicTask(kind: .followUp, visit: id, name: $0.name, due: image.place.day + $0.dueDays)
            }
        }
        if image.needsCall {
            let day = min(image.place.day, image.heard?.time?.day ?? image.place.day)
            tasks.append(ClinicTask(kind: .call, visit: id, name: "call", due: facility.lastOpenDay(before: day)))
        }
    }
    for phase in template.regimen.phases {
        let own = attempts.filter { $0.phase == phase.name }
        // Visits are counted as the course has them: those that were given elsewhere, too.
        let elsewhere = progress.given(elsewhereOf: phase.name)
        for check in phase.checks where own.indices.contains(check.afterVisit - 1 - elsewhere) {
            let attempt = own[check.afterVisit - 1 - elsewhere]
            guard let image = visits[attempt.current], case .completed = image.status else { continue }
            tasks.append(
                ClinicTask(kind: .check, visit: attempt.current, name: check.measure, due: image.place.day))
        }
        tasks += reviews(of: phase, own, visits)
    }
    for attempt in attempts where status == .active {
        guard let image = visits[attempt.current], !image.status.occupies, !image.isForgone else { continue }
        tasks.append(
            ClinicTask(
                kind: .makeUp, visit: attempt.current, name: "makeUp",
                due: image.place.day + facility.planning.makeUpDays)
        )
    }
    return tasks.filter { $0.kind == .call || !progress.doneTasks.contains($0.id) }.sorted {
        ($0.due, $0.id) < ($1.due, $1.id)
    }
}

extension Facility {
    /// The last day before a day on which the clinic is open by its week; the day before where it never is.
    fileprivate func lastOpenDay(before day: Day) -> Day {
        let days = (1...7).map { day - $0 }
        return days.first { day in
            !hours[day.weekday, default: []].isEmpty
                && !closures.contains { $0.hours == nil && $0.from <= day && day <= $0.through }
        } ?? day - 1
    }
}

/// The reviews of an open-ended phase that have fallen due so far: every so many days since its first visit, named by
/// the first visit given since.
private func reviews(of phase: Phase, _ attempts: [VisitAttempts], _ visits: [VisitID: VisitImage]) -> [ClinicTask] {
    guard let every = phase.reviewEveryDays, every > 0 else { return [] }
    let given = attempts.compactMap { attempt -> (id: VisitID, day: Day)? in
        guard let image = visits[attempt.current], case .completed = image.status else { return nil }
        return (attempt.current, image.place.day)
    }
    guard let first = given.first else { return [] }
    var reviewed = 0
    return given.compactMap { visit in
        guard (visit.day - first.day) / every > reviewed else { return nil }
        reviewed = (visit.day - first.day) / every
        return ClinicTask(kind: .review, visit: visit.id, name: "review", due: first.day + reviewed * every)
    }
}

extension ClinicState {
    /// The visits of a course that have its turns, in the order of their numbers: all but those that an ended phase
    /// left behind, whose numbers others have.
    package func visitsOfTurns(_ course: Course) -> [Visit] {
        let own = visits(of: course)
        let images = Dictionary(own.map { ($0.id, $0.image) }) { first, _ in first }
        let turns = VisitAttempts.attempts(of: course.template, course.progress, images)
        let ids = Set(turns.flatMap(\.visits))
        return own.filter { ids.contains($0.id) }
    }

    /// What is to be done for a course and not done yet, by due day.
    package func tasks(of course: Course) -> [ClinicTask] {
        var images: [VisitID: VisitImage] = [:]
        for visit in visits(of: course) { images[visit.id] = visit.image }
        let attempts = VisitAttempts.attempts(of: course.template, course.progress, images)
        return openTasks(
            of: course.template, status: course.status, progress: course.progress, visits: images, attempts: attempts,
            configuration?.facility ?? Facility())
    }
}
