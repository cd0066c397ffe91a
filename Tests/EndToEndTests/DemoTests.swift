import Foundation
import Testing

@Suite struct DemoTests {
    @Test func `the demonstration books a busy clinic, shows it, ends, and leaves a readable database`() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try Program.infusionctl(["demo"], environment: ["TMPDIR": folder.path])
        #expect(result.status == 0)
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let own = folder.appending(path: name)
        try expectGolden(result.text.replacingOccurrences(of: own.path, with: "FOLDER"), "demo")

        let database = own.appending(path: "clinic.sqlite")
        let head = try #require(FileManager.default.contents(atPath: database.path)?.prefix(15))
        #expect(String(decoding: head, as: UTF8.self) == "SQLite format 3")
        // The daemon has ended: nobody answers any more.
        let status = try Program.infusionctl(["status", "--socket", own.appending(path: "socket").path])
        #expect(status.status == 69)
    }

    @Test func `the demonstration says what is missing`() throws {
        let result = try Program.infusionctl(["demo", "--config", "/none.json"])
        #expect(result.text == "! infusionctl: error: /none.json: No such file or directory\nexit 1\n")
        #expect(try Program.infusionctl(["demo", "--patients", "0"]).status == 64)
    }
}
