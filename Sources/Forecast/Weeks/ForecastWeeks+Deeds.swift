internal import Clinic
internal import Planning

/// What happens, one thing after another.
extension ForecastWeeks {
    mutating func perform(_ deed: Deed) {
        switch deed {
        case .night: clinic.passMidnight()
        case .morning: morning()
        case .referral(let referral): refer(referral)
        case .book(let index, let patient, let tries): book(index, patient, tries: tries)
        case .callOff(let visit, let place): lose(visit, at: place, .cancel(isMadeUp: true), .patientRequest)
        case .stayAway(let visit, let place): lose(visit, at: place, .noShow(isMadeUp: true), .other)
        case .sendHome(let visit, let place): lose(visit, at: place, .notTreated(.vitals, isMadeUp: true), .clinical)
        case .begin(let visit, let place, let isLast): begin(visit, at: place, isLast: isLast)
        case .give(let visit, let isLast): give(visit, isLast: isLast)
        case .confirm(let visit): confirm(visit)
        case .catchUp(let course):
            if isActive(course) { alter(course, .lifecycle(.catchUp(within: nil, isNearest: false)), .clinical) }
        case .replan(let course): if isActive(course) { alter(course, .lifecycle(.replan)) }
        case .authorise(let course): authorise(course)
        case .renew(let person): renew(person)
        }
    }

    /// Does something about what the program tells, where that bears on the weeks to come.
    mutating func answerNews() {
        var news = clinic.news()
        while !news.isEmpty {
            for alert in news { answer(alert) }
            news = clinic.news()
        }
    }

    private mutating func answer(_ alert: Alert) {
        switch (alert.kind, alert.subject) {
        case (.visitToConfirm, .visit(let visit)): note(.confirm(visit), inMinutes: 120)
        case (.courseInterrupted, .course(let course)): note(.replan(course), inMinutes: 200)
        case (.authorisationShort, .course(let course)): note(.authorise(course), inMinutes: 1440)
        case (.credentialExpiring, .person(let person)): note(.renew(person), inMinutes: 5760)
        case (.inductionSlipping, .course(let course)), (.goalAtRisk, .course(let course)):
            note(.catchUp(course), inMinutes: 90)
        default: break
        }
    }

    private func isActive(_ course: CourseID) -> Bool { clinic.state.course(course)?.status == .active }

    // MARK: A day

    private mutating func morning() {
        let today = clinic.today
        noteFullHours(of: today)
        // What is known since today is seen to; what could not be helped is not tried again each day.
        let atRisk = Set(clinic.state.coursesAtRisk.map(\.course))
        for course in atRisk.subtracting(late).sorted(by: { $0.number < $1.number }) {
            note(.catchUp(course), inMinutes: 60)
        }
        late = atRisk
        for course in clinic.state.allCourses where course.status == .active && course.progress.heldUntil == nil {
            let visits = clinic.state.visits(of: course)
            decideGates(course, visits)
            if let next = visits.first(where: { $0.day >= today && $0.awaitsPatient }) { scheduleNext(next) }
            if today.weekday == .mon, clinic.state.tasks(of: course).contains(where: { $0.kind == .makeUp }) {
                note(.replan(course.id), inMinutes: 240)
            }
        }
    }

    /// Notes what becomes of a course's next visit, as far as it is decided today.
    private mutating func scheduleNext(_ visit: Visit) {
        let (place, today) = (visit.place, clinic.today)
        var dice = fates.dice(1, key(of: visit.course), attempts[visit.course, default: 0])
        let start = Instant(minute: max(clinic.now.minute, place.minute))
        switch basis.rates.lossRates.fate(&dice) {
        case .cancels(let daysBefore):
            guard visit.day - today <= daysBefore else { return }
            let minute = visit.day == today ? place.minute - 90 : clinic.now.minute + 150
            agenda.note(.callOff(visit.id, place), at: Instant(minute: max(clinic.now.minute, minute)))
        case .staysAway where visit.day == today:
            agenda.note(.stayAway(visit.id, place), at: Instant(minute: start.minute + 30))
        case .isSentHome where visit.day == today:
            agenda.note(.sendHome(visit.id, place), at: Instant(minute: start.minute + 10))
        case .isLast where visit.day == today: agenda.note(.begin(visit.id, place, isLast: true), at: start)
        case .comes where visit.day == today: agenda.note(.begin(visit.id, place, isLast: false), at: start)
        case .staysAway, .isSentHome, .isLast, .comes: break
        }
    }

    private func standing(_ id: VisitID, at place: Place) -> Visit? {
        guard let visit = clinic.state.visit(id), visit.place == place, visit.awaitsPatient else { return nil }
        return visit
    }

    private mutating func lose(_ id: VisitID, at place: Place, _ how: VisitOrder, _ reason: Reason.Code) {
        guard let visit = standing(id, at: place) else { return }
        if take(.visit(.order(id, how, reason, keepsWindow: true))) {
            attempts[visit.course, default: 0] += 1
            scheduleToday(visit.course)
        }
    }

    /// What was booked for today is seen to today.
    private mutating func scheduleToday(_ course: CourseID) {
        guard let course = clinic.state.course(course), course.status == .active else { return }
        let next = clinic.state.visits(of: course).first { $0.day >= clinic.today && $0.awaitsPatient }
        if let next, next.day == clinic.today { scheduleNext(next) }
    }

    private mutating func begin(_ id: VisitID, at place: Place, isLast: Bool) {
        guard let visit = standing(id, at: place) else { return }
        let fact = Fact(.started, at: clinic.now)
        // Facts are taken as they are: that something is missing is the desk's to find, not a forecast's.
        take(.visit(.recordFact(id, fact, isOverridden: true, isMeant: true)))
        note(.give(id, isLast: isLast), inMinutes: max(1, visit.visitType.length))
    }

