import Clinic
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Slips of the finger, losses taken back, and moves, on the socket")
struct SlipTests {
    private func book(_ world: World, patient number: Int = 1) async throws -> VisitMessage {
        let patient = try await world.patient(number)
        let course = try oneVisit(patient, startWithinDays: 0)
        return try #require(try await world.ask(ClinicInterface.BookCourse(course: course)).visits.first)
    }

    private func count(_ world: World) -> Int { world.service.publication.current.state.lastEvent }

    @Test("a slip says what it would mean, changes nothing, also as a dry run, and is taken with yes")
    func slip() async throws {
        let world = try await World(clinicText(chairs: 2))
        let visit = try await book(world)
        let before = count(world)
        for fact in ["arrived", "started", "discharged"] {
            for dryRun in [nil, true] {
                let call = ClinicInterface.RecordFact(visit: visit.id, fact: fact, dryRun: dryRun)
                guard case .refused(let rule, let message, let hint, _, _)? = try await world.failure(of: call) else {
                    Issue.record("\(fact) of another day is taken")
                    continue
                }
                #expect(rule == "slip" && message.contains(visit.id) && message.contains(visit.patient))
                #expect(message.contains("\(visit.start.day)") && hint?.contains("--yes") == true)
            }
        }
        #expect(count(world) == before)
        var meant = ClinicInterface.RecordFact(visit: visit.id, fact: "arrived", yes: true, dryRun: true)
        let preview = try await world.ask(meant)
        #expect(!preview.recorded && preview.movedFrom == visit.start && count(world) == before)
        meant.dryRun = nil
        let reply = try await world.ask(meant)
        #expect(reply.recorded && reply.movedFrom == visit.start && reply.found.status == .arrived)
        #expect(reply.found.start.day != visit.start.day)
        let board = try await world.ask(ClinicInterface.Day(day: reply.found.start.day)).board
        #expect(board.chairs.flatMap(\.holds).map(\.visit.id) == [visit.id])
        let old = try await world.ask(ClinicInterface.Day(day: visit.start.day)).board
        #expect(old.chairs.flatMap(\.holds).isEmpty)
        // What follows is of its day.
        #expect(try await world.ask(ClinicInterface.RecordFact(visit: visit.id, fact: "started")).movedFrom == nil)
        #expect(try world.service.store.verify().isGood)
        try await world.close()
    }

    @Test("next begins nothing, yes or no")
    func next() async throws {
        let world = try await World(clinicText(chairs: 2))
        let visit = try await book(world)
        _ = try await world.ask(ServiceInterface.AdvanceClock(until: visit.start), by: World.peer(.admin))
        for yes in [false, true] {
            let call = ClinicInterface.RecordFact(visit: visit.id, fact: "stageBegun", yes: yes)
            guard case .refused("start", _, let hint, _, _)? = try await world.failure(of: call) else {
                Issue.record("begun")
                continue
            }
            #expect(hint?.contains("infusionctl visit start \(visit.id)") == true)
        }
        #expect(try await world.ask(ClinicInterface.ShowVisit(visit: visit.id)).found.status == visit.status)
        try await world.close()
    }

    @Test("who comes after a no-show takes it back, and the answer names what is called off")
    func tookBack() async throws {
        let world = try await World(clinicText(chairs: 2))
        let visit = try await book(world)
        _ = try await world.ask(ServiceInterface.AdvanceClock(until: visit.start), by: World.peer(.admin))
        let lost = try await world.ask(ClinicInterface.RecordNoShow(visit: visit.id))
        let madeUp = lost.difference?.visits.first { $0.id != visit.id }?.id
        let reply = try await world.ask(ClinicInterface.RecordFact(visit: visit.id, fact: "arrived"))
        #expect(reply.tookBack == .noShow && reply.found.status == .arrived && reply.movedFrom == nil)
        #expect(reply.calledOff?.map(\.id) == madeUp.map { [$0] })
        #expect(reply.calledOff?.allSatisfy { $0.status == .cancelled } ?? (madeUp == nil))
        #expect(try world.service.store.verify().isGood)
        try await world.close()
    }

    @Test("what a patient came for is near, unless it is meant")
    func notTreated() async throws {
        let world = try await World(clinicText(chairs: 2))
        let visit = try await book(world)
        var call = ClinicInterface.RecordNotTreated(visit: visit.id, obstacle: "ate", makeUp: false)
        guard case .refused("slip", _, _, _, _)? = try await world.failure(of: call, by: World.peer(.clinician)) else {
            Issue.record("not treated, days ahead")
            return
        }
        call.yes = true
        #expect(try await world.ask(call, by: World.peer(.clinician)).recorded)
        try await world.close()
    }

    @Test("a move changes what is named, and a plan the rest")
    func move() async throws {
        let world = try await World(clinicText(chairs: 2))
        let visit = try await book(world)
        let other = try await book(world, patient: 2)
        func move(_ change: (inout ClinicInterface.MoveVisit) -> Void) -> ClinicInterface.MoveVisit {
            var call = ClinicInterface.MoveVisit(visit: visit.id, reason: "other")
            change(&call)
            return call
        }
        let free = other.chair == "chair-1" ? "chair-2" : "chair-1"
        _ = try await world.ask(ClinicInterface.ConfirmVisit(visit: visit.id))
        _ = try await world.ask(move { $0.chair = free })
        let moved = try await world.ask(ClinicInterface.ShowVisit(visit: visit.id)).found
        #expect(moved.chair == free && moved.start == visit.start && moved.attendants == visit.attendants)
        #expect(moved.status == .confirmed && moved.told)
        let taken = move {
            $0.chair = other.chair
            $0.at = ClockTime(minutes: other.start.clock)
        }
        guard case .refused(let rule, let message, let hint, _, _)? = try await world.failure(of: taken) else {
            Issue.record("two on one chair")
            return
        }
        #expect(["chair-free", "attendant-capacity"].contains(rule) && message.contains(other.chair) && hint != nil)
        var planned = taken
        planned.plan = true
        planned.at = nil
        _ = try await world.ask(planned)
        let after = try await world.ask(ClinicInterface.ShowVisit(visit: visit.id)).found
        #expect(after.chair == other.chair)
        #expect(after.start.second >= other.end.second || after.end.second <= other.start.second)
        try await world.close()
    }

    @Test("a fact that is set right says whose it was, to whoever may know")
    func corrected() async throws {
        let world = try await World()
        let visit = try await book(world)
        try await world.ask(ServiceInterface.AdvanceClock(until: visit.start), by: World.peer(.admin))
        let arrived = try await world.ask(ClinicInterface.RecordFact(visit: visit.id, fact: "arrived"))
        let event = try #require(arrived.event)
        let undone = try await world.ask(ClinicInterface.CorrectFact(visit: visit.id, event: event))
        #expect(undone.recorded && undone.found.status == visit.status)
        #expect(undone.meant?.map(\.recordNumber) == ["MRN-1"] && undone.meant == arrived.meant)
        try await world.close()
    }
}
