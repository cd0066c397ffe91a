import Foundation
import Testing

/// A daemon of a test's own: the small clinic, on a clock that only the test moves.
final class SmallClinic {
    private let process = Process()
    private let folder: URL
    var socket: String { folder.appending(path: "socket").path }
    var database: String { folder.appending(path: "clinic.sqlite").path }

    /// Starts one, Monday at seven in the morning where nothing else is said, and waits until it answers.
    init(
        _ configuration: String = Program.file("clinic.json"), from instant: String = "2026-03-02T07:00:00-05:00"
    ) throws {
        folder = URL(filePath: NSTemporaryDirectory()).appending(path: "e2e-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = Program.folder.appending(path: "infusiond")
        process.arguments = [
            "--config", configuration, "--socket", socket, "--database", database, "--simulate-from", instant,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try waited(for: "the daemon to answer") { try !process.isRunning || run(["status"]).status == 0 }
        #expect(process.isRunning)
    }

    /// Runs a command of infusionctl against it.
    func run(_ arguments: [String], input: String = "") throws -> Program.Result {
        Program.verb(arguments, input: input, environment: ["INFUSIOND_SOCKET": socket])
    }

    /// Asks it to end, and says with which status it did.
    func end() -> Int32 {
        process.terminate()
        process.waitForEnd(of: "the daemon")
        return process.terminationStatus
    }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: folder)
    }
}
