package import Planning

/// One visit that a course asks to be planned: its phase, its type and its gap (docs/contract/planning.md section 2).
package struct CheckedStep: Hashable, Sendable {
    /// Its number in the course, from 1.
    package let number: Int
    package let phase: Phase
    /// Its number in the phase, from 1.
    package let numberInPhase: Int
    /// What kind of visit it is.
    package let visitType: VisitType
    /// Ideal days since the previous visit; 0 for the first visit of the course.
    package let gapIdeal: Int
    /// Days since the previous visit, at least; the first visit counts from the course's earliest day.
    package let gapMinimum: Int
    /// Days since the previous visit, at most; the first visit counts from the course's earliest day.
    package let gapMaximum: Int
    /// Other gaps from certain days of this visit on, ascending.
    package let laterGaps: [LaterGap]
    /// The earliest day plus the ideal gaps up to this visit.
    package let nominal: Day

    /// A gap that is asked where the visit is on or after a day.
    package struct LaterGap: Hashable, Sendable {
        package let from: Day
        /// Ideal days since the previous visit.
        package let ideal: Int
        /// Days since the previous visit, at least.
        package let minimum: Int
        /// Days since the previous visit, at most.
        package let maximum: Int
    }

    /// The gap asked of the visit on a day.
    package func gap(on day: Day) -> (ideal: Int, minimum: Int, maximum: Int) {
        var asked = (ideal: gapIdeal, minimum: gapMinimum, maximum: gapMaximum)
        for later in laterGaps where later.from <= day { asked = (later.ideal, later.minimum, later.maximum) }
        return asked
    }

    /// The days that the visit may have after one on a day.
    package func days(after day: Day) -> [Day] {
        let longest = laterGaps.reduce(gapMaximum) { max($0, $1.maximum) }
        return (0...max(0, longest)).map { day + $0 }.filter { then in
            let asked = gap(on: then)
            return asked.minimum <= then - day && then - day <= asked.maximum
        }
    }
}

/// The visits that are planned of a course, in order: counted phases whole, an open-ended phase up to the horizon.
///
/// - Parameters:
///   - today: the planning day, from which the horizon counts.
package func steps(of request: CourseRequest, planning: PlanningParameters, today: Day) -> [CheckedStep] {
    var steps: [CheckedStep] = []
    for phase in request.regimen.phases {
        let isOpen = phase.count == .open
        var phaseFirst: Day?
        var numberInPhase = 1
        while numberInPhase <= plannedCount(phase.count) {
            let step = step(after: steps.last, numberInPhase: numberInPhase, phase: phase, request: request)
            if isOpen {
                let first = phaseFirst ?? step.nominal
                guard step.nominal <= today + planning.horizonDays else { break }
                if let ends = phase.endsAfterDays, step.nominal > first + ends { break }
                if let end = request.wish.endDay, step.nominal > end { break }
            }
            phaseFirst = phaseFirst ?? step.nominal
            steps.append(step)
            numberInPhase += 1
        }
    }
    return steps
}

private func plannedCount(_ count: Phase.Count) -> Int {
    switch count {
    case .exactly(let count): count
    case .between(_, let maximum): maximum
    case .open: .max
    }
}

private func step(
    after previous: CheckedStep?, numberInPhase: Int, phase: Phase, request: CourseRequest
) -> CheckedStep {
    func gap(_ gaps: [Int], _ before: Int, _ after: Int) -> (ideal: Int, minimum: Int, maximum: Int) {
        let ideal = numberInPhase == 1 ? gaps[0] : gaps[(numberInPhase - 2) % gaps.count]
        return (ideal, max(1, ideal - before), ideal + after)
    }
    let asked: (ideal: Int, minimum: Int, maximum: Int)
    var later: [CheckedStep.LaterGap] = []
    if previous == nil {
        asked = (0, 0, request.wish.startWithinDays)
    } else if numberInPhase == 1, let firstGap = phase.firstGap {
        asked = (firstGap.ideal, firstGap.minimum, firstGap.maximum)
    } else {
        asked = gap(phase.gaps, phase.toleranceBefore, phase.toleranceAfter)
        later = phase.gapChanges.map { change in
            let own = gap(change.gaps, change.toleranceBefore, change.toleranceAfter)
            return CheckedStep.LaterGap(from: change.from, ideal: own.ideal, minimum: own.minimum, maximum: own.maximum)
        }
    }
    return CheckedStep(
        number: (previous?.number ?? 0) + 1, phase: phase, numberInPhase: numberInPhase,
        visitType: request.visitType(of: phase), gapIdeal: asked.ideal, gapMinimum: asked.minimum,
        gapMaximum: asked.maximum, laterGaps: later,
        nominal: nominal(after: previous?.nominal ?? request.wish.earliest, asked.ideal, later))
}

/// The ideal day after another: that of each rule, or its first day where that is later; the first that the next rule
/// leaves standing.
private func nominal(after day: Day, _ ideal: Int, _ later: [CheckedStep.LaterGap]) -> Day {
    var found = day + ideal
    for rule in later where found >= rule.from { found = max(rule.from, day + rule.ideal) }
    return found
}
