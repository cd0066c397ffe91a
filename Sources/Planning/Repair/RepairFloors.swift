/// What the courses with broken visits cost at least, each taken alone, as if every visit that may change were away.
/// The sum of what several cost at least is what they cost together at least, since scores are compared part by part.
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
    private var known: [Int: RepairScore] = [:]

    /// - Parameter board: as it is before the repair, nothing locked but what never changes.
    init(_ model: RepairModel, _ costs: RepairCosts, _ board: RepairBoard, _ places: RepairPlaces, _ rules: RepairRules)
    {
        self.model = model
        self.costs = costs
        self.board = board
        self.places = places
        self.rules = rules
        courses = model.chains.indices.filter { course in
            model.chains[course].contains { model.items[$0].isBroken && model.items[$0].freedom != .fixed }
        }
    }

    /// What a course costs at least. It is asked for the first time before anything has changed on the board.
    subscript(course: Int) -> RepairScore {
        if let known = known[course] { return known }
        let broken = model.chains[course].filter { model.items[$0].isBroken && model.items[$0].freedom != .fixed }
        let tried = places.tried
        let floor = broken.count == 1 ? floor(of: broken[0]) : RepairScore()
        steps += places.tried - tried
        known[course] = floor
        return floor
    }

    /// What a course costs at least as far as that was asked for before; nothing for a course without broken visits.
    func found(_ course: Int) -> RepairScore { known[course] ?? RepairScore() }

    // MARK: One broken visit

    private func floor(of index: Int) -> RepairScore {
        let item = model.items[index]
        if item.isUnderWay || item.freedom == .handedOver { return RepairScore() }
        let others = model.chains[item.course].filter { $0 != index && model.items[$0].freedom != .fixed }
        var least = alone(index)
        // Other visits of the course that may change on the same days could bring its cost down.
        if others.contains(where: { model.items[$0].maySwap }) { least.cost = 0 }
        least.changed = min(least.changed, 1)
        guard !others.isEmpty else { return least }
        // Or one of them moves, too, and the visit lies where their distance would not allow it otherwise.
        var moved = relaxed(index)
        let isAllTold = others.allSatisfy { model.items[$0].visit.told }
        if isAllTold { moved.told += 1 } else { moved.others += 1 }
        return min(least, moved)
    }

    /// The best for the course where all its other visits stay.
    private func alone(_ index: Int) -> RepairScore {
        var least = score(index, nil)
        let isFree = { (place: RepairPlace) in self.isDayFree(index, place) }
        if let own = cheapestAtOwnTime(index, isFree) { return min(least, own) }
        if let new = cheapestAtNewTime(index, isFree) { least = min(least, new) }
        return least
    }

    /// The least that changes in time, whatever the distance to the course's other visits; it costs nothing.
    private func relaxed(_ index: Int) -> RepairScore {
        let item = model.items[index]
        if cheapestAtOwnTime(index, { _ in true }) != nil { return RepairScore() }
        return item.visit.told ? RepairScore(told: 1) : RepairScore(others: 1)
    }

    private func isDayFree(_ index: Int, _ place: RepairPlace) -> Bool {
        var isFree = true
        probe(index, place) { isFree = rules.chainConflict(model.items[index].course) == nil }
        return isFree
    }

    /// Puts a visit somewhere for a moment.
    private func probe(_ index: Int, _ place: RepairPlace?, _ body: () -> Void) {
        let before = board.places[index]
        board.set(index, place)
        body()
        board.set(index, before)
    }

    private func score(_ index: Int, _ place: RepairPlace?) -> RepairScore {
        let item = model.items[index]
        var score = RepairScore()
        score.add(item, place, isGivenUp: false)
        if place != item.original {
            var all = board.places
            all[index] = place
            score.cost = costs.cost(of: item.course, all)
        }
        return score
    }

    private func cheapestAtOwnTime(_ index: Int, _ isAllowed: (RepairPlace) -> Bool) -> RepairScore? {
        let item = model.items[index]
        let own = item.original
        guard item.maySwap, places.mayKeepTime(index), isAllowed(own),
            board.visits(of: item.patient, own.day, besides: index, .locked).isEmpty
                || !rules.asksOneVisit(index, own)
        else { return nil }
        var least: RepairScore?
        let chairs = freeChairs(index, own.day, own.start)
        guard let chair = cheapest(chairs, index, own.day, own.start) else { return nil }
        if chairs.contains(own.chair), places.mayKeepPersons(index),
            rules.overload(of: index, at: own, .locked) == nil
        {
            return RepairScore()
        }
        func take(_ persons: [Int], _ covers: [RepairCover]) {
            var place = own
            place.chair = chair
            place.persons = persons
            place.covers = covers
            let found = score(index, place)
            least = min(least ?? found, found)
        }
        if places.mayKeepPersons(index), rules.overload(of: index, at: own, .locked) == nil {
            take(own.persons, own.covers)
        }
        guard places.hasPresence(atTimeOf: index) else { return least }
        forEachPerson(index, own.day, own.start) { take($0.persons, $0.covers) }
        return least
    }

    private func cheapestAtNewTime(_ index: Int, _ isAllowed: (RepairPlace) -> Bool) -> RepairScore? {
        let item = model.items[index]
        guard let window = model.windows[index] else { return nil }
        var least: RepairScore?
        for day in window {
            let time = RepairPlace(day: day, start: 0, chair: -1, persons: [], covers: [])
            guard board.visits(of: item.patient, day, besides: index, .locked).isEmpty, isAllowed(time) else {
                continue
            }
            for start in places.starts(of: index, day) {
                steps += 1
                guard let chair = cheapest(freeChairs(index, day, start), index, day, start) else { continue }
                forEachPerson(index, day, start) { filling in
                    let place = RepairPlace(
                        day: day, start: start, chair: chair, persons: filling.persons, covers: filling.covers)
                    let found = score(index, place)
                    least = min(least ?? found, found)
                }
            }
        }
        return least
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
