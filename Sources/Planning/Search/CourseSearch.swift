/// The search for the cheapest plan of one course (PLANNING.md section 5).
///
/// Visits of a course meet each other only through the gap, the phase window and the continuity person. So the search
/// goes forward once to see which days each visit can reach, opening days as it meets them, and backward once over
/// (visit, day, continuity person), for every candidate of the usual time side by side. Where a phase has `withinDays`,
/// its visits are taken once for every first day of the phase.
///
/// Days are indices from `origin`. A table of a visit's day holds, for each lane (continuity person) and each candidate
/// of the usual time, one cost: `row[lane * usuals.count + usual]`.
final class CourseSearch {
    let request: CourseRequest
    let calendar: PlanningCalendar
    let weights: Weights
    let origin: Day
    let kinds: [VisitKind]
    let steps: [Step]
    let evaluator: DayEvaluator
    /// Index of the step at which the preferred person is wished for, if any.
    let preferredStep: Int?
    let preferredPerson: Int?

    /// The candidates of the usual time, minutes on the clock, measured side by side.
    private(set) var usuals: [Int]
    /// The days each step can have, on some chain from the first.
    private(set) var reached: [DaySet] = []
    /// Costs expanded: the size of the search in steps.
    private(set) var expanded = 0

    private enum Option {
        case unknown
        case closed
        case open(UnsafeMutablePointer<Int32>)
    }

    private let arena = CostArena()
    /// By kind and day, `dayCount` days a kind.
    private let options: UnsafeMutablePointer<Option>
    private let dayCount: Int
    private let boards: [DayBoard]
    private let firstBoard: Int
    private var values: [DayTable] = []
    private var entries: [DayTable] = []
    private let costs: DayCosts

    init(_ request: CourseRequest, on calendar: PlanningCalendar, now: Int, today: Day) {
        self.request = request
        self.calendar = calendar
        weights = calendar.facility.planning.weights
        origin = request.earliest
        (kinds, steps) = compile(request, on: calendar, today: today)
        let staff = calendar.facility.staff
        preferredPerson = request.preferredPerson.flatMap { id in staff.firstIndex { $0.id == id } }
        if let preferredPerson {
            let roles = staff[preferredPerson].roles
            let kinds = kinds
            preferredStep = steps.firstIndex { kinds[$0.kind].continuityRole.map(roles.contains) ?? false }
        } else {
            preferredStep = nil
        }
        evaluator = DayEvaluator(request, on: calendar, now: now, mostLabels: kinds.map(\.labels.count).max() ?? 1)
        let kinds = kinds
        let hasRhythm = steps.contains { kinds[$0.kind].rhythm }
        usuals = request.usual.map { [$0] } ?? (hasRhythm ? usualCandidates(of: calendar.facility) : [0])
        costs = DayCosts(evaluator, calendar, request, weights)
        dayCount = max(0, calendar.last - origin + 1)
        options = .allocate(capacity: max(1, kinds.count * dayCount))
        options.initialize(repeating: .unknown, count: max(1, kinds.count * dayCount))
        boards = calendar.boards
        firstBoard = origin - calendar.first
    }

    deinit { options.deallocate() }

    /// Whether some planned visit has rhythm, so that the answer names the usual time.
    var hasRhythm: Bool { steps.contains { kinds[$0.kind].rhythm } }

    /// Index of the chosen or given usual time's minutes on the clock.
    var usual: Int { usuals[0] }

    func kind(_ step: Int) -> VisitKind { kinds[steps[step].kind] }

    func board(_ day: Int) -> DayBoard? {
        let index = firstBoard + day
        return index >= 0 && index < boards.count ? boards[index] : nil
    }

    // MARK: Forward: which days can be reached

    enum Reach {
        case all
        /// No chain reaches the step; the days it could have had, and which of them its phase's window allows.
        case blocked(step: Int, candidates: DaySet, inWindow: DaySet)
        case needsDays(through: Day)
    }

