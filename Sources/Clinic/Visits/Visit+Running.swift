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

    /// The visit as it counts at an instant: one that is under way counts until its expected end (and from now on,
    /// where it was begun before its plan) where it really is, and whoever is gone is stood in for in whatever stage.
    /// Any other counts as planned.
    ///
    /// - Parameters:
    ///   - clock: the calendar of its day.
    ///   - gridMinutes: what its expected length is rounded up to.
    package func booking(on clock: DayCalendar, at now: Instant, gridMinutes: Int) -> Booking? {
        guard let planned = booking(on: clock) else { return nil }
        guard case .inProgress(let stage) = status, visitType.stages.indices.contains(stage) else { return planned }
        let grid = max(1, gridMinutes)
        let bounds = expectedBounds(now: now).map { $0 - clock.firstMinute }
        var type = planned.visitType
        var placement = planned.placement
        // What is over of one that was begun early is of no account: it may have been before anybody was on duty.
        let begun = max((bounds[0] + grid - 1) / grid, (now.minute - clock.firstMinute) / grid) * grid
        placement.start = min(placement.start, max(0, begun))
        var stages: [Stage] = []
        var begin = placement.start
        for (index, planned) in type.stages.enumerated() {
            let left = type.stages[(index + 1)...].reduce(0) { $0 + $1.minutes }
            // A visit that nobody has ended ends with its day.
            let most = clock.length - left - type.turnoverMinutes
            let end = index < stage ? bounds[index + 1] : min(bounds[index + 1], most)
            guard index >= stage || end > begin else { continue }
            var lasting = planned
            lasting.minutes = max(grid, (end - begin + grid - 1) / grid * grid)
            stages.append(lasting)
            begin += lasting.minutes
        }
        // It is there still: a minute that is over is not yet free.
        if begin + type.turnoverMinutes <= now.minute - clock.firstMinute, !stages.isEmpty {
            stages[stages.count - 1].minutes += grid
        }
        type.stages = stages
        if placement.persons != actualPersons { placement.covers = [] }
        placement.chair = actualChair
        placement.persons = actualPersons
        return Booking(
            id: planned.id, patient: planned.patient, visitType: type, placement: placement,
            confirmed: planned.confirmed)
    }
}

extension Booking {
    /// The booking with its last stage as long as another one takes.
    fileprivate func lasting(as planned: Booking) -> Booking {
        var longer = self
        let missing = planned.visitInterval.until - visitInterval.until
        if missing > 0, !visitType.stages.isEmpty {
            longer.visitType.stages[visitType.stages.count - 1].minutes += missing
        }
        return longer
    }

    /// What is kept of a visit's booked place while it is under way elsewhere: the chair, and the persons who are not
    /// with it. It was recorded there beside somebody else's booking, so that its own stays what nobody else can have.
    /// Nil where nothing is.
    ///
    /// - Parameter actual: the visit as it counts.
    fileprivate func kept(beside actual: Booking) -> Booking? {
        let (own, others) = (placement.persons, actual.placement.persons)
        let left = zip(visitType.filledLabels, zip(own, others)).filter { $1.0 != $1.1 }.map(\.0.label)
        let keepsChair = placement.chair != actual.placement.chair
        guard keepsChair || !left.isEmpty else { return nil }
        var type = visitType
        for index in type.stages.indices {
            type.stages[index].load = type.stages[index].load.filter { left.contains($0.key) }
        }
        var placement = placement
        placement.covers = placement.covers.filter { left.contains($0.label) }
        // In the chair where it is, it is counted already.
        if !keepsChair { placement.chair = Self.noChair }
        return Booking(
            id: Self.keptID(of: id), patient: Self.nobody, visitType: type, placement: placement, confirmed: true,
            keptFor: id)
    }

    /// By what the place is known that is kept of a visit's booking.
    static func keptID(of id: VisitID) -> VisitID { VisitID("\(id)/kept") }

    private static let noChair: ChairID = ""
    private static let nobody: PatientID = ""
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
        var gone: Set<VisitID> = []
        var added: [Booking] = []
        for visit in visits(on: clock.day) where visit.status.isInProgress {
            let grid = calendar.facility.gridMinutes
            guard let planned = visit.booking(on: clock),
                let expected = visit.booking(on: clock, at: now, gridMinutes: grid), expected != planned
            else { continue }
            gone.insert(visit.id)
            // What was booked for it is nobody else's before its end: it may end early, and may not.
            let isThere = expected.placement.chair == planned.placement.chair
            added.append(isThere ? expected.lasting(as: planned) : expected)
            if let kept = planned.kept(beside: expected) { added.append(kept) }
        }
        guard !gone.isEmpty else { return calendar }
        var running = calendar
        running.replace(gone, with: added, on: clock.day)
        return running
    }
}
