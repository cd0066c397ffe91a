import ArgumentParser
import Planning
import Wire

/// `infusionctl free --visit TYPE`
struct FreeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "free", abstract: "List the times at which a single visit of a type could start.",
        discussion: "A day's times are joined where they follow one another; --places shows each with chair and staff.")
    static let examples = [
        (line: "infusionctl free --visit iv-40", does: "This week."),
        (line: "infusionctl free --visit iv-40 --from mon --days 14 --feature bed", does: "Two weeks, in a bed."),
        (line: "infusionctl free --visit iv-40 --from tomorrow --days 1 --places", does: "With chair and staff."),
    ]

    @Option(name: .long, help: ArgumentHelp("The visit type's id; visit-type list shows them.", valueName: "type"))
    var visit: String

    @Option(name: .long, help: ArgumentHelp("The first day. (default: today)", valueName: "day"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("The last day.", valueName: "day"))
    var through: String?

    @Option(name: .long, help: "How many days. (default: 7)")
    var days: Int?

    @Option(name: .long, help: "What the chair must have. May be repeated.")
    var feature: [String] = []

    @Option(name: .long, help: "How many places at most.")
    var limit: Int?

    @Flag(name: .long, help: "Show each place with chair and staff.")
    var places = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        if through != nil, days != nil { throw Failure.usage("--through and --days exclude each other") }
        if let days, !(1...92).contains(days) { throw Failure.usage("\(days) days are not possible (1 to 92)") }
        let daemon = try connection.connect()
        let present = DayParser(daemon)
        let first = try present.dayIfSaid(from)
        var last = try present.lastDay(through, from: first)
        if let days { last = try (first ?? present.status().today) + (days - 1) }
        let reply = try daemon.call(
            ClinicInterface.Free(
                visit: visit, from: first, through: last, features: feature.isEmpty ? nil : feature,
                limit: limit ?? (output.json ? nil : 2000)))
        let places = places
        try output.show(
            Payload(reply.json) { style in
                places
                    ? placeTable(reply.places).lines(style) + peopleLines(reply.people, style)
                    : freeLines(reply.places, style)
            })
    }
}
