import Clinic
import Planning
import Store
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Why a visit is not on a day")
struct ExplanationTests {
    @Test("of a proposal the whole plan is measured, and nothing is recorded")
    func proposal() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let proposed = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(patient, regimen: "three"), explain: true))
        let plan = try #require(proposed.plan)
        #expect(plan.visits.map(\.start.day) == ["2026-03-03", "2026-03-04", "2026-03-05"].map { Day($0) })
        #expect(proposed.reasons?.map(\.number) == [1, 2, 3])
        #expect(proposed.startWithinDays == 14)
        let proposal = proposed.proposal
        let later = try await world.ask(
            ClinicInterface.ExplainVisit(proposal: proposal, number: 3, day: Day("2026-03-09")))
        #expect(later.present == plan.visits[2])
        #expect(later.found.outcome == .costs)
        #expect(later.found.visits?[2].start.day == Day("2026-03-09"))
        #expect(later.found.difference == (later.found.visits ?? []).reduce(0) { $0 + $1.terms.total } - plan.cost)
        let friday = try await world.ask(
            ClinicInterface.ExplainVisit(proposal: proposal, number: 3, day: Day("2026-03-06")))
        #expect(friday.found.closing?.closedBy == nil)
        #expect(friday.found.closing?.hindrances?.map(\.rule) == [.openingHours])
        #expect(friday.found.nearest?.map { "\($0.day)" } == ["2026-03-09", "2026-03-10"])
        #expect(world.service.publication.current.state.lastEvent == proposed.since)
        try await world.close()
    }

    @Test("of a booked visit the others stay; who reads it is noted")
    func booked() async throws {
        let world = try await World(clinicText(chairs: 1))
        let patient = try await world.patient()
        let course = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, regimen: "three")))
        let same = try await world.ask(
            ClinicInterface.ExplainVisit(visit: course.visits[1].id, day: course.visits[1].start.day))
        #expect(same.found.outcome == .chosen)
        #expect(same.present.number == 2)
        let before = try await world.ask(
            ClinicInterface.ExplainVisit(visit: course.visits[1].id, day: course.visits[0].start.day))
        #expect(before.found.closing?.closedBy == .gap)
        #expect(before.found.closing?.hindrances?.map(\.number) == [1])
        let last = try await world.ask(
            ClinicInterface.ExplainVisit(visit: course.visits[2].id, day: Day("2026-03-09")))
        #expect(last.found.outcome == .costs)
        #expect(last.found.visits?.map(\.number) == [3])
        #expect(last.found.terms?[.gap] == 40)
        #expect(await world.service.ping())
        let noted = try world.service.store.accesses(to: .init(patient))
        #expect(noted.map(\.method) == ["ExplainVisit", "ExplainVisit", "ExplainVisit", "BookCourse"])
        try await world.close()
    }

    @Test("without a day it is said why a booked visit is where it is; one that is not to come is refused with a hint")
    func here() async throws {
        let world = try await World(clinicText(chairs: 1))
        let patient = try await world.patient()
        let course = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, regimen: "three")))
        let (first, last) = (course.visits[0], course.visits[2])
        let ideal = try await world.ask(ClinicInterface.ExplainVisit(visit: last.id))
        #expect(ideal.present.start == last.start && ideal.found.outcome == .chosen)
        #expect(ideal.reason?.idealDay == last.start.day && ideal.reason?.instead == nil)
        #expect(ideal.before?.start == course.visits[1].start)
        // On another day the same question says what the ideal one would cost.
        let later = try #require(Day("2026-03-09"))
        try await world.ask(
            ClinicInterface.MoveVisit(visit: last.id, from: later, through: later, plan: true, reason: "patientRequest")
        )
        let moved = try await world.ask(ClinicInterface.ExplainVisit(visit: last.id))
        #expect(moved.present.start.day == later && moved.reason?.idealDay == last.start.day)
        #expect(moved.reason?.instead?.outcome == .costs && (moved.reason?.instead?.difference ?? 0) < 0)
        let asked = try await world.ask(ClinicInterface.ExplainVisit(visit: last.id, day: last.start.day))
        #expect(asked.found == moved.reason?.instead && asked.reason == nil && asked.before == nil)
        let earliest = try oneVisit(patient).earliest
        let opening = try await world.ask(ClinicInterface.ExplainVisit(visit: first.id))
        #expect(opening.before == nil && opening.reason?.idealDay == earliest)
        try await world.ask(ClinicInterface.CancelVisit(visit: first.id, makeUp: false, reason: "clinical"))
        guard
            case .invalidValue(let field, let message, let hint?)? = try await world.failure(
                of: ClinicInterface.ExplainVisit(visit: first.id))
        else {
            Issue.record("it is explained")
            return
        }
        #expect(field == "visit" && message == "v1 is not to come: it has no place" && hint.contains("course show c1"))
        try await world.close()
    }

    @Test("a day that others fill names them by what they do, and a refusal carries the same facts")
    func full() async throws {
        let world = try await World(clinicText(chairs: 9))
        let day = try oneVisit("p1").earliest
        // Three hours for two nurses who take two patients each.
        for number in 1...12 {
            let patient = try await world.patient(number)
            try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        }
        let late = try await world.patient(13)
        let refused = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(late, startWithinDays: 0)))
        let closed = try #require(refused.refusal?.days.first)
        // Nurses are there an hour before the clinic opens.
        #expect(closed.day == day && closed.closedBy == .openingHours)
        #expect(closed.hindrances?.map(\.rule) == [.openingHours, .attendantCapacity])
        let hindrance = try #require(closed.hindrances?.last)
        #expect(hindrance.role == "nurse" && hindrance.load == 50)
        #expect(hindrance.persons?.map(\.state) == [.busy, .busy])
        #expect(refused.people == ["rn-1": "Nurse 1", "rn-2": "Nurse 2"])
        #expect(hindrance.from?.clock == 540 && hindrance.until?.clock == 720)
        try await world.close()
    }

    @Test("what is asked wrongly is said field by field")
    func wrong() async throws {
        let world = try await World()
        let day = try oneVisit("p1").earliest
        let patient = try await world.patient()
        let proposal = try await world.ask(ClinicInterface.ProposeCourse(course: oneVisit(patient))).proposal
        func failure(_ call: ClinicInterface.ExplainVisit) async throws -> ClinicInterface.Failure? {
            try await world.failure(of: call)
        }
        #expect(try await failure(.init(visit: "v9", day: day)) == .noSuchVisit(visit: "v9"))
        #expect(try await failure(.init(proposal: "pr9", number: 1, day: day)) == .noSuchProposal(proposal: "pr9"))
        for number in [nil, 0, 2] {
            let found = number.map { ", found \($0)" } ?? ""
            #expect(
                try await failure(.init(proposal: proposal, number: number, day: day))
                    == .invalidValue(field: "number", message: "expected 1 to 1\(found)", hint: nil))
        }
        #expect(
            try await failure(.init(day: day))
                == .invalidValue(field: "visit", message: "expected exactly one of visit and proposal", hint: nil))
        try await world.close()
    }

    @Test("the kinds of visit are listed as configured")
    func visitTypes() async throws {
        let world = try await World()
        let types = try await world.ask(ClinicInterface.ListVisitTypes(), by: World.peer(.viewer)).visitTypes
        #expect(types.map(\.id) == ["hour"] && types.map(\.minutes) == [60] && types.map(\.roles) == [["nurse"]])
        try await world.close()
    }
}
