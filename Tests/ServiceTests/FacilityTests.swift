import Clinic
import Planning
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Staff, chairs and hours")
struct FacilityTests {
    @Test("an absence says whom it hits; asked as a dry run it records nothing")
    func absence() async throws {
        let world = try await World()
        let course = try await world.course()
        let visit = course.visits[0]
        var call = ClinicInterface.AddTimeOff(
            person: try #require(visit.attendants["nurse"]), from: visit.start.day, reason: "staffing", dryRun: true,
            request: "a")
        let last = world.state.lastEvent
        let preview = try await world.ask(call)
        #expect(!preview.recorded && preview.event == nil && preview.ids == ["t1"])
        #expect(preview.hits.map(\.visit.id) == ["v1"] && preview.hits[0].rules == ["attendant-on-duty"])
        #expect(world.state.lastEvent == last && world.state.allAbsences.isEmpty)
        call.dryRun = nil
        let reply = try await world.ask(call)
        #expect(reply.recorded && reply.event == last + 1)
        #expect(reply.hits == preview.hits && reply.people == preview.people)
        #expect(world.state.lastEvent == last + 2)
        #expect(try await world.ask(call) == reply)
        let listed = try await world.ask(ClinicInterface.ListAvailability(), by: World.peer(.viewer))
        #expect(listed.timeOff.map(\.id) == ["t1"] && listed.staff.count == 2)
        let back = try await world.ask(ClinicInterface.TakeBack(ids: ["t1"]))
        #expect(back.recorded && back.ids == ["t1"] && back.hits.isEmpty)
        #expect(world.state.allAbsences.isEmpty)
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("today begins now, another day at its beginning, and both end where it is said")
    func stretches() async throws {
        let world = try await World(clock: .simulated(from: Instant(seconds: World.start.seconds + 9000)))
        let now = World.start.minute + 150
        let monday = try #require(Day("2026-03-02"))
        try await world.ask(ClinicInterface.AddTimeOff(person: "rn-1"))
        try await world.ask(
            ClinicInterface.AddTimeOff(
                person: "rn-1", from: monday + 1, through: monday + 3, untilTime: ClockTime(minutes: 600)))
        try await world.ask(ClinicInterface.AddTimeOff(person: "rn-1", fromTime: ClockTime(minutes: 480)))
        let first = monday.number * 1440
        #expect(
            world.state.allAbsences.map(\.timeOff.interval) == [
                Interval(now, first + 1440), Interval(first + 1440, first + 3 * 1440 + 600),
                Interval(first + 480, first + 1440),
            ])
        let wrong = ClinicInterface.AddTimeOff(
            person: "rn-1", fromTime: ClockTime(minutes: 600), untilTime: ClockTime(minutes: 600))
        #expect(
            try await world.failure(of: wrong)
                == .invalidValue(field: "untilTime", message: "expected an end after the start", hint: nil))
        #expect(
            try await world.failure(of: ClinicInterface.AddTimeOff(person: "rn-1", from: monday, through: monday - 1))
                == .invalidValue(
                    field: "through", message: "expected a day from 2026-03-02 on, found 2026-03-01", hint: nil))
        #expect(
            try await world.failure(of: ClinicInterface.AddTimeOff(person: "rn-9")) == .noSuchPerson(person: "rn-9"))
        try await world.close()
    }

    @Test("all chairs of a feature go out and come back together")
    func feature() async throws {
        let world = try await World(clinicText(chairs: 3))
        let course = try await world.course()
        let day = course.visits[0].start.day
        let reply = try await world.ask(ClinicInterface.AddOutage(feature: "monitor", from: day))
        #expect(reply.ids == ["o1", "o2", "o3"] && reply.hits.map(\.visit.id) == ["v1"])
        #expect(
            try await world.failure(of: ClinicInterface.AddOutage(feature: "monitr"))
                == .invalidValue(
                    field: "feature", message: "no chair has the feature monitr", hint: "did you mean monitor?"))
        guard case .invalidValue("chair", _, nil) = try await world.failure(of: ClinicInterface.AddOutage()) else {
            Issue.record("taken")
            return
        }
        #expect(
            try await world.failure(of: ClinicInterface.AddOutage(chair: "chair-9")) == .noSuchChair(chair: "chair-9"))
        // One that is not there, and none is taken back.
        let wrong = ClinicInterface.TakeBack(ids: ["o1", "o9"])
        #expect(
            try await world.failure(of: wrong) == .invalidValue(field: "outage", message: "no outage o9", hint: nil))
        #expect(world.state.allOutages.count == 3)
        try await world.ask(ClinicInterface.TakeBack(ids: ["o1", "o2", "o3"]))
        #expect(world.state.allOutages.isEmpty)
        try await world.close()
    }

    @Test("an added Saturday with a nurse is a help to a visit that was lost, and taking it back hits who came")
    func opening() async throws {
        let world = try await World()
        let saturday = try #require(Day("2026-03-07"))
        _ = try await world.course()
        try await world.ask(ClinicInterface.AddClosure(from: saturday - 4, through: saturday + 20))
        let repaired = try await world.ask(ClinicInterface.ApplyRepair())
        #expect(repaired.found.unplaced.map(\.visit.id) == ["v1"])
        try await world.ask(ClinicInterface.TakeBack(ids: ["k1"]))
        try await world.ask(ClinicInterface.AddClosure(from: saturday - 4, through: saturday - 1))
        #expect(try await world.ask(ClinicInterface.FindGains(from: saturday)).gains.isEmpty)
        let opened = try await world.ask(
            ClinicInterface.AddOpening(day: saturday, hours: ClockWindow(Interval(540, 720))))
        #expect(opened.ids == ["x1"])
        #expect(try await world.ask(ClinicInterface.FindGains(from: saturday)).gains.isEmpty, "nobody works then")
        try await world.ask(
            ClinicInterface.AddShift(person: "rn-2", day: saturday, hours: ClockWindow(Interval(540, 720))))
        let gains = try await world.ask(ClinicInterface.FindGains(from: saturday)).gains
        #expect(gains.map(\.visit) == ["v1"] && gains[0].kind == .lost && gains[0].instead == nil)
        #expect(gains[0].start.day == saturday && gains[0].attendants == ["nurse": "rn-2"])
        let patient = try await world.patient(2)
        let booked = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, earliest: "2026-03-07", startWithinDays: 0)))
        let back = try await world.ask(ClinicInterface.TakeBack(ids: ["x1"], dryRun: true))
        #expect(back.hits.map(\.visit.id) == [booked.visits[0].id])
        #expect(back.hits[0].rules == ["opening-hours"])
        try await world.close()
    }

    @Test("who may not book may look at what is there and change nothing")
    func rights() async throws {
        let world = try await World()
        let viewer = World.peer(.viewer)
        _ = try await world.ask(ClinicInterface.ListAvailability(), by: viewer)
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.AddTimeOff(person: "rn-1", dryRun: true), by: viewer)
        }
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.ProposeRepair(), by: viewer)
        }
        try await world.close()
    }
}
