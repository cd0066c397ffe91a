import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verb `infusionctl repair`.
struct RepairVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Propose what to do about visits that a loss of staff, chairs or hours has hit; or do it.",
        discussion: """
            The least disruptive way: other persons and chairs first, then other times for visits nobody was told of, \
            and as few calls as possible. Visits in progress are handed over. All of it is done, or nothing: a \
            proposal that no longer fits is refused, with exit code 2. A visit for which there is no place is called \
            off and stays owed to the patient.

            With --course it is for a course whose phase would miss its goal, where nothing that is free helps: visits \
            of other courses, of phases without a goal, make room. At most three do, each gets another place within \
            its own gaps, and those that nobody was told of come first.
            """)
    static let examples = [
        (line: "infusionctl repair", does: "What could be done? Nothing is changed."),
        (line: "infusionctl repair --day today", does: "Only for the visits of today."),
        (line: "infusionctl repair --course c42", does: "Which visits of others can make room for its goal?"),
        (line: "infusionctl repair --apply rp3", does: "Do what was proposed."),
        (line: "infusionctl repair --apply", does: "Find the best and do it in one go."),
    ]

    @Argument(help: "A proposal to be applied, with --apply.")
    var proposal: String?

    @Option(name: .long, help: "Only the visits of this day.")
    var day: String?

    @Option(name: .long, help: "For the goal of this course: visits of others make room.")
    var course: String?

    @Flag(name: .long, help: "Do it.")
    var apply = false

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if proposal != nil, !apply { throw ValidationError("a proposal is applied with --apply") }
        if proposal != nil, day != nil { throw ValidationError("a proposal is applied as it was shown, without --day") }
        if proposal != nil, course != nil {
            throw ValidationError("a proposal is applied as it was shown, without --course")
        }
        if day != nil, course != nil { throw ValidationError("room for a course is made on any day, without --day") }
    }

    func run() throws {
        let daemon = try connection.connect()
        let day = try DayParser(daemon).dayIfSaid(day)
        let reply: RearrangementReply
        if apply {
            reply = try daemon.call(
                ClinicInterface.ApplyRepair(
                    proposal: proposal, day: day, course: course, reason: try why.code(), note: try why.note(),
                    request: request.id))
        } else {
            reply = try daemon.call(ClinicInterface.ProposeRepair(day: day, course: course))
        }
        try output.show(Payload(reply.json) { style in rearrangementLines(reply, isApplied: apply, style) })
    }
}

/// The verb `infusionctl optimize`.
struct OptimizeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract: "Propose better places for visits that nobody was told of yet; or take them.",
        discussion: """
            Visits that a patient knows of, that are pinned or too near stay where they are. Nothing gets worse in \
            all: what a better place costs the visits beside it is weighed.
            """)
    static let examples = [
        (line: "infusionctl optimize", does: "What would be better in the next four weeks?"),
        (line: "infusionctl optimize --weeks 8 --apply", does: "Find it and do it in one go."),
        (line: "infusionctl optimize --apply rp4", does: "Do what was proposed."),
    ]

    @Argument(help: "A proposal to be applied, with --apply.")
    var proposal: String?

    @Option(name: .long, help: ArgumentHelp("Visits of so many weeks, at most 26.", valueName: "count"))
    var weeks = 4

    @Flag(name: .long, help: "Do it.")
    var apply = false

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if proposal != nil, !apply { throw ValidationError("a proposal is applied with --apply") }
    }

    func run() throws {
        let daemon = try connection.connect()
        let reply: RearrangementReply
        if apply {
            reply = try daemon.call(
                ClinicInterface.ApplyImprovement(
                    proposal: proposal, weeks: weeks, reason: try why.code(), note: try why.note(),
                    request: request.id))
        } else {
            reply = try daemon.call(ClinicInterface.ProposeImprovement(weeks: weeks))
        }
        try output.show(Payload(reply.json) { style in rearrangementLines(reply, isApplied: apply, style) })
    }
}
