/// A course in its places.
struct BatchPlan {
    /// Index among the course's candidates of the usual time.
    var usual: Int
    var cost: Int
    var visits: [BatchVisit]
}

/// The cheapest plan of one course beside what is booked, exactly: forward over (visit, day, continuity person, phase's
/// first day where it has a window), keeping only what the course's bounds allow within a corridor of costs, which
/// widens until a plan lies in it. Keeps its tables, so that an insertion allocates nothing but its plan.
final class CourseInsertion {
    /// A step's visit on a day, its phase begun on another.
    private struct Node {
        let day: Int
        let first: Int
        /// Where its costs lie: by attendant before the visit, then by attendant after it.
        let costs: UnsafeMutablePointer<Int32>
        var least: Int32
    }

    /// How far a pass has come.
    private struct Frontier {
        /// The most that a plan may cost.
        let corridor: Int32
        var end = 0
        /// The least bound that was left out.
        var pruned = impossibleCost
    }

    let days: BatchDays
    let costs: InsertionCosts
    var numbers: SeededNumbers
    /// Insertions tried, and what takes as long.
    private(set) var count = 0

    /// The nodes of all steps one after the other, and where each step's begin.
    private let nodes: UnsafeMutablePointer<Node>
    private let begins: UnsafeMutablePointer<Int>
    private let room: UnsafeMutablePointer<Int32>
    /// Index of the node of a day, or of a phase's first day and a day; -1 for none.
    private let nodeOf: UnsafeMutablePointer<Int32>
    private let leasts: UnsafeMutablePointer<Int32>
    private let stride: Int
    /// Slots from one start to the next.
    private let startEvery: Int
    var starts: [Int] = []
    private var order: [Int] = []
    /// For plans at any cost: by kind and day whether it is open, the stops of a chain, and which of them a day is.
    var openDays: [Bool?] = []
    var stops: [Stop] = []
    var stopOf: [Int] = []

    init(_ days: BatchDays, _ courses: [BatchCourse], patientCount: Int, seed: UInt64) {
        self.days = days
        costs = InsertionCosts(days, courses, patientCount: patientCount)
        numbers = SeededNumbers(seed: seed)
        let nodeCount = courses.map(\.nodeCount).max() ?? 1
        let attendants = courses.flatMap { $0.kinds.map(\.kind.attendants.count) }.max() ?? 1
        nodes = .allocate(capacity: max(1, nodeCount))
        begins = .allocate(capacity: (courses.map(\.steps.count).max() ?? 0) + 2)
        stride = 2 * attendants
        startEvery = max(1, days.calendar.facility.startEveryMinutes / days.grid.slotMinutes)
        room = .allocate(capacity: max(1, nodeCount * stride))
        nodeOf = .allocate(capacity: max(1, nodeCount))
        nodeOf.initialize(repeating: -1, count: max(1, nodeCount))
        leasts = .allocate(capacity: (courses.map(\.usualGroups).max() ?? 1) * 8)
        for course in courses where !course.steps.isEmpty { costs.settleThrough(course) }
    }

    deinit {
        nodes.deallocate()
        begins.deallocate()
        room.deallocate()
        nodeOf.deallocate()
        leasts.deallocate()
    }

    /// Counts work of another kind, measured in insertions.
    func spend(_ insertions: Int) { count += insertions }

    /// The cheapest plan below a limit, ties at random; nil where there is none.
    func cheapest(_ course: BatchCourse, below limit: Int) -> BatchPlan? {
        count += 1
        if course.steps.isEmpty { return limit > 0 ? BatchPlan(usual: 0, cost: 0, visits: []) : nil }
        let most = Int32(min(limit, Int(impossibleCost)))
        // Guided by prices, any plan will do.
        if costs.isGuided { return cheapest(course, within: impossibleCost) }
        if Int32(course.aloneCost) >= most { return nil }
        // Few days matter to a plan that costs little; so a low limit first.
        var width: Int32 = 24
        while true {
            let below = Int32(course.aloneCost) + width >= most ? most : Int32(course.aloneCost) + width
            if let plan = cheapest(course, within: below) { return plan }
            if below == most { return nil }
            width = width >= 96 ? impossibleCost : width * 2
        }
    }

