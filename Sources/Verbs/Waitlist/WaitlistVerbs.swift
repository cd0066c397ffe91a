import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl waitlist …`.
struct WaitlistVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "waitlist", abstract: "Keep a list of who would come to a freed place, and offer places.",
        discussion: """
            An offer holds the place until it is answered or its time is over. Who gains most comes first: what the \
            course costs less, and for each day earlier that is wished for what a day's later start costs.
            """,
        subcommands: [
            WaitlistAddVerb.self, WaitlistListVerb.self, WaitlistRemoveVerb.self, WaitlistOfferVerb.self,
            WaitlistAcceptVerb.self, WaitlistDeclineVerb.self,
        ])
    static let examples = [
        (line: "infusionctl waitlist add v345 --earlier", does: "The patient would come sooner."),
        (line: "infusionctl waitlist offer v12", does: "Who gains by the place that v12 has left?"),
    ]
}

/// `infusionctl waitlist add COURSE|VISIT`
struct WaitlistAddVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Put a visit, or any visit of a course, on the waiting list.")
    static let examples = [
        (line: "infusionctl waitlist add v345 --earlier", does: "Any earlier place."),
        (
            line: "infusionctl waitlist add c42 --earlier --days tue,thu --hours 8:00-12:00",
            does: "An earlier one on certain mornings, for the next visit that gains."
        ),
    ]

    @Argument(help: ArgumentHelp("A course's id, or a visit's.", valueName: "course-or-visit"))
    var waiting: String

    @Flag(name: .long, help: "Only an earlier place will do.")
    var earlier = false

    @Option(name: .long, help: ArgumentHelp("The weekdays that will do, tue,thu.", valueName: "days"))
    var days: String?

    @Option(name: .long, help: ArgumentHelp("The hours that will do, 8:00-12:00.", valueName: "hours"))
    var hours: String?

    @OptionGroup var seen: SeenOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var call = ClinicInterface.AddWaiting(earlier: earlier ? true : nil, seen: seen.seen, request: request.id)
        if waiting.hasPrefix("v") { call.visit = waiting } else { call.course = waiting }
        if days != nil || hours != nil {
            call.windows = [try SpokenWindow.read("\(days ?? "mon-sun") \(hours ?? "0:00-24:00")")]
        }
        let reply = try connection.connect().call(call)
        try output.show(
            Payload(reply.json) { style in
                [
                    style.bold("\(reply.waiting.visit ?? reply.waiting.course) waits as \(reply.waiting.id)")
                        + " (e\(reply.event))"
                ]
            })
    }
}

/// The verb `infusionctl waitlist list`.
struct WaitlistListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List who waits, and the open offers.")
    static let examples = [(line: "infusionctl waitlist list", does: "In the order in which they came.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListWaiting())
        try output.show(Payload(reply.json) { style in waitingLines(reply, style) })
    }
}

/// `infusionctl waitlist remove ENTRY`
struct WaitlistRemoveVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take an entry off the waiting list; an open offer to it is withdrawn.")
    static let examples = [(line: "infusionctl waitlist remove w3", does: "The patient waits no longer.")]

    @Argument(help: ArgumentHelp("The entry's id.", valueName: "entry"))
    var entry: String

    @OptionGroup var seen: SeenOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(
            ClinicInterface.RemoveWaiting(waiting: entry, seen: seen.seen, request: request.id))
        try output.show(
            Payload(reply.json) { style in [style.bold("\(entry) waits no longer") + " (e\(reply.event))"] })
    }
}

/// `infusionctl waitlist accept OFFER`
struct WaitlistAcceptVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Record that the patient takes the place: the visits move there at once.",
        discussion: "Every rule is asked once more; where the place no longer fits, nothing changes. Exit code 2 then.")
    static let examples = [(line: "infusionctl waitlist accept f4", does: "The patient said yes.")]

    @Argument(help: "The offer's id.")
    var offer: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.AcceptOffer {
        ClinicInterface.AcceptOffer(
            offer: offer, reason: try why.code(), note: try why.note(), dryRun: change.isDryRun,
            seen: change.seen.seen, request: change.request.id)
    }
}

/// `infusionctl waitlist decline OFFER`
struct WaitlistDeclineVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Record that the patient would rather not: the place is free, and is not offered to them again.")
    static let examples = [(line: "infusionctl waitlist decline f4", does: "The patient said no.")]

    @Argument(help: "The offer's id.")
    var offer: String

    @OptionGroup var seen: SeenOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(
            ClinicInterface.DeclineOffer(offer: offer, seen: seen.seen, request: request.id))
        try output.show(
            Payload(reply.json) { style in
                [style.bold("\(offer) is declined") + " (e\(reply.event)); the place is free again"]
            })
    }
}
