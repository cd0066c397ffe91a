import Clinic
import Planning
import Testing

/// A day as it runs: who is pushed, and what stands on the morning sheet.
@Suite struct DayTests {
    /// Two patients one after the other on the only chair, with two nurses, and the second's visit.
    private static func neighbours(chairs: Int = 1) -> (world: World, first: Visit, second: Visit) {
        let only = Phase(name: "only", visit: "iv", count: .exactly(1), confirm: .booking)
        var world = World(Sample.facility(regimens: [Sample.regimen("one", [only])], chairs: chairs))
        func order(_ patient: PatientID, _ clock: Int) -> CourseOrder {
            Sample.order(patient, regimen: "one") { wish in
                wish.earliest = Sample.monday + 1
                wish.startWithinDays = 0
                wish.usual = clock
                wish.availability = [WeekWindow(days: [.tue], hours: Interval(clock, clock + 90))]
            }
        }
        let first = world.book(order("p1", 540)).visits[0]
        let second = world.book(order("p2", 630)).visits[0]
        return (world, world.state.visit(first)!, world.state.visit(second)!)
    }

    private func pushed(_ world: World, _ visit: Visit, at minute: Int) -> [KnockOnDelay] {
        pushes(by: visit.id, state: world.state, calendar: world.calendar, now: Instant(minute: minute))
    }

    @Test func aVisitAsPlannedPushesNobody() {
        var (world, first, second) = Self.neighbours()
        #expect(second.place.chair == first.place.chair)
        #expect(pushed(world, first, at: first.place.minute).isEmpty)
        let start = first.place.minute
        world.accept(
            .visit(
                .recordFact(first.id, Fact(.started, at: Instant(minute: start)), isOverridden: true, isMeant: true)),
            now: Instant(minute: start))
        #expect(pushed(world, first, at: start + 5).isEmpty)
    }

    @Test func aLatePatientPushesTheNextOnTheChairByWhatIsMissing() {
        var (world, first, second) = Self.neighbours()
        let slack = second.place.minute - first.holdInterval.until
        let now = Instant(minute: first.place.minute - 30)
        for (delay, minutes) in [(slack, nil), (slack + 1, 5), (slack + 20, 20)] as [(Int, Int?)] {
            world.accept(
                .visit(.recordFact(first.id, Fact(.delayed, at: now, number: delay), isOverridden: false)), now: now)
            let push = pushed(world, first, at: now.minute).first
            #expect(push?.minutes == minutes && push?.swap == nil, "\(delay) minutes late, slack \(slack)")
            #expect(push.map { $0.visit == second.id } ?? (minutes == nil))
        }
    }

    @Test func anotherChairThatIsFreeKeepsTheTime() {
        var (world, first, second) = Self.neighbours(chairs: 2)
        let now = Instant(minute: first.place.minute - 30)
        // Both are on the same chair only where the planner saw no reason for the other.
        let chair = second.place.chair
        if chair != first.place.chair {
            world.accept(
                .visit(.order(second.id, .move(PlaceWish(chair: first.place.chair)), .other)), now: Sample.now)
        }
        let moved = world.state.visit(second.id)!
        #expect(moved.place.chair == first.place.chair)
        world.accept(.visit(.recordFact(first.id, Fact(.delayed, at: now, number: 60), isOverridden: false)), now: now)
        let push = pushed(world, first, at: now.minute).first
        #expect(push?.swap?.chair == (first.place.chair == "chair-1" ? "chair-2" : "chair-1"))
        #expect(push?.swap?.persons == moved.place.persons)
        // The swap is a move that is taken, be it ever so near.
        let near = Instant(minute: moved.place.minute - 31)
        world.accept(
            .visit(.order(moved.id, .move(PlaceWish(chair: push?.swap?.chair)), .staffing)), now: near)
        #expect(world.state.visit(moved.id)?.place.chair == push?.swap?.chair)
        #expect(world.state.visit(moved.id)?.place.start == moved.place.start)
        #expect(pushed(world, first, at: near.minute).isEmpty)
    }

