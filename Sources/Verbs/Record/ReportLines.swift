import Planning
import Wire

/// The use of chairs and staff, for people.
func utilisationLines(_ reply: ClinicInterface.ReportUtilisation.Reply, _ style: Style) -> [String] {
    let staff = reply.staff.filter { $0.onDutyMinutes > 0 || $0.visits > 0 }
    var lines = [
        "\(style.bold(periodText(reply.from, reply.through)))   \(counted(reply.openDays, "day")) open   "
            + "chairs \(percentText(reply.all))"
    ]
    lines += ["", style.bold("chairs in use, percent by hour")] + HourTable(reply.hours).lines(style)
    var chairs = TextTable(
        ("chair", .left), ("visits", .right), ("held", .right), ("in service", .right), ("use", .right))
    for chair in reply.chairs {
        chairs.add(
            chair.chair, "\(chair.visits)", hoursText(chair.use.used), hoursText(chair.use.available),
            percentText(chair.use))
    }
    lines += [""] + chairs.lines(style)
    for role in reply.roles where role.use.used > 0 {
        lines += ["", style.bold("\(role.role)s, percent of what they can carry by hour")]
        lines += HourTable(role.hours ?? []).lines(style)
    }
    var people = TextTable(
        ("staff", .left), ("name", .left), ("visits", .right), ("on duty", .right), ("carried", .right),
        ("load", .right))
    for person in staff {
        people.add(
            person.person, person.name, "\(person.visits)", hoursText(person.onDutyMinutes),
            hoursText(person.use.used), percentText(person.use))
    }
    lines += [""] + people.lines(style)
    for role in reply.roles where role.use.used > 0 {
        guard let spread = role.spreadPercent else { continue }
        lines.append("\(role.role)s: most and least loaded differ by \(spread) percent")
    }
    return lines
}

/// The use of chairs and staff as rows of a spreadsheet.
func utilisationRows(_ reply: ClinicInterface.ReportUtilisation.Reply) -> [[String]] {
    var rows = [["of", "id", "weekday", "hour", "visits", "used_minutes", "available_minutes", "percent"]]
    func add(
        _ kind: String, _ id: String = "", hour: ReportHourMessage? = nil, visits: Int? = nil, use: ReportUseMessage
    ) {
        rows.append([
            kind, id, hour?.weekday ?? "", hour.map { "\($0.hour)" } ?? "", visits.map { "\($0)" } ?? "",
            "\(use.used)", "\(use.available)", use.percent.map { "\($0)" } ?? "",
        ])
    }
    add("chairs", use: reply.all)
    for hour in reply.hours { add("chairs", hour: hour, use: hour.use) }
    for chair in reply.chairs { add("chair", chair.chair, visits: chair.visits, use: chair.use) }
    for role in reply.roles {
        add("role", role.role, use: role.use)
        for hour in role.hours ?? [] { add("role", role.role, hour: hour, use: hour.use) }
    }
    for person in reply.staff { add("person", person.person, visits: person.visits, use: person.use) }
    return rows
}

/// What became of inductions, for people.
func adherenceLines(_ reply: ClinicInterface.ReportAdherence.Reply, _ style: Style) -> [String] {
    var table = TextTable(
        ("regimen", .left), ("phase", .left), ("window", .right), ("begun", .right), ("in window", .right),
        ("late", .right), ("running", .right), ("slipping", .right), ("ceased", .right), ("median days", .right),
        ("in hand", .right))
    for row in reply.inductions {
        let visits = row.visits.map { "\($0) in " } ?? ""
        table.add(
            row.regimen, row.phase, "\(visits)\(row.withinDays) d", "\(row.begun)", share(row.inWindow, of: row.begun),
            "\(row.late)", "\(row.running)", "\(row.slipping)", "\(row.ceased)",
            row.medianDays.map { "\($0)" } ?? "-", row.medianInHand.map { "\($0)" } ?? "-")
    }
    let head = "\(style.bold(periodText(reply.from, reply.through)))   inductions begun"
    return table.isEmpty ? ["\(head): none"] : [head, ""] + table.lines(style)
}

