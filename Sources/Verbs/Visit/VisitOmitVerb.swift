import ArgumentParser
import Planning
import StrictJSON
import Wire

/// `infusionctl visit omit VISIT --reason REASON`
struct VisitOmitVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "omit", abstract: "Leave a visit out of its course for good.",
        discussion: "The later visits may come nearer: over a visit that is left out the ideal gaps add up.")
    static let examples = [
        (line: "infusionctl visit omit v345 --reason clinical --dry-run", does: "What would become of the later ones?")
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.OmitVisit {
        ClinicInterface.OmitVisit(
            visit: visit, reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl visit append COURSE --reason REASON`
struct VisitAppendVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "append", abstract: "Give a course more visits at its end.")
    static let examples = [
        (line: "infusionctl visit append c42 --reason clinical", does: "One more, at the regimen's distance."),
        (line: "infusionctl visit append c42 --count 2 --reason clinical", does: "Two more."),
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Option(name: .long, help: "How many.")
    var count = 1

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.ExtendCourse {
        ClinicInterface.ExtendCourse(
            course: course, visits: count, reason: try why.code(), note: try why.note(), told: told.isTold,
            dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl visit override VISIT RULE --reason REASON`
struct VisitOverrideVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "override", abstract: "Set a rule aside for one visit, so that its next move may break it.",
        discussion: """
            It takes a clinician. Nothing sets chair-free or attendant-capacity aside: a chair takes one patient at a \
            time. The visit is then moved with visit move, or confirmed where the rule was authorisation.
            """)
    static let examples = [
        (line: "infusionctl visit override v345 opening-hours --reason clinical", does: "Then move it to the evening."),
        (line: "infusionctl visit override v345 authorisation --reason payer", does: "Then confirm it."),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Argument(help: "The rule's name: opening-hours, gap, phase-window, patient-available, authorisation and so on.")
    var rule: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.OverrideRule {
        guard let named = Rule(rawValue: rule.lowercased()) else {
            let names = Rule.allCases.filter { !$0.isPhysical }.map(\.rawValue)
            throw Failure.usage(
                "\(JSONOutput.quoted(rule)) is no rule",
                hint: closest(to: rule, among: names).map { "did you mean \($0)?" } ?? "say \(listed(names, "or"))")
        }
        return ClinicInterface.OverrideRule(
            visit: visit, rule: named, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}
