import Clinic
import Planning
import TestSupport
import Testing

/// Who keeps a place keeps its visit, and what a change costs is the cost of the course after it less before it.
@Suite struct PlacesKeptTests {
    private func world(_ change: (inout Facility) -> Void = { _ in }) -> World {
        var induction = Sample.induction(.booking, count: 6)
        induction.gaps = [2]
        induction.firstGap = nil
        induction.toleranceAfter = 4
        var facility = Sample.facility(regimens: [Sample.regimen("mdd", [induction])])
        change(&facility)
        return World(facility)
    }

    private func times(_ world: World) -> [Int] {
        world.course().visits.map(world.visit).filter(\.status.isOpen).map(\.place.minute).sorted()
    }

    private func cost(_ world: World) -> Int {
        world.course().visits.map(world.visit).filter(\.status.occupies).reduce(0) { $0 + $1.terms.total }
    }

    @Test func ofSixToldVisitsOneIsCancelledAndFiveStayAsTheyAre() throws {
        var world = world()
        let told = world.book().visits
        let before = told.map(world.visit)
        guard let difference = world.order(told[0], .cancel(isMadeUp: true), reason: .patientUnwell) else {
            Issue.record("no difference")
            return
        }
        for visit in before.dropFirst() {
            let now = world.visit(visit.id)
            #expect(now.place == visit.place && now.status == .confirmed && now.told, "\(visit.id)")
        }
        let open = world.course().visits.map(world.visit).filter(\.status.isOpen)
        #expect(open.count == 6)
        #expect(open.sorted { $0.day < $1.day }.map(\.number) == [1, 2, 3, 4, 5, 6])
        let added = try #require(open.first { !told.contains($0.id) })
        #expect(added.day > before[5].day && added.status == .tentative)
        #expect(difference.calls.contains(added.id))
        #expect(difference.visits.filter(\.isMoved).isEmpty)
    }

    @Test func aLossTakenBackTakesAwayWhatWasAddedForIt() {
        var world = world()
        let told = world.book().visits
        let before = times(world)
        let now = Instant(minute: world.visit(told[0]).place.minute)
        world.order(told[0], .noShow(isMadeUp: true), now: now)
        #expect(times(world) != before)
        world.accept(
            .visit(.recordFact(told[0], Fact(.arrived, at: now), isOverridden: false, isMeant: true)), now: now)
        let open = world.course().visits.map(world.visit).filter(\.status.occupies)
        #expect(open.map(\.id).sorted { $0.number < $1.number } == told)
        #expect(open.sorted { $0.day < $1.day }.map(\.number) == [1, 2, 3, 4, 5, 6])
    }

    @Test func aLostVisitIsMadeUpOnItsOwnDayOrBeforeOnlyWhereThatIsAsked() {
        for (start, allowed) in [
            (VisitOrder.MakeUpStart.later, 1...9), (.sameDay, 0...9), (.earlier, -9...9),
        ] {
            var world = World()
            let visits = world.book().visits
            let lost = world.visit(visits[2])
            world.order(visits[2], .cancel(isMadeUp: true, from: start))
            let made = world.course().visits.map(world.visit).first { $0.status.isOpen && !visits.contains($0.id) }
            let days = made.map { $0.day - lost.day } ?? 99
            #expect(allowed.contains(days), "\(start): \(days)")
            if start != .later { #expect(days <= 0, "\(start): \(days)") }
        }
    }

    @Test func whatAPatientWantsForAllVisitsCountsNothingForWhatWasTold() {
        var world = world()
        world.book()
        var wish = world.course().wish
        wish.usual = 660
        world.alter("c1", .pattern(.change(wish, from: nil)), reason: .clinical)
        let byClinic = world.course().visits.map(world.visit).filter { $0.place.start.clock == 660 }
        wish.usual = 645
        world.alter("c1", .pattern(.change(wish, from: nil)), reason: .patientRequest)
        let byPatient = world.course().visits.map(world.visit).filter { $0.place.start.clock == 645 }
        // Eight for the time is less than fifteen for a call.
        #expect(byClinic.isEmpty && byPatient.count == 6)
    }

    @Test func theCostOfAChangeCountsTheVisitAfterIt() {
        var induction = Sample.induction()
        induction.toleranceBefore = 1
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation, induction])]))
        let visits = world.book(Sample.order { $0.earliest = Sample.monday + 1 }).visits
        let before = cost(world)
        let day = world.visit(visits[1]).day + 1
        guard
            let difference = world.order(
                visits[1], .place(PlaceWish(from: day, through: day)), reason: .patientRequest)
        else {
            Issue.record("no difference")
            return
        }
        #expect(cost(world) - before == difference.costAfter - difference.costBefore)
        // A day later after the evaluation, and a day less before the next.
        #expect(difference.costAfter - difference.costBefore == 20)
    }

    @Test func aVisitThatARepairCallsOffIsMadeUpInTheSameDifference() throws {
        let single = Phase(name: "booster", visit: "iv", count: .exactly(1), confirm: .booking)
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [single])]))
        let visits = world.book(Sample.order { $0.startWithinDays = 0 }).visits
        let lost = world.visit(visits[0])
        let closure = Closure(from: lost.day, through: lost.day)
        world.accept(.availability(.addClosure(closure)))
        guard
            case .found(let found) = longEnough(
                try proposeRepair(state: world.state, calendar: world.calendar, now: Sample.now))
        else {
            Issue.record("no repair")
            return
        }
        #expect(found.moves.map(\.isUnplaced) == [false] && found.moves[0].to == nil)
        world.accept(.repair(.change(found, .weather)))
        let open = world.course().visits.map(world.visit).filter(\.status.isOpen)
        #expect(open.count == 1 && open[0].day > lost.day && open[0].day <= lost.day + 7)
        #expect(open.first?.latestDay == lost.day + 7)
        #expect(world.visit(visits[0]).status == .cancelled(.early, .weather))
    }
}
