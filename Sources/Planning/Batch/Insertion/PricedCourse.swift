/// The cheapest plan of a course that pays for capacity, at least: windows of phases are left out, and days that cost
/// so much more than the best, even when capacity is free, count as that much. Costs are in 1,024ths.
final class PricedCourse {
    private let course: BatchCourse
    private let places: [PricedPlaces]
    /// By kind and day, the starts that the patient's availability leaves, by index, and whether each is preferred.
    private let allowed: [[(index: Int, isWished: Bool)]]
    private let groups: Int
    private let tables: PriceTables
    /// Days on which a plan costs at least so much alone are left out; and the least that plans over them cost.
    private let limit: Int32
    private let beyond: Int32
    /// For each clock hour and minute in slots, the usual times near it: the first, and the one after the last.
    private let near: [(from: Int, until: Int)]

    static let scale: Int32 = 1024
    /// How much more than the best a plan may cost alone to be looked at.
    private static let width: Int32 = 100

    /// A course on days that hold only what stays.
    init(_ course: BatchCourse, _ places: [PricedPlaces], _ tables: PriceTables, isFree: (Int) -> Bool) {
        self.course = course
        self.places = places
        self.tables = tables
        groups = course.usualGroups
        var allowed = [[(index: Int, isWished: Bool)]](repeating: [], count: course.kindCount * course.days.count)
        for step in course.steps.indices {
            let shape = course.shapes[step]
            for day in shape.first..<(shape.first + shape.count) {
                let index = course.origin + day
                guard index >= 0, index < course.days.count, isFree(index) else { continue }
                let cell = shape.kind * course.days.count + index
                guard allowed[cell].isEmpty else { continue }
                allowed[cell] = course.openStarts(step, index, among: places[step].starts[index])
            }
        }
        self.allowed = allowed
        let limit = Int32(course.aloneCost) + PricedCourse.width
        self.limit = limit
        beyond = (0..<course.tableSize).map { course.through[$0] }.filter { $0 >= limit }.min() ?? Int32(Cost16.most)
        near = (0..<1440).map { clock in
            let first = course.usuals.firstIndex { $0 >= clock - 30 } ?? course.usuals.count
            return (first, course.usuals.firstIndex { $0 > clock + 30 } ?? course.usuals.count)
        }
    }

    /// What the course pays at least; and if asked, notes what it asks for.
    ///
    /// - Parameter isCosted: whether its own cost counts, or only the prices.
    func cheapest(isCosted: Bool) -> Int32 {
        tables.begin(course)
        for step in course.steps.indices.reversed() { goBackward(step, isCosted) }
        let shape = course.shapes[0]
        var best = PricedPlaces.impossible
        for index in 0..<shape.count {
            let start = isCosted ? Int32(course.weights.start * (shape.first + index)) * PricedCourse.scale : 0
            let row = tables.values(shape.offset + index, lanes: shape.lanes, groups)
            for cell in 0..<(shape.lanes * groups) { best = min(best, (row[cell] &+ start).min()) }
        }
        return isCosted ? min(best, beyond * PricedCourse.scale) : best
    }

    private func goBackward(_ step: Int, _ isCosted: Bool) {
        let shape = course.shapes[step]
        let impossible = SIMD8<Int32>(repeating: PricedPlaces.impossible)
        let change = Int32(isCosted && shape.keepsRole ? course.weights.continuity : 0) * PricedCourse.scale
        for index in 0..<shape.count {
            let row = tables.values(shape.offset + index, lanes: shape.lanes, groups)
            let least = tables.least(shape.offset + index, groups)
            least.update(repeating: impossible, count: groups)
            let day = course.origin + shape.first + index
            let isLeftOut = isCosted && course.through[shape.offset + index] >= limit
            guard !isLeftOut, fill(step, shape, day, isCosted, row) else {
                row.update(repeating: impossible, count: shape.lanes * groups)
                continue
            }
            if step + 1 < course.steps.count { addRest(step, shape, shape.first + index, isCosted, row) }
            for lane in 0..<shape.lanes {
                for group in 0..<groups { least[group] = pointwiseMin(least[group], row[lane * groups + group]) }
            }
            for group in 0..<groups { least[group] = pointwiseMin(least[group] &+ change, impossible) }
        }
    }

    /// Adds to a step's costs on a day what follows them.
    private func addRest(
        _ step: Int, _ shape: StepShape, _ day: Int, _ isCosted: Bool, _ row: UnsafeMutablePointer<SIMD8<Int32>>
    ) {
        let impossible = SIMD8<Int32>(repeating: PricedPlaces.impossible)
        let next = course.shapes[step + 1]
        let rest = tables.scratch
        rest.update(repeating: impossible, count: shape.lanes * groups)
        var gap = max(next.gapFrom, next.first - day)
        let last = min(next.gapUntil, next.first + next.count - 1 - day)
        while gap <= last {
            let cell = next.offset + day + gap - next.first
            let price = isCosted ? Int32(course.weights.gap * abs(gap - next.gapIdeal)) * PricedCourse.scale : 0
            let least = tables.least(cell, groups)
            let values = tables.values(cell, lanes: next.lanes, groups)
            for lane in 0..<shape.lanes {
                for group in 0..<groups {
                    // A change of person is paid in `least` already.
                    let then =
                        next.keepsRole
                        ? pointwiseMin(values[lane * groups + group], least[group]) : least[group]
                    let at = lane * groups + group
                    rest[at] = pointwiseMin(rest[at], then &+ SIMD8(repeating: price))
                }
            }
            gap += 1
        }
        for at in 0..<(shape.lanes * groups) { row[at] = pointwiseMin(row[at] &+ rest[at], impossible) }
    }

