import Planning
import Wire

/// Courses in a list.
func courseTable(_ courses: [CourseSummaryMessage]) -> Table {
    var table = Table(
        ("course", .left), ("patient", .left), ("regimen", .left), ("status", .left), ("given", .right),
        ("visits", .right), ("next visit", .left))
    for course in courses {
        table.add(
            course.id, course.patient, course.regimen, course.status, "\(course.given)", "\(course.visits)",
            course.next.map(momentText) ?? "")
    }
    return table
}

/// A course with its visits.
func courseLines(_ reply: ClinicInterface.ShowCourse.Reply, _ style: Style) -> [String] {
    let course = reply.found
    let asked = reply.asked
    let facts = [
        ("patient", course.patient), ("status", course.status),
        ("given", "\(course.given) of \(counted(course.visits, "visit"))"),
        ("phases", reply.phases.joined(separator: ", ")), ("usual time", reply.usual?.text ?? ""),
        ("earliest", asked.earliest.short), ("can come", windowsText(asked.availability)),
        ("preferred", windowsText(asked.preferred)),
        ("cannot come", (asked.blackoutDays ?? []).map(\.short).joined(separator: ", ")),
        ("chairs with", (asked.features ?? []).joined(separator: ", ")), ("first with", asked.preferredPerson ?? ""),
        ("no later than", asked.endDay?.short ?? ""),
    ]
    return [style.bold("\(course.id): \(course.regimen)")] + factLines(facts) + [""]
        + visitTable(reply.visits).lines(style) + peopleLines(reply.people, style)
}

/// Visits as they stand, in a list.
func visitTable(_ visits: [VisitMessage]) -> Table {
    var table = Table(
        ("no.", .right), ("visit", .left), ("start", .left), ("end", .left), ("phase", .left), ("chair", .left),
        ("with", .left), ("covered by", .left), ("status", .left))
    for visit in visits {
        table.add(
            "\(visit.number)", visit.id, momentText(visit.start), clockText(visit.end), visit.phase, visit.chair,
            attendantsText(visit.attendants), coversText(visit.covers), standingText(visit))
    }
    return table
}

/// A visit with its stages.
func visitLines(_ reply: ClinicInterface.ShowVisit.Reply, _ style: Style) -> [String] {
    let visit = reply.found
    let who = visit.attendants.sorted { $0.key < $1.key }.map { label, person in
        "\(label) \(person)" + (reply.people[person].map { " (\($0))" } ?? "")
    }
    let facts = [
        ("when", "\(visit.start.day.long), \(clockText(visit.start))-\(clockText(visit.end))"),
        ("course", "\(visit.course), visit \(visit.number), \(visit.phase)"), ("patient", visit.patient),
        ("chair", visit.chair), ("with", who.joined(separator: ", ")), ("covered by", coversText(visit.covers)),
        ("status", standingText(visit)),
    ]
    var table = Table(("stage", .left), ("from", .left), ("until", .left))
    for stage in visit.stages { table.add(stage.name, clockText(stage.start), clockText(stage.end)) }
    return [style.bold("\(visit.id): \(visit.visit)")] + factLines(facts) + [""] + table.lines(style)
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
