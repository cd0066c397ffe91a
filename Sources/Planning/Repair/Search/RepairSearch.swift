/// The search for the best repair by branch and bound.
///
/// Visits stay where they are until a rule asks for a change. First every broken visit gets a place, its own or
/// another, or none. Then, as long as a rule between visits is broken, one of those that take part in it has to
/// change; each is tried, and after its turn held in place while the next has its own. At last the visits of the
/// changed courses may take other chairs and persons where that lowers the cost. Every best repair is met on this way:
/// a change that no rule asks for counts against (b) or (c), or brings another course's cost in.
///
/// What follows is bounded from below by what each course has come to so far, or costs at least (`RepairFloors`). So
/// where nobody need be called, times that somebody would have to be called about are never listed.
final class RepairSearch {
    let model: RepairModel
    let board: RepairBoard
    let places: RepairPlaces
    let rules: RepairRules
    let costs: RepairCosts
    let floors: RepairFloors

    /// The best repair found, where there is one.
    private(set) var best: (score: RepairScore, places: [RepairPlace?])?
    /// Nodes met and values listed.
    private(set) var steps = 0
    /// Nodes and values, and what was looked at for them; beside what the bounds took.
    var work: Int { steps + places.tried - triedBefore }
    private var triedBefore = 0
    /// Whether the budget ended the search before everything was tried.
    private var isCutShort = false

    /// How far it is proven that nothing is better than the best.
    private(set) var proof = RepairProof.nothing

    private let allowance: Int
    /// The work at which the present search ends.
    private var budget: Int
    /// What something better has to be better in, at the latest.
    private var aim = RepairProof.best
    private let broken: [Int]
    /// What counts of each course so far, but for its cost.
    private var counted: [RepairScore]
    private var changedInCourse: [Int]
    /// What moves at least, since those on duty cannot carry everything.
    private let moves: RepairScore
    /// What a course without broken visits costs at least once it is changed.
    private var priceOfChanging: [Int: Int] = [:]
    /// Courses of which something counts: those with broken visits, then others as they change.
    private var involved: [Int]

    init(_ model: RepairModel, _ costs: RepairCosts, budget: Int) {
        self.model = model
        self.costs = costs
        self.budget = budget
        allowance = budget
        board = RepairBoard(model)
        places = RepairPlaces(board)
        rules = RepairRules(board)
        floors = RepairFloors(model, costs, board, places, rules, budget: budget * 10)
        involved = floors.courses
        moves = RepairRoom(model).leastMoves()
        counted = Array(repeating: RepairScore(), count: model.courses.count)
        broken = model.items.indices.filter { model.items[$0].isBroken && model.items[$0].freedom != .fixed }
        changedInCourse = Array(repeating: 0, count: model.courses.count)
    }

    /// Searches for something better than a repair that is known.
    func run(from known: (score: RepairScore, places: [RepairPlace?])?) {
        best = known
        anchor()
        for course in floors.courses { _ = floors[course] }
        triedBefore = places.tried
        takeCheapestWays()
        if proves(.best, within: allowance) { return }
        // What cannot be proven as a whole may be so in its first parts: then only what is better in these is sought.
        for aim in [RepairProof.moves, .calls, .unplaced] where proves(aim, within: allowance / 4) { return }
    }

    /// Searches for what is better in the parts up to one; whether everything was tried.
    private func proves(_ aim: RepairProof, within allowance: Int) -> Bool {
        self.aim = aim
        budget = work + allowance
        isCutShort = false
        if isPromising() { place(brokenFrom: 0) }
        if !isCutShort { proof = aim }
        return !isCutShort
    }

