import ArgumentParser
import Planning
import StrictJSON
import Wire

/// The verbs `infusionctl clock …`.
struct ClockVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Read the daemon's clock, or move a simulated one.",
        subcommands: [ClockShowVerb.self, ClockAdvanceVerb.self])
    static let examples = [(line: "infusionctl clock advance 90m", does: "An hour and a half later.")]
}

/// The verb `infusionctl clock show`.
struct ClockShowVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Read the daemon's clock.")
    static let examples = [(line: "infusionctl clock show", does: "What time is it at the clinic?")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ServiceInterface.GetClock())
        try output.show(
            Payload(reply.json) { _ in ["\(momentText(reply.now))\(reply.simulated ? ", simulated" : "")"] })
    }
}

/// `infusionctl clock advance TIME`
struct ClockAdvanceVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "advance",
        abstract: "Move a simulated clock forward.",
        discussion: """
            It stops at every instant at which something is due, and says what that was. The system's clock is not \
            moved.
            """)
    static let examples = [
        (line: "infusionctl clock advance 90m", does: "By an hour and a half; also 2h, 3d."),
        (line: "infusionctl clock advance tomorrow 9:00", does: "To a time of the clinic."),
    ]

    @Argument(help: ArgumentHelp("How far, or until when.", valueName: "time"))
    var words: [String]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let until = try target(words.joined(separator: " "), daemon)
        let since = try DayParser(daemon).status().lastEvent
        var reply = try daemon.call(ServiceInterface.AdvanceClock(until: until))
        // The daemon stops after so many; whoever asked to go further does.
        while reply.now < until, let last = reply.stops.last {
            let more = try daemon.call(ServiceInterface.AdvanceClock(until: until))
            reply = ServiceInterface.AdvanceClock.Reply(now: more.now, stops: reply.stops + more.stops)
            if more.stops.last.map({ $0 <= last }) ?? true { break }
        }
        let told = try told(since: since, at: reply.stops, daemon)
        try output.show(
            Payload(.object(reply.object(told: told))) { style in
                told.compactMap { event in dueWords(event).map { "\(momentText(event.at))  \($0)" } }
                    + [style.bold(momentText(reply.now))]
            })
    }

    /// What the record has of the instants at which something was due, after an event.
    private func told(since: Int, at stops: [ZonedInstant], _ daemon: DaemonConnection) throws -> [EventMessage] {
        let seconds = Set(stops.map(\.second))
        var found: [EventMessage] = []
        var since = since
        while !seconds.isEmpty {
            let events = try daemon.call(ClinicInterface.ListEvents(since: since, limit: 1000)).events
            guard let last = events.last else { break }
            found += events.filter { seconds.contains($0.at.second) && dueWords($0) != nil }
            since = last.number
        }
        return found
    }

    private func target(_ text: String, _ daemon: DaemonConnection) throws -> ZonedInstant {
        guard let minutes = ClockAdvanceVerb.minutes(text) else {
            return try DayParser(daemon).instant(
                text, hint: "say 90m, 2h, tomorrow 9:00 or 2026-03-02T09:00")
        }
        let now = try daemon.call(ServiceInterface.GetClock()).now
        return ZonedInstant(second: now.second + minutes * 60, offset: now.offset)
    }

    /// Minutes of 90m, 2h, 3d.
    static func minutes(_ text: String) -> Int? {
        let units: [Character: Int] = ["m": 1, "h": 60, "d": 1440, "w": 10_080]
        guard let unit = text.last.flatMap({ units[$0] }) else { return nil }
        let digits = text.dropLast().drop { $0 == "+" }
        return digits.count <= 5 ? decimal(digits.utf8).map { $0 * unit } : nil
    }
}
