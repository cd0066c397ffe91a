import Clinic
import Planning
import Testing

/// What is done with single visits, each rule at its limit.
@Suite struct VisitChangeTests {
    // The course: an evaluation on Tuesday 2026-03-03, then infusions on Wednesday, Friday and Monday, 2 to 5 days
    // apart.

    // MARK: Agreed and pinned

    @Test func aVisitIsAgreedOnceAndTheCallIsDone() throws {
        var world = World()
        let visit = world.book().visits[1]
        let changed = world.order(visit, .confirm)
        let difference = try #require(changed)
        #expect(difference.visits.count == 1 && difference.calls.isEmpty)
        #expect(world.visit(visit).status == .confirmed && world.visit(visit).told)
        #expect(world.decision(.visit(.order(visit, .confirm, .other))) == .accepted([], PrivateDetails(), .done))
        let start = world.visit(visit).place.minute
        #expect(world.refuses(visit, .noShow(isMadeUp: false)) == .future(Instant(minute: start)))
        world.order(visit, .noShow(isMadeUp: false), now: Instant(minute: start))
        #expect(world.refuses(visit, .confirm) == .visit(visit, .noShow))
    }

    @Test func behindAClosedGateNothingIsAgreed() {
        let regimen = Sample.regimen("mdd", [Sample.evaluation, Sample.induction(), Sample.maintenance])
        var world = World(Sample.facility(regimens: [regimen]))
        let visits = world.book().visits
        #expect(world.refuses(visits[4], .confirm) == .gateClosed(phase: "maintenance"))
        world.alter("c1", .care(.gate(phase: "maintenance", opens: true)))
        #expect(world.refuses(visits[4], .confirm) == nil)
    }

    @Test func anAuthorisationIsUsedUpByAgreedVisits() {
        var world = World()
        let visits = world.book(
            Sample.order { wish in
                wish.requiresAuthorisation = true
                wish.authorisations = [
                    Authorisation(
                        number: "A", status: .approved, visits: 1, visitTypes: ["iv"], from: Sample.monday,
                        through: Sample.monday + 30),
                    Authorisation(
                        number: "B", status: .approved, visits: 1, visitTypes: ["iv"], from: Sample.monday,
                        through: Sample.monday + 3),
                ]
            }
        ).visits
        world.order(visits[1], .confirm)
        world.order(visits[2], .confirm)
        #expect(world.refuses(visits[3], .confirm) == .authorisation(visits[3]))
        world.order(visits[3], .override(.authorisation))
        world.order(visits[3], .confirm)
        #expect(world.visit(visits[3]).status == .confirmed)
    }

    @Test func aPinnedVisitStaysWhenTheRestIsPlannedAnew() {
        var world = World()
        let visits = world.book().visits
        world.order(visits[2], .pin(true))
        let place = world.visit(visits[2]).place
        world.order(visits[1], .omit)
        #expect(world.visit(visits[2]).place == place && world.visit(visits[1]).status == .omitted)
        world.order(visits[2], .pin(false))
        #expect(!world.visit(visits[2]).pinned)
    }

    // MARK: Lost

    @Test func aCancellationIsLateWithFewerBusinessHoursThanConfigured() {
        // Open 09:00 to 12:00 on weekdays. From Friday to Wednesday's start at 09:00 there are 3 hours on each of 3
        // days.
        let facility = Sample.facility()
        for (hours, notice) in [(9, VisitStatus.Notice.early), (10, .late)] {
            var configuration = ClinicConfiguration(facility: facility)
            configuration.notifications.lateCancellationBusinessHours = hours
            var world = World(facility)
            world.accept(.configuration(.adopt(configuration)))
            let visit = world.book().visits[1]
            #expect(world.visit(visit).place.start == PromisedTime(day: Sample.monday + 2, clock: 540))
            world.order(visit, .cancel(isMadeUp: false), reason: .transport)
            #expect(world.visit(visit).status == .cancelled(notice, .transport), "\(hours) hours")
        }
    }

