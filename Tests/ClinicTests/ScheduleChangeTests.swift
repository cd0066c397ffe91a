import Clinic
import Planning
import Testing

/// Repairs as the clinic proposes and makes them.
@Suite struct ScheduleChangeTests {
    // The course: an evaluation on Tuesday 2026-03-03, then infusions on Wednesday, Friday and Monday.

    private func interval(_ day: Day, _ from: Int = 0, _ until: Int = 1440) -> Interval {
        Interval(day.number * 1440 + from, day.number * 1440 + until)
    }

    private func proposal(_ world: World, day: Day? = nil, now: Instant = Sample.now) throws -> ScheduleChange {
        let result = try proposeRepair(day: day, state: world.state, calendar: world.calendar, now: now)
        guard case .found(let found) = result else { throw Unexpected() }
        return found
    }

    private struct Unexpected: Error {}

    @Test func whomAnAbsenceHitsIsRecordedBehindIt() throws {
        var world = World()
        let visits = world.book().visits
        let nurse = world.visit(visits[1]).place.persons[0]
        let day = world.visit(visits[1]).day
        let command = Command.availability(.addTimeOff(TimeOff(person: nurse, interval: interval(day))))
        guard case .accepted(let events, _, .absence("t1")) = world.decision(command) else { throw Unexpected() }
        #expect(events.count == 2)
        let hit = VisitsHit(
            subject: .person(nurse), visits: [AffectedVisit(visit: visits[1], rules: [.attendantOnDuty])])
        #expect(events.last == .visit(.hit(hit)))
        #expect(events.last?.subjects == [.visit(visits[1]), .person(nurse)])
        world.take(events)
        // Another day's absence hits nobody.
        let other = Command.availability(.addTimeOff(TimeOff(person: nurse, interval: interval(day + 40))))
        guard case .accepted(let quiet, _, _) = world.decision(other) else { throw Unexpected() }
        #expect(quiet.count == 1)
    }

    @Test func anotherNurseTakesOverAndNobodyIsCalled() throws {
        var world = World()
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        let before = world.visit(visits[1])
        world.accept(
            .availability(.addTimeOff(TimeOff(person: before.place.persons[0], interval: interval(before.day)))))
        let found = try proposal(world)
        #expect(found.moves.map(\.visit) == [visits[1]])
        #expect(found.moves.first?.rules == [.attendantOnDuty])
        guard case .scheduleChanged(let differences, by: _) = world.accept(.repair(.change(found, .staffing))) else {
            throw Unexpected()
        }
        #expect(differences.map(\.calls) == [[]])
        let after = world.visit(visits[1])
        #expect(after.place.start == before.place.start && after.place.chair == before.place.chair)
        #expect(after.place.persons != before.place.persons)
        #expect(after.status == .confirmed && after.told && !after.needsCall)
        #expect(world.course("c1").changedBy == world.state.lastEvent)
        #expect(try proposal(world).moves.isEmpty)
    }

    @Test func whoeverIsHereStaysHereWhereARepairMovesThem() throws {
        var world = World()
        let visits = world.book().visits
        let before = world.visit(visits[0])
        let start = Instant(minute: before.place.minute)
        world.fact(visits[0], Fact(.arrived, at: start), now: start)
        // Nobody but this provider can see the patient, from half an hour later on.
        world.accept(
            .availability(
                .addTimeOff(TimeOff(person: "md-1", interval: interval(before.day, 540, 570)))), now: start)
        let found = try proposal(world, now: start)
        #expect(found.moves.first?.to?.start.clock == 570)
        world.accept(.repair(.change(found, .staffing)), now: start)
        let after = world.visit(visits[0])
        #expect(after.status == .arrived && after.place.start.clock == 570 && after.told)
    }

    @Test func theChairAndThePersonBookedForWhatRunsElsewhereAreNobodyElses() throws {
        var world = World()
        let visits = [world.book().visits[1], world.book(Sample.order("p2")).visits[1]]
        let (first, second) = (world.visit(visits[0]), world.visit(visits[1]))
        #expect(first.place.start == second.place.start && first.place.chair != second.place.chair)
        let start = Instant(minute: first.place.minute)
        // The first patient sits where the second one is booked.
        for kind in [Fact.Kind.arrived, .started] {
            let seat = kind == .started ? ActualSeat(chair: second.place.chair) : ActualSeat()
            world.accept(
                .visit(.recordFact(visits[0], Fact(kind, at: start), in: seat, isOverridden: true)), now: start)
        }
        let running = world.state.running(on: world.calendar, now: start)
        let own = running[first.day]?.bookings.filter { $0.id == visits[0] } ?? []
        #expect(own.map(\.placement.chair) == [second.place.chair])
        let kept = running[first.day]?.bookings.filter { $0.placement.chair == first.place.chair } ?? []
        #expect(kept.count == 1 && kept.first?.id != visits[0])
        // A repair finds no chair for the second before one is free in the book, too.
        let found = try proposal(world, now: start)
        for move in found.moves where move.visit == visits[1] {
            #expect(move.to.map { $0.day > first.day || $0.minute >= first.holdInterval.until } ?? true)
        }
    }

