/// What the courses with broken visits come to at least, each taken alone, as if every visit of others that may change
/// were away: the cheapest way along the course's visits, found best first. The sum of what several come to at least is
/// what they come to together at least, since scores are compared part by part.
final class RepairFloors {
    private let model: RepairModel
    private let board: RepairBoard
    private let places: RepairPlaces
    private let rules: RepairRules
    private let costs: RepairCosts
    /// Courses with a broken visit that may change, in order.
    let courses: [Int]
    /// Places and attendances looked at.
    private(set) var steps = 0
    /// Attendances tried by the time the present course was begun.
    private var begun = 0
    private var work: Int { steps + places.tried - begun }
    private let budget: Int
    private var known: [Int: RepairScore] = [:]
    /// The places of each course's visits on the cheapest way; nothing where it was not found.
    private(set) var ways: [Int: [RepairPlace?]] = [:]
    private var times: [Key: [Choice]] = [:]

    private struct Key: Hashable {
        let item: Int
        let day: Int
    }

    /// The cheapest place of an item with a continuity person, at its own time or another.
    private struct Choice {
        let person: Int?
        let cost: Int
        let place: RepairPlace
    }

    /// How far a way along a course has come: which visit had a place last, when, and by whom.
    private struct Milestone: Hashable {
        var next: Int
        var last: Int?
        var day: Int
        var person: Int?
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

    /// - Parameters:
    ///   - board: as it is before the repair, nothing locked but what never changes.
    ///   - budget: the steps after which a course is taken to cost nothing.
    init(
        _ model: RepairModel, _ costs: RepairCosts, _ board: RepairBoard, _ places: RepairPlaces, _ rules: RepairRules,
        budget: Int
    ) {
        self.model = model
        self.costs = costs
        self.board = board
        self.places = places
        self.rules = rules
        self.budget = budget
        courses = model.chains.indices.filter { course in
            model.chains[course].contains { model.items[$0].isBroken && model.items[$0].freedom != .fixed }
        }
    }

    /// What a course comes to at least. It is asked for the first time before anything has changed on the board.
    subscript(course: Int) -> RepairScore {
        if let known = known[course] { return known }
        begun = places.tried
        let floor = floor(of: course)
        steps += places.tried - begun
        begun = places.tried
        known[course] = floor
        return floor
    }

    /// What a course comes to at least as far as that was asked for before; nothing for a course without broken visits.
    func found(_ course: Int) -> RepairScore { known[course] ?? RepairScore() }

    // MARK: Along a course

    private func floor(of course: Int) -> RepairScore {
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
        open.add(Way(at: Milestone(next: 0, last: nil, day: before ?? 0, person: anchor.1)), rest[0])
        while let (way, least) = open.takeLeast() {
            let next = way.at.next
            guard next < chain.count else {
                ways[course] = way.places
                return least
            }
            if !way.isMoving, !done.insert(way.at).inserted { continue }
            if work >= budget { return least }
            let step = { (following: Milestone, place: RepairPlace?, added: RepairScore) in
                self.steps += 1
                let score = way.score + added
                open.add(Way(at: following, places: way.places + [place], score: score), score + rest[next + 1])
            }
            if way.isMoving {
                move(way.at, chain, anchor.0, step)
            } else {
                stay(way.at, chain, anchor.0, step)
                guard model.items[chain[next]].freedom != .fixed else { continue }
                // Other times are listed only once nothing is left that moves less.
                let moving = Way(at: way.at, places: way.places, score: way.score, isMoving: true)
                open.add(moving, way.score + counts(ofMoving: chain[next]) + rest[next + 1])
            }
        }
        return rest[0]
    }

    private func counts(ofMoving index: Int) -> RepairScore {
        model.items[index].visit.told ? RepairScore(told: 1) : RepairScore(others: 1)
    }

    /// Whether a visit cannot stay exactly as it is, whatever becomes of others.
    private func mustChange(_ index: Int) -> Bool {
        let item = model.items[index]
        guard item.isBroken, item.freedom != .fixed else { return false }
        return !mayStay(index)
    }