    @Test func aLostVisitIsMadeUpAndTheOthersKeepTheirDistance() throws {
        var world = World()
        let visits = world.book().visits
        let lost = world.visit(visits[1])
        let now = Instant(minute: lost.place.minute + 60)
        world.give(visits[0])
        let changed = world.order(visits[1], .noShow(isMadeUp: true), now: now)
        let difference = try #require(changed)
        #expect(difference.unplaced == nil && world.visit(visits[1]).status == .noShow)
        let made = try #require(world.course().visits.map(world.visit).first { $0.number == 2 && $0.status.occupies })
        #expect(made.day > lost.day && made.day <= lost.day + 7 && made.latestDay == lost.day + 7)
        let added = try #require(world.course().visits.map(world.visit).first { !visits.contains($0.id) })
        #expect(added.status == .tentative && added.heard == nil && difference.calls.contains(added.id))
        let days = world.course().visits.map(world.visit).filter(\.status.occupies).map(\.day)
        #expect(days.count == 4)
        for (day, next) in zip(days.dropFirst(), days.dropFirst(2)) { #expect((2...5).contains(next - day)) }
    }

    @Test func whatHappenedIsRecordedThoughNothingCanBeMadeUp() throws {
        var world = World()
        let visits = world.book().visits
        world.accept(.availability(.addClosure(Closure(from: Sample.monday + 3, through: Sample.monday + 60))))
        let changed = world.order(visits[3], .cancel(isMadeUp: true))
        let difference = try #require(changed)
        #expect(difference.unplaced != nil)
        let tasks = world.state.tasks(of: world.course())
        #expect(tasks.map(\.kind) == [.makeUp] && tasks[0].visit == visits[3])
    }

    @Test func aVisitThatIsNotMadeUpLeavesItsTurnEmpty() {
        var world = World()
        let visits = world.book().visits
        world.order(visits[1], .cancel(isMadeUp: false))
        #expect(world.course().visits == visits && world.visit(visits[1]).isForgone)
        world.alter("c1", .lifecycle(.replan))
        // The others may change places; nobody has the second turn.
        #expect(Set(world.course().visits) == Set(visits) && world.visit(visits[1]).isForgone)
        #expect(world.course().visits.map { world.visit($0).number } == [1, 2, 3, 4])
        #expect(world.visit(visits[1]).number == 2 && !world.visit(visits[1]).status.occupies)
    }

    @Test func aToldVisitThatMovesIsTentativeAndTheOthersStayIfTheyCan() throws {
        var world = World()
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        let before = visits.map(world.visit)
        let day = before[3].day + 1
        let changed = world.order(visits[3], .move(PlaceWish(from: day, through: day)))
        let difference = try #require(changed)
        #expect(difference.calls == [visits[3]])
        #expect(world.visit(visits[3]).status == .tentative && world.visit(visits[3]).needsCall)
        #expect(!world.visit(visits[3]).told && world.visit(visits[3]).day == day)
        for index in 0...2 { #expect(world.visit(visits[index]) == before[index]) }
        #expect(world.state.tasks(of: world.course()).map(\.kind) == [.call])
    }

    @Test func aCourseWhoseLastTurnIsLeftOutIsOver() {
        var world = World()
        let visits = world.book().visits
        for visit in visits.dropLast() { world.give(visit) }
        let now = Instant(minute: world.visit(visits[2]).interval.until)
        var omitted = world
        omitted.order(visits[3], .omit, now: now)
        #expect(omitted.course().status == .completed)
        world.order(visits[3], .cancel(isMadeUp: false), now: now)
        #expect(world.course().status == .completed)
    }

    // MARK: Moved

    @Test func aVisitThatIsNearMayMoveToWhatIsStillFarEnough() {
        var world = World()
        let visits = world.book().visits
        let place = world.visit(visits[1]).place
        let now = Instant(minute: place.minute - 30)
        func wish(_ clock: Int) -> PlaceWish { PlaceWish(from: place.day, through: place.day, clock: clock) }
        // The lead is an hour; starts are on quarters.
        guard case .refused(.noPlan, _) = world.decision(.visit(.order(visits[1], .move(wish(555)), .other)), now: now)
        else {
            Issue.record("moved to 09:15")
            return
        }
        world.order(visits[1], .move(wish(570)), now: now)
        #expect(world.visit(visits[1]).place.start.clock == 570)
    }

    @Test func aVisitGoesWhereItIsWantedOrIsRefusedWithTheDay() {
        var world = World()
        let visits = world.book().visits
        let wish = PlaceWish(
            from: world.visit(visits[3]).day, through: world.visit(visits[3]).day, clock: 630, chair: "chair-2",
            persons: ["nurse": "rn-2"])
        world.order(visits[3], .move(wish))
        let place = world.visit(visits[3]).place
        #expect(place.start.clock == 630 && place.chair == "chair-2" && place.persons == ["rn-2"])
        // Too late after the visit before, whose place is kept.
        let late = world.visit(visits[2]).day + 7
        guard
            case .noPlan(let refusal)? = refusal(
                world.decision(.visit(.order(visits[3], .move(PlaceWish(from: late, through: late)), .other))))
        else {
            Issue.record("moved")
            return
        }
        #expect(refusal.visit == 4)
        world.order(visits[3], .override(.gap))
        world.order(visits[3], .move(PlaceWish(from: late, through: late)))
        #expect(world.visit(visits[3]).day == late)
    }

    @Test func anywhereElseIsAnotherPlace() {
        var world = World()
        let visits = world.book().visits
        let before = world.visit(visits[2]).place
        world.order(visits[2], .move(PlaceWish()))
        #expect(world.visit(visits[2]).place.start != before.start)
    }

    @Test func aPolicyRuleCanBeSetAsideAndAPhysicalOneNever() {
        var world = World(Sample.facility(chairs: 1))
        let visits = world.book().visits
        #expect(world.refuses(visits[1], .override(.chairFree)) == .physical(.chairFree))
        #expect(world.refuses(visits[1], .override(.attendantCapacity)) == .physical(.attendantCapacity))
        let day = world.visit(visits[1]).day
        let evening = PlaceWish(from: day, through: day, clock: 720)
        #expect(world.refusesMove(visits[1], evening))
        world.order(visits[1], .override(.openingHours))
        guard
            case .misplaced(let misplaced)? = world.refuses(visits[1], .move(evening))
        else {
            Issue.record("moved")
            return
        }
        #expect(misplaced.rules == [.attendantOnDuty])
        world.order(visits[1], .override(.attendantOnDuty))
        world.order(visits[1], .move(evening))
        #expect(world.visit(visits[1]).place.start.clock == 720)
        let other = world.book(Sample.order("p2")).visits[1]
        world.order(other, .override(.openingHours))
        world.order(other, .override(.attendantOnDuty))
        world.order(other, .override(.gap))
        let same = PlaceWish(from: day, through: day, clock: 720, persons: ["nurse": "rn-2"])
        guard case .misplaced(let taken)? = world.refuses(other, .move(same)) else {
            Issue.record("two on one chair")
            return
        }
        #expect(taken.rules == [.chairFree] && taken.holders.map(\.visit) == [visits[1]])
    }

    @Test func laterVisitsKeepTheirDatesOrFollow() {
        var world = World()
        let visits = world.book().visits
        let days = visits.map { world.visit($0).day }
        let late = days[2] + 1
        #expect(world.refusesPlan(visits[2], .postpone(until: days[2] + 5, later: .keep)))
        world.order(visits[2], .postpone(until: late, later: .shift))
        #expect(world.visit(visits[2]).day >= late)
        let gap = world.visit(visits[3]).day - world.visit(visits[2]).day
        #expect((2...5).contains(gap))
        #expect(world.visit(visits[1]).day == days[1])
        // An earlier day than it has brings it forward, and those after it.
        world.order(visits[2], .postpone(until: days[2], later: .shift))
        #expect(world.visit(visits[2]).day == days[2] && world.visit(visits[3]).day == days[3])
        world.order(visits[2], .postpone(until: days[2], later: .shift))
        #expect(world.visit(visits[2]).day > days[2])
    }

    @Test func thePreviewIsWhatThenHappens() throws {
        var world = World()
        let visits = world.book().visits
        let command = Command.visit(
            .order(visits[1], .postpone(until: Sample.monday + 4, later: .shift), .patientRequest))
        guard case .accepted(let events, _, .changed(let preview)) = world.decision(command) else {
            Issue.record("refused")
            return
        }
        #expect(world.accept(command) == .changed(preview))
        #expect(preview.visits.allSatisfy { $0.after == world.state.visit($0.id)?.image })
        #expect(events.allSatisfy { $0.kind == .course(.changed) })
    }

    // MARK: Undone

    @Test func theLastChangeOfACourseCanBeUndoneAndNoOther() throws {
        var world = World()
        let visits = world.book().visits
        let before = world.state
        world.order(visits[1], .cancel(isMadeUp: true))
        let event = try #require(world.events.last)
        world.order(visits[3], .confirm)
        #expect(world.refusal(.undo(event)) == .changedSince(event: event.number + 1))
        world.accept(.undo(try #require(world.events.last)))
        #expect(world.refusal(.undo(event)) == .changedSince(event: event.number + 2))
        var fresh = World()
        fresh.book()
        fresh.order(visits[1], .cancel(isMadeUp: true))
        fresh.accept(.undo(try #require(fresh.events.last)))
        #expect(fresh.course().visits == before.course("c1")?.visits)
        for visit in visits { #expect(fresh.state.visit(visit) == before.visit(visit)) }
    }

    @Test func undoingIsRefusedWhereThePlaceWasTakenSince() throws {
        var world = World(Sample.facility(chairs: 1))
        let visits = world.book().visits
        let place = world.visit(visits[0]).place
        world.order(visits[0], .cancel(isMadeUp: false))
        let event = try #require(world.events.last)
        let other = world.book(Sample.order("p2") { $0.earliest = place.start.day }).visits[0]
        #expect(world.visit(other).place == place)
        guard case .breaks(let rules)? = world.refusal(.undo(event)) else {
            Issue.record("undone")
            return
        }
        #expect(rules.contains(.chairFree) && rules.contains(.attendantCapacity))
    }

    @Test func anAbsenceIsUndoneByTakingItBack() throws {
        var world = World()
        world.accept(.availability(.addTimeOff(TimeOff(person: "rn-1", interval: Interval(0, 60)))))
        world.accept(.undo(try #require(world.events.last)))
        #expect(world.state.allAbsences.isEmpty)
    }
}

extension World {
    func visit(_ id: VisitID) -> Visit {
        guard let visit = state.visit(id) else { preconditionFailure("visit \(id) is there") }
        return visit
    }

    func course(_ id: CourseID = "c1") -> Course {
        guard let course = state.course(id) else { preconditionFailure("course \(id) is there") }
        return course
    }

    @discardableResult
    mutating func order(
        _ visit: VisitID, _ order: VisitOrder, reason: Reason.Code = .other, now: Instant = Sample.now,
        at location: SourceLocation = #_sourceLocation
    ) -> PlanDifference? {
        difference(.visit(.order(visit, order, reason)), now, location)
    }

    /// Takes a command that must be accepted, and what it changes; nil where that is nothing.
    private mutating func difference(
        _ command: Command, _ now: Instant, _ location: SourceLocation
    ) -> PlanDifference? {
        guard case .accepted(let events, _, let reply) = decision(command, now: now) else {
            Issue.record("\(decision(command, now: now))", sourceLocation: location)
            return nil
        }
        take(events)
        if case .changed(let difference) = reply { return difference }
        return nil
    }

    @discardableResult
    mutating func alter(
        _ course: CourseID, _ alteration: CourseAlteration, reason: Reason.Code = .other, now: Instant = Sample.now,
        at location: SourceLocation = #_sourceLocation
    ) -> PlanDifference? {
        difference(.course(.alter(course, alteration, reason)), now, location)
    }

    mutating func fact(
        _ visit: VisitID, _ fact: Fact, isOverridden: Bool = false, isMeant: Bool = false, now: Instant = Sample.now
    ) {
        accept(.visit(.recordFact(visit, fact, isOverridden: isOverridden, isMeant: isMeant)), now: now)
    }

    func refusal(_ command: Command, now: Instant = Sample.now) -> Unchangeable? {
        guard case .refused(.unchangeable(let why), _) = decision(command, now: now) else { return nil }
        return why
    }

    func refuses(_ visit: VisitID, _ order: VisitOrder) -> Unchangeable? {
        refusal(.visit(.order(visit, order, .other)))
    }

    func refusesPlan(_ visit: VisitID, _ order: VisitOrder) -> Bool {
        guard case .refused(.noPlan, _) = decision(.visit(.order(visit, order, .other))) else { return false }
        return true
    }

    func refusesMove(_ visit: VisitID, _ wish: PlaceWish) -> Bool { refusesPlan(visit, .move(wish)) }
}
