import ArgumentParser
import Planning
import Wire

/// `infusionctl patient find TEXT`
struct PatientFindVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Find patients by what somebody says.",
        discussion: """
            Parts of a name in any order, without accents and capitals; digits of a telephone number; part of a record \
            number; a birth date such as 1961-04-02. A name is never an argument, for arguments can be read by \
            everybody on the machine: it comes from standard input.
            """)
    static let examples = [
        (line: "infusionctl patient find -", does: "Then type what was heard: meer annika."),
        (line: "infusionctl patient find 0104477", does: "By digits of a telephone number."),
        (line: "infusionctl patient find MRN-47", does: "By part of a record number."),
    ]

    @Argument(help: #"Digits, or part of a record number; "-" reads a name from standard input."#)
    var words: [String] = ["-"]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let said = words.joined(separator: " ")
        guard said == "-" || said.contains(where: \.isNumber) else {
            throw Failure.usage(
                "a name is never an argument", hint: "infusionctl patient find - reads it from standard input")
        }
        let query = try said == "-" ? TextFile.text(Files.read("-"), file: "standard input").trimmed : said
        let reply = try connection.connect().call(ClinicInterface.ListPatients(query: query))
        try output.show(
            Payload(reply.json) { style in
                reply.patients.isEmpty ? ["nobody is found"] : patientTable(reply.patients).lines(style)
            })
    }
}

/// `infusionctl patient list [--find TEXT] [--after PATIENT]`
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
        let query = try find == "-" ? TextFile.text(Files.read("-"), file: "standard input").trimmed : find
        let reply = try connection.connect().call(
            ClinicInterface.ListPatients(query: query, after: after, limit: limit))
        try output.show(
            Payload(reply.json) { style in
                patientTable(reply.patients).lines(style)
                    + moreLines(reply.more, after: reply.patients.last?.id, style)
            })
    }
}

private func patientTable(_ patients: [PatientMessage]) -> TextTable {
    var table = TextTable(
        ("patient", .left), ("record number", .left), ("name", .left), ("phone", .left), ("born", .left),
        ("closed", .left))
    let areHidden = Names.current.areHidden
    for patient in patients {
        table.add(
            patient.id, areHidden ? "" : patient.recordNumber, areHidden ? "" : patient.name ?? "",
            areHidden ? "" : patient.phone ?? "", areHidden ? "" : patient.birthDate?.description ?? "",
            patient.closed ?? "")
    }
    return table
}

/// `infusionctl patient show PATIENT`
struct PatientShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a patient and the patient's courses.")
    static let examples = [
        (line: "infusionctl patient show p17", does: "By id."),
        (line: "infusionctl patient show MRN-4711", does: "By record number."),
        (line: "infusionctl patient show p17 --history", does: "With what was known before it was changed."),
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @Flag(name: .long, help: "Show what was known before it was changed.")
    var history = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let reply = try daemon.call(PatientText.lookUp(patient, history: history ? true : nil, daemon))
        try output.show(Payload(reply.json) { style in lines(reply, style) })
    }

    private func lines(_ reply: ClinicInterface.ShowPatient.Reply, _ style: Style) -> [String] {
        let found = reply.found
        let details = [
            ("record number", found.recordNumber), ("name", found.name ?? ""), ("phone", found.phone ?? ""),
            ("born", found.birthDate?.description ?? ""), ("language", found.language ?? ""),
            ("remarks", found.remarks ?? ""),
        ]
        let facts =
            (Names.current.areHidden ? [] : details) + [
                ("closed", found.closed ?? ""), ("the same as", found.mergedInto ?? ""),
            ]
        var table = TextTable(
            ("until", .left), ("record number", .left), ("name", .left), ("phone", .left), ("born", .left),
            ("language", .left), ("remarks", .left))
        for former in reply.former ?? [] {
            table.add(
                "e\(former.event)", former.recordNumber, former.name ?? "", former.phone ?? "",
                former.birthDate?.description ?? "", former.language ?? "", former.remarks ?? "")
        }
        return [style.bold(found.id)] + factLines(facts)
            + (reply.courses.isEmpty ? [] : [""] + courseTable(reply.courses).lines(style))
            + (table.isEmpty ? [] : ["", style.bold("known before")] + table.lines(style))
    }
}
