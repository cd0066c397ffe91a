package import Planning

/// A placed visit with what its cost depends on beside its place.
package struct CostedVisit: Sendable {
    /// The visit at its place.
    package var visit: CheckedVisit
    /// The usual time it is measured by, minutes on the clock.
    package var usual: Int?
    /// The visit type and persons of the course's visit before it.
    package var before: (visitType: VisitType, persons: [PersonID])?
    /// Whether it is the first visit of the course whose continuity role the preferred person has.
    package var isFirstForPreferred: Bool

    /// A visit with the usual time, the visit before it and whether the preferred person is wished for it.
    package init(
        visit: CheckedVisit, usual: Int?, before: (visitType: VisitType, persons: [PersonID])?,
        isFirstForPreferred: Bool
    ) {
        self.visit = visit
        self.usual = usual
        self.before = before
        self.isFirstForPreferred = isFirstForPreferred
    }

    /// Who fills the continuity label, with the role it asks for.
    fileprivate static func continuity(
        _ visitType: VisitType, _ persons: [PersonID]
    ) -> (role: String, person: PersonID)? {
        zip(visitType.filledLabels, persons).first { $0.0.continuity }.map { ($0.0.role, $0.1) }
    }
}

/// One cost term: its count for a visit, before it is weighted.
package struct CostCheck: Sendable {
    package let term: CostTerm
    /// How often it counts for a visit.
    package let count: @Sendable (CostedVisit) -> Int
}

/// Every cost term in the order of the table of docs/contract/planning.md section 4.
package let costChecks: [CostCheck] = [
    CostCheck(term: .start, count: countStart),
    CostCheck(term: .gap, count: countGap),
    CostCheck(term: .preference, count: countPreference),
    CostCheck(term: .rhythm, count: countRhythm),
    CostCheck(term: .continuity, count: countContinuity),
    CostCheck(term: .crowding, count: countCrowding),
    CostCheck(term: .idle, count: countIdle),
    CostCheck(term: .workload, count: countWorkload),
]

/// The price of a cost term.
package func weight(of term: CostTerm, in weights: Weights) -> Int {
    switch term {
    case .start: weights.start
    case .gap: weights.gap
    case .preference: weights.preference
    case .rhythm: weights.rhythm
    case .continuity: weights.continuity
    case .crowding: weights.crowding
    case .idle: weights.idle
    case .workload: weights.workload
    }
}

/// The cost terms that count where many courses are placed together (docs/contract/planning.md section 8); the others
/// are 0.
package let batchTerms: Set<CostTerm> = [.start, .gap, .preference, .rhythm, .continuity]

/// Days from the course's earliest day to its first visit.
package func countStart(_ costed: CostedVisit) -> Int {
    guard let request = costed.visit.request, costed.visit.previous == nil else { return 0 }
    return costed.visit.placement.day - request.wish.earliest
}

/// Days between the gap taken and the ideal gap, from the second visit on.
package func countGap(_ costed: CostedVisit) -> Int {
    guard let previous = costed.visit.previous, let step = costed.visit.step else { return 0 }
    return abs(costed.visit.placement.day - previous - step.gap(on: costed.visit.placement.day).ideal)
}

/// 1 if preferred windows are given and [start, end) lies in none of them.
package func countPreference(_ costed: CostedVisit) -> Int {
    guard let request = costed.visit.request, !request.wish.preferred.isEmpty else { return 0 }
    let preferred = windowIntervals(request.wish.preferred, on: costed.visit.clinicDay.calendar)
    return preferred.hold(costed.visit.visitInterval) ? 0 : 1
}

/// 1 if the phase has rhythm and the clock time of the start is more than 30 minutes from the usual time.
package func countRhythm(_ costed: CostedVisit) -> Int {
    guard costed.visit.step?.phase.rhythm == true, let usual = costed.usual else { return 0 }
    return abs(costed.visit.clinicDay.calendar.clock(at: costed.visit.placement.start) - usual) > 30 ? 1 : 0
}

/// 1 if this visit and the one before both have a continuity attendant of one role and the persons differ, and 1 if
/// the preferred person could have had the course's first such visit and does not.
package func countContinuity(_ costed: CostedVisit) -> Int {
    guard let own = CostedVisit.continuity(costed.visit.visitType, costed.visit.placement.persons) else { return 0 }
    var count = 0
    if let before = costed.before, let other = CostedVisit.continuity(before.visitType, before.persons),
        other.role == own.role, other.person != own.person
    {
        count += 1
    }
    if costed.isFirstForPreferred, own.person != costed.visit.request?.wish.preferredPerson { count += 1 }
    return count
}

/// The largest number of other visits in progress at any moment of this visit.
package func countCrowding(_ costed: CostedVisit) -> Int {
    let interval = costed.visit.visitInterval
    let others = costed.visit.clinicDay.visits.filter { $0.overlaps(interval) }
    // The number only grows where a visit starts, or where this one does.
    let moments = [interval.from] + others.map(\.from).filter { interval.contains($0) }
    return moments.map { moment in others.filter { $0.contains(moment) }.count }.max() ?? 0
}

/// For each side of the hold, 1 if it leaves the chair idle for less than the shortest hold of all visit types.
package func countIdle(_ costed: CostedVisit) -> Int {
    let day = costed.visit.clinicDay
    let hold = costed.visit.holdInterval
    guard let chair = day.chair(costed.visit.placement.chair),
        let stretch = day.openings.subtracting(chair.outages).first(where: { $0.contains(hold.from) })
    else { return 0 }
    let lastEnd = chair.holds.map(\.until).filter { $0 <= hold.from }.max() ?? stretch.from
    let nextStart = chair.holds.map(\.from).filter { $0 >= hold.until }.min() ?? stretch.until
    let before = hold.from - max(stretch.from, lastEnd)
    let after = max(0, min(stretch.until, nextStart) - hold.until)
    return [before, after].filter { $0 > 0 && $0 < day.shortestHold }.count
}

/// Whole hours of load that the continuity attendant already carries that day.
package func countWorkload(_ costed: CostedVisit) -> Int {
    guard let own = CostedVisit.continuity(costed.visit.visitType, costed.visit.placement.persons),
        let person = costed.visit.clinicDay.person(own.person)
    else { return 0 }
    let wholeDay = Interval(0, costed.visit.clinicDay.calendar.length)
    let loadMinutes = person.loads.reduce(0) { sum, load in
        sum + load.percent * (load.interval.intersection(wholeDay)?.minutes ?? 0)
    }
    return loadMinutes / 100 / 60
}
