/// A good repair fast: swaps with chains first, then room made by visits not yet told of, then other times and days.
/// What the search starts from, and the answer where the search is cut short. Deterministic.
///
/// A chain of swaps: a visit takes a chair or a person from another visit, which takes one from a third, until somebody
/// finds one free. Every visit is asked once a chain, as where a matching is made larger along augmenting paths.
final class RepairHeuristic {
    let model: RepairModel
    let board: RepairBoard
    let places: RepairPlaces
    let rules: RepairRules
    let costs: RepairCosts
    private var log: [(item: ItemIndex, place: RepairPlace?)] = []
    private var looked = 0

    /// Places and attendances looked at.
    var steps: Int { looked + places.tried }

    init(_ model: RepairModel, _ costs: RepairCosts) {
        self.model = model
        self.costs = costs
        board = RepairBoard(model)
        places = RepairPlaces(board)
        rules = RepairRules(board)
        // Nothing changes but what is changed on purpose.
        for index in board.isLocked.indices { board.isLocked[index] = true }
    }

    func run() -> ScoredRepair {
        let broken: [ItemIndex] = model.items.indices.filter { model.items[$0].isRepairable }
        let ahead = broken.filter { !model.items[$0].isUnderWay }
            .sorted { order($0).lexicographicallyPrecedes(order($1)) }
        for index in ahead { board.set(index, nil) }
        for index in broken where model.items[index].isUnderWay { handOver(index) }
        var waiting = ahead.filter { !swap($0) }
        waiting = waiting.filter { !place($0) }
        // What has moved since may have left room.
        for index in waiting where !swap(index) { _ = place(index) }
        for index in broken where model.items[index].isUnderWay { giveUpIfBroken(index) }
        return ScoredRepair(score: score(), places: board.places)
    }

    /// Pinned visits first, then those that patients know of, then by time.
    private func order(_ index: ItemIndex) -> [Int] {
        let item = model.items[index]
        return [
            item.visit.pinned ? 0 : 1, item.visit.told ? 0 : 1, item.original.day, item.original.start, index.number,
        ]
    }

    private func score() -> RepairScore {
        var score = RepairScore()
        var changed: Set<CourseIndex> = []
        for index in model.items.indices where model.items[index].freedom != .fixed {
            let item = model.items[index]
            score.add(item, board.places[index], isGivenUp: board.isGivenUp[index])
            if board.places[index] != item.original { changed.insert(item.course) }
        }
        for course in changed.sorted() { score.cost += costs.cost(of: course, board.places) }
        return score
    }

    // MARK: Changes that can be taken back

    private func set(_ index: ItemIndex, _ place: RepairPlace?) {
        log.append((index, board.places[index]))
        board.set(index, place)
    }

    /// Tries something; takes everything back where it fails.
    private func attempt(_ body: () -> Bool) -> Bool {
        let mark = log.count
        if body() { return true }
        while log.count > mark {
            let last = log.removeLast()
            board.set(last.item, last.place)
        }
        return false
    }

    // MARK: Visits in progress

    private func handOver(_ index: ItemIndex) {
        let own = model.items[index].original
        if rules.mayKeepPersons(index, places, .all) { return }
        guard let staff = staff(of: index, at: own.time) else { return }
        set(index, own.attended(by: staff))
    }

    private func giveUpIfBroken(_ index: ItemIndex) {
        guard let place = board.places[index] else { return }
        let isKept = place == model.items[index].original
        board.isGivenUp[index] =
            isKept && !places.mayKeepPersons(index) || rules.overload(of: index, at: place, .all) != nil
    }

    // MARK: Swaps

    /// Gives a visit its own time back, with whatever chair and persons can be had by swapping.
    private func swap(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        guard item.maySwap, places.mayKeepTime(index), isDayFree(index, at: item.original.time) else { return false }
        return attempt { seatAndAttend(index, at: item.original.time) }
    }

    private func seatAndAttend(_ index: ItemIndex, at time: RepairTime) -> Bool {
        var visited: Set<ItemIndex> = [index]
        guard let chair = seat(index, at: time, &visited) else { return false }
        visited = [index]
        guard attend(index, at: time, chair: chair, &visited) else { return false }
        return rules.chainConflict(model.items[index].course) == nil
    }

