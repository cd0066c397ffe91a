import Clinic
import Planning

/// What happens, one thing after another.
extension YearSimulation {
    mutating func perform(_ deed: Deed) {
        switch deed {
        case .night: clinic.passMidnight()
        case .dawn(let day): dawn(day)
        case .morning(let day): morning(day)
        case .referral(let number, let tries): refer(number, tries: tries)
        case .settleHold(let course, let patient): settleHold(course, patient: patient)
        case .breakdown(let chair, let minutes): breakDown(chair, minutes)
        case .vacation(let person, let from): goAway(person, from)
        case .call(let visit): call(visit)
        case .callOff(let visit, let place):
            if isStill(visit, place) { lose(visit, .cancel(isMadeUp: true), .patientRequest) }
        case .stayAway(let visit, let place): if isStill(visit, place) { lose(visit, .noShow(isMadeUp: true), .other) }
        case .arrive(let visit, let place, let visiting): if isStill(visit, place) { arrive(visit, visiting) }
        case .refuse(let visit, let place): if isStill(visit, place) { refuse(visit) }
        case .begin(let visit, let visiting): begin(visit, visiting)
        case .stage(let visit, let index, let visiting): goOn(visit, to: index, visiting)
        case .sendHome(let visit): lose(visit, .notTreated(dice.chance(50) ? .ate : .vitals, isMadeUp: true), .clinical)
        case .discharge(let visit, let visiting): discharge(visit, visiting)
        case .escort, .prepare, .assess, .decide, .tasks, .authorise, .resume, .look, .renew, .whim, .catchUp:
            care(deed)
        }
    }

    private func isStill(_ id: VisitID, _ place: Place) -> Bool {
        guard let visit = clinic.state.visit(id), visit.place == place else { return false }
        return visit.status == .tentative || visit.status == .confirmed
    }

    // MARK: Patients come

    private mutating func refer(_ number: Int, tries: Int) {
        let patient = fates.patients[number]
        while clinic.state.patientCount <= number {
            take(.patient(.add(PatientDetails(record: "MRN-\(clinic.state.patientCount + 1)"))))
        }
        let id = PatientID("p\(number + 1)")
        var wish = CourseWish(
            earliest: clinic.today + (fates.takesNextDay(number, after: 0) ? 1 : 2), startWithinDays: 14 + tries * 7,
            availability: hasWhims && tries >= 2 ? [] : patient.availability, preferred: patient.preferred,
            requiresAuthorisation: patient.isAuthorised)
        if patient.isAuthorised {
            wish.authorisations = [
                Authorisation(
                    number: "A-1", status: .approved, requestedOn: clinic.today, visits: 10,
                    visitTypes: ["evaluation", "esketamine", "iv-40"], from: clinic.today, through: clinic.today + 180)
            ]
        }
        var order = CourseOrder(patient: id, regimen: patient.regimen, wish: wish)
        order.endsInTime = keepsWindows
        order.again = true
        if keepsWindows,
            case .refused = try? propose(order, state: clinic.state, calendar: clinic.calendar, now: clinic.now)
        {
            order.endsInTime = false
        }
        let state = clinic.state
        guard dice.chance(40),
            case .proposal(let proposal) = try? propose(
                order, state: state, calendar: clinic.calendar, now: clinic.now)
        else {
            if case .accepted(_, _, .course(let booked)) = decision(.course(.book(order))) {
                begin(booked.plan.course)
            } else if tries < 4 {
                note(.referral(number, tries: tries + 1), inDays: 7, clock: 600)
            } else {
                turnedAway.append(number)
            }
            return
        }
        let hold = Command.course(
            .holdProposal(
                proposal, alternative: nil, until: Instant(seconds: clinic.now.seconds + 900)))
        guard case .accepted(_, _, .course(let held)) = decision(hold)
        else { preconditionFailure("what was proposed this minute fits") }
        note(.settleHold(held.plan.course, patient: number), in: dice.number(5...25))
    }

