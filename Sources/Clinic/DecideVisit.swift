package import Planning

/// Decides what is to be done with one visit.
func decide(
    _ order: VisitOrder, _ id: VisitID, _ reason: Reason.Code, keepsWindow: Bool = false, _ setting: Setting
) throws(Obstacle) -> Decision {
    guard let visit = setting.state.visit(id) else { throw .refused(.unknown(.visit, id.text)) }
    var draft = try CourseDraft(visit.course, reason, setting)
    try draft.requireBooked()
    if keepsWindow { draft.keeping = order.isLoss ? .wherePossible : .always }
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
    case .cancel(let isMadeUp):
        action = .visitCancelled
        try draft.require(visit, isToCome: true)
        let notice = try setting.notice(of: visit)
        unplaced = try draft.lose(visit, .cancelled(notice, reason), isMadeUp: isMadeUp)
    case .noShow(let isMadeUp):
        action = .visitNotShown
        try draft.require(visit, isToCome: true)
        let start = Instant(minute: visit.place.minute)
        guard start <= setting.now else { throw .unchangeable(.future(start)) }
        unplaced = try draft.lose(visit, .noShow, isMadeUp: isMadeUp)
    case .notTreated(let obstacle, let isMadeUp):
        action = .visitNotTreated
        guard visit.status.isOpen else { throw .unchangeable(.visit(id, visit.status)) }
        unplaced = try draft.lose(visit, .notTreated(obstacle), isMadeUp: isMadeUp)
    case .omit:
        action = .visitOmitted
        try draft.requireOpenCourse()
        try draft.omit(visit)
    case .move(let wish):
        action = draft.isOwed(id) ? .visitMadeUp : .visitMoved
        try draft.requireOpenCourse()
        try draft.move(visit, to: wish)
    case .postpone(let day, let later):
        action = .visitDeferred
        try draft.requireOpenCourse()
        try draft.postpone(visit, until: day, later)
    case .override(let rule):
        action = .ruleOverridden
        if rule.isPhysical { throw .unchangeable(.physical(rule)) }
        guard visit.status.isOpen else { throw .unchangeable(.visit(id, visit.status)) }
        draft.visits[id]?.overrides[rule] = reason
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
        let events = events(action, about: about, detail: detail)
        guard case .courseChanged(let changed)? = events.last else { return .accepted([], PrivateDetails(), .done) }
        let difference = PlanDifference(
            changed, weights: setting.calendar.facility.planning.weights,
            isKnown: reason.isPatients || action == .visitNotShown || action == .visitNotTreated, unplaced: unplaced,
            window: toldWindow)
        return .accepted(events, PrivateDetails(), .changed(difference))
    }

    func requireOpenCourse() throws(Obstacle) {
        guard status == .active else { throw .unchangeable(.course(course, status)) }
    }

    /// That the course is not only held for somebody.
    func requireBooked() throws(Obstacle) {
        if progress.heldUntil != nil { throw .unchangeable(.held(course)) }
    }

    /// That the visit is still to come: planned or agreed, and the patient not here.
    func require(_ visit: Visit, isToCome: Bool) throws(Obstacle) {
        guard visit.status == .tentative || visit.status == .confirmed else {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
    }

    // MARK: Agreed

    mutating func confirm(_ visit: Visit) throws(Obstacle) {
        if visit.status == .confirmed { return }
        try require(visit, isToCome: true)
        if let gate = closedGate(before: visit.phase) { throw .unchangeable(.gateClosed(phase: gate)) }
        visits[visit.id]?.status = .confirmed
        if visit.overrides[.authorisation] == nil, !isAuthorised(visit.id) {
            throw .unchangeable(.authorisation(visit.id))
        }
        visits[visit.id]?.told = true
        visits[visit.id]?.needsCall = false
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

    /// Records that a visit was lost, and makes it up where that is wanted and possible. What happened is never
    /// refused: where no plan is found, the answer is why.
    mutating func lose(_ visit: Visit, _ status: VisitStatus, isMadeUp: Bool) throws(Obstacle) -> Refusal? {
        visits[visit.id]?.status = status
        visits[visit.id]?.isForgone = !isMadeUp
        visits[visit.id]?.needsCall = false
        guard isMadeUp, self.status == .active else {
            completeIfOver()
            return nil
        }
        let lost = self
        do {
            try replan(Replanning(insistsOn: visit.id))
        } catch {
            guard case .refused(.noPlan(let refusal)) = error else { throw error }
            self = lost
            return refusal
        }
        return nil
    }

    mutating func omit(_ visit: Visit) throws(Obstacle) {
        switch visit.status {
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled: break
        case .arrived, .inProgress, .completed, .omitted: throw .unchangeable(.visit(visit.id, visit.status))
        }
        visits[visit.id]?.status = .omitted
        visits[visit.id]?.isForgone = true
        visits[visit.id]?.needsCall = false
        try replan()
        completeIfOver()
    }

    // MARK: Moved

    mutating func postpone(_ visit: Visit, until day: Day, _ later: VisitOrder.Later) throws(Obstacle) {
        try require(visit, isToCome: true)
        var replanning = Replanning(keepsOthers: later == .keep)
        if later == .shift { replanning.from = visit.day }
        replanning.turns[visit.id] = { [calendar = setting.calendar.calendars] turn in
            // On the named day at the earliest; later than it stands, unless that day is before the one that it has.
            if let own = calendar[visit.day] {
                turn.standing = .booked(visit.place.placement(on: own), told: visit.told)
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

    /// Moves a visit; the others keep their places. Where rules on its place itself are set aside it goes exactly where
    /// it is wanted; otherwise to the best place there is.
    mutating func move(_ visit: Visit, to wish: PlaceWish) throws(Obstacle) {
        if isOwed(visit.id) {
            try makeUp(visit.id, at: wish)
            return
        }
        try bring(visit, to: wish)
        let isTimeNamed = wish.from != nil || wish.through != nil || wish.clock != nil
        if isTimeNamed || visits[visit.id]?.place.start != visit.place.start { visits[visit.id]?.asked = .itself }
    }

    private mutating func bring(_ visit: Visit, to wish: PlaceWish) throws(Obstacle) {
        let isHere = visit.status == .arrived || visit.status.isInProgress
        guard visit.status == .tentative || visit.status == .confirmed || isHere else {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
        let own = try setting.day(visit.day)
        let booked = visit.place.placement(on: own)
        let isPlain =
            wish.from == nil && wish.through == nil && wish.clock == nil && wish.chair == nil
            && wish.persons.isEmpty
        let ofPlace = Set(visit.overrides.keys).subtracting([.gap, .phaseWindow, .authorisation])
        // Who is here, or comes too soon for another time, can still get another chair or person.
        let keepsTime =
            (wish.chair != nil || !wish.persons.isEmpty) && !wish.isElsewhere
            && [nil, visit.day].contains(wish.from) && [nil, visit.day].contains(wish.through)
            && [nil, visit.place.start.clock].contains(wish.clock)
        if isHere || (keepsTime && visits[visit.id].map(isKept) ?? false) {
            try put(visit, booked, wish)
            return
        }
        var replanning = Replanning(keepsOthers: true)
        if ofPlace.isEmpty {
            replanning.turns[visit.id] = { turn in
                turn.standing = .booked(booked, told: visit.told)
                turn.wish = wish
                turn.wish?.isElsewhere = wish.isElsewhere || isPlain
            }
            let wasPinned = visit.pinned
            visits[visit.id]?.pinned = false
            try replan(replanning)
            visits[visit.id]?.pinned = wasPinned
        } else {
            try put(visit, booked, wish)
            // It stays where it was put, and its distance to both neighbours is asked.
            replanning.turns[visit.id] = { _ in }
            try replan(replanning)
        }
    }

    /// Puts a visit exactly where it is wanted, however few rules allow it; physical ones must.
    private mutating func put(_ visit: Visit, _ booked: Placement, _ wish: PlaceWish) throws(Obstacle) {
        let clock = try setting.day(wish.from ?? visit.day)
        var placement = booked
        placement.day = clock.day
        if let wanted = wish.clock {
            guard let start = clock.elapsed(showing: wanted).first else {
                throw .unchangeable(.breaks([.openingHours]))
            }
            placement.start = start
        }
        if let chair = wish.chair { placement.chair = chair }
        for (index, label) in visit.visitType.filledLabels.enumerated() {
            if let person = wish.persons[label.label] { placement.persons[index] = person }
        }
        let isNewTime = placement.day != booked.day || placement.start != booked.start
        if isNewTime || placement.persons != booked.persons { placement.covers = [] }
        var booking = Booking(id: visit.id, patient: patient, visitType: visit.visitType, placement: placement)
        if placement.covers.isEmpty, let needed = covers(of: booking, on: setting.calendar) {
            placement.covers = needed
            booking.placement = placement
        }
        var broken = brokenRules(of: booking, for: request, on: setting.calendar) ?? []
        let lead = setting.calendar.facility.planning.leadTimeMinutes
        if isNewTime, visit.status != .arrived, clock.firstMinute + placement.start < setting.now.minute + lead {
            broken.append(.leadTime)
        }
        // The patient is here: what was wrong with the day before is past.
        let left = broken.filter { $0.isPhysical || visit.overrides[$0] == nil }
        if !left.isEmpty { throw .unchangeable(.breaks(left)) }
        move(visit.id, to: Place(placement, on: clock), terms: visits[visit.id]?.terms ?? CostTerms())
        if visit.status == .arrived || visit.status.isInProgress {
            // Whoever is here is told on the spot.
            visits[visit.id]?.status = visit.status
            visits[visit.id]?.told = true
            visits[visit.id]?.needsCall = false
        }
    }
}

extension Reason.Code {
    /// Whether it is the patient who said so.
    var isPatients: Bool {
        switch self {
        case .patientRequest, .patientUnwell, .transport: true
        case .clinical, .staffing, .equipment, .closure, .payer, .weather, .correction, .other: false
        }
    }
}

extension VisitOrder {
    /// Whether it records that a visit was lost, which is never refused.
    fileprivate var isLoss: Bool {
        switch self {
        case .cancel, .noShow, .notTreated: true
        case .confirm, .pin, .omit, .move, .postpone, .override: false
        }
    }
}

extension VisitStatus {
    var isInProgress: Bool { if case .inProgress = self { true } else { false } }
}

extension Authorisation {
    /// Whether it covers a visit of a type on a day.
    package func covers(_ type: VisitTypeID, on day: Day) -> Bool {
        status == .approved && visitTypes.contains(type) && from <= day && day <= through
    }
}

extension Setting {
    /// How a cancellation now would come: late where fewer business hours than configured lie before the start.
    /// Business hours are those in which the clinic is open.
    func notice(of visit: Visit) throws(Obstacle) -> VisitStatus.Notice {
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
