import Planning
import Wire

/// Who works on a day, and who is away or works more from it on.
func staffLines(_ reply: ClinicInterface.ListAvailability.Reply, on day: Day, _ style: Style) -> [String] {
    var staff = TextTable(("staff", .left), ("name", .left), ("roles", .left), ("carries", .right), ("on duty", .left))
    for member in reply.staff {
        let duty = member.onDuty.map(\.text).joined(separator: ", ")
        staff.add(
            member.person, member.name, member.roles.joined(separator: ", "),
            member.capacityPercent == 100 ? "" : "\(member.capacityPercent) %", duty.isEmpty ? "off" : duty)
    }
    var lines = [style.bold(day.long), ""] + staff.lines(style)
    var away = TextTable(("absence", .left), ("staff", .left), ("from", .left), ("until", .left))
    for absence in reply.timeOff {
        away.add(absence.id, absence.person, momentText(absence.from), momentText(absence.until))
    }
    if !away.isEmpty { lines += [""] + away.lines(style) }
    var shifts = TextTable(("extra shift", .left), ("staff", .left), ("day", .left), ("hours", .left))
    for shift in reply.shifts { shifts.add(shift.id, shift.person, shift.day.short, shift.hours.text) }
    return shifts.isEmpty ? lines : lines + [""] + shifts.lines(style)
}

/// Chairs, and which of them are out of service.
func chairLines(_ reply: ClinicInterface.ListAvailability.Reply, _ style: Style) -> [String] {
    var chairs = TextTable(("chair", .left), ("features", .left), ("out of service", .left))
    for chair in reply.chairs {
        let out = reply.outages.filter { $0.chair == chair.chair }
            .map { "\(momentText($0.from)) to \(momentText($0.until)) (\($0.id))" }
        chairs.add(chair.chair, chair.features.joined(separator: ", "), out.joined(separator: "; "))
    }
    return chairs.lines(style)
}

/// Days on which the clinic is closed.
func closureLines(_ closures: [ClosureMessage], _ style: Style) -> [String] {
    var table = TextTable(("closure", .left), ("from", .left), ("through", .left), ("hours", .left), ("reason", .left))
    for closure in closures {
        table.add(
            closure.id ?? "configured", closure.from.short,
            closure.through == closure.from ? "" : closure.through.short,
            closure.hours?.text ?? "all day", closure.reason ?? "")
    }
    return table.lines(style)
}

/// Days on which the clinic opens beyond its weekly hours.
func openingLines(_ openings: [OpeningMessage], _ style: Style) -> [String] {
    var table = TextTable(("opening", .left), ("day", .left), ("hours", .left), ("reason", .left))
    for opening in openings {
        table.add(opening.id ?? "configured", opening.day.short, opening.hours.text, opening.reason ?? "")
    }
    return table.lines(style)
}
