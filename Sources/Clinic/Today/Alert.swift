package import Planning

/// Something that falls due by the passing of time. It is told once: alerts are events.
package struct Alert: Hashable, Sendable {
    /// What falls due. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A visit comes near; `detail` is the hours before it.
        case visitReminder
        /// A tentative visit comes so near that the patient should agree to it.
        case visitToConfirm
        /// Nobody is known to take the patient home.
        case escortMissing
        /// Something without which the visit may not start is not in place; `detail` names it.
        case prerequisiteMissing
        /// The patient is not here.
        case visitLate
        /// A stage takes longer than planned, its interruptions not counted; `detail` names it. An interruption lasts:
        /// `detail` is empty.
        case visitOverrun
        /// A gate is to be decided on; `detail` is its phase.
        case gateDue
        /// A gate was not decided on in time; `detail` is its phase.
        case gateMissed
        /// A score is to be taken; `detail` is the task.
        case checkDue
        /// A phase takes longer than its alarm; `detail` is the phase.
        case inductionSlipping
        /// A phase would end after its goal as it is booked, or owes a visit; `detail` is the phase.
        case goalAtRisk
        /// No visit was given for 30 days.
        case courseInterrupted
        /// Planned visits outlast what the payer has granted; `detail` is the first of them.
        case authorisationShort
        /// A credential comes to its end; `detail` names it.
        case credentialExpiring
        /// A task is due; `detail` is its id.
        case taskDue
        /// An open-ended phase is to be looked at; `detail` is the task.
        case reviewDue
        /// A proposal was held long enough.
        case holdExpired
    }

    package let kind: Kind
    /// What it is about.
    package let subject: Subject
    /// Which of several; see `Kind`.
    package let detail: String
    /// When it falls due. Kind, subject, detail and this make it unique.
    package let due: Instant

    /// Something that falls due at an instant.
    package init(_ kind: Kind, _ subject: Subject, _ detail: String = "", due: Instant) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.due = due
    }
}

/// What falls due after an instant and through another, by what is known now; ascending by due time.
///
/// - Parameter calendars: consecutive days; what falls due on a day that is not among them is left out.
package func due(_ state: ClinicState, after: Instant, through: Instant, calendars: DayCalendars) -> [Alert] {
    candidates(state, calendars).filter { after < $0.due && $0.due <= through }.sorted(by: precedes)
}

func precedes(_ left: Alert, _ right: Alert) -> Bool {
    (left.due.seconds, left.kind.rawValue, left.subject.kind, left.subject.id, left.detail)
        < (right.due.seconds, right.kind.rawValue, right.subject.kind, right.subject.id, right.detail)
}

/// Everything that falls due at some time, as far as it is known.
private func candidates(_ state: ClinicState, _ calendars: DayCalendars) -> [Alert] {
    state.allCourses.flatMap { alerts(of: $0, state, calendars) } + staffAlerts(state, calendars)
}

/// Everything that falls due for a course at some time, in no particular order; for a closed one what is still owed.
func alerts(of course: Course, _ state: ClinicState, _ calendars: DayCalendars) -> [Alert] {
    guard let configuration = state.configuration, course.status.isOpen || state.owesAnything(course) else { return [] }
    if let until = course.progress.heldUntil { return [Alert(.holdExpired, .course(course.id), due: until)] }
    let dueing = AlertRules(state: state, configuration: configuration, calendars: calendars)
    guard course.status.isOpen else { return dueing.ofTasks(course) }
    let visits = state.visits(of: course)
    return visits.flatMap { dueing.ofVisit($0, course) } + dueing.ofCourse(course, visits) + dueing.ofTasks(course)
}

/// Everything that falls due about the staff at some time, in no particular order.
func staffAlerts(_ state: ClinicState, _ calendars: DayCalendars) -> [Alert] {
    guard let configuration = state.configuration else { return [] }
    return AlertRules(state: state, configuration: configuration, calendars: calendars).ofStaff
}

private struct AlertRules {
    let state: ClinicState
    let configuration: ClinicConfiguration
    let calendars: DayCalendars

    private var notifications: NotificationParameters { configuration.notifications }
    private var planning: PlanningParameters { configuration.facility.planning }

    /// The first instant of a day. Days before those given are over: they count as days of 24 hours, so that nothing
    /// which fell due while nobody looked is lost.
    private func beginning(of day: Day) -> Instant? {
        if let known = calendars[day] { return Instant(minute: known.firstMinute) }
        guard day < calendars.first, let first = calendars[calendars.first] else { return nil }
        return Instant(minute: first.firstMinute - (calendars.first - day) * 1440)
    }

    func ofVisit(_ visit: Visit, _ course: Course) -> [Alert] {
        let subject = Subject.visit(visit.id)
        var alerts: [Alert] = []
        func add(_ kind: Alert.Kind, _ detail: String = "", minute: Int) {
            alerts.append(Alert(kind, subject, detail, due: Instant(minute: minute)))
        }
        let start = visit.place.minute
        if case .inProgress(let index) = visit.status, visit.visitType.stages.indices.contains(index) {
            let stage = visit.visitType.stages[index]
            let due = visit.stageReaches(seconds: (stage.minutes + notifications.overrunMinutes) * 60)
            if let due { alerts.append(Alert(.visitOverrun, subject, stage.name, due: due)) }
            if let pause = visit.interruptions.last, pause.until == nil {
                let due = Instant(seconds: pause.from.seconds + notifications.overrunMinutes * 60)
                alerts.append(Alert(.visitOverrun, subject, due: due))
            }
        }
        // Whoever has not come to a gate yet comes to no visit behind it.
        guard visit.status == .tentative || visit.status == .confirmed, course.status == .active,
            course.isOpen(through: visit.phase)
        else { return alerts }
        for hours in notifications.reminderHours { add(.visitReminder, "\(hours)", minute: start - hours * 60) }
        if visit.status == .tentative, let day = beginning(of: visit.day - planning.firmDays) {
            alerts.append(Alert(.visitToConfirm, subject, due: max(day, course.bookedAt)))
        }
        if visit.visitType.escort, visit.time(of: .escortConfirmed) == nil {
            add(.escortMissing, minute: start - notifications.escortHours * 60)
        }
        for name in course.missingPrerequisites(of: visit) {
            let due = Instant(minute: start - notifications.escortHours * 60)
            alerts.append(Alert(.prerequisiteMissing, subject, name, due: max(due, course.bookedAt)))
        }
        add(.visitLate, minute: start + visit.delayMinutes + notifications.lateMinutes)
        return alerts
    }

