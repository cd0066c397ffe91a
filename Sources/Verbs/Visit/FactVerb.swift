import ArgumentParser
import Wire

/// When something happened, and how it is recorded.
struct FactOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("When it happened. (default: now)", valueName: "time"))
    var at: String?

    @Flag(name: .long, help: "Record it although it looks like a slip of the finger: it is meant.")
    var yes = false

    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    /// The instant, if one is said.
    func instant(_ daemon: DaemonConnection) throws -> ZonedInstant? {
        try at.map { try DayParser(daemon).pastInstant($0) }
    }
}

/// Where the patient really is, and with whom.
struct SeatOptions: ParsableArguments {
    @Option(name: .long, help: "The chair in which the patient really is.")
    var chair: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Who really fills a label: nurse=rn-2, or rn-2 alone.", valueName: "label=person"))
    var person: [String] = []

    /// Puts what is said into a call. A person without a label fills the one that they can.
    func fill(_ call: inout ClinicInterface.RecordFact) {
        call.chair = chair
        guard !person.isEmpty else { return }
        var persons: [String: String] = [:]
        for word in person {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            persons[parts.count == 2 ? parts[0] : ""] = parts.last ?? ""
        }
        call.persons = persons
    }
}

/// A verb that records what happened on a visit's day, and shows what follows.
protocol FactVerb: Verb {
    var fact: FactOptions { get }
    /// The call that is made.
    func call(at instant: ZonedInstant?) throws -> ClinicInterface.RecordFact
}

extension FactVerb {
    func run() throws {
        let daemon = try fact.change.connection.connect()
        var call = try call(at: fact.instant(daemon))
        call.yes = fact.yes ? true : nil
        call.told = fact.told.isTold
        call.dryRun = fact.change.isDryRun
        call.seen = fact.change.seen.seen
        call.request = fact.change.request.id
        let reply = try daemon.call(call)
        try fact.change.output.show(
            Payload(reply.json) { style in
                recordedLines(reply, FactCode(call.fact), isDryRun: fact.change.dryRun, style)
            })
    }
}

/// `infusionctl visit arrive VISIT`
struct VisitArriveVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "arrive", abstract: "Record that the patient is here.",
        discussion: """
            A patient who comes after a no-show, a late cancellation or "not treated" takes the loss back: the visit \
            that was to make up for it is called off. What cannot well be meant, such as a visit of another day or a \
            second arrival, is answered with what it would mean, and taken with --yes; a visit of another day is then \
            moved to this one.
            """)
    static let examples = [
        (line: "infusionctl visit arrive v345", does: "Just now."),
        (line: "infusionctl visit arrive v345 --at 9:05", does: "A while ago."),
        (line: "infusionctl visit arrive v345 --yes", does: "Today, although it is planned for another day."),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var seat: SeatOptions
    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        var call = ClinicInterface.RecordFact(visit: visit, fact: "arrived", at: instant)
        seat.fill(&call)
        return call
    }
}

/// `infusionctl visit escort VISIT`
struct VisitEscortVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "escort", abstract: "Record that an adult who takes the patient home is known.")
    static let examples = [(line: "infusionctl visit escort v345", does: "Somebody will take the patient home.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        ClinicInterface.RecordFact(visit: visit, fact: "escortConfirmed", at: instant)
    }
}

/// `infusionctl visit check VISIT CHECK`
struct VisitCheckVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Record that an arrival check is met.")
    static let examples = [(line: "infusionctl visit check v345 fasted", does: "The patient has not eaten.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @Argument(help: "The check, as the visit's type names it.")
    var check: String

    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        ClinicInterface.RecordFact(visit: visit, fact: "checkMet", at: instant, detail: check)
    }
}

/// `infusionctl visit start VISIT`
struct VisitStartVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Record that the first stage has begun.",
        discussion: "Escort, prerequisites and arrival checks must be in place; a clinician may start without.")
    static let examples = [
        (line: "infusionctl visit start v345", does: "The first stage begins."),
        (line: "infusionctl visit start v345 --chair chair-2", does: "In another chair than planned."),
        (
            line: "infusionctl visit start v345 --override clinical",
            does: "Although something is missing, on a clinician's word."
        ),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Option(name: .long, help: ArgumentHelp("Start without what is missing, and why.", valueName: "reason"))
    var override: String?

    @OptionGroup var more: NoteOptions
    @OptionGroup var seat: SeatOptions
    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) throws -> ClinicInterface.RecordFact {
        let reason = try override.map { try NoteOptions.name($0, among: ClinicInterface.reasons, "reason") }
        var call = ClinicInterface.RecordFact(
            visit: visit, fact: "started", at: instant, override: override == nil ? nil : true, reason: reason,
            note: try more.text())
        seat.fill(&call)
        return call
    }
}

/// `infusionctl visit next VISIT`
struct VisitNextVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Record that the next stage has begun.",
        discussion: "Nothing but visit start begins a visit.")
    static let examples = [(line: "infusionctl visit next v345", does: "From preparation to the infusion.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var seat: SeatOptions
    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        var call = ClinicInterface.RecordFact(visit: visit, fact: "stageBegun", at: instant)
        seat.fill(&call)
        return call
    }
}

/// `infusionctl visit pause VISIT`
struct VisitPauseVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Record that the stage under way is interrupted.")
    static let examples = [(line: "infusionctl visit pause v345", does: "The blood pressure is too high.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        ClinicInterface.RecordFact(visit: visit, fact: "paused", at: instant)
    }
}

/// `infusionctl visit continue VISIT`
struct VisitContinueVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "continue", abstract: "Record that an interrupted stage goes on.")
    static let examples = [(line: "infusionctl visit continue v345", does: "After a pause.")]

    @Argument(help: "The visit's id.")
    var visit: String

    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        ClinicInterface.RecordFact(visit: visit, fact: "continued", at: instant)
    }
}

/// `infusionctl visit delay VISIT MINUTES`
struct VisitDelayVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "delay", abstract: "Record that a visit will begin later than planned, and see whom that pushes.")
    static let examples = [
        (line: "infusionctl visit delay v345 20", does: "The patient called: twenty minutes late."),
        (line: "infusionctl visit delay v345 20 --dry-run", does: "Whom would that push?"),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Argument(help: "By how many minutes it begins later than planned.")
    var minutes: Int

    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        ClinicInterface.RecordFact(visit: visit, fact: "delayed", at: instant, number: minutes)
    }
}

/// `infusionctl visit discharge VISIT`
struct VisitDischargeVerb: FactVerb {
    static let configuration = CommandConfiguration(
        commandName: "discharge", abstract: "Record that the patient has left, treated in full or in part.")
    static let examples = [
        (line: "infusionctl visit discharge v345", does: "Everything was given."),
        (line: "infusionctl visit discharge v345 --partial", does: "It was broken off."),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Flag(name: .long, help: "Not everything was given.")
    var partial = false

    @OptionGroup var fact: FactOptions

    func call(at instant: ZonedInstant?) -> ClinicInterface.RecordFact {
        ClinicInterface.RecordFact(
            visit: visit, fact: "discharged", at: instant, detail: partial ? "partial" : "full")
    }
}
