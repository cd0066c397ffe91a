import Clinic
import Planning
import Testing

/// What is asked for a visit that stands on a closed day.
@Suite struct ClosedDayTests {
    private func reasons(_ world: World, _ visit: VisitID, _ now: Instant) -> [PhoneCall.Reason] {
        let list = CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls() ?? []
        return list.flatMap(\.reasons).filter { $0.visit == visit }
    }

    /// What stands on a closed day gets another time: until then nothing is asked for the one that it has.
    @Test func nothingIsAskedForAVisitOnAClosedDayUntilItIsRepaired() throws {
        var facility = Sample.facility()
        facility.visitTypes[1].escort = true
        var world = World(facility)
        let visits = world.book().visits
        world.order(visits[1], .confirm)
        func asked(_ world: World, _ id: VisitID, _ now: Instant = Sample.now) -> [PhoneCall.Purpose] {
            reasons(world, id, now).map(\.purpose)
        }
        func lines(_ world: World, _ id: VisitID) -> [SheetLine.Kind] {
            let now = Instant(minute: world.visit(id).day.number * 1440 + 480)
            return wholeMorningSheet(of: world.visit(id).day, now: now, state: world.state, calendar: world.calendar)
                .filter { $0.visit == id && $0.kind != .call }.map(\.kind)
        }
        let late = Instant(minute: world.visit(visits[1]).place.minute + 60)
        #expect(asked(world, visits[1]) == [.ready] && asked(world, visits[2]) == [.agree])
        #expect(asked(world, visits[1], late).contains(.late))
        #expect(lines(world, visits[1]).contains(.escort) && lines(world, visits[2]).contains(.unconfirmed))
        let open = world
        for id in visits[1...2] {
            let day = world.visit(id).day
            world.accept(.availability(.addClosure(Closure(from: day, through: day))))
        }
        #expect(asked(world, visits[1]).isEmpty && asked(world, visits[2]).isEmpty)
        #expect(asked(world, visits[1], late).isEmpty)
        #expect(lines(world, visits[1]) == [.staffing] && lines(world, visits[2]) == [.staffing])
        // Who said that they cannot come then is still to be found another time.
        world.accept(.visit(.recordCall(PhoneCallMade(about: visits[1], outcome: .declined, at: Sample.now))))
        #expect(asked(world, visits[1]) == [.lost])
        // Closed before and after it only, or set aside, it takes place.
        var hours = open
        let own = hours.visit(visits[1]).place.start
        let end = own.clock + hours.visit(visits[1]).visitType.length
        for closed in [Interval(0, own.clock), Interval(end, 1440)] {
            hours.accept(.availability(.addClosure(Closure(from: own.day, through: own.day, hours: closed))))
        }
        #expect(asked(hours, visits[1]) == [.ready])
        hours.accept(
            .availability(.addClosure(Closure(from: own.day, through: own.day, hours: Interval(end - 1, end)))))
        #expect(asked(hours, visits[1]).isEmpty)
        hours.order(visits[1], .override(.openingHours))
        #expect(asked(hours, visits[1]) == [.ready])
    }
}
