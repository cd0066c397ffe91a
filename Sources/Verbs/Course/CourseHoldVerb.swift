import ArgumentParser
import Wire

/// `infusionctl course hold COURSE --reason REASON`
struct CourseHoldVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Put a course on hold: what is to come is called off.",
        discussion: "course resume plans it again. A proposal is held with course propose --hold.")
    static let examples = [(line: "infusionctl course hold c42 --reason patient-unwell", does: "Until it is resumed.")]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.HoldCourse {
        ClinicInterface.HoldCourse(
            course: course, reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course resume COURSE --reason REASON`
struct CourseResumeVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with a course that is on hold.")
    static let examples = [
        (line: #"infusionctl course resume c42 --from "next mon" --reason patient-request"#, does: "From Monday on.")
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Option(name: .long, help: ArgumentHelp("The first day on which it may go on. (default: today)", valueName: "day"))
    var from = "today"

    @OptionGroup var window: WindowOptions
    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.ResumeCourse {
        ClinicInterface.ResumeCourse(
            course: course, from: try DayParser(daemon).day(from), keepWindow: window.isKept,
            reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course cease COURSE --reason REASON`
struct CourseCeaseVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "cease", abstract: "End a course early: what is to come is called off for good.")
    static let examples = [(line: "infusionctl course cease c42 --reason clinical", does: "With whom to call.")]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.CeaseCourse {
        ClinicInterface.CeaseCourse(
            course: course, reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course replan COURSE --reason REASON`
struct CourseReplanVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "replan", abstract: "Plan the visits to come anew, where that is better.",
        discussion: """
            Lost visits that have no other place yet get one. Pinned visits stay, and to move one of which the patient \
            was told must be worth it.
            """)
    static let examples = [
        (line: "infusionctl course replan c42 --reason staffing --dry-run", does: "Is there a place for what was lost?")
    ]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.ReplanCourse {
        ClinicInterface.ReplanCourse(
            course: course, reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course release COURSE`
struct CourseReleaseVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give up a course that is held, before its time is over.")
    static let examples = [(line: "infusionctl course release c42", does: "Its places are free again.")]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.ReleaseCourse {
        ClinicInterface.ReleaseCourse(
            course: course, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}
