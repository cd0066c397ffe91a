/// A booked course as it stands: its visits that occupy their places, and which turn each number is.
package struct StandingCourse: Hashable, Sendable {
    /// The visits that occupy their places, in the order of their days; their costs are not asked.
    package var visits: [PlannedVisit]
    /// The phase of each number, of visits that are lost or omitted too.
    package var phases: [Int: String]
    /// The usual time of day that was kept with it, minutes on the clock.
    package var usual: Int?
    /// The last day that a number may have in place of its longest gap, of visits that make up for lost ones.
    package var latest: [Int: Day]
    /// The day that a number had, of visits that are lost or omitted.
    package var lastDays: [Int: Day]
    /// The first day of phases whose first visit was given and is not among the visits.
    package var begun: [String: Day]

    /// A course with its visits, the phases of all its numbers, and its usual time.
    package init(
        visits: [PlannedVisit], phases: [Int: String], usual: Int?, latest: [Int: Day] = [:],
        lastDays: [Int: Day] = [:], begun: [String: Day] = [:]
    ) {
        self.visits = visits
        self.phases = phases
        self.usual = usual
        self.latest = latest
        self.lastDays = lastDays
        self.begun = begun
    }
}

/// Why a booked visit is not on a day, the course's other visits staying where they are: what closes the day, or what
/// the visit and the next one would cost more.
///
/// - Parameters:
///   - number: of the visit in the course, from 1.
///   - calendar: without the course's visits.
/// - Returns: the answer; nil where the course has no visit of this number.
/// - Throws: where the days near by lie beyond the calendar.
package func explainDay(
    _ day: Day, ofVisit number: Int, in course: StandingCourse, for request: CourseRequest,
    on calendar: PlanningCalendar, now: Int
) throws(NeedsDays) -> DayAnswer? {
    if day + NearDays.reach > calendar.last { throw NeedsDays(through: day + NearDays.reach) }
    guard let index = course.visits.firstIndex(where: { $0.number == number }) else { return nil }
    let asking = BookedQuestion(course: course, index: index, request: request, calendar: calendar, now: now)
    if let last = asking.lastGoal(beside: day), last > calendar.last { throw NeedsDays(through: last) }
    let visit = course.visits[index]
    if visit.placement.day == day { return DayAnswer(visit: number, day: day, outcome: .chosen) }
    var answer = DayAnswer(visit: number, day: day, outcome: asking.outcome(on: day))
    guard case .closed(let closing) = answer.outcome else { return answer }
    for near in NearDays.around(day) where near != visit.placement.day && answer.nearest.count < NearDays.count {
        if case .costs(let possible) = asking.outcome(on: near) {
            answer.nearest.append(DayAnswer.NearDay(day: near, difference: possible.difference.total))
        }
    }
    if !closing.blockers.contains(where: { $0.rule == .gap || $0.rule == .phaseWindow }) {
        answer.wouldHelp = additions(
            opening: closing, to: visit.visitType, rhythm: asking.rhythm(visit), for: request, on: calendar, now: now)
    }
    return answer
}

/// Why a booked visit is where it is: its ideal day, and why it is not there, the course's other visits staying where
/// they are.
///
/// - Parameters:
///   - number: of the visit in the course, from 1.
///   - calendar: without the course's visits.
/// - Returns: the reason; nil where the course has no visit of this number.
/// - Throws: where the ideal day lies beyond the calendar.
package func reason(
    ofVisit number: Int, in course: StandingCourse, for request: CourseRequest, on calendar: PlanningCalendar, now: Int
) throws(NeedsDays) -> VisitReason? {
    guard let index = course.visits.firstIndex(where: { $0.number == number }) else { return nil }
    let asking = BookedQuestion(course: course, index: index, request: request, calendar: calendar, now: now)
    let ideal = asking.idealDay
    if let last = asking.lastGoal(beside: ideal), last > calendar.last { throw NeedsDays(through: last) }
    if ideal > calendar.last { throw NeedsDays(through: ideal) }
    guard ideal != course.visits[index].placement.day else {
        return VisitReason(visit: number, idealDay: ideal, instead: nil)
    }
    let answer = DayAnswer(visit: number, day: ideal, outcome: asking.outcome(on: ideal))
    return VisitReason(visit: number, idealDay: ideal, instead: answer)
}

private struct BookedQuestion {
    let course: StandingCourse
    let index: Int
    let request: CourseRequest
    let calendar: PlanningCalendar
    let now: Int
    private let spare: StandingSpare

    init(course: StandingCourse, index: Int, request: CourseRequest, calendar: PlanningCalendar, now: Int) {
        self.course = course
        self.index = index
        self.request = request
        self.calendar = calendar
        self.now = now
        let visits = course.visits.map { visit in (visit.phase, course.goal(of: visit, request.regimen)) }
        spare = StandingSpare(visits, of: request, on: calendar)
    }

