package import Planning

/// One visit that a course asks to be planned: its phase, its type and its gap (PLANNING.md section 2).
package struct Step: Hashable, Sendable {
    /// Its number in the course, from 1.
    package let number: Int
    /// Its phase.
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
    /// The earliest day plus the ideal gaps up to this visit.
    package let nominal: Day
}

/// The visits that are planned of a course, in order: counted phases whole, an open-ended phase up to the horizon.
///
/// - Parameters:
///   - today: the planning day, from which the horizon counts.
package func steps(of request: CourseRequest, planning: PlanningParameters, today: Day) -> [Step] {
    var steps: [Step] = []
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
                if let end = request.endDay, step.nominal > end { break }
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

private func step(after previous: Step?, numberInPhase: Int, phase: Phase, request: CourseRequest) -> Step {
    let gap: (ideal: Int, minimum: Int, maximum: Int)
    if previous == nil {
        gap = (0, 0, request.startWithinDays)
    } else if numberInPhase == 1, let firstGap = phase.firstGap {
        gap = (firstGap.ideal, firstGap.minimum, firstGap.maximum)
    } else {
        let ideal = numberInPhase == 1 ? phase.gaps[0] : phase.gaps[(numberInPhase - 2) % phase.gaps.count]
        gap = (ideal, max(1, ideal - phase.toleranceBefore), ideal + phase.toleranceAfter)
    }
    return Step(
        number: (previous?.number ?? 0) + 1, phase: phase, numberInPhase: numberInPhase,
        visitType: request.visitType(of: phase), gapIdeal: gap.ideal, gapMinimum: gap.minimum,
        gapMaximum: gap.maximum, nominal: (previous?.nominal ?? request.earliest) + gap.ideal)
}
