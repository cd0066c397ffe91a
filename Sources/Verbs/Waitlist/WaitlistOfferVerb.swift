import ArgumentParser
import Planning
import StrictJSON
import Wire

/// `infusionctl waitlist offer VISIT`, or --day DAY --at TIME --chair CHAIR
struct WaitlistOfferVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "offer",
        abstract: "Show who gains by a free place, best first; with --to, hold it for one of them.",
        discussion: """
            The place is the one that a visit has left, or a stretch of a chair. Only places that keep every rule are \
            shown. Exit code 2 where the one named by --to cannot take it.
            """)
    static let examples = [
        (line: "infusionctl waitlist offer v12", does: "Who gains by the place that v12 has left?"),
        (line: "infusionctl waitlist offer v12 --to w3 --hold 2h", does: "Hold it for w3 while they are called."),
        (
            line: "infusionctl waitlist offer --day thu --at 10:00 --chair chair-2 --length 95m",
            does: "A place named by day, time and chair."
        ),
    ]

    @Argument(help: "The visit that has left its place.")
    var visit: String?

    @Option(name: .long, help: "The day of the place.")
    var day: String?

    @Option(name: .long, help: ArgumentHelp("From when the chair is free, 10:00.", valueName: "time"))
    var at: String?

    @Option(name: .long, help: "The chair's id.")
    var chair: String?

    @Option(name: .long, help: ArgumentHelp("For how long it is free, 95m. (default: 1h)", valueName: "time"))
    var length: String?

    @Option(name: .long, help: ArgumentHelp("Whom it is offered to: an entry of the waiting list.", valueName: "entry"))
    var to: String?

    @Option(
        name: .long, help: ArgumentHelp("How long it is held, 30m, 2h, 1d. (default: 1h)", valueName: "time"))
    var hold: String?

    @OptionGroup var seen: SeenOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (visit == nil) == (day != nil && at != nil && chair != nil), visit == nil || length == nil else {
            throw ValidationError("say a visit that has left its place, or --day, --at and --chair")
        }
        if hold != nil, to == nil { throw ValidationError("--hold belongs to --to") }
    }

    func run() throws {
        let daemon = try connection.connect()
        let day = try DayParser(daemon).dayIfSaid(day)
        let time = try at.map(SpokenTime.time)
        let minutes = try length.map { try Self.minutes($0) }
        guard let to else {
            let reply = try daemon.call(
                ClinicInterface.MatchWaiting(visit: visit, day: day, at: time, chair: chair, minutes: minutes))
            return try output.show(
                Payload(reply.json) { style in matchLines(reply.place, named: placeWords(reply.place), style) })
        }
        let reply = try daemon.call(
            ClinicInterface.OfferPlace(
                waiting: to, visit: visit, day: day, at: time, chair: chair, minutes: minutes,
                holdMinutes: try hold.map { try Self.minutes($0) }, seen: seen.seen, request: request.id))
        try output.show(Payload(reply.json) { style in offerLines(reply, style) })
    }

    private static func minutes(_ text: String) throws -> Int {
        guard let minutes = ClockAdvanceVerb.minutes(text) else {
            throw Failure.usage("\(JSONOutput.quoted(text)) is no length of time", hint: "say 30m, 2h or 1d")
        }
        return minutes
    }

    /// How the place is named when it is offered.
    private func placeWords(_ place: FreedPlaceMessage) -> String {
        visit ?? placeOptions(place)
    }
}
