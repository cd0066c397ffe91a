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
        /// Where its costs lie: by lane before the visit, then by lane after it.
        let costs: Int
        var least: Int32
    }

    let days: BatchDays
    let costs: InsertionCosts
    var numbers: SeededNumbers
    /// Insertions tried.
    private(set) var count = 0

    private var nodes: [[Node]] = []
    private var room: [Int32] = []
    private var used = 0
    private var nodeOf: [Int32] = []
    private var starts: [Int] = []
    private var leasts: [Int32] = []
    private var order: [Int] = []
    private var nextPruned = impossibleCost

    init(_ days: BatchDays, patientCount: Int, seed: UInt64) {
        self.days = days
        costs = InsertionCosts(days, patientCount: patientCount)
        numbers = SeededNumbers(seed: seed)
    }

    /// The cheapest plan below a limit, ties at random; nil where there is none.
    func cheapest(_ course: BatchCourse, below limit: Int) -> BatchPlan? {
        count += 1
        if course.steps.isEmpty { return limit > 0 ? BatchPlan(usual: 0, cost: 0, visits: []) : nil }
        var best = Int32(min(limit, Int(impossibleCost)))
        if Int32(course.aloneCost) >= best { return nil }
        var skeleton: [(day: Int, lane: Int)] = []
        var chosen = -1
        if leasts.count < course.usuals.count { leasts = Array(repeating: 0, count: course.usuals.count) }
        costs.begin(course, &leasts)
        fillOrder(course.usuals.count)
        for usual in order {
            if leasts[usual] >= best { break }
            let least = costs.take(usual: usual)
            if least >= best { continue }
            if let cost = cost(of: course, from: least, below: best) {
                best = cost
                chosen = usual
                skeleton = walkBack(course, cost)
            }
        }
        guard chosen >= 0 else { return nil }
        let visits = skeleton.enumerated().map { step, place in
            visit(course, step, day: course.origin + place.day, lane: place.lane, usual: course.usuals[chosen])
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

    private func cost(of course: BatchCourse, from least: Int32, below limit: Int32) -> Int32? {
        var corridor = least
        var width: Int32 = 2
        while corridor < limit {
            nextPruned = impossibleCost
            if let best = goForward(course, through: corridor) { return best < limit ? best : nil }
            if nextPruned >= limit { return nil }
            corridor = min(max(nextPruned, corridor &+ width), limit - 1)
            width *= 2
        }
        return nil
    }

    private func goForward(_ course: BatchCourse, through corridor: Int32) -> Int32? {
        used = 0
        while nodes.count < course.steps.count { nodes.append([]) }
        for step in course.steps.indices { nodes[step].removeAll(keepingCapacity: true) }
        for day in course.ranges[0] {
            let entered = Int32(course.weights.start * day)
            let bound = entered &+ costs.bound(course, 0, day)
            if bound > corridor {
                nextPruned = min(nextPruned, bound)
                continue
            }
            let node = newNode(0, day, first: course.steps[0].within == nil ? 0 : day, course)
            for lane in 0..<course.kinds[0].kind.lanes.count { room[nodes[0][node].costs + lane] = entered }
        }
        for step in course.steps.indices {
            if nodes[step].isEmpty { return nil }
            for node in nodes[step].indices { visit(course, step, node) }
            if step + 1 < course.steps.count {
                for node in nodes[step].indices { spread(course, step, node, corridor) }
                for node in nodes[step + 1] { nodeOf[cell(node.day, node.first, course, step + 1)] = -1 }
            }
        }
        let best = nodes[course.steps.count - 1].map(\.least).min() ?? impossibleCost
        if best > corridor {
            if best < impossibleCost { nextPruned = min(nextPruned, best) }
            return nil
        }
        return best
    }

    private func newNode(_ step: Int, _ day: Int, first: Int, _ course: BatchCourse) -> Int {
        let lanes = course.kinds[step].kind.lanes.count
        if used + 2 * lanes > room.count {
            room += Array(repeating: 0, count: max(4096, room.count + 2 * lanes))
        }
        nodes[step].append(Node(day: day, first: first, costs: used, least: impossibleCost))
        used += 2 * lanes
        return nodes[step].count - 1
    }

    /// Adds the visit's own cost to a node's lanes.
    private func visit(_ course: BatchCourse, _ step: Int, _ node: Int) {
        let own = costs.own(course, step, nodes[step][node].day)
        let lanes = course.kinds[step].kind.lanes.count
        let before = nodes[step][node].costs
        if own.least >= impossibleCost {
            for lane in 0..<lanes { room[before + lanes + lane] = impossibleCost }
            return
        }
        var least = impossibleCost
        for lane in 0..<lanes {
            let cost = min(room[before + lane] &+ own.lanes[lane], impossibleCost)
            room[before + lanes + lane] = cost
            least = min(least, cost)
        }
        nodes[step][node].least = least
    }

    private func cell(_ day: Int, _ first: Int, _ course: BatchCourse, _ step: Int) -> Int {
        guard course.steps[step].within != nil else { return day - course.ranges[step].lowerBound }
        return (first * course.ranges[step].count) + day - course.ranges[step].lowerBound
    }

    private func spread(_ course: BatchCourse, _ step: Int, _ index: Int, _ corridor: Int32) {
        let node = nodes[step][index]
        guard node.least < impossibleCost else { return }
        let next = course.steps[step + 1]
        let range = course.ranges[step + 1]
        let kind = course.kinds[step].kind
        let nextKind = course.kinds[step + 1].kind
        let keepsRole = kind.continuityRole != nil && kind.continuityRole == nextKind.continuityRole
        let change = node.least &+ (keepsRole ? Int32(course.weights.continuity) : 0)
        let lanes = nextKind.lanes.count
        let after = node.costs + kind.lanes.count
        for gap in next.gaps! {
            let day = node.day + gap
            guard range.contains(day) else { continue }
            let first = next.within == nil ? 0 : next.opensPhase ? day : node.first
            if let within = next.within, day - first > within { continue }
            let price = Int32(course.weights.gap * abs(gap - next.gapIdeal))
            let bound = node.least &+ price &+ costs.bound(course, step + 1, day)
            if bound > corridor {
                nextPruned = min(nextPruned, bound)
                continue
            }
            let cell = cell(day, first, course, step + 1)
            if cell >= nodeOf.count { nodeOf += Array(repeating: -1, count: cell + 1 - nodeOf.count) }
            var target = Int(nodeOf[cell])
            if target < 0 {
                target = newNode(step + 1, day, first: first, course)
                nodeOf[cell] = Int32(target)
                let at = nodes[step + 1][target].costs
                for lane in 0..<lanes { room[at + lane] = impossibleCost }
            }
            let at = nodes[step + 1][target].costs
            room.withUnsafeMutableBufferPointer { room in
                for lane in 0..<lanes {
                    let carried = keepsRole ? min(room[after + lane], change) : change
                    room[at + lane] = min(room[at + lane], carried &+ price)
                }
            }
        }
    }

    // MARK: Back

    /// A chain of days and lanes that costs just so much, ties at random.
    private func walkBack(_ course: BatchCourse, _ cost: Int32) -> [(day: Int, lane: Int)] {
        guard var step = course.steps.indices.last else { return [] }
        var places: [(day: Int, lane: Int)] = []
        var seen = 0
        var at = (node: 0, lane: 0)
        func offer(_ node: Int, _ lane: Int) {
            seen += 1
            if numbers.below(seen) == 0 { at = (node, lane) }
        }
        for node in nodes[step].indices where nodes[step][node].least == cost {
            let lanes = course.kinds[step].kind.lanes.count
            for lane in 0..<lanes where room[nodes[step][node].costs + lanes + lane] == cost { offer(node, lane) }
        }
        while true {
            let here = nodes[step][at.node]
            places.append((here.day, at.lane))
            if step == 0 { break }
            let wanted = room[here.costs + at.lane]
            let target = at
            seen = 0
            let next = course.steps[step]
            let kind = course.kinds[step - 1].kind
            let lanes = kind.lanes.count
            let role = course.kinds[step].kind.continuityRole
            let keepsRole = kind.continuityRole != nil && kind.continuityRole == role
            for index in nodes[step - 1].indices {
                let node = nodes[step - 1][index]
                let gap = here.day - node.day
                guard next.gaps!.contains(gap), node.least < impossibleCost else { continue }
                if next.within != nil, !next.opensPhase, node.first != here.first { continue }
                let price = Int32(course.weights.gap * abs(gap - next.gapIdeal))
                for lane in 0..<lanes {
                    let isChange = keepsRole && lane != target.lane
                    let after = room[node.costs + lanes + lane]
                    if after &+ price &+ (isChange ? Int32(course.weights.continuity) : 0) == wanted {
                        offer(index, lane)
                    }
                }
            }
            precondition(seen > 0, "a cheapest plan has a way back")
            step -= 1
        }
        return places.reversed()
    }

    /// A visit on its day with its lane's person: one of the cheapest starts, a chair, and who attends.
    private func visit(_ course: BatchCourse, _ step: Int, day: Int, lane: Int, usual: Int) -> BatchVisit {
        let kind = course.kinds[step]
        let isOpen = course.fillLevels(step, day, usual: usual, kind)
        precondition(isOpen, "a chosen day is open")
        course.starts(step, day, lane: lane, into: &starts)
        let slot = starts[numbers.below(starts.count)]
        guard let attendance = kind.attendance(day, lane: lane, slot: slot) else {
            preconditionFailure("a sure start can be attended")
        }
        return BatchVisit(day: day, slot: slot, pool: pool(kind, day, slot), lane: lane, attendance: attendance)
    }

    /// The pool with the fewest features whose chairs leave the hold free; the tightest of these.
    private func pool(_ kind: BatchKind, _ day: Int, _ slot: Int) -> Int {
        let chairs = days.calendar.facility.chairs
        var best = -1
        var bestScore = Int.max
        for (index, pool) in days.pools[day].enumerated() where kind.fits(pool) {
            guard (slot..<(slot + kind.kind.holdSlots)).allSatisfy({ days.rows.contains(pool.free, $0) }) else {
                continue
            }
            let isFreeBefore = slot > 0 && days.rows.contains(pool.free, slot - 1)
            let end = slot + kind.kind.holdSlots
            let isFreeAfter = end < days.slots && days.rows.contains(pool.free, end)
            let score = chairs[pool.chair].features.count * 4 + (isFreeBefore ? 1 : 0) + (isFreeAfter ? 1 : 0)
            if score < bestScore { (best, bestScore) = (index, score) }
        }
        precondition(best >= 0, "a start has a free chair")
        return best
    }
}
