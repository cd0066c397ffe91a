import ArgumentParser
import Wire

/// The verb `infusionctl import FILE`.
struct ImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in an export file: patients, running courses and bookings as they stand, all or nothing.",
        discussion: """
            The file is what infusionctl export writes; one for another program's bookings is made in the same shape. \
            The configuration in force stays and must have every chair and person that is named. Patients are known \
            by their record numbers. In a clinic to which nothing has come yet ids stay as they are.

            Every problem is told with its line. A chair taken twice or a person beyond what they can carry is a \
            problem; a visit that breaks another rule is taken in and listed. A course with “adopted”, how much of it \
            was given elsewhere, and without visits is planned.
            """)
    static let examples = [
        (line: "infusionctl import clinic.json --dry-run", does: "What would it bring, and what is in the way?"),
        (line: "infusionctl import clinic.json", does: "Take it in."),
    ]

    @Argument(help: #"The export file; "-" is standard input."#)
    var file: String

    @Flag(name: .long, help: "Change nothing; tell what would be done.")
    var dryRun = false

    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let bytes = try Files.read(file)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure.failed("\(Files.name(file)): not UTF-8")
        }
        let daemon = try connection.connect()
        let id = request.id
        for (number, part) in ImportVerb.parts(of: text).enumerated() {
            _ = try daemon.call(ClinicInterface.StageImport(upload: id, part: number, text: part))
        }
        let reply = try daemon.call(
            ClinicInterface.Import(
                upload: id, checksum: Checksum.text(of: bytes), dryRun: dryRun ? true : nil, request: id))
        try output.show(Payload(reply.json) { ImportVerb.lines(reply, isDry: dryRun, $0) })
    }

    /// The text in parts that fit a message whatever stands in them.
    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            let part = rest.prefix(100_000)
            parts.append(String(String.UnicodeScalarView(part)))
            rest = rest[part.endIndex...]
        }
        return parts
    }

    private static func lines(_ reply: ClinicInterface.Import.Reply, isDry: Bool, _ style: Style) -> [String] {
        let facts = [
            counted(reply.patients, "patient") + " (\(reply.newPatients) new)", counted(reply.courses, "course"),
            counted(reply.visits, "visit") + (reply.planned > 0 ? " and \(reply.planned) planned" : ""),
            reply.availabilities > 0
                ? counted(reply.availabilities, "absence, outage or closure", "absences, outages and closures") : "",
        ]
        let head = (isDry ? "would import " : "imported ") + listed(facts.filter { !$0.isEmpty })
        guard !reply.breaches.isEmpty else { return [head] }
        var table = TextTable(("visit", .left), ("course", .left), ("day", .left), ("breaks", .left))
        for breach in reply.breaches {
            table.add(breach.visit, breach.course, breach.start.day.short, breach.rule)
        }
        return [head, "", "\(counted(reply.breaches.count, "visit")) stay although a rule is broken:"]
            + table.lines(style)
    }
}
