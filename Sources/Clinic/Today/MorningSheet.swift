import HashTreeCollections
package import Planning

/// A line of the morning sheet: something about the day that somebody should know or do.
package struct SheetLine: Hashable, Sendable {
    /// What kind of line, most urgent first. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A patient is to be called on the day; `detail` has the purposes.
        case call
        /// A visit's chair or staff are not there; `detail` has the rules.
        case staffing
        /// Something without which the visit may not start is not in place; `detail` names it.
        case prerequisite
        /// Nobody is known to take the patient home.
        case escort
        /// No approved authorisation covers the visit.
        case unauthorised
        /// It was an earlier day's, and nobody has recorded what became of it.
        case unrecorded
        /// A gate is to be decided on, or was to be; `detail` is the phase behind it.
        case gate
        /// A gate asks by how much a measure falls, and no score was taken before; `detail` is the measure.
        case baseline
        /// The patient has not agreed.
        case unconfirmed
        /// The patient comes for the first time.
        case firstVisit
        /// The last visit that the payer has granted, while more are planned.
        case lastAuthorised
        /// What the payer has granted does not reach to a visit that comes near: the first of its course to come that
        /// none covers. `due` is its day.
        case authorisationShort
        /// A score is to be taken; `detail` is the measure.
        case score
        /// A form or another task is due; `detail` names it.
        case task
        /// An open-ended phase is to be looked at.
        case review
        /// A lost visit has no new place yet.
        case makeUp
        /// A phase will not end in its window, or in the days after which it is slipping, as its visits stand; `due`
        /// is the last of these days, `detail` the phase.
        case slipping
        /// A phase under way would miss its goal, and a plan reaches it: `due` is the goal's last day, `detail` the
        /// phase, `calls` how many visits the patient would have to be called about.
        case wayBack
        /// A phase under way would miss its goal, and a plan reaches it where visits of others make room: `due` is the
        /// goal's last day, `detail` the phase, `calls` how many patients would have to be called.
        case yielding
        /// The next loss of a phase that has begun would break its goal; `due` is the goal's last day, `detail` the
        /// phase.
        case noDayInHand
        /// A credential of a person comes to its end, or has; `detail` names it.
        case credentialExpiring
    }

    /// What kind of line.
    package let kind: Kind
    /// The visit that it is about, if one.
    package let visit: VisitID?
    package let course: CourseID?
    package let patient: PatientID?
    /// The member of staff that it is about, where it is about no patient.
    package var person: PersonID?
    /// When: the visit's start for lines about the day's visits.
    package let start: Instant?
    /// By which day: for what is due.
    package let due: Day?
    /// More; see `Kind`. A word of the configuration, never free text.
    package let detail: String
    /// Of a way back the visits that the patient would have to be called about, where others make room the patients.
    package var calls: Int?
}

/// The morning sheet of a day, most urgent first: by kind, then by time.
///
/// - Parameter calendar: that of the state; a day that it does not have has an empty sheet.
/// - Throws: where the calendar must reach further to tell how goals can still be reached; then it is asked again.
package func morningSheet(
    of day: Day, now: Instant, state: ClinicState, calendar: PlanningCalendar
) throws(NeedsDays) -> [SheetLine] {
    guard let clock = calendar.calendars[day], let today = calendar.calendars.day(at: now)?.day else { return [] }
    let running = state.running(on: calendar, now: now)
    var lines = callLines(of: clock, now: now, state: state, calendar.calendars)
    for visit in state.visits(on: day) where visit.status.isOpen {
        guard let course = state.course(visit.course), course.progress.heldUntil == nil else { continue }
        lines += sheet(of: visit, course, state, on: running, clock, now: now)
    }
    for course in state.courses.values where course.progress.heldUntil == nil {
        lines += taskLines(of: course, through: day, state)
        guard course.status.isOpen else { continue }
        lines += state.visits(of: course).filter { $0.status.isOpen && $0.day < day && day <= today }.map { visit in
            SheetLine(
                kind: .unrecorded, visit: visit.id, course: course.id, patient: course.patient, start: nil,
                due: visit.day, detail: visit.status.name)
        }
        lines += courseLines(of: course, on: day, state, calendar)
        if day == today { lines += try wayBackLines(of: course, state, calendar, now) }
    }
    lines += credentialLines(on: day, state)
    let order = Dictionary(uniqueKeysWithValues: SheetLine.Kind.allCases.enumerated().map { ($1, $0) })
    func key(_ line: SheetLine) -> (Int, Int, Int, Int, String) {
        (
            order[line.kind] ?? 0, line.due?.number ?? 0, line.start?.seconds ?? 0, line.visit?.number ?? 0, line.detail
        )
    }
    return lines.sorted { key($0) < key($1) }
}

