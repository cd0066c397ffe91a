import Planning
import Wire

/// Why a visit is not on a day, as sentences.
func whyLines(
    _ answer: DayAnswerMessage, present: PlannedVisitMessage?, names: [String: String], _ style: Style
) -> [String] {
    let words = HindranceWords(names: names, number: answer.number)
    var lines: [String] = []
    if let present {
        let place = "\(present.start.day.spoken), \(clockText(present.start))-\(clockText(present.end))"
        lines.append(style.bold("Visit \(present.number) (\(present.phase)) is on \(place)."))
    }
    let day = answer.day.spoken
    switch answer.outcome {
    case .costs: lines += costSentences(answer, names)
    case .blocksLater:
        let visit = "visit \(answer.laterVisit ?? 0) (\(answer.laterPhase ?? ""))"
        lines.append("On \(day) it could be, but then \(visit) would find no place:")
        let later = HindranceWords(names: names, number: answer.laterVisit ?? 0)
        lines += later.sentences(answer.laterDays ?? []).map { "- " + $0 }
    case .closed:
        let reason = answer.closing.map(words.text) ?? "it is closed"
        lines.append("On \(day) it cannot be: \(reason).")
    case .chosen, .unknown: lines.append("That is the day asked about.")
    }
    if let help = helpSentence(answer) { lines.append(help) }
    return lines.flatMap { wrapped($0, to: min(style.columns, 100), indent: $0.hasPrefix("- ") ? "  " : "") }
}

/// Why a booked visit is where it is, as sentences.
func whyHereLines(_ reply: ClinicInterface.ExplainVisit.Reply, _ style: Style) -> [String] {
    let visit = reply.present
    let place = "\(visit.start.day.spoken), \(clockText(visit.start))-\(clockText(visit.end))"
    let head = style.bold("Visit \(visit.number) (\(visit.phase)) is on \(place).")
    let why = visitText(visit, after: reply.before, reply.reason, usual: nil, reply.people)
    return ([head] + [capitalised(why) + "."]).flatMap { wrapped($0, to: min(style.columns, 100)) }
}

private func costSentences(_ answer: DayAnswerMessage, _ names: [String: String]) -> [String] {
    var lines: [String] = []
    if let visit = answer.visits?.first(where: { $0.number == answer.number }) {
        let persons = visit.attendants.sorted { $0.key < $1.key }.map { names[$0.value] ?? $0.value }
        let with = persons.isEmpty ? "" : " with \(listed(persons))"
        lines.append(
            "On \(answer.day.spoken) it could be at \(clockText(visit.start))-\(clockText(visit.end)) on "
                + "\(visit.chair)\(with).")
    }
    lines.append(costSentence(answer))
    if let moved = answer.moved, !moved.isEmpty {
        let visits = moved.count == 1 ? "Visit" : "Visits"
        lines.append("\(visits) \(numbersText(moved)) would have another day or time.")
    }
    return lines
}

/// Numbers in a sentence: 3; 3 and 4; 3 to 10.
private func numbersText(_ numbers: [Int]) -> String {
    guard let first = numbers.first, let last = numbers.last, numbers.count > 2, last - first + 1 == numbers.count
    else { return listed(numbers.map { "\($0)" }) }
    return "\(first) to \(last)"
}

/// That it would cost so much more, by term.
private func costSentence(_ answer: DayAnswerMessage) -> String {
    let difference = answer.difference ?? 0
    let terms = answer.terms.map(differenceText) ?? ""
    let because = terms.isEmpty ? "" : ": \(terms)"
    if difference == 0 {
        return "That would cost as much; of plans that cost the same the earlier days go first"
            + (terms.isEmpty ? "." : " (\(terms)).")
    }
    return "That would cost \(abs(difference)) \(difference > 0 ? "more" : "less")\(because)."
}

/// Costs that differ: start +5, gap -10.
func differenceText(_ difference: CostTerms) -> String {
    CostTerm.allCases.compactMap { term in
        let more = difference[term]
        return more == 0 ? nil : "\(term.rawValue) \(more > 0 ? "+" : "")\(more)"
    }.joined(separator: ", ")
}

