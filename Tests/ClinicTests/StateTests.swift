import Clinic
import Planning
import Testing

@Suite struct StateTests {
    @Test func theRefreshedCalendarPlansAsOneMadeAnew() throws {
        var world = World(Sample.facility(regimens: [Sample.regimen(), Sample.regimen("short", [Sample.evaluation])]))
        world.book(Sample.order("p1"))
        let tuesday = Interval((Sample.monday.number + 1) * 1440, (Sample.monday.number + 2) * 1440)
        world.accept(.availability(.addTimeOff(TimeOff(person: "rn-1", interval: tuesday))))
        world.accept(.availability(.addClosure(Closure(from: Sample.monday + 2, through: Sample.monday + 2))))
        world.accept(.availability(.addOpening(Opening(day: Sample.monday + 5, hours: Interval(540, 720)))))
        world.book(Sample.order("p2"))
        let anew = planningCalendar(of: world.state, calendars: world.calendar.calendars)
        for regimen in [RegimenID("mdd"), "short"] {
            let order = Sample.order("p2", regimen: regimen, alternatives: 5)
            #expect(
                try propose(order, state: world.state, calendar: world.calendar, now: Sample.now)
                    == propose(order, state: world.state, calendar: anew, now: Sample.now))
        }
        #expect(world.state.visits(on: Sample.monday + 2).allSatisfy { $0.course == "c1" })
    }

    @Test func anExtendedCalendarHasTheVisitsOfItsNewDays() throws {
        var world = World(Sample.facility(chairs: 1))
        world.book()
        let all = world.calendar.calendars
        let first = DayCalendars(first: all.first, days: Array(all.days.prefix(8)))
        let grown = extended(
            planningCalendar(of: world.state, calendars: first), with: Array(all.days.dropFirst(8)), of: world.state)
        let order = Sample.order("p2")
        #expect(
            try propose(order, state: world.state, calendar: grown, now: Sample.now)
                == propose(order, state: world.state, calendar: world.calendar, now: Sample.now))
    }

    @Test func trimmingKeepsOpenCoursesWhole() {
        var world = World()
        world.book()
        #expect(world.state.trimmed(from: Sample.monday + 100) == world.state)
    }

    @Test func trimmingDropsClosedCoursesOnceTheirLastVisitIsPast() throws {
        var world = World()
        let booked = world.book()
        world.book(Sample.order("p2"))
        let open = try #require(world.state.course("c1"))
        world.state.admit(
            Course(
                id: open.id, patient: open.patient, template: open.template, wish: open.wish, status: .ceased,
                visits: open.visits, usual: open.usual, bookedBy: open.bookedBy, bookedAt: open.bookedAt))
        let last = try #require(world.state.visit(booked.visits[3]))
        let onItsDay = world.state.trimmed(from: last.day)
        #expect(onItsDay.course("c1") != nil && onItsDay.visit(last.id) == last)
        #expect(booked.visits.allSatisfy { onItsDay.visit($0) == world.state.visit($0) })
        let after = world.state.trimmed(from: last.day + 1)
        #expect(after.course("c1") == nil && after.courses(of: "p1").isEmpty && after.visit(last.id) == nil)
        #expect(after.course("c2")?.visits.allSatisfy { after.visit($0) != nil } == true)
        #expect(after.daysWithVisits.flatMap { after.visits(on: $0) }.allSatisfy { $0.course == "c2" })
    }

    @Test func whereAStateDiffersFromAnotherIsNamed() {
        var world = World()
        let booked = world.book()
        #expect(world.state.differences(from: world.state) == [])
        let before = world.state
        world.order(booked.visits[1], .confirm)
        let found = world.state.differences(from: before)
        #expect(found.prefix(2) == ["course c1", "visit v2"] && found.contains("the last numbers"))
        #expect(before.differences(from: ClinicState()).contains("the patients"))
    }

    @Test func visitsOfADayAreInTheOrderOfTheirStarts() {
        var world = World(patients: 6)
        for number in 1...6 { world.book(Sample.order(PatientID("p\(number)"))) }
        for day in world.state.daysWithVisits {
            let starts = world.state.visits(on: day).map(\.place.minute)
            #expect(starts == starts.sorted())
        }
        #expect(world.state.daysWithVisits.reduce(0) { $0 + world.state.visits(on: $1).count } == 24)
    }

    @Test func aConfigurationThatIsInForceChangesNothing() {
        let world = World()
        let same = ClinicConfiguration(facility: Sample.facility())
        #expect(world.decision(.configuration(.adopt(same))) == .accepted([], PrivateDetails(), .done))
    }

    @Test func chairsAndPersonsThatVanishAreRetiredAndTakeNobody() throws {
        var world = World()
        world.book()
        var facility = Sample.facility()
        facility.chairs.removeAll { $0.id == "chair-1" }
        facility.staff.removeAll { $0.id == "rn-1" }
        world.accept(.configuration(.adopt(ClinicConfiguration(facility: facility))))
        #expect(world.state.retired.chairs.map(\.id) == ["chair-1"] && world.state.retired.staff.map(\.id) == ["rn-1"])
        #expect(world.state.planningFacility.chairs.map(\.id) == ["chair-2", "chair-1"])
        let booked = world.book(Sample.order("p2"))
        let places = booked.visits.compactMap { world.state.visit($0)?.place }
        #expect(places.allSatisfy { $0.chair == "chair-2" && !$0.persons.contains("rn-1") })
        world.accept(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility()))))
        #expect(world.state.retired == Retired())
    }

    @Test func gridAndZoneStayFixedOnceAVisitExists() {
        var world = World()
        var grid = Sample.facility()
        grid.gridMinutes = 15
        var zone = Sample.facility()
        zone.timeZone = "Europe/Berlin"
        for facility in [grid, zone] {
            let decision = world.decision(.configuration(.adopt(ClinicConfiguration(facility: facility))))
            #expect(refusal(decision) == nil)
        }
        world.book()
        #expect(
            refusal(world.decision(.configuration(.adopt(ClinicConfiguration(facility: grid)))))
                == .fixed(key: "gridMinutes", from: "5", to: "15"))
        #expect(
            refusal(world.decision(.configuration(.adopt(ClinicConfiguration(facility: zone)))))
                == .fixed(key: "timeZone", from: "UTC", to: "Europe/Berlin"))
    }

    @Test func patientsAreKnownByIdAloneAndTheirDetailsPassBeside() {
        var world = World(patients: 0)
        let details = [PatientDetails(record: "M-1", name: "Canary"), PatientDetails(record: "M-2")]
        guard case .accepted(let events, let beside, let reply) = world.decision(.patient(.import(details))) else {
            Issue.record("refused")
            return
        }
        #expect(reply == .patients(["p1", "p2"]) && events == [.patient(.imported(["p1", "p2"]))])
        #expect(beside.patients == ["p1": details[0], "p2": details[1]])
        world.take(events)
        #expect(world.state.allPatients == ["p1", "p2"] && world.state.counters.patient == 2)
        #expect(world.accept(.patient(.add(PatientDetails(record: "M-3")))) == .patient("p3"))
    }

    @Test func recordNumbersMustBeThereAndDiffer() {
        let world = World()
        let twice = ["A", "B", "A"].map { PatientDetails(record: $0) }
        #expect(refusal(world.decision(.patient(.import(twice)))) == .sameRecordNumber(first: 0, second: 2))
        #expect(refusal(world.decision(.patient(.add(PatientDetails(record: ""))))) == .recordNumber)
        let longest = String(repeating: "x", count: 64)
        #expect(refusal(world.decision(.patient(.add(PatientDetails(record: longest))))) == nil)
        #expect(refusal(world.decision(.patient(.add(PatientDetails(record: longest + "x"))))) == .recordNumber)
        #expect(world.decision(.patient(.import([]))) == .accepted([], PrivateDetails(), .patients([])))
        #expect(
            refusal(world.decision(.patient(.change("p9", PatientDetails(record: "A"))))) == .unknown(.patient, "p9"))
    }

    @Test func availabilityIsAddedUnderAnIdAndTakenBackByIt() {
        var world = World()
        let interval = Interval(0, 60)
        #expect(world.accept(.availability(.addTimeOff(TimeOff(person: "rn-1", interval: interval)))) == .absence("t1"))
        #expect(world.accept(.availability(.addOutage(Outage(chair: "chair-1", interval: interval)))) == .outage("o1"))
        let closure = Closure(from: Sample.monday, through: Sample.monday, reason: "Canary")
        #expect(world.accept(.availability(.addClosure(closure))) == .closure("k1"))
        let opening = Opening(day: Sample.monday + 5, hours: Interval(540, 600), reason: "Canary")
        #expect(world.accept(.availability(.addOpening(opening))) == .opening("x1"))
        #expect(!String(describing: world.events).contains("Canary"))
        #expect(world.state.planningTimeOff.count == 1 && world.state.planningOutages.count == 1)
        for command in ["t1", "o1", "k1", "x1"].map({ Command.availability(.takeBack([$0])) }) {
            world.accept(command)
            #expect(refusal(world.decision(command)) != nil)
        }
        #expect(world.state.planningTimeOff.isEmpty && world.state.planningOutages.isEmpty)
        #expect(world.accept(.availability(.addTimeOff(TimeOff(person: "rn-1", interval: interval)))) == .absence("t2"))
        #expect(
            refusal(world.decision(.availability(.addTimeOff(TimeOff(person: "x", interval: interval)))))
                == .unknown(.person, "x"))
        #expect(
            refusal(world.decision(.availability(.addOutage(Outage(chair: "x", interval: interval)))))
                == .unknown(.chair, "x"))
        #expect(
            refusal(
                world.decision(.availability(.addClosure(Closure(from: Sample.monday, through: Sample.monday - 1)))))
                == .endsBeforeStart)
    }
}
