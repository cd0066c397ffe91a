import Clinic
import Planning
import TestSupport
import Testing

/// The waiting list: who gains by a freed place, offers that hold it, and what becomes of them.
@Suite struct WaitingTests {
    // One chair for infusions at a time is enough to see who stands in whose way: the clinic is open from 09:00 to
    // 12:00, an infusion holds its chair for 80 minutes.
    private static func world(chairs: Int = 1) -> World {
        let regimen = Sample.regimen("iv", [Sample.induction(count: 1)])
        return World(Sample.facility(regimens: [regimen], chairs: chairs), patients: 4)
    }

    private static func day(_ offset: Int) -> Day { Sample.monday + offset }

    /// A world in which p1 and p2 have infusions on Tuesday, p3 one on the Friday a week later.
    private static func full(chairs: Int = 1) -> (world: World, first: VisitID, second: VisitID, waiting: VisitID) {
        var world = world(chairs: chairs)
        func book(_ patient: PatientID, _ usual: Int, _ change: (inout CourseWish) -> Void) -> VisitID {
            world.book(
                Sample.order(patient, regimen: "iv") { wish in
                    wish.earliest = Self.day(1)
                    wish.usual = usual
                    change(&wish)
                }
            ).visits[0]
        }
        let first = book("p1", 540) { $0.startWithinDays = 0 }
        let second = book("p2", 640) { $0.startWithinDays = 0 }
        let waiting = book("p3", 540) { wish in
            wish.startWithinDays = 20
            wish.blackoutDays = Set((1...10).map(Self.day))
        }
        // What kept p3 away is no more; the visit stays where it is.
        var wish = world.course("c3").wish
        wish.blackoutDays = []
        world.alter("c3", .pattern(.change(wish, from: Self.day(12))))
        return (world, first, second, waiting)
    }

    private static func matches(_ world: World, _ place: FreedPlace, now: Instant = Sample.now) -> [Match] {
        longEnough(try Clinic.matches(for: place, state: world.state, calendar: world.calendar, now: now))
    }

    private static func freed(_ world: World, _ visit: VisitID) -> FreedPlace {
        let visit = world.visit(visit)
        return FreedPlace(day: visit.day, chair: visit.place.chair, interval: visit.holdInterval, visit: visit.id)
    }

    @Test func whoWaitsIsFoundForTheFreedPlaceAndTheCancellationSaysSo() throws {
        var (world, first, _, waiting) = Self.full()
        world.accept(.waiting(.add(WaitingWish(.visit(waiting), earlier: true))))
        let place = Self.freed(world, first)
        #expect(Self.matches(world, place).isEmpty)
        world.order(first, .cancel(isMadeUp: false))
        guard case .waiting(.placesFreed(let told))? = world.events.last?.event else {
            Issue.record("nobody is told of the place: \(String(describing: world.events.last))")
            return
        }
        #expect(told == PlacesFreed(course: "c1", places: [.init(place: place, entries: ["w1"])]))
        let match = try #require(Self.matches(world, place).first)
        #expect(match.entry.id == "w1" && match.moves.map(\.visit) == [waiting])
        #expect(match.moves[0].to.start == PromisedTime(day: Self.day(1), clock: 540))
        let days = world.visit(waiting).day - Self.day(1)
        let weight = world.state.planningFacility.planning.weights.start
        #expect(match.gain.daysEarlier == days && match.gain.total == match.gain.costSaved + weight * days)
    }