    private func mayStay(_ index: Int) -> Bool {
        let item = model.items[index]
        let own = item.original
        return mayKeepTime(index) && freeChairs(index, own.day, own.start).contains(own.chair)
            && places.mayKeepPersons(index) && rules.overload(of: index, at: own, .locked) == nil
    }

    private func mayKeepTime(_ index: Int) -> Bool {
        let item = model.items[index]
        return item.maySwap && places.mayKeepTime(index)
            && (!rules.asksOneVisit(index, item.original)
                || board.visits(of: item.patient, item.original.day, besides: index, .locked).isEmpty)
    }

    /// What a visit counts for at least, but for its cost.
    private func leastCounts(_ index: Int) -> RepairScore {
        let item = model.items[index]
        guard item.isBroken, item.freedom != .fixed, !mayStay(index), ownTime(index).isEmpty else {
            return RepairScore()
        }
        return item.visit.told ? RepairScore(told: 1) : RepairScore(others: 1)
    }

    private typealias Step = (Milestone, RepairPlace?, RepairScore) -> Void

    /// The ways on on which a visit keeps its time, each with what it adds.
    private func stay(_ way: Milestone, _ chain: [Int], _ anchorRole: String?, _ step: Step) {
        let index = chain[way.next]
        let item = model.items[index]
        let own = item.original
        guard isAllowed(own.day, index, after: way) else { return }
        if !item.isBroken || item.freedom == .fixed || mayStay(index) {
            let choice = Choice(person: costs.continuity(index, own), cost: costs.own(index, own), place: own)
            go(way, chain, choice, anchorRole, RepairScore(), step)
        }
        for choice in ownTime(index) { go(way, chain, choice, anchorRole, RepairScore(changed: 1), step) }
    }

    /// The ways on on which it has another time, or no place.
    private func move(_ way: Milestone, _ chain: [Int], _ anchorRole: String?, _ step: Step) {
        let index = chain[way.next]
        let item = model.items[index]
        var score = counts(ofMoving: index)
        score.changed = 1
        for day in model.windows[index] ?? item.original.day...item.original.day
        where isAllowed(day, index, after: way) {
            for choice in newTimes(index, day) { go(way, chain, choice, anchorRole, score, step) }
        }
        guard item.isBroken else { return }
        score.unplaced = 1
        step(Milestone(next: way.next + 1, last: way.last, day: way.day, person: way.person), nil, score)
    }

    private func go(
        _ way: Milestone, _ chain: [Int], _ choice: Choice, _ anchorRole: String?, _ counts: RepairScore, _ step: Step
    ) {
        let day = choice.place.day
        var score = counts
        score.cost = choice.cost + stepCost(way, chain, chain[way.next], day, choice.person, anchorRole)
        step(
            Milestone(next: way.next + 1, last: way.next, day: day, person: choice.person), choice.place, score)
    }

    private func isAllowed(_ day: Int, _ index: Int, after way: Milestone) -> Bool {
        let isAnchored = way.last != nil || model.courses[model.items[index].course].previous != nil
        return rules.keepsGap(index, day, after: way.last, on: isAnchored ? way.day : nil)
    }

    /// What a visit's place costs by how it stands to the one before it.
    private func stepCost(
        _ way: Milestone, _ chain: [Int], _ index: Int, _ day: Int, _ person: Int?, _ anchorRole: String?
    ) -> Int {
        let course = model.items[index].course
        let weights = model.facility.planning.weights
        guard way.last != nil || model.courses[course].previous != nil else {
            let earliest = model.courses[course].request.earliest
            return weights.start * startDays(model.calendar.first + day, earliest: earliest)
        }
        let skipped = chain[((way.last ?? -1) + 1)..<way.next].reduce(0) {
            $0 + model.items[$1].visit.standingGap.ideal
        }
        let ideal = skipped + model.items[index].visit.gap.rule(on: model.calendar.first + day).ideal
        let before = way.last.map { model.items[chain[$0]].kind.continuityRole } ?? anchorRole
        let role = model.items[index].kind.continuityRole
        let isOther = before != nil && before == role && way.person != person
        return weights.gap * gapDays(day - way.day, ideal: ideal) + (isOther ? weights.continuity : 0)
    }