/// What would do: one nurse more that day, or Wed 11 March.
private func helpSentence(_ answer: DayAnswerMessage) -> String? {
    let more = (answer.wouldHelp ?? []).map { more in
        switch more.kind {
        case .chair: "one more chair like \(more.target) that day"
        case .person, .unknown: "one more \(more.target) that day"
        }
    }
    let days = (answer.nearest ?? []).map { near in
        let cost =
            near.difference == 0
            ? "at the same cost" : "costs \(abs(near.difference)) \(near.difference > 0 ? "more" : "less") than now"
        return "\(near.day.spoken) (\(cost))"
    }
    let all = more + days
    return all.isEmpty ? nil : capitalised(listed(all, "or")) + " would do."
}

/// A sentence's first letter large.
func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

// MARK: Why each visit is where it is

/// For each visit of a plan why it is where it is; visits in a row with the same reasons together.
func reasonLines(
    _ plan: PlanMessage, _ reasons: [VisitReasonMessage], names: [String: String], _ style: Style
) -> [String] {
    var runs: [(from: Int, through: Int, text: String)] = []
    var before: PlannedVisitMessage?
    for visit in plan.visits {
        let reason = reasons.first { $0.number == visit.number }
        let text = visitText(visit, after: before, reason, usual: plan.usual, names)
        before = visit
        if let last = runs.last, last.text == text {
            runs[runs.count - 1].through = visit.number
        } else {
            runs.append((visit.number, visit.number, text))
        }
    }
    let numbers = runs.map { $0.from == $0.through ? "\($0.from)" : "\($0.from)-\($0.through)" }
    let width = max(3, numbers.map(\.count).max() ?? 0)
    var lines = ["", style.bold("no.".padded(before: width) + "  why it is where it is")]
    for (number, run) in zip(numbers, runs) {
        let text = wrapped(run.text, to: max(40, min(style.columns, 100) - width - 2))
        for (index, line) in text.enumerated() {
            lines.append((index == 0 ? number : "").padded(before: width) + "  " + line)
        }
    }
    return lines + ["No plan that keeps every rule is cheaper as a whole."]
}

private func visitText(
    _ visit: PlannedVisitMessage, after before: PlannedVisitMessage?, _ reason: VisitReasonMessage?,
    usual: ClockTime?, _ names: [String: String]
) -> String {
    let parts = CostTerm.allCases.filter { visit.terms[$0] > 0 }.map { term in
        let words = term.reason(visit, after: before, ideal: reason?.idealDay, usual: usual)
        return "\(words) (\(term.rawValue) \(visit.terms[term]))"
    }
    var text = parts.isEmpty ? "nothing better could be wished" : parts.joined(separator: "; ")
    guard let answer = reason?.instead else { return text }
    let day = answer.day.spoken
    switch answer.outcome {
    case .closed:
        let why = answer.closing.map(HindranceWords(names: names, number: visit.number).text) ?? "closed"
        text += ". On \(day) \(why)"
    case .blocksLater:
        text += ". On \(day) visit \(answer.laterVisit ?? 0) would find no place later"
    case .costs:
        let difference = answer.difference ?? 0
        text +=
            difference == 0
            ? ". With \(day) the plan would cost as much"
            : ". With \(day) the plan would cost \(difference) more"
        if let terms = answer.terms, difference != 0 { text += ": \(differenceText(terms))" }
    case .chosen, .unknown: break
    }
    return text
}

extension CostTerm {
    /// What the term means at one visit.
    fileprivate func reason(
        _ visit: PlannedVisitMessage, after before: PlannedVisitMessage?, ideal: Day?, usual: ClockTime?
    ) -> String {
        switch self {
        case .start: "not on the earliest day"
        case .gap:
            before.map { before in
                "\(counted(visit.start.day - before.start.day, "day")) after visit \(before.number)"
                    + (ideal.map { " instead of \($0 - before.start.day)" } ?? "")
            } ?? "not at the ideal distance"
        case .spare: "gives up days in hand up to the goal"
        case .preference: "outside of the hours preferred"
        case .rhythm: "away from the usual time" + (usual.map { " \($0.text)" } ?? "")
        case .continuity: "another person than wished for or before"
        case .site: "not at the first site"
        case .session: "opens a session"
        case .crowding: "others in progress beside it"
        case .idle: "leaves a stretch of no use on the chair"
        case .workload: "with a person who carries others that day"
        }
    }
}