    @Test func whatMovesIsToBeToldAndWhatHasNoPlaceIsListed() throws {
        var world = World()
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        let day = world.visit(visits[1]).day
        world.accept(.availability(.addClosure(Closure(from: day, through: day))))
        let found = try proposal(world)
        #expect(found.moves.first?.to?.day != day)
        guard case .scheduleChanged(let differences, by: _) = world.accept(.repair(.change(found, .closure))) else {
            throw Unexpected()
        }
        #expect(differences[0].calls.contains(visits[1]))
        #expect(world.visit(visits[1]).status == .tentative && world.visit(visits[1]).needsCall)
        // Closed for a month, nothing is left but to say so.
        world.accept(.availability(.addClosure(Closure(from: Sample.monday, through: Sample.monday + 40))))
        let hopeless = try proposal(world)
        #expect(hopeless.moves.count == 4 && hopeless.moves.allSatisfy { $0.to == nil })
        #expect(hopeless.moves.allSatisfy { !$0.closed.isEmpty })
        #expect(hopeless.moves[0].closed.contains { $0.closedBy == .openingHours })
        world.accept(.repair(.change(hopeless, .closure)))
        #expect(world.visit(visits[0]).status == .cancelled(.early, .closure))
        let tasks = world.state.tasks(of: world.course("c1"))
        #expect(tasks.count { $0.kind == .makeUp } == 4)
        #expect(tasks.count { $0.kind == .call } == 4)
    }

    @Test func aProposedRepairNamesWhatWasLost() throws {
        func proposed(_ loss: (Visit) -> Command) throws -> RepairProposed {
            var world = World()
            let visits = world.book().visits
            let hit = world.visit(visits[1])
            world.order(hit.id, .confirm)
            world.accept(loss(hit))
            let found = try proposal(world)
            guard
                case .accepted(_, _, .scheduleChanged(let differences, by: let change)) = world.decision(
                    .repair(.change(found, .staffing)))
            else {
                throw Unexpected()
            }
            let proposed = RepairProposed(change, differences, proposal: "rp1", state: world.state)
            #expect(proposed.moves == found.moves && proposed.broken.map(\.visit).contains(hit.id))
            #expect(proposed.unplaced.isEmpty && proposed.isRepetition(of: proposed))
            let event = Event.repair(.proposed(proposed))
            #expect(event.visits.isEmpty && event.courses.isEmpty)
            #expect(event.subjects.contains(.visit(hit.id)) && event.subjects.contains(.course(hit.course)))
            return proposed
        }
        var nurse: PersonID?
        let away = try proposed { visit in
            nurse = visit.place.persons[0]
            return .availability(.addTimeOff(TimeOff(person: visit.place.persons[0], interval: interval(visit.day))))
        }
        #expect(away.lost == [.person(try #require(nurse))])
        var chair: ChairID?
        let out = try proposed { visit in
            chair = visit.place.chair
            return .availability(.addOutage(Outage(chair: visit.place.chair, interval: interval(visit.day))))
        }
        #expect(out.lost == [.chair(try #require(chair))] && out.calls.isEmpty && out.movedCount == 0)
        let closed = try proposed { .availability(.addClosure(Closure(from: $0.day, through: $0.day))) }
        #expect(closed.lost == [.clinic] && closed.calls == ["p1"] && closed.movedCount > 0)
        #expect(!closed.isRepetition(of: out))
    }

    @Test func aRepairThatNoLongerFitsIsRefusedWhole() throws {
        var world = World()
        let first = world.book().visits
        let second = world.book(Sample.order("p2")).visits
        let day = world.visit(first[1]).day
        for visit in [first[1], second[1]] { world.order(visit, .confirm) }
        let nurses = Set([first[1], second[1]].map { world.visit($0).place.persons[0] })
        for nurse in nurses {
            world.accept(.availability(.addTimeOff(TimeOff(person: nurse, interval: interval(day)))))
        }
        let found = try proposal(world)
        #expect(Set(found.moves.map(\.visit)).isSuperset(of: [first[1], second[1]]))
        let target = try #require(found.moves.first { $0.visit == first[1] }?.to)
        // The chair that one of them was to have is out of service by now.
        var changed = world
        changed.accept(.availability(.addOutage(Outage(chair: target.chair, interval: interval(target.day)))))
        let refused = try #require(refusal(changed.decision(.repair(.change(found, .staffing)))))
        guard case .conflicts(let conflicts) = refused else { throw Unexpected() }
        #expect(conflicts.since == found.basis)
        #expect(conflicts.visits.contains(AffectedVisit(visit: first[1], rules: [.chairInService])))
        // Somebody has moved one of them meanwhile.
        world.order(second[1], .cancel(isMadeUp: false))
        guard case .conflicts(let gone)? = refusal(world.decision(.repair(.change(found, .staffing)))) else {
            throw Unexpected()
        }
        #expect(gone.visits == [AffectedVisit(visit: second[1], rules: [])])
    }

