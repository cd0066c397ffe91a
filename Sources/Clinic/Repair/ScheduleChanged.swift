package import Planning

/// Visits of several courses were changed together: one event, since one's place may be what another leaves.
package struct ScheduleChanged: Hashable, Sendable {
    package let purpose: ScheduleChange.Purpose
    /// The day that was repaired; nil for all.
    package let day: Day?
    /// What became of each course, ascending by the number in their ids.
    package let changes: [CourseChanged]
    /// The event by which it had been proposed, of a repair that was proposed before it was made.
    package let proposed: Int?

    /// Changes of courses that belong together.
    package init(purpose: ScheduleChange.Purpose, day: Day?, changes: [CourseChanged], proposed: Int? = nil) {
        self.purpose = purpose
        self.day = day
        self.changes = changes
        self.proposed = proposed
    }

    /// The visits that changed.
    package var visits: [VisitID] { changes.flatMap { $0.visits.map(\.id) } }

    /// How many visits have another place, other persons or none by it: not those of which only the cost is other, nor
    /// those that make up for one.
    package var changedCount: Int {
        changes.flatMap(\.visits).count { change in
            change.before != nil && !change.isOfCostOnly && !(change.after?.isTakenBack ?? true)
        }
    }

    /// Those that lost their place and are not made up.
    package var unplaced: [VisitID] {
        changes.flatMap { changed in
            let added = changed.visits.filter { $0.before == nil }.compactMap(\.after)
            return changed.visits.filter { change in
                guard let after = change.after, !after.status.occupies else { return change.after == nil }
                return !added.contains { $0.number == after.number && $0.phase == after.phase }
            }.map(\.id)
        }
    }

    /// Those of which a patient must be told another time, or the end.
    package var calls: [VisitID] {
        changes.flatMap { changed in
            PlanDifference(changed, announced: Set(changed.visits.filter { $0.before == nil }.map(\.id))).calls
        }
    }
}

/// Why changes that belong together no longer fit.
package struct ChangeConflicts: Hashable, Sendable {
    /// The last event of the state that they were sought on.
    package let since: Int
    /// The visits that changed since, with no rule, or would break rules now.
    package let visits: [AffectedVisit]

    /// What changes sought after an event would break now.
    package init(since: Int, visits: [AffectedVisit]) {
        self.since = since
        self.visits = visits
    }
}

/// A loss of staff, chairs or hours hit booked visits; the event before this one is the loss.
package struct VisitsHit: Hashable, Sendable {
    /// What was lost: the person, the chair, or the clinic's hours.
    package let subject: Subject
    /// The visits, ascending by start.
    package let visits: [AffectedVisit]
    /// Those of them that are under way and that nobody who is there can take over.
    package let unattended: [VisitID]

    /// Visits that a loss of somebody or something hit.
    package init(subject: Subject, visits: [AffectedVisit], unattended: [VisitID] = []) {
        self.subject = subject
        self.visits = visits
        self.unattended = unattended
    }
}

extension Decision {
    /// The decision with whom it hits recorded behind it, where it takes staff, chairs or hours away.
    func hitting(_ state: ClinicState, _ calendar: PlanningCalendar, _ now: Instant) -> Decision {
        guard case .accepted(let events, let beside, let reply) = self, let subject = events.last?.subjects.first
        else { return self }
        let hits = hits(by: events, on: state, calendar: calendar, now: now)
        if hits.isEmpty { return self }
        // Chairs that go out together are one loss.
        let hit = VisitsHit(
            subject: events.count > 1 ? .clinic : subject, visits: hits,
            unattended: state.unattended(of: hits, after: events, on: calendar, now))
        return .accepted(events + [.visit(.hit(hit))], beside, reply)
    }
}

extension ClinicState {
    /// The visits under way, of those that events hit, of which nobody can take over what is left.
    fileprivate func unattended(
        of hits: [AffectedVisit], after events: [Event], on calendar: PlanningCalendar, _ now: Instant
    ) -> [VisitID] {
        let underWay = hits.compactMap { visit($0.visit) }.filter(\.status.isInProgress)
        guard let day = underWay.first?.day, let clock = calendar.calendars[day] else { return [] }
        let (after, changed) = self.after(events, on: calendar, now)
        let grid = changed.facility.gridMinutes
        let bookings = underWay.compactMap { $0.booking(on: clock, at: now, gridMinutes: grid) }
        return Planning.unattended(bookings, on: after.running(on: changed, now: now), now: now.minute)
    }
}