/// What became of inductions as rows of a spreadsheet.
func adherenceRows(_ reply: ClinicInterface.ReportAdherence.Reply) -> [[String]] {
    [
        [
            "regimen", "phase", "visits", "within_days", "begun", "in_window", "late", "running", "slipping", "ceased",
            "median_days", "median_in_hand",
        ]
    ]
        + reply.inductions.map { row in
            [row.regimen, row.phase, row.visits.map { "\($0)" } ?? ""]
                + [row.withinDays, row.begun, row.inWindow, row.late, row.running, row.slipping, row.ceased]
                .map { "\($0)" } + [row.medianDays, row.medianInHand].map { days in days.map { "\($0)" } ?? "" }
        }
}

/// A month in figures, for people.
func monthLines(_ reply: ClinicInterface.ReportMonth.Reply, _ style: Style) -> [String] {
    var facts = [
        (
            "visits given",
            "\(reply.given)" + (reply.givenInPart > 0 ? ", of them \(reply.givenInPart) in part" : "")
        ),
        ("still booked", reply.open > 0 ? "\(reply.open)" : ""),
        ("visits lost", "\(reply.lost)"),
        (
            "first visits",
            reply.firstVisits == 0
                ? ""
                : "\(reply.firstVisits), after booking \(spanText(reply.medianDaysToFirst, reply.longestDaysToFirst))"
        ),
        ("chairs", "\(percentText(reply.chairs)) of \(hoursText(reply.chairs.available)) in service"),
    ]
    facts += reply.roles.filter { $0.use.used > 0 }.map { role in
        let spread = role.spreadPercent.map { ", most and least loaded differ by \($0) percent" } ?? ""
        return ("\(role.role)s", "\(percentText(role.use)) of what they can carry\(spread)")
    }
    var losses = TextTable(
        ("lost", .left), ("reason", .left), ("visits", .right), ("chair time", .right), ("place blocked", .left))
    for loss in reply.losses {
        losses.add(
            lossText(loss.kind), loss.reason.map(spacedWords) ?? "", "\(loss.visits)", hoursText(loss.chairMinutes),
            spanText(loss.medianDaysBlocked, loss.longestDaysBlocked))
    }
    var forms = TextTable(
        ("form", .left), ("due", .right), ("on time", .right), ("late", .right), ("missing", .right), ("open", .right))
    for form in reply.forms {
        forms.add(
            form.name, "\(form.due)", share(form.onTime, of: form.due), "\(form.late)", "\(form.missing)",
            "\(form.open)")
    }
    return [style.bold(monthText(reply.from))] + factLines(facts)
        + (losses.isEmpty ? [] : [""] + losses.lines(style)) + (forms.isEmpty ? [] : [""] + forms.lines(style))
}

/// A month in figures as rows of a spreadsheet: one figure a row.
func monthRows(_ reply: ClinicInterface.ReportMonth.Reply) -> [[String]] {
    var rows = [["month", "figure", "of", "reason", "value"]]
    func add(_ figure: String, _ value: Int?, of: String = "", reason: String = "") {
        if let value { rows.append([reply.month, figure, of, reason, "\(value)"]) }
    }
    add("visits_given", reply.given)
    add("visits_given_in_part", reply.givenInPart)
    add("visits_open", reply.open)
    add("visits_lost", reply.lost)
    for loss in reply.losses {
        add("visits_lost", loss.visits, of: loss.kind.code, reason: loss.reason ?? "")
        add("chair_minutes_lost", loss.chairMinutes, of: loss.kind.code, reason: loss.reason ?? "")
        add("median_days_blocked", loss.medianDaysBlocked, of: loss.kind.code, reason: loss.reason ?? "")
        add("longest_days_blocked", loss.longestDaysBlocked, of: loss.kind.code, reason: loss.reason ?? "")
    }
    add("first_visits", reply.firstVisits)
    add("median_days_to_first_visit", reply.medianDaysToFirst)
    add("longest_days_to_first_visit", reply.longestDaysToFirst)
    for form in reply.forms {
        add("forms_due", form.due, of: form.name)
        add("forms_on_time", form.onTime, of: form.name)
        add("forms_late", form.late, of: form.name)
        add("forms_missing", form.missing, of: form.name)
        add("forms_open", form.open, of: form.name)
    }
    add("chair_minutes_used", reply.chairs.used)
    add("chair_minutes_available", reply.chairs.available)
    for role in reply.roles { add("load_percent", role.use.percent, of: role.role) }
    return rows
}