    /// Days reached so far of a phase with one first day, or of all first days where the phase has no window.
    private struct Group {
        let first: Int
        var days: DaySet
    }

    func reach() -> Reach {
        reached = []
        var groups: [Group] = []
        for index in steps.indices {
            let step = steps[index]
            var candidates = DaySet(days: 0)
            var inWindow = DaySet(days: 0)
            var next: [Group] = []
            if step.within == nil || step.opensPhase {
                candidates = index == 0 ? startWindow() : groups.reduce(into: DaySet(days: 0)) {
                    $0.formUnion($1.days.spread(by: step.gaps!))
                }
                inWindow = candidates
                if let missing = missingDays(candidates) { return missing }
                let open = openDays(of: step, among: candidates, through: Int.max)
                next = step.within == nil ? [Group(first: 0, days: open)] : open.days.map { day in
                    var only = DaySet(days: day + 1)
                    only.insert(day)
                    return Group(first: day, days: only)
                }
            } else {
                for group in groups {
                    let spread = group.days.spread(by: step.gaps!)
                    candidates.formUnion(spread)
                    if let missing = missingDays(spread) { return missing }
                    let last = group.first + step.within!
                    spread.forEach { if $0 <= last { inWindow.insert($0) } }
                    let open = openDays(of: step, among: spread, through: last)
                    next.append(Group(first: group.first, days: open))
                }
            }
            groups = next.filter { !$0.days.isEmpty }
            if groups.isEmpty { return .blocked(step: index, candidates: candidates, inWindow: inWindow) }
            reached.append(groups.reduce(into: DaySet(days: 0)) { $0.formUnion($1.days) })
        }
        return .all
    }

    private func startWindow() -> DaySet {
        var days = DaySet(days: request.startWithinDays + 1)
        for day in 0...max(0, request.startWithinDays) { days.insert(day) }
        return days
    }

    private func missingDays(_ candidates: DaySet) -> Reach? {
        guard let last = candidates.bounds?.upperBound, origin + last > calendar.last else { return nil }
        return .needsDays(through: origin + last + 35)
    }

    private func openDays(of step: Step, among candidates: DaySet, through last: Int) -> DaySet {
        var open = DaySet(days: 0)
        candidates.forEach { day in
            if day <= last && option(step.kind, day) != nil { open.insert(day) }
        }
        return open
    }

    /// The costs of a kind of visit on a day by lane and usual time; nil where no visit of the kind can be that day.
    /// Opens the day when first asked.
    func option(_ kind: Int, _ day: Int) -> UnsafeMutablePointer<Int32>? {
        precondition(day < dayCount, "days are asked for before they are opened")
        let option = options + kind * dayCount + day
        switch option.pointee {
        case .closed: return nil
        case .open(let row): return row
        case .unknown: break
        }
        guard let board = board(day), evaluator.evaluate(kinds[kind], on: board) else {
            option.pointee = .closed
            return nil
        }
        let row = arena.table(kinds[kind].lanes.count * usuals.count)
        let isOpen = costs.fill(row, kinds[kind], on: board, usuals: usuals)
        option.pointee = isOpen ? .open(row) : .closed
        return isOpen ? row : nil
    }

    // MARK: Backward: what the rest of the course costs

    /// Costs of a step, day by day.
    private struct DayTable {
        let first: Int
        let size: Int
        let rows: UnsafeMutablePointer<Int32>

        @inline(__always)
        func row(_ day: Int) -> UnsafeMutablePointer<Int32> { rows + (day - first) * size }
    }

    /// The cost of a step on a day and of all that follow it, by lane and usual time.
    func value(_ step: Int, _ day: Int) -> UnsafeMutablePointer<Int32> { values[step].row(day) }