    private var visit: PlannedVisit { course.visits[index] }

    /// The day at the ideal distance from the visit before, or the course's earliest day; its own where nothing says.
    var idealDay: Day {
        guard index > 0 else { return visit.number == 1 ? request.wish.earliest : visit.placement.day }
        let before = course.visits[index - 1]
        let distance = distance(
            from: (before.number, before.placement.day), to: (visit.number, visit.placement.day))
        return distance.map { before.placement.day + $0.ideal } ?? visit.placement.day
    }

    /// The last day up to which days in hand are counted where the visit is on one of the days near another.
    func lastGoal(beside day: Day) -> Day? {
        course.goal(of: visit, request.regimen).map { goal in
            (goal.first ?? max(day + NearDays.reach, visit.placement.day)) + goal.goal.days
        }
    }

    func outcome(on day: Day) -> DayAnswer.Outcome {
        guard let board = calendar[day] else {
            return .closed(
                DayClosing(day: day, closedBy: .leadTime, blockers: [Blocker(rule: .leadTime, fact: .past)]))
        }
        let limits = limits(on: day)
        let facility = calendar.facility
        let kind = VisitKind(
            visit.visitType, rhythm: rhythm(visit), features: request.extraFeatures(of: visit.visitType, in: facility),
            preferredPerson: request.wish.preferredPerson, facility: facility, layout: calendar.layout)
        let evaluator = DayEvaluator(request, on: calendar, now: now, mostLabels: kind.labels.count)
        let places = places(kind, evaluator, board)
        if places.isEmpty {
            let own = closing(kind, evaluator, board)
            guard !limits.isEmpty else { return .closed(own) }
            return .closed(DayClosing(day: day, closedBy: nil, blockers: limits + own.blockers))
        }
        guard limits.isEmpty else {
            let rules = Set(limits.map(\.rule))
            return .closed(
                DayClosing(day: day, closedBy: rules.count == 1 ? rules.first : nil, blockers: limits))
        }
        let options = places.map { cost(at: $0) }
        // The first of the cheapest: starts ascend.
        guard let best = options.min(by: { $0.cost < $1.cost }) else { preconditionFailure("there is a place") }
        return .costs(
            DayAnswer.Possibility(
                best.visits, insteadOf: cost(at: visit.placement).visits, asked: visit.number))
    }

    func rhythm(_ visit: PlannedVisit) -> Bool { phase(visit.number)?.rhythm ?? false }

    // MARK: The course's own limits

    private func phase(_ number: Int) -> Phase? {
        course.phases[number].flatMap { name in request.regimen.phases.first { $0.name == name } }
    }

    /// Ideal and allowed days from one number on a day to a later one on another: gaps that were left out between add
    /// up, the minimum is the last one's. The latest day of a visit that makes up for a lost one stands in place of the
    /// longest gap.
    private func distance(
        from first: (number: Int, day: Day), to last: (number: Int, day: Day)
    ) -> (ideal: Int, allowed: ClosedRange<Int>)? {
        var total: (ideal: Int, allowed: ClosedRange<Int>)?
        // A later turn may have been given before an earlier one: nothing is left out between.
        let numbers = min(first.number + 1, last.number)...last.number
        let standing = Set(course.visits.map(\.number)).subtracting([last.number])
        for number in numbers where first.number < last.number || number == last.number {
            guard !standing.contains(number), let phase = phase(number) else { continue }
            let turn = course.phases.count { $0.key < number && $0.value == phase.name }
            let day = number == last.number ? last.day : course.lastDays[number] ?? last.day
            let own = askedGap(of: phase, beforeVisit: turn).rule(on: day)
            let most = (total?.allowed.upperBound ?? 0) + own.allowed.upperBound
            total = (
                (total?.ideal ?? 0) + own.ideal, own.allowed.lowerBound...max(own.allowed.lowerBound, most)
            )
        }
        guard let latest = course.latest[last.number], let (ideal, allowed) = total else { return total }
        return (ideal, allowed.lowerBound...max(allowed.lowerBound, latest - first.day))
    }

    private func limits(on day: Day) -> [Blocker] {
        var result: [Blocker] = []
        func ask(_ other: PlannedVisit, _ days: Int, _ allowed: ClosedRange<Int>) {
            if allowed.contains(days) { return }
            let place = other.placement.day
            result.append(
                Blocker(rule: .gap, fact: .gap(allowed, visit: other.number, from: place, through: place)))
        }
        if index > 0 {
            let before = course.visits[index - 1]
            if let wanted = distance(from: (before.number, before.placement.day), to: (visit.number, day)) {
                ask(before, day - before.placement.day, wanted.allowed)
            }
        } else if visit.number == 1 {
            let last = course.latest[visit.number] ?? request.wish.earliest + max(0, request.wish.startWithinDays)
            if day < request.wish.earliest || day > last {
                result.append(Blocker(rule: .gap, fact: .startWindow(from: request.wish.earliest, through: last)))
            }
        }
        if index + 1 < course.visits.count {
            let next = course.visits[index + 1]
            if let wanted = distance(from: (visit.number, day), to: (next.number, next.placement.day)) {
                ask(next, next.placement.day - day, wanted.allowed)
            }
        }
        return result + windowLimit(on: day)
    }

