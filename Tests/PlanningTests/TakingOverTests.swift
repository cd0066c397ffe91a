import Planning
import TestSupport
import Testing

/// Who can take over what is left of visits under way.
@Suite struct TakingOverTests {
    private static let day = Day("2026-03-02")!

    private static func calendar(_ bookings: [Booking], capacity: Int, away: [PersonID]) -> PlanningCalendar {
        let shifts = [Shift(days: Set(Weekday.allCases), hours: Interval(480, 1020))]
        let facility = Facility(
            hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [Interval(480, 1020)]) }),
            chairs: (1...3).map { Chair(id: ChairID("chair-\($0)"), features: []) },
            staff: [
                Person(id: "rn-1", roles: ["nurse"], shifts: shifts),
                Person(id: "rn-2", roles: ["nurse"], capacityPercent: capacity, shifts: shifts),
            ], visitTypes: [type], regimens: [])
        let calendars = DayCalendars.utc(from: day, count: 1)
        let off = away.map {
            TimeOff(person: $0, interval: Interval(day.number * 1440 + 600, day.number * 1440 + 1440))
        }
        return PlanningCalendar(
            facility: facility, calendars: calendars, timeOff: off, outages: [], bookings: bookings)
    }

    private static let type = VisitType(
        id: "iv", attendants: [Attendant(label: "nurse", role: "nurse")],
        stages: [Stage(name: "infusion", minutes: 120, load: ["nurse": 50], handover: true)])

    private static func visit(_ number: Int) -> Booking {
        Booking(
            id: VisitID("v\(number)"), patient: PatientID("p\(number)"), visitType: type,
            placement: Placement(day: day, start: 540, chair: ChairID("chair-\(number)"), persons: ["rn-1"]))
    }

    @Test(arguments: [(100, 2, []), (99, 2, ["v1"]), (50, 1, []), (49, 1, ["v1"])] as [(Int, Int, [VisitID])])
    func asManyAreTakenOverAsSomebodyHasAttentionFor(capacity: Int, count: Int, left: [VisitID]) {
        let visits = (1...count).map(Self.visit)
        let calendar = Self.calendar(visits, capacity: capacity, away: ["rn-1"])
        let now = Self.day.number * 1440 + 600
        #expect(unattended(visits, on: calendar, now: now).count == left.count)
    }

    @Test func whoIsThereGoesOnAndWhereNobodyIsNoneIs() {
        let now = Self.day.number * 1440 + 600
        let one = [Self.visit(1)]
        #expect(unattended(one, on: Self.calendar(one, capacity: 10, away: []), now: now).isEmpty)
        let both = Self.calendar(one, capacity: 100, away: ["rn-1", "rn-2"])
        #expect(unattended(one, on: both, now: now) == ["v1"])
    }
}
