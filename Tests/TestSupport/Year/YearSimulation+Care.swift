import Clinic
import Planning

/// What is done about what the program tells.
extension YearSimulation {
    mutating func answer(_ alert: Alert) {
        switch (alert.kind, alert.subject) {
        case (.visitToConfirm, .visit(let visit)): note(.call(visit), in: dice.number(30...300))
        case (.escortMissing, .visit(let visit)): if dice.chance(80) { note(.escort(visit), in: 45) }
        case (.prerequisiteMissing, .visit(let visit)):
            if let visit = clinic.state.visit(visit), dice.chance(80) { note(.prepare(visit.course), in: 30) }
        case (.gateDue, .course(let course)):
            if dice.chance(70) { note(.decide(course, phase: alert.detail), in: 240) }
        case (.gateMissed, .course(let course)): note(.decide(course, phase: alert.detail), in: 120)
        case (.checkDue, .course(let course)): note(.assess(course), in: 150)
        case (.courseInterrupted, .course(let course)): note(.look(course), in: 200)
        case (.authorisationShort, .course(let course)): note(.authorise(course), inDays: 1, clock: 700)
        case (.credentialExpiring, .person(let person)): note(.renew(person), inDays: 4, clock: 700)
        case (.taskDue, .course(let course)), (.reviewDue, .course(let course)): note(.tasks(course), in: 75)
        case (.visitReminder, _), (.visitLate, _), (.visitOverrun, _), (.holdExpired, _): break
        case (.inductionSlipping, .course(let course)), (.goalAtRisk, .course(let course)):
            note(.catchUp(course), in: 90)
        default: preconditionFailure("an alert of a subject that it cannot have: \(alert)")
        }
    }

    mutating func care(_ deed: Deed) {
        switch deed {
        case .escort(let visit): record(visit, .escortConfirmed)
        case .prepare(let course): prepare(course)
        case .assess(let course): assess(course)
        case .decide(let course, let phase): decide(course, phase)
        case .tasks(let course): doTasks(course)
        case .authorise(let course): authorise(course)
        case .resume(let course): resume(course)
        case .look(let course): look(course)
        case .renew(let person): renew(person)
        case .catchUp(let course): catchUp(course)
        case .whim(let course): change(course)
        case .night, .dawn, .morning, .referral, .settleHold, .breakdown, .vacation, .call, .callOff, .stayAway,
            .refuse, .arrive, .begin, .stage, .sendHome, .discharge:
            preconditionFailure("what is no care is done elsewhere")
        }
    }

    private func isOpen(_ course: CourseID) -> Bool { clinic.state.course(course)?.status.isOpen ?? false }

    /// Calls a patient about a visit: most agree.
    mutating func call(_ id: VisitID) {
        if let visit = clinic.state.visit(id), visit.news == .calledOff {
            take(.visit(.recordCall(PhoneCallMade(about: id, outcome: .reached, at: clinic.now))))
            return
        }
        guard let visit = clinic.state.visit(id), visit.status == .tentative || visit.needsCall,
            visit.status == .tentative || visit.status == .confirmed, isOpen(visit.course)
        else { return }
        guard dice.chance(85) else {
            if visit.day > clinic.today { note(.call(id), inDays: 1, clock: 600) }
            return
        }
        if dice.chance(8),
            order(id, .move(PlaceWish()), .patientRequest, keepsWindow: true)
                || order(id, .move(PlaceWish()), .patientRequest)
        {
            return
        }
        switch decision(.visit(.order(id, .confirm, .other))) {
        case .refused(.unchangeable(.authorisation), _):
            authorise(visit.course)
            order(id, .confirm)
        case .refused, .accepted: break
        }
    }

    private mutating func prepare(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status.isOpen else { return }
        for prerequisite in known.template.regimen.prerequisites {
            alter(course, .care(.prerequisite(PrerequisiteDone(name: prerequisite.name, day: clinic.today))))
        }
    }

    private mutating func authorise(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status.isOpen else { return }
        let number = "A-\(known.wish.authorisations.count + 1)"
        let granted = Authorisation(
            number: number, status: .approved, requestedOn: clinic.today, visits: 12,
            visitTypes: ["evaluation", "esketamine", "iv-40"], from: clinic.today, through: clinic.today + 180)
        alter(course, .care(.authorise(granted)), .payer)
    }

    /// Takes the score that the course asks for.
    mutating func assess(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status.isOpen, let patient = patient(of: course) else {
            return
        }
        let given = clinic.state.visits(of: known).count { if case .completed = $0.status { true } else { false } }
        for measure in Set(known.template.regimen.phases.flatMap { $0.checks.map(\.measure) }).sorted() {
            let score = fates.score(of: patient, after: given)
            alter(course, .care(.assess(Assessment(measure: measure, score: score, at: clinic.now))), .clinical)
        }
    }

