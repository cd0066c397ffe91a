import Planning
import Wire

/// What was recorded of a visit's day, and what follows from it for others.
func recordedLines(
    _ reply: ClinicInterface.RecordFact.Reply, _ kind: FactCode, isDryRun: Bool, _ style: Style
) -> [String] {
    let visit = reply.found
    let head = isDryRun ? [style.yellow("dry run: nothing is recorded")] : []
    let event = reply.event.map { " (e\($0))" } ?? ""
    let fact = (visit.facts ?? []).last { $0.kind == kind }
    let said = fact.map { "\(visit.id): \(factWords($0, visit))" } ?? "\(visit.id): recorded"
    return head + [style.bold(said + event)] + takenUpLines(reply) + overrideLines(visit, kind)
        + takenLines(reply, kind, style) + pushLines(reply.following, reply.people, style)
}

/// What was set right, and what follows from it for others.
func correctedLines(_ reply: ClinicInterface.CorrectFact.Reply, isDryRun: Bool, _ style: Style) -> [String] {
    let visit = reply.found
    let head = isDryRun ? [style.yellow("dry run: nothing is recorded")] : []
    let event = reply.event.map { " (e\($0))" } ?? ""
    let facts = (visit.facts ?? []).map { "  " + factWords($0, visit) }
    let moved = reply.movedFrom.map { "  it is of \(momentText(visit.start)) now, not \(momentText($0))" }
    let stays = reply.notBackTo.map { before in
        [
            "  it stays on \(momentText(visit.start)): its place on \(momentText(before)) is no longer free; another:",
            "    infusionctl visit move \(visit.id) --reason other --dry-run",
        ]
    }
    return head + [style.bold("\(visit.id) is set right\(event)")] + [moved].compactMap(\.self) + (stays ?? []) + facts
        + pushLines(reply.following, reply.people, style)
}

/// Who still sits in the visit's chair, and which chairs are free.
private func takenLines(_ reply: ClinicInterface.RecordFact.Reply, _ kind: FactCode, _ style: Style) -> [String] {
    guard let taken = reply.taken, kind == .arrived || kind == .started || kind == .stageBegun else { return [] }
    let until = clockText(taken.until)
    let who = "\(taken.visit) (\(taken.patient))"
    let lines = [style.red("  \(taken.chair) is still taken by \(who), until \(until) or so")]
    guard let first = taken.free.first else { return lines + ["  no chair that would do is free"] }
    let verb = kind == .stageBegun ? "next" : "start"
    let line = "infusionctl visit \(verb) \(reply.found.id) --chair \(first)"
    let isAhead = kind == .arrived || !reply.recorded
    return lines + ["  free: \(listed(taken.free))"] + (isAhead ? ["  \(line)"] : [])
}

/// That the fact took a loss back, or brought the visit to its day.
private func takenUpLines(_ reply: ClinicInterface.RecordFact.Reply) -> [String] {
    let visit = reply.found
    var lines: [String] = []
    if let loss = reply.tookBack { lines.append("  it is no longer \(statusWords(loss)): the patient came") }
    for other in reply.calledOff ?? [] {
        let told = other.told ? ", and the patient must be told" : ""
        lines.append("  \(other.id), \(momentText(other.start)), was to make up for it and is called off\(told)")
    }
    for other in reply.movedBack ?? [] {
        let told = other.needsCall ?? false ? ", and the patient must be told" : ""
        lines.append("  \(other.id) is on \(momentText(other.start)) again\(told)")
    }
    if let before = reply.movedFrom {
        lines.append("  it is moved here from \(momentText(before)): \(momentText(visit.start)), \(visit.chair)")
    }
    return lines
}

/// A status that ends a visit, in words.
private func statusWords(_ status: VisitStatusCode) -> String {
    switch status {
    case .noShow: "a no-show"
    case .notTreated: "not treated"
    case .cancelled: "cancelled"
    case .omitted: "left out"
    case .tentative, .confirmed, .arrived, .inProgress, .completed, .unknown: status.code
    }
}

/// What happened, in words.
func factWords(_ fact: FactMessage, _ visit: VisitMessage) -> String {
    let time = clockText(fact.at)
    switch fact.kind {
    case .arrived: return "\(Names.current.who(visit.patient)) came at \(time), \(offset(fact.at, visit.start))"
    case .escortConfirmed: return "an escort is known since \(time)"
    case .checkMet: return "\(fact.detail ?? "a check") met at \(time)"
    case .started:
        return "\(visit.stages.first?.name ?? "the first stage") began at \(time), "
            + offset(fact.at, visit.stages.first?.start ?? visit.start)
    case .stageBegun:
        let stage = fact.number.flatMap { visit.stages.indices.contains($0) ? visit.stages[$0] : nil }
        return "\(stage?.name ?? "a stage") began at \(time)" + (stage.map { ", \(offset(fact.at, $0.start))" } ?? "")
    case .paused: return "interrupted at \(time)"
    case .continued: return "went on at \(time)"
    case .delayed: return "begins \(lengthText(fact.number ?? 0)) later than planned"
    case .discharged:
        let given = fact.detail == "partial" ? ", given in part" : ""
        return "\(Names.current.who(visit.patient)) left at \(time), \(offset(fact.at, visit.end))\(given)"
    case .overridden: return "begun without \(fact.detail ?? "what was missing")"
    case .called: return "called at \(time): \(outcomeWords(CallOutcomeCode(fact.detail ?? "")))"
    case .seated: return "in \(fact.detail ?? "another chair") since \(time)"
    case .attended:
        let parts = (fact.detail ?? "").split(separator: "=").map(String.init)
        return parts.count == 2 ? "\(parts[1]) as \(parts[0]) since \(time)" : "somebody else since \(time)"
    case .unknown(let kind): return "\(kind) at \(time)"
    }
}

