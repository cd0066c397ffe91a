/// The search for the best repair by branch and bound.
///
/// Visits stay where they are until a rule asks for a change. First every broken visit gets a place, its own or
/// another, or none. Then, as long as a rule between visits is broken, one of those that take part in it has to
/// change; each is tried, and after its turn held in place while the next has its own. At last the visits of the
/// changed courses may take other chairs and persons where that lowers the cost. Every best repair is met on this way:
/// a change that no rule asks for counts against (b) or (c), or brings another course's cost in.
///
/// What follows is bounded from below by what each course has come to so far, or costs at least (`CourseLowerBounds`).
/// So where nobody need be called, times that somebody would have to be called about are never listed.
final class RepairSearch {
    let model: RepairModel
    let board: RepairBoard
    let places: RepairPlaces
    let rules: RepairRules
    let costs: RepairCosts
    let bounds: CourseLowerBounds
    private let tally: RepairTally

    /// The best repair found, where there is one.
    private(set) var best: ScoredRepair?
    /// Nodes met and values listed.
    private var steps = 0
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
    /// The last part of the score in which a better repair must be better.
    private var aim = RepairProof.best
    private let broken: [ItemIndex]

    init(_ model: RepairModel, _ costs: RepairCosts, budget: Int) {
        self.model = model
        self.costs = costs
        self.budget = budget
        allowance = budget
        board = RepairBoard(model)
        places = RepairPlaces(board)
        rules = RepairRules(board)
        bounds = CourseLowerBounds(costs, board, places, rules, budget: budget * 10)
        tally = RepairTally(board, costs, bounds)
        broken = model.items.indices.filter { model.items[$0].isRepairable }
    }

    /// Searches for something better than a repair that is known.
    func run(from known: ScoredRepair?) {
        best = known
        anchor()
        for course in bounds.courses { _ = bounds[course] }
        triedBefore = places.tried
        takeCheapestWays()
        if proves(.best, within: allowance) { return }
        // What cannot be proven as a whole may be so in its first parts: then only what is better in these is sought.
        for aim in [RepairProof.moves, .calls, .unplaced] where proves(aim, within: allowance / 4) { return }
    }

