package import Planning

/// A visit that could have a place on certain days and would be better for it.
package struct Gain: Hashable, Sendable {
    /// Why it would be better. The raw value is its name everywhere.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// It was lost and is not made up for yet.
        case lost
        /// Its phase takes longer than its alarm allows.
        case slipping
    }

    /// Why it would be better.
    package let kind: Kind
    /// The visit: a lost one itself, or the first of its phase after the days.
    package let visit: Visit
    /// The place that it could have.
    package let place: Place
}

/// What is found of visits that would gain by a place on certain days.
package enum GainsResult: Hashable, Sendable {
    /// They, lost ones first.
    case found([Gain])
    /// The calendar must reach to this day; then the same question again.
    case needsDays(through: Day)
}

/// Visits that could have a place on certain days and would be better for it, the rest of their courses following where
/// it must. For whom an opening or a shift is a help.
package func gains(
    from: Day, through: Day, state: ClinicState, calendar: PlanningCalendar, now: Instant
) -> GainsResult {
    var found: [Gain] = []
    do throws(Obstacle) {
        let setting = try Setting(state, calendar, now)
        let last = setting.calendar.facility.planning.horizonDays
        guard calendar.last >= through + last else { return .needsDays(through: through + last) }
        for course in state.allCourses where course.status == .active && course.progress.heldUntil == nil {
            let draft = try CourseDraft(course.id, .other, setting)
            for wanted in draft.wanting(through: through) {
                if let gain = try draft.gain(wanted, from: from, through: through) { found.append(gain) }
            }
        }
    } catch {
        if case .needsDays(let day) = error { return .needsDays(through: day) }
    }
    return .found(
        found.sorted { left, right in
            if left.kind != right.kind { return left.kind == .lost }
            let minutes = (left.visit.place.minute, right.visit.place.minute)
            return minutes.0 != minutes.1 ? minutes.0 < minutes.1 : left.visit.id.number < right.visit.id.number
        })
}

extension CourseDraft {
    /// The course's visits that would be better off on days up to one.
    fileprivate func wanting(through: Day) -> [(kind: Gain.Kind, visit: VisitID)] {
        var wanting: [(kind: Gain.Kind, visit: VisitID)] = []
        let slots = slots
        for slot in slots {
            guard let image = visits[slot.current], !image.status.occupies, !image.isForgone else { continue }
            wanting.append((.lost, slot.current))
        }
        for phase in template.regimen.phases {
            let own = slots.filter { $0.phase == phase.name }.compactMap { slot in
                visits[slot.current].map { (id: slot.current, image: $0) }
            }.filter(\.image.status.occupies)
            guard let alarm = phase.alarmDays, let first = own.first?.image.place.day,
                let last = own.last?.image.place.day, last - first > alarm,
                let next = own.first(where: { !isKept($0.image) && $0.image.place.day > through && !$0.image.pinned })
            else { continue }
            wanting.append((.slipping, next.id))
        }
        return wanting
    }

    /// The place that a visit could have on some days; nil where it could have none.
    fileprivate func gain(
        _ wanted: (kind: Gain.Kind, visit: VisitID), from: Day, through: Day
    ) throws(Obstacle) -> Gain? {
        guard let visit = visit(wanted.visit) else { return nil }
        var draft = self
        var replanning = Replanning(keepsOthers: wanted.kind == .lost)
        replanning.turns[wanted.visit] = { turn in turn.wish = PlaceWish(from: from, through: through) }
        do {
            try draft.replan(replanning)
        } catch {
            guard case .refused = error else { throw error }
            return nil
        }
        let made = draft.visits.filter { id, image in
            image.number == draft.visits[wanted.visit]?.number && image.status.occupies
                && (from...through).contains(image.place.day)
        }
        guard let image = made.values.first else { return nil }
        return Gain(kind: wanted.kind, visit: visit, place: image.place)
    }
}
