/// What each visit of a course costs where it stands, by term (docs/contract/planning.md section 4), in the order of
/// the visits. A visit on a day outside of the calendar costs nothing.
///
/// - Parameter calendar: the days without the course's own visits.
package func standingTerms(of course: RepairCourse, on calendar: PlanningCalendar) -> [CostTerms] {
    var previous = course.previous.map { Predecessor($0.planned) }
    let spare = StandingSpare(course.visits.map { ($0.phase, $0.goal) }, of: course.request, on: calendar)
    return course.visits.enumerated().map { index, visit in
        var planned = visit.booking.planned
        planned.number = visit.number
        defer { previous = Predecessor(planned) }
        guard let board = calendar[planned.placement.day] else { return CostTerms() }
        var terms = costTerms(
            of: planned, after: previous, gapIdeal: visit.standingGap.ideal,
            rhythm: visit.rhythm && course.usual != nil,
            usual: course.usual ?? 0,
            isPersonWished: course.request.wishesPerson(for: planned.visitType, in: calendar.facility),
            for: course.request, on: board)
        let opening = course.visits[..<index].first { $0.phase == visit.phase }
        terms[.spare] = spare.cost(of: index, on: planned.placement.day, first: opening?.booking.placement.day)
        return terms
    }
}

/// What the visits of a day cost by how they stand to each other: crowding, idle stretches and the load that their
/// persons carry already, each measured against the day without it. For weighing what a change of one course does to
/// others.
///
/// - Parameter isCounted: whether a visit is counted.
package func neighbourCost(on board: DayBoard, counting isCounted: (VisitID) -> Bool) -> Int {
    let weights = board.layout.weights
    return board.bookings.filter { $0.keptFor == nil && isCounted($0.id) }.reduce(0) { cost, booking in
        let others = board.removing(booking.id)
        let hold = booking.holdInterval
        var own = weights.crowding * crowding(booking.visitInterval, on: others)
        own += weights.idle * idleStretches(hold, chair: booking.placement.chair, on: others)
        if let attendant = continuityAttendant(of: booking.planned) {
            own += weights.workload * workloadHours(of: attendant.person, on: others)
        }
        return cost + own
    }
}

extension Booking {
    /// The visit as a planned one without cost.
    fileprivate var planned: PlannedVisit {
        PlannedVisit(number: 1, phase: "", visitType: visitType, placement: placement, terms: CostTerms())
    }
}
