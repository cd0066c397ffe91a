import Clinic
import Planning

/// Counts again what fell due in a history, from the record alone: what each course owes is worked out anew whenever
/// something happens to it, by code that shares nothing with what tells it.
struct AlertRecount {
    /// Something that falls due; settled where it was told, or was past when it came to be known and is not told.
    struct Owed: Hashable {
        let kind: Alert.Kind
        let subject: Subject
        let detail: String
        let due: Int
        var isSettled = false

        /// What it is about, whenever it falls due.
        var name: Owed { Owed(kind: kind, subject: subject, detail: detail, due: 0) }

        func alert(at seconds: Int) -> Alert { Alert(kind, subject, detail, due: Instant(seconds: seconds)) }
    }

    private let calendars: DayCalendars
    private var state = ClinicState()
    private var told: [Alert: Int] = [:]
    private var expected: Set<Alert> = []
    private var owedByCourse: [CourseID: [Owed]] = [:]
    private var owedByStaff: [Owed] = []
    private var justBooked: (course: CourseID, at: Int)?

    init(calendars: DayCalendars) { self.calendars = calendars }

    /// Kinds of what should have been told.
    var expectedKinds: Set<Alert.Kind> { Set(expected.map(\.kind)) }

    mutating func follow(_ recorded: RecordedEvent) {
        settleBooked(before: recorded.event)
        let isFirst = state.configuration == nil
        apply(recorded, to: &state)
        let at = recorded.at.seconds
        switch recorded.event {
        case .alert(.raised(let alert)): told[alert, default: 0] += 1
        case .course(.booked(let booked)): justBooked = (booked.course, at)
        case .configuration(.adopted):
            for course in state.allCourses { settle(course.id, at) }
            let owed = dues.ofStaff
            // What was past when the clinic began was told before.
            owedByStaff = isFirst ? owed.map { settled($0, $0.due <= at) } : settle(owedByStaff, owed, at)
        case .course, .repair: for changed in recorded.event.courseChanges { settle(changed.course, at) }
        case .service, .patient, .visit, .availability, .waiting: break
        }
    }

    /// What was told and not owed, owed and not told, or told twice, by an instant.
    mutating func problems(through end: Instant) -> [String] {
        settleBooked(before: nil)
        for owed in owedByCourse.values { expect(owed, through: end.seconds) }
        expect(owedByStaff, through: end.seconds)
        let lost = expected.filter { told[$0] == nil }.map { "never told: \($0)" }
        let doubled = told.filter { $0.value > 1 }.map { "told \($0.value) times: \($0.key)" }
        let wrong = told.keys.filter { !expected.contains($0) }.map { "told though not due: \($0)" }
        return lost.sorted() + doubled.sorted() + wrong.sorted()
    }

    /// A course that is only held is booked and held at once: nothing is owed between.
    private mutating func settleBooked(before next: Event?) {
        guard let (course, at) = justBooked else { return }
        justBooked = nil
        if case .course(.changed(let changed))? = next, changed.course == course, changed.action == .proposalHeld {
            return
        }
        settle(course, at)
    }

    private var dues: Dues { Dues(state: state, calendars: calendars) }

    private mutating func settle(_ id: CourseID, _ at: Int) {
        guard let course = state.course(id) else { return }
        owedByCourse[id] = settle(owedByCourse[id] ?? [], dues.of(course), at)
    }

    /// What was owed until something happened should have been told. What that made due at once should have, with it;
    /// a reminder that would have been earlier is not.
    private mutating func settle(_ before: [Owed], _ after: [Owed], _ at: Int) -> [Owed] {
        expect(before, through: at)
        let known = Set(before.filter { $0.due <= at }.map(\.name))
        for owed in after where owed.due <= at && !known.contains(owed.name) && owed.kind != .visitReminder {
            expected.insert(owed.alert(at: at))
        }
        return after.map { settled($0, $0.due <= at) }
    }

    private func settled(_ owed: Owed, _ isSettled: Bool) -> Owed {
        var owed = owed
        owed.isSettled = isSettled
        return owed
    }

    private mutating func expect(_ owed: [Owed], through: Int) {
        for owed in owed where owed.due <= through && !owed.isSettled { expected.insert(owed.alert(at: owed.due)) }
    }
}

/// What is owed by a state, as the kinds of alerts are described.
private struct Dues {
    let state: ClinicState
    let calendars: DayCalendars

    private var notifications: NotificationParameters { state.configuration?.notifications ?? NotificationParameters() }
    private var firmDays: Int { state.configuration?.facility.planning.firmDays ?? 0 }

    private func morning(_ day: Day) -> Int {
        if let found = calendars[day] { return found.firstMinute * 60 }
        guard let first = calendars[calendars.first], day < first.day else { return Int.max }
        return (first.firstMinute - (first.day - day) * 1440) * 60
    }

