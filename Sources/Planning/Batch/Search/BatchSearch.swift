/// The search over answers to a batch: courses are taken out and put back one by one, each where it is cheapest beside
/// the others (ruin and recreate), with annealing cycles that grow; courses that find no place displace others. Runs
/// for some steps at a time, until all are spent, it is told to stop, or the answer is proven best.
final class BatchSearch {
    let state: BatchState
    let bounds: BatchBounds
    private let stepBudget: Int
    /// The share of its steps that go into bounds.
    private let provingPercent: Int
    /// Insertions that a search for room may try while courses are without a place, for each move of the next annealing
    /// cycle.
    private let placingEffort: Int
    private let shouldStop: () -> Bool
    var numbers: SeededNumbers
    /// How often each course was left without a place: such courses are ejected last.
    var failureCounts: [Int]
    private(set) var best: [BatchPlan?]
    private(set) var bestUnplaced: Int
    private(set) var bestCost = 0
    /// What each way of choosing courses to take out has earned lately.
    private var credits: [Int]
    private var isStopped = false
    /// The steps at which to pause.
    private var pause = 0
    private var isConstructed = false
    /// Moves of the next cycle.
    private var length: Int
    private var phase = Phase.between
    /// The plans from which the search for room goes on.
    private var placingStart: [BatchPlan?]

    /// Where in its cycle the search is.
    private enum Phase {
        case between
        case placing(until: Int)
        case annealing(move: Int, warm: Int)
        case proving
    }

    init(
        _ state: BatchState, bounds: BatchBounds, seed: UInt64, stepBudget: Int, provingPercent: Int,
        placingEffort: Int,
        shouldStop: @escaping () -> Bool
    ) {
        self.state = state
        self.bounds = bounds
        self.stepBudget = stepBudget
        self.provingPercent = provingPercent
        self.placingEffort = placingEffort
        self.shouldStop = shouldStop
        numbers = SeededNumbers(seed: seed)
        failureCounts = Array(repeating: 0, count: state.courses.count)
        best = state.plans
        placingStart = state.plans
        bestUnplaced = state.unplacedCount
        credits = Array(repeating: 100, count: Ruin.allCases.count)
        length = max(40, 4 * state.courses.count)
    }

    var count: Int { state.courses.count }

    var progress: BatchProgress {
        BatchProgress(
            steps: steps, unplaced: bestUnplaced, cost: bestCost,
            unplacedBound: bounds.unplaced, bound: min(bestCost, bounds.cost(leaving: bestUnplaced)))
    }

    private var steps: Int { state.insertion.count + bounds.steps }

    var isOver: Bool {
        if isStopped { return true }
        isStopped = steps >= stepBudget || shouldStop() || progress.isProvenBest
        return isStopped
    }

    /// Whether to end or to pause.
    var isPaused: Bool { steps >= pause || isOver }

    /// Goes on for about so many steps; the first answer is made in one go.
    func run(steps count: Int) {
        if self.count == 0 { return }
        pause = steps + count
        if !isConstructed {
            construct()
            isConstructed = true
            placingStart = best
        }
        while !isPaused { takeTurn() }
    }

    /// Takes over a better answer that was found elsewhere, and what was proven there.
    func learn(_ plans: [BatchPlan?], _ other: BatchProgress) {
        bounds.learn(unplaced: other.unplacedBound, cost: other.bound, leaving: other.unplaced)
        guard (other.unplaced, other.cost) < (bestUnplaced, bestCost) else { return }
        if other.unplaced < bestUnplaced { placingStart = plans }
        best = plans
        bestUnplaced = other.unplaced
        bestCost = other.cost
    }

    // MARK: Cycles

    /// Looks for room, anneals, proves; each until it ends or there is a pause.
    private func takeTurn() {
        switch phase {
        case .between:
            guard bestUnplaced > bounds.unplaced else { return beginAnnealing() }
            state.restore(placingStart)
            phase = .placing(until: state.insertion.count + placingEffort * length)
        case .placing(let end):
            let before = bestUnplaced
            state.insertion.costs.isGuided = numbers.chance(70) && bounds.guidePlaces(bestUnplaced, rounds: 40)
            placeUnplaced(until: min(end, state.insertion.count + 4 * max(40, 4 * count)))
            state.insertion.costs.isGuided = false
            placingStart = bestUnplaced < before ? best : state.plans
            if state.insertion.count >= end || bestUnplaced <= bounds.unplaced { beginAnnealing() }
        case .annealing(let move, let warm):
            anneal(from: move, warm: warm)
        case .proving:
            prove()
        }
    }

    private func beginAnnealing() {
        if numbers.chance(70) || state.unplacedCount > bestUnplaced { state.restore(best) }
        // In 256ths of a unit of cost: a move may cost up to so much at the beginning.
        phase = .annealing(move: 0, warm: 256 * numbers.number(8...60))
    }

