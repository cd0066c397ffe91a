import Clinic
import Planning
import Testing
import Varlink
import Wire

@testable import Service

@Suite("What goes beside a course's visits")
struct CareTests {
    let clinician = World.peer(.clinician, uid: 4200)

    @Test("scores open the gate that they satisfy, and what waited behind it is confirmed")
    func gates() async throws {
        let world = try await World(careText())
        _ = try await world.course(regimen: "care")
        #expect(
            try await world.failure(of: ClinicInterface.ConfirmVisit(visit: "v3"))
                == .refused(
                    rule: "gate", message: "the gate of second has not opened",
                    hint: "a score that satisfies it opens it, or a clinician's word", violations: [], refusal: nil))
        #expect(try await world.ask(ClinicInterface.ShowVisit(visit: "v3")).closedGate == "second")
        let unknown = ClinicInterface.RecordAssessment(course: "c1", measure: "PHQ-8", score: 20)
        #expect(
            try await world.failure(of: unknown, by: clinician)
                == .invalidValue(
                    field: "measure", message: "expected one of PHQ-9, found PHQ-8", hint: "did you mean PHQ-9?"))
        try await world.ask(
            ClinicInterface.RecordAssessment(course: "c1", measure: "PHQ-9", score: 20), by: clinician)
        // The score before counts as the baseline only where it was taken before the first visit.
        let end = try await world.ask(ClinicInterface.ShowVisit(visit: "v1")).found.end
        try await world.ask(ServiceInterface.AdvanceClock(until: end), by: World.peer(.admin))
        let opened = try await world.ask(
            ClinicInterface.RecordAssessment(course: "c1", measure: "PHQ-9", score: 10), by: clinician)
        #expect(opened.difference?.gatesOpened == ["second"])
        #expect(opened.difference?.visits.map(\.after?.status) == [.confirmed, .confirmed])
        let standing = try #require(try await world.ask(ClinicInterface.ShowCourse(course: "c1")).standing)
        #expect(standing.phases.map(\.gate) == [nil, .open, .closed])
        #expect(standing.assessments.map(\.score) == [20, 10])
        // A clinician says no to the third: the regimen says that the course ends then.
        let closed = try await world.ask(
            ClinicInterface.DecideGate(course: "c1", phase: "third", opens: false), by: clinician)
        #expect(closed.difference?.statusAfter == .ceased)
        try await world.close()
    }

    @Test("gates, scores, rules set aside and what was not treated are a clinician's, and so is their undoing")
    func roles() async throws {
        let world = try await World(careText())
        _ = try await world.course(regimen: "care")
        let calls: [any WireCall] = [
            ClinicInterface.DecideGate(course: "c1", phase: "second", opens: true),
            ClinicInterface.RecordAssessment(course: "c1", measure: "PHQ-9", score: 20),
            ClinicInterface.OverrideRule(visit: "v1", rule: .gap, reason: "clinical"),
            ClinicInterface.RecordNotTreated(visit: "v1", obstacle: "ate"),
        ]
        for call in calls {
            await #expect(throws: VarlinkError.permissionDenied) {
                try await world.call(type(of: call).method, call.object, by: World.peer(.scheduler))
            }
        }
        try await world.ask(
            ClinicInterface.DecideGate(course: "c1", phase: "second", opens: true), by: clinician)
        let undo = ClinicInterface.Undo(course: "c1")
        await #expect(throws: VarlinkError.permissionDenied) { try await world.ask(undo) }
        #expect(try await world.ask(undo, by: clinician).recorded)
        try await world.close()
    }

    @Test("approved visits are confirmed in their order as far as the payer's authorisation goes, and not one more")
    func authorisations() async throws {
        let world = try await World(careText())
        var wish = try oneVisit(try await world.patient(), regimen: "care")
        wish.requiresAuthorisation = true
        try await world.ask(ClinicInterface.BookCourse(course: wish))
        let day = try #require(Day("2026-03-02"))
        func word(_ status: Authorisation.Status, _ visits: Int) -> ClinicInterface.AddAuthorisation {
            ClinicInterface.AddAuthorisation(
                course: "c1",
                authorisation: Authorisation(
                    number: "A", status: status, visits: visits, visitTypes: ["hour"], from: day, through: day + 60))
        }
        #expect(try await world.ask(word(.requested, 9)).difference?.visits == [])
        let approved = try await world.ask(word(.approved, 1))
        #expect(approved.difference?.visits.map(\.id) == ["v1"])
        let listed = try await world.ask(ClinicInterface.ListAuthorisations(course: "c1"))
        #expect(listed.required && listed.authorisations.map(\.used) == [1] && listed.uncovered?.id == "v2")
        let next = try #require(world.state.visit("v2")?.day)
        #expect(
            try await world.failure(of: ClinicInterface.ConfirmVisit(visit: "v2"))
                == .refused(
                    rule: "authorisation",
                    message: "no approved authorisation covers visit v2 on \(next) with a visit left",
                    hint: "record the payer's authorisation, or have a clinician set authorisation aside for the visit",
                    violations: [], refusal: nil))
        try await world.ask(
            ClinicInterface.OverrideRule(visit: "v2", rule: .authorisation, reason: "payer"), by: clinician)
        let confirmed = try await world.ask(ClinicInterface.ConfirmVisit(visit: "v2"))
        #expect(
            confirmed.difference?.visits[0].after?.overrides
                == [OverrideMessage(rule: "authorisation", reason: "payer")])
        try await world.close()
    }

    @Test("prerequisites are recorded for the course or for the visit that they are asked for")
    func prerequisites() async throws {
        let world = try await World(careText())
        _ = try await world.course(regimen: "care")
        try await world.ask(ClinicInterface.RecordPrerequisite(course: "c1", name: "consent"))
        try await world.ask(ClinicInterface.RecordPrerequisite(course: "c1", name: "drug screen", visit: "v1"))
        #expect(try await world.ask(ClinicInterface.ShowVisit(visit: "v1")).missing == [])
        #expect(try await world.ask(ClinicInterface.ShowVisit(visit: "v2")).missing == ["drug screen"])
        let wrong: [(ClinicInterface.RecordPrerequisite, String, String)] = [
            (.init(course: "c1", name: "drug screen"), "drug screen is asked for every visit", "say for which visit"),
            (
                .init(course: "c1", name: "consent", visit: "v1"), "consent is asked once a course",
                "leave the visit out"
            ),
        ]
        for (call, message, hint) in wrong {
            #expect(
                try await world.failure(of: call) == .invalidValue(field: "visit", message: message, hint: hint))
        }
        let unknown = ClinicInterface.RecordPrerequisite(course: "c1", name: "consnt")
        #expect(
            try await world.failure(of: unknown)
                == .invalidValue(
                    field: "name", message: "expected one of consent, drug screen, found consnt",
                    hint: "did you mean consent?"))
        try await world.close()
    }

    @Test("a visit that was lost and not made up is a task, until it is done")
    func tasks() async throws {
        let world = try await World(careText())
        _ = try await world.course(regimen: "care")
        try await world.ask(ClinicInterface.ConfirmVisit(visit: "v1"))
        try await world.ask(
            ClinicInterface.MoveVisit(
                visit: "v1", from: Day("2026-03-03"), through: Day("2026-03-03"), at: ClockTime(minutes: 660),
                reason: "staffing"))
        let tasks = try await world.ask(ClinicInterface.ListTasks()).tasks
        // The visit is on Tuesday: the call is due on Monday, the last day before it on which the clinic is open.
        #expect(tasks.first?.id == "v1/call" && tasks.first?.due == Day("2026-03-02"))
        #expect(
            try await world.failure(of: ClinicInterface.FinishTask(course: "c1", task: "v1/cal"))
                == .invalidValue(
                    field: "task", message: "nothing called v1/cal is to be done for c1",
                    hint: "did you mean v1/call?"))
        try await world.ask(ClinicInterface.FinishTask(course: "c1", task: "v1/call"))
        #expect(try await world.ask(ClinicInterface.ListTasks(course: "c1")).tasks.first?.id != "v1/call")
        try await world.close()
    }

    @Test("an event that something followed is not taken back by itself; a repeated undo is done once")
    func undo() async throws {
        let world = try await World()
        _ = try await world.course(regimen: "three")
        let cancelled = try await world.ask(ClinicInterface.CancelVisit(visit: "v1", reason: "other"))
        let confirmed = try await world.ask(ClinicInterface.ConfirmVisit(visit: "v2"))
        let event = try #require(cancelled.event)
        let last = try #require(confirmed.event)
        #expect(
            try await world.failure(of: ClinicInterface.Undo(event: event))
                == .refused(
                    rule: "undo", message: "event e\(last) changed it since", hint: "take back e\(last) first",
                    violations: [], refusal: nil))
        let call = ClinicInterface.Undo(course: "c1", request: "u")
        let first = try await world.ask(call)
        #expect(try await world.ask(call) == first)
        #expect(world.state.visit("v2")?.status == .tentative)
        let preview = try await world.ask(ClinicInterface.Undo(course: "c1", dryRun: true))
        #expect(!preview.recorded && preview.difference?.visits.contains { $0.id == "v1" } == true)
        // An undoing named by its event is taken back too: the visit is confirmed again.
        try await world.ask(ClinicInterface.Undo(event: first.event))
        #expect(world.state.visit("v2")?.status == .confirmed)
        try await world.ask(ClinicInterface.Undo(course: "c1"))
        #expect(world.state.visit("v2")?.status == .tentative)
        try await world.ask(ClinicInterface.Undo(course: "c1"))
        #expect(world.state.visit("v1")?.status == .tentative)
        for call in [ClinicInterface.Undo(), ClinicInterface.Undo(event: 1, course: "c1")] {
            #expect(
                try await world.failure(of: call)
                    == .invalidValue(
                        field: "event", message: "expected exactly one of event and course", hint: nil))
        }
        try await world.close()
    }
}
