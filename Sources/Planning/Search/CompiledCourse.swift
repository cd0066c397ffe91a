/// The kept visit of a course with the latest day, from which the rest is planned.
struct Anchor {
    let day: Day
    let attendant: ContinuityAttendant?
    /// Index of the attendant; -1 for nobody, or somebody unknown.
    let person: Int

    var predecessor: Predecessor { Predecessor(day: day, attendant: attendant) }
}

/// A course compiled for a search: its visits in order, and from where they are counted.
struct CompiledCourse {
    var kinds: [VisitKind] = []
    var steps: [Step] = []
    var anchor: Anchor?
    var origin: Day
    /// Whether some visit may be where its gap does not allow it.
    var isEased = false
    /// The places that the patient was told or asked for.
    var toldCount = 0

    /// The told places less the visits of which each costs that keeps none of them: what the prices of days leave out.
    var toldSurplus: Int { toldCount - steps.count { !kinds[$0.kind].told.isEmpty } }

    /// Leaves a visit of a number one day only; none where other limits do not allow it.
    mutating func keep(_ day: Day, of number: Int) {
        guard let step = steps.firstIndex(where: { $0.number == number }) else { return }
        let index = day - origin
        let isAllowed = index >= 0 && (steps[step].days?.contains(index) ?? true)
        // No day lies before the origin.
        steps[step].days = isAllowed ? index...index : -1...(-1)
    }

    /// For each step, whether a change of person since the step before costs: their roles are the same and nobody is
    /// preferred.
    var continuedRoles: [Bool] {
        steps.indices.map { index in
            let kind = kinds[steps[index].kind]
            guard index > 0, kind.preferred == nil, let role = kind.continuityRole else { return false }
            return role == kinds[steps[index - 1].kind].continuityRole
        }
    }
}

/// The kinds and steps of a course, or of the rest of one.
///
/// - Parameter isEased: whether gaps that nothing can keep are set aside as far as `CourseRequest.gapEasing` says.
func compile(
    _ request: CourseRequest, _ courseVisits: [CourseVisit], on calendar: PlanningCalendar, today: Day,
    isEased: Bool = false
) -> CompiledCourse {
    var compiler = CourseCompiler(request, courseVisits, calendar, isEased)
    let counts = plannedCounts(
        of: request, continuing: courseVisits, today: today, planning: calendar.facility.planning)
    for (index, phase) in request.regimen.phases.enumerated() { compiler.add(phase, index, count: counts[index]) }
    return compiler.compiled
}

private struct CourseCompiler {
    var compiled: CompiledCourse
    private let request: CourseRequest
    private let courseVisits: [CourseVisit]
    private let calendar: PlanningCalendar
    /// For each visit, whether it is behind.
    private let areBehind: [Bool]
    private var number = 0
    /// Ideals and maxima of gaps that were left out since the last step.
    private var skipped = (ideal: 0, maximum: 0)
    private let isEased: Bool
    /// The present day of the visit before, from the origin; nil where it has none.
    private var dayBefore: Int?
    /// By visit type, the days on which the patient was told a visit or asked for one, each with its start.
    private var told: [VisitTypeID: [Day: Int]] = [:]

    init(_ request: CourseRequest, _ courseVisits: [CourseVisit], _ calendar: PlanningCalendar, _ isEased: Bool) {
        self.isEased = isEased
        self.request = request
        self.courseVisits = courseVisits
        self.calendar = calendar
        areBehind = courseVisits.areBehind
        let staff = calendar.facility.staff
        var anchor: Anchor?
        if let latest = courseVisits.latestKept, case .kept(let day, let attendant) = courseVisits[latest].status {
            let person = attendant.flatMap { attendant in staff.firstIndex { $0.id == attendant.person } }
            anchor = Anchor(day: day, attendant: attendant, person: person ?? -1)
        }
        let first = courseVisits.lazy.compactMap(\.firstDayAllowed).first
        let origin = anchor?.day ?? min(request.wish.earliest, first ?? request.wish.earliest)
        compiled = CompiledCourse(anchor: anchor, origin: origin)
        dayBefore = anchor.map { _ in 0 }
        for courseVisit in courseVisits where courseVisit.wish?.keepsTold ?? true {
            guard case .booked(let place, told: true) = courseVisit.status,
                let phase = request.regimen.phases.first(where: { $0.name == courseVisit.phase })
            else { continue }
            told[phase.visit, default: [:]][place.day] = place.start
            compiled.toldCount += 1
        }
    }

