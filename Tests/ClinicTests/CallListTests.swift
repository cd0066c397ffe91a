import Clinic
import Planning
import TestSupport
import Testing

/// The list of calls: the difference between what patients were told and what is booked, whatever made it.
@Suite struct CallListTests {
    private static func at(_ day: Int, _ clock: Int) -> Instant {
        Instant(minute: (Sample.monday.number + day) * 1440 + clock)
    }

    private func list(_ world: World, _ now: Instant = Sample.now, through: Day? = nil) -> [PhoneCall] {
        CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls(through: through) ?? []
    }

    private func reasons(_ world: World, _ visit: VisitID, _ now: Instant = Sample.now) -> [PhoneCall.Reason] {
        list(world, now).flatMap(\.reasons).filter { $0.visit == visit }
    }

    /// A course of four visits that the patient knows: a talk, and three infusions.
    private static func told(_ facility: Facility = Sample.facility()) -> (world: World, visits: [VisitID]) {
        var world = World(facility)
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        return (world, visits)
    }

    private func call(
        _ world: inout World, _ visit: VisitID, _ outcome: CallOutcome = .reached, _ now: Instant = Sample.now
    ) {
        world.accept(.visit(.recordCall(PhoneCallMade(about: visit, outcome: outcome, at: now))), now: now)
    }

    /// A way in which visits that were told are called off or get another time.
    enum Way: String, CaseIterable {
        case cancelled, cancelledAndMadeUp, held, ceased, phaseEnded, steppedBack, omitted, moved, deferred
        case wishesChanged, gapsChanged, replannedAfterAClosure, repairedAfterAClosure, repairedAfterAnAbsence
        case closedForAMonth, stoppedByAScore, gateClosed, bookingTakenBack

        /// Does it to the course of a world, whose visits are known.
        func run(_ world: inout World, _ visits: [VisitID]) {
            let second = world.visit(visits[1])
            let course = second.course
            func closed(_ through: Int) -> Command {
                .availability(.addClosure(Closure(from: second.day, through: second.day + through)))
            }
            func repair(_ world: inout World) {
                guard
                    case .found(let found) = try? proposeRepair(
                        state: world.state, calendar: world.calendar, now: Sample.now)
                else { return }
                world.accept(.repair(.change(found, .closure)))
            }
            switch self {
            case .cancelled: world.order(visits[1], .cancel(isMadeUp: false), reason: .staffing)
            case .cancelledAndMadeUp: world.order(visits[1], .cancel(isMadeUp: true), reason: .staffing)
            case .held: world.alter(course, .lifecycle(.hold))
            case .ceased: world.alter(course, .lifecycle(.cease))
            case .phaseEnded: world.alter(course, .pattern(.end(phase: "induction")))
            case .steppedBack:
                world.give(visits[0])
                world.give(visits[1])
                world.alter(course, .pattern(.stepBack(visits: 1)), now: Instant(minute: second.interval.until + 5))
            case .omitted: world.order(visits[1], .omit, reason: .clinical)
            case .moved:
                let day = world.visit(visits[3]).day + 1
                world.order(visits[3], .move(PlaceWish(from: day, through: day)), reason: .staffing)
            case .deferred:
                world.order(visits[1], .postpone(until: second.day + 1, later: .shift), reason: .staffing)
            case .wishesChanged:
                var wish = world.course(course).wish
                wish.blackoutDays = [second.day]
                world.alter(course, .pattern(.change(wish, from: nil)))
            case .gapsChanged:
                world.alter(course, .pattern(.regap(phase: "induction", gaps: [4], before: 0, after: 3, from: nil)))
            case .replannedAfterAClosure:
                world.accept(closed(0))
                world.alter(course, .lifecycle(.replan))
            case .repairedAfterAClosure:
                world.accept(closed(0))
                repair(&world)
            case .repairedAfterAnAbsence:
                for person in ["rn-1", "rn-2"] as [PersonID] {
                    let day = second.day.number * 1440
                    world.accept(
                        .availability(.addTimeOff(TimeOff(person: person, interval: Interval(day, day + 1440)))))
                }
                repair(&world)
            case .closedForAMonth:
                world.accept(closed(40))
                repair(&world)
            case .stoppedByAScore:
                world.give(visits[0])
                world.give(visits[1])
                let now = Instant(minute: second.interval.until + 5)
                world.alter(course, .care(.assess(Assessment(measure: "PHQ-9", score: 2, at: now))), now: now)
            case .gateClosed: world.alter(course, .care(.gate(phase: "induction", opens: false)))
            case .bookingTakenBack: world.accept(.undo(world.events.last { $0.event.kind == .course(.booked) }!))
            }
        }
    }

