import ArgumentParser
import Wire

/// `infusionctl visit confirm VISIT`
struct VisitConfirmVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm a visit: the patient has agreed to its time.")
    static let examples = [(line: "infusionctl visit confirm v345", does: "The patient knows, and will come.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.ConfirmVisit {
        ClinicInterface.ConfirmVisit(
            visit: visit, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl visit cancel VISIT --reason REASON`
struct VisitCancelVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Call a visit off, and make it up where there is a place.",
        discussion: """
            Whether it comes early or late is measured in hours in which the clinic is open before the visit's start. \
            It is called off even where no other place is found: then the course has a task to make it up.
            """)
    static let examples = [
        (line: "infusionctl visit cancel v345 --reason patient-request", does: "With another visit in its place."),
        (
            line: "infusionctl visit cancel v345 --reason patient-unwell --no-make-up --dry-run",
            does: "What if its turn stayed empty?"
        ),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var makeUp: MakeUpOptions
    @OptionGroup var window: WindowOptions
    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.CancelVisit {
        ClinicInterface.CancelVisit(
            visit: visit, makeUp: !makeUp.noMakeUp, makeUpFrom: makeUp.start, keepWindow: window.isKept,
            reason: try why.code(), note: try why.note(), told: told.isTold, dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}
