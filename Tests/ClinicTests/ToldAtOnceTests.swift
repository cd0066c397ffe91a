import Clinic
import Planning
import TestSupport
import Testing

/// Changes of which the patient, who is here or on the line, knows at once.
@Suite struct ToldAtOnceTests {
    private func reasons(_ world: World, _ now: Instant = Sample.now) -> [PhoneCall.Reason] {
        CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls().flatMap(\.reasons) ?? []
    }

    /// A course of four visits, of which the patient knows all but the last.
    private func known() -> (world: World, visits: [VisitID]) {
        var world = World()
        let visits = world.book().visits
        for visit in visits.dropLast() { world.order(visit, .confirm) }
        return (world, visits)
    }

    /// A visit that gets the time of one that was called off before anybody told the patient is what they know of.
    @Test func aTimeThatACalledOffVisitLeavesIsKnown() {
        var (world, visits) = known()
        let left = world.visit(visits[2]).place.start
        world.order(visits[2], .cancel(isMadeUp: false), reason: .staffing)
        #expect(reasons(world).contains { $0.visit == visits[2] && $0.purpose == .calledOff })
        let wish = PlaceWish(from: left.day, through: left.day, clock: left.clock)
        world.order(visits[3], .move(wish), reason: .staffing)
        #expect(world.visit(visits[3]).heard == .at(left) && world.visit(visits[3]).status == .confirmed)
        #expect(!reasons(world).contains { [visits[2], visits[3]].contains($0.visit) && $0.purpose != .ready })
    }

    private static let changes: [(name: String, command: @Sendable (World, [VisitID]) -> Command)] = [
        ("cancelled", { .visit(.order($1[1], .cancel(isMadeUp: false), .staffing)) }),
        ("cancelled and made up", { .visit(.order($1[1], .cancel(isMadeUp: true), .staffing)) }),
        ("omitted", { .visit(.order($1[1], .omit, .clinical)) }),
        ("moved", { .visit(.order($1[2], .move(PlaceWish()), .staffing)) }),
        ("deferred", { .visit(.order($1[1], .postpone(until: $0.visit($1[1]).day + 1, later: .shift), .staffing)) }),
        ("held", { _, _ in .course(.alter("c1", .lifecycle(.hold), .clinical)) }),
        ("ceased", { _, _ in .course(.alter("c1", .lifecycle(.cease), .clinical)) }),
        ("extended", { _, _ in .course(.alter("c1", .pattern(.extend(phase: nil, visits: 2)), .clinical)) }),
        ("ended", { _, _ in .course(.alter("c1", .pattern(.end(phase: "induction")), .clinical)) }),
        (
            "gaps",
            { _, _ in
                .course(
                    .alter(
                        "c1", .pattern(.regap(phase: "induction", gaps: [4], before: 0, after: 3, from: nil)), .clinical
                    ))
            }
        ),
    ]

