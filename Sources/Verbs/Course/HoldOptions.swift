import ArgumentParser
import StrictJSON
import Wire

/// That a proposal is only held for some time.
struct HoldOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Hold it for so long, 15m or 1h: it keeps its places until it is booked or given up.", valueName: "time"))
    var hold: String?

    /// The call that holds a proposal, where that is asked for.
    func call(
        _ proposal: String?, alternative: Int? = nil, again: AgainOptions, seen: SeenOptions, request: RequestOptions
    ) throws -> ClinicInterface.HoldProposal? {
        guard let hold, let proposal else { return nil }
        guard let minutes = ClockAdvanceVerb.minutes(hold) ?? Int(hold) else {
            throw Failure.usage("\(JSONOutput.quoted(hold)) is no stretch of time", hint: "say 15m or 1h")
        }
        return ClinicInterface.HoldProposal(
            proposal: proposal, alternative: alternative, minutes: minutes, again: again.isAgain,
            reason: try again.why.code(), note: try again.why.note(), seen: seen.seen, request: request.id)
    }
}

/// That a course is held, and what can be done with it.
func heldLines(_ reply: ClinicInterface.HoldProposal.Reply, _ style: Style) -> [String] {
    [
        "",
        style.bold(
            "held as \(reply.id)\(forWhom(reply.visits)) until \(reply.until.day.spoken), \(clockText(reply.until))")
            + " (e\(reply.event))", "to book it:     infusionctl course book \(reply.id)",
        "to give it up:  infusionctl course release \(reply.id)",
    ]
}

/// Whose visits they are: a proposal's id does not tell whom it was made for.
func forWhom(_ visits: [VisitMessage]) -> String { visits.first.map { " for \($0.patient)" } ?? "" }

/// That a second course by the same regimen is meant, and why.
struct AgainOptions: ParsableArguments {
    @Flag(name: .long, help: "A second course by the regimen beside one that is not over; say why with --reason.")
    var again = false

    @OptionGroup var why: OptionalReasonOptions

    /// The flag as it is sent.
    var isAgain: Bool? { again ? true : nil }

    /// Whether nothing of it is said.
    var isEmpty: Bool { !again && why.reason == nil && why.more.note == nil }
}
