/// Bounds on every answer to a batch: on the courses left without a place, and on the cost.
final class BatchBounds {
    /// No answer leaves fewer courses without a place, beside those that find none alone.
    private(set) var unplaced = 0
    /// Courses priced so far.
    private(set) var steps = 0
    /// The least that each course costs alone, ascending.
    private let costs: [Int]
    private let costPrices: PriceSearch?
    private let placePrices: PriceSearch?
    /// What was proven elsewhere, by courses without a place.
    private var learnt: [Int: Int] = [:]

    /// Courses with more continuity persons than this are not priced: it would take too long to gain anything.
    private static let mostAttendants = 40

    /// Each course alone on days that hold only what stays.
    init(_ courses: [BatchCourse], _ days: BatchDays, isFree: (BatchCourse, Int) -> Bool) {
        costs = courses.map(\.aloneCost).sorted()
        let attendants = courses.flatMap { $0.kinds.map(\.kind.attendants.count) }.max() ?? 0
        if attendants <= BatchBounds.mostAttendants && courses.count > 1 {
            costPrices = PriceSearch(courses, days, isCosted: true, isFree: isFree)
            placePrices = PriceSearch(courses, days, isCosted: false, isFree: isFree)
        } else {
            costPrices = nil
            placePrices = nil
        }
    }

    /// The least that an answer costs which leaves so many courses without a place.
    func cost(leaving unplaced: Int) -> Int {
        let alone = max(costs.dropLast(unplaced).reduce(0, +), learnt[unplaced] ?? 0)
        guard let costPrices, costPrices.leaving == unplaced else { return alone }
        return max(alone, costPrices.bound)
    }

    /// Takes over what was proven elsewhere.
    func learn(unplaced: Int, cost: Int, leaving: Int) {
        self.unplaced = max(self.unplaced, unplaced)
        learnt[leaving] = max(learnt[leaving] ?? 0, cost)
    }

    /// Whether another round may prove more about an answer.
    func isHopeful(_ best: (unplaced: Int, cost: Int)) -> Bool {
        hopeful(best) != nil
    }

    private func hopeful(_ best: (unplaced: Int, cost: Int)) -> PriceSearch? {
        if best.unplaced > unplaced, let placePrices, placePrices.isHopeful,
            costPrices.map({ placePrices.steps <= $0.steps || !$0.isHopeful }) ?? true
        {
            return placePrices
        }
        guard let costPrices, best.cost > cost(leaving: best.unplaced) else { return nil }
        return costPrices.isHopeful || costPrices.leaving != best.unplaced ? costPrices : nil
    }

    /// Lets prices of the places guide the search, after so many rounds at least; false where there are none.
    func guidePlaces(_ unplaced: Int, rounds: Int) -> Bool {
        guard let placePrices else { return false }
        var left = rounds
        while placePrices.rounds < rounds, left > 0, placePrices.isHopeful {
            let before = placePrices.steps
            placePrices.round(leaving: 0, known: unplaced)
            self.unplaced = max(self.unplaced, placePrices.bound)
            steps += placePrices.steps - before
            left -= 1
        }
        placePrices.guide(150)
        return true
    }

    /// Tries to prove more about an answer, by pricing every course once.
    func improve(_ best: (unplaced: Int, cost: Int)) {
        guard let search = hopeful(best) else { return }
        let before = search.steps
        search.round(leaving: search.isCosted ? best.unplaced : 0, known: search.isCosted ? best.cost : best.unplaced)
        if !search.isCosted { unplaced = max(unplaced, search.bound) }
        steps += search.steps - before
    }
}
