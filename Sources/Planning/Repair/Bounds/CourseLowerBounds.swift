/// Lower bounds on the scores of the courses with broken visits, each taken alone, as if every visit of others that may
/// change were away: the cheapest way along the course's visits, found best first. Their sum is a lower bound of all
/// together, since scores are compared part by part.
final class CourseLowerBounds {
    private let model: RepairModel
    private let rules: RepairRules
    private let costs: RepairCosts
    private let options: LoneOptions
    /// Courses with a broken visit that may change, in order.
    let courses: [CourseIndex]
    /// Places and attendances looked at.
    var steps: Int { taken + options.steps }
    private var taken = 0
    private let budget: Int
    private var known: [CourseIndex: RepairScore] = [:]
    /// The places of each course's visits on the cheapest way; nothing where it was not found.
    private(set) var ways: [CourseIndex: [RepairPlace?]] = [:]

    /// How far a way along a course has come: which visit had a place last, when, and by whom.
    private struct Milestone: Hashable {
        var next: Int
        var last: Int?
        var day: Int
        var person: Int?
        /// The first day of the last visit's phase, where that has a goal and begins along the way.
        var first: Int?
    }

    /// A way along a course up to some visit, and the places on it.
    private struct Way {
        let at: Milestone
        var places: [RepairPlace?] = []
        /// What it comes to so far.
        var score = RepairScore()
        /// Whether the next visit is to move.
        var isMoving = false
    }

    /// What ways along one course share.
    private struct Walk {
        let chain: [ItemIndex]
        /// The role of the continuity attendant before the course's visits.
        let anchorRole: String?
        /// Takes a step on: how far it comes, the next visit's place, and what that adds.
        let take: (Milestone, RepairPlace?, RepairScore) -> Void
    }

    /// - Parameters:
    ///   - board: as it is before the repair, nothing locked but what never changes.
    ///   - budget: the steps after which a course is taken to cost nothing.
    init(_ costs: RepairCosts, _ board: RepairBoard, _ places: RepairPlaces, _ rules: RepairRules, budget: Int) {
        let model = board.model
        self.model = model
        self.costs = costs
        self.rules = rules
        self.budget = budget
        options = LoneOptions(costs, board, places, rules)
        courses = model.chains.indices.filter { course in
            model.chains[course].contains { model.items[$0].isRepairable }
        }
    }

    /// The lower bound of a course. It is asked for the first time before anything has changed on the board.
    subscript(course: CourseIndex) -> RepairScore {
        if let known = known[course] { return known }
        options.beginCourse()
        let bound = bound(of: course)
        options.endCourse()
        known[course] = bound
        return bound
    }

    /// The lower bound of a course as far as it was asked for before; nothing for a course without broken visits.
    func found(_ course: CourseIndex) -> RepairScore { known[course] ?? RepairScore() }

    private func bound(of course: CourseIndex) -> RepairScore {
        let chain = model.chains[course]
        // What is handed over has no other place to go to.
        if chain.contains(where: { model.items[$0].isBroken && model.items[$0].isUnderWay }) { return RepairScore() }
        if chain.allSatisfy({ !mustChange($0) }) {
            ways[course] = chain.map { model.items[$0].original }
            return RepairScore()
        }
        // What is left to come makes at least so many visits lose their time.
        var rest = [RepairScore()]
        for index in chain.reversed() { rest.append(rest[rest.count - 1] + leastCounts(index)) }
        rest.reverse()
        let anchor = costs.anchor(course)
        let before = model.courses[course].previous.map { $0.placement.day - model.calendar.first }
        var open = Heap<Way>()
        var done: Set<Milestone> = []
        open.add(Way(at: Milestone(next: 0, last: nil, day: before ?? 0, person: anchor.person)), rest[0])
        while let (way, least) = open.takeLeast() {
            let next = way.at.next
            guard next < chain.count else {
                ways[course] = way.places
                return least
            }
            if !way.isMoving, !done.insert(way.at).inserted { continue }
            if taken + options.work >= budget { return least }
            let walk = Walk(chain: chain, anchorRole: anchor.role) { following, place, added in
                self.taken += 1
                let score = way.score + added
                open.add(Way(at: following, places: way.places + [place], score: score), score + rest[next + 1])
            }
            if way.isMoving {
                move(way.at, walk)
            } else {
                stay(way.at, walk)
                guard model.items[chain[next]].freedom != .fixed else { continue }
                // Other times are listed only once nothing is left that moves less.
                let moving = Way(at: way.at, places: way.places, score: way.score, isMoving: true)
                open.add(moving, way.score + model.items[chain[next]].countsIfMoved + rest[next + 1])
            }
        }
        return rest[0]
    }

    /// Whether a visit cannot stay exactly as it is, whatever becomes of others.
    private func mustChange(_ index: ItemIndex) -> Bool {
        model.items[index].isRepairable && !options.mayStay(index)
    }