/// Who is to be called on a day, a line a patient.
private func callLines(
    of day: DayCalendar, now: Instant, state: ClinicState, _ calendars: DayCalendars
) -> [SheetLine] {
    guard let list = CallList(state, calendars: calendars, now: now) else { return [] }
    return list.calls(through: day.day).filter { $0.due.minute >= day.firstMinute }.map { call in
        SheetLine(
            kind: .call, visit: call.visit, course: call.course, patient: call.patient, start: nil, due: day.day,
            detail: call.purposes.map(\.rawValue).joined(separator: ", "))
    }
}

/// What is to be done for a course by a day, be it over.
private func taskLines(of course: Course, through day: Day, _ state: ClinicState) -> [SheetLine] {
    state.tasks(of: course).filter { $0.due <= day }.compactMap { task in
        kind(of: task.kind).map { kind in
            SheetLine(
                kind: kind, visit: task.visit, course: course.id, patient: course.patient, start: nil, due: task.due,
                detail: task.name)
        }
    }
}

/// The line of a task; a call is on the list of calls.
private func kind(of task: ClinicTask.Kind) -> SheetLine.Kind? {
    switch task {
    case .followUp, .findNumber: .task
    case .check: .score
    case .makeUp: .makeUp
    case .review: .review
    case .call: nil
    }
}

/// What is to be known of one of the day's visits.
private func sheet(
    of visit: Visit, _ course: Course, _ state: ClinicState, on calendar: PlanningCalendar, _ clock: DayCalendar,
    now: Instant
) -> [SheetLine] {
    var lines: [SheetLine] = []
    func add(_ kind: SheetLine.Kind, _ detail: String = "") {
        lines.append(
            SheetLine(
                kind: kind, visit: visit.id, course: course.id, patient: visit.patient,
                start: Instant(minute: visit.place.minute), due: nil, detail: detail))
    }
    let ofResources: Set<Rule> = [
        .openingHours, .chairInService, .chairFeatures, .chairFree, .attendantQualified, .attendantOnDuty,
        .attendantCapacity,
    ]
    let broken = state.brokenRules(of: visit, on: calendar, clock, now: now).filter(ofResources.contains)
    if !broken.isEmpty { add(.staffing, broken.map(\.rawValue).joined(separator: ", ")) }
    // Of a visit that the clinic is closed to that alone is told: it gets another time.
    if broken.contains(.openingHours) { return lines }
    // Of a visit behind a closed gate the gate alone is told.
    let comes = course.isOpen(through: visit.phase)
    if comes, visit.visitType.escort, visit.time(of: .escortConfirmed) == nil { add(.escort) }
    if comes { for name in course.missingPrerequisites(of: visit) { add(.prerequisite, name) } }
    let visits = state.visits(of: course).filter(\.status.occupies)
    let position = visits.firstIndex { $0.id == visit.id }
    if let uncovered = course.firstUnauthorised(visits) {
        if uncovered.id == visit.id {
            add(.unauthorised)
        } else if let position, position + 1 < visits.count, visits[position + 1].id == uncovered.id {
            add(.lastAuthorised)
        }
    }
    if comes, visit.status == .tentative { add(.unconfirmed) }
    if visit.status.awaitsTreatment, let measure = course.missingBaseline(before: visit, visits) {
        add(.baseline, measure)
    }
    if position == 0, course.progress.adoptedFrom == nil { add(.firstVisit) }
    let ownPhase = visits.filter { $0.phase == visit.phase }
    if let phase = course.template.phase(visit.phase), let turn = ownPhase.firstIndex(where: { $0.id == visit.id }) {
        let number = turn + 1 + course.progress.givenElsewhere(of: phase)
        for check in phase.checks where check.afterVisit == number {
            if !course.progress.hasScore(check.measure, since: visit.image) { add(.score, check.measure) }
        }
    }
    return lines
}
