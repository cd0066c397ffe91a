/// The cost terms of docs/contract/planning.md section 4, one function each, unweighted; `costTerms` weighs and adds
/// them. The search reads the same figures off rows of bits; a plan's report is made here.

/// `start`: days from the course's earliest day to its first visit.
package func startDays(_ first: Day, earliest: Day) -> Int { first - earliest }

/// `gap`: days between the gap taken and the ideal gap.
package func gapDays(_ taken: Int, ideal: Int) -> Int { abs(taken - ideal) }

/// `spare`: what a visit of a phase with a goal costs that leaves so many days in hand.
package func spareCost(_ daysInHand: Int, _ goal: Phase.Goal) -> Int {
    daysInHand < goal.spare.count ? goal.spare[max(0, daysInHand)] : 0
}

/// `preference`: 1 if [start, end) lies in none of the preferred windows of the day; 0 where no windows are given.
package func missesPreference(_ visit: Interval, _ request: CourseRequest, on calendar: DayCalendar) -> Int {
    if request.wish.preferred.isEmpty { return 0 }
    return windows(request.wish.preferred, on: calendar).hold(visit) ? 0 : 1
}

/// `rhythm`: the half hours begun between the clock at the start and the usual time, four at most.
package func halfHoursOff(clock: Int, usual: Int) -> Int { min(mostHalfHoursOff, (abs(clock - usual) + 29) / 30) }

/// The most that `halfHoursOff` comes to.
let mostHalfHoursOff = 4

/// `continuity` between successive visits: 1 if both have a continuity attendant of the same role and they differ.
package func changesPerson(_ visit: PlannedVisit, after previous: PlannedVisit) -> Int {
    changesPerson(visit, after: Predecessor(previous))
}

func changesPerson(_ visit: PlannedVisit, after previous: Predecessor) -> Int {
    guard let now = continuityAttendant(of: visit), let before = previous.attendant, now.role == before.role
    else { return 0 }
    return now.person == before.person ? 0 : 1
}

/// What of a visit the costs of the next one depend on.
struct Predecessor {
    let day: Day
    let attendant: ContinuityAttendant?

    init(day: Day, attendant: ContinuityAttendant?) {
        self.day = day
        self.attendant = attendant
    }

    init(_ visit: PlannedVisit) {
        day = visit.placement.day
        attendant = continuityAttendant(of: visit).map { ContinuityAttendant(role: $0.role, person: $0.person) }
    }
}

/// `crowding`: the largest number of visits in progress on the board at any moment of the visit.
package func crowding(_ visit: Interval, on board: DayBoard) -> Int {
    func inProgress(at moment: Int) -> Int { board.occupied.count { $0.visit.contains(moment) } }
    // The number in progress rises only where a visit begins.
    var most = inProgress(at: visit.from)
    for other in board.occupied where visit.contains(other.visit.from) {
        most = max(most, inProgress(at: other.visit.from))
    }
    return most
}

/// `idle`: for each side of the hold, 1 if it leaves an idle stretch on the chair longer than 0 and shorter than the
/// shortest hold of all visit types.
package func idleStretches(_ hold: Interval, chair: ChairID, on board: DayBoard) -> Int {
    guard let index = board.layout.chairIndex[chair] else { return 0 }
    let stretches = board.opening.intersecting(board.roster.inService[index])
    guard let stretch = stretches.first(where: { $0.contains(hold.from) }) else { return 0 }
    var (earlier, later) = (stretch.from, stretch.until)
    for other in board.occupied where other.chair == index {
        if other.hold.until <= hold.from { earlier = max(earlier, other.hold.until) }
        if other.hold.from >= hold.until { later = min(later, other.hold.from) }
    }
    let before = hold.from - earlier
    let after = max(0, later - hold.until)
    let isUseless = { (minutes: Int) in minutes > 0 && minutes < board.layout.shortestHold }
    return (isUseless(before) ? 1 : 0) + (isUseless(after) ? 1 : 0)
}

/// `workload`: whole hours of load that the continuity attendant already carries that day.
package func workloadHours(of person: PersonID, on board: DayBoard) -> Int {
    board.layout.personIndex[person].map { board.workloadHours[$0] } ?? 0
}

/// The person of a visit's continuity label and the label's role, if it has one.
package func continuityAttendant(of visit: PlannedVisit) -> (role: String, person: PersonID)? {
    guard let index = visit.visitType.filledLabels.firstIndex(where: \.continuity) else { return nil }
    return (visit.visitType.filledLabels[index].role, visit.placement.persons[index])
}

/// The weekly windows of a day as elapsed minutes, merged.
package func windows(_ windows: [WeekWindow], on calendar: DayCalendar) -> [Interval] {
    windows.filter { $0.days.contains(calendar.day.weekday) }.map(\.hours).merged()
        .compactMap(calendar.interval(ofClock:)).merged()
}

/// A visit's weighted cost by term after another visit of the same plan, or after none, against the board as it is
/// before the course is added.
func costTerms(
    of visit: PlannedVisit, after previous: PlannedVisit?, gapIdeal: Int, rhythm: Bool, usual: Int,
    isPersonWished: Bool, for request: CourseRequest, on board: DayBoard
) -> CostTerms {
    costTerms(
        of: visit, after: previous.map { Predecessor($0) }, gapIdeal: gapIdeal, rhythm: rhythm, usual: usual,
        isPersonWished: isPersonWished, for: request, on: board)
}

/// A visit's weighted cost by term, against the board as it is before the course is added.
///
/// - Parameter isPersonWished: whether the preferred person has the role of its continuity attendant.
func costTerms(
    of visit: PlannedVisit, after previous: Predecessor?, gapIdeal: Int, rhythm: Bool, usual: Int,
    isPersonWished: Bool, for request: CourseRequest, on board: DayBoard
) -> CostTerms {
    let weights = board.layout.weights
    let place = visit.placement
    let stages = Interval(place.start, place.start + visit.visitType.length)
    var terms = CostTerms()
    if let previous {
        terms[.gap] = weights.gap * gapDays(place.day - previous.day, ideal: gapIdeal)
        if !isPersonWished { terms[.continuity] = weights.continuity * changesPerson(visit, after: previous) }
    } else {
        terms[.start] = weights.start * max(0, startDays(place.day, earliest: request.wish.earliest))
    }
    if isPersonWished, continuityAttendant(of: visit)?.person != request.wish.preferredPerson {
        terms[.continuity] = weights.continuity
    }
    terms[.preference] = weights.preference * missesPreference(stages, request, on: board.calendar)
    if rhythm {
        terms[.rhythm] = weights.rhythm * halfHoursOff(clock: board.calendar.clock(at: place.start), usual: usual)
    }
    terms[.crowding] = weights.crowding * crowding(stages, on: board)
    let hold = Interval(place.start, place.start + visit.visitType.hold)
    terms[.idle] = weights.idle * idleStretches(hold, chair: place.chair, on: board)
    if let attendant = continuityAttendant(of: visit) {
        terms[.workload] = weights.workload * workloadHours(of: attendant.person, on: board)
    }
    return terms
}
