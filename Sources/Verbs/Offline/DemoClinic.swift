import ClinicTime
import Configuration
internal import Glibc
import Planning
import Wire

/// The process that ends when this one is interrupted; 0 for none. A signal handler can read nothing else.
nonisolated(unsafe) private var demoProcess: pid_t = 0

/// A daemon of its own in a folder of its own, on a simulated clock.
final class DemoClinic {
    /// The folder that holds everything.
    let folder: String
    /// The connection to the daemon.
    let daemon: DaemonConnection
    let configuration: String
    /// The instant at which its clock starts.
    let start: ZonedInstant
    private let process: pid_t

    var database: String { folder + "/clinic.sqlite" }

    /// Starts a daemon on a Monday morning.
    ///
    /// - Throws: what is wrong with the configuration, or why the daemon does not start.
    init(configuration path: String) throws {
        let file: ConfigurationFile
        do {
            file = try readConfiguration(Files.read(path), file: path)
        } catch let error as ConfigurationError {
            throw Failure(error)
        }
        folder = try DemoClinic.newFolder()
        configuration = path
        start = try DemoClinic.start(in: file.zone)
        process = try DemoClinic.spawn(
            [
                try DemoClinic.program(), "--config", path, "--socket", folder + "/socket", "--database",
                folder + "/clinic.sqlite", "--simulate-from", start.text,
            ], log: folder + "/daemon.log")
        demoProcess = process
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                if demoProcess > 0 { kill(demoProcess, SIGTERM) }
                _exit(128 + number)
            }
        }
        daemon = try DemoClinic.connect(process, folder: folder)
    }

    /// Ends the daemon and waits until it has ended.
    func stop() {
        demoProcess = 0
        kill(process, SIGTERM)
        var status: Int32 = 0
        for _ in 0..<500 {
            if waitpid(process, &status, WNOHANG) != 0 { return }
            poll(nil, 0, 10)
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
    }

    /// A Monday, seven in the morning: the same day for everybody, so that all see the same.
    private static func start(in zone: ClinicZone) throws -> ZonedInstant {
        guard let day = Day("2026-03-02") else { preconditionFailure("2 March 2026 is a day") }
        do {
            let moment = try zone.local(LocalTime(day: day, clock: 420))
            return ZonedInstant(minute: moment.minute, offset: moment.offsetMinutes)
        } catch {
            throw Failure.failed(error.message)
        }
    }

    private static func program() throws -> String {
        let path = (Files.program.map { Files.folder(of: $0) } ?? ".") + "/infusiond"
        guard Files.isExecutable(path) else {
            throw Failure.failed(
                "the daemon is not found beside this program: \(path)", hint: "swift build --product infusiond")
        }
        return path
    }

    private static func newFolder() throws -> String {
        let parent = environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array((parent + "/infusiond-demo-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure.failed("no folder in \(parent): \(reason(errno))") }
        return template.withUnsafeBufferPointer { String(cString: $0.baseAddress.unsafelyUnwrapped) }
    }

    /// Starts a program that has nothing to do with the manager or the journal of this one.
    private static func spawn(_ arguments: [String], log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        for name in ["NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "JOURNAL_STREAM", "WATCHDOG_USEC"] {
            unsetenv(name)
        }
        var words = arguments.map { strdup($0) } + [nil]
        defer {
            for word in words { free(word) }
        }
        var process: pid_t = 0
        let code = posix_spawn(&process, arguments[0], &actions, nil, &words, environ)
        guard code == 0 else { throw Failure.failed("\(arguments[0]) cannot be started: \(reason(code))") }
        return process
    }

    /// Waits until the daemon answers.
    private static func connect(_ process: pid_t, folder: String) throws -> DaemonConnection {
        for _ in 0..<1500 {
            if let daemon = try? DaemonConnection(path: folder + "/socket", timeout: .seconds(60)) { return daemon }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) != 0 {
                let log = (try? Files.read(folder + "/daemon.log")).map { String(decoding: $0, as: UTF8.self) } ?? ""
                let lines = log.split(separator: "\n").suffix(5).map { Failure.Remark.detail(String($0)) }
                throw Failure(.failed, remarks: [.error("the daemon ended at once")] + lines)
            }
            poll(nil, 0, 10)
        }
        kill(process, SIGTERM)
        throw Failure.failed("the daemon does not answer", hint: "its words are in \(folder)/daemon.log")
    }
}
