import Wire

/// Whom to call, most urgent first: by when, who, every reason in a sentence, and what to type.
func callListLines(_ reply: ClinicInterface.ListCalls.Reply, through: String?, _ style: Style) -> [String] {
    let later = reply.later > 0 ? [style.dim("\(counted(reply.later, "more call")) due later")] : []
    guard !reply.calls.isEmpty else { return ["nobody is to be called"] + later }
    let overdue = reply.calls.count { $0.due <= reply.now }
    var lines = [style.bold(counted(reply.calls.count, "call") + (overdue > 0 ? ", \(overdue) now" : ""))]
    let by = reply.calls.map { byText($0.due, now: reply.now) }
    let width = (by.map(\.count).max() ?? 0) + 2
    for (call, by) in zip(reply.calls, by) {
        let known = [
            call.name, call.recordNumber, Names.current.distinction(call.patient), call.phone, call.patient,
        ]
        let who = Names.current.areHidden ? call.patient : known.compactMap(\.self).joined(separator: ", ")
        let attempt = attemptText(call).map { "   " + style.dim($0) } ?? ""
        let head = by + String(repeating: " ", count: width - by.count)
        let margin = String(repeating: " ", count: width)
        lines += ["", (call.due <= reply.now ? style.red(head) : head) + style.bold(who) + attempt]
        lines += (call.reasons ?? []).map { margin + reasonText($0) }
        lines += linesToType(call, through: through).map { margin + style.dim($0) }
    }
    return lines + (later.isEmpty ? [] : [""] + later)
}

/// Why a patient is on the morning sheet's list of calls.
func sheetCallText(_ line: SheetLineMessage) -> String {
    (line.detail ?? "").split(separator: ",").map { purpose in
        switch CallPurposeCode(String(purpose.drop { $0 == " " })) {
        case .late: "is not here"
        case .calledOff: "a visit will not take place"
        case .changed: "a visit is at another time"
        case .lost: "find another time"
        case .agree: "agree on a time"
        case .ready: "something is missing"
        case .unknown: String(purpose)
        }
    }.joined(separator: ", ")
}

private func byText(_ due: ZonedInstant, now: ZonedInstant) -> String {
    if due <= now { return "now" }
    return due.day == now.day ? "today \(clockText(due))" : "\(due.day.short.prefix(6)) \(clockText(due))"
}

private func attemptText(_ call: PhoneCallMessage) -> String? {
    guard let outcome = call.lastOutcome, let at = call.lastAt else { return nil }
    let count = call.attempts > 1 ? "\(call.attempts) calls, " : ""
    return "\(count)\(outcomeWords(outcome)) \(at.day.short.prefix(6)) \(clockText(at))"
}

/// What there is to say about a visit, in a sentence.
private func reasonText(_ reason: CallReasonMessage) -> String {
    let booked = "\(reason.start.day.spoken) at \(clockText(reason.start))"
    let told = reason.told.map { "\($0.day.spoken) at \(clockText($0))" }
    switch reason.purpose {
    case .late: return "\(reason.visit) is not here: it was to begin \(booked)"
    case .calledOff where reason.givenAway ?? false:
        let when = told.map { ", told for \($0)," } ?? ""
        return "\(reason.visit)\(when) was booked for the wrong patient: it is not theirs"
    case .calledOff: return "\(reason.visit), told for \(told ?? booked), will not take place"
    case .changed:
        return told.map { "\(reason.visit) is \(booked) now, told for \($0)" }
            ?? "\(reason.visit) is \(booked), and they were told something else"
    case .lost:
        let isBooked = reason.status == .tentative || reason.status == .confirmed
        return "\(reason.visit), \(booked), \(isBooked ? "does not suit" : "is lost"): find another time"
    case .agree: return "\(reason.visit) is \(booked): agree on the time"
    case .ready: return "\(reason.visit) is \(booked), still missing: \(listed(reason.missing.map(missingText)))"
    case .unknown(let purpose): return "\(reason.visit): \(purpose)"
    }
}

/// What a patient, or somebody for them, must see to; prerequisites have the clinic's own names.
private func missingText(_ name: String) -> String {
    ["escort": "who takes them home", "authorisation": "the payer's yes", "fasting": "the reminder to fast"][name]
        ?? name
}

/// What to type: that they were reached, and where a place is to be found, what looks for one.
private func linesToType(_ call: PhoneCallMessage, through: String?) -> [String] {
    let through = through.map { " --through \"\($0)\"" } ?? ""
    let isTold = call.purposes.contains { $0 != .lost }
    let lost = (call.reasons ?? []).filter { $0.purpose == .lost }
    // By the visit alone the call would be one to the patient whose it is now.
    let isOthers = call.reasons?.first?.givenAway ?? false
    let patient = isOthers ? " --patient \(call.patient)" : ""
    return (isTold ? ["infusionctl calls done \(call.visit) reached\(patient)\(through)"] : [])
        + lost.map { "infusionctl visit move \($0.visit) --reason patient-request --dry-run" }
}

/// What came of a call, and where its visits stand.
func callDoneLines(
    _ reply: ClinicInterface.RecordCall.Reply, _ outcome: CallOutcomeCode, to patient: String?, isDryRun: Bool,
    _ style: Style
) -> [String] {
    let visit = reply.found
    let head = isDryRun ? [style.yellow("dry run: nothing is recorded")] : []
    let event = reply.event.map { " (e\($0))" } ?? ""
    func when(_ visit: VisitMessage) -> String { "\(visit.start.day.spoken) at \(clockText(visit.start))" }
    var lines = head + [style.bold("\(visit.id), \(when(visit)): \(outcomeWords(outcome))\(event)")]
    switch outcome {
    case .reached:
        let isOthers = patient.map { $0 != visit.patient } ?? false
        lines.append(isOthers ? "  they know that it is not theirs" : "  it is \(standingText(visit))")
        lines += (reply.others ?? []).map { "  so are \($0.id), \(when($0)): \(standingText($0))" }
    case .declined: lines += declinedLines(reply, style)
    case .wrongNumber:
        lines.append("  once it is found: infusionctl task done \(visit.course) \(visit.id)/number")
    case .messageLeft, .never, .unknown: break
    }
    return lines
}

/// What was done about a visit that was declined, or could be, each with the line to type.
private func declinedLines(_ reply: ClinicInterface.RecordCall.Reply, _ style: Style) -> [String] {
    let id = reply.found.id
    if let difference = reply.difference {
        let done = ChangeReply(
            recorded: reply.recorded, event: reply.event, difference: difference, people: reply.people)
        return changeLines(done, isDryRun: false, style)
    }
    guard let instead = reply.instead else {
        return ["  to find another time: infusionctl visit move \(id) --reason patient-request --dry-run"]
    }
    var lines: [String] = []
    func propose(_ other: OtherPlaceMessage?, _ which: String) {
        guard let other else { return }
        let dearer = other.cost > 0 ? ", \(other.cost) dearer" : ""
        lines += [
            "  \(which) the best time is \(other.start.day.spoken) at \(clockText(other.start)) on "
                + "\(other.chair)\(dearer); they agree to it:",
            "    infusionctl visit move \(id) --day \(other.start.day) --at \(clockText(other.start)) --plan "
                + "--reason patient-request --told",
        ]
    }
    propose(instead.sameDay, "on the same day")
    propose(instead.otherDay, "on another day")
    if lines.isEmpty { lines.append("  there is no other time for it") }
    lines.append("  called off now it would be \(instead.notice):")
    lines.append("    infusionctl visit cancel \(id) --reason patient-request")
    return lines
}
