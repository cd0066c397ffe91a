import Planning
import TestSupport
import Testing

/// What a repair tries first, case by case; each by the fast way and by the whole search.
@Suite struct RepairStepsTests {
    private let monday = Day(number: 20_003)
    private let plain = visitType("plain", stages: [stage(60, ["nurse": 100])])
    private let special = visitType(
        "special", attendants: [Attendant(label: "nurse", role: "nurse", credentials: ["c"])],
        stages: [stage(60, ["nurse": 100])])

    private func facility(_ staff: [Person], chairs: Int = 4, hours: String = "09:00-12:00") -> Facility {
        clinic(
            hours: hours, chairs: (1...chairs).map { chair(ChairID("c\($0)")) }, staff: staff,
            visitTypes: [plain, special], startEvery: 60)
    }

    private func booked(
        _ id: VisitID, _ type: VisitType, at start: Int, chair: ChairID, _ person: PersonID, told: Bool = true,
        pinned: Bool = false, progress: RepairVisit.Progress = .ahead, at clinic: Facility
    ) -> RepairCourse {
        let patient = PatientID("p-" + id.text)
        var request = course([phase(1)], at: clinic, earliest: monday, id: CourseID("k-" + id.text), patient: patient)
        request.startWithinDays = 0
        let visit = booking(id, patient: patient, type, on: monday, at: start, chair: chair, persons: [person])
        return RepairCourse(
            request: request,
            visits: [
                RepairVisit(
                    booking: visit, number: 1, phase: "induction", gapIdeal: 1, gaps: 1...1, told: told, pinned: pinned,
                    progress: progress)
            ])
    }

    private func both(
        _ courses: [RepairCourse], _ facility: Facility, off: [PersonID] = [], out: [ChairID] = [], from: Int = 0,
        now: Int = 360, _ check: (RepairProposal) -> Void
    ) {
        let lost = Interval(monday.number * 1440 + from, (monday.number + 1) * 1440)
        let calendar = PlanningCalendar(
            facility: facility, calendars: .utc(from: monday, count: 7),
            timeOff: off.map { TimeOff(person: $0, interval: lost) },
            outages: out.map { Outage(chair: $0, interval: lost) },
            bookings: courses.flatMap { $0.visits.map(\.booking) })
        for budget in [0, 200_000] {
            check(repair(courses, on: calendar, now: monday.number * 1440 + now, budget: budget))
        }
    }

    @Test func aVisitTakesANurseWhoseOwnVisitAnotherTakesBeforeAnybodyIsCalled() {
        // n1 falls ill. Her visit needs c, which n2 has, whose own visit n4 can take, as n3 is busy; nobody is called.
        let clinic = facility([
            person("n1", "nurse", credentials: [Credential(name: "c")]),
            person("n2", "nurse", credentials: [Credential(name: "c")]), person("n3", "nurse", hours: "08:00-11:00"),
            person("n4", "nurse"),
        ])
        let courses = [
            booked("v1", special, at: 600, chair: "c1", "n1", at: clinic),
            booked("v2", plain, at: 600, chair: "c2", "n2", at: clinic),
            booked("v3", plain, at: 600, chair: "c3", "n3", at: clinic),
        ]
        both(courses, clinic, off: ["n1"]) { proposal in
            #expect(proposal.score.unplaced == 0 && proposal.score.told == 0)
            #expect(proposal.calls.isEmpty)
            #expect(proposal.changes.map(\.visit) == ["v1", "v2"])
            #expect(proposal.changes.map(\.after?.persons) == [["n2"], ["n4"]])
        }
    }

    @Test func whoIsNotToldMakesRoomForWhoIs() {
        let clinic = facility([person("n1", "nurse"), person("n2", "nurse")])
        let courses = [
            booked("v1", plain, at: 600, chair: "c1", "n1", at: clinic),
            booked("v2", plain, at: 600, chair: "c2", "n2", told: false, at: clinic),
        ]
        both(courses, clinic, off: ["n1"]) { proposal in
            #expect(proposal.score.told == 0 && proposal.score.others == 1 && proposal.score.unplaced == 0)
            #expect(proposal.calls.isEmpty)
        }
    }

    @Test func aPinnedVisitNeverMovesAndIsLeftWithoutAPlaceRather() {
        let clinic = facility([person("n1", "nurse"), person("n2", "nurse")])
        let courses = [
            booked("v1", plain, at: 600, chair: "c1", "n1", pinned: true, at: clinic),
            booked("v2", plain, at: 600, chair: "c2", "n2", pinned: true, at: clinic),
        ]
        both(courses, clinic, off: ["n1"]) { proposal in
            #expect(proposal.score.unplaced == 1)
            #expect(proposal.changes.count == 1 && proposal.changes[0].after == nil)
            #expect(proposal.changes[0].closed.map(\.day) == [monday])
            #expect(proposal.calls.count == 1)
        }
    }

    @Test func aVisitInProgressIsHandedOverAtItsChair() {
        let watched = visitType(
            "watched", stages: [stage(30, ["nurse": 60]), stage(90, ["nurse": 20], handover: true)])
        var clinic = facility([person("n1", "nurse"), person("n2", "nurse")])
        clinic.visitTypes.append(watched)
        let courses = [booked("v1", watched, at: 540, chair: "c1", "n1", progress: .inProgress, at: clinic)]
        both(courses, clinic, off: ["n1"], from: 600, now: 600) { proposal in
            #expect(proposal.unresolved.isEmpty && proposal.score.unplaced == 0)
            var expected = courses[0].visits[0].booking.placement
            expected.covers = [Cover(label: "nurse", person: "n2", interval: Interval(600, 660))]
            #expect(proposal.changes.map(\.after) == [expected])
            #expect(proposal.calls.isEmpty)
        }
        // No mark is asked of the stage that is under way: the nurse is really gone.
        both(courses, clinic, off: ["n1"], from: 550, now: 550) { proposal in
            #expect(proposal.unresolved.isEmpty && proposal.score.unplaced == 0)
            let covers = proposal.changes.first?.after?.covers
            #expect(covers?.map(\.person) == ["n2", "n2"])
            #expect(covers?.map(\.interval) == [Interval(550, 570), Interval(570, 660)])
        }
        // Where nobody else is there it stays, and is said to be broken.
        both(courses, clinic, off: ["n1", "n2"], from: 550, now: 550) { proposal in
            #expect(proposal.changes.isEmpty)
            #expect(proposal.unresolved == [BrokenVisit(visit: "v1", rules: [.attendantOnDuty])])
            #expect(proposal.score.unplaced == 1)
        }
    }
}
