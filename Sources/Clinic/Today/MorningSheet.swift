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
        /// The patient has not agreed.
        case unconfirmed
        /// The patient comes for the first time.
        case firstVisit
        /// The last visit that the payer has granted, while more are planned.
        case lastAuthorised
        /// A score is to be taken; `detail` is the measure.
        case score
        /// A form or another task is due; `detail` names it.
        case task
        /// An open-ended phase is to be looked at.
        case review
        /// A lost visit has no new place yet.
        case makeUp
        /// A phase will not end in its window as its visits stand; `due` is the window's last day, `detail` the phase.
        case slipping
    }

    /// What kind of line.
    package let kind: Kind
    /// The visit that it is about.
    package let visit: VisitID
    package let course: CourseID
    package let patient: PatientID
    /// When: the visit's start for lines about the day's visits.
    package let start: Instant?
    /// By which day: for what is due.
    package let due: Day?
    /// More; see `Kind`. A word of the configuration, never free text.
    package let detail: String
}

/// The morning sheet of a day, most urgent first: by kind, then by time.
///
/// - Parameter calendar: that of the state; a day that it does not have has an empty sheet.
package func morningSheet(
    of day: Day, now: Instant, state: ClinicState, calendar: PlanningCalendar
) -> [SheetLine] {
    guard let clock = calendar.calendars[day], let today = calendar.calendars.day(at: now)?.day else { return [] }
    var lines = callLines(of: clock, now: now, state: state, calendar.calendars)
    for visit in state.visits(on: day) where visit.status.isOpen {
        guard let course = state.course(visit.course), course.progress.heldUntil == nil else { continue }
        lines += sheet(of: visit, course, state, calendar, clock)
    }
    for course in state.courses.values where course.status.isOpen && course.progress.heldUntil == nil {
        lines += state.visits(of: course).filter { $0.status.isOpen && $0.day < day && day <= today }.map { visit in
            SheetLine(
                kind: .unrecorded, visit: visit.id, course: course.id, patient: course.patient, start: nil,
                due: visit.day, detail: visit.status.name)
        }
        lines += state.tasks(of: course).filter { $0.due <= day }.compactMap { task in
            kind(of: task.kind).map { kind in
                SheetLine(
                    kind: kind, visit: task.visit, course: course.id, patient: course.patient, start: nil,
                    due: task.due, detail: task.name)
            }
        }
        lines += slippingLine(of: course, state.visits(of: course)).map { [$0] } ?? []
    }
    let order = Dictionary(uniqueKeysWithValues: SheetLine.Kind.allCases.enumerated().map { ($1, $0) })
    func key(_ line: SheetLine) -> (Int, Int, Int, Int, String) {
        (
            order[line.kind] ?? 0, line.due?.number ?? 0, line.start?.seconds ?? 0, line.visit.number, line.detail
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

/// The line of a course whose phase under way will not end in time: at its last visit.
private func slippingLine(of course: Course, _ visits: [Visit]) -> SheetLine? {
    guard let overrun = course.overrun(visits.map(\.image)),
        let last = visits.last(where: { $0.phase == overrun.phase })
    else { return nil }
    return SheetLine(
        kind: .slipping, visit: last.id, course: course.id, patient: course.patient, start: nil, due: overrun.through,
        detail: overrun.phase)
}

/// The line of a task; a call is on the list of calls.
private func kind(of task: ClinicTask.Kind) -> SheetLine.Kind? {
    switch task {
    case .followUp: .task
    case .check: .score
    case .makeUp: .makeUp
    case .review: .review
    case .call: nil
    }
}

/// What is to be known of one of the day's visits.
private func sheet(
    of visit: Visit, _ course: Course, _ state: ClinicState, _ calendar: PlanningCalendar, _ clock: DayCalendar
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
    let broken = state.brokenRules(of: visit, on: calendar, clock).filter(ofResources.contains)
    if !broken.isEmpty { add(.staffing, broken.map(\.rawValue).joined(separator: ", ")) }
    if visit.visitType.escort, visit.time(of: .escortConfirmed) == nil { add(.escort) }
    for name in course.missingPrerequisites(of: visit) { add(.prerequisite, name) }
    let visits = state.visits(of: course).filter(\.status.occupies)
    let position = visits.firstIndex { $0.id == visit.id }
    if let uncovered = course.firstUnauthorised(visits) {
        if uncovered.id == visit.id {
            add(.unauthorised)
        } else if let position, position + 1 < visits.count, visits[position + 1].id == uncovered.id {
            add(.lastAuthorised)
        }
    }
    if visit.status == .tentative { add(.unconfirmed) }
    if position == 0, course.progress.adoptedFrom == nil { add(.firstVisit) }
    let ownPhase = visits.filter { $0.phase == visit.phase }
    if let phase = course.template.phase(visit.phase), let turn = ownPhase.firstIndex(where: { $0.id == visit.id }) {
        let number = turn + 1 + course.progress.given(elsewhereOf: phase.name)
        for check in phase.checks where check.afterVisit == number { add(.score, check.measure) }
    }
    return lines
}
