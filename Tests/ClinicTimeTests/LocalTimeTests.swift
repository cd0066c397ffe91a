import ClinicTime
import Planning
import Testing

struct LocalTimeTests {
    @Test(
        "a local time is read exactly as written",
        arguments: [
            ("2026-03-02T09:00", "2026-03-02 540 nil"), ("2026-11-01T01:30-05:00", "2026-11-01 90 -300"),
            ("2026-11-01T23:59+14:00", "2026-11-01 1439 840"), ("2024-02-29T00:00", "2024-02-29 0 nil"),
        ])
    func reads(_ text: String, _ expected: String) throws {
        let time = try #require(LocalTime(text))
        #expect("\(time.day) \(time.clock) \(time.offset.map(String.init) ?? "nil")" == expected)
        #expect(time.description == text)
    }

    @Test(
        "what is no local time is refused",
        arguments: [
            "", "2026-03-02", "2026-03-02 09:00", "2026-03-02T9:00", "2026-03-02T24:00", "2026-03-02T09:60",
            "2026-02-29T09:00", "2026-03-02T09:00Z", "2026-03-02T09:00:00", "2026-03-02T09:00-0500",
            "2026-03-02T09:00-05:0x", "2026-03-02T09:00 05:00", "２026-03-02T09:00",
        ])
    func refuses(_ text: String) { #expect(LocalTime(text) == nil) }

    @Test(
        "a local time that the clocks show names its instant",
        arguments: [
            ("America/New_York", "2026-11-01T01:30", "2026-11-01T01:30:00-04:00"),
            ("America/New_York", "2026-11-01T01:30-04:00", "2026-11-01T01:30:00-04:00"),
            ("America/New_York", "2026-11-01T01:30-05:00", "2026-11-01T01:30:00-05:00"),
            ("America/New_York", "2026-03-08T03:00", "2026-03-08T03:00:00-04:00"),
            ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45:00+11:00"),
            ("Australia/Lord_Howe", "2026-04-05T01:45+10:30", "2026-04-05T01:45:00+10:30"),
            ("Asia/Kolkata", "2026-03-02T09:00", "2026-03-02T09:00:00+05:30"),
        ])
    func instants(_ zone: String, _ text: String, _ expected: String) throws {
        let zone = try ZoneDays.zone(zone)
        let moment = try zone.local(#require(LocalTime(text)))
        #expect(zone.instantText(at: moment.minute) == expected)
    }

    @Test(
        "a local time that the clocks do not show is an error that says what they show",
        arguments: [
            (
                "America/New_York", "2026-03-08T02:00", "the clocks skip 2026-03-08T02:00",
                "the next minute after the gap is 2026-03-08T03:00"
            ),
            (
                "America/New_York", "2026-03-08T02:59-04:00", "the clocks skip 2026-03-08T02:59-04:00",
                "the next minute after the gap is 2026-03-08T03:00"
            ),
            (
                "America/Havana", "2026-03-08T00:30", "the clocks skip 2026-03-08T00:30",
                "the next minute after the gap is 2026-03-08T01:00"
            ),
            (
                "Pacific/Apia", "2011-12-30T12:00", "the clocks skip 2011-12-30T12:00",
                "the next minute after the gap is 2011-12-31T00:00"
            ),
            (
                "America/New_York", "2026-11-01T01:30-06:00",
                "2026-11-01T01:30-06:00 has an offset that the clinic's clocks do not have then",
                "the offset then is -04:00 or -05:00"
            ),
            (
                "America/New_York", "2026-07-01T09:00-05:00",
                "2026-07-01T09:00-05:00 has an offset that the clinic's clocks do not have then",
                "the offset then is -04:00"
            ),
        ])
    func errors(_ zone: String, _ text: String, _ message: String, _ hint: String) throws {
        let zone = try ZoneDays.zone(zone)
        let time = try #require(LocalTime(text))
        let error = try #require(throws: LocalTimeError.self) { try zone.local(time) }
        #expect(error.message == message)
        #expect(error.hint == hint)
    }

    @Test("output carries an offset exactly when the local time is the later of two")
    func offsets() throws {
        let zone = try ZoneDays.zone("America/New_York")
        let first = try zone.local(#require(LocalTime("2026-11-01T00:59"))).minute
        let texts = [0, 1, 60, 61, 120, 121].map { zone.localText(at: first + $0) }
        #expect(
            texts == [
                "2026-11-01T00:59", "2026-11-01T01:00", "2026-11-01T01:59", "2026-11-01T01:00-05:00",
                "2026-11-01T01:59-05:00", "2026-11-01T02:00",
            ])
        #expect(zone.localText(day: Day("2026-11-01")!, elapsed: 150) == "2026-11-01T01:30-05:00")
    }

    @Test(
        "an instant is read to the second",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:01.999Z", 1), ("1969-12-31T23:59:59+00:00", -1),
            ("2026-03-02T09:00:00-05:00", 1_772_460_000), ("2026-03-02t14:00:00z", 1_772_460_000),
        ])
    func readsInstants(_ text: String, _ second: Int) { #expect(instantSeconds(text) == second) }

    @Test(
        "what is no instant is refused",
        arguments: [
            "2026-03-02T09:00:00", "2026-03-02T09:00-05:00", "2026-03-02T09:00:61Z", "2026-03-02 09:00:00Z",
            "2026-03-02T09:00:00.Z", "2026-03-02T09:00:00-5:00", "2026-13-02T09:00:00Z", "2026-03-02T09:00:00Zx",
        ])
    func refusesInstants(_ text: String) { #expect(instantSeconds(text) == nil) }

    @Test("seconds before 1970 count from the minute below")
    func writesInstants() {
        #expect(ClinicZone.utc.instantText(atSecond: -1) == "1969-12-31T23:59:59+00:00")
        #expect(ClinicZone.utc.instantText(atSecond: 61) == "1970-01-01T00:01:01+00:00")
    }

    @Test("windows end after they start and may end the day")
    func windows() {
        #expect(clockWindow("09:00-17:30") == Interval(540, 1050))
        #expect(clockWindow("12:00-24:00") == Interval(720, 1440))
        #expect(clockWindow("12:00-24:00").map(clockWindowText) == "12:00-24:00")
        for text in ["", "09:00", "09:00-09:00", "10:00-09:00", "24:00-24:00", "9:00-10:00", "09:00-10:00-11:00"] {
            #expect(clockWindow(text) == nil)
        }
    }
}
