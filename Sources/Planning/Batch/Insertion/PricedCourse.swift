/// The cheapest plan of a course that pays for capacity, at least: windows of phases are left out, and days that cost
/// so much more than the best, even when capacity is free, count as that much. Costs are in 1,024ths.
final class PricedCourse {
    private let course: BatchCourse
    private let places: [PricedPlaces]
    /// By kind and day, the starts that the patient's availability leaves, by index, and whether each is preferred.
    private let allowed: [[(index: Int, isWished: Bool)]]
    /// Whether its own cost counts, or only the prices.
    private let isCosted: Bool
    private let groups: Int
    private let tables: PriceTables
    /// Days on which a plan costs at least so much alone are left out; and the least that plans over them cost.
    private let limit: Int32
    private let beyond: Int32
    /// For each minute of the clock, the usual times from which a start there is not as far as can be: the first, and
    /// the one after the last.
    private let near: [(from: Int, until: Int)]

    static let scale: Int32 = 1024
    /// How much more than the best a plan may cost alone to be looked at.
    private static let width: Int32 = 100

    /// A course on days that hold only what stays.
    ///
    /// - Parameter isCosted: whether its own cost counts, or only the prices.
    init(
        _ course: BatchCourse, _ places: [PricedPlaces], _ tables: PriceTables, isCosted: Bool,
        isFree: (Int) -> Bool
    ) {
        self.isCosted = isCosted
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
        let reach = 30 * (mostHalfHoursOff - 1)
        near = (0..<1440).map { clock in
            let first = course.usuals.firstIndex { $0 >= clock - reach } ?? course.usuals.count
            return (first, course.usuals.firstIndex { $0 > clock + reach } ?? course.usuals.count)
        }
    }

    /// What the course pays at least.
    func cheapest() -> Int32 {
        tables.begin(course)
        for step in course.steps.indices.reversed() { goBackward(step) }
        let shape = course.shapes[0]
        var best = PricedPlaces.impossible
        for index in 0..<shape.count {
            let start = isCosted ? Int32(course.weights.start * (shape.first + index)) * PricedCourse.scale : 0
            let row = tables.values(shape.offset + index)
            for cell in 0..<(shape.attendants * groups) { best = min(best, (row[cell] &+ start).min()) }
        }
        return isCosted ? min(best, beyond * PricedCourse.scale) : best
    }

    private func goBackward(_ step: Int) {
        let shape = course.shapes[step]
        let impossible = SIMD8<Int32>(repeating: PricedPlaces.impossible)
        let change = Int32(isCosted && shape.keepsRole ? course.weights.continuity : 0) * PricedCourse.scale
        for index in 0..<shape.count {
            let row = tables.values(shape.offset + index)
            let least = tables.least(shape.offset + index, groups)
            least.update(repeating: impossible, count: groups)
            let day = course.origin + shape.first + index
            let isLeftOut = isCosted && course.through[shape.offset + index] >= limit
            guard !isLeftOut, fill(step, day, row) else {
                row.update(repeating: impossible, count: shape.attendants * groups)
                continue
            }
            if step + 1 < course.steps.count { addRest(step, shape.first + index, row) }
            for attendant in 0..<shape.attendants {
                for group in 0..<groups { least[group] = pointwiseMin(least[group], row[attendant * groups + group]) }
            }
            for group in 0..<groups { least[group] = pointwiseMin(least[group] &+ change, impossible) }
        }
    }

