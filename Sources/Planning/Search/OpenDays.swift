/// The days of a course's search, opened one by one as they are met: for each kind of visit and day, what it costs at
/// its cheapest start. Shared by searches that ask for other gaps or another start window of the same course.
///
/// Days are indices from the search's origin. For each candidate of the usual time a day has a row with one cost for
/// each attendant (continuity person), and beside these rows the least cost of each.
final class OpenDays<Cell: CostCell> {
    let request: CourseRequest
    let calendar: PlanningCalendar
    let evaluator: DayEvaluator
    let kinds: [VisitKind]
    /// The candidates of the usual time, minutes on the clock.
    let usuals: [Int]

    private enum Option {
        case unknown
        case closed
        case open(DayPrices<Cell>)
    }

    /// What the day that was evaluated last costs.
    let costs: DayCosts<Cell>
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
        let chooses = request.wish.usual == nil && kinds.contains(where: \.rhythm)
        let usuals = chooses ? usualCandidates(of: calendar.facility) : [request.wish.usual ?? 0]
        self.usuals = usuals
        costs = DayCosts(evaluator, calendar, request, usuals: usuals)
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

    /// What a kind of visit costs on a day; nil where no visit of the kind can be that day. Opens the day when first
    /// asked.
    func option(_ kind: Int, _ day: Int) -> DayPrices<Cell>? {
        precondition(day < dayCount, "days are asked for before they are opened")
        let option = options + kind * dayCount + day
        switch option.pointee {
        case .closed: return nil
        case .open(let prices): return prices
        case .unknown: break
        }
        option.pointee = opened(kinds[kind], day).map { .open($0) } ?? .closed
        return if case .open(let prices) = option.pointee { prices } else { nil }
    }

    private func opened(_ kind: VisitKind, _ day: Int) -> DayPrices<Cell>? {
        guard let board = board(day) else { return nil }
        if let place = kind.constraint?.fixed {
            guard board.calendar.day == place.day else { return nil }
            let prices = DayPrices(kind, usuals: usuals.count, arena)
            costs.fill(prices, kind, at: place, on: board)
            return prices
        }
        guard evaluator.evaluate(kind, on: board) else { return nil }
        let prices = DayPrices(kind, usuals: usuals.count, arena)
        return costs.fill(prices, kind, on: board) ? prices : nil
    }
}

/// What a kind of visit costs on a day at its cheapest start, by candidate of the usual time and by attendant.
struct DayPrices<Cell: CostCell> {
    private let cells: UnsafeMutablePointer<Cell>
    /// Cells of a candidate's row: the attendants, in whole groups.
    private let rowSize: Int
    /// Candidates that cost different: one where the visits of the kind have no rhythm.
    let usuals: Int

    /// Room for prices, all impossible.
    init(_ kind: VisitKind, usuals: Int, _ arena: CostArena<Cell>) {
        self.usuals = kind.rhythm ? usuals : 1
        rowSize = CostArena<Cell>.rounded(kind.attendants.count)
        cells = arena.table(self.usuals * rowSize + CostArena<Cell>.rounded(self.usuals))
    }

    /// The costs by attendant, for a candidate of the usual time.
    @inline(__always)
    func attendants(_ usual: Int) -> UnsafeMutablePointer<Cell> { cells + (usuals == 1 ? 0 : usual) * rowSize }

    /// The least cost of any attendant, by candidate that costs different.
    @inline(__always)
    var least: UnsafeMutablePointer<Cell> { cells + usuals * rowSize }

    /// Lowers what an attendant costs for a candidate.
    @inline(__always)
    func lower(_ usual: Int, _ attendant: Int, to price: Cell) {
        let cell = cells + usual * rowSize + attendant
        cell.pointee = min(cell.pointee, price)
        least[usual] = min(least[usual], price)
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
