import Planning
import Wire

/// What changes that belong together come to, or came to.
func rearrangementLines(_ reply: RearrangementReply, isApplied: Bool, _ style: Style) -> [String] {
    let found = reply.found
    var lines = [style.bold(found.headline + (reply.event.map { " (e\($0))" } ?? ""))]
    let table = differenceTable(found.differences, isRecorded: true, style)
    if !table.isEmpty { lines += [""] + table.lines(style) }
    for difference in found.differences where !difference.calls.isEmpty {
        lines += callLines(difference, isRecorded: true, style)
    }
    for unplaced in found.unplaced { lines += unplacedLines(unplaced, names: reply.people, style) }
    if !found.unresolved.isEmpty {
        lines += ["", style.bold("left as they are, against a rule:")]
        lines += hitTable(found.unresolved).lines(style)
        for hit in found.unresolved where hit.visit.status == .inProgress {
            lines.append(
                style.red(
                    "EMERGENCY: \(hit.visit.id) is under way, and nobody who is here can take over what is left of it: "
                        + "call somebody in (infusionctl staff on PERSON today HOURS), or end it"))
        }
    }
    lines += peopleLines(reply.people, style)
    if let doubt = found.doubt { lines += [""] + wrapped(doubt, to: min(style.columns, 100)).map(style.dim) }
    if let proposal = reply.proposal {
        let verb =
            switch found.purpose {
            case .repair, .goal: "repair"
            case .improvement, .unknown: "optimize"
            }
        lines += ["", "to do it: infusionctl \(verb) --apply \(proposal)"]
    }
    return lines
}

/// A visit that finds no place, and what closes the days that it could have had.
private func unplacedLines(_ unplaced: UnplacedMessage, names: [String: String], _ style: Style) -> [String] {
    let visit = unplaced.visit
    var lines = [
        "",
        style.bold(
            "\(visit.id) of \(Names.current.text(visit.patient)) finds no place "
                + "(visit \(visit.number), \(visit.phase))"),
    ]
    if unplaced.days.isEmpty { return lines + ["No day is within its gap and its windows."] }
    lines.append("The days that it could have had:")
    for sentence in HindranceWords(names: names, number: visit.number).sentences(unplaced.days) {
        lines += wrapped("- " + sentence, to: min(style.columns, 100), indent: "  ")
    }
    return lines
}

extension RearrangementMessage {
    /// What might be better still, where the search was cut short; and what certainly cannot.
    fileprivate var doubt: String? {
        if best { return nil }
        if purpose == .goal { return "the search was cut short: there may be a better way, or one at all" }
        switch proven {
        case .moves?:
            return "the search was cut short: fewer calls are not possible, nor fewer other visits at another time; "
                + "a repair with the same calls may cost less"
        case .calls?:
            return "the search was cut short: fewer calls are not possible; with the same calls fewer other visits may "
                + "have to move"
        case .unplaced?:
            let placed = unplaced.isEmpty ? "every visit keeps a place" : "no more visits can keep a place"
            return "the search was cut short: \(placed), but fewer calls may be possible"
        case .nothing?:
            return "the search was cut short: more visits may be able to keep a place, and fewer calls may be possible"
        case .best?, .unknown?, nil: return "the search was cut short: there may be something better"
        }
    }

    /// What happens to how many visits, in one line.
    fileprivate var headline: String {
        let changes = differences.flatMap(\.visits)
        let moved = changes.count { change in
            guard let before = change.before, let after = change.after, after.hasPlace else { return false }
            return before.start != after.start
        }
        let calls = Set(differences.filter { !$0.calls.isEmpty }.map(\.patient)).count
        let call = calls == 0 ? "nobody is to be called" : "\(counted(calls, "patient")) to be called"
        if purpose == .goal { return goalHeadline(call) }
        if purpose != .repair {
            guard !changes.isEmpty else { return "no visit that nobody was told of could be better" }
            return "\(counted(changes.count, "visit")) to better places, \(moved) of them at another time; "
                + "they cost \(gain ?? 0) less"
        }
        let when = day.map { " on \($0.spoken)" } ?? ""
        guard !broken.isEmpty else {
            if unresolved.isEmpty { return "no visit is against a rule\(when)" }
            return unresolved.contains { $0.visit.status == .inProgress }
                ? "nobody can take over a visit that is under way" : "nothing can be done\(when)"
        }
        let madeUp = changes.count { $0.before == nil }
        let swapped = changes.count { $0.after?.hasPlace ?? false } - moved - madeUp
        let parts = [
            swapped > 0 ? "\(swapped) with another person or chair" : nil,
            moved > 0 ? "\(moved) at another time" : nil,
            madeUp > 0 ? "\(madeUp) called off and made up" : nil,
            unplaced.isEmpty ? nil : "\(unplaced.count) without a place",
        ].compactMap(\.self)
        return "\(counted(broken.count, "visit")) against a rule\(when): \(listed(parts)); \(call)"
    }

    /// How a course ends its phase by its goal, in one line.
    private func goalHeadline(_ call: String) -> String {
        let goal = "\(phase ?? "a phase") of \(course ?? "a course")"
        let by = through.map { "by \($0.spoken)" } ?? "by its goal"
        if differences.isEmpty {
            if let ends, let through, ends <= through { return "\(goal) ends on \(ends.spoken), in time (\(by))" }
            return "no visits of others make room for \(goal) to end \(by)"
        }
        let yielding = differences.filter { $0.course != course }.flatMap(\.visits).count
        let who = "\(counted(yielding, "visit")) of others \(yielding == 1 ? "makes" : "make") room, and "
        return (yielding == 0 ? "" : who) + "\(goal) ends \(by); \(call)"
    }
}
