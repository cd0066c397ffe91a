import ArgumentParser
import Planning
import StrictJSON
import Wire

/// `infusionctl as-of MOMENT day|course|visit …`
struct AsOfVerb: Verb {
    /// What can be shown.
    enum Thing: String, CaseIterable, ExpressibleByArgument { case day, course, visit }

    static let configuration = CommandConfiguration(
        commandName: "as-of", abstract: "Show a day, a course or a visit as it was at an earlier moment.",
        discussion: """
            The moment is an event, e9120, or a time; a day without a time means its end, and a weekday the last one. \
            What is shown is what the verbs day, course show and visit show would have shown then.
            """)
    static let examples = [
        (line: "infusionctl as-of yesterday day mon", does: "Next Monday as it was planned last night."),
        (line: #"infusionctl as-of "2 mar 9:00" course c42"#, does: "A course as it was then."),
        (line: "infusionctl as-of e9120 visit v345", does: "A visit after that event."),
    ]

    @Argument(help: ArgumentHelp("When: e9120, yesterday, \"2 mar 9:00\".", valueName: "moment"))
    var moment: String

    @Argument(help: ArgumentHelp("What: day, course or visit.", valueName: "what"))
    var thing: Thing

    @Argument(help: ArgumentHelp("Which, by id or day. (default: of a day, the moment's)", valueName: "which"))
    var words: [String] = []

    @Flag(name: .long, help: .hidden)
    var names = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if thing != .day, words.count != 1 { throw ValidationError("say which \(thing.rawValue), by its id") }
        if thing != .day, names { throw ValidationError("--names belongs to a day") }
    }

    func run() throws {
        let daemon = try connection.connect()
        let present = DayParser(daemon)
        let (asOf, then) = try instant(present)
        switch thing {
        case .day:
            let day = try words.isEmpty ? nil : self.day(words.joined(separator: " "), from: then, present)
            let reply = try daemon.call(ClinicInterface.Day(day: day, names: names ? true : nil, asOf: asOf))
            try output.show(Payload(reply.json) { style in boardLines(reply.board, style) })
        case .course:
            let reply = try daemon.call(ClinicInterface.ShowCourse(course: words[0], asOf: asOf))
            try output.show(Payload(reply.json) { style in courseLines(reply, style) })
        case .visit:
            let reply = try daemon.call(ClinicInterface.ShowVisitAsOf(visit: words[0], asOf: asOf))
            try output.show(Payload(reply.json) { style in visitLines(reply, style) })
        }
    }

    /// The moment as it is sent, and its day; nil for an event's.
    private func instant(_ present: DayParser) throws -> (text: String, day: Day?) {
        if moment.hasPrefix("e"), decimal(moment.dropFirst().utf8) != nil { return (moment, nil) }
        let instant = try present.moment(moment, isEnd: true)
        return (instant.text, instant.day)
    }

    /// A day as it would have been said at the moment.
    private func day(_ text: String, from then: Day?, _ present: DayParser) throws -> Day {
        guard let then, let day = SpokenTime.day(text, today: then) else { return try present.day(text) }
        return day
    }
}
