import Foundation
import Glibc
import StrictJSON
import Testing
import Varlink

/// The built daemon, running in a folder of its own.
final class RunningDaemon: @unchecked Sendable {
    // Sendable: only the test's own thread starts and ends the process; others make calls, which touch nothing here.
    let folder: URL
    private var process: Process?
    private let errors: URL
    /// The instant from which its clock is simulated when it next starts; nil for the system's clock.
    var simulatedFrom: String?

    var socket: String { folder.appending(path: "socket").path }

    /// A folder with a configuration, nothing running yet.
    init(configuration: String = oneChairClinic, simulatedFrom: String? = "2026-03-02T07:00:00Z") throws {
        self.simulatedFrom = simulatedFrom
        // Sockets' paths are short.
        let temporary = NSTemporaryDirectory().utf8.count > 60 ? "/tmp" : NSTemporaryDirectory()
        folder = URL(fileURLWithPath: temporary).appending(path: "infusiond-\(UUID().uuidString.prefix(8))")
        errors = folder.appending(path: "errors")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(configuration.utf8).write(to: folder.appending(path: "config.json"))
        try Data().write(to: errors)
    }

    deinit {
        if let process, process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// The daemon's arguments for this folder.
    var arguments: [String] {
        [
            "--config", folder.appending(path: "config.json").path, "--socket", socket, "--database",
            folder.appending(path: "clinic.sqlite").path,
        ] + (simulatedFrom.map { ["--simulate-from", $0] } ?? [])
    }

    /// Starts the daemon and waits until it answers.
    ///
    /// - Parameter shell: what is run in the shell before, such as a limit.
    func start(shell: String = ":", environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        let daemon = Program.folder.appending(path: "infusiond").path
        process.arguments = ["-c", shell + "; exec \"$0\" \"$@\"", daemon] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let handle = try FileHandle(forWritingTo: errors)
        try handle.seekToEnd()
        process.standardError = handle
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process
        try waited(for: "the daemon to answer") {
            if (try? Client(path: socket, timeout: .seconds(1))) != nil { return true }
            guard process.isRunning else { throw DaemonEnded(status: process.terminationStatus, errors: try said) }
            return false
        }
    }

    /// Runs the daemon to its end; one that does not end within a minute is ended, with 124.
    func run(_ arguments: some Collection<String>) throws -> (status: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["timeout", "60", Program.folder.appending(path: "infusiond").path] + Array(arguments)
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Restores a backup over the database, by way of a command that runs it; 128 and the signal where one ended it.
    func restore(
        _ file: String, under command: String = "exec"
    ) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        let daemon = Program.folder.appending(path: "infusiond").path
        let database = folder.appending(path: "clinic.sqlite").path
        process.arguments = ["-c", "\(command) \"$@\"", "bash", daemon, "--restore", file, "--database", database]
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: outputData, as: UTF8.self),
            String(decoding: errorData, as: UTF8.self)
        )
    }

    /// What the daemon said on standard error so far.
    var said: String {
        get throws { String(decoding: try Data(contentsOf: errors), as: UTF8.self) }
    }

    /// Sends the daemon a signal.
    func signal(_ number: Int32) { if let process { kill(process.processIdentifier, number) } }

    /// Waits for the daemon's end; its exit status, or the signal's number negative.
    @discardableResult
    func wait() -> Int32 {
        guard let process else { return 0 }
        process.waitForEnd(of: "the daemon")
        self.process = nil
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Kills the daemon as a power cut would.
    func cut() {
        signal(SIGKILL)
        wait()
    }

    /// Makes a call on a connection of its own.
    func call(_ method: String, _ parameters: JSONObject = [:]) throws -> JSONObject {
        try Client(path: socket).call(method, parameters)
    }

    /// The error of a call.
    func error(_ method: String, _ parameters: JSONObject = [:]) throws -> VarlinkError? {
        do throws(ClientError) {
            _ = try Client(path: socket).call(method, parameters)
            return nil
        } catch {
            if case .refused(let refused) = error { return refused }
            throw error
        }
    }

    /// Sends bytes as they are and reads until the daemon closes or answers with a whole message.
    func exchange(_ bytes: [UInt8]) throws -> String {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socket.utf8)) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(connected == 0)
        _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while !received.contains(0) {
            var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, 60_000) > 0 else {
                throw WaitedInVain(what: "an answer of the daemon", limit: .seconds(60))
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            received += chunk[..<count]
        }
        return String(decoding: received.filter { $0 != 0 }, as: UTF8.self)
    }
}

/// The daemon ended before it answered.
struct DaemonEnded: Error {
    let status: Int32
    let errors: String
}

/// Something that another process did not do in time.
struct WaitedInVain: Error, CustomStringConvertible {
    /// What was waited for.
    let what: String
    let limit: Duration

    var description: String { "waited \(limit) in vain for \(what)" }
}

/// Waits for what another process does, giving the processor away between two looks.
///
/// - Throws: `WaitedInVain` after a minute, which no machine needs.
func waited(for what: String, limit: Duration = .seconds(60), until isDone: () throws -> Bool) throws {
    let end = ContinuousClock.now + limit
    while try !isDone() {
        guard ContinuousClock.now < end else { throw WaitedInVain(what: what, limit: limit) }
        _ = poll(nil, 0, 5)
    }
}

extension Process {
    /// Waits for its end. One that does not end in time is killed, which is a failure.
    func waitForEnd(of what: String) {
        do {
            try waited(for: "\(what) to end") { !isRunning }
        } catch {
            Issue.record(error)
            kill(processIdentifier, SIGKILL)
        }
        waitUntilExit()
    }
}

extension RunningDaemon {
    /// Waits until the journal has been told of all that is on record.
    func waitForJournal() throws {
        try waited(for: "the journal to be told of every event") {
            let status = try call("io.infusiond.Service.Status")
            guard let told = status["journalThrough"]?.integer, let last = status["lastEvent"]?.integer else {
                return false
            }
            return told >= last
        }
    }
}

/// A small clinic: open 9 to 12, one chair, one nurse.
let oneChairClinic = """
    {"clinic": {"name": "Small", "timeZone": "UTC",
      "hours": {"mon": ["09:00-12:00"], "tue": ["09:00-12:00"], "wed": ["09:00-12:00"]}},
     "chairs": [{"id": "chair-1", "features": ["monitor"]}],
     "staff": [{"id": "rn-1", "name": "Nurse 1", "roles": ["nurse"],
       "shifts": [{"days": ["mon", "tue", "wed"], "hours": "08:00-13:00"}]}],
     "visitTypes": [{"id": "hour", "name": "An hour", "chair": ["monitor"],
      "attendants": [{"label": "nurse", "role": "nurse"}],
      "stages": [{"name": "care", "minutes": 60, "load": {"nurse": 50}}]}],
     "regimens": [{"id": "one", "name": "One visit", "source": "none",
       "phases": [{"name": "only", "visit": "hour", "count": 1}]}]}
    """
