import Planning

/// What planning the rest of a course is told beside its visits.
struct Replanning {
    /// What is asked of single visits, by id.
    var turns: [VisitID: (inout CourseVisit) -> Void] = [:]
    /// Whether every booked visit stays where nothing else is said of it.
    var keepsOthers = false
    /// Visits that were called off and whose turns are to be planned as if they had never been.
    var reopened: Set<VisitID> = []
    /// Booked visits before this day stay.
    var from: Day?
    /// What is asked of the first turn that has no place: a course goes on from a day, however long after the last
    /// visit.
    var resumesFrom: Day?
    /// The first day of the first visit here of a course that began elsewhere.
    var adoptedFrom: Day?
    /// The last day of that visit, however long after the one before: it is overdue. Nil where its gap is asked.
    var adoptedThrough: Day?
    /// Whether a refusal says what closes each day and what would help: only where somebody is shown it.
    var explains = true
    /// Days on which the patient will not come, beside those that they named for the whole course.
    var declined: Set<Day> = []
    /// The last day that a phase may have, by its name.
    var phaseEnds: [String: Day] = [:]
    /// Whether phases that have not begun are to end within their alarm days too.
    var endsInTime = false
    /// What may stand against a gap where there is no plan otherwise.
    var easing = GapEasing.standing
    /// A lost visit that is to be made up now; others that can have no place may be passed over.
    var insistsOn: VisitID?
    /// Whether the patient wants it so: the places that they were told before cost nothing.
    var isPatients = false
    /// Lost visits that are passed over: they stay owed, and the rest is planned as if they were left out.
    var passed: Set<VisitID> = []

    /// The same where nobody is shown a refusal.
    var unexplained: Replanning {
        var quiet = self
        quiet.explains = false
        return quiet
    }
}

/// What the planner is asked for what is left of a course.
struct AskedRest {
    let request: CourseRequest
    /// What became of it so far.
    let turns: [CourseVisit]
    /// Without those of its visits that are planned anew.
    let calendar: PlanningCalendar
}

extension CourseDraft {
    /// Plans what is left of the course and brings its visits to it; within the window of the phase that is under way
    /// where that is asked for.
    mutating func replan(_ replanning: Replanning = Replanning()) throws(DecisionFailure) {
        let unplanned = self
        do throws(DecisionFailure) {
            try planAll(replanning)
        } catch {
            // A visit that nothing can make up for is no reason to refuse everything else.
            guard case .refused(let refusal) = error, refusal.isOfPlanning,
                let stuck = try unplanned.stuck(besides: replanning)
            else { throw error }
            self = unplanned
            var without = replanning
            without.passed = stuck
            do throws(DecisionFailure) {
                try planAll(without)
            } catch let other {
                guard case .refused = other else { throw other }
                throw error
            }
            if case .noPlan(let refusal) = refusal { unplaced = refusal }
        }
    }

    /// The owed visits that find no place though all others stay where they are; nil where there is none.
    private func stuck(besides replanning: Replanning) throws(DecisionFailure) -> Set<VisitID>? {
        let attempts = attempts
        let mayPass = Set(attempts.map(\.current).filter(isOwed))
            .subtracting(replanning.turns.keys).subtracting([replanning.insistsOn].compactMap(\.self))
        if mayPass.isEmpty { return nil }
        var asked = Replanning(keepsOthers: true).unexplained
        while true {
            var trial = self
            do throws(DecisionFailure) {
                try trial.planRest(asked)
                return asked.passed.isEmpty ? nil : asked.passed
            } catch {
                guard case .refused(.noPlan(let refusal)) = error else { throw error }
                // The one that has no place, or the last before what it leaves none.
                let next = attempts.last { attempt in
                    mayPass.contains(attempt.current) && !asked.passed.contains(attempt.current)
                        && (visits[attempt.current]?.number ?? 0) <= refusal.visit
                }
                guard let next else { return nil }
                asked.passed.insert(next.current)
            }
        }
    }

    /// Plans what is left of the course, within the window of the phase that is under way where that is asked for.
    private mutating func planAll(_ replanning: Replanning) throws(DecisionFailure) {
        let window = phaseWindow
        switch keeping {
        case .never: try planRest(replanning)
        case .wherePossible, .always:
            if let window {
                try planRest(replanning, keeping: window)
            } else {
                try planInTime(replanning)
            }
        }
        if let window, toldWindow == nil { tell(window) }
    }

