import ArgumentParser
import Configuration
import Planning
import StrictJSON
import Wire

/// The verb `infusionctl forecast`.
struct ForecastVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "See what the clinic can take on: waits, inductions in time, full hours, with and without a change.",
        discussion: """
            The coming weeks are lived through many times from what is booked now: patients are referred and booked, \
            visits are lost and made up for, gates open or do not, as often as the clinic's own record says. Beside \
            each mean stands what 90 of a hundred runs lie within; beside a difference the interval of its mean. The \
            same seed gives the same forecast. Nothing is booked, and nobody has to wait for it.

            What --with says is typed as for infusionctl: staff on, opening add; several go together with a semicolon \
            between them. A weekday stands for each such day of the weeks, a date for that day. Another nurse, a chair \
            or a shift for good is another configuration: --with-config. Illness, breakdowns and visits \
            that patients ask to be moved are left out; so are patients whose course stands still.

            What --assume says is not counted: {"visits": {"noShow": 30, "givenUp": 12}, "gates": [{"regimen": \
            "trd-esketamine", "phase": "weeks 5-8", "percent": 70}], "referrals": [{"regimen": "trd-esketamine", \
            "inHundredWeeks": 150}]}. Visits are of a thousand: earlyCancellation, lateCancellation, noShow, \
            notTreated, givenUp; stops are like gates. Where it names referrals, no other regimen has any.
            """)
    static let examples = [
        (line: "infusionctl forecast", does: "The next thirteen weeks, lived through fifty times."),
        (
            line: #"infusionctl forecast --with "staff on rn-2 tue 8:00-16:00" --weeks 8"#,
            does: "What would one nurse more on Tuesdays change?"
        ),
        (
            line: #"infusionctl forecast --with "opening add sat 8:00-13:00; staff on rn-1 sat 8:00-13:00; "#
                + #"staff on md-1 sat 8:00-13:00""#,
            does: "Open on Saturdays."
        ),
        (
            line: "infusionctl forecast --assume rates.json --with-config two-chairs-more.json --json",
            does: "Rates of your own, and another configuration."
        ),
    ]

    @Option(name: .long, help: ArgumentHelp("How many weeks from today on, 1 to 26.", valueName: "count"))
    var weeks = 13

    @Option(name: .long, help: ArgumentHelp("How often they are lived through, 1 to 500.", valueName: "count"))
    var runs = 50

    @Option(name: .long, help: ArgumentHelp("Where the chances begin.", valueName: "number"))
    var seed = 1

    @Option(name: .long, help: ArgumentHelp("Who waits longer for the first visit waits long.", valueName: "days"))
    var wait = 14

    @Option(
        name: .long,
        help: ArgumentHelp("How many inductions must end in time for a number to be taken on.", valueName: "percent"))
    var inTime = 90

    @Flag(name: .long, help: "Do not look for how many inductions a week could be taken on.")
    var noSearch = false

    @Option(name: .long, help: ArgumentHelp("Rates in place of counted ones.", valueName: "file"))
    var assume: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp("What would be otherwise; may be given several times.", valueName: "change"))
    var with: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("Another configuration; may be given several times.", valueName: "file"))
    var withConfig: [String] = []

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("weeks", weeks, 1...26), ("runs", runs, 1...500), ("seed", seed, 0...1_000_000_000_000),
            ("wait", wait, 0...365), ("in-time", inTime, 1...100),
        ] where !range.contains(value) {
            throw ValidationError("--\(name) takes \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        guard with.count + withConfig.count <= 8 else { throw ValidationError("at most 8 changes are compared") }
    }

    func run() throws {
        let assumed = try assume.map(Self.assumptions)
        let daemon = try connection.connect()
        let call = ClinicInterface.ForecastClinic(
            weeks: weeks, runs: runs, seed: seed, waitDays: wait, inTimePercent: inTime,
            searches: noSearch ? false : nil, assumed: assumed.map { $0.map(ForecastAssumptionMessage.init) },
            changes: try changes(daemon))
        let isWatched = Console.current.isTerminal(.errors)
        var answer: ForecastAnswerMessage?
        defer { if isWatched { Output.mutter("\r\u{1B}[K") } }
        try daemon.follow(call) { reply in
            answer = reply.forecast
            guard isWatched, reply.forecast == nil else { return }
            let percent = reply.total > 0 ? min(99, reply.done * 100 / reply.total) : 0
            Output.mutter("\r\u{1B}[Kforecast \(percent) %, \(counted(reply.done, "week")) lived through")
        }
        guard let answer else { throw Failure.failed("the daemon ended the forecast without an answer") }
        if isWatched { Output.mutter("\r\u{1B}[K") }
        try output.show(Payload(answer.json) { forecastLines(answer, $0) })
    }

    private static func assumptions(_ path: String) throws -> [ForecastAssumption] {
        do {
            return try readAssumptions(try Files.read(path), file: Files.name(path))
        } catch let error as ConfigurationError {
            throw Failure(error)
        }
    }

    /// The text of a configuration file on one line. What is wrong with its keys is the daemon's to say.
    private static func configuration(_ path: String) throws -> String {
        do {
            return String(decoding: try JSONValue(parsing: try Files.read(path)).bytes(), as: UTF8.self)
        } catch let error as JSONSyntaxError {
            throw Failure.failed("\(Files.name(path)): \(error)")
        }
    }

    private func changes(_ daemon: DaemonConnection) throws -> [ForecastChangeMessage]? {
        if with.isEmpty && withConfig.isEmpty { return nil }
        var changes: [ForecastChangeMessage] = []
        if !with.isEmpty {
            let present = DayParser(daemon)
            let today = try present.status().today
            changes = try with.map { try ForecastWords(today: today, weeks: weeks, present: present).change($0) }
        }
        return changes
            + (try withConfig.map { ForecastChangeMessage(name: $0, configuration: try Self.configuration($0)) })
    }
}

extension ForecastAssumptionMessage {
    fileprivate init(_ assumption: ForecastAssumption) {
        self.init(
            rate: ForecastRateCode(assumption.rate), regimen: assumption.regimen, phase: assumption.phase,
            value: assumption.value)
    }
}
