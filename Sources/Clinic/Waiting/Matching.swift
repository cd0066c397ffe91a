import HashTreeCollections
package import Planning

/// An entry of the waiting list that gains by a freed place, and how.
package struct Match: Hashable, Sendable {
    package let entry: WaitingEntry
    /// The visits that would move, as in `Offer.moves`.
    package let moves: [Offer.Move]
    /// What the course gains.
    package let gain: OfferGain
    /// Whether the visit's phase does not end in time as it stands.
    package let isUrgent: Bool
}

/// Which of the waiting visits gain by taking a freed place, the most urgent first: those whose phases do not end in
/// time, then by what they gain in all, by the days that they come earlier, and by how long they wait.
///
/// A visit takes the place where the planner finds it one on the same day, in the same chair, in the stretch that was
/// freed (it may run on into time that was free anyway), with every hard rule kept and within the entry's days and
/// hours. The other visits of its course stay; only where no plan keeps them all, the rest of the course is planned
/// anew, exactly. A place that overlaps one of the course's present ones cannot be held beside it and is left out.
///
/// - Throws: where the calendar must reach further; then the same question again.
package func matches(
    for freed: FreedPlace, state: ClinicState, calendar: PlanningCalendar, now: Instant
) throws(NeedsDays) -> [Match] {
    do throws(DecisionFailure) {
        let context = try DecisionContext(state, calendar, now)
        var found: [Match] = []
        for entry in state.waitingList where state.isLive(entry) && state.offer(to: entry.id) == nil {
            if let match = try context.match(entry, freed) { found.append(match) }
        }
        return found.sorted(by: precedes)
    } catch {
        // Where nothing can be planned nobody gains.
        _ = try error.refusal
        return []
    }
}

private func precedes(_ left: Match, _ right: Match) -> Bool {
    if left.isUrgent != right.isUrgent { return left.isUrgent }
    return (-left.gain.total, -left.gain.daysEarlier, left.entry.since.seconds, left.entry.id.number)
        < (-right.gain.total, -right.gain.daysEarlier, right.entry.since.seconds, right.entry.id.number)
}

extension DecisionContext {
    /// The best that an entry makes of a freed place; nil where it gains nothing.
    func match(_ entry: WaitingEntry, _ freed: FreedPlace) throws(DecisionFailure) -> Match? {
        var best: Match?
        for visit in state.candidates(of: entry, for: freed) {
            guard let match = try match(entry, visit, freed), try canBeTaken(match.moves, visit.course) else {
                continue
            }
            if best.map({ precedes(match, $0) }) ?? true { best = match }
        }
        return best
    }

    /// Whether visits could have the places that they would be offered, all others keeping theirs: where a plan eases
    /// what stands, its visits one by one may not.
    private func canBeTaken(_ moves: [Offer.Move], _ course: CourseID) throws(DecisionFailure) -> Bool {
        var draft = try CourseDraft(
            course, .patientRequest, try DecisionContext(state, calendar, now, explains: false))
        do throws(DecisionFailure) {
            try draft.take(moves)
            return true
        } catch {
            guard case .refused = error else { throw error }
            return false
        }
    }

    private func match(_ entry: WaitingEntry, _ visit: Visit, _ freed: FreedPlace) throws(DecisionFailure) -> Match? {
        let draft = try CourseDraft(visit.course, .patientRequest, self)
        if draft.isKept(visit.image) { return nil }
        guard let unmoved = try draft.trial(Replanning(keepsOthers: true)) else { return nil }
        func accepted(_ clock: Int?, _ keepsOthers: Bool) throws(DecisionFailure) -> Match? {
            let wish = PlaceWish(from: freed.day, through: freed.day, clock: clock, chair: freed.chair)
            guard let moved = try draft.trial(visit, wish, keepsOthers: keepsOthers) else { return nil }
            return match(entry, visit, freed, from: unmoved, to: moved)
        }
        for keepsOthers in [true, false] {
            let wish = PlaceWish(from: freed.day, through: freed.day, chair: freed.chair)
            guard let moved = try draft.trial(visit, wish, keepsOthers: keepsOthers) else { continue }
            if let match = match(entry, visit, freed, from: unmoved, to: moved) { return match }
            // The day's cheapest start in the chair is not in the stretch, or will not do: each of its starts is tried.
            var best: Match?
            for clock in starts(in: freed) {
                guard let match = try accepted(clock, keepsOthers) else { continue }
                if best.map({ precedes(match, $0) }) ?? true { best = match }
            }
            if let best { return best }
        }
        return nil
    }

