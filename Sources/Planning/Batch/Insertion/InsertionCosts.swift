/// A group of eight costs in 16 bits, cut off at `Cost16.most`: as bounds they stay true.
typealias CostGroup16 = SIMD8<Int16>

/// Costs in 16 bits.
enum Cost16 {
    /// What all larger costs are cut to: two of them still add up.
    static let most: Int16 = 16_000

    static func cut(_ cost: Int) -> Int16 { cost < Int(most) ? Int16(cost) : most }

    static let group = CostGroup16(repeating: most)
}

/// What the visits of one course cost on the days as they are, while it is being inserted, and what the rest of it
/// costs at least from each visit and day. This is computed for all candidates of the usual time side by side, then by
/// continuity person for one of them. Windows of phases are left out, so these are bounds. Days that no plan below the
/// limit can use are left out from the beginning. Its tables have room for every course of the batch.
final class InsertionCosts {
    let days: BatchDays
    /// Visits of each patient, by day: `one-visit-a-day`.
    let patientDays: UnsafeMutablePointer<Int16>
    /// Whether days cost what their capacity is worth, too.
    var isGuided = false
    private var epoch = 0
    private let dayCount: Int
    /// Least costs by kind and day for all usual times, when they were worked out, and whether there are any.
    private let leasts: UnsafeMutablePointer<CostGroup16>
    private let leastEpochs: UnsafeMutablePointer<Int>
    private let isOpen: UnsafeMutablePointer<Bool>
    /// Costs by kind, day and attendant for one usual time, and when they were worked out.
    private let attendantCosts: UnsafeMutablePointer<Int32>
    private let attendantLeasts: UnsafeMutablePointer<Int32>
    private let attendantEpochs: UnsafeMutablePointer<Int>
    private let attendantStride: Int
    /// What the rest costs at least, by step and day, for all usual times; and for one.
    private let rests: UnsafeMutablePointer<CostGroup16>
    private let bounds: UnsafeMutablePointer<Int32>
    /// What it costs to enter a step from each attendant of the one before; of even and of odd steps.
    private let entries: [UnsafeMutablePointer<Int32>]
    private let attendants: UnsafeMutablePointer<Int32>

