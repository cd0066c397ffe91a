import Foundation
import Testing

/// What leaves the clinic for other programs, and comes back.
@Suite struct ExchangeTests {
    /// A clinic with two patients and a course each, on Monday, 2 March 2026.
    private func booked() throws -> SmallClinic {
        let clinic = try SmallClinic()
        let patients = #"[{"recordNumber": "MRN-1", "name": "Ana \"Nan\" Ö"}, {"recordNumber": "MRN-2"}]"#
        _ = try clinic.run(["patient", "import", "-"], input: patients)
        #expect(try clinic.run(["course", "book", "p1", "three-a-week", "--earliest", "tomorrow"]).status == 0)
        #expect(try clinic.run(["course", "book", "p2", "five-days", "--earliest", "9 mar"]).status == 0)
        return clinic
    }

    @Test func `the export is the file that was agreed, it keeps every rule, and an empty clinic takes it in whole`()
        throws
    {
        let clinic = try booked()
        let export = try clinic.run(["export"])
        #expect(export.status == 0, "\(export.errors)")
        try expectGolden(export.output, "export")
        let checked = try Program.infusionctl(["check", "-"], input: export.output)
        #expect(checked.text == "sound: 15 bookings from 2026-03-02 on\nexit 0\n")

        let other = try SmallClinic()
        let preview = try other.run(["import", "-", "--dry-run"], input: export.output)
        #expect(preview.text == "would import 2 patients (2 new), 2 courses and 15 visits\nexit 0\n")
        #expect(try other.run(["course", "list"]).output.isEmpty)
        let done = try other.run(["import", "-", "--request", "once"], input: export.output)
        #expect(done.text == "imported 2 patients (2 new), 2 courses and 15 visits\nexit 0\n")
        #expect(try other.run(["import", "-", "--request", "once"], input: export.output).text == done.text)
        let again = try other.run(["export"])
        #expect(Self.withoutEvents(again.output) == Self.withoutEvents(export.output))
        #expect(try other.run(["verify"]).status == 0)

        let twice = try other.run(["import", "-"], input: export.output)
        #expect(twice.status == 2)
        #expect(twice.errors.contains("chair-free: chair-"))
        #expect(twice.errors.contains("infusionctl: error: line "))
        let reused = try other.run(["import", "-", "--request", "once"], input: export.output + " ")
        #expect(reused.errors.contains("request id once was used"))
        #expect(clinic.end() == 0)
        #expect(other.end() == 0)
    }