    func of(_ course: Course) -> [AlertRecount.Owed] {
        if !course.status.isOpen { return ofCalls(course) + ofForms(course) }
        if let until = course.progress.heldUntil { return [owed(.holdExpired, .course(course.id), due: until.seconds)] }
        let visits = state.visits(of: course)
        var all = visits.flatMap { of($0, course) }
        if course.status == .active { all += ofPhases(course, visits) + ofAbsence(course, visits) }
        for task in state.tasks(of: course) {
            let subject = Subject.course(course.id)
            switch task.kind {
            case .check: all.append(owed(.checkDue, subject, task.id, due: morning(task.due + 1)))
            case .review: all.append(owed(.reviewDue, subject, task.id, due: morning(task.due)))
            case .followUp, .makeUp, .findNumber: all.append(owed(.taskDue, subject, task.id, due: morning(task.due)))
            case .call: break
            }
        }
        return all + ofCalls(course)
    }

    /// What is owed for the visits that were given, with the course over.
    private func ofForms(_ course: Course) -> [AlertRecount.Owed] {
        state.visits(of: course).filter(isGiven).flatMap { visit in
            visit.visitType.tasks.map { ("\(visit.id)/\($0.name)", visit.day + $0.dueDays) }
        }.filter { !course.progress.doneTasks.contains($0.0) }
            .map { owed(.taskDue, .course(course.id), $0.0, due: morning($0.1)) }
    }

    /// Whoever was told something else than what is booked is called on the last open day before either.
    private func ofCalls(_ course: Course) -> [AlertRecount.Owed] {
        state.visits(of: course).compactMap { visit in
            guard visit.needsCall else { return nil }
            var day = min(visit.heard?.time?.day ?? visit.day, visit.day) - 1
            let configured = state.configuration?.facility
            func isClosed(_ day: Day) -> Bool {
                let closures = configured?.closures.filter { $0.from <= day && day <= $0.through } ?? []
                return configured?.hours[day.weekday]?.isEmpty ?? true || closures.contains { $0.hours == nil }
            }
            for _ in 0..<6 where isClosed(day) { day = day - 1 }
            return owed(.taskDue, .course(course.id), "\(visit.id)/call", due: morning(day))
        }
    }

    private func of(_ visit: Visit, _ course: Course) -> [AlertRecount.Owed] {
        let subject = Subject.visit(visit.id)
        let start = visit.place.minute * 60
        var all: [AlertRecount.Owed] = []
        if case .inProgress(let index) = visit.status, let began = visit.stageBegan {
            let stage = visit.visitType.stages[index]
            let due = lasting(visit, from: began.seconds, for: 60 * (stage.minutes + notifications.overrunMinutes))
            if let due { all.append(owed(.visitOverrun, subject, stage.name, due: due)) }
            let stops = visit.facts.filter { $0.kind == .paused || $0.kind == .continued }
            if let last = stops.last(where: { $0.at >= began }), last.kind == .paused {
                let due = last.at.seconds + 60 * notifications.overrunMinutes
                all.append(owed(.visitOverrun, subject, due: due))
            }
        }
        guard course.status == .active, visit.status == .tentative || visit.status == .confirmed,
            !isBehindGate(visit, course)
        else { return all }
        let booked = course.bookedAt.seconds
        for hours in notifications.reminderHours {
            all.append(owed(.visitReminder, subject, "\(hours)", due: start - hours * 3600))
        }
        if visit.status == .tentative {
            all.append(owed(.visitToConfirm, subject, due: max(booked, morning(visit.day - firmDays))))
        }
        let before = start - notifications.escortHours * 3600
        if visit.visitType.escort, !visit.facts.contains(where: { $0.kind == .escortConfirmed }) {
            all.append(owed(.escortMissing, subject, due: before))
        }
        for asked in course.template.regimen.prerequisites where !isInPlace(asked, visit, course) {
            all.append(owed(.prerequisiteMissing, subject, asked.name, due: max(before, booked)))
        }
        let late = start + 60 * (visit.delayMinutes + notifications.lateMinutes)
        return all + [owed(.visitLate, subject, due: late)]
    }

    /// When a visit has gone on for some seconds, its interruptions left out: more are asked for until those that lie
    /// within are made good.
    private func lasting(_ visit: Visit, from began: Int, for seconds: Int) -> Int? {
        var stops: [(from: Int, until: Int)] = []
        for fact in visit.facts where fact.at.seconds >= began {
            if fact.kind == .paused, stops.last.map({ $0.until < Int.max }) ?? true {
                stops.append((fact.at.seconds, Int.max))
            }
            if fact.kind == .continued, let last = stops.indices.last, stops[last].until == Int.max {
                stops[last].until = fact.at.seconds
            }
        }
        var due = began + seconds
        while true {
            let within = stops.filter { $0.from < due }
            if within.contains(where: { $0.until == Int.max }) { return nil }
            let made = began + seconds + within.reduce(0) { $0 + $1.until - $1.from }
            if made == due { return due }
            due = made
        }
    }

    private func isBehindGate(_ visit: Visit, _ course: Course) -> Bool {
        let phases = course.template.regimen.phases
        let index = phases.firstIndex { $0.name == visit.phase } ?? 0
        return phases[...index].contains { $0.gate != nil && !course.progress.openGates.contains($0.name) }
    }

