import Planning
import TestSupport
import Testing

/// What a course wishes, and how places of equal cost are told apart.
@Suite struct WishesTests {
    private let first = Day(number: 20_000)

    private func outcome(
        _ request: CourseRequest, at facility: Facility, bookings: [Booking] = [], now: Int? = nil
    ) -> Outcome? {
        let calendar = PlanningCalendar(
            facility: facility, calendars: .utc(from: first - 3, count: 120), bookings: bookings)
        let now = now ?? first.number * 1440
        return try? plan(request, on: calendar, now: now, today: Day(number: now / 1440))
    }

    private func planned(
        _ request: CourseRequest, at facility: Facility, bookings: [Booking] = [], now: Int? = nil
    ) -> [PlannedVisit]? {
        guard case .plan(let plan)? = outcome(request, at: facility, bookings: bookings, now: now) else { return nil }
        return plan.visits
    }

    // MARK: Chairs

    @Test func ofEqualChairsTheScarcestIsTaken() {
        let plain = visitType()
        let wide = visitType("wide", features: ["bed"])
        let facility = clinic(
            chairs: [chair("bed", "bed"), chair("c1"), chair("c2")], visitTypes: [plain, wide])
        #expect(facility.chairsByScarcity == [1, 2, 0])
        let request = course([phase(1)], at: facility, earliest: first)
        #expect(planned(request, at: facility)?.map(\.placement.chair) == ["c1"])
        // Two types use the bed, one the others; with two more plain types it is no scarcer for that.
        let other = clinic(chairs: [chair("c1"), chair("bed", "bed")], visitTypes: [wide])
        #expect(other.chairsByScarcity == [0, 1])
    }

    // MARK: Features

    @Test func extraFeaturesAreAskedOfTheVisitsThatSomeChairCanServe() {
        let talk = visitType("talk", features: ["talk"])
        let facility = clinic(
            chairs: [chair("room", "talk"), chair("c1"), chair("c2", "bed")], visitTypes: [talk, visitType()])
        var request = course(
            [phase(1, named: "evaluation", of: "talk"), phase(2)], at: facility, earliest: first)
        request.wish.features = ["bed"]
        #expect(request.missingFeatures(in: facility).isEmpty)
        #expect(planned(request, at: facility)?.map(\.placement.chair) == ["room", "c2", "c2"])
        request.wish.features = ["swing"]
        #expect(request.missingFeatures(in: facility) == ["swing"])
        // Where there is no such visit the wish closes every day, and dropping it helps.
        guard case .refusal(let refusal)? = outcome(request, at: facility) else {
            Issue.record("no refusal")
            return
        }
        #expect(refusal.days.allSatisfy { $0.closedBy == .chairFeatures })
        #expect(refusal.wouldHelp.map(\.kind) == [.features])
        request.wish.features = ["bed", "talk"]
        #expect(request.missingFeatures(in: facility) == ["bed", "talk"])
    }

    // MARK: A person

    @Test func thePreferredPersonIsWishedForAtEveryVisitOfTheirRole() {
        let type = visitType(attendants: [Attendant(label: "nurse", role: "nurse", continuity: true)])
        var late = person("n2", "nurse")
        late.shifts[0].from = first + 7
        let facility = clinic(staff: [person("n1", "nurse"), late], visitTypes: [type])
        var request = course([phase(3)], at: facility, earliest: first)
        request.wish.startWithinDays = 0
        request.wish.preferredPerson = "n2"
        let visits = planned(request, at: facility)
        #expect(visits?.map(\.placement.persons) == [["n1"], ["n2"], ["n2"]])
        // The first costs the wish; that the person changes costs nothing beside it.
        #expect(visits?.map { $0.terms[.continuity] } == [3, 0, 0])
    }

    // MARK: The usual time

    @Test func rhythmCountsEachHalfHourBegunFromTheUsualTime() {
        let facility = clinic()
        var request = course([phase(2, rhythm: true)], at: facility, earliest: first)
        request.wish.usual = 560
        // 09:00 to 09:45 are as far from 09:20 by half hours begun; the earliest is taken.
        #expect(planned(request, at: facility)?.map(\.placement.start) == [540, 540])
        #expect(planned(request, at: facility)?.map { $0.terms[.rhythm] } == [2, 2])
        request.wish.usual = 840
        #expect(planned(request, at: facility)?.map(\.placement.start) == [840, 840])
        request.wish.usual = 300
        #expect(planned(request, at: facility)?.map { $0.terms[.rhythm] } == [8, 8])
    }