    /// A chair for a visit at a time: a free one, or one that its holder can leave for another.
    private func seat(
        _ index: ItemIndex, at time: RepairTime, _ visited: inout Set<ItemIndex>, except: Int? = nil
    ) -> Int? {
        let present = board.places[index]?.chair ?? model.items[index].original.chair
        let chairs = places.chairs(of: index, at: time).filter { $0 != except }
        looked += chairs.count
        let free = chairs.filter { board.isFree($0, for: index, at: time, .all) }
        let ranked = free.map {
            (cost: costs.ofChair(index, time, $0), isOther: $0 == present ? 0 : 1, chair: $0)
        }
        // Of equal ones the first is taken, the scarcest.
        if let best = ranked.min(by: { ($0.isOther, $0.cost) < ($1.isOther, $1.cost) }) {
            return best.chair
        }
        for chair in chairs {
            let holders = Set(board.holders(of: chair, besides: index, at: time, .all))
            guard holders.count == 1, let other = holders.first, other != RepairBoard.nobody,
                model.items[other].maySwap, var place = board.places[other], visited.insert(other).inserted,
                let next = seat(other, at: place.time, &visited, except: chair)
            else { continue }
            place.chair = next
            set(other, place)
            return chair
        }
        return nil
    }

    /// Puts a visit on the board with persons who are free, or whom other visits can spare.
    private func attend(
        _ index: ItemIndex, at time: RepairTime, chair: Int, _ visited: inout Set<ItemIndex>
    ) -> Bool {
        if let staff = staff(of: index, at: time) {
            set(index, RepairPlace(time, chair: chair, staff))
            return true
        }
        guard model.board(time.day) != nil else { return false }
        for label in model.items[index].kind.labels.indices {
            for person in ranked(label, of: index, on: time.day)
            where places.mayFill(label, of: index, by: person, at: time) {
                let role = Role(label: label, person: person)
                for other in blockers(of: role, index, at: time) where visited.insert(other).inserted {
                    let took = attempt {
                        take(role, from: other, for: index, at: RepairPlace(time, chair: chair, .none), &visited)
                    }
                    if took { return true }
                }
            }
        }
        return false
    }

    /// A label and the person who is to fill it.
    private struct Role {
        let label: Int
        let person: Int
    }

    /// Puts a visit at a place with a person whom another one gives up, and has that one attended by others.
    private func take(
        _ role: Role, from other: ItemIndex, for index: ItemIndex, at place: RepairPlace,
        _ visited: inout Set<ItemIndex>
    ) -> Bool {
        guard let old = board.places[other] else { return false }
        set(other, nil)
        guard let staff = staff(of: index, at: place.time, fixed: role) else { return false }
        set(index, place.attended(by: staff))
        return attend(other, at: old.time, chair: old.chair, &visited)
    }

    /// Visits that may change persons and keep one from filling a label.
    private func blockers(of role: Role, _ index: ItemIndex, at time: RepairTime) -> [ItemIndex] {
        var staff = RepairStaff.none
        staff.persons = Array(repeating: -1, count: model.items[index].kind.labels.count)
        staff.persons[role.label] = role.person
        let loads = board.loads(of: index, at: RepairPlace(time, chair: -1, staff))
        looked += 1
        let others = board.overload(of: role.person, on: time.day, with: loads, besides: index, .all) ?? []
        return others.filter { $0 != RepairBoard.nobody && model.items[$0].maySwap }
    }

    /// Who attends a visit at a time with nobody in the way: its present persons, else the cheapest that are found
    /// first.
    private func staff(of index: ItemIndex, at time: RepairTime, fixed: Role? = nil) -> RepairStaff? {
        let item = model.items[index]
        if time == item.original.time {
            if fixed == nil, rules.mayKeepPersons(index, places, .all) { return item.original.staff }
            if !item.isUnderWay, !places.hasPresence(atTimeOf: index) { return nil }
        }
        var found: RepairStaff?
        places.forEachStaff(
            of: index, at: time, against: .all,
            order: { $0 == fixed?.label ? [fixed!.person] : ranked($0, of: index, on: time.day) }
        ) {
            found = $0
            return false
        }
        return found
    }

