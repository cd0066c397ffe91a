/// Why a course cannot be placed, and which single changes would help (PLANNING.md section 5).
func refuse(
    _ search: CourseSearch, step: Int, candidates: DaySet, inWindow: DaySet, now: Int, today: Day
) -> PlanningResult {
    let days = candidates.days.map { day in
        let rule = closingRule(search, step: step, day: day, isInWindow: inWindow.contains(day))
        return Refusal.ClosedDay(day: search.origin + day, closedBy: rule)
    }
    let refused = search.steps[step]
    switch remedies(for: search, step: step, now: now, today: today) {
    case .needsDays(let day): return .needsDays(through: day)
    case .found(let remedies):
        return .refusal(
            Refusal(
                course: search.request.id, visit: refused.number,
                phase: search.request.regimen.phases[refused.phase].name, days: days, wouldHelp: remedies))
    }
}

/// The first rule, in the table's order, whose absence alone would open the day for the step; nil where none would.
func closingRule(_ search: CourseSearch, step: Int, day: Int, isInWindow: Bool) -> Rule? {
    guard let board = search.board(day) else { return .leadTime }
    let kind = search.kind(step)
    for rule in Rule.allCases {
        switch rule {
        case .gap, .authorisation:
            // The days asked about lie in the gap; `authorisation` never closes planning.
            continue
        case .phaseWindow:
            // Open in itself, yet not reached: only the window stands in the way.
            if search.option(search.steps[step].kind, day) != nil { return .phaseWindow }
        case .openingHours, .chairInService, .chairFeatures, .chairFree, .attendantQualified, .attendantOnDuty,
            .attendantCapacity, .patientAvailable, .oneVisitADay, .leadTime, .courseEnd:
            if isInWindow, search.evaluator.evaluate(kind, on: board, ignoring: rule),
                search.evaluator.hasAttendance()
            {
                return rule
            }
        }
    }
    return nil
}

enum Remedies {
    case found([Refusal.Remedy])
    case needsDays(through: Day)
}

/// Single changes with which a plan exists, cheapest first; equal costs in the order of the page's list.
private func remedies(for search: CourseSearch, step: Int, now: Int, today: Day) -> Remedies {
    var found: [Refusal.Remedy] = []
    for change in changes(for: search, step: step) {
        for amount in change.amounts {
            let (request, calendar) = change.make(amount)
            switch cheapestCost(request, on: calendar, now: now, today: today) {
            case .needsDays(let day): return .needsDays(through: day)
            case .none: continue
            case .cost(let cost):
                found.append(
                    Refusal.Remedy(kind: change.kind, target: change.target, amount: amount, cost: cost))
            }
            break
        }
    }
    let order = found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
    return .found(order.map(\.element))
}

private enum CheapestCost {
    case cost(Int)
    case none
    case needsDays(through: Day)
}

private func cheapestCost(
    _ request: CourseRequest, on calendar: PlanningCalendar, now: Int, today: Day
) -> CheapestCost {
    let search = CourseSearch(request, on: calendar, now: now, today: today)
    switch search.reach() {
    case .needsDays(let day): return .needsDays(through: day)
    case .blocked: return .none
    case .all:
        search.goBackward()
        search.settleUsual()
        return .cost(search.reached[0].days.map(search.cheapest(startingOn:)).min()!)
    }
}

/// A change to try, with growing amounts until one helps.
private struct Change {
    let kind: Refusal.Remedy.Kind
    let target: String
    let amounts: ClosedRange<Int>
    let make: (Int) -> (CourseRequest, PlanningCalendar)
}

private func changes(for search: CourseSearch, step: Int) -> [Change] {
    let request = search.request
    let calendar = search.calendar
    var result: [Change] = []
    let phase = search.steps[step].phase
    if step > 0 {
        result.append(
            Change(kind: .tolerance, target: request.regimen.phases[phase].name, amounts: 1...7) { amount in
                var wider = request
                wider.regimen.phases[phase].toleranceBefore += amount
                wider.regimen.phases[phase].toleranceAfter += amount
                return (wider, calendar)
            })
    }
    result.append(
        Change(kind: .startWindow, target: request.id.text, amounts: 1...14) { amount in
            var longer = request
            longer.startWithinDays += amount
            return (longer, calendar)
        })
    if !request.availability.isEmpty || !request.blackoutDays.isEmpty {
        result.append(
            Change(kind: .availability, target: request.id.text, amounts: 1...1) { _ in
                var free = request
                free.availability = []
                free.blackoutDays = []
                return (free, calendar)
            })
    }
    if !request.features.isEmpty {
        result.append(
            Change(kind: .features, target: request.id.text, amounts: 1...1) { _ in
                var plain = request
                plain.features = []
                return (plain, calendar)
            })
    }
    return result + resourceChanges(for: search)
}

/// One more chair like each kind of chair there is, one more person of each role that the course asks for.
private func resourceChanges(for search: CourseSearch) -> [Change] {
    let calendar = search.calendar
    let request = search.request
    var result: [Change] = []
    var seen: Set<Set<String>> = []
    for chair in calendar.facility.chairs where seen.insert(chair.features).inserted {
        result.append(
            Change(kind: .chair, target: chair.id.text, amounts: 1...1) { _ in
                (request, calendar.adding(chairLike: chair))
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
            Change(kind: .person, target: role, amounts: 1...1) { _ in
                (request, calendar.adding(personOf: role, credentials: credentials[role] ?? []))
            })
    }
    return result
}
