/// The rules between items: chairs, persons and patients on the board, gaps and windows along courses.
struct RepairRules {
    let model: RepairModel
    let board: RepairBoard

    init(_ board: RepairBoard) {
        self.board = board
        model = board.model
    }

    /// The first rule that an item breaks with others where it is now, as the items of which at least one has to
    /// change; empty where none may. Nil where it breaks none.
    func conflict(of index: ItemIndex) -> [ItemIndex]? {
        let item = model.items[index]
        if let place = board.places[index], !board.isGivenUp[index] {
            if item.freedom != .handedOver,
                let holder = board.holders(of: place.chair, besides: index, at: place.time, .all).first
            {
                return free([holder])
            }
            if let others = overload(of: index, at: place, .all) { return free(others) }
            if asksOneVisit(index, at: place.time),
                let other = board.visits(besides: index, on: place.day, .all).first
            {
                return free([other])
            }
        }
        return chainConflict(item.course)
    }

    private func free(_ items: [ItemIndex]) -> [ItemIndex] {
        var result: [ItemIndex] = []
        for item in items where item != RepairBoard.nobody && !board.isLocked[item] && !result.contains(item) {
            result.append(item)
        }
        return result
    }

    /// Who else adds to a load that is too much for one of an item's persons; nil where everybody can carry theirs.
    func overload(of index: ItemIndex, at place: RepairPlace, _ others: RepairBoard.Others) -> [ItemIndex]? {
        let item = model.items[index]
        var loads = board.loads(of: index, at: place)
        if item.since != Int.min {
            loads = loads.compactMap { asked in
                Interval(clipping: max(asked.interval.from, item.since), asked.interval.until).map {
                    AskedLoad(person: asked.person, interval: $0, load: asked.load)
                }
            }
        }
        var seen: [Int] = []
        for asked in loads where !seen.contains(asked.person) {
            seen.append(asked.person)
            let found = board.overload(of: asked.person, on: place.day, with: loads, besides: index, others)
            if let found { return found }
        }
        return nil
    }

    /// Whether an item may stay with its persons, beside those that count.
    func mayKeepPersons(_ index: ItemIndex, _ places: RepairPlaces, _ others: RepairBoard.Others) -> Bool {
        places.mayKeepPersons(index) && overload(of: index, at: model.items[index].original, others) == nil
    }

    /// Whether the patient's other visits leave an item a time's day.
    func keepsOneVisit(_ index: ItemIndex, at time: RepairTime, _ others: RepairBoard.Others) -> Bool {
        !asksOneVisit(index, at: time) || board.visits(besides: index, on: time.day, others).isEmpty
    }

    private func asksOneVisit(_ index: ItemIndex, at time: RepairTime) -> Bool {
        let item = model.items[index]
        if item.isUnderWay { return false }
        return !(item.visit.overrides.contains(.oneVisitADay) && time == item.original.time)
    }

    // MARK: Along a course

    /// The days allowed since the visit before, a number of places up the chain; what was skipped adds to ideal and
    /// maximum, the minimum is the later gap's (docs/contract/planning.md section 6).
    ///
    /// - Parameter day: that of the later visit.
    private func gaps(
        before position: Int, on day: Int, from earlier: Int?, in course: CourseIndex
    ) -> ClosedRange<Int> {
        let visits = model.courses[course].visits
        let own = visits[position].gap.rule(on: model.calendar.first + day).allowed
        var most = own.upperBound
        let isFirst = earlier == nil && model.courses[course].previous == nil
        if isFirst && position == 0 { return 0...max(0, model.courses[course].request.wish.startWithinDays) }
        for skipped in ((earlier ?? -1) + 1)..<position {
            most +=
                isFirst && skipped == 0
                ? max(0, model.courses[course].request.wish.startWithinDays)
                : visits[skipped].standingGap.allowed.upperBound
        }
        return own.lowerBound...max(own.lowerBound, most)
    }