    private func cheapest(_ course: BatchCourse, within limit: Int32) -> BatchPlan? {
        var best = limit
        var skeleton: [(day: Int, attendant: Int)] = []
        var chosen = -1
        costs.begin(course, below: limit, leasts)
        fillOrder(course.usuals.count)
        for usual in order {
            if leasts[usual] >= best { break }
            let least = costs.take(course, usual: usual, below: best)
            if least >= best { continue }
            if let cost = cost(of: course, usual, from: least, below: best) {
                best = cost
                chosen = usual
                skeleton = walkBack(course, cost)
            }
        }
        guard chosen >= 0 else { return nil }
        if costs.isGuided {
            for (step, place) in skeleton.enumerated() {
                best -= course.kinds[step].dayPrices[course.origin + place.day]
            }
        }
        let visits = skeleton.enumerated().map { step, place in
            visit(
                course, step, day: course.origin + place.day, attendant: place.attendant, usual: course.usuals[chosen])
        }
        return BatchPlan(usual: chosen, cost: Int(best), visits: visits)
    }

    /// The candidates of the usual time, those with the least bounds first, equal ones in random order.
    private func fillOrder(_ count: Int) {
        order.removeAll(keepingCapacity: true)
        for usual in 0..<count { order.append(usual) }
        numbers.shuffle(&order)
        // An insertion sort keeps the random order of equals.
        for index in order.indices.dropFirst() {
            var place = index
            while place > 0, leasts[order[place]] < leasts[order[place - 1]] {
                order.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    // MARK: Forward

    private func cost(of course: BatchCourse, _ usual: Int, from least: Int32, below limit: Int32) -> Int32? {
        // No plan is cheaper than the course alone, whose days in hand the bounds of days leave out.
        var corridor = course.hasGoal && !costs.isGuided ? max(least, Int32(course.aloneCost)) : least
        var width: Int32 = 2
        while corridor < limit {
            var frontier = Frontier(corridor: corridor)
            if let best = goForward(course, usual, &frontier) { return best < limit ? best : nil }
            if frontier.pruned >= limit { return nil }
            corridor = min(max(frontier.pruned, corridor &+ width), limit - 1)
            width *= 2
        }
        return nil
    }

    /// The cheapest cost within the corridor; nil where all plans cost more.
    private func goForward(_ course: BatchCourse, _ usual: Int, _ frontier: inout Frontier) -> Int32? {
        let start = course.shapes[0]
        begins[0] = 0
        for index in 0..<start.count {
            let day = start.first + index
            let entered = Int32(course.weights.start * day)
            let bound = entered &+ costs.bound(start, day)
            if bound > frontier.corridor {
                frontier.pruned = min(frontier.pruned, bound)
                continue
            }
            addNode(
                frontier.end, day, first: start.countsFromFirstDay ? day : 0, attendants: start.attendants, entered)
            frontier.end += 1
        }
        begins[1] = frontier.end
        for step in 0..<course.steps.count {
            if begins[step] == begins[step + 1] { return nil }
            for node in begins[step]..<begins[step + 1] { visit(course, step, node, usual) }
            guard step + 1 < course.steps.count else { break }
            let shape = course.shapes[step]
            let next = course.shapes[step + 1]
            for node in begins[step]..<begins[step + 1] {
                spread(nodes[node], of: course, from: shape, to: next, step + 1, &frontier)
            }
            for node in begins[step + 1]..<frontier.end { nodeOf[cell(nodes[node].day, nodes[node].first, next)] = -1 }
            begins[step + 2] = frontier.end
        }
        var best = impossibleCost
        for node in begins[course.steps.count - 1]..<frontier.end { best = min(best, nodes[node].least) }
        if best <= frontier.corridor { return best }
        frontier.pruned = min(frontier.pruned, best)
        return nil
    }

    private func addNode(_ index: Int, _ day: Int, first: Int, attendants: Int, _ entered: Int32) {
        let costs = room + index * stride
        (nodes + index).initialize(to: Node(day: day, first: first, costs: costs, least: impossibleCost))
        for attendant in 0..<attendants { costs[attendant] = entered }
    }

    /// Adds the visit's own cost to a node's attendants.
    private func visit(_ course: BatchCourse, _ step: Int, _ node: Int, _ usual: Int) {
        let own = costs.own(course, step, nodes[node].day, usual: usual)
        let attendants = course.shapes[step].attendants
        let before = nodes[node].costs
        let after = before + attendants
        if own.least >= impossibleCost { return after.update(repeating: impossibleCost, count: attendants) }
        var least = impossibleCost
        for attendant in 0..<attendants {
            let cost = min(before[attendant] &+ own.attendants[attendant], impossibleCost)
            after[attendant] = cost
            least = min(least, cost)
        }
        nodes[node].least = least
    }

    @inline(__always)
    private func cell(_ day: Int, _ first: Int, _ shape: StepShape) -> Int {
        let index = day - shape.first
        return shape.countsFromFirstDay ? first * shape.count + index : index
    }

    /// Adds the nodes of the next step that follow on one.
    private func spread(
        _ node: Node, of course: BatchCourse, from shape: StepShape, to next: StepShape, _ step: Int,
        _ frontier: inout Frontier
    ) {
        guard node.least < impossibleCost else { return }
        let change = node.least &+ (next.keepsRole ? Int32(course.weights.continuity) : 0)
        let after = node.costs + shape.attendants
        var gap = max(next.gapFrom, next.first - node.day)
        let last = min(next.gapUntil, next.first + next.count - 1 - node.day)
        while gap <= last {
            defer { gap += 1 }
            let day = node.day + gap
            let first = next.countsFromFirstDay ? next.opensPhase ? day : node.first : 0
            if let within = next.within, day - first > within { break }
            let spare = course.hasGoal ? course.spareCost(step, day, first: first) : 0
            let price = Int32(course.weights.gap * abs(gap - next.gapIdeal) + spare)
            let bound = node.least &+ price &+ costs.bound(next, day)
            if bound > frontier.corridor {
                frontier.pruned = min(frontier.pruned, bound)
                continue
            }
            let cell = cell(day, first, next)
            if nodeOf[cell] < 0 {
                addNode(frontier.end, day, first: first, attendants: next.attendants, impossibleCost)
                nodeOf[cell] = Int32(frontier.end)
                frontier.end += 1
            }
            let entered = nodes[Int(nodeOf[cell])].costs
            if next.keepsRole {
                for attendant in 0..<next.attendants {
                    entered[attendant] = min(entered[attendant], min(after[attendant], change) &+ price)
                }
            } else {
                for attendant in 0..<next.attendants { entered[attendant] = min(entered[attendant], change &+ price) }
            }
        }
    }

    // MARK: Back

    /// A chain of days and attendants that costs just so much, ties at random.
    private func walkBack(_ course: BatchCourse, _ cost: Int32) -> [(day: Int, attendant: Int)] {
        guard var step = course.steps.indices.last else { return [] }
        var places: [(day: Int, attendant: Int)] = []
        var seen = 0
        var at = (node: 0, attendant: 0)
        func offer(_ node: Int, _ attendant: Int) {
            seen += 1
            if numbers.below(seen) == 0 { at = (node, attendant) }
        }
        for node in begins[step]..<begins[step + 1] where nodes[node].least == cost {
            let attendants = course.shapes[step].attendants
            for attendant in 0..<attendants where nodes[node].costs[attendants + attendant] == cost {
                offer(node, attendant)
            }
        }
        while true {
            let here = nodes[at.node]
            places.append((here.day, at.attendant))
            if step == 0 { break }
            let wanted = here.costs[at.attendant]
            let attendant = at.attendant
            seen = 0
            let shape = course.shapes[step]
            let attendants = course.shapes[step - 1].attendants
            for index in begins[step - 1]..<begins[step] where nodes[index].least < impossibleCost {
                let gap = here.day - nodes[index].day
                guard gap >= shape.gapFrom && gap <= shape.gapUntil else { continue }
                if shape.countsFromFirstDay, !shape.opensPhase, nodes[index].first != here.first { continue }
                let spare = course.spareCost(step, here.day, first: here.first)
                let price = Int32(course.weights.gap * abs(gap - shape.gapIdeal) + spare)
                let change = shape.keepsRole ? Int32(course.weights.continuity) : 0
                let after = nodes[index].costs + attendants
                for other in 0..<attendants where after[other] &+ price &+ (other == attendant ? 0 : change) == wanted {
                    offer(index, other)
                }
            }
            precondition(seen > 0, "a cheapest plan has a way back")
            step -= 1
        }
        return places.reversed()
    }

    /// A visit on its day with its attendant: one of the cheapest starts, a chair, and who attends.
    private func visit(_ course: BatchCourse, _ step: Int, day: Int, attendant: Int, usual: Int) -> BatchVisit {
        let kind = course.kinds[step]
        let levels = course.fillLevels(step, day, usual: usual)
        course.starts(step, day, attendant: attendant, levels: levels, into: &starts)
        precondition(!starts.isEmpty, "a chosen day is open")
        let slot = pick(kind, day, attendant)
        guard let staffed = kind.attendance(day, attendant: attendant, slot: slot) else {
            preconditionFailure("a sure start can be attended")
        }
        return BatchVisit(day: day, pool: pool(kind, day, slot), attendant: attendant, staffed: staffed)
    }

    /// One of the cheapest starts: mostly one at the edge of a stretch of free starts, which leaves the rest of the
    /// stretch whole for others.
    func pick(_ kind: BatchKind, _ day: Int, _ attendant: Int) -> Int {
        if starts.count == 1 || numbers.chance(25) { return starts[numbers.below(starts.count)] }
        if costs.isGuided, let priced = kind.priced { return priced.cheapest(starts, day, attendant) }
        let surely = kind.surelyRow(day, attendant)
        let chairs = kind.chairRow(day)
        func isFree(_ slot: Int) -> Bool {
            slot >= 0 && slot < days.slotCount && days.rows.contains(surely, slot) && days.rows.contains(chairs, slot)
        }
        var seen = 0
        var chosen = starts[0]
        for slot in starts where !isFree(slot - startEvery) || !isFree(slot + startEvery) {
            seen += 1
            if numbers.below(seen) == 0 { chosen = slot }
        }
        return seen > 0 ? chosen : starts[numbers.below(starts.count)]
    }

    /// The pool with the fewest features whose chairs leave the hold free; the tightest of these.
    func pool(_ kind: BatchKind, _ day: Int, _ slot: Int) -> Int {
        let chairs = days.calendar.facility.chairs
        var best = -1
        var bestScore = Int.max
        for (index, pool) in days.pools[day].enumerated() where kind.fits(pool) {
            guard (slot..<(slot + kind.kind.holdSlots)).allSatisfy({ days.rows.contains(pool.free, $0) }) else {
                continue
            }
            let isFreeBefore = slot > 0 && days.rows.contains(pool.free, slot - 1)
            let end = slot + kind.kind.holdSlots
            let isFreeAfter = end < days.slotCount && days.rows.contains(pool.free, end)
            let score = chairs[pool.chair].features.count * 4 + (isFreeBefore ? 1 : 0) + (isFreeAfter ? 1 : 0)
            if score < bestScore { (best, bestScore) = (index, score) }
        }
        precondition(best >= 0, "a start has a free chair")
        return best
    }
}
