import Planning
import Wire

/// The morning sheet: the day in a line, then what there is of each kind, most urgent first.
func sheetLines(_ reply: ClinicInterface.Today.Reply, _ style: Style) -> [String] {
    let open = reply.open.isEmpty ? "closed" : "open \(clockText(reply.open))"
    var head = "\(style.bold(reply.day.long))   \(open)   \(counted(reply.visits, "visit"))"
    if let first = reply.first, let last = reply.last { head += " from \(clockText(first)) to \(clockText(last))" }
    if reply.visits > 0 { head += ", \(reply.confirmed) confirmed" }
    var lines = [head]
    let newer = Set(reply.lines.map(\.kind)).subtracting(SheetCode.known).sorted { $0.code < $1.code }
    lines += callsAhead(reply).map { [style.bold($0)] } ?? []
    for kind in SheetCode.known + newer {
        let own = reply.lines.filter { $0.kind == kind }
        guard !own.isEmpty else { continue }
        let title = "\(kind.title) (\(own.count))"
        lines += ["", kind.isUrgent ? style.red(title) : style.bold(title)]
        var table = TextTable(
            ("time", .left), ("visit", .left), ("patient", .left), ("what", .left), ("chair", .left))
        for line in own {
            let when = line.start.map { clockText($0) } ?? line.due.map { dueText($0, on: reply.day) } ?? ""
            let isOfCourse = [.slipping, .wayBack, .yielding, .noDayInHand, .gate, .review].contains(kind)
            let subject = (isOfCourse ? line.course : line.visit) ?? line.person ?? ""
            let what = kind == .call ? sheetCallText(line) : (line.detail ?? "") + callsText(line)
            table.add(when, subject, line.patient ?? "", what, line.chair ?? "")
        }
        lines += table.lines(style, hasHeaders: false).map { "  " + $0 }
        if let hint = kind.hint { lines.append(style.dim("  " + hint)) }
    }
    if reply.lines.isEmpty { lines += ["", "nothing is missing and nothing is due"] }
    return lines
}

/// How many calls must be made before the clinic is open again, where it is closed on the next day.
private func callsAhead(_ reply: ClinicInterface.Today.Reply) -> String? {
    let calls = reply.lines.count { $0.kind == .call }
    guard let reopens = reply.reopens, calls > 0 else { return nil }
    let closed = (1..<(reopens - reply.day)).map { reply.day + $0 }
    let what = closed.contains { $0.weekday == .sun } ? closed.count > 2 ? "long weekend" : "weekend" : "closed days"
    return "before the \(what): \(counted(calls, "call")); open again \(reopens.spoken)"
}

/// Whether a way back to a goal takes a call.
private func callsText(_ line: SheetLineMessage) -> String {
    guard let calls = line.calls else { return "" }
    if line.kind == .yielding {
        return calls == 0 ? ", and nobody is to be called" : ", with \(counted(calls, "patient")) to be called"
    }
    return calls == 0 ? ", and nobody is to be called" : ", with a call about \(counted(calls, "visit"))"
}

extension SheetCode {
    /// What the lines of the kind are about.
    fileprivate var title: String {
        switch self {
        case .call: "to be called"
        case .staffing: "chair or staff are not there"
        case .prerequisite: "missing, and may not start without"
        case .escort: "no escort is known"
        case .unauthorised: "not authorised by the payer"
        case .unrecorded: "of earlier days, and nobody has recorded what became of it"
        case .gate: "a gate is to be decided on"
        case .baseline: "a score is to be taken before the infusion: a gate compares with it"
        case .unconfirmed: "not confirmed"
        case .firstVisit: "here for the first time"
        case .lastAuthorised: "the last visit that the payer has granted"
        case .authorisationShort: "beyond what the payer has granted"
        case .score: "a score is to be taken"
        case .task: "forms and tasks"
        case .review: "a course is to be looked at"
        case .makeUp: "a lost visit has no new place"
        case .slipping: "will not end in time as booked"
        case .wayBack: "and yet a plan ends in time"
        case .yielding: "and yet it ends in time where visits of others make room"
        case .noDayInHand: "in time, but the next loss breaks the window"
        case .credentialExpiring: "credentials that end"
        case .unknown(let code): spacedWords(code)
        }
    }

    /// Whether somebody must see to it today.
    fileprivate var isUrgent: Bool {
        switch self {
        case .call, .staffing, .prerequisite, .escort, .unauthorised, .unrecorded, .gate, .baseline: true
        case .unconfirmed, .firstVisit, .lastAuthorised, .authorisationShort, .score, .task, .review, .makeUp,
            .slipping, .wayBack, .yielding, .noDayInHand, .credentialExpiring, .unknown:
            false
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .call: "infusionctl calls has the numbers, and what to say"
        case .staffing: "infusionctl repair shows what would have to move"
        case .escort: "infusionctl visit escort VISIT, when somebody is"
        case .unrecorded: "infusionctl visit discharge VISIT (or no-show, not-treated)"
        case .unconfirmed: "infusionctl calls list has the numbers"
        case .gate: "infusionctl assess COURSE MEASURE SCORE, or infusionctl course gate COURSE PHASE open"
        case .baseline, .score: "infusionctl assess COURSE MEASURE SCORE"
        case .authorisationShort: "infusionctl authorisation add, once the payer has said yes"
        case .review, .task: "infusionctl task done COURSE TASK; infusionctl task list has the tasks"
        case .slipping: "infusionctl course catch-up COURSE --reason clinical --dry-run looks for a way back"
        case .wayBack: "infusionctl course catch-up COURSE --reason clinical makes it (--dry-run shows it first)"
        case .yielding: "infusionctl repair --course COURSE shows who makes room, and whom to call"
        case .prerequisite, .unauthorised, .firstVisit, .lastAuthorised, .makeUp, .noDayInHand, .credentialExpiring,
            .unknown:
            nil
        }
    }
}

/// A due day as it is said on a day: today, 3 days ago.
private func dueText(_ due: Day, on day: Day) -> String {
    let days = day - due
    return days == 0 ? "today" : days == 1 ? "yesterday" : days > 1 ? "\(days) days ago" : due.short
}
