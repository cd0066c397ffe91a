package import Planning

// Messages of regimens from values of Planning.

extension RegimenSummaryMessage {
    /// A regimen in a list.
    package init(_ regimen: Regimen) {
        let most = regimen.phases.map(\.count.maximum)
        self.init(
            id: regimen.id.text, name: regimen.name, source: regimen.source, phases: regimen.phases.count,
            visits: most.contains(nil) ? nil : most.reduce(0) { $0 + ($1 ?? 0) })
    }
}

extension RegimenMessage {
    /// A regimen with its phases.
    package init(_ regimen: Regimen) {
        self.init(
            id: regimen.id.text, name: regimen.name, source: regimen.source,
            prerequisites: regimen.prerequisites.map {
                PrerequisiteMessage(name: $0.name, per: ScopeCode($0.scope), validDays: $0.validDays)
            },
            phases: regimen.phases.map { PhaseMessage($0) })
    }
}

extension PhaseMessage {
    package init(_ phase: Phase) {
        self.init(
            name: phase.name, visit: phase.visit.text, min: phase.count.minimum, max: phase.count.maximum,
            gapIdeal: phase.firstGap?.ideal, gapMin: phase.firstGap?.minimum, gapMax: phase.firstGap?.maximum,
            gaps: phase.gaps, toleranceBefore: phase.toleranceBefore, toleranceAfter: phase.toleranceAfter,
            withinDays: phase.withinDays, alarmDays: phase.alarmDays,
            goal: phase.goal.map { PhaseGoalMessage(days: $0.days, spare: $0.spare) },
            yields: phase.goal == nil ? YieldingCode(phase.yields) : nil, rhythm: phase.rhythm,
            confirm: ConfirmCode(phase.confirm), gate: phase.gate.map { GateMessage($0) },
            checks: phase.checks.map { CheckMessage(afterVisit: $0.afterVisit, measure: $0.measure) },
            stopMeasure: phase.stops?.measure, stopAtMost: phase.stops?.atMost,
            reviewEveryDays: phase.reviewEveryDays, endsAfterDays: phase.endsAfterDays)
    }
}

extension GateMessage {
    package init(_ gate: Gate) {
        var message = GateMessage(dueDays: gate.dueDays, otherwise: .hold)
        switch gate.condition {
        case .decision(let question):
            message.decision = question
        case .reductionPercent(let measure, let percent):
            message.measure = measure
            message.reductionPercent = percent
        case .atMost(let measure, let score):
            message.measure = measure
            message.atMost = score
        }
        switch gate.otherwise {
        case .hold: break
        case .extend(let visits):
            message.otherwise = .extend
            message.visits = visits
        case .cease: message.otherwise = .cease
        }
        self = message
    }
}

extension Phase.Count {
    /// The fewest visits; nil in an open-ended phase.
    fileprivate var minimum: Int? {
        switch self {
        case .exactly(let count): count
        case .between(let minimum, _): minimum
        case .open: nil
        }
    }

    /// The most visits; nil in an open-ended phase.
    fileprivate var maximum: Int? {
        switch self {
        case .exactly(let count): count
        case .between(_, let maximum): maximum
        case .open: nil
        }
    }
}
