import Planning
import Testing
import Wire

@testable import Verbs

/// Days without a year, as people say them.
@Suite struct SpokenDayTests {
    @Test(arguments: [
        ("2026-03-01", "1 mar", "2026-03-01"), ("2026-03-02", "1 mar", "2026-03-01"),
        ("2026-03-31", "1 mar", "2026-03-01"), ("2026-02-28", "1 mar", "2026-03-01"),
        ("2028-02-29", "1 mar", "2028-03-01"), ("2028-02-29", "29 feb", "2028-02-29"),
        ("2028-03-02", "feb 29", "2028-02-29"), ("2026-12-31", "2 jan", "2027-01-02"),
        ("2027-01-02", "31 dec", "2026-12-31"), ("2026-03-09", "31 mar", "2026-03-31"),
        ("2026-03-09", "mon", "2026-03-09"), ("2026-03-10", "mon", "2026-03-16"), ("2026-03-10", "-1w", "2026-03-03"),
    ])
    func theNearestSuchDayIsMeant(today: String, said: String, meant: String) throws {
        let today = try #require(Day(today))
        #expect(SpokenTime.nearestDay(said, today: today) == .one(try #require(Day(meant))))
    }

    @Test func aDayThatIsAsFarBehindAsAheadIsUnclear() throws {
        let today = try #require(Day("2026-03-01"))
        let (before, after) = (try #require(Day("2025-09-01")), try #require(Day("2026-09-01")))
        #expect(SpokenTime.nearestDay("1 sep", today: today) == .either(before, after))
        #expect(SpokenTime.nearestDay("nonsense", today: today) == nil)
    }

    @Test func theLastDayOfAStretchIsTheNextSuchFromItsFirst() {
        for text in ["fri", "next fri", "1 mar", "this Monday"] { #expect(SpokenTime.recurs(text), "\(text)") }
        for text in ["today", "+2w", "in 3 weeks", "2026-03-01", "1 mar 2026", "next week"] {
            #expect(!SpokenTime.recurs(text), "\(text)")
        }
    }

    @Test func onlyADayAndAMonthAreWithoutAYear() {
        for text in ["1 mar", "mar 15", "29 feb", "2nd April"] { #expect(SpokenTime.isYearless(text), "\(text)") }
        for text in ["mon", "today", "+2w", "1 mar 2026", "2026-03-01", "next fri", "x"] {
            #expect(!SpokenTime.isYearless(text), "\(text)")
        }
    }
}

/// Lists of patients as people's programs save them.
@Suite struct PatientFileTests {
    private let rows = "record number;name;phone\r\nMRN-1;José Muñoz;555\r\n\r\nMRN-2;\"Brüning; Zoë\";556\r\n"

    private func names(_ bytes: [UInt8], columns: String? = nil) throws -> [String?] {
        try PatientText.many(bytes, file: "list", columns: columns).patients.map(\.name)
    }

    @Test func everyEncodingIsReadAsWhatItIs() throws {
        let wide = Array(rows.utf16)
        let windows = rows.unicodeScalars.map { UInt8($0.value) }
        let files: [[UInt8]] = [
            Array(rows.utf8), [0xEF, 0xBB, 0xBF] + Array(rows.utf8), windows,
            [0xFF, 0xFE] + wide.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
            [0xFE, 0xFF] + wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
            wide.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
        ]
        for file in files { #expect(try names(file) == ["José Muñoz", "Brüning; Zoë"]) }
        let euro = Array("name,record number\n".utf8) + [0x80] + Array("uro,1\n".utf8)
        #expect(try names(euro) == ["€uro"])
    }

    @Test(
        arguments: [
            ([0x31, 0x2C, 0x81], 2), ([0xC3, 0xA9, 0x2C, 0x31, 0xFF, 0x28], 2), ([0x31, 0x2C, 0x1B], 2),
            ([0x31, 0x2C, 0x41, 0x0A, 0x31, 0x2C, 0x42], 3), ([0x2C, 0x41], 2), ([0x31, 0x2C, 0x41, 0x2C, 0x42], 2),
        ] as [([UInt8], Int)])
    func whatCannotBeReadIsRefusedWithItsLine(row: [UInt8], line: Int) {
        do {
            let found = try PatientText.many(Array("record number,name\n".utf8) + row + [0x0A], file: "list").patients
            Issue.record("\(found.count) are read")
        } catch {
            guard case .error(let text)? = (error as? Failure)?.remarks.first else {
                Issue.record("\(error)")
                return
            }
            #expect(text.hasPrefix("list:\(line): "), "\(text)")
        }
    }

    @Test func columnsAreFoundByTheirNamesOrAsSomebodySays() throws {
        let mixed = Array("Phone,Insurer,Name,Record Number\n555,Aster,\"Example, Bob\",2\n".utf8)
        #expect(try names(mixed) == ["Example, Bob"])
        let own = Array("Chart\tSurname\tFirst name\n77\tExample\tCas\n".utf8)
        #expect(try names(own, columns: "record number=Chart,name=Surname+First name") == ["Example, Cas"])
        do {
            _ = try names(own)
            Issue.record("they are guessed at")
        } catch {
            let remarks = (error as? Failure)?.remarks ?? []
            #expect("\(remarks)".contains("record number") && "\(remarks)".contains("Surname"))
            #expect("\(remarks)".contains("--columns"))
        }
        for empty in ["", "\n", "\n\n,\n"] { _ = try? names(Array(empty.utf8)) }
    }

    @Test func whatTheDaemonRefusesIsSaidWithItsLineToo() throws {
        let list = try PatientText.many(Array("record number,name\nMRN-1,A\n\nC1,B\n".utf8), file: "list")
        let refused = Failure.usage("patients[0].recordNumber: it has the form of an id", hint: "another will do")
        let located = list.located(refused, after: 1)
        #expect(located.remarks == [.error("list:4: it has the form of an id"), .hint("another will do")])
        let other = Failure.failed("the clinic is not configured")
        #expect(list.located(other, after: 0).remarks == other.remarks)
    }
}
