import Clinic
import ClinicTime
import Foundation
import GRDB
import Planning
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service
@testable import Store

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
        guard case .stale(since: _, let changed, happened: nil) = refused else {
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

    /// What a call is answered, to the byte.
    private func answer(_ world: World, _ call: any WireCall, request: String?) async throws -> String {
        var parameters = call.object
        if let request { parameters["request"] = .string(request) }
        do {
            return JSONValue.object(
                try await world.call(type(of: call).method, parameters, by: World.everything)
            ).text()
        } catch let error as VarlinkError {
            return error.name + " " + JSONValue.object(error.parameters).text()
        }
    }

    @Test(
        "every method gives the first answer again, done or refused, whatever happened since",
        arguments: Requests.methods)
    func everyMethod(method: String) async throws {
        let (world, requests) = try await World.requested(for: method)
        let pair = try #require(try requests.pair(method), "a method that takes a request id stands in Requests")
        var calls: [(call: any WireCall, id: String)] = []
        calls.append((pair.refused, "refused"))
        calls.append((pair.done, "done"))
        var first: [String] = []
        for (call, id) in calls { first.append(try await answer(world, call, request: id)) }
        #expect(first[0].hasPrefix("io.infusiond.Clinic."), "\(first[0])")
        // These are refused in other ways: no phase has a window or comes before, no visit has begun, nothing of one is
        // recorded.
        if !["CatchUpCourse", "CorrectFact", "RecordNoShow", "StepBackCourse"].contains(method) {
            #expect(!first[1].hasPrefix("io.infusiond.Clinic."), "\(first[1])")
        }
        func repeated(_ world: World, _ when: Comment) async throws {
            let (events, state) = (world.state.lastEvent, world.state)
            for (index, (call, id)) in calls.enumerated() {
                #expect(try await answer(world, call, request: id) == first[index], when)
            }
            #expect(world.state.lastEvent == events && world.state.visits == state.visits, when)
        }
        try await repeated(world, "at once")
        try await world.goOn(requests, for: method)
        try await repeated(world, "later")
        let restarted = try await world.killed()
        try await repeated(restarted, "after a restart")
        try await restarted.finish()
        try await world.close()
    }

    @Test("whoever may not take something back is told so again, and takes nothing else back in its place")
    func denied() async throws {
        let world = try await World(careText())
        _ = try await world.course(regimen: "care")
        let clinician = World.peer(.clinician, uid: 4200)
        try await world.ask(
            ClinicInterface.DecideGate(course: "c1", phase: "second", opens: true), by: clinician)
        let undo = ClinicInterface.Undo(course: "c1", request: "u")
        await #expect(throws: VarlinkError.permissionDenied) { try await world.ask(undo) }
        try await world.ask(ClinicInterface.Undo(course: "c1"), by: clinician)
        // What stands last is the booking now, which the desk may take back, but did not mean.
        await #expect(throws: VarlinkError.permissionDenied) { try await world.ask(undo) }
        #expect(world.state.course("c1")?.status == .active)
        try await world.close()
    }

    @Test("who gained by a place that was left is told again as it was told first, though others wait by now")
    func gained() async throws {
        let world = try await World(clinicText(chairs: 1))
        for number in 1...3 {
            try await world.ask(
                ClinicInterface.BookCourse(course: oneVisit(try await world.patient(number), startWithinDays: 0)))
        }
        let cancel = ClinicInterface.CancelVisit(visit: "v1", makeUp: false, reason: "other", request: "c")
        func wait(_ number: Int) async throws {
            let booked = try await world.ask(
                ClinicInterface.BookCourse(course: oneVisit(try await world.patient(number), startWithinDays: 20)))
            try await world.ask(ClinicInterface.AddWaiting(visit: booked.visits[0].id, earlier: true))
        }
        try await wait(4)
        let first = try await world.ask(cancel)
        #expect(first.difference?.freed?.first?.matches?.map(\.entry.name) == ["Name 4"])
        try await wait(5)
        try await world.ask(ClinicInterface.RemoveWaiting(waiting: "w1"))
        #expect(try await world.ask(cancel) == first)
        let restarted = try await world.killed()
        #expect(try await restarted.ask(cancel) == first)
        // The record has nobody's name.
        let kept = try await restarted.service.store.pool.read { database in
            try Data.fetchAll(database, sql: "SELECT answer FROM request").map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(kept.contains { $0.contains("w1") } && !kept.contains { $0.contains("Name 4") })
        try await restarted.finish()
        try await world.close()
    }

    @Test("a refused command of every kind leaves nothing behind", arguments: Requests.methods)
    func leavesNothing(method: String) async throws {
        let (world, requests) = try await World.requested(for: method)
        let pair = try #require(try requests.pair(method))
        _ = await world.service.writer.catchUp()
        let before = try Footprint(world)
        #expect(try await answer(world, pair.refused, request: nil).hasPrefix("io.infusiond.Clinic."))
        #expect(try Footprint(world) == before)
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

/// All that a command could change, but who read what.
struct Footprint: Equatable {
    private let state: ClinicState
    private let days: [DayCalendar]
    private let zone: String
    private let facility: Facility
    private let next: Instant?
    private let roles: [Role?]
    private let tables: [String: String]

    init(_ world: World) throws {
        let snapshot = world.service.publication.current
        state = snapshot.state
        days = snapshot.calendar.calendars.days
        zone = snapshot.zone.name
        facility = snapshot.calendar.facility
        next = snapshot.dues.next
        roles = [.viewer, .scheduler, .clinician, .admin].map { world.service.callers.role(of: World.peer($0)) }
        tables = try world.service.store.pool.read { database in
            let names = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'access_log'")
            return try Dictionary(
                uniqueKeysWithValues: names.map { name in
                    (name, "\(try Row.fetchAll(database, sql: "SELECT * FROM \"\(name)\""))")
                })
        }
    }
}
