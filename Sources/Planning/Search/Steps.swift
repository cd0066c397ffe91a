/// A visit to be placed: which kind, and how far from the one before.
struct Step {
    /// Number in the course, from 1.
    let number: Int
    /// Index of the phase in the regimen.
    let phase: Int
    /// Index of the kind of visit in the search.
    let kind: Int
    /// Days wished for since the visit before; 0 for the course's first visit.
    let gapIdeal: Int
    /// The days allowed since the visit before; empty for the course's first visit, which has a start window instead.
    let gaps: ClosedRange<Int>?
    /// `withinDays` of its phase, where it has one.
    let within: Int?
    /// Whether it is its phase's first visit.
    let opensPhase: Bool
}

/// The gap asked of a phase's visit, in days: ideal and allowed (PLANNING.md section 2).
///
/// - Parameter index: of the visit in its phase, from 0.
package func gap(of phase: Phase, beforeVisit index: Int) -> (ideal: Int, allowed: ClosedRange<Int>) {
    if index == 0, let first = phase.firstGap {
        return (first.ideal, first.minimum...max(first.minimum, first.maximum))
    }
    // The gap before visit k of a phase (k ≥ 2) is gaps[(k−2) mod gaps.count]; a first visit without firstGap takes
    // gaps[0].
    let ideal = phase.gaps.isEmpty ? 1 : phase.gaps[max(0, index - 1) % phase.gaps.count]
    let least = max(1, ideal - phase.toleranceBefore)
    return (ideal, least...max(least, ideal + phase.toleranceAfter))
}

/// How many visits of each phase are planned (PLANNING.md section 2): counted phases whole, the open-ended one as far
/// as nominal days lie within the horizon, `endsAfterDays` and the course's `endDay`.
package func plannedCounts(of request: CourseRequest, today: Day, planning: PlanningParameters) -> [Int] {
    var nominal = request.earliest
    var first = true
    func advance(_ phase: Phase, _ index: Int) -> Day {
        first ? nominal : nominal + gap(of: phase, beforeVisit: index).ideal
    }
    return request.regimen.phases.map { phase in
        let counted: Int? =
            switch phase.count {
            case .exactly(let count): count
            case .between(_, let maximum): maximum
            case .open: nil
            }
        var latest = today + planning.horizonDays
        if let endDay = request.endDay { latest = min(latest, endDay) }
        var index = 0
        while counted.map({ index < $0 }) ?? true {
            let next = advance(phase, index)
            if counted == nil {
                if index == 0, let ends = phase.endsAfterDays { latest = min(latest, next + ends) }
                if next > latest { break }
            }
            nominal = next
            first = false
            index += 1
        }
        return index
    }
}