    private mutating func settleHold(_ course: CourseID, patient: Int) {
        if dice.chance(80), alter(course, .held(.book)) {
            begin(course)
        } else {
            if clinic.state.course(course)?.progress.heldUntil != nil { alter(course, .held(.release)) }
            note(.referral(patient, tries: 1), in: 60)
        }
    }

    private mutating func begin(_ course: CourseID) {
        if dice.chance(90) { note(.prepare(course), inDays: 1, clock: 560) }
        if hasWhims, dice.chance(25) { note(.whim(course), inDays: dice.number(5...60), clock: 630) }
    }

    // MARK: What goes wrong

    private mutating func dawn(_ day: Day) {
        for (index, person) in fates.clinic.facility.staff.enumerated() {
            let days = fates.daysIll(index, day)
            guard days > 0, day.weekday != .sat, day.weekday != .sun else { continue }
            let off = TimeOff(person: person.id, interval: Interval(clinic.now.minute, instant(day + days, 0).minute))
            disrupt(.availability(.addTimeOff(off)), .staffing)
        }
        if fates.isSnowedIn(day) {
            disrupt(.availability(.addClosure(Closure(from: day, through: day))), .weather)
        }
    }

    private mutating func breakDown(_ chair: Int, _ minutes: Int) {
        let id = fates.clinic.facility.chairs[chair].id
        let now = clinic.now.minute
        disrupt(.availability(.addOutage(Outage(chair: id, interval: Interval(now, now + minutes)))), .equipment)
    }

    private mutating func goAway(_ person: Int, _ from: Day) {
        let id = fates.clinic.facility.staff[person].id
        let interval = Interval(instant(from, 0).minute, instant(from + 12, 0).minute)
        disrupt(.availability(.addTimeOff(TimeOff(person: id, interval: interval))), .staffing)
    }

    // MARK: The day

    private mutating func morning(_ day: Day) {
        var late: Set<CourseID> = []
        for course in clinic.state.allCourses where course.status == .active && course.progress.heldUntil == nil {
            let visits = clinic.state.visits(of: course)
            if endsLate(course, visits) { late.insert(course.id) }
            let isToCome = { (visit: Visit) in visit.status == .tentative || visit.status == .confirmed }
            if let next = visits.first(where: { $0.day >= day && isToCome($0) }) { scheduleNext(next) }
        }
        // What is new on the morning sheet is seen to; what is still on it is not tried again each day.
        for course in late.subtracting(lateInductions).sorted() { note(.catchUp(course), in: 60) }
        lateInductions = late
    }

    /// Whether an induction that has begun ends after its goal as it is booked, or has a visit without a place: what
    /// the morning sheet calls slipping.
    private func endsLate(_ course: Course, _ visits: [Visit]) -> Bool {
        guard let goal = YearClinic.goal(of: course.template.regimen.id) else { return false }
        let own = visits.filter { $0.phase == "induction" }
        let given = own.filter(\.wasGiven).map(\.day)
        guard let first = given.min(), given.count < goal.visits else { return false }
        let ahead = own.filter(\.status.isOpen).map(\.day)
        return given.count + ahead.count < goal.visits || ahead.contains { $0 > first + goal.days }
    }

    /// Notes what becomes of a course's next visit, as far as it is decided today.
    mutating func scheduleNext(_ visit: Visit) {
        let (place, start) = (visit.place, visit.place.minute)
        let today = clinic.today
        switch fates.outcome(of: visit.patient.number - 1, after: attempts[visit.course, default: 0]) {
        case .cancels(let daysBefore):
            guard visit.day - today <= daysBefore else { return }
            let at = visit.day == today ? start - 90 : clinic.now.minute + 150
            agenda.note(.callOff(visit.id, place), at: Instant(minute: max(clinic.now.minute, at)))
        case .staysAway:
            guard visit.day == today else { return }
            agenda.note(.stayAway(visit.id, place), at: Instant(minute: start + 30))
        case .isSentHome:
            guard visit.day == today else { return }
            agenda.note(.arrive(visit.id, place, .sentHome), at: Instant(minute: start - 5))
        case .isLast:
            guard visit.day == today else { return }
            agenda.note(.arrive(visit.id, place, .last), at: Instant(minute: start))
        case .comes(let late):
            guard visit.day == today else { return }
            agenda.note(.arrive(visit.id, place, .usual), at: Instant(minute: max(clinic.now.minute, start + late)))
        }
    }

