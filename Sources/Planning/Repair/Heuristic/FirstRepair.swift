/// A good repair fast: swaps with chains first, then room made by visits not yet told of, then other times and days.
/// What the search starts from, and the answer where the search is cut short. Deterministic.
///
/// A chain of swaps: a visit takes a chair or a person from another visit, which takes one from a third, until somebody
/// finds one free. Every visit is asked once a chain, as where a matching is made larger along augmenting paths.
final class FirstRepair {
    let model: RepairModel
    let board: RepairBoard
    let places: RepairPlaces
    let rules: RepairRules
    let costs: RepairCosts
    private var log: [(item: Int, place: RepairPlace?)] = []
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

    func run() -> (score: RepairScore, places: [RepairPlace?]) {
        let broken = model.items.indices.filter { model.items[$0].isBroken && model.items[$0].freedom != .fixed }
        let ahead = broken.filter { !model.items[$0].isUnderWay }
            .sorted { order($0).lexicographicallyPrecedes(order($1)) }
        for index in ahead { board.set(index, nil) }
        for index in broken where model.items[index].isUnderWay { handOver(index) }
        var waiting = ahead.filter { !swap($0) }
        waiting = waiting.filter { !place($0) }
        // What has moved since may have left room.
        for index in waiting where !swap(index) { _ = place(index) }
        for index in broken where model.items[index].isUnderWay { giveUpIfBroken(index) }
        return (score(), board.places)
    }

    /// Pinned visits first, then those that patients know of, then by time.
    private func order(_ index: Int) -> [Int] {
        let item = model.items[index]
        return [item.visit.pinned ? 0 : 1, item.visit.told ? 0 : 1, item.original.day, item.original.start, index]
    }

    private func score() -> RepairScore {
        var score = RepairScore()
        var changed: Set<Int> = []
        for (index, item) in model.items.enumerated() where item.freedom != .fixed {
            score.add(item, board.places[index], isGivenUp: board.isGivenUp[index])
            if board.places[index] != item.original { changed.insert(item.course) }
        }
        for course in changed.sorted() { score.cost += costs.cost(of: course, board.places) }
        return score
    }

    // MARK: Changes that can be taken back

