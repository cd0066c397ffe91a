import Checker
import Clinic
import Planning
import TestSupport
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Repairs")
struct RepairTests {
    /// A clinic with booked courses on which something goes wrong, from a seed.
    private struct Broken {
        let world: World
        var dice: SplitMix64
        var hits: Set<String> = []

        init(seed: UInt64) async throws {
            dice = SplitMix64(seed: seed)
            world = try await World(clinicText(chairs: 4))
            for number in 1...8 {
                let patient = try await world.patient(number)
                let day = Day("2026-03-03")! + dice.number(0...3)
                let course = CourseRequestMessage(
                    patient: patient, regimen: dice.chance(70) ? "three" : "one", earliest: day, startWithinDays: 3)
                let failure = try await world.failure(of: ClinicInterface.BookCourse(course: course))
                #expect(failure == nil, "seed \(seed)")
            }
            for visit in world.state.allCourses.flatMap({ world.state.visits(of: $0) }) where dice.chance(50) {
                try await world.ask(ClinicInterface.ConfirmVisit(visit: visit.id.text))
            }
            for _ in 0..<dice.number(1...3) { try await lose() }
        }

        private mutating func lose() async throws {
            let day = Day("2026-03-03")! + dice.number(0...6)
            let reply: AvailabilityReply
            switch dice.number(0...2) {
            case 0:
                reply = try await world.ask(
                    ClinicInterface.AddTimeOff(person: dice.pick(["rn-1", "rn-2"]), from: day, through: day + 1))
            case 1:
                reply = try await world.ask(
                    ClinicInterface.AddOutage(chair: "chair-\(dice.number(1...4))", from: day, through: day + 2))
            default:
                reply = try await world.ask(
                    ClinicInterface.AddClosure(from: day, hours: ClockWindow(Interval(540, 600 + dice.number(0...60)))))
            }
            hits.formUnion(reply.hits.map(\.visit.id))
        }

        /// What the Checker finds wrong with the visits that are to come.
        func breaches() -> [String] {
            let snapshot = world.service.publication.current
            let state = snapshot.state
            let items = state.allCourses.flatMap { course in
                state.visits(of: course).compactMap { visit in
                    snapshot.calendar.calendars[visit.day].flatMap { visit.booking(on: $0) }.map {
                        BookingToCheck($0, overrides: [], request: course.request)
                    }
                }
            }
            let setting = Setting(
                facility: state.planningFacility, calendars: snapshot.calendar.calendars,
                timeOff: state.planningTimeOff, outages: state.planningOutages, bookings: [],
                now: World.start.minute, today: Day("2026-03-02")!)
            return checkBookings(items, in: setting).map(\.message)
        }

        /// Successive visits that are not one to seven days apart.
        func gaps() -> [String] {
            world.state.allCourses.flatMap { course in
                let visits = world.state.visits(of: course).filter(\.status.occupies)
                return zip(visits, visits.dropFirst()).compactMap { before, visit in
                    let most = 7 * (visit.number - before.number)
                    return (1...most).contains(visit.day - before.day) ? nil : "\(visit.id) \(visit.day - before.day)"
                }
            }
        }
    }