    private static func world(for way: Way) -> (world: World, visits: [VisitID]) {
        var induction = Sample.induction(way == .bookingTakenBack ? .booking : .call)
        if way == .steppedBack { induction.firstGap = Phase.FirstGap(ideal: 1, minimum: 1, maximum: 6) }
        if way == .stoppedByAScore { induction.stops = Stop(measure: "PHQ-9", atMost: 3) }
        var regimen = Sample.regimen("mdd", [Sample.evaluation, induction])
        if way == .gateClosed {
            regimen.phases[1].gate = Gate(condition: .decision("go on?"), dueDays: 3, otherwise: .cease)
        }
        var world = World(Sample.facility(regimens: [regimen]))
        let visits = world.book().visits
        if way != .bookingTakenBack {
            for visit in visits {
                world.accept(.visit(.recordCall(PhoneCallMade(about: visit, outcome: .reached, at: Sample.now))))
            }
        }
        return (world, visits)
    }

    @Test(arguments: Way.allCases)
    func whoeverWasToldIsOnTheListWhateverChangesIt(way: Way) throws {
        var (world, visits) = Self.world(for: way)
        let before = visits.map(world.visit)
        way.run(&world, visits)
        let now =
            world.state.visits(of: world.course()).contains { $0.status.occupies && $0.facts.isEmpty == false }
                && [.steppedBack, .stoppedByAScore].contains(way)
            ? Instant(minute: before[1].interval.until + 5) : Sample.now
        var differing = 0
        for old in before where old.told {
            let new = world.visit(old.id)
            if case .completed = new.status { continue }
            if new.status.occupies, new.place.start == old.place.start { continue }
            differing += 1
            let taker = world.course().visits.map(world.visit).first { other in
                !visits.contains(other.id) && other.status.occupies && other.place.start == old.place.start
            }
            if let taker, !new.status.occupies {
                // A visit of its kind at its very time is what they know of.
                #expect(taker.told && reasons(world, old.id, now).isEmpty, "\(way.rawValue): \(old.id)")
                continue
            }
            let own = reasons(world, old.id, now).filter { [.calledOff, .changed].contains($0.purpose) }
            #expect(own.count == 1, "\(way.rawValue): \(old.id)")
            #expect(own.first?.purpose == (new.status.occupies ? .changed : .calledOff), "\(way.rawValue): \(old.id)")
            let latest = min(old.place.minute, new.status.occupies ? new.place.minute : Int.max)
            #expect(own.first.map { $0.due.minute <= max(latest, now.minute) } ?? false, "\(way.rawValue): \(old.id)")
            #expect(own.first?.told == Instant(minute: old.place.minute))
        }
        #expect(differing > 0, "\(way.rawValue) changes nothing")
        #expect(list(world, now).count == 1, "one patient is one entry")
        // Reached, they know.
        for old in before where !reasons(world, old.id, now).isEmpty { call(&world, old.id, .reached, now) }
        let left = list(world, now).flatMap(\.purposes)
        #expect(!left.contains(.calledOff) && !left.contains(.changed), "\(way.rawValue)")
    }

