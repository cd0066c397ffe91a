import Clinic
import Foundation
import Planning
import Testing
import Varlink
import Wire

@testable import Service

/// The small clinic with a regimen that has a gate, a check, prerequisites and an open end.
func careText() -> String {
    let care = """
        {"id": "care", "name": "Care", "source": "none",
         "prerequisites": [{"name": "consent", "per": "course"}, {"name": "drug screen", "per": "visit"}],
         "phases": [
          {"name": "first", "visit": "hour", "count": 2, "gaps": [1], "tolerance": {"before": 0, "after": 6},
           "confirm": "booking", "checks": [{"afterVisit": 1, "measure": "PHQ-9"}]},
          {"name": "second", "visit": "hour", "count": 2, "firstGap": {"ideal": 2, "min": 2, "max": 8}, "gaps": [1],
           "tolerance": {"before": 0, "after": 6}, "confirm": "booking",
           "opens": {"measure": "PHQ-9", "reductionPercent": 50, "dueDays": 1, "otherwise": "hold"}},
          {"name": "third", "visit": "hour", "gaps": [7], "tolerance": {"before": 3, "after": 3},
           "endsAfterDays": 21, "opens": {"decision": "go on?", "dueDays": 1, "otherwise": "cease"}}]},
        """
    return clinicText().replacingOccurrences(of: #"{"id": "three""#, with: care + #"{"id": "three""#)
}

@Suite("Changes of courses")
struct CourseChangeTests {
    @Test("a course is extended, deferred, held, resumed and ceased; each change is its own event and undone alone")
    func life() async throws {
        let world = try await World()
        _ = try await world.course(regimen: "three")
        let extended = try await world.ask(ClinicInterface.ExtendCourse(course: "c1", visits: 1, reason: "clinical"))
        #expect(extended.difference?.action == .visitsAppended)
        #expect(extended.difference?.visits.map(\.id) == ["v4"])
        let held = try await world.ask(ClinicInterface.HoldCourse(course: "c1", reason: "patientUnwell"))
        #expect(held.difference?.statusBefore == .active && held.difference?.statusAfter == .onHold)
        #expect(held.difference?.visits.count == 4)
        #expect(
            try await world.failure(of: ClinicInterface.HoldCourse(course: "c1", reason: "other"))
                == .refused(
                    rule: "course-status", message: "course c1 is on hold", hint: "resume it first", violations: [],
                    refusal: nil))
        let from = try #require(Day("2026-03-09"))
        let resumed = try await world.ask(
            ClinicInterface.ResumeCourse(course: "c1", from: from, reason: "patientRequest"))
        let starts = resumed.difference?.visits.compactMap { $0.before == nil ? $0.after?.start.day : nil } ?? []
        #expect(starts.count == 4 && starts.allSatisfy { $0 >= from })
        let ceased = try await world.ask(ClinicInterface.CeaseCourse(course: "c1", reason: "clinical"))
        #expect(ceased.difference?.statusAfter == .ceased)
        // One after the other, the last first, back to the booking itself.
        for status in ["active", "onHold", "active", "active"] {
            try await world.ask(ClinicInterface.Undo(course: "c1"))
            #expect(world.state.course("c1")?.status.rawValue == status)
        }
        #expect(world.state.course("c1")?.visits == ["v1", "v2", "v3"])
        let gone = try await world.ask(ClinicInterface.Undo(course: "c1"))
        #expect(gone.difference?.statusAfter == .ceased)
        #expect(world.state.course("c1")?.visits == [])
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("the patient's wishes change, and the visits with them; what is not said stays")
    func wishes() async throws {
        let world = try await World()
        _ = try await world.course(regimen: "three")
        let tuesdays = [WeekWindow(days: [.tue], hours: Interval(540, 720))]
        var call = ClinicInterface.ChangeCourse(course: "c1", availability: tuesdays, reason: "patientRequest")
        let never = ClinicInterface.ChangeCourse(
            course: "c1", availability: [WeekWindow(days: [.fri], hours: Interval(540, 720))], reason: "other")
        guard case .refused(_, _, _, _, let refusal?) = try await world.failure(of: never) else {
            Issue.record("there are visits on a day on which the clinic is closed")
            return
        }
        #expect(refusal.visit == 1)
        try await world.ask(
            ClinicInterface.ChangeGaps(course: "c1", phase: "all", gaps: [7], reason: "clinical"))
        call.usual = ClockTime(minutes: 660)
        let changed = try await world.ask(call)
        #expect(changed.difference?.visits.allSatisfy { $0.after?.start.day.weekday == .tue } == true)
        let asked = try await world.ask(ClinicInterface.ShowCourse(course: "c1")).asked
        #expect(asked.availability == tuesdays && asked.usual == ClockTime(minutes: 660))
        try await world.ask(
            ClinicInterface.ChangeCourse(course: "c1", availability: [], clear: ["usual"], reason: "patientRequest"))
        let cleared = try await world.ask(ClinicInterface.ShowCourse(course: "c1")).asked
        #expect(cleared.availability == nil && cleared.usual == nil)
        try await world.close()
    }

    @Test(
        "what cannot be asked of a course is named with what is allowed",
        arguments: ["visits", "phase", "gap", "gaps", "tolerance", "clear", "person", "feature", "course"])
    func values(value: String) async throws {
        let world = try await World()
        _ = try await world.course(regimen: "three")
        func gaps(_ gaps: [Int], after: Int? = nil) -> ClinicInterface.ChangeGaps {
            ClinicInterface.ChangeGaps(course: "c1", phase: "all", gaps: gaps, toleranceAfter: after, reason: "other")
        }
        let failure: ClinicInterface.Failure?
        let expected: ClinicInterface.Failure
        switch value {
        case "visits":
            failure = try await world.failure(
                of: ClinicInterface.ExtendCourse(course: "c1", visits: 101, reason: "other"))
            expected = .invalidValue(
                field: "visits", message: "expected a whole number from 1 to 100, found 101", hint: nil)
        case "phase":
            failure = try await world.failure(
                of: ClinicInterface.EndPhase(course: "c1", phase: "al", reason: "other"))
            expected = .invalidValue(
                field: "phase", message: "expected one of all, found al", hint: "did you mean all?")
        case "gap":
            failure = try await world.failure(of: gaps([7, 367]))
            expected = .invalidValue(
                field: "gaps[1]", message: "expected a whole number from 1 to 366, found 367", hint: nil)
        case "gaps":
            failure = try await world.failure(of: gaps([]))
            expected = .invalidValue(field: "gaps", message: "expected at least one gap", hint: nil)
        case "tolerance":
            failure = try await world.failure(of: gaps([7], after: 367))
            expected = .invalidValue(
                field: "toleranceAfter", message: "expected a whole number from 0 to 366, found 367", hint: nil)
        case "clear":
            failure = try await world.failure(
                of: ClinicInterface.ChangeCourse(course: "c1", clear: ["end"], reason: "other"))
            expected = .invalidValue(
                field: "clear[0]", message: "expected usual, preferredPerson or endDay, found end", hint: nil)
        case "person":
            failure = try await world.failure(
                of: ClinicInterface.ChangeCourse(course: "c1", preferredPerson: "rn-9", reason: "other"))
            expected = .noSuchPerson(person: "rn-9")
        case "feature":
            failure = try await world.failure(
                of: ClinicInterface.ChangeCourse(course: "c1", features: ["monitr"], reason: "other"))
            expected = .invalidValue(
                field: "course.features", message: "no chair has the feature monitr", hint: "did you mean monitor?")
        default:
            failure = try await world.failure(
                of: ClinicInterface.ExtendCourse(course: "c9", visits: 1, reason: "other"))
            expected = .noSuchCourse(course: "c9")
        }
        #expect(failure == expected)
        try await world.close()
    }

    @Test("a course that runs elsewhere goes on here after what was given")
    func adopted() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let day = try #require(Day("2026-02-26"))
        var call = ClinicInterface.AdoptCourse(
            course: try oneVisit(patient, regimen: "three"), phase: "all", given: 4, lastDay: day, reason: "other")
        #expect(
            try await world.failure(of: call)
                == .invalidValue(field: "given", message: "expected a whole number from 1 to 3, found 4", hint: nil))
        call.given = 2
        call.lastDay = day + 5
        #expect(
            try await world.failure(of: call)
                == .invalidValue(
                    field: "lastDay", message: "expected a day through 2026-03-02, found 2026-03-03", hint: nil))
        call.lastDay = day
        let reply = try await world.ask(call)
        #expect(reply.difference?.statusBefore == nil && reply.difference?.visits.count == 1)
        #expect(reply.difference?.visits[0].after?.number == 3)
        let standing = try await world.ask(ClinicInterface.ShowCourse(course: "c1")).standing
        #expect(standing?.adopted == AdoptionMessage(phase: "all", given: 2, lastDay: day))
        #expect(standing?.phases.map(\.given) == [2] && standing?.phases.map(\.booked) == [1])
        try await world.close()
    }
}

