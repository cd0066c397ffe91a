import Planning
import Wire

extension CourseSummaryMessage {
    /// Its status; one that was held or booked and taken back has no visits.
    fileprivate var statusText: String { status == .ceased && visits == 0 ? "given up" : spacedWords(status) }
}

/// Courses in a list.
func courseTable(_ courses: [CourseSummaryMessage]) -> TextTable {
    var table = TextTable(
        ("course", .left), ("patient", .left), ("regimen", .left), ("status", .left), ("given", .right),
        ("visits", .right), ("next visit", .left))
    for course in courses {
        table.add(
            course.id, course.patient, course.regimen,
            course.heldUntil.map { "held until \(momentText($0))" } ?? course.statusText, "\(course.given)",
            "\(course.visits)",
            course.next.map(momentText) ?? "")
    }
    return table
}

/// A course with its visits, and what goes beside them.
func courseLines(_ reply: ClinicInterface.ShowCourse.Reply, _ style: Style) -> [String] {
    let course = reply.found
    let asked = reply.asked
    let standing = reply.standing
    var facts: [(String, String)] = [("patient", course.patient), ("status", spacedWords(course.status))]
    if let until = course.heldUntil { facts.append(("held until", "\(momentText(until)), not booked yet")) }
    facts.append(("phase", standing?.phase ?? ""))
    if let adopted = standing?.adopted {
        facts.append(("begun elsewhere", "\(adopted.given) of \(adopted.phase), last on \(adopted.lastDay.short)"))
    }
    facts += [("usual time", reply.usual?.text ?? "")] + wishFacts(asked)
    facts.append(("scores", (standing?.assessments ?? []).map(scoreText).joined(separator: ", ")))
    var lines = [style.bold("\(course.id): \(course.regimen)")] + factLines(facts)
    if let standing {
        lines += section(nil, phaseTable(standing.phases), style)
        for phase in standing.phases where phase.gate == .closed {
            lines += phase.asks.map { ["  \(phase.name): \(gateText($0))"] } ?? []
        }
        lines += standing.phases.compactMap { phase in phase.goal.map { "  \(phase.name): \($0.words)" } }
    }
    lines += section(nil, visitTable(reply.visits), style)
    if let standing {
        lines += standingLines(standing, needsAuthorisation: asked.requiresAuthorisation ?? false, style)
    }
    return lines + peopleLines(reply.people, style)
}

/// What the patient wishes of a course.
private func wishFacts(_ asked: CourseRequestMessage) -> [(String, String)] {
    [
        ("earliest", asked.earliest.short), ("can come", windowsText(asked.availability)),
        ("preferred", windowsText(asked.preferred)),
        ("cannot come", (asked.blackoutDays ?? []).map(\.short).joined(separator: ", ")),
        ("chairs with", (asked.features ?? []).joined(separator: ", ")),
        ("with", asked.preferredPerson ?? ""), ("no later than", asked.endDay?.short ?? ""),
        ("payer", asked.payer ?? ""),
    ]
}

extension VisitMessage {
    /// Which visit of its phase it is, as nurses count: induction 4 of 6; of an open-ended phase, maintenance 3.
    var turnText: String {
        guard let turn else { return phase }
        if turns == 1 { return phase }
        return "\(phase) \(turn)" + (turns.map { " of \($0)" } ?? "")
    }
}

/// Visits as they stand, in a list.
///
/// - Parameter isRecorded: whether they have their ids.
func visitTable(_ visits: [VisitMessage], isRecorded: Bool = true) -> TextTable {
    var table = TextTable(
        ("no.", .right), ("visit", .left), ("start", .left), ("end", .left), ("phase", .left), ("chair", .left),
        ("with", .left), ("covered by", .left), ("status", .left))
    for visit in visits {
        table.add(
            "\(visit.number)", isRecorded ? visit.id : "new", momentText(visit.start), clockText(visit.end),
            visit.turnText, visit.chair,
            attendantsText(visit.attendants), coversText(visit.covers), standingText(visit))
    }
    return table
}

/// A visit with its stages, and what stands in its way.
func visitLines(_ reply: ClinicInterface.ShowVisit.Reply, _ style: Style) -> [String] {
    let visit = reply.found
    let who = visit.attendants.sorted { $0.key < $1.key }.map { label, person in
        "\(label) \(person)" + (reply.people[person].map { " (\($0))" } ?? "")
    }
    let facts = [
        ("when", "\(visit.start.day.long), \(clockText(visit.start))-\(clockText(visit.end))"),
        ("course", "\(visit.course), \(visit.turnText)"), ("patient", visit.patient),
        ("chair", visit.chair), ("with", who.joined(separator: ", ")), ("covered by", coversText(visit.covers)),
        ("status", standingText(visit)), ("because", visit.reason.map { spacedWords($0) } ?? ""),
        ("turn", visit.forgone ?? false ? "stays empty" : ""),
        ("gate", visit.isToCome ? reply.closedGate.map { "\($0) is not open yet" } ?? "" : ""),
        ("missing", (reply.missing ?? []).joined(separator: ", ")),
    ]
    return [style.bold("\(visit.id): \(visit.visit)")] + factLines(facts) + [""] + stageLines(visit, style)
        + section("to do", taskTable(reply.tasks ?? [], hasCourses: false), style)
}

/// Hours of weekdays: mon, wed 09:00-16:00.
private func windowsText(_ windows: [WeekWindow]?) -> String {
    (windows ?? []).map(windowText).joined(separator: "; ")
}

/// Who is who, below a table of ids.
func peopleLines(_ people: [String: String], _ style: Style) -> [String] {
    let named = people.filter { !$0.value.isEmpty && $0.value != $0.key }.sorted { $0.key < $1.key }
    guard !named.isEmpty else { return [] }
    return ["", style.dim(named.map { "\($0.key) \($0.value)" }.joined(separator: ", "))]
}
