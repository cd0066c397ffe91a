import Planning

/// Decides what is to be done with a course.
func decide(
    _ alteration: CourseAlteration, _ id: CourseID, _ reason: Reason.Code, keepsWindow: Bool = false,
    _ context: DecisionContext
) throws(DecisionFailure) -> Decision {
    var draft = try CourseDraft(id, reason, context)
    if keepsWindow { draft.keeping = .always }
    if alteration.mayReopen, draft.status == .completed { draft.status = .active }
    // What is owed for visits that were given stays owed, whatever became of the course.
    guard draft.status.isOpen || alteration.isTaskDone else { throw .unchangeable(.course(id, draft.status)) }
    switch alteration {
    case .pattern(let alteration):
        try draft.requireBooked()
        return try decidePattern(alteration, draft)
    case .lifecycle(let alteration):
        try draft.requireBooked()
        return try decideLifecycle(alteration, draft)
    case .care(let alteration):
        try draft.requireBooked()
        return try decideCare(alteration, draft)
    case .held(let alteration): return try decideHeld(alteration, draft)
    }
}

extension CourseAlteration {
    /// Whether a course that is completed may go on by it: with more visits, or a later last day.
    fileprivate var mayReopen: Bool {
        switch self {
        case .pattern(.extend), .pattern(.change): true
        case .pattern, .lifecycle, .care, .held: false
        }
    }
}

/// Decides on phases, gaps and wishes.
private func decidePattern(_ alteration: PatternAlteration, _ draft: CourseDraft) throws(DecisionFailure) -> Decision {
    var draft = draft
    // What came to its place along with others follows again where the course is to be another.
    draft.forgetAsked(.along)
    switch alteration {
    case .extend(let phase, let visits):
        try draft.requireOpenCourse()
        let isNamed = phase != nil
        let last = draft.template.regimen.phases.last?.name ?? ""
        try draft.replan(Replanning(reopened: draft.extend(phase ?? last, by: visits), easing: .bridges))
        return draft.decision(isNamed ? .phaseExtended : .visitsAppended, detail: phase ?? last)
    case .end(let phase):
        try draft.requireOpenCourse()
        try draft.end(phase)
        return draft.decision(.phaseEnded, detail: phase)
    case .advance:
        try draft.requireOpenCourse()
        let phases = draft.template.regimen.phases
        guard let phase = draft.currentPhase, phase + 1 < phases.count else {
            throw .refused(.unknown(.phase, "the next"))
        }
        try draft.end(phases[phase].name)
        return draft.decision(.courseAdvanced, detail: phases[phase + 1].name)
    case .stepBack(let visits):
        try draft.requireOpenCourse()
        try draft.stepBack(visits: visits)
        return draft.decision(.courseSteppedBack)
    case .change(let wish, let from):
        let earliest = draft.wish.earliest
        let (usual, before) = (draft.wish.usual, draft.request)
        let hasOtherTimes = wish.hasOtherTimes(than: draft.wish)
        draft.wish = wish
        draft.wish.earliest = earliest
        if wish.usual != usual { draft.usual = wish.usual }
        let isPatients = draft.reason.isPatients && hasOtherTimes
        if isPatients { draft.forgetAsked(.itself, from: from) }
        if draft.status == .active { try draft.replan(Replanning(from: from, isPatients: isPatients), since: before) }
        draft.keepStanding(against: before, since: from)
        draft.completeIfOver()
        return draft.decision(.courseChanged)
    case .regap(let phase, let gaps, let before, let after, let from):
        try draft.requireOpenCourse()
        try draft.alter(phase) { $0.change(gaps: gaps, before: before, after: after, from: from) }
        try draft.replan(Replanning(from: from, easing: .bridges))
        if let from { draft.askAlong(phase, from: from) }
        return draft.decision(.courseChanged)
    }
}