    /// A step's own cost and prices on a day, by lane and usual time; false where it cannot be that day.
    private func fill(
        _ step: Int, _ shape: StepShape, _ day: Int, _ isCosted: Bool, _ row: UnsafeMutablePointer<SIMD8<Int32>>
    ) -> Bool {
        guard day >= 0, day < course.days.count else { return false }
        let open = allowed[shape.kind * course.days.count + day]
        if open.isEmpty { return false }
        let scale = PricedCourse.scale
        let missed = isCosted && course.isPreferring ? Int32(course.weights.preference) * scale : 0
        let rhythm = isCosted && course.rhythms[step] ? Int32(course.weights.rhythm) * scale : 0
        let slots = places[step].starts[day]
        let calendar = course.days.board(day).calendar
        var any = false
        for lane in 0..<shape.lanes {
            let prices = places[step].prices(day, lane)
            let cells = UnsafeMutableRawPointer(row + lane * groups).assumingMemoryBound(to: Int32.self)
            var least = PricedPlaces.impossible
            for start in open {
                least = min(least, prices[start.index] &+ (start.isWished ? 0 : missed))
            }
            if step == course.preferredStep, places[step].kind.kind.lanes[lane] != course.preferredPerson, isCosted {
                least = min(least &+ Int32(course.weights.continuity) * scale, PricedPlaces.impossible)
            }
            any = any || least < PricedPlaces.impossible
            for cell in 0..<(groups * 8) { cells[cell] = min(least &+ rhythm, PricedPlaces.impossible) }
            if rhythm == 0 || least >= PricedPlaces.impossible { continue }
            let extra = extraPrice(step, lane, isCosted)
            for start in open {
                let price = prices[start.index] &+ (start.isWished ? 0 : missed) &+ extra
                let clock = calendar.clock(at: course.days.grid.minute(of: slots[start.index]))
                var usual = near[clock].from
                while usual < near[clock].until {
                    cells[usual] = min(cells[usual], price)
                    usual += 1
                }
            }
        }
        return any
    }

    private func extraPrice(_ step: Int, _ lane: Int, _ isCosted: Bool) -> Int32 {
        isCosted && step == course.preferredStep && places[step].kind.kind.lanes[lane] != course.preferredPerson
            ? Int32(course.weights.continuity) * PricedCourse.scale : 0
    }

    // MARK: What it asks for

    /// Notes what the cheapest plan asks for, so many times; `cheapest` comes right before, with the same prices.
    func use(costing cost: Int32, isCosted: Bool, times: Int32) {
        guard let first = first(costing: cost, isCosted) else { return }
        let usual = first.usual
        var (day, lane) = (first.day, first.lane)
        for step in course.steps.indices {
            let shape = course.shapes[step]
            let row = tables.values(shape.offset + day - shape.first, lanes: shape.lanes, groups)
            useStart(step, shape, day, lane, usual, isCosted, times)
            guard step + 1 < course.steps.count else { return }
            let own = ownCost(step, shape, day, lane, usual, isCosted)
            let wanted = row[lane * groups + usual >> 3][usual & 7] - own
            guard let next = next(step, day, lane, usual, wanted, isCosted) else { return }
            (day, lane) = next
        }
    }

    private func first(costing cost: Int32, _ isCosted: Bool) -> (day: Int, lane: Int, usual: Int)? {
        let shape = course.shapes[0]
        var found: (day: Int, lane: Int, usual: Int)?
        var seen = 0
        for index in 0..<shape.count {
            let start = isCosted ? Int32(course.weights.start * (shape.first + index)) * PricedCourse.scale : 0
            let row = tables.values(shape.offset + index, lanes: shape.lanes, groups)
            for lane in 0..<shape.lanes {
                for usual in course.usuals.indices where row[lane * groups + usual >> 3][usual & 7] &+ start == cost {
                    if tables.takes(&seen) { found = (shape.first + index, lane, usual) }
                }
            }
        }
        return found
    }