    /// Adds to a step's costs on a day what follows them.
    private func addRest(_ step: Int, _ day: Int, _ row: UnsafeMutablePointer<SIMD8<Int32>>) {
        let shape = course.shapes[step]
        let impossible = SIMD8<Int32>(repeating: PricedPlaces.impossible)
        let next = course.shapes[step + 1]
        let rest = tables.scratch
        rest.update(repeating: impossible, count: shape.attendants * groups)
        var gap = max(next.gapFrom, next.first - day)
        let last = min(next.gapUntil, next.first + next.count - 1 - day)
        while gap <= last {
            let cell = next.offset + day + gap - next.first
            let price = isCosted ? Int32(course.weights.gap * abs(gap - next.gapIdeal)) * PricedCourse.scale : 0
            let least = tables.least(cell, groups)
            let values = tables.values(cell)
            for attendant in 0..<shape.attendants {
                for group in 0..<groups {
                    // A change of person is paid in `least` already.
                    let then =
                        next.keepsRole
                        ? pointwiseMin(values[attendant * groups + group], least[group]) : least[group]
                    let at = attendant * groups + group
                    rest[at] = pointwiseMin(rest[at], then &+ SIMD8(repeating: price))
                }
            }
            gap += 1
        }
        for at in 0..<(shape.attendants * groups) { row[at] = pointwiseMin(row[at] &+ rest[at], impossible) }
    }

    /// A step's own cost and prices on a day, by attendant and usual time; false where it cannot be that day.
    private func fill(_ step: Int, _ day: Int, _ row: UnsafeMutablePointer<SIMD8<Int32>>) -> Bool {
        let shape = course.shapes[step]
        guard day >= 0, day < course.days.count else { return false }
        let open = allowed[shape.kind * course.days.count + day]
        if open.isEmpty { return false }
        let scale = PricedCourse.scale
        let missed = isCosted && course.isPreferring ? Int32(course.weights.preference) * scale : 0
        let rhythm = isCosted && course.rhythms[step] ? Int32(course.weights.rhythm) * scale : 0
        let slots = places[step].starts[day]
        let calendar = course.days.board(day).calendar
        var any = false
        for attendant in 0..<shape.attendants {
            let prices = places[step].prices(day, attendant)
            let cells = UnsafeMutableRawPointer(row + attendant * groups).assumingMemoryBound(to: Int32.self)
            var least = PricedPlaces.impossible
            for start in open {
                least = min(least, prices[start.index] &+ (start.isWished ? 0 : missed))
            }
            let extra = extraPrice(step, attendant)
            least = min(least &+ extra, PricedPlaces.impossible)
            any = any || least < PricedPlaces.impossible
            let far = rhythm &* Int32(mostHalfHoursOff)
            for cell in 0..<(groups * 8) { cells[cell] = min(least &+ far, PricedPlaces.impossible) }
            if rhythm == 0 || least >= PricedPlaces.impossible { continue }
            for start in open {
                let price = prices[start.index] &+ (start.isWished ? 0 : missed) &+ extra
                let clock = calendar.clock(at: course.days.grid.minute(of: slots[start.index]))
                var usual = near[clock].from
                while usual < near[clock].until {
                    let halfHours = Int32(halfHoursOff(clock: clock, usual: course.usuals[usual]))
                    cells[usual] = min(cells[usual], price &+ rhythm &* halfHours)
                    usual += 1
                }
            }
        }
        return any
    }

    private func extraPrice(_ step: Int, _ attendant: Int) -> Int32 {
        isCosted && course.misses(step, attendant) ? Int32(course.weights.continuity) * PricedCourse.scale : 0
    }

    // MARK: What it asks for

    /// A day from the origin, a continuity person by attendant, and a candidate of the usual time: a cell of the
    /// tables.
    private struct Cell {
        let day: Int
        let attendant: Int
        let usual: Int
    }

    /// Notes what the cheapest plan asks for, so many times; `cheapest` comes right before, with the same prices.
    func use(costing cost: Int32, times: Int32) {
        guard var cell = first(costing: cost) else { return }
        for step in course.steps.indices {
            let shape = course.shapes[step]
            let row = tables.values(shape.offset + cell.day - shape.first)
            let start = bestStart(step, cell).index
            places[step].use(course.origin + cell.day, start: start, attendant: cell.attendant, times: times)
            guard step + 1 < course.steps.count else { return }
            // Ties are drawn anew: any of the cheapest starts costs the same.
            let own = bestStart(step, cell).cost
            let wanted = row[cell.attendant * groups + cell.usual >> 3][cell.usual & 7] - own
            guard let next = next(after: cell, step, costing: wanted) else { return }
            cell = next
        }
    }