    @Test func `an export that breaks rules is found out, each rule by its name`() throws {
        let clinic = try booked()
        let export = try clinic.run(["export"]).output
        let span = #""from": "2026-03-09T08:00", "until": "2026-03-09T10:00""#
        let wish = #""startWithinDays":14,"alternatives":0"#
        let breaks: [(rule: String, from: String, to: String)] = [
            (
                "opening-hours", #""closures": []"#,
                #""closures": [{"id": "k1", "from": "2026-03-09", "through": "2026-03-09"}]"#
            ),
            (
                "chair-in-service", #""outOfService": []"#,
                #""outOfService": [{"id": "o1", "chair": "chair-1", \#(span)}]"#
            ),
            (
                "attendant-on-duty", #""timeOff": []"#,
                #""timeOff": [{"id": "t1", "person": "rn-2", \#(span)}]"#
            ),
            ("attendant-qualified", #""roles":["nurse"]"#, #""roles":["porter"]"#),
            ("chair-features", #""chair":["monitor"]"#, #""chair":["bed"]"#),
            ("patient-available", wish, #""blackoutDays":["2026-03-09"],"# + wish),
            ("course-end", wish, wish + #","endDay":"2026-03-09""#),
            ("authorisation", wish, wish + #","requiresAuthorisation":true"#),
        ]
        for (rule, from, to) in breaks {
            let broken = export.replacingOccurrences(of: from, with: to)
            #expect(broken != export, "\(rule)")
            let found = try Program.infusionctl(["check", "-"], input: broken)
            #expect(found.status == 1, "\(rule)")
            #expect(found.output.contains("  \(rule)  "), "\(rule): \(found.text)")
        }
        let cut = try Program.infusionctl(["check", "-"], input: String(export.dropLast(40)))
        #expect(cut.status == 1)
        #expect(clinic.end() == 0)
    }

    @Test func `problems of an import are told by line and change nothing`() throws {
        let clinic = try booked()
        let export = try clinic.run(["export"]).output
        #expect(clinic.end() == 0)
        let other = try SmallClinic()
        let wrong = export.replacing(#""chair":"chair-1""#, with: #""chair":"chair-9""#, maxReplacements: 2)
            .replacingOccurrences(of: #""recordNumber":"MRN-2""#, with: #""recordNumber":"MRN-1""#)
        let refused = try other.run(["import", "-"], input: wrong)
        #expect(refused.status == 2)
        try expectGolden(refused.text, "import-problems")
        #expect(!refused.text.contains("MRN-"))
        #expect(try other.run(["patient", "list"]).output.isEmpty)
        #expect(other.end() == 0)
    }

    @Test func `visits leave as iCalendar, FHIR, CSV and HTML as they were agreed`() throws {
        let clinic = try booked()
        let shapes: [(name: String, arguments: [String])] = [
            ("ical", ["--ical", "--person", "rn-1"]), ("csv", ["--csv"]),
            ("fhir", ["--fhir", "--course", "c1", "--through", "10 mar"]),
            ("html", ["--html", "--from", "tomorrow", "--names"]),
        ]
        for (name, arguments) in shapes {
            let result = try clinic.run(["export"] + arguments)
            #expect(result.status == 0, "\(name): \(result.errors)")
            try expectGolden(result.output.replacingOccurrences(of: "\r\n", with: "\\r\n"), "export-\(name)")
        }
        let calendar = try clinic.run(["export", "--ical"]).output
        let lines = calendar.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
        #expect(lines.count { $0 == "BEGIN:VEVENT" } == 15)
        let uids = lines.filter { $0.hasPrefix("UID:") }
        #expect(Set(uids).count == 15)
        #expect(
            try clinic.run(["export", "--ical"]).output.components(separatedBy: "\r\n").filter { $0.hasPrefix("UID:") }
                == uids)
        let bundle = try clinic.run(["export", "--fhir"]).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bundle.utf8)) as? [String: Any])
        let entries = try #require(object["entry"] as? [[String: Any]])
        let addresses = entries.compactMap { $0["fullUrl"] as? String }
        #expect(Set(addresses).count == entries.count)
        let page = try clinic.run(["export", "--html", "--from", "tomorrow", "--names"]).output
        #expect(page.contains("Ana &quot;Nan&quot; Ö"))
        #expect(!page.contains("Ana \"Nan\""))
        let patientOnly = try clinic.run(["export", "--csv", "--patient", "MRN-2"]).output
        #expect(patientOnly.components(separatedBy: "\r\n").count == 5 + 2)
        #expect(clinic.end() == 0)
    }

    @Test func `shapes exclude one another, and the export file is always whole`() throws {
        let clinic = try SmallClinic()
        #expect(try clinic.run(["export", "--ical", "--csv"]).status == 64)
        let chosen = try clinic.run(["export", "--chair", "chair-1"])
        #expect(chosen.status == 64)
        #expect(chosen.errors.contains("infusionctl: hint: "))
        let unknown = try clinic.run(["export", "--ical", "--chair", "chair-77"])
        #expect(unknown.errors.contains("there is no chair chair-77"))
        #expect(clinic.end() == 0)
    }

    /// The file without what differs from clinic to clinic that hold the same.
    private static func withoutEvents(_ text: String) -> String {
        text.replacing(#/"lastEvent": [0-9]+/#, with: "").replacing(#/"exportedAt": "[^"]*"/#, with: "")
    }
}
