import ClinicTime
import Foundation
import Planning
import Testing

struct ClinicZoneTests {
    @Test("every day of a zone is as Python's zoneinfo has it", arguments: ZoneDays.zones)
    func days(of golden: ZoneDays.Zone) throws {
        let zone = try ZoneDays.zone(golden.name)
        let days = zone.calendars(from: golden.first, through: ZoneDays.last).days
        #expect(days.first?.firstMinute == golden.firstMinute)
        #expect(days.last?.day == ZoneDays.last)
        for (day, next) in zip(days, days.dropFirst()) {
            #expect(next.firstMinute == day.firstMinute + day.length)
            #expect(next.day == day.day + 1)
        }
        let even = [DayCalendar.Segment(elapsed: 0, clock: 0)]
        #expect(days.filter { $0.length != 1440 || $0.segments != even } == golden.uneven)
    }

    @Test("the golden days cover all the zones kept here")
    func golden() {
        #expect(ZoneDays.zones.count == 18)
        #expect(ZoneDays.zones.map(\.uneven.count).reduce(0, +) > 500)
    }

    @Test(
        "a minute around a change of the clocks belongs to its day and comes back from its text",
        arguments: ZoneDays.zones)
    func roundTrip(of golden: ZoneDays.Zone) throws {
        let zone = try ZoneDays.zone(golden.name)
        for day in golden.uneven where day.day.civil.year % 10 == 0 || day.length == 0 {
            for minute in stride(from: day.firstMinute - 63, to: day.firstMinute + day.length + 63, by: 7) {
                let moment = zone.local(at: minute)
                let calendar = zone.calendar(of: moment.day)
                #expect(calendar.firstMinute + moment.elapsed == minute)
                #expect((0..<calendar.length).contains(moment.elapsed))
                #expect(calendar.clock(at: moment.elapsed) == moment.clock)
                let text = zone.localText(at: minute)
                let time = try #require(LocalTime(text))
                #expect(time.description == text)
                #expect((time.offset != nil) == moment.isLater)
                #expect(try zone.local(time) == moment)
                #expect(instantSeconds(zone.instantText(at: minute)) == minute * 60)
            }
        }
    }

    @Test("a calendar alone is the same as among its neighbours")
    func alone() throws {
        let zone = try ZoneDays.zone("America/New_York")
        let calendars = zone.calendars(from: Day("2026-10-30")!, through: Day("2026-11-03")!)
        #expect(calendars.days.count == 5)
        for day in calendars.days { #expect(zone.calendar(of: day.day) == day) }
        #expect(zone.calendars(from: Day("2026-10-30")!, through: Day("2026-10-29")!).days.isEmpty)
    }

    @Test("the clock change days of New York and Lord Howe have the slots that the contract names")
    func slots() throws {
        let newYork = try ZoneDays.zone("America/New_York")
        let lordHowe = try ZoneDays.zone("Australia/Lord_Howe")
        let slots = { (zone: ClinicZone, day: String) in zone.calendar(of: Day(day)!).length / 5 }
        #expect(slots(newYork, "2026-03-08") == 276)
        #expect(slots(newYork, "2026-11-01") == 300)
        #expect(slots(lordHowe, "2026-10-04") == 282)
        #expect(slots(lordHowe, "2026-04-05") == 294)
        #expect(slots(newYork, "2026-03-02") == 288)
    }

    @Test("a date that the date line swallowed has no minute, and its neighbours are whole")
    func swallowedDate() throws {
        let apia = try ZoneDays.zone("Pacific/Apia")
        let before = apia.calendar(of: Day("2011-12-29")!)
        let swallowed = apia.calendar(of: Day("2011-12-30")!)
        let after = apia.calendar(of: Day("2011-12-31")!)
        #expect((before.length, swallowed.length, after.length) == (1440, 0, 1440))
        #expect(swallowed.firstMinute == after.firstMinute)
        #expect(apia.day(at: after.firstMinute - 1) == Day("2011-12-29")!)
        #expect(apia.day(at: after.firstMinute) == Day("2011-12-31")!)
        #expect(throws: LocalTimeError.self) { try apia.local(LocalTime("2011-12-30T12:00")!) }
    }

    @Test("the rule carries on where the table ends, and the last year of a long future still changes its clocks")
    func beyondTheTable() throws {
        let newYork = try ZoneDays.zone("America/New_York")
        #expect(newYork.calendar(of: Day("2400-03-12")!).length == 1380)
        #expect(newYork.calendar(of: Day("2400-07-01")!).firstMinute % 1440 == 240)
        #expect(newYork.offset(at: Day("1850-01-01")!.number * 1440) == -297)
    }

    @Test("UTC needs no tzdata")
    func utc() throws {
        let calendars = ClinicZone.utc.calendars(from: Day("2026-01-01")!, through: Day("2026-12-31")!)
        #expect(calendars.days == DayCalendars.utc(from: Day("2026-01-01")!, count: 365).days)
    }

    @Test("the system's tzdata is read")
    func system() throws {
        let zone = try ClinicZone(named: "America/New_York")
        #expect(zone.calendar(of: Day("2026-03-02")!).firstMinute == Day("2026-03-02")!.number * 1440 + 300)
        #expect(ClinicZone.names().contains("America/New_York"))
        #expect(ClinicZone.names(directory: "/nowhere").isEmpty)
    }
}
