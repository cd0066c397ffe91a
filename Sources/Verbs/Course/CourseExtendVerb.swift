import ArgumentParser
import Wire

/// `infusionctl course extend COURSE VISITS --reason REASON`
struct CourseExtendVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "extend", abstract: "Give a phase of a course more visits.",
        discussion: "The phases after it follow later. visit append gives the last phase more.")
    static let examples = [
        (
            line: "infusionctl course extend c42 2 --phase induction --reason clinical --dry-run",
            does: "What would two more infusions move?"
        )
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "How many visits more.")
    var visits: Int

    @Option(name: .long, help: "The phase. (default: the last one)")
    var phase: String?

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.ExtendCourse {
        ClinicInterface.ExtendCourse(
            course: course, phase: phase, visits: visits, reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course end-phase COURSE PHASE --reason REASON`
struct CourseEndPhaseVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "end-phase", abstract: "End a phase with the visits that it has had, and plan what follows.")
    static let examples = [
        (line: "infusionctl course end-phase c42 induction --reason clinical", does: "On to what comes after it.")
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "The phase.")
    var phase: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.EndPhase {
        ClinicInterface.EndPhase(
            course: course, phase: phase, reason: try why.code(), note: try why.note(), told: told.isTold,
            dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course advance COURSE --reason REASON`
struct CourseAdvanceVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "advance", abstract: "End the present phase and go on to the next.")
    static let examples = [
        (line: "infusionctl course advance c42 --reason clinical --dry-run", does: "What if maintenance began now?")
    ]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.AdvanceCourse {
        ClinicInterface.AdvanceCourse(
            course: course, reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl course step-back COURSE VISITS --reason REASON`
struct CourseStepBackVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "step-back",
        abstract: "Go back to the phase before for some visits, then on with the present one.")
    static let examples = [
        (line: "infusionctl course step-back c42 2 --reason clinical", does: "Two visits more of the phase before.")
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "How many visits of the phase before.")
    var visits: Int

    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.StepBackCourse {
        ClinicInterface.StepBackCourse(
            course: course, visits: visits, reason: try why.code(), note: try why.note(), told: told.isTold,
            dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}