@Suite("Proposals that are held")
struct HeldTests {
    @Test("what is held keeps its places until it is booked, and books as it was")
    func held() async throws {
        let world = try await World(clinicText(chairs: 1))
        let (first, second) = (try await world.patient(1), try await world.patient(2))
        let proposed = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(first, startWithinDays: 0), alternatives: 1))
        let id = try #require(proposed.proposal)
        let other = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(second, startWithinDays: 0)))
        for minutes in [0, 1441] {
            #expect(
                try await world.failure(of: ClinicInterface.HoldProposal(proposal: id, minutes: minutes))
                    == .invalidValue(
                        field: "minutes", message: "expected a whole number from 1 to 1440, found \(minutes)",
                        hint: nil))
        }
        let held = try await world.ask(ClinicInterface.HoldProposal(proposal: id, minutes: 15))
        #expect(held.until.second == World.start.seconds + 900)
        guard case .stale? = try await world.failure(of: ClinicInterface.BookCourse(proposal: other.proposal)) else {
            Issue.record("a place that is held was booked")
            return
        }
        #expect(
            try await world.failure(of: ClinicInterface.ConfirmVisit(visit: "v1"))
                == .refused(
                    rule: "held", message: "course c1 is held until 2026-03-02 07:15 and not booked",
                    hint: "book it while it is held, or release it", violations: [], refusal: nil))
        #expect(try await world.ask(ClinicInterface.ListCourses()).courses.map(\.heldUntil) == [held.until])
        let booked = try await world.ask(ClinicInterface.BookHeldCourse(course: "c1"))
        #expect(booked.recorded)
        #expect(try await world.ask(ClinicInterface.ShowCourse(course: "c1")).found.heldUntil == nil)
        guard
            case .refused("course-status", _, _, _, _)? = try await world.failure(
                of: ClinicInterface.ReleaseCourse(course: "c1"))
        else {
            Issue.record("a booked course was released")
            return
        }
        try await world.close()
    }

    @Test("what is released or was held too long is free again, and says so")
    func released() async throws {
        let world = try await World(clinicText(chairs: 1))
        let patient = try await world.patient(1)
        let course = try oneVisit(patient, startWithinDays: 0)
        for ends in ["released", "expired"] {
            let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: course))
            let held = try await world.ask(
                ClinicInterface.HoldProposal(proposal: try #require(proposed.proposal), minutes: 15))
            if ends == "released" {
                try await world.ask(ClinicInterface.ReleaseCourse(course: held.id))
            } else {
                try await world.ask(ServiceInterface.AdvanceClock(minutes: 15), by: World.peer(.admin))
            }
            #expect(
                try await world.failure(of: ClinicInterface.BookHeldCourse(course: held.id))
                    == .refused(
                        rule: "course-status", message: "course \(held.id) is no longer held and was never booked",
                        hint: "propose the course again", violations: [], refusal: nil))
        }
        try await world.ask(ClinicInterface.BookCourse(course: course))
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }
}
