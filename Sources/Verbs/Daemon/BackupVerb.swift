import ArgumentParser
import StrictJSON
import Wire

/// The verb `infusionctl backup PATH`.
struct BackupVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database into a file while service goes on.",
        discussion: """
            The daemon writes the file, checks it, and gives it its name when it is whole; an earlier backup of that \
            name is replaced then, and nothing else is. It writes where its own user may: to the folder "backups" \
            beside its database, which it makes, and to folders that its unit allows it (ReadWritePaths=). To restore, \
            stop the daemon, and run infusiond --config FILE --restore BACKUP.
            """)
    static let examples = [
        (line: "infusionctl backup /var/lib/infusiond/backups/mon.sqlite", does: "A copy in the daemon's own folder."),
        (
            line: "infusionctl backup /var/lib/infusiond/backups/mon.sqlite --verify --timeout 600",
            does: "And rebuild every table of the copy from its events."
        ),
    ]

    @Argument(help: ArgumentHelp("Where to; a place that the daemon may write.", valueName: "path"))
    var path: String

    @Flag(name: .long, help: "Rebuild every table of the copy from its events and compare.")
    var verify = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let path = Files.absolute(Console.current.path(path))
        let reply = try connection.connect().call(
            ServiceInterface.Backup(path: path, verify: verify ? true : nil))
        try output.show(
            Payload(reply.json) { style in
                let checked = reply.sound.map { $0 ? ", \(style.green("sound"))" : "" } ?? ""
                return ["\(reply.path): \(sizeText(reply.bytes)), through e\(reply.events)\(checked)"] + reply.problems
            })
        if reply.sound == false {
            throw Failure.failed(
                "the copy does not agree with itself (\(counted(reply.problems.count, "problem")))",
                hint: "the database has these problems too: keep both, and restore an earlier backup")
        }
    }

    private func sizeText(_ bytes: Int) -> String {
        bytes < 10_000_000 ? "\((bytes + 1023) / 1024) KiB" : "\((bytes + 1_048_575) / 1_048_576) MiB"
    }
}
