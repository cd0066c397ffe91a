import ArgumentParser
import Wire

/// The verbs `infusionctl patient …`.
struct PatientVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "patient", abstract: "Add and find patients.",
        subcommands: [PatientAddVerb.self, PatientImportVerb.self, PatientListVerb.self, PatientShowVerb.self])
    static let examples = [(line: "infusionctl patient add MRN-4711", does: "A patient known by a record number.")]
}

/// `infusionctl patient add [RECORD]`
struct PatientAddVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a patient.",
        discussion: """
            A record number may be an argument. Name and phone never are, for arguments can be read by everybody on \
            the machine: they come from a file or from standard input, as lines or as a JSON object with recordNumber, \
            name and phone.
            """)
    static let examples = [
        (line: "infusionctl patient add MRN-4711", does: "A record number only."),
        (
            line: "infusionctl patient add --file patient.txt",
            does: "With lines such as “record number: MRN-4711” and “name: …”."
        ),
        (
            line: "infusionctl patient add MRN-4711 --file -",
            does: "Name and phone from standard input: “name: …”, “phone: …”."
        ),
    ]

    @Argument(help: "The clinic's own reference of the patient.")
    var recordNumber: String?

    @Option(name: .long, help: #"Where record number, name and phone stand; "-" is standard input."#)
    var file: String?

    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var patient = try file.map { try PatientText.one(Files.read($0), file: Files.name($0)) } ?? PatientText.Draft()
        if let recordNumber { patient.recordNumber = recordNumber }
        guard let number = patient.recordNumber else {
            throw Failure.usage(
                "a patient needs a record number", hint: "give it as an argument, or with --file as “record number: …”")
        }
        let reply = try connection.connect().call(
            ClinicInterface.AddPatient(
                recordNumber: number, name: patient.name, phone: patient.phone, request: request.id))
        try output.show(Payload(reply.json) { _ in ["added \(reply.patient)"] })
    }
}

/// `infusionctl patient import FILE`
struct PatientImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add many patients; those whose record number is known already stay as they are.",
        discussion: """
            The file is a JSON array of objects with recordNumber, name and phone, or blocks of lines such as \
            “record number: …”, “name: …”, “phone: …” with an empty line between patients, or CSV with these column \
            names in its first line. All or nothing.
            """)
    static let examples = [
        (
            line: "infusionctl patient import patients.csv",
            does: "With a first line such as “record number,name,phone”."
        ),
        (line: "infusionctl patient import - < patients.json", does: "From standard input."),
    ]

    @Argument(help: #"The file; "-" is standard input."#)
    var file: String

    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let patients = try PatientText.many(Files.read(file), file: Files.name(file))
        let reply = try connection.connect().call(
            ClinicInterface.ImportPatients(patients: patients, request: request.id))
        try output.show(
            Payload(reply.json) { _ in
                ["added \(counted(reply.added, "patient")), \(reply.ids.count - reply.added) known before"]
            })
    }
}

/// `infusionctl patient list [QUERY]`
struct PatientListVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List patients.")
    static let examples = [
        (line: "infusionctl patient list", does: "The first hundred, by id."),
        (line: "infusionctl patient list --after p100", does: "The next hundred."),
        (line: "infusionctl patient list --find -", does: "Part of a name or record number, from standard input."),
    ]

    @Option(
        name: .long,
        help: #"Only patients with this in their record number; "-" reads part of a name from standard input."#)
    var find: String?

    @Option(name: .long, help: ArgumentHelp("Go on after this patient.", valueName: "patient"))
    var after: String?

    @Option(name: .long, help: "How many at most.")
    var limit = 100

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let query = find == "-" ? String(decoding: try Files.read("-"), as: UTF8.self).trimmed : find
        let reply = try connection.connect().call(
            ClinicInterface.ListPatients(query: query, after: after, limit: limit))
        try output.show(
            Payload(reply.json) { style in
                var table = TextTable(("patient", .left), ("record number", .left), ("name", .left), ("phone", .left))
                for patient in reply.patients {
                    table.add(patient.id, patient.recordNumber, patient.name ?? "", patient.phone ?? "")
                }
                return table.lines(style) + moreLines(reply.more, after: reply.patients.last?.id, style)
            })
    }
}

/// `infusionctl patient show PATIENT`
struct PatientShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a patient and the patient's courses.")
    static let examples = [
        (line: "infusionctl patient show p17", does: "By id."),
        (line: "infusionctl patient show MRN-4711", does: "By record number."),
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let reply = try daemon.call(PatientText.lookUp(patient, daemon))
        try output.show(
            Payload(reply.json) { style in
                let found = reply.found
                let facts = [
                    ("record number", found.recordNumber), ("name", found.name ?? ""), ("phone", found.phone ?? ""),
                ]
                return [style.bold(found.id)] + factLines(facts)
                    + (reply.courses.isEmpty ? [] : [""] + courseTable(reply.courses).lines(style))
            })
    }
}

/// A last line where a list goes on.
func moreLines(_ more: Bool, after last: String?, _ style: Style) -> [String] {
    guard more, let last else { return [] }
    return [style.dim("there are more: --after \(last)")]
}