/// What came of a call, in words.
func outcomeWords(_ outcome: CallOutcomeCode) -> String {
    switch outcome {
    case .reached: "reached"
    case .messageLeft: "message left"
    case .declined: "cannot come then"
    case .wrongNumber: "wrong number"
    case .never: "nobody is to call"
    case .unknown(let code): code
    }
}

/// How much earlier or later than planned: on time, 5 minutes late.
private func offset(_ actual: ZonedInstant, _ planned: ZonedInstant) -> String {
    let minutes = actual.minute - planned.minute
    if minutes == 0 { return "on time" }
    return "\(lengthText(abs(minutes))) \(minutes > 0 ? "late" : "early")"
}

/// So many minutes, in hours where there are many.
private func lengthText(_ minutes: Int) -> String {
    if minutes < 120 { return counted(minutes, "minute") }
    return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
}

private func overrideLines(_ visit: VisitMessage, _ kind: FactCode) -> [String] {
    guard kind == .started else { return [] }
    return (visit.facts ?? []).filter { $0.kind == .overridden }.map { "  begun without \($0.detail ?? "")" }
}

/// The later visits that are pushed, and how each could begin as planned.
private func pushLines(_ following: [PushMessage], _ people: [String: String], _ style: Style) -> [String] {
    guard !following.isEmpty else { return [] }
    var table = TextTable(
        ("pushes", .left), ("patient", .left), ("chair", .left), ("planned", .left), ("would begin", .left),
        ("or as planned with", .left))
    var hints: [String] = []
    for push in following {
        let begin = push.minutes.map { minutes in
            clockText(ZonedInstant(second: push.start.second + minutes * 60, offset: push.start.offset))
                + " (+\(minutes) min)"
        }
        var swap = push.otherChair.map { [$0] } ?? []
        swap += (push.otherAttendants ?? [:]).sorted { $0.key < $1.key }.map { label, person in
            people[person].map { "\(person) (\($0))" } ?? "\(person) as \(label)"
        }
        table.add(
            push.visit, push.patient, push.chair, clockText(push.start), begin ?? "not today any more",
            swap.isEmpty ? "nothing: delay or move it" : swap.joined(separator: ", "))
        if let line = swapLine(push) { hints.append(line) }
    }
    return [""] + table.lines(style) + (hints.isEmpty ? [] : ["", "to keep the time:"] + hints.map { "  " + $0 })
}

/// The command that makes a swap.
private func swapLine(_ push: PushMessage) -> String? {
    guard push.otherChair != nil || push.otherAttendants != nil else { return nil }
    let chair = push.otherChair.map { " --chair \($0)" } ?? ""
    let persons = (push.otherAttendants ?? [:]).sorted { $0.key < $1.key }.map { " --person \($0.key)=\($0.value)" }
    return "infusionctl visit move \(push.visit) --day \(push.start.day) --at \(clockText(push.start))\(chair)"
        + persons.joined() + " --reason staffing"
}

/// The stages of a visit, planned and as they were, and what else happened.
func stageLines(_ visit: VisitMessage, _ style: Style) -> [String] {
    let facts = visit.facts ?? []
    var begun: [Int: ZonedInstant] = [:]
    for fact in facts {
        if fact.kind == .started { begun[0] = fact.at }
        if fact.kind == .stageBegun, let stage = fact.number { begun[stage] = fact.at }
    }
    let left = facts.last { $0.kind == .discharged }?.at
    var table = TextTable(
        ("stage", .left), ("from", .left), ("until", .left), ("began", .left), ("ended", .left), ("took", .right),
        ("planned", .right))
    for (index, stage) in visit.stages.enumerated() {
        let from = begun[index]
        let until = (index + 1..<visit.stages.count + 1).lazy.compactMap { begun[$0] }.first ?? left
        let took = from.flatMap { from in until.map { "\($0.minute - from.minute) min" } }
        table.add(
            stage.name, clockText(stage.start), clockText(stage.end), from.map { clockText($0) } ?? "",
            from == nil ? "" : until.map { clockText($0) } ?? "", took ?? "",
            took == nil ? "" : "\(stage.end.minute - stage.start.minute) min")
    }
    let others = facts.filter { $0.kind != .started && $0.kind != .stageBegun }
    return table.lines(style) + (others.isEmpty ? [] : [""] + others.map { "  " + factWords($0, visit) })
}
