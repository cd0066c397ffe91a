package import Planning

/// Another place that a visit could have.
package struct OtherPlace: Hashable, Sendable {
    package let place: Place
    /// What it costs more there than where it is, moving included.
    package let cost: Int
}

/// What could be done about a visit to which its patient cannot come.
package struct DeclinedVisit: Hashable, Sendable {
    /// The best that it can have on its day at another time; nil where there is none.
    package let sameDay: OtherPlace?
    /// The best that it can have on another day; nil where there is none.
    package let otherDay: OtherPlace?
    /// How it would count were it called off now.
    package let notice: VisitStatus.Notice

    /// The cheaper of both; of two that cost the same the one on its day.
    package var best: OtherPlace? {
        guard let sameDay, let otherDay else { return sameDay ?? otherDay }
        return otherDay.cost < sameDay.cost ? otherDay : sameDay
    }
}

/// What could be done about a visit to come whose patient cannot come then: it is looked for on the state, and nothing
/// is changed; nil where the visit is not to come.
///
/// - Throws: where the calendar must reach further; then the same question again.
package func declinedVisit(
    _ id: VisitID, state: ClinicState, calendar: PlanningCalendar, now: Instant
) throws(NeedsDays) -> DeclinedVisit? {
    guard let visit = state.visit(id), visit.status == .tentative || visit.status == .confirmed else { return nil }
    do throws(DecisionFailure) {
        let context = try DecisionContext(state, calendar, now, explains: false)
        let draft = try CourseDraft(visit.course, .patientRequest, context)
        let (sameDay, otherDay) = try draft.elsewhere(visit)
        return DeclinedVisit(
            sameDay: sameDay?.other, otherDay: otherDay?.other, notice: try context.notice(of: visit))
    } catch {
        _ = try error.refusal
        return nil
    }
}

/// A course with a visit at another place.
private struct Relocation {
    let draft: CourseDraft
    let other: OtherPlace
}

extension CourseDraft {
    /// Times still to come at which the patient said that they cannot come: called about a place at them, or calling it
    /// off. By day, minutes on the clock.
    private var declinedTimes: [Day: Set<Int>] {
        var declined: [Day: Set<Int>] = [:]
        for (id, image) in visits where image.place.day >= context.today || visit(id)?.isDeclined ?? false {
            if case .cancelled(_, let reason) = image.status, reason.isPatients {
                declined[image.place.day, default: []].insert(image.place.start.clock)
            }
            let calls = visit(id)?.facts.filter { $0.kind == .called } ?? []
            for (minute, calls) in Dictionary(grouping: calls, by: \.number) {
                let last = calls.last { ![.messageLeft, .wrongNumber].contains($0.outcome) }
                guard last?.outcome == .declined, let minute,
                    let day = context.calendar.calendars.day(at: Instant(minute: minute))
                else { continue }
                declined[day.day, default: []].insert(day.clock(at: minute - day.firstMinute))
            }
        }
        return declined.filter { $0.key >= context.today }
    }

    /// Days still to come on which the patient declined a time, and of whose times they know none that they have not
    /// declined: they are not asked for them again.
    var declinedDays: Set<Day> {
        let agreed = visits.filter { id, image in
            image.status.occupies && image.told && !(visit(id)?.isDeclined ?? false)
        }
        return Set(declinedTimes.keys).subtracting(agreed.values.map(\.place.day))
    }

    /// The course with a visit to which its patient cannot come at the best other place of its day, and at the best of
    /// another day, each with what it costs; nil where there is none. No time that they declined is among them, and no
    /// other day of which they did.
    fileprivate func elsewhere(_ visit: Visit) throws(DecisionFailure) -> (sameDay: Relocation?, otherDay: Relocation?)
    {
        try requireBooked()
        try requireOpenCourse()
        try require(visit, isToCome: true)
        let onItsDay = PlaceWish(
            from: visit.day, through: visit.day, isElsewhere: true, refused: refusedTimes(of: visit))
        let sameDay = try relocation(of: visit, onItsDay, declined: [])
        let otherDays = declinedDays.union([visit.day])
        return (sameDay, try relocation(of: visit, PlaceWish(isElsewhere: true), declined: otherDays))
    }

    /// Clock minutes of a visit's day at which it is not to be: its own, and others that the patient declined.
    private func refusedTimes(of visit: Visit) -> Set<Int> {
        (declinedTimes[visit.day] ?? []).union([visit.place.start.clock])
    }

    private func relocation(
        of visit: Visit, _ wish: PlaceWish, declined: Set<Day>
    ) throws(DecisionFailure) -> Relocation? {
        var draft = self
        do throws(DecisionFailure) {
            try draft.planPlace(of: visit, wish, isPlain: false, declined: declined, explains: false)
        } catch {
            guard case .refused = error else { throw error }
            return nil
        }
        guard let place = draft.visits[visit.id]?.place, place.start != visit.place.start,
            case .accepted(_, _, .changed(let difference)) = draft.decision(.visitMoved, about: visit.id)
        else { return nil }
        let cost = difference.costAfter - difference.costBefore + difference.costOfMoving
        return Relocation(draft: draft, other: OtherPlace(place: place, cost: cost))
    }

    /// Moves a visit to which its patient cannot come to the best place that `declinedVisit` finds.
    func movedElsewhere(_ visit: Visit) throws(DecisionFailure) -> Decision {
        let (sameDay, otherDay) = try elsewhere(visit)
        let found = DeclinedVisit(sameDay: sameDay?.other, otherDay: otherDay?.other, notice: .early).best
        guard var draft = (found == sameDay?.other ? sameDay : otherDay)?.draft else {
            // Why there is none is said as of any other move.
            var elsewhere = self
            let declined = declinedDays.subtracting([visit.day])
            let wish = PlaceWish(isElsewhere: true, refused: refusedTimes(of: visit))
            try elsewhere.planPlace(of: visit, wish, isPlain: false, declined: declined)
            elsewhere.visits[visit.id]?.asked = .itself
            return elsewhere.decision(.visitMoved, about: visit.id)
        }
        draft.visits[visit.id]?.asked = .itself
        return draft.decision(.visitMoved, about: visit.id)
    }
}
