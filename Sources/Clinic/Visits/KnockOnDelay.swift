package import Planning

/// A later visit that another one pushes: it cannot begin when it was to.
package struct KnockOnDelay: Hashable, Sendable {
    /// Another chair or other persons with whom it could begin as planned.
    package struct Swap: Hashable, Sendable {
        /// The chair, another one or its own.
        package let chair: ChairID
        /// Who would fill each label, in the order of `VisitType.filledLabels`.
        package let persons: [PersonID]

        /// A chair with persons.
        package init(chair: ChairID, persons: [PersonID]) {
            self.chair = chair
            self.persons = persons
        }
    }

    package let visit: VisitID
    /// By how many minutes it would begin later where nothing is done; nil where it would not fit on its day any more.
    package let minutes: Int?
    /// How it could begin as planned; nil where nothing frees its hour.
    package let swap: Swap?

    /// A visit that is pushed by minutes.
    package init(visit: VisitID, minutes: Int?, swap: Swap?) {
        self.visit = visit
        self.minutes = minutes
        self.swap = swap
    }
}

/// Which visits of its day a visit pushes as it now stands: late, paused or overrunning, it keeps chair and persons
/// longer than they were promised to it. Those that a swap could help are taken as helped; the others push on.
/// Ascending by start.
///
/// - Parameter calendar: that of the state; a visit on a day that it does not have pushes nobody.
package func pushes(by id: VisitID, state: ClinicState, calendar: PlanningCalendar, now: Instant) -> [KnockOnDelay] {
    guard let visit = state.visit(id), let clock = calendar.calendars[visit.day] else { return [] }
    let all = state.visits(on: visit.day).filter(\.status.occupies)
    let waiting = all.filter { $0.id != id && $0.isWaiting && $0.holdInterval.until > now.minute }
    let waitingIDs = Set(waiting.map(\.id))
    var ahead = Ahead(state: state, calendar: calendar, clock: clock)
    ahead.placed = all.filter { !waitingIDs.contains($0.id) }.map { $0.expected(now: now) }
    ahead.promised = all
    return waiting.compactMap { ahead.place($0) }
}

extension Visit {
    /// Planned or here, and not begun.
    fileprivate var isWaiting: Bool { status.awaitsTreatment }

    /// The visit as it is to be expected now: what happened at its time, what is to come as long as planned.
    fileprivate func expected(now: Instant) -> Visit {
        let bounds = expectedBounds(now: now)
        var expected = at(bounds[0], covered: false)
        for index in visitType.stages.indices {
            // A stage that was left out, or told to have ended before it began, still takes a minute.
            expected.visitType.stages[index].minutes = max(1, bounds[index + 1] - bounds[index])
        }
        return expected.holdInterval == holdInterval ? self : expected
    }

    /// The visit as it would be at a minute since 1970 UTC.
    fileprivate func at(_ minute: Int, covered: Bool) -> Visit {
        var moved = self
        moved.place = Place(
            start: place.start, minute: minute, chair: actualChair, persons: actualPersons,
            handovers: covered && actualPersons == place.persons ? place.handovers : [])
        return moved
    }

    /// The chair and the persons of a swap at the time that a visit was promised.
    fileprivate func promised(as visit: Visit) -> Visit {
        var promised = self
        promised.place = Place(
            start: visit.place.start, minute: visit.place.minute, chair: place.chair, persons: place.persons,
            handovers: place.handovers)
        return promised
    }

    /// When its stages begin, and when the last one ends; minutes since 1970 UTC.
    func expectedBounds(now: Instant) -> [Int] {
        let minutes = visitType.stages.map(\.minutes)
        // A start that is told again, and meant, is when it began.
        let last = facts.lastIndex { $0.kind == .started } ?? 0
        var begun = facts.dropFirst(last).compactMap { fact -> (stage: Int, at: Int)? in
            switch fact.kind {
            case .started: (0, fact.at.minute)
            case .stageBegun: fact.number.map { ($0, fact.at.minute) }
            case .arrived, .escortConfirmed, .checkMet, .paused, .continued, .delayed, .discharged, .overridden,
                .called, .seated, .attended:
                nil
            }
        }
        begun.removeAll { !minutes.indices.contains($0.stage) }
        var bounds = [begun.first { $0.stage == 0 }?.at ?? place.minute + delayMinutes]
        // Whoever is here waits no longer for the delay that was told.
        if status == .arrived { bounds[0] = place.minute }
        if isWaiting { bounds[0] = max(bounds[0], now.minute) }
        for stage in minutes.indices {
            if stage > 0, let at = begun.last(where: { $0.stage == stage })?.at { bounds[stage] = at }
            var end = bounds[stage] + minutes[stage] + pausedMinutes(since: bounds[stage], now: now)
            if status == .inProgress(stage: stage) { end = max(end, now.minute) }
            bounds.append(end)
        }
        if let left = time(of: .discharged)?.minute { bounds[bounds.count - 1] = left }
        return bounds
    }

