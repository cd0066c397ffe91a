/// What stands between items: chairs, persons and patients on the board, gaps and windows along courses.
struct RepairRules {
    let model: RepairModel
    let board: RepairBoard

    init(_ board: RepairBoard) {
        self.board = board
        model = board.model
    }

    /// The first rule that an item breaks with others where it is now, as the items of which at least one has to
    /// change; empty where none may. Nil where it breaks none.
    func conflict(of index: Int) -> [Int]? {
        let item = model.items[index]
        if let place = board.places[index], !board.isGivenUp[index] {
            let hold = Interval(place.start, place.start + item.kind.type.hold)
            if item.freedom != .handedOver,
                let holder = board.holders(of: place.chair, place.day, hold, besides: index, .all).first
            {
                return free([holder])
            }
            if let others = overload(of: index, at: place, .all) { return free(others) }
            if asksOneVisit(index, place),
                let other = board.visits(of: item.patient, place.day, besides: index, .all).first
            {
                return free([other])
            }
        }
        return chainConflict(item.course)
    }

    private func free(_ items: [Int]) -> [Int] {
        var result: [Int] = []
        for item in items where item != RepairBoard.nobody && !board.isLocked[item] && !result.contains(item) {
            result.append(item)
        }
        return result
    }

    /// Who else adds to a load that is too much for one of an item's persons; nil where everybody can carry theirs.
    func overload(of index: Int, at place: RepairPlace, _ others: RepairBoard.Others) -> [Int]? {
        let item = model.items[index]
        var pieces = board.pieces(item.kind, place)
        if item.since != Int.min {
            pieces = pieces.compactMap { piece in
                Interval(clipping: max(piece.interval.from, item.since), piece.interval.until).map {
                    RepairBoard.Piece(person: piece.person, interval: $0, load: piece.load)
                }
            }
        }
        var seen: [Int] = []
        for piece in pieces where !seen.contains(piece.person) {
            seen.append(piece.person)
            let found = board.overload(of: piece.person, place.day, pieces, besides: index, others)
            if let found { return found }
        }
        return nil
    }

    func asksOneVisit(_ index: Int, _ place: RepairPlace) -> Bool {
        let item = model.items[index]
        if item.isUnderWay { return false }
        return !(item.visit.overrides.contains(.oneVisitADay) && place.isAtTime(of: item.original))
    }

    // MARK: Along a course

    /// The days allowed since the visit before, a number of places up the chain; what was skipped adds to ideal and
    /// maximum, the minimum is the later gap's (docs/contract/planning.md section 6).
    ///
    /// - Parameter day: that of the later visit.
    func gaps(before position: Int, on day: Int, from earlier: Int?, in course: Int) -> ClosedRange<Int> {
        let visits = model.courses[course].visits
        let own = visits[position].gap.rule(on: model.calendar.first + day).allowed
        var most = own.upperBound
        let isFirst = earlier == nil && model.courses[course].previous == nil
        if isFirst && position == 0 { return 0...max(0, model.courses[course].request.startWithinDays) }
        for skipped in ((earlier ?? -1) + 1)..<position {
            most +=
                isFirst && skipped == 0
                ? max(0, model.courses[course].request.startWithinDays)
                : visits[skipped].standingGap.allowed.upperBound
        }
        return own.lowerBound...max(own.lowerBound, most)
    }

    private func asksGap(_ index: Int, _ day: Int) -> Bool {
        let item = model.items[index]
        if item.isOver || item.isUnderWay { return false }
        return !(item.visit.overrides.contains(.gap) && day == item.original.day)
    }

    /// Whether a day keeps the gap to the visit at an earlier position, or to what lies before the course. Across a
    /// visit left without a place it is asked only of a visit that gets another day: who stays is not broken by who
    /// goes.
    func keepsGap(_ index: Int, _ place: RepairPlace, after earlier: Int?) -> Bool {
        let chain = model.chains[model.items[index].course]
        return keepsGap(index, place.day, after: earlier, on: earlier.map { board.places[chain[$0]]!.day })
    }

    /// The same for a day, where the visit at the earlier position is on another.
    func keepsGap(_ index: Int, _ day: Int, after earlier: Int?, on earlierDay: Int?) -> Bool {
        guard asksGap(index, day) else { return true }
        let item = model.items[index]
        if (earlier ?? -1) + 1 < item.position, day == item.original.day { return true }
        if let latest = item.visit.latest, model.calendar.first + day > latest { return false }
        let course = model.courses[item.course]
        let before =
            earlierDay ?? course.previous.map { $0.placement.day - model.calendar.first }
            ?? (course.request.earliest - model.calendar.first)
        return gaps(before: item.position, on: day, from: earlier, in: item.course).contains(day - before)
    }

    /// The first gap or phase window that a course's visits break where they are, as the items that may change; nil
    /// where they break none.
    func chainConflict(_ course: Int) -> [Int]? {
        var earlier: Int?
        let chain = model.chains[course]
        for (position, index) in chain.enumerated() {
            guard let place = board.places[index] else { continue }
            if !keepsGap(index, place, after: earlier) {
                return free((earlier.map { [chain[$0]] } ?? []) + [index])
            }
            if let opening = brokenWindow(index, place) { return free([opening, index]) }
            earlier = position
        }
        return nil
    }

    /// The first visit of an item's phase with a place, where the item is too many days after it.
    private func brokenWindow(_ index: Int, _ place: RepairPlace) -> Int? {
        let item = model.items[index]
        guard let within = item.visit.within, !item.isOver, !item.isUnderWay,
            !(item.visit.overrides.contains(.phaseWindow) && place.day == item.original.day)
        else { return nil }
        let chain = model.chains[item.course]
        let first = phaseOpening(of: model.courses[item.course], visit: item.position)
        if model.items[chain[first]].isOver || model.items[chain[first]].isUnderWay { return nil }
        guard let opening = (first...item.position).first(where: { board.places[chain[$0]] != nil }),
            let day = board.places[chain[opening]]?.day
        else { return nil }
        return place.day - day <= within ? nil : chain[opening]
    }

    /// Whether a place keeps the gaps to the nearest visits of its course whose places are settled.
    func keepsSettledGaps(_ index: Int, _ place: RepairPlace) -> Bool {
        let item = model.items[index]
        let chain = model.chains[item.course]
        var earlier = item.position - 1
        while earlier >= 0, board.isLocked[chain[earlier]], board.places[chain[earlier]] == nil { earlier -= 1 }
        if earlier < 0 || board.isLocked[chain[earlier]] {
            if !keepsGap(index, place, after: earlier < 0 ? nil : earlier) { return false }
        }
        var later = item.position + 1
        while later < chain.count, board.isLocked[chain[later]], board.places[chain[later]] == nil { later += 1 }
        guard later < chain.count, board.isLocked[chain[later]], let next = board.places[chain[later]],
            asksGap(chain[later], next.day),
            later == item.position + 1 || next.day != model.items[chain[later]].original.day
        else { return true }
        return gaps(before: later, on: next.day, from: item.position, in: item.course).contains(next.day - place.day)
    }
}
