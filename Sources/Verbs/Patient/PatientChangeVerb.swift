import ArgumentParser
import Wire

/// `infusionctl patient change PATIENT --file FILE`
struct PatientChangeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Correct what is known of a patient; what is not said stays.",
        discussion: """
            The file has lines as in patient add: “record number: …”, “name: …”, “phone: …”, “birth date: …”, \
            “language: …”, “remarks: …”. A line without a value takes what was known away. What was known before is \
            kept (patient show --history), and undo brings it back.
            """)
    static let examples = [
        (line: "infusionctl patient change p17 --file -", does: "With a line such as “phone: …” on standard input.")
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @Option(name: .long, help: #"Where the new details stand; "-" is standard input."#)
    var file: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let draft = try PatientText.one(Files.read(file), file: Files.name(file))
        let daemon = try change.connection.connect()
        func value(_ field: PatientText.Field) -> String? { draft[field].flatMap { $0.isEmpty ? nil : $0 } }
        let gone = PatientText.Field.allCases.filter { draft[$0]?.isEmpty ?? false }
        guard !gone.contains(.recordNumber) else {
            throw Failure.failed("a patient has a record number", hint: "say the new one")
        }
        let id = try CourseWishes.patientID(patient, daemon)
        let reply = try daemon.call(
            ClinicInterface.ChangePatient(
                patient: id, recordNumber: value(.recordNumber),
                name: value(.name), phone: value(.phone), birthDate: try draft.birthDate(Files.name(file)),
                language: value(.language), remarks: value(.remarks),
                clear: gone.isEmpty ? nil : gone.map(\.key), reason: try why.code(), note: try why.note(),
                dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id))
        try change.show(reply, "the details of \(id) are changed")
    }
}

/// `infusionctl patient merge PATIENT into PATIENT`
struct PatientMergeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Make two entries one: the same patient was entered twice.",
        discussion: """
            Courses with all that goes with them become the second one's, which stays. It is refused where two visits \
            of one day would stand; undo makes two of them again.
            """)
    static let examples = [
        (line: "infusionctl patient merge p18 into p17", does: "p17 stays, with the courses of both.")
    ]

    @Argument(help: ArgumentHelp("The entry that is given up, by id or record number.", valueName: "patient"))
    var patient: String

    @Argument(help: ArgumentHelp("“into”, and the entry that stays.", valueName: "into patient"))
    var into: [String]

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let names = into.first?.lowercased() == "into" ? Array(into.dropFirst()) : into
        guard names.count == 1 else {
            throw Failure.usage("two patients are to be named", hint: "infusionctl patient merge p18 into p17")
        }
        let daemon = try change.connection.connect()
        let kept = try CourseWishes.patientID(names[0], daemon)
        let reply = try daemon.call(
            ClinicInterface.MergePatients(
                patient: CourseWishes.patientID(patient, daemon), into: kept, reason: try why.code(),
                note: try why.note(), dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id))
        try change.show(reply, "\(patient) is \(kept) now")
    }
}

/// `infusionctl patient close PATIENT --reason REASON`
struct PatientCloseVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a patient who comes no more.",
        discussion: """
            Courses are ceased, what is to come is called off, nothing of theirs waits, and nobody calls them. Nothing \
            is booked for them until they are reopened.
            """)
    static let examples = [
        (line: "infusionctl patient close p17 --reason moved --dry-run", does: "What would be called off?"),
        (line: "infusionctl patient close p17 --reason moved", does: "The patient has moved away."),
    ]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @Option(name: .long, help: "Why: deceased, moved or other.")
    var reason: String

    @OptionGroup var more: NoteOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let why = try NoteOptions.name(reason, among: ["deceased", "moved", "other"], "reason for closing a patient")
        let daemon = try change.connection.connect()
        let id = try CourseWishes.patientID(patient, daemon)
        let reply = try daemon.call(
            ClinicInterface.ClosePatient(
                patient: id, why: why, note: try more.text(), dryRun: change.isDryRun,
                seen: change.seen.seen, request: change.request.id))
        try change.show(reply, "\(id) is closed: \(why)")
    }
}

/// `infusionctl patient reopen PATIENT`
struct PatientReopenVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Let a closed patient be booked for again.",
        discussion: "Courses that were ended stay so; undo brings one back where its places are free.")
    static let examples = [(line: "infusionctl patient reopen p17", does: "The patient is back.")]

    @Argument(help: "The patient's id or record number.")
    var patient: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let daemon = try change.connection.connect()
        let id = try CourseWishes.patientID(patient, daemon)
        let reply = try daemon.call(
            ClinicInterface.ReopenPatient(
                patient: id, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
                seen: change.seen.seen, request: change.request.id))
        let rest = [
            "  courses that were ended stay ended; undo brings one back where its places are free:",
            "    infusionctl course list --patient \(id)",
        ]
        try change.show(reply, "\(id) is open again", rest)
    }
}

extension ChangeOptions {
    /// Shows what became of a patient, and what changes in courses with it.
    ///
    /// - Parameter more: what else there is to say.
    fileprivate func show(_ reply: ChangeReply, _ headline: String, _ more: [String] = []) throws {
        try output.show(
            Payload(reply.json) { style in
                let event = reply.event.map { " (e\($0))" } ?? ""
                let head = dryRun ? [style.yellow("dry run: nothing is recorded")] : []
                let rest = reply.difference == nil ? [] : [""] + changeLines(reply, isDryRun: false, style)
                return head + [style.bold(headline + event)] + more + rest
            })
    }
}
