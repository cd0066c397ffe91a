import ArgumentParser
import Wire

/// The verb `infusionctl today [DAY]`.
struct TodayVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "today",
        abstract: "The morning sheet: who comes first, what is missing, what is due, where staff is short.",
        discussion: "Names are shown to schedulers.")
    static let examples = [
        (line: "infusionctl today", does: "Before the doors open."),
        (line: "infusionctl today tomorrow", does: "Tomorrow's, the evening before."),
    ]

    @Argument(help: ArgumentHelp("The day. (default: today)", valueName: "day"))
    var words: [String] = []

    @Flag(name: .long, help: .hidden)
    var names = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let day = words.isEmpty ? nil : try DayParser(daemon).nearestDay(words.joined(separator: " "))
        let reply = try daemon.call(ClinicInterface.Today(day: day, names: names ? true : nil))
        try output.show(Payload(reply.json) { style in sheetLines(reply, style) })
    }
}

/// The verb `infusionctl calls`.
struct CallsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Whom to call, why and by when; and what came of it.",
        subcommands: [CallsListVerb.self, CallsDoneVerb.self], defaultSubcommand: CallsListVerb.self)
    static let examples = [
        (line: "infusionctl calls", does: "The calls of the next days, most urgent first."),
        (line: "infusionctl calls done v345 message-left", does: "Nobody answered."),
    ]
}

/// The verb `infusionctl calls list`.
struct CallsListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List whom to call, most urgent first, with telephone numbers.")
    static let examples = [
        (line: "infusionctl calls list", does: "What is due within three days."),
        (line: "infusionctl calls list --through fri", does: "What is due by Friday."),
    ]

    @Option(name: .long, help: ArgumentHelp("The last day of what is due. (default: three days on)", valueName: "day"))
    var through: String?

    @Option(name: .long, help: "Only calls to this patient, by id or record number.")
    var patient: String?

    @Option(name: .long, help: "Only calls about this course.")
    var course: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let day = try through.map { try DayParser(daemon).day($0) }
        let patient = try patient.map { try CourseWishes.patientID($0, daemon) }
        let reply = try daemon.call(ClinicInterface.ListCalls(through: day, patient: patient, course: course))
        try output.show(Payload(reply.json) { style in callListLines(reply, through: through, style) })
    }
}

/// `infusionctl calls done CALL OUTCOME`
struct CallsDoneVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "done",
        abstract: "Record what came of a call: reached, message-left, declined, wrong-number, never.",
        discussion: """
            Whoever was reached knows what is booked and has agreed to it, and what will not take place: of all that \
            the list names for them. Whoever declined cannot come then: the answer says how the visit would best be \
            moved, and how it would be called off; --move or --cancel does that at once, and --day and --time say \
            to when. Else the visit stays on the list until it is moved. After message-left the call is due again two \
            hours later or the next morning. After wrong-number it is a task to find the right one. After never the \
            call is off the list; a --note must say why.
            """)
    static let examples = [
        (line: "infusionctl calls done v345 reached", does: "The patient comes."),
        (line: "infusionctl calls done v345 declined", does: "Another time is needed: which would be best?"),
        (line: "infusionctl calls done v345 declined --day fri --time 10:00", does: "They come then instead."),
        (line: "infusionctl calls done v345 declined --cancel", does: "They do not come; it is made up for later."),
    ]

    @Argument(help: "The call, by the id of one of its visits.")
    var call: String

    @Argument(help: "What came of it: reached, message-left, declined, wrong-number or never.")
    var outcome: String

    @Option(name: .long, help: ArgumentHelp("When. (default: now)", valueName: "time"))
    var at: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The last day of what is due that was spoken of. (default: three days on)", valueName: "day")
    )
    var through: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Who was called, by id, where the visit was theirs and was given to somebody else.", valueName: "patient"))
    var patient: String?

    @Flag(name: .long, help: "They declined: call the visit off at once.")
    var cancel = false

    @Flag(name: .long, help: "With --cancel: plan no other visit in its place.")
    var noMakeUp = false

    @Flag(name: .long, help: "They declined: move the visit at once, to the best other time that there is.")
    var move = false

    @Option(name: .long, help: "The day to which it is moved.")
    var day: String?

    @Option(name: .long, help: "The time to which it is moved, 10:00.")
    var time: String?

    @OptionGroup var more: NoteOptions
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        let isMoved = move || day != nil || time != nil
        if cancel, isMoved { throw ValidationError("a visit is moved or called off, not both") }
        if noMakeUp, !cancel { throw ValidationError("--no-make-up belongs to --cancel") }
    }

    func run() throws {
        let daemon = try change.connection.connect()
        let last = try through.map { try DayParser(daemon).day($0) }
        let outcome = try NoteOptions.name(outcome, among: CallOutcomeCode.known.map(\.code), "outcome of a call")
        let when = try day.map { try DayParser(daemon).day($0) }
        let reply = try daemon.call(
            ClinicInterface.RecordCall(
                call: call, outcome: outcome, patient: patient, cancel: cancel ? true : nil,
                makeUp: noMakeUp ? false : nil, move: move ? true : nil, moveFrom: when, moveThrough: when,
                moveAt: try time.map(SpokenTime.time), at: try at.map { try DayParser(daemon).instant($0) },
                through: last,
                note: try more.text(), dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id))
        try change.output.show(
            Payload(reply.json) { style in
                callDoneLines(reply, CallOutcomeCode(outcome), to: patient, isDryRun: change.dryRun, style)
            })
    }
}
