import Planning
import StrictJSON
import Wire

// Refusals, as a colleague would say them.

extension Failure {
    /// There is no plan for what is asked.
    static func noPlan(_ refusal: RefusalMessage, asked: CourseRequestMessage?, isInJSON: Bool) -> Failure {
        let what = asked.map { "\($0.regimen) for \($0.patient)" } ?? "the course"
        let head = Remark.error("no plan for \(what): visit \(refusal.visit) (\(refusal.phase)) finds no place")
        if isInJSON { return Failure(.refused, remarks: [head]) }
        return Failure(.refused, remarks: [head] + details(refusal) + hints(refusal, asked: asked))
    }

    /// A rule forbids a change.
    static func refused(
        rule: String, message: String, hint: String?, violations: [ViolationMessage], refusal: RefusalMessage?,
        json: JSONValue
    ) -> Failure {
        var remarks: [Remark] = [.error("\(message) (\(rule))")] + details(violations)
        if let refusal {
            remarks =
                [.error("\(message): visit \(refusal.visit) (\(refusal.phase)) finds no place")] + details(refusal)
        }
        if let hint { remarks.append(.hint(hint)) }
        return Failure(.refused, remarks: remarks, json: json)
    }

    /// A proposal no longer fits.
    static func stale(changed: [ViolationMessage], json: JSONValue) -> Failure {
        Failure(
            .refused,
            remarks: [.error("the proposal no longer fits what has been booked since")]
                + details(changed) + [.hint("propose the course again")], json: json)
    }

    /// Each visit with the rules that it breaks.
    private static func details(_ violations: [ViolationMessage]) -> [Remark] {
        var table = Table(("visit", .left), ("start", .left), ("rules", .left))
        for number in Set(violations.map(\.number)).sorted() {
            let own = violations.filter { $0.number == number }
            table.add("visit \(number)", momentText(own[0].start), own.map(\.rule).joined(separator: ", "))
        }
        return table.lines(.plain(), hasHeaders: false).map { .detail($0) }
    }

    private static func details(_ refusal: RefusalMessage) -> [Remark] {
        var lines: [String] = []
        if refusal.days.isEmpty {
            lines.append("No day is within its gap and its windows.")
        } else {
            var table = Table(("day", .left), ("closed by", .left), ("meaning", .left))
            for run in runs(refusal.days) {
                table.add(run.text, run.rule?.rawValue ?? "several", run.rule?.meaning ?? "more than one rule")
            }
            lines += ["It could have been on", ""] + table.lines(.plain(), hasHeaders: false).map { "  " + $0 }
        }
        lines += [""]
        if refusal.wouldHelp.isEmpty {
            lines.append("No single change would help.")
        } else {
            var table = Table(("change", .left), ("cost", .right))
            for remedy in refusal.wouldHelp { table.add(remedy.text, "cost \(remedy.cost)") }
            lines += ["What would help", ""] + table.lines(.plain(), hasHeaders: false).map { "  " + $0 }
        }
        return lines.map { .detail($0) } + [.detail("")]
    }

    /// What can be asked for at once, as a command line: the cheapest change that a wish can make, or a later start.
    private static func hints(_ refusal: RefusalMessage, asked: CourseRequestMessage?) -> [Remark] {
        guard let asked else { return [] }
        let line = ProposeLine(asked)
        for remedy in refusal.wouldHelp {
            guard let text = line.text(changing: remedy) else { continue }
            return [.hint("\(remedy.text): \(text)")]
        }
        let closers = Set(refusal.days.map(\.closedBy))
        if closers.contains(.patientAvailable) { return [.hint("ask the patient for more hours, and propose again")] }
        return [.hint("a later start may find places: \(line.text(later: 7))")]
    }

    /// Days in a row that the same rule closes.
    private static func runs(_ days: [Refusal.ClosedDay]) -> [ClosedRun] {
        var runs: [ClosedRun] = []
        for closed in days {
            if let last = runs.last, last.rule == closed.closedBy, last.through + 1 == closed.day {
                runs[runs.count - 1].through = closed.day
            } else {
                runs.append(ClosedRun(from: closed.day, through: closed.day, rule: closed.closedBy))
            }
        }
        return runs
    }
}

private struct ClosedRun {
    var from: Day
    var through: Day
    var rule: Rule?

    var text: String { from == through ? from.short : "\(from.short) to \(through.short)" }
}

extension Refusal.Remedy {
    /// The change in words.
    fileprivate var text: String {
        switch kind {
        case .tolerance: "let the gaps of \(target) differ by \(counted(amount, "day")) more"
        case .startWindow: "let the course start up to \(counted(amount, "day")) later"
        case .availability: "let the patient come at any hour"
        case .features: "do without the extra chair features"
        case .chair: "one more chair like \(target)"
        case .person: "one more \(target) during opening hours"
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
