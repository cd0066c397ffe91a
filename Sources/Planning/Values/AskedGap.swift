/// The gap asked of a visit, by the day that it has: the ideal one and those that are allowed. A change of a phase's
/// gaps from a day on makes more than one rule of it.
package struct AskedGap: Hashable, Sendable {
    /// What is asked from a day on.
    package struct Rule: Hashable, Sendable {
        /// The first day of the later visit for which it holds; nil from the beginning.
        package var from: Day?
        /// Days wished for since the visit before.
        package var ideal: Int
        /// Days allowed since the visit before.
        package var allowed: ClosedRange<Int>
    }

    /// Ascending by day, the first from the beginning.
    package private(set) var rules: [Rule]

    /// The same gap on every day.
    package init(ideal: Int, allowed: ClosedRange<Int>) {
        rules = [Rule(from: nil, ideal: ideal, allowed: allowed)]
    }

    /// A gap by the day of the later visit.
    init(_ rules: [Rule]) {
        precondition(rules.first.map { $0.from == nil } ?? false, "some rule holds from the beginning")
        self.rules = rules
    }

    /// What is asked of a visit on a day.
    package func rule(on day: Day) -> Rule {
        rules.last { rule in rule.from.map { $0 <= day } ?? true } ?? rules[0]
    }

    /// The day at the ideal distance from a day: with each rule that day or the rule's first, whichever is later, and
    /// of these the first on which that rule still holds.
    package func idealDay(after day: Day) -> Day {
        for (index, rule) in rules.enumerated() {
            let ideal = max(day + rule.ideal, rule.from ?? day + rule.ideal)
            if index + 1 == rules.count || rules[index + 1].from.map({ ideal < $0 }) ?? true { return ideal }
        }
        return day + rules[0].ideal
    }

    /// The gap with those before it that were left out: ideals and maxima add up, the minimum is its own
    /// (docs/contract/planning.md section 6).
    package func adding(ideal: Int, maximum: Int) -> AskedGap {
        if ideal == 0, maximum == 0 { return self }
        return AskedGap(
            rules.map { rule in
                Rule(
                    from: rule.from, ideal: rule.ideal + ideal,
                    allowed: rule.allowed.lowerBound...(rule.allowed.upperBound + maximum))
            })
    }

    /// The shortest gap and the longest that is allowed on any day.
    package var bounds: ClosedRange<Int> {
        let least = rules.map(\.allowed.lowerBound).min() ?? 1
        return least...max(least, rules.map(\.allowed.upperBound).max() ?? least)
    }
}

extension Phase {
    /// The phase with the gaps that hold for a visit on a day.
    package func inForce(on day: Day) -> Phase {
        guard let change = gapChanges.last(where: { $0.from <= day }) else { return self }
        return taking(change)
    }

    /// The phase with other gaps from a day on, whatever was to hold from then or later; at once and for all visits
    /// where no day is given.
    package mutating func change(gaps: [Int], before: Int, after: Int, from day: Day?) {
        guard let day else {
            self.gaps = gaps
            (toleranceBefore, toleranceAfter) = (before, after)
            gapChanges = []
            return
        }
        gapChanges.removeAll { $0.from >= day }
        gapChanges.append(GapChange(from: day, gaps: gaps, toleranceBefore: before, toleranceAfter: after))
    }

    fileprivate func taking(_ change: GapChange) -> Phase {
        var changed = self
        changed.gaps = change.gaps
        changed.toleranceBefore = change.toleranceBefore
        changed.toleranceAfter = change.toleranceAfter
        return changed
    }
}

/// The gap asked of a phase's visit (docs/contract/planning.md section 2), as the phase's changes have it.
///
/// - Parameter index: of the visit in its phase, from 0.
package func askedGap(of phase: Phase, beforeVisit index: Int) -> AskedGap {
    let first = gap(of: phase, beforeVisit: index)
    var rules = [AskedGap.Rule(from: nil, ideal: first.ideal, allowed: first.allowed)]
    // The first gap into a phase is a thing of its own.
    if index > 0 || phase.firstGap == nil {
        for change in phase.gapChanges {
            let gap = gap(of: phase.taking(change), beforeVisit: index)
            rules.append(AskedGap.Rule(from: change.from, ideal: gap.ideal, allowed: gap.allowed))
        }
    }
    return AskedGap(rules)
}
