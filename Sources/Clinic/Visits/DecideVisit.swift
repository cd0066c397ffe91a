package import Planning

/// Decides what is to be done with one visit.
///
/// - Parameter isMeant: whether it is meant although it looks like a slip of the finger.
func decide(
    _ order: VisitOrder, _ id: VisitID, _ reason: Reason.Code, keepsWindow: Bool = false, isMeant: Bool = false,
    _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    guard let visit = context.state.visit(id) else { throw .refused(.unknown(.visit, id.text)) }
    var draft = try CourseDraft(visit.course, reason, context)
    try draft.requireBooked()
    if keepsWindow { draft.keeping = order.isLoss ? .wherePossible : .always }
    return try decide(order, visit, draft, isMeant: isMeant)
}

/// Decides what is to be done with a visit of a course, with what was done with that before in the same event.
func decide(
    _ order: VisitOrder, _ visit: Visit, _ begun: CourseDraft, isMeant: Bool = false
) throws(DecisionFailure) -> Decision {
    var draft = begun
    let (id, reason) = (visit.id, draft.reason)
    let action: CourseAction
    var unplaced: Refusal?
    var detail: String?
    switch order {
    case .confirm:
        action = .visitConfirmed
        try draft.confirm(visit)
    case .pin(let isPinned):
        action = isPinned ? .visitPinned : .visitUnpinned
        try draft.require(visit, isToCome: true)
        draft.visits[id]?.pinned = isPinned
    case .cancel(let isMadeUp, let start):
        action = .visitCancelled
        unplaced = try draft.cancel(visit, isMadeUp: isMadeUp, from: start)
    case .noShow(let isMadeUp, let start):
        action = .visitNotShown
        unplaced = try draft.noShow(visit, isMadeUp: isMadeUp, from: start)
    case .notTreated(let obstacle, let isMadeUp, let start):
        action = .visitNotTreated
        guard visit.status.isOpen else { throw .unchangeable(.visit(id, visit.status)) }
        if !isMeant { try draft.requireNear(visit) }
        unplaced = try draft.lose(visit, .notTreated(obstacle), isMadeUp: isMadeUp, from: start)
    case .omit:
        action = .visitOmitted
        try draft.requireOpenCourse()
        if reason.isPatients { draft.knowsOfEnd(id) }
        try draft.omit(visit)
    case .move(let wish), .place(let wish):
        action = draft.isOwed(id) ? .visitMadeUp : .visitMoved
        try draft.requireOpenCourse()
        if case .place = order { try draft.place(visit, exactly: wish) } else { try draft.move(visit, to: wish) }
    case .postpone(let day, let later):
        action = .visitDeferred
        try draft.requireOpenCourse()
        try draft.postpone(visit, until: day, later)
    case .override(let rule):
        action = .ruleOverridden
        try draft.setAside(rule, for: visit)
        detail = rule.rawValue
    }
    return draft.decision(action, about: id, unplaced: unplaced, detail: detail)
}

extension CourseDraft {
    /// What the draft comes to: its events, and the difference as the answer.
    ///
    /// - Parameter detail: see `CourseChanged.detail`.
    func decision(
        _ action: CourseAction, about: VisitID? = nil, unplaced: Refusal? = nil, detail: String? = nil
    ) -> Decision {
        var priced = self
        priced.priceFollowers()
        let events = priced.events(action, about: about, detail: detail)
        guard case .course(.changed(let changed))? = events.last else { return .accepted([], PrivateDetails(), .done) }
        let difference = PlanDifference(
            changed, weights: context.calendar.facility.planning.weights, announced: context.isTold ? [] : announced,
            unplaced: unplaced, window: toldWindow)
        return .accepted(events, PrivateDetails(), .changed(difference))
    }

    func requireOpenCourse() throws(DecisionFailure) {
        guard status == .active else { throw .unchangeable(.course(course, status)) }
    }

    /// That the course is not only held for somebody.
    func requireBooked() throws(DecisionFailure) {
        if progress.heldUntil != nil { throw .unchangeable(.held(course)) }
    }

