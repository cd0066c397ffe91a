/// The ways of choosing the courses of a move.
enum Ruin: Int, CaseIterable {
    case random
    /// Those that cost most above what they would cost alone.
    case worst
    /// Those that share most days with a course drawn at random.
    case related
    /// Those with visits in a stretch of days.
    case stretch
    /// A course without a place, and some that stand in its way.
    case unplaced
}

extension BatchSearch {
    /// The courses of a move, about so many.
    func choose(_ ruin: Ruin, _ number: Int) -> [Int] {
        let placed = state.plans.indices.filter { state.plans[$0] != nil }
        if placed.isEmpty { return Array(state.unplaced.prefix(number)) }
        switch ruin {
        case .random: return sample(placed, number)
        case .worst: return worst(placed, number)
        case .related: return related(to: numbers.pick(placed), placed, number)
        case .stretch: return stretch(placed, number)
        case .unplaced:
            guard let index = state.unplaced.isEmpty ? nil : numbers.pick(state.unplaced) else {
                return sample(placed, number)
            }
            return [index] + related(to: index, placed, number)
        }
    }

    func sample(_ from: [Int], _ number: Int) -> [Int] {
        var rest = from
        var chosen: [Int] = []
        while chosen.count < number, !rest.isEmpty {
            let at = numbers.below(rest.count)
            chosen.append(rest[at])
            rest.swapAt(at, rest.count - 1)
            rest.removeLast()
        }
        return chosen
    }

    /// The first by a score, the best first, but each passed over now and then.
    func leading(_ from: [Int], _ number: Int, by score: (Int) -> Int) -> [Int] {
        if from.isEmpty { return [] }
        let order = from.map { (index: $0, score: score($0) * 4 + numbers.below(4)) }
            .sorted { ($1.score, $0.index) < ($0.score, $1.index) }
        var chosen: [Int] = []
        for entry in order where chosen.count < number {
            if numbers.chance(65) { chosen.append(entry.index) }
        }
        return chosen.isEmpty ? [order[0].index] : chosen
    }

    private func worst(_ placed: [Int], _ number: Int) -> [Int] {
        leading(placed, number) { index in
            state.plans[index].map { $0.cost - state.courses[index].aloneCost } ?? 0
        }
    }

    /// A course and those that share most days with it; where it has no place, with the days it could have.
    private func related(to index: Int, _ placed: [Int], _ number: Int) -> [Int] {
        let days = state.plans[index] == nil ? reachable(index) : state.daySets[index]
        let others = leading(placed.filter { $0 != index }, number) { other in
            var shared = 0
            for word in days.indices { shared += (days[word] & state.daySets[other][word]).nonzeroBitCount }
            return shared
        }
        return state.plans[index] == nil ? others : [index] + others.dropLast(others.count > 1 ? 1 : 0)
    }

    /// The days from a course's first to its last.
    func reachable(_ index: Int) -> [UInt64] {
        let course = state.courses[index]
        var days = [UInt64](repeating: 0, count: state.daySets[index].count)
        guard let first = course.ranges.first, let last = course.ranges.last else { return days }
        for day in (course.origin + first.lowerBound)...(course.origin + last.upperBound)
        where day >= 0 && day < state.days.count {
            days[day >> 6] |= 1 << UInt64(day & 63)
        }
        return days
    }

    private func stretch(_ placed: [Int], _ number: Int) -> [Int] {
        guard let visits = state.plans[numbers.pick(placed)]?.visits, !visits.isEmpty else {
            return sample(placed, number)
        }
        let day = visits[numbers.below(visits.count)].day
        var days = [UInt64](repeating: 0, count: state.daySets[0].count)
        for day in day..<min(day + 1 + numbers.below(5), state.days.count) { days[day >> 6] |= 1 << UInt64(day & 63) }
        return leading(placed, number) { other in
            var shared = 0
            for word in days.indices { shared += (days[word] & state.daySets[other][word]).nonzeroBitCount }
            return shared
        }
    }
}
