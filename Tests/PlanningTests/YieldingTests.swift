import Checker
import Planning
import TestSupport
import Testing

/// Visits that yield their places to a course that has no plan otherwise.
@Suite struct YieldingTests {
    @Test func makingRoomAgreesWithTryingEverything() {
        var (compared, some, none, several, told) = (0, 0, 0, 0, 0)
        for seed in seeds(120) {
            let world = YieldingWorld(seed: seed)
            let found = room(in: world, budget: 100_000_000)
            #expect(found.isExhaustive, "seed \(seed)")
            if let best = found.best { check(best, world, seed) }
            var oracle = YieldingOracle(world, atMost: 2500)
            let best = oracle.run()
            guard oracle.isComplete else { continue }
            compared += 1
            #expect(found.best?.score == best, "seed \(seed)")
            switch best?.displaced {
            case nil: none += 1
            case 0?: break
            case 1?: some += 1
            default: several += 1
            }
            if best.map({ $0.told > 0 }) ?? false { told += 1 }
        }
        // Comparing is not in vain.
        let counts = "\(compared) compared: \(some) by one, \(several) by more, \(none) by none, \(told) told"
        #expect(compared >= 100 && some >= 12 && several >= 3 && none >= 30 && told >= 3, "\(counts)")
    }

    /// What is found before the budget is spent is a way all the same, and never better than the best.
    @Test func aSearchThatIsCutShortSaysSo() {
        var isCut = false
        for seed in seeds(40) {
            let world = YieldingWorld(seed: seed)
            let whole = room(in: world, budget: 100_000_000)
            for budget in [0, 600, 1500, 4000] {
                let found = room(in: world, budget: budget)
                if found.isExhaustive {
                    #expect(found.best == whole.best, "seed \(seed)")
                } else {
                    isCut = true
                    if let best = found.best { check(best, world, seed) }
                    if let best = found.best, let whole = whole.best { #expect(best.score >= whole.score) }
                }
            }
        }
        #expect(isCut)
    }

    @Test func whoKeepsTheSameTimeIsNotDisplacedAsTold() throws {
        // One recliner, one bed: an infusion that may have either stands in the recliner.
        let other = visitType("any")
        let own = visitType("reclined", features: ["recliner"])
        let facility = clinic(
            hours: "09:00-09:30", chairs: [chair("recliner", "recliner"), chair("bed")],
            staff: [person("n1", "nurse"), person("n2", "nurse")], visitTypes: [other, own])
        let day = Day(number: 20_000)
        let booked = booking("v1", other, on: day, at: 540, chair: "recliner")
        let standing = RepairCourse(
            request: course([phase(1, of: "any")], at: facility, earliest: day, id: "k2", patient: "q1"),
            visits: [
                RepairVisit(
                    booking: booked, number: 1, phase: "induction", gap: AskedGap(ideal: 0, allowed: 0...0), told: true)
            ])
        var request = course([phase(1, of: "reclined")], at: facility, earliest: day)
        request.wish.startWithinDays = 0
        let calendar = PlanningCalendar(
            facility: facility, calendars: .utc(from: day - 1, count: 40), bookings: [booked])
        let found = longEnough(
            try makeRoom(
                for: SeekingCourse(request: request, visits: []), by: [YieldingVisit(course: standing, index: 0)],
                on: calendar, now: (day - 1).number * 1440, today: day - 1))
        let best = try #require(found.best)
        #expect(best.score.told == 0 && best.score.displaced == 1)
        #expect(best.moves.map(\.after) == [Placement(day: day, start: 540, chair: "bed", persons: ["n1"])])
        #expect(best.plan.visits.map(\.placement.chair) == ["recliner"])
    }

    private func room(in world: YieldingWorld, budget: Int) -> YieldingOutcome {
        longEnough(
            try makeRoom(
                for: world.seeking, by: world.yielding, on: world.calendar(), now: world.now, today: world.monday,
                budget: budget))
    }

    /// All bookings and the plan keep every rule together, neighbours are where they were, and three moved at most.
    private func check(_ found: YieldedPlaces, _ world: YieldingWorld, _ seed: UInt64) {
        let after = Dictionary(uniqueKeysWithValues: found.moves.map { ($0.visit, $0.after) })
        var items: [BookingToCheck] = []
        var yielded: [YieldedBooking] = []
        for course in world.courses {
            for (index, visit) in course.visits.enumerated() {
                var booking = visit.booking
                booking.placement = after[booking.id] ?? booking.placement
                items.append(BookingToCheck(booking, request: course.request))
                guard let place = after[booking.id] else { continue }
                let days = course.visits.map(\.booking.placement.day)
                yielded.append(
                    YieldedBooking(
                        before: visit.booking, after: place, request: course.request, number: index + 1,
                        previous: index > 0 ? days[index - 1] : nil,
                        next: index + 1 < days.count ? days[index + 1] : nil, isTold: visit.told,
                        isPinned: visit.pinned))
            }
        }
        for visit in found.plan.visits {
            let booking = Booking(
                id: VisitID("seeking/\(visit.number)"), patient: world.seeking.request.patient,
                visitType: visit.visitType, placement: visit.placement)
            items.append(BookingToCheck(booking, request: world.seeking.request))
        }
        let breaches = checkBookings(items, in: world.setting()) + checkYielding(yielded, in: world.setting())
        #expect(yielded.count == found.moves.count && breaches.isEmpty, "seed \(seed): \(breaches)")
        #expect(found.plan.visits.allSatisfy { $0.placement.day <= world.monday + 2 }, "seed \(seed)")
    }
}
