import Planning
import StrictJSON

@testable import Wire

/// Messages with a value in every field.
enum Examples {
    static let instant = ZonedInstant("2026-03-05T11:30:00-05:00")!
    static let day = Day("2026-03-05")!

    static let terms: CostTerms = {
        var terms = CostTerms()
        for (index, term) in CostTerm.allCases.enumerated() { terms[term] = index + 1 }
        return terms
    }()

    static let course = CourseRequestMessage(
        patient: "p1", regimen: "mdd-iv-3x2", earliest: day, startWithinDays: 10,
        availability: [WeekWindow(days: [.mon, .wed], hours: Interval(540, 960))], blackoutDays: [day + 8],
        preferred: [WeekWindow(days: [.fri], hours: Interval(540, 720))], usual: ClockTime(minutes: 600),
        features: ["bed"], preferredPerson: "rn-1", payer: "payer", requiresAuthorisation: true,
        authorisations: [
            Authorisation(
                number: "A-1", status: .approved, requestedOn: day - 9, visits: 8, visitTypes: ["iv-40"],
                from: day, through: day + 60)
        ], endDay: day + 200, inTime: true, walkIn: "patientRequest", referred: day - 20)

    static let cover = CoverMessage(label: "nurse", person: "rn-2", from: instant, until: instant)

    static let plannedVisit = PlannedVisitMessage(
        number: 2, phase: "induction", visit: "iv-40", start: instant, end: instant, chair: "chair-1",
        attendants: ["nurse": "rn-1"], covers: [cover], terms: terms)

    static let plan = PlanMessage(
        cost: 36, usual: ClockTime(minutes: 600), terms: terms, visits: [plannedVisit],
        alternatives: [AlternativeMessage(cost: 40, difference: 4, terms: terms, visits: [plannedVisit])])

    static let refusal = RefusalMessage(
        visit: 3, phase: "induction",
        days: [
            ClosedDayMessage(day: day, closedBy: .attendantCapacity, hindrances: [hindrance]),
            ClosedDayMessage(day: day + 1, closedBy: nil, several: [.chairFree, .attendantCapacity]),
        ],
        wouldHelp: [Refusal.Remedy(kind: .tolerance, target: "induction", amount: 1, cost: 120)],
        people: ["rn-1": "Nurse 1"], startWithinDays: 14,
        laterStart: day + 7, laterEnd: day + 9)

    static let hindrance = HindranceMessage(
        rule: .attendantCapacity, from: instant, until: instant, leaves: [span], hours: [span], minutes: 95,
        reason: "half day", features: ["bed"],
        chairs: [ChairFindingMessage(chair: "chair-1", lacks: ["bed"], out: [span], held: [span])], label: "nurse",
        role: "nurse", load: 60,
        persons: [
            PersonFindingMessage(
                person: "rn-1", state: .busy, lacks: ["ACLS"], lapsed: ["BLS"],
                absences: [AbsenceMessage(from: instant, until: instant, reason: .break)], allAway: true,
                capacityPercent: 80, starting: 1, watching: 2)
        ], visit: "v3", number: 2, daysMinimum: 1, daysMaximum: 3, dayFrom: day, dayThrough: day, blackout: true,
        earliest: instant, lastDay: day)

    static let answer = DayAnswerMessage(
        number: 3, day: day, outcome: .closed,
        closing: ClosedDayMessage(day: day, closedBy: .attendantCapacity, hindrances: [hindrance]), laterVisit: 4,
        laterPhase: "induction", laterDays: [ClosedDayMessage(day: day, closedBy: nil)], visits: [plannedVisit],
        difference: 12, terms: terms, moved: [4], nearest: [NearDayMessage(day: day + 1, difference: 5)],
        wouldHelp: [OneMoreMessage(kind: .person, target: "nurse")])

    static let reason = VisitReasonMessage(number: 3, idealDay: day, instead: answer)

    static let violation = ViolationMessage(number: 2, rule: "chair-free", start: instant, visit: "v3")

    static let visit = VisitMessage(
        id: "v3", course: "c1", patient: "p1", number: 2, phase: "induction", visit: "iv-40", status: .tentative,
        told: true, pinned: false, start: instant, end: instant, chair: "chair-1", attendants: ["nurse": "rn-1"],
        covers: [cover], stages: [StageMessage(name: "preparation", start: instant, end: instant)], needsCall: true,
        detail: "late", reason: "transport", forgone: false,
        overrides: [OverrideMessage(rule: "gap", reason: "clinical")], cost: 12,
        facts: [FactMessage(kind: .stageBegun, at: instant, number: 1, detail: "infusion")], heard: "2026-03-02T09:00",
        turn: 4,
        turns: 6)