    @Test(arguments: [Way.cancelled, .held, .moved, .deferred, .wishesChanged])
    func takingItBackLeavesNothingToTellUnlessTheyHeardOfItInBetween(way: Way) throws {
        var (world, visits) = Self.world(for: way)
        let before = world.state
        way.run(&world, visits)
        let event = try #require(world.events.last)
        let concerned = try #require(visits.first { world.state.visit($0) != before.visit($0) })
        var quiet = world
        quiet.accept(.undo(event))
        #expect(list(quiet).isEmpty && visits.allSatisfy { quiet.visit($0).told }, "\(way.rawValue)")
        // Called in between, they may believe what they were told then, though that they were is taken back too.
        call(&world, concerned)
        let call = try #require(world.events.last)
        world.accept(.undo(call))
        #expect(!reasons(world, concerned).isEmpty, "whether they know of it is not sure any more")
        world.accept(.undo(event, standing: world.state.lastEvent))
        #expect(world.visit(concerned).place == before.visit(concerned)?.place && !world.visit(concerned).told)
        #expect(reasons(world, concerned).map(\.purpose) == [.changed], "\(way.rawValue)")
        #expect(reasons(world, concerned)[0].due == Sample.now)
    }

    @Test func aRepairThatIsTakenBackLeavesNothingToTell() throws {
        var (world, visits) = Self.told()
        let nurses: [PersonID] = ["rn-1", "rn-2"]
        let day = world.visit(visits[1]).day.number * 1440
        for person in nurses {
            world.accept(.availability(.addTimeOff(TimeOff(person: person, interval: Interval(day, day + 1440)))))
        }
        guard case .found(let found) = try? proposeRepair(state: world.state, calendar: world.calendar, now: Sample.now)
        else {
            Issue.record("no repair was sought")
            return
        }
        world.accept(.repair(.change(found, .staffing)))
        let repair = try #require(world.events.last)
        #expect(!list(world).isEmpty)
        for absence in world.state.allAbsences { world.accept(.availability(.takeBack([absence.id.text]))) }
        world.accept(.undo(repair))
        #expect(list(world).isEmpty && visits.allSatisfy { world.visit($0).status == .confirmed })
    }

    @Test func aPatientWhoCallsOffKnowsOfItAndOneWhoDidNotComeToo() {
        var (world, visits) = Self.told()
        world.order(visits[3], .cancel(isMadeUp: false), reason: .patientUnwell)
        let late = Instant(minute: world.visit(visits[0]).place.minute + 60)
        world.order(visits[0], .noShow(isMadeUp: false), now: late)
        #expect(list(world, late).flatMap(\.reasons).allSatisfy { $0.purpose != .calledOff && $0.purpose != .changed })
        #expect(world.visit(visits[3]).heard == .calledOff)
        // Told another day than the one on which they did not come, they may still come then.
        let other = world.visit(visits[1])
        world.order(visits[1], .postpone(until: other.day + 1, later: .shift), reason: .staffing, now: late)
        let moved = Instant(minute: world.visit(visits[1]).place.minute + 60)
        world.order(visits[1], .noShow(isMadeUp: false), now: moved)
        #expect(reasons(world, visits[1], moved).map(\.purpose) == [.calledOff])
    }

    @Test func aVisitThatComesBackAtTheVeryTimeIsNoNews() {
        var (world, visits) = Self.told()
        world.alter("c1", .lifecycle(.hold))
        #expect(list(world).count == 1)
        world.alter("c1", .lifecycle(.resume(from: world.visit(visits[0]).day)))
        let open = world.state.visits(of: world.course()).filter(\.status.occupies)
        #expect(open.map(\.place.start) == visits.map { world.visit($0).place.start })
        #expect(open.allSatisfy { $0.status == .confirmed && $0.told } && list(world).isEmpty)
    }

