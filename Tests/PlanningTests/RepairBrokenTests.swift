import Planning
import TestSupport
import Testing

@Suite struct RepairBrokenTests {
    private let type = visitType(stages: [
        stage(30, ["nurse": 60]), stage(30, ["nurse": 20], handover: true),
    ])
    private let monday = Day(number: 20_003)

    private func clinicWithTwo() -> Facility {
        clinic(
            chairs: [chair("c1"), chair("c2", "x")], staff: [person("n1", "nurse"), person("n2", "nurse")],
            visitTypes: [type])
    }

    private func standing(_ bookings: [Booking], gaps: ClosedRange<Int> = 6...8) -> RepairCourse {
        var request = course([phase(3)], at: clinicWithTwo(), earliest: monday)
        request.patient = bookings[0].patient
        return RepairCourse(
            request: request,
            visits: bookings.enumerated().map {
                RepairVisit(booking: $1, number: $0 + 1, phase: "induction", gapIdeal: 7, gaps: gaps)
            })
    }

    private func broken(
        _ courses: [RepairCourse], _ facility: Facility? = nil, timeOff: [TimeOff] = [], outages: [Outage] = [],
        now: Int? = nil
    ) -> [BrokenVisit] {
        let calendar = PlanningCalendar(
            facility: facility ?? clinicWithTwo(), calendars: .utc(from: monday - 1, count: 60), timeOff: timeOff,
            outages: outages, bookings: courses.flatMap { $0.visits.map(\.booking) })
        return brokenVisits(of: courses, on: calendar, now: now ?? monday.number * 1440)
    }

    private func minute(_ day: Day, _ clock: String) -> Int { day.number * 1440 + time(clock) }

    @Test func aVisitThatKeepsEverythingIsNotBroken() {
        #expect(broken([standing([booking("v1", type, on: monday, at: 600)])]).isEmpty)
    }

    @Test func aNurseWhoIsOffBreaksHerVisitsOnlyWhileSheIsAway() {
        let one = standing([booking("v1", type, on: monday, at: 600)])
        let other = standing([booking("v2", patient: "q2", type, on: monday, at: 660, chair: "c2")])
        let off = TimeOff(person: "n1", interval: Interval(minute(monday, "11:00"), minute(monday, "17:00")))
        #expect(broken([one, other], timeOff: [off]) == [BrokenVisit(visit: "v2", rules: [.attendantOnDuty])])
        let minuteEarlier = TimeOff(person: "n1", interval: Interval(minute(monday, "10:59"), minute(monday, "17:00")))
        #expect(broken([one, other], timeOff: [minuteEarlier]).map(\.visit) == ["v1", "v2"])
    }

    @Test func aChairOutBreaksTheHoldAndNotTheMinuteAfter() {
        let one = standing([booking("v1", type, on: monday, at: 600)])
        let out = Outage(chair: "c1", interval: Interval(minute(monday, "11:00"), minute(monday, "12:00")))
        #expect(broken([one], outages: [out]).isEmpty)
        let before = Outage(chair: "c1", interval: Interval(minute(monday, "10:59"), minute(monday, "12:00")))
        #expect(broken([one], outages: [before]) == [BrokenVisit(visit: "v1", rules: [.chairInService])])
    }

    @Test func aVisitDoesNotStandInItsOwnWayAndTwoOnOneChairBothAre() {
        let one = standing([booking("v1", type, on: monday, at: 600)])
        let other = standing([booking("v2", patient: "q2", type, on: monday, at: 630)])
        #expect(broken([one, other]).map(\.rules) == [[.chairFree], [.chairFree]])
        let same = standing([booking("v2", patient: "q2", type, on: monday, at: 600, chair: "c2")])
        #expect(broken([one, same]).map(\.rules) == [[.attendantCapacity], [.attendantCapacity]])
    }

