import Foundation
import Testing

@Suite struct ClientTests {
    /// What is said on Monday, 2 March 2026.
    static let days = [
        ("today", "2026-03-02"), ("tomorrow", "2026-03-03"), ("yesterday", "2026-03-01"), ("mon", "2026-03-02"),
        ("next mon", "2026-03-09"), ("tuesday", "2026-03-03"), ("this sun", "2026-03-08"), ("next week", "2026-03-09"),
        ("+3", "2026-03-05"), ("+3d", "2026-03-05"), ("+2w", "2026-03-16"), ("-1d", "2026-03-01"),
        ("in 3 days", "2026-03-05"), ("in 1 week", "2026-03-09"), ("15 mar", "2026-03-15"), ("mar 15", "2026-03-15"),
        ("the 15th of march", "2026-03-15"), ("1 mar", "2026-03-01"),
        ("15 March 2027", "2027-03-15"), ("2026-04-01", "2026-04-01"), ("Fri", "2026-03-06"),
    ]

    @Test func `days are understood as people say them`() throws {
        let daemon = try SmallClinic()
        for (said, day) in Self.days {
            let result = try daemon.run(["day", "--json", "--", said])
            #expect(result.status == 0, "\(said): \(result.errors)")
            #expect(result.output.contains("\"day\": \"\(day)\""), "\(said)")
        }
        for said in ["someday", "32 mar", "3/15", "mon tue", "tomorrow 9:00", "in x days", "2026-02-30", "+", "th"] {
            let result = try daemon.run(["day", said])
            #expect(result.status == 64, "\(said)")
            #expect(result.errors.contains("is no day"), "\(said)")
        }
        // As near behind as ahead: both are named.
        let leap = try daemon.run(["day", "29 feb"])
        #expect(leap.status == 64 && leap.errors.contains("2024") && leap.errors.contains("2028"), "\(leap.errors)")
        _ = daemon.end()
    }

    @Test func `what stands in a patient's file never stands in an error`() throws {
        let daemon = try SmallClinic()
        let inputs = [
            #"[{"recordNumber": "CANARY", "name": 17}]"#, #"[{"recordNumber": "CANARY", "CANARY": "CANARY"}]"#,
            #"[{"recordNumber": "CANARY" "CANARY"}]"#, "record number: CANARY\nCANARY: CANARY\n", "CANARY\n",
            "record number,name\nCANARY,CANARY,CANARY\n", "record number,name\nCANARY,\"CANARY\n", "name: CANARY\n",
        ]
        for input in inputs {
            let result = try daemon.run(["patient", "import", "-"], input: input)
            #expect(result.status == 1, "\(input): \(result.text)")
            #expect(!result.text.contains("CANARY"), "\(input): \(result.text)")
            #expect(result.errors.contains("standard input"))
        }
        #expect(try daemon.run(["patient", "list"]).output.isEmpty)
        _ = daemon.end()
    }

    @Test func `a daemon that says nothing is exit code 75 after the time allowed`() throws {
        let path = NSTemporaryDirectory() + "/silent-\(UUID().uuidString.prefix(8))"
        let descriptor = try #require(listen(at: path))
        defer {
            close(descriptor)
            unlink(path)
        }
        let result = try Program.infusionctl(["status", "--socket", path, "--timeout", "0.2"])
        #expect(result.status == 75)
        #expect(result.errors.contains("no answer within 0.2 s"))
    }

    @Test(.enabled(if: geteuid() == 0))
    func `whoever is in none of the groups is not permitted, which is exit code 77`() throws {
        let daemon = try SmallClinic()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        let program = Program.folder.appending(path: "infusionctl").path
        process.arguments = [
            "--reuid=65534", "--regid=65534", "--clear-groups", program, "status", "--socket", daemon.socket,
        ]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 77)
        #expect(said.hasPrefix("infusionctl: error: you may not do this\n"))
        _ = daemon.end()
    }

    @Test func `watch tells each event on a line of its own`() throws {
        let daemon = try SmallClinic()
        _ = try daemon.run(["patient", "add", "MRN-1"])
        let watch = Process()
        watch.executableURL = Program.folder.appending(path: "infusionctl")
        watch.arguments = ["watch", "--since", "e2", "--socket", daemon.socket]
        let output = Pipe()
        watch.standardOutput = output
        try watch.run()
        let first = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        #expect(first.hasPrefix("e3  Mon 02 Mar 2026 07:00  "))
        #expect(first.contains(" p1"))
        #expect(!first.contains("MRN-1"))
        // The test's threads block signals, and what they start inherits that; this one cannot be blocked.
        kill(watch.processIdentifier, SIGKILL)
        watch.waitForEnd(of: "watch")
        _ = daemon.end()
    }

    /// A socket on which nobody ever answers.
    private func listen(at path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        return bound == 0 && Foundation.listen(descriptor, 4) == 0 ? descriptor : nil
    }
}