    /// Adds the rest of a phase.
    mutating func add(_ phase: Phase, _ phaseIndex: Int, count: Int) {
        let listed = courseVisits.indices.filter { courseVisits[$0].phase == phase.name }
        let hasBegun = listed.contains { courseVisits[$0].isKept }
        let hasWindow = !hasBegun && !listed.contains { courseVisits[$0].ignoresWindow }
        let latest = request.phaseEnds[phase.name].map { $0 - compiled.origin }
        let goal = phase.goal.flatMap { $0.isPriced ? $0 : nil }
        let first = firstGiven(listed)
        var isOpening = !hasBegun
        for index in 0..<count {
            number += 1
            let position = index < listed.count ? listed[index] : nil
            if let position, areBehind[position] { continue }
            let courseVisit = position.map { courseVisits[$0] }
            let wanted = askedGap(of: phase, beforeVisit: index)
            if let courseVisit, courseVisit.status == .omitted {
                let rule = courseVisit.lastDay.map(wanted.rule) ?? wanted.rules[0]
                skipped.ideal += rule.ideal
                skipped.maximum += rule.allowed.upperBound
                continue
            }
            let asked = wanted.adding(ideal: skipped.ideal, maximum: skipped.maximum)
            let isFirst = compiled.steps.isEmpty && compiled.anchor == nil
            let limits = courseVisit.map { self.limits(of: $0, asked, isFirst: isFirst) } ?? (gap: asked, days: nil)
            let isAskedLater = isFirst && courseVisit?.wish?.from.map { $0 > lastStart } ?? false
            let gap = limits.gap.rules[0]
            var step = Step(
                number: number, phase: phaseIndex, kind: kind(of: phase, courseVisit),
                gapIdeal: isFirst ? 0 : gap.ideal, gaps: isFirst ? nil : gap.allowed,
                laterGaps: isFirst ? [] : laterGaps(limits.gap), days: limits.days,
                within: hasWindow ? window(of: phase) : nil,
                latest: courseVisit?.ignoresWindow ?? false ? nil : latest,
                goal: goal.map { VisitGoal($0, gap: wanted, first: first) }, opensPhase: isOpening,
                hasStartWindow: !isAskedLater && courseVisit.map(\.hasStartWindow) ?? true)
            ease(&step, courseVisit)
            compiled.steps.append(step)
            skipped = (0, 0)
            isOpening = false
        }
    }

    /// The day of a phase's first visit among those behind; nil where there is none.
    private func firstGiven(_ visits: [Int]) -> Day? {
        visits.compactMap { index -> Day? in
            switch courseVisits[index].status {
            case .kept(let day, _): day
            case .pinned(let place): areBehind[index] ? place.day : nil
            case .booked, .lost, .omitted, .open: nil
            }
        }.min()
    }

    private func laterGaps(_ gap: AskedGap) -> [Step.LaterGap] {
        gap.rules.compactMap { rule in
            rule.from.map { Step.LaterGap(from: $0 - compiled.origin, ideal: rule.ideal, gaps: rule.allowed) }
        }
    }

    /// Lets a visit stay where it stands, and follow on one that no rule of its gap leaves a day.
    private mutating func ease(_ step: inout Step, _ courseVisit: CourseVisit?) {
        let before = dayBefore
        dayBefore = courseVisit?.bookedPlace.map { $0.day - compiled.origin }
        guard isEased, request.gapEasing != .none else { return }
        if !step.laterGaps.isEmpty {
            step.bridgesGaps = true
            compiled.isEased = true
        }
        guard request.gapEasing == .standing, let courseVisit, let day = dayBefore, before != nil || step.gaps == nil,
            courseVisit.wish.map({ $0.admits(compiled.origin + day) }) ?? true, step.days?.contains(day) ?? true
        else { return }
        step.standing = Step.Standing(before: before, day: day)
        compiled.isEased = true
    }

    /// Last day less first day of a phase that has not begun, at most.
    private func window(of phase: Phase) -> Int? {
        guard request.endsInTime, let aim = phase.goal?.days ?? phase.alarmDays else { return phase.withinDays }
        return min(aim, phase.withinDays ?? aim)
    }

    /// The last day of the start window.
    private var lastStart: Day { request.wish.earliest + max(0, request.wish.startWithinDays) }

    /// The last day, from the origin, that a visit may have which is wanted from a day on: as far as its gap reaches
    /// and some days more; a course's first visit as far as its start window, and as long again from the day wanted.
    private func reach(from day: Int, _ gap: AskedGap, isFirst: Bool) -> Int {
        if isFirst { return max(lastStart - compiled.origin, day + max(0, request.wish.startWithinDays)) }
        return day + max(gap.bounds.upperBound, calendar.facility.planning.makeUpDays)
    }

