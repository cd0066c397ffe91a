import ArgumentParser
import Wire

/// `infusionctl visit correct VISIT EVENT --at TIME`
struct VisitCorrectVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "Set right what was recorded of a visit's day, also what is not the last.",
        discussion: """
            Each fact has the number of the event that recorded it, as its verb printed it and infusionctl audit lists \
            it. What followed from the fact follows again: the status, the day, who is pushed. A fact stays after what \
            it follows and before what follows it.
            """)
    static let examples = [
        (line: "infusionctl visit correct v345 e912 --at 9:05", does: "It happened at five past nine."),
        (line: "infusionctl visit correct v345 e912 --undone", does: "It did not happen."),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Argument(help: "The event that recorded it, such as e912.")
    var event: String

    @Option(name: .long, help: ArgumentHelp("When it happened.", valueName: "time"))
    var at: String?

    @Flag(name: .long, help: "It did not happen.")
    var undone = false

    @OptionGroup var more: NoteOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let digits = event.hasPrefix("e") ? String(event.dropFirst()) : event
        guard let number = Int(digits), number > 0 else {
            throw Failure.usage("expected an event such as e912, found \"\(event)\"")
        }
        guard (at == nil) == undone else { throw Failure.usage("expected exactly one of --at and --undone") }
        let daemon = try change.connection.connect()
        let reply = try daemon.call(
            ClinicInterface.CorrectFact(
                visit: visit, event: number, at: try at.map { try DayParser(daemon).pastInstant($0) },
                note: try more.text(), told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen,
                request: change.request.id))
        try change.output.show(
            Payload(reply.json) { style in correctedLines(reply, isDryRun: change.dryRun, style) })
    }
}
