import Foundation
import StrictJSON
import Testing
import Varlink

/// What a clinic can take on, asked of a daemon that goes on with its work.
@Suite struct ForecastVerbTests {
    private static let small = ["forecast", "--weeks", "4", "--runs", "2", "--seed", "4"]

    @Test func `a forecast reads as it was read and agreed, as lines and as JSON, and names nobody`() throws {
        let clinic = try SmallClinic()
        let assumptions = """
            {"visits": {"noShow": 60, "givenUp": 5}, "gates": [], "referrals": [{"regimen": "three-a-week", \
            "inHundredWeeks": 150}]}
            """
        for number in 1...3 {
            let added = try clinic.run(
                ["patient", "add", "MRN-\(number)", "--file", "-"], input: "name: Somebody \(number)\n")
            #expect(added.status == 0, "\(added.text)")
            #expect(try clinic.run(["course", "book", "p\(number)", "three-a-week"]).status == 0)
        }
        let before = try clinic.run(["status", "--json"]).output
        let saturdays = "opening add sat 9:00-12:00; staff on rn-1 sat 9:00-12:00; staff on md-1 sat 9:00-12:00"
        let words = Self.small + ["--no-search", "--assume", "-", "--with", saturdays]
        let result = try clinic.run(words, input: assumptions)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        try expectGolden("$ infusionctl \(words.joined(separator: " "))\n\(result.text)\n", "forecast")
        let json = try clinic.run(words + ["--json"], input: assumptions)
        // Where nobody may wait and nobody may be late, not even the fewest can be taken on.
        let strict = ["forecast", "--weeks", "4", "--runs", "1", "--in-time", "100", "--wait", "0"]
        let search = try clinic.run(strict)
        #expect(search.output.contains("taken on: fewer than 0."), "\(search.text)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((object["outlooks"] as? [Any])?.count == 2 && object["runs"] as? Int == 2)
        for text in [result.text, json.output, search.output] {
            #expect(!text.contains("MRN-") && !text.contains("Somebody") && !text.contains("\"p1\""))
        }
        #expect(try clinic.run(["status", "--json"]).output == before, "a forecast recorded something")
        #expect(clinic.end() == 0)
    }

    @Test func `another configuration is compared, and one that is wrong is refused with its place`() throws {
        let clinic = try SmallClinic()
        let folder = FileManager.default.temporaryDirectory.appending(path: "forecast-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = try String(contentsOfFile: Program.file("clinic.json"), encoding: .utf8)
        let wide = folder.appending(path: "wide.json")
        try text.replacing(
            #"{"id": "room-1", "features": ["talk"]}"#,
            with: #"{"id": "room-1", "features": ["talk"]}, {"id": "chair-3", "features": ["monitor"]}"#
        ).write(to: wide, atomically: true, encoding: .utf8)
        let result = try clinic.run([
            "forecast", "--weeks", "1", "--runs", "1", "--no-search", "--with-config", wide.path, "--with",
            "opening add sat 9:00-12:00", "--json",
        ])
        #expect(result.status == 0, "\(result.text)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let outlooks = try #require(object["outlooks"] as? [[String: Any]])
        #expect(outlooks.map { $0["change"] as? String } == [nil, "opening add sat 9:00-12:00", wide.path])
        let broken = folder.appending(path: "broken.json")
        try text.replacing("\"monitor\", \"bed\"", with: "7").write(to: broken, atomically: true, encoding: .utf8)
        let refused = try clinic.run(["forecast", "--with-config", broken.path])
        #expect(refused.status == 64 && refused.text.contains("chairs[1].features"), "\(refused.text)")
        #expect(clinic.end() == 0)
    }

    @Test func `what cannot be understood is a usage error that says what can be typed`() throws {
        let clinic = try SmallClinic()
        for (words, says) in [
            (["--weeks", "0"], "--weeks takes 1 to 26, not 0"), (["--with", "staff on rn-2"], "says no extra shift"),
            (["--with", "visit confirm v1"], "cannot be forecast"), (["--with", " ; "], "--with says nothing"),
            (["--with", "staff of rn-2"], "is no command"), (["--with", "staff on rn-2 tue 9"], "says no hours"),
            (["--with", "staff on nobody tue 9:00-12:00"], "nobody"),
        ] {
            let result = try clinic.run(["forecast", "--runs", "1"] + words)
            #expect(result.status != 0 && result.errors.contains(says), "\(words): \(result.text)")
        }
        for (text, says) in [
            (#"{"visits": {"noshow": 3}}"#, "noshow"), (#"{"visits": {"noShow": 1001}}"#, "1000"),
            (#"{"visits": {"noShow": 600, "notTreated": 500}}"#, "1100"),
            (#"{"referrals": [{"regimen": "unheard-of", "inHundredWeeks": 1}]}"#, "unheard-of"),
            (#"{"gates": [{"regimen": "three-a-week", "phase": "induction", "percent": 5}]}"#, "gate"),
        ] {
            let result = try clinic.run(["forecast", "--runs", "1", "--assume", "-"], input: text)
            #expect(result.status != 0 && result.errors.contains(says), "\(text): \(result.text)")
        }
        #expect(clinic.end() == 0)
    }

    @Test func `a forecast holds nobody up, tells how far it is, and ends when its caller goes away`() throws {
        let clinic = try SmallClinic()
        let method = "io.infusiond.Clinic.ForecastClinic"
        #expect(try clinic.run(["patient", "add", "MRN-1"]).status == 0)
        var clients = try (0..<2).map { _ in try Client(path: clinic.socket) }
        var done: [Int] = []
        for client in clients {
            var replies = try client.callForMore(method, ["runs": 500, "weeks": 26])
            for _ in 0..<3 {
                let reply = try #require(try replies.next())
                #expect(reply["forecast"]?.isNull ?? true)
                done.append(reply["done"]?.integer ?? -1)
            }
        }
        #expect(done == [0, 1, 2, 0, 1, 2])
        // There may be two at a time; work goes on beside them.
        let third = try Client(path: clinic.socket)
        var refused = try third.callForMore(method, ["runs": 1])
        #expect(throws: ClientError.self) { _ = try refused.next() }
        #expect(try clinic.run(["course", "book", "p1", "three-a-week"]).status == 0)
        clients.removeAll()
        // Whose callers are gone have ended when another may begin.
        try waited(for: "a seat") {
            try clinic.run(["forecast", "--weeks", "1", "--runs", "1", "--no-search"]).status == 0
        }
        #expect(clinic.end() == 0)
    }
}
