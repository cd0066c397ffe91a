import ArgumentParser
import Wire

/// The verb `infusionctl status`.
struct StatusVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how the daemon is: clock, counts, versions.")
    static let examples = [(line: "infusionctl status", does: "Is it running, which day is it there, what may I do?")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ServiceInterface.Status())
        try output.show(Payload(reply.json) { style in StatusVerb.lines(reply, style) })
    }

    private static func lines(_ reply: ServiceInterface.Status.Reply, _ style: Style) -> [String] {
        let facts = [
            (
                "clock",
                "\(reply.today.short) \(clockText(reply.now)) \(reply.timeZone)\(reply.simulated ? ", simulated" : "")"
            ),
            ("since", "\(reply.startedAt.day.short) \(clockText(reply.startedAt))"),
            ("you are", reply.role),
            ("patients", "\(reply.patients)"),
            ("active courses", "\(reply.coursesActive)"),
            ("visits ahead", "\(reply.visitsAhead)"),
            ("proposals", "\(reply.proposals)"),
            ("last event", "e\(reply.lastEvent)"),
            ("connections", "\(reply.connections)"),
            ("calendar through", "\(reply.calendarThrough)"),
            ("versions", "infusiond \(reply.version), SQLite \(reply.sqliteVersion)"),
        ]
        return [style.bold(reply.clinic)] + factLines(facts)
    }
}
