import Clinic
import Planning
import TestSupport
import Testing

/// Reviews of an open-ended phase by which the course ends.
@Suite struct ReviewEndTests {
    /// A course of weekly visits without an end, two of them given, the others told.
    private func running() -> (world: World, visits: [VisitID], now: Instant) {
        let open = Phase(
            name: "upkeep", visit: "iv", count: .open, gaps: [7], toleranceBefore: 2, toleranceAfter: 3,
            confirm: .booking, reviewEveryDays: 7)
        var facility = Sample.facility(regimens: [Sample.regimen("mdd", [open])])
        facility.planning.horizonDays = 40
        var world = World(facility)
        let visits = world.book().visits
        for visit in visits.prefix(2) { world.give(visit) }
        return (world, visits, Instant(minute: world.visit(visits[1]).interval.until + 30))
    }

    @Test func theCourseIsCompletedAndWhatIsToComeIsOnTheList() throws {
        var (world, visits, now) = running()
        let task = try #require(world.state.tasks(of: world.course()).first { $0.kind == .review })
        let before = world
        world.alter("c1", .care(.taskDone(task.id, ends: true)), now: now)
        #expect(world.course().status == .completed)
        let ahead = visits.dropFirst(2)
        #expect(!ahead.isEmpty && ahead.allSatisfy { !world.visit($0).status.occupies && world.visit($0).isForgone })
        let list =
            CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls().flatMap(\.reasons) ?? []
        #expect(Set(list.map(\.visit)) == Set(ahead) && list.allSatisfy { $0.purpose == .calledOff })
        #expect(world.events.last { !$0.event.courseChanges.isEmpty }?.event.courseChanges[0].action == .courseEnded)
        // The night plans nothing more of it.
        #expect(!world.state.coursesToRoll.contains("c1"))
        let event = try #require(world.events.last { !$0.event.courseChanges.isEmpty })
        world.accept(.undo(event), now: now)
        #expect(world.course() == before.course() || world.course().status == .active)
        #expect(ahead.allSatisfy { world.visit($0).status == before.visit($0).status })
    }

    @Test func aVisitUnderWayIsStillRecordedAndTheCourseIsOverThen() throws {
        var (world, visits, _) = running()
        let third = world.visit(visits[2])
        let now = Instant(minute: third.place.minute + 5)
        let task = try #require(world.state.tasks(of: world.course()).first { $0.kind == .review })
        world.fact(visits[2], Fact(.arrived, at: Instant(minute: third.place.minute)), now: now)
        world.fact(visits[2], Fact(.started, at: now), isOverridden: true, now: now)
        world.alter("c1", .care(.taskDone(task.id, ends: true)), now: now)
        #expect(world.course().status == .active && world.visit(visits[2]).status.isInProgress)
        let end = Instant(minute: third.interval.until)
        world.fact(visits[2], Fact(.discharged, at: end, detail: "full"), now: end)
        world.alter("c1", .lifecycle(.rollHorizon), now: Instant(minute: end.minute + 1440))
        #expect(world.course().status == .completed)
    }

    /// The row of an induction that was given whole says so, whatever ended the course later; one that a review cut off
    /// has ceased.
    @Test(arguments: [true, false]) func reportsCountTheInductionOfACourseThatAReviewEnds(isWhole: Bool) throws {
        var induction = Sample.induction(.booking)
        induction.withinDays = 12
        let open = Phase(
            name: "upkeep", visit: "iv", count: .open, gaps: [7], toleranceBefore: 2, toleranceAfter: 3,
            confirm: .booking, reviewEveryDays: 7)
        var facility = Sample.facility(regimens: [Sample.regimen("mdd", [induction, open])])
        facility.planning.horizonDays = 40
        var world = World(facility)
        let visits = world.book().visits
        for visit in visits.prefix(2) { world.give(visit) }
        if isWhole {
            world.give(visits[2])
        } else {
            let start = Instant(minute: world.visit(visits[2]).place.minute)
            world.order(visits[2], .noShow(isMadeUp: false), now: start)
        }
        for visit in visits[3...4] { world.give(visit) }
        let now = Instant(minute: world.visit(visits[4]).interval.until + 30)
        func row() throws -> Adherence.Figures {
            let (first, today) = (world.visit(visits[0]).day, Day(number: now.minute / 1440))
            var adherence = Adherence(of: ReportPeriod(from: first, through: first), today: today)
            adherence.add(world.course(), world.state.visits(of: world.course()))
            let rows = adherence.figures
            return try #require(rows.values.first)
        }
        let before = try row()
        let task = try #require(world.state.tasks(of: world.course()).first { $0.kind == .review })
        world.alter("c1", .care(.taskDone(task.id, ends: true)), now: now)
        #expect(world.course().status == .completed)
        let after = try row()
        #expect(after.begun == 1 && after.outcomes == [isWhole ? .inWindow : .ceased: 1])
        #expect(after == before, "what was begun has the visits that it had")
        #expect(after.days.count == (isWhole ? 1 : 0))
    }

