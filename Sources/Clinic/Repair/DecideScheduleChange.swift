import Planning

/// Makes changes that belong together where every one still fits the present state; they are never sought again.
func make(
    _ change: ScheduleChange, _ reason: Reason.Code, _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    let changed = change.moves.filter { move in
        guard let visit = context.state.visit(move.visit) else { return true }
        let stays = change.purpose == .goal && !context.state.mayYield(visit)
        return stays || !visit.stands(at: move.from) || !visit.mayTake(move)
    }
    guard changed.isEmpty else { throw change.conflict(changed.map { AffectedVisit(visit: $0.visit, rules: []) }) }
    let outdated = context.state.outdated(change.goal?.plan)
    guard outdated.isEmpty else { throw change.conflict(outdated.map { AffectedVisit(visit: $0, rules: []) }) }
    if change.isEmpty {
        return .accepted([], PrivateDetails(), .scheduleChanged([], by: change))
    }
    let made = ScheduleChanged(
        purpose: change.purpose, day: change.day,
        changes: try changes(change, reason, context), proposed: change.proposed)
    let conflicts = try conflicts(of: change, after: [.repair(.changed(made))], context)
    guard conflicts.isEmpty else { throw change.conflict(conflicts) }
    let weights = context.calendar.facility.planning.weights
    let differences = made.changes.map { PlanDifference($0, weights: weights, announced: $0.added) }
    return .accepted(
        [.repair(.changed(made))], PrivateDetails(), .scheduleChanged(differences, by: change))
}

extension ClinicState {
    /// The visits of a course that are not as they were when its change was planned; nothing is planned anew.
    fileprivate func outdated(_ planned: CourseChanged?) -> [VisitID] {
        guard let planned else { return [] }
        let changed = planned.visits.filter { $0.before != nil && $0.before != visit($0.id)?.image }.map(\.id)
        if !changed.isEmpty || course(planned.course)?.image == planned.before { return changed }
        return course(planned.course).flatMap { visits(of: $0).last?.id }.map { [$0] } ?? []
    }
}

extension ScheduleChange {
    fileprivate func conflict(_ visits: [AffectedVisit]) -> DecisionFailure {
        .refused(.conflicts(ChangeConflicts(since: basis, visits: visits)))
    }
}

/// What brings each course's visits to their places.
private func changes(
    _ change: ScheduleChange, _ reason: Reason.Code, _ context: DecisionContext
) throws(DecisionFailure) -> [CourseChanged] {
    // Each course is measured as it will be, the others having moved too.
    var counters = context.state.counters
    let planned = change.goal?.plan?.numbered(by: &counters)
    let calendar = try context.calendar(after: change.moves, planned)
    var changes: [CourseChanged] = []
    var byCourse = Dictionary(grouping: change.moves, by: \.course)
    if let planned { byCourse[planned.course] = [] }
    for (course, moves) in byCourse.sorted(by: { $0.key.number < $1.key.number }) {
        var draft = try CourseDraft(course, reason, context)
        try draft.requireBooked()
        draft.counters = counters
        let isPlanned = course == planned?.course
        let made = isPlanned ? draft.take(planned) : draft.make(moves)
        counters = draft.counters
        try draft.price(made, on: calendar)
        draft.priceFollowers(on: calendar)
        let action = isPlanned ? .courseCaughtUp : change.purpose.action
        for case .course(.changed(let changed)) in draft.events(action) { changes.append(changed) }
    }
    return changes
}

extension ScheduleChange.Purpose {
    /// What is done to the courses of its moves.
    fileprivate var action: CourseAction {
        switch self {
        case .repair: .courseRepaired
        case .improvement: .courseImproved
        case .goal: .courseYielded
        }
    }
}

extension CourseChanged {
    /// The same with ids of now for the visits that it adds.
    fileprivate func numbered(by counters: inout Counters) -> CourseChanged {
        var visits: [VisitChange] = []
        for change in self.visits {
            let id = change.before == nil ? counters.nextVisit() : change.id
            visits.append(VisitChange(id: id, before: change.before, after: change.after))
        }
        return CourseChanged(
            action: action, course: course, patient: patient, before: before, after: after, visits: visits)
    }
}