    @Test func anOfferHoldsThePlaceUntilItIsAnswered() throws {
        var (world, first, _, waiting) = Self.full()
        world.accept(.waiting(.add(WaitingWish(.visit(waiting), earlier: true))))
        let place = Self.freed(world, first)
        world.order(first, .cancel(isMadeUp: false))
        let until = Instant(minute: Sample.now.minute + 30)
        world.accept(.waiting(.offer("w1", place, until: until)))
        // The place is taken for everybody else.
        let order = Sample.order("p4", regimen: "iv") { wish in
            wish.earliest = Self.day(1)
            wish.startWithinDays = 0
        }
        #expect(refusal(world.decision(.course(.book(order)))) != nil)
        // And nobody is asked twice.
        #expect(Self.matches(world, place).isEmpty)
        let again = refusal(world.decision(.waiting(.offer("w1", place, until: until))))
        #expect(again == .unchangeable(.waiting(.hasOffer("f1"))))

        let reply = world.accept(.waiting(.accept("f1")))
        guard case .changed(let difference) = reply else { return }
        #expect(difference.visits.map(\.id) == [waiting] && difference.calls.isEmpty)
        let visit = world.visit(waiting)
        #expect(visit.place.start == PromisedTime(day: Self.day(1), clock: 540))
        #expect(visit.status == .confirmed && visit.told && !visit.needsCall && visit.asked == .itself)
        #expect(world.state.waitingList.isEmpty && world.state.openOffers.isEmpty)
        #expect(refusal(world.decision(.waiting(.accept("f1")))) == .unknown(.offer, "f1"))
    }

    @Test func aDeclinedPlaceIsFreeAgainAndNotOfferedTwice() throws {
        var (world, first, _, waiting) = Self.full()
        world.accept(.waiting(.add(WaitingWish(.visit(waiting), earlier: true))))
        let place = Self.freed(world, first)
        world.order(first, .cancel(isMadeUp: false))
        let until = Instant(minute: Sample.now.minute + 30)
        world.accept(.waiting(.offer("w1", place, until: until)))
        world.accept(.waiting(.decline("f1")))
        #expect(Self.matches(world, place).isEmpty)
        #expect(world.state.waitingList.map(\.declined) == [[Interval(place.interval.from, place.interval.until)]])
        let order = Sample.order("p4", regimen: "iv") { wish in
            wish.earliest = Self.day(1)
            wish.startWithinDays = 0
        }
        #expect(refusal(world.decision(.course(.book(order)))) == nil)
    }

    @Test func anOfferIsReleasedWhenItsTimeIsOverAndTheServiceWakesForIt() throws {
        var (world, first, _, waiting) = Self.full()
        world.accept(.waiting(.add(WaitingWish(.visit(waiting), earlier: true))))
        let place = Self.freed(world, first)
        world.order(first, .cancel(isMadeUp: false))
        let until = Instant(seconds: Sample.now.seconds + 90)
        world.accept(.waiting(.offer("w1", place, until: until)))
        let next = nextDue(world.state, after: Sample.now, calendars: world.calendar.calendars)
        #expect(next == until)
        #expect(world.state.waitingReleases(at: Instant(seconds: until.seconds - 1)).isEmpty)
        #expect(world.state.waitingReleases(at: until) == [.waiting(.release("f1"))])
        let late = refusal(world.decision(.waiting(.accept("f1")), now: until))
        #expect(late == .unchangeable(.waiting(.offerOver("f1"))))
        world.accept(.waiting(.release("f1")), now: until)
        #expect(world.state.openOffers.isEmpty && world.state.waitingList.count == 1)
        guard case .waiting(.offerClosed(let closed))? = world.events.last?.event else { return }
        #expect(closed.outcome == .expired)
    }

