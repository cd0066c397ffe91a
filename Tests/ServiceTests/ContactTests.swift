import Clinic
import Foundation
import GRDB
import Planning
import Store
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service
@testable import Store

@Suite("Whom to call, in the answer to a change")
struct ContactTests {
    private let contact = ContactMessage(name: "CANARY-2", phone: "CANARY-3")

    /// The methods by which `told` read who is meant.
    private let before = ["BookCourse", "ConfirmVisit"]

    /// A clinic with a patient who was told of a visit.
    private func told() async throws -> World {
        let world = try await World()
        let patient = try await world.ask(
            ClinicInterface.AddPatient(recordNumber: "CANARY-1", name: contact.name, phone: contact.phone)
        ).patient
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient)))
        try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1"))
        return world
    }

    private func move(_ day: String, dryRun: Bool? = nil, request: String? = nil) -> ClinicInterface.MoveVisit {
        ClinicInterface.MoveVisit(
            visit: "v1", from: Day(day), through: Day(day), reason: "other", dryRun: dryRun, request: request)
    }

    /// The methods by which the patient's data were read, in order.
    private func accesses(_ world: World) async throws -> [String] {
        #expect(await world.service.ping())
        return try world.service.store.accesses(to: "p1").map(\.method).reversed()
    }

    @Test("a change says whom to call, again on a repetition and after a restart; who read it is noted")
    func changes() async throws {
        let world = try await told()
        let asked = try await world.ask(move("2026-03-04", dryRun: true))
        #expect(asked.difference?.calls == ["v1"] && asked.difference?.called == contact)
        #expect(try await accesses(world) == before + ["MoveVisit"], "noted once")
        let moved = try await world.ask(move("2026-03-04", request: "m"))
        #expect(moved.recorded && moved.difference?.called == contact)
        #expect(try await world.ask(move("2026-03-04", request: "m")) == moved)
        #expect(try await accesses(world) == before + ["MoveVisit", "MoveVisit", "MoveVisit"])
        let undone = try await world.ask(ClinicInterface.Undo(course: "c1", request: "u"))
        #expect(undone.difference?.calls.isEmpty == (undone.difference?.called == nil))
        #expect(try await world.ask(ClinicInterface.Undo(course: "c1", request: "u")) == undone)
        // Nobody is to be called, and nobody is named.
        let pinned = try await world.ask(ClinicInterface.PinVisit(visit: "v1", pinned: true))
        #expect(pinned.difference?.calls == [] && pinned.difference?.called == nil)
        let restarted = try await world.killed()
        #expect(try await restarted.ask(move("2026-03-04", request: "m")) == moved)
        try await restarted.finish()
        try await world.close()
    }

    @Test("a repair says whom to call, where it is proposed and where it is made")
    func repairs() async throws {
        let world = try await told()
        let tuesday = try #require(Day("2026-03-03"))
        try await world.ask(ClinicInterface.AddClosure(from: tuesday))
        let proposed = try await world.ask(ClinicInterface.ProposeRepair())
        #expect(proposed.found.differences.map(\.called) == [contact])
        #expect(try await accesses(world) == before + ["AddClosure", "ProposeRepair"], "noted once")
        let call = ClinicInterface.ApplyRepair(proposal: proposed.proposal, request: "r")
        let applied = try await world.ask(call)
        #expect(applied.recorded && applied.found.differences.map(\.called) == [contact])
        #expect(try await world.ask(call) == applied)
        #expect(try await accesses(world) == before + ["AddClosure", "ProposeRepair", "ApplyRepair", "ApplyRepair"])
        try await world.close()
    }

    @Test("what is kept of an answer names no patient")
    func kept() async throws {
        let world = try await told()
        try await world.ask(move("2026-03-04", request: "m"))
        try await world.ask(ClinicInterface.Undo(course: "c1", request: "u"))
        try await world.ask(ClinicInterface.AddClosure(from: try #require(Day("2026-03-03"))))
        try await world.ask(ClinicInterface.ApplyRepair(request: "r"))
        try await world.ask(ClinicInterface.CancelVisit(visit: "v1", makeUp: false, reason: "other", request: "c"))
        let kept = try await world.service.store.pool.read { database in
            try Data.fetchAll(database, sql: "SELECT answer FROM request").map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(kept.count == 4 && kept.allSatisfy { $0.contains("v1") && !$0.contains("CANARY") })
        try await world.close()
    }

    @Test("whoever may not see names is told none, and has read nothing")
    func roles() async throws {
        let world = try await told()
        let viewer = World.peer(.viewer, uid: 4100)
        for dryRun in [true, false] {
            await #expect(throws: VarlinkError.permissionDenied) {
                try await world.ask(move("2026-03-04", dryRun: dryRun), by: viewer)
            }
        }
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.ProposeRepair(), by: viewer)
        }
        let service = world.service
        let methods = ClinicMethods(
            publication: service.publication, clock: service.clock, callers: service.callers, writer: service.writer,
            records: RecordReader(store: service.store) { _ in }, pools: service.pools, proposals: service.proposals,
            scheduleChanges: service.scheduleChanges, signal: service.signal)
        func call(_ peer: Peer) -> Call {
            Call(interface: "io.infusiond.Clinic", method: "MoveVisit", parameters: [:], peer: peer)
        }
        // Whose role has changed while their change was made is a viewer when it is answered.
        #expect(methods.contacts(of: ["p1"], call(viewer)).isEmpty)
        #expect(methods.contacts(of: ["p1"], call(Peer(pid: 77, uid: 4200, gid: 100, groups: []))).isEmpty)
        #expect(try await accesses(world) == before)
        #expect(methods.contacts(of: ["p1"], call(World.peer(.scheduler))) == ["p1": contact])
        #expect(try await accesses(world) == before + ["MoveVisit"])
        try await world.close()
    }

    @Test("a refused booking says all that a refused proposal says, again on a repetition")
    func refusals() async throws {
        let world = try await World()
        let course = try oneVisit(try await world.patient(), startWithinDays: 0)
        for person in ["rn-1", "rn-2"] {
            try await world.ask(ClinicInterface.AddTimeOff(person: person, from: course.earliest))
        }
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: course))
        var whole = try #require(proposed.refusal)
        #expect(!whole.days.compactMap(\.hindrances).isEmpty && proposed.people.count == 2)
        (whole.people, whole.startWithinDays) = (proposed.people, proposed.startWithinDays)
        let call = ClinicInterface.BookCourse(course: course, request: "b")
        for _ in 1...2 {
            guard case .refused(_, _, _, _, let refusal?)? = try await world.failure(of: call) else {
                Issue.record("a course on a day on which nobody is there was booked")
                return
            }
            // What would help is told of the course, which a proposal has not got yet.
            #expect(refusal.wouldHelp.map(\.kind) == whole.wouldHelp.map(\.kind))
            whole.wouldHelp = refusal.wouldHelp
            #expect(refusal == whole)
        }
        try await world.close()
    }
}