    private func first(costing cost: Int32) -> Cell? {
        let shape = course.shapes[0]
        var found: Cell?
        var seen = 0
        for index in 0..<shape.count {
            let start = isCosted ? Int32(course.weights.start * (shape.first + index)) * PricedCourse.scale : 0
            let row = tables.values(shape.offset + index)
            for attendant in 0..<shape.attendants {
                for usual in course.usuals.indices
                where row[attendant * groups + usual >> 3][usual & 7] &+ start == cost {
                    if tables.takes(&seen) {
                        found = Cell(day: shape.first + index, attendant: attendant, usual: usual)
                    }
                }
            }
        }
        return found
    }

    /// Where the next step goes on at a cost.
    private func next(after cell: Cell, _ step: Int, costing wanted: Int32) -> Cell? {
        let next = course.shapes[step + 1]
        let change = Int32(isCosted && next.keepsRole ? course.weights.continuity : 0) * PricedCourse.scale
        let (day, usual) = (cell.day, cell.usual)
        var gap = max(next.gapFrom, next.first - day)
        let last = min(next.gapUntil, next.first + next.count - 1 - day)
        var found: Cell?
        var seen = 0
        while gap <= last {
            let price = isCosted ? Int32(course.weights.gap * abs(gap - next.gapIdeal)) * PricedCourse.scale : 0
            let row = tables.values(next.offset + day + gap - next.first)
            for other in 0..<next.attendants {
                let isSame = next.keepsRole && other == cell.attendant
                if row[other * groups + usual >> 3][usual & 7] &+ price &+ (isSame ? 0 : change) == wanted,
                    tables.takes(&seen)
                {
                    found = Cell(day: day + gap, attendant: other, usual: usual)
                }
            }
            gap += 1
        }
        return found
    }

    /// One of the cheapest starts of a step at a cell, by index, and what it costs with its prices.
    private func bestStart(_ step: Int, _ cell: Cell) -> (index: Int, cost: Int32) {
        let index = course.origin + cell.day
        var best = (index: 0, cost: PricedPlaces.impossible)
        var seen = 0
        for start in allowed[course.shapes[step].kind * course.days.count + index] {
            var cost = places[step].prices(index, cell.attendant)[start.index] &+ extraPrice(step, cell.attendant)
            if isCosted {
                if course.isPreferring && !start.isWished {
                    cost += Int32(course.weights.preference) * PricedCourse.scale
                }
                if course.rhythms[step] {
                    let halfHours = halfHours(places[step].starts[index][start.index], on: index, from: cell.usual)
                    cost += Int32(course.weights.rhythm * halfHours) * PricedCourse.scale
                }
            }
            if cost < best.cost { seen = 0 }
            if cost <= best.cost, tables.takes(&seen) { best = (start.index, cost) }
        }
        return best
    }

    /// The half hours between a slot and a candidate of the usual time.
    private func halfHours(_ slot: Int, on day: Int, from usual: Int) -> Int {
        let clock = course.days.board(day).calendar.clock(at: course.days.grid.minute(of: slot))
        return halfHoursOff(clock: clock, usual: course.usuals[usual])
    }
}

/// Room for the costs of one priced course after the other: by step and day, for each attendant and usual time.
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
        var attendants = 1
        for course in courses {
            var own = 0
            for step in course.steps.indices {
                own += course.shapes[step].count * course.shapes[step].attendants * course.usualGroups
                attendants = max(attendants, course.shapes[step].attendants)
            }
            size = max(size, own)
            cellCount = max(cellCount, course.tableSize)
            groups = max(groups, course.usualGroups)
        }
        cells = .allocate(capacity: size)
        leasts = .allocate(capacity: cellCount * groups)
        scratch = .allocate(capacity: attendants * groups)
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
                offset += shape.attendants * course.usualGroups
            }
        }
    }

    /// The costs of a step and day, by attendant and usual time.
    func values(_ cell: Int) -> UnsafeMutablePointer<SIMD8<Int32>> { cells + offsets[cell] }

    /// The least of them, with what it costs to change the person.
    func least(_ cell: Int, _ groups: Int) -> UnsafeMutablePointer<SIMD8<Int32>> { leasts + cell * groups }
}
