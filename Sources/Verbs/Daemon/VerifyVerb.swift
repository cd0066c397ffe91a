import ArgumentParser
import Wire

/// The verb `infusionctl verify`.
struct VerifyVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the database, rebuild its tables from the events and compare.",
        discussion: "Takes a while on a large database. Exit code 1 where anything does not agree.")
    static let examples = [(line: "infusionctl verify --timeout 600", does: "With ten minutes for a large database.")]

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reply = try connection.connect().call(ServiceInterface.Verify())
        try output.show(
            Payload(reply.json) { style in
                reply.sound
                    ? ["\(style.green("sound")): \(counted(reply.events, "event")) rebuild every table as it is"]
                    : reply.problems
            })
        if !reply.sound {
            throw Failure.failed(
                "the database does not agree with itself (\(counted(reply.problems.count, "problem")))",
                hint: "stop the daemon, and restore a backup with infusiond --restore; the file is kept beside it")
        }
    }
}
