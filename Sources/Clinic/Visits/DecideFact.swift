import Planning

/// Records what happened on a visit's day. What happened is recorded and not judged; but what cannot well be meant is
/// taken only where it is, a start asks for what must be in place, and nothing but a start begins a visit.
///
/// - Parameters:
///   - seat: where the patient really is, and with whom, where that is other than planned.
///   - isOverridden: whether it begins although something is missing.
///   - isMeant: whether it is meant although it looks like a slip of the finger.
func record(
    _ told: Fact, of id: VisitID, in seat: ActualSeat, isOverridden: Bool, isMeant: Bool, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    guard let visit = context.state.visit(id) else { throw .refused(.unknown(.visit, id.text)) }
    if told.kind == .called, let outcome = told.detail.flatMap({ CallOutcome(rawValue: $0) }) {
        return try record(PhoneCallMade(about: id, outcome: outcome, at: told.at), context)
    }
    guard told.at <= context.now else { throw .unchangeable(.future(told.at)) }
    var draft = try CourseDraft(visit.course, .other, context)
    let fact = visit.inOrder(told)
    if fact.kind == .stageBegun { try draft.requireBegun(visit, isMeant: isMeant) }
    if !isMeant, let slip = try draft.slip(fact, visit) { throw .unchangeable(.slip(slip)) }
    if fact.kind == .started, visit.awaitsStart {
        let missing = draft.missing(at: fact.at, visit)
        guard missing.isEmpty || isOverridden else { throw .unchangeable(.missing(missing)) }
        for name in missing { draft.visits[id]?.facts.append(Fact(.overridden, at: fact.at, detail: name)) }
    }
    try draft.takeUp(visit, with: fact)
    draft.visits[id]?.facts.append(fact)
    draft.seat(id, seat, at: fact.at)
    if let taken = draft.visit(id), let status = draft.status(of: taken, after: fact) {
        draft.visits[id]?.status = status
    }
    try draft.priceIfMoved(visit)
    if case .completed? = draft.visits[id]?.status { draft.completeIfOver() }
    return draft.decision(.factRecorded, about: id, detail: fact.kind.rawValue)
}

extension Visit {
    /// Whether the patient is still to be treated: to come or here, or lost and here after all.
    fileprivate var awaitsStart: Bool {
        switch status {
        case .tentative, .confirmed, .arrived, .noShow, .notTreated, .cancelled, .omitted: true
        case .inProgress, .completed: false
        }
    }

    /// Whether by a fact the patient is here, or was, of whose treatment nothing was recorded before.
    fileprivate func isTakenUp(by fact: Fact) -> Bool {
        switch fact.kind {
        case .arrived, .started, .discharged: awaitsStart
        case .escortConfirmed, .checkMet, .stageBegun, .paused, .continued, .delayed, .overridden, .called, .seated,
            .attended:
            false
        }
    }
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

    /// The status that a fact brings a visit to; nil where it stays.
    func status(of visit: Visit, after fact: Fact) -> VisitStatus? {
        guard visit.status.occupies else { return nil }
        switch fact.kind {
        case .arrived: return visit.status == .tentative || visit.status == .confirmed ? .arrived : nil
        case .started: return visit.status.isOpen ? .inProgress(stage: 0) : nil
        case .stageBegun:
            guard visit.status.isInProgress else { return nil }
            let stage = fact.number ?? 0
            return .inProgress(stage: min(max(0, stage), max(0, visit.visitType.stages.count - 1)))
        case .discharged:
            return .completed(fact.detail.flatMap { VisitStatus.Given(rawValue: $0) } ?? .full)
        case .escortConfirmed, .checkMet, .paused, .continued, .delayed, .overridden, .called, .seated, .attended:
            return nil
        }
    }

    /// That a visit whose next stage begins has begun itself.
    fileprivate func requireBegun(_ visit: Visit, isMeant: Bool) throws(DecisionFailure) {
        // Of a lost visit it is asked first whether it is meant.
        guard visit.awaitsStart, visit.status.occupies || isMeant else { return }
        throw .unchangeable(.notBegun(visit.id))
    }

    /// Why a fact about a visit cannot well be meant; nil where it can.
    fileprivate func slip(_ fact: Fact, _ visit: Visit) throws(DecisionFailure) -> FactSlip? {
        let clock = try clock(at: fact.at)
        guard let why = visit.slip(fact, on: clock?.day) else { return nil }
        let others = clock.map { state.visits(on: $0.day) } ?? []
        let meant = others.first { $0.patient == patient && $0.id != visit.id && $0.status.isOpen }
        return FactSlip(visit: visit.id, fact: fact, why: why, meant: meant?.id)
    }

    /// The day of an instant that is past; nil where it is so long ago that nobody's plan looks there.
    func clock(at instant: Instant) throws(DecisionFailure) -> DayCalendar? {
        if let clock = context.calendar.calendars.day(at: instant) { return clock }
        let day = dayAfter(instant)
        guard day >= context.today - Self.daysLookedBack else { return nil }
        throw .needsDays(day)
    }

