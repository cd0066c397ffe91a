import Planning
import Wire

/// The morning sheet: the day in a line, then what there is of each kind, most urgent first.
func sheetLines(_ reply: ClinicInterface.Today.Reply, _ style: Style) -> [String] {
    let open = reply.open.isEmpty ? "closed" : "open \(clockText(reply.open))"
    var head = "\(style.bold(reply.day.long))   \(open)   \(counted(reply.visits, "visit"))"
    if let first = reply.first, let last = reply.last { head += " from \(clockText(first)) to \(clockText(last))" }
    if reply.visits > 0 { head += ", \(reply.confirmed) confirmed" }
    var lines = [head]
    for kind in sheetKinds {
        let own = reply.lines.filter { $0.kind == kind.name }
        guard !own.isEmpty else { continue }
        let title = "\(kind.title) (\(own.count))"
        lines += ["", kind.isUrgent ? style.red(title) : style.bold(title)]
        var table = Table(
            ("time", .left), ("visit", .left), ("patient", .left), ("name", .left), ("what", .left), ("chair", .left))
        for line in own {
            let when = line.start.map { clockText($0) } ?? line.due.map { dueText($0, on: reply.day) } ?? ""
            let subject = kind.name == "slipping" ? line.course : line.visit
            table.add(when, subject, line.patient, line.name ?? "", line.detail ?? "", line.chair ?? "")
        }
        lines += table.lines(style, hasHeaders: false).map { "  " + $0 }
        if let hint = kind.hint { lines.append(style.dim("  " + hint)) }
    }
    if reply.lines.isEmpty { lines += ["", "nothing is missing and nothing is due"] }
    return lines
}

private let sheetKinds: [(name: String, title: String, isUrgent: Bool, hint: String?)] = [
    ("staffing", "chair or staff are not there", true, "infusionctl repair shows what would have to move"),
    ("prerequisite", "missing, and may not start without", true, nil),
    ("escort", "no escort is known", true, "infusionctl visit escort VISIT, when somebody is"),
    ("unauthorised", "not authorised by the payer", true, nil),
    (
        "unrecorded", "of earlier days, and nobody has recorded what became of it", true,
        "infusionctl visit discharge, no-show or not-treated"
    ),
    ("unconfirmed", "not confirmed", false, "infusionctl calls list has the numbers"),
    ("firstVisit", "here for the first time", false, nil),
    ("lastAuthorised", "the last visit that the payer has granted", false, nil),
    ("score", "a score is to be taken", false, "infusionctl assess COURSE MEASURE SCORE"),
    ("task", "forms and tasks", false, nil),
    ("review", "a course is to be looked at", false, nil),
    ("makeUp", "a lost visit has no new place", false, nil),
    (
        "slipping", "will not end in time as booked", false,
        "infusionctl course catch-up COURSE --reason clinical --dry-run looks for a way back"
    ),
]

/// A due day as it is said on a day: today, 3 days ago.
private func dueText(_ due: Day, on day: Day) -> String {
    let days = day - due
    return days == 0 ? "today" : days == 1 ? "yesterday" : days > 1 ? "\(days) days ago" : due.short
}

/// Whom to call, most urgent first.
func callListLines(_ reply: ClinicInterface.ListCalls.Reply, _ style: Style) -> [String] {
    var table = Table(
        ("call", .left), ("by", .left), ("patient", .left), ("name", .left), ("phone", .left), ("why", .left),
        ("visit", .left), ("so far", .left))
    for call in reply.calls {
        let who = call.recordNumber ?? call.patient
        table.add(
            call.visit, byText(call.due, now: reply.now), who, call.name ?? "", call.phone ?? "",
            call.purposes.map(purposeWords).joined(separator: ", "), momentText(call.start), attemptText(call))
    }
    let later = reply.later > 0 ? [style.dim("\(counted(reply.later, "more call")) due later")] : []
    guard !table.isEmpty else { return ["nobody is to be called"] + later }
    let overdue = reply.calls.count { $0.due <= reply.now }
    let head = counted(reply.calls.count, "call") + (overdue > 0 ? ", \(overdue) overdue" : "")
    return [style.bold(head)] + table.lines(style)
        + ["", style.dim("infusionctl calls done CALL reached, message-left or declined")] + later
}

private func byText(_ due: ZonedInstant, now: ZonedInstant) -> String {
    if due <= now { return "now" }
    return due.day == now.day ? "today \(clockText(due))" : "\(due.day.short.prefix(6)) \(clockText(due))"
}

private func attemptText(_ call: PhoneCallMessage) -> String {
    guard let outcome = call.lastOutcome, let at = call.lastAt else { return "" }
    let count = call.attempts > 1 ? "\(call.attempts) calls, " : ""
    return "\(count)\(outcomeWords(outcome)) \(at.day.short.prefix(6)) \(clockText(at))"
}

private func purposeWords(_ purpose: String) -> String {
    switch purpose {
    case "late": "is not here"
    case "newTime": "cannot come then: find another time"
    case "moved": "tell the new time"
    case "confirm": "agree on the time"
    case "escort": "who takes them home?"
    case "reminder": "remind"
    case "makeUp": "find a time for the lost visit"
    default: purpose
    }
}

/// What came of a call, and where its visit stands.
func callDoneLines(
    _ reply: ClinicInterface.RecordCall.Reply, _ outcome: String, isDryRun: Bool, _ style: Style
) -> [String] {
    let visit = reply.found
    let head = isDryRun ? [style.yellow("dry run: nothing is recorded")] : []
    let event = reply.event.map { " (e\($0))" } ?? ""
    let when = "\(visit.start.day.spoken) at \(clockText(visit.start))"
    var lines = head + [style.bold("\(visit.id), \(when): \(outcomeWords(outcome))\(event)")]
    switch outcome {
    case "reached":
        lines.append("  it is \(standingText(visit))")
    case "declined":
        lines.append("  to find another time: infusionctl visit move \(visit.id) --reason patient-request --dry-run")
    default: break
    }
    return lines
}
