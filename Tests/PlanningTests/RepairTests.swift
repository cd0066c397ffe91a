import Checker
import Foundation
import Planning
import TestSupport
import Testing

@Suite struct RepairTests {
    private static func seeds(_ variable: String, default count: UInt64) -> Range<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["INFUSION_FIRST_SEED"].flatMap(UInt64.init) ?? 0
        return first..<(first + (environment[variable].flatMap(UInt64.init) ?? count))
    }

    @Test func repairAgreesWithTryingEverything() {
        var compared = 0
        var interesting = 0
        var (fastIsBest, fastLeavesMore) = (0, 0)
        for seed in Self.seeds("INFUSION_REPAIR_SEEDS", default: 300) {
            let world = RepairWorld(seed: seed)
            let proposal = repair(world.courses, on: world.calendar, now: world.now, budget: 2_000_000)
            check(proposal, world, seed)
            if ProcessInfo.processInfo.environment["INFUSION_TRACE"] != nil {
                print("seed", seed, proposal.isBest, proposal.steps, proposal.score); fflush(nil)
            }
            let fast = repair(world.courses, on: world.calendar, now: world.now, budget: 0)
            check(fast, world, seed)
            if fast.score == proposal.score { fastIsBest += 1 }
            #expect(fast.score >= proposal.score, "seed \(seed)")
            if fast.score.unplaced > proposal.score.unplaced { fastLeavesMore += 1 }
            var oracle = RepairOracle(world)
            guard proposal.isBest, let best = oracle.run(atMost: Self.limit) else { continue }
            compared += 1
            if best.changed > 0 { interesting += 1 }
            #expect(proposal.score == best, "seed \(seed)")
            if proposal.score != best, ProcessInfo.processInfo.environment["INFUSION_TRACE"] != nil {
                describe(world, proposal, oracle)
            }
        }
        print("repair: compared \(compared), with changes \(interesting), fast best \(fastIsBest), leaves more \(fastLeavesMore)")
    }

    private static let limit = 150_000

    private func describe(_ world: RepairWorld, _ proposal: RepairProposal, _ oracle: RepairOracle) {
        func text(_ place: Placement?) -> String {
            place.map { "\($0.day - world.monday)+\($0.start) \($0.chair) \($0.persons) \($0.covers.map { "\($0.label):\($0.person)@\($0.interval)" })" } ?? "none"
        }
        print("now", world.now - world.monday.number * 1440, "off", world.timeOff.map { "\($0.person) \($0.interval.from - world.monday.number * 1440)-\($0.interval.until - world.monday.number * 1440)" }, world.outages, world.facility.closures)
        for type in world.facility.visitTypes { print(type.id, type.chairFeatures, type.turnoverMinutes, type.attendants.map { "\($0.label) \($0.credentials) \($0.continuity) \($0.presence)" }, type.stages.map { "\($0.minutes) \($0.load) \($0.handover)" }) }
        for person in world.facility.staff { print(person.id, person.capacityPercent, person.credentials.map(\.name), person.shifts[0].hours, person.shifts[0].breaks) }
        print(world.facility.chairs, world.facility.hours[.mon]!)
        for course in world.courses {
            print(course.request.id, course.request.patient, "earliest", course.request.earliest - world.monday, course.request.startWithinDays, "previous", course.previous.map { text($0.placement) } ?? "-", "end", course.request.endDay.map { $0 - world.monday } ?? 99, course.request.availability.map(\.hours), "pref", course.request.preferredPerson?.text ?? "-", course.preferredVisit ?? 0)
            for visit in course.visits {
                print("  ", visit.booking.id, visit.booking.visitType.id, text(visit.booking.placement), visit.gaps, "ideal", visit.gapIdeal, "within", visit.within ?? 99, visit.told ? "told" : "", visit.pinned ? "pinned" : "", visit.progress, visit.overrides)
            }
        }
        for stranger in world.strangers { print("stranger", stranger.visitType.id, text(stranger.placement)) }
        print("broken", brokenVisits(of: world.courses, on: world.calendar, now: world.now).map { "\($0.visit) \($0.rules)" })
        for change in proposal.changes { print("mine", change.visit, text(change.after)) }
        for place in oracle.bestPlaces { print("best", text(place)) }
        fflush(nil)
    }

    /// After the repair every rule holds, nothing pinned has moved, and what is under way is where it was.
    private func check(_ proposal: RepairProposal, _ world: RepairWorld, _ seed: UInt64) {
        var after: [VisitID: Placement?] = [:]
        for change in proposal.changes { after[change.visit] = .some(change.after) }
        var items: [BookingToCheck] = world.strangers.map { BookingToCheck($0) }
        let unresolved = Set(proposal.unresolved.map(\.visit))
        for course in world.courses {
            for visit in course.visits {
                var booking = visit.booking
                if let change = after[booking.id] {
                    guard let place = change else {
                        #expect(visit.progress == .ahead || visit.progress == .arrived, "seed \(seed)")
                        continue
                    }
                    let isMoved = place.day != booking.placement.day || place.start != booking.placement.start
                    #expect(!visit.pinned || !isMoved, "seed \(seed): \(booking.id) is pinned and moves")
                    #expect(visit.progress != .inProgress || !isMoved && place.chair == booking.placement.chair)
                    #expect(visit.progress != .completed, "seed \(seed): what is over changes")
                    booking.placement = place
                }
                items.append(BookingToCheck(booking, overrides: visit.overrides, request: course.request))
            }
        }
        let breaches = checkBookings(items, in: world.setting([])).filter { breach in
            let visit = world.courses.flatMap(\.visits).first { $0.booking.id == breach.booking }
            return visit.map { $0.progress != .completed && !unresolved.contains($0.booking.id) } ?? false
        }
        #expect(breaches.isEmpty, "seed \(seed): \(breaches.map { "\($0.booking!) \($0.message)" })")
    }
}
