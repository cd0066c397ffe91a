/// Room for a course at any cost, which takes a fraction of the time of the cheapest plan: while courses are without a
/// place, where the others lie matters more than what they cost.
extension CourseInsertion {
    /// A step's visit on a day, its phase begun on another.
    struct Stop {
        let day: Int
        let first: Int
        /// The stop before it.
        var before: Int
        var weight: Int
    }

    /// Some plan of a course: its days by the prices that guide the search and by chance, its starts at the edges of
    /// free stretches; nil where there is none.
    func any(_ course: BatchCourse) -> BatchPlan? {
        spend(1)
        if course.steps.isEmpty { return BatchPlan(usual: 0, cost: 0, visits: []) }
        openDays.removeAll(keepingCapacity: true)
        openDays.append(contentsOf: repeatElement(nil, count: course.kindCount * days.count))
        guard let chosen = chain(course) else { return nil }
        let visits = course.steps.indices.map { step in
            visit(course, step, day: course.origin + chosen[step])
        }
        return costed(course, visits)
    }

    /// Whether a visit can be had on a day, joint checks included.
    private func isOpen(_ course: BatchCourse, _ step: Int, _ offset: Int) -> Bool {
        let day = course.origin + offset
        guard day >= 0, day < days.count else { return false }
        let cell = course.shapes[step].kind * days.count + day
        if let known = openDays[cell] { return known }
        let isFree = costs.patientDays[course.patient * days.count + day] == 0
        let isOpen = isFree && course.isOpen(step, day)
        openDays[cell] = isOpen
        return isOpen
    }

    // MARK: Days

    /// The lightest chain of open days that keeps gaps and windows.
    private func chain(_ course: BatchCourse) -> [Int]? {
        stops.removeAll(keepingCapacity: true)
        let shape = course.shapes[0]
        for day in shape.first..<(shape.first + shape.count) where isOpen(course, 0, day) {
            stops.append(
                Stop(day: day, first: shape.countsFromFirstDay ? day : 0, before: 0, weight: weight(course, 0, day)))
        }
        var begin = 0
        for step in course.steps.indices.dropFirst() {
            let end = stops.count
            spread(course, step, begin..<end)
            if stops.count == end { return nil }
            begin = end
        }
        guard var stop = (begin..<stops.count).min(by: { stops[$0].weight < stops[$1].weight }) else { return nil }
        var chosen: [Int] = []
        for _ in course.steps {
            chosen.append(stops[stop].day)
            stop = stops[stop].before
        }
        return chosen.reversed()
    }

    private func weight(_ course: BatchCourse, _ step: Int, _ day: Int) -> Int {
        numbers.below(24) + (costs.isGuided ? Int(course.kinds[step].dayPrices[course.origin + day]) : 0)
    }

    private func spread(_ course: BatchCourse, _ step: Int, _ range: Range<Int>) {
        let shape = course.shapes[step]
        let most = range.reduce(0) { max($0, stops[$1].day) } + shape.gapUntil + 1
        let firsts = shape.countsFromFirstDay ? most : 1
        stopOf.removeAll(keepingCapacity: true)
        stopOf.append(contentsOf: repeatElement(-1, count: firsts * shape.count))
        for index in range {
            let stop = stops[index]
            let from = max(stop.day + shape.gapFrom, shape.first)
            let through = min(stop.day + shape.gapUntil, shape.first + shape.count - 1)
            if from > through { continue }
            for day in from...through {
                let first = shape.countsFromFirstDay ? shape.opensPhase ? day : stop.first : 0
                if let within = shape.within, day - first > within { break }
                guard isOpen(course, step, day) else { continue }
                let cell = first * shape.count + day - shape.first
                let at = stopOf[cell]
                if at < 0 {
                    stopOf[cell] = stops.count
                    let weight = stop.weight + weight(course, step, day)
                    stops.append(Stop(day: day, first: first, before: index, weight: weight))
                } else if stop.weight < stops[stops[at].before].weight {
                    stops[at].weight += stop.weight - stops[stops[at].before].weight
                    stops[at].before = index
                }
            }
        }
    }

