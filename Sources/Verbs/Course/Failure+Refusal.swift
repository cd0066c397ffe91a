import Planning
import StrictJSON
import Wire

// Refusals, as a colleague would say them.

extension Failure {
    /// There is no plan for what is asked.
    static func noPlan(
        _ refusal: RefusalMessage, asked line: ProposeLine?, names: [String: String], isInJSON: Bool
    ) -> Failure {
        let what = line?.what ?? "the course"
        let head = Remark.error("no plan for \(what): visit \(refusal.visit) (\(refusal.phase)) finds no place")
        if isInJSON { return Failure(.refused, remarks: [head]) }
        return Failure(.refused, remarks: [head] + details(refusal, names) + hints(refusal, line))
    }

    /// A rule forbids a change.
    static func refused(
        rule: String, message: String, hint: String?, violations: [ViolationMessage], refusal: RefusalMessage?,
        json: JSONValue
    ) -> Failure {
        var remarks: [Remark] = [.error("\(message) (\(rule))")] + details(violations)
        if let refusal {
            remarks = [.error(message)] + details(refusal, [:])
        }
        if let hint { remarks.append(.hint(hint)) }
        var failure = Failure(.refused, remarks: remarks, json: json)
        failure.refusal = refusal
        return failure
    }

    /// A proposal no longer fits.
    static func stale(changed: [ViolationMessage], json: JSONValue) -> Failure {
        let hint = changed.contains { $0.visit != nil } ? "propose again" : "propose the course again"
        return Failure(
            .refused,
            remarks: [.error("the proposal no longer fits what has been booked since")]
                + details(changed) + [.hint(hint)], json: json)
    }

    /// Something happened to what was to be changed, which whoever asked for it had not seen.
    static func changedSince(_ happened: AuditEntryMessage, json: JSONValue) -> Failure {
        let number = happened.event ?? 0
        let head = "since you looked, \(happened.headline) (e\(number), \(momentText(happened.at)), \(happened.user))"
        return Failure(
            .refused,
            remarks: [.error(head)]
                + auditedChanges(happened).lines(.plain(), hasHeaders: false).map { .detail($0) }
                + [.hint("nothing is done: look at it again; --seen \(number) asks for it all the same")], json: json)
    }

    /// Each visit with the rules that it breaks.
    private static func details(_ violations: [ViolationMessage]) -> [Remark] {
        var table = TextTable(("visit", .left), ("start", .left), ("rules", .left))
        var names: [String] = []
        for violation in violations where !names.contains(violation.name) { names.append(violation.name) }
        for name in names {
            let own = violations.filter { $0.name == name }
            table.add(name, momentText(own[0].start), own.map(\.rule).joined(separator: ", "))
        }
        return table.lines(.plain(), hasHeaders: false).map { .detail($0) }
    }

    private static func details(_ refusal: RefusalMessage, _ names: [String: String]) -> [Remark] {
        let columns = min(Style.of(.errors).columns, 100) - 2
        return refusalLines(refusal, names: names, columns: columns).map { .detail($0) } + [.detail("")]
    }

    /// What can be asked for at once, as a command line: the cheapest change that a wish can make, a later last day, or
    /// a later start. Each is known to have a plan.
    private static func hints(_ refusal: RefusalMessage, _ line: ProposeLine?) -> [Remark] {
        guard let line else { return [] }
        for remedy in refusal.wouldHelp {
            guard let text = line.text(changing: remedy) else { continue }
            return [.hint("\(remedy.text): \(text)")]
        }
        if let day = refusal.laterEnd {
            return [.hint("with \(day.spoken) as its last day: \(line.text { $0.endDay = day })")]
        }
        if let day = refusal.laterStart {
            return [.hint("from \(day.spoken) on: \(line.text { $0.earliest = day })")]
        }
        let closers = Set(refusal.days.map(\.closedBy))
        return closers.contains(.patientAvailable) ? [.hint("ask the patient for more hours, and propose again")] : []
    }
}

extension ViolationMessage {
    /// The visit by its id, or by its number in the course.
    fileprivate var name: String { visit ?? "visit \(number)" }
}

/// What closes the days that a visit could have had, and what would help, as sentences.
func refusalLines(_ refusal: RefusalMessage, names: [String: String], columns: Int) -> [String] {
    let words = HindranceWords(names: names, number: refusal.visit)
    var lines: [String] = []
    if refusal.days.isEmpty {
        lines.append("No day is within its gap and its windows.")
    } else {
        let head = refusal.days.count == 1 ? "The only day that it could have had:" : "The days that it could have had:"
        lines.append(head)
        for sentence in words.sentences(refusal.days) {
            lines += wrapped("- " + sentence, to: columns, indent: "  ")
        }
    }
    return lines + wrapped(refusal.help, to: columns)
}

extension RefusalMessage {
    /// What would help, in one sentence, the cheapest first.
    fileprivate var help: String {
        guard !wouldHelp.isEmpty else { return "No single change would help." }
        let words = wouldHelp.map { "\($0.text) (cost \($0.cost))" }
        return capitalised(listed(words, "or")) + " would do."
    }
}

extension Refusal.Remedy {
    /// The change in words.
    fileprivate var text: String {
        switch kind {
        case .tolerance: "gaps in \(target) that differ by \(counted(amount, "day")) more"
        case .startWindow: "a start up to \(counted(amount, "day")) later"
        case .availability: "the patient coming at any hour"
        case .features: "a chair without the extra features"
        case .chair: "one more chair like \(target)"
        case .person: "one more \(target) during opening hours"
        case .leadTime: "booking the patient who is here without the lead time"
        }
    }
}

extension Rule {
    /// Why the rule closes a day.
    var meaning: String {
        switch self {
        case .openingHours: "the clinic is not open long enough"
        case .chairInService: "the chairs are out of service"
        case .chairFeatures: "no chair has what is needed"
        case .chairFree: "the chairs are taken"
        case .attendantQualified: "nobody free has the role and the credentials"
        case .attendantOnDuty: "those who may attend are off duty"
        case .attendantCapacity: "those on duty have no attention to spare"
        case .gap: "too near to the visit before, or too far from it"
        case .phaseWindow: "the phase would take too many days"
        case .patientAvailable: "the patient cannot come"
        case .oneVisitADay: "the patient has another visit that day"
        case .leadTime: "too soon from now"
        case .courseEnd: "after the course's last day"
        case .authorisation: "not authorised"
        }
    }
}
