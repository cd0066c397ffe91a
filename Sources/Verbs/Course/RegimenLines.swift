import Wire

/// A regimen in full.
func regimenLines(_ regimen: RegimenMessage, _ style: Style) -> [String] {
    var lines = [style.bold(regimen.name.isEmpty ? regimen.id : "\(regimen.id): \(regimen.name)")]
    let before = regimen.prerequisites.map { prerequisite in
        "\(prerequisite.name) (per \(prerequisite.per)"
            + (prerequisite.validDays.map { ", valid \(counted($0, "day"))" } ?? "") + ")"
    }
    lines += factLines([("source", regimen.source), ("prerequisites", before.joined(separator: ", "))])
    var table = TextTable(
        ("phase", .left), ("visit", .left), ("visits", .right), ("first after", .left), ("then every", .left),
        ("early/late", .left), ("within", .left))
    for phase in regimen.phases {
        table.add(
            phase.name, phase.visit, countText(phase), firstGapText(phase), gapsText(phase), toleranceText(phase),
            withinText(phase))
    }
    lines += [""] + table.lines(style)
    let notes = regimen.phases.flatMap { phase in noteTexts(phase).map { "\(phase.name): \($0)" } }
    return lines + (notes.isEmpty ? [] : [""] + notes.map { "  " + $0 })
}

private func countText(_ phase: PhaseMessage) -> String {
    guard let most = phase.max else { return "open" }
    let least = phase.min ?? most
    return least == most ? "\(most)" : "\(least)-\(most)"
}

private func firstGapText(_ phase: PhaseMessage) -> String {
    guard let ideal = phase.gapIdeal, let least = phase.gapMin, let most = phase.gapMax else { return "" }
    return "\(ideal) d (\(least)-\(most))"
}

private func gapsText(_ phase: PhaseMessage) -> String {
    phase.gaps.isEmpty ? "" : phase.gaps.map { "\($0)" }.joined(separator: ", ") + " d"
}

private func toleranceText(_ phase: PhaseMessage) -> String {
    phase.gaps.isEmpty ? "" : "\(phase.toleranceBefore)/\(phase.toleranceAfter) d"
}

private func withinText(_ phase: PhaseMessage) -> String {
    guard let within = phase.withinDays else { return phase.alarmDays.map { "alarm \($0) d" } ?? "" }
    return "\(within) d" + (phase.alarmDays.map { " (alarm \($0))" } ?? "")
}

private func noteTexts(_ phase: PhaseMessage) -> [String] {
    var notes: [String] = []
    if let goal = phase.goal { notes.append(goalText(goal)) }
    switch phase.yields {
    case .never?: notes.append("its visits yield their places to nobody's goal")
    case .told?: notes.append("its visits yield their places to others' goals, told ones too")
    case .untold?, .unknown?, nil: break
    }
    if let gate = phase.gate { notes.append(gateText(gate)) }
    notes += phase.checks.map { "\($0.measure) is asked for after visit \($0.afterVisit)" }
    if let measure = phase.stopMeasure, let score = phase.stopAtMost {
        notes.append("ends early at \(measure) \(score) or less")
    }
    if let days = phase.reviewEveryDays { notes.append("a review falls due every \(counted(days, "day"))") }
    if let days = phase.endsAfterDays { notes.append("ends \(counted(days, "day")) after its first visit") }
    if phase.confirm == .booking { notes.append("patients know the times when they are booked") }
    if !phase.rhythm { notes.append("at any time of day") }
    return notes
}

private func goalText(_ goal: PhaseGoalMessage) -> String {
    let ends = "is to end within \(counted(goal.days, "day")) of its first visit"
    if !goal.spare.contains(where: { $0 > 0 }) { return ends }
    return ends + "; few days in hand cost \(goal.spare.map { "\($0)" }.joined(separator: ", "))"
}

/// When a gate opens, and what follows where it does not.
func gateText(_ gate: GateMessage) -> String {
    let asked: String =
        if let question = gate.decision {
            "a clinician decides: \(question)"
        } else if let percent = gate.reductionPercent {
            "\(gate.measure ?? "the measure") is reduced by \(percent) %"
        } else {
            "\(gate.measure ?? "the measure") is at most \(gate.atMost ?? 0)"
        }
    let otherwise =
        switch gate.otherwise {
        case .extend: "extend by \(counted(gate.visits ?? 0, "visit"))"
        case .hold, .cease, .unknown: gate.otherwise.code
        }
    return "opens when \(asked), due \(counted(gate.dueDays, "day")) after the visit before; otherwise \(otherwise)"
}