    private mutating func lose(_ id: VisitID, _ how: VisitOrder, _ reason: Reason.Code) {
        guard let visit = clinic.state.visit(id) else { return }
        if order(id, how, reason, keepsWindow: true) {
            attempts[visit.course, default: 0] += 1
        }
        if hasWhims, dice.chance(5) { undoLast() }
    }

    /// A patient does not take a place of tomorrow: the visit comes later.
    private mutating func refuse(_ id: VisitID) {
        let later = VisitOrder.move(PlaceWish(from: clinic.today + 2))
        if order(id, later, .patientRequest, keepsWindow: true) || order(id, later, .patientRequest) { return }
        order(id, .cancel(isMadeUp: true), .patientRequest, keepsWindow: true)
    }

    /// Somebody hit the wrong key, and takes it back at once.
    private mutating func undoLast() {
        guard let event = clinic.events.last(where: { $0.event.kind == .course(.changed) }),
            case .course(.changed(let changed)) = event.event, changed.action == .visitCancelled,
            take(.undo(event))
        else { return }
        attempts[changed.course, default: 1] -= 1
    }

    private mutating func arrive(_ id: VisitID, _ visiting: Visiting) {
        guard let visit = clinic.state.visit(id) else { return }
        record(id, .arrived)
        if dice.chance(96) { record(id, .escortConfirmed) }
        for check in visit.visitType.arrivalChecks where dice.chance(95) { record(id, .checkMet, detail: check) }
        if visiting == .sentHome {
            note(.sendHome(id), in: dice.number(5...20))
        } else {
            note(.begin(id, visiting), in: max(3, visit.place.minute - clinic.now.minute))
        }
    }

    private mutating func begin(_ id: VisitID, _ visiting: Visiting) {
        guard let visit = clinic.state.visit(id), visit.status == .arrived else { return }
        let decision = decision(.visit(.recordFact(id, Fact(.started, at: clinic.now), isOverridden: false)))
        if case .refused(.unchangeable(.missing(let missing)), _) = decision {
            for name in missing {
                let day = clinic.today
                if !alter(visit.course, .care(.prerequisite(PrerequisiteDone(name: name, day: day)))), dice.chance(50) {
                    record(id, name == "escort" ? .escortConfirmed : .checkMet, detail: name == "escort" ? nil : name)
                }
            }
            take(.visit(.recordFact(id, Fact(.started, at: clinic.now), isOverridden: true)))
        }
        goOn(id, to: 0, visiting)
    }

    private mutating func goOn(_ id: VisitID, to index: Int, _ visiting: Visiting) {
        guard let visit = clinic.state.visit(id), visit.status.isOpen else { return }
        if index > 0 { record(id, .stageBegun, number: index) }
        let stages = visit.visitType.stages
        if dice.chance(2) {
            record(id, .paused)
            record(id, .continued)
        }
        let minutes = stages[index].minutes + (dice.chance(3) ? dice.number(16...30) : dice.number(-2...3))
        let isLast = index + 1 == stages.count
        note(isLast ? .discharge(id, visiting) : .stage(id, index + 1, visiting), in: max(1, minutes))
    }

    private mutating func discharge(_ id: VisitID, _ visiting: Visiting) {
        guard let visit = clinic.state.visit(id), visit.status.isOpen else { return }
        record(id, .discharged, detail: dice.chance(96) ? "full" : "partial")
        attempts[visit.course, default: 0] += 1
        if visiting == .last {
            alter(visit.course, .lifecycle(.cease), .patientRequest)
            return
        }
        guard let course = clinic.state.course(visit.course) else { return }
        if clinic.state.tasks(of: course).contains(where: { $0.kind == .check }), dice.chance(85) {
            note(.assess(course.id), in: 10)
        }
        if dice.chance(80) { note(.tasks(course.id), inDays: 1, clock: 605) }
    }
}