    private func set(_ index: Int, _ place: RepairPlace?) {
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

    private func handOver(_ index: Int) {
        let own = model.items[index].original
        if places.mayKeepPersons(index), rules.overload(of: index, at: own, .all) == nil { return }
        guard let filling = filling(of: index, own.day, own.start) else { return }
        var place = own
        place.persons = filling.persons
        place.covers = filling.covers
        set(index, place)
    }

    private func giveUpIfBroken(_ index: Int) {
        guard let place = board.places[index] else { return }
        let isKept = place == model.items[index].original
        board.isGivenUp[index] =
            isKept && !places.mayKeepPersons(index) || rules.overload(of: index, at: place, .all) != nil
    }

    // MARK: Swaps

    /// Gives a visit its own time back, with whatever chair and persons can be had by swapping.
    private func swap(_ index: Int) -> Bool {
        let item = model.items[index]
        guard item.maySwap, places.mayKeepTime(index), isDayFree(index, item.original) else { return false }
        return attempt { seatAndAttend(index, item.original.day, item.original.start) }
    }

    private func seatAndAttend(_ index: Int, _ day: Int, _ start: Int) -> Bool {
        var visited: Set<Int> = [index]
        guard let chair = seat(index, day, start, &visited) else { return false }
        visited = [index]
        guard attend(index, day, start, chair, &visited) else { return false }
        return rules.chainConflict(model.items[index].course) == nil
    }

    /// A chair for a visit at a time: a free one, or one that its holder can leave for another.
    private func seat(_ index: Int, _ day: Int, _ start: Int, _ visited: inout Set<Int>, except: Int? = nil) -> Int? {
        let item = model.items[index]
        let hold = Interval(start, start + item.kind.type.hold)
        let present = board.places[index]?.chair ?? item.original.chair
        let chairs = places.chairs(of: index, day, start).filter { $0 != except }
        looked += chairs.count
        let free = chairs.filter { board.holders(of: $0, day, hold, besides: index, .all).isEmpty }
        let ranked = free.map {
            (cost: costs.ofChair(index, day, start, $0), isOther: $0 == present ? 0 : 1, chair: $0)
        }
        if let best = ranked.min(by: { ($0.isOther, $0.cost, $0.chair) < ($1.isOther, $1.cost, $1.chair) }) {
            return best.chair
        }
        for chair in chairs {
            let holders = Set(board.holders(of: chair, day, hold, besides: index, .all))
            guard holders.count == 1, let other = holders.first, other >= 0, model.items[other].maySwap,
                var place = board.places[other], visited.insert(other).inserted,
                let next = seat(other, place.day, place.start, &visited, except: chair)
            else { continue }
            place.chair = next
            set(other, place)
            return chair
        }
        return nil
    }

    /// Puts a visit on the board with persons who are free, or whom other visits can spare.
    private func attend(
        _ index: Int, _ day: Int, _ start: Int, _ chair: Int, _ visited: inout Set<Int>
    ) -> Bool {
        if let filling = filling(of: index, day, start) {
            set(
                index,
                RepairPlace(
                    day: day, start: start, chair: chair, persons: filling.persons, covers: filling.covers))
            return true
        }
        guard let roster = model.board(day)?.roster else { return false }
        let item = model.items[index]
        for label in item.kind.labels.indices {
            for person in ranked(label, index, day, start)
            where places.mayFill(item, label, person, day, start, roster) {
                for other in blockers(index, label, person, day, start) where visited.insert(other).inserted {
                    let took = attempt {
                        take(person, for: label, of: index, from: other, day, start, chair, &visited)
                    }
                    if took { return true }
                }
            }
        }
        return false
    }

    private func take(
        _ person: Int, for label: Int, of index: Int, from other: Int, _ day: Int, _ start: Int, _ chair: Int,
        _ visited: inout Set<Int>
    ) -> Bool {
        guard let old = board.places[other] else { return false }
        set(other, nil)
        guard let filling = filling(of: index, day, start, fixed: (label, person)) else { return false }
        set(
            index,
            RepairPlace(
                day: day, start: start, chair: chair, persons: filling.persons, covers: filling.covers))
        return attend(other, old.day, old.start, old.chair, &visited)
    }

    /// Visits that may change persons and keep one from filling a label.
    private func blockers(_ index: Int, _ label: Int, _ person: Int, _ day: Int, _ start: Int) -> [Int] {
        let item = model.items[index]
        var persons = [Int](repeating: -1, count: item.kind.labels.count)
        persons[label] = person
        let pieces = board.pieces(
            item.kind, RepairPlace(day: day, start: start, chair: -1, persons: persons, covers: []))
        looked += 1
        return (board.overload(of: person, day, pieces, besides: index, .all) ?? []).filter {
            $0 >= 0 && model.items[$0].maySwap
        }
    }

    /// Who attends a visit at a time with nobody in the way: its present persons, else the cheapest that are found
    /// first.
    private func filling(
        of index: Int, _ day: Int, _ start: Int, fixed: (label: Int, person: Int)? = nil
    ) -> RepairPlaces.Filling? {
        let item = model.items[index]
        let own = item.original
        let isOwnTime = day == own.day && start == own.start
        if isOwnTime, fixed == nil, places.mayKeepPersons(index), rules.overload(of: index, at: own, .all) == nil {
            return RepairPlaces.Filling(persons: own.persons, covers: own.covers)
        }
        if isOwnTime, !item.isUnderWay, !places.hasPresence(atTimeOf: index) { return nil }
        var found: RepairPlaces.Filling?
        places.forEachFilling(
            of: index, day, start, against: .all,
            order: { $0 == fixed?.label ? [fixed!.person] : ranked($0, index, day, start) }
        ) {
            found = $0
            return false
        }
        return found
    }

    /// The staff for a label, the cheapest first: whom the visits before and after have, and who carries least.
    private func ranked(_ label: Int, _ index: Int, _ day: Int, _ start: Int) -> [Int] {
        let item = model.items[index]
        let staff = Array(model.facility.staff.indices)
        guard label == item.kind.continuity else { return staff }
        let role = item.kind.continuityRole
        let chain = model.chains[item.course]
        let before = chain[..<item.position].last { board.places[$0] != nil }
        let after = chain[(item.position + 1)...].first { board.places[$0] != nil }
        let wanted = [before, after].compactMap { neighbour -> Int? in
            guard let neighbour, model.items[neighbour].kind.continuityRole == role else { return nil }
            return costs.continuity(neighbour, board.places[neighbour]!)
        }
        let price = model.facility.planning.weights.continuity
        let priced = staff.map { person in
            (costs.ofPerson(index, day, person) + price * wanted.count { $0 != person }, person)
        }
        return priced.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    }

    // MARK: Moves

    /// Finds a visit another way: room made at its own time by visits not yet told of, or another time.
    private func place(_ index: Int) -> Bool {
        let item = model.items[index]
        if item.visit.told { return makeRoom(index) || move(index) || moveWithLater(index) }
        return move(index) || makeRoom(index) || moveWithLater(index)
    }

    private func makeRoom(_ index: Int) -> Bool {
        let item = model.items[index]
        guard item.maySwap, places.mayKeepTime(index) else { return false }
        let hold = Interval(item.original.start, item.original.start + item.kind.type.hold)
        for (other, candidate) in model.items.enumerated() {
            guard candidate.freedom == .anywhere, !candidate.visit.told, other != index,
                let place = board.places[other],
                place.day == item.original.day,
                Interval(place.start, place.start + candidate.kind.type.hold).overlaps(hold)
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
    private func isDayFree(_ index: Int, _ place: RepairPlace) -> Bool {
        rules.keepsSettledGaps(index, place)
            && (!rules.asksOneVisit(index, place)
                || board.visits(of: model.items[index].patient, place.day, besides: index, .all).isEmpty)
    }

    /// Another time, on its day or another, that leaves everybody else alone: the cheapest that is found.
    private func move(_ index: Int) -> Bool {
        let item = model.items[index]
        guard let window = model.windows[index] else { return false }
        var times: [(cost: Int, day: Int, start: Int)] = []
        var tentative = board.places
        for day in window {
            for start in places.starts(of: index, day) {
                let time = RepairPlace(day: day, start: start, chair: -1, persons: [], covers: [])
                guard isDayFree(index, time) else { break }
                tentative[index] = time
                looked += 1
                times.append((costs.cost(of: item.course, tentative), day, start))
            }
        }
        times.sort { ($0.cost, $0.day, $0.start) < ($1.cost, $1.day, $1.start) }
        return times.contains { time in
            attempt { settle(index, time.day, time.start) }
        }
    }

    /// Puts a visit at a time with chair and persons that are free.
    private func settle(_ index: Int, _ day: Int, _ start: Int) -> Bool {
        let hold = Interval(start, start + model.items[index].kind.type.hold)
        let chairs = places.chairs(of: index, day, start)
        looked += chairs.count
        let free = chairs.filter { board.holders(of: $0, day, hold, besides: index, .all).isEmpty }
        let ranked = free.map { (cost: costs.ofChair(index, day, start, $0), chair: $0) }
        guard let best = ranked.min(by: { ($0.cost, $0.chair) < ($1.cost, $1.chair) }),
            let filling = filling(of: index, day, start)
        else { return false }
        set(
            index,
            RepairPlace(
                day: day, start: start, chair: best.chair, persons: filling.persons, covers: filling.covers))
        return rules.chainConflict(model.items[index].course) == nil
    }

    /// Another time for a visit, and for those of its course that follow and no longer keep their gaps.
    private func moveWithLater(_ index: Int) -> Bool {
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
                    guard let place, isDayFree(other, place) else { return false }
                    set(other, place)
                    return rules.conflict(of: other) == nil
                }
                guard stays || move(other) else { return false }
            }
            return true
        }
    }
}
