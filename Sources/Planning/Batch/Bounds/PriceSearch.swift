/// The search for prices that prove the most: prices follow what the courses ask for in the mean beyond what there is
/// (the volume algorithm of Barahona and Anbil 2000), in steps that shrink while nothing is gained. For the cost of
/// answers that leave a given number of courses without a place, or for that number itself, when a course is worth 1
/// and its own cost nothing.
final class PriceSearch {
    let isCosted: Bool
    private let capacity: CapacityPrices
    private let places: [PricedPlaces]
    private let courses: [PricedCourse]
    /// Courses priced so far: a step each.
    private(set) var steps = 0
    /// The best bound so far in whole units, and for how many courses without a place it holds (the cost's).
    private(set) var bound = 0
    private(set) var leaving = 0
    private var best: Int64?
    private var stride = 0.5
    private var idleRounds = 0
    private(set) var rounds = 0

    /// Prices on days that hold only what stays; `isFree` says on which days a course's patient has no visit yet.
    init(_ batch: [BatchCourse], _ days: BatchDays, isCosted: Bool, isFree: (BatchCourse, Int) -> Bool) {
        self.isCosted = isCosted
        let capacity = CapacityPrices(days)
        self.capacity = capacity
        let tables = PriceTables(batch)
        var known: [ObjectIdentifier: PricedPlaces] = [:]
        var order: [PricedPlaces] = []
        var courses: [PricedCourse] = []
        for course in batch where !course.steps.isEmpty {
            let own = course.kinds.map { kind in
                if let places = known[ObjectIdentifier(kind)] { return places }
                let places = PricedPlaces(kind, capacity)
                known[ObjectIdentifier(kind)] = places
                order.append(places)
                return places
            }
            courses.append(PricedCourse(course, own, tables, isCosted: isCosted) { isFree(course, $0) })
        }
        places = order
        self.courses = courses
    }

    /// Whether another round may still gain something.
    var isHopeful: Bool { stride > 0.01 && !courses.isEmpty }

    /// Prices every course once and moves the prices.
    ///
    /// - Parameters:
    ///   - unplaced: how many courses are left without a place.
    ///   - known: what the best known answer is worth: its cost, or how many courses it leaves without a place.
    func round(leaving unplaced: Int, known: Int) {
        if unplaced != leaving {
            leaving = unplaced
            best = nil
            bound = 0
            stride = max(stride, 0.1)
        }
        let worth = capacity.settle()
        for place in places { place.settle() }
        capacity.clearUsage()
        let paid = payments(unplaced)
        steps += courses.count
        rounds += 1
        capacity.average(weight: rounds == 1 ? 1 : 0.1)
        let unit = Int64(CapacityPrices.unit)
        let value = paid * (unit / Int64(PricedCourse.scale)) - worth
        if best.map({ value > $0 }) ?? true {
            best = value
            bound = max(bound, value > 0 ? Int((value + unit - 1) / unit) : 0)
            capacity.settleCenter()
            stride = min(stride * 1.1, 2)
            idleRounds = 0
        } else {
            idleRounds += 1
            if idleRounds >= 20 {
                stride *= 0.75
                idleRounds = 0
            }
        }
        let imbalance = capacity.imbalance()
        guard imbalance > 0, let best else {
            stride = 0
            return
        }
        // Aims a little higher than what is proven, but no higher than what is known.
        let aim = min(Int64(known) * unit, best + max(abs(best) / 10, unit * 4))
        capacity.move(by: stride * Double(max(aim - best, unit / 8)) / imbalance)
    }

    /// Lets the prices that proved most guide the search, so many units of cost for a unit.
    func guide(_ units: Int32) {
        capacity.takeCenter()
        _ = capacity.settle()
        for place in places {
            place.settle()
            place.guide(units)
        }
    }

    /// What all courses pay together that are not left out, and notes what they ask for.
    private func payments(_ unplaced: Int) -> Int64 {
        var costs: [Int32] = []
        for course in courses {
            let cost = course.cheapest()
            costs.append(cost)
            // A course that pays more than its worth stays without a place.
            if isCosted || cost < PricedCourse.scale { course.use(costing: cost, times: 1) }
        }
        guard isCosted else { return costs.reduce(0) { $0 + Int64(min($1, PricedCourse.scale)) } }
        let dearest = costs.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }.prefix(unplaced)
        for index in dearest {
            let cost = courses[index].cheapest()
            courses[index].use(costing: cost, times: -1)
        }
        return costs.reduce(0) { $0 + Int64($1) } - dearest.reduce(0) { $0 + Int64(costs[$1]) }
    }
}
