/// A visit to be placed: which kind, and how far from the one before.
struct Step {
    /// Number in the course, from 1.
    let number: Int
    /// Index of the phase in the regimen.
    let phase: Int
    /// Index of the kind of visit in the search.
    let kind: Int
    /// Days wished for since the visit before, from the beginning; 0 for the first visit of a new course.
    let gapIdeal: Int
    /// The days allowed since the visit before, from the beginning; nil for the first visit of a new course, which has
    /// a start window instead.
    let gaps: ClosedRange<Int>?
    /// What is asked instead where the visit itself is on a later day; ascending by day.
    var laterGaps: [LaterGap] = []
    /// The days allowed whatever the gap, from the search's origin; nil for all.
    var days: ClosedRange<Int>?
    /// `withinDays` of its phase, where it has one that has not begun.
    let within: Int?
    /// The last day that its phase may have, from the search's origin, where one is asked for.
    let latest: Int?
    /// The goal of its phase, where days in hand up to it are worth something.
    let goal: VisitGoal?
    /// Whether it is its phase's first visit.
    let opensPhase: Bool
    /// Whether the start window is asked of it, where it is the course's first visit: one that is made up or stays may
    /// come after it.
    var hasStartWindow = true
    /// Whether a visit that leaves no day in any of the gaps may be followed after a gap between them.
    var bridgesGaps = false
    /// Its present day and that of the visit before, whose distance it may keep against its gap; nil where it may not,
    /// or where the gap allows it.
    var standing: Standing?

    /// Whether the phase is taken once for each of its first days, for its window or its goal counts from that day.
    var countsFromFirstDay: Bool { within != nil || goal.map { $0.first == nil } ?? false }

    /// A gap from a day on, counted from the search's origin.
    struct LaterGap {
        let from: Int
        let ideal: Int
        let gaps: ClosedRange<Int>
    }

    /// Where two visits stand; the first is nil where the course begins with the second.
    struct Standing {
        let before: Int?
        let day: Int
    }

    /// Days wished for since the visit before where it is on a day.
    func ideal(on day: Int) -> Int { laterGaps.last { $0.from <= day }?.ideal ?? gapIdeal }

    /// The shortest gap that may lie before it.
    var leastGap: Int {
        let least = laterGaps.reduce(gaps?.lowerBound ?? 0) { min($0, $1.gaps.lowerBound) }
        guard let standing, let before = standing.before else { return least }
        return min(least, standing.day - before)
    }

    /// Calls back with the gaps that are allowed after a visit on a day, ascending, and the ideal one of each stretch.
    @inline(__always)
    func forEachGaps(after day: Int, _ body: (ClosedRange<Int>, Int) -> Void) {
        if laterGaps.isEmpty, standing == nil {
            body(gaps!, gapIdeal)
        } else {
            for stretch in gapStretches(after: day) { body(stretch.gaps, stretch.ideal) }
        }
    }

    /// The gaps that are allowed after a visit on a day, ascending, each with the ideal one.
    func gaps(after day: Int) -> [(gap: Int, ideal: Int)] {
        var found: [(gap: Int, ideal: Int)] = []
        forEachGaps(after: day) { gaps, ideal in for gap in gaps { found.append((gap, ideal)) } }
        return found
    }

    private func gapStretches(after day: Int) -> [(gaps: ClosedRange<Int>, ideal: Int)] {
        var found = gapStretches(after: day) { $0 }
        if found.isEmpty, bridgesGaps {
            // Every gap up to the longest that a rule has by then.
            let rules = [gaps!] + laterGaps.filter { $0.from <= day + longestGap }.map(\.gaps)
            let all = rules.map(\.lowerBound).min()!...rules.map(\.upperBound).max()!
            found = gapStretches(after: day) { _ in all }
        }
        guard let standing, standing.before == day, standing.day > day else { return found }
        let gap = standing.day - day
        if found.contains(where: { $0.gaps.contains(gap) }) { return found }
        let index = found.firstIndex { $0.gaps.lowerBound > gap } ?? found.count
        found.insert((gap...gap, ideal(on: standing.day)), at: index)
        return found
    }

