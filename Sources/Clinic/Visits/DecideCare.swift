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
    case .taskDone(let id, let ends):
        guard let task = draft.tasks.first(where: { $0.id == id }) else { throw .refused(.unknown(.task, id)) }
        // A call is done when the patient knows; should the visit change once more, they are to be called again.
        if task.kind == .call { draft.tell(task.visit) } else { draft.finish(task) }
        if ends {
            guard task.kind == .review else { throw .unchangeable(.noReview(id)) }
            draft.endToday()
            return draft.decision(.courseEnded, detail: id)
        }
        draft.completeIfOver()
        return draft.decision(.taskDone, detail: id)
    }
}

extension CourseDraft {
    /// Records a score, ends the present phase where it stops it, and opens the gates that it satisfies.
    mutating func assess(_ assessment: Assessment) throws(DecisionFailure) {
        guard assessment.at <= context.now else { throw .unchangeable(.future(assessment.at)) }
        let (measure, score) = (assessment.measure, assessment.score)
        if let scores = state.configuration?.scores(of: measure), !scores.contains(score) {
            throw .unchangeable(.scoreOutside(measure: measure, score: score, of: scores))
        }
        progress.assessments.append(assessment)
        progress.assessments.sort { $0.at < $1.at }
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
