import Clinic
import Foundation
import HashTreeCollections
import Planning
import Store
import StrictJSON
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Time that passes")
struct TimeTests {
    private let admin = World.peer(.admin)

    private func alerts(_ world: World) throws -> [(event: RecordedEvent, alert: Alert)] {
        try world.service.store.events(after: 0, limit: 100_000).compactMap { event in
            if case .alert(.raised(let alert)) = event.event { (event, alert) } else { nil }
        }
    }

    private func book(_ world: World, _ number: Int = 1, regimen: String = "three") async throws -> [VisitMessage] {
        let patient = try await world.patient(number)
        return try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0, regimen: regimen))
        ).visits
    }

    @Test("an advanced clock stops at every due instant, and everything is told at its own")
    func stops() async throws {
        let world = try await World()
        let visits = try await book(world)
        let start = visits[0].start
        let reply = try await world.ask(ServiceInterface.AdvanceClock(minutes: 3 * 1440), by: admin)
        #expect(reply.now.text == "2026-03-05T07:00:00+00:00")
        let told = try alerts(world)
        #expect(told.allSatisfy { $0.event.at == $0.alert.due })
        #expect(Set(told.map(\.alert)).count == told.count)
        let late = try #require(told.first { $0.alert.kind == .visitLate })
        #expect(late.alert.due.seconds == start.second + 15 * 60)
        #expect(late.alert.subject == .visit(VisitID(visits[0].id)))
        // Those that fell due with the booking came before the clock moved.
        let onTheWay = Set(told.map(\.alert.due.seconds).filter { $0 > World.start.seconds })
        #expect(reply.stops.map(\.second) == onTheWay.sorted() && !onTheWay.isEmpty)
        // What an outside look finds is what was told.
        let state = world.service.publication.current
        #expect(
            due(
                state.state, after: World.start, through: world.service.clock.now,
                calendars: state.calendar.calendars
            ).allSatisfy { expected in told.contains { $0.alert == expected } })
        try await world.close()
    }

    @Test("a call goes no further than so many stops, and the next one goes on from there")
    func bounded() async throws {
        let world = try await World()
        _ = try await book(world)
        let target = Instant(seconds: World.start.seconds + 20 * 86_400)
        var stops: [Instant] = []
        while world.service.clock.now < target {
            let more = try #require(await world.service.pass(to: target, stopsMaximum: 2))
            #expect(more.count == 2 || world.service.clock.now == target)
            stops += more
        }
        #expect(stops.count > 4 && Set(stops).count == stops.count && stops == stops.sorted())
        #expect(try Set(alerts(world).map(\.event.at)).subtracting([World.start]) == Set(stops))
        try await world.close()
    }

    @Test("after a time in which nobody looked, what was missed is told once, late, by the first command")
    func late() async throws {
        let world = try await World()
        let visits = try await book(world)
        // A machine that slept: the clock is further on and nothing woke.
        let morning = Instant(seconds: visits[0].start.second + 3600)
        world.service.clock.advance(to: morning)
        _ = try await world.patient(2)
        let told = try alerts(world).filter { $0.event.at == morning }
        #expect(told.contains { $0.alert.kind == .visitLate && $0.alert.due < morning })
        _ = try await world.patient(3)
        #expect(try alerts(world).filter { $0.event.at == morning }.count == told.count)
        // They come before what the command recorded, in the order in which they fell due.
        let events = try world.service.store.events(after: 0, limit: 1000).filter { $0.at == morning }
        #expect(events.map(\.event.kind).last == .patient(.added))
        #expect(told.map(\.alert.due) == told.map(\.alert.due).sorted())
        try await world.close()
    }

    @Test("over restarts nothing that falls due is lost and nothing told twice", arguments: [true, false])
    func restarts(isClean: Bool) async throws {
        var world = try await World()
        let visits = try await book(world)
        let end = visits[2].start.second + 86_400
        var now = World.start
        var dice = Dice(seed: 4)
        while now.seconds < end {
            now = Instant(seconds: now.seconds + Int(dice.next() % 40_000))
            if isClean {
                try await world.finish()
            } else {
                // As a power cut would leave it: nothing is noted at the end.
                world.service.writer.finish()
                try world.service.store.close()
            }
            world = try await World(folder: world.folder, clock: .simulated(from: now))
        }
        let told = try alerts(world).map(\.alert)
        #expect(Set(told).count == told.count)
        let snapshot = world.service.publication.current
        let expected = due(
            snapshot.state, after: World.start, through: now, calendars: snapshot.calendar.calendars)
        #expect(Set(told).isSuperset(of: expected))
        #expect(told.contains { $0.kind == .visitLate })
        try await world.close()
    }

    @Test("what was held for somebody long enough is given up before anything else is decided")
    func expired() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let snapshot = world.service.publication.current
        let order = try oneVisit(patient, startWithinDays: 0).order(at: snapshot.facility, alternatives: 0)
        guard
            case .proposal(let proposal) = try propose(
                order, state: snapshot.state, calendar: snapshot.calendar, now: World.start)
        else { throw CancellationError() }
        let until = Instant(seconds: World.start.seconds + 900)
        _ = try await world.service.writer.run(
            world.service.own { _ in .course(.holdProposal(proposal, alternative: nil, until: until)) })
        #expect(world.service.publication.current.state.visits.count == 1)
        let reply = try await world.ask(ServiceInterface.AdvanceClock(minutes: 60), by: admin)
        #expect(reply.stops.map(\.second) == [until.seconds])
        let state = world.service.publication.current.state
        #expect(state.visits.isEmpty && state.course("c1")?.status == .ceased)
        let told = try alerts(world)
        #expect(told.map(\.alert) == [Alert(.holdExpired, .course("c1"), due: until)])
        #expect(try world.service.store.verify().isGood)
        try await world.close()
    }

    @Test("every night the visits of open-ended phases that have come inside the horizon are planned")
    func nights() async throws {
        let open = """
            , "planning": {"horizonDays": 21}
            """
        let text = clinicText(extra: open).replacing(
            #"{"id": "one", "name""#,
            with: """
                {"id": "open", "name": "Open", "source": "none",
                   "phases": [{"name": "all", "visit": "hour", "gaps": [7], "tolerance": {"before": 1, "after": 1},
                    "reviewEveryDays": 90}]},
                  {"id": "one", "name"
                """)
        let world = try await World(text)
        let visits = try await book(world, regimen: "open")
        let last = try #require(visits.last).start.day
        _ = try await world.ask(ServiceInterface.AdvanceClock(minutes: 8 * 1440), by: admin)
        let state = world.service.publication.current.state
        let later = state.visits.values.map(\.day).max()
        #expect(try #require(later) > last)
        let rolled = try world.service.store.events(after: 0, limit: 1000).contains {
            if case .course(.changed(let changed)) = $0.event { changed.action == .horizonRolled } else { false }
        }
        #expect(rolled)
        try await world.close()
    }

    @Test("the instant to wake at is the next due one, or the night's beginning")
    func wakes() async throws {
        let world = try await World()
        let midnight = Instant(seconds: World.start.seconds + 17 * 3600)
        #expect(world.service.nextWake(after: World.start) == midnight)
        let visits = try await book(world)
        let reminder = try #require(world.service.publication.current.dues.next)
        #expect(reminder == Instant(seconds: visits[0].start.second - 24 * 3600))
        #expect(world.service.nextWake(after: World.start) == min(reminder, midnight))
        try await world.close()
    }

    @Test("what falls due next is found however far away it is")
    func farAway() async throws {
        let world = try await World()
        _ = try await world.course()
        let far = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(try await world.patient(2), earliest: "2027-03-02")))
        try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "other"))
        let snapshot = world.service.publication.current
        let next = try #require(snapshot.dues.next)
        #expect(next == DueIndex(snapshot.state, calendars: snapshot.calendar.calendars).next)
        #expect(far.visits[0].start.second - next.seconds < 60 * 86_400)
        try await world.close()
    }

    @Test("a course that is long over is shown, is listed with its patient, and its change is refused for what it is")
    func closed() async throws {
        let world = try await World()
        let visit = try #require(try await book(world, regimen: "one").first)
        _ = try await world.ask(
            ServiceInterface.AdvanceClock(until: ZonedInstant(second: visit.end.second, offset: 0)), by: admin)
        let at = Instant(seconds: visit.start.second)
        for fact in [Fact(.arrived, at: at), Fact(.started, at: at), Fact(.discharged, at: at)] {
            _ = try await world.service.writer.run(
                world.service.own { _ in .visit(.recordFact(VisitID(visit.id), fact, isOverridden: true)) })
        }
        #expect(world.service.publication.current.state.course("c1")?.status == .completed)
        _ = try await world.ask(ServiceInterface.AdvanceClock(minutes: 10 * 1440), by: admin)
        try await world.finish()

        let later = try await World(folder: world.folder, clock: .simulated(from: world.service.clock.now))
        #expect(later.service.publication.current.state.course("c1") == nil)
        #expect(try await later.ask(ClinicInterface.ShowCourse(course: "c1")).visits.map(\.status) == [.completed])
        #expect(try await later.ask(ClinicInterface.ShowVisit(visit: visit.id)).found.course == "c1")
        #expect(try await later.ask(ClinicInterface.ListCourses(patient: "p1")).courses.map(\.id) == ["c1"])
        #expect(try await later.ask(ClinicInterface.ShowPatient(patient: "p1")).courses.map(\.id) == ["c1"])
        let board = try await later.ask(ClinicInterface.Day(day: visit.start.day)).board
        #expect(board.chairs.flatMap(\.holds).map(\.visit.id) == [visit.id])
        #expect(try await later.failure(of: ClinicInterface.ShowVisit(visit: "v9")) == .noSuchVisit(visit: "v9"))
        // The command names what the state did not hold.
        let refusal = await #expect(throws: CommandError.self) {
            _ = try await later.service.writer.run(
                later.service.own { _ in .course(.alter("c1", .lifecycle(.hold), .clinical)) })
        }
        let error = refusal.map { VarlinkError($0) }
        #expect(error?.name == "io.infusiond.Clinic.Refused")
        #expect(error?.parameters.text().contains("course c1 is completed") == true)
        // It was refused, and so leaves nothing behind.
        #expect(later.service.publication.current.state.course("c1") == nil)
        try await later.close()
    }
}

/// Numbers from a seed.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
