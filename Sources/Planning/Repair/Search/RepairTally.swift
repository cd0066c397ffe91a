/// The score of a search's changes so far, and its lower bound with all changes that may follow.
final class RepairTally {
    private let model: RepairModel
    private let board: RepairBoard
    private let costs: RepairCosts
    private let bounds: CourseLowerBounds
    /// What counts of each course so far, but for its cost.
    private var counted: Table<RepairCourse, RepairScore>
    private var changeCounts: Table<RepairCourse, Int>
    /// What moves at least, since those on duty cannot carry everything.
    private let moves: RepairScore
    /// What a course without broken visits costs at least once it is changed.
    private var prices: [CourseIndex: Int] = [:]
    /// Courses of which something counts: those with broken visits, then others as they change.
    private var involved: [CourseIndex]

    init(_ board: RepairBoard, _ costs: RepairCosts, _ bounds: CourseLowerBounds) {
        model = board.model
        self.board = board
        self.costs = costs
        self.bounds = bounds
        involved = bounds.courses
        moves = CapacityLowerBound(model).leastMoves()
        counted = Table(repeating: RepairScore(), count: model.courses.count)
        changeCounts = Table(repeating: 0, count: model.courses.count)
    }

    /// Does something while an item's place, which the board has already, counts.
    func counting(_ index: ItemIndex, at place: RepairPlace?, _ body: () -> Void) {
        let item = model.items[index]
        let course = item.course
        let before = counted[course]
        let isChange = place != item.original
        let isFirst = isChange && changeCounts[course] == 0 && !involved.contains(course)
        if isFirst { involved.append(course) }
        counted[course].add(item, place, isGivenUp: board.isGivenUp[index])
        if isChange { changeCounts[course] += 1 }
        body()
        if isChange { changeCounts[course] -= 1 }
        counted[course] = before
        if isFirst { involved.removeLast() }
    }

    /// What all changes come to, with nothing to follow.
    func total() -> RepairScore {
        var total = RepairScore()
        for course in involved {
            total.unplaced += counted[course].unplaced
            total.told += counted[course].told
            total.others += counted[course].others
            total.changed += counted[course].changed
            if changeCounts[course] > 0 { total.cost += costs.cost(of: course, board.places) }
        }
        return total
    }

    /// What counts at least, but for the cost.
    func leastCounts() -> RepairScore {
        let sum = involved.reduce(into: RepairScore()) { sum, course in
            let counts = max(counted[course].counts, bounds.found(course).counts)
            sum.unplaced += counts.unplaced
            sum.told += counts.told
            sum.others += counts.others
        }
        return max(sum, moves)
    }

    /// What counts at least, but for the cost, if an item gets another time too.
    func leastCounts(moving index: ItemIndex) -> RepairScore {
        let item = model.items[index]
        let before = counted[item.course]
        if item.visit.told { counted[item.course].told += 1 } else { counted[item.course].others += 1 }
        defer { counted[item.course] = before }
        let isNew = !involved.contains(item.course)
        if isNew { involved.append(item.course) }
        defer { if isNew { involved.removeLast() } }
        return leastCounts()
    }

    /// What it all comes to at least, where its counts are the least ones and another course costs so much.
    func least(_ counts: RepairScore, atMore price: Int) -> RepairScore {
        var least = counts
        least.cost = price
        for course in involved {
            let bound = bounds.found(course)
            let isCounted = changeCounts[course] > 0
            let cost = isCounted ? costs.cost(of: course, board.places) { board.isLocked[$0] } : 0
            if counted[course].counts > bound.counts {
                least.cost += cost
                least.changed += counted[course].changed
            } else if counted[course].counts < bound.counts || cost < bound.cost {
                least.cost += bound.cost
                least.changed += bound.changed
            } else {
                least.cost += cost
                least.changed +=
                    cost == bound.cost ? max(counted[course].changed, bound.changed) : counted[course].changed
            }
        }
        return least
    }

    /// What changing an item costs at least because its course counts from then on; nothing where it does already.
    func priceOfChanging(_ index: ItemIndex) -> Int {
        let course = model.items[index].course
        if involved.contains(course) { return 0 }
        if let known = prices[course] { return known }
        let price = costs.cost(of: course, board.places) { other in
            !model.items[other].maySwap && model.items[other].freedom != .anywhere
        }
        prices[course] = price
        return price
    }

    /// A visit of a changed course that may still take another chair or other persons.
    func firstOptional() -> ItemIndex? {
        for course in involved where changeCounts[course] > 0 {
            for index in model.chains[course] where !board.isLocked[index] && model.items[index].maySwap {
                return index
            }
        }
        return nil
    }
}
