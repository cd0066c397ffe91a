import Planning

/// Sets right what an event recorded of a visit: when it happened, or, without a time, that it did not happen. What
/// followed from the facts follows again: the status, the day, and whether the course is over.
func correct(
    _ recorded: RecordedEvent, of id: VisitID, at instant: Instant?, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    guard let visit = context.state.visit(id) else { throw .refused(.unknown(.visit, id.text)) }
    if let instant, instant > context.now { throw .unchangeable(.future(instant)) }
    guard let (index, fact) = recorded.fact(of: visit) else { throw .unchangeable(.lasting(event: recorded.number)) }
    var draft = try CourseDraft(visit.course, .correction, context)
    let right = instant.map { Fact(fact.kind, at: $0, number: fact.number, detail: fact.detail) }
    var facts = visit.facts
    if let right { facts[index] = right } else { facts.remove(at: index) }
    draft.visits[id]?.facts = facts
    guard let corrected = draft.visit(id) else { throw .unchangeable(.lasting(event: recorded.number)) }
    if let flaw = corrected.flaw(at: right == nil ? nil : index, of: visit) { throw .unchangeable(.slip(flaw)) }
    let status = try draft.status(followingFrom: corrected, recorded)
    draft.visits[id]?.status = status
    if let right, visit.status.occupies, let begun = facts.first(where: { $0.kind.takesUp }), begun == right {
        try draft.bring(visit, to: right, isLost: false)
        try draft.priceIfMoved(visit)
    }
    if right == nil, !facts.contains(where: \.kind.isStep) { try draft.bringBack(visit, from: recorded) }
    if draft.status == .completed, draft.visits[id]?.status.isOpen ?? false { draft.status = .active }
    draft.completeIfOver()
    return draft.decision(.factCorrected, about: id, detail: fact.kind.rawValue)
}

extension CourseChanged.VisitChange {
    /// The numbers of a visit that has another one; nil of others.
    fileprivate var turns: (id: VisitID, before: Int, after: Int)? {
        guard let before, let after, before.number != after.number else { return nil }
        return (id, before.number, after.number)
    }
}

extension RecordedEvent {
    /// The fact of a visit that the event recorded or set right, with its index among those that stand now; nil where
    /// it recorded none, or none that stands.
    fileprivate func fact(of visit: Visit) -> (index: Int, fact: Fact)? {
        guard let change = event.courseChanges.flatMap(\.visits).first(where: { $0.id == visit.id }),
            let after = change.after?.facts
        else { return nil }
        let before = change.before?.facts ?? []
        let changed = after.indices.last { index in
            let isNew = !before.indices.contains(index) || before[index] != after[index]
            return isNew && after[index].kind.isCorrectable
        }
        guard let changed else { return nil }
        let told = after[changed]
        func isSame(_ fact: Fact) -> Bool {
            fact.kind == told.kind && fact.number == told.number && fact.detail == told.detail
        }
        // Set right before, it stands where it was recorded, at another time.
        if visit.facts.indices.contains(changed), isSame(visit.facts[changed]) {
            return (changed, visit.facts[changed])
        }
        return visit.facts.lastIndex(where: isSame).map { ($0, visit.facts[$0]) }
    }
}

extension Fact.Kind {
    /// Whether it is something that happened and can have happened at another time, or not at all.
    fileprivate var isCorrectable: Bool {
        switch self {
        case .arrived, .escortConfirmed, .checkMet, .started, .stageBegun, .paused, .continued, .delayed, .discharged:
            true
        case .overridden, .called, .seated, .attended: false
        }
    }

    /// Whether by it a patient is here.
    fileprivate var takesUp: Bool { self == .arrived || self == .started || self == .discharged }

    /// Whether it is one of those that happen one after the other.
    fileprivate var isStep: Bool {
        switch self {
        case .arrived, .started, .stageBegun, .paused, .continued, .discharged: true
        case .escortConfirmed, .checkMet, .delayed, .overridden, .called, .seated, .attended: false
        }
    }
}

