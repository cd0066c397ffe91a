import Planning

/// A plan that a course's visits are brought to.
struct Adoption {
    let plan: Plan
    let request: CourseRequest
    /// The calendar without the visits that may move.
    let calendar: PlanningCalendar
    /// Visits of which a place was asked.
    let asked: Set<VisitID>
    /// The last days of new visits, by the visits in whose place they come.
    let latest: [VisitID: Day]

    /// Whether a visit stays where it is: on the day and with the persons planned, at no more cost. Of places that
    /// cost the same the plan has the first of the day; nobody is moved for that.
    func staysAsGood(
        _ visit: Visit, _ planned: PlannedVisit, _ context: DecisionContext
    ) throws(DecisionFailure) -> Bool {
        guard visit.day == planned.placement.day, visit.place.persons == planned.placement.persons,
            visit.visitType == planned.visitType, let board = calendar[visit.day]
        else { return false }
        let place = visit.place.placement(on: try context.day(visit.day))
        let booking = Booking(id: visit.id, patient: visit.patient, visitType: visit.visitType, placement: place)
        guard brokenRules(of: booking, for: request, on: calendar)?.isEmpty ?? false else { return false }
        return cost(of: place, planned, on: board) <= cost(of: planned.placement, planned, on: board)
    }

    /// What depends on the chair and the time of a visit on its day.
    private func cost(of place: Placement, _ visit: PlannedVisit, on board: DayBoard) -> Int {
        let weights = calendar.facility.planning.weights
        let stages = Interval(place.start, place.start + visit.visitType.length)
        let hold = Interval(place.start, place.start + visit.visitType.hold)
        var cost = weights.preference * missesPreference(stages, request, on: board.calendar)
        if request.regimen.phases.first(where: { $0.name == visit.phase })?.rhythm ?? false, let usual = plan.usual {
            cost += weights.rhythm * halfHoursOff(clock: board.calendar.clock(at: place.start), usual: usual)
        }
        cost += weights.crowding * crowding(stages, on: board)
        return cost + weights.idle * idleStretches(hold, chair: place.chair, on: board)
    }
}

/// A visit of a plan, with the turn that asked for it.
private struct PlannedTurn {
    let planned: PlannedVisit
    let place: Place
    let attempt: VisitAttempts?
    /// The last day that it may have in place of its longest gap.
    var latest: Day?
}

extension CourseDraft {
    /// Brings the visits to a plan. Who keeps a place keeps its visit, whichever its number was: ids and what was
    /// agreed go with places, numbers follow the calendar. New visits come where there are more places than visits, and
    /// those whose turns are no more are called off.
    mutating func adopt(
        _ adoption: Adoption, _ attempts: [VisitAttempts], _ counts: [Int], skipping adopted: Int
    ) throws(DecisionFailure) {
        let byNumber = Dictionary(uniqueKeysWithValues: adoption.plan.visits.map { ($0.number, $0) })
        var turns: [PlannedTurn] = []
        var base = 0
        for (index, phase) in template.regimen.phases.enumerated() {
            let before = progress.adoptedFrom?.phase == phase.name ? adopted : 0
            let own = attempts.filter { $0.phase == phase.name }
            for turn in 0..<max(counts[index], own.count + before) where turn >= before {
                let number = base + turn + 1
                let attempt = turn - before < own.count ? own[turn - before] : nil
                for id in attempt?.visits ?? [] { visits[id]?.number = number }
                if let planned = byNumber[number] {
                    turns.append(try plannedTurn(planned, attempt, adoption))
                } else if let attempt, turn >= counts[index] {
                    for id in attempt.visits where visits[id]?.status.isOpen ?? false { callOff(id, isForgone: true) }
                }
            }
            base += counts[index]
        }
        let holders = holders(of: turns, adoption)
        for (turn, holder) in zip(turns, holders) {
            if let holder { try bring(holder, to: turn, adoption) } else { book(turn, among: turns) }
        }
    }

