/// A booked visit that no longer keeps hard rules.
package struct BrokenVisit: Hashable, Sendable {
    package let visit: VisitID
    /// The rules it breaks, in the table's order; never empty.
    package let rules: [Rule]

    /// A visit and the rules it breaks.
    package init(visit: VisitID, rules: [Rule]) {
        self.visit = visit
        self.rules = rules
    }
}

/// The booked visits that no longer keep a hard rule, in the order of the courses and their visits: after a disruption,
/// or when a new configuration has come.
///
/// - Parameters:
///   - calendar: the days with all visits that occupy them, these among them.
///   - now: the present moment, minutes since 1970-01-01T00:00Z.
package func brokenVisits(
    of courses: [RepairCourse], on calendar: PlanningCalendar, now: Int
) -> [BrokenVisit] {
    courses.flatMap { course in
        course.visits.indices.compactMap { index in
            let rules = brokenRules(of: course, visit: index, on: calendar, now: now)
            return rules.isEmpty ? nil : BrokenVisit(visit: course.visits[index].booking.id, rules: rules)
        }
    }
}

/// The hard rules that one booked visit of a course breaks where it stands, less its overrides, in the table's order.
///
/// Lead time and authorisation are not asked: they concern a new place and confirming. What is over is not asked
/// anything, and a visit in progress only about what is still to come of it. A visit on a day outside of the calendar
/// is asked what its course says about days.
///
/// - Parameter index: of the visit in the course's `visits`.
package func brokenRules(
    of course: RepairCourse, visit index: Int, on calendar: PlanningCalendar, now: Int
) -> [Rule] {
    let visit = course.visits[index]
    if visit.progress == .completed { return [] }
    var broken: Set<Rule> = []
    if visit.progress != .inProgress { broken = brokenDayRules(of: course, visit: index) }
    if let board = calendar[visit.booking.placement.day] {
        let isUnderWay = visit.progress == .inProgress
        let placed = PlacedVisit(
            visitType: visit.booking.visitType, placement: visit.booking.placement, board: board,
            standing: visit.booking.id, since: isUnderWay ? now - board.calendar.firstMinute : Int.min)
        broken.formUnion(brokenPlaceRules(placed, visit, course.request, calendar.facility))
    }
    return Rule.allCases.filter { broken.contains($0) && ($0.isPhysical || !visit.overrides.contains($0)) }
}

/// The rules on a standing visit by itself that its place breaks.
private func brokenPlaceRules(
    _ placed: PlacedVisit, _ visit: RepairVisit, _ request: CourseRequest, _ facility: Facility
) -> Set<Rule> {
    var keeps: [(Rule, Bool)] = [
        (.openingHours, keepsOpeningHours(placed)),
        (.chairInService, keepsChairInService(placed)),
        (.chairFree, keepsChairFree(placed)),
        (.attendantOnDuty, keepsAttendantOnDuty(placed, of: facility)),
        (.attendantCapacity, keepsAttendantCapacity(placed, visit.booking.patient)),
        (.attendantQualified, keepsAttendantQualified(placed, of: facility)),
    ]
    if visit.progress != .inProgress {
        keeps += [
            (.chairFeatures, keepsChairFeatures(placed, of: facility, for: request)),
            (.patientAvailable, keepsPatientAvailable(placed, request)),
            (.oneVisitADay, keepsOneVisitADay(placed, visit.booking.patient)),
            (.courseEnd, keepsCourseEnd(placed.placement.day, request)),
        ]
    }
    return Set(keeps.filter { !$0.1 }.map(\.0))
}

/// `gap` and `phase-window` of a visit, the course's visits being where they are.
func brokenDayRules(of course: RepairCourse, visit index: Int) -> Set<Rule> {
    let visits = course.visits
    let day = visits[index].booking.placement.day
    var broken: Set<Rule> = []
    let before = (index > 0 ? visits[index - 1].booking : course.previous)?.placement.day
    let isTooLate = visits[index].latest.map { $0 < day } ?? false
    if isTooLate || !keepsGap(day, after: before, allowed: visits[index].standingGap.allowed, course.request) {
        broken.insert(.gap)
    }
    let opening = phaseOpening(of: course, visit: index)
    if visits[opening].progress == .ahead || visits[opening].progress == .arrived,
        !keepsPhaseWindow(day, first: visits[opening].booking.placement.day, within: visits[index].within)
    {
        broken.insert(.phaseWindow)
    }
    return broken
}

/// The first of a course's visits that is of the same phase as a visit and in one run with it.
func phaseOpening(of course: RepairCourse, visit index: Int) -> Int {
    var opening = index
    while opening > 0, course.visits[opening - 1].phase == course.visits[index].phase { opening -= 1 }
    return opening
}
