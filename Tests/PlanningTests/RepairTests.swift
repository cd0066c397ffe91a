import Checker
import Planning
import TestSupport
import Testing

@Suite struct RepairTests {
    @Test func repairAgreesWithTryingEverything() {
        var compared = 0
        var interesting = 0
        var (repaired, fastIsBest) = (0, 0)
        var proofs: Set<RepairProof> = []
        for seed in seeds(200) {
            let world = RepairWorld(seed: seed)
            let proposal = repair(world.courses, on: world.calendar, now: world.now, budget: 2_000_000)
            check(proposal, world, seed)
            let fast = repair(world.courses, on: world.calendar, now: world.now, budget: 0)
            check(fast, world, seed)
            if fast.score == proposal.score { fastIsBest += 1 }
            #expect(fast.score >= proposal.score, "seed \(seed)")
            repaired += 1
            var oracle = RepairOracle(world)
            guard proposal.isBest, let best = oracle.run(atMost: Self.limit) else { continue }
            compared += 1
            if best.changed > 0 { interesting += 1 }
            #expect(proposal.score == best, "seed \(seed)")
            for budget in [0, 20, 60, 200, 600] {
                let partial = repair(world.courses, on: world.calendar, now: world.now, budget: budget)
                proofs.insert(partial.proof)
                expectProof(of: partial, best, seed)
            }
        }
        #expect(proofs == Set(RepairProof.allCases), "\(proofs)")
        // The fast answer is mostly the best one, and comparing is not in vain.
        #expect(fastIsBest * 100 >= repaired * 90, "\(fastIsBest) of \(repaired)")
        #expect(compared * 2 >= repaired && interesting * 3 >= compared, "\(compared) compared, \(interesting) changed")
    }

    /// Places tried by the oracle before it gives up.
    private static let limit = 150_000

    /// What a repair says cannot be better is as good as in the best one.
    private func expectProof(of proposal: RepairPlan, _ best: RepairScore, _ seed: UInt64) {
        let score = proposal.score
        switch proposal.proof {
        case .nothing: break
        case .unplaced: #expect(score.unplaced == best.unplaced, "seed \(seed)")
        case .calls: #expect((score.unplaced, score.told) == (best.unplaced, best.told), "seed \(seed)")
        case .moves:
            #expect(
                (score.unplaced, score.told, score.others) == (best.unplaced, best.told, best.others), "seed \(seed)")
        case .best: #expect(score == best, "seed \(seed)")
        }
    }

    /// After the repair every rule holds, nothing pinned has moved, and what is under way is where it was.
    private func check(_ proposal: RepairPlan, _ world: RepairWorld, _ seed: UInt64) {
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
