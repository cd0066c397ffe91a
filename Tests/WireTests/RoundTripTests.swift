import Planning
import StrictJSON
import Testing

@testable import Wire

@Suite("Messages")
struct RoundTripTests {
    private func check<Value: WireValue>(_ value: Value, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let text = value.json.text()
        let parsed = try #require(try JSONValue(parsing: text).object)
        #expect(try Value(parsed) == value, sourceLocation: sourceLocation)
        var more = parsed
        more["zzz"] = 1
        #expect(throws: JSONInvalid.self, sourceLocation: sourceLocation) { try Value(more) }
        for key in parsed.keys {
            var wrong = parsed
            wrong[key] = parsed[key]?.bool == nil ? true : "true"
            let invalid = #expect(throws: JSONInvalid.self, sourceLocation: sourceLocation) { try Value(wrong) }
            #expect(invalid?.problems.map(\.path) == [key], sourceLocation: sourceLocation)
        }
    }

    private func checkRecords() throws {
        try check(Examples.addWaiting)
        try check(Examples.removeWaiting)
        try check(Examples.matchWaiting)
        try check(Examples.offerPlace)
        try check(Examples.declineOffer)
        try check(Examples.waiting)
        try check(Examples.offer)
        try check(Examples.freed)
        try check(Examples.audit)
        try check(Examples.auditEntry)
        try check(Examples.showVisitAsOf)
        try check(Examples.backup)
        try check(ClinicInterface.Audit.Reply(entries: [Examples.auditEntry], reads: true, before: "e3-r4"))
        try check(
            ServiceInterface.Backup.Reply(path: "/b", bytes: 5, events: 7, sound: true, problems: ["a problem"]))
        try check(
            ClinicInterface.ListWaiting.Reply(
                waiting: [Examples.waiting], offers: [Examples.offer], people: ["rn-1": "Nurse 1"]))
    }

    @Test("every message is read back as it was written, and refuses unknown and mistyped fields")
    func roundTrips() throws {
        try check(Examples.addPatient)
        try check(Examples.importPatients)
        try check(Examples.listPatients)
        try check(Examples.showPatient)
        try check(Examples.proposeCourse)
        try check(Examples.bookCourse)
        try check(Examples.listCourses)
        try check(Examples.listVisits)
        try check(Examples.dayCall)
        try check(Examples.week)
        try check(Examples.free)
        try check(Examples.listEvents)
        try check(Examples.watch)
        try check(Examples.advanceClock)
        for call in Examples.changes { try check(call) }
        try check(Examples.changeReply)
        try check(Examples.standing)
        try checkRecords()
        try check(Examples.utilisation)
        try check(Examples.adherence)
        try check(Examples.month)
        try check(Examples.forecast)
        try check(Examples.exportVisits)
        try check(Examples.stageImport)
        try check(Examples.importFile)
        try check(Examples.utilisationReply)
        try check(Examples.adherenceReply)
        try check(Examples.monthReply)
        try check(Examples.forecastReply)
        try check(Examples.importReply)
        try check(Examples.recordFact)
        try check(Examples.correctFact)
        try check(Examples.recordCall)
        try check(Examples.today)
        try check(Examples.listCalls)
        try check(Examples.recordFactReply)
        try check(Examples.correctFactReply)
        try check(Examples.recordCallReply)
        try check(Examples.todayReply)
        try check(Examples.listCallsReply)
        try check(Examples.plan)
        try check(Examples.refusal)
        try check(Examples.answer)
        try check(Examples.explainVisit)
        try check(Examples.hindrance)
        try check(Examples.visit)
        try check(Examples.event)
        try check(Examples.regimen)
        try check(Examples.board)
        try check(Examples.summary)
        try check(
            ClinicInterface.ProposeCourse.Reply(
                proposal: "pr1", plan: Examples.plan, refusal: Examples.refusal, since: 4,
                people: ["rn-1": "Nurse 1"], reasons: [Examples.reason], startWithinDays: 14))
        try check(
            ClinicInterface.ExplainVisit.Reply(
                found: Examples.answer, present: Examples.plannedVisit, people: ["rn-1": "Nurse 1"],
                goal: Examples.goal, reason: Examples.reason, before: Examples.plannedVisit))
        try check(
            ClinicInterface.ListVisitTypes.Reply(
                visitTypes: [
                    VisitTypeMessage(
                        id: "iv-40", name: "Infusion", minutes: 95, turnoverMinutes: 10, features: ["monitor"],
                        roles: ["nurse"])
                ]))
        try check(
            ClinicInterface.BookCourse.Reply(
                id: "c1", visits: [Examples.visit], event: 12, people: ["rn-1": "Nurse 1"], recorded: true))
        try check(
            ClinicInterface.ShowCourse.Reply(
                found: Examples.summary, asked: Examples.course, usual: ClockTime(minutes: 600),
                phases: ["induction"], visits: [Examples.visit], people: [:], standing: Examples.standing))
        try check(
            ClinicInterface.ShowVisit.Reply(
                found: Examples.visit, people: [:], closedGate: "maintenance", missing: ["consent"],
                tasks: [Examples.task]))
        try check(
            ClinicInterface.HoldProposal.Reply(
                id: "c1", until: Examples.instant, visits: [Examples.visit], event: 3, people: [:]))
        try check(
            ClinicInterface.ListAuthorisations.Reply(
                required: true,
                authorisations: [AuthorisationUseMessage(authorisation: Examples.authorisation, used: 2)],
                uncovered: Examples.visit))
        try check(ClinicInterface.ListTasks.Reply(tasks: [Examples.task], more: false))
        try check(
            ServiceInterface.Reload.Reply(
                changed: true, event: 3, retired: ["chair-1"],
                breaches: [BreachMessage(visit: "v1", course: "c1", start: Examples.instant, rule: "gap")]))
    }

