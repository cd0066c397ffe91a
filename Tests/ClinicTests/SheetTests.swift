import Clinic
import Planning
import Testing

/// What is on the morning sheet beside the day's visits, and what is owed by whom.
@Suite struct SheetTests {
    private func lines(_ world: World, _ day: Day, _ kind: SheetLine.Kind) -> [SheetLine] {
        let now = Instant(minute: day.number * 1440 + 480)
        return wholeMorningSheet(of: day, now: now, state: world.state, calendar: world.calendar).filter {
            $0.kind == kind
        }
    }

    /// A course whose second phase waits for a score to have fallen by half.
    private static func gated() -> World {
        var behind = Sample.maintenance
        behind.gate = Gate(condition: .reductionPercent(measure: "PHQ-9", percent: 50), dueDays: 3, otherwise: .hold)
        return World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.induction(), behind])]))
    }

    @Test func aGateIsOnTheSheetFromItsDayUntilItOpens() {
        var world = Self.gated()
        let visits = world.book().visits
        for visit in visits[..<3] { world.give(visit) }
        let due = world.visit(visits[2]).day + 3
        #expect(lines(world, due - 1, .gate).isEmpty)
        for day in [due, due + 2] {
            #expect(lines(world, day, .gate).map(\.due) == [due])
            #expect(lines(world, day, .gate).map(\.detail) == ["maintenance"])
        }
        world.alter("c1", .care(.gate(phase: "maintenance", opens: true)), now: Instant(minute: due.number * 1440))
        #expect(lines(world, due, .gate).isEmpty)
    }

    @Test func aGateOfACourseTakenOverIsDueAfterItsLastDayElsewhere() {
        var world = Self.gated()
        let last = Sample.monday - 4
        let adopted = CourseProgress.Adopted(phase: "induction", given: 3, lastDay: last)
        world.accept(.course(.adopt(Sample.order(), adopted)))
        #expect(lines(world, last + 3, .gate).map(\.course) == ["c1"])
        // Nobody is told anything of the visits behind it.
        let visits = world.state.visits(of: world.course())
        #expect(!visits.isEmpty)
        let end = Instant(minute: world.calendar.calendars.days.last!.firstMinute)
        let due = due(
            world.state, after: Instant(seconds: 0), through: end, calendars: world.calendar.calendars)
        #expect(Set(due.map(\.kind)) == [.gateDue, .gateMissed])
    }

    @Test func aScoreToCompareWithIsAskedForWhileThereIsTime() {
        var world = Self.gated()
        let visits = world.book().visits
        let day = world.visit(visits[0]).day
        #expect(lines(world, day, .baseline).map(\.detail) == ["PHQ-9"])
        #expect(lines(world, world.visit(visits[1]).day, .baseline).isEmpty)
        world.alter("c1", .care(.assess(Assessment(measure: "PHQ-9", score: 20, at: Sample.now))))
        #expect(lines(world, day, .baseline).isEmpty)
    }

    @Test func aScoreOfTheDayClosesTheCheckBeItBeforeTheInfusion() {
        var phase = Sample.induction()
        phase.checks = [Check(afterVisit: 2, measure: "PHQ-9")]
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [phase])]))
        let visits = world.book().visits
        world.give(visits[0])
        let start = world.visit(visits[1]).place.minute
        func assess(_ minute: Int) {
            let score = Assessment(measure: "PHQ-9", score: 14, at: Instant(minute: minute))
            world.alter("c1", .care(.assess(score)), now: Instant(minute: minute))
        }
        assess(start - 1440)
        #expect(lines(world, world.visit(visits[1]).day, .score).count == 1)
        assess(start - 5)
        #expect(lines(world, world.visit(visits[1]).day, .score).isEmpty)
        world.give(visits[1])
        #expect(world.state.tasks(of: world.course()).isEmpty)
    }

    @Test func scoresHaveARange() {
        var world = Self.gated()
        world.book()
        func refused(_ measure: String, _ score: Int) -> Unchangeable? {
            let assessment = Assessment(measure: measure, score: score, at: Sample.now)
            return world.refusal(.course(.alter("c1", .care(.assess(assessment)), .clinical)))
        }
        #expect(refused("PHQ-9", 28) == .scoreOutside(measure: "PHQ-9", score: 28, of: 0...27))
        #expect(refused("PHQ-9", -1) == .scoreOutside(measure: "PHQ-9", score: -1, of: 0...27))
        #expect(refused("PHQ-9", 27) == nil)
        #expect(refused("own", 900) == nil)
        var configuration = world.state.configuration!
        configuration.measures = [Measure("PHQ-9", 0...10)]
        world.accept(.configuration(.adopt(configuration)))
        #expect(refused("PHQ-9", 11) == .scoreOutside(measure: "PHQ-9", score: 11, of: 0...10))
    }

    @Test func formsStayOwedWhateverBecameOfTheCourse() {
        var facility = Sample.facility()
        facility.visitTypes[1].tasks = [FollowUp(name: "form", dueDays: 7)]
        var world = World(facility)
        let visits = world.book().visits
        world.give(visits[0])
        world.give(visits[1])
        let day = world.visit(visits[1]).day
        world.alter("c1", .lifecycle(.cease), now: Instant(minute: (day.number + 1) * 1440))
        #expect(lines(world, day + 7, .task).map(\.detail) == ["form"])
        #expect(world.state.trimmed(from: day + 60).course("c1") != nil)
        world.alter("c1", .care(.taskDone("\(visits[1])/form")), now: Instant(minute: (day.number + 8) * 1440))
        #expect(lines(world, day + 9, .task).isEmpty)
        #expect(world.course().status == .ceased)
        #expect(world.state.trimmed(from: day + 60).course("c1") == nil)
    }

    @Test func reviewsAreDueOnTheirDay() {
        var phase = Phase(name: "open", visit: "iv", count: .open, gaps: [28], toleranceAfter: 3, confirm: .booking)
        phase.reviewEveryDays = 20
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [phase])]), days: 260)
        let visits = world.book().visits
        world.give(visits[0])
        let first = world.visit(visits[0]).day
        #expect(lines(world, first + 19, .review).isEmpty)
        #expect(lines(world, first + 20, .review).map(\.due) == [first + 20])
        // Whoever looks late has looked.
        world.alter(
            "c1", .care(.taskDone("\(visits[0])/review 1")), now: Instant(minute: (first.number + 45) * 1440))
        #expect(lines(world, first + 45, .review).isEmpty)
        #expect(lines(world, first + 60, .review).map(\.due) == [first + 60])
    }

    @Test func credentialsAreOnTheSheetBeforeTheyEnd() {
        var facility = Sample.facility()
        facility.staff[0].credentials = [Credential(name: "acls", until: Sample.monday + 18)]
        facility.staff[1].credentials = [Credential(name: "acls", until: Sample.monday + 400)]
        let world = World(facility)
        for day in [Sample.monday, Sample.monday + 10] {
            #expect(lines(world, day, .credentialExpiring).map(\.person) == ["rn-1"])
        }
    }

    @Test func aCourseIsOverOnceItsLastDayIsPast() {
        var phase = Phase(name: "open", visit: "iv", count: .open, gaps: [7], toleranceAfter: 3, confirm: .booking)
        phase.endsAfterDays = 10
        phase.reviewEveryDays = 7
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [phase])]), days: 260)
        let visits = world.book().visits
        #expect(visits.count == 2)
        for visit in visits { world.give(visit) }
        let last = world.visit(visits[0]).day + 10
        let roll = Command.course(.alter("c1", .lifecycle(.rollHorizon), .other))
        world.accept(roll, now: Instant(minute: last.number * 1440 + 60))
        #expect(world.course().status == .active)
        world.accept(roll, now: Instant(minute: (last.number + 1) * 1440 + 1))
        #expect(world.course().status == .completed)
        #expect(world.events.last?.event.courseChanges.first?.action == .courseEnded)
        let end = Instant(minute: world.calendar.calendars.days.last!.firstMinute)
        #expect(
            due(
                world.state, after: Instant(minute: last.number * 1440), through: end,
                calendars: world.calendar.calendars
            ).isEmpty)
    }

    @Test func turnsAreCountedAsNursesCount() {
        var world = World()
        let visits = world.book().visits
        #expect(world.state.turn(of: world.visit(visits[0])) == PhaseTurn(number: 1, of: 1))
        #expect(world.state.turn(of: world.visit(visits[2])) == PhaseTurn(number: 2, of: 3))
    }

    /// A lost visit whose turn another had is owed no more, though its course goes on for a form that is still to be
    /// sent.
    @Test func aLossThatWasMadeUpAndGivenFallsDueNoMore() throws {
        for isGiven in [true, false] {
            var phase = Sample.induction(count: 2)
            phase.alarmDays = 5
            var facility = Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation, phase])])
            for index in facility.visitTypes.indices {
                facility.visitTypes[index].tasks = [FollowUp(name: "form", dueDays: 90)]
            }
            var world = World(facility)
            let visits = world.book().visits
            for id in visits[0...1] { world.give(id) }
            world.order(visits[2], .cancel(isMadeUp: true), reason: .patientRequest)
            let madeUp = try #require(world.state.visits(of: world.course()).last { $0.status.occupies })
            #expect(madeUp.id != visits[2])
            if isGiven { world.give(madeUp.id) }
            #expect(world.course().status == .active)
            let alerts = due(
                world.state, after: Instant(minute: 0), through: Instant(minute: (Sample.monday + 60).number * 1440),
                calendars: world.calendar.calendars)
            let kinds = Set(alerts.map(\.kind)).intersection([.inductionSlipping, .courseInterrupted])
            #expect(kinds == (isGiven ? [] : [.inductionSlipping, .courseInterrupted]))
        }
    }
}
