import ArgumentParser
import Wire

/// `infusionctl assess COURSE MEASURE SCORE`
struct AssessVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "assess", abstract: "Record a score; gates that it satisfies open, a phase that it stops ends.",
        discussion: "It takes a clinician.")
    static let examples = [
        (line: "infusionctl assess c42 PHQ-9 14", does: "Taken now."),
        (line: #"infusionctl assess c42 PHQ-9 14 --at "today 8:45""#, does: "Taken before the visit."),
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "What was measured, as the regimen calls it.")
    var measure: String

    @Argument(help: "The score.")
    var score: Int

    @Option(name: .long, help: ArgumentHelp("When it was taken. (default: now)", valueName: "time"))
    var at: String?

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.RecordAssessment {
        ClinicInterface.RecordAssessment(
            course: course, measure: measure, score: score, at: try at.map { try DayParser(daemon).pastInstant($0) },
            reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course gate COURSE PHASE open|close`
struct CourseGateVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Open the gate of a phase, or decide that it does not open.",
        discussion: """
            It takes a clinician. Where it does not open, what the regimen says for that follows: the course goes on \
            hold, its phase before gets more visits, or it ends.
            """)
    static let examples = [
        (line: "infusionctl course gate c42 maintenance open --reason clinical", does: "On with the visits booked."),
        (line: "infusionctl course gate c42 maintenance close --dry-run", does: "What would follow?"),
    ]

    enum Decision: String, CaseIterable, ExpressibleByArgument { case open, close }

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "The phase behind the gate.")
    var phase: String

    @Argument(help: "open or close.")
    var decision: Decision

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.DecideGate {
        ClinicInterface.DecideGate(
            course: course, phase: phase, opens: decision == .open, reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}
