import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl authorisation …`.
struct AuthorisationVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "authorisation", abstract: "Record and see what payers have authorised.",
        subcommands: [AuthorisationAddVerb.self, AuthorisationListVerb.self])
    static let examples = [
        (line: "infusionctl authorisation add c42 A-1 --visits 8 --through \"30 apr\"", does: "The payer approved 8."),
        (line: "infusionctl authorisation list c42", does: "What is left of it."),
    ]
}

/// `infusionctl authorisation add COURSE NUMBER`
struct AuthorisationAddVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record a payer's authorisation, new or in place of the one with its number.",
        discussion: """
            From then on visits of the course need an authorisation to be confirmed. Visits whose times the patient \
            knows, and which waited for it only, are confirmed at once, in their order, as far as it goes.
            """)
    static let examples = [
        (
            line: "infusionctl authorisation add c42 A-1 --status requested --visits 8 --through \"30 apr\"",
            does: "Asked for; nothing is covered yet."
        ),
        (
            line: "infusionctl authorisation add c42 A-1 --visits 4 --through \"30 apr\" --type iv-40",
            does: "Approved for four infusions."
        ),
    ]

    @Argument(help: "The course's id.")
    var course: String

    @Argument(help: "The payer's number.")
    var number: String

    @Option(name: .long, help: "How many visits it covers.")
    var visits: Int

    @Option(name: .long, help: "approved, requested or denied.")
    var status = "approved"

    @Option(name: .long, help: ArgumentHelp("The first day that it covers.", valueName: "day"))
    var from = "today"

    @Option(name: .long, help: ArgumentHelp("The last day that it covers.", valueName: "day"))
    var through: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A visit type that it covers. May be repeated. (default: all of the course)", valueName: "visit"))
    var type: [String] = []

    @Option(name: .long, help: ArgumentHelp("The day on which it was asked for.", valueName: "day"))
    var requested: String?

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.AddAuthorisation {
        let present = DayParser(daemon)
        guard let status = Authorisation.Status(rawValue: status) else {
            throw Failure.usage(
                "\(JSONOutput.quoted(self.status)) is no status", hint: "say approved, requested or denied")
        }
        var types = type
        if types.isEmpty {
            let standing = try daemon.call(ClinicInterface.ShowCourse(course: course)).standing
            types = standing?.phases.map(\.visit) ?? []
        }
        let said = try present.nearestDays(from: from, through: through)
        guard let from = said.from, let through = said.through, from <= through else {
            let (from, through) = (self.from, self.through)
            throw Failure.usage("the last day, \(through), is before the first, \(from)")
        }
        let authorisation = Authorisation(
            number: number, status: status, requestedOn: try requested.map(present.pastDay), visits: visits,
            visitTypes: Set(types.map { VisitTypeID($0) }), from: from, through: through)
        return ClinicInterface.AddAuthorisation(
            course: course, authorisation: authorisation, reason: try why.code(), note: try why.note(),
            dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl authorisation list COURSE`
struct AuthorisationListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the authorisations of a course, with what is used of them.")
    static let examples = [(line: "infusionctl authorisation list c42", does: "And the first visit without one.")]

    @Argument(help: "The course's id.")
    var course: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListAuthorisations(course: course))
        try output.show(
            Payload(reply.json) { style in
                var lines = authorisationTable(reply.authorisations).lines(style)
                if let visit = reply.uncovered {
                    let text = "no approved one is left for \(visit.id) on \(visit.start.day.spoken) (\(visit.visit))"
                    lines += (lines.isEmpty ? [] : [""]) + [style.yellow(text)]
                } else if lines.isEmpty {
                    lines = [reply.required ? "none is recorded yet" : "visits of \(course) need no authorisation"]
                }
                return lines
            })
    }
}

/// The authorisations of a course, with what is used of them.
func authorisationTable(_ uses: [AuthorisationUseMessage]) -> TextTable {
    var table = TextTable(
        ("number", .left), ("status", .left), ("visits", .right), ("used", .right), ("from", .left), ("through", .left),
        ("for", .left), ("asked for", .left))
    for use in uses {
        let word = use.authorisation
        table.add(
            word.number, word.status.rawValue, "\(word.visits)", "\(use.used)", word.from.short, word.through.short,
            word.visitTypes.map(\.text).sorted().joined(separator: ", "), word.requestedOn?.short ?? "")
    }
    return table
}
