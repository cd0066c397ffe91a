import Wire

/// What a change came to, or would come to.
func changeLines(_ reply: ChangeReply, isDryRun: Bool, _ style: Style) -> [String] {
    let head = isDryRun ? [style.yellow("dry run: nothing is recorded")] : []
    let event = reply.event.map { " (e\($0))" } ?? ""
    guard let difference = reply.difference else {
        return head + [reply.recorded ? style.bold("done" + event) : "nothing changes in any course"]
    }
    return head + [style.bold(difference.headline + event)]
        + differenceLines(difference, isRecorded: reply.recorded, names: reply.people, style)
        + (reply.others ?? []).flatMap { other in
            ["", style.bold(other.headline)]
                + differenceLines(other, isRecorded: reply.recorded, names: [:], style)
        }
}

/// What changes in a course: its visits before and after, the cost, whom to call, and what found no place.
///
/// - Parameters:
///   - isRecorded: whether new visits have their ids.
///   - names: names of staff, by id.
func differenceLines(
    _ difference: PlanDifferenceMessage, isRecorded: Bool, names: [String: String], _ style: Style
) -> [String] {
    var lines: [String] = []
    if let before = difference.statusBefore, before != difference.statusAfter {
        let (before, after) = (spacedWords(before), spacedWords(difference.statusAfter))
        lines.append("\(difference.course): \(before) \(style.arrow) \(after)")
    }
    lines += (difference.gatesOpened ?? []).map { "the gate of \($0) is open" }
    if let day = difference.lateSince { lines.append("late: the next visit was due by \(day.spoken)") }
    let table = differenceTable([difference], isRecorded: isRecorded, style)
    if !table.isEmpty { lines += [""] + table.lines(style) }
    lines += costLines(difference, style)
    lines += callLines(difference, isRecorded: isRecorded, style)
    if let refusal = difference.unplaced {
        let what = difference.about.map { "\($0) is not made up for" } ?? "not everything has a place"
        lines += ["", style.bold("\(what): visit \(refusal.visit) (\(refusal.phase)) finds no place")]
        lines += refusalLines(refusal, names: names, columns: min(style.columns, 100))
    }
    lines += windowLines(difference, names: names, style)
    return lines + peopleLines(names, style) + freedLines(difference, isRecorded: isRecorded, style)
}

/// Visits before and after; several courses one after the other, each visit with its course where there are several.
func differenceTable(_ differences: [PlanDifferenceMessage], isRecorded: Bool, _ style: Style) -> TextTable {
    var table = TextTable(
        ("course", .left), ("no.", .right), ("visit", .left), ("phase", .left), ("before", .left), ("after", .left),
        ("chair", .left), ("with", .left), ("covered by", .left), ("status", .left))
    for difference in differences {
        for change in difference.visits.inCourseOrder {
            guard let visit = change.after ?? change.before else { continue }
            func both(_ text: (VisitMessage) -> String) -> String {
                let (before, after) = (change.before.map(text) ?? "", change.after.map(text) ?? "")
                if before == after || before.isEmpty { return after }
                if change.after == nil { return before }
                return "\(before) \(style.arrow) \(after.isEmpty ? "none" : after)"
            }
            table.add(
                differences.count > 1 ? difference.course : "", "\(visit.number)",
                change.before == nil && !isRecorded ? "new" : change.id, visit.phase, change.beforeText,
                change.afterText, both(\.chair), both { attendantsText($0.attendants) },
                both { coversText($0.covers) }, change.standing(style))
        }
    }
    return table
}

extension VisitChangeMessage {
    /// Where it stands, and where it stood if that is elsewhere; what belongs to it as it is now.
    fileprivate func standing(_ style: Style) -> String {
        guard let after else { return before.map { "\(spacedWords($0.status)) \(style.arrow) taken back" } ?? "" }
        guard let before, before.status != after.status else { return standingText(after) }
        return "\(spacedWords(before.status)) \(style.arrow) \(standingText(after))"
    }

    /// The place that it had.
    fileprivate var beforeText: String { before.map { $0.hasPlace ? momentText($0.start) : "" } ?? "" }