    /// The starts on the clock in a freed stretch.
    private func starts(in freed: FreedPlace) -> [Int] {
        guard let day = calendar.calendars[freed.day] else { return [] }
        let every = max(1, calendar.facility.startEveryMinutes)
        let first = freed.interval.from - day.firstMinute
        let elapsed = stride(from: first, to: freed.interval.until - day.firstMinute, by: every)
        return elapsed.filter { $0 >= 0 && $0 < day.length }.map { day.clock(at: $0) }
    }

    /// What a plan makes of an entry, where it is a gain.
    private func match(
        _ entry: WaitingEntry, _ visit: Visit, _ freed: FreedPlace, from unmoved: CourseDraft, to moved: CourseDraft
    ) -> Match? {
        guard let place = moved.visits[visit.id]?.place else { return nil }
        let hold = Interval(place.minute, place.minute + visit.visitType.hold)
        guard hold.overlaps(freed.interval), !entry.declined.contains(where: { $0.overlaps(hold) }),
            entry.admits(place, of: visit.visitType)
        else { return nil }
        let moves = moved.moves(first: visit.id)
        let present = state.course(visit.course).map(state.visits(of:)) ?? []
        let holds = present.filter(\.status.occupies).map(\.holdInterval)
        guard
            !moves.isEmpty, moves.allSatisfy({ move in !holds.contains { $0.overlaps(move.interval) } })
        else { return nil }
        let costSaved = unmoved.plannedCost - moved.plannedCost
        guard let gain = entry.gain(of: visit, at: place, costSaved: costSaved, calendar.facility) else { return nil }
        return Match(entry: entry, moves: moves, gain: gain, isUrgent: unmoved.isSlipping(visit.phase))
    }
}

extension WaitingEntry {
    /// What a visit gains by a place; nil where it gains nothing. An earlier hour of the same day is not earlier.
    func gain(of visit: Visit, at place: Place, costSaved: Int, _ facility: Facility) -> OfferGain? {
        let weights = facility.planning.weights
        let daysEarlier = visit.day - place.day
        if earlier, daysEarlier < 1 { return nil }
        var total = costSaved
        if earlier { total += weights.start * daysEarlier }
        if !windows.isEmpty, !admits(visit.place, of: visit.visitType) { total += max(1, weights.preference) }
        guard total >= 1 else { return nil }
        return OfferGain(costSaved: costSaved, daysEarlier: daysEarlier, total: total)
    }
}

extension ClinicState {
    /// The visits of an entry that may take a freed place: the first that starts after the place, and, where not only
    /// an earlier one will do, the last before it. Any other would overtake a visit of its own course.
    func candidates(of entry: WaitingEntry, for freed: FreedPlace) -> [Visit] {
        guard let course = courses[entry.course] else { return [] }
        let own = visits(of: course).filter {
            $0.isToCome && $0.id != freed.visit && (!$0.pinned || entry.visit != nil)
        }
        .sorted { $0.place.minute < $1.place.minute }
        let later = own.first { $0.place.minute > freed.interval.from }
        let before = entry.earlier ? nil : own.last { $0.place.minute <= freed.interval.from }
        return [later, before].compactMap(\.self).filter { entry.visit == nil || entry.visit == $0.id }
    }

    /// Whether an entry may want a freed place, without planning.
    func mayWant(_ entry: WaitingEntry, _ freed: FreedPlace) -> Bool {
        guard isLive(entry), offer(to: entry.id) == nil,
            !entry.declined.contains(where: { $0.overlaps(freed.interval) })
        else { return false }
        return !candidates(of: entry, for: freed).isEmpty
            && (entry.windows.isEmpty || entry.windows.contains { $0.days.contains(freed.day.weekday) })
    }

    /// The places that become free by a command's events and for which somebody waits, as an event; nil where there is
    /// none. `self` is the state before the events.
    ///
    /// - Parameter sought: what courses that would miss their goal make of the places; they may take them.
    func placesFreed(by events: [Event], then sought: [Event], now: Instant) -> PlacesFreed? {
        guard !waiting.isEmpty else { return nil }
        let freed = freedPlaces(by: events, now: now)
        guard let course = freed.course else { return nil }
        var after = self
        let nobody = Caller(uid: 0, user: "", pid: 0, role: .viewer)
        for recorded in recorded(events + sought, under: EventOrigin(at: now, caller: nobody)) {
            apply(recorded, to: &after)
        }
        let left = freed.places.filter { place in
            !after.visits(on: place.day).contains { visit in
                visit.status.occupies && visit.place.chair == place.chair && visit.holdInterval.overlaps(place.interval)
            }
        }
        let places = left.prefix(PlacesFreed.mostPlaces).compactMap { place -> PlacesFreed.Freed? in
            let entries = after.waitingList.filter { after.mayWant($0, place) }.map(\.id)
            return entries.isEmpty ? nil : PlacesFreed.Freed(place: place, entries: entries)
        }
        return places.isEmpty ? nil : PlacesFreed(course: course, places: places)
    }

