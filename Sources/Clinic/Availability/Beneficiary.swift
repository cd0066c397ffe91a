package import Planning

/// A visit that could have a place on certain days and would be better for it.
package struct Beneficiary: Hashable, Sendable {
    /// Why it would be better. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// It was lost and is not made up for yet.
        case lost
        /// Its phase takes longer than its alarm allows.
        case slipping
        /// It is on the waiting list.
        case waiting

        /// In which order they are named.
        fileprivate var rank: Int { Kind.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Why it would be better.
    package let kind: Kind
    /// The visit: a lost one itself, or the first of its phase after the days.
    package let visit: Visit
    /// The place that it could have.
    package let place: Place
}

/// Visits that could have a place on certain days and would be better for it, the rest of their courses following where
/// it must: for whom an opening or a shift is a help. Lost ones come first.
///
/// - Throws: where the calendar must reach further; then the same question again.
package func gains(
    from: Day, through: Day, state: ClinicState, calendar: PlanningCalendar, now: Instant
) throws(NeedsDays) -> [Beneficiary] {
    var found: [Beneficiary] = []
    do throws(DecisionFailure) {
        let context = try DecisionContext(state, calendar, now)
        for course in state.allCourses where course.status == .active && course.progress.heldUntil == nil {
            let draft = try CourseDraft(course.id, .other, context)
            for wanted in draft.wanting(from: from, through: through) {
                if let gain = try draft.gain(wanted, from: from, through: through) { found.append(gain) }
            }
        }
    } catch {
        // What was found stands.
        _ = try error.refusal
    }
    return found.sorted { left, right in
        if left.kind != right.kind { return left.kind.rank < right.kind.rank }
        let minutes = (left.visit.place.minute, right.visit.place.minute)
        return minutes.0 != minutes.1 ? minutes.0 < minutes.1 : left.visit.id.number < right.visit.id.number
    }
}

extension CourseDraft {
    /// Whether a visit was lost and its turn is still to be made up.
    func isOwed(_ id: VisitID) -> Bool {
        guard let image = visits[id], !image.status.occupies, !image.isForgone else { return false }
        return attempts.contains { $0.current == id }
    }

    /// Makes up for a lost visit at a wished place; the others keep theirs.
    mutating func makeUp(_ id: VisitID, at wish: PlaceWish) throws(DecisionFailure) {
        var replanning = Replanning(keepsOthers: true)
        replanning.turns[id] = { $0.wish = wish }
        try replan(replanning)
        for attempt in attempts where attempt.visits.contains(id) { visits[attempt.current]?.asked = .itself }
    }

    /// The last day on which a phase has a visit that has its place.
    private func lastDay(of phase: String) -> Day {
        visits.values.filter { $0.phase == phase && $0.status.occupies }.map(\.place.day).max() ?? context.today
    }

    /// A visit that would be better off, and why.
    fileprivate typealias Wanted = (kind: Beneficiary.Kind, visit: VisitID, entry: WaitingEntry?)

    /// The course's visits that would be better off on some days, each once.
    fileprivate func wanting(from: Day, through: Day) -> [Wanted] {
        var wanting: [Wanted] = []
        let attempts = attempts
        for attempt in attempts where isOwed(attempt.current) { wanting.append((.lost, attempt.current, nil)) }
        for phase in template.regimen.phases {
            let own = attempts.filter { $0.phase == phase.name }.compactMap { attempt in
                visits[attempt.current].map { (id: attempt.current, image: $0) }
            }.filter(\.image.status.occupies)
            guard let alarm = phase.alarmDays, let first = own.first?.image.place.day,
                let last = own.last?.image.place.day, last - first > alarm,
                let next = own.first(where: { !isKept($0.image) && $0.image.place.day > through && !$0.image.pinned })
            else { continue }
            wanting.append((.slipping, next.id, nil))
        }
        let days = Set((0...(through - from)).map { (from + $0).weekday })
        for entry in state.waitingList
        where entry.course == course && state.isLive(entry) && state.offer(to: entry.id) == nil
            && (entry.windows.isEmpty || entry.windows.contains { !$0.days.isDisjoint(with: days) })
        {
            let next = attempts.map(\.current).first { id in
                visits[id].map { $0.status.occupies && !isKept($0) && $0.place.day > through } ?? false
            }
            guard let visit = entry.visit ?? next, !wanting.contains(where: { $0.visit == visit }) else { continue }
            wanting.append((.waiting, visit, entry))
        }
        return wanting
    }

    /// The place that a visit could have on some days; nil where it could have none.
    fileprivate func gain(
        _ wanted: Wanted, from: Day, through: Day
    ) throws(DecisionFailure) -> Beneficiary? {
        guard let visit = visit(wanted.visit) else { return nil }
        var draft = self
        let wish = PlaceWish(from: from, through: through)
        do {
            if wanted.kind == .lost {
                try draft.makeUp(wanted.visit, at: wish)
            } else {
                var replanning = Replanning(keepsOthers: wanted.kind == .waiting)
                replanning.turns[wanted.visit] = { $0.wish = wish }
                try draft.replan(replanning)
            }
        } catch {
            guard case .refused = error else { throw error }
            return nil
        }
        let made = draft.visits.filter { id, image in
            image.number == draft.visits[wanted.visit]?.number && image.status.occupies
                && (from...through).contains(image.place.day)
        }
        guard let image = made.values.first else { return nil }
        if let entry = wanted.entry {
            guard entry.admits(image.place, of: visit.visitType),
                let unmoved = try trial(Replanning(keepsOthers: true)),
                entry.gain(
                    of: visit, at: image.place, costSaved: unmoved.plannedCost - draft.plannedCost,
                    context.calendar.facility) != nil
            else { return nil }
        }
        if wanted.kind == .slipping, draft.lastDay(of: visit.phase) >= lastDay(of: visit.phase) { return nil }
        return Beneficiary(kind: wanted.kind, visit: visit, place: image.place)
    }
}