    /// Searches for a repair that is better in the parts of the score up to one. True where everything was tried.
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
        var waiting: [ItemIndex] = model.items.indices.filter {
            model.items[$0].freedom == .swapped && !model.items[$0].isBroken && model.items[$0].maySwap
        }
        var count = waiting.count + 1
        while waiting.count < count, work < budget / 2 {
            count = waiting.count
            waiting.removeAll { index in
                let own = model.items[index].original
                var isAlone = true
                if places.hasPresence(atTimeOf: index) {
                    places.forEachStaff(of: index, at: own.time, against: .locked) {
                        isAlone = $0 == own.staff
                        return isAlone
                    }
                }
                board.isAnchored[index] = isAlone
                return isAlone
            }
        }
    }

    private struct Change {
        let index: ItemIndex
        let place: RepairPlace?
    }

    /// Records the cheapest ways of all courses together, where they break no rule between them: nothing is better.
    private func takeCheapestWays() {
        var changes: [Change] = []
        for course in bounds.courses {
            guard let way = bounds.ways[course] else { return }
            for (index, place) in zip(model.chains[course], way) {
                if place != model.items[index].original || model.items[index].isBroken {
                    changes.append(Change(index: index, place: place))
                }
            }
        }
        make(changes[...])
    }

    private func make(_ changes: ArraySlice<Change>) {
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
        } else if let optional = tally.firstOptional() {
            hold(optional) { settle() }
            for place in values(of: optional, .optional) { with(optional, at: place) { settle() } }
        } else {
            record()
        }
    }

    private func branch(_ conflict: [ItemIndex]) {
        var held: [ItemIndex] = []
        for index in conflict {
            for place in values(of: index, .forced) { with(index, at: place) { settle() } }
            board.isLocked[index] = true
            held.append(index)
        }
        for index in held { board.isLocked[index] = false }
    }

    private func hold(_ index: ItemIndex, _ body: () -> Void) {
        board.isLocked[index] = true
        body()
        board.isLocked[index] = false
    }

    private func with(_ index: ItemIndex, at place: RepairPlace?, _ body: () -> Void) {
        if isCutShort { return }
        let old = board.places[index]
        board.set(index, place)
        board.isLocked[index] = true
        tally.counting(index, at: place, body)
        board.isLocked[index] = false
        board.set(index, old)
    }

    private func firstConflict() -> [ItemIndex]? {
        for index in model.items.indices where board.isLocked[index] && model.items[index].freedom != .fixed {
            if let conflict = rules.conflict(of: index) { return conflict }
        }
        return nil
    }

    private func record() {
        let total = tally.total()
        if best.map({ total < $0.score }) ?? true { best = ScoredRepair(score: total, places: board.places) }
    }

    // MARK: Bounding

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
        let counts = tally.leastCounts()
        switch aim {
        case .nothing: return false
        case .unplaced: return counts.unplaced < best.score.unplaced
        case .calls: return (counts.unplaced, counts.told) < (best.score.unplaced, best.score.told)
        case .moves: return counts < best.score.counts
        case .best:
            if counts != best.score.counts { return counts < best.score.counts }
            return tally.least(counts, atMore: price) < best.score
        }
    }

    /// Whether something better may follow where one of some items changes: the course of one that does is paid for.
    private func isWorthChanging(_ conflict: [ItemIndex]) -> Bool {
        guard best != nil else { return true }
        guard let least = conflict.map({ tally.priceOfChanging($0) }).min() else { return false }
        return isPromising(atMore: least)
    }

    /// Whether another time for an item could still be part of something better.
    private func mayMove(_ index: ItemIndex) -> Bool {
        guard let best else { return true }
        return tally.leastCounts(moving: index) <= best.score.counts
    }

    // MARK: Values

    /// Why an item changes.
    private enum ChangeKind {
        case broken
        /// A rule between it and others asks for it.
        case forced
        /// It may lower the cost.
        case optional
    }

    /// The places that an item may take, cheapest first; none that a settled visit stands in the way of.
    private func values(of index: ItemIndex, _ kind: ChangeKind) -> [RepairPlace] {
        if isCutShort { return [] }
        let item = model.items[index]
        var found: [(moves: Int, cost: Int, place: RepairPlace)] = []
        let add = { (place: RepairPlace) in
            self.steps += 1
            found.append((place.time == item.original.time ? 0 : 1, self.costs.own(index, place), place))
        }
        if item.freedom == .handedOver {
            listHandovers(index, add)
        } else {
            if kind == .broken || item.maySwap { listOwnTime(index, withOwn: kind == .broken, add) }
            if kind != .optional, mayMove(index) { listNewTimes(index, add) }
        }
        let order = found.enumerated().sorted {
            ($0.element.moves, $0.element.cost, $0.offset) < ($1.element.moves, $1.element.cost, $1.offset)
        }
        return order.map(\.element.place)
    }

    private func listHandovers(_ index: ItemIndex, _ add: (RepairPlace) -> Void) {
        let own = model.items[index].original
        if rules.mayKeepPersons(index, places, .locked) { add(own) }
        places.forEachStaff(of: index, at: own.time, against: .locked) {
            if $0 != own.staff { add(own.attended(by: $0)) }
            return work < budget
        }
    }

    /// Places at an item's present time; its present place among them only where asked for.
    private func listOwnTime(_ index: ItemIndex, withOwn: Bool, _ add: (RepairPlace) -> Void) {
        let own = model.items[index].original
        guard places.mayKeepTime(index), isDayFree(index, at: own.time) else { return }
        let chairs = places.chairs(of: index, at: own.time)
            .filter { board.isFree($0, for: index, at: own.time, .locked) }
        if chairs.isEmpty { return }
        var staffs: [RepairStaff] = []
        if rules.mayKeepPersons(index, places, .locked) { staffs.append(own.staff) }
        if places.hasPresence(atTimeOf: index) {
            places.forEachStaff(of: index, at: own.time, against: .locked) {
                if $0 != own.staff { staffs.append($0) }
                return work + staffs.count * chairs.count < budget
            }
        }
        for chair in chairs {
            for staff in staffs where withOwn || chair != own.chair || staff != own.staff {
                add(RepairPlace(own.time, chair: chair, staff))
            }
        }
    }

    private func listNewTimes(_ index: ItemIndex, _ add: (RepairPlace) -> Void) {
        guard let window = model.windows[index] else { return }
        for day in window {
            for time in places.times(of: index, on: day) where work < budget {
                guard isDayFree(index, at: time) else { break }
                let chairs = places.chairs(of: index, at: time)
                    .filter { board.isFree($0, for: index, at: time, .locked) }
                if chairs.isEmpty { continue }
                places.forEachStaff(of: index, at: time, against: .locked) { staff in
                    for chair in chairs { add(RepairPlace(time, chair: chair, staff)) }
                    return work < budget
                }
            }
        }
    }

    /// Whether settled visits leave an item the day: its patient's others, and its course's gaps.
    private func isDayFree(_ index: ItemIndex, at time: RepairTime) -> Bool {
        rules.keepsSettledGaps(index, on: time.day) && rules.keepsOneVisit(index, at: time, .locked)
    }
}
