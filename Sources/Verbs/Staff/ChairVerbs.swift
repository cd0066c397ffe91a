import ArgumentParser
import StrictJSON
import Wire

/// The verbs `infusionctl chair …`.
struct ChairVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "chair", abstract: "Chairs, beds and rooms, and when they are out of service.",
        subcommands: [ChairOutVerb.self, ChairInVerb.self, ChairListVerb.self])
    static let examples = [
        (line: "infusionctl chair out chair-2", does: "Out for the rest of today: whom does that hit?"),
        (line: "infusionctl chair in chair-2", does: "Mended."),
    ]
}

/// `infusionctl chair out CHAIR [DAY]`
struct ChairOutVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "out",
        abstract: "Take a chair, or all chairs of a feature, out of service, and see whom that hits.",
        discussion: """
            Without a day it is today, from now on. Nothing is moved: infusionctl repair proposes what could be done.
            """)
    static let examples = [
        (line: "infusionctl chair out chair-2 --through fri", does: "From now until Friday."),
        (
            line: "infusionctl chair out --feature monitor --until 12:00",
            does: "All chairs with a monitor, this morning."
        ),
        (line: "infusionctl chair out bed-1 tomorrow --dry-run", does: "Whom would it hit?"),
    ]

    @Argument(help: "The chair; none with --feature.")
    var chair: String?

    @Argument(help: "The first day. (default: today)")
    var day: String?

    @Option(name: .long, help: "All chairs that have this feature.")
    var feature: String?

    @OptionGroup var when: StretchOptions
    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        if chair == nil, feature == nil { throw ValidationError("say which chair, or --feature") }
        if chair != nil, day != nil, feature != nil { throw ValidationError("say a chair or --feature, not both") }
    }

    func run() throws {
        let daemon = try change.connection.connect()
        // With a feature the first argument is the day.
        let stretch = try when.stretch(from: feature == nil ? day : chair, DayParser(daemon))
        let call = ClinicInterface.AddOutage(
            chair: feature == nil ? chair : nil, feature: feature, from: stretch.from, fromTime: stretch.fromTime,
            through: stretch.through, untilTime: stretch.untilTime, reason: try why.code(), note: try why.note(),
            dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
        let what = feature.map { "all chairs with \($0) are" } ?? "\(chair ?? "") is"
        try change.make(call, "\(what) out of service \(stretch.text)", daemon)
    }
}

/// `infusionctl chair in CHAIR`
struct ChairInVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "in", abstract: "Take chairs back into service.",
        discussion: "All outages of a chair from now on are taken back, or the one of an id.")
    static let examples = [
        (line: "infusionctl chair in chair-2", does: "Mended."), (line: "infusionctl chair in o2", does: "One outage."),
        (line: "infusionctl chair in --feature monitor", does: "All chairs with a monitor."),
    ]

    @Argument(help: "The chair, or the id of an outage, o2; none with --feature.")
    var chair: String?

    @Option(name: .long, help: "All chairs that have this feature.")
    var feature: String?

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        if (chair == nil) == (feature == nil) { throw ValidationError("say a chair or --feature") }
    }

    func run() throws {
        let daemon = try change.connection.connect()
        if let chair, isID(chair, "o") {
            try change.takeBack([chair], "outage \(chair) is taken back", why, daemon)
            return
        }
        let known = try daemon.call(ClinicInterface.ListAvailability())
        let chairs = known.chairs.filter { feature.map($0.features.contains) ?? ($0.chair == chair) }.map(\.chair)
        let name = feature.map { "chairs with \($0)" } ?? chair ?? ""
        guard !chairs.isEmpty else {
            throw Failure.failed("there are no such \(name)", hint: "infusionctl chair list shows what there is")
        }
        let ids = known.outages.filter { chairs.contains($0.chair) }.map(\.id)
        guard !ids.isEmpty else { throw Failure.failed("nothing is out of service of \(name)") }
        try change.takeBack(ids, "\(listed(chairs)) \(chairs.count == 1 ? "is" : "are") in service again", why, daemon)
    }
}

/// The verb `infusionctl chair list`.
struct ChairListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List chairs, beds and rooms, and when they are out of service.")
    static let examples = [(line: "infusionctl chair list", does: "Each with what it offers.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ClinicInterface.ListAvailability())
        try output.show(Payload(.object(reply.ofChairs)) { style in chairLines(reply, style) })
    }
}
