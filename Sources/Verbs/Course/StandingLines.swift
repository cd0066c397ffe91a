import Wire

/// What goes beside a course's visits: authorisations, prerequisites, what is to be done.
func standingLines(_ standing: CourseStandingMessage, needsAuthorisation: Bool, _ style: Style) -> [String] {
    var lines = section("authorisations", authorisationTable(standing.authorisations), style)
    if let uncovered = standing.uncovered {
        let text = "\(uncovered) is the first visit for which no approved authorisation is left"
        lines += (lines.isEmpty ? [""] : []) + [style.yellow(text)]
    } else if needsAuthorisation, standing.authorisations.isEmpty {
        lines += ["", style.yellow("visits need an authorisation, and none is recorded")]
    }
    return lines + section("prerequisites", prerequisiteTable(standing.prerequisites), style)
        + section("to do", taskTable(standing.tasks, hasCourses: false), style)
}

/// A table under a heading, with an empty line before it; nothing where the table is empty.
func section(_ heading: String?, _ table: TextTable, _ style: Style) -> [String] {
    guard !table.isEmpty else { return [] }
    return [""] + (heading.map { [style.bold($0)] } ?? []) + table.lines(style)
}

/// How far a course is in its phases.
func phaseTable(_ phases: [PhaseStandingMessage]) -> TextTable {
    var table = TextTable(
        ("phase", .left), ("visit", .left), ("given", .right), ("to come", .right), ("of", .right), ("gate", .left))
    for phase in phases {
        table.add(
            phase.name, phase.visit, "\(phase.given)", "\(phase.booked)", phase.planned.map { "\($0)" } ?? "open-ended",
            phase.gate?.code ?? "")
    }
    return table
}

private func prerequisiteTable(_ prerequisites: [PrerequisiteStandingMessage]) -> TextTable {
    var table = TextTable(("name", .left), ("asked", .left), ("in place since", .left), ("missing for", .left))
    for prerequisite in prerequisites {
        let missing = prerequisite.missing
        let shown = missing.count > 4 ? missing.prefix(3) + ["\(missing.count - 3) more"] : missing[...]
        table.add(
            prerequisite.name, prerequisite.per == .visit ? "every visit" : "once", prerequisite.day?.short ?? "",
            listed(Array(shown)))
    }
    return table
}

/// What is to be done, by due day.
func taskTable(_ tasks: [TaskMessage], hasCourses: Bool) -> TextTable {
    var table = TextTable(
        ("due", .left), ("course", .left), ("patient", .left), ("to do", .left), ("task", .left))
    for task in tasks {
        table.add(
            task.due.short + (task.overdue ? " (overdue)" : ""), hasCourses ? task.course : "",
            hasCourses ? task.patient : "", task.words, task.id)
    }
    return table
}

extension TaskMessage {
    /// What is to be done, in words.
    var words: String {
        switch kind {
        case .followUp, .unknown: "\(name), after \(visit)"
        case .check: "\(name) is to be taken after \(visit)"
        case .makeUp: "another place for \(visit)"
        case .call: "tell the patient about \(visit)"
        case .review: "look at the course, after \(visit)"
        case .findNumber: "find the patient's telephone number"
        }
    }
}

/// A score with its day: PHQ-9 14 (Mon 02 Mar 2026).
func scoreText(_ score: AssessmentMessage) -> String { "\(score.measure) \(score.score) (\(score.at.day.short))" }
