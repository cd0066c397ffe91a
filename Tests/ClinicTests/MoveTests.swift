import Clinic
import Planning
import Testing

/// What is named of a visit's place changes, and nothing else.
@Suite struct MoveTests {
    // The course: infusions on Wednesday 2026-03-04, Friday and Monday at 09:00 on chair-1 with rn-1 (the second to
    // fourth visit), told and confirmed.

    private static func agreed(_ facility: Facility = Sample.facility()) -> (World, Visit) {
        var world = World(facility)
        let visits = world.book().visits
        for visit in visits { world.order(visit, .confirm) }
        return (world, world.visit(visits[1]))
    }

    /// Somebody else's infusion, put exactly where it is wanted.
    private static func occupy(_ world: inout World, _ day: Day, _ clock: Int, _ chair: ChairID, _ person: PersonID) {
        let other = world.book(Sample.order("p2")).visits[1]
        for rule in Rule.allCases where !rule.isPhysical && rule != .authorisation {
            world.order(other, .override(rule))
        }
        world.order(other, .place(PlaceWish(from: day, clock: clock, chair: chair, persons: ["nurse": person])))
    }

    private func misplaced(_ world: World, _ visit: Visit, _ wish: PlaceWish) -> Misplaced? {
        guard case .misplaced(let misplaced)? = world.refuses(visit.id, .place(wish)) else { return nil }
        return misplaced
    }

    // MARK: Where it is free

    @Test func theChairAndNothingElse() {
        var (world, visit) = Self.agreed()
        world.order(visit.id, .place(PlaceWish(chair: "chair-2")))
        let after = world.visit(visit.id)
        #expect(after.place.chair == "chair-2" && after.place.start == visit.place.start)
        #expect(after.place.persons == visit.place.persons && after.place.handovers == visit.place.handovers)
        #expect(after.status == .confirmed && after.told && !after.needsCall)
    }

    @Test func thePersonAndNothingElse() {
        var (world, visit) = Self.agreed()
        world.order(visit.id, .place(PlaceWish(persons: ["nurse": "rn-2"])))
        let after = world.visit(visit.id)
        #expect(after.place.persons == ["rn-2"] && after.place.start == visit.place.start)
        #expect(after.place.chair == visit.place.chair && after.status == .confirmed && after.told)
    }