    /// Fills the values of all steps on their reached days; `reach` comes first.
    func goBackward() {
        values = []
        entries = []
        for index in steps.indices {
            let bounds = reached[index].bounds!
            let size = kind(index).lanes.count * usuals.count
            values.append(table(bounds, size))
            entries.append(table(bounds, index == 0 ? 1 : kind(index - 1).lanes.count * usuals.count))
        }
        var index = steps.count - 1
        while index >= 0 {
            if steps[index].within == nil {
                for day in reached[index].days { settle(index, day, through: Int.max) }
                index -= 1
            } else {
                let opening = phaseOpening(index)
                for first in reached[opening].days { settlePhase(opening, through: index, first: first) }
                index = opening - 1
            }
        }
    }

    private func table(_ bounds: ClosedRange<Int>, _ size: Int) -> DayTable {
        DayTable(first: bounds.lowerBound, size: size, rows: arena.table(bounds.count * size))
    }

    private func phaseOpening(_ index: Int) -> Int {
        var opening = index
        while !steps[opening].opensPhase { opening -= 1 }
        return opening
    }

    /// Fills the values of a phase with a window whose first visit is on `first`: afterwards the tables of its later
    /// steps hold this first day's values.
    private func settlePhase(_ opening: Int, through last: Int, first: Int) {
        let limit = first + steps[opening].within!
        var index = last
        while index > opening {
            let earliest = first + (opening + 1...index).reduce(0) { $0 + steps[$1].gaps!.lowerBound }
            reached[index].forEach { day in
                if day >= earliest && day <= limit { settle(index, day, through: limit) }
            }
            index -= 1
        }
        settle(opening, first, through: limit)
    }

    /// As `settlePhase`, for the phase that a step opens, where it has a window.
    func settlePhase(openedBy step: Int, first: Int) {
        guard steps[step].within != nil, steps[step].opensPhase else { return }
        var last = step
        while last + 1 < steps.count, steps[last + 1].phase == steps[step].phase { last += 1 }
        settlePhase(step, through: last, first: first)
    }

    private func settle(_ index: Int, _ day: Int, through limit: Int) {
        guard let cost = option(steps[index].kind, day) else { preconditionFailure("a reached day is open") }
        let size = values[index].size
        let row = values[index].row(day)
        expanded += size
        if index + 1 < steps.count {
            followers(of: index, day, through: limit, into: row, size)
            for cell in 0..<size { row[cell] = min(row[cell] &+ cost[cell], CostArena.impossible) }
        } else {
            row.update(from: cost, count: size)
        }
        if index == preferredStep { addPreference(index, row) }
        if index > 0 { enter(index, day, row) }
    }

    /// The least cost of what follows a step's visit on a day: the gap, a change of person, the next visit and the rest.
    private func followers(
        of index: Int, _ day: Int, through limit: Int, into row: UnsafeMutablePointer<Int32>, _ size: Int
    ) {
        let next = steps[index + 1]
        // The window ends with its phase.
        let last = next.opensPhase ? Int.max : limit
        row.update(repeating: CostArena.impossible, count: size)
        for gap in next.gaps! {
            let then = day + gap
            guard then <= last, reached[index + 1].contains(then) else { continue }
            let entry = entries[index + 1].row(then)
            let price = Int32(weights.gap * abs(gap - next.gapIdeal))
            for cell in 0..<size { row[cell] = min(row[cell], entry[cell] &+ price) }
        }
    }

    private func addPreference(_ index: Int, _ row: UnsafeMutablePointer<Int32>) {
        for (lane, person) in kind(index).lanes.enumerated() where person != preferredPerson {
            for usual in usuals.indices { row[lane * usuals.count + usual] += Int32(weights.continuity) }
        }
    }

