import Clinic
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Commands of one turn", .timeLimit(.minutes(10)))
struct WriteBatchTests {
    private static let desk = Caller(uid: 4000, user: "user4000", pid: 77, role: .clinician)

    private func job(_ command: Command) -> CommandJob {
        CommandJob(
            ClinicCommand { _ in
                command
            } answer: {
                ChangeReply($0)
            }, caller: Self.desk, reason: Reason(.other))
    }

    /// One of every command that names a visit or a course.
    private func commands(_ visit: VisitID, _ course: CourseID, until: Instant) -> [Command] {
        let orders: [VisitOrder] = [
            .confirm, .pin(true), .cancel(isMadeUp: true), .cancel(isMadeUp: false), .noShow(isMadeUp: true),
            .notTreated(.ate, isMadeUp: true), .omit, .move(PlaceWish()), .override(.gap),
            .postpone(until: Day("2026-03-10")!, later: .shift),
        ]
        let alterations: [CourseAlteration] = [
            .pattern(.extend(phase: nil, visits: 1)), .pattern(.end(phase: "all")), .pattern(.advance),
            .pattern(.stepBack(visits: 1)), .lifecycle(.hold), .lifecycle(.resume(from: Day("2026-03-10")!)),
            .lifecycle(.cease), .lifecycle(.replan), .lifecycle(.catchUp(within: nil, isNearest: false)),
            .lifecycle(.rollHorizon),
            .care(.prerequisite(PrerequisiteDone(name: "consent", day: Day("2026-03-02")!, visit: visit))),
            .care(.assess(Assessment(measure: "PHQ-9", score: 9, at: until))), .care(.gate(phase: "all", opens: true)),
            .care(.taskDone("call")), .held(.book), .held(.release),
        ]
        return orders.map { .visit(.order(visit, $0, .other)) }
            + alterations.map { .course(.alter(course, $0, .other)) } + [
                .visit(.recordFact(visit, Fact(.arrived, at: World.start), isOverridden: false)),
                .waiting(.add(WaitingWish(.visit(visit), earlier: true, windows: []))),
                .waiting(.add(WaitingWish(.course(course), earlier: false, windows: []))),
            ]
    }

    /// A booked course, or one that is held for an hour.
    private func course(_ world: World, _ number: Int, isHeld: Bool) async throws -> (CourseID, [VisitID]) {
        let patient = try await world.patient(number)
        let order = try oneVisit(patient, startWithinDays: 20, regimen: "three")
        if isHeld {
            let proposal = try #require(try await world.ask(ClinicInterface.ProposeCourse(course: order)).proposal)
            let held = try await world.ask(ClinicInterface.HoldProposal(proposal: proposal, minutes: 60))
            return (CourseID(held.id), held.visits.map { VisitID($0.id) })
        }
        let booked = try await world.ask(ClinicInterface.BookCourse(course: order))
        return (CourseID(booked.id), booked.visits.map { VisitID($0.id) })
    }

    @Test("whatever names what an earlier command of the turn has taken away is answered", arguments: [false, true])
    func takenAway(isHeld: Bool) async throws {
        let world = try await World()
        let count = commands(VisitID("v1"), CourseID("c1"), until: World.start).count
        for index in 0..<count {
            let (course, visits) = try await course(world, index + 1, isHeld: isHeld)
            let booked = try #require(
                try world.service.store.events(after: 0, limit: 10_000).last { $0.event.kind == .course(.booked) })
            let away: Command = isHeld ? .course(.alter(course, .held(.release), .other)) : .undo(booked)
            let command = commands(visits[1], course, until: World.start)[index]
            let answers = try world.batch([job(away), job(command), job(.patient(.add(details(1_000 + index))))])
            #expect((try? answers[0].get()) != nil, "\(command)")
            #expect((try? answers[1].get()) == nil, "\(command)")
            #expect((try? answers[2].get()) != nil, "\(command)")
            #expect(world.state.visits(of: try #require(world.state.course(course))).isEmpty)
            let gone = try await world.failure(of: ClinicInterface.ConfirmVisit(visit: visits[1].text))
            #expect(gone == .noSuchVisit(visit: visits[1].text))
        }
        #expect(world.surface.failures.isEmpty)
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("what names a held visit in the moment in which the hold ends is answered")
    func holdEnds() async throws {
        let world = try await World()
        for (index, dryRun) in [false, true, false].enumerated() {
            let (_, visits) = try await course(world, index + 1, isHeld: true)
            // Time passes, and nobody has told yet what fell due.
            world.service.clock.advance(to: Instant(seconds: world.service.clock.now.seconds + 3600))
            let visit = visits[0].text
            let pinned = try await world.failure(
                of: ClinicInterface.PinVisit(visit: visit, pinned: true, dryRun: dryRun))
            // A dry run is asked of the state as it was told last.
            #expect(pinned == .noSuchVisit(visit: visit) || dryRun)
            #expect(await world.service.ping())
        }
        try await world.close()
    }

    private func details(_ number: Int) -> PatientDetails { PatientDetails(record: "MRN-\(number)", name: "Name") }

    @Test("two imports of one turn know of each other's patients")
    func imports() async throws {
        let world = try await World()
        let first = [details(1), details(2)]
        let job = CommandJob(
            ClinicCommand(looking: { _, look throws(ClinicInterface.Failure) in
                let known = try look.known(first.map(\.record))
                return .patient(.import(first.filter { known[$0.record] == nil }))
            }) { outcome, look throws(ClinicInterface.Failure) in
                let known = try look.known(first.map(\.record))
                return ClinicInterface.ImportPatients.Reply(
                    added: outcome.events.count, ids: first.compactMap { known[$0.record]?.text })
            }, caller: Self.desk)
        let answers = try world.batch([job, job]).map { try ClinicInterface.ImportPatients.Reply($0.get()) }
        #expect(answers.map(\.added) == [1, 0] && answers[1].ids == ["p1", "p2"])
        try await world.close()
    }

    @Test("a question gets days that are not there, none in another century, and so is answered or fails")
    func days() async throws {
        let world = try await World()
        var snapshot = world.service.publication.current
        let last = snapshot.calendar.calendars.last
        for day in [last, last - 1, last + 40_000, Day("0001-01-01")!] {
            var asked = 0
            #expect(throws: ClinicInterface.Failure.self, "\(day)") {
                try snapshot.withDays { _ throws(NeedsDays) in
                    asked += 1
                    throw NeedsDays(through: day)
                }
            }
            #expect(asked == 1, "\(day)")
        }
        #expect(snapshot.calendar.calendars.last == last)
        let answer = try snapshot.withDays { snapshot throws(NeedsDays) in
            let reached = snapshot.calendar.calendars.last
            guard reached > last + 2 else { throw NeedsDays(through: reached + 1) }
            return reached
        }
        #expect(answer == last + 3 && snapshot.calendar.calendars.last == answer)
        try await world.close()
    }
}
