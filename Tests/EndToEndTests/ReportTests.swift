import Foundation
import Testing

/// Reports over a month that a file brought.
@Suite struct ReportTests {
    @Test func `reports read as they were read and agreed, as tables, JSON and CSV`() throws {
        let clinic = try SmallClinic()
        let file = try String(contentsOfFile: Program.file("month.json"), encoding: .utf8)
        let imported = try clinic.run(["import", "-"], input: file)
        #expect(imported.status == 0, "\(imported.errors)")
        var text = ""
        for arguments in [
            ["report", "month", "feb"], ["report", "month", "2026-02", "--csv"],
            ["report", "adherence", "--from", "2026-01-01"],
            ["report", "adherence", "--from", "2026-01-01", "--csv"],
            ["report", "utilisation", "--from", "2026-02-02", "--through", "2026-02-27"],
            ["report", "utilisation", "--from", "2026-02-02", "--through", "2026-02-02", "--csv"],
            ["report", "adherence", "--from", "today", "--through", "today"],
        ] {
            let result = try clinic.run(arguments)
            text += "$ infusionctl \(arguments.joined(separator: " "))\n"
            text += result.text.replacingOccurrences(of: "\r\n", with: "\\r\n") + "\n"
            #expect(!result.text.contains("MRN-"))
            let json = try clinic.run(arguments.filter { $0 != "--csv" } + ["--json"])
            #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
        }
        try expectGolden(text, "reports")
        #expect(clinic.end() == 0)
    }

    @Test func `a report looks back: a date without a year is the last such, and so is a weekday`() throws {
        let clinic = try SmallClinic()
        // It is Monday, 2 March 2026.
        for (said, from) in [
            ("1 mar", "2026-03-01"), ("3 mar", "2025-03-03"), ("tue", "2026-02-24"), ("mon", "2026-03-02"),
            ("-4w", "2026-02-02"), ("2026-02-28", "2026-02-28"),
        ] {
            let arguments = ["report", "adherence", "--from", said, "--json"]
            let through = said == "3 mar" ? ["--through", from] : ["--through", "today"]
            let result = try clinic.run(arguments + through)
            #expect(result.output.contains("\"from\": \"\(from)\""), "\(said): \(result.text)")
        }
        #expect(clinic.end() == 0)
    }

    @Test func `days and months that cannot be are usage errors`() throws {
        let clinic = try SmallClinic()
        for arguments in [
            ["report", "utilisation", "--from", "tomorrow", "--through", "today"],
            ["report", "adherence", "--from", "2024-01-01", "--through", "2026-01-01"], ["report", "month", "2026-13"],
            ["report", "month", "smarch"], ["report", "month", "--json", "--csv"],
        ] {
            let result = try clinic.run(arguments)
            #expect(result.status == 64, "\(arguments): \(result.text)")
        }
        #expect(clinic.end() == 0)
    }
}
