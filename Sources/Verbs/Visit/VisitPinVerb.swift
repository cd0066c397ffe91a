import ArgumentParser
import Wire

/// `infusionctl visit pin VISIT`
struct VisitPinVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "Pin a visit: no plan moves it any more.")
    static let examples = [(line: "infusionctl visit pin v345", does: "It stays, whatever else is planned anew.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.PinVisit {
        ClinicInterface.PinVisit(
            visit: visit, pinned: true, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl visit unpin VISIT`
struct VisitUnpinVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "unpin", abstract: "Unpin a visit: plans may move it again.")
    static let examples = [(line: "infusionctl visit unpin v345", does: "As any other visit.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.PinVisit {
        ClinicInterface.PinVisit(
            visit: visit, pinned: false, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}
