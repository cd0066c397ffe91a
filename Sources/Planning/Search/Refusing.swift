/// Why a course cannot be placed, and which single changes would help (docs/contract/planning.md section 5).
func refuse<Cell: CostCell>(
    _ search: CourseSearch<Cell>, step: Int, candidates: DaySet, inWindow: DaySet, now: Int, today: Day
) throws(NeedsDays) -> Refusal {
    let days = candidates.days.map { day in
        let rule = closingRule(search, step: step, day: day, isInWindow: inWindow.contains(day))
        let several = rule == nil ? search.several(step, day: day, isInWindow: inWindow.contains(day), now: now) : []
        return Refusal.ClosedDay(day: search.origin + day, closedBy: rule, several: several)
    }
    return search.refusal(
        at: step, days,
        wouldHelp: try remedies(for: search, step: step, closedFirst: days.first?.closedBy, now: now, today: today))
}

extension CourseSearch {
    /// That a step cannot be reached, with as much about it as is known.
    func refusal(
        at step: Int, _ days: [Refusal.ClosedDay] = [], wouldHelp remedies: [Refusal.Remedy] = []
    ) -> Refusal {
        Refusal(
            course: request.id, visit: steps[step].number, phase: request.regimen.phases[steps[step].phase].name,
            days: days, wouldHelp: remedies)
    }
}

/// The first rule, in the table's order, whose absence alone would open the day for the step; nil where none would.
func closingRule<Cell: CostCell>(
    _ search: CourseSearch<Cell>, step: Int, day: Int, isInWindow: Bool
) -> Rule? {
    guard let board = search.board(day) else { return .leadTime }
    let kind = search.kind(step)
    if kind.constraint?.fixed != nil { return isInWindow ? .gap : .phaseWindow }
    for rule in Rule.allCases {
        switch rule {
        case .gap, .authorisation:
            // The days asked about lie in the gap; `authorisation` never closes planning.
            continue
        case .phaseWindow:
            // Open in itself, yet not reached: only the window stands in the way.
            if search.option(step, day) != nil { return .phaseWindow }
        case .openingHours, .chairInService, .chairFree, .chairFeatures, .attendantOnDuty, .attendantCapacity,
            .attendantQualified, .patientAvailable, .oneVisitADay, .leadTime, .courseEnd:
            if isInWindow, search.evaluator.evaluate(kind, on: board, ignoring: rule),
                search.evaluator.hasAttendance()
            {
                return rule
            }
        }
    }
    return nil
}

/// Single changes with which a plan exists, cheapest first; equal costs in the order of the page's list.
///
/// - Parameter closedFirst: the rule that closes the first of the refused visit's days.
private func remedies<Cell: CostCell>(
    for search: CourseSearch<Cell>, step: Int, closedFirst: Rule?, now: Int, today: Day
) throws(NeedsDays) -> [Refusal.Remedy] {
    var found: [Refusal.Remedy] = []
    let changes =
        gapChanges(for: search, step: step) + wishChanges(of: search.request, on: search.calendar)
        + resourceChanges(for: search.request, on: search.calendar)
        + (closedFirst == .leadTime ? walkIn(for: search, step: step) : [])
    for change in changes {
        for amount in change.amounts {
            let changed = change.make(amount)
            let other =
                changed.calendar.map {
                    CourseSearch<Cell>(
                        changed.request, courseVisits: search.courseVisits, on: $0, now: now, today: today)
                }
                ?? CourseSearch(changed.request, sharing: search, today: today)
            guard case .all = try other.reach() else { continue }
            let cost =
                other.movedSurplus
                + (other.cheapestCost() ?? cheapestInWideCells(changed, search, now: now, today: today))
            found.append(Refusal.Remedy(kind: change.kind, target: change.target, amount: amount, cost: cost))
            break
        }
    }
    let order = found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
    return order.map(\.element)
}

private func cheapestInWideCells<Cell: CostCell>(
    _ changed: Changed, _ search: CourseSearch<Cell>, now: Int, today: Day
) -> Int {
    let calendar = changed.calendar ?? search.calendar
    let wide = CourseSearch<Int64>(
        changed.request, courseVisits: search.courseVisits, on: calendar, now: now, today: today)
    guard case .all = try? wide.reach(), let cost = wide.cheapestCost() else {
        preconditionFailure("what can be reached can be planned")
    }
    return cost
}

