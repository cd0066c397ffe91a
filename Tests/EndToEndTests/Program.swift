import Foundation
import Synchronization
import Testing
import Verbs

/// The built programs, which lie beside the test bundle.
enum Program {
    /// The folder with the programs: that of INFUSION_PROGRAMS, or that of the test bundle.
    static let folder: URL = {
        if let named = ProcessInfo.processInfo.environment["INFUSION_PROGRAMS"] { return URL(filePath: named) }
        return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    }()

    /// The project's top folder.
    static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A file of these tests.
    static func file(_ name: String) -> String {
        project.appending(path: "Tests/EndToEndTests/Files/\(name)").path
    }

    /// What a run of a program left.
    struct Result {
        /// The exit code; 128 and the signal's number where a signal ended it.
        var status: Int32
        var output: String
        var errors: String
        /// The methods of the daemon that were called, of a run in the test's own process.
        var calls: [String] = []

        /// Everything, for golden files.
        var text: String {
            output
                + errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "! \($0)\n" }
                .joined()
                + "exit \(status)\n"
        }
    }

    /// Runs a command of infusionctl in the test's own process: what it prints and gives is the program's, without a
    /// launch of it.
    static func verb(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], in directory: URL = project
    ) -> Result {
        let written = Mutex((output: [UInt8](), errors: [UInt8](), calls: [String]()))
        let console = Console(
            input: Array(input.utf8), variables: environmentOfTests.merging(environment) { $1 },
            folder: directory.path, called: { method in written.withLock { $0.calls.append(method) } }
        ) { bytes, stream in
            written.withLock { written in
                switch stream {
                case .output: written.output += bytes
                case .errors: written.errors += bytes
                }
            }
        }
        let status = CommandLineTool.run(arguments, on: console)
        return written.withLock { written in
            Result(
                status: status, output: String(decoding: written.output, as: UTF8.self),
                errors: String(decoding: written.errors, as: UTF8.self), calls: written.calls)
        }
    }

    private static let environmentOfTests = [
        "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": NSTemporaryDirectory(),
    ]

    /// Runs infusionctl as a process and waits for its end.
    @discardableResult
    static func infusionctl(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], in directory: URL = project
    ) throws -> Result {
        let process = Process()
        // One that does not end within two minutes is ended, with 124.
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["120", folder.appending(path: "infusionctl").path] + arguments
        process.currentDirectoryURL = directory
        process.environment = environmentOfTests.merging(environment) { $1 }
        let (output, errors, standardInput) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = standardInput
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        // Standard error is read after standard output: it is short enough to wait in its pipe.
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Result(
            status: status, output: String(decoding: outputData, as: UTF8.self),
            errors: String(decoding: errorData, as: UTF8.self))
    }
}

/// Compares a text with a golden file; with UPDATE_GOLDEN=1 the file is written instead.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = Program.project.appending(path: "Tests/EndToEndTests/Golden/\(name).txt")
    try expectGolden(text, in: file, sourceLocation: sourceLocation)
}

/// Compares a text with a file that holds it; with UPDATE_GOLDEN=1 the file is written instead.
func expectGolden(_ text: String, in file: URL, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try text.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let golden = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let goldenLines = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let first =
        zip(lines, goldenLines).enumerated().first { $1.0 != $1.1 }?.offset
        ?? (lines.count == goldenLines.count ? nil : min(lines.count, goldenLines.count))
    guard let first else { return }
    let got = first < lines.count ? lines[first] : "(the end)"
    let wanted = first < goldenLines.count ? goldenLines[first] : "(the end)"
    Issue.record(
        """
        \(file.lastPathComponent), line \(first + 1), differs:
        golden: \(wanted)
        now:    \(got)
        UPDATE_GOLDEN=1 writes the file anew.
        """, sourceLocation: sourceLocation)
}
