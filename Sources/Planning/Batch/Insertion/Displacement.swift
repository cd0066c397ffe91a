/// The courses to take out so that one finds a place, by the least that they weigh together (ejection by weights, after
/// Nagata and Bräysy 2009). Each of its days has the one or two courses whose visits close it; the cheapest chain of
/// days is sought as in an insertion. A course that closes several of the chosen days is counted for each.
struct Displacement: ~Copyable {
    /// What opens a day: nothing, one course or two.
    private struct Way {
        let weight: Int
        var courses: [Int] = []

        static let open = Way(weight: 0)
        static let none = Way(weight: impossible)
    }

    /// A step's visit on a day, its phase begun on another.
    private struct Node {
        let day: Int
        let first: Int
        /// The node before it.
        var before: Int
        var weight: Int
    }

    private static let impossible = Int.max / 4
    /// Days with more visits than so many are looked at one by one only, and these beyond so many not at all.
    private static let mostInPairs = 9
    private static let mostAlone = 24

    private let state: BatchState
    private let course: BatchCourse
    private let weights: [Int]
    /// Who has visits on a day, with the number of the step.
    private var visitors: [[(course: Int, step: Int)]]
    private var ways: [Way?]
    private let leasts: UnsafeMutablePointer<CostGroup16>
    /// Openings tried, the measure of what it takes.
    private(set) var tries = 0

    /// - Parameter weights: what it weighs to take out each course.
    init(_ state: BatchState, for index: Int, weights: [Int]) {
        self.state = state
        self.weights = weights
        course = state.courses[index]
        visitors = Array(repeating: [], count: state.days.count)
        ways = Array(repeating: nil, count: course.kindCount * state.days.count)
        leasts = .allocate(capacity: course.usualGroups)
        for (other, plan) in state.plans.enumerated() {
            guard let plan else { continue }
            for (step, visit) in plan.visits.enumerated() { visitors[visit.day].append((other, step)) }
        }
    }

    deinit { leasts.deallocate() }

    /// The courses to take out; nil where no one or two a day would do.
    mutating func courses() -> Set<Int>? {
        var nodes = start()
        var begins = [0, nodes.count]
        for step in course.steps.indices.dropFirst() {
            spread(step, &nodes, from: begins[step - 1]..<begins[step])
            begins.append(nodes.count)
            if begins[step] == begins[step + 1] { return nil }
        }
        let last = (begins[course.steps.count - 1]..<nodes.count).min { nodes[$0].weight < nodes[$1].weight }
        guard var node = last, nodes[node].weight < Displacement.impossible else { return nil }
        var taken: Set<Int> = []
        for step in course.steps.indices.reversed() {
            taken.formUnion(way(step, nodes[node].day).courses)
            node = nodes[node].before
        }
        return taken
    }

    private mutating func start() -> [Node] {
        let shape = course.shapes[0]
        var nodes: [Node] = []
        for day in shape.first..<(shape.first + shape.count) {
            let weight = way(0, day).weight
            if weight >= Displacement.impossible { continue }
            nodes.append(Node(day: day, first: shape.countsFromFirstDay ? day : 0, before: 0, weight: weight))
        }
        return nodes
    }

    private mutating func spread(_ step: Int, _ nodes: inout [Node], from range: Range<Int>) {
        let shape = course.shapes[step]
        let firsts = shape.countsFromFirstDay ? (nodes[range].map(\.day).max() ?? 0) + shape.gapUntil + 1 : 1
        var nodeOf = [Int](repeating: -1, count: firsts * shape.count)
        for index in range {
            let node = nodes[index]
            let from = max(node.day + shape.gapFrom, shape.first)
            let through = min(node.day + shape.gapUntil, shape.first + shape.count - 1)
            if from > through { continue }
            for day in from...through {
                let first = shape.countsFromFirstDay ? shape.opensPhase ? day : node.first : 0
                if let within = shape.within, day - first > within { break }
                let own = way(step, day).weight
                if own >= Displacement.impossible { continue }
                let cell = first * shape.count + day - shape.first
                let weight = node.weight + own
                if nodeOf[cell] < 0 {
                    nodeOf[cell] = nodes.count
                    nodes.append(Node(day: day, first: first, before: index, weight: weight))
                } else if weight < nodes[nodeOf[cell]].weight {
                    nodes[nodeOf[cell]].weight = weight
                    nodes[nodeOf[cell]].before = index
                }
            }
        }
    }

    // MARK: One day

    private mutating func way(_ step: Int, _ offset: Int) -> Way {
        let day = course.origin + offset
        guard day >= 0, day < state.days.count else { return .none }
        let cell = course.shapes[step].kind * state.days.count + day
        if let way = ways[cell] { return way }
        let way = cheapestWay(step, day)
        ways[cell] = way
        return way
    }

    private mutating func cheapestWay(_ step: Int, _ day: Int) -> Way {
        if isOpen(step, day) { return .open }
        let others = visitors[day].sorted { (weights[$0.course], $0.course) < (weights[$1.course], $1.course) }
            .prefix(Displacement.mostAlone)
        for other in others {
            take(other, day, away: true)
            let opens = isOpen(step, day)
            take(other, day, away: false)
            if opens { return Way(weight: weights[other.course], courses: [other.course]) }
        }
        guard others.count <= Displacement.mostInPairs else { return .none }
        var best = Way.none
        for (index, one) in others.enumerated() {
            take(one, day, away: true)
            for two in others.prefix(index) where two.course != one.course {
                let weight = weights[one.course] + weights[two.course]
                guard weight < best.weight else { continue }
                take(two, day, away: true)
                if isOpen(step, day) { best = Way(weight: weight, courses: [one.course, two.course]) }
                take(two, day, away: false)
            }
            take(one, day, away: false)
        }
        return best
    }

    private mutating func isOpen(_ step: Int, _ day: Int) -> Bool {
        tries += 1
        return state.insertion.costs.patientDays[course.patient * state.days.count + day] == 0
            && course.fillLeast(step, day, into: leasts)
    }

    private func take(_ other: (course: Int, step: Int), _ day: Int, away: Bool) {
        guard let visit = state.plans[other.course]?.visits[other.step] else { return }
        let owner = state.courses[other.course]
        owner.kinds[other.step].occupy(visit, adding: !away)
        state.insertion.costs.patientDays[owner.patient * state.days.count + day] += away ? -1 : 1
    }
}

extension BatchSearch {
    /// Takes out the courses that weigh least in the way of one, puts it in and as many of them as fit. True where that
    /// was kept: the courses left out weigh no more than before.
    func displace(for index: Int) -> Bool {
        let weights = failureCounts.map { 8 * (1 + $0) + numbers.below(8) }
        var displacement = Displacement(state, for: index, weights: weights)
        let found = displacement.courses()
        state.insertion.spend(displacement.tries / 8)
        guard let found, !found.isEmpty else { return false }
        var order = found.sorted()
        numbers.shuffle(&order)
        let before = weight(state.unplaced)
        let saved = order.map { (index: $0, plan: state.remove($0)) }
        if state.insertAnywhere(index) {
            order.sort { failureCounts[$0] > failureCounts[$1] }
            for other in order { _ = state.insertAnywhere(other) }
            if weight(state.unplaced) <= before { return true }
            state.remove(index)
        }
        for other in order where state.plans[other] != nil { state.remove(other) }
        for (other, plan) in saved { state.place(other, plan) }
        return false
    }
}