    /// What a visit counts for at least, but for its cost.
    private func leastCounts(_ index: ItemIndex) -> RepairScore {
        guard mustChange(index), options.atOwnTime(index).isEmpty else { return RepairScore() }
        return model.items[index].countsIfMoved
    }

    /// The ways on on which a visit keeps its time, each with what it adds.
    private func stay(_ way: Milestone, _ walk: Walk) {
        let index = walk.chain[way.next]
        let item = model.items[index]
        let own = item.original
        guard isAllowed(own.day, index, after: way) else { return }
        if !item.isRepairable || options.mayStay(index) {
            let option = LoneOption(
                person: costs.continuity(index, own.staff), cost: costs.own(index, own), place: own)
            go(way, walk, option, RepairScore())
        }
        for option in options.atOwnTime(index) { go(way, walk, option, RepairScore(changed: 1)) }
    }

    /// The ways on on which it has another time, or no place.
    private func move(_ way: Milestone, _ walk: Walk) {
        let index = walk.chain[way.next]
        let item = model.items[index]
        var score = item.countsIfMoved
        score.changed = 1
        for day in model.windows[index] ?? item.original.day...item.original.day
        where isAllowed(day, index, after: way) {
            for option in options.atNewTimes(index, on: day) { go(way, walk, option, score) }
        }
        guard item.isBroken else { return }
        score.unplaced = 1
        let first = first(of: index, way, walk)
        walk.take(
            Milestone(next: way.next + 1, last: way.last, day: way.day, person: way.person, first: first), nil, score)
    }

    private func go(_ way: Milestone, _ walk: Walk, _ option: LoneOption, _ counts: RepairScore) {
        var score = counts
        let index = walk.chain[way.next]
        let first = first(of: index, way, walk)
        score.cost = option.cost + stepCost(way, walk, option) + costs.spare(index, option.place.day, first: first)
        let begins = model.items[index].visit.goal != nil
        let next = Milestone(
            next: way.next + 1, last: way.next, day: option.place.day, person: option.person,
            first: begins ? first ?? option.place.day : nil)
        walk.take(next, option.place, score)
    }

    /// The first day of a visit's phase, where that has a goal and a visit before it on the way.
    private func first(of index: ItemIndex, _ way: Milestone, _ walk: Walk) -> Int? {
        let visit = model.items[index].visit
        guard visit.goal != nil, way.next > 0, model.items[walk.chain[way.next - 1]].visit.phase == visit.phase else {
            return nil
        }
        return way.first
    }

    private func isAllowed(_ day: Int, _ index: ItemIndex, after way: Milestone) -> Bool {
        let isAnchored = way.last != nil || model.courses[model.items[index].course].previous != nil
        return rules.keepsGap(index, day, after: way.last, on: isAnchored ? way.day : nil)
    }

    /// What a visit's place costs by how it stands to the one before it.
    private func stepCost(_ way: Milestone, _ walk: Walk, _ option: LoneOption) -> Int {
        let chain = walk.chain
        let item = model.items[chain[way.next]]
        let weights = model.facility.planning.weights
        let day = model.calendar.first + option.place.day
        guard way.last != nil || model.courses[item.course].previous != nil else {
            return weights.start * startDays(day, earliest: model.courses[item.course].request.wish.earliest)
        }
        let skipped = chain[((way.last ?? -1) + 1)..<way.next].reduce(0) {
            $0 + model.items[$1].visit.standingGap.ideal
        }
        let ideal = skipped + item.visit.gap.rule(on: day).ideal
        let before = way.last.map { model.items[chain[$0]].kind.continuityRole } ?? walk.anchorRole
        let isOther =
            before != nil && item.kind.preferred == nil && before == item.kind.continuityRole
            && way.person != option.person
        return weights.gap * gapDays(option.place.day - way.day, ideal: ideal) + (isOther ? weights.continuity : 0)
    }
}

/// What is still to be looked at, the least first; of equal ones the one that came first.
private struct Heap<Element> {
    private var entries: [(score: RepairScore, order: Int, element: Element)] = []
    private var count = 0

    mutating func add(_ element: Element, _ score: RepairScore) {
        entries.append((score, count, element))
        count += 1
        var child = entries.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func takeLeast() -> (Element, RepairScore)? {
        guard let least = entries.first else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && isBefore(child, least) {
                    least = child
                }
                if least == parent { break }
                entries.swapAt(parent, least)
                parent = least
            }
        }
        return (least.element, least.score)
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (entries[left].score, entries[left].order) < (entries[right].score, entries[right].order)
    }
}

extension RepairItem {
    /// What it counts for where it loses its time.
    fileprivate var countsIfMoved: RepairScore { visit.told ? RepairScore(told: 1) : RepairScore(others: 1) }
}

extension RepairScore {
    fileprivate static func + (left: RepairScore, right: RepairScore) -> RepairScore {
        RepairScore(
            unplaced: left.unplaced + right.unplaced, told: left.told + right.told, others: left.others + right.others,
            cost: left.cost + right.cost, changed: left.changed + right.changed)
    }
}