    @Test func nothingButAReviewEndsACourseAndOneThatGoesOnStays() throws {
        var (world, _, now) = running()
        let task = try #require(world.state.tasks(of: world.course()).first { $0.kind == .review })
        var quiet = world
        quiet.alter("c1", .care(.taskDone(task.id)), now: now)
        #expect(quiet.course().status == .active)
        // A lost visit that nothing makes up for is a task, and no review.
        let next = world.state.visits(of: world.course()).first { $0.status == .confirmed }
        if let next { world.order(next.id, .cancel(isMadeUp: false), reason: .staffing, now: now) }
        let other = try #require(world.state.tasks(of: world.course()).first { $0.kind != .review })
        #expect(
            world.refusal(.course(.alter("c1", .care(.taskDone(other.id, ends: true)), .other)), now: now)
                == .noReview(other.id))
    }
}

/// That patients are reminded to come fasting, where the clinic asks for it.
@Suite struct FastingReminderTests {
    private func world(days: Int?) -> (world: World, visit: VisitID) {
        var facility = Sample.facility(regimens: [Sample.regimen("one", [Sample.induction(count: 1)])])
        facility.visitTypes[1].fastingHours = 4
        var notifications = NotificationParameters()
        notifications.fastingReminderDays = days
        var world = World(facility, notifications: notifications)
        // A Monday: the two open days before it are the Thursday and the Friday.
        let visit = world.book(
            Sample.order(regimen: "one") { wish in
                wish.earliest = Sample.monday + 7
                wish.startWithinDays = 0
            }
        ).visits[0]
        return (world, visit)
    }

    private func missing(_ world: World, _ now: Instant) -> (missing: [String], due: Instant)? {
        let reason = CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls().flatMap(\.reasons)
            .first
        return reason.map { ($0.missing, $0.due) }
    }

    private func reach(_ world: inout World, _ visit: VisitID, _ now: Instant) {
        world.accept(.visit(.recordCall(PhoneCallMade(about: visit, outcome: .reached, at: now))), now: now)
    }

    private static func at(_ day: Int, _ clock: Int) -> Instant {
        Instant(minute: (Sample.monday.number + day) * 1440 + clock)
    }

    @Test func aCallOnOneOfTheLastOpenDaysIsAReminderAndNoneBefore() throws {
        for (now, isReminded) in [(Self.at(2, 700), false), (Self.at(3, 0), true), (Self.at(4, 719), true)] {
            var (world, visit) = world(days: 2)
            reach(&world, visit, now)
            #expect((missing(world, now) == nil) == isReminded, "\(now)")
        }
    }

    @Test func itIsDueADayBeforeInAnHourInWhichSomebodyIsThereAndNotBeforeItCounts() throws {
        var (world, visit) = world(days: 1)
        reach(&world, visit, Sample.now)
        let owed = try #require(missing(world, Sample.now))
        #expect(owed.missing == ["fasting"])
        // The Sunday before nobody is there: by the end of the Friday, on which a call counts.
        #expect(owed.due == Self.at(4, 720))
        reach(&world, visit, owed.due)
        #expect(missing(world, owed.due) == nil)
    }

    @Test func movedItIsAskedAnewAndWhoIsNotAskedIsNotReminded() throws {
        var (world, visit) = world(days: 2)
        reach(&world, visit, Self.at(4, 600))
        let day = Sample.monday + 8
        world.accept(
            .told(.visit(.order(visit, .move(PlaceWish(from: day, through: day)), .staffing))),
            now: Self.at(4, 610))
        #expect(missing(world, Self.at(4, 610))?.missing == ["fasting"])
        var (quiet, other) = self.world(days: nil)
        reach(&quiet, other, Sample.now)
        #expect(missing(quiet, Sample.now) == nil)
    }
}
