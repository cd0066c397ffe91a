import Clinic
import Planning
import TestSupport
import Testing

/// The day's facts, and what goes beside visits: scores, gates, tasks, authorisations, prerequisites.
@Suite struct CareTests {
    private static var infusion: VisitType {
        var infusion = Sample.infusion
        infusion.escort = true
        infusion.arrivalChecks = ["fasted"]
        infusion.tasks = [FollowUp(name: "form", dueDays: 7)]
        return infusion
    }

    private static func world(
        _ phases: [Phase] = [Sample.evaluation, Sample.induction()], prerequisites: [Prerequisite] = []
    ) -> World {
        var facility = Sample.facility(
            regimens: [Regimen(id: "mdd", prerequisites: prerequisites, phases: phases)])
        facility.visitTypes[1] = infusion
        return World(facility)
    }

    // MARK: Facts

    @Test func theDayOfAVisitIsRecordedBesideItsPlan() throws {
        var world = Self.world()
        let id = world.book().visits[1]
        let start = world.visit(id).place.minute
        let place = world.visit(id).place
        func at(_ minutes: Int) -> Instant { Instant(minute: start + minutes) }
        world.fact(id, Fact(.escortConfirmed, at: Sample.now))
        world.fact(id, Fact(.arrived, at: at(-10)), now: at(20))
        #expect(world.visit(id).status == .arrived && world.visit(id).time(of: .arrived) == at(-10))
        world.fact(id, Fact(.checkMet, at: at(-5), detail: "fasted"), now: at(20))
        world.fact(id, Fact(.started, at: at(5)), now: at(20))
        #expect(world.visit(id).status == .inProgress(stage: 0))
        world.fact(id, Fact(.stageBegun, at: at(20), number: 1), now: at(20))
        #expect(world.visit(id).status == .inProgress(stage: 1) && world.visit(id).stageBegan == at(20))
        world.fact(id, Fact(.paused, at: at(25)), now: at(25))
        #expect(world.visit(id).interruptions.map(\.from) == [at(25)])
        #expect(world.visit(id).interruptions.map(\.until) == [nil])
        world.fact(id, Fact(.continued, at: at(30)), now: at(30))
        world.fact(id, Fact(.delayed, at: at(30), number: 15), now: at(30))
        #expect(world.visit(id).interruptions.map(\.until) == [at(30)] && world.visit(id).delayMinutes == 15)
        world.fact(id, Fact(.discharged, at: at(80), detail: "partial"), now: at(90))
        #expect(world.visit(id).status == .completed(.partial) && world.visit(id).place == place)
        #expect(world.visit(id).facts.count == 9)
    }