    // MARK: A walk-in

    @Test func theLeadTimeOfTheFirstVisitCanBeSetAsideButNotThatItIsNotOver() {
        let facility = clinic(staff: [person("n1", "nurse", hours: "09:00-17:00")])
        var request = course([phase(2, gaps: [1])], at: facility, earliest: first)
        request.wish.startWithinDays = 0
        request.wish.endDay = first + 1
        request.wish.availability = [window("09:00-11:00")]
        let now = first.number * 1440 + 602
        guard case .refusal(let refusal)? = outcome(request, at: facility, now: now) else {
            Issue.record("no refusal")
            return
        }
        // At another hour there were places: the patient's availability is asked before the lead time.
        #expect(refusal.days.map(\.closedBy) == [.patientAvailable])
        request.wish.availability = []
        let evening = first.number * 1440 + 965
        guard case .refusal(let late)? = outcome(request, at: facility, now: evening) else {
            Issue.record("no refusal")
            return
        }
        #expect(late.days.map(\.closedBy) == [.leadTime])
        #expect(late.wouldHelp.contains { $0.kind == .leadTime && $0.target == "lead-time" && $0.amount == 1 })
        request.setAside = [.leadTime]
        let visits = planned(request, at: facility, now: evening)
        // 16:30 rather than 16:15, which would leave the chair idle for a quarter of an hour.
        #expect(visits?.first?.placement.start == 990)
        #expect(planned(request, at: facility, now: now)?.first?.placement.start == 615)
    }

    // MARK: What was told

    private func kept(_ day: Int) -> CourseVisit { CourseVisit(phase: "induction", status: .kept(first + day, nil)) }

    private func rest(
        _ phase: Phase, _ turns: [CourseVisit], _ request: (inout CourseRequest) -> Void = { _ in }
    ) -> [Int]? {
        let facility = clinic()
        var asked = course([phase], at: facility, earliest: first)
        request(&asked)
        let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first - 3, count: 120))
        let outcome = try? plan(
            asked, continuing: turns, on: calendar, now: first.number * 1440 - 1440, today: first - 1)
        guard case .plan(let plan)? = outcome else { return nil }
        return plan.visits.map { $0.placement.day - first }
    }

    @Test func whatWasToldIsASetOfPlaces() {
        func told(_ day: Int) -> CourseVisit {
            CourseVisit(
                phase: "induction",
                status: .booked(Placement(day: first + day, start: 540, chair: "c1", persons: ["n1"]), told: true))
        }
        var lost = CourseVisit(phase: "induction", status: .lost(first))
        lost.after = first
        // The first of four is lost: the places of the three others are kept, and one is added at the end.
        let turns = [lost, told(3), told(6), told(9)]
        #expect(rest(phase(4, gaps: [3], after: 4), turns) == [3, 6, 9, 12])
        // Without anything told the first place comes as soon as it may.
        let untold = turns.map { turn in
            var turn = turn
            if case .booked(let place, _) = turn.status { turn.status = .booked(place, told: false) }
            return turn
        }
        #expect(rest(phase(4, gaps: [3], after: 4), untold) == [1, 4, 7, 10])
    }

    @Test func aFirstVisitIsPutOffAsFarAsItsStartWindowReaches() {
        let place = Placement(day: first, start: 540, chair: "c1", persons: ["n1"])
        func deferred(_ day: Int, closedThrough: Int) -> [Int]? {
            var facility = clinic()
            facility.closures = [Closure(from: first + day, through: first + closedThrough)]
            let request = course([phase(1)], at: facility, earliest: first)
            let calendar = PlanningCalendar(facility: facility, calendars: .utc(from: first - 3, count: 120))
            let turn = CourseVisit(
                phase: "induction", status: .booked(place, told: true),
                wish: PlaceWish(from: first + day, isElsewhere: true))
            let outcome = try? plan(
                request, continuing: [turn], on: calendar, now: first.number * 1440 - 1440, today: first - 1)
            guard case .plan(let plan)? = outcome else { return nil }
            return plan.visits.map { $0.placement.day - first }
        }
        #expect(deferred(3, closedThrough: 8) == [9])
        #expect(deferred(13, closedThrough: 13) == [14])
        #expect(deferred(13, closedThrough: 14) == nil)
        #expect(deferred(20, closedThrough: 24) == [25])
    }
}