    private func isInPlace(_ asked: Prerequisite, _ visit: Visit, _ course: Course) -> Bool {
        course.progress.prerequisites.contains { done in
            let isOld = asked.validDays.map { visit.day - done.day > $0 } ?? false
            return done.name == asked.name && done.day <= visit.day && !isOld
        }
    }

    private func ofPhases(_ course: Course, _ visits: [Visit]) -> [AlertRecount.Owed] {
        var all: [AlertRecount.Owed] = []
        func add(_ kind: Alert.Kind, _ phase: Phase, on day: Day) {
            let due = max(course.bookedAt.seconds, morning(day))
            all.append(owed(kind, .course(course.id), phase.name, due: due))
        }
        let phases = course.template.regimen.phases
        for (index, phase) in phases.enumerated().dropFirst() {
            guard let gate = phase.gate, !course.progress.openGates.contains(phase.name) else { continue }
            let before = phases[..<index].last { $0.count != .exactly(0) }
            let adopted = course.progress.adoptedFrom.flatMap { $0.phase == before?.name ? $0.lastDay : nil }
            let here = visits.last { $0.phase == before?.name && $0.status.occupies }?.day
            guard let last = here ?? adopted else { continue }
            add(.gateDue, phase, on: last + gate.dueDays)
            add(.gateMissed, phase, on: last + gate.dueDays + 1)
        }
        for phase in phases {
            let own = visits.filter { $0.phase == phase.name }
            guard let alarm = phase.alarmDays, let first = own.first(where: isGiven), owes(own)
            else { continue }
            add(.inductionSlipping, phase, on: first.day + alarm + 1)
        }
        for phase in phases where course.progress.adoptedFrom?.phase != phase.name {
            guard let goal = phase.goal else { continue }
            let standing = state.visitsOfTurns(course).filter { $0.phase == phase.name }
            let taken = Set(standing.filter(\.status.occupies).map(\.number))
            // Of several attempts at a turn the last counts.
            let turns = standing.filter { $0.status.occupies || !taken.contains($0.number) }
            guard turns.allSatisfy({ !$0.overrides.keys.contains(.phaseWindow) }), turns.contains(where: isStillOwed),
                let first = turns.filter(\.status.occupies).map(\.day).min()
            else { continue }
            let isLate = turns.contains { $0.status.occupies && $0.day - first > goal.days }
            if isLate || turns.contains(where: { isStillOwed($0) && !$0.status.occupies }) {
                all.append(owed(.goalAtRisk, .course(course.id), phase.name, due: course.bookedAt.seconds))
            }
        }
        return all
    }

    private func ofAbsence(_ course: Course, _ visits: [Visit]) -> [AlertRecount.Owed] {
        var all: [AlertRecount.Owed] = []
        let isEndless = course.template.regimen.phases.contains { $0.count == .open }
        if let last = visits.last(where: isGiven), isEndless || owes(visits),
            last.day + 30 <= lastDay(of: course, visits)
        {
            let due = max(course.bookedAt.seconds, morning(last.day + 30))
            all.append(owed(.courseInterrupted, .course(course.id), due: due))
        }
        if let visit = course.firstUnauthorised(visits) {
            let due = max(course.bookedAt.seconds, morning(visit.day - notifications.authorisationDays))
            all.append(owed(.authorisationShort, .course(course.id), visit.id.text, due: due))
        }
        return all
    }

    /// The last day that a visit of it may have; far away where it has none.
    private func lastDay(of course: Course, _ visits: [Visit]) -> Day {
        let never = Sample.monday + 100_000
        let phase = course.template.regimen.phases.last
        let begun = visits.filter { $0.phase == phase?.name && isGiven($0) }.map(\.day).min()
        let ends = phase?.endsAfterDays.flatMap { days in begun.map { $0 + days } }
        return min(course.wish.endDay ?? never, ends ?? never)
    }

    private func isGiven(_ visit: Visit) -> Bool { if case .completed = visit.status { true } else { false } }

    /// Whether a turn is still owed: of a lost visit unless another has its turn, be it given.
    private func owes(_ visits: [Visit]) -> Bool {
        visits.contains { visit in
            let isTaken = visits.contains { $0.number == visit.number && $0.status.occupies }
            return isStillOwed(visit) && (visit.status.occupies || !isTaken)
        }
    }

    private func isStillOwed(_ visit: Visit) -> Bool {
        switch visit.status {
        case .tentative, .confirmed: true
        case .noShow, .notTreated, .cancelled: !visit.isForgone
        case .arrived, .inProgress, .completed, .omitted: false
        }
    }

    var ofStaff: [AlertRecount.Owed] {
        (state.configuration?.facility.staff ?? []).flatMap { person in
            person.credentials.compactMap { credential in
                credential.until.map {
                    owed(
                        .credentialExpiring, .person(person.id), credential.name,
                        due: morning($0 - notifications.credentialDays))
                }
            }
        }
    }

    private func owed(
        _ kind: Alert.Kind, _ subject: Subject, _ detail: String = "", due: Int
    ) -> AlertRecount.Owed {
        AlertRecount.Owed(kind: kind, subject: subject, detail: detail, due: due)
    }
}
