import Clinic
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Requests that come again")
struct RequestTests {
    @Test("the same request gets the first answer again and changes nothing, after a restart too")
    func again() async throws {
        let world = try await World()
        let call = ClinicInterface.AddPatient(recordNumber: "MRN-1", name: "A", request: "r1")
        let first = try await world.ask(call)
        let events = world.service.publication.current.state.lastEvent
        #expect(try await world.ask(call) == first)
        #expect(world.service.publication.current.state.lastEvent == events)
        try await world.finish()

        let later = try await World(folder: world.folder)
        #expect(try await later.ask(call) == first)
        #expect(later.service.publication.current.state.patients.count == 1)
        try await later.close()
    }

    @Test("a refusal is given again, even where the same would be done now")
    func refusalAgain() async throws {
        let world = try await World(clinicText(chairs: 1))
        let (first, second) = (try await world.patient(1), try await world.patient(2))
        let proposal = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(second, startWithinDays: 0)))
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(first, startWithinDays: 0)))
        let call = ClinicInterface.BookCourse(proposal: proposal.proposal, request: "r1")
        let refused = try await world.failure(of: call)
        guard case .stale(since: _, let changed) = refused else {
            Issue.record("expected Stale, found \(String(describing: refused))")
            return
        }
        #expect(changed.map(\.rule) == ["chair-free"])
        #expect(changed.map(\.start.text) == ["2026-03-03T09:00:00+00:00"])
        let events = world.service.publication.current.state.lastEvent
        #expect(try await world.failure(of: call) == refused)
        #expect(world.service.publication.current.state.lastEvent == events)
        try await world.close()
    }

    @Test("the same id with other parameters is RequestReused; another user's is another request")
    func reused() async throws {
        let world = try await World()
        try await world.ask(ClinicInterface.AddPatient(recordNumber: "MRN-1", request: "r1"))
        let other = ClinicInterface.AddPatient(recordNumber: "MRN-2", request: "r1")
        #expect(try await world.failure(of: other) == .requestReused(request: "r1"))
        try await world.ask(other, by: World.peer(.scheduler, uid: 4001))
        #expect(world.service.publication.current.state.patients.count == 2)
        try await world.close()
    }

    @Test("the same request sent many times at once is done once")
    func atOnce() async throws {
        let world = try await World()
        let call = ClinicInterface.AddPatient(recordNumber: "MRN-1", request: "r1")
        let replies = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await world.ask(call).patient } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(replies == ["p1"])
        #expect(world.service.publication.current.state.patients.count == 1)
        try await world.close()
    }

    @Test("members in another order are the same parameters")
    func order() async throws {
        let world = try await World()
        let method = ClinicInterface.AddPatient.method
        let peer = World.peer(.scheduler)
        let one = try await world.call(method, ["recordNumber": "1", "name": "A", "request": "r"], by: peer)
        let other = try await world.call(method, ["request": "r", "name": "A", "recordNumber": "1"], by: peer)
        #expect(one == other)
        try await world.close()
    }

    @Test("a request id has 1 to 64 characters", arguments: [(0, false), (1, true), (64, true), (65, false)])
    func length(count: Int, isTaken: Bool) async throws {
        let world = try await World()
        let call = ClinicInterface.AddPatient(recordNumber: "1", request: String(repeating: "x", count: count))
        let expected = ClinicInterface.Failure.invalidValue(
            field: "request", message: "expected 1 to 64 characters, found \(count)", hint: nil)
        #expect(try await world.failure(of: call) == (isTaken ? nil : expected))
        try await world.close()
    }
}
