import Planning
import Testing

@testable import Wire

@Suite("Instants on the socket")
struct ZonedInstantTests {
    /// New York, 2026-11-01: the clock goes back from 02:00 to 01:00 at elapsed minute 120.
    static let autumn = DayCalendar(
        day: Day("2026-11-01")!, firstMinute: Day("2026-11-01")!.number * 1440 + 240, length: 1500,
        segments: [.init(elapsed: 0, clock: 0), .init(elapsed: 120, clock: 60)])

    @Test(
        "an elapsed minute has the offset that the clock shows",
        arguments: [
            (0, "2026-11-01T00:00:00-04:00"), (90, "2026-11-01T01:30:00-04:00"), (119, "2026-11-01T01:59:00-04:00"),
            (120, "2026-11-01T01:00:00-05:00"), (150, "2026-11-01T01:30:00-05:00"),
            (1499, "2026-11-01T23:59:00-05:00"), (1500, "2026-11-02T00:00:00-05:00"),
            (1510, "2026-11-02T00:10:00-05:00"),
        ])
    func offsets(elapsed: Int, text: String) {
        let instant = ZonedInstant(elapsed: elapsed, of: Self.autumn)
        #expect(instant.text == text)
        #expect(ZonedInstant(text) == instant)
    }

    @Test("a minute is shown by the calendar of its day, and by the zone's law beyond the calendars")
    func calendars() {
        let offsets = ClockOffsets(calendars: DayCalendars(first: Self.autumn.day, days: [Self.autumn])) { minute in
            minute < 0 ? 60 : -300
        }
        let minute = Self.autumn.firstMinute + 150
        #expect(offsets.instant(minute: minute).text == "2026-11-01T01:30:00-05:00")
        #expect(offsets.instant(minute: minute - 60).text == "2026-11-01T01:30:00-04:00")
        #expect(offsets.instant(second: minute * 60 + 59).text == "2026-11-01T01:30:59-05:00")
        #expect(ZonedInstant("2026-11-01T01:30:59-05:00")?.second == minute * 60 + 59)
        #expect(offsets.instant(minute: minute + 1440).text == "2026-11-02T01:30:00-05:00")
        #expect(offsets.instant(second: -61).text == "1970-01-01T00:58:59+01:00")
    }

    @Test(
        "what is not RFC 3339 is refused",
        arguments: [
            "", "2026-03-05T11:30", "2026-03-05T11:30:00", "2026-03-05 11:30:00Z", "2026-02-30T11:30:00Z",
            "2026-03-05T24:00:00Z", "2026-03-05T11:60:00Z", "2026-03-05T11:30:00+5:00", "2026-03-05T11:30:00*05:00",
            "2026-03-05T11:30:00+24:00",
        ])
    func refused(text: String) {
        #expect(ZonedInstant(text) == nil)
    }

    @Test("Z and offsets east and west are read")
    func read() {
        #expect(ZonedInstant("2026-03-05T11:30:00Z")?.text == "2026-03-05T11:30:00+00:00")
        #expect(ZonedInstant("2026-03-05T11:30:00+10:30")?.clock == 690)
        let west = ZonedInstant("1969-12-31T20:00:00-05:00")
        #expect(west?.minute == 60)
        #expect(west?.day == Day("1969-12-31"))
    }

    @Test("24:00 ends a day; later times and empty windows are refused")
    func clock() {
        #expect(ClockTime("24:00")?.minutes == 1440)
        #expect(ClockTime("24:01") == nil)
        #expect(ClockTime("9:00") == nil)
        #expect(ClockWindow("12:00-24:00")?.text == "12:00-24:00")
        #expect(ClockWindow("12:00-12:00") == nil)
        #expect(ClockWindow("12:00") == nil)
    }
}
