package import Planning

extension Visit {
    /// The chair in which the patient sits, or was to sit: that of the plan where nobody said another.
    package var actualChair: ChairID {
        facts.last { $0.kind == .seated }?.detail.map { ChairID($0) } ?? place.chair
    }

    /// Who fills each label now, in the order of `VisitType.filledLabels`: those of the plan where nobody said others.
    package var actualPersons: [PersonID] {
        zip(visitType.filledLabels, place.persons).map { attendant, planned in
            let prefix = attendant.label + "="
            let said = facts.last { $0.kind == .attended && $0.detail?.hasPrefix(prefix) ?? false }?.detail
            return said.map { PersonID(String($0.dropFirst(prefix.count))) } ?? planned
        }
    }

    /// The visit as it counts at an instant: one that is under way lasts until its expected end, where it really is,
    /// and whoever is gone is stood in for in whatever stage. Any other counts as planned.
    ///
    /// - Parameters:
    ///   - clock: the calendar of its day.
    ///   - gridMinutes: what its expected length is rounded up to.
    package func booking(on clock: DayCalendar, at now: Instant, gridMinutes: Int) -> Booking? {
        guard let planned = booking(on: clock) else { return nil }
        guard case .inProgress(let stage) = status, visitType.stages.indices.contains(stage) else { return planned }
        var type = planned.visitType
        let grid = max(1, gridMinutes)
        let begin = place.minute + type.stages[..<stage].reduce(0) { $0 + $1.minutes }
        let left = type.stages[(stage + 1)...].reduce(0) { $0 + $1.minutes }
        // A visit that nobody has ended ends with its day.
        let most = clock.firstMinute + clock.length - left - type.turnoverMinutes - begin
        let expected = min(expectedEnd(of: stage, now: now) - begin, most)
        type.stages[stage].minutes = max(grid, (expected + grid - 1) / grid * grid)
        var placement = planned.placement
        if placement.persons != actualPersons { placement.covers = [] }
        placement = Placement(
            day: placement.day, start: placement.start, chair: actualChair, persons: actualPersons,
            covers: placement.covers)
        return Booking(
            id: planned.id, patient: planned.patient, visitType: type, placement: placement,
            confirmed: planned.confirmed)
    }
}

extension VisitType {
    /// The type with every stage one that can be handed over: of a visit that has begun somebody carries what is left,
    /// whatever was planned.
    var handedOver: VisitType {
        var type = self
        for index in type.stages.indices { type.stages[index].handover = true }
        return type
    }
}

extension ClinicState {
    /// The planner's calendar as it counts at an instant: with visits under way until their expected ends.
    package func running(on calendar: PlanningCalendar, now: Instant) -> PlanningCalendar {
        guard let clock = calendar.calendars.day(at: now) else { return calendar }
        var running = calendar
        for visit in visits(on: clock.day) where visit.status.isInProgress {
            let grid = calendar.facility.gridMinutes
            guard let expected = visit.booking(on: clock, at: now, gridMinutes: grid),
                expected != visit.booking(on: clock)
            else { continue }
            running.remove(visit.id, on: clock.day)
            running.add(expected)
        }
        return running
    }
}