    /// Settles what those carry who may not move and whom nobody can stand in for.
    private func anchor() {
        let staff = Array(model.facility.staff.indices)
        var waiting = model.items.indices.filter {
            model.items[$0].freedom == .swapped && !model.items[$0].isBroken && model.items[$0].maySwap
        }
        var count = waiting.count + 1
        while waiting.count < count, work < budget / 2 {
            count = waiting.count
            waiting.removeAll { index in
                let own = model.items[index].original
                let kept = RepairPlaces.Filling(persons: own.persons, covers: own.covers)
                var isAlone = true
                if places.hasPresence(atTimeOf: index) {
                    places.forEachFilling(of: index, own.day, own.start, against: .locked, order: { _ in staff }) {
                        isAlone = $0 == kept
                        return isAlone
                    }
                }
                board.isAnchored[index] = isAlone
                return isAlone
            }
        }
    }

    /// Where the cheapest ways of all courses get on with each other, nothing is better.
    private func takeCheapestWays() {
        var changes: [(index: Int, place: RepairPlace?)] = []
        for course in floors.courses {
            guard let way = floors.ways[course] else { return }
            for (index, place) in zip(model.chains[course], way) {
                if place != model.items[index].original || model.items[index].isBroken {
                    changes.append((index, place))
                }
            }
        }
        make(changes[...])
    }

    private func make(_ changes: ArraySlice<(index: Int, place: RepairPlace?)>) {
        if let change = changes.first {
            with(change.index, at: change.place) { make(changes.dropFirst()) }
        } else if firstConflict() == nil {
            record()
        }
    }

    // MARK: Branching

    private func place(brokenFrom next: Int) {
        guard goesOn() else { return }
        if next < broken.count {
            let index = broken[next]
            for place in values(of: index, .broken) { with(index, at: place) { self.place(brokenFrom: next + 1) } }
            // At last it is left without a place, or as it is where it is under way.
            let isUnderWay = model.items[index].isUnderWay
            board.isGivenUp[index] = isUnderWay
            with(index, at: isUnderWay ? model.items[index].original : nil) { self.place(brokenFrom: next + 1) }
            board.isGivenUp[index] = false
        } else {
            settle()
        }
    }

    private func settle() {
        guard goesOn() else { return }
        if let conflict = firstConflict() {
            if isWorthChanging(conflict) { branch(conflict) }
        } else if let optional = firstOptional() {
            hold(optional) { settle() }
            for place in values(of: optional, .optional) { with(optional, at: place) { settle() } }
        } else {
            record()
        }
    }

    private func branch(_ conflict: [Int]) {
        var held: [Int] = []
        for index in conflict {
            for place in values(of: index, .forced) { with(index, at: place) { settle() } }
            board.isLocked[index] = true
            held.append(index)
        }
        for index in held { board.isLocked[index] = false }
    }

    private func hold(_ index: Int, _ body: () -> Void) {
        board.isLocked[index] = true
        body()
        board.isLocked[index] = false
    }

    private func with(_ index: Int, at place: RepairPlace?, _ body: () -> Void) {
        if isCutShort { return }
        let old = board.places[index]
        let course = model.items[index].course
        let oldCount = counted[course]
        let isChange = place != model.items[index].original
        let isFirst = isChange && changedInCourse[course] == 0 && !involved.contains(course)
        if isFirst { involved.append(course) }
        board.set(index, place)
        board.isLocked[index] = true
        counted[course].add(model.items[index], place, isGivenUp: board.isGivenUp[index])
        if isChange { changedInCourse[course] += 1 }
        body()
        if isChange { changedInCourse[course] -= 1 }
        counted[course] = oldCount
        if isFirst { involved.removeLast() }
        board.isLocked[index] = false
        board.set(index, old)
    }

    /// False where nothing better can follow, or the budget is spent.
    private func goesOn() -> Bool {
        steps += 1
        if work >= budget { isCutShort = true }
        if isCutShort { return false }
        return isPromising()
    }

