package import Planning

/// A placed visit with what its cost depends on beside its place.
package struct CostedVisit: Sendable {
    /// The visit at its place.
    package var visit: CheckedVisit
    /// The usual time it is measured by, minutes on the clock.
    package var usual: Int?
    /// The visit type and persons of the course's visit before it.
    package var before: (visitType: VisitType, persons: [PersonID])?
    /// Whether the preferred person has the role of its continuity attendant.
    package var isPersonWished: Bool
    /// What the course asks of the later planned visits of its phase, in order.
    package var later: [CheckedStep] = []
    /// Whether a visit of the course could be given on a day, places not looked at.
    package var isPossible: @Sendable (Day) -> Bool = { _ in false }

    /// A visit with the usual time, the visit before it and whether the preferred person is wished for it.
    package init(
        visit: CheckedVisit, usual: Int?, before: (visitType: VisitType, persons: [PersonID])?,
        isPersonWished: Bool
    ) {
        self.visit = visit
        self.usual = usual
        self.before = before
        self.isPersonWished = isPersonWished
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
    CostCheck(term: .spare, count: countSpare),
    CostCheck(term: .preference, count: countPreference),
    CostCheck(term: .rhythm, count: countRhythm),
    CostCheck(term: .continuity, count: countContinuity),
    CostCheck(term: .site) { _ in 0 },
    CostCheck(term: .session) { _ in 0 },
    CostCheck(term: .crowding, count: countCrowding),
    CostCheck(term: .idle, count: countIdle),
    CostCheck(term: .workload, count: countWorkload),
]

/// The price of a cost term; `spare` counts what it costs.
package func weight(of term: CostTerm, in weights: Weights) -> Int {
    switch term {
    case .start: weights.start
    case .gap: weights.gap
    case .spare: 1
    case .preference: weights.preference
    case .rhythm: weights.rhythm
    case .continuity: weights.continuity
    case .site: weights.site
    case .session: weights.session
    case .crowding: weights.crowding
    case .idle: weights.idle
    case .workload: weights.workload
    }
}

/// The cost terms that count where many courses are placed together (docs/contract/planning.md section 8); the others
/// are 0.
package let batchTerms: Set<CostTerm> = [.start, .gap, .spare, .preference, .rhythm, .continuity, .site, .session]

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

/// What the days in hand cost from the second visit of a phase with a goal on.
package func countSpare(_ costed: CostedVisit) -> Int {
    guard let step = costed.visit.step, step.numberInPhase > 1, let goal = step.phase.goal,
        let first = costed.visit.phaseFirst
    else { return 0 }
    let days = daysInHand(
        after: costed.visit.placement.day, through: first + goal.days,
        later: costed.later.map { step in { step.gap(on: $0).minimum } }, isPossible: costed.isPossible)
    return days < goal.spare.count ? goal.spare[days] : 0
}

/// On how many days after a visit's it could be given instead: possible ones from which each later visit, put on the
/// first possible day at its least gap or later, still leads to an end by the last day.
///
/// - Parameter later: the least gap of each visit after it in its phase, by its day, in order.
package func daysInHand(
    after day: Day, through last: Day, later: [(Day) -> Int], isPossible: (Day) -> Bool
) -> Int {
    func ends(from start: Day) -> Bool {
        var at = start
        for leastGap in later {
            var next = at + 1
            while !isPossible(next) || next - at < leastGap(next) {
                next = next + 1
                if next > last { return false }
            }
            at = next
        }
        return at <= last
    }
    var count = 0
    var next = day + 1
    while next <= last {
        if isPossible(next), ends(from: next) { count += 1 }
        next = next + 1
    }
    return count
}

/// 1 if preferred windows are given and [start, end) lies in none of them.
package func countPreference(_ costed: CostedVisit) -> Int {
    guard let request = costed.visit.request, !request.wish.preferred.isEmpty else { return 0 }
    let preferred = windowIntervals(request.wish.preferred, on: costed.visit.clinicDay.calendar)
    return preferred.hold(costed.visit.visitInterval) ? 0 : 1
}

/// Where the phase has rhythm, the half hours begun between the clock time of the start and the usual time, four at
/// most.
package func countRhythm(_ costed: CostedVisit) -> Int {
    guard costed.visit.step?.phase.rhythm == true, let usual = costed.usual else { return 0 }
    return rhythmUnits(clock: costed.visit.clinicDay.calendar.clock(at: costed.visit.placement.start), usual: usual)
}

/// The half hours begun between two times of the clock, four at most.
package func rhythmUnits(clock: Int, usual: Int) -> Int {
    let minutes = abs(clock - usual)
    return (0..<4).first { minutes <= 30 * $0 } ?? 4
}

/// Where the preferred person has the role of the continuity attendant, 1 if it is somebody else. Otherwise 1 if this
/// visit and the one before both have a continuity attendant of one role and the persons differ.
package func countContinuity(_ costed: CostedVisit) -> Int {
    guard let own = CostedVisit.continuity(costed.visit.visitType, costed.visit.placement.persons) else { return 0 }
    if costed.isPersonWished { return own.person == costed.visit.request?.wish.preferredPerson ? 0 : 1 }
    guard let before = costed.before, let other = CostedVisit.continuity(before.visitType, before.persons),
        other.role == own.role
    else { return 0 }
    return other.person == own.person ? 0 : 1
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
