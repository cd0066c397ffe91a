import ArgumentParser
import StrictJSON
import Wire

/// `infusionctl visit move VISIT --reason REASON`
struct VisitMoveVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Move a visit to a given place, or to the best other one.",
        discussion: """
            --chair changes the chair, --person the person, --at the time, and nothing else; where that cannot be, the \
            answer says why and what could, and --plan goes to the best place with what is named. Days without a time, \
            or nothing at all, mean the best place that there is. The other visits of the course stay where they are. \
            What the patient agreed to stands where day and time do; of another day or time the patient must be told.
            """)
    static let examples = [
        (line: "infusionctl visit move v345 --day thu --at 10:00 --reason patient-request", does: "A given time."),
        (line: "infusionctl visit move v345 --reason staffing --dry-run", does: "Where would it best go?"),
        (line: "infusionctl visit move v345 --chair bed-1 --reason equipment", does: "Another chair, nothing else."),
        (
            line: "infusionctl visit move v345 --at 14:00 --plan --reason patient-request",
            does: "At that time, whichever chair and person that takes."
        ),
        (
            line: #"infusionctl visit move v345 --from mon --through "next fri" --reason transport"#,
            does: "The best place within some days."
        ),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Option(name: .long, help: "The day.")
    var day: String?

    @Option(name: .long, help: ArgumentHelp("The first day that it may have.", valueName: "day"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("The last day that it may have.", valueName: "day"))
    var through: String?

    @Option(name: .long, help: ArgumentHelp("When it starts, 10:00.", valueName: "time"))
    var at: String?

    @Option(name: .long, help: "The chair's id.")
    var chair: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Who attends, rn-2; of several, nurse=rn-2. May be repeated.", valueName: "staff"))
    var person: [String] = []

    @Flag(name: .long, help: "Go to the best place with what is named; what is not named is free.")
    var plan = false

    @OptionGroup var window: WindowOptions
    @OptionGroup var why: ReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        if day != nil, from != nil || through != nil {
            throw ValidationError("--day is one day, --from and --through are several: say one or the other")
        }
    }

    func run() throws {
        let daemon = try change.connection.connect()
        let call = try call(daemon)
        let hints = call.from.map { day in
            [
                "infusionctl visit why \(visit) \(day) says what closes the day",
                "the others stay; to let the later ones follow: infusionctl course defer \(visit) \(day) --shift "
                    + "--reason \(kebabCase(why.reason))",
            ]
        }
        try change.show(call, daemon, elsewise: hints ?? [])
    }

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.MoveVisit {
        let present = DayParser(daemon)
        let first = try present.dayIfSaid(day ?? from)
        var call = ClinicInterface.MoveVisit(
            visit: visit, from: first, through: try day == nil ? present.lastDay(through, from: first) : first,
            at: try at.map(SpokenTime.time), chair: chair, plan: plan ? true : nil, keepWindow: window.isKept,
            reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
        // A time that the clocks skip on that day is said to be one.
        if let clock = call.at, let day = call.from, day == call.through {
            _ = try present.instant("\(day) \(clock.text)")
        }
        let staysOnItsDay = day == nil && from == nil && through == nil && at != nil
        guard staysOnItsDay || !person.isEmpty else { return call }
        let found = try daemon.call(ClinicInterface.ShowVisit(visit: visit)).found
        if !person.isEmpty { call.attendants = try attendants(of: found) }
        if staysOnItsDay, let clock = call.at { _ = try present.instant("\(found.start.day) \(clock.text)") }
        return call
    }

    private func attendants(of visit: VisitMessage) throws -> [String: String] {
        try person.reduce(into: [:]) { attendants, text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 {
                attendants[parts[0]] = parts[1]
            } else if visit.attendants.count == 1, let label = visit.attendants.keys.first {
                attendants[label] = text
            } else {
                let labels = visit.attendants.keys.sorted()
                throw Failure.usage(
                    "\(JSONOutput.quoted(text)) could be \(listed(labels, "or")) of \(visit.id)",
                    hint: "say which: --person \(labels.first ?? "nurse")=\(text)")
            }
        }
    }
}