    @Test("staff, chairs, hours and repairs are read back as they were written")
    func facilityRoundTrips() throws {
        try check(Examples.addTimeOff)
        try check(Examples.addShift)
        try check(Examples.addOutage)
        try check(Examples.addClosure)
        try check(Examples.addOpening)
        try check(Examples.takeBack)
        try check(Examples.listAvailability)
        try check(Examples.availability)
        try check(Examples.availabilityReply)
        try check(Examples.proposeRepair)
        try check(Examples.applyRepair)
        try check(Examples.proposeImprovement)
        try check(Examples.applyImprovement)
        try check(Examples.rearrangementReply)
        try check(Examples.findGains)
        try check(Examples.gains)
    }

    @Test("absent fields stay absent: nothing is sent as null")
    func absence() {
        #expect(ClinicInterface.AddPatient(recordNumber: "1").json.text() == #"{"recordNumber":"1"}"#)
    }

    @Test("all problems of a message are found at once, each with its path")
    func allProblems() throws {
        let text = """
            {"course": {"patient": "p1", "regimen": 7, "earliest": "2026-02-30",
            "availability": [{"days": ["mon", "tues"], "hours": "16:00-09:00"}], "usual": "25:00", "earlyest": 1}}
            """
        let object = try #require(try JSONValue(parsing: text).object)
        let invalid = #expect(throws: JSONInvalid.self) { try ClinicInterface.ProposeCourse(object) }
        #expect(
            invalid?.problems.map(\.path) == [
                "course.regimen", "course.earliest", "course.availability[0].days[1]", "course.availability[0].hours",
                "course.usual", "course.earlyest",
            ])
        #expect(invalid?.problems.last?.hint == #"did you mean "earliest"?"#)
    }

    @Test("every error is read back as it was written", arguments: failures)
    func errors(failure: ClinicInterface.Failure) {
        #expect(ClinicInterface.Failure(name: failure.name, parameters: failure.parameters) == failure)
    }

    static let failures: [ClinicInterface.Failure] = [
        .importRefused(problems: [ImportProblemMessage(line: 3, path: "visits[0]", message: "m", hint: "h")]),
        .refused(rule: "gap", message: "m", hint: "h", violations: [Examples.violation], refusal: Examples.refusal),
        .refused(rule: "gap", message: "m", hint: nil, violations: [], refusal: nil),
        .stale(since: 3, changed: [Examples.violation], happened: nil),
        .stale(since: 3, changed: [], happened: Examples.auditEntry), .requestReused(request: "r"),
        .invalidValue(field: "a.b", message: "m", hint: nil), .noSuchPatient(patient: "p1"),
        .recordNumberTaken(patient: "p1"), .noSuchRegimen(regimen: "x", hint: "y"),
        .noSuchVisitType(visit: "x", hint: nil), .noSuchCourse(course: "c"), .noSuchVisit(visit: "v"),
        .noSuchProposal(proposal: "pr1"), .noSuchChair(chair: "c"), .noSuchPerson(person: "p"), .busy, .storageFull,
        .storageFailed, .recordDamaged(what: "w"),
    ]

    @Test("an error that is not known is nil")
    func unknownError() {
        #expect(ClinicInterface.Failure(name: "io.infusiond.Clinic.Other", parameters: [:]) == nil)
        #expect(ClinicInterface.Failure(name: "io.infusiond.Clinic.Stale", parameters: [:]) == nil)
        #expect(ServiceInterface.Failure(name: "io.infusiond.Service.NotSimulated", parameters: [:]) == .notSimulated)
    }
}
