/// The days of a course's search, opened one by one as they are met: for each kind of visit and day, what it costs at
/// its cheapest start. Shared by searches that ask for other gaps or another start window of the same course.
///
/// Days are indices from the search's origin. A row holds, for each lane (continuity person) and each candidate
/// of the usual time, one cost: `row[lane * stride + usual]`.
final class OpenDays<Cell: CostCell> {
    let request: CourseRequest
    let calendar: PlanningCalendar
    let evaluator: DayEvaluator
    let kinds: [VisitKind]
    /// The candidates of the usual time, minutes on the clock, measured side by side.
    private(set) var usuals: [Int]
    /// Cells of a lane: the candidates, in whole groups where there are several.
    private(set) var stride: Int

    private enum Option {
        case unknown
        case closed
        case open(UnsafeMutablePointer<Cell>)
    }

    private let costs: DayCosts<Cell>
    private let arena = CostArena<Cell>()
    /// By kind and day, `dayCount` days a kind.
    private let options: UnsafeMutablePointer<Option>
    private let dayCount: Int
    private let boards: [DayBoard]
    private let firstBoard: Int

    init(_ request: CourseRequest, on calendar: PlanningCalendar, now: Int, kinds: [VisitKind], origin: Day) {
        self.request = request
        self.calendar = calendar
        self.kinds = kinds
        evaluator = DayEvaluator(request, on: calendar, now: now, mostLabels: kinds.map(\.labels.count).max() ?? 1)
        let chooses = request.usual == nil && kinds.contains(where: \.rhythm)
        let usuals = chooses ? usualCandidates(of: calendar.facility) : [request.usual ?? 0]
        self.usuals = usuals
        costs = DayCosts(evaluator, calendar, request, usuals: usuals)
        stride = usuals.count == 1 ? 1 : CostArena<Cell>.rounded(usuals.count)
        dayCount = max(0, calendar.last - origin + 1)
        options = .allocate(capacity: max(1, kinds.count * dayCount))
        options.initialize(repeating: .unknown, count: max(1, kinds.count * dayCount))
        boards = calendar.boards
        firstBoard = origin - calendar.first
    }

    deinit { options.deallocate() }

    /// The board of a day, or nil outside of the calendar.
    func board(_ day: Int) -> DayBoard? {
        let index = firstBoard + day
        return index >= 0 && index < boards.count ? boards[index] : nil
    }

    /// The costs of a kind of visit on a day by lane and usual time; nil where no visit of the kind can be that day.
    /// Opens the day when first asked.
    func option(_ kind: Int, _ day: Int) -> UnsafeMutablePointer<Cell>? {
        precondition(day < dayCount, "days are asked for before they are opened")
        let option = options + kind * dayCount + day
        switch option.pointee {
        case .closed: return nil
        case .open(let row): return row
        case .unknown: break
        }
        if let fixed = kinds[kind].demand?.fixed { return fixedOption(kind, day, fixed, option) }
        guard let board = board(day), evaluator.evaluate(kinds[kind], on: board) else {
            option.pointee = .closed
            return nil
        }
        let row = arena.table(kinds[kind].lanes.count * stride)
        let isOpen = costs.fill(row, stride: stride, kinds[kind], on: board, usuals: usuals)
        option.pointee = isOpen ? .open(row) : .closed
        return isOpen ? row : nil
    }

    /// The costs of a visit that stays at its place; nil on any other day.
    private func fixedOption(
        _ kind: Int, _ day: Int, _ place: Placement, _ option: UnsafeMutablePointer<Option>
    ) -> UnsafeMutablePointer<Cell>? {
        guard let board = board(day), board.calendar.day == place.day else {
            option.pointee = .closed
            return nil
        }
        let row = arena.table(kinds[kind].lanes.count * stride)
        costs.fill(row, stride: stride, kinds[kind], at: place, on: board, usuals: usuals)
        option.pointee = .open(row)
        return row
    }

    /// Keeps the costs of one candidate of the usual time.
    func narrow(to usual: Int) {
        for index in 0..<(kinds.count * dayCount) {
            guard case .open(let row) = options[index] else { continue }
            let lanes = kinds[index / dayCount].lanes.count
            for lane in 0..<lanes { row[lane] = row[lane * stride + usual] }
            // What is left of the last group must not look like a cost.
            for cell in lanes..<CostArena<Cell>.rounded(lanes) where cell < CostArena<Cell>.rounded(lanes * stride) {
                row[cell] = Cell.impossible
            }
        }
        usuals = [usuals[usual]]
        stride = 1
    }
}

/// The half hours of the clock worth measuring: those within 30 minutes of a time at which the clinic may be open, and
/// the earliest of the others, which all cost the same.
func usualCandidates(of facility: Facility) -> [Int] {
    let windows = facility.hours.values.joined() + facility.openings.map(\.hours)
    let halves = Array(Swift.stride(from: 0, to: 1440, by: 30))
    let near = halves.filter { half in windows.contains { $0.from - 30 <= half && half < $0.until + 30 } }
    let far = halves.first { !near.contains($0) }
    return (near + (far.map { [$0] } ?? [])).sorted()
}
