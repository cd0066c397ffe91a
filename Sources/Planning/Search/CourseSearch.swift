/// The search for the cheapest plan of one course (docs/contract/planning.md section 5).
///
/// Visits of a course meet each other only through the gap, the phase window and the continuity person. So the search
/// goes forward once to see which days each visit can reach, opening days as it meets them, and backward once over
/// (visit, day, continuity person), for each candidate of the usual time that might be the cheapest. Where a phase has
/// `withinDays`, its visits are taken once for every first day of the phase.
///
/// Days are indices from `origin`; rows have a cost for each attendant, in whole groups.
final class CourseSearch<Cell: CostCell> {
    let request: CourseRequest
    /// What became of the course so far; empty for a new one.
    let courseVisits: [CourseVisit]
    /// The last kept visit, from which the first step has its gap; nil where it has a start window.
    let anchor: Anchor?
    /// Day 0 of the search.
    let origin: Day
    let days: OpenDays<Cell>
    let weights: Weights
    let steps: [Step]

    /// The days each step can have, on some chain from the first.
    var reached: [DaySet] = []
    /// What days in hand cost; nil where no phase has a goal.
    var spare: SparePrices?
    /// Costs expanded: the size of the search in steps.
    var expanded = 0

    /// The candidate of the usual time that the values are for.
    private var candidate = 0
    private let arena = CostArena<Cell>()
    var tables: [StepTables<Cell>] = []
    /// For each step, whether a change of person since the step before costs.
    let keepsRole: [Bool]
    /// Whether some visit may be where its gap does not allow it.
    let isEased: Bool
    /// What the prices of days leave out of what told places cost that are given up; weighted, the same for all plans.
    let movedSurplus: Int

    /// - Parameters:
    ///   - courseVisits: what became of the course so far; the calendar holds none of its visits that are booked or
    ///     pinned.
    ///   - only: the number of a visit and the only day that it may have.
    init(
        _ request: CourseRequest, courseVisits: [CourseVisit] = [], on calendar: PlanningCalendar, now: Int, today: Day,
        only: (number: Int, day: Day)? = nil
    ) {
        var compiled = compile(request, courseVisits, on: calendar, today: today)
        if let only { compiled.keep(only.day, of: only.number) }
        self.request = request
        self.courseVisits = courseVisits
        steps = compiled.steps
        isEased = false
        movedSurplus = calendar.facility.planning.weights.movedDay * compiled.toldSurplus
        anchor = compiled.anchor
        origin = compiled.origin
        days = OpenDays(request, on: calendar, now: now, kinds: compiled.kinds, origin: compiled.origin)
        weights = calendar.facility.planning.weights
        keepsRole = compiled.continuedRoles
    }

    /// A search for the same course with other gaps or another start window, on the days that another has opened.
    init(_ request: CourseRequest, sharing other: CourseSearch<Cell>, today: Day, isEased: Bool = false) {
        self.request = request
        courseVisits = other.courseVisits
        let compiled = compile(request, other.courseVisits, on: other.days.calendar, today: today, isEased: isEased)
        steps = compiled.steps
        self.isEased = compiled.isEased
        movedSurplus = other.weights.movedDay * compiled.toldSurplus
        anchor = other.anchor
        origin = other.origin
        days = other.days
        weights = other.weights
        keepsRole = other.keepsRole
    }

    var calendar: PlanningCalendar { days.calendar }
    var evaluator: DayEvaluator { days.evaluator }

    /// Whether some planned visit has rhythm, so that the answer names the usual time.
    var hasRhythm: Bool { steps.contains { days.kinds[$0.kind].rhythm } }

    /// The chosen or given usual time, minutes on the clock; `settleUsual` comes first.
    var usual: Int { days.usuals[candidate] }

    func kind(_ step: Int) -> VisitKind { days.kinds[steps[step].kind] }

    func board(_ day: Int) -> DayBoard? { days.board(day) }

    /// What a step's visit costs on a day, by attendant, for the present candidate of the usual time; nil where the day
    /// is closed to it.
    func option(_ step: Int, _ day: Int) -> UnsafeMutablePointer<Cell>? {
        days.option(steps[step].kind, day)?.attendants(candidate)
    }

    // MARK: Backward: what the rest of the course costs

    /// The cost of a step on a day and of all that follow it, by attendant, for the present candidate.
    func value(_ step: Int, _ day: Int) -> UnsafeMutablePointer<Cell> { tables[step].values.row(day) }