    @Test(arguments: changes.indices) func nothingOfTheChangeIsOnTheList(index: Int) throws {
        let (name, command) = Self.changes[index]
        var (world, visits) = known()
        let before = world.state
        var quiet = world
        quiet.accept(command(world, visits))
        let asked = command(world, visits)
        world.accept(.told(asked))
        var changed = 0
        for visit in world.state.visits(of: world.course()) {
            let old = before.visit(visit.id)
            let isSame = old.map { $0.place.start == visit.place.start && $0.status.occupies == visit.status.occupies }
            if isSame ?? false {
                #expect(visit.heard == old?.heard, "\(name): \(visit.id) did not change")
                continue
            }
            changed += 1
            #expect(!reasons(world).contains { $0.visit == visit.id && $0.purpose != .lost }, "\(name): \(visit.id)")
            if visit.status.occupies { #expect(visit.told && visit.status == .confirmed, "\(name): \(visit.id)") }
            if let old, old.heard != nil, !visit.status.occupies { #expect(visit.heard == .calledOff, "\(name)") }
        }
        #expect(changed > 0, "\(name) changes nothing")
        #expect(world.events.last { !$0.event.courseChanges.isEmpty }?.event.courseChanges[0].isTold ?? false)
        // Places are the same whoever knows of them.
        #expect(
            world.state.visits(of: world.course()).map(\.place) == quiet.state.visits(of: quiet.course()).map(\.place))
    }

    @Test func theRestOfTheCourseIsAsUnknownAsItWas() {
        var (world, visits) = known()
        let day = world.visit(visits[2]).day
        world.accept(.told(.visit(.order(visits[2], .move(PlaceWish(from: day, through: day, clock: 615)), .staffing))))
        #expect(world.visit(visits[2]).told && world.visit(visits[3]).heard == nil)
        #expect(reasons(world).map(\.visit) == [visits[3]])
    }

    @Test func whatWasToldStaysToldWhenTheChangeIsTakenBackUnlessThatIsToldToo() throws {
        var (world, visits) = known()
        let before = world.visit(visits[1])
        world.accept(.told(.visit(.order(visits[1], .postpone(until: before.day + 1, later: .shift), .staffing))))
        let event = try #require(world.events.last { !$0.event.courseChanges.isEmpty })
        var told = world
        world.accept(.undo(event))
        #expect(world.visit(visits[1]).place == before.place && world.visit(visits[1]).heard == .unsure(nil))
        #expect(reasons(world).contains { $0.visit == visits[1] && $0.purpose == .changed })
        told.accept(.told(.undo(event)))
        #expect(told.visit(visits[1]).told && told.visit(visits[1]).status == .confirmed)
        #expect(!reasons(told).contains { $0.visit == visits[1] })
    }

    @Test func aBookingTakenBackOnTheLineIsOnNobodysList() throws {
        var world = World()
        guard case .course(let booked) = world.accept(.told(.course(.book(Sample.order())))) else {
            Issue.record("not booked")
            return
        }
        #expect(booked.visits.allSatisfy { world.visit($0).told && world.visit($0).status == .confirmed })
        #expect(reasons(world).isEmpty)
        let event = try #require(world.events.last { $0.event.kind == .course(.booked) })
        world.accept(.told(.undo(event)))
        #expect(booked.visits.allSatisfy { world.visit($0).isTakenBack && world.visit($0).heard == .calledOff })
        #expect(reasons(world).isEmpty)
    }

    /// Two patients, all of whose visits on a day a closure hits, with the repair made.
    private func repaired(patients: Int, told: Bool = false) throws -> (world: World, closure: String, day: Day) {
        var world = World()
        for number in 1...patients { world.book(Sample.order(PatientID("p\(number)"))) }
        for course in world.state.allCourses {
            for visit in course.visits { world.order(visit, .confirm) }
        }
        let day = world.visit(world.course().visits[1]).day
        world.accept(.availability(.addClosure(Closure(from: day, through: day))))
        let closure = try #require(world.state.allClosures.first).id.text
        guard
            case .found(let found)? = try? proposeRepair(state: world.state, calendar: world.calendar, now: Sample.now)
        else { preconditionFailure("no repair was sought") }
        let made = Command.repair(.change(found, .closure))
        world.accept(told ? .told(made) : made)
        return (world, closure, day)
    }

    /// Who was told the time of a repair counts on it when that is taken back, whoever else stands at the desk then.
    @Test func aRepairTakenBackPutsThoseWhoWereToldOfItOnTheList() throws {
        for (patients, isTold, saysTold) in [(2, false, false), (2, false, true), (2, true, false), (1, true, true)] {
            var (world, closure, _) = try repaired(patients: patients, told: isTold)
            let repair = try #require(world.events.last { $0.event.kind == .repair(.changed) })
            let moved = repair.event.courseChanges.flatMap(\.visits).filter(\.isMoved)
            #expect(moved.count >= patients)
            let calls = CallList(world.state, calendars: world.calendar.calendars, now: Sample.now)?.calls() ?? []
            #expect(calls.isEmpty == isTold)
            for call in calls {
                let reached = PhoneCallMade(
                    about: call.visit, outcome: .reached, at: Sample.now, through: Sample.monday + 30)
                world.accept(.visit(.recordCall(reached)))
            }
            #expect(reasons(world).isEmpty)
            world.accept(.availability(.takeBack([closure])))
            let undoing = Command.undo(repair, standing: nil)
            world.accept(saysTold ? .told(undoing) : undoing)
            for change in moved { #expect(world.visit(change.id).place == change.before?.place) }
            let listed = reasons(world).filter { $0.purpose == .changed }.map(\.visit)
            // One patient who stands there knows of it; of two nobody says which.
            let misled = patients == 1 ? [] : moved.map(\.id)
            #expect(Set(listed) == Set(misled), "\(patients), \(isTold), \(saysTold)")
            guard patients == 2, !isTold else { continue }
            for change in moved {
                let start = try #require(change.after).place.start
                #expect(world.visit(change.id).heard == .at(start) && world.visit(change.id).calls.isEmpty)
            }
        }
    }

    @Test func aClosedGateAndAMissingGrantStandAgainstAgreementAsTheyDoOnACall() {
        let regimen = Sample.regimen("long", [Sample.evaluation, Sample.induction(), Sample.maintenance])
        var world = World(Sample.facility(regimens: [regimen]))
        var order = Sample.order(regimen: "long")
        order.wish.requiresAuthorisation = true
        guard case .course(let booked) = world.accept(.told(.course(.book(order)))) else { return }
        #expect(booked.visits.allSatisfy { world.visit($0).told && world.visit($0).status == .tentative })
    }
}

/// What is done about a visit to which its patient cannot come, in the event that says so.
@Suite struct DeclinedVisitTests {
    private func told() -> (world: World, visits: [VisitID]) {
        var notifications = NotificationParameters()
        notifications.lateCancellationBusinessHours = 2
        var world = World(notifications: notifications)
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        return (world, visits)
    }

    private func decline(
        _ world: inout World, _ visit: VisitID, _ then: AfterDeclining = .nothing, _ now: Instant = Sample.now
    ) {
        let call = PhoneCallMade(about: visit, outcome: .declined, at: now, then: then)
        world.accept(.visit(.recordCall(call)), now: now)
    }

    private func reasons(_ world: World, _ now: Instant = Sample.now) -> [PhoneCall.Reason] {
        CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls().flatMap(\.reasons) ?? []
    }

    @Test func itIsMovedAndAgreedToInOneEvent() throws {
        var (world, visits) = told()
        let before = world.visit(visits[3])
        let found = longEnough(
            try declinedVisit(visits[3], state: world.state, calendar: world.calendar, now: Sample.now))
        let other = try #require(found?.best).place
        #expect(other.start != before.place.start && found?.notice == .early)
        let events = world.events.count
        decline(&world, visits[3], .moved(PlaceWish()))
        let after = world.visit(visits[3])
        #expect(after.place == other, "the answer proposes what the move does")
        #expect(after.told && after.status == .confirmed && !after.isDeclined && reasons(world).isEmpty)
        #expect(world.events.dropFirst(events).flatMap(\.event.courseChanges).map(\.action) == [.visitMoved])
        #expect(after.facts.map(\.detail) == ["declined"])
        let moved = try #require(world.events.last { !$0.event.courseChanges.isEmpty })
        world.accept(.undo(moved))
        #expect(world.visit(visits[3]).place == before.place && world.visit(visits[3]).facts.isEmpty)
    }

    @Test func theBestOfTheSameDayStandsBesideTheBestOfAnother() throws {
        let (world, visits) = told()
        let visit = world.visit(visits[3])
        let found = longEnough(
            try declinedVisit(visits[3], state: world.state, calendar: world.calendar, now: Sample.now))
        let (sameDay, otherDay) = (try #require(found?.sameDay), try #require(found?.otherDay))
        #expect(sameDay.place.day == visit.day && sameDay.place.start != visit.place.start)
        #expect(otherDay.place.day != visit.day)
        #expect(found?.best == (otherDay.cost < sameDay.cost ? otherDay : sameDay))
        // Each is the best that a move finds which is told no more.
        for (other, wish) in [
            (sameDay, PlaceWish(from: visit.day, through: visit.day, isElsewhere: true)),
            (otherDay, PlaceWish(from: visit.day + 1, through: visit.day + 9)),
            (otherDay, PlaceWish(from: visit.day - 1, through: visit.day - 1)),
        ] {
            var moved = world
            let order = Command.visit(.order(visits[3], .move(wish), .patientRequest))
            guard case .accepted(let events, _, .changed(let difference)) = moved.decision(order) else { continue }
            moved.take(events)
            let cost = difference.costAfter - difference.costBefore + difference.costOfMoving
            #expect(other.cost <= cost, "\(other.place) is dearer than \(moved.visit(visits[3]).place)")
            if moved.visit(visits[3]).place == other.place { #expect(other.cost == cost) }
        }
    }

    @Test func whatWasDeclinedBeforeIsNotProposedAgain() throws {
        var (world, visits) = told()
        let id = visits[3]
        let (day, clock) = (world.visit(id).day, world.visit(id).place.start.clock)
        func instead() -> DeclinedVisit? {
            longEnough(try declinedVisit(id, state: world.state, calendar: world.calendar, now: Sample.now))
        }
        let first = try #require(instead()?.sameDay).place.start.clock
        #expect(first != clock)
        decline(&world, id, .moved(PlaceWish(from: day, through: day, clock: first)))
        #expect(world.visit(id).told && world.visit(id).place.start.clock == first)
        // The first time was the cheaper one, and is free.
        decline(&world, id)
        let second = try #require(instead()?.sameDay).place.start.clock
        #expect(second != clock && second != first)
        let other = try #require(instead()?.otherDay).place.day
        decline(&world, id, .moved(PlaceWish(from: other, through: other)))
        decline(&world, id)
        // Of the first day nothing was agreed to in the end.
        #expect(instead()?.otherDay?.place.day != day && instead()?.otherDay?.place.day != other)
    }

    @Test func itIsCalledOffAsLateOrEarlyAsTheRuleSaysThen() throws {
        var (world, visits) = told()
        let first = world.visit(visits[0])
        let late = Instant(minute: first.place.minute - 60)
        let found = longEnough(try declinedVisit(visits[0], state: world.state, calendar: world.calendar, now: late))
        #expect(found?.notice == .late)
        decline(&world, visits[0], .cancelled(isMadeUp: false), late)
        #expect(world.visit(visits[0]).status == .cancelled(.late, .patientRequest))
        #expect(world.visit(visits[0]).heard == .calledOff && world.visit(visits[0]).isForgone)
        #expect(!reasons(world, late).contains { $0.visit == visits[0] })
        decline(&world, visits[3], .cancelled(isMadeUp: true), late)
        let made = world.state.visits(of: world.course()).filter { !visits.contains($0.id) }
        #expect(made.count == 1 && made[0].heard == nil, "what makes up for it is still to be said")
    }

    @Test func leftAsItIsItStaysOnTheListAndWhatCannotBeDoneRecordsNothing() {
        var (world, visits) = told()
        decline(&world, visits[3])
        #expect(reasons(world).map(\.purpose) == [.lost] && world.visit(visits[3]).status == .confirmed)
        let sunday = Sample.monday + 6
        let call = PhoneCallMade(
            about: visits[3], outcome: .declined, at: Sample.now, then: .moved(PlaceWish(from: sunday, through: sunday))
        )
        guard case .refused(.noPlan, _) = world.decision(.visit(.recordCall(call))) else {
            Issue.record("there is a place on a Sunday")
            return
        }
    }
}