    @Test func whatNoLongerFitsIsNotAcceptedAndAnOfferOfAChangedVisitIsWithdrawn() throws {
        var (world, first, _, waiting) = Self.full()
        world.accept(.waiting(.add(WaitingWish(.visit(waiting), earlier: true))))
        let place = Self.freed(world, first)
        world.order(first, .cancel(isMadeUp: false))
        let until = Instant(minute: Sample.now.minute + 600)
        world.accept(.waiting(.offer("w1", place, until: until)))
        var shut = world
        let day = world.calendar.calendars[Self.day(1)]?.firstMinute ?? 0
        shut.accept(.availability(.addOutage(Outage(chair: "chair-1", interval: Interval(day, day + 1440)))))
        let refused = refusal(shut.decision(.waiting(.accept("f1"))))
        guard case .noPlan? = refused else {
            Issue.record("accepted: \(String(describing: refused))")
            return
        }
        #expect(shut.visit(waiting).place == world.visit(waiting).place)

        world.order(waiting, .cancel(isMadeUp: false))
        #expect(
            world.state.waitingReleases(at: Sample.now) == [
                .waiting(.release("f1")), .waiting(.remove("w1")),
            ])
        for release in world.state.waitingReleases(at: Sample.now) { world.accept(release) }
        #expect(world.state.waitingList.isEmpty && world.state.openOffers.isEmpty)
    }

    @Test func theDaysAndHoursOfAnEntryAreKeptAtTheLimit() throws {
        var (world, first, _, waiting) = Self.full()
        let place = Self.freed(world, first)
        world.order(first, .cancel(isMadeUp: false))
        func found(_ days: Set<Weekday>, _ from: Int, _ until: Int) -> Int {
            var world = world
            let windows = [WeekWindow(days: days, hours: Interval(from, until))]
            world.accept(.waiting(.add(WaitingWish(.course("c3"), earlier: true, windows: windows))))
            return Self.matches(world, place).count
        }
        // The infusion lasts from 09:00 to 10:10.
        #expect(found([.tue], 540, 610) == 1)
        #expect(found([.tue], 540, 609) == 0)
        #expect(found([.wed], 540, 720) == 0)
        #expect(world.visit(waiting).day == Self.day(11))
    }

    @Test func whoGainsMostComesFirstAndOfEqualsWhoWaitsLongest() throws {
        var (world, first, _, _) = Self.full()
        // Two more who were kept away until later, c5 longer than c4.
        for (patient, last) in [("p4", 10), ("p2", 13)] {
            let course = world.book(
                Sample.order(PatientID(patient), regimen: "iv") { wish in
                    wish.earliest = Self.day(1)
                    wish.startWithinDays = 20
                    wish.blackoutDays = Set((1...last).map(Self.day))
                }
            ).plan.course
            var wish = world.course(course).wish
            wish.blackoutDays = patient == "p2" ? [Self.day(2)] : []
            world.alter(course, .pattern(.change(wish, from: Self.day(18))))
        }
        let place = Self.freed(world, first)
        for course in ["c4", "c5", "c3"] {
            world.accept(.waiting(.add(WaitingWish(.course(CourseID(course)), earlier: true))))
        }
        world.order(first, .cancel(isMadeUp: false))
        let found = Self.matches(world, place)
        #expect(Set(found.map(\.entry.course)).isSuperset(of: ["c3", "c4"]))
        let keys = found.map { ($0.gain.total, $0.gain.daysEarlier, -$0.entry.since.seconds, -$0.entry.id.number) }
        for (left, right) in zip(keys, keys.dropFirst()) { #expect(left > right) }
        #expect(keys.map(\.0).min() ?? 0 > 0)
    }

    @Test func nobodyWaitsTwiceAndNobodyWaitsForWhatIsOver() {
        var (world, first, _, waiting) = Self.full()
        world.accept(.waiting(.add(WaitingWish(.course("c3")))))
        func refused(_ whose: WaitingWish.Whose) -> ClinicRefusal? {
            refusal(world.decision(.waiting(.add(WaitingWish(whose)))))
        }
        #expect(refused(.course("c3")) == .unchangeable(.waiting(.waitsAlready("w1"))))
        #expect(refused(.visit(waiting)) == nil)
        #expect(refused(.course("c9")) == .unknown(.course, "c9"))
        #expect(refused(.visit("v99")) == .unknown(.visit, "v99"))
        world.order(first, .cancel(isMadeUp: false))
        #expect(refused(.visit(first)) == .unchangeable(.visit(first, world.visit(first).status)))
        #expect(refusal(world.decision(.waiting(.remove("w7")))) == .unknown(.waiting, "w7"))
        #expect(refusal(world.decision(.waiting(.decline("f7")))) == .unknown(.offer, "f7"))
    }
}