    /// Fills the values of all steps on their reached days for a candidate of the usual time; `reach` comes first.
    private func goBackward(_ usual: Int) {
        candidate = usual
        if tables.isEmpty {
            tables = steps.indices.map { index in
                let bounds = reached[index].bounds!
                return StepTables(
                    values: table(bounds, kind(index).attendants.count),
                    entries: table(bounds, index == 0 ? 1 : kind(index - 1).attendants.count))
            }
        }
        let tables = tables
        forEachStage { settle($0, in: tables, usual: usual) }
    }

    /// A step's visit on a day, with the last day of its phase's window and the phase's first day where it has them.
    struct Stage {
        let step: Int
        let day: Int
        var limit = Int.max
        var first = 0
    }

    /// Calls back for each step and reached day, the last step first; where a phase has a window or a goal, all of the
    /// phase for each of its first days.
    func forEachStage(_ body: (Stage) -> Void) {
        var index = steps.count - 1
        while index >= 0 {
            if !steps[index].countsFromFirstDay {
                reached[index].forEachDay { body(Stage(step: index, day: $0)) }
                index -= 1
            } else {
                let opening = phaseOpening(index)
                reached[opening].forEachDay { forEachStage(from: opening, through: index, first: $0, body) }
                index = opening - 1
            }
        }
    }

    /// Room for a step's costs on all days that it reaches.
    func table(_ bounds: ClosedRange<Int>, _ count: Int) -> DayTable<Cell> {
        let size = CostArena<Cell>.rounded(count)
        return DayTable(
            first: bounds.lowerBound, last: bounds.upperBound, size: size, rows: arena.table(bounds.count * size))
    }

    func phaseOpening(_ index: Int) -> Int {
        var opening = index
        while !steps[opening].opensPhase { opening -= 1 }
        return opening
    }

    /// The steps of a phase with a window or a goal whose first visit is on `first`, the last one first. After these
    /// are settled the tables of its later steps hold this first day's values.
    private func forEachStage(from opening: Int, through last: Int, first: Int, _ body: (Stage) -> Void) {
        let limit = steps[opening].within.map { first + $0 } ?? Int.max
        var index = last
        while index > opening {
            let earliest = first + (opening + 1...index).reduce(0) { $0 + steps[$1].leastGap }
            reached[index].forEachDay { day in
                if day >= earliest && day <= limit { body(Stage(step: index, day: day, limit: limit, first: first)) }
            }
            index -= 1
        }
        body(Stage(step: opening, day: first, limit: limit, first: first))
    }

    /// Fills the values of the phase that a step opens for its first day, where it has a window or a goal.
    func settlePhase(openedBy step: Int, first: Int) {
        guard steps[step].countsFromFirstDay, steps[step].opensPhase else { return }
        var last = step
        while last + 1 < steps.count, steps[last + 1].phase == steps[step].phase { last += 1 }
        let (tables, usual) = (tables, candidate)
        forEachStage(from: step, through: last, first: first) { settle($0, in: tables, usual: usual) }
    }

    private func settle(_ stage: Stage, in tables: [StepTables<Cell>], usual: Int) {
        let (index, day) = (stage.step, stage.day)
        guard let prices = days.option(steps[index].kind, day) else { preconditionFailure("a reached day is open") }
        let table = tables[index].values
        let row = table.row(day)
        expanded += table.size
        if index + 1 < tables.count {
            followers(of: index, day, through: stage.limit, in: tables[index + 1].entries, into: row)
            row.add(prices.attendants(usual), table.size)
        } else {
            row.update(from: prices.attendants(usual), count: table.size)
        }
        addSpare(of: stage, to: row, table.size)
        if index > 0 { enter(index, day, from: table, into: tables[index].entries) }
    }

    /// The least cost of what follows a step's visit on a day: the gap, and what it costs to enter the next step's day.
    func followers(
        of index: Int, _ day: Int, through limit: Int, in entries: DayTable<Cell>, into row: UnsafeMutablePointer<Cell>
    ) {
        let next = steps[index + 1]
        // The window ends with its phase, also where a visit of the next one was given before. Days that are not
        // reached are impossible in the table.
        let last = min(next.phase == steps[index].phase ? limit : Int.max, entries.last)
        row.update(repeating: Cell.impossible, count: entries.size)
        next.forEachGaps(after: day) { gaps, ideal in
            for gap in gaps {
                let then = day + gap
                if then < entries.first || then > last { continue }
                let entry = entries.row(then)
                let price = CostGroup<Cell>(repeating: Cell.price(weights.gap * abs(gap - ideal)))
                for cell in Swift.stride(from: 0, to: entries.size, by: 8) {
                    row.setGroup(cell, pointwiseMin(row.group(cell), entry.group(cell) &+ price))
                }
            }
        }
    }