    /// The phase's window, where none of its other visits is past or too near to be moved: once a phase has begun, its
    /// window only warns (docs/contract/planning.md section 6).
    private func windowLimit(on day: Day) -> [Blocker] {
        guard let phase = phase(visit.number), let within = phase.withinDays else { return [] }
        let others = course.visits.filter { $0.phase == phase.name && $0.number != visit.number }
        let hasBegun = others.contains { other in
            guard let calendar = calendar.calendars[other.placement.day] else { return true }
            return calendar.firstMinute + other.placement.start < now + self.calendar.facility.planning.leadTimeMinutes
        }
        let days = others.map(\.placement.day)
        guard !hasBegun, let first = days.min(), let last = days.max() else { return [] }
        if max(day, last) - min(day, first) <= within { return [] }
        return [Blocker(rule: .phaseWindow, fact: .phaseWindow(days: within, from: first, through: first))]
    }

    // MARK: Places of a day

    private func places(_ kind: VisitKind, _ evaluator: DayEvaluator, _ board: DayBoard) -> [Placement] {
        guard evaluator.evaluate(kind, on: board) else { return [] }
        var slots: [Int] = []
        evaluator.rows.forEachBit(evaluator.open) { slots.append($0) }
        return slots.flatMap { slot in
            kind.attendants.compactMap { person -> Placement? in
                guard let attended = evaluator.firstAttendance(slot: slot, attendants: { person < 0 || $0 == person }),
                    let chair = evaluator.bestChair(kind, on: board, slot: slot)
                else { return nil }
                return evaluator.placement(kind, on: board, chair: chair, attended)
            }
        }
    }

    private func closing(_ kind: VisitKind, _ evaluator: DayEvaluator, _ board: DayBoard) -> DayClosing {
        let survey = DaySurvey(kind: kind, board: board, request: request, calendar: calendar, now: now)
        for rule in Rule.allCases where rule != .gap && rule != .phaseWindow && rule != .authorisation {
            let starts = evaluator.starts(of: kind, on: board, ignoring: rule)
            if starts.isEmpty { continue }
            return DayClosing(
                day: board.calendar.day, closedBy: rule, blockers: survey.blockers(rule, starts: starts))
        }
        return DayClosing(day: board.calendar.day, closedBy: nil, blockers: survey.blockersOfSeveral())
    }

    // MARK: Costs

    /// The visit at a place and the next one, with their costs; all others of the phase, where the visit begins one
    /// with a goal, which counts from its day.
    private func cost(at placement: Placement) -> (visits: [PlannedVisit], cost: Int) {
        var standing = course.visits
        standing[index].placement = placement
        let opens = !standing[..<index].contains { $0.phase == visit.phase }
        let follows = opens && course.goal(of: visit, request.regimen) != nil
        let visits = standing.indices.filter { other in
            other == index || other == index + 1 || follows && other > index && standing[other].phase == visit.phase
        }.map { measured($0, among: standing) }
        return (visits, visits.reduce(0) { $0 + $1.terms.total })
    }

    private func measured(_ index: Int, among standing: [PlannedVisit]) -> PlannedVisit {
        let visit = standing[index]
        let previous = index > 0 ? standing[index - 1] : nil
        var measured = visit
        guard let board = calendar[visit.placement.day] else { return visit }
        let ideal =
            previous.flatMap { previous in
                distance(
                    from: (previous.number, previous.placement.day), to: (visit.number, visit.placement.day))?.ideal
            } ?? 0
        measured.terms = costTerms(
            of: visit, after: previous, gapIdeal: ideal, rhythm: rhythm(visit), usual: course.usual ?? 0,
            isPersonWished: request.wishesPerson(for: visit.visitType, in: calendar.facility), for: request, on: board)
        let opening = standing[..<index].first { $0.phase == visit.phase }
        measured.terms[.spare] = spare.cost(of: index, on: visit.placement.day, first: opening?.placement.day)
        return measured
    }
}

extension StandingCourse {
    /// What the goal of its phase means to a visit; nil where days in hand are worth nothing.
    func goal(of visit: PlannedVisit, _ regimen: Regimen) -> VisitGoal? {
        guard let phase = regimen.phases.first(where: { $0.name == phases[visit.number] }), let goal = phase.goal,
            goal.isPriced
        else { return nil }
        let turn = phases.count { $0.key < visit.number && $0.value == phase.name }
        return VisitGoal(goal, gap: askedGap(of: phase, beforeVisit: turn), first: begun[phase.name])
    }
}
