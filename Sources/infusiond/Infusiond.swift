internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Logging
internal import Service
internal import Systemd

/// The program: reads the configuration, builds the daemon, runs it.
@main
struct Infusiond: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "infusiond", abstract: "Keeps the courses, chairs and staff of an infusion clinic.",
        discussion: """
            Options win over the configuration file. With a socket of the service manager, --socket is not used.

            Examples:
              infusiond --config /etc/infusiond/config.json
              infusiond --config config.json --check
              infusiond --config /etc/infusiond/config.json --restore /root/monday.sqlite
              infusiond --config config.json --database demo.sqlite --socket demo.socket \\
                --simulate-from 2026-03-02T07:00:00-05:00

            Exit codes:
              0   ended in good order
              64  the command line is wrong
              65  the database is damaged, another program's, or a newer version's
              69  the socket cannot be listened on
              74  reading or writing failed
              75  another infusiond has the database open
              78  the configuration is wrong
            After 64, 65 and 78 the units do not start it again: somebody has to mend it first.
            """, version: version)

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where to listen.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("Where to keep the data.", valueName: "path"))
    var database: String?

    @Option(help: ArgumentHelp("Run on a simulated clock from this instant.", valueName: "instant"))
    var simulateFrom: String?

    @Flag(help: "Check the configuration and exit.")
    var check = false

    @Option(
        help: ArgumentHelp(
            "Put a backup in the database's place and exit; what was there is set aside.", valueName: "file"))
    var restore: String?

    func validate() throws {
        guard config != nil || (restore != nil && database != nil) else {
            throw ValidationError("Missing expected argument '--config <file>'")
        }
        guard restore == nil || (simulateFrom == nil && !check) else {
            throw ValidationError("--restore does nothing else: leave --check and --simulate-from out")
        }
        guard simulateFrom.map({ Daemon.Options.instant($0) != nil }) ?? true else {
            throw ValidationError("--simulate-from takes an instant such as 2026-03-02T07:00:00-05:00")
        }
    }

    func run() async throws {
        if let restore, let database { return try put(restore, inPlaceOf: database) }
        guard let path = config else { preconditionFailure("there is a configuration unless all else is named") }
        let read: @Sendable () throws(ConfigurationError) -> ConfigurationFile = { () throws(ConfigurationError) in
            try readConfiguration(at: path)
        }
        let configuration: ConfigurationFile
        do throws(ConfigurationError) {
            configuration = try read()
        } catch {
            throw failed(error.description.split(separator: "\n").map(String.init), with: EX_CONFIG)
        }
        if check { return }
        if let restore { return try put(restore, inPlaceOf: configuration.daemon.database) }
        let journal = Journal.connected()
        LoggingSystem.bootstrap { _ in JournalLogHandler(journal: journal) }
        let daemon = Daemon(
            options: Daemon.Options(
                version: Self.version, database: database ?? configuration.daemon.database,
                socket: socket ?? configuration.daemon.socket,
                simulateFrom: simulateFrom.flatMap { Daemon.Options.instant($0) }),
            configuration: configuration, reading: read, journal: journal, notify: .connected(),
            logger: Logger(label: "infusiond"))
        do {
            try await daemon.runUntilStopped()
        } catch let error as DaemonError {
            throw failed(error)
        } catch {
            throw failed([String(describing: error)], with: EXIT_FAILURE)
        }
    }

    private func put(_ file: String, inPlaceOf database: String) throws {
        do throws(DaemonError) {
            let lines = try Daemon.restore(file, to: database)
            FileHandle.standardOutput.write(Data(lines.map { $0 + "\n" }.joined().utf8))
        } catch {
            throw failed(error)
        }
    }

    private func failed(_ error: DaemonError) -> ExitCode {
        failed([error.description] + (error.hint.map { ["hint: \($0)"] } ?? []), with: error.exitCode)
    }

    private func failed(_ lines: [String], with code: Int32) -> ExitCode {
        let text = lines.map { line in
            line.hasPrefix("hint: ") ? "infusiond: \(line)\n" : "infusiond: error: \(line)\n"
        }.joined()
        FileHandle.standardError.write(Data(text.utf8))
        return ExitCode(code)
    }
}