    @Test func whatWasNeverToldVanishesAndWhatWasStays() throws {
        var (world, visits) = Self.told()
        world.order(visits[1], .cancel(isMadeUp: true), reason: .staffing)
        let cancelled = try #require(world.events.last)
        let made = try #require(world.state.visits(of: world.course()).first { !visits.contains($0.id) })
        var quiet = world
        quiet.accept(.undo(cancelled))
        #expect(quiet.state.visit(made.id) == nil)
        world.order(made.id, .confirm)
        let confirmed = try #require(world.events.last)
        world.accept(.undo(confirmed))
        world.accept(.undo(cancelled, standing: world.state.lastEvent))
        let kept = world.visit(made.id)
        #expect(kept.isTakenBack && !kept.status.occupies && kept.isForgone && loss(of: kept) == nil)
        #expect(reasons(world, made.id).map(\.purpose) == [.calledOff])
        // It has no turn: lost again, the turn's own visit is made up.
        world.order(visits[1], .cancel(isMadeUp: true), reason: .staffing)
        #expect(world.state.visits(of: world.course()).count(where: \.status.occupies) == 4)
    }

    // MARK: By when

    @Test func aCallIsDueADayBeforeInAnHourInWhichSomebodyIsThere() {
        var (world, visits) = Self.told()
        let third = world.visit(visits[2])
        world.order(visits[2], .cancel(isMadeUp: false), reason: .staffing)
        // The infusion of Thursday, 09:00: a day before, on the minute.
        #expect(third.day.weekday != .mon && third.place.start.clock == 540)
        #expect(reasons(world, visits[2]).first?.due == Instant(minute: third.place.minute - 1440))
        // Closed the day before: by the end of the day before that.
        world.accept(.availability(.addClosure(Closure(from: third.day - 1, through: third.day - 1))))
        #expect(reasons(world, visits[2]).first?.due.minute == (third.day - 2).number * 1440 + 720)
        // Past: now, and once the visit would have been, still.
        for now in [third.place.minute - 60, third.place.minute + 3000] {
            #expect(reasons(world, visits[2], Instant(minute: now)).first?.due == Instant(minute: now))
        }
    }

    @Test func overALongWeekendWhatMustBeKnownIsDueBeforeTheClinicCloses() {
        var world = World(Sample.facility(regimens: [Sample.regimen("one", [Sample.evaluation])]))
        world.accept(.availability(.addClosure(Closure(from: Sample.monday + 7, through: Sample.monday + 7))))
        let visit = world.book(
            Sample.order(regimen: "one") { wish in
                wish.earliest = Sample.monday + 8
                wish.startWithinDays = 0
            }
        ).visits[0]
        world.order(visit, .confirm)
        world.order(visit, .cancel(isMadeUp: false), reason: .staffing)
        #expect(reasons(world, visit).first?.due == Self.at(4, 720), "the Friday before, at noon")
        let friday = Self.at(4, 600)
        let sheet = wholeMorningSheet(of: Sample.monday + 4, now: friday, state: world.state, calendar: world.calendar)
        #expect(sheet.map(\.kind) == [.call] && sheet[0].patient == "p1" && sheet[0].detail == "calledOff")
        let thursday = wholeMorningSheet(
            of: Sample.monday + 3, now: friday, state: world.state, calendar: world.calendar)
        #expect(thursday.isEmpty)
        #expect(list(world, friday, through: Sample.monday + 3).isEmpty)
        #expect(list(world, friday, through: Sample.monday + 4).count == 1)
    }

    @Test func whoeverGotAMessageIsCalledAgainTwoHoursOnOrTheNextMorning() {
        var world = World()
        let visits = world.book().visits
        let monday = Self.at(0, 545)
        #expect(list(world, monday).map(\.visit) == [visits[0]] && list(world, monday)[0].due == monday)
        call(&world, visits[0], .messageLeft, monday)
        #expect(list(world, monday)[0].due == Self.at(0, 665) && list(world, monday)[0].calls.count == 1)
        // Two hours on nobody is there: the next morning, or before the visit.
        let later = Self.at(0, 620)
        call(&world, visits[0], .messageLeft, later)
        let first = world.visit(visits[0])
        let again = list(world, later)[0]
        #expect(again.calls.count == 2 && again.due == min(Self.at(1, 540), Instant(minute: first.place.minute)))
    }

