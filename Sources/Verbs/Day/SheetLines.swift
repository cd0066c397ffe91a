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
            let what = kind.name == "call" ? sheetCallText(line) : line.detail ?? ""
            table.add(when, subject, line.patient, line.name ?? "", what, line.chair ?? "")
        }
        lines += table.lines(style, hasHeaders: false).map { "  " + $0 }
        if let hint = kind.hint { lines.append(style.dim("  " + hint)) }
    }
    if reply.lines.isEmpty { lines += ["", "nothing is missing and nothing is due"] }
    return lines
}

private let sheetKinds: [(name: String, title: String, isUrgent: Bool, hint: String?)] = [
    ("call", "to be called", true, "infusionctl calls has the numbers, and what to say"),
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
