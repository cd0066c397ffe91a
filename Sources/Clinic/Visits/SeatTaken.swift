package import Planning

/// Where a patient was really seated, and with whom: nil, and no label, where that is as planned.
package struct ActualSeat: Hashable, Sendable {
    package var chair: ChairID?
    /// Who really fills a label.
    package var persons: [String: PersonID]

    /// Another chair, and other persons by label.
    package init(chair: ChairID? = nil, persons: [String: PersonID] = [:]) {
        self.chair = chair
        self.persons = persons
    }
}

/// A chair in which a patient is to be treated, and in which somebody else still sits.
package struct SeatTaken: Hashable, Sendable {
    package let chair: ChairID
    /// Whose patient sits there.
    package let by: VisitID
    /// When it is expected to be free, turnover counted; minutes since 1970 UTC.
    package let until: Int
    /// Chairs that would do and in which nobody sits or is to sit, in configured order.
    package let free: [ChairID]
}

/// Who still sits in the chair of a visit whose patient is here; nil where nobody does.
///
/// - Parameter calendar: that of the state.
package func seatTaken(
    by id: VisitID, state: ClinicState, calendar: PlanningCalendar, now: Instant
) -> SeatTaken? {
    guard let visit = state.visit(id), visit.status == .arrived || visit.status.isInProgress,
        let clock = calendar.calendars[visit.day]
    else { return nil }
    let chair = visit.actualChair
    let others = state.visits(on: visit.day).filter { $0.id != id && $0.status.isInProgress }
    guard let other = others.first(where: { $0.actualChair == chair }) else { return nil }
    let grid = calendar.facility.gridMinutes
    let running = state.running(on: calendar, now: now)
    let until = (other.expectedBounds(now: now).last ?? now.minute) + other.visitType.turnoverMinutes
    var without = running
    without.remove(id, on: visit.day)
    without.remove(Booking.keptID(of: id), on: visit.day)
    let free = calendar.facility.chairs.map(\.id).filter { candidate in
        guard candidate != chair, let own = visit.booking(on: clock, at: now, gridMinutes: grid),
            let course = state.course(visit.course)
        else { return false }
        // From now on: what was in a chair before matters no more.
        let begin = max(own.placement.start, (now.minute - clock.firstMinute) / max(1, grid) * max(1, grid))
        let placement = Placement(
            day: own.placement.day, start: begin, chair: candidate, persons: own.placement.persons)
        let there = Booking(
            id: own.id, patient: own.patient, visitType: own.visitType, placement: placement, confirmed: true)
        let broken = brokenRules(of: there, for: course.request, on: without) ?? []
        return broken.allSatisfy { ![.chairFree, .chairInService, .chairFeatures].contains($0) }
    }
    return SeatTaken(chair: chair, by: other.id, until: (until + grid - 1) / grid * grid, free: free)
}

extension CourseDraft {
    /// Notes where a patient really is, and with whom. The place goes there too where it is free; else the booking
    /// stays where it was, beside whoever was promised the place.
    mutating func seat(_ id: VisitID, _ seat: ActualSeat, at instant: Instant) {
        guard let visit = visit(id), seat.chair != nil || !seat.persons.isEmpty else { return }
        var facts: [Fact] = []
        if let chair = seat.chair, chair != visit.actualChair {
            facts.append(Fact(.seated, at: instant, detail: chair.text))
        }
        let labels = visit.visitType.filledLabels.map(\.label)
        for (label, person) in zip(labels, visit.actualPersons) {
            if let other = seat.persons[label], other != person {
                facts.append(Fact(.attended, at: instant, detail: "\(label)=\(other)"))
            }
        }
        visits[id]?.facts += facts
        guard !facts.isEmpty, var seated = self.visit(id) else { return }
        let place = visit.place
        seated.place = Place(
            start: place.start, minute: place.minute, chair: seated.actualChair, persons: seated.actualPersons,
            handovers: seated.actualPersons == place.persons ? place.handovers : [])
        var held = HeldPlaces(staff: context.calendar.facility.staff)
        for day in [place.day - 1, place.day, place.day + 1] {
            held.placed += state.visits(on: day).filter { other in
                other.id != id && (visits[other.id]?.status.occupies ?? other.status.occupies)
            }
        }
        if held.fit(seated) { visits[id]?.place = seated.place }
    }
}