    @Test func gapsAreAskedFromVisitToVisitAndOverridesAreHonoured() {
        var chain = standing([
            booking("v1", type, on: monday, at: 600), booking("v2", type, on: monday + 9, at: 600),
            booking("v3", type, on: monday + 17, at: 600),
        ])
        #expect(broken([chain]) == [BrokenVisit(visit: "v2", rules: [.gap])])
        chain.visits[1].overrides = [.gap]
        #expect(broken([chain]).isEmpty)
        chain.visits[2].within = 16
        #expect(broken([chain]) == [BrokenVisit(visit: "v3", rules: [.phaseWindow])])
        chain.visits[0].progress = .completed
        #expect(broken([chain]).isEmpty, "a phase that has begun only warns")
    }

    @Test func gapsThatChangeOnADayAreAskedByTheDayOfTheLaterVisit() {
        var changed = phase(3)
        changed.gapChanges = [
            GapChange(from: monday + 10, gaps: [10], toleranceBefore: 0, toleranceAfter: 0),
            GapChange(from: monday + 21, gaps: [3], toleranceBefore: 0, toleranceAfter: 0),
        ]
        func rules(_ second: Int, _ third: Int) -> [BrokenVisit] {
            var chain = standing([
                booking("v1", type, on: monday, at: 600), booking("v2", type, on: monday + second, at: 600),
                booking("v3", type, on: monday + third, at: 600),
            ])
            for index in 1...2 { chain.visits[index].gap = askedGap(of: changed, beforeVisit: index) }
            return broken([chain])
        }
        func gap(_ visits: VisitID...) -> [BrokenVisit] { visits.map { BrokenVisit(visit: $0, rules: [.gap]) } }
        // The day before the change, the day itself, the day after.
        #expect(rules(7, 17) == [])
        #expect(rules(9, 19) == gap("v2"))
        #expect(rules(10, 20) == [])
        #expect(rules(11, 21) == gap("v2", "v3"))
        // The same with the second change.
        #expect(rules(10, 13) == gap("v3"))
        #expect(rules(18, 21) == gap("v2"))
        #expect(rules(17, 20) == gap("v2", "v3"))
    }

    @Test func aRepairAsksOfANewDayTheGapThatHoldsOnIt() throws {
        // The clinic is closed on the day of the second visit. From the next day on the gap is 9 days, until then 7.
        var changed = phase(2, after: 4)
        let from = monday + 9
        changed.gapChanges = [GapChange(from: from, gaps: [9], toleranceBefore: 0, toleranceAfter: 0)]
        var closed = clinicWithTwo()
        for gap in [9, 10] {
            changed.gapChanges[0].gaps = [gap]
            closed.closures = [Closure(from: monday + 7, through: monday + 8)]
            var chain = standing([
                booking("v1", type, on: monday, at: 600), booking("v2", type, on: monday + 7, at: 600),
            ])
            chain.visits[0].pinned = true
            chain.visits[1].gap = askedGap(of: changed, beforeVisit: 1)
            let calendar = PlanningCalendar(
                facility: closed, calendars: .utc(from: monday - 1, count: 60),
                bookings: chain.visits.map(\.booking))
            for budget in [0, 200_000] {
                let found = repair([chain], on: calendar, now: monday.number * 1440, budget: budget)
                #expect(found.changes.map(\.visit) == ["v2"] && found.score.unplaced == 0, "\(gap) \(budget)")
                #expect(found.changes.first?.after?.day == monday + gap, "\(gap) \(budget)")
            }
        }
    }

    @Test func whatIsOverIsNotJudgedAndWhatIsUnderWayOnlyAboutWhatIsToCome() {
        var one = standing([booking("v1", type, on: monday, at: 600)])
        let early = TimeOff(person: "n1", interval: Interval(minute(monday, "10:00"), minute(monday, "10:30")))
        #expect(broken([one], timeOff: [early]).map(\.rules) == [[.attendantOnDuty]])
        one.visits[0].progress = .inProgress
        #expect(broken([one], timeOff: [early], now: minute(monday, "10:29")).map(\.rules) == [[.attendantOnDuty]])
        #expect(broken([one], timeOff: [early], now: minute(monday, "10:30")).isEmpty)
        one.visits[0].progress = .completed
        #expect(broken([one], timeOff: [early], now: minute(monday, "10:00")).isEmpty)
    }
}
