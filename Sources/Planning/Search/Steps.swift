/// A visit to be placed: which kind, and how far from the one before.
struct Step {
    /// Number in the course, from 1.
    let number: Int
    /// Index of the phase in the regimen.
    let phase: Int
    /// Index of the kind of visit in the search.
    let kind: Int
    /// Days wished for since the visit before; 0 for the first visit of a new course.
    let gapIdeal: Int
    /// The days allowed since the visit before; nil for the first visit of a new course, which has a start window
    /// instead.
    let gaps: ClosedRange<Int>?
    /// The days allowed whatever the gap, from the search's origin; nil for all.
    var days: ClosedRange<Int>?
    /// `withinDays` of its phase, where it has one that has not begun.
    let within: Int?
    /// The last day that its phase may have, from the search's origin, where one is asked for.
    let latest: Int?
    /// Whether it is its phase's first visit.
    let opensPhase: Bool
    /// Whether the start window is asked of it, where it is the course's first visit: one that is made up or stays may
    /// come after it.
    var hasStartWindow = true

    /// The days that it may have after a visit on one of the given.
    func followers(of before: DaySet) -> DaySet {
        guard let gaps else { preconditionFailure("only a course's first visit has no gap") }
        let spread = before.spread(by: gaps)
        guard let days else { return spread }
        var result = DaySet(days: 0)
        spread.forEachDay { if days.contains($0) { result.insert($0) } }
        return result
    }
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

/// How many turns each phase has (PLANNING.md section 2): counted phases whole, the open-ended one as far as nominal
/// days lie within the horizon, `endsAfterDays` and the course's `endDay`. A course that has begun counts on from its
/// last kept visit; phases before that are over, and visits booked beyond the horizon stay planned.
///
/// - Parameter turns: what became of the course so far, phase by phase in order.
package func plannedCounts(
    of request: CourseRequest, continuing turns: [Turn] = [], today: Day, planning: PlanningParameters
) -> [Int] {
    let anchor = turns.lastIndex(where: \.isKept)
    var isBefore = anchor != nil
    var nominal = request.earliest
    var isFirst = anchor == nil
    if let anchor, case .kept(let day, _) = turns[anchor].standing { nominal = day }
    return request.regimen.phases.map { phase in
        let listed = turns.indices.filter { turns[$0].phase == phase.name }
        if let anchor, turns[anchor].phase == phase.name { isBefore = false }
        if isBefore { return listed.count }
        let past = anchor.map { anchor in listed.count { $0 <= anchor } } ?? 0
        var limit = Limit(phase, request, horizon: today + planning.horizonDays)
        if past > 0, let first = listed.lazy.compactMap({ turns[$0].keptDay }).first { limit.begin(first) }
        let counted = phase.plannedCount.map { max($0, listed.count) }
        var index = past
        while counted.map({ index < $0 }) ?? true {
            let next = isFirst ? nominal : nominal + gap(of: phase, beforeVisit: index).ideal
            if counted == nil {
                if index == 0 { limit.begin(next) }
                let isListed = index < listed.count && turns[listed[index]].isBooked
                if !limit.allows(next, isBooked: isListed) { break }
            }
            nominal = next
            isFirst = false
            index += 1
        }
        return index
    }
}

/// How far an open-ended phase is planned.
private struct Limit {
    private let horizon: Day
    private var last: Day?
    private let endsAfter: Int?

    init(_ phase: Phase, _ request: CourseRequest, horizon: Day) {
        self.horizon = horizon
        last = request.endDay
        endsAfter = phase.endsAfterDays
    }

    /// Counts `endsAfterDays` from the phase's first visit.
    mutating func begin(_ first: Day) {
        if let endsAfter { last = min(last ?? first + endsAfter, first + endsAfter) }
    }

    func allows(_ nominal: Day, isBooked: Bool) -> Bool {
        (isBooked || nominal <= horizon) && (last.map { nominal <= $0 } ?? true)
    }
}

extension Phase {
    /// How many visits are planned of it; nil for an open-ended one.
    package var plannedCount: Int? {
        switch count {
        case .exactly(let count): count
        case .between(_, let maximum): maximum
        case .open: nil
        }
    }
}

extension DaySet {
    /// Those of its days that are not after one; all where there is none.
    func through(_ last: Int?) -> DaySet {
        guard let last else { return self }
        var result = DaySet(days: 0)
        forEachDay { if $0 <= last { result.insert($0) } }
        return result
    }
}

extension Turn {
    var keptDay: Day? { if case .kept(let day, _) = standing { day } else { nil } }
}
