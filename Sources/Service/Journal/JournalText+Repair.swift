internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

extension JournalText {
    /// What the journal is told of an event about visits of several courses.
    func entries(of event: RepairEvent) -> [JournalEntry] {
        switch event {
        case .proposed(let proposed): [entry(of: proposed)]
        case .changed(let made): entries(of: made)
        }
    }

    /// What the journal is told of visits that were changed together.
    private func entries(of made: ScheduleChanged) -> [JournalEntry] {
        let isUndone = made.changes.contains { $0.action == .undone }
        let calls = Set(made.changes.filter { !PlanDifference($0).calls.isEmpty }.map(\.patient)).count
        let (count, unplaced) = (made.changedCount, made.unplaced.count)
        let what =
            switch made.purpose {
            case .repair: "repair"
            case .improvement: "improvement"
            case .goal: "room for a goal"
            }
        var text = "\(what) \(isUndone ? "taken back" : "made"): \(count == 1 ? "1 visit" : "\(count) visits") changed"
        if unplaced > 0 { text += ", \(unplaced) without a place" }
        if calls > 0 { text += ", \(calls == 1 ? "1 patient" : "\(calls) patients") to be called" }
        return [entry(.repairApplied, text, fields: [.count(count)])] + made.changes.compactMap(slipping)
    }

    /// What the journal is told of a repair that was proposed.
    private func entry(of proposed: RepairProposed) -> JournalEntry {
        let lost = proposed.lost.map { $0 == .clinic ? "the clinic's hours" : $0.id }
        let broken = proposed.broken
        let days = Set(broken.map(\.from.day)).sorted()
        let first = broken.map(\.from.minute).min().map { text(minute: $0) }
        let (changed, moved) = (proposed.moves.count, proposed.movedCount)
        let (unplaced, calls) = (proposed.unplaced.count, proposed.calls.count)
        var words = "repair \(proposed.proposal) proposed"
        if !lost.isEmpty { words += " for the loss of \(lost.joined(separator: ", "))" }
        if let day = days.first { words += days.count == 1 ? " on \(day)" : " on \(days.count) days from \(day)" }
        words += ": \(counted(changed, "visit")) would change, \(moved) of them at another time, "
        words += "\(unplaced) without a place; \(counted(calls, "patient")) to be called"
        let subjects: [JournalField] = proposed.lost.compactMap { subject in
            switch subject {
            case .person(let person): .person(person.text)
            case .chair(let chair): .chair(chair.text)
            case .clinic, .patient, .course, .visit: nil
            }
        }
        let figures: [JournalField] = [
            .proposal(proposed.proposal), .count(changed), .moved(moved), .unplaced(unplaced), .calls(calls),
        ]
        return entry(.repairProposed, words, fields: figures + subjects + (first.map { [.due($0)] } ?? []))
    }
}