    private mutating func decide(_ course: CourseID, _ phase: String) {
        guard let known = clinic.state.course(course), known.status == .active, let patient = patient(of: course),
            let gate = known.template.phase(phase)?.gate, !known.progress.openGates.contains(phase)
        else { return }
        if case .decision = gate.condition {
            alter(course, .care(.gate(phase: phase, opens: patient.responds)), .clinical)
        } else {
            assess(course)
            let isOpen = clinic.state.course(course)?.progress.openGates.contains(phase) ?? true
            if !isOpen {
                gateRefusals[course, default: 0] += 1
                if gateRefusals[course, default: 0] > 2 {
                    alter(course, .lifecycle(.cease), .clinical)
                } else {
                    alter(course, .care(.gate(phase: phase, opens: false)), .clinical)
                }
            }
        }
        callSoon(course)
        guard clinic.state.course(course)?.status == .onHold else { return }
        guard let days = fates.comesBack(patient.number) else {
            alter(course, .lifecycle(.cease), .clinical)
            return
        }
        pausedForNoBenefit.insert(course)
        note(.resume(course), inDays: days, clock: 610)
    }

    /// Calls about visits that may be agreed to now, and lie near.
    private mutating func callSoon(_ course: CourseID) {
        guard let known = clinic.state.course(course) else { return }
        for visit in clinic.state.visits(of: known)
        where visit.status == .tentative && visit.day - clinic.today <= 14 && visit.day >= clinic.today {
            note(.call(visit.id), in: dice.number(60...400))
        }
    }

    private mutating func resume(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status == .onHold else { return }
        if hasWhims, dice.chance(50) {
            alter(course, .lifecycle(.cease), .clinical)
            return
        }
        if pausedForNoBenefit.remove(course) != nil {
            for phase in known.template.regimen.phases where phase.gate != nil {
                alter(course, .care(.gate(phase: phase.name, opens: true)), .clinical)
            }
        }
        if !alter(course, .lifecycle(.resume(from: clinic.today + 1))) {
            note(.resume(course), inDays: 7, clock: 610)
        }
        callSoon(course)
    }

    mutating func doTasks(_ course: CourseID) {
        guard let known = clinic.state.course(course) else { return }
        for task in clinic.state.tasks(of: known) {
            switch task.kind {
            case .followUp, .review, .findNumber: alter(course, .care(.taskDone(task.id)))
            case .check: assess(course)
            case .call: call(task.visit)
            case .makeUp: makeUp(task.visit, course)
            }
        }
    }

    /// Finds a place for a lost visit, or leaves it out where there is none in time.
    private mutating func makeUp(_ visit: VisitID, _ course: CourseID) {
        if alter(course, .lifecycle(.replan)) { return }
        if !order(visit, .omit), !alter(course, .lifecycle(.hold)) { alter(course, .lifecycle(.cease)) }
        if clinic.state.course(course)?.status == .onHold { note(.resume(course), inDays: 7, clock: 610) }
    }

    /// Brings an induction back into its time, where that can be done, and calls whom that concerns.
    mutating func catchUp(_ course: CourseID) {
        guard keepsWindows, let known = clinic.state.course(course), known.status == .active,
            alter(course, .lifecycle(.catchUp(within: nil, isNearest: false)), .clinical)
        else { return }
        if aim == nil { callWhomItConcerns(course) }
    }

    /// Calls a patient soon about what was planned anew.
    mutating func callWhomItConcerns(_ course: CourseID) {
        guard let known = clinic.state.course(course) else { return }
        for visit in clinic.state.visits(of: known) where visit.needsCall { note(.call(visit.id), in: 40) }
    }

    /// A course in which nothing has happened for long.
    private mutating func look(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status == .active else { return }
        if clinic.state.visits(of: known).contains(where: \.status.isOpen) { return }
        if hasWhims, dice.chance(50) { alter(course, .lifecycle(.cease)) } else { alter(course, .lifecycle(.replan)) }
    }

    private mutating func renew(_ person: PersonID) {
        guard var configuration = clinic.state.configuration,
            let index = configuration.facility.staff.firstIndex(where: { $0.id == person })
        else { return }
        configuration.facility.staff[index].credentials = configuration.facility.staff[index].credentials.map {
            Credential(name: $0.name, until: $0.until.map { $0 + 730 })
        }
        take(.configuration(.adopt(configuration)))
    }

    /// A wish of the patient's that comes in the middle of a course.
    private mutating func change(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status == .active else { return }
        let next = clinic.state.visits(of: known).first { $0.day > clinic.today + 1 && $0.status.isOpen }
        switch dice.number(0...7) {
        case 0:
            var wish = known.wish
            wish.blackoutDays.formUnion((7...20).map { clinic.today + $0 })
            alter(course, .pattern(.change(wish, from: nil)), .patientRequest)
        case 1:
            var wish = known.wish
            wish.availability = []
            wish.usual = dice.pick([540, 660, 780])
            alter(course, .pattern(.change(wish, from: clinic.today + 3)), .patientRequest)
        case 2: if let next { order(next.id, .postpone(until: next.day + 2, later: .shift), .patientRequest) }
        case 3: if let next { order(next.id, .postpone(until: next.day + 1, later: .keep), .patientRequest) }
        case 4: if let next { order(next.id, .omit, .clinical) }
        case 5: if let next { order(next.id, .pin(true)) }
        case 6:
            if alter(course, .lifecycle(.hold), .patientRequest) { note(.resume(course), inDays: 14, clock: 600) }
        default:
            if let phase = next?.phase { alter(course, .pattern(.extend(phase: phase, visits: 1)), .clinical) }
        }
    }
}
