/// The cheapest place of an item with a continuity person, at its own time or another.
struct LoneOption {
    let person: Int?
    let cost: Int
    let place: RepairPlace
}

/// The cheapest places of single visits, as if every visit of others that may change were away.
final class LoneOptions {
    private let model: RepairModel
    private let costs: RepairCosts
    private let board: RepairBoard
    private let places: RepairPlaces
    private let rules: RepairRules
    /// Places looked at, and attendances for the courses that are ended.
    private(set) var steps = 0
    /// Attendances tried by the time the present course was begun.
    private var begun = 0
    private var known: [Key: [LoneOption]] = [:]

    private struct Key: Hashable {
        let item: ItemIndex
        /// Nil for the item's own time.
        let day: Int?
    }

    init(_ costs: RepairCosts, _ board: RepairBoard, _ places: RepairPlaces, _ rules: RepairRules) {
        model = board.model
        self.costs = costs
        self.board = board
        self.places = places
        self.rules = rules
    }

    /// What was looked at, for the present course too.
    var work: Int { steps + places.tried - begun }

    func beginCourse() { begun = places.tried }

    func endCourse() {
        steps = work
        begun = places.tried
    }

    /// Whether an item may stay exactly as it is.
    func mayStay(_ index: ItemIndex) -> Bool {
        let own = model.items[index].original
        return mayKeepTime(index) && freeChairs(index, own.time).contains(own.chair)
            && rules.mayKeepPersons(index, places, .locked)
    }

    private func mayKeepTime(_ index: ItemIndex) -> Bool {
        let item = model.items[index]
        return item.maySwap && places.mayKeepTime(index)
            && rules.keepsOneVisit(index, at: item.original.time, .locked)
    }

    /// The cheapest places at an item's own time that are not its present one, by continuity person.
    func atOwnTime(_ index: ItemIndex) -> [LoneOption] {
        let key = Key(item: index, day: nil)
        if let known = known[key] { return known }
        var found = Cheapest()
        let own = model.items[index].original
        if mayKeepTime(index), let chair = cheapest(freeChairs(index, own.time), index, own.time) {
            let seat = Seat(index, RepairPlace(own.time, chair: chair, .none), costs)
            if rules.mayKeepPersons(index, places, .locked) { found.add(seat.option(own.staff, costs)) }
            if places.hasPresence(atTimeOf: index) {
                forEachPerson(index, own.time) { found.add(seat.option($0, costs)) }
            }
        }
        known[key] = found.options
        return found.options
    }

    /// The cheapest places at other times of a day, by continuity person.
    func atNewTimes(_ index: ItemIndex, on day: Int) -> [LoneOption] {
        let key = Key(item: index, day: day)
        if let known = known[key] { return known }
        var found = Cheapest()
        if board.visits(besides: index, on: day, .locked).isEmpty {
            for time in places.times(of: index, on: day) {
                steps += 1
                guard let chair = cheapest(freeChairs(index, time), index, time) else { continue }
                let seat = Seat(index, RepairPlace(time, chair: chair, .none), costs)
                forEachPerson(index, time) { found.add(seat.option($0, costs)) }
            }
        }
        known[key] = found.options
        return found.options
    }

    /// An item's time and chair, and what they cost whoever attends.
    private struct Seat {
        let index: ItemIndex
        let place: RepairPlace
        let price: Int

        init(_ index: ItemIndex, _ place: RepairPlace, _ costs: RepairCosts) {
            self.index = index
            self.place = place
            price = costs.atTime(index, place.time) + costs.ofChair(index, place.time, place.chair)
        }

        func option(_ staff: RepairStaff, _ costs: RepairCosts) -> LoneOption {
            let person = costs.continuity(index, staff)
            return LoneOption(
                person: person, cost: price + costs.ofPerson(index, place.day, person),
                place: place.attended(by: staff))
        }
    }

    private struct Cheapest {
        private(set) var options: [LoneOption] = []

        mutating func add(_ option: LoneOption) {
            guard let known = options.firstIndex(where: { $0.person == option.person }) else {
                options.append(option)
                return
            }
            if option.cost < options[known].cost { options[known] = option }
        }
    }

    private func freeChairs(_ index: ItemIndex, _ time: RepairTime) -> [Int] {
        let chairs = places.chairs(of: index, at: time)
        steps += chairs.count
        return chairs.filter { board.isFree($0, for: index, at: time, .locked) }
    }

    private func cheapest(_ chairs: [Int], _ index: ItemIndex, _ time: RepairTime) -> Int? {
        chairs.min { costs.ofChair(index, time, $0) < costs.ofChair(index, time, $1) }
    }

    /// Calls back with one attendance for each continuity person that there could be: others cost the same.
    private func forEachPerson(_ index: ItemIndex, _ time: RepairTime, _ body: (RepairStaff) -> Void) {
        let label = model.items[index].kind.continuity
        for person in label == nil ? [-1] : places.staff {
            places.forEachStaff(
                of: index, at: time, against: .locked, order: { $0 == label ? [person] : places.staff }
            ) {
                body($0)
                return false
            }
        }
    }
}
