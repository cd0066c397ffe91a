import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl opening …`.
struct OpeningVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "opening", abstract: "When the clinic opens beyond its weekly hours.",
        subcommands: [OpeningAddVerb.self, OpeningRemoveVerb.self, OpeningListVerb.self])
    static let examples = [
        (line: "infusionctl opening add sat 8:00-13:00", does: "A Saturday, and whom it could help.")
    ]
}

/// `infusionctl opening add DAY HOURS`
struct OpeningAddVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Open the clinic on a day beyond its weekly hours, and see whom that could help.",
        discussion: "Staff have no shifts on such a day of themselves: infusionctl staff on adds them.")
    static let examples = [(line: "infusionctl opening add sat 8:00-13:00", does: "A Saturday.")]

    @Argument(help: "The day.")
    var day: String

    @Argument(help: "The hours, 8:00-13:00.")
    var hours: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let daemon = try change.connection.connect()
        let day = try DayParser(daemon).day(day)
        let call = ClinicInterface.AddOpening(
            day: day, hours: try SpokenTime.hours(hours), reason: try why.code(), note: try why.note(),
            dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
        try change.make(call, "open \(day.spoken) \(call.hours.text)", gains: day, daemon)
    }
}

/// `infusionctl opening remove OPENING`
struct OpeningRemoveVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take an extra opening back, and see whom that hits.")
    static let examples = [(line: "infusionctl opening remove x1", does: "Closed after all.")]

    @Argument(help: "The opening's id.")
    var opening: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let daemon = try change.connection.connect()
        guard isID(opening, "x") else { throw Failure.usage("\(opening) is no opening", hint: "openings are x1, x2 …") }
        try change.takeBack([opening], "opening \(opening) is taken back", why, daemon)
    }
}

/// The verb `infusionctl opening list`.
struct OpeningListVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List extra openings from today on.")
    static let examples = [(line: "infusionctl opening list", does: "Those configured, too.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListAvailability())
        try output.show(Payload(.object(reply.ofOpenings)) { style in openingLines(reply.openings, style) })
    }
}
