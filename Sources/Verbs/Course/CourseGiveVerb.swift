import ArgumentParser
import Wire

/// `infusionctl course give COURSE --to PATIENT --reason REASON`
struct CourseGiveVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "give", abstract: "Give a course that was booked for the wrong patient to the right one.",
        discussion: """
            Its visits stay where they are. The right patient has heard of none that is to come: agree on them as of \
            any new course. Whoever was told of them before is to be told that they will not take place. Refused where \
            the right patient has a visit of such a day.
            """)
    static let examples = [
        (line: "infusionctl course give c42 --to p17 --reason correction", does: "It was meant for p17.")
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Option(name: .long, help: ArgumentHelp("Whom it was meant for, by id or record number.", valueName: "patient"))
    var to: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.GiveCourse {
        ClinicInterface.GiveCourse(
            course: course, patient: try CourseWishes.patientID(to, daemon), reason: try why.code(),
            note: try why.note(), told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen,
            request: change.request.id)
    }
}
