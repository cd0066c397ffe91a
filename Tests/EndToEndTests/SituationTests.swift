import Foundation
import Testing

/// What a scheduler reads in each of many situations. Files/situations.json has a small problem and, a line each, what
/// is other in a situation (a JSON merge patch) with the arguments of `solve --explain`.
@Suite struct SituationTests {
    @Test func `refusals and reasons read like a colleague's answer`() throws {
        var text = ""
        for situation in try Self.situations() {
            let arguments = ["solve", "-", "--explain"] + situation.arguments
            let result = Program.verb(arguments, input: situation.problem)
            #expect(result.status == 0, "\(situation.name): \(result.errors)")
            text += "== \(situation.name) ==\n\n"
            if !situation.arguments.isEmpty { text += "$ \(situation.arguments.joined(separator: " "))\n" }
            text += result.status == 0 ? result.output : result.text
            if !text.hasSuffix("\n\n") { text += "\n" }
        }
        for rule in [
            "opening-hours", "chair-in-service", "chair-features", "chair-free", "attendant-qualified",
            "attendant-on-duty", "attendant-capacity", "gap", "phase-window", "patient-available", "one-visit-a-day",
            "lead-time", "course-end",
        ] {
            #expect(text.contains("(\(rule))"), "\(rule) closes a day by itself in some situation")
        }
        try expectGolden(text, "situations")
    }

    private struct Situation {
        let name: String
        let arguments: [String]
        let problem: String
    }

    private static func situations() throws -> [Situation] {
        let data = try Data(contentsOf: URL(filePath: Program.file("situations.json")))
        let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        let base = try #require(list.first?["base"])
        return try list.dropFirst().map { entry in
            let problem = merged(base, try #require(entry["change"]))
            return Situation(
                name: try #require(entry["situation"] as? String),
                arguments: try #require(entry["arguments"] as? [String]),
                problem: String(decoding: try JSONSerialization.data(withJSONObject: problem), as: UTF8.self))
        }
    }

    /// Objects are merged member by member; anything else is replaced.
    private static func merged(_ value: Any, _ change: Any) -> Any {
        guard var object = value as? [String: Any], let changes = change as? [String: Any] else { return change }
        for (key, change) in changes { object[key] = object[key].map { merged($0, change) } ?? change }
        return object
    }
}
