import Checker
import Planning
import TestSupport
import Testing

/// A busy hospital day on which a nurse falls ill: 200 chairs, 150 people, 480 visits.
@Suite struct RepairHospitalTests {
    private let monday = Day(number: 20_003)

    private struct Hospital {
        var facility: Facility
        var courses: [RepairCourse] = []
    }

    private let infusion = visitType(
        turnover: 15,
        attendants: [
            Attendant(label: "nurse", role: "nurse", continuity: true),
            Attendant(label: "provider", role: "provider", presence: true),
        ],
        stages: [
            stage(30, ["nurse": 60, "provider": 0]), stage(90, ["nurse": 20, "provider": 0], handover: true),
            stage(15, ["nurse": 40, "provider": 0]),
        ])

    /// Visits start in equal numbers every half hour; each takes the first nurse, in turn or in order, and the first
    /// chair that can have it.
    private func hospital(visits: Int, nurses: Int, told: Bool, inTurn: Bool) -> Hospital {
        let staff =
            (0..<nurses).map { person(PersonID("n\($0)"), "nurse", hours: "07:00-19:00") }
            + (nurses..<150).map { person(PersonID("d\($0)"), "provider", hours: "07:00-19:00") }
        var result = Hospital(
            facility: clinic(
                hours: "08:00-18:00", chairs: (0..<200).map { chair(ChairID("c\($0)")) }, staff: staff,
                visitTypes: [infusion], grid: 15, startEvery: 15))
        var loads = [[Int]](repeating: [Int](repeating: 0, count: 96), count: nurses)
        var holds = [[Interval]](repeating: [], count: 200)
        for number in 0..<visits {
            let start = 480 + 30 * (number % 16)
            let needed = [60, 60] + [Int](repeating: 20, count: 6) + [40]
            let candidates = (0..<nurses).map { inTurn ? ($0 + number) % nurses : $0 }
            guard
                let nurse = candidates.first(where: { nurse in
                    needed.indices.allSatisfy { loads[nurse][start / 15 + $0] + needed[$0] <= 100 }
                })
            else { continue }
            let hold = Interval(start, start + infusion.hold)
            let chair = holds.indices.first { chair in !holds[chair].contains { $0.overlaps(hold) } }!
            for slot in needed.indices { loads[nurse][start / 15 + slot] += needed[slot] }
            holds[chair].append(hold)
            result.courses.append(booked(number, start, nurse, chair, told: told, at: result.facility))
        }
        return result
    }

    private func booked(
        _ number: Int, _ start: Int, _ nurse: Int, _ chair: Int, told: Bool, at facility: Facility
    ) -> RepairCourse {
        var request = course(
            [phase(4, gaps: [7], before: 2, after: 2)], at: facility, earliest: monday, id: CourseID("k\(number)"),
            patient: PatientID("p\(number)"))
        request.wish.startWithinDays = 4
        let place = Placement(
            day: monday, start: start, chair: ChairID("c\(chair)"), persons: [PersonID("n\(nurse)")])
        let visit = Booking(
            id: VisitID("v\(number)"), patient: request.patient, visitType: infusion, placement: place, confirmed: true)
        return RepairCourse(
            request: request,
            visits: [RepairVisit(booking: visit, number: 1, phase: "induction", gapIdeal: 7, gaps: 5...9, told: told)])
    }

    /// The hospital's repair once the given persons are off and chairs are out for the day, with what it is made of.
    private func repaired(
        _ hospital: Hospital, off: [PersonID] = [], out: [ChairID] = []
    ) -> (proposal: RepairPlan, setting: Setting) {
        let day = Interval(monday.number * 1440, (monday.number + 1) * 1440)
        let timeOff = off.map { TimeOff(person: $0, interval: day) }
        let outages = out.map { Outage(chair: $0, interval: day) }
        let calendars = DayCalendars.utc(from: monday, count: 14)
        let bookings = hospital.courses.flatMap { $0.visits.map(\.booking) }
        let before = PlanningCalendar(facility: hospital.facility, calendars: calendars, bookings: bookings)
        let now = monday.number * 1440 + 360
        #expect(brokenVisits(of: hospital.courses, on: before, now: now).isEmpty, "at first every rule holds")
        let calendar = PlanningCalendar(
            facility: hospital.facility, calendars: calendars, timeOff: timeOff, outages: outages, bookings: bookings)
        let proposal = repair(hospital.courses, on: calendar, now: now, budget: 20_000)
        return (proposal, setting(hospital.facility, timeOff: timeOff, outages: outages, today: monday))
    }