    private var longestGap: Int { laterGaps.reduce(gaps!.upperBound) { max($0, $1.gaps.upperBound) } }

    /// Each rule's gaps as far as the days lie in which it holds.
    private func gapStretches(
        after day: Int, _ allowed: (ClosedRange<Int>) -> ClosedRange<Int>
    ) -> [(gaps: ClosedRange<Int>, ideal: Int)] {
        var found: [(gaps: ClosedRange<Int>, ideal: Int)] = []
        func add(_ gaps: ClosedRange<Int>, _ ideal: Int, from: Int, until: Int) {
            let range = allowed(gaps)
            let (least, most) = (max(range.lowerBound, from - day), min(range.upperBound, until - 1 - day))
            if least <= most { found.append((least...most, ideal)) }
        }
        add(gaps!, gapIdeal, from: 0, until: laterGaps.first?.from ?? day + longestGap + 1)
        for (index, later) in laterGaps.enumerated() {
            let until = index + 1 < laterGaps.count ? laterGaps[index + 1].from : day + longestGap + 1
            add(later.gaps, later.ideal, from: later.from, until: until)
        }
        return found
    }

    /// The days that it may have after a visit on one of the given.
    func followers(of before: DaySet) -> DaySet {
        guard let gaps else { preconditionFailure("only a course's first visit has no gap") }
        var spread = DaySet(days: 0)
        if laterGaps.isEmpty, standing == nil {
            spread = before.spread(by: gaps)
        } else {
            before.forEachDay { day in
                forEachGaps(after: day) { gaps, _ in for gap in gaps { spread.insert(day + gap) } }
            }
        }
        guard let days else { return spread }
        var result = DaySet(days: 0)
        spread.forEachDay { if days.contains($0) { result.insert($0) } }
        return result
    }
}

/// What the goal of a phase means to one of its visits.
package struct VisitGoal: Hashable, Sendable {
    package var goal: Phase.Goal
    /// What the phase asks before the visit, whatever became of others.
    package var gap: AskedGap
    /// The day of the phase's first visit where that was given; nil where it is still to come.
    package var first: Day?

    /// A goal as a visit is measured by it.
    package init(_ goal: Phase.Goal, gap: AskedGap, first: Day?) {
        self.goal = goal
        self.gap = gap
        self.first = first
    }
}

/// The gap asked of a phase's visit, in days: ideal and allowed (docs/contract/planning.md section 2), its changes left
/// out.
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

/// How many visits each phase has (docs/contract/planning.md section 2): counted phases whole, the open-ended one as
/// far as nominal days lie within the horizon, `endsAfterDays` and the course's `endDay`. A course that has begun
/// counts on from its last kept visit; phases before that are over, and visits booked beyond the horizon stay planned.
///
/// - Parameter courseVisits: what became of the course so far, phase by phase in order.
package func plannedCounts(
    of request: CourseRequest, continuing courseVisits: [CourseVisit] = [], today: Day, planning: PlanningParameters
) -> [Int] {
    let anchor = courseVisits.lastIndex(where: \.isKept)
    var isBefore = anchor != nil
    var nominal = request.wish.earliest
    var isFirst = anchor == nil
    if let latest = courseVisits.latestKept, let day = courseVisits[latest].keptDay { nominal = day }
    return request.regimen.phases.map { phase in
        let listed = courseVisits.indices.filter { courseVisits[$0].phase == phase.name }
        if let anchor, courseVisits[anchor].phase == phase.name { isBefore = false }
        if isBefore { return listed.count }
        let past = anchor.map { anchor in listed.count { $0 <= anchor } } ?? 0
        var limit = Limit(phase, request, horizon: today + planning.horizonDays)
        if past > 0, let first = listed.lazy.compactMap({ courseVisits[$0].keptDay }).first { limit.begin(first) }
        let counted = phase.plannedCount.map { max($0, listed.count) }
        var index = past
        while counted.map({ index < $0 }) ?? true {
            let next = isFirst ? nominal : askedGap(of: phase, beforeVisit: index).idealDay(after: nominal)
            if counted == nil {
                if index == 0 { limit.begin(next) }
                let isListed = index < listed.count && courseVisits[listed[index]].isBooked
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
        last = request.wish.endDay
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