    /// The staff for a label, the cheapest first: whom the visits before and after have, and who carries least.
    private func ranked(_ label: Int, of index: ItemIndex, on day: Int) -> [Int] {
        let item = model.items[index]
        guard label == item.kind.continuity else { return places.staff }
        let role = item.kind.continuityRole
        let chain = model.chains[item.course]
        let before = chain[..<item.position].last { board.places[$0] != nil }
        let after = chain[(item.position + 1)...].first { board.places[$0] != nil }
        let wanted = [before, after].compactMap { neighbour -> Int? in
            // Beside the preferred person it does not matter whom the neighbours have.
            guard let neighbour, item.kind.preferred == nil, model.items[neighbour].kind.continuityRole == role
            else { return nil }
            return costs.continuity(neighbour, board.places[neighbour]!.staff)
        }
        let price = model.facility.planning.weights.continuity
        let priced = places.staff.map { person in
            (costs.ofPerson(index, day, person) + price * wanted.count { $0 != person }, person)
        }
        return priced.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    }

    // MARK: Moves

    /// Finds a visit a place by more than swaps: room made at its own time by visits not yet told of, or another time.
    private func place(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        if item.visit.told { return makeRoom(index) || move(index) || moveWithLater(index) }
        return move(index) || makeRoom(index) || moveWithLater(index)
    }

    private func makeRoom(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        guard item.maySwap, places.mayKeepTime(index) else { return false }
        let hold = item.hold(from: item.original.start)
        for other in model.items.indices {
            let candidate = model.items[other]
            guard candidate.freedom == .anywhere, !candidate.visit.told, other != index,
                let place = board.places[other], place.day == item.original.day,
                candidate.hold(from: place.start).overlaps(hold)
            else { continue }
            looked += 1
            let madeRoom = attempt {
                set(other, nil)
                return swap(index) && (swap(other) || move(other))
            }
            if madeRoom { return true }
        }
        return false
    }

    /// Whether the patient's other visits and the course's gaps leave a visit a day.
    private func isDayFree(_ index: ItemIndex, at time: RepairTime) -> Bool {
        rules.keepsSettledGaps(index, on: time.day) && rules.keepsOneVisit(index, at: time, .all)
    }

    /// Another time, on its day or another, that leaves everybody else alone: the cheapest that is found.
    private func move(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        guard let window = model.windows[index] else { return false }
        var times: [(cost: Int, time: RepairTime)] = []
        var tentative = board.places
        for day in window {
            for time in places.times(of: index, on: day) {
                guard isDayFree(index, at: time) else { break }
                tentative[index] = RepairPlace(time, chair: -1, .none)
                looked += 1
                times.append((costs.cost(of: item.course, tentative), time))
            }
        }
        times.sort { ($0.cost, $0.time.day, $0.time.start) < ($1.cost, $1.time.day, $1.time.start) }
        return times.contains { time in
            attempt { settle(index, at: time.time) }
        }
    }

    /// Puts a visit at a time with chair and persons that are free.
    private func settle(_ index: ItemIndex, at time: RepairTime) -> Bool {
        let chairs = places.chairs(of: index, at: time)
        looked += chairs.count
        let free = chairs.filter { board.isFree($0, for: index, at: time, .all) }
        let ranked = free.map { (cost: costs.ofChair(index, time, $0), chair: $0) }
        guard let best = ranked.min(by: { $0.cost < $1.cost }),
            let staff = staff(of: index, at: time)
        else { return false }
        set(index, RepairPlace(time, chair: best.chair, staff))
        return rules.chainConflict(model.items[index].course) == nil
    }

    /// Another time for a visit, and for those of its course that follow and no longer keep their gaps.
    private func moveWithLater(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        let later = model.chains[item.course][(item.position + 1)...].filter {
            model.items[$0].freedom == .anywhere && board.places[$0] != nil
        }
        if later.isEmpty { return false }
        return attempt {
            let old = later.map { board.places[$0] }
            for other in later { set(other, nil) }
            guard move(index) else { return false }
            for (other, place) in zip(later, old) {
                let stays = attempt {
                    guard let place, isDayFree(other, at: place.time) else { return false }
                    set(other, place)
                    return rules.conflict(of: other) == nil
                }
                guard stays || move(other) else { return false }
            }
            return true
        }
    }
}
