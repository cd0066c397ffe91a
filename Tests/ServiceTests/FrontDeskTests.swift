import Clinic
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("The front desk")
struct FrontDeskTests {
    private static let text = clinicText(chairs: 1).replacing(
        #""stages": [{"name": "care", "minutes": 60, "load": {"nurse": 50}}]"#,
        with: """
            "stages": [{"name": "preparation", "minutes": 15, "load": {"nurse": 50}},
               {"name": "care", "minutes": 45, "load": {"nurse": 50}}],
              "escort": true, "arrivalChecks": ["fasted", "blood pressure"]
            """)

    private func book(_ world: World) async throws -> VisitMessage {
        let patient = try await world.patient()
        let visits = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0))
        ).visits
        return try #require(visits.first)
    }

    @Test("a day is recorded beside the plan, and a start asks for what is missing")
    func day() async throws {
        let world = try await World(Self.text)
        let visit = try await book(world)
        _ = try await world.ask(ServiceInterface.AdvanceClock(until: visit.start), by: World.peer(.admin))
        func record(
            _ fact: String, by role: Role = .scheduler, _ change: (inout ClinicInterface.RecordFact) -> Void = { _ in }
        ) async throws -> ClinicInterface.RecordFact.Reply {
            var call = ClinicInterface.RecordFact(visit: visit.id, fact: fact)
            change(&call)
            return try await world.ask(call, by: World.peer(role))
        }
        #expect(try await record("arrived").found.status == .arrived)
        let start = ClinicInterface.RecordFact(visit: visit.id, fact: "started")
        guard case .refused(let rule, let message, let hint, _, _)? = try await world.failure(of: start) else {
            Issue.record("a start without escort and checks is refused")
            return
        }
        #expect(rule == "start" && message.contains("escort, fasted, blood pressure") && hint != nil)
        _ = try await record("escortConfirmed")
        _ = try await record("checkMet") { $0.detail = "fasted" }
        let wrong = ClinicInterface.RecordFact(visit: visit.id, fact: "checkMet", detail: "fastet")
        #expect(
            try await world.failure(of: wrong)
                == .invalidValue(
                    field: "detail", message: "expected one of fasted, blood pressure", hint: "did you mean fasted?"))
        var overridden = start
        overridden.override = true
        overridden.reason = "clinical"
        guard case .refused? = try await world.failure(of: overridden) else {
            Issue.record("a scheduler overrides nothing")
            return
        }
        let preview = try await record("started", by: .clinician) {
            $0.override = true
            $0.reason = "clinical"
            $0.dryRun = true
        }
        #expect(!preview.recorded && preview.found.status == .inProgress)
        #expect(world.service.publication.current.state.visit(VisitID(visit.id))?.status == .arrived)
        let begun = try await record("started", by: .clinician) {
            $0.override = true
            $0.reason = "clinical"
        }
        #expect(begun.found.facts?.map(\.kind).suffix(2) == [.overridden, .started])
        #expect(begun.found.facts?.first { $0.kind == .overridden }?.detail == "blood pressure")
        _ = try await world.ask(ServiceInterface.AdvanceClock(minutes: 20), by: World.peer(.admin))
        #expect(try await record("stageBegun").found.detail == "1")
        let after = ClinicInterface.RecordFact(visit: visit.id, fact: "stageBegun")
        guard case .invalidValue? = try await world.failure(of: after) else {
            Issue.record("there is no third stage")
            return
        }
        _ = try await world.ask(ServiceInterface.AdvanceClock(minutes: 50), by: World.peer(.admin))
        let future = ClinicInterface.RecordFact(
            visit: visit.id, fact: "discharged", at: ZonedInstant(second: visit.end.second + 86_400, offset: 0))
        guard case .refused("time", _, _, _, _)? = try await world.failure(of: future) else {
            Issue.record("nobody leaves tomorrow")
            return
        }
        #expect(try await record("discharged") { $0.detail = "partial" }.found.detail == "partial")
        #expect(try world.service.store.verify().isGood)
        try await world.close()
    }

    @Test("calls have numbers for schedulers only, and what came of them is an event")
    func calls() async throws {
        let world = try await World(Self.text)
        let visit = try await book(world)
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.ListCalls(), by: World.peer(.viewer))
        }
        let list = try await world.ask(ClinicInterface.ListCalls())
        #expect(list.calls.map(\.visit) == [visit.id] && list.calls[0].name == "Name 1")
        #expect(list.calls[0].purposes == [.agree] && list.calls[0].reasons?.map(\.visit) == [visit.id])
        let reply = try await world.ask(ClinicInterface.RecordCall(call: visit.id, outcome: "reached", request: "r"))
        #expect(reply.recorded && reply.found.status == .confirmed && reply.found.told)
        let again = try await world.ask(ClinicInterface.RecordCall(call: visit.id, outcome: "reached", request: "r"))
        #expect(again == reply)
        guard
            case .invalidValue("outcome", _, _)? = try await world.failure(
                of: ClinicInterface.RecordCall(call: visit.id, outcome: "angry"))
        else {
            Issue.record("an outcome that is none")
            return
        }
        let read = try world.service.store.accesses(to: "p1").map(\.method)
        #expect(read.contains("ListCalls"))
        try await world.close()
    }

    @Test("the morning sheet has names for schedulers only")
    func sheet() async throws {
        let world = try await World(Self.text)
        let visit = try await book(world)
        let plain = try await world.ask(ClinicInterface.Today(day: visit.start.day), by: World.peer(.viewer))
        #expect(plain.visits == 1 && plain.confirmed == 0 && plain.lines.allSatisfy { $0.name == nil })
        #expect(plain.lines.map(\.kind) == [.escort, .unconfirmed, .firstVisit])
        let calls = try await world.ask(ClinicInterface.Today(), by: World.peer(.viewer)).lines
        #expect(calls.map(\.kind) == [.call] && calls[0].patient == "p1" && calls[0].detail == "agree")
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.Today(names: true), by: World.peer(.viewer))
        }
        let named = try await world.ask(ClinicInterface.Today(day: visit.start.day, names: true))
        #expect(named.lines.allSatisfy { $0.name == "Name 1" })
        try await world.close()
    }

    @Test("whoever was told of visits that will not take place is on the list until told, through every restart")
    func calledOff() async throws {
        var world = try await World()
        let patient = try await world.patient()
        let course = CourseRequestMessage(patient: patient, regimen: "three", earliest: Day("2026-03-03")!)
        let visits = try await world.ask(ClinicInterface.BookCourse(course: course)).visits
        _ = try await world.ask(ClinicInterface.RecordCall(call: visits[0].id, outcome: "reached"))
        #expect(try await world.ask(ClinicInterface.ListCalls()).calls.isEmpty)
        _ = try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "equipment"))
        func check() async throws {
            let list = try await world.ask(ClinicInterface.ListCalls(through: Day("2026-03-31")!))
            #expect(list.calls.count == 1 && list.calls[0].purposes == [.calledOff])
            #expect(list.calls[0].reasons?.map(\.visit) == visits.map(\.id))
            #expect(list.calls[0].reasons?.map(\.told) == visits.map(\.start))
            #expect(list.calls[0].due <= visits[0].start || list.calls[0].due <= list.now)
            #expect(try world.service.store.verify().isGood)
        }
        try await check()
        try await world.finish()
        world = try await World(folder: world.folder)
        try await check()
        // Long after, the course being over, they still do not know.
        _ = try await world.ask(ServiceInterface.AdvanceClock(minutes: 60 * 1440), by: World.peer(.admin))
        try await world.finish()
        world = try await World(folder: world.folder, clock: .simulated(from: World.start))
        try await check()
        let reply = try await world.ask(ClinicInterface.RecordCall(call: visits[1].id, outcome: "reached"))
        #expect(reply.recorded && reply.found.heard == "calledOff" && reply.others?.count == 2)
        #expect(try await world.ask(ClinicInterface.ListCalls()).calls.isEmpty)
        #expect(try world.service.store.verify().isGood)
        try await world.close()
    }
}
