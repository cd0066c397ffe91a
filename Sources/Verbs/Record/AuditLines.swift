import Planning
import Wire

/// Who did what: each with when, who, why, and what changed.
func auditLines(_ reply: ClinicInterface.Audit.Reply, _ style: Style) -> [String] {
    var lines: [String] = []
    var wasRead = false
    for entry in reply.entries {
        // Who read stands in one block.
        if !lines.isEmpty, entry.event != nil || !wasRead { lines.append("") }
        wasRead = entry.event == nil
        lines += entryLines(entry, style)
    }
    if let before = reply.before {
        lines += ["", style.dim("there are older ones: the same with --before \(before)")]
    }
    return lines
}

private func entryLines(_ entry: AuditEntryMessage, _ style: Style) -> [String] {
    let number = entry.event.map { "e\($0)" } ?? "read"
    let who = "\(entry.user) (uid \(entry.uid))"
    // What goes without saying is not said.
    let why = entry.reason.flatMap { $0 == "other" ? nil : ", because of: \(spacedWords($0))" } ?? ""
    let head = "\(number)  \(momentText(entry.at))  \(who)  \(entry.headline)\(why)"
    let note = entry.note.map { wrapped("\"\($0)\"", to: style.columns - 4).map { "    " + $0 } } ?? []
    return [entry.event == nil ? head : style.bold(head)] + note
        + auditedChanges(entry, style).lines(style, hasHeaders: false).map { "    " + $0 }
}

/// What an entry of the audit changed.
func auditedChanges(_ entry: AuditEntryMessage, _ style: Style = .plain()) -> TextTable {
    var table = TextTable(("what", .left), ("property", .left), ("change", .left))
    for change in shown(entry) {
        let (before, after) = (words(change.before, of: change), words(change.after, of: change))
        let both =
            before.isEmpty ? after : after.isEmpty ? "\(before), no more" : "\(before) \(style.arrow) \(after)"
        table.add(change.subject, change.what, both)
    }
    return table
}

/// A property as it was or is, in words.
private func words(_ value: String?, of change: AuditChangeMessage) -> String {
    let value = value ?? ""
    return change.what == "status" ? spacedWords(value) : value
}

/// The changes; of many visits booked at once only the first and the last.
private func shown(_ entry: AuditEntryMessage) -> [AuditChangeMessage] {
    let booked = entry.changes.filter { $0.what == "booked" && $0.before == nil }
    guard booked.count > 4, let first = booked.first, let last = booked.last else { return entry.changes }
    let between = AuditChangeMessage(subject: "…", what: "", before: nil, after: "\(booked.count - 2) visits between")
    return [first, between, last] + entry.changes.filter { !($0.what == "booked" && $0.before == nil) }
}

extension AuditEntryMessage {
    /// What was done, in words.
    var headline: String {
        let whose = course ?? patient ?? visits.first ?? "the clinic"
        return switch action {
        case .read: "\(patient ?? "") by \(method ?? "")"
        case .courseBooked: "\(whose) is booked for \(patient ?? "")"
        case .courseRefused: "a course is asked for and refused"
        case .patientAdded: "\(whose) becomes known"
        case .patientsImported: "patients become known"
        case .patientDetailsChanged: "the details of \(whose) change"
        case .patientsMerged: "\(patient ?? whose) was entered twice and is one entry now"
        case .patientsSeparated: "\(patient ?? whose) is an entry of its own again"
        case .patientClosed: "\(whose) comes no more"
        case .patientReopened: "\(whose) comes again"
        case .waitingAdded: "\(visits.first ?? whose) waits for a place"
        case .waitingRemoved: "\(visits.first ?? whose) waits no longer"
        case .offerMade: "a place is offered to \(patient ?? "")"
        case .offerClosed: "an offer to \(patient ?? "") comes to its end"
        case .offerAccepted: "\(patient ?? "") takes the place offered: \(about ?? whose) moves"
        case .placesFreed: "places come free"
        case .alertRaised: alert.map(dueWords) ?? "something falls due"
        case .configurationAdopted: "a configuration comes into force"
        case .serviceStarted: "the service starts"
        case .serviceStopped: "the service stops"
        case .templateRecorded: "a regimen is recorded"
        case .timeOffAdded: "somebody is off"
        case .timeOffRemoved: "somebody is off no longer"
        case .outageAdded: "a chair is out"
        case .outageRemoved: "a chair is back"
        case .closureAdded: "the clinic closes"
        case .closureRemoved: "a closure is taken back"
        case .openingAdded: "the clinic opens"
        case .openingRemoved: "an opening is taken back"
        case .visitsHit: "visits are hit"
        case .visitsRearranged: "visits are rearranged" + (detail.map { ", as proposed in \($0)" } ?? "")
        case .repairProposed: "a repair is proposed (\(detail ?? ""))"
        case .shiftAdded: "somebody works an extra shift"
        case .shiftRemoved: "an extra shift is taken back"
        case .visitsRetimed: "the zone's law moves visits"
        case .visitConfirmed, .visitPinned, .visitUnpinned, .visitCancelled, .visitNotShown, .visitNotTreated,
            .visitOmitted, .visitMoved, .visitMadeUp, .visitDeferred, .visitsAppended, .ruleOverridden, .factRecorded,
            .factCorrected,
            .callRecorded, .phaseExtended, .phaseEnded, .courseChanged, .courseAdvanced, .courseSteppedBack,
            .courseHeld, .courseResumed, .courseCeased, .courseEnded, .courseAdopted, .courseImported,
            .courseReplanned, .courseCaughtUp, .courseGiven, .horizonRolled, .courseRepaired, .courseImproved,
            .courseYielded,
            .authorisationRecorded, .prerequisiteDone, .assessed, .gateOpened, .gateClosed, .taskDone, .proposalHeld,
            .heldProposalBooked, .holdExpired, .holdReleased, .undone, .unknown:
            changeHeadline
        }
    }

    private var changeHeadline: String {
        let undone = undoes.map { " (takes back e\($0))" } ?? ""
        return PlanDifferenceMessage(
            action: action, course: course ?? "", patient: patient ?? "", about: about, detail: detail,
            statusAfter: .unknown(""), visits: [], costBefore: 0, costAfter: 0, costOfMoving: 0, calls: []
        ).headline + undone
    }
}
