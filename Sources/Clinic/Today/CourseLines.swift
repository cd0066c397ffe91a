import Planning

/// What the morning sheet of a day says of a course beside its visits of that day: gates, phases that do not end in
/// time, and what the payer has granted.
func courseLines(
    of course: Course, on day: Day, _ state: ClinicState, _ calendar: PlanningCalendar
) -> [SheetLine] {
    guard course.status == .active else { return [] }
    let visits = state.visits(of: course)
    func line(_ kind: SheetLine.Kind, _ visit: VisitID?, due: Day, _ detail: String = "") -> SheetLine {
        SheetLine(
            kind: kind, visit: visit, course: course.id, patient: course.patient, start: nil, due: due, detail: detail)
    }
    var lines = course.pendingGates(visits).filter { $0.due <= day }.map { gate in
        line(.gate, gate.last, due: gate.due, gate.phase.name)
    }
    for late in course.latePhases(visits) { lines.append(line(.slipping, late.visit, due: late.through, late.phase)) }
    for standing in state.goalStandings(of: course, on: calendar) where standing.daysInHand == 0 {
        let own = visits.filter { $0.phase == standing.phase }
        guard own.contains(where: \.isGiven) else { continue }
        lines.append(line(.noDayInHand, own.first(where: \.isOwed)?.id, due: standing.through, standing.phase))
    }
    let ahead = state.configuration?.notifications.authorisationDays ?? 0
    if let visit = course.firstUnauthorised(visits), visit.day > day, visit.day - ahead <= day {
        lines.append(line(.authorisationShort, visit.id, due: visit.day))
    }
    return lines
}

/// How a course that would miss its goal can still reach it, sought anew whenever it is asked for: on what is free,
/// else where visits of others make room.
func wayBackLines(
    of course: Course, _ state: ClinicState, _ calendar: PlanningCalendar, _ now: Instant
) throws(NeedsDays) -> [SheetLine] {
    guard let standing = state.goalStandings(of: course).first(where: \.isAtRisk) else { return [] }
    func line(_ kind: SheetLine.Kind, calls: Int) -> SheetLine {
        SheetLine(
            kind: kind, visit: nil, course: course.id, patient: course.patient, start: nil, due: standing.through,
            detail: standing.phase, calls: calls)
    }
    if let way = try wayBack(of: course.id, state: state, calendar: calendar, now: now) {
        return [line(.wayBack, calls: way.calls.count)]
    }
    let result = try proposeYielding(
        for: course.id, state: state, calendar: calendar, now: now, budget: stepsForASheet)
    guard case .found(let change) = result, !change.moves.isEmpty,
        let calls = try patientsCalled(
            about: change, Basis(state: state, calendar: calendar, now: now, explains: false))
    else { return [] }
    return [line(.yielding, calls: calls)]
}

/// Nobody waits long for the morning sheet: for each course on it the search for room stops sooner than by itself.
private let stepsForASheet = 100_000

/// The credentials that come to their end within the days in which that is told, or have, unless they were renewed.
func credentialLines(on day: Day, _ state: ClinicState) -> [SheetLine] {
    guard let configuration = state.configuration else { return [] }
    let ahead = configuration.notifications.credentialDays
    return configuration.facility.staff.flatMap { person in
        person.expiring.filter { $0.until - ahead <= day }.map { credential in
            SheetLine(
                kind: .credentialExpiring, visit: nil, course: nil, patient: nil, person: person.id, start: nil,
                due: credential.until, detail: credential.name)
        }
    }
}

extension Person {
    /// The credentials that end some day, with their last day: of one name the one that lasts longest.
    var expiring: [(name: String, until: Day)] {
        credentials.compactMap { credential in
            guard let until = credential.until,
                !credentials.contains(where: {
                    $0.name == credential.name && ($0.until.map { $0 > until } ?? true)
                })
            else { return nil }
            return (credential.name, until)
        }
    }
}

extension Course {
    /// The phases that have begun and, as their visits stand, end after their window or after the days beyond which
    /// they are slipping, at their last visit.
    fileprivate func latePhases(_ visits: [Visit]) -> [(visit: VisitID, phase: String, through: Day)] {
        var late: [(visit: VisitID, phase: String, through: Day)] = []
        let overrun = overrun(visits.map(\.image))
        for phase in template.regimen.phases {
            let own = visits.filter { $0.phase == phase.name }
            guard let last = own.last else { continue }
            if let overrun, overrun.phase == phase.name {
                late.append((last.id, phase.name, overrun.through))
                continue
            }
            // A goal that would be missed is an overrun.
            guard let alarm = phase.alarmDays, phase.goal == nil, progress.adoptedFrom?.phase != phase.name,
                let first = own.first(where: \.isGiven)
            else { continue }
            let end = own.filter { $0.isOwed && $0.status.occupies }.map(\.day).max()
            if own.owed.contains(where: { !$0.status.occupies }) || end.map({ $0 > first.day + alarm }) ?? false {
                late.append((last.id, phase.name, first.day + alarm))
            }
        }
        return late
    }
}
