import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl closure …`.
struct ClosureVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "closure", abstract: "When the clinic is closed beyond its weekly hours.",
        subcommands: [ClosureAddVerb.self, ClosureRemoveVerb.self, ClosureListVerb.self])
    static let examples = [
        (
            line: "infusionctl closure add fri --hours 12:00-17:00",
            does: "Closed on Friday afternoon: whom does that hit?"
        )
    ]
}

/// `infusionctl closure add DAY`
struct ClosureAddVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Close the clinic for days, or for hours of them, and see whom that hits.",
        discussion: """
            Nothing is moved: infusionctl repair proposes what could be done. Holiday and training are reasons of \
            closure.
            """)
    static let examples = [
        (line: #"infusionctl closure add "24 dec" --through "1 jan" --dry-run"#, does: "Whom would it hit?"),
        (line: "infusionctl closure add fri --hours 12:00-17:00", does: "An afternoon."),
    ]

    @Argument(help: "The first day.")
    var day: String

    @Option(name: .long, help: ArgumentHelp("The last day. (default: the first one)", valueName: "day"))
    var through: String?

    @Option(name: .long, help: ArgumentHelp("The hours of each day. (default: all day)", valueName: "hours"))
    var hours: String?

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    /// What is said of days on which a clinic is closed, as configurations name them; the record knows it as closure.
    private static let holidays = ["holiday", "holidays", "training"]

    /// The code of the reason, if one is given.
    private func reason() throws -> String? {
        if let word = why.reason, Self.holidays.contains(word.lowercased()) { return "closure" }
        return try why.code()
    }

    func run() throws {
        let daemon = try change.connection.connect()
        let present = DayParser(daemon)
        let first = try present.day(day)
        let call = ClinicInterface.AddClosure(
            from: first, through: try present.lastDay(through, from: first), hours: try hours.map(SpokenTime.hours),
            reason: try reason(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
        let days = spokenDays(call.from, through: call.through ?? call.from)
        try change.make(call, "closed \(days)" + (call.hours.map { " \($0.text)" } ?? ""), daemon)
    }
}

/// `infusionctl closure remove CLOSURE`
struct ClosureRemoveVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a closure back; those of the configuration stay.")
    static let examples = [(line: "infusionctl closure remove k1", does: "Open after all.")]

    @Argument(help: "The closure's id.")
    var closure: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let daemon = try change.connection.connect()
        guard isID(closure, "k") else { throw Failure.usage("\(closure) is no closure", hint: "closures are k1, k2 …") }
        try change.takeBack([closure], "closure \(closure) is taken back", why, daemon)
    }
}

/// The verb `infusionctl closure list`.
struct ClosureListVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List closures from today on.")
    static let examples = [(line: "infusionctl closure list", does: "Those configured, too.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListAvailability())
        try output.show(Payload(.object(reply.ofClosures)) { style in closureLines(reply.closures, style) })
    }
}
