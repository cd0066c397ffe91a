import Clinic
import Planning
import Testing

/// What is done with whole courses.
@Suite struct CourseChangeTests {
    private static let open = Phase(
        name: "upkeep", visit: "iv", count: .open, gaps: [7], toleranceBefore: 2, toleranceAfter: 3,
        reviewEveryDays: 10)

    private static func world(_ phases: [Phase], patients: Int = 2) -> World {
        var facility = Sample.facility(regimens: [Sample.regimen("mdd", phases)])
        facility.planning.horizonDays = 28
        return World(facility, patients: patients)
    }

    // MARK: Phases

    @Test func aPhaseGetsMoreVisitsAndLaterOnesTheNextNumbers() {
        var world = Self.world([Sample.evaluation, Sample.induction(), Sample.maintenance])
        let visits = world.book().visits
        let told = visits.suffix(2).map { world.visit($0).place }
        world.alter("c1", .pattern(.extend(phase: "induction", visits: 2)))
        let now = world.state.visits(of: world.course())
        #expect(now.map(\.number) == Array(1...8))
        #expect(
            now.map(\.phase) == ["evaluation"] + Array(repeating: "induction", count: 5) + [
                "maintenance", "maintenance",
            ])
        // The patient was told the two days of upkeep, which stay: the visit on the first is the last of induction now.
        #expect(Set(now.map(\.id)) == Set(visits + ["v7", "v8"]))
        #expect(now[5...6].map(\.id) == Array(visits.suffix(2)) && now[7].id == "v8")
        #expect(visits.suffix(2).map { world.visit($0).place } == told)
        #expect(world.course().template.derivedFrom == "r1" && world.course().template.id == "r2")
        world.book(Sample.order("p2"))
        #expect(world.course("c2").template.id == "r1")
    }

    @Test func aRuleSetAsideHoldsNoVisitWhereItsPatientCannotCome() {
        var world = Self.world([Sample.evaluation, Sample.induction()])
        let visits = world.book().visits
        for visit in visits[1...2] { world.order(visit, .override(.oneVisitADay)) }
        world.order(visits[2], .pin(true))
        var wish = world.course().wish
        wish.blackoutDays = Set(visits[1...2].map { world.visit($0).day })
        let days = visits.map { world.visit($0).day }
        world.accept(.course(.alter("c1", .pattern(.change(wish, from: nil)), .patientRequest)))
        #expect(world.visit(visits[1]).day != days[1])
        // Who pinned it said that it stays.
        #expect(world.visit(visits[2]).day == days[2])
        #expect(world.visit(visits[2]).overrides[.patientAvailable] == .patientRequest)
    }

    @Test func appendedVisitsBelongToTheLastPhase() {
        var world = Self.world([Sample.evaluation, Sample.induction()])
        world.book()
        world.alter("c1", .pattern(.extend(phase: nil, visits: 1)))
        #expect(world.state.visits(of: world.course()).last?.number == 5)
    }

    @Test func aPhaseEndsWithTheVisitsItHasHadButNotBeforeItsMinimum() {
        var flexible = Sample.induction()
        flexible.count = .between(minimum: 2, maximum: 4)
        var world = Self.world([Sample.evaluation, flexible, Sample.maintenance])
        let visits = world.book().visits
        #expect(visits.count == 7)
        world.give(visits[0])
        world.give(visits[1])
        let early = Instant(minute: world.visit(visits[1]).place.minute + 120)
        #expect(
            world.refusal(.course(.alter("c1", .pattern(.end(phase: "induction")), .clinical)), now: early)
                == .tooFewVisits(phase: "induction", minimum: 2))
        world.give(visits[2])
        let later = Instant(minute: world.visit(visits[2]).place.minute + 120)
        world.alter("c1", .pattern(.end(phase: "induction")), now: later)
        for visit in visits[3...4] { #expect(world.visit(visit).status == .cancelled(.early, .other)) }
        let rest = world.state.visits(of: world.course()).filter { $0.status == .tentative }
        #expect(rest.map(\.phase) == ["maintenance", "maintenance"] && rest.map(\.number) == [4, 5])
        #expect((7...10).contains(rest[0].day - world.visit(visits[2]).day))
    }

    @Test func onToTheNextPhaseAndBackForSomeVisits() {
        var world = Self.world([Sample.evaluation, Sample.induction(), Self.open])
        let visits = world.book().visits
        for visit in visits.prefix(4) { world.give(visit) }
        let now = Instant(minute: world.visit(visits[3]).place.minute + 120)
        world.give(visits[4])
        let later = Instant(minute: world.visit(visits[4]).place.minute + 120)
        #expect(world.refusal(.course(.alter("c1", .pattern(.advance), .clinical)), now: later) == nil)
        world.alter("c1", .pattern(.stepBack(visits: 2)), now: later)
        let rest = world.state.visits(of: world.course()).filter { $0.status == .tentative }
        #expect(rest.prefix(3).map(\.phase) == ["induction (2)", "induction (2)", "upkeep (2)"])
        #expect(rest.map(\.number) == Array(6..<(6 + rest.count)))
        var ahead = Self.world([Sample.evaluation, Sample.induction(), Self.open])
        let others = ahead.book().visits
        for visit in others.prefix(2) { ahead.give(visit) }
        ahead.alter("c1", .pattern(.advance), now: Instant(minute: ahead.visit(others[1]).place.minute + 120))
        let next = ahead.state.visits(of: ahead.course()).first { $0.status == .tentative }
        #expect(next?.phase == "upkeep" && next?.number == 3)
        _ = now
    }

    @Test func otherGapsCountFromADayOn() {
        var world = Self.world([Sample.evaluation, Sample.induction(count: 5)])
        let visits = world.book().visits
        let from = world.visit(visits[3]).day
        world.alter("c1", .pattern(.regap(phase: "induction", gaps: [7], before: 1, after: 1, from: from)))
        let now = world.state.visits(of: world.course())
        #expect(now.map(\.number) == Array(1...6) && now[2].day - now[1].day < 6)
        #expect((6...8).contains(now[3].day - now[2].day) && (6...8).contains(now[4].day - now[3].day))
    }

    @Test func otherWishesMoveWhatDoesNotFitThem() {
        var world = Self.world([Sample.evaluation, Sample.induction()])
        let visits = world.book().visits
        var wish = world.course().wish
        wish.availability = [WeekWindow(days: [.tue, .thu], hours: Interval(600, 720))]
        wish.earliest = Sample.monday + 50
        world.alter("c1", .pattern(.change(wish, from: nil)))
        #expect(world.course().wish.earliest == Sample.monday)
        for visit in visits.map(world.visit) {
            #expect([.tue, .thu].contains(visit.day.weekday) && visit.place.start.clock >= 600)
        }
    }

    // MARK: Paused, ended, taken over

    @Test func aCourseIsPausedAndGoesOnFromADayHoweverLate() {
        var world = Self.world([Sample.evaluation, Sample.induction()])
        let visits = world.book().visits
        for visit in visits.prefix(2) { world.give(visit) }
        let now = Instant(minute: world.visit(visits[1]).place.minute + 120)
        world.alter("c1", .lifecycle(.hold), now: now)
        #expect(world.course().status == .onHold)
        #expect(visits[2...].allSatisfy { !world.visit($0).status.occupies })
        #expect(
            world.refusal(.course(.alter("c1", .lifecycle(.replan), .other)), now: now) == .course("c1", .onHold))
        world.alter("c1", .lifecycle(.resume(from: Sample.monday + 28)), now: now)
        let rest = world.state.visits(of: world.course()).filter { $0.status == .tentative }
        #expect(rest.map(\.number) == [3, 4] && rest[0].day >= Sample.monday + 28)
        #expect(rest[0].day <= Sample.monday + 42 && (2...5).contains(rest[1].day - rest[0].day))
    }

    @Test func aCourseEndsEarlyOrOfItself() {
        var world = Self.world([Sample.evaluation, Sample.induction()])
        let visits = world.book().visits
        world.alter("c1", .lifecycle(.cease))
        #expect(world.course().status == .ceased && visits.allSatisfy { !world.visit($0).status.occupies })
        #expect(world.refusal(.course(.alter("c1", .lifecycle(.replan), .other))) == .course("c1", .ceased))
        let others = world.book(Sample.order("p2")).visits
        for visit in others.dropLast() { world.give(visit) }
        #expect(world.course("c2").status == .active)
        world.give(others[3])
        #expect(world.course("c2").status == .completed)
    }

    @Test func aCourseThatRunsElsewhereGoesOnHere() throws {
        var world = Self.world([Sample.evaluation, Sample.induction(count: 5), Self.open])
        let lastDay = Sample.monday - 4
        let adopted = CourseProgress.Adopted(phase: "induction", given: 3, lastDay: lastDay)
        world.accept(.course(.adopt(Sample.order(), adopted)))
        let visits = world.state.visits(of: world.course())
        #expect(visits.prefix(3).map(\.phase) == ["induction", "induction", "upkeep"])
        #expect(visits.map(\.number) == Array(4..<(4 + visits.count)))
        #expect((2...5).contains(visits[0].day - lastDay))
        world.give(visits[0].id)
        world.order(visits[1].id, .cancel(isMadeUp: true), now: Instant(minute: visits[0].place.minute + 60))
        let made = world.state.visits(of: world.course()).filter { $0.number == 5 && $0.status.occupies }
        #expect(made.count == 1)
        let many = CourseProgress.Adopted(phase: "induction", given: 6, lastDay: lastDay)
        #expect(world.refusal(.course(.adopt(Sample.order("p2"), many))) != nil)
    }

    @Test func whatComesInsideTheHorizonIsPlannedAndNothingMoves() {
        var world = Self.world([Sample.evaluation, Sample.induction(count: 1), Self.open])
        world.book()
        let before = world.state.visits(of: world.course())
        #expect(world.state.coursesToRoll == ["c1"])
        #expect(world.alter("c1", .lifecycle(.rollHorizon)) == nil)
        let later = Instant(minute: Sample.now.minute + 7 * 1440)
        world.alter("c1", .lifecycle(.rollHorizon), now: later)
        let after = world.state.visits(of: world.course())
        #expect(after.count == before.count + 1 && Array(after.prefix(before.count)) == before)
        // Nominal days count from the course's earliest day, or the last kept visit's.
        #expect(after[after.count - 1].day <= Sample.monday + 4 + 28 + 3)
    }

    // MARK: Held proposals

    @Test func aHeldProposalOccupiesUntilItIsBookedOrItsTimeIsOver() throws {
        var world = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.induction(.booking)])], chairs: 1))
        guard
            case .proposal(let proposal) = try propose(
                Sample.order(), state: world.state, calendar: world.calendar, now: Sample.now)
        else {
            Issue.record("no proposal")
            return
        }
        let until = Instant(seconds: Sample.now.seconds + 900)
        world.accept(.course(.holdProposal(proposal, alternative: nil, until: until)))
        let held = world.state.visits(of: world.course())
        #expect(held.count == 3 && held.allSatisfy { $0.status == .tentative && !$0.told })
        let other = world.book(Sample.order("p2")).visits.map(world.visit)
        #expect(zip(held, other).allSatisfy { $0.place != $1.place })
        #expect(world.state.expiredHolds(at: Instant(seconds: until.seconds - 1)).isEmpty)
        #expect(world.state.expiredHolds(at: until) == ["c1"])
        var kept = world
        kept.alter("c1", .held(.book), now: Instant(seconds: until.seconds - 1))
        #expect(kept.course().progress.heldUntil == nil)
        #expect(kept.state.visits(of: kept.course()).allSatisfy { $0.status == .confirmed && $0.told })
        #expect(world.refusal(.course(.alter("c1", .held(.book), .other)), now: until) == .held("c1"))
        #expect(world.refuses(held[0].id, .confirm) == .held("c1"))
        world.alter("c1", .held(.release), now: until)
        #expect(world.course().status == .ceased && world.course().visits.isEmpty)
        #expect(held.allSatisfy { world.state.visit($0.id) == nil })
        let first = world.book(Sample.order("p1")).visits.map(world.visit)
        #expect(zip(first, held).allSatisfy { $0.place.start == $1.place.start })
    }

    // MARK: Whom it hits

    @Test func anAbsenceHitsTheVisitsThatTheItLeavesWithoutAnybody() {
        var world = World()
        let visits = world.book().visits
        let day = world.visit(visits[1]).day
        let start = world.visit(visits[1]).place.minute
        func hits(_ from: Int, _ until: Int) -> [AffectedVisit] {
            let off = Command.availability(.addTimeOff(TimeOff(person: "rn-1", interval: Interval(from, until))))
            guard case .accepted(let events, _, _) = world.decision(off) else { return [] }
            return Clinic.hits(by: events, on: world.state, calendar: world.calendar, now: Sample.now)
        }
        #expect(hits(start - 60, start).isEmpty)
        #expect(hits(start - 60, start + 1) == [AffectedVisit(visit: visits[1], rules: [.attendantOnDuty])])
        #expect(hits(start + 70, start + 71).isEmpty)
        #expect(hits(start + 69, start + 70) == [AffectedVisit(visit: visits[1], rules: [.attendantOnDuty])])
        let closed = Closure(from: day, through: day)
        guard case .accepted(let events, _, _) = world.decision(.availability(.addClosure(closed))) else { return }
        let all = Clinic.hits(by: events, on: world.state, calendar: world.calendar, now: Sample.now)
        #expect(all.map(\.visit) == [visits[1]] && all[0].rules == [.openingHours])
        world.order(visits[1], .override(.openingHours))
        #expect(Clinic.hits(by: events, on: world.state, calendar: world.calendar, now: Sample.now).isEmpty)
    }

    @Test func chairsGoOutOfServiceByFeature() {
        var world = World()
        let visits = world.book().visits
        let minute = world.visit(visits[0]).place.minute
        let command = Command.availability(.addOutages(feature: "monitor", Interval(minute, minute + 30)))
        guard case .accepted(let events, _, _) = world.decision(command) else { return }
        #expect(Clinic.hits(by: events, on: world.state, calendar: world.calendar, now: Sample.now).count == 1)
        #expect(world.accept(command) == .outages(["o1", "o2"]))
        #expect(
            ClinicTests.refusal(world.decision(.availability(.addOutages(feature: "pool", Interval(0, 1)))))
                == .unknown(.feature, "pool"))
    }
}

extension World {
    /// A visit is given at its place.
    mutating func give(_ visit: VisitID) {
        let start = Instant(minute: self.visit(visit).place.minute)
        let end = Instant(minute: self.visit(visit).interval.until)
        fact(visit, Fact(.arrived, at: start), now: end)
        fact(visit, Fact(.started, at: start), isOverridden: true, now: end)
        fact(visit, Fact(.discharged, at: end, detail: "full"), now: end)
    }
}
