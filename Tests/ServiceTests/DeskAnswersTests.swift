import Clinic
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("What is answered at the desk")
struct DeskAnswersTests {
    private func book(_ world: World, told: Bool? = true) async throws -> VisitMessage {
        let patient = try await world.patient()
        let visits = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient), told: told)).visits
        return try #require(visits.first)
    }

    @Test(
        "who declines is answered the best other time and how late it would be called off, and it can be done at once")
    func declined() async throws {
        let world = try await World()
        let visit = try await book(world)
        #expect(visit.told && visit.status == .confirmed)
        let call = ClinicInterface.RecordCall(call: visit.id, outcome: "declined", request: "one")
        var asked = call
        asked.dryRun = true
        let preview = try await world.ask(asked)
        let answer = try await world.ask(call)
        let instead = try #require(answer.instead)
        #expect(instead == preview.instead && !preview.recorded)
        let start = try #require(instead.start)
        #expect(start != visit.start && ["early", "late"].contains(instead.notice))
        let (sameDay, otherDay) = (try #require(instead.sameDay), try #require(instead.otherDay))
        #expect(sameDay.start.day == visit.start.day && sameDay.start != visit.start)
        #expect(otherDay.start.day != visit.start.day && [sameDay.start, otherDay.start].contains(start))
        #expect(try await world.ask(call).instead == instead, "a repetition is answered the same")
        let listed = try await world.ask(ClinicInterface.ListCalls())
        #expect(listed.calls.map(\.purposes) == [[.lost]])
        // The line that was printed does what was proposed.
        let clock = ClockTime(minutes: start.clock)
        let moved = try await world.ask(
            ClinicInterface.MoveVisit(
                visit: visit.id, from: start.day, through: start.day, at: clock, plan: true,
                reason: "patientRequest", told: true))
        let after = try #require(moved.difference?.visits.first?.after)
        #expect(after.start == start && after.told && after.status == .confirmed && moved.difference?.calls == [])
        #expect(try await world.ask(ClinicInterface.ListCalls()).calls.isEmpty)
        // At once, in one event.
        let done = try await world.ask(
            ClinicInterface.RecordCall(call: visit.id, outcome: "declined", cancel: true, makeUp: false))
        #expect(done.found.status == .cancelled && done.found.heard == "calledOff" && done.instead == nil)
        #expect(done.difference?.action == .visitCancelled && done.event != nil)
        for wrong in [
            ClinicInterface.RecordCall(call: visit.id, outcome: "reached", move: true),
            ClinicInterface.RecordCall(call: visit.id, outcome: "declined", cancel: true, move: true),
        ] {
            guard case .invalidValue? = try await world.failure(of: wrong) else {
                Issue.record("\(wrong) is taken")
                continue
            }
        }
        #expect(try world.service.store.verify().findings == [])
        try await world.close()
    }

    @Test(
        "whoever was told of a visit that is given to another patient is listed, after a restart too, until reached"
    )
    func givenAway() async throws {
        let world = try await World()
        let visit = try await book(world)
        let other = try await world.patient(2)
        _ = try await world.ask(
            ClinicInterface.GiveCourse(course: visit.course, patient: other, reason: "correction"))
        let restarted = try await world.killed()
        let calls = try await restarted.ask(ClinicInterface.ListCalls(patient: visit.patient)).calls
        #expect(calls.map(\.visit) == [visit.id] && calls[0].reasons?.map(\.givenAway) == [true])
        #expect(calls[0].purposes == [.calledOff] && calls[0].reasons?[0].told == visit.start)
        let reached = try await restarted.ask(
            ClinicInterface.RecordCall(call: visit.id, outcome: "reached", patient: visit.patient))
        #expect(reached.recorded && !reached.found.told, "its own patient was not called")
        #expect(try await restarted.ask(ClinicInterface.ListCalls(patient: visit.patient)).calls.isEmpty)
        let audit = try await restarted.ask(ClinicInterface.Audit(patient: visit.patient))
        #expect(audit.entries.contains { $0.action == .callRecorded })
        #expect(try restarted.service.store.verify().findings == [])
        try await restarted.finish()
        try await world.close()
    }

    @Test("an export brings back who comes no more, who was entered twice, and who is still to be told")
    func exchange() async throws {
        let world = try await World()
        let visit = try await book(world)
        let other = try await world.patient(2)
        let double = try await world.patient(3)
        let gone = try await world.patient(4)
        _ = try await world.ask(ClinicInterface.GiveCourse(course: visit.course, patient: other, reason: "correction"))
        _ = try await world.ask(ClinicInterface.MergePatients(patient: double, into: other))
        _ = try await world.ask(ClinicInterface.ClosePatient(patient: gone, why: "moved"))
        let text = try ExchangeTests.export(world)
        let copy = try await World()
        _ = try await ExchangeTests.take(text, into: copy)
        let (state, before) = (copy.service.publication.current.state, world.service.publication.current.state)
        for id in before.allPatients { #expect(state.patient(id)?.standing == before.patient(id)?.standing, "\(id)") }
        let former = VisitID(visit.id)
        #expect(state.visit(former)?.formerPatients == before.visit(former)?.formerPatients)
        #expect(state.visit(former)?.formerPatients.count == 1)
        #expect(try copy.service.store.verify().findings == [])
        #expect(
            try ExchangeTests.export(copy).contains(#""mergedInto": "\#(other)""#)
                == text.contains(#""mergedInto": "\#(other)""#))
        try await copy.close()
        try await world.close()
    }
}