/// Decides on whether and from when a course goes on.
private func decideLifecycle(
    _ alteration: LifecycleAlteration, _ draft: CourseDraft
) throws(DecisionFailure) -> Decision {
    var draft = draft
    switch alteration {
    case .hold:
        try draft.requireOpenCourse()
        draft.hold()
        return draft.decision(.courseHeld)
    case .resume(let day):
        guard draft.status == .onHold else { throw .unchangeable(.course(draft.course, draft.status)) }
        draft.status = .active
        try draft.replan(Replanning(resumesFrom: day))
        return draft.decision(.courseResumed)
    case .cease:
        draft.cease()
        return draft.decision(.courseCeased)
    case .replan:
        try draft.requireOpenCourse()
        try draft.replan()
        return draft.decision(.courseReplanned, unplaced: draft.unplaced)
    case .catchUp(let within, let isNearest):
        try draft.requireOpenCourse()
        try draft.catchUp(within: within, isNearest: isNearest)
        return draft.decision(.courseCaughtUp)
    case .seekGoal:
        let unsought = draft.decision(.courseCaughtUp)
        let seeks = draft.context.calendar.facility.planning.seeksGoals
        guard draft.status == .active, seeks != .propose, try draft.seekGoal() else { return unsought }
        let sought = draft.decision(.courseCaughtUp)
        guard case .accepted(_, _, .changed(let difference)) = sought else { return unsought }
        return seeks == .all || difference.calls.isEmpty ? sought : unsought
    case .rollHorizon:
        try draft.requireOpenCourse()
        draft.endIfPast()
        if draft.status == .completed { return draft.decision(.courseEnded) }
        guard draft.template.regimen.phases.last?.count == .open, try draft.wantsPlaces() else {
            return draft.decision(.horizonRolled)
        }
        // Nobody hears why nothing could be planned tonight.
        try draft.replan(Replanning(keepsOthers: true, explains: false))
        return draft.decision(.horizonRolled)
    }
}

extension CourseAlteration {
    fileprivate var isTaskDone: Bool {
        if case .care(.taskDone) = self { true } else { false }
    }
}

extension Phase {
    /// Ideal days from one of its visits to a later one, by their turns in it, from 1.
    fileprivate func idealDays(from: Int, to: Int) -> Int {
        guard !gaps.isEmpty, from < to else { return 0 }
        return (max(from, 1)..<to).reduce(0) { $0 + gaps[($1 - 1) % gaps.count] }
    }
}

extension Phase {
    /// Lets so many visits of a phase that had one lie as far apart as that one lies from the phase before.
    fileprivate mutating func takeGapsOfFirst(forVisits count: Int) {
        guard count > 1, gaps.isEmpty, let first = firstGap else { return }
        let ideal = max(1, first.ideal)
        gaps = [ideal]
        toleranceBefore = max(0, ideal - max(1, first.minimum))
        toleranceAfter = max(0, first.maximum - ideal)
    }
}

extension CourseWish {
    /// Whether the patient wishes for other times, or can come at others.
    fileprivate func hasOtherTimes(than other: CourseWish) -> Bool {
        usual != other.usual || availability != other.availability || preferred != other.preferred
            || blackoutDays != other.blackoutDays
    }
}

extension CourseDraft {
    /// Lets visits from a day on follow what is asked for now: that they were asked for before is past.
    mutating func forgetAsked(_ asked: AskedPlace, from day: Day? = nil) {
        for (id, image) in visits where image.asked == asked && !isKept(image) {
            if day.map({ $0 <= image.place.day }) ?? true { visits[id]?.asked = nil }
        }
    }

    /// The visits of a phase from a day on are where somebody asked for them by asking for its gaps.
    fileprivate mutating func askAlong(_ phase: String, from day: Day) {
        for (id, image) in visits where image.phase == phase && image.status.isOpen && day <= image.place.day {
            visits[id]?.asked = image.asked ?? .along
        }
    }