    private func check(_ proposal: RepairPlan, _ hospital: Hospital, _ setting: Setting) {
        var bookings = hospital.courses.flatMap { $0.visits.map(\.booking) }
        for change in proposal.changes {
            guard let index = bookings.firstIndex(where: { $0.id == change.visit }) else { continue }
            if let after = change.after { bookings[index].placement = after } else { bookings.remove(at: index) }
        }
        // The Checker builds a day for each visit it looks at: some of those changed, among all.
        let changed = Set(proposal.changes.map(\.visit))
        var among = setting
        let requests = Dictionary(uniqueKeysWithValues: hospital.courses.map { ($0.request.patient, $0.request) })
        for booking in bookings.filter({ changed.contains($0.id) }).prefix(4) {
            among.bookings = bookings.filter { $0.id != booking.id }
            guard let clinicDay = among.clinicDay(booking.placement.day) else { continue }
            let placed = CheckedVisit(
                patient: booking.patient, visitType: booking.visitType, placement: booking.placement,
                clinicDay: clinicDay, request: requests[booking.patient])
            for rule in ruleChecks { #expect(rule.keeps(placed), "\(booking.id): \(rule.rule.rawValue)") }
        }
        let placements = Dictionary(uniqueKeysWithValues: bookings.map { ($0.id, $0) })
        let courses = hospital.courses.compactMap { course -> RepairCourse? in
            var course = course
            guard let booking = placements[course.visits[0].booking.id] else { return nil }
            course.visits[0].booking = booking
            return course
        }
        let calendar = PlanningCalendar(
            facility: setting.facility, calendars: .utc(from: monday, count: 14), timeOff: setting.timeOff,
            outages: setting.outages, bookings: bookings)
        #expect(brokenVisits(of: courses, on: calendar, now: monday.number * 1440 + 360).isEmpty)
    }

    @Test func aNurseFallsIllAndNobodyIsCalled() {
        let hospital = hospital(visits: 480, nurses: 120, told: true, inTurn: true)
        #expect(hospital.courses.count == 480)
        let (proposal, setting) = repaired(hospital, off: ["n7"])
        #expect(proposal.changes.count >= 4)
        #expect(proposal.score.unplaced == 0)
        #expect(proposal.calls.isEmpty)
        #expect(proposal.steps < 60_000, "\(proposal.steps) steps")
        check(proposal, hospital, setting)
    }

    @Test func tenChairsOutAreTenChairsMoved() {
        let hospital = hospital(visits: 480, nurses: 120, told: true, inTurn: true)
        let (proposal, setting) = repaired(hospital, out: (0..<10).map { ChairID("c\($0)") })
        #expect(proposal.score.unplaced == 0)
        #expect(proposal.calls.isEmpty)
        check(proposal, hospital, setting)
    }

    @Test func aClosedAfternoonMovesVisitsThatAreNotYetToldOf() {
        var hospital = hospital(visits: 64, nurses: 120, told: false, inTurn: true)
        hospital.facility.closures = [Closure(from: monday, through: monday, hours: Interval(900, 1440))]
        let bookings = hospital.courses.flatMap { $0.visits.map(\.booking) }
        let calendar = PlanningCalendar(
            facility: hospital.facility, calendars: .utc(from: monday, count: 14), bookings: bookings)
        let now = monday.number * 1440 + 360
        let proposal = repair(hospital.courses, on: calendar, now: now, budget: 20_000)
        #expect(proposal.score.unplaced == 0)
        #expect(proposal.score.others == brokenVisits(of: hospital.courses, on: calendar, now: now).count)
        check(proposal, hospital, setting(hospital.facility, today: monday))
    }
}