    @Test func aPauseCountsUntilItEnds() {
        var (world, first, second) = Self.neighbours()
        let start = first.place.minute
        func fact(_ kind: Fact.Kind, _ minute: Int, _ number: Int? = nil) {
            let at = Instant(minute: minute)
            let fact = Fact(kind, at: at, number: number)
            world.accept(.visit(.recordFact(first.id, fact, isOverridden: true, isMeant: true)), now: at)
        }
        fact(.started, start)
        fact(.stageBegun, start + 15, 1)
        fact(.paused, start + 20)
        let slack = second.place.minute - first.holdInterval.until
        #expect(pushed(world, first, at: start + 20 + slack).isEmpty)
        #expect(pushed(world, first, at: start + 20 + slack + 10).first?.minutes == 10)
        fact(.continued, start + 20 + slack + 10)
        #expect(pushed(world, first, at: start + 20 + slack + 30).first?.minutes == 10)
        fact(.discharged, start + 60)
        #expect(pushed(world, first, at: start + 61).isEmpty)
    }

    // MARK: The morning sheet

    @Test func theSheetSaysWhatIsMissingAndWhatIsDue() {
        var facility = Sample.facility()
        facility.visitTypes[1].escort = true
        facility.visitTypes[1].tasks = [FollowUp(name: "form", dueDays: 7)]
        facility.regimens[0].prerequisites = [Prerequisite(name: "consent", scope: .course, validDays: nil)]
        facility.regimens[0].phases[1].checks = [Check(afterVisit: 1, measure: "PHQ-9")]
        var world = World(facility)
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
        func sheet(_ day: Day) -> [String] {
            let now = Instant(minute: Sample.monday.number * 1440 + 540)
            let lines = wholeMorningSheet(of: day, now: now, state: world.state, calendar: world.calendar)
            // Whom to call stands in tests of its own.
            return lines.filter { $0.kind != .call }.map {
                "\($0.kind.rawValue) \($0.visit?.text ?? "") \($0.detail)".trimming
            }
        }
        let evaluation = world.state.visit(visits[0])!.day
        #expect(
            sheet(evaluation) == [
                "prerequisite v1 consent", "unconfirmed v1", "firstVisit v1", "authorisationShort v3",
            ])
        let infusion = world.state.visit(visits[1])!
        #expect(
            sheet(infusion.day) == [
                "prerequisite v2 consent", "escort v2", "unconfirmed v2", "lastAuthorised v2", "authorisationShort v3",
                "score v2 PHQ-9",
            ])
        #expect(sheet(world.state.visit(visits[2])!.day).contains("unauthorised v3"))
        let nurse = infusion.place.persons[0]
        let away = Interval(infusion.place.minute - 60, infusion.place.minute + 600)
        world.accept(.availability(.addTimeOff(TimeOff(person: nurse, interval: away))))
        #expect(sheet(infusion.day).first == "staffing v2 attendant-on-duty")
        world.accept(
            .course(.alter("c1", .care(.prerequisite(PrerequisiteDone(name: "consent", day: Sample.monday))), .other)))
        #expect(!sheet(infusion.day).contains("prerequisite v2 consent"))
        let at = Instant(minute: infusion.place.minute)
        world.fact(visits[1], Fact(.arrived, at: at), now: at)
        world.fact(visits[1], Fact(.started, at: at), isOverridden: true, now: at)
        world.fact(visits[1], Fact(.discharged, at: at), now: at)
        #expect(!sheet(infusion.day).contains("task v2 form"))
        #expect(sheet(infusion.day + 7).contains("task v2 form"))
    }
}

extension String {
    /// Without the space at its end.
    fileprivate var trimming: String { hasSuffix(" ") ? String(dropLast()) : self }
}