    /// Whether something better than the best may follow, and costs so much more at least.
    private func isPromising(atMore price: Int = 0) -> Bool {
        guard let best else { return true }
        let counts = leastCounts()
        switch aim {
        case .nothing: return false
        case .unplaced: return counts.unplaced < best.score.unplaced
        case .calls: return (counts.unplaced, counts.told) < (best.score.unplaced, best.score.told)
        case .moves: return counts < best.score.counts
        case .best: if counts != best.score.counts { return counts < best.score.counts }
        }
        var least = counts
        least.cost = price
        for course in involved {
            let floor = floors.found(course)
            let isCounted = changedInCourse[course] > 0
            let cost = isCounted ? costs.cost(of: course, board.places) { board.isLocked[$0] } : 0
            if counted[course].counts > floor.counts {
                least.cost += cost
                least.changed += counted[course].changed
            } else if counted[course].counts < floor.counts || cost < floor.cost {
                least.cost += floor.cost
                least.changed += floor.changed
            } else {
                least.cost += cost
                least.changed +=
                    cost == floor.cost ? max(counted[course].changed, floor.changed) : counted[course].changed
            }
        }
        return least < best.score
    }

    /// Whether something better may follow where one of some items changes: the course of one that does is paid for.
    private func isWorthChanging(_ conflict: [Int]) -> Bool {
        guard best != nil else { return true }
        let price = conflict.map { item -> Int in
            let course = model.items[item].course
            if involved.contains(course) { return 0 }
            if let known = priceOfChanging[course] { return known }
            let price = costs.cost(of: course, board.places) { other in
                !model.items[other].maySwap && model.items[other].freedom != .anywhere
            }
            priceOfChanging[course] = price
            return price
        }
        guard let least = price.min() else { return false }
        return isPromising(atMore: least)
    }

    /// What counts at least, but for the cost.
    private func leastCounts() -> RepairScore {
        let sum = involved.reduce(into: RepairScore()) { sum, course in
            let counts = max(counted[course].counts, floors.found(course).counts)
            sum.unplaced += counts.unplaced
            sum.told += counts.told
            sum.others += counts.others
        }
        return max(sum, moves)
    }

    /// Whether another time for an item could still be part of something better.
    private func mayMove(_ index: Int) -> Bool {
        guard let best else { return true }
        let item = model.items[index]
        let before = counted[item.course]
        if item.visit.told { counted[item.course].told += 1 } else { counted[item.course].others += 1 }
        defer { counted[item.course] = before }
        let isNew = !involved.contains(item.course)
        if isNew { involved.append(item.course) }
        defer { if isNew { involved.removeLast() } }
        return leastCounts() <= best.score.counts
    }

    private func firstConflict() -> [Int]? {
        for index in model.items.indices where board.isLocked[index] && model.items[index].freedom != .fixed {
            if let conflict = rules.conflict(of: index) { return conflict }
        }
        return nil
    }

    private func firstOptional() -> Int? {
        for course in involved where changedInCourse[course] > 0 {
            for index in model.chains[course] where !board.isLocked[index] && model.items[index].maySwap {
                return index
            }
        }
        return nil
    }

    private func record() {
        var total = RepairScore()
        for course in involved {
            total.unplaced += counted[course].unplaced
            total.told += counted[course].told
            total.others += counted[course].others
            total.changed += counted[course].changed
            if changedInCourse[course] > 0 { total.cost += costs.cost(of: course, board.places) }
        }
        if best.map({ total < $0.score }) ?? true { best = (total, board.places) }
    }

    // MARK: Values

    private enum Turn {
        case broken
        case forced
        case optional
    }

    /// The places that an item may take, cheapest first; none that a settled visit stands in the way of.
    private func values(of index: Int, _ turn: Turn) -> [RepairPlace] {
        if isCutShort { return [] }
        let item = model.items[index]
        var found: [(moves: Int, cost: Int, place: RepairPlace)] = []
        let add = { (place: RepairPlace) in
            self.steps += 1
            let moves = place.isAtTime(of: item.original) ? 0 : 1
            found.append((moves, self.costs.own(index, place), place))
        }
        if item.freedom == .handedOver {
            listHandovers(index, add)
        } else {
            if turn == .broken || item.maySwap { listOwnTime(index, withOwn: turn == .broken, add) }
            if turn != .optional, mayMove(index) { listNewTimes(index, add) }
        }
        let order = found.enumerated().sorted {
            ($0.element.moves, $0.element.cost, $0.offset) < ($1.element.moves, $1.element.cost, $1.offset)
        }
        return order.map(\.element.place)
    }

