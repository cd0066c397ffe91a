import ArgumentParser
import Planning
import StrictJSON
import Wire

/// `infusionctl visit why VISIT [DAY]`
struct VisitWhyVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say why a booked visit is where it is, or not on a day or at a time of it.",
        discussion: """
            Without a day: what it costs where it is, and why it is not on its ideal day. With one: what stands \
            against that, or what it would cost there. The other visits of the course stay where they are. Nothing is \
            changed. With --at the answer is about that time alone: which rule stands against it, who holds the chair \
            until when, which chair is free.
            """)
    static let examples = [
        (line: "infusionctl visit why v345", does: "Why is it where it is?"),
        (line: "infusionctl visit why v345 tue", does: "Why is it not on Tuesday?"),
        (line: #"infusionctl visit why v345 "10 mar""#, does: "Why is it not on the tenth?"),
        (line: "infusionctl visit why v345 tue --at 9:05", does: "Why not at five past nine?"),
    ]

    @Argument(help: "The visit's id.")
    var visit: String

    @Argument(help: "The day. (default: the one that it has)")
    var day: String?

    @Option(name: .long, help: ArgumentHelp("At this time of the day, and no other.", valueName: "time"))
    var at: String?

    @Option(name: .long, help: "With --at: on this chair.")
    var chair: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if chair != nil, at == nil { throw ValidationError("--chair belongs to --at: say when, too") }
        if at != nil, day == nil { throw ValidationError("--at belongs to a day: say which, too") }
    }

    func run() throws {
        let daemon = try connection.connect()
        let day = try day.map { try DayParser(daemon).day($0) }
        if let day, let at { return try answer(on: day, at: SpokenTime.time(at), daemon) }
        let reply = try daemon.call(ClinicInterface.ExplainVisit(visit: visit, day: day))
        try output.show(
            Payload(reply.json) { style in
                (day == nil
                    ? whyHereLines(reply, style)
                    : whyLines(reply.found, present: reply.present, names: reply.people, style))
                    + (reply.goal.map { [capitalised("\($0.phase): \($0.words).")] } ?? [])
            })
    }

    /// What a move to a time would come to; that it is refused is the answer.
    private func answer(on day: Day, at time: ClockTime, _ daemon: DaemonConnection) throws {
        let call = ClinicInterface.MoveVisit(
            visit: visit, from: day, through: day, at: time, chair: chair, reason: "other", dryRun: true)
        do {
            let reply = try daemon.call(call)
            try output.show(
                Payload(reply.json) { style in
                    guard let difference = reply.difference else { return ["That is where it is."] }
                    return ["It could be there:"]
                        + differenceLines(difference, isRecorded: false, names: reply.people, style)
                })
        } catch let failure as Failure where failure.status == .refused {
            try output.show(Payload(failure.json ?? .null) { _ in failure.remarks.map(\.answer) })
        }
    }
}

extension Failure.Remark {
    /// As an answer to somebody who asked.
    fileprivate var answer: String {
        switch self {
        case .error(let text): capitalised(text)
        case .detail(let text): text.isEmpty ? "" : "  " + text
        case .hint(let text): capitalised(text)
        }
    }
}
