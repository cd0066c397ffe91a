import ArgumentParser
import StrictJSON
import Wire

/// The verb `infusionctl watch`.
struct WatchVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow what happens, one line an event, until interrupted.")
    static let examples = [
        (line: "infusionctl watch", does: "From now on."),
        (line: "infusionctl watch --since e9120", does: "First what happened after that event."),
    ]

    @Option(name: .long, help: ArgumentHelp("Begin after this event.", valueName: "event"))
    var since: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let number = try since.map { try WatchVerb.eventNumber($0) }
        let isJSON = output.json
        try connection.connect().follow(ClinicInterface.Watch(since: number)) { reply in
            try Output.write(lines: [isJSON ? reply.event.object.text() : WatchVerb.line(reply.event)])
        }
    }

    private static func eventNumber(_ text: String) throws -> Int {
        guard let number = Int(text.hasPrefix("e") ? text.dropFirst() : text[...]), number >= 0 else {
            throw Failure.usage("\(JSONOutput.quoted(text)) is no event", hint: "events are called e9120")
        }
        return number
    }

    private static func line(_ event: EventMessage) -> String {
        let about = ([event.patient, event.course] + event.visits.prefix(3).map(Optional.some)).compactMap { $0 }
        let more = event.visits.count > 3 ? " and \(event.visits.count - 3) more visits" : ""
        let what = event.alert.map(dueWords) ?? about.joined(separator: " ") + more
        return "e\(event.number)  \(momentText(event.at))  \(event.kind)  \(what)"
            + (event.user.map { "  by \($0)" } ?? "")
    }
}