    /// Plans what is left of the course, windows of phases that have begun only as far as `phaseEnds` says.
    mutating func planRest(_ replanning: Replanning) throws(DecisionFailure) {
        let rest = try rest(replanning)
        let attempts = attempts
        let (request, turns, calendar) = (rest.request, rest.turns, rest.calendar)
        let adopted = adoptedTurns.count
        let planned: Plan
        switch try context.plan(
            request, continuing: turns, on: calendar, explains: replanning.explains && context.explains)
        {
        case .plan(let plan): planned = plan
        case .refusal(let refusal): throw .refused(.noPlan(refusal))
        }
        plannedCost = planned.cost
        let counts = plannedCounts(
            of: request, continuing: turns, today: context.today, planning: calendar.facility.planning)
        let asked = Set(replanning.turns.keys)
        let latest = latestDays(attempts, Array(turns.dropFirst(adopted)))
        let adoption = Adoption(plan: planned, request: request, calendar: calendar, asked: asked, latest: latest)
        try adopt(adoption, attempts, counts, skipping: adopted)
        if usual == nil { usual = planned.usual }
    }

    /// What the planner is asked for what is left of the course.
    func rest(_ replanning: Replanning) throws(DecisionFailure) -> AskedRest {
        let attempts = attempts
        var turns: [CourseVisit] = adoptedTurns
        let adopted = turns.count
        for attempt in attempts { turns.append(try asked(of: attempt, replanning)) }
        leaveFixed(&turns, after: attempts, skipping: adopted, Set(replanning.turns.keys))
        if let day = replanning.resumesFrom { try resume(&turns, of: attempts, skipping: adopted, from: day) }
        if let day = replanning.adoptedFrom, let phase = nextPhase(afterTurns: adopted) {
            let last = replanning.adoptedThrough
            turns.append(
                CourseVisit(
                    phase: phase, status: .open, wish: PlaceWish(from: day, through: last), ignoresGap: last != nil,
                    ignoresWindow: last != nil))
        }
        let calendar = calendar(asking: Set(replanning.turns.keys))
        var request = request
        request.wish.blackoutDays.formUnion(replanning.declined)
        request.phaseEnds = replanning.phaseEnds
        request.endsInTime = replanning.endsInTime
        request.gapEasing = replanning.easing
        return AskedRest(request: request, turns: turns, calendar: calendar)
    }

    /// The last days of visits that come in place of others, by the visits whose turns these are: a lost one is made up
    /// within some days, and a course that was paused goes on within its start window.
    private func latestDays(_ attempts: [VisitAttempts], _ turns: [CourseVisit]) -> [VisitID: Day] {
        var latest: [VisitID: Day] = [:]
        for (attempt, turn) in zip(attempts, turns) {
            switch turn.status {
            case .lost(let day): latest[attempt.current] = day + context.calendar.facility.planning.makeUpDays
            case .open: latest[attempt.current] = turn.ignoresGap ? turn.wish?.through : nil
            case .booked:
                // After a pause a time that the patient still counts on is booked anew.
                guard turn.ignoresGap, !(visits[attempt.current]?.status.occupies ?? true) else { continue }
                latest[attempt.current] = turn.wish?.through
            case .kept, .pinned, .omitted: break
            }
        }
        return latest
    }

    /// Whether some turn has no place and should have one, or has one and should not: without this a night in which
    /// nothing came inside the horizon would plan every course anew.
    func wantsPlaces() throws(DecisionFailure) -> Bool {
        var turns = adoptedTurns
        for attempt in attempts { turns.append(try turn(of: attempt)) }
        let planning = context.calendar.facility.planning
        let counts = plannedCounts(of: request, continuing: turns, today: context.today, planning: planning)
        return zip(template.regimen.phases, counts).contains { phase, count in
            let own = turns.filter { $0.phase == phase.name }
            return own.count != count
                || own.contains { turn in
                    switch turn.status {
                    case .open, .lost: true
                    case .kept, .booked, .pinned, .omitted: false
                    }
                }
        }
    }

    /// The planner's calendar without those of the course's visits that may move, or that are pinned, or of which a
    /// place is asked, or that are called off for good: one that was just lost leaves its own place to what makes up
    /// for it, and to nothing else.
    func calendar(asking asked: Set<VisitID>) -> PlanningCalendar {
        var calendar = context.calendar
        for (id, image) in visits {
            let isGone = !image.status.occupies && image.isForgone
            guard asked.contains(id) || isGone || image.status.occupies && !isKept(image) else { continue }
            calendar.remove(id, on: image.place.day)
        }
        return calendar
    }

    /// The phase of the first turn after those that were given elsewhere.
    private func nextPhase(afterTurns given: Int) -> String? {
        let phases = template.regimen.phases
        guard let index = phases.firstIndex(where: { $0.name == progress.adoptedFrom?.phase }) else { return nil }
        if phases[index].plannedCount.map({ given < $0 }) ?? true { return phases[index].name }
        return index + 1 < phases.count ? phases[index + 1].name : nil
    }