    @Test("after the repair of a random broken day the Checker finds every rule kept", arguments: UInt64(1)...12)
    func repaired(seed: UInt64) async throws {
        let broken = try await Broken(seed: seed)
        let world = broken.world
        #expect(broken.breaches().isEmpty == broken.hits.isEmpty, "seed \(seed)")
        let before = world.state
        let proposed = try await world.ask(ClinicInterface.ProposeRepair())
        #expect(world.state.visits == before.visits, "seed \(seed): proposing changes nothing")
        let told = proposed.proposal == nil ? 0 : 1
        #expect(world.state.lastEvent == before.lastEvent + told, "seed \(seed)")
        #expect((proposed.proposal == nil) == broken.hits.isEmpty, "seed \(seed)")
        #expect(Set(proposed.found.broken.map(\.visit.id)) == broken.hits, "seed \(seed)")
        let applied = try await world.ask(ClinicInterface.ApplyRepair(proposal: proposed.proposal, request: "r"))
        #expect(applied.recorded == !broken.hits.isEmpty, "seed \(seed)")
        #expect(applied.found.differences == proposed.found.differences, "seed \(seed)")
        #expect(broken.breaches() == [], "seed \(seed)")
        #expect(broken.gaps() == [], "seed \(seed)")
        let rest = try await world.ask(ClinicInterface.ProposeRepair())
        #expect(rest.proposal == nil && rest.found.unresolved.isEmpty, "seed \(seed)")
        for change in applied.found.differences.flatMap(\.visits) {
            guard let before = change.before, let after = change.after else { continue }
            let isCalled = applied.found.differences.contains { $0.calls.contains(change.id) }
            let loses = before.start != after.start || after.status == .cancelled
            #expect(isCalled == (loses && before.told), "seed \(seed), \(change.id)")
        }
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound, "seed \(seed)")
        try await world.finish()
        let again = try await World(folder: world.folder)
        #expect(again.state.visits == world.state.visits, "seed \(seed)")
        try await again.close()
    }

    @Test("a proposal that no longer fits is refused whole, with what does not fit", arguments: UInt64(1)...6)
    func stale(seed: UInt64) async throws {
        let broken = try await Broken(seed: seed)
        let world = broken.world
        let proposed = try await world.ask(ClinicInterface.ProposeRepair())
        guard let proposal = proposed.proposal,
            let after = proposed.found.differences.flatMap(\.visits).compactMap(\.after).first(where: { $0.hasPlace })
        else {
            try await world.close()
            return
        }
        try await world.ask(ClinicInterface.AddOutage(chair: after.chair, from: after.start.day))
        let before = world.state
        let failure = try await world.failure(of: ClinicInterface.ApplyRepair(proposal: proposal))
        guard case .stale(_, let changed, nil)? = failure else {
            Issue.record("seed \(seed): \(String(describing: failure))")
            return
        }
        #expect(changed.contains { $0.visit == after.id && $0.rule == "chair-in-service" }, "seed \(seed)")
        #expect(world.state.visits == before.visits, "seed \(seed)")
        // Sought and made in one go it fits the present.
        let applied = try await world.ask(ClinicInterface.ApplyRepair())
        #expect(applied.recorded, "seed \(seed)")
        #expect(broken.breaches() == [], "seed \(seed)")
        try await world.close()
    }

    @Test("what is not there is named, and a repair of nothing is nothing")
    func nothing() async throws {
        let world = try await World()
        _ = try await world.course()
        #expect(
            try await world.failure(of: ClinicInterface.ApplyRepair(proposal: "rp9"))
                == .noSuchProposal(proposal: "rp9"))
        let last = world.state.lastEvent
        let reply = try await world.ask(ClinicInterface.ApplyRepair())
        #expect(!reply.recorded && reply.event == nil && reply.found.differences.isEmpty)
        #expect(world.state.lastEvent == last)
        #expect(
            try await world.failure(of: ClinicInterface.ProposeImprovement(weeks: 27))
                == .invalidValue(field: "weeks", message: "expected 1 to 26 weeks, found 27", hint: nil))
        try await world.close()
    }

    @Test("an improvement moves only visits nobody was told of, and costs less", arguments: UInt64(1)...6)
    func improved(seed: UInt64) async throws {
        var broken = try await Broken(seed: seed)
        let world = broken.world
        try await world.ask(ClinicInterface.ApplyRepair())
        // The losses are over: what was moved out of their way may come back.
        let lost = try await world.ask(ClinicInterface.ListAvailability())
        let ids = lost.timeOff.map(\.id) + lost.outages.map(\.id) + lost.closures.compactMap(\.id)
        try await world.ask(ClinicInterface.TakeBack(ids: ids))
        _ = broken.dice.next()
        let proposed = try await world.ask(ClinicInterface.ProposeImprovement(weeks: 4))
        for change in proposed.found.differences.flatMap(\.visits) {
            #expect(change.before?.told == false && change.before?.status == .tentative, "seed \(seed)")
            #expect(change.before?.pinned == false, "seed \(seed)")
        }
        #expect(proposed.found.differences.allSatisfy { $0.calls.isEmpty }, "seed \(seed)")
        #expect((proposed.found.gain ?? 0 > 0) == (proposed.proposal != nil), "seed \(seed)")
        guard let proposal = proposed.proposal else {
            try await world.close()
            return
        }
        let applied = try await world.ask(ClinicInterface.ApplyImprovement(proposal: proposal))
        #expect(applied.recorded, "seed \(seed)")
        #expect(broken.breaches() == [] && broken.gaps() == [], "seed \(seed)")
        let rest = try await world.ask(ClinicInterface.ProposeImprovement(weeks: 4))
        #expect(rest.proposal == nil, "seed \(seed)")
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound, "seed \(seed)")
        try await world.close()
    }
}

extension VisitMessage {
    /// Whether it takes its planned place.
    fileprivate var hasPlace: Bool { [.tentative, .confirmed, .arrived, .inProgress].contains(status) }
}
