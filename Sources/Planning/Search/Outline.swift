/// The last kept visit of a course, from which the rest is planned.
struct Anchor {
    let day: Day
    let attendant: ContinuityAttendant?
    /// Index of the attendant; -1 for nobody, or somebody unknown.
    let person: Int

    var predecessor: Predecessor { Predecessor(day: day, attendant: attendant) }
}

/// A course compiled for a search: its visits in order, and from where they are counted.
struct Outline {
    var kinds: [VisitKind] = []
    var steps: [Step] = []
    var anchor: Anchor?
    var origin: Day

    /// Leaves a visit of a number one day only; none where other limits do not allow it.
    mutating func keep(_ day: Day, of number: Int) {
        guard let step = steps.firstIndex(where: { $0.number == number }) else { return }
        let index = day - origin
        let isAllowed = index >= 0 && (steps[step].days?.contains(index) ?? true)
        // No day lies before the origin.
        steps[step].days = isAllowed ? index...index : -1...(-1)
    }
}

/// The kinds and steps of a course, or of what is left of one.
func compile(_ request: CourseRequest, _ turns: [Turn], on calendar: PlanningCalendar, today: Day) -> Outline {
    var outlining = Outlining(request, turns, calendar)
    let counts = plannedCounts(
        of: request, continuing: turns, today: today, planning: calendar.facility.planning)
    for (index, phase) in request.regimen.phases.enumerated() { outlining.add(phase, index, count: counts[index]) }
    return outlining.outline
}

private struct Outlining {
    var outline: Outline
    private let request: CourseRequest
    private let turns: [Turn]
    private let calendar: PlanningCalendar
    private let anchorIndex: Int
    private var number = 0
    /// Ideals and maxima of gaps that were left out since the last step.
    private var skipped = (ideal: 0, maximum: 0)

    init(_ request: CourseRequest, _ turns: [Turn], _ calendar: PlanningCalendar) {
        self.request = request
        self.turns = turns
        self.calendar = calendar
        anchorIndex = turns.lastIndex(where: \.isKept) ?? -1
        let staff = calendar.facility.staff
        var anchor: Anchor?
        if anchorIndex >= 0, case .kept(let day, let attendant) = turns[anchorIndex].standing {
            let person = attendant.flatMap { attendant in staff.firstIndex { $0.id == attendant.person } }
            anchor = Anchor(day: day, attendant: attendant, person: person ?? -1)
        }
        let first = turns.lazy.compactMap(\.firstDayAllowed).first
        let origin = anchor?.day ?? min(request.earliest, first ?? request.earliest)
        outline = Outline(anchor: anchor, origin: origin)
    }

    /// Adds what is left of a phase.
    mutating func add(_ phase: Phase, _ phaseIndex: Int, count: Int) {
        let listed = turns.indices.filter { turns[$0].phase == phase.name }
        let hasBegun = listed.contains { turns[$0].isKept }
        let hasWindow = !hasBegun && !listed.contains { turns[$0].ignoresWindow }
        let latest = request.phaseEnds[phase.name].map { $0 - outline.origin }
        var isOpening = !hasBegun
        for index in 0..<count {
            number += 1
            let position = index < listed.count ? listed[index] : nil
            if let position, position <= anchorIndex { continue }
            let turn = position.map { turns[$0] }
            let wanted = gap(of: phase, beforeVisit: index)
            if let turn, turn.standing == .omitted {
                skipped.ideal += wanted.ideal
                skipped.maximum += wanted.allowed.upperBound
                continue
            }
            let range = wanted.allowed.lowerBound...(wanted.allowed.upperBound + skipped.maximum)
            let isFirst = outline.steps.isEmpty && outline.anchor == nil
            let limits = turn.map { self.limits(of: $0, range) } ?? (gaps: range, days: nil)
            outline.steps.append(
                Step(
                    number: number, phase: phaseIndex, kind: kind(of: phase, turn),
                    gapIdeal: isFirst ? 0 : wanted.ideal + skipped.ideal, gaps: isFirst ? nil : limits.gaps,
                    days: limits.days, within: hasWindow ? window(of: phase) : nil,
                    latest: turn?.ignoresWindow ?? false ? nil : latest, opensPhase: isOpening,
                    hasStartWindow: turn.map(\.hasStartWindow) ?? true))
            skipped = (0, 0)
            isOpening = false
        }
    }

    /// Last day less first day of a phase that has not begun, at most.
    private func window(of phase: Phase) -> Int? {
        guard request.endsInTime, let alarm = phase.alarmDays else { return phase.withinDays }
        return min(alarm, phase.withinDays ?? alarm)
    }

    /// The gaps and days that a turn allows, where its phase's gap is `range`.
    private func limits(of turn: Turn, _ range: ClosedRange<Int>) -> (gaps: ClosedRange<Int>, days: ClosedRange<Int>?) {
        var gaps = range
        var days: ClosedRange<Int>?
        switch turn.standing {
        case .pinned(let place):
            let day = place.day - outline.origin
            days = day...day
            if turn.ignoresGap { gaps = 1...max(1, day) }
        case .lost(let lost):
            // The same minimum; the latest day stands in place of the longest gap.
            let latest = max(0, lost + calendar.facility.planning.makeUpDays - outline.origin)
            days = 0...latest
            gaps = range.lowerBound...max(range.lowerBound, latest)
        case .booked, .open, .kept, .omitted: break
        }
        guard let wish = turn.wish, wish.from != nil || wish.through != nil else { return (gaps, days) }
        let from = max(days?.lowerBound ?? 0, wish.from.map { $0 - outline.origin } ?? 0)
        let through = wish.through.map { $0 - outline.origin } ?? max(from, from + gaps.upperBound)
        if turn.ignoresGap { gaps = 1...max(1, through) }
        return (gaps, from...max(from, min(days?.upperBound ?? through, through)))
    }

    private mutating func kind(of phase: Phase, _ turn: Turn?) -> Int {
        let demand = turn.flatMap(demand)
        let known = outline.kinds.firstIndex {
            $0.demand == nil && $0.type.id == phase.visit && $0.rhythm == phase.rhythm
        }
        if demand == nil, let known { return known }
        outline.kinds.append(
            VisitKind(
                request.visitType(of: phase), rhythm: phase.rhythm, features: request.features,
                facility: calendar.facility, frame: calendar.frame, demand: demand))
        return outline.kinds.count - 1
    }

    private func demand(_ turn: Turn) -> Demand? {
        switch turn.standing {
        case .pinned(let place): return Demand(fixed: place, booked: place)
        case .booked(let place, let isTold):
            if !isTold && turn.wish == nil { return nil }
            return Demand(booked: place, isTold: isTold && turn.wish == nil, wish: turn.wish ?? PlaceWish())
        case .lost, .open: return turn.wish.map { Demand(wish: $0) }
        case .kept, .omitted: return nil
        }
    }
}

extension Turn {
    fileprivate var hasStartWindow: Bool {
        switch standing {
        case .pinned, .lost: false
        case .booked, .open, .kept, .omitted: !ignoresGap
        }
    }

    /// The first day that its place or wish names, if any.
    fileprivate var firstDayAllowed: Day? {
        if case .pinned(let place) = standing { return place.day }
        return wish?.from
    }
}
