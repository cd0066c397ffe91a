import Clinic
import Planning
import Testing

/// An induction that loses visits and ends in time nevertheless, where somebody wants it to.
@Suite struct PhaseWindowTests {
    // An evaluation on Monday 2026-03-02, then three infusions from Tuesday on, ideally 5 days apart and at least 2:
    // within 11 days from the first to the last, and slipping beyond 10. Nobody is told of them yet.

    private static let tight = {
        var phase = Sample.induction(count: 3)
        phase.gaps = [5]
        phase.toleranceBefore = 3
        phase.toleranceAfter = 2
        phase.alarmDays = 10
        phase.withinDays = 11
        return phase
    }()

    private static func world(_ phase: Phase = tight) -> (world: World, visits: [VisitID]) {
        var world = World(
            Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation, phase])]))
        let visits = world.book().visits
        return (world, visits)
    }

    /// The days of the induction from its first to its last visit.
    private static func inductionDays(_ world: World) -> Int? {
        let days = world.course().visits.map(world.visit).filter { $0.phase == "induction" && $0.status.occupies }
            .map(\.day)
        return days.first.flatMap { first in days.last.map { $0 - first } }
    }

    /// The clinic after the first visit of the induction was given and the patient stayed away from the second, and the
    /// clinic closes on some days after the first.
    private static func afterALoss(keepsWindow: Bool, closing: ClosedRange<Int>? = nil) -> (World, PlanDifference) {
        var (world, visits) = Self.world()
        world.give(visits[0])
        let first = world.visit(visits[1])
        world.give(visits[1])
        if let closing {
            let (from, through) = (first.day + closing.lowerBound, first.day + closing.upperBound)
            world.accept(.availability(.addClosure(Closure(from: from, through: through))))
        }
        let lost = world.visit(visits[2])
        let command = Command.visit(.order(lost.id, .noShow(isMadeUp: true), .other, keepsWindow: keepsWindow))
        let recorded = Instant(minute: lost.place.minute + 300)
        guard case .changed(let difference) = world.accept(command, now: recorded) else {
            preconditionFailure("a loss changes the course")
        }
        return (world, difference)
    }

    @Test func aCourseThatWillNotEndInTimeIsKnownAndStandsOnTheMorningSheet() throws {
        let (kept, _) = Self.afterALoss(keepsWindow: true)
        #expect(kept.course().overrun(kept.state.visits(of: kept.course()).map(\.image)) == nil)
        let (world, _) = Self.afterALoss(keepsWindow: false)
        let visits = world.state.visits(of: world.course())
        let overrun = try #require(world.course().overrun(visits.map(\.image)))
        let first = try #require(visits.first { $0.phase == "induction" }).day
        #expect(overrun.phase == "induction" && overrun.through == first + 11)
        #expect(overrun.ends == visits.last?.day && overrun.ends.map { $0 > overrun.through } ?? false)
        let now = Instant(minute: (first + 6).number * 1440 + 540)
        let sheet = wholeMorningSheet(of: first + 6, now: now, state: world.state, calendar: world.calendar)
        let line = try #require(sheet.first { $0.kind == .slipping })
        #expect(line.course == "c1" && line.due == overrun.through && line.detail == "induction")
        // A visit that has no place at all is worse than a late one.
        var images = visits.map(\.image)
        images[images.count - 1].status = .cancelled(.early, .staffing)
        let owed = try #require(world.course().overrun(images))
        #expect(owed.ends == nil && owed.isWorse(than: overrun) && !overrun.isWorse(than: owed))
        #expect(overrun.isWorse(than: nil) && !overrun.isWorse(than: overrun))
        images[images.count - 1].isForgone = true
        #expect(world.course().overrun(images) == nil)
    }

    @Test func anExtendedPhaseHasAsMuchMoreTimeAsItsVisitsIdeallyTake() throws {
        var phase = Self.tight
        phase.gaps = [5, 2]
        var (world, _) = Self.world(phase)
        world.alter("c1", .pattern(.extend(phase: "induction", visits: 2)))
        // The gaps before its fourth and fifth visit are 5 and 2.
        let extended = try #require(world.course().template.phase("induction"))
        #expect(extended.withinDays == 18 && extended.alarmDays == 17 && extended.plannedCount == 5)
    }

    @Test func aLossThatNobodyMindsLetsTheWindowSlipAndSaysSo() throws {
        let (world, difference) = Self.afterALoss(keepsWindow: false)
        let length = try #require(Self.inductionDays(world))
        #expect(length > 11)
        let window = try #require(difference.window)
        #expect(!window.isKept && window.phase == "induction" && window.refusal == nil && window.nearest == nil)
        #expect(window.ends - window.through == length - 11)
    }

    @Test func withTheWindowKeptTheRestCatchesUpWithNoMoreCallsThanThatTakes() throws {
        let (slipping, _) = Self.afterALoss(keepsWindow: false)
        let (world, difference) = Self.afterALoss(keepsWindow: true)
        #expect(try #require(Self.inductionDays(world)) <= 11)
        #expect(try #require(difference.window).isKept)
        // The visit that makes up for the lost one is told, at least; nobody was told of the others.
        #expect(!difference.calls.isEmpty && difference.calls.count <= 4)
        #expect(try #require(Self.inductionDays(slipping)) > 11)
    }

    @Test func aCourseThatSlipsIsBroughtBackAndOneThatDoesNotStays() throws {
        var (world, _) = Self.afterALoss(keepsWindow: false)
        let now = Instant(minute: world.events.last.map(\.at.minute) ?? 0)
        let later = Instant(minute: (Sample.monday.number + 7) * 1440 + 1200)
        let changed = world.alter("c1", .lifecycle(.catchUp(within: nil, isNearest: false)), now: max(now, later))
        let difference = try #require(changed)
        #expect(difference.action == .courseCaughtUp)
        #expect(try #require(Self.inductionDays(world)) <= 11)
        #expect(try #require(difference.window).isKept)
        let again = world.decision(
            .course(.alter("c1", .lifecycle(.catchUp(within: 11, isNearest: false)), .other)), now: max(now, later))
        #expect(again == .accepted([], PrivateDetails(), .done))
    }

    @Test func whereTheWindowCannotBeKeptALossIsRecordedAndTheAnswerSaysWhyAndWhatComesNearest() throws {
        // Nobody is there from the day after the loss until the window is nearly over.
        let (world, difference) = Self.afterALoss(keepsWindow: true, closing: 7...10)
        let window = try #require(difference.window)
        #expect(!window.isKept)
        let refusal = try #require(window.refusal)
        #expect(!refusal.days.isEmpty && refusal.phase == "induction")
        #expect(world.course().visits.map(world.visit).contains { $0.status == .noShow })
        if let nearest = window.nearest { #expect(nearest > window.through && nearest < window.ends) }
    }

    @Test func catchingUpThatCannotBeIsRefusedWithTheNearestAndTheNearestCanBeHad() {
        var (world, _) = Self.afterALoss(keepsWindow: true, closing: 7...10)
        let now = Instant(minute: (Sample.monday.number + 7) * 1440 + 1200)
        let command = Command.course(.alter("c1", .lifecycle(.catchUp(within: nil, isNearest: false)), .other))
        guard case .windowLost(let lost)? = world.refusal(command, now: now) else {
            Issue.record("the window cannot be kept")
            return
        }
        #expect(lost.phase == "induction" && lost.refusal.phase == "induction")
        guard let nearest = lost.nearest else { return }
        #expect(nearest > lost.through)
        world.alter("c1", .lifecycle(.catchUp(within: nil, isNearest: true)), now: now)
        let last = world.course().visits.map(world.visit).last { $0.phase == "induction" && $0.status.occupies }
        #expect(last?.day == nearest)
    }

    @Test func aMoveThatWouldLoseTheWindowIsRefusedWhereItIsToBeKept() {
        var (world, visits) = Self.world()
        world.give(visits[0])
        let first = world.visit(visits[1])
        let now = Instant(minute: first.place.minute + 80)
        world.give(visits[1])
        let last = world.visit(visits[3])
        let wish = PlaceWish(from: first.day + 12, through: first.day + 16)
        let move = Command.visit(.order(last.id, .move(wish), .other, keepsWindow: true))
        guard case .windowLost(let lost)? = world.refusal(move, now: now) else {
            Issue.record("the window would be lost")
            return
        }
        #expect(lost.refusal.days.allSatisfy { $0.closedBy == .phaseWindow })
        world.order(last.id, .move(wish), now: now)
        #expect(world.visit(last.id).day > first.day + 11)
    }

    @Test func withoutAWindowThereIsNothingToCatchUpWith() {
        var phase = Sample.induction(count: 3)
        phase.withinDays = nil
        let (world, _) = Self.world(phase)
        let command = Command.course(.alter("c1", .lifecycle(.catchUp(within: nil, isNearest: false)), .other))
        #expect(world.refusal(command) == .noWindow("c1"))
    }
}
