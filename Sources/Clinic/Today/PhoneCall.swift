import HashTreeCollections
package import Planning

/// What came of calling a patient. The raw value is its name everywhere.
package enum CallOutcome: String, CaseIterable, Hashable, Sendable {
    /// The patient was spoken to and knows the time.
    case reached
    /// A message was left.
    case messageLeft
    /// The patient cannot come then.
    case declined
}

/// A patient to be called about a visit; derived, never stored.
package struct PhoneCall: Hashable, Sendable {
    /// Why. The raw value is its name everywhere.
    package enum Purpose: String, CaseIterable, Hashable, Sendable {
        /// The patient should be here and is not.
        case late
        /// The patient cannot come then: another time is to be found.
        case newTime
        /// The visit moved since the patient knew its time.
        case moved
        /// The patient should agree to the time.
        case confirm
        /// Nobody is known to take the patient home.
        case escort
        /// The visit comes near.
        case reminder
        /// A lost visit has no new place yet.
        case makeUp
    }

    /// The visit; the call goes by its id.
    package let visit: VisitID
    /// Its course.
    package let course: CourseID
    /// Whom to call.
    package let patient: PatientID
    /// Why, most urgent first.
    package let purposes: [Purpose]
    /// By when.
    package let due: Instant
    /// What came of calls about the visit at its present time, in order.
    package let calls: [Fact]
}

/// Whom to call now, most urgent first.
///
/// - Parameter calendars: consecutive days; what is due on a day that is not among them is left out.
package func calls(_ state: ClinicState, calendars: DayCalendars, now: Instant) -> [PhoneCall] {
    guard let configuration = state.configuration, let today = calendars.day(at: now)?.day else { return [] }
    let reasons = CallReasons(
        notifications: configuration.notifications, today: today,
        firmThrough: today + configuration.facility.planning.firmDays, now: now)
    var found: [PhoneCall] = []
    for course in state.courses.values where course.status == .active && course.progress.heldUntil == nil {
        for visit in state.visits(of: course) {
            guard let (purposes, due) = reasons.call(visit, course) else { continue }
            found.append(PhoneCall(visit, purposes, due))
        }
        for task in state.tasks(of: course) where task.kind == .makeUp {
            guard let visit = state.visit(task.visit), let day = calendars[task.due] else { continue }
            found.append(PhoneCall(visit, [.makeUp], Instant(minute: day.firstMinute + day.length)))
        }
    }
    return found.sorted {
        ($0.due.seconds, $0.patient.number, $0.visit.number) < ($1.due.seconds, $1.patient.number, $1.visit.number)
    }
}

extension PhoneCall {
    fileprivate init(_ visit: Visit, _ purposes: [Purpose], _ due: Instant) {
        self.init(
            visit: visit.id, course: visit.course, patient: visit.patient, purposes: purposes, due: due,
            calls: visit.calls)
    }
}

extension Visit {
    /// Calls about it at its present time, in order.
    package var calls: [Fact] { facts.filter { $0.kind == .called && $0.number == place.minute } }

    /// What came of the last call about it at its present time.
    package var lastOutcome: CallOutcome? { calls.last?.detail.flatMap { CallOutcome(rawValue: $0) } }
}

extension Course {
    /// Whether every gate up to a phase has opened.
    package func isOpen(through phase: String) -> Bool {
        for own in template.regimen.phases {
            if own.gate != nil, !progress.openGates.contains(own.name) { return false }
            if own.name == phase { return true }
        }
        return true
    }
}

private struct CallReasons {
    let notifications: NotificationParameters
    let today: Day
    let firmThrough: Day
    let now: Instant

    /// Why the patient of a visit to come is to be called, and by when.
    func call(_ visit: Visit, _ course: Course) -> (purposes: [PhoneCall.Purpose], due: Instant)? {
        // What became of a visit of an earlier day is to be recorded; nobody is called about it.
        guard visit.status == .tentative || visit.status == .confirmed, visit.day >= today else { return nil }
        let start = visit.place.minute
        let dayBefore = Instant(minute: start - notifications.escortHours * 60)
        var purposes: [PhoneCall.Purpose] = []
        var due: [Instant] = []
        func add(_ purpose: PhoneCall.Purpose, by instant: Instant) {
            purposes.append(purpose)
            due.append(instant)
        }
        let late = Instant(minute: start + visit.delayMinutes + notifications.lateMinutes)
        if late <= now { add(.late, by: late) }
        if visit.lastOutcome == .declined {
            add(.newTime, by: dayBefore)
        } else if late > now {
            if visit.needsCall {
                add(.moved, by: dayBefore)
            } else if visit.status == .tentative, visit.day <= firmThrough, course.isOpen(through: visit.phase) {
                add(.confirm, by: dayBefore)
            }
            let reminders = notifications.reminderHours.map { Instant(minute: start - $0 * 60) }
            let isNear = reminders.contains { $0 <= now } || dayBefore <= now
            if visit.visitType.escort, visit.time(of: .escortConfirmed) == nil, isNear { add(.escort, by: dayBefore) }
            if purposes.isEmpty, let reminder = reminders.filter({ $0 <= now }).max(),
                !visit.calls.contains(where: { $0.at >= reminder })
            {
                add(.reminder, by: Instant(minute: start))
            }
        }
        guard let first = due.min() else { return nil }
        return (purposes, first)
    }
}

extension CourseDraft {
    /// Records what came of a call: whoever was reached knows the time, and agrees to it where nothing else is missing.
    mutating func note(_ call: Fact, of visit: Visit) throws(Obstacle) {
        guard visit.status == .tentative || visit.status == .confirmed else {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
        guard call.detail == CallOutcome.reached.rawValue else { return }
        visits[visit.id]?.told = true
        visits[visit.id]?.needsCall = false
        guard visit.status == .tentative, closedGate(before: visit.phase) == nil else { return }
        visits[visit.id]?.status = .confirmed
        if visit.overrides[.authorisation] == nil, !isAuthorised(visit.id) {
            visits[visit.id]?.status = .tentative
        }
    }
}