/// A course as a change makes it; the calendar where days, chairs or persons are other than before, nil where only gaps
/// or the start window are.
private struct Changed {
    let request: CourseRequest
    let calendar: PlanningCalendar?
}

/// A change to try, with growing amounts until one helps.
private struct Relaxation {
    let kind: Refusal.Remedy.Kind
    let target: String
    let amounts: ClosedRange<Int>
    let make: (Int) -> Changed
}

/// A wider tolerance of the refused visit's phase, a longer start window.
private func gapChanges<Cell: CostCell>(for search: CourseSearch<Cell>, step: Int) -> [Relaxation] {
    let request = search.request
    let phase = search.steps[step].phase
    let longer = Relaxation(kind: .startWindow, target: request.id.text, amounts: 1...14) { amount in
        var longer = request
        longer.wish.startWithinDays += amount
        return Changed(request: longer, calendar: nil)
    }
    // The course's first visit has a start window and no gap; once there was one, the window is past.
    if search.steps[step].gaps == nil { return [longer] }
    let wider = Relaxation(kind: .tolerance, target: request.regimen.phases[phase].name, amounts: 1...7) { amount in
        var wider = request
        wider.regimen.phases[phase].toleranceBefore += amount
        wider.regimen.phases[phase].toleranceAfter += amount
        for index in wider.regimen.phases[phase].gapChanges.indices {
            wider.regimen.phases[phase].gapChanges[index].toleranceBefore += amount
            wider.regimen.phases[phase].gapChanges[index].toleranceAfter += amount
        }
        return Changed(request: wider, calendar: nil)
    }
    return search.anchor == nil ? [wider, longer] : [wider]
}

/// The patient's availability ignored, extra features dropped. They change which days are open, so they search anew.
private func wishChanges(of request: CourseRequest, on calendar: PlanningCalendar) -> [Relaxation] {
    var result: [Relaxation] = []
    if !request.wish.availability.isEmpty || !request.wish.blackoutDays.isEmpty {
        result.append(
            Relaxation(kind: .availability, target: request.id.text, amounts: 1...1) { _ in
                var free = request
                free.wish.availability = []
                free.wish.blackoutDays = []
                return Changed(request: free, calendar: calendar)
            })
    }
    if !request.wish.features.isEmpty {
        result.append(
            Relaxation(kind: .features, target: request.id.text, amounts: 1...1) { _ in
                var plain = request
                plain.wish.features = []
                return Changed(request: plain, calendar: calendar)
            })
    }
    return result
}

/// The lead time of a new course's first visit set aside: the patient is here.
private func walkIn<Cell: CostCell>(for search: CourseSearch<Cell>, step: Int) -> [Relaxation] {
    guard search.steps[step].number == 1, search.courseVisits.isEmpty,
        !search.request.setAside.contains(.leadTime)
    else { return [] }
    return [
        Relaxation(kind: .leadTime, target: Rule.leadTime.rawValue, amounts: 1...1) { _ in
            var here = search.request
            here.setAside.insert(.leadTime)
            return Changed(request: here, calendar: search.calendar)
        }
    ]
}

/// One more chair like each kind of chair there is, one more person of each role that the course asks for.
private func resourceChanges(for request: CourseRequest, on calendar: PlanningCalendar) -> [Relaxation] {
    var result: [Relaxation] = []
    var seen: Set<Set<String>> = []
    for chair in calendar.facility.chairs where seen.insert(chair.features).inserted {
        result.append(
            Relaxation(kind: .chair, target: chair.id.text, amounts: 1...1) { _ in
                Changed(request: request, calendar: calendar.adding(chairLike: chair))
            })
    }
    var roles: [String] = []
    var credentials: [String: Set<String>] = [:]
    for attendant in request.regimen.phases.flatMap({ request.visitType(of: $0).attendants }) {
        if !roles.contains(attendant.role) { roles.append(attendant.role) }
        credentials[attendant.role, default: []].formUnion(attendant.credentials)
    }
    for role in roles {
        result.append(
            Relaxation(kind: .person, target: role, amounts: 1...1) { _ in
                Changed(
                    request: request, calendar: calendar.adding(personOf: role, credentials: credentials[role] ?? []))
            })
    }
    return result
}