    /// Lets visits that a change of wishes leaves where they are, before the day from which it holds or pinned, stand
    /// against the new wishes: the rules that only these would break are set aside for them.
    fileprivate mutating func keepStanding(against before: CourseRequest, since day: Day?) {
        for (id, image) in visits where image.status == .tentative || image.status == .confirmed {
            guard image.pinned || day.map({ image.place.day < $0 }) ?? isKept(image) else { continue }
            for rule in newlyBroken(by: id, since: before) { visits[id]?.overrides[rule] = reason }
        }
    }

    /// Plans what is left of the course anew by its present wishes.
    ///
    /// - Parameter before: the course as it was asked by the wishes before.
    fileprivate mutating func replan(
        _ asked: Replanning, since before: CourseRequest
    ) throws(DecisionFailure) {
        var replanning = asked
        free(&replanning, since: before)
        try replan(replanning)
    }

    /// A rule that was set aside for a visit holds it where it is, but not where its patient cannot come by their
    /// present wishes: it is planned like any other.
    fileprivate func free(_ replanning: inout Replanning, since before: CourseRequest) {
        for (id, image) in visits where !image.pinned && !image.overrides.isEmpty && !isKept(image) {
            let isEarly = replanning.from.map { image.place.day < $0 } ?? false
            guard image.status.occupies, !isEarly, !newlyBroken(by: id, since: before).isEmpty else { continue }
            let isTold = !replanning.isPatients && (image.told || image.asked != nil)
            replanning.turns[id] = { turn in
                if case .pinned(let place) = turn.status { turn.status = .booked(place, told: isTold) }
            }
        }
    }

    /// The rules on a visit's place that the present wishes break, the wishes before did not, and nobody has set aside.
    private func newlyBroken(by id: VisitID, since before: CourseRequest) -> [Rule] {
        guard let visit = visit(id), let clock = context.calendar.calendars[visit.day],
            let booking = visit.booking(on: clock),
            let old = brokenRules(of: booking, for: before, on: context.calendar),
            let new = brokenRules(of: booking, for: request, on: context.calendar)
        else { return [] }
        return new.filter { rule in
            (rule == .patientAvailable || rule == .chairFeatures) && !old.contains(rule)
                && visit.overrides[rule] == nil
        }
    }

    /// Index of the phase that the course has reached: that of its last kept visit, or of the first still to come.
    var currentPhase: Int? {
        let kept = attempts.last { visits[$0.current].map(isKept) ?? false }
        let name = kept?.phase ?? progress.adoptedFrom?.phase ?? template.regimen.phases.first?.name
        return template.regimen.phases.firstIndex { $0.name == name }
    }

    /// How many turns of a phase are kept, up to the last one: those that were left out between count.
    func begunCount(of phase: String) -> Int {
        let own = attempts.filter { $0.phase == phase }
        let kept = own.lastIndex { visits[$0.current].map(isKept) ?? false }.map { $0 + 1 } ?? 0
        return kept + (progress.adoptedFrom?.phase == phase ? progress.adoptedFrom?.given ?? 0 : 0)
    }

    /// Changes a phase of the regimen that the course follows.
    mutating func alter(_ name: String, _ change: (inout Phase) -> Void) throws(DecisionFailure) {
        var regimen = template.regimen
        guard let index = regimen.phases.firstIndex(where: { $0.name == name }) else {
            throw .refused(.unknown(.phase, name))
        }
        change(&regimen.phases[index])
        follow(regimen)
    }

    /// That it is known how far apart so many visits of a phase are.
    private func requireGaps(of phase: Phase, forVisits count: Int) throws(DecisionFailure) {
        guard count > 1, phase.gaps.isEmpty, phase.firstGap == nil else { return }
        throw .unchangeable(.noGaps(course, phase: phase.name))
    }

