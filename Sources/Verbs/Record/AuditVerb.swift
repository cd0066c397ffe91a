import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verb `infusionctl audit`.
struct AuditVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Say who did what, when and why, and who read what of patients.",
        discussion: """
            Oldest first, of the newest that were found. What was read is shown to admins only; what fell due, which \
            nobody did, is not shown. A time without a day \
            is today's; a day without a time is the whole day.
            """)
    static let examples = [
        (line: "infusionctl audit --visit v345", does: "Who moved this visit, and why?"),
        (line: "infusionctl audit --patient MRN-4711 --from yesterday", does: "A patient's, with who read."),
        (line: #"infusionctl audit --actor alice --from "mon 8:00" --until "mon 12:00""#, does: "A morning's work."),
        (line: "infusionctl audit --course c42 --limit 500 --json", does: "A course's whole story for a program."),
    ]

    @Option(name: .long, help: "Only about this patient, by id or record number.")
    var patient: String?

    @Option(name: .long, help: "Only about this course.")
    var course: String?

    @Option(name: .long, help: "Only about this visit.")
    var visit: String?

    @Option(name: .long, help: ArgumentHelp("Only by this user, by name or number.", valueName: "user"))
    var actor: String?

    @Option(name: .long, help: ArgumentHelp("Only from then on.", valueName: "moment"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("Only until then.", valueName: "moment"))
    var until: String?

    @Flag(name: .long, inversion: .prefixedNo, help: "Show who read; with a patient or a user shown without asking.")
    var reads: Bool?

    @Option(
        name: .long,
        help: ArgumentHelp("Go on with what comes before this place, as shown below a list.", valueName: "place"))
    var before: String?

    @Option(name: .long, help: "How many at most, up to 500.")
    var limit = 50

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if [patient, course, visit, actor, from].allSatisfy({ $0 == nil }) {
            throw ValidationError("say at least one of --patient, --course, --visit, --actor and --from")
        }
    }

    func run() throws {
        let daemon = try connection.connect()
        let present = DayParser(daemon)
        let reply = try daemon.call(
            ClinicInterface.Audit(
                patient: try patient.map { try CourseWishes.patientID($0, daemon) }, course: course, visit: visit,
                actor: actor, from: try from.map { try present.moment($0) },
                until: try until.map { try present.moment($0, isEnd: true) }, reads: reads, before: before,
                limit: limit))
        try output.show(Payload(reply.json) { style in auditLines(reply, style) })
    }
}
