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
        _ proposal: String?, alternative: Int? = nil, request: RequestOptions
    ) throws -> ClinicInterface.HoldProposal? {
        guard let hold, let proposal else { return nil }
        guard let minutes = ClockAdvanceVerb.minutes(hold) ?? Int(hold) else {
            throw Failure.usage("\(JSONOutput.quoted(hold)) is no stretch of time", hint: "say 15m or 1h")
        }
        return ClinicInterface.HoldProposal(
            proposal: proposal, alternative: alternative, minutes: minutes, request: request.id)
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
