import Checker
import Planning

/// One place of a visit on a day, with what it costs whatever the rest of the course. Chairs and persons by their
/// configured order.
struct PlaceOption {
    let start: Int
    let chair: Int
    let persons: [Int]
    let covers: [Cover]
    let continuity: Int?
    var cost: Int

    /// Whether it comes before another of the same day.
    func isBetter(than other: PlaceOption) -> Bool {
        if (cost, start, chair) != (other.cost, other.start, other.chair) {
            return (cost, start, chair) < (other.cost, other.start, other.chair)
        }
        return persons.lexicographicallyPrecedes(other.persons)
    }
}

/// A plan being built.
struct Chain {
    var cost = 0
    var days: [Int] = []
    var options: [PlaceOption] = []

    /// Whether it comes before another of the same cost: by days, then starts, then chairs, then persons.
    func precedes(_ other: Chain) -> Bool {
        if days != other.days { return days.lexicographicallyPrecedes(other.days) }
        let (starts, otherStarts) = (options.map(\.start), other.options.map(\.start))
        if starts != otherStarts { return starts.lexicographicallyPrecedes(otherStarts) }
        let (chairs, otherChairs) = (options.map(\.chair), other.options.map(\.chair))
        if chairs != otherChairs { return chairs.lexicographicallyPrecedes(otherChairs) }
        return options.flatMap(\.persons).lexicographicallyPrecedes(other.options.flatMap(\.persons))
    }
}

/// Lists every chain of places of a course and keeps the best.
struct ChainSearch {
    let steps: [Step]
    let earliest: Int
    let weights: Weights
    let preferred: Int?
    let forPreferred: Int?
    let options: [[Int: [PlaceOption]]]
    /// The only first day, where one is set.
    var firstDay: Int?
    /// Only chains that cost less are kept, where a limit is set.
    var costLimit: Int?
    /// The best chain found.
    private(set) var best: Chain?

    init(
        steps: [Step], earliest: Int, weights: Weights, preferred: Int?, forPreferred: Int?,
        options: [[Int: [PlaceOption]]]
    ) {
        self.steps = steps
        self.earliest = earliest
        self.weights = weights
        self.preferred = preferred
        self.forPreferred = forPreferred
        self.options = options
    }

    /// Finds the best chain anew.
    mutating func run() {
        best = nil
        extend(Chain(), phaseFirst: 0)
    }

    private mutating func extend(_ chain: Chain, phaseFirst: Int) {
        let index = chain.days.count
        if let costLimit, chain.cost >= costLimit { return }
        if let best, chain.cost > best.cost { return }
        guard index < steps.count else {
            if best.map({ chain.cost < $0.cost || chain.precedes($0) }) ?? true { best = chain }
            return
        }
        let step = steps[index]
        guard step.gapMinimum <= step.gapMaximum else { return }
        for gap in step.gapMinimum...step.gapMaximum {
            let day = (chain.days.last ?? earliest) + gap
            if index == 0, let firstDay, day != firstDay { continue }
            let first = step.numberInPhase == 1 ? day : phaseFirst
            if let within = step.phase.withinDays, day - first > within { continue }
            let cost = index == 0 ? gap * weights.start : abs(gap - step.gapIdeal) * weights.gap
            for option in options[index][day] ?? [] {
                var longer = chain
                longer.cost += cost + option.cost + continuityCost(of: option, at: index, after: chain)
                longer.days.append(day)
                longer.options.append(option)
                extend(longer, phaseFirst: first)
            }
        }
    }

    private func continuityCost(of option: PlaceOption, at index: Int, after chain: Chain) -> Int {
        var count = 0
        if let last = chain.options.last, last.continuity != nil, option.continuity != nil,
            steps[index - 1].visitType.continuityLabel?.role == steps[index].visitType.continuityLabel?.role,
            last.continuity != option.continuity
        {
            count += 1
        }
        if index == forPreferred, option.continuity != preferred { count += 1 }
        return count * weights.continuity
    }
}
