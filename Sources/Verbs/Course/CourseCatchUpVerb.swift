import ArgumentParser
import Wire

/// `infusionctl course catch-up COURSE --reason REASON`
struct CourseCatchUpVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "catch-up", abstract: "Plan the rest of a phase so that it ends in time, and say whom to call.",
        discussion: """
            For an induction that lost visits. It ends by its goal (without one within its alarm days, else within \
            its window), with as few visits moved of which the patient was told as that takes. Where it cannot, the \
            answer says why, and what comes nearest.
            """)
    static let examples = [
        (line: "infusionctl course catch-up c42 --reason clinical --dry-run", does: "What would it take?"),
        (line: "infusionctl course catch-up c42 --reason clinical", does: "Do it."),
        (
            line: "infusionctl course catch-up c42 --within 31 --nearest --reason clinical",
            does: "Within 31 days, or as near to that as can be."
        ),
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Option(
        name: .long, help: ArgumentHelp("Days from the phase's first visit to its last, at most.", valueName: "days"))
    var within: Int?

    @Flag(name: .long, help: "Where it cannot end in time, end as soon after as can be.")
    var nearest = false

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.CatchUpCourse {
        ClinicInterface.CatchUpCourse(
            course: course, within: within, nearest: nearest ? true : nil, reason: try why.code(),
            note: try why.note(), told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen,
            request: change.request.id)
    }
}