    @Test func onePatientIsOneEntryAndWhoIsReachedKnowsAllThatItNames() {
        var world = World()
        let visits = world.book().visits
        let other = world.book(Sample.order("p2")).visits
        let entries = list(world)
        #expect(entries.map(\.patient) == ["p1", "p2"] && entries.allSatisfy { $0.purposes == [.agree] })
        #expect(entries[0].reasons.map(\.visit) == visits)
        call(&world, visits[2], .declined)
        #expect(list(world)[0].purposes == [.lost, .agree] && list(world)[0].visit == visits[2])
        call(&world, visits[1], .messageLeft)
        #expect(world.visit(visits[2]).isDeclined && world.visit(visits[0]).calls.count == 1)
        call(&world, visits[1])
        #expect([0, 1, 3].allSatisfy { world.visit(visits[$0]).status == .confirmed && world.visit(visits[$0]).told })
        #expect(world.visit(visits[2]).status == .tentative && !world.visit(visits[2]).told)
        #expect(list(world).map(\.purposes) == [[.lost], [.agree]] && list(world)[1].reasons.map(\.visit) == other)
        // Moved, the patient is asked about the new time.
        world.accept(.visit(.order(visits[2], .move(PlaceWish()), .patientRequest)))
        #expect(list(world)[0].purposes == [.agree])
        #expect(
            world.events.last { $0.event.kind == .course(.changed) }?.event.courseChanges.first?.action == .visitMoved)
    }

    @Test func purposesStandInTheirOrderAndAClosedGateAsksForNothing() {
        var facility = Sample.facility(
            regimens: [Sample.regimen("long", [Sample.evaluation, Sample.induction(), Sample.maintenance])])
        facility.visitTypes[1].escort = true
        facility.regimens[0].prerequisites = [Prerequisite(name: "consent", scope: .course, validDays: nil)]
        var world = World(facility)
        let visits = world.book(Sample.order(regimen: "long")).visits
        #expect(visits.count == 6)
        let gated = Set(visits.suffix(2))
        #expect(list(world).flatMap(\.reasons).allSatisfy { !gated.contains($0.visit) })
        world.order(visits[1], .confirm)
        world.order(visits[2], .confirm)
        world.order(visits[3], .confirm)
        let last = world.visit(visits[3])
        world.order(visits[3], .postpone(until: last.day + 1, later: .shift), reason: .staffing)
        world.order(visits[2], .cancel(isMadeUp: false), reason: .staffing)
        let reasons = list(world)[0].reasons
        // Those behind the gate were told at the booking, and moved along.
        #expect(reasons.map(\.purpose) == [.calledOff, .changed, .changed, .changed, .agree, .ready])
        #expect(reasons.last?.missing == ["escort", "consent"])
        world.accept(
            .visit(
                .recordCall(
                    PhoneCallMade(about: visits[3], outcome: .reached, at: Sample.now, through: Sample.monday + 60))))
        // Nobody is late for what a closed gate keeps.
        let gate = world.visit(visits[4])
        #expect(gate.status == .tentative && gate.told)
        #expect(self.reasons(world, visits[4], Instant(minute: gate.place.minute + 30)).isEmpty)
    }

    @Test func aCallAboutAnEndedCourseFallsDueAndIsDone() throws {
        var (world, visits) = Self.told()
        world.alter("c1", .lifecycle(.cease))
        let first = world.visit(visits[0])
        let alerts = due(
            world.state, after: Sample.now, through: Instant(minute: first.place.minute),
            calendars: world.calendar.calendars)
        #expect(alerts.contains { $0.kind == .taskDue && $0.detail == "\(visits[0])/call" })
        let kept = world.state.trimmed(from: Sample.monday + 90)
        #expect(kept.course("c1") != nil && kept.visit(visits[3]) == world.visit(visits[3]))
        call(&world, visits[0])
        // Whoever hears that one visit will not take place hears it of all, of those weeks ahead too.
        #expect(list(world).isEmpty && world.state.trimmed(from: Sample.monday + 90).course("c1") == nil)
        #expect(
            world.refusal(.visit(.recordCall(PhoneCallMade(about: visits[0], outcome: .declined, at: Sample.now))))
                != nil)
    }
}