    private func plannedTurn(
        _ planned: PlannedVisit, _ attempt: VisitAttempts?, _ adoption: Adoption
    ) throws(DecisionFailure) -> PlannedTurn {
        let place = Place(planned.placement, on: try context.day(planned.placement.day))
        let own = attempt.flatMap { visits[$0.current] }
        let booked = own?.status.occupies ?? false ? own?.latestDay : nil
        let latest = attempt.flatMap { adoption.latest[$0.current] } ?? booked
        return PlannedTurn(planned: planned, place: place, attempt: attempt, latest: latest.map { max($0, place.day) })
    }

    /// For each turn the visit that takes its place, if there is one: its own where somebody asked for its place or it
    /// stays; else who has that place, then who has that day, then its own, then any that is left.
    private func holders(of turns: [PlannedTurn], _ adoption: Adoption) -> [VisitID?] {
        var holders = [VisitID?](repeating: nil, count: turns.count)
        var left = turns.compactMap { $0.attempt?.current }.filter { visits[$0]?.status.occupies ?? false }
        func give(_ index: Int, _ id: VisitID?) {
            guard holders[index] == nil, let id, let place = left.firstIndex(of: id) else { return }
            holders[index] = id
            left.remove(at: place)
        }
        func first(_ turn: PlannedTurn, _ fits: (VisitImage) -> Bool) -> VisitID? {
            left.first { id in visits[id].map { $0.visitType == turn.planned.visitType.id && fits($0) } ?? false }
        }
        for (index, turn) in turns.enumerated() {
            let own = turn.attempt?.current
            let stays = own.flatMap { visits[$0] }.map { $0.pinned || !$0.overrides.isEmpty } ?? false
            if stays || own.map(adoption.asked.contains) ?? false { give(index, own) }
        }
        for (index, turn) in turns.enumerated() { give(index, first(turn) { $0.place.start == turn.place.start }) }
        for (index, turn) in turns.enumerated() { give(index, first(turn) { $0.place.day == turn.place.day }) }
        for (index, turn) in turns.enumerated() {
            let own = turn.attempt?.current
            give(index, own.flatMap { visits[$0]?.visitType == turn.planned.visitType.id ? $0 : nil })
        }
        for (index, turn) in turns.enumerated() { give(index, first(turn) { _ in true }) }
        // A visit of a type that its turn no longer has.
        for (index, turn) in turns.enumerated() { give(index, turn.attempt?.current) }
        return holders
    }

    private mutating func bring(
        _ id: VisitID, to turn: PlannedTurn, _ adoption: Adoption
    ) throws(DecisionFailure) {
        let planned = turn.planned
        visits[id]?.number = planned.number
        visits[id]?.latestDay = turn.latest
        if let image = visits[id], image.phase != planned.phase {
            visits[id]?.phase = planned.phase
            if image.status == .confirmed, closedGate(before: planned.phase) != nil { visits[id]?.status = .tentative }
        }
        guard let visit = visit(id), turn.place != visit.place else { return }
        if !adoption.asked.contains(id), try adoption.staysAsGood(visit, planned, context) { return }
        move(id, to: turn.place, terms: planned.terms)
    }

    /// Books a visit for a turn that none of the visits has.
    private mutating func book(_ turn: PlannedTurn, among turns: [PlannedTurn]) {
        let id = nextVisit()
        let planned = turn.planned
        visits[id] = VisitImage(
            number: planned.number, phase: planned.phase, visitType: planned.visitType.id, status: .tentative,
            place: turn.place, heard: nil, terms: planned.terms, latestDay: turn.latest)
        let isMakingUp = turns.contains { other in
            other.attempt.map { !(visits[$0.current]?.status.occupies ?? false) } ?? false
        }
        let isExpected = turn.attempt != nil || isMakingUp || template.phase(planned.phase)?.confirm == .booking
        if isExpected { announced.insert(id) }
    }
}