    /// The places still to come that visits leave by events, soonest first. `self` is the state before the events.
    package func freedPlaces(by events: [Event], now: Instant) -> (course: CourseID?, places: [FreedPlace]) {
        var course: CourseID?
        var places: [FreedPlace] = []
        for changed in events.flatMap(\.courseChanges) where changed.action.freesPlaces {
            for change in changed.visits {
                guard let before = change.before, before.status.occupies, before.place.minute > now.minute,
                    let hold = visits[change.id]?.visitType.hold
                else { continue }
                let interval = Interval(before.place.minute, before.place.minute + hold)
                if let after = change.after, after.status.occupies {
                    let taken = Interval(after.place.minute, after.place.minute + hold)
                    if after.place.chair == before.place.chair, taken.overlaps(interval) { continue }
                }
                course = changed.course
                places.append(
                    FreedPlace(
                        day: before.place.day, chair: before.place.chair, interval: interval, visit: change.id))
            }
        }
        return (course, places.sorted { $0.interval.from < $1.interval.from })
    }
}

extension PlacesFreed {
    /// How many places of a command are told of: a course that is ended early frees all of its own.
    static let mostPlaces = 5
}

extension CourseAction {
    /// Whether places that are left by it are news: a proposal that was only held was nobody's, and what a repair
    /// leaves was left because nobody can be there, and what yields leaves its place to somebody.
    fileprivate var freesPlaces: Bool {
        switch self {
        case .proposalHeld, .heldProposalBooked, .holdExpired, .holdReleased, .factRecorded, .factCorrected,
            .callRecorded, .courseRepaired, .courseYielded, .courseImported, .courseGiven:
            false
        case .visitConfirmed, .visitPinned, .visitUnpinned, .visitCancelled, .visitNotShown, .visitNotTreated,
            .visitOmitted, .visitMoved, .visitMadeUp, .visitDeferred, .visitsAppended, .ruleOverridden, .phaseExtended,
            .phaseEnded, .courseChanged, .courseAdvanced, .courseSteppedBack, .courseHeld, .courseResumed,
            .courseCeased, .courseEnded, .courseAdopted, .courseReplanned, .courseCaughtUp, .horizonRolled,
            .authorisationRecorded, .prerequisiteDone, .assessed, .gateOpened, .gateClosed, .taskDone,
            .offerAccepted, .courseImproved, .undone:
            true
        }
    }
}

extension WaitingEntry {
    /// Whether a place lies within its days and hours.
    func admits(_ place: Place, of type: VisitType) -> Bool {
        let wanted = Interval(place.start.clock, place.start.clock + type.length)
        return windows.isEmpty
            || windows.contains { window in
                window.days.contains(place.day.weekday) && window.hours.from <= wanted.from
                    && wanted.until <= window.hours.until
            }
    }
}

extension CourseDraft {
    /// The course with a visit where it is wished; nil where no plan keeps every rule.
    func trial(_ visit: Visit, _ wish: PlaceWish, keepsOthers: Bool) throws(DecisionFailure) -> CourseDraft? {
        var replanning = Replanning(keepsOthers: keepsOthers)
        let booked = visit.place.placement(on: try context.day(visit.day))
        replanning.turns[visit.id] = { turn in
            turn.status = .booked(booked, told: visit.told)
            turn.wish = wish
        }
        return try trial(replanning, freeing: visit.id)
    }

    /// The course planned anew; nil where no plan keeps every rule.
    func trial(_ replanning: Replanning, freeing visit: VisitID? = nil) throws(DecisionFailure) -> CourseDraft? {
        var trial = self
        if let visit { trial.visits[visit]?.pinned = false }
        do throws(DecisionFailure) {
            try trial.replan(replanning.unexplained)
            return trial
        } catch {
            guard case .refused = error else { throw error }
            return nil
        }
    }

    /// The visits that have another place than now, the one that is asked for first.
    func moves(first: VisitID) -> [Offer.Move] {
        let changed = visits.compactMap { id, image -> Offer.Move? in
            guard let now = state.visit(id), now.isToCome, !now.place.isSame(as: image.place) else { return nil }
            let hold = template.visitType(image.visitType)?.hold ?? now.visitType.hold
            return Offer.Move(visit: id, visitType: image.visitType, from: now.place, to: image.place, hold: hold)
        }
        return changed.sorted { left, right in
            (left.visit == first ? 0 : 1, left.visit.number) < (right.visit == first ? 0 : 1, right.visit.number)
        }
    }
}
