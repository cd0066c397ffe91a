import Clinic
import Foundation
import Planning
import Store
import Testing
import Wire

@testable import Service

@Suite("Refusals explained beside the writer")
struct ExplainedRefusalTests {
    /// Keeps all threads that search busy until it is opened.
    private final class Gate: Sendable {
        private let waiting = DispatchSemaphore(value: 0)
        private let started = DispatchSemaphore(value: 0)
        private let count = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)

        func close(_ pool: ThreadPool) {
            for _ in 0..<count {
                _ = pool.run { [waiting, started] in
                    started.signal()
                    waiting.wait()
                }
            }
            for _ in 0..<count { started.wait() }
        }

        func open() { for _ in 0..<count { waiting.signal() } }
    }

    /// A Sunday, on which nobody can come.
    private func sunday(_ patient: String) throws -> CourseRequestMessage {
        try oneVisit(patient, earliest: "2026-03-08", startWithinDays: 0)
    }

    @Test("while what would help is looked for, the writer does what others ask; the answer is the full one")
    func besides() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: sunday(patient)))
        let gate = Gate()
        gate.close(world.service.pools.searches)
        let book = ClinicInterface.BookCourse(course: try sunday(patient), request: "r")
        async let refused = world.failure(of: book)
        // Nothing is searched on any thread but the gate's, and the writer goes on.
        let before = world.state.lastEvent
        for number in 2...6 { _ = try await world.patient(number) }
        #expect(world.state.lastEvent == before + 5, "nothing of the refusal is recorded yet")
        gate.open()
        let answered = try await refused
        guard case .refused(_, _, _, _, let refusal?)? = answered else {
            Issue.record("expected a refusal")
            return
        }
        #expect(refusal.wouldHelp.map(\.kind) == proposed.refusal?.wouldHelp.map(\.kind))
        #expect(!refusal.wouldHelp.isEmpty && !refusal.days.isEmpty)
        #expect(world.state.lastEvent == before + 6)
        guard
            case .course(.refused(let recorded))? = try world.service.store.events(after: before + 5, limit: 1).first?
                .event
        else {
            Issue.record("the refusal is recorded")
            return
        }
        let rules = refusal.days.flatMap { day in day.closedBy.map { [$0] } ?? day.several ?? [] }
        #expect(recorded.visit == 1 && Set(recorded.rules.map(\.rawValue)) == Set(rules.map(\.rawValue)))
        // The same request has the same answer, and is not recorded again.
        #expect(try await world.failure(of: book) == answered)
        #expect(world.state.lastEvent == before + 6)
        try await world.close()
    }

    @Test("what can be planned by the time that the explanation is found is done")
    func overtaken() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let gate = Gate()
        gate.close(world.service.pools.searches)
        async let booked = world.ask(ClinicInterface.BookCourse(course: try sunday(patient), request: "r"))
        // The command has had its first turn once another one behind it is done.
        for number in 2...3 { _ = try await world.patient(number) }
        let sunday = try #require(Day("2026-03-08"))
        for person in ["rn-1", "rn-2"] {
            try await world.ask(
                ClinicInterface.AddShift(person: person, day: sunday, hours: ClockWindow(Interval(540, 720))))
        }
        try await world.ask(ClinicInterface.AddOpening(day: sunday, hours: ClockWindow(Interval(540, 720))))
        gate.open()
        #expect(try await booked.visits.map(\.start.day) == [sunday])
        try await world.close()
    }

    @Test("a lost visit that cannot be made up is recorded at once, and its answer says what would help")
    func lost() async throws {
        let world = try await World()
        let patient = try await world.patient()
        try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        let day = try #require(world.state.visit("v1")).day
        try await world.ask(ClinicInterface.AddClosure(from: day, through: day + 30))
        let gate = Gate()
        gate.close(world.service.pools.searches)
        async let reply = world.ask(ClinicInterface.CancelVisit(visit: "v1", reason: "transport"))
        for number in 2...3 { _ = try await world.patient(number) }
        gate.open()
        let unplaced = try await reply.difference?.unplaced
        #expect(unplaced?.days.isEmpty == false)
        try await world.close()
    }
}

extension [Rule] {
    /// Each once, in the table's order.
    fileprivate var unique: [Rule] { Rule.allCases.filter(contains) }
}
