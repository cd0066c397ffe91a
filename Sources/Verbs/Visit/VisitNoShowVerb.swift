import ArgumentParser
import Wire

/// `infusionctl visit no-show VISIT`
struct VisitNoShowVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "no-show", abstract: "Record that the patient did not come, and make the visit up.",
        discussion: """
            It is recorded even where no other place is found: then the course has a task to make it up. The later \
            visits keep their distance.
            """)
    static let examples = [
        (line: "infusionctl visit no-show v345", does: "With another visit in its place."),
        (line: "infusionctl visit no-show v345 --no-make-up", does: "Its turn stays empty."),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var makeUp: MakeUpOptions
    @OptionGroup var window: WindowOptions
    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.RecordNoShow {
        ClinicInterface.RecordNoShow(
            visit: visit, makeUp: !makeUp.noMakeUp, makeUpFrom: makeUp.start, keepWindow: window.isKept,
            reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl visit not-treated VISIT OBSTACLE`
struct VisitNotTreatedVerb: ChangeVerb {
    static let obstacles = listed(ClinicInterface.obstacles.map { kebabCase($0) }, "or")
    static let configuration = CommandConfiguration(
        commandName: "not-treated", abstract: "Record that the patient came and was not treated; make the visit up.",
        discussion: "It takes a clinician.")
    static let examples = [
        (line: "infusionctl visit not-treated v345 ate", does: "The patient had breakfast."),
        (line: "infusionctl visit not-treated v345 no-escort --no-make-up", does: "Its turn stays empty."),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Argument(help: ArgumentHelp("What stood in the way: \(VisitNotTreatedVerb.obstacles).", valueName: "obstacle"))
    var obstacle: String

    @Flag(name: .long, help: "Record it although the visit lies ahead: it is meant.")
    var yes = false

    @OptionGroup var makeUp: MakeUpOptions
    @OptionGroup var window: WindowOptions
    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.RecordNotTreated {
        let obstacle = try NoteOptions.name(obstacle, among: ClinicInterface.obstacles, "obstacle")
        return ClinicInterface.RecordNotTreated(
            visit: visit, obstacle: obstacle, makeUp: !makeUp.noMakeUp, makeUpFrom: makeUp.start,
            keepWindow: window.isKept, yes: yes ? true : nil, reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}
