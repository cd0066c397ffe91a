import ArgumentParser
import Planning
import Wire

/// The verb `infusionctl day [DAY]`.
struct DayVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "day", abstract: "Draw the board of a day: chairs, stages of the visits, loads of the staff.",
        discussion: "The board is as wide as the terminal; COLUMNS says how wide where there is none.")
    static let examples = [
        (line: "infusionctl day", does: "Today."),
        (line: "infusionctl day next mon", does: "Another day."),
        (line: "infusionctl day 15 mar --ids", does: "Without names, for a screen that strangers see."),
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
        let reply = try daemon.call(ClinicInterface.Day(day: day, names: names ? true : nil))
        try output.show(Payload(reply.json) { style in boardLines(reply.board, style) })
    }
}

/// The verb `infusionctl week [DAY]`.
struct WeekVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "week", abstract: "Show a week in figures: visits, hours, how full the chairs are.")
    static let examples = [
        (line: "infusionctl week", does: "The present week."),
        (line: "infusionctl week 1 mar --days 31", does: "As many days as are wanted."),
    ]

    @Argument(help: ArgumentHelp("A day of the first week shown. (default: today)", valueName: "day"))
    var words: [String] = []

    @Option(name: .long, help: "How many days, from the day given on. (default: its week from Monday to Sunday)")
    var days: Int?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let daemon = try connection.connect()
        let given = words.isEmpty ? nil : try DayParser(daemon).nearestDay(words.joined(separator: " "))
        let first = days == nil ? given.map { $0 - $0.weekday.rawValue } : given
        let reply = try daemon.call(ClinicInterface.Week(from: first, days: days))
        try output.show(Payload(reply.json) { style in weekLines(reply.summary, style) })
    }
}