    private mutating func give(_ id: VisitID, isLast: Bool) {
        guard let visit = clinic.state.visit(id), visit.status.isOpen else { return }
        take(.visit(.recordFact(id, Fact(.discharged, at: clinic.now), isOverridden: true, isMeant: true)))
        attempts[visit.course, default: 0] += 1
        guard let course = clinic.state.course(visit.course), course.status == .active else { return }
        if isLast {
            if alter(course.id, .lifecycle(.cease), .patientRequest) { gaveUp.insert(course.id) }
            return
        }
        stopEarly(course, phase: visit.phase)
    }

    private mutating func confirm(_ id: VisitID) {
        guard let visit = clinic.state.visit(id), visit.awaitsPatient, isActive(visit.course) else { return }
        let confirm = Command.visit(.order(id, .confirm, .other))
        guard case .refused(.unchangeable(.authorisation), _)? = try? clinic.attempt(confirm) else { return }
        authorise(visit.course)
        take(confirm)
    }

    // MARK: Patients come

    private mutating func refer(_ referral: Referral) {
        let index = referred.count
        referred.append((referral, nil))
        let details = PatientDetails(record: "forecast-\(index + 1)")
        guard case .accepted(_, _, .patient(let patient))? = try? clinic.attempt(.patient(.add(details)))
        else { return }
        book(index, patient, tries: 0)
    }

    /// Books the course of somebody who was referred, so that its phases end in time where that can be; tried again
    /// each week with a later start.
    mutating func book(_ index: Int, _ patient: PatientID, tries: Int) {
        let referral = referred[index].referral
        let known = basis.rates.times[referral.regimen] ?? []
        var dice = fates.dice(4, referral.key)
        let times = known.isEmpty ? PatientTimes() : dice.pick(known)
        let days = clinic.calendar.facility.planning.startWithinDays + tries * 7
        var order = CourseOrder(
            patient: patient, regimen: referral.regimen,
            wish: CourseWish(
                earliest: clinic.today + 1, startWithinDays: days, availability: times.availability,
                preferred: times.preferred))
        for endsInTime in [true, false] {
            order.endsInTime = endsInTime
            if case .accepted(_, _, .course(let booked))? = try? clinic.attempt(.course(.book(order))) {
                referred[index].course = booked.plan.course
                keys[booked.plan.course] = referral.key
                return
            }
        }
        if tries < Self.triesMaximum {
            agenda.note(.book(index, patient, tries: tries + 1), at: Instant(minute: clinic.now.minute + 7 * 1440))
        }
    }

    /// How often a course is looked for again that found no place.
    private static let triesMaximum = 4

    // MARK: Gates and stops

    /// Decides on the gates of phases before which all visits were given.
    private mutating func decideGates(_ course: Course, _ visits: [Visit]) {
        let phases = course.template.regimen.phases
        for index in phases.indices.dropFirst() {
            let phase = phases[index]
            guard let gate = phase.gate, !course.progress.openGates.contains(phase.name) else { continue }
            let before = visits.filter { $0.phase == phases[index - 1].name }
            guard let last = before.filter(\.wasGiven).map(\.day).max(), !before.contains(where: \.status.isOpen),
                last + gate.dueDays <= clinic.today
            else { continue }
            let refusals = gateRefusals[course.id, default: 0]
            let percent = basis.rates.gates[RegimenPhase(course.template.regimen.id, phase.name)]?.value
            var dice = fates.dice(5, key(of: course.id), index * 16 + refusals)
            let opens = dice.chance(percent ?? RateCount.usualResponse)
            if !opens { gateRefusals[course.id] = refusals + 1 }
            // Whom more visits did not help twice is not given more.
            if !opens, refusals >= 2 {
                alter(course.id, .lifecycle(.cease), .clinical)
            } else {
                alter(course.id, .care(.gate(phase: phase.name, opens: opens)), .clinical)
            }
            return
        }
    }

    /// Ends a phase that a score may stop, for whom it does, once its least number of visits was given.
    private mutating func stopEarly(_ course: Course, phase name: String) {
        guard let index = course.template.regimen.phases.firstIndex(where: { $0.name == name }) else { return }
        let phase = course.template.regimen.phases[index]
        guard phase.stops != nil, case .between(let least, _) = phase.count else { return }
        let given = clinic.state.visits(of: course).count { $0.phase == name && $0.wasGiven }
        let percent = basis.rates.stops[RegimenPhase(course.template.regimen.id, name)]?.value
        var dice = fates.dice(6, key(of: course.id), index)
        guard given == least, dice.chance(percent ?? RateCount.usualResponse) else { return }
        alter(course.id, .pattern(.end(phase: name)), .clinical)
    }

    // MARK: Papers

    /// What runs out is renewed in time.
    private mutating func authorise(_ course: CourseID) {
        guard let known = clinic.state.course(course), known.status.isOpen else { return }
        let types = Set(known.template.visitTypes.map(\.id))
        let granted = Authorisation(
            number: "forecast-\(known.wish.authorisations.count + 1)", status: .approved, requestedOn: clinic.today,
            visits: 12, visitTypes: types, from: clinic.today, through: clinic.today + 180)
        alter(course, .care(.authorise(granted)), .payer)
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
}

extension Visit {
    /// Whether it is to come, and nothing has happened of it yet.
    fileprivate var awaitsPatient: Bool { status == .tentative || status == .confirmed }
}