    // MARK: Places of one visit

    /// The cheapest places at an item's own time that are not its present one, by continuity person.
    private func ownTime(_ index: Int) -> [Choice] {
        let key = Key(item: index, day: -1)
        if let known = times[key] { return known }
        var found = Cheapest()
        let own = model.items[index].original
        if mayKeepTime(index), let chair = cheapest(freeChairs(index, own.day, own.start), index, own.day, own.start) {
            let price = costs.atTime(index, own.day, own.start) + costs.ofChair(index, own.day, own.start, chair)
            func take(_ persons: [Int], _ covers: [RepairCover]) {
                var place = own
                place.chair = chair
                place.persons = persons
                place.covers = covers
                let person = costs.continuity(index, place)
                found.add(
                    Choice(person: person, cost: price + costs.ofPerson(index, own.day, person), place: place))
            }
            if places.mayKeepPersons(index), rules.overload(of: index, at: own, .locked) == nil {
                take(own.persons, own.covers)
            }
            if places.hasPresence(atTimeOf: index) {
                forEachPerson(index, own.day, own.start) { take($0.persons, $0.covers) }
            }
        }
        times[key] = found.choices
        return found.choices
    }

    /// The cheapest places at other times of a day, by continuity person.
    private func newTimes(_ index: Int, _ day: Int) -> [Choice] {
        let key = Key(item: index, day: day)
        if let known = times[key] { return known }
        var found = Cheapest()
        if board.visits(of: model.items[index].patient, day, besides: index, .locked).isEmpty {
            for start in places.starts(of: index, day) {
                steps += 1
                guard let chair = cheapest(freeChairs(index, day, start), index, day, start) else { continue }
                let price = costs.atTime(index, day, start) + costs.ofChair(index, day, start, chair)
                forEachPerson(index, day, start) { filling in
                    let place = RepairPlace(
                        day: day, start: start, chair: chair, persons: filling.persons, covers: filling.covers)
                    let person = costs.continuity(index, place)
                    found.add(Choice(person: person, cost: price + costs.ofPerson(index, day, person), place: place))
                }
            }
        }
        times[key] = found.choices
        return found.choices
    }

    private struct Cheapest {
        private(set) var choices: [Choice] = []

        mutating func add(_ choice: Choice) {
            guard let known = choices.firstIndex(where: { $0.person == choice.person }) else {
                choices.append(choice)
                return
            }
            if choice.cost < choices[known].cost { choices[known] = choice }
        }
    }

    private func freeChairs(_ index: Int, _ day: Int, _ start: Int) -> [Int] {
        let hold = Interval(start, start + model.items[index].kind.type.hold)
        let chairs = places.chairs(of: index, day, start)
        steps += chairs.count
        return chairs.filter { board.holders(of: $0, day, hold, besides: index, .locked).isEmpty }
    }

    private func cheapest(_ chairs: [Int], _ index: Int, _ day: Int, _ start: Int) -> Int? {
        chairs.min { costs.ofChair(index, day, start, $0) < costs.ofChair(index, day, start, $1) }
    }

    /// Calls back with one attendance for each continuity person that there could be: others cost the same.
    private func forEachPerson(_ index: Int, _ day: Int, _ start: Int, _ body: (RepairPlaces.Filling) -> Void) {
        let label = model.items[index].kind.continuity
        let staff = Array(model.facility.staff.indices)
        for person in label == nil ? [-1] : staff {
            places.forEachFilling(
                of: index, day, start, against: .locked, order: { $0 == label ? [person] : staff }
            ) {
                body($0)
                return false
            }
        }
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

extension RepairScore {
    fileprivate static func + (left: RepairScore, right: RepairScore) -> RepairScore {
        RepairScore(
            unplaced: left.unplaced + right.unplaced, told: left.told + right.told, others: left.others + right.others,
            cost: left.cost + right.cost, changed: left.changed + right.changed)
    }
}