extension DecisionContext {
    /// The calendar once visits have gone where they are to go.
    ///
    /// - Parameter planned: a course that is planned with them.
    fileprivate func calendar(
        after moves: [ScheduleChange.Move], _ planned: CourseChanged? = nil
    ) throws(DecisionFailure) -> PlanningCalendar {
        var calendar = self.calendar
        for move in moves { calendar.remove(move.visit, on: move.from.day) }
        for move in moves {
            guard let visit = state.visit(move.visit), let place = move.to ?? move.madeUp else { continue }
            calendar.add(
                Booking(
                    id: visit.id, patient: visit.patient, visitType: visit.visitType,
                    placement: place.placement(on: try day(place.day)), confirmed: visit.status != .tentative))
        }
        for change in planned?.visits ?? [] {
            if let before = change.before, before.status.occupies { calendar.remove(change.id, on: before.place.day) }
        }
        for change in planned?.visits ?? [] {
            guard let planned, let after = change.after, after.status.occupies,
                let visit = state.visit(change.id, as: after, of: planned.course),
                let booking = visit.booking(on: try day(after.place.day))
            else { continue }
            calendar.add(booking)
        }
        return calendar
    }
}

/// Finds places in which visits that lose theirs are made up, course by course.
func makeUp(_ moves: inout [ScheduleChange.Move], _ context: DecisionContext) throws(DecisionFailure) {
    for course in Set(moves.filter { $0.to == nil }.map(\.course)).sorted(by: { $0.number < $1.number }) {
        let after = try DecisionContext(context.state, try context.calendar(after: moves), context.now)
        let own = moves.filter { $0.course == course }
        let places = try CourseDraft(course, .other, after).madeUp(own)
        for index in moves.indices where moves[index].to == nil {
            moves[index].madeUp = moves[index].madeUp ?? places[moves[index].visit]
        }
    }
}

extension CourseChanged {
    /// The visits that were not there before.
    fileprivate var added: Set<VisitID> { Set(visits.filter { $0.before == nil }.map(\.id)) }
}

/// Visits that would break a rule once the events have happened and did not before.
private func conflicts(
    of change: ScheduleChange, after events: [Event], _ context: DecisionContext
) throws(DecisionFailure) -> [AffectedVisit] {
    let (state, calendar) = context.state.after(events, on: context.calendar, context.now)
    let planned = change.goal?.plan
    let courses = Set(change.moves.map(\.course) + (planned.map { [$0.course] } ?? []))
    let after = try DecisionContext(state, calendar, context.now)
    let before = broken(in: try RepairCourses(context, only: courses, isLenient: false), context)
    let found = broken(in: try RepairCourses(after, only: courses, isLenient: false), after)
    let moves = Dictionary(change.moves.map { ($0.visit, $0) }) { first, _ in first }
    let lead = context.now.minute + calendar.facility.planning.leadTimeMinutes
    var result: [AffectedVisit] = []
    for visit in courses.compactMap({ state.course($0) }).flatMap({ state.visits(of: $0) }) {
        var rules = found[visit.id] ?? []
        if let move = moves[visit.id] {
            // What stood against its day or its time stands as it did where that stays.
            let standing: Set<Rule> =
                !move.changesTime ? Rule.ofCourse : move.to?.day == move.from.day ? [.gap, .phaseWindow] : []
            rules.subtract(standing.intersection(before[visit.id] ?? []))
            // Of a visit under way persons alone change: its chair may be out all the same.
            if visit.status.isInProgress {
                rules.subtract(Set([Rule.chairInService, .chairFeatures]).intersection(before[visit.id] ?? []))
            }
            let isNew = move.changesTime && visit.status != .arrived && visit.status.occupies
            if isNew, visit.place.minute < lead { rules.insert(.leadTime) }
        } else if visit.course == planned?.course {
            // Its days and its patient's hours were asked when it was planned, and it is as it was.
            rules.subtract(Rule.ofCourse.union(before[visit.id] ?? []))
            let isNew = visit.status.occupies && context.state.visit(visit.id)?.place.start != visit.place.start
            if isNew, visit.place.minute < lead { rules.insert(.leadTime) }
        } else {
            rules.subtract(before[visit.id] ?? [])
        }
        if !rules.isEmpty { result.append(AffectedVisit(visit: visit.id, rules: Rule.allCases.filter(rules.contains))) }
    }
    return result.sorted { $0.visit.number < $1.visit.number }
}