    /// The place that it has; that it stays, or that it has none any more.
    fileprivate var afterText: String {
        guard let after, after.hasPlace else { return before?.hasPlace ?? false ? "no more" : "" }
        return before.map { $0.hasPlace && $0.start == after.start } ?? false ? "stays" : momentText(after.start)
    }
}

extension VisitMessage {
    /// Whether it takes its planned place.
    var hasPlace: Bool {
        switch status {
        case .tentative, .confirmed, .arrived, .inProgress, .completed, .unknown: true
        case .noShow, .notTreated, .cancelled, .omitted: false
        }
    }

    /// Whether the patient is still to come.
    var isToCome: Bool { status == .tentative || status == .confirmed }
}

/// Where a visit stands, with all that belongs to it: cancelled late; not treated, no escort; tentative, to be told.
func standingText(_ visit: VisitMessage) -> String {
    var text = statusText(visit)
    if visit.told, visit.isToCome { text += ", told" }
    if visit.needsCall ?? false, visit.isToCome { text += ", to be told" }
    if visit.pinned { text += ", pinned" }
    if !(visit.overrides ?? []).isEmpty {
        text += ", without " + listed((visit.overrides ?? []).map(\.rule))
    }
    return text
}

/// Its status, with what is known of it.
private func statusText(_ visit: VisitMessage) -> String {
    let status = spacedWords(visit.status)
    guard let detail = visit.detail else { return status }
    return switch visit.status {
    case .cancelled: "\(status) \(spacedWords(detail))"
    case .completed: detail == "partial" ? "\(status) in part" : status
    case .notTreated: "\(status), \(spacedWords(detail))"
    case .tentative, .confirmed, .arrived, .inProgress, .noShow, .omitted, .unknown: status
    }
}

extension [VisitChangeMessage] {
    /// By number in the course; of one number first the visit that was there before.
    fileprivate var inCourseOrder: [VisitChangeMessage] {
        func place(_ change: VisitChangeMessage) -> (Int, Int) {
            ((change.after ?? change.before)?.number ?? 0, change.before == nil ? 1 : 0)
        }
        return sorted { place($0) < place($1) }
    }
}

private func costLines(_ difference: PlanDifferenceMessage, _ style: Style) -> [String] {
    let (before, after) = (difference.costBefore, difference.costAfter)
    guard before != after || difference.costOfMoving > 0 else { return [] }
    let moving =
        difference.costOfMoving > 0 ? ", and \(difference.costOfMoving) for changing what the patient was told" : ""
    let isNew = difference.visits.allSatisfy { !($0.before?.hasPlace ?? false) }
    let cost = isNew ? "\(after)" : before == after ? "stays \(after)" : "\(before) \(style.arrow) \(after)"
    return ["", "cost of these visits \(cost)\(moving)"]
}

/// Whom to call, and what to say.
func callLines(_ difference: PlanDifferenceMessage, isRecorded: Bool, _ style: Style) -> [String] {
    let changes = difference.visits.inCourseOrder.filter { difference.calls.contains($0.id) }
    guard !changes.isEmpty else { return [] }
    let phone = Names.current.areHidden ? nil : difference.called?.phone
    let who = [Names.current.text(difference.patient), phone].compactMap(\.self).joined(separator: ", ")
    return ["", style.bold("to call: \(who)")] + changes.map { "  " + $0.news(isRecorded: isRecorded) }
}

extension VisitChangeMessage {
    /// What the patient is told.
    fileprivate func news(isRecorded: Bool) -> String {
        let name = before != nil ? id : isRecorded ? "\(id), a new visit," : "a new visit"
        let had = before.flatMap { $0.hasPlace ? $0.start : nil }
        guard let after, after.hasPlace else {
            return "\(name)\(had.map { " on \(spoken($0))" } ?? "") will not take place"
        }
        guard let had, had != after.start else { return "\(name) is on \(spoken(after.start))" }
        return "\(name) is on \(spoken(after.start)) instead of \(spoken(had))"
    }

    private func spoken(_ instant: ZonedInstant) -> String { "\(instant.day.spoken) at \(clockText(instant))" }
}

extension Style {
    /// From one thing to another.
    var arrow: String { hasUnicode ? "→" : "->" }
}
