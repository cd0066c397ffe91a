import ArgumentParser
import Wire

/// The verbs `infusionctl regimen …`.
struct RegimenVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "regimen", abstract: "See the course templates of the configuration.",
        subcommands: [RegimenListVerb.self, RegimenShowVerb.self])
    static let examples = [(line: "infusionctl regimen list", does: "What can be planned here?")]
}

/// The verb `infusionctl regimen list`.
struct RegimenListVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the regimens.")
    static let examples = [(line: "infusionctl regimen list", does: "Ids, names and how many visits.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListRegimens())
        try output.show(
            Payload(reply.json) { style in
                var table = TextTable(("regimen", .left), ("phases", .right), ("visits", .right), ("name", .left))
                for regimen in reply.regimens {
                    table.add(
                        regimen.id, "\(regimen.phases)", regimen.visits.map { "\($0)" } ?? "open", regimen.name)
                }
                return table.lines(style)
            })
    }
}

/// `infusionctl regimen show ID`
struct RegimenShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a regimen: its phases, gaps, windows and gates.")
    static let examples = [(line: "infusionctl regimen show mdd-iv-3x2", does: "One regimen in full.")]

    @Argument(help: "The regimen's id.")
    var regimen: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ShowRegimen(regimen: regimen))
        try output.show(Payload(reply.json) { style in regimenLines(reply.found, style) })
    }
}
