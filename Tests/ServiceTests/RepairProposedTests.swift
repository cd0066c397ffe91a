import Clinic
import Foundation
import Planning
import Store
import Systemd
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Proposed repairs")
struct RepairProposedTests {
    /// A clinic in which one course of three visits is hit: its first two on their chair or with their nurse.
    private func broken() async throws -> World {
        let world = try await World(clinicText())
        _ = try await world.course()
        let visit = try #require(world.state.visit("v1"))
        try await world.ask(ClinicInterface.AddTimeOff(person: visit.place.persons[0].text, from: visit.day))
        return world
    }

    private func proposals(_ world: World) throws -> [(number: Int, caller: Caller, proposed: RepairProposed)] {
        try world.service.store.events(after: 0, limit: 1000).compactMap { recorded in
            guard case .repair(.proposed(let proposed)) = recorded.event else { return nil }
            return (recorded.number, recorded.caller, proposed)
        }
    }

    @Test("a proposal is told once with what it would change, by whom it was asked for, and for which loss")
    func told() async throws {
        let world = try await broken()
        let reply = try await world.ask(ClinicInterface.ProposeRepair())
        let told = try proposals(world)
        try #require(told.count == 1)
        let proposed = told[0].proposed
        #expect(told[0].caller.role == .scheduler)
        #expect(proposed.proposal == reply.proposal && reply.event == nil && !reply.recorded)
        #expect(proposed.lost == [.person(try #require(world.state.visit("v1")).place.persons[0])])
        #expect(Set(proposed.broken.map(\.visit.text)) == Set(reply.found.broken.map(\.visit.id)))
        #expect(proposed.unplaced.map(\.text) == reply.found.unplaced.map(\.visit.id))
        #expect(
            proposed.calls.map(\.text).sorted()
                == Set(reply.found.differences.filter { !$0.calls.isEmpty }.map(\.patient)).sorted())
        let last = world.state.lastEvent
        for _ in 0..<3 {
            #expect(try await world.ask(ClinicInterface.ProposeRepair()).proposal == reply.proposal)
        }
        #expect(world.state.lastEvent == last, "the same proposal is not told again")
        // Of one day it is another question, and told once too.
        let day = try #require(reply.found.broken.first).visit.start.day
        let ofDay = try await world.ask(ClinicInterface.ProposeRepair(day: day))
        #expect(ofDay.proposal != reply.proposal)
        #expect(try await world.ask(ClinicInterface.ProposeRepair()).proposal == reply.proposal)
        #expect(try await world.ask(ClinicInterface.ProposeRepair(day: day)).proposal == ofDay.proposal)
        #expect(try proposals(world).map(\.proposed.day) == [nil, day])
        try await world.close()
    }

    @Test("making it names the event; taken back and proposed again it is told again")
    func applied() async throws {
        let world = try await broken()
        let first = try await world.ask(ClinicInterface.ProposeRepair())
        let made = try await world.ask(ClinicInterface.ApplyRepair(proposal: first.proposal))
        func recorded() throws -> ScheduleChanged? {
            for event in try world.service.store.events(after: 0, limit: 1000).reversed() {
                if case .repair(.changed(let change)) = event.event { return change }
            }
            return nil
        }
        #expect(try recorded()?.proposed == proposals(world)[0].number)
        let visit = try #require(world.state.visit("v1"))
        let (person, day) = (
            try #require(first.found.broken.first?.visit.persons.sorted().first), first.found.broken[0].visit.start.day
        )
        try await world.ask(ClinicInterface.TakeBack(ids: ["t1"]))
        try await world.ask(ClinicInterface.Undo(event: made.event))
        #expect(world.state.visit("v1") != visit)
        try await world.ask(ClinicInterface.AddTimeOff(person: person, from: day))
        #expect(try recorded()?.proposed == nil)
        let again = try await world.ask(ClinicInterface.ProposeRepair())
        #expect(again.proposal != first.proposal)
        #expect(try proposals(world).count == 2)
        // Found and made in one go it was proposed to nobody.
        try await world.ask(ClinicInterface.ApplyRepair())
        #expect(try recorded()?.proposed == nil)
        #expect(try proposals(world).count == 2)
        let number = try proposals(world)[0].number
        let failure = try await world.failure(of: ClinicInterface.Undo(event: number))
        #expect(failure != nil, "what was shown cannot be taken back")
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("after a restart the same proposal is still not told again, and can be made under its new id")
    func restarted() async throws {
        let world = try await broken()
        let before = try await world.ask(ClinicInterface.ProposeRepair())
        let number = try #require(proposals(world).first).number
        try await world.finish()
        let again = try await World(folder: world.folder)
        #expect(try await again.failure(of: ClinicInterface.ApplyRepair(proposal: before.proposal)) != nil)
        let reply = try await again.ask(ClinicInterface.ProposeRepair())
        #expect(try proposals(again).count == 1)
        try await again.ask(ClinicInterface.ApplyRepair(proposal: reply.proposal))
        guard case .repair(.changed(let made))? = try again.service.store.events(after: 0, limit: 1000).last?.event
        else {
            Issue.record("the repair is the last event")
            return
        }
        #expect(made.proposed == number)
        try await again.close()
    }

    @Test("the journal is told by its own kind, in ids and numbers")
    func journal() async throws {
        let world = try await broken()
        let reply = try await world.ask(ClinicInterface.ProposeRepair())
        try await world.ask(ClinicInterface.ProposeRepair())
        let person = try #require(world.state.visit("v1")).place.persons[0]
        let sent = NotifierTests.Sent()
        try await world.service.finish(notifying: Notifier(service: world.service, journal: sent.journal))
        let entries = sent.all.filter { $0.messageID == MessageKind.repairProposed.id }
        try #require(entries.count == 1)
        #expect(entries[0].priority == .notice)
        let fields = entries[0].fields
        #expect(fields.contains(.proposal(try #require(reply.proposal))) && fields.contains(.person(person.text)))
        let moved = reply.found.differences.flatMap(\.visits).count { $0.before?.start != $0.after?.start }
        #expect(fields.contains(.moved(moved - reply.found.unplaced.count)), "\(fields)")
        #expect(fields.contains(.unplaced(reply.found.unplaced.count)))
        #expect(entries[0].message.hasPrefix("repair rp1 proposed for the loss of \(person) on "), "\(entries[0])")
        #expect(fields.contains { $0.name == "INFUSIOND_DUE" } && fields.contains { $0.name == "INFUSIOND_ACTOR" })
    }

    @Test("the audit shows what would change, and an improvement is no repair")
    func audit() async throws {
        let world = try await broken()
        let reply = try await world.ask(ClinicInterface.ProposeRepair())
        let visit = try #require(reply.found.broken.first).visit.id
        let entries = try await world.ask(ClinicInterface.Audit(visit: visit)).entries
        let entry = try #require(entries.first { $0.action == .repairProposed })
        #expect(entry.detail == reply.proposal && entry.changes.allSatisfy { $0.subject == visit })
        #expect(entry.changes.allSatisfy { $0.what.hasPrefix("would ") } && !entry.changes.isEmpty)
        let last = world.state.lastEvent
        _ = try await world.ask(ClinicInterface.ProposeImprovement(weeks: 4))
        #expect(world.state.lastEvent == last)
        try await world.close()
    }
}