    /// What it costs to enter a step's day from each lane of the step before: the same person, or the price of a change.
    private func enter(_ index: Int, _ day: Int, _ row: UnsafeMutablePointer<Int32>) {
        let count = usuals.count
        let lanes = kind(index).lanes.count
        let entry = entries[index].row(day)
        let before = kind(index - 1)
        // The least over all lanes, in the first part of the entry; overwritten last to first.
        entry.update(from: row, count: count)
        for lane in 1..<max(1, lanes) {
            for usual in 0..<count { entry[usual] = min(entry[usual], row[lane * count + usual]) }
        }
        let keepsRole = before.continuityRole != nil && before.continuityRole == kind(index).continuityRole
        var lane = before.lanes.count - 1
        while lane >= 0 {
            for usual in 0..<count {
                let change = entry[usual]
                entry[lane * count + usual] =
                    keepsRole ? min(row[lane * count + usual], change &+ Int32(weights.continuity)) : change
            }
            lane -= 1
        }
    }

    // MARK: The usual time

    /// The unweighted days from the course's earliest day, weighted: cost term `start` of a first day.
    func startPrice(_ day: Int) -> Int { weights.start * day }

    /// Chooses the usual time whose cheapest plan is cheapest, the earliest such, and keeps only its costs.
    func settleUsual() {
        if usuals.count == 1 { return }
        var best = Int32.max
        var chosen = 0
        for usual in usuals.indices {
            for day in reached[0].days {
                for lane in kind(0).lanes.indices {
                    let cost = value(0, day)[lane * usuals.count + usual] &+ Int32(startPrice(day))
                    if cost < best { (best, chosen) = (cost, usual) }
                }
            }
        }
        narrow(to: chosen)
        goBackward()
    }

    private func narrow(to usual: Int) {
        for kind in kinds.indices {
            for day in 0..<dayCount {
                guard case .open(let row) = options[kind * dayCount + day] else { continue }
                for lane in kinds[kind].lanes.indices { row[lane] = row[lane * usuals.count + usual] }
            }
        }
        usuals = [usuals[usual]]
    }

    /// The cost of the cheapest plan that starts on a day; `settleUsual` comes first.
    func cheapest(startingOn day: Int) -> Int {
        var best = CostArena.impossible
        for lane in kind(0).lanes.indices { best = min(best, value(0, day)[lane]) }
        return Int(best) + startPrice(day)
    }
}

/// The kinds and steps of a course: its visits in order.
private func compile(
    _ request: CourseRequest, on calendar: PlanningCalendar, today: Day
) -> (kinds: [VisitKind], steps: [Step]) {
    let facility = calendar.facility
    let counts = plannedCounts(of: request, today: today, planning: facility.planning)
    var kinds: [VisitKind] = []
    var steps: [Step] = []
    for (index, phase) in request.regimen.phases.enumerated() where counts[index] > 0 {
        var kind = kinds.firstIndex { $0.type.id == phase.visit && $0.rhythm == phase.rhythm }
        if kind == nil {
            kind = kinds.count
            kinds.append(
                VisitKind(
                    request.visitType(of: phase), rhythm: phase.rhythm, features: request.features, facility: facility,
                    frame: calendar.frame))
        }
        for visit in 0..<counts[index] {
            let wanted = gap(of: phase, beforeVisit: visit)
            steps.append(
                Step(
                    number: steps.count + 1, phase: index, kind: kind!, gapIdeal: steps.isEmpty ? 0 : wanted.ideal,
                    gaps: steps.isEmpty ? nil : wanted.allowed, within: phase.withinDays, opensPhase: visit == 0))
        }
    }
    return (kinds, steps)
}

/// The half hours of the clock worth measuring: those within 30 minutes of a time at which the clinic may be open, and
/// the earliest of the others, which all cost the same.
func usualCandidates(of facility: Facility) -> [Int] {
    let windows = facility.hours.values.joined() + facility.openings.map(\.hours)
    let near = stride(from: 0, to: 1440, by: 30).filter { half in
        windows.contains { $0.from - 30 <= half && half < $0.until + 30 }
    }
    let far = stride(from: 0, to: 1440, by: 30).first { !near.contains($0) }
    return (near + (far.map { [$0] } ?? [])).sorted()
}
