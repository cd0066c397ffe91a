import Planning

@testable import Wire

// Changes, and where courses stand, with a value in every field.

extension Examples {
    static let difference = PlanDifferenceMessage(
        action: .visitMoved, course: "c1", patient: "p1", about: "v3", detail: "weekly", statusBefore: .active,
        statusAfter: .onHold,
        visits: [VisitChangeMessage(id: "v3", before: visit, after: visit)], costBefore: 12, costAfter: 20,
        costOfMoving: 40, calls: ["v3"], gatesOpened: ["weekly"], unplaced: refusal,
        window: WindowStandingMessage(
            phase: "induction", through: day, ends: day + 2, refusal: refusal, nearest: day + 1, room: 2,
            roomTold: 1), freed: [freed],
        called: ContactMessage(name: "A", phone: "1"), lateSince: day - 3)

    static let changeReply = ChangeReply(
        recorded: true, event: 12, difference: difference, others: [difference], people: ["rn-1": "Nurse 1"],
        meant: [MeantMessage(patient: "p1", recordNumber: "1", name: "A", born: 1961, alike: true)])

    static let authorisation = Authorisation(
        number: "A-1", status: .approved, requestedOn: day - 9, visits: 8, visitTypes: ["iv-40"], from: day,
        through: day + 60)

    static let task = TaskMessage(
        id: "v3/PHQ-9", course: "c1", patient: "p1", visit: "v3", kind: .check, name: "PHQ-9", due: day,
        overdue: false)

    static let goal = GoalStandingMessage(phase: "induction", through: day, ends: day, daysInHand: 2)

    static let standing = CourseStandingMessage(
        phase: "induction",
        phases: [
            PhaseStandingMessage(
                name: "induction", visit: "iv-40", planned: 6, given: 2, booked: 4, gate: .closed, asks: gate,
                goal: goal)
        ], tasks: [task],
        prerequisites: [PrerequisiteStandingMessage(name: "consent", per: .course, day: day, missing: ["v3"])],
        authorisations: [AuthorisationUseMessage(authorisation: authorisation, used: 2)], uncovered: "v3",
        assessments: [AssessmentMessage(measure: "PHQ-9", score: 14, at: instant)],
        adopted: AdoptionMessage(phase: "induction", given: 2, lastDay: day), heldUntil: instant)

    /// One of every call that changes a course or asks what goes beside it.
    static let changes: [any WireCall] = [
        ClinicInterface.ConfirmVisit(visit: "v3", reason: "clinical", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ChangePatient(
            patient: "p1", recordNumber: "1", name: "A", phone: "2", birthDate: day, language: "de", remarks: "n",
            clear: ["phone"], reason: "correction", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.MergePatients(
            patient: "p2", into: "p1", reason: "correction", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ClosePatient(patient: "p1", why: "moved", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ReopenPatient(patient: "p1", reason: "other", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.GiveCourse(
            course: "c1", patient: "p1", reason: "correction", note: "n", told: true, dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.PinVisit(
            visit: "v3", pinned: true, reason: "clinical", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.CancelVisit(
            visit: "v3", makeUp: true, makeUpFrom: "sameDay", keepWindow: true, reason: "clinical", note: "n",
            told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.MoveVisit(
            visit: "v3", from: day, through: day, at: ClockTime(minutes: 600), chair: "chair-1",
            attendants: ["nurse": "rn-1"], plan: true, keepWindow: true, reason: "clinical", note: "n", told: true,
            dryRun: true,
            seen: 4, request: "r"),
        ClinicInterface.DeferVisit(
            visit: "v3", until: day, later: "keep", keepWindow: true, reason: "clinical", note: "n", told: true,
            dryRun: true,
            seen: 4, request: "r"),
        ClinicInterface.OmitVisit(
            visit: "v3", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.OverrideRule(
            visit: "v3", rule: .gap, reason: "clinical", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.RecordNoShow(
            visit: "v3", makeUp: true, makeUpFrom: "sameDay", keepWindow: true, reason: "clinical", note: "n",
            told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.RecordNotTreated(
            visit: "v3", obstacle: "ate", makeUp: true, makeUpFrom: "earlier", keepWindow: true, yes: true,
            reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ExtendCourse(
            course: "c1", phase: "induction", visits: 3, reason: "clinical", note: "n", told: true, dryRun: true,
            seen: 4,
            request: "r"),
        ClinicInterface.EndPhase(
            course: "c1", phase: "induction", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.AdvanceCourse(
            course: "c1", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.StepBackCourse(
            course: "c1", visits: 3, reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ChangeCourse(
            course: "c1", availability: [WeekWindow(days: [.mon], hours: Interval(540, 960))], blackoutDays: [day],
            preferred: [WeekWindow(days: [.mon], hours: Interval(540, 960))], usual: ClockTime(minutes: 600),
            features: ["usual"], preferredPerson: "x", endDay: day, clear: ["usual"], from: day, reason: "clinical",
            note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ChangeGaps(
            course: "c1", phase: "induction", gaps: [7, 14], toleranceBefore: 3, toleranceAfter: 3, from: day,
            reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.HoldCourse(
            course: "c1", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ResumeCourse(
            course: "c1", from: day, keepWindow: true, reason: "clinical", note: "n", told: true, dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.CeaseCourse(
            course: "c1", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.CatchUpCourse(
            course: "c1", within: 27, nearest: true, reason: "clinical", note: "n", told: true, dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.ReplanCourse(
            course: "c1", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.AdoptCourse(
            course: course, phase: "induction", given: 3, lastDay: day, again: true, reason: "clinical", note: "n",
            told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.HoldProposal(
            proposal: "pr1", alternative: 3, minutes: 3, again: true, reason: "clinical", note: "n", seen: 4,
            request: "r"),
        ClinicInterface.BookHeldCourse(
            course: "c1", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
        ClinicInterface.ReleaseCourse(course: "c1", reason: "clinical", note: "n", dryRun: true, seen: 4, request: "r"),
        ClinicInterface.RecordAssessment(
            course: "c1", measure: "x", score: 3, at: instant, reason: "clinical", note: "n", told: true, dryRun: true,
            seen: 4, request: "r"),
        ClinicInterface.DecideGate(
            course: "c1", phase: "induction", opens: true, reason: "clinical", note: "n", told: true, dryRun: true,
            seen: 4,
            request: "r"),
        ClinicInterface.AddAuthorisation(
            course: "c1", authorisation: authorisation, reason: "clinical", note: "n", dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.ListAuthorisations(course: "c1"),
        ClinicInterface.RecordPrerequisite(
            course: "c1", name: "x", visit: "v3", day: day, reason: "clinical", note: "n", dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.ListTasks(course: "c1", through: day, limit: 3),
        ClinicInterface.FinishTask(
            course: "c1", task: "x", ends: true, reason: "clinical", note: "n", told: true, dryRun: true, seen: 4,
            request: "r"),
        ClinicInterface.Undo(
            event: 3, course: "c1", reason: "clinical", note: "n", told: true, dryRun: true, seen: 4, request: "r"),
    ]
}