    @Test func aStartAsksForWhatIsMissingUnlessSomebodySetsItAside() {
        var world = Self.world(
            prerequisites: [
                Prerequisite(name: "consent", scope: .course, validDays: 30), Prerequisite(name: "labs", scope: .visit),
            ])
        let id = world.book().visits[1]
        let visit = world.visit(id)
        let start = Instant(minute: visit.place.minute)
        let command = Command.visit(.recordFact(id, Fact(.started, at: start), isOverridden: false))
        world.fact(id, Fact(.arrived, at: start), now: start)
        #expect(world.refusal(command, now: start) == .missing(["escort", "consent", "labs", "fasted"]))
        world.fact(id, Fact(.escortConfirmed, at: start), now: start)
        world.fact(id, Fact(.checkMet, at: start, detail: "fasted"), now: start)
        world.alter("c1", .care(.prerequisite(PrerequisiteDone(name: "consent", day: visit.day - 31))))
        world.alter("c1", .care(.prerequisite(PrerequisiteDone(name: "labs", day: visit.day, visit: id))))
        #expect(world.refusal(command, now: start) == .missing(["consent"]))
        var overridden = world
        overridden.fact(id, Fact(.started, at: start), isOverridden: true, now: start)
        #expect(overridden.visit(id).facts.contains(Fact(.overridden, at: start, detail: "consent")))
        world.alter("c1", .care(.prerequisite(PrerequisiteDone(name: "consent", day: visit.day - 30))))
        world.fact(id, Fact(.started, at: start), now: start)
        #expect(world.visit(id).status == .inProgress(stage: 0))
        #expect(
            refusal(
                world.decision(
                    .course(.alter("c1", .care(.prerequisite(PrerequisiteDone(name: "x", day: visit.day))), .other))))
                == .unknown(.prerequisite, "x"))
    }

    // MARK: Scores and gates

    private static var gated: Phase {
        var phase = Sample.maintenance
        phase.gate = Gate(
            condition: .reductionPercent(measure: "PHQ-9", percent: 50), dueDays: 3, otherwise: .extend(visits: 2))
        return phase
    }

    @Test(arguments: [(10, true), (11, false)])
    func aGateOpensWithAnEnoughReducedScore(score: Int, opens: Bool) {
        var world = Self.world([Sample.evaluation, Sample.induction(), Self.gated])
        let visits = world.book().visits
        world.alter("c1", .care(.assess(Assessment(measure: "PHQ-9", score: 20, at: Sample.now))))
        for visit in visits.prefix(4) { world.give(visit) }
        let now = Instant(minute: world.visit(visits[3]).interval.until)
        world.alter("c1", .care(.assess(Assessment(measure: "PHQ-9", score: score, at: now))), now: now)
        #expect(world.course().progress.openGates == (opens ? ["maintenance"] : []))
        #expect(world.visit(visits[4]).status == (opens ? .confirmed : .tentative))
    }

    @Test func whatIsSaidForAGateThatStaysClosedFollows() {
        var extended = Self.world([Sample.evaluation, Sample.induction(), Self.gated])
        extended.book()
        extended.alter("c1", .care(.gate(phase: "maintenance", opens: false)))
        let phases = extended.state.visits(of: extended.course()).map(\.phase)
        #expect(phases.count { $0 == "induction" } == 5)
        for (otherwise, status) in [(Gate.Otherwise.hold, CourseStatus.onHold), (.cease, .ceased)] {
            var gated = Self.gated
            gated.gate?.otherwise = otherwise
            var world = Self.world([Sample.evaluation, Sample.induction(), gated])
            world.book()
            world.alter("c1", .care(.gate(phase: "maintenance", opens: false)))
            #expect(world.course().status == status)
        }
    }

    @Test func aScoreStopsAPhaseAtItsMinimumAtTheEarliest() {
        var stopping = Sample.induction()
        stopping.count = .between(minimum: 2, maximum: 5)
        stopping.stops = Stop(measure: "MADRS", atMost: 10)
        var world = Self.world([Sample.evaluation, stopping])
        let visits = world.book().visits
        world.give(visits[0])
        world.give(visits[1])
        let now = Instant(minute: world.visit(visits[1]).interval.until)
        world.alter("c1", .care(.assess(Assessment(measure: "MADRS", score: 11, at: now))), now: now)
        #expect(visits.allSatisfy { world.visit($0).status.occupies })
        world.alter("c1", .care(.assess(Assessment(measure: "MADRS", score: 10, at: now))), now: now)
        #expect(visits.map { world.visit($0).status.occupies } == [true, true, true, false, false, false])
        world.give(visits[2])
        // The forms are still to be written.
        for visit in visits[1...2] {
            #expect(world.course().status == .active)
            world.alter("c1", .care(.taskDone("\(visit)/form")))
        }
        #expect(world.course().status == .completed)
        world.alter(
            "c1", .pattern(.extend(phase: nil, visits: 1)), now: Instant(minute: world.visit(visits[2]).interval.until))
        #expect(world.course().status == .active)
        let appended = world.state.visits(of: world.course()).filter { $0.status == .tentative }
        #expect(appended.map(\.number) == [4])
    }

    // MARK: Tasks

    @Test func tasksFollowFromVisitsUntilTheyAreDone() {
        var checked = Sample.induction()
        checked.checks = [Check(afterVisit: 1, measure: "PHQ-9")]
        var world = Self.world([Sample.evaluation, checked])
        let visits = world.book().visits
        #expect(world.state.tasks(of: world.course()).isEmpty)
        world.give(visits[1])
        let day = world.visit(visits[1]).day
        let tasks = world.state.tasks(of: world.course())
        #expect(tasks.map(\.id) == ["\(visits[1])/PHQ-9", "\(visits[1])/form"])
        #expect(tasks.map(\.due) == [day, day + 7])
        let now = Instant(minute: world.visit(visits[1]).interval.until)
        world.alter("c1", .care(.assess(Assessment(measure: "PHQ-9", score: 20, at: now))), now: now)
        world.alter("c1", .care(.taskDone("\(visits[1])/form")), now: now)
        #expect(world.state.tasks(of: world.course()).isEmpty)
        #expect(
            refusal(world.decision(.course(.alter("c1", .care(.taskDone("x")), .other)), now: now))
                == .unknown(.task, "x"))
    }

    @Test func anAuthorisationIsAddedOrReplacedByItsNumber() {
        var world = Self.world()
        world.book()
        var authorisation = Authorisation(
            number: "A", status: .requested, visits: 4, visitTypes: ["iv"], from: Sample.monday,
            through: Sample.monday + 30)
        world.alter("c1", .care(.authorise(authorisation)))
        authorisation.status = .approved
        world.alter("c1", .care(.authorise(authorisation)))
        #expect(world.course().wish.authorisations == [authorisation] && world.course().wish.requiresAuthorisation)
        authorisation.through = Sample.monday - 1
        #expect(
            refusal(world.decision(.course(.alter("c1", .care(.authorise(authorisation)), .payer)))) == .endsBeforeStart
        )
    }

    // MARK: What falls due

    @Test func remindersFallDueAtTheirHoursAndOnce() {
        var world = Self.world()
        let id = world.book().visits[1]
        let start = world.visit(id).place.minute
        func alerts(_ after: Int, _ through: Int) -> [Alert.Kind] {
            due(
                world.state, after: Instant(minute: after), through: Instant(minute: through),
                calendars: world.calendar.calendars
            ).filter { $0.subject == .visit(id) }.map(\.kind)
        }
        #expect(alerts(start - 72 * 60 - 1, start - 72 * 60) == [.visitReminder])
        #expect(alerts(start - 72 * 60, start - 24 * 60 - 1).isEmpty)
        #expect(alerts(start - 24 * 60 - 1, start - 24 * 60) == [.escortMissing, .visitReminder])
        #expect(alerts(start, start + 14).isEmpty && alerts(start, start + 15) == [.visitLate])
        #expect(
            nextDue(world.state, after: Instant(minute: start), calendars: world.calendar.calendars)
                == Instant(minute: start + 15))
        world.fact(id, Fact(.escortConfirmed, at: Sample.now))
        #expect(alerts(start - 24 * 60 - 1, start - 24 * 60) == [.visitReminder])
        world.fact(id, Fact(.arrived, at: Instant(minute: start)), now: Instant(minute: start))
        #expect(alerts(start - 10_000, start + 15).isEmpty)
        world.fact(id, Fact(.started, at: Instant(minute: start)), isOverridden: true, now: Instant(minute: start))
        #expect(alerts(start, start + 29).isEmpty && alerts(start, start + 30) == [.visitOverrun])
    }

    /// Nobody forgets a patient whose infusion stands still: 15 minutes are let pass.
    @Test func anInterruptionThatLastsIsDue() {
        var world = Self.world()
        let id = world.book().visits[1]
        let start = world.visit(id).place.minute
        func at(_ minutes: Int) -> Instant { Instant(minute: start + minutes) }
        func lasting(_ world: World) -> [Int] {
            due(
                world.state, after: at(-1), through: at(600), calendars: world.calendar.calendars
            ).filter { $0.subject == .visit(id) && $0.kind == .visitOverrun && $0.detail.isEmpty }
                .map { $0.due.minute - start }
        }
        world.fact(id, Fact(.started, at: at(0)), isOverridden: true, isMeant: true, now: at(0))
        #expect(lasting(world).isEmpty)
        world.fact(id, Fact(.paused, at: at(5)), now: at(5))
        #expect(lasting(world) == [20])
        world.fact(id, Fact(.continued, at: at(19)), now: at(19))
        #expect(lasting(world).isEmpty)
        world.fact(id, Fact(.paused, at: at(21)), now: at(21))
        #expect(lasting(world) == [36])
        world.fact(id, Fact(.discharged, at: at(60), detail: "partial"), now: at(60))
        #expect(lasting(world).isEmpty)
    }

    /// The preparation is planned for 15 minutes, and 15 more are let pass: 30 of work, interruptions not counted.
    @Test func anOverrunIsDueSoMuchLaterAsTheStageWasInterrupted() {
        var world = Self.world()
        let id = world.book().visits[1]
        let start = world.visit(id).place.minute
        func at(_ minutes: Int) -> Instant { Instant(minute: start + minutes) }
        func overruns(_ world: World) -> [Int] {
            due(
                world.state, after: at(-1), through: at(600), calendars: world.calendar.calendars
            ).filter { $0.subject == .visit(id) && $0.kind == .visitOverrun && !$0.detail.isEmpty }
                .map { $0.due.minute - start }
        }
        world.fact(id, Fact(.started, at: at(0)), isOverridden: true, isMeant: true, now: at(0))
        #expect(overruns(world) == [30])
        // Interrupted at the very moment or later: it had overrun before.
        for minute in [30, 31] {
            var late = world
            late.fact(id, Fact(.paused, at: at(minute)), now: at(minute))
            #expect(overruns(late) == [30])
            late.fact(id, Fact(.continued, at: at(90)), now: at(90))
            #expect(overruns(late) == [30])
        }
        world.fact(id, Fact(.paused, at: at(29)), now: at(29))
        #expect(overruns(world).isEmpty)
        world.fact(id, Fact(.continued, at: at(59)), now: at(59))
        #expect(overruns(world) == [60])
        // A second interruption adds up; one that is told twice does not.
        var again = world
        again.fact(id, Fact(.paused, at: at(59)), now: at(59))
        again.fact(id, Fact(.paused, at: at(65)), isMeant: true, now: at(65))
        again.fact(id, Fact(.continued, at: at(69)), now: at(69))
        #expect(overruns(again) == [70])
        // The next stage, 40 minutes and 15, begins although nobody said that the first went on: it is not interrupted.
        world.fact(id, Fact(.paused, at: at(59)), now: at(59))
        world.fact(id, Fact(.stageBegun, at: at(70), number: 1), now: at(70))
        #expect(world.visit(id).interruptions.isEmpty && overruns(world) == [125])
        // What is recorded late counts at its time: that infusion was interrupted from 75 to 85.
        world.fact(id, Fact(.paused, at: at(75)), now: at(100))
        world.fact(id, Fact(.continued, at: at(85)), now: at(100))
        #expect(overruns(world) == [135])
    }

    @Test func whatIsRecordedAsToldIsNotToldAgain() {
        var world = Self.world()
        let id = world.book().visits[1]
        let through = Instant(minute: world.visit(id).place.minute - 72 * 60)
        let command = Command.alert(.raise(through: through))
        world.accept(command, now: through)
        let told = world.events.compactMap { if case .alert(.raised(let alert)) = $0.event { alert } else { nil } }
        #expect(told.contains(Alert(.visitReminder, .visit(id), "72", due: through)))
        #expect(world.decision(command, now: through) == .accepted([], PrivateDetails(), .done))
        #expect(Set(told).count == told.count && world.state.alertedThrough == through)
    }

    @Test func coursesAreWatched() {
        var slipping = Sample.induction()
        slipping.alarmDays = 5
        var world = Self.world([Sample.evaluation, slipping, Self.gated])
        let visits = world.book(
            Sample.order { wish in
                wish.requiresAuthorisation = true
                wish.authorisations = [
                    Authorisation(
                        number: "A", status: .approved, visits: 2, visitTypes: ["iv", "talk"], from: Sample.monday,
                        through: Sample.monday + 60)
                ]
            }
        ).visits
        func day(_ kind: Alert.Kind) -> Day? {
            due(
                world.state, after: Instant(minute: 0), through: Instant(minute: Int.max / 120),
                calendars: world.calendar.calendars
            ).first { $0.kind == kind && $0.subject == .course("c1") }.map { Day(number: $0.due.minute / 1440) }
        }
        #expect(day(.inductionSlipping) == nil && day(.courseInterrupted) == nil)
        world.give(visits[0])
        world.give(visits[1])
        let first = world.visit(visits[1]).day
        #expect(day(.inductionSlipping) == first + 6 && day(.courseInterrupted) == first + 30)
        let last = world.visit(visits[3]).day
        #expect(day(.gateDue) == last + 3 && day(.gateMissed) == last + 4)
        // Two visits are granted and the third is near: it falls due as soon as it is booked.
        #expect(day(.authorisationShort) == Day(number: Sample.now.minute / 1440))
        let far = Authorisation(
            number: "B", status: .approved, visits: 2, visitTypes: ["iv"], from: Sample.monday,
            through: Sample.monday + 60)
        world.alter("c1", .care(.authorise(far)))
        let fifth = world.visit(visits[4]).day
        #expect(day(.authorisationShort) == max(fifth - 14, Day(number: Sample.now.minute / 1440)))
        world.give(visits[2])
        world.give(visits[3])
        #expect(day(.inductionSlipping) == nil)
        world.alter("c1", .care(.gate(phase: "maintenance", opens: true)))
        #expect(day(.gateDue) == nil)
        #expect(day(.taskDue) == first + 7)
    }

    @Test func aCredentialIsMissedUntilALaterOneTakesItsPlace() {
        var facility = Sample.facility()
        facility.staff[0].credentials = [Credential(name: "acls", until: Sample.monday + 40)]
        var world = World(facility)
        func alerts() -> [Alert] {
            due(
                world.state, after: Instant(minute: 0), through: Instant(minute: Int.max / 120),
                calendars: world.calendar.calendars)
        }
        let expected = Instant(minute: (Sample.monday.number + 10) * 1440)
        #expect(alerts() == [Alert(.credentialExpiring, .person("rn-1"), "acls", due: expected)])
        facility.staff[0].credentials.append(Credential(name: "acls", until: Sample.monday + 400))
        world.accept(.configuration(.adopt(ClinicConfiguration(facility: facility))))
        #expect(alerts().isEmpty)
    }
}
