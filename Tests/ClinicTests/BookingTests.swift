import Clinic
import Planning
import Testing

@Suite struct BookingTests {
    @Test func aBookedCourseIsHeldByTheStateWithAllItsVisits() throws {
        var world = World()
        let booked = world.book()
        let course = try #require(world.state.course("c1"))
        #expect(booked.plan.course == "c1" && booked.visits == ["v1", "v2", "v3", "v4"])
        #expect(course.status == .active && course.visits == booked.visits && course.patient == "p1")
        #expect(course.bookedBy == world.state.lastEvent && course.bookedAt == Sample.now)
        let visits = world.state.visits(of: course)
        #expect(visits.map(\.number) == [1, 2, 3, 4])
        #expect(visits.map(\.day) == booked.plan.visits.map(\.placement.day))
        for (visit, planned) in zip(visits, booked.plan.visits) {
            let day = try #require(world.calendar.calendars[visit.day])
            #expect(visit.place.placement(on: day) == planned.placement && visit.terms == planned.terms)
            #expect(world.state.visits(on: visit.day).contains(visit))
        }
    }

    @Test func coursesOfOneRegimenShareATemplateUntilTheRegimenChanges() {
        var world = World(patients: 3)
        world.book(Sample.order("p1"))
        world.book(Sample.order("p2"))
        #expect(world.state.allCourses.map(\.template.id) == ["r1", "r1"])
        let changed = Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation])])
        world.accept(.configuration(.adopt(ClinicConfiguration(facility: changed))))
        world.book(Sample.order("p3"))
        #expect(world.state.allCourses.map(\.template.id) == ["r1", "r1", "r2"])
        #expect(world.state.course("c1")?.template.regimen.phases.count == 2)
    }

    @Test func aRefusedCourseIsAnEventWithoutEffect() throws {
        var world = World(Sample.facility(chairs: 1))
        world.accept(.availability(.addOutage(Outage(chair: "chair-1", interval: Interval(0, 100_000_000)))))
        let decision = world.decision(.course(.book(Sample.order())))
        guard case .refused(.noPlan(let refusal), let events) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(refusal.visit == 1 && !refusal.days.isEmpty)
        // On a day on which several rules together close it, all of them are said.
        let expected = CourseRefused(
            patient: "p1", regimen: "mdd", visit: 1, phase: "evaluation",
            rules: [.openingHours, .chairInService, .attendantOnDuty])
        #expect(events == [.course(.refused(expected))])
        var after = world
        after.take(events)
        #expect(after.state.lastEvent == world.state.lastEvent + 1)
        #expect(after.state.counters == world.state.counters && after.state.allCourses.isEmpty)
    }

    @Test func aProposalIsBookedAsItWasProposed() throws {
        var world = World()
        let proposal = try proposal(world)
        #expect(proposal.basis == world.state.lastEvent && world.state.allCourses.isEmpty)
        guard case .course(let booked) = world.accept(.course(.bookProposal(proposal, alternative: nil))) else {
            Issue.record("not the reply to a course")
            return
        }
        #expect(booked.plan.visits == proposal.plan.visits && booked.plan.course == "c1")
    }

    @Test func anAlternativeOfAProposalIsBookedAsItWasProposed() throws {
        var world = World()
        let proposal = try proposal(world, Sample.order(alternatives: 2))
        try #require(proposal.plan.alternatives.count == 2)
        world.accept(.course(.bookProposal(proposal, alternative: 1)))
        let days = world.state.allCourses[0].visits.compactMap { world.state.visit($0)?.day }
        #expect(days == proposal.plan.alternatives[1].visits.map(\.placement.day))
        #expect(
            refusal(world.decision(.course(.bookProposal(proposal, alternative: 2)))) == .unknown(.alternative, "2"))
    }

    @Test func aProposalWhosePlaceIsGoneIsStaleAndSaysWhy() throws {
        var world = World(Sample.facility(chairs: 1))
        let mine = try proposal(world, Sample.order("p1"))
        let theirs = try proposal(world, Sample.order("p2"))
        world.accept(.course(.bookProposal(theirs, alternative: nil)))
        let decision = world.decision(.course(.bookProposal(mine, alternative: nil)))
        guard case .refused(.stale(let stale), let events) = decision else {
            Issue.record("\(decision)")
            return
        }
        #expect(stale.since == mine.basis)
        #expect(Set(stale.changed.map(\.visit)) == [1, 2, 3, 4])
        #expect(stale.changed.contains(Stale.Change(visit: 1, rule: .chairFree)))
        #expect(events.map(\.kind) == [.course(.refused)])
    }

    @Test func aProposalThatAnAbsenceBrokeIsStale() throws {
        var world = World()
        let mine = try proposal(world)
        let day = try #require(mine.plan.visits.first).placement.day
        let off = TimeOff(person: "md-1", interval: Interval(day.number * 1440, (day.number + 1) * 1440))
        world.accept(.availability(.addTimeOff(off)))
        let decision = world.decision(.course(.bookProposal(mine, alternative: nil)))
        #expect(
            refusal(decision)
                == .stale(Stale(since: mine.basis, changed: [Stale.Change(visit: 1, rule: .attendantOnDuty)])))
    }

    @Test func namesThatNobodyKnowsAreRefusedBeforePlanning() throws {
        let world = World()
        let cases: [(CourseOrder, ClinicRefusal)] = [
            (Sample.order("p9"), .unknown(.patient, "p9")),
            (Sample.order(regimen: "none"), .unknown(.regimen, "none")),
            (Sample.order { $0.preferredPerson = "rn-9" }, .unknown(.person, "rn-9")),
            (Sample.order { $0.features = ["pool"] }, .unknown(.feature, "pool")),
        ]
        for (order, expected) in cases {
            #expect(refusal(world.decision(.course(.book(order)))) == expected)
            #expect(
                try propose(order, state: world.state, calendar: world.calendar, now: Sample.now) == .refused(expected))
        }
        #expect(
            try decide(.course(.book(Sample.order())), state: ClinicState(), calendar: world.calendar, now: Sample.now)
                == .refused(.notConfigured, []))
    }

    @Test func aCalendarThatEndsTooEarlyIsAskedToReachFurther() throws {
        let short = World(days: 12)
        func book(now: Instant) throws(NeedsDays) -> Decision {
            try decide(.course(.book(Sample.order())), state: short.state, calendar: short.calendar, now: now)
        }
        let beyond = try #require(throws: NeedsDays.self) { try book(now: Sample.now) }
        #expect(beyond.through > short.calendar.calendars.last)
        let late = Instant(minute: (Sample.monday.number + 400) * 1440)
        let today = try #require(throws: NeedsDays.self) { try book(now: late) }
        #expect(today.through.number * 1440 > late.minute)
    }

    @Test func visitsAreConfirmedAtBookingWhereTheirPhaseSaysSoAndNoGateIsBefore() {
        let regimen = Sample.regimen("mdd", [Sample.evaluation, Sample.induction(.booking), Sample.maintenance])
        var world = World(Sample.facility(regimens: [regimen]))
        let booked = world.book()
        let visits = booked.visits.compactMap { world.state.visit($0) }
        #expect(visits.map(\.status) == [.tentative, .confirmed, .confirmed, .confirmed, .tentative, .tentative])
        #expect(visits.map(\.told) == [false, true, true, true, true, true])
    }

    @Test func confirmationStopsWhereTheAuthorisationsVisitsEnd() {
        let regimen = Sample.regimen("mdd", [Sample.evaluation, Sample.induction(.booking)])
        let order = Sample.order { wish in
            wish.requiresAuthorisation = true
            wish.authorisations = [
                Authorisation(
                    number: "A-1", status: .approved, visits: 2, visitTypes: ["iv"], from: Sample.monday,
                    through: Sample.monday + 60),
                Authorisation(
                    number: "A-2", status: .requested, visits: 9, visitTypes: ["iv"], from: Sample.monday,
                    through: Sample.monday + 60),
            ]
        }
        var world = World(Sample.facility(regimens: [regimen]))
        let visits = world.book(order).visits.compactMap { world.state.visit($0) }
        #expect(visits.map(\.status) == [.tentative, .confirmed, .confirmed, .tentative])
        #expect(visits.map(\.told) == [false, true, true, true])
    }

    @Test func theUsualTimeKeptIsTheLowerMedianOfTheStartsThatHaveRhythm() throws {
        var world = World()
        world.book()
        let course = try #require(world.state.course("c1"))
        let clocks = world.state.visits(of: course).dropFirst().map(\.place.start.clock).sorted()
        #expect(clocks.count == 3 && course.usual == clocks[1])
        var plain = World(Sample.facility(regimens: [Sample.regimen("mdd", [Sample.evaluation])]))
        plain.book()
        #expect(plain.state.course("c1")?.usual == nil)
    }

    @Test func whoPaysStandsBesideTheEvents() {
        let world = World()
        var order = Sample.order()
        order.payer = "Canary Insurance"
        guard case .accepted(let events, let details, _) = world.decision(.course(.book(order))) else {
            Issue.record("refused")
            return
        }
        #expect(details.payers == ["c1": "Canary Insurance"])
        #expect(!String(describing: events).contains("Canary"))
    }

    @Test func theSameQuestionHasTheSameAnswer() {
        let world = World()
        #expect(world.decision(.course(.book(Sample.order()))) == world.decision(.course(.book(Sample.order()))))
    }

    private func proposal(_ world: World, _ order: CourseOrder = Sample.order()) throws -> Proposal {
        let result = try propose(order, state: world.state, calendar: world.calendar, now: Sample.now)
        guard case .proposal(let proposal) = result else { preconditionFailure("\(result)") }
        return proposal
    }
}
