import ArgumentParser
import Wire

/// `infusionctl visit …`
struct VisitVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "visit", abstract: "See a visit.", subcommands: [VisitShowVerb.self])
    static let examples = [(line: "infusionctl visit show v345", does: "Its place, stages and status.")]
}

/// `infusionctl visit show VISIT`
struct VisitShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a visit: its place, stages and status.")
    static let examples = [(line: "infusionctl visit show v345", does: "One visit in full.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ShowVisit(visit: visit))
        try output.show(Payload(reply.json) { style in visitLines(reply, style) })
    }
}
