import Checker
import Planning

/// One place of a visit on a day, with what it costs whatever the rest of the course. Chairs in the
/// order in which equal ones are taken, persons in configured order.
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
    let steps: [CheckedStep]
    let earliest: Int
    let weights: Weights
    let preferred: Int?
    let wishes: [Bool]
    let options: [[Int: [PlaceOption]]]
    /// What the days in hand cost a step on a day, its phase beginning on another.
    let spare: (Int, Int, Int) -> Int
    /// The only first day, where one is set.
    var firstDay: Int?
    /// Only chains that cost less are kept, where a limit is set.
    var costLimit: Int?
    /// The best chain found.
    private(set) var best: Chain?
    /// Whether the best continuation of each state is remembered: the same answer, found in time on long courses.
    var remembers = false
    private var remembered: [State: Chain?] = [:]

    /// All of a chain on which the rest of the course depends.
    private struct State: Hashable {
        let index: Int
        let day: Int
        let continuity: Int?
        let phaseFirst: Int
    }

    init(
        steps: [CheckedStep], earliest: Int, weights: Weights, preferred: Int?, wishes: [Bool],
        options: [[Int: [PlaceOption]]], spare: @escaping (Int, Int, Int) -> Int
    ) {
        self.steps = steps
        self.earliest = earliest
        self.weights = weights
        self.preferred = preferred
        self.wishes = wishes
        self.options = options
        self.spare = spare
    }

    /// Finds the best chain anew.
    mutating func run() {
        best = nil
        guard remembers else { return extend(Chain(), phaseFirst: 0) }
        let found = continuation(State(index: 0, day: earliest, continuity: nil, phaseFirst: 0))
        best = found.flatMap { chain in costLimit.map { chain.cost < $0 } ?? true ? chain : nil }
    }

    /// The best rest of a course. Of two chains with the same beginning the better is the one with the better rest.
    private mutating func continuation(_ state: State) -> Chain? {
        guard state.index < steps.count else { return Chain() }
        if state.index > 0, let known = remembered[state] { return known }
        let step = steps[state.index]
        var best: Chain?
        for day in step.days(after: Day(number: state.day)) {
            let gap = day.number - state.day
            guard let (first, cost) = entry(gap, to: state.index, after: state.day, state.phaseFirst) else { continue }
            for option in options[state.index][state.day + gap] ?? [] {
                let next = State(
                    index: state.index + 1, day: state.day + gap, continuity: option.continuity,
                    phaseFirst: isWindowed(state.index + 1) ? first : 0)
                guard var rest = continuation(next) else { continue }
                rest.cost += cost + option.cost
                rest.cost += continuityCost(of: option, at: state.index, afterPerson: state.continuity)
                rest.days.insert(state.day + gap, at: 0)
                rest.options.insert(option, at: 0)
                if best.map({ rest.cost < $0.cost || (rest.cost == $0.cost && rest.precedes($0)) }) ?? true {
                    best = rest
                }
            }
        }
        if state.index > 0 { remembered[state] = .some(best) }
        return best
    }

    private func isWindowed(_ index: Int) -> Bool {
        index < steps.count && (steps[index].phase.withinDays != nil || steps[index].phase.goal != nil)
    }

    /// The first day of the phase and the cost of a gap, or nil where the gap leads where the step may not go.
    private func entry(_ gap: Int, to index: Int, after day: Int, _ phaseFirst: Int) -> (phaseFirst: Int, cost: Int)? {
        let step = steps[index]
        let asked = step.gap(on: Day(number: day + gap))
        guard asked.minimum <= gap, gap <= asked.maximum, index > 0 || firstDay.map({ $0 == day + gap }) ?? true else {
            return nil
        }
        let first = step.numberInPhase == 1 ? day + gap : phaseFirst
        if let within = step.phase.withinDays, day + gap - first > within { return nil }
        let cost = index == 0 ? gap * weights.start : abs(gap - asked.ideal) * weights.gap
        return (first, cost + spare(index, day + gap, first))
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
        let before = chain.days.last ?? earliest
        for day in step.days(after: Day(number: before)).map(\.number) {
            let gap = day - before
            guard let (first, cost) = entry(gap, to: index, after: before, phaseFirst) else { continue }
            for option in options[index][day] ?? [] {
                var longer = chain
                longer.cost += cost + option.cost
                longer.cost += continuityCost(of: option, at: index, afterPerson: chain.options.last?.continuity)
                longer.days.append(day)
                longer.options.append(option)
                extend(longer, phaseFirst: first)
            }
        }
    }

    private func continuityCost(of option: PlaceOption, at index: Int, afterPerson person: Int?) -> Int {
        if wishes[index] { return option.continuity == preferred ? 0 : weights.continuity }
        guard let person, let own = option.continuity, own != person,
            steps[index - 1].visitType.continuityLabel?.role == steps[index].visitType.continuityLabel?.role
        else { return 0 }
        return weights.continuity
    }
}