    /// A cycle of moves, from warm to cold.
    private func anneal(from first: Int, warm: Int) {
        var move = first
        while move < length {
            if isPaused {
                phase = .annealing(move: move, warm: warm)
                return
            }
            let warmth = warm * (length - move) / length
            let slack = warmth * numbers.below(256) >> 16
            let ruin = pickRuin()
            let before = (bestUnplaced, bestCost)
            let isBetter = self.move(ruin, slack: slack)
            credit(ruin, (bestUnplaced, bestCost) < before ? 60 : isBetter ? 8 : 0)
            move += 1
        }
        length = length * 5 / 4
        phase = .proving
    }

    /// Spends its share of the steps on bounds, as long as they gain something.
    private func prove() {
        while bounds.steps * 100 < steps * provingPercent, bounds.isHopeful((bestUnplaced, bestCost)) {
            if isPaused { return }
            bounds.improve((bestUnplaced, bestCost))
        }
        phase = .between
    }

    /// Keeps the present plans if they are the best so far.
    func keepBest() {
        guard (state.unplacedCount, state.cost) < (bestUnplaced, bestCost) || best.allSatisfy({ $0 == nil }) else {
            return
        }
        best = state.plans
        bestUnplaced = state.unplacedCount
        bestCost = state.cost
    }

    // MARK: The first answers

    /// Places the courses in order, several times; those that fared badly come earlier the next time.
    private func construct() {
        var priorities = state.courses.map { course in
            course.steps.count + (course.request.wish.availability.isEmpty ? 0 : 20)
                + (course.request.wish.features.isEmpty ? 0 : 20)
        }
        var lastImproved = 0
        for round in 0..<20 {
            state.restore(Array(repeating: nil, count: count))
            let order = priorities.indices.sorted { (priorities[$1], $0) < (priorities[$0], $1) }
            for index in order where !isOver {
                if !state.insert(index) {
                    priorities[index] += 200
                    failureCounts[index] += 1
                }
            }
            for index in priorities.indices {
                if let plan = state.plans[index] { priorities[index] += plan.cost - state.courses[index].aloneCost }
            }
            let before = (bestUnplaced, bestCost)
            keepBest()
            if (bestUnplaced, bestCost) < before { lastImproved = round }
            if isOver || round - lastImproved >= 4 { break }
        }
        state.restore(best)
    }

    // MARK: Moves

    private func pickRuin() -> Ruin {
        let isComplete = state.unplacedCount == 0
        let weights = Ruin.allCases.map { $0 == .unplaced && isComplete ? 0 : credits[$0.rawValue] + 4 }
        var draw = numbers.below(weights.reduce(0, +))
        for ruin in Ruin.allCases {
            draw -= weights[ruin.rawValue]
            if draw < 0 { return ruin }
        }
        return .random
    }

    private func credit(_ ruin: Ruin, _ earned: Int) {
        // Scaled by ten, so that small credits fade too.
        credits[ruin.rawValue] = (credits[ruin.rawValue] * 31 + earned * 10) / 32
    }

    /// Takes some courses out and puts them back; undone where that costs more than `slack`, or leaves more courses
    /// without a place. True where the answer became better.
    private func move(_ ruin: Ruin, slack: Int) -> Bool {
        let cost = state.cost
        let unplaced = state.unplacedCount
        let mostCount = 2 + min(6, count / 4)
        let chosen = choose(ruin, 1 + min(numbers.below(mostCount), numbers.below(mostCount)))
        var saved: [(index: Int, plan: BatchPlan)] = []
        for index in chosen where state.plans[index] != nil { saved.append((index, state.remove(index))) }
        let isHopeful = saved.count < chosen.count
        let done = putBack(chosen, below: isHopeful ? nil : cost + slack + 1)
        let isKept =
            done && (state.unplacedCount < unplaced || state.unplacedCount == unplaced && state.cost <= cost + slack)
        guard isKept else {
            for index in chosen where state.plans[index] != nil { state.remove(index) }
            for (index, plan) in saved { state.place(index, plan) }
            return false
        }
        keepBest()
        return (state.unplacedCount, state.cost) < (unplaced, cost)
    }

    /// Puts courses back in a random order, or the hardest first. With a limit, all must find a place and the whole
    /// stay below it; without, some may be left.
    private func putBack(_ chosen: [Int], below limit: Int?) -> Bool {
        var order = chosen
        numbers.shuffle(&order)
        if limit == nil {
            order.sort { failureCounts[$0] > failureCounts[$1] }
        } else if numbers.chance(30) {
            order.sort { state.courses[$0].steps.count > state.courses[$1].steps.count }
        }
        var rest = order.reduce(0) { $0 + state.courses[$1].aloneCost }
        for index in order {
            rest -= state.courses[index].aloneCost
            let isPlaced = state.insert(index, below: limit.map { $0 - state.cost - rest } ?? Int.max)
            if !isPlaced {
                if limit != nil { return false }
                failureCounts[index] += 1
            }
        }
        return true
    }
}