    // MARK: Places

    private func visit(_ course: BatchCourse, _ step: Int, day: Int) -> BatchVisit {
        let kind = course.kinds[step]
        let attendants = course.shapes[step].attendants
        let offset = numbers.below(attendants)
        for index in 0..<attendants {
            let attendant = (offset + index) % attendants
            course.openStarts(step, day, attendant: attendant, into: &starts)
            if starts.isEmpty { continue }
            let slot = pick(kind, day, attendant)
            guard let staffed = kind.attendance(day, attendant: attendant, slot: slot) else { continue }
            return BatchVisit(day: day, pool: pool(kind, day, slot), attendant: attendant, staffed: staffed)
        }
        preconditionFailure("an open day has a start")
    }

    /// The plan that some visits make, at the usual time that suits them best.
    private func costed(_ course: BatchCourse, _ visits: [BatchVisit]) -> BatchPlan {
        var cost = course.weights.start * (visits[0].day - course.origin)
        if course.hasGoal { cost += course.spareCosts(visits.map(\.day)).reduce(0, +) }
        var clocks: [Int] = []
        for (step, visit) in visits.enumerated() {
            let shape = course.shapes[step]
            let kind = course.kinds[step].kind
            if course.misses(step, visit.day, visit.slot) { cost += course.weights.preference }
            if course.rhythms[step] {
                clocks.append(days.board(visit.day).calendar.clock(at: days.grid.minute(of: visit.slot)))
            }
            if course.misses(step, visit.attendant) { cost += course.weights.continuity }
            guard step > 0 else { continue }
            cost += course.weights.gap * abs(visit.day - visits[step - 1].day - shape.gapIdeal)
            let person = course.kinds[step - 1].kind.attendants[visits[step - 1].attendant]
            if shape.keepsRole, kind.attendants[visit.attendant] != person { cost += course.weights.continuity }
        }
        func halfHours(_ usual: Int) -> Int {
            clocks.reduce(0) { $0 + halfHoursOff(clock: $1, usual: course.usuals[usual]) }
        }
        let usual = course.usuals.indices.min { halfHours($0) < halfHours($1) } ?? 0
        return BatchPlan(usual: usual, cost: cost + course.weights.rhythm * halfHours(usual), visits: visits)
    }
}

extension BatchCourse {
    /// Whether a step has a start on a day, joint checks included.
    func isOpen(_ step: Int, _ day: Int) -> Bool {
        guard fillWindow(step, day) else { return false }
        let kind = kinds[step]
        for attendant in 0..<shapes[step].attendants {
            let row = kind.surelyRow(day, attendant)
            for word in 0..<rows.words where row[word] & window[word] != 0 { return true }
        }
        for attendant in 0..<shapes[step].attendants where settleAny(kind, day, attendant) { return true }
        return false
    }

    private func settleAny(_ kind: BatchKind, _ day: Int, _ attendant: Int) -> Bool {
        let maybe = kind.maybeRow(day, attendant)
        for word in 0..<rows.words {
            while maybe[word] & window[word] != 0 {
                let slot = word * 64 + (maybe[word] & window[word]).trailingZeroBitCount
                if kind.settle(day, attendant, slot: slot) { return true }
            }
        }
        return false
    }

    /// The starts of an attendant on a day that are sure by now.
    func openStarts(_ step: Int, _ day: Int, attendant: Int, into found: inout [Int]) {
        found.removeAll(keepingCapacity: true)
        guard fillWindow(step, day) else { return }
        let row = kinds[step].surelyRow(day, attendant)
        for word in 0..<rows.words {
            var rest = row[word] & window[word]
            while rest != 0 {
                found.append(word * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
