import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl patient …`.
struct PatientVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "patient", abstract: "Add, find, correct, merge and close patients.",
        subcommands: [
            PatientAddVerb.self, PatientImportVerb.self, PatientFindVerb.self, PatientListVerb.self,
            PatientShowVerb.self, PatientVisitsVerb.self, PatientChangeVerb.self, PatientMergeVerb.self,
            PatientCloseVerb.self, PatientReopenVerb.self,
        ])
    static let examples = [
        (line: "infusionctl patient add MRN-4711", does: "A patient known by a record number."),
        (line: "infusionctl patient find -", does: "Who is it? The name from standard input."),
    ]
}

/// `infusionctl patient add [RECORD]`
struct PatientAddVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a patient.",
        discussion: """
            A record number may be an argument. Name and phone never are, for arguments can be read by everybody on \
            the machine: they come from a file or from standard input, as lines (“record number: …”, “name: …”, \
            “phone: …”, “birth date: 1961-04-02”, “language: …”, “remarks: …”) or as a JSON object.
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
        if let recordNumber { patient[.recordNumber] = recordNumber }
        guard let number = patient[.recordNumber] else {
            throw Failure.usage(
                "a patient needs a record number", hint: "give it as an argument, or with --file as “record number: …”")
        }
        let reply = try connection.connect().call(
            ClinicInterface.AddPatient(
                recordNumber: number, name: patient[.name], phone: patient[.phone],
                birthDate: try patient.birthDate(file.map(Files.name) ?? ""), language: patient[.language],
                remarks: patient[.remarks], request: request.id))
        try output.show(Payload(reply.json) { _ in ["added \(reply.patient)"] })
    }
}

/// `infusionctl patient import FILE`
struct PatientImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add many patients; those whose record number is known already stay as they are.",
        discussion: """
            The file is a table with the columns' names in its first line (commas, semicolons or tabs, in any order, \
            others between them), or a JSON array of objects, or blocks of lines such as “record number: …”, “name: \
            …”, “phone: …” with an empty line between patients. UTF-8, UTF-16 and Windows-1252 are read as what they \
            are. All of it is read before anything is stored; what cannot be read is refused with its line. A long \
            list goes in parts of a thousand; where one fails, import it again: who is known already stays.
            """)
    static let examples = [
        (
            line: "infusionctl patient import patients.csv",
            does: "With a first line such as “record number,name,phone,birth date”."
        ),
        (
            line: #"infusionctl patient import list.csv --columns "record number=Chart,name=Surname+First name""#,
            does: "A table whose columns have other names."
        ),
        (line: "infusionctl patient import list.csv --preview", does: "How its first rows are read."),
        (line: "infusionctl patient import - < patients.json", does: "From standard input."),
    ]

    @Argument(help: #"The file; "-" is standard input."#)
    var file: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            #"Which column of a table is what: "record number=Chart,name=Surname+First name"."#, valueName: "names"))
    var columns: String?

    @Flag(name: .long, help: "Show how the first rows are read; store nothing.")
    var preview = false

    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    /// How many patients go in one message.
    private static let partSize = 1000

    func run() throws {
        let list = try PatientText.many(Files.read(file), file: Files.name(file), columns: columns)
        let patients = list.patients
        if preview { return try showPreview(patients) }
        let daemon = try connection.connect()
        let id = request.id
        var whole = ClinicInterface.ImportPatients.Reply(added: 0, ids: [])
        var first = 0
        repeat {
            let part = Array(patients[first..<min(first + Self.partSize, patients.count)])
            let isAlone = part.count == patients.count
            let own = isAlone ? id : "\(id.prefix(50))-\(first)"
            do {
                let reply = try daemon.call(ClinicInterface.ImportPatients(patients: part, request: own))
                whole.added += reply.added
                whole.ids += reply.ids
            } catch let found as Failure {
                var failure = list.located(found, after: first)
                if isAlone { throw failure }
                failure.remarks.append(.detail("patients \(first + 1) to \(first + part.count) of \(patients.count)"))
                failure.remarks.append(.detail("\(counted(whole.added, "patient")) before them stay added"))
                throw failure
            }
            first += part.count
            if !isAlone { Output.complain(["\(first) of \(counted(patients.count, "patient"))"]) }
        } while first < patients.count
        let reply = whole
        try output.show(
            Payload(reply.json) { _ in
                ["added \(counted(reply.added, "patient")), \(reply.ids.count - reply.added) known before"]
            })
    }

    private func showPreview(_ patients: [NewPatientMessage]) throws {
        let shown = patients.prefix(5)
        try output.show(
            Payload(.array(shown.map(\.json))) { style in
                var table = TextTable(
                    ("record number", .left), ("name", .left), ("phone", .left), ("birth date", .left),
                    ("language", .left), ("remarks", .left))
                for patient in shown {
                    table.add(
                        patient.recordNumber, patient.name ?? "", patient.phone ?? "",
                        patient.birthDate?.description ?? "", patient.language ?? "", patient.remarks ?? "")
                }
                let more = patients.count - shown.count
                let rest = more > 0 ? "and \(more) more; nothing is stored" : "nothing is stored"
                return table.lines(style) + [style.dim(rest)]
            })
    }
}

/// A last line where a list goes on.
func moreLines(_ more: Bool, after last: String?, _ style: Style) -> [String] {
    guard more, let last else { return [] }
    return [style.dim("there are more: --after \(last)")]
}
