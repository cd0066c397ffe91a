import Planning
import StrictJSON
import Wire

/// What a change of staff, chairs or hours came to: what is recorded, and whom it hits.
func lossLines(_ reply: AvailabilityReply, _ what: String, isDryRun: Bool, _ style: Style) -> [String] {
    let ids = reply.ids.joined(separator: ", ")
    let event = reply.event.map { "\(ids.isEmpty ? "" : "\(ids), ")e\($0)" } ?? ""
    var lines = isDryRun ? [style.yellow("dry run: nothing is recorded")] : []
    lines.append(style.bold(what + (event.isEmpty ? "" : " (\(event))")))
    if let known = reply.known {
        let all = known.count == reply.ids.count
        lines.append("\(listed(known)) said so before\(all ? ": nothing is recorded again" : "")")
    }
    guard !reply.hits.isEmpty else { return lines }
    let count = reply.hits.count
    lines += ["", count == 1 ? "1 booked visit is hit:" : "\(count) booked visits are hit:", ""]
    lines += hitTable(reply.hits).lines(style) + peopleLines(reply.people, style)
    if !isDryRun { lines += ["", "what could be done: infusionctl repair"] }
    return lines
}

/// Visits that are against rules where they are.
func hitTable(_ hits: [HitMessage]) -> TextTable {
    var table = TextTable(
        ("start", .left), ("end", .left), ("visit", .left), ("patient", .left), ("phase", .left), ("chair", .left),
        ("with", .left), ("status", .left), ("breaks", .left))
    for hit in hits {
        let visit = hit.visit
        table.add(
            momentText(visit.start), clockText(visit.end), visit.id, visit.patient, visit.phase, visit.chair,
            attendantsText(visit.attendants), standingText(visit), hit.rules.joined(separator: ", "))
    }
    return table
}

/// Visits that an opening or a shift could help.
func gainLines(_ reply: ClinicInterface.FindGains.Reply, _ style: Style) -> [String] {
    guard !reply.gains.isEmpty else { return ["", "no visit waits for a place there"] }
    var table = TextTable(
        ("visit", .left), ("patient", .left), ("course", .left), ("no.", .right), ("phase", .left), ("why", .left),
        ("now", .left), ("could be", .left), ("chair", .left), ("with", .left))
    for gain in reply.gains {
        let why =
            switch gain.kind {
            case .lost: "not made up for"
            case .slipping: "the phase takes too long"
            case .waiting: "waits for it"
            case .unknown(let kind): kind
            }
        table.add(
            gain.visit, gain.patient, gain.course, "\(gain.number)", gain.phase, why,
            gain.instead.map(momentText) ?? "", momentText(gain.start), gain.chair, attendantsText(gain.attendants))
    }
    let count = counted(reply.gains.count, "visit")
    return ["", "\(count) could gain by it:", ""] + table.lines(style) + peopleLines(reply.people, style)
        + ["", "to take one up: \(reply.gains[0].line)"]
}

extension GainMessage {
    /// The command line that brings the visit there.
    fileprivate var line: String { "infusionctl visit move \(visit) --day \(start.day) --reason other" }
}
