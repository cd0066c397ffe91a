/// The other places that a visit may have which yields its own: within its own gaps, the visits before and after it
/// where they are, and free as things stand but for its own place.
final class YieldingPlaces {
    /// Another place of a visit.
    struct Place {
        let placement: Placement
        /// What it costs more than the present place, with the visit after it; a told place given up at its price.
        let cost: Int
        /// Whether day or start is another.
        let isMoved: Bool
    }

    private let yielding: YieldingVisit
    /// Without the visit itself, nor those of the seeking course that are planned anew.
    private let calendar: PlanningCalendar
    private let kind: VisitKind
    private let evaluator: DayEvaluator
    /// The visit with its neighbours only, and the calendar without the visits of its course: what its cost is read of.
    private let measured: RepairCourse
    private let empty: PlanningCalendar
    /// Of each visit of the course, the rules on days that it breaks as things stand.
    private let broken: [Set<Rule>]

    init(_ yielding: YieldingVisit, on calendar: PlanningCalendar, now: Int) {
        self.yielding = yielding
        var calendar = calendar
        calendar.remove(yielding.booking.id, on: yielding.day)
        self.calendar = calendar
        let request = yielding.course.request
        let type = yielding.booking.visitType
        kind = VisitKind(
            type, rhythm: false, features: request.extraFeatures(of: type, in: calendar.facility),
            facility: calendar.facility, layout: calendar.layout,
            constraint: PlacementConstraint(booked: yielding.booking.placement))
        evaluator = DayEvaluator(request, on: calendar, now: now, mostLabels: kind.labels.count)
        var empty = calendar
        for visit in yielding.course.visits { empty.remove(visit.booking.id, on: visit.booking.placement.day) }
        self.empty = empty
        measured = yielding.neighbours
        broken = yielding.course.visits.indices.map { brokenDayRules(of: yielding.course, visit: $0) }
    }

    /// All of them, the cheapest first, equal ones by day, start, chair and persons.
    ///
    /// - Throws: where it could go beyond the calendar.
    func all() throws(NeedsDays) -> [Place] {
        let days = yielding.days
        if let last = days?.upperBound, last > calendar.last { throw NeedsDays(through: last + 35) }
        let present = standingTerms(of: measured, on: empty).reduce(0) { $0 + $1.total }
        var places: [Place] = []
        let first = days?.lowerBound ?? yielding.day
        for day in (0..<(days.map { $0.upperBound - first + 1 } ?? 0)).map({ first + $0 }) where keepsDays(on: day) {
            guard let board = calendar[day], evaluator.evaluate(kind, on: board) else { continue }
            for placement in placements(on: board) where placement != yielding.booking.placement {
                places.append(place(placement, present))
            }
        }
        let order = places.indices.sorted { (places[$0].cost, $0) < (places[$1].cost, $1) }
        return order.map { places[$0] }
    }

    /// Whether its day keeps the gaps and windows of its course: its own, and those of others that hold now.
    private func keepsDays(on day: Day) -> Bool {
        if day == yielding.day { return broken[yielding.index].isEmpty }
        var moved = yielding.course
        moved.visits[yielding.index].booking.placement.day = day
        return moved.visits.indices.allSatisfy { index in
            let rules = brokenDayRules(of: moved, visit: index)
            return index == yielding.index ? rules.isEmpty : rules.isSubset(of: broken[index])
        }
    }

    /// Every start, chair and persons of the day that was evaluated last.
    private func placements(on board: DayBoard) -> [Placement] {
        var found: [Placement] = []
        evaluator.rows.forEachBit(evaluator.open) { slot in
            let attended = staffed(kind.labels.count, slot, board)
            if attended.isEmpty { return }
            for chair in kind.chairs where evaluator.fits(kind, chair, on: board, slot: slot) {
                found += attended.map { evaluator.placement(kind, on: board, chair: chair, $0) }
            }
        }
        return found
    }

    /// Everybody who can attend it at a start, in the order in which persons are configured.
    private func staffed(_ labels: Int, _ slot: Int, _ board: DayBoard) -> [StaffedStart] {
        var chosen: [[Int]] = [[]]
        for label in 0..<labels {
            let able = evaluator.layout.personIndex.values.sorted().filter {
                kind.labels[label].qualifies($0, on: board.calendar.day)
            }
            chosen = chosen.flatMap { persons in able.map { persons + [$0] } }
        }
        return chosen.compactMap { persons in
            evaluator.covers(of: persons, kind, on: board, slot: slot).map {
                StaffedStart(slot: slot, persons: persons, covers: $0)
            }
        }
    }

    private func place(_ placement: Placement, _ present: Int) -> Place {
        let before = yielding.booking.placement
        var course = measured
        for index in course.visits.indices where course.visits[index].booking.id == yielding.booking.id {
            course.visits[index].booking.placement = placement
        }
        var cost = standingTerms(of: course, on: empty).reduce(0) { $0 + $1.total } - present
        let isMoved = placement.day != before.day || placement.start != before.start
        if isMoved, yielding.visit.told {
            let weights = calendar.facility.planning.weights
            cost += placement.day == before.day ? weights.movedTime : weights.movedDay
        }
        return Place(placement: placement, cost: cost, isMoved: isMoved)
    }
}

extension YieldingVisit {
    /// The days between the visits before and after it that its longest gap reaches.
    fileprivate var days: ClosedRange<Day>? {
        let visits = course.visits
        let before = (index > 0 ? visits[index - 1].booking : course.previous)?.placement.day
        let next = index + 1 < visits.count ? visits[index + 1].booking.placement.day : nil
        let earliest = course.request.wish.earliest
        let first = before.map { $0 + 1 } ?? earliest
        let reach =
            before.map { $0 + visit.gap.bounds.upperBound } ?? earliest + max(0, course.request.wish.startWithinDays)
        let last = next.map { min(reach, $0 - 1) } ?? reach
        return first <= last ? first...last : nil
    }

    /// Its course with the visits just before and after it alone: all that its place is measured by. No goal of the
    /// next visit's phase counts from a visit of another phase.
    fileprivate var neighbours: RepairCourse {
        var result = course
        result.previous = index > 0 ? course.visits[index - 1].booking : course.previous
        result.visits = Array(course.visits[index...].prefix(2))
        for index in result.visits.indices { result.visits[index].goal = nil }
        return result
    }
}