    @Test func aRepairIsTakenBackWholeWhereWhatWasFitsAgain() throws {
        var world = World()
        let first = world.book().visits
        let second = world.book(Sample.order("p2")).visits
        let day = world.visit(first[1]).day
        let before = world.state.visits
        world.accept(.availability(.addOutage(Outage(chair: "chair-1", interval: interval(day)))))
        world.accept(.availability(.addOutage(Outage(chair: "chair-2", interval: interval(day)))))
        world.accept(.repair(.change(try proposal(world), .equipment)))
        let repaired = try #require(world.events.last)
        #expect(repaired.event.kind == .repair(.changed) && Set(repaired.event.courses) == ["c1", "c2"])
        #expect(refusal(world.decision(.undo(repaired))) == .unchangeable(.breaks([.chairInService])))
        world.accept(.availability(.takeBack(["o1", "o2"])))
        var undone = world
        guard case .scheduleChanged(let reply, by: _) = undone.accept(.undo(repaired)) else { throw Unexpected() }
        #expect(reply.count == 2)
        #expect(undone.state.visits == before)
        // Something happened to one of its visits since: then nothing is taken back.
        world.order(second[1], .cancel(isMadeUp: false))
        let since = world.state.lastEvent
        #expect(refusal(world.decision(.undo(repaired))) == .unchangeable(.changedSince(event: since)))
    }

    @Test func aLostVisitIsMadeUpWhereItIsWanted() throws {
        var world = World()
        let visits = world.book().visits
        let lost = world.visit(visits[3])
        world.accept(.availability(.addClosure(Closure(from: lost.day, through: lost.day + 20))))
        world.accept(.repair(.change(try proposal(world), .closure)))
        world.accept(.availability(.takeBack(["k1"])))
        let day = lost.day + 1
        let gains = try gains(
            from: day, through: day, state: world.state, calendar: world.calendar, now: Sample.now)
        #expect(gains.map(\.visit.id) == [visits[3]] && gains[0].kind == .lost && gains[0].place.day == day)
        world.order(visits[3], .move(PlaceWish(from: day, through: day)))
        let made = try #require(world.course("c1").visits.last.map { world.visit($0) })
        #expect(made.id != visits[3] && made.number == lost.number && made.place == gains[0].place)
        // It is owed no more.
        #expect(world.refuses(visits[3], .move(PlaceWish())) == .visit(visits[3], .cancelled(.early, .closure)))
    }

    @Test func aDayIsRepairedAndTheOthersWait() throws {
        var world = World()
        let visits = world.book().visits
        let days = visits.map { world.visit($0).day }
        world.accept(.availability(.addClosure(Closure(from: days[1], through: days[1]))))
        world.accept(.availability(.addOutage(Outage(chair: "chair-1", interval: interval(days[3])))))
        world.accept(.availability(.addOutage(Outage(chair: "chair-2", interval: interval(days[3])))))
        let found = try proposal(world, day: days[1])
        #expect(found.day == days[1] && !found.moves.isEmpty)
        #expect(found.moves.first?.visit == visits[1])
        #expect(found.moves.allSatisfy { $0.to != nil })
    }

    @Test func whatIsHeldForSomebodyStays() throws {
        var world = World()
        guard
            case .proposal(let proposed) = try propose(
                Sample.order(), state: world.state, calendar: world.calendar, now: Sample.now)
        else { throw Unexpected() }
        world.accept(
            .course(.holdProposal(proposed, alternative: nil, until: Instant(minute: Sample.now.minute + 15))))
        let visit = VisitID("v2")
        let day = world.visit(visit).day
        world.accept(.availability(.addClosure(Closure(from: day, through: day))))
        let found = try proposal(world)
        #expect(found.moves.isEmpty)
        #expect(found.unresolved == [AffectedVisit(visit: visit, rules: [.openingHours])])
    }

    @Test func anExtraShiftIsWorkedAndTakenBack() throws {
        var world = World()
        world.accept(.availability(.addOpening(Opening(day: Sample.monday + 5, hours: Interval(540, 720)))))
        let saturday = Sample.monday + 5
        #expect(
            refusal(
                world.decision(
                    .availability(.addShift(ExtraShift(person: "rn-9", day: saturday, hours: Interval(540, 720))))))
                == .unknown(.person, "rn-9"))
        let shift = ExtraShift(person: "rn-1", day: saturday, hours: Interval(540, 720))
        guard case .shift("s1") = world.accept(.availability(.addShift(shift))) else { throw Unexpected() }
        let visits = world.book(Sample.order { $0.earliest = saturday - 1 }).visits
        #expect(visits.contains { world.visit($0).day == saturday })
        guard case .accepted(let events, _, _) = world.decision(.availability(.takeBack(["s1"]))) else {
            throw Unexpected()
        }
        #expect(events.count == 2 && events.last?.kind == .visit(.hit))
        world.take(events)
        #expect(world.state.allShifts.isEmpty)
        #expect(refusal(world.decision(.availability(.takeBack(["s1"])))) == .unknown(.shift, "s1"))
    }
}
