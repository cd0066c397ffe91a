import ArgumentParser
import Wire

/// The verb `infusionctl reload`.
struct ReloadVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Let the daemon read its configuration again.",
        discussion: """
            No booked visit changes: those that now break a rule are listed. A configuration with problems is refused \
            whole, and the old one stays in force.
            """)
    static let examples = [
        (
            line: "infusionctl config check /etc/infusiond/config.json && infusionctl reload",
            does: "Look first, then reload."
        )
    ]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ServiceInterface.Reload())
        try output.show(Payload(reply.json) { style in ReloadVerb.lines(reply, style) })
    }

    private static func lines(_ reply: ServiceInterface.Reload.Reply, _ style: Style) -> [String] {
        var lines = [
            reply.changed ? "configuration adopted" + (reply.event.map { " (e\($0))" } ?? "") : "nothing has changed"
        ]
        if !reply.retired.isEmpty { lines.append("kept because in use: \(reply.retired.joined(separator: ", "))") }
        if !reply.breaches.isEmpty {
            var table = TextTable(("visit", .left), ("course", .left), ("start", .left), ("breaks", .left))
            for breach in reply.breaches {
                table.add(breach.visit, breach.course, momentText(breach.start), breach.rule)
            }
            lines += ["", "\(counted(reply.breaches.count, "booked visit")) now against a rule:"] + table.lines(style)
        }
        return lines
    }
}
