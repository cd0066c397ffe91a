import Planning
import Wire

/// A proposal: the plan, what it costs and why, the alternatives, and how it is booked.
func proposalLines(
    _ reply: ClinicInterface.ProposeCourse.Reply, asked: CourseRequestMessage, _ style: Style
) -> [String] {
    guard let plan = reply.plan else { return [] }
    let usual = plan.usual.map { ", usual time \($0.text)" } ?? ""
    var lines = [
        style.bold("\(asked.regimen) for \(asked.patient): \(counted(plan.visits.count, "visit")), cost \(plan.cost)")
            + usual,
        "",
    ]
    lines += planTable(plan.visits).lines(style)
    lines += costLines(plan, style)
    if let reasons = reply.reasons { lines += reasonLines(plan, reasons, names: reply.people, style) }
    lines += alternativeLines(plan, style)
    lines += peopleLines(reply.people, style)
    if let proposal = reply.proposal {
        lines += ["", "to book it:  \(style.bold("infusionctl course book \(proposal)"))"]
        if !plan.alternatives.isEmpty { lines += ["another one: infusionctl course book \(proposal) --alternative 2"] }
    }
    return lines
}

/// The visits of a plan.
func planTable(_ visits: [PlannedVisitMessage]) -> TextTable {
    var table = TextTable(
        ("no.", .right), ("start", .left), ("end", .left), ("after", .right), ("phase", .left), ("visit", .left),
        ("chair", .left), ("with", .left), ("covered by", .left), ("cost", .right))
    var before: Day?
    for visit in visits {
        let day = visit.start.day
        table.add(
            "\(visit.number)", momentText(visit.start), clockText(visit.end), before.map { "\(day - $0) d" } ?? "",
            visit.phase, visit.visit, visit.chair, attendantsText(visit.attendants), coversText(visit.covers),
            visit.terms.total == 0 ? "" : "\(visit.terms.total)")
        before = day
    }
    return table
}

private func costLines(_ plan: PlanMessage, _ style: Style) -> [String] {
    let paid = CostTerm.allCases.filter { plan.terms[$0] > 0 }
    guard !paid.isEmpty else { return ["", "Nothing is left to be wished: the plan costs nothing."] }
    var table = TextTable(("cost", .right), ("term", .left), ("for", .left))
    for term in paid { table.add("\(plan.terms[term])", term.rawValue, term.meaning) }
    if paid.count > 1 { table.add("\(plan.cost)", "in all", "") }
    return [""] + table.lines(style)
}

/// Other plans, each with what it costs more and why.
func alternativeLines(_ plan: PlanMessage, _ style: Style) -> [String] {
    guard !plan.alternatives.isEmpty else { return [] }
    var table = TextTable(
        ("no.", .right), ("starts", .left), ("ends", .left), ("cost", .right), ("more", .right), ("why more", .left))
    for (index, alternative) in plan.alternatives.enumerated() {
        let dearer = CostTerm.allCases.compactMap { term -> String? in
            let more = alternative.terms[term] - plan.terms[term]
            return more == 0 ? nil : "\(term.rawValue) \(more > 0 ? "+" : "")\(more)"
        }
        table.add(
            "\(index + 2)", alternative.visits.first.map { momentText($0.start) } ?? "",
            alternative.visits.last.map { $0.start.day.short } ?? "", "\(alternative.cost)",
            "+\(alternative.difference)",
            dearer.joined(separator: ", "))
    }
    return ["", style.bold("other first days")] + table.lines(style)
}

extension CostTerm {
    /// What the term measures, over a plan.
    var meaning: String {
        switch self {
        case .start: "days from the earliest day to the first visit"
        case .gap: "days that the gaps differ from the ideal"
        case .spare: "days in hand up to the goal that are given up"
        case .preference: "visits outside of the hours preferred"
        case .rhythm: "half hours begun between the starts and the usual time"
        case .continuity: "visits with another person than wished for or before"
        case .site: "places of the sites down the list"
        case .session: "sessions that are opened"
        case .crowding: "other visits in progress at the busiest moment of each visit"
        case .idle: "stretches left on a chair that are too short for any visit"
        case .workload: "hours of load that the person already carries that day"
        }
    }
}