extension VisitStatus {
    /// Whether by it the patient is, or was, here.
    fileprivate var isHere: Bool {
        switch self {
        case .arrived, .inProgress, .completed: true
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }
}

extension Visit {
    /// What stands against facts that were set right; nil where nothing does: each lies after what it follows, and
    /// nothing lacks what it follows.
    ///
    /// - Parameter index: the fact that was set right; nil where one was taken away.
    fileprivate func flaw(at index: Int?, of before: Visit) -> FactSlip? {
        let steps = facts.indices.filter { facts[$0].kind.isStep }
        for (first, second) in zip(steps, steps.dropFirst()) where first == index || second == index {
            let (earlier, later) = (facts[first], facts[second])
            guard later.at.minute < earlier.at.minute else { continue }
            return FactSlip(visit: id, fact: later, why: .before(earlier.kind, earlier.at))
        }
        guard index == nil else { return nil }
        let had = Set(before.facts.map(\.kind))
        let has = Set(facts.map(\.kind))
        for (kind, needed) in [
            (Fact.Kind.started, Fact.Kind.arrived), (.stageBegun, .started), (.discharged, .started),
        ]
        where had.contains(needed) && !has.contains(needed) {
            if let later = facts.first(where: { $0.kind == kind }) {
                return FactSlip(visit: id, fact: later, why: .before(needed, nil))
            }
        }
        return nil
    }
}

extension CourseDraft {
    /// A visit whose patient did not come goes back to where it was before a fact brought it to another day, with its
    /// turn; it stays where something else has its place by now. What they believe is what they were told before.
    fileprivate mutating func bringBack(_ visit: Visit, from recorded: RecordedEvent) throws(DecisionFailure) {
        let changes = recorded.event.courseChanges.flatMap(\.visits)
        let own = changes.first { $0.id == visit.id }
        guard let before = own?.before, let after = own?.after else { return }
        // Who was taken to be here was taken to know wherever their visit was put meanwhile.
        if visit.status.isHere { visits[visit.id]?.heard = before.heard }
        defer { holdUnlessTold(visit.id) }
        if before.place.start == after.place.start || visit.day != after.place.day { return }
        var back = self
        back.restorePlace(of: visit.id, as: before, after)
        back.restoreTurns(changes)
        if back.isInOrder(visit.id), try back.isFree(visit.id) { self = back }
    }

    /// Whether what takes place of its course lies on other days than a visit, in the order of its turn.
    private func isInOrder(_ id: VisitID) -> Bool {
        guard let own = visits[id] else { return false }
        return visits.allSatisfy { other in
            if other.key == id || !other.value.status.occupies { return true }
            let (number, day) = (other.value.number, other.value.place.day)
            return number < own.number ? day < own.place.day : day > own.place.day
        }
    }

    /// To a time that they do not know nobody has agreed.
    private mutating func holdUnlessTold(_ id: VisitID) {
        guard let image = visits[id], image.status == .confirmed, !image.told else { return }
        visits[id]?.status = .tentative
    }

    private mutating func restorePlace(of id: VisitID, as before: VisitImage, _ after: VisitImage) {
        visits[id]?.place = before.place
        visits[id]?.terms = before.terms
        for rule in after.overrides.keys where before.overrides[rule] == nil { visits[id]?.overrides[rule] = nil }
    }

    /// The turns as they were before a change, where nothing has changed them since.
    private mutating func restoreTurns(_ changes: [CourseChanged.VisitChange]) {
        let turns = changes.compactMap(\.turns)
        guard turns.allSatisfy({ visits[$0.id]?.number == $0.after }) else { return }
        for turn in turns { visits[turn.id]?.number = turn.before }
    }

    /// Whether a visit's place keeps every rule that is not set aside; so does every place on a day that is past.
    private func isFree(_ id: VisitID) throws(DecisionFailure) -> Bool {
        guard let day = visits[id]?.place.day, day >= context.today else { return true }
        do throws(DecisionFailure) {
            try requirePlaces(of: [id])
            return true
        } catch {
            guard case .refused = error else { throw error }
            return false
        }
    }

    /// The status that a visit's facts lead to; as it is where they are not what it follows from.
    fileprivate func status(
        followingFrom visit: Visit, _ recorded: RecordedEvent
    ) throws(DecisionFailure) -> VisitStatus {
        switch visit.status {
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted: return visit.status
        case .arrived, .inProgress, .completed: break
        }
        var following = visit
        following.status = .confirmed
        if !visit.facts.contains(where: \.kind.isStep) {
            let change = recorded.event.courseChanges.flatMap(\.visits).first { $0.id == visit.id }
            // A loss that it took back comes back by undoing alone: the visit that made up for it would have to.
            guard let before = change?.before?.status, before == .tentative || before == .confirmed else {
                throw .unchangeable(.lasting(event: recorded.number))
            }
            return before
        }
        for fact in visit.facts {
            if let status = status(of: following, after: fact) { following.status = status }
        }
        return following.status
    }
}