    /// That the visit is still to come: planned or agreed, and the patient not here.
    func require(_ visit: Visit, isToCome: Bool) throws(DecisionFailure) {
        guard visit.status == .tentative || visit.status == .confirmed else {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
    }

    /// That a patient who came and was not treated can have come for the visit.
    fileprivate func requireNear(_ visit: Visit) throws(DecisionFailure) {
        guard visit.isAhead(at: context.now, today: context.today) else { return }
        let others = state.visits(on: context.today)
        let meant = others.first { $0.patient == patient && $0.id != visit.id && $0.status.isOpen }
        let why =
            visit.day == context.today
            ? FactSlip.Why.farFromPlan(minutes: context.now.minute - visit.place.minute) : .otherDay
        throw .unchangeable(.slip(FactSlip(visit: visit.id, fact: nil, why: why, meant: meant?.id)))
    }

    // MARK: Agreed

    mutating func confirm(_ visit: Visit) throws(DecisionFailure) {
        if visit.status == .confirmed, visit.told { return }
        try require(visit, isToCome: true)
        if let gate = closedGate(before: visit.phase) { throw .unchangeable(.gateClosed(phase: gate)) }
        visits[visit.id]?.status = .confirmed
        if visit.overrides[.authorisation] == nil, !isAuthorised(visit.id) {
            throw .unchangeable(.authorisation(visit.id))
        }
        visits[visit.id]?.heard = .at(visit.place.start)
    }

    /// The first phase up to a phase whose gate has not opened.
    func closedGate(before name: String) -> String? {
        for phase in template.regimen.phases {
            if phase.gate != nil, !progress.openGates.contains(phase.name) { return phase.name }
            if phase.name == name { return nil }
        }
        return nil
    }

    /// Whether every visit that uses an authorisation has one of its own, this one too: visits are moved along among
    /// the authorisations where that frees one.
    func isAuthorised(_ id: VisitID) -> Bool {
        guard wish.requiresAuthorisation else { return true }
        let granted = wish.authorisations.filter { $0.status == .approved }
        let asking = visits.filter { $0.value.status.usesAuthorisation && $0.value.overrides[.authorisation] == nil }
            .keys.sorted { $0.number < $1.number }
        var users: [[VisitID]] = granted.map { _ in [] }
        func assign(_ visit: VisitID, _ tried: inout Set<Int>) -> Bool {
            guard let image = visits[visit] else { return false }
            for (index, authorisation) in granted.enumerated()
            where authorisation.covers(image.visitType, on: image.place.day) && tried.insert(index).inserted {
                if users[index].count < authorisation.visits {
                    users[index].append(visit)
                    return true
                }
                for (place, other) in users[index].enumerated() where assign(other, &tried) {
                    users[index][place] = visit
                    return true
                }
            }
            return false
        }
        // The visit asked about comes last, so that only it can be the one without.
        for visit in asking where visit != id {
            var tried: Set<Int> = []
            _ = assign(visit, &tried)
        }
        var tried: Set<Int> = []
        return assign(id, &tried)
    }

    // MARK: Lost

    /// The patient knows that a visit will not take place: they said so.
    mutating func knowsOfEnd(_ id: VisitID) {
        if visits[id]?.heard != nil { visits[id]?.heard = .calledOff }
    }

    /// Calls a visit off that is to come.
    fileprivate mutating func cancel(
        _ visit: Visit, isMadeUp: Bool, from start: VisitOrder.MakeUpStart
    ) throws(DecisionFailure) -> Refusal? {
        try require(visit, isToCome: true)
        let notice = try context.notice(of: visit)
        if reason.isPatients { knowsOfEnd(visit.id) }
        return try lose(visit, .cancelled(notice, reason), isMadeUp: isMadeUp, from: start)
    }

    /// Records that nobody came to a visit whose time has come.
    fileprivate mutating func noShow(
        _ visit: Visit, isMadeUp: Bool, from makeUp: VisitOrder.MakeUpStart
    ) throws(DecisionFailure) -> Refusal? {
        try require(visit, isToCome: true)
        let start = Instant(minute: visit.place.minute)
        guard start <= context.now else { throw .unchangeable(.future(start)) }
        return try lose(visit, .noShow, isMadeUp: isMadeUp, from: makeUp)
    }

    /// Sets a rule aside for an open visit; those about what is physically possible stand.
    fileprivate mutating func setAside(_ rule: Rule, for visit: Visit) throws(DecisionFailure) {
        if rule.isPhysical { throw .unchangeable(.physical(rule)) }
        guard visit.status.isOpen else { throw .unchangeable(.visit(visit.id, visit.status)) }
        visits[visit.id]?.overrides[rule] = reason
    }

    /// Records that a visit was lost, and makes it up where that is wanted and possible. What happened is never
    /// refused: where no plan is found, the answer is why.
    mutating func lose(
        _ visit: Visit, _ status: VisitStatus, isMadeUp: Bool, from start: VisitOrder.MakeUpStart = .later
    ) throws(DecisionFailure) -> Refusal? {
        visits[visit.id]?.status = status
        visits[visit.id]?.isForgone = !isMadeUp
        guard isMadeUp, self.status == .active else {
            completeIfOver()
            return nil
        }
        let lost = self
        var replanning = Replanning(insistsOn: visit.id)
        switch start {
        case .later: break
        case .sameDay: replanning.turns[visit.id] = { $0.after = visit.day - 1 }
        case .earlier: replanning.turns[visit.id] = { $0.after = nil }
        }
        do {
            try replan(replanning)
        } catch {
            guard case .refused(.noPlan(let refusal)) = error else { throw error }
            self = lost
            return refusal
        }
        return nil
    }

    mutating func omit(_ visit: Visit) throws(DecisionFailure) {
        switch visit.status {
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled: break
        case .arrived, .inProgress, .completed, .omitted: throw .unchangeable(.visit(visit.id, visit.status))
        }
        // Whoever did not come, or came and was sent home, knows of it.
        if visit.news == nil, !visit.status.occupies { knowsOfEnd(visit.id) }
        visits[visit.id]?.status = .omitted
        visits[visit.id]?.isForgone = true
        try replan()
        completeIfOver()
    }

    // MARK: Moved

    mutating func postpone(_ visit: Visit, until day: Day, _ later: VisitOrder.Later) throws(DecisionFailure) {
        try require(visit, isToCome: true)
        var replanning = Replanning(keepsOthers: later == .keep)
        if later == .shift { replanning.from = visit.day }
        replanning.turns[visit.id] = { [calendar = context.calendar.calendars] turn in
            // On the named day at the earliest; later than it stands, unless that day is before the one that it has.
            if let own = calendar[visit.day] {
                turn.status = .booked(visit.place.placement(on: own), told: visit.told)
            }
            turn.wish = PlaceWish(from: day < visit.day ? day : max(day, visit.day + 1), isElsewhere: true)
        }
        visits[visit.id]?.pinned = false
        if later == .shift { forgetAsked(.along, from: visit.day) }
        let before = visits
        try replan(replanning)
        // Those that follow were put off with it.
        for (id, image) in visits where image.status.isOpen && before[id]?.place.start != image.place.start {
            visits[id]?.asked = .along
        }
        visits[visit.id]?.asked = .itself
    }

    /// Moves a visit to the best place there is with what is wished, on its day where no day is named but something
    /// else is; the others keep their places. Where rules on its place itself are set aside it goes exactly where it is
    /// wanted.
    mutating func move(_ visit: Visit, to wish: PlaceWish) throws(DecisionFailure) {
        if isOwed(visit.id) {
            try makeUp(visit.id, at: wish)
            return
        }
        try bring(visit, to: wish)
        let isTimeNamed = wish.from != nil || wish.through != nil || wish.clock != nil
        if isTimeNamed || visits[visit.id]?.place.start != visit.place.start { visits[visit.id]?.asked = .itself }
    }

    private mutating func bring(_ visit: Visit, to wish: PlaceWish) throws(DecisionFailure) {
        let isHere = visit.status == .arrived || visit.status.isInProgress
        guard visit.status == .tentative || visit.status == .confirmed || isHere else {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
        let namesPlace = wish.clock != nil || wish.chair != nil || !wish.persons.isEmpty
        let ofPlace = Set(visit.overrides.keys).subtracting([.gap, .phaseWindow, .authorisation])
        // Who is here, or comes too soon for another time, can still get another chair or person.
        let keepsTime =
            (wish.chair != nil || !wish.persons.isEmpty) && !wish.isElsewhere
            && [nil, visit.day].contains(wish.from) && [nil, visit.day].contains(wish.through)
            && [nil, visit.place.start.clock].contains(wish.clock)
        let isNamed = namesPlace || wish.from != nil
        if isHere || (isNamed && !ofPlace.isEmpty) || (keepsTime && visits[visit.id].map(isKept) ?? false) {
            try place(visit, exactly: wish)
            return
        }
        try planNear(visit, wish)
    }

    /// Plans a place for a visit: on its day, where no days are named but something else is, or else on any.
    mutating func planNear(_ visit: Visit, _ wish: PlaceWish) throws(DecisionFailure) {
        let namesPlace = wish.clock != nil || wish.chair != nil || !wish.persons.isEmpty
        let namesDays = wish.from != nil || wish.through != nil
        guard namesPlace, !namesDays else {
            try planPlace(of: visit, wish, isPlain: !namesPlace && !namesDays)
            return
        }
        var onItsDay = wish
        onItsDay.from = visit.day
        onItsDay.through = visit.day
        let unmoved = self
        do {
            try planPlace(of: visit, onItsDay, isPlain: false)
        } catch {
            guard case .refused(.noPlan) = error else { throw error }
            self = unmoved
            try planPlace(of: visit, wish, isPlain: false)
        }
    }

    /// Plans a place for a visit among all that keep the rules.
    ///
    /// - Parameter declined: days on which it may not be.
    mutating func planPlace(
        of visit: Visit, _ wish: PlaceWish, isPlain: Bool, declined: Set<Day> = [], explains: Bool = true
    ) throws(DecisionFailure) {
        let booked = visit.place.placement(on: try context.day(visit.day))
        var replanning = Replanning(keepsOthers: true, explains: explains, declined: declined)
        replanning.turns[visit.id] = { turn in
            turn.status = .booked(booked, told: visit.told)
            turn.wish = wish
            turn.wish?.isElsewhere = wish.isElsewhere || isPlain
        }
        let wasPinned = visit.pinned
        visits[visit.id]?.pinned = false
        try replan(replanning)
        visits[visit.id]?.pinned = wasPinned
    }
}

extension VisitOrder {
    /// Whether it records that a visit was lost, which is never refused.
    fileprivate var isLoss: Bool {
        switch self {
        case .cancel, .noShow, .notTreated: true
        case .confirm, .pin, .omit, .move, .place, .postpone, .override: false
        }
    }
}

extension VisitStatus {
    package var isInProgress: Bool { if case .inProgress = self { true } else { false } }
}

extension Authorisation {
    /// Whether it covers a visit of a type on a day.
    package func covers(_ type: VisitTypeID, on day: Day) -> Bool {
        status == .approved && visitTypes.contains(type) && from <= day && day <= through
    }
}

extension DecisionContext {
    /// How a cancellation now would come: late where fewer business hours than configured lie before the start.
    /// Business hours are those in which the clinic is open.
    func notice(of visit: Visit) throws(DecisionFailure) -> VisitStatus.Notice {
        let hours = state.configuration?.notifications.lateCancellationBusinessHours ?? 0
        var minutes = 0
        var day = today
        while day <= visit.day {
            let clock = try self.day(day)
            let asked = Interval(clipping: now.minute, visit.place.minute)
            for opening in openingIntervals(of: calendar.facility, on: clock) {
                minutes += asked.flatMap { opening.shifted(by: clock.firstMinute).intersection($0) }?.minutes ?? 0
            }
            day = day + 1
        }
        return minutes < hours * 60 ? .late : .early
    }
}
