import Planning

/// Records what happened on a visit's day. It is never refused, except where it is not known of which visit, lies in
/// the future, or is a start for which something is missing that nobody has set aside.
func record(_ fact: Fact, of id: VisitID, isOverridden: Bool, _ setting: Setting) throws(Obstacle) -> Decision {
    guard let visit = setting.state.visit(id) else { throw .refused(.unknown(.visit, id.text)) }
    if fact.kind == .called, let outcome = fact.detail.flatMap({ CallOutcome(rawValue: $0) }) {
        return try record(PhoneCallMade(about: id, outcome: outcome, at: fact.at), setting)
    }
    guard fact.at <= setting.now else { throw .unchangeable(.future(fact.at)) }
    var draft = try CourseDraft(visit.course, .other, setting)
    if fact.kind == .started {
        let missing = draft.missing(at: fact.at, visit)
        guard missing.isEmpty || isOverridden else { throw .unchangeable(.missing(missing)) }
        for name in missing { draft.visits[id]?.facts.append(Fact(.overridden, at: fact.at, detail: name)) }
    }
    draft.visits[id]?.facts.append(fact)
    if let status = draft.status(of: visit, after: fact) { draft.visits[id]?.status = status }
    if case .completed? = draft.visits[id]?.status { draft.completeIfOver() }
    return draft.decision(.factRecorded, about: id, detail: fact.kind.rawValue)
}

extension CourseDraft {
    /// What a visit may not start without and does not have at an instant: escort, prerequisites, arrival checks.
    func missing(at instant: Instant, _ visit: Visit) -> [String] {
        var missing: [String] = []
        if visit.visitType.escort, visit.time(of: .escortConfirmed) == nil { missing.append("escort") }
        missing += progress.missing(template.regimen.prerequisites, for: visit)
        let met = Set(visit.facts.filter { $0.kind == .checkMet }.compactMap(\.detail))
        missing += visit.visitType.arrivalChecks.filter { !met.contains($0) }
        return missing
    }

    /// The status that a fact brings a visit to; nil where it stays. A visit that no longer has its place does not get
    /// it back by what happened.
    fileprivate func status(of visit: Visit, after fact: Fact) -> VisitStatus? {
        guard visit.status.occupies else { return nil }
        switch fact.kind {
        case .arrived: return visit.status == .tentative || visit.status == .confirmed ? .arrived : nil
        case .started: return visit.status.isOpen ? .inProgress(stage: 0) : nil
        case .stageBegun:
            guard visit.status.isOpen else { return nil }
            let stage = fact.number ?? 0
            return .inProgress(stage: min(max(0, stage), max(0, visit.visitType.stages.count - 1)))
        case .discharged:
            return .completed(fact.detail.flatMap { VisitStatus.Given(rawValue: $0) } ?? .full)
        case .escortConfirmed, .checkMet, .paused, .continued, .delayed, .overridden, .called: return nil
        }
    }

    /// Ends a course whose turns have all been given or left out, where no phase is open-ended and no task is left.
    mutating func completeIfOver() {
        // That somebody is still to be called keeps no course open: the call stays on the list.
        guard status == .active, template.regimen.phases.allSatisfy({ $0.plannedCount != nil }),
            tasks.allSatisfy({ $0.kind == .call })
        else { return }
        let slots = slots
        for phase in template.regimen.phases {
            let own = slots.filter { $0.phase == phase.name }
            let adopted = progress.adoptedFrom?.phase == phase.name ? progress.adoptedFrom?.given ?? 0 : 0
            let isBefore = own.isEmpty && progress.adoptedFrom != nil
            guard isBefore || own.count + adopted >= phase.plannedCount ?? 0 else { return }
            for slot in own {
                guard let image = visits[slot.current] else { continue }
                let isOver = if case .completed = image.status { true } else { image.isForgone }
                guard isOver else { return }
            }
        }
        status = .completed
    }
}