    var adoptedTurns: [CourseVisit] {
        guard let adopted = progress.adoptedFrom else { return [] }
        return Array(
            repeating: CourseVisit(phase: adopted.phase, status: .kept(adopted.lastDay, nil)), count: adopted.given)
    }

    /// Of two visits that stay no gap is asked: it was right once, or somebody set it aside.
    ///
    /// - Parameter asked: the visits of which something is asked.
    private func leaveFixed(
        _ turns: inout [CourseVisit], after attempts: [VisitAttempts], skipping adopted: Int, _ asked: Set<VisitID>
    ) {
        let areBehind = turns.areBehind
        // Whether the visit before may get another day.
        var followsPlanned = false
        for (index, attempt) in zip(turns.indices.dropFirst(adopted), attempts) {
            let isAsked = asked.contains(attempt.current)
            if !followsPlanned, !isAsked, case .pinned = turns[index].status {
                turns[index].ignoresGap = true
                turns[index].ignoresWindow = true
            }
            // What is behind lies before all that is planned, whatever its turn.
            if !areBehind[index], turns[index].status != .omitted {
                followsPlanned = turns[index].isPlanned || isAsked
            }
        }
    }

    private func asked(of attempt: VisitAttempts, _ replanning: Replanning) throws(DecisionFailure) -> CourseVisit {
        var turn = try turn(of: attempt)
        if case .booked(let place, _) = turn.status {
            let isEarly = replanning.from.map { place.day < $0 } ?? false
            let isAsked = replanning.turns[attempt.current] != nil
            if replanning.isPatients { turn.status = .booked(place, told: false) }
            if isEarly || replanning.keepsOthers && !isAsked { turn.status = .pinned(place) }
        }
        if replanning.reopened.contains(attempt.current) { turn.status = .open }
        if replanning.passed.contains(attempt.current) { turn.status = .omitted }
        replanning.turns[attempt.current]?(&turn)
        return turn
    }

    /// After a pause the turns that lost their places are free again, the first of them from a day on. A time that the
    /// patient still counts on, since nobody has told them of the pause, is theirs for what a call costs.
    private func resume(
        _ turns: inout [CourseVisit], of attempts: [VisitAttempts], skipping adopted: Int, from day: Day
    ) throws(DecisionFailure) {
        var isFirst = true
        let areBehind = turns.areBehind
        for index in turns.indices where !areBehind[index] {
            guard case .lost = turns[index].status else { continue }
            turns[index].status = .open
            if let image = visits[attempts[index - adopted].current], image.news == .calledOff,
                image.heard == .at(image.place.start), image.place.day >= day,
                let clock = context.calendar.calendars[image.place.day]
            {
                turns[index].status = .booked(image.place.placement(on: clock), told: true)
                turns[index].after = nil
            }
            guard isFirst else { continue }
            let within = context.calendar.facility.planning.startWithinDays
            turns[index].wish = PlaceWish(from: day, through: day + within, keepsTold: true)
            turns[index].ignoresGap = true
            turns[index].ignoresWindow = keeping == .never
            isFirst = false
        }
    }

    /// Brings a visit to a place. Whoever knew another day or time must be told, and has not agreed yet; back at the
    /// time that they know, they have. Whoever is here is told on the spot.
    mutating func move(_ id: VisitID, to place: Place, terms: CostTerms) {
        guard let image = visits[id] else { return }
        visits[id]?.place = place
        visits[id]?.terms = terms
        // Where it had to come later, that is as late as it may be.
        visits[id]?.latestDay = image.latestDay.map { max($0, place.day) }
        // Another time is nobody's wish, until somebody says that it is.
        if image.place.start != place.start { visits[id]?.asked = nil }
        if image.status == .arrived || image.status.isInProgress {
            visits[id]?.heard = .at(place.start)
            return
        }
        guard image.place.start != place.start, image.heard != nil else { return }
        visits[id]?.status = .tentative
        if visits[id]?.told ?? false, !(visit(id)?.isDeclined ?? false) { agree(to: id) }
    }
}

extension CourseVisit {
    /// Whether its day is still to be chosen.
    fileprivate var isPlanned: Bool {
        switch status {
        case .booked, .lost, .open: true
        case .kept, .pinned, .omitted: false
        }
    }
}

extension ClinicRefusal {
    /// Whether it is that nothing could be planned.
    fileprivate var isOfPlanning: Bool {
        switch self {
        case .noPlan, .unchangeable(.windowLost): true
        case .unchangeable, .notConfigured, .unknown, .stale, .fixed, .recordNumber, .recordNumberLikeID,
            .sameRecordNumber,
            .endsBeforeStart, .unimportable, .conflicts:
            false
        }
    }
}