    private func next(
        _ step: Int, _ day: Int, _ lane: Int, _ usual: Int, _ wanted: Int32, _ isCosted: Bool
    ) -> (day: Int, lane: Int)? {
        let next = course.shapes[step + 1]
        let change = Int32(isCosted && next.keepsRole ? course.weights.continuity : 0) * PricedCourse.scale
        var gap = max(next.gapFrom, next.first - day)
        let last = min(next.gapUntil, next.first + next.count - 1 - day)
        var found: (day: Int, lane: Int)?
        var seen = 0
        while gap <= last {
            let price = isCosted ? Int32(course.weights.gap * abs(gap - next.gapIdeal)) * PricedCourse.scale : 0
            let row = tables.values(next.offset + day + gap - next.first, lanes: next.lanes, groups)
            for other in 0..<next.lanes {
                let isSame = next.keepsRole && other == lane
                if row[other * groups + usual >> 3][usual & 7] &+ price &+ (isSame ? 0 : change) == wanted,
                    tables.takes(&seen)
                {
                    found = (day + gap, other)
                }
            }
            gap += 1
        }
        return found
    }

    /// What a start costs a course for a lane and usual time, prices included.
    private func cost(
        _ step: Int, _ start: (index: Int, isWished: Bool), _ day: Int, _ lane: Int, _ usual: Int, _ isCosted: Bool
    ) -> Int32 {
        var cost = places[step].prices(day, lane)[start.index] &+ extraPrice(step, lane, isCosted)
        guard isCosted else { return cost }
        if course.isPreferring && !start.isWished { cost += Int32(course.weights.preference) * PricedCourse.scale }
        let clock = course.days.board(day).calendar.clock(at: course.days.grid.minute(of: places[step].starts[day][start.index]))
        if course.rhythms[step], abs(clock - course.usuals[usual]) > 30 {
            cost += Int32(course.weights.rhythm) * PricedCourse.scale
        }
        return cost
    }

    private func bestStart(
        _ step: Int, _ shape: StepShape, _ day: Int, _ lane: Int, _ usual: Int, _ isCosted: Bool
    ) -> (index: Int, cost: Int32) {
        let index = course.origin + day
        var best = (index: 0, cost: PricedPlaces.impossible)
        var seen = 0
        for start in allowed[shape.kind * course.days.count + index] {
            let cost = cost(step, start, index, lane, usual, isCosted)
            if cost < best.cost { seen = 0 }
            if cost <= best.cost, tables.takes(&seen) { best = (start.index, cost) }
        }
        return best
    }

    private func ownCost(
        _ step: Int, _ shape: StepShape, _ day: Int, _ lane: Int, _ usual: Int, _ isCosted: Bool
    ) -> Int32 { bestStart(step, shape, day, lane, usual, isCosted).cost }

    private func useStart(
        _ step: Int, _ shape: StepShape, _ day: Int, _ lane: Int, _ usual: Int, _ isCosted: Bool, _ times: Int32
    ) {
        let start = bestStart(step, shape, day, lane, usual, isCosted).index
        places[step].use(course.origin + day, start: start, lane: lane, times: times)
    }
}

/// Room for the costs of one priced course after the other: by step and day, for each lane and usual time.
final class PriceTables {
    private let cells: UnsafeMutablePointer<SIMD8<Int32>>
    private let leasts: UnsafeMutablePointer<SIMD8<Int32>>
    let scratch: UnsafeMutablePointer<SIMD8<Int32>>
    private let offsets: UnsafeMutablePointer<Int>
    private var numbers = SeededNumbers(seed: 1)

    /// Room for every one of some courses.
    init(_ courses: [BatchCourse]) {
        var size = 1
        var cellCount = 1
        var groups = 1
        var lanes = 1
        for course in courses {
            var own = 0
            for step in course.steps.indices {
                own += course.shapes[step].count * course.shapes[step].lanes * course.usualGroups
                lanes = max(lanes, course.shapes[step].lanes)
            }
            size = max(size, own)
            cellCount = max(cellCount, course.tableSize)
            groups = max(groups, course.usualGroups)
        }
        cells = .allocate(capacity: size)
        leasts = .allocate(capacity: cellCount * groups)
        scratch = .allocate(capacity: lanes * groups)
        offsets = .allocate(capacity: cellCount)
    }

    deinit {
        cells.deallocate()
        leasts.deallocate()
        scratch.deallocate()
        offsets.deallocate()
    }

    /// Whether to take the next of several that are as good as each other, each with the same chance in the end.
    func takes(_ seen: inout Int) -> Bool {
        seen += 1
        return numbers.below(seen) == 0
    }

    /// Takes up a course.
    func begin(_ course: BatchCourse) {
        var offset = 0
        for step in course.steps.indices {
            let shape = course.shapes[step]
            for index in 0..<shape.count {
                offsets[shape.offset + index] = offset
                offset += shape.lanes * course.usualGroups
            }
        }
    }

    /// The costs of a step and day, by lane and usual time.
    func values(_ cell: Int, lanes: Int, _ groups: Int) -> UnsafeMutablePointer<SIMD8<Int32>> { cells + offsets[cell] }

    /// The least of them, with what it costs to change the person.
    func least(_ cell: Int, _ groups: Int) -> UnsafeMutablePointer<SIMD8<Int32>> { leasts + cell * groups }
}