    func ofCourse(_ course: Course, _ visits: [Visit]) -> [Alert] {
        guard course.status == .active else { return [] }
        let subject = Subject.course(course.id)
        var alerts: [Alert] = []
        func add(_ kind: Alert.Kind, _ detail: String = "", on day: Day) {
            // What was due before the course was there falls due with it.
            if let due = beginning(of: day) {
                alerts.append(Alert(kind, subject, detail, due: max(due, course.bookedAt)))
            }
        }
        let phases = course.template.regimen.phases
        for gate in course.pendingGates(visits) {
            add(.gateDue, gate.phase.name, on: gate.due)
            add(.gateMissed, gate.phase.name, on: gate.due + 1)
        }
        for phase in phases {
            let own = visits.filter { $0.phase == phase.name }
            if let alarm = phase.alarmDays, let first = own.first(where: \.isGiven), !own.owed.isEmpty {
                add(.inductionSlipping, phase.name, on: first.day + alarm + 1)
            }
        }
        for standing in state.goalStandings(of: course) where standing.isAtRisk {
            // At once: it falls due with what brought it about.
            alerts.append(Alert(.goalAtRisk, subject, standing.phase, due: course.bookedAt))
        }
        let goesOn = !visits.owed.isEmpty || phases.last?.count == .open
        if goesOn, let last = visits.last(where: \.isGiven),
            course.lastDay(visits).map({ last.day + 30 <= $0 }) ?? true
        {
            add(.courseInterrupted, on: last.day + 30)
        }
        if let visit = course.firstUnauthorised(visits) {
            add(.authorisationShort, visit.id.text, on: visit.day - notifications.authorisationDays)
        }
        return alerts
    }

    func ofTasks(_ course: Course) -> [Alert] {
        state.tasks(of: course).compactMap { task in
            let kind: Alert.Kind
            var day = task.due
            switch task.kind {
            case .check:
                kind = .checkDue
                // It is known when the visit is over: the next morning is time enough.
                day = day + 1
            case .review: kind = .reviewDue
            case .followUp, .makeUp, .call, .findNumber: kind = .taskDue
            }
            return beginning(of: day).map { Alert(kind, .course(course.id), task.id, due: $0) }
        }
    }

    var ofStaff: [Alert] {
        configuration.facility.staff.flatMap { person in
            person.expiring.compactMap { credential in
                beginning(of: credential.until - notifications.credentialDays).map { due in
                    Alert(.credentialExpiring, .person(person.id), credential.name, due: due)
                }
            }
        }
    }
}

extension [Visit] {
    /// Those of a course whose turns are still owed to the patient: a lost one until another has its turn.
    var owed: [Visit] {
        let placed = Set(filter(\.status.occupies).map(\.number))
        return filter { $0.isOwed && ($0.status.occupies || !placed.contains($0.number)) }
    }
}

extension Visit {
    /// Whether its turn is still owed to the patient, as far as it tells by itself.
    var isOwed: Bool {
        switch status {
        case .tentative, .confirmed: true
        case .noShow, .notTreated, .cancelled: !isForgone
        case .arrived, .inProgress, .completed, .omitted: false
        }
    }
}

extension Course {
    /// Names of prerequisites that are not in place, or no longer, on a visit's day.
    package func missingPrerequisites(of visit: Visit) -> [String] {
        progress.missing(template.regimen.prerequisites, for: visit)
    }

    /// The first visit still to come for which no approved authorisation is left, the given and agreed ones served
    /// first.
    package func firstUnauthorised(_ visits: [Visit]) -> Visit? {
        guard wish.requiresAuthorisation else { return nil }
        var left = wish.authorisations.map(\.visits)
        let asking = visits.filter { $0.status.occupies && $0.overrides[.authorisation] == nil }
        let inOrder = asking.filter(\.status.usesAuthorisation) + asking.filter { !$0.status.usesAuthorisation }
        return inOrder.first { visit in
            let index = wish.authorisations.indices.first {
                left[$0] > 0 && wish.authorisations[$0].covers(visit.visitType.id, on: visit.day)
            }
            if let index { left[index] -= 1 }
            return index == nil && visit.status.awaitsTreatment
        }
    }
}

extension CourseProgress {
    /// Names of those prerequisites that are not in place, or no longer, on a visit's day.
    func missing(_ prerequisites: [Prerequisite], for visit: Visit) -> [String] {
        prerequisites.filter { prerequisite in
            !self.prerequisites.contains { done in
                done.name == prerequisite.name && (prerequisite.scope == .course || done.visit == visit.id)
                    && done.day <= visit.day
                    && (prerequisite.validDays.map { visit.day - done.day <= $0 } ?? true)
            }
        }.map(\.name)
    }
}
