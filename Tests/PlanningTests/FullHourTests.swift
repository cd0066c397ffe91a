import Planning
import TestSupport
import Testing

/// Which hours of a day are full, and of what.
@Suite struct FullHourTests {
    private static let day = Day(number: 20_000)

    private func hours(_ facility: Facility, _ bookings: [Booking]) -> [(hour: Int, full: FullHour?)] {
        let calendar = PlanningCalendar(
            facility: facility, calendars: .utc(from: Self.day - 1, count: 4), bookings: bookings)
        return fullHours(of: visitType(), on: Self.day, calendar: calendar)
    }

    @Test func `an hour in which every chair is held is full of chairs`() {
        let facility = clinic(hours: "09:00-12:00", staff: [person("n1", "nurse"), person("n2", "nurse")])
        let held = visitType(stages: [stage(60, ["nurse": 60])])
        let found = hours(facility, [booking("b1", held, on: Self.day, at: 600)])
        // A visit of half an hour cannot start between half past nine and eleven.
        #expect(found.map(\.hour) == [9, 10, 11])
        #expect(found.map(\.full) == [nil, .chairs, nil])
    }

    @Test func `an hour in which a chair is free and no nurse has the attention is full of theirs`() {
        let facility = clinic(hours: "09:00-12:00", chairs: [chair("c1"), chair("c2")])
        let long = visitType(stages: [stage(60, ["nurse": 60])])
        let found = hours(facility, [booking("b1", long, on: Self.day, at: 600)])
        #expect(found.map(\.full) == [nil, .attention(role: "nurse"), nil])
    }

    @Test func `where chair and nurse are taken it is both, and a day that is closed has no hours`() {
        let facility = clinic(hours: "09:00-12:00")
        let long = visitType(stages: [stage(60, ["nurse": 60])])
        let found = hours(facility, [booking("b1", long, on: Self.day, at: 600)])
        #expect(found.map(\.full) == [nil, .several, nil])
        #expect(hours(clinic(hours: "09:00-09:15"), []).isEmpty)
        let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: Self.day, count: 1), bookings: [])
        #expect(fullHours(of: visitType(), on: Self.day + 9, calendar: calendar).isEmpty)
    }
}
