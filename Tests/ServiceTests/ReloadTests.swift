import Clinic
import HashTreeCollections
import Planning
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Reloading")
struct ReloadTests {
    private func reload(_ world: World) async throws -> ServiceInterface.Reload.Reply {
        try await world.ask(ServiceInterface.Reload(), by: World.peer(.admin))
    }

    private func refusal(_ world: World) async throws -> ServiceInterface.Failure? {
        do {
            _ = try await reload(world)
            return nil
        } catch let error as VarlinkError {
            return ServiceInterface.Failure(name: error.name, parameters: error.parameters)
        }
    }

    @Test("the same file changes nothing and records nothing")
    func same() async throws {
        let world = try await World()
        let before = world.service.publication.current.state.lastEvent
        let reply = try await reload(world)
        #expect(reply == ServiceInterface.Reload.Reply(changed: false, retired: [], breaches: []))
        #expect(world.service.publication.current.state.lastEvent == before)
        try await world.close()
    }

    @Test("a broken file is refused whole with all problems, and the old configuration stays")
    func broken() async throws {
        let world = try await World()
        let before = world.service.publication.current.state
        world.surface.configuration = clinicText(chairs: 3, grid: 7, extra: #", "colour": "blue""#)
        guard case .configurationRefused(let problems) = try await refusal(world) else {
            Issue.record("expected ConfigurationRefused")
            return
        }
        #expect(problems.map(\.path).contains("clinic.gridMinutes"))
        #expect(problems.map(\.path).contains("colour"))
        #expect(world.service.publication.current.state == before)
        #expect(world.surface.refused.count == 1)
        world.surface.configuration = "{"
        guard case .configurationRefused = try await refusal(world) else {
            Issue.record("expected ConfigurationRefused")
            return
        }
        try await world.close()
    }

    @Test("a chair that vanishes while it is in use is retired, and its visits are told; none is changed")
    func retired() async throws {
        let world = try await World()
        for number in 1...6 {
            let patient = try await world.patient(number)
            try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        }
        let before = world.service.publication.current.state.visits
        let victims = before.values.filter { $0.place.chair.text == "chair-2" }
        try #require(victims.count == 3)
        world.surface.configuration = clinicText(chairs: 1)
        let reply = try await reload(world)
        #expect(reply.changed)
        #expect(reply.event == world.service.publication.current.state.lastEvent)
        #expect(reply.retired == ["chair-2"])
        #expect(Set(reply.breaches.map(\.visit)) == Set(victims.map(\.id.text)))
        #expect(Set(reply.breaches.map(\.rule)) == ["chair-in-service"])
        #expect(reply.breaches.map(\.start) == reply.breaches.map(\.start).sorted())
        #expect(world.service.publication.current.state.visits == before)
        let again = try await reload(world)
        #expect(again.retired == [])
        try await world.close()
    }

    @Test("the grid stays once a visit exists; before that it may change")
    func grid() async throws {
        let world = try await World()
        world.surface.configuration = clinicText(grid: 15)
        #expect(try await reload(world).changed)
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient)))
        world.surface.configuration = clinicText(grid: 5)
        guard case .configurationRefused(let problems) = try await refusal(world) else {
            Issue.record("expected ConfigurationRefused")
            return
        }
        #expect(
            problems == [
                ProblemMessage(path: "clinic.gridMinutes", message: "stays 15 once a visit exists, found 5")
            ])
        try await world.close()
    }

    @Test("a file that is refused for its zone or grid leaves nothing behind: zone, days, rights and chairs stay")
    func refusedLeavesNothing() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let booked = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient)))
        let free = try await world.ask(
            ClinicInterface.Free(visit: "hour", from: Day("2026-03-09"), through: Day("2026-03-09")))
        let before = try Footprint(world)
        let rights = #", "access": {"scheduler": ["clinic-view"]}"#
        let zone = clinicText(chairs: 3, extra: rights).replacing("\"UTC\"", with: "\"America/Chicago\"")
        for text in [zone, clinicText(chairs: 3, grid: 15, extra: rights), zone + "{", "{"] {
            world.surface.configuration = text
            guard case .configurationRefused = try await refusal(world) else {
                Issue.record("expected ConfigurationRefused")
                continue
            }
            #expect(try Footprint(world) == before)
        }
        let status = try await world.ask(ServiceInterface.Status(), by: World.peer(.viewer))
        #expect(status.timeZone == "UTC" && status.now.text.hasSuffix("+00:00"))
        #expect(try await world.ask(ClinicInterface.ShowVisit(visit: "v1")).found.start == booked.visits[0].start)
        #expect(
            try await world.ask(
                ClinicInterface.Free(visit: "hour", from: Day("2026-03-09"), through: Day("2026-03-09"))) == free)
        let later = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(try await world.patient(2))))
        #expect(later.visits[0].start.text.hasSuffix("+00:00"))
        try await world.close()
    }

    @Test("another time zone is taken over before the first visit, calendars included")
    func zone() async throws {
        let world = try await World()
        world.surface.configuration = clinicText().replacing("\"UTC\"", with: "\"America/New_York\"")
        #expect(try await reload(world).changed)
        let patient = try await world.patient()
        let booked = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        #expect(booked.visits.map(\.start.text) == ["2026-03-03T09:00:00-05:00"])
        try await world.close()
    }

    @Test("access rights follow the file at once")
    func rights() async throws {
        let world = try await World()
        world.surface.configuration = clinicText(extra: #", "access": {"scheduler": ["clinic-view"]}"#)
        _ = try await reload(world)
        _ = try await world.ask(ClinicInterface.AddPatient(recordNumber: "1"), by: World.peer(.viewer))
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.AddPatient(recordNumber: "2"), by: World.peer(.scheduler))
        }
        try await world.close()
    }
}