    private func asksGap(_ index: ItemIndex, _ day: Int) -> Bool {
        let item = model.items[index]
        if item.isOver || item.isUnderWay { return false }
        return !(item.visit.overrides.contains(.gap) && day == item.original.day)
    }

    /// Whether a day keeps the gap to the visit at an earlier position, or to what lies before the course. Across a
    /// visit left without a place it is asked only of a visit that gets another day: a visit that stays does not break
    /// because one before it goes.
    private func keepsGap(_ index: ItemIndex, _ day: Int, after earlier: Int?) -> Bool {
        let chain = model.chains[model.items[index].course]
        return keepsGap(index, day, after: earlier, on: earlier.map { board.places[chain[$0]]!.day })
    }

    /// As above, for a visit at the earlier position that is on a given day.
    func keepsGap(_ index: ItemIndex, _ day: Int, after earlier: Int?, on earlierDay: Int?) -> Bool {
        guard asksGap(index, day) else { return true }
        let item = model.items[index]
        if (earlier ?? -1) + 1 < item.position, day == item.original.day { return true }
        if let latest = item.visit.latest, model.calendar.first + day > latest { return false }
        let before =
            earlierDay ?? model.courses[item.course].previous.map { $0.placement.day - model.calendar.first }
            ?? (model.courses[item.course].request.wish.earliest - model.calendar.first)
        return gaps(before: item.position, on: day, from: earlier, in: item.course).contains(day - before)
    }

    /// The first gap or phase window that a course's visits break where they are, as the items that may change; nil
    /// where they break none.
    func chainConflict(_ course: CourseIndex) -> [ItemIndex]? {
        var earlier: Int?
        let chain = model.chains[course]
        for (position, index) in chain.enumerated() {
            guard let place = board.places[index] else { continue }
            if !keepsGap(index, place.day, after: earlier) {
                return free((earlier.map { [chain[$0]] } ?? []) + [index])
            }
            if let opening = brokenWindow(index, place.day) { return free([opening, index]) }
            earlier = position
        }
        return nil
    }

    /// The first visit of an item's phase with a place, where the item is too many days after it.
    private func brokenWindow(_ index: ItemIndex, _ day: Int) -> ItemIndex? {
        let item = model.items[index]
        guard let within = item.visit.within, !item.isOver, !item.isUnderWay,
            !(item.visit.overrides.contains(.phaseWindow) && day == item.original.day)
        else { return nil }
        let chain = model.chains[item.course]
        let first = phaseOpening(of: model.courses[item.course], visit: item.position)
        if model.items[chain[first]].isOver || model.items[chain[first]].isUnderWay { return nil }
        guard let opening = (first...item.position).first(where: { board.places[chain[$0]] != nil }),
            let firstDay = board.places[chain[opening]]?.day
        else { return nil }
        return day - firstDay <= within ? nil : chain[opening]
    }

    /// Whether a day keeps an item's gaps to the nearest visits of its course whose places are settled.
    func keepsSettledGaps(_ index: ItemIndex, on day: Int) -> Bool {
        let item = model.items[index]
        let chain = model.chains[item.course]
        var earlier = item.position - 1
        while earlier >= 0, board.isLocked[chain[earlier]], board.places[chain[earlier]] == nil { earlier -= 1 }
        if earlier < 0 || board.isLocked[chain[earlier]] {
            if !keepsGap(index, day, after: earlier < 0 ? nil : earlier) { return false }
        }
        var later = item.position + 1
        while later < chain.count, board.isLocked[chain[later]], board.places[chain[later]] == nil { later += 1 }
        guard later < chain.count, board.isLocked[chain[later]], let next = board.places[chain[later]],
            asksGap(chain[later], next.day),
            later == item.position + 1 || next.day != model.items[chain[later]].original.day
        else { return true }
        return gaps(before: later, on: next.day, from: item.position, in: item.course).contains(next.day - day)
    }
}