    init(_ days: BatchDays, _ courses: [BatchCourse], patientCount: Int) {
        self.days = days
        dayCount = max(1, days.count)
        func table<Element>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
            let table = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
            table.initialize(repeating: value, count: max(1, count))
            return table
        }
        let kinds = courses.map(\.kindCount).max() ?? 1
        let groups = courses.map(\.usualGroups).max() ?? 1
        let size = courses.map(\.tableSize).max() ?? 1
        attendantStride = courses.flatMap { $0.kinds.map(\.kind.attendants.count) }.max() ?? 1
        let longest = courses.flatMap { $0.ranges.map(\.count) }.max() ?? 1
        patientDays = table(patientCount * dayCount, 0)
        leasts = table(kinds * dayCount * groups, Cost16.group)
        leastEpochs = table(kinds * dayCount, 0)
        isOpen = table(kinds * dayCount, false)
        attendantCosts = table(kinds * dayCount * attendantStride, 0)
        attendantLeasts = table(kinds * dayCount, 0)
        attendantEpochs = table(kinds * dayCount, 0)
        rests = table(size * groups, Cost16.group)
        bounds = table(size, 0)
        entries = [table(longest * attendantStride, 0), table(longest * attendantStride, 0)]
        attendants = table(attendantStride, 0)
    }

    deinit {
        patientDays.deallocate()
        leasts.deallocate()
        leastEpochs.deallocate()
        isOpen.deallocate()
        attendantCosts.deallocate()
        attendantLeasts.deallocate()
        attendantEpochs.deallocate()
        rests.deallocate()
        bounds.deallocate()
        for entry in entries { entry.deallocate() }
        attendants.deallocate()
    }

    // MARK: All usual times

    /// Takes up a course: what a plan costs at least for each of its usual times, into `result`; only plans below the
    /// limit count.
    func begin(_ course: BatchCourse, below limit: Int32, _ result: UnsafeMutablePointer<Int32>) {
        epoch += 1
        let groups = course.usualGroups
        var step = course.steps.count - 1
        while step >= 0 {
            goBackward(course, step, below: limit, epoch: epoch)
            step -= 1
        }
        let shape = course.shapes[0]
        for group in 0..<groups {
            var least = Cost16.group
            for index in 0..<shape.count {
                let price = CostGroup16(repeating: Cost16.cut(course.weights.start * (shape.first + index)))
                least = pointwiseMin(least, rests[(shape.offset + index) * groups + group] &+ price)
            }
            for index in 0..<8 where group * 8 + index < course.usuals.count {
                result[group * 8 + index] = Int32(least[index])
            }
        }
    }

    private func goBackward(_ course: BatchCourse, _ step: Int, below limit: Int32, epoch: Int) {
        let groups = course.usualGroups
        let shape = course.shapes[step]
        let isLast = step + 1 == course.steps.count
        for index in 0..<shape.count {
            let rest = rests + (shape.offset + index) * groups
            rest.update(repeating: Cost16.group, count: groups)
            guard course.through[shape.offset + index] < limit,
                let own = least(course, step, shape.first + index, epoch: epoch)
            else { continue }
            if isLast {
                rest.update(from: own, count: groups)
                continue
            }
            let next = course.shapes[step + 1]
            // The gaps that lead to a day of the next step's range.
            var gap = max(next.gapFrom, next.first - shape.first - index)
            let last = min(next.gapUntil, next.first + next.count - 1 - shape.first - index)
            while gap <= last {
                let then = rests + (next.offset + shape.first + index + gap - next.first) * groups
                let price = CostGroup16(repeating: Cost16.cut(course.weights.gap * abs(gap - next.gapIdeal)))
                for group in 0..<groups { rest[group] = pointwiseMin(rest[group], then[group] &+ price) }
                gap += 1
            }
            for group in 0..<groups { rest[group] = pointwiseMin(rest[group] &+ own[group], Cost16.group) }
        }
    }

    private func least(
        _ course: BatchCourse, _ step: Int, _ day: Int, epoch: Int
    ) -> UnsafeMutablePointer<CostGroup16>? {
        let groups = course.usualGroups
        let index = course.origin + day
        guard index >= 0 && index < dayCount else { return nil }
        let cell = course.shapes[step].kind * dayCount + index
        let row = leasts + cell * groups
        if leastEpochs[cell] != epoch {
            leastEpochs[cell] = epoch
            isOpen[cell] =
                patientDays[course.patient * dayCount + index] == 0 && course.fillLeast(step, index, into: row)
            if isGuided {
                let price = CostGroup16(repeating: Cost16.cut(Int(course.kinds[step].dayPrices[index])))
                for group in 0..<groups { row[group] = pointwiseMin(row[group] &+ price, Cost16.group) }
            }
        }
        return isOpen[cell] ? row : nil
    }

    // MARK: One usual time

    /// What a step costs on a day by attendant, and the least of it.
    struct AttendantCosts {
        let attendants: UnsafeMutablePointer<Int32>
        let least: Int32
    }

    /// Takes up one of the usual times: works out the bounds by attendant, and gives what a plan costs at least.
    func take(_ course: BatchCourse, usual: Int, below limit: Int32) -> Int32 {
        epoch += 1
        var step = course.steps.count - 1
        while step >= 0 {
            goBackwardByAttendant(course, step, usual: usual, below: limit, epoch: epoch)
            step -= 1
        }
        let shape = course.shapes[0]
        var least = impossibleCost
        for index in 0..<shape.count {
            least = min(least, bounds[shape.offset + index] &+ Int32(course.weights.start * (shape.first + index)))
        }
        return least
    }

    /// The least that a step on a day and all after it can cost.
    @inline(__always)
    func bound(_ shape: StepShape, _ day: Int) -> Int32 { bounds[shape.offset + day - shape.first] }

    /// What a step costs on a day for the usual time taken up; the preferred person's price is in it.
    func own(_ course: BatchCourse, _ step: Int, _ day: Int, usual: Int) -> AttendantCosts {
        own(course, step, day, usual: usual, epoch: epoch)
    }

    private func own(_ course: BatchCourse, _ step: Int, _ day: Int, usual: Int, epoch: Int) -> AttendantCosts {
        let index = course.origin + day
        let cell = course.shapes[step].kind * dayCount + index
        let row = attendantCosts + cell * attendantStride
        if attendantEpochs[cell] == epoch {
            return AttendantCosts(attendants: row, least: attendantLeasts[cell])
        }
        var least = impossibleCost
        if patientDays[course.patient * dayCount + index] == 0 {
            least = course.fillCosts(step, index, usual: course.usuals[usual], into: row)
            if isGuided, least < impossibleCost {
                let price = course.kinds[step].dayPrices[index]
                for attendant in 0..<course.shapes[step].attendants {
                    row[attendant] = min(row[attendant] &+ price, impossibleCost)
                }
                least += price
            }
        }
        attendantLeasts[cell] = least
        attendantEpochs[cell] = epoch
        return AttendantCosts(attendants: row, least: least)
    }

    /// Costs of a step backward by attendant: fills its bounds, and what it costs to enter it from each attendant of
    /// the step before.
    private func goBackwardByAttendant(
        _ course: BatchCourse, _ step: Int, usual: Int, below limit: Int32, epoch: Int
    ) {
        let shape = course.shapes[step]
        let before = step > 0 ? course.shapes[step - 1].attendants : 0
        let change = shape.keepsRole ? Int32(course.weights.continuity) : 0
        let groups = course.usualGroups
        let ownEntries = entries[step & 1]
        let isLast = step + 1 == course.steps.count
        for index in 0..<shape.count {
            let at = shape.offset + index
            bounds[at] = impossibleCost
            // Where the bound of all attendants together is too dear, each of them is.
            if course.through[at] >= limit { continue }
            if Int32(rests[at * groups + usual >> 3][usual & 7]) >= limit { continue }
            let day = shape.first + index
            guard course.origin + day >= 0, course.origin + day < dayCount else { continue }
            let own = own(course, step, day, usual: usual, epoch: epoch)
            if own.least >= impossibleCost { continue }
            if isLast {
                attendants.update(from: own.attendants, count: shape.attendants)
            } else {
                fillRest(course, step, day)
                for attendant in 0..<shape.attendants {
                    attendants[attendant] = min(attendants[attendant] &+ own.attendants[attendant], impossibleCost)
                }
            }
            var least = impossibleCost
            for attendant in 0..<shape.attendants { least = min(least, attendants[attendant]) }
            bounds[at] = least
            let entry = ownEntries + index * before
            for attendant in 0..<before {
                entry[attendant] = shape.keepsRole ? min(attendants[attendant], least &+ change) : least
            }
        }
    }

    private func fillRest(_ course: BatchCourse, _ step: Int, _ day: Int) {
        let shape = course.shapes[step]
        attendants.update(repeating: impossibleCost, count: shape.attendants)
        let next = course.shapes[step + 1]
        let nextEntries = entries[(step + 1) & 1]
        var gap = max(next.gapFrom, next.first - day)
        let last = min(next.gapUntil, next.first + next.count - 1 - day)
        while gap <= last {
            if bounds[next.offset + day + gap - next.first] < impossibleCost {
                let price = Int32(course.weights.gap * abs(gap - next.gapIdeal))
                let entry = nextEntries + (day + gap - next.first) * shape.attendants
                for attendant in 0..<shape.attendants {
                    attendants[attendant] = min(attendants[attendant], entry[attendant] &+ price)
                }
            }
            gap += 1
        }
    }

    // MARK: Alone

    /// Works out which days a course can use below which limit, on the days as they are now: for each step and day the
    /// least cost of a plan through it. To be called while the days hold only what stays.
    func settleThrough(_ course: BatchCourse) {
        course.through.update(repeating: 0, count: course.tableSize)
        let leasts = UnsafeMutablePointer<Int32>.allocate(capacity: course.usualGroups * 8)
        defer { leasts.deallocate() }
        begin(course, below: impossibleCost, leasts)
        let groups = course.usualGroups
        let forward = UnsafeMutablePointer<CostGroup16>.allocate(capacity: course.tableSize * groups)
        defer { forward.deallocate() }
        forward.initialize(repeating: Cost16.group, count: course.tableSize * groups)
        for step in course.steps.indices { goForward(course, step, forward) }
        for cell in 0..<course.tableSize {
            var least = Cost16.most
            for group in 0..<groups {
                let sum = pointwiseMin(forward[cell * groups + group] &+ rests[cell * groups + group], Cost16.group)
                least = min(least, sum.min())
            }
            // A cost that was cut off may be any larger one, too: only the days that cannot be had are beyond all
            // limits.
            course.through[cell] = Int32(least)
        }
    }

    /// What it costs at least to come to each day of a step, before its own visit.
    private func goForward(_ course: BatchCourse, _ step: Int, _ forward: UnsafeMutablePointer<CostGroup16>) {
        let groups = course.usualGroups
        let shape = course.shapes[step]
        for index in 0..<shape.count {
            let here = forward + (shape.offset + index) * groups
            if step == 0 {
                let price = Cost16.cut(course.weights.start * (shape.first + index))
                here.update(repeating: CostGroup16(repeating: price), count: groups)
            }
            guard step + 1 < course.steps.count,
                let own = least(course, step, shape.first + index, epoch: epoch)
            else { continue }
            let next = course.shapes[step + 1]
            var gap = max(next.gapFrom, next.first - shape.first - index)
            let last = min(next.gapUntil, next.first + next.count - 1 - shape.first - index)
            while gap <= last {
                let then = forward + (next.offset + shape.first + index + gap - next.first) * groups
                let price = CostGroup16(repeating: Cost16.cut(course.weights.gap * abs(gap - next.gapIdeal)))
                for group in 0..<groups {
                    let through = pointwiseMin(here[group] &+ own[group], Cost16.group) &+ price
                    then[group] = pointwiseMin(then[group], pointwiseMin(through, Cost16.group))
                }
                gap += 1
            }
        }
    }
}