    private func listHandovers(_ index: Int, _ add: (RepairPlace) -> Void) {
        let item = model.items[index]
        let staff = Array(model.facility.staff.indices)
        if places.mayKeepPersons(index), rules.overload(of: index, at: item.original, .locked) == nil {
            add(item.original)
        }
        let own = item.original
        places.forEachFilling(of: index, own.day, own.start, against: .locked, order: { _ in staff }) {
            var place = item.original
            place.persons = $0.persons
            place.covers = $0.covers
            if place != item.original { add(place) }
            return work < budget
        }
    }

    /// Places at an item's present time; its present place among them only where asked for.
    private func listOwnTime(_ index: Int, withOwn: Bool, _ add: (RepairPlace) -> Void) {
        let item = model.items[index]
        let own = item.original
        guard places.mayKeepTime(index), isFree(index, own) else { return }
        let chairs = places.chairs(of: index, own.day, own.start).filter { isFree(index, own, chair: $0) }
        if chairs.isEmpty { return }
        let kept = RepairPlaces.Filling(persons: own.persons, covers: own.covers)
        var fillings: [RepairPlaces.Filling] = []
        if places.mayKeepPersons(index), rules.overload(of: index, at: own, .locked) == nil { fillings.append(kept) }
        if places.hasPresence(atTimeOf: index) {
            let staff = Array(model.facility.staff.indices)
            places.forEachFilling(of: index, own.day, own.start, against: .locked, order: { _ in staff }) {
                if $0 != kept { fillings.append($0) }
                return work + fillings.count * chairs.count < budget
            }
        }
        for chair in chairs {
            for filling in fillings where withOwn || chair != own.chair || filling != kept {
                var place = own
                place.chair = chair
                place.persons = filling.persons
                place.covers = filling.covers
                add(place)
            }
        }
    }

    private func listNewTimes(_ index: Int, _ add: (RepairPlace) -> Void) {
        guard let window = model.windows[index] else { return }
        let staff = Array(model.facility.staff.indices)
        for day in window {
            for start in places.starts(of: index, day) where work < budget {
                let time = RepairPlace(day: day, start: start, chair: -1, persons: [], covers: [])
                guard isFree(index, time) else { break }
                let chairs = places.chairs(of: index, day, start).filter { isFree(index, time, chair: $0) }
                if chairs.isEmpty { continue }
                places.forEachFilling(of: index, day, start, against: .locked, order: { _ in staff }) { filling in
                    for chair in chairs {
                        add(
                            RepairPlace(
                                day: day, start: start, chair: chair, persons: filling.persons, covers: filling.covers))
                    }
                    return work < budget
                }
            }
        }
    }

    /// Whether settled visits leave an item the day: its patient's others, and its course's gaps.
    private func isFree(_ index: Int, _ place: RepairPlace) -> Bool {
        rules.keepsSettledGaps(index, place)
            && (!rules.asksOneVisit(index, place)
                || board.visits(of: model.items[index].patient, place.day, besides: index, .locked).isEmpty)
    }

    private func isFree(_ index: Int, _ place: RepairPlace, chair: Int) -> Bool {
        let hold = Interval(place.start, place.start + model.items[index].kind.type.hold)
        return board.holders(of: chair, place.day, hold, besides: index, .locked).isEmpty
    }
}

extension RepairScore {
    /// The parts that come before the cost.
    var counts: RepairScore { RepairScore(unplaced: unplaced, told: told, others: others) }

    /// Adds what an item's place counts for, but for the cost.
    mutating func add(_ item: RepairItem, _ place: RepairPlace?, isGivenUp: Bool) {
        if place == nil || isGivenUp { unplaced += 1 }
        if place != item.original { changed += 1 }
        guard !(place?.isAtTime(of: item.original) ?? false) else { return }
        if item.visit.told { told += 1 } else { others += 1 }
    }
}