    /// The gap and days that a visit allows, where its phase asks for `asked`.
    private func limits(
        of courseVisit: CourseVisit, _ asked: AskedGap, isFirst: Bool
    ) -> (gap: AskedGap, days: ClosedRange<Int>?) {
        var gap = asked
        var days: ClosedRange<Int>?
        switch courseVisit.status {
        case .pinned(let place):
            let day = place.day - compiled.origin
            days = day...day
            if courseVisit.ignoresGap { gap = asked.allowing { _ in 1...max(1, day) } }
        case .lost(let lost):
            (gap, days) = through(lost + calendar.facility.planning.makeUpDays, asked)
            days = later(courseVisit, days)
        case .booked(let place, _):
            // Where there is no plan otherwise, one that others push on goes on as any visit would.
            let isFree = isEased && request.gapEasing == .standing && courseVisit.wish == nil
            guard let latest = courseVisit.latest, !isFree else { break }
            (gap, days) = through(max(latest, place.day), asked)
            days = later(courseVisit, days)
        case .open, .kept, .omitted: break
        }
        guard let wish = courseVisit.wish, wish.from != nil || wish.through != nil else { return (gap, days) }
        let from = max(days?.lowerBound ?? 0, wish.from.map { $0 - compiled.origin } ?? 0)
        let through =
            wish.through.map { $0 - compiled.origin } ?? max(from, reach(from: from, gap, isFirst: isFirst))
        if courseVisit.ignoresGap { gap = asked.allowing { _ in 1...max(1, through) } }
        return (gap, from...max(from, min(days?.upperBound ?? through, through)))
    }

    /// Those of the days that are after the one that a visit names, unless its wish names another.
    private func later(_ courseVisit: CourseVisit, _ days: ClosedRange<Int>?) -> ClosedRange<Int>? {
        guard let after = courseVisit.after, courseVisit.wish?.from == nil, let days else { return days }
        return min(max(days.lowerBound, after + 1 - compiled.origin), days.upperBound)...days.upperBound
    }

    /// The same minimum; a latest day stands in place of the longest gap.
    private func through(_ latest: Day, _ asked: AskedGap) -> (gap: AskedGap, days: ClosedRange<Int>?) {
        let last = max(0, latest - compiled.origin)
        return (asked.allowing { $0.lowerBound...max($0.lowerBound, last) }, 0...last)
    }

    private mutating func kind(of phase: Phase, _ courseVisit: CourseVisit?) -> Int {
        var constraint = courseVisit.flatMap(constraint)
        if number == 1, request.setAside.contains(.leadTime) {
            constraint = constraint ?? PlacementConstraint()
            constraint?.isWalkIn = true
        }
        let stays = constraint?.fixed != nil
        let known = compiled.kinds.firstIndex {
            $0.constraint == nil && $0.type.id == phase.visit && $0.rhythm == phase.rhythm
        }
        if constraint == nil, let known { return known }
        let type = request.visitType(of: phase)
        compiled.kinds.append(
            VisitKind(
                type, rhythm: phase.rhythm, features: request.extraFeatures(of: type, in: calendar.facility),
                preferredPerson: request.wish.preferredPerson, facility: calendar.facility, layout: calendar.layout,
                constraint: constraint, told: stays ? [:] : told[type.id] ?? [:]))
        return compiled.kinds.count - 1
    }

    private func constraint(_ courseVisit: CourseVisit) -> PlacementConstraint? {
        switch courseVisit.status {
        case .pinned(let place): return PlacementConstraint(fixed: place, booked: place)
        case .booked(let place, _): return courseVisit.wish.map { PlacementConstraint(booked: place, wish: $0) }
        case .lost, .open: return courseVisit.wish.map { PlacementConstraint(wish: $0) }
        case .kept, .omitted: return nil
        }
    }
}

extension CourseVisit {
    fileprivate var hasStartWindow: Bool {
        switch status {
        case .pinned, .lost: false
        case .booked: latest == nil && !ignoresGap
        case .open, .kept, .omitted: !ignoresGap
        }
    }

    /// Where it is booked, if it is.
    fileprivate var bookedPlace: Placement? {
        switch status {
        case .booked(let place, _), .pinned(let place): place
        case .kept, .lost, .omitted, .open: nil
        }
    }

    /// The first day that its place or wish names, if any.
    fileprivate var firstDayAllowed: Day? {
        if case .pinned(let place) = status { return place.day }
        return wish?.from
    }
}

extension PlaceWish {
    /// Whether a visit that is on a day may stay on it.
    fileprivate func admits(_ day: Day) -> Bool {
        (from.map { $0 <= day } ?? true) && (through.map { day <= $0 } ?? true)
    }
}

extension AskedGap {
    /// The same ideals with other days allowed.
    fileprivate func allowing(_ days: (ClosedRange<Int>) -> ClosedRange<Int>) -> AskedGap {
        AskedGap(rules.map { Rule(from: $0.from, ideal: $0.ideal, allowed: days($0.allowed)) })
    }
}