    static let summary = CourseSummaryMessage(
        id: "c1", patient: "p1", regimen: "mdd-iv-3x2", status: .active, visits: 7, given: 1, next: instant,
        heldUntil: instant)

    static let event = EventMessage(
        number: 9, kind: .courseBooked, at: instant, uid: 1000, user: "desk", pid: 77, request: "r1", patient: "p1",
        course: "c1", visits: ["v1", "v2"],
        alert: AlertMessage(kind: .visitReminder, subject: "v1", detail: "24", due: instant))

    static let gate = GateMessage(
        decision: "go on?", measure: "PHQ-9", reductionPercent: 50, atMost: 10, dueDays: 3, otherwise: .extend,
        visits: 2)

    static let phase = PhaseMessage(
        name: "induction", visit: "iv-40", min: 4, max: 8, gapIdeal: 3, gapMin: 1, gapMax: 14, gaps: [2, 2, 3],
        toleranceBefore: 0, toleranceAfter: 3, withinDays: 20, alarmDays: 13,
        goal: PhaseGoalMessage(days: 16, spare: [160, 80, 40, 20]), yields: .told, rhythm: true, confirm: .booking,
        gate: gate, checks: [CheckMessage(afterVisit: 4, measure: "PHQ-9")], stopMeasure: "MADRS", stopAtMost: 10,
        reviewEveryDays: 90, endsAfterDays: 300)

    static let regimen = RegimenMessage(
        id: "r", name: "R", source: "S",
        prerequisites: [PrerequisiteMessage(name: "consent", per: .course, validDays: 365)], phases: [phase])

    static let span = SpanMessage(from: instant, until: instant)

    static let board = BoardMessage(
        day: day, now: instant, open: [span], closures: [DayClosureMessage(hours: "12:00-24:00", reason: "half day")],
        chairs: [
            ChairDayMessage(
                chair: "chair-1", features: ["bed"], outages: [span],
                holds: [HoldMessage(visit: visit, name: "A", until: instant)])
        ],
        people: [
            PersonDayMessage(
                person: "rn-1", name: "Nurse 1", roles: ["nurse"], capacityPercent: 100, onDuty: [span],
                loads: [LoadMessage(from: instant, until: instant, percent: 60)])
        ])

    static let addPatient = ClinicInterface.AddPatient(
        recordNumber: "1", name: "A", phone: "2", birthDate: day, language: "de", remarks: "n", request: "r")
    static let importPatients = ClinicInterface.ImportPatients(
        patients: [
            NewPatientMessage(
                recordNumber: "1", name: "A", phone: "2", birthDate: day, language: "de", remarks: "n")
        ], request: "r")
    static let listPatients = ClinicInterface.ListPatients(query: "A", after: "p1", limit: 10)
    static let showPatient = ClinicInterface.ShowPatient(patient: "p1", recordNumber: "1", history: true)
    static let resolvePatient = ClinicInterface.ResolvePatient(named: "p1")
    static let listRegimens = ClinicInterface.ListRegimens()
    static let showRegimen = ClinicInterface.ShowRegimen(regimen: "r")
    static let proposeCourse = ClinicInterface.ProposeCourse(
        course: course, alternatives: 2, explain: true)
    static let explainVisit = ClinicInterface.ExplainVisit(visit: "v1", proposal: "pr1", number: 2, day: day)
    static let listVisitTypes = ClinicInterface.ListVisitTypes()
    static let bookCourse = ClinicInterface.BookCourse(
        proposal: "pr1", alternative: 1, course: course, again: true, reason: "clinical", note: "n", told: true,
        dryRun: true, seen: 4, request: "r")
    static let listCourses = ClinicInterface.ListCourses(patient: "p1", status: "active", after: "c1", limit: 10)
    static let showCourse = ClinicInterface.ShowCourse(course: "c1", asOf: "e7")
    static let showVisit = ClinicInterface.ShowVisit(visit: "v1")
    static let listVisits = ClinicInterface.ListVisits(patient: "p1", recordNumber: "1", from: day, through: day)
    static let dayCall = ClinicInterface.Day(day: day, names: true, asOf: "e7")
    static let week = ClinicInterface.Week(from: day, days: 7)
    static let free = ClinicInterface.Free(
        visit: "iv-40", from: day, through: day, features: ["bed"], limit: 10)
    static let listEvents = ClinicInterface.ListEvents(since: 3, limit: 10)
    static let watch = ClinicInterface.Watch(since: 3)
    static let advanceClock = ServiceInterface.AdvanceClock(until: instant, minutes: 5)
}
