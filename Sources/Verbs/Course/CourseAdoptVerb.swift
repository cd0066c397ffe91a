import ArgumentParser
import Wire

/// `infusionctl course adopt PATIENT REGIMEN PHASE GIVEN LAST-DAY --reason REASON`
struct CourseAdoptVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Take over a course that is running elsewhere; what is left is planned here.")
    static let examples = [
        (
            line: "infusionctl course adopt MRN-4711 mdd-iv-3x2 induction 3 fri --reason patient-request",
            does: "Three infusions of the induction were given, the last on Friday."
        )
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @Argument(help: "The regimen's id.")
    var regimen: String

    @Argument(help: "The phase that the course has reached.")
    var phase: String

    @Argument(help: "How many visits of the phase were given.")
    var given: Int

    @Argument(
        help: ArgumentHelp(#"The day of the last one: fri for the last Friday, "27 feb"."#, valueName: "last-day"))
    var lastDay: String

    @Flag(name: .long, help: "A second course by the regimen beside one that is not over.")
    var again = false

    @OptionGroup var wishes: CourseWishes
    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.AdoptCourse {
        let present = DayParser(daemon)
        return ClinicInterface.AdoptCourse(
            course: try wishes.message(patient: patient, regimen: regimen, daemon), phase: phase, given: given,
            lastDay: try present.pastDay(lastDay), again: again ? true : nil,
            reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}
