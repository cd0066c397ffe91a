import ArgumentParser
import Wire

/// The verbs `infusionctl visit …`.
struct VisitVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "visit", abstract: "See a visit, and change what becomes of it.",
        subcommands: [
            VisitShowVerb.self, VisitWhyVerb.self, VisitConfirmVerb.self, VisitMoveVerb.self, VisitCancelVerb.self,
            VisitOmitVerb.self, VisitAppendVerb.self, VisitPinVerb.self, VisitUnpinVerb.self, VisitOverrideVerb.self,
            VisitNoShowVerb.self, VisitNotTreatedVerb.self,
            VisitArriveVerb.self, VisitEscortVerb.self, VisitCheckVerb.self, VisitStartVerb.self, VisitNextVerb.self,
            VisitPauseVerb.self, VisitContinueVerb.self, VisitDelayVerb.self, VisitDischargeVerb.self,
            VisitCorrectVerb.self,
        ])
    static let examples = [
        (line: "infusionctl visit show v345", does: "Its place, stages and status."),
        (line: "infusionctl visit why v345 tue", does: "Why is it not on Tuesday?"),
        (line: "infusionctl visit move v345 --day tue --reason patient-request", does: "Then put it there."),
    ]
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

/// The verbs `infusionctl visit-type …`.
struct VisitTypeVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "visit-type", abstract: "See the kinds of visit.", subcommands: [VisitTypeListVerb.self])
    static let examples = [(line: "infusionctl visit-type list", does: "What free --visit can be asked for.")]
}

/// The verb `infusionctl visit-type list`.
struct VisitTypeListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the kinds of visit of the configuration in force.")
    static let examples = [(line: "infusionctl visit-type list", does: "Each with its length, chair and staff.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListVisitTypes())
        try output.show(
            Payload(reply.json) { style in
                var table = TextTable(
                    ("visit", .left), ("name", .left), ("minutes", .right), ("chair with", .left), ("staff", .left))
                for type in reply.visitTypes {
                    table.add(
                        type.id, type.name, "\(type.minutes)", type.features.joined(separator: ", "),
                        type.roles.joined(separator: ", "))
                }
                return table.lines(style)
            })
    }
}
