extension BatchSearch {
    /// Looks for room for the courses without a place, whatever it costs: takes out one or some that stand in the way
    /// of one of them, and puts it and them back. A course that is left out time and again weighs more and more, and is
    /// rather left in (breakout local search); an exchange is kept if what is left out weighs no more. Ends when one
    /// more course has a place, or after so many steps.
    func placeUnplaced(until end: Int) {
        let count = bestUnplaced
        while !isPaused, state.insertion.count < end, bestUnplaced == count {
            let unplaced = state.unplaced
            guard unplaced.count > bounds.unplaced else { return }
            let index = numbers.pick(unplaced)
            if state.insertAnywhere(index) {
                keepBest()
                continue
            }
            let draw = numbers.below(100)
            let isKept = draw < 30 ? displace(for: index) : draw < 45 ? eject(for: index) : exchange(for: index)
            if !isKept { failureCounts[index] += 1 }
            keepBest()
        }
    }

    func weight(_ courses: [Int]) -> Int { courses.reduce(0) { $0 + 1 + failureCounts[$1] } }

    /// Takes out a few courses that share days with one, and puts it in first. Whether that was kept.
    private func exchange(for index: Int) -> Bool {
        let others = obstacles(to: index, 1 + min(numbers.below(6), numbers.below(6)))
        if others.isEmpty { return false }
        let before = weight(state.unplaced)
        let saved = others.map { (index: $0, plan: state.remove($0)) }
        var order = others
        numbers.shuffle(&order)
        if numbers.chance(50) { order.sort { state.courses[$0].steps.count > state.courses[$1].steps.count } }
        var isPlaced = state.insertAnywhere(index)
        if isPlaced {
            for other in order { _ = state.insertAnywhere(other) }
            isPlaced = weight(state.unplaced) <= before
        }
        if isPlaced { return true }
        if state.plans[index] != nil { state.remove(index) }
        for other in others where state.plans[other] != nil { state.remove(other) }
        for (other, plan) in saved { state.place(other, plan) }
        return false
    }

    /// Placed courses that share days with what a course could have, and with each other.
    private func obstacles(to index: Int, _ number: Int) -> [Int] {
        let reach = reachable(index)
        let near = state.plans.indices.filter { other in
            state.plans[other] != nil && reach.indices.contains { reach[$0] & state.daySets[other][$0] != 0 }
        }
        guard !near.isEmpty else { return [] }
        let first = numbers.pick(near)
        if number == 1 || numbers.chance(30) { return sample(near, number) }
        let days = state.daySets[first].indices.map { state.daySets[first][$0] & reach[$0] }
        return leading(near, number) { other in
            if other == first { return Int.max / 8 }
            return days.indices.reduce(0) { $0 + (days[$1] & state.daySets[other][$1]).nonzeroBitCount }
        }
    }

    /// Takes out each course that stands in the way of one, until there is one without which it finds a place and that
    /// finds another itself. Where there is none, it may stay in place of the one that weighs least. Whether it stays.
    private func eject(for index: Int) -> Bool {
        var order = obstacles(to: index, 40)
        numbers.shuffle(&order)
        var victim: Int?
        for other in order {
            let plan = state.remove(other)
            if state.insertAnywhere(index) {
                if state.insertAnywhere(other) { return true }
                if victim.map({ failureCounts[other] < failureCounts[$0] }) ?? true { victim = other }
                state.remove(index)
            }
            state.place(other, plan)
        }
        guard let victim, failureCounts[victim] <= failureCounts[index] else { return false }
        let plan = state.remove(victim)
        if state.insertAnywhere(index) { return true }
        state.place(victim, plan)
        return false
    }
}