    /// Minutes for which it was interrupted since a minute, up to now.
    private func pausedMinutes(since begin: Int, now: Instant) -> Int {
        var total = 0
        var since: Int?
        for fact in facts where fact.at.minute >= begin {
            switch fact.kind {
            case .paused: since = since ?? fact.at.minute
            case .continued:
                total += since.map { fact.at.minute - $0 } ?? 0
                since = nil
            case .stageBegun: if fact.at.minute > begin { return total + (since.map { fact.at.minute - $0 } ?? 0) }
            case .arrived, .escortConfirmed, .checkMet, .started, .delayed, .discharged, .overridden, .called, .seated,
                .attended:
                break
            }
        }
        return total + (since.map { max(0, now.minute - $0) } ?? 0)
    }
}

/// A day on which visits are put where they can be, one after the other, to the minute.
private struct Ahead {
    let state: ClinicState
    let calendar: PlanningCalendar
    let clock: DayCalendar
    /// The visits that have their places.
    var placed: [Visit] = []
    /// All visits of the day where they are booked, those before with the swaps that were found for them: what a swap
    /// must be free of, since it is booked.
    var promised: [Visit] = []

    /// Puts a visit at its place, or where it can be; what that is where it is not its place.
    mutating func place(_ visit: Visit) -> KnockOnDelay? {
        let planned = visit.at(visit.place.minute + visit.delayMinutes, covered: visit.delayMinutes == 0)
        if fits(planned) {
            placed.append(planned)
            return nil
        }
        let swap = swaps(planned).first { fits($0) && isAllowed($0, in: visit) && isBookable($0, for: visit) }
        let later = stride(from: 5, through: 480, by: 5).first { minutes in
            fits(planned.at(planned.place.minute + minutes, covered: false))
        }
        if let swap { promised = promised.map { $0.id == visit.id ? swap.promised(as: visit) : $0 } }
        if let taken = swap ?? later.map({ planned.at(planned.place.minute + $0, covered: false) }) {
            placed.append(taken)
        }
        return KnockOnDelay(
            visit: visit.id, minutes: later.map { $0 + visit.delayMinutes },
            swap: swap.map { KnockOnDelay.Swap(chair: $0.place.chair, persons: $0.place.persons) })
    }

    /// Whether its chair is free and none of its persons carries more than they can.
    private func fits(_ visit: Visit) -> Bool {
        HeldPlaces(placed: placed, staff: calendar.facility.staff).fit(visit)
    }

    /// Whether nobody else is promised what a swap takes, at the time that the visit was promised.
    private func isBookable(_ swapped: Visit, for visit: Visit) -> Bool {
        HeldPlaces(placed: promised.filter { $0.id != visit.id }, staff: calendar.facility.staff)
            .fit(swapped.promised(as: visit))
    }

    /// Whether the rules allow a swap that the visit's own place does not break already; what is free is asked apart.
    private func isAllowed(_ swapped: Visit, in visit: Visit) -> Bool {
        guard let course = state.course(visit.course) else { return false }
        func broken(_ visit: Visit) -> Set<Rule> {
            visit.booking(on: clock).flatMap { brokenRules(of: $0, for: course.request, on: calendar) }
                .map { Set($0.filter { !$0.isPhysical }) } ?? []
        }
        return broken(swapped.promised(as: visit)).isSubset(of: broken(visit))
    }

    /// Other places at the same hour: another chair, another person, and then both.
    private func swaps(_ visit: Visit) -> [Visit] {
        let facility = calendar.facility
        func swapped(_ visit: Visit, chair: ChairID, persons: [PersonID], handovers: [Handover]) -> Visit {
            var other = visit
            other.place = Place(
                start: visit.place.start, minute: visit.place.minute, chair: chair, persons: persons,
                handovers: handovers)
            return other
        }
        let place = visit.place
        let chairs = facility.chairs.map(\.id).filter { $0 != place.chair }
        let persons = visit.visitType.filledLabels.enumerated().flatMap { index, label in
            facility.staff.filter { $0.roles.contains(label.role) && $0.id != place.persons[index] }.map { person in
                var others = place.persons
                others[index] = person.id
                return swapped(
                    visit, chair: place.chair, persons: others,
                    handovers: place.handovers.filter { $0.label != label.label })
            }
        }
        return chairs.map { swapped(visit, chair: $0, persons: place.persons, handovers: place.handovers) } + persons
            + persons.flatMap { person in
                chairs.map {
                    swapped(person, chair: $0, persons: person.place.persons, handovers: person.place.handovers)
                }
            }
    }
}
