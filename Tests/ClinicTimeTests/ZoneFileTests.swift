import ClinicTime
import Foundation
import Testing

struct ZoneFileTests {
    @Test(
        "a name that no zone has is an error that says what was meant",
        arguments: [
            ("America/NewYork", "time zone \"America/NewYork\" is unknown", "did you mean \"America/New_York\"?"),
            ("america/new_york", "time zone \"america/new_york\" is unknown", "did you mean \"America/New_York\"?"),
            ("New York", "time zone \"New York\" is unknown", "did you mean \"America/New_York\"?"),
            ("Berlin", "time zone \"Berlin\" is unknown", "did you mean \"Europe/Berlin\"?"),
            ("America", "time zone \"America\" is unknown", nil),
            ("tzdata.zi", "\"tzdata.zi\" is no name of a time zone", nil),
            ("../zoneinfo/UTC", "\"../zoneinfo/UTC\" is no name of a time zone", nil),
            ("Europe/../UTC", "\"Europe/../UTC\" is no name of a time zone", nil),
            ("/etc/localtime", "\"/etc/localtime\" is no name of a time zone", nil),
            ("Europe//Berlin", "time zone \"Europe//Berlin\" is unknown", "did you mean \"Europe/Berlin\"?"),
            ("", "\"\" is no name of a time zone", nil),
        ] as [(String, String, String?)])
    func names(_ name: String, _ message: String, _ hint: String?) throws {
        let error = try #require(throws: ZoneError.self) { try ClinicZone(named: name) }
        #expect(error.message == message)
        if let hint { #expect(error.hint == hint) } else { #expect(error.hint?.hasPrefix("an IANA name") == true) }
    }

    @Test("a zone cut short anywhere is damaged, never a crash")
    func cutShort() throws {
        let whole = try Data(contentsOf: ZoneDays.folder.appendingPathComponent("zoneinfo/slim/Australia/Lord_Howe"))
        try inDirectory { directory, zone in
            for count in 4..<whole.count {
                try whole.prefix(count).write(to: zone)
                #expect(throws: ZoneError.self, "\(count) bytes") { try ClinicZone(named: "Cut", directory: directory) }
            }
        }
    }

    @Test("a zone with any byte changed is read or damaged, never a crash")
    func changedBytes() throws {
        let whole = try Data(contentsOf: ZoneDays.folder.appendingPathComponent("zoneinfo/slim/Australia/Lord_Howe"))
        try inDirectory { directory, zone in
            for index in 4..<whole.count {
                for bits: UInt8 in [0xFF, 0x80, 0x01] {
                    var bytes = whole
                    bytes[index] ^= bits
                    try bytes.write(to: zone)
                    guard let zone = try? ClinicZone(named: "Cut", directory: directory) else { continue }
                    _ = zone.local(at: 30_000_000)
                }
            }
        }
    }

    @Test(
        "the last line of a file is read as POSIX and RFC 9636 have it",
        arguments: [
            ("EST5", "2026-07-01T12:00:00Z", -300), ("EST5EDT,M3.2.0,M11.1.0", "2026-07-01T12:00:00Z", -240),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-12-01T12:00:00Z", -300),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-01-01T00:00:00Z", 660),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),
            ("XXX3EDT4,0/0,J365/23", "2026-01-01T12:00:00Z", -240),
            ("XXX3EDT4,0/0,J365/23", "2026-12-31T23:00:00Z", -240),
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2026-03-29T00:59:00Z", -180),
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2026-03-29T01:00:00Z", -120),
            ("AAA0BBB,J60,J300", "2024-03-01T01:59:00Z", 0), ("AAA0BBB,J60,J300", "2024-03-01T02:00:00Z", 60),
            ("AAA0BBB,59,300", "2024-02-29T02:00:00Z", 60),
        ])
    func rules(_ rule: String, _ instant: String, _ offset: Int) throws {
        try inDirectory { directory, zone in
            try ZoneFileTests.file(rule: rule).write(to: zone)
            let read = try ClinicZone(named: "Cut", directory: directory)
            #expect(read.offset(at: try #require(instantSeconds(instant)) / 60) == offset)
        }
    }

    @Test(
        "a last line that is no rule is damage",
        arguments: [
            "E5", "EST", "EST5EDT", "EST25", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
            "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J5", "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0", "<EST5",
            "EST5:60", "EST5EDT,M3.2.0,M11.1.0x",
        ])
    func badRules(_ rule: String) throws {
        try inDirectory { directory, zone in
            try ZoneFileTests.file(rule: rule).write(to: zone)
            let error = #expect(throws: ZoneError.self) { try ClinicZone(named: "Cut", directory: directory) }
            #expect(error?.message == "time zone \"Cut\" is damaged: \"\(rule)\" is no rule for later years")
        }
    }

    /// A file of version 3 with one type of local time (UTC), no changes and a last line.
    private static func file(rule: String) -> Data {
        let header = Data("TZif3".utf8) + Data(count: 15 + 4 * 4) + Data([0, 0, 0, 1, 0, 0, 0, 4])
        let body = Data(count: 6) + Data("UTC\0".utf8)
        return header + body + header + body + Data("\n\(rule)\n".utf8)
    }

    private func inDirectory(_ body: (String, URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("zones-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.path, directory.appendingPathComponent("Cut"))
    }
}