extension ClinicState {
    /// What events would lead to, with the calendar of that.
    func after(
        _ events: [Event], on calendar: PlanningCalendar, _ now: Instant
    ) -> (state: ClinicState, calendar: PlanningCalendar) {
        var (state, calendar) = (self, calendar)
        let caller = Caller(uid: 0, user: "", pid: 0, role: .viewer)
        for recorded in recorded(events, under: EventOrigin(at: now, caller: caller)) { apply(recorded, to: &state) }
        refresh(&calendar, from: self, to: state, by: events)
        return (state, calendar)
    }
}

private func broken(in courses: RepairCourses, _ context: DecisionContext) -> [VisitID: Set<Rule>] {
    Dictionary(
        brokenVisits(of: courses.courses, on: context.calendar, now: context.now.minute).map {
            ($0.visit, Set($0.rules))
        }
    ) { first, _ in first }
}

extension Visit {
    /// Whether its promise, its chair and its persons are as they were.
    fileprivate func stands(at place: Place) -> Bool {
        self.place.start == place.start && self.place.chair == place.chair && self.place.persons == place.persons
            && self.place.handovers == place.handovers
    }

    /// Whether it is at a stage at which it may change so: what is under way is only handed over.
    fileprivate func mayTake(_ move: ScheduleChange.Move) -> Bool {
        switch status {
        case .tentative, .confirmed: true
        case .arrived: move.to.map { $0.day == move.from.day } ?? true
        case .inProgress: !move.changesTime && move.to?.chair == move.from.chair
        case .completed, .noShow, .notTreated, .cancelled, .omitted: false
        }
    }
}

extension CourseDraft {
    /// Brings the course to what was planned for it; the visits that have other places by that.
    fileprivate mutating func take(_ planned: CourseChanged?) -> [VisitID] {
        guard let planned else { return [] }
        usual = planned.after.usual
        var placed: [VisitID] = []
        for change in planned.visits {
            guard let after = change.after else { continue }
            visits[change.id] = after
            if after.status.occupies, change.before?.place != after.place { placed.append(change.id) }
        }
        return placed
    }

    /// Makes changes of the course's visits; the visits that have places by them.
    fileprivate mutating func make(_ moves: [ScheduleChange.Move]) -> [VisitID] {
        moves.compactMap { move -> VisitID? in
            if let place = move.to {
                self.move(move.visit, to: place, terms: visits[move.visit]?.terms ?? CostTerms())
                return move.visit
            }
            takePlace(of: move.visit)
            return move.madeUp.flatMap { makeUp(move.visit, at: $0) }
        }
    }

    /// Books a visit in the place of one that was lost.
    private mutating func makeUp(_ lost: VisitID, at place: Place) -> VisitID? {
        guard let image = visits[lost] else { return nil }
        let id = nextVisit()
        let latest = image.place.day + context.calendar.facility.planning.makeUpDays
        visits[id] = VisitImage(
            number: image.number, phase: image.phase, visitType: image.visitType, status: .tentative, place: place,
            heard: nil, latestDay: max(latest, place.day))
        return id
    }

    /// The places in which the visits that lose theirs are made up, by visit: all others of the course stay.
    fileprivate func madeUp(_ moves: [ScheduleChange.Move]) throws(DecisionFailure) -> [VisitID: Place] {
        guard status == .active else { return [:] }
        var draft = self
        _ = draft.make(moves)
        let before = Set(draft.visits.keys)
        do throws(DecisionFailure) {
            try draft.replan(Replanning(keepsOthers: true).unexplained)
        } catch {
            guard case .refused = error else { throw error }
            return [:]
        }
        var result: [VisitID: Place] = [:]
        let added = draft.visits.filter { !before.contains($0.key) }.values
        for move in moves where move.to == nil {
            let number = draft.visits[move.visit]?.number
            result[move.visit] = added.first { $0.number == number }?.place
        }
        return result
    }

    /// A visit loses its place through no fault of the patient; its turn is still owed, and whoever knew the time must
    /// be told.
    fileprivate mutating func takePlace(of id: VisitID) {
        guard let visit = visit(id) else { return }
        let isHere = visit.status == .arrived
        visits[id]?.status = isHere ? .notTreated(.other) : .cancelled(.early, reason)
        visits[id]?.isForgone = false
    }
}
