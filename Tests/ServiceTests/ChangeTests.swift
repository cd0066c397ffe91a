import Clinic
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Changes of visits")
struct ChangeTests {
    @Test("a move asked as a dry run answers the difference that then happens, and records nothing")
    func dryRun() async throws {
        let world = try await World()
        let course = try await world.course(regimen: "three")
        let before = world.state
        let day = course.visits[2].start.day + 4
        var call = ClinicInterface.MoveVisit(
            visit: "v3", from: day, through: day, reason: "patientRequest", dryRun: true, request: "m")
        let preview = try await world.ask(call)
        #expect(!preview.recorded && preview.event == nil)
        #expect(world.state.lastEvent == before.lastEvent)
        #expect(world.state.visit("v3") == before.visit("v3"))
        // A dry run is no request: the same id does it for good.
        call.dryRun = nil
        let reply = try await world.ask(call)
        #expect(reply.recorded && reply.event == before.lastEvent + 1)
        #expect(reply.difference == preview.difference && reply.people == preview.people)
        let difference = try #require(reply.difference)
        #expect(difference.action == .visitMoved && difference.about == "v3" && difference.visits.map(\.id) == ["v3"])
        // A difference does not say which of its phase's visits a visit is.
        func turnless(_ visit: VisitMessage) -> VisitMessage {
            var visit = visit
            #expect(visit.turn == 3 && visit.turns == 3)
            (visit.turn, visit.turns) = (nil, nil)
            return visit
        }
        #expect(difference.visits[0].before == turnless(course.visits[2]))
        #expect(difference.visits[0].after?.start.day == day)
        let shown = try await world.ask(ClinicInterface.ShowVisit(visit: "v3")).found
        #expect(turnless(shown) == difference.visits[0].after)
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("a change asked again under its request id is done once and answered the same")
    func again() async throws {
        let world = try await World()
        _ = try await world.course(regimen: "three")
        let call = ClinicInterface.CancelVisit(visit: "v1", reason: "transport", request: "c")
        let first = try await world.ask(call)
        let last = world.state.lastEvent
        #expect(try await world.ask(call) == first)
        #expect(world.state.lastEvent == last)
        let other = ClinicInterface.CancelVisit(visit: "v1", reason: "weather", request: "c")
        #expect(try await world.failure(of: other) == .requestReused(request: "c"))
        try await world.close()
    }

    @Test("the reason stands with the event, the note beside it and never in it")
    func reasons() async throws {
        let world = try await World()
        _ = try await world.course()
        let reply = try await world.ask(
            ClinicInterface.CancelVisit(visit: "v1", reason: "transport", note: "bus strike"))
        let event = try #require(reply.event)
        let recorded = try #require(try world.service.store.events(after: event - 1, limit: 1).first)
        #expect(recorded.reason == .transport)
        #expect(try world.service.store.notes(of: [event]) == [event: "bus strike"])
        let long = ClinicInterface.CancelVisit(
            visit: "v1", reason: "other", note: String(repeating: "n", count: 501))
        #expect(
            try await world.failure(of: long)
                == .invalidValue(field: "note", message: "expected 1 to 500 characters, found 501", hint: nil))
        let unknown = ClinicInterface.CancelVisit(visit: "v1", reason: "transprt")
        guard case .invalidValue("reason", _, let hint) = try await world.failure(of: unknown) else {
            Issue.record("taken")
            return
        }
        #expect(hint == #"did you mean "transport"?"#)
        try await world.close()
    }

    @Test("a told visit that is moved is tentative, and its patient is to be called until it is confirmed")
    func calls() async throws {
        let world = try await World()
        let course = try await world.course()
        try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1"))
        let moved = try await world.ask(
            ClinicInterface.MoveVisit(visit: "v1", at: ClockTime(minutes: 630), reason: "staffing"))
        let difference = try #require(moved.difference)
        #expect(difference.calls == ["v1"])
        let isSameDay = difference.visits[0].after?.start.day == course.visits[0].start.day
        #expect(difference.costOfMoving == (isSameDay ? 15 : 40))
        let after = try #require(difference.visits[0].after)
        #expect(after.status == .tentative && !after.told && after.needsCall == true)
        let confirmed = try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1"))
        #expect(confirmed.difference?.visits[0].after?.needsCall == false)
        let nothing = try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1"))
        #expect(nothing == ChangeReply(recorded: false, people: [:]))
        try await world.close()
    }

    @Test("what a visit cannot become is Refused with what would help; a dry run is refused alike")
    func refusals() async throws {
        let world = try await World()
        _ = try await world.course()
        try await world.ask(ClinicInterface.CancelVisit(visit: "v1", makeUp: false, reason: "other"))
        for dryRun in [nil, true] {
            let again = ClinicInterface.CancelVisit(visit: "v1", reason: "other", dryRun: dryRun)
            #expect(
                try await world.failure(of: again)
                    == .refused(
                        rule: "visit-status", message: "visit v1 was called off",
                        hint: "the course shows the visit that makes up for it, if there is one", violations: [],
                        refusal: nil))
            let unknown = ClinicInterface.ConfirmVisit(visit: "v9", dryRun: dryRun)
            #expect(try await world.failure(of: unknown) == .noSuchVisit(visit: "v9"))
        }
        try await world.close()
    }

    @Test(
        "a place that cannot be is named before anything is planned",
        arguments: ["chair", "person", "label", "through", "731", "732"])
    func places(value: String) async throws {
        let world = try await World()
        _ = try await world.course()
        let today = try #require(Day("2026-03-02"))
        var call = ClinicInterface.MoveVisit(visit: "v1", reason: "other", dryRun: true)
        let expected: ClinicInterface.Failure
        switch value {
        case "chair":
            call.chair = "chair-9"
            expected = .noSuchChair(chair: "chair-9")
        case "person":
            call.attendants = ["nurse": "rn-9"]
            expected = .noSuchPerson(person: "rn-9")
        case "label":
            call.attendants = ["nurs": "rn-1"]
            expected = .invalidValue(
                field: "attendants", message: "expected labels among nurse, found nurs", hint: "did you mean nurse?")
        case "through":
            call.from = today + 3
            call.through = today + 2
            expected = .invalidValue(
                field: "through", message: "expected a day from 2026-03-05 on, found 2026-03-04", hint: nil)
        case "731":
            call.from = today + 731
            // The last day of the two years is one like others: a day that is named reaches past the start window.
            let reply = try await world.ask(call)
            #expect(!reply.recorded && reply.difference?.visits[0].after?.start.day == today + 731)
            try await world.close()
            return
        default:
            call.from = today + 732
            expected = .invalidValue(
                field: "from", message: "expected a day within two years of 2026-03-02, found 2028-03-03", hint: nil)
        }
        #expect(try await world.failure(of: call) == expected)
        try await world.close()
    }

    @Test("whoever only asks what would be is noted as a reader of the patient's data")
    func accesses() async throws {
        let world = try await World()
        _ = try await world.course()
        try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1", dryRun: true))
        #expect(await world.service.ping())
        #expect(try world.service.store.accesses(to: "p1").map(\.method) == ["ConfirmVisit", "BookCourse"])
        try await world.close()
    }
}

extension World {
    /// The clinic as it was last published.
    var state: ClinicState { service.publication.current.state }

    /// Adds a patient and books a course.
    func course(_ number: Int = 1, regimen: String = "one") async throws -> ClinicInterface.BookCourse.Reply {
        let patient = try await patient(number)
        return try await ask(ClinicInterface.BookCourse(course: oneVisit(patient, regimen: regimen)))
    }
}