    /// How many days ago what happened may bring a visit to its day.
    private static var daysLookedBack: Int { 31 }

    // MARK: Taken up

    /// Takes up a visit whose patient is here: a loss is taken back, with the visit that made up for it; a visit of
    /// another day is brought to this one.
    fileprivate mutating func takeUp(_ visit: Visit, with fact: Fact) throws(DecisionFailure) {
        guard visit.isTakenUp(by: fact) else { return }
        let isLost = !visit.status.occupies
        if isLost { try takeBackLoss(of: visit) }
        try bring(visit, to: fact, isLost: isLost)
        if isLost { try returnDisplaced() }
    }

    /// What a loss moved of that which the patient was told goes back where it can, by a plan of all that is to come:
    /// nobody has to be called then. Where that would change anything else that they were told it stays.
    private mutating func returnDisplaced() throws(DecisionFailure) {
        let displaced = displacedVisits
        guard !displaced.isEmpty, status == .active, progress.heldUntil == nil else { return }
        var planned = self
        do throws(DecisionFailure) {
            try planned.replan(Replanning().unexplained)
        } catch {
            if case .needsDays = error { throw error }
            return
        }
        guard planned.displacedVisits.isStrictSubset(of: displaced) else { return }
        self = planned
    }

    /// The visits to come of which the patient was told another time, or of whose end they know nothing.
    private var displacedVisits: Set<VisitID> {
        Set(visits.filter { $0.value.news != nil }.keys)
    }

    /// Brings a visit to the day of a fact, and a lost one back to a place.
    mutating func bring(_ visit: Visit, to fact: Fact, isLost: Bool) throws(DecisionFailure) {
        let clock = try clock(at: fact.at)
        let isElsewhere = clock.map { $0.day != visit.day } ?? false
        guard isLost || isElsewhere else { return }
        if let clock, let seat = seat(for: visit, on: clock, at: fact) {
            visits[visit.id]?.place = Place(seat.place, on: clock)
            // The patient is treated there: what stands against it by its day is past.
            for rule in seat.against where visits[visit.id]?.overrides[rule] == nil {
                visits[visit.id]?.overrides[rule] = reason
            }
            takeTurns(with: visit)
        } else if isLost {
            throw .unchangeable(.breaks([.chairFree]))
        }
        // Whoever is here knows.
        if let start = visits[visit.id]?.place.start { visits[visit.id]?.heard = .at(start) }
    }

    /// The turns of a phase in the order of their days: whoever is treated before the turn that was planned has the
    /// turn before, and the others each one later. A lost visit's turn stays between those that it lay between.
    private mutating func takeTurns(with visit: Visit) {
        let own = attempts.filter { $0.phase == visit.phase && (visits[$0.current]?.status.occupies ?? false) }
        let numbers = own.map { visits[$0.current]?.number ?? 0 }
        // Of two on a day the one whose patient is here has the turn first.
        func order(_ index: Int) -> (Day, Int, Int) {
            guard let image = visits[own[index].current] else { return (context.today, 0, index) }
            let isAhead = !isKept(image) && own[index].current != visit.id
            return (image.place.day, isAhead ? 1 : 0, index)
        }
        let inOrder = own.enumerated().sorted { order($0.offset) < order($1.offset) }
        for (number, attempt) in zip(numbers, inOrder.map(\.element)) {
            for id in attempt.visits { visits[id]?.number = number }
        }
    }

    /// A loss is none where the patient comes after all: a visit that was added for it is called off, the last that was
    /// booked. Those that took the turns in between give them back.
    private mutating func takeBackLoss(of visit: Visit) throws(DecisionFailure) {
        let inTurn = visits.filter { other in
            other.key != visit.id && other.value.number == visit.number && other.value.phase == visit.phase
                && other.value.status.occupies
        }
        if let given = inTurn.keys.sorted(by: { $0.number < $1.number }).first(where: { id in
            visits[id].map { $0.status != .tentative && $0.status != .confirmed } ?? false
        }) {
            throw .unchangeable(.madeUp(visit.id, by: given))
        }
        if !inTurn.isEmpty { callOffAdded(for: visit) }
        visits[visit.id]?.status = .confirmed
        visits[visit.id]?.isForgone = false
        // It was over because nothing was left of it.
        if status == .completed { status = .active }
    }

    private mutating func callOffAdded(for visit: Visit) {
        // Also those that were booked before it: by its loss they may have taken its turn.
        let later = visits.filter { other in
            other.value.visitType == visit.visitType.id && other.value.number >= visit.number
                && (other.value.status == .tentative || other.value.status == .confirmed)
        }
        guard let added = later.keys.max(by: { $0.number < $1.number }), let last = visits[added] else { return }
        let phases = Dictionary(visits.values.map { ($0.number, $0.phase) }) { first, _ in first }
        callOff(added, isForgone: true)
        for id in later.keys where id != added {
            guard let image = visits[id], image.number < last.number else { continue }
            visits[id]?.number = image.number + 1
            visits[id]?.phase = phases[image.number + 1] ?? image.phase
        }
    }
}