    /// Adds what the days in hand cost a step's visit, whoever attends.
    func addSpare(of stage: Stage, to row: UnsafeMutablePointer<Cell>, _ size: Int) {
        guard let spare else { return }
        let price = CostGroup<Cell>(
            repeating: Cell.price(spare.price(of: stage.step, on: stage.day, first: stage.first)))
        for cell in Swift.stride(from: 0, to: size, by: 8) { row.add(price, at: cell) }
    }

    /// What it costs to enter a step's day from each attendant of the step before: the same person, or the price of a
    /// change.
    private func enter(_ index: Int, _ day: Int, from values: DayTable<Cell>, into entries: DayTable<Cell>) {
        let (row, size) = (values.row(day), values.size)
        let entry = entries.row(day)
        let keepsRole = keepsRole[index]
        var group = row.group(0)
        for cell in Swift.stride(from: 8, to: size, by: 8) {
            group = pointwiseMin(group, row.group(cell))
        }
        let least = group.min()
        let change = CostGroup<Cell>(repeating: least &+ (keepsRole ? Cell.price(weights.continuity) : 0))
        for cell in Swift.stride(from: 0, to: entries.size, by: 8) {
            // The same role has the same attendants.
            entry.setGroup(cell, keepsRole ? pointwiseMin(row.group(cell), change) : change)
        }
    }

    // MARK: The usual time

    /// What comes before the first visit on a day with an attendant: the term `start` of a new course; gap and
    /// change of person since the last kept visit of another. Weighted.
    func entryPrice(_ day: Int, _ attendant: Int) -> Int {
        guard let anchor else { return weights.start * max(0, day - (request.wish.earliest - origin)) }
        let kind = kind(0)
        let isOther =
            kind.preferred == nil && anchor.attendant?.role == kind.continuityRole
            && anchor.person != kind.attendants[attendant]
        return weights.gap * abs(day - steps[0].ideal(on: day))
            + (anchor.attendant != nil && isOther ? weights.continuity : 0)
    }

    /// The cost of the cheapest plan for the present candidate; nil where it is more than the cells hold.
    private func cheapestOfCandidate() -> Int? {
        var best: Int?
        reached[0].forEachDay { day in
            guard let cost = cheapest(startingOn: day) else { return }
            best = min(best ?? cost, cost)
        }
        return best
    }

    /// The cost of the cheapest plan, whatever its usual time; nil where it is more than the cells hold. Afterwards the
    /// values are those of some candidate.
    func cheapestCost() -> Int? { cheapest()?.cost }

    /// Chooses the usual time whose cheapest plan is cheapest, the earliest such. Afterwards the values are filled.
    /// False where plans cost more than the cells hold.
    func settleUsual() -> Bool {
        guard let best = cheapest() else { return false }
        if candidate != best.usual { goBackward(best.usual) }
        return true
    }

    /// The cheapest candidate of the usual time, the earliest such. Candidates are taken in the order of what their
    /// plans would cost if everybody were the right person, and no further than that can be less.
    private func cheapest() -> (usual: Int, cost: Int)? {
        let bounds = days.usuals.count == 1 ? [0] : leastCostsByUsual()
        var best: (usual: Int, cost: Int)?
        for (bound, usual) in zip(bounds, bounds.indices).sorted(by: <) {
            if let best, (bound, usual) > (best.cost, best.usual) { break }
            goBackward(usual)
            guard let cost = cheapestOfCandidate() else { continue }
            if best.map({ (cost, usual) < ($0.cost, $0.usual) }) ?? true { best = (usual, cost) }
        }
        return best.flatMap { Cell.surely($0.cost) ? $0 : nil }
    }

    /// The cost of the cheapest plan that starts on a day; nil where it is more than the cells hold. `settleUsual`
    /// comes first.
    func cheapest(startingOn day: Int) -> Int? {
        kind(0).attendants.indices.filter { value(0, day)[$0] < Cell.impossible }
            .map { Int(value(0, day)[$0]) + entryPrice(day, $0) }.min()
    }
}

/// The tables of a step for one candidate of the usual time.
struct StepTables<Cell: CostCell> {
    /// What the step and all that follow cost, by day and attendant.
    let values: DayTable<Cell>
    /// What it costs to enter a day of the step, by day and attendant of the step before.
    let entries: DayTable<Cell>
}