    @Test func theTimeAndNothingElse() {
        var (world, visit) = Self.agreed()
        world.order(visit.id, .place(PlaceWish(persons: ["nurse": "rn-2"])))
        world.order(visit.id, .place(PlaceWish(chair: "chair-2")))
        world.order(visit.id, .place(PlaceWish(clock: 615)))
        let after = world.visit(visit.id)
        #expect(after.place.start == PromisedTime(day: visit.day, clock: 615))
        #expect(after.place.chair == "chair-2" && after.place.persons == ["rn-2"])
        #expect(after.status == .tentative && !after.told && after.needsCall)
        // Back at its time it is told anew, but a wish for what it has changes nothing.
        let same = PlaceWish(clock: 615, chair: "chair-2", persons: ["nurse": "rn-2"])
        #expect(
            world.decision(.visit(.order(visit.id, .place(same), .other))) == .accepted([], PrivateDetails(), .done))
    }

    @Test func dayTimeChairAndPersonTogether() {
        var (world, visit) = Self.agreed()
        let last = world.visit(world.course().visits[3])
        let wish = PlaceWish(from: last.day + 1, clock: 600, chair: "chair-2", persons: ["nurse": "rn-2"])
        world.order(last.id, .place(wish))
        let after = world.visit(last.id)
        #expect(after.place.start == PromisedTime(day: last.day + 1, clock: 600))
        #expect(after.place.chair == "chair-2" && after.place.persons == ["rn-2"])
        #expect(world.visit(visit.id) == visit)
    }

    /// The agreement stands, and so does what nobody named, where an earlier start would cost less.
    @Test func aVisitThatIsPinnedOrNearOrHereObeysTheSameRules() {
        for prepare in ["pinned", "near", "here", "running"] {
            var (world, visit) = Self.agreed()
            var now = Sample.now
            let start = Instant(minute: visit.place.minute)
            switch prepare {
            case "pinned": world.order(visit.id, .pin(true))
            case "near": now = Instant(minute: visit.place.minute - 10)
            default:
                now = start
                world.fact(visit.id, Fact(.arrived, at: start), now: start)
                if prepare == "running" { world.fact(visit.id, Fact(.started, at: start), now: start) }
            }
            let before = world.visit(visit.id)
            world.order(visit.id, .place(PlaceWish(chair: "chair-2")), now: now)
            let after = world.visit(visit.id)
            #expect(after.place.chair == "chair-2" && after.place.start == before.place.start, "\(prepare)")
            #expect(after.place.persons == before.place.persons && after.status == before.status, "\(prepare)")
            #expect(after.told && after.pinned == before.pinned, "\(prepare)")
            Self.occupy(&world, visit.day, 540, "chair-1", "rn-2")
            let back = Command.visit(.order(visit.id, .place(PlaceWish(chair: "chair-1")), .other))
            guard case .misplaced(let misplaced)? = world.refusal(back, now: now) else {
                Issue.record("\(prepare): two in one chair")
                continue
            }
            #expect(misplaced.rules == [.chairFree], "\(prepare)")
        }
    }

    @Test func whatIsUnderWayGetsNoOtherTimeAndWhoIsHereNoOtherDay() {
        var (world, visit) = Self.agreed()
        let start = Instant(minute: visit.place.minute)
        world.fact(visit.id, Fact(.arrived, at: start), now: start)
        let tomorrow = Command.visit(
            .order(
                visit.id, .place(PlaceWish(from: visit.day + 1, clock: 540)), .other))
        #expect(world.refusal(tomorrow, now: start) == .visit(visit.id, .arrived))
        let later = Command.visit(.order(visit.id, .place(PlaceWish(clock: 570)), .other))
        #expect(world.refusal(later, now: start) == nil)
        world.fact(visit.id, Fact(.started, at: start), now: start)
        #expect(world.refusal(later, now: start) == .visit(visit.id, .inProgress(stage: 0)))
    }

    // MARK: Where it is not

    @Test func aChairThatIsTakenOrOutOrNoChairForItIsRefusedWithWhatCouldBe() throws {
        var facility = Sample.facility(chairs: 3)
        facility.chairs[2].features = []
        var (world, visit) = Self.agreed(facility)
        #expect(misplaced(world, visit, PlaceWish(chair: "chair-3"))?.rules == [.chairFeatures])
        var out = world
        out.accept(.availability(.addOutage(Outage(chair: "chair-2", interval: visit.interval))))
        #expect(misplaced(out, visit, PlaceWish(chair: "chair-2"))?.rules == [.chairInService])
        Self.occupy(&world, visit.day, 540, "chair-2", "rn-2")
        let taken = try #require(misplaced(world, visit, PlaceWish(chair: "chair-2")))
        let holder = try #require(world.state.visits(on: visit.day).first { $0.patient == "p2" })
        #expect(taken.rules == [.chairFree] && taken.place.start == visit.place.start)
        #expect(taken.holders == [.init(visit: holder.id, until: holder.holdInterval.until)])
        // The best place with that chair is after the other's.
        guard case .best(let best, _)? = taken.remedies.last else {
            Issue.record("nothing could be")
            return
        }
        #expect(best.chair == "chair-2" && best.start != visit.place.start)
        world.order(visit.id, .move(PlaceWish(chair: "chair-2")))
        #expect(world.visit(visit.id).place == best)
    }

    @Test func aPersonWhoIsAwayOrCarriesEnoughIsRefusedWithWhoCan() throws {
        var facility = Sample.facility()
        facility.staff.append(Sample.person("rn-3", "nurse"))
        var (world, visit) = Self.agreed(facility)
        let wish = PlaceWish(persons: ["nurse": "rn-2"])
        var away = world
        away.accept(.availability(.addTimeOff(TimeOff(person: "rn-2", interval: visit.interval))))
        let off = try #require(misplaced(away, visit, wish))
        #expect(off.rules == [.attendantOnDuty] && off.remedies.first == .person(label: "nurse", "rn-3"))
        Self.occupy(&world, visit.day, 540, "chair-2", "rn-2")
        let busy = try #require(misplaced(world, visit, wish))
        #expect(busy.rules == [.attendantCapacity])
        #expect(
            world.refuses(visit.id, .place(PlaceWish(persons: ["nurse": "md-1"]))).map { why in
                if case .misplaced(let misplaced) = why { misplaced.rules.contains(.attendantQualified) } else { false }
            } == true)
    }

    @Test func aTimeOutsideOfTheHoursOrBetweenTheStartsOrTakenIsRefused() throws {
        var (world, visit) = Self.agreed()
        let late = try #require(misplaced(world, visit, PlaceWish(clock: 720)))
        #expect(late.rules.first == .openingHours)
        let between = try #require(misplaced(world, visit, PlaceWish(clock: 545)))
        #expect(between.rules.isEmpty && between.starts == [540, 555])
        // 650 is the last start that ends by noon; the next on the grid are 645 and 660.
        #expect(misplaced(world, visit, PlaceWish(clock: 645)) == nil)
        #expect(misplaced(world, visit, PlaceWish(clock: 660))?.rules.contains(.openingHours) == true)
        Self.occupy(&world, visit.day, 630, "chair-1", "rn-2")
        // Held until 10:20 where it starts at nine: the other may begin at 10:30 and not before.
        let taken = try #require(misplaced(world, visit, PlaceWish(clock: 600)))
        #expect(taken.rules == [.chairFree] && taken.remedies.first == .chair("chair-2"))
        let near = Instant(minute: visit.place.minute - 45)
        let soon = Command.visit(.order(visit.id, .place(PlaceWish(clock: 540 + 15)), .other))
        guard case .misplaced(let misplaced)? = world.refusal(soon, now: Instant(seconds: near.seconds + 60)) else {
            Issue.record("an hour's notice")
            return
        }
        #expect(misplaced.rules.contains(.leadTime))
    }

    @Test func anotherDayKeepsTheDistanceOfBothNeighbours() throws {
        let (world, _) = Self.agreed()
        let visits = world.course().visits.map(world.visit)
        // Wednesday, Friday, Monday; two to five days apart, the first one to three days after Tuesday.
        let wednesday = Sample.monday + 2
        #expect(visits.dropFirst().map { $0.day - wednesday } == [0, 2, 5])
        func rules(_ visit: Visit, _ day: Int) -> [Rule]? {
            misplaced(world, visit, PlaceWish(from: wednesday + day, clock: 600))?.rules
        }
        #expect(rules(visits[3], 7) == nil && rules(visits[3], 8) == [.gap])
        #expect(rules(visits[2], 1) == [.gap] && rules(visits[1], 1) == [.gap])
        var set = world
        set.order(visits[3].id, .override(.gap))
        set.order(visits[3].id, .place(PlaceWish(from: wednesday + 8, clock: 600)))
        #expect(set.visit(visits[3].id).day == wednesday + 8)
    }

    /// A nurse who is ill does not stand in the way of another chair, nor an outage in that of another nurse.
    @Test func whatIsNotTouchedIsNotAsked() {
        var (world, visit) = Self.agreed()
        world.accept(.availability(.addTimeOff(TimeOff(person: visit.place.persons[0], interval: visit.interval))))
        world.order(visit.id, .place(PlaceWish(chair: "chair-2")))
        #expect(world.visit(visit.id).place.chair == "chair-2")
        world.accept(.availability(.addOutage(Outage(chair: "chair-2", interval: visit.interval))))
        world.order(visit.id, .place(PlaceWish(persons: ["nurse": "rn-2"])))
        #expect(world.visit(visit.id).place.persons == ["rn-2"] && world.visit(visit.id).place.chair == "chair-2")
    }

    // MARK: The best place, and what it costs

    @Test func thePlanKeepsTheDayWhereItCanAndLeavesItWhereItMust() {
        var (world, _) = Self.agreed()
        let last = world.visit(world.course().visits[3])
        world.order(last.id, .move(PlaceWish(clock: 600)))
        #expect(world.visit(last.id).place.start == PromisedTime(day: last.day, clock: 600))
        world.accept(
            .availability(
                .addOutage(
                    Outage(chair: "chair-2", interval: Interval(last.day.number * 1440, last.day.number * 1440 + 1440)))
            ))
        world.order(last.id, .move(PlaceWish(chair: "chair-2")))
        #expect(world.visit(last.id).place.chair == "chair-2" && world.visit(last.id).day != last.day)
    }

    @Test func aVisitCostsWhatItsNewPlaceCosts() {
        var (world, visit) = Self.agreed()
        world.order(visit.id, .place(PlaceWish(clock: 615)))
        let moved = world.visit(visit.id)
        // Its phase has rhythm, and 10:15 is in the third half hour from the usual time.
        #expect(moved.terms[.rhythm] == 3 * Weights().rhythm && visit.terms[.rhythm] == 0)
        world.order(visit.id, .place(PlaceWish(clock: 540)))
        #expect(world.visit(visit.id).terms == visit.terms)
        let next = world.visit(world.course().visits[2])
        world.order(next.id, .place(PlaceWish(persons: ["nurse": "rn-2"])))
        #expect(world.visit(next.id).terms[.continuity] == Weights().continuity)
    }
}