    /// Gives a phase more turns, and its window as much more time as they ideally take.
    ///
    /// - Returns: visits whose turns were left behind when the phase ended early, and are there again.
    mutating func extend(_ name: String, by count: Int) throws(DecisionFailure) -> Set<VisitID> {
        guard count > 0, let phase = template.phase(name), let planned = phase.plannedCount else {
            throw .refused(.unknown(.phase, name))
        }
        try requireGaps(of: phase, forVisits: planned + count)
        let before = Set(attempts.map(\.current))
        let last = visits.values.filter { $0.phase == name }.map(\.place.day).max() ?? context.today
        try alter(name) { phase in
            phase.takeGapsOfFirst(forVisits: planned + count)
            let days = phase.inForce(on: last).idealDays(from: planned, to: planned + count)
            phase.count = .exactly(planned + count)
            phase.withinDays = phase.withinDays.map { $0 + days }
            phase.alarmDays = phase.alarmDays.map { $0 + days }
            phase.goal?.days += days
        }
        let reopened = attempts.map(\.current).filter { !before.contains($0) }
        for id in reopened { visits[id]?.isForgone = false }
        return Set(reopened)
    }

    /// Ends a phase with the visits that it has had, and plans what follows.
    mutating func end(_ name: String) throws(DecisionFailure) {
        guard let phase = template.phase(name) else { throw .refused(.unknown(.phase, name)) }
        let begun = begunCount(of: name)
        if case .between(let minimum, _) = phase.count, begun < minimum {
            throw .unchangeable(.tooFewVisits(phase: name, minimum: minimum))
        }
        for attempt in attempts where attempt.phase == name {
            for id in attempt.visits where visits[id].map({ !isKept($0) && $0.status.isOpen }) ?? false {
                callOff(id, isForgone: true)
            }
        }
        for attempt in attempts where attempt.phase == name && !(visits[attempt.current].map(isKept) ?? true) {
            visits[attempt.current]?.isForgone = true
        }
        try alter(name) { $0.count = .exactly(begun) }
        try replan(Replanning(easing: .bridges))
        completeIfOver()
    }

    /// The phase before for some visits, then what is left of the present one.
    mutating func stepBack(visits count: Int) throws(DecisionFailure) {
        guard let current = currentPhase, current > 0, count > 0 else {
            throw .refused(.unknown(.phase, "the one before"))
        }
        var regimen = template.regimen
        var present = regimen.phases[current]
        var before = regimen.phases[current - 1]
        let begun = begunCount(of: present.name)
        for attempt in attempts where attempt.phase == present.name {
            for id in attempt.visits where visits[id].map({ !isKept($0) && $0.status.isOpen }) ?? false {
                callOff(id, isForgone: true)
            }
        }
        try requireGaps(of: before, forVisits: count)
        before.takeGapsOfFirst(forVisits: count)
        before.name = unusedName(before.name, in: regimen)
        before.count = .exactly(count)
        before.gate = nil
        before.withinDays = nil
        if !before.gaps.isEmpty { before.firstGap = nil }
        regimen.phases[current].count = .exactly(begun)
        if let planned = present.plannedCount { present.count = .exactly(max(0, planned - begun)) }
        present.name = unusedName(present.name, in: regimen)
        present.gate = nil
        regimen.phases.insert(contentsOf: [before, present], at: current + 1)
        follow(regimen)
        try replan(Replanning(easing: .bridges))
    }

    private func unusedName(_ name: String, in regimen: Regimen) -> String {
        let used = Set(regimen.phases.map(\.name))
        let plain = name.split(separator: " (").first.map(String.init) ?? name
        var number = 2
        while used.contains("\(plain) (\(number))") { number += 1 }
        return "\(plain) (\(number))"
    }

    /// Calls off what is to come; it is planned again when the course goes on.
    mutating func hold() {
        for (id, image) in visits where image.status.isOpen && !isKept(image) { callOff(id, isForgone: false) }
        status = .onHold
    }

    mutating func cease() {
        for (id, image) in visits where image.status == .tentative || image.status == .confirmed {
            if image.place.minute >= context.now.minute { callOff(id, isForgone: true) }
        }
        status = .ceased
    }
}
