/// The hard rules of docs/contract/planning.md section 3, one function each, minute exact, for a visit that has a
/// place. The search reads the same rules off rows of bits; a place is checked by these before it is booked. Each is
/// true where the rule holds.

/// A visit at its place, measured against a board that does not hold it yet, or that does: then `standing` is its id.
struct PlacedVisit {
    let visitType: VisitType
    let placement: Placement
    let board: DayBoard
    /// The visit's id where the board holds it at this place: it does not stand in its own way.
    var standing: VisitID?
    /// The elapsed minute from which on rules on times are asked: of a visit under way only the rest counts.
    var since = Int.min

    /// The part of an interval of which rules are asked.
    func asked(_ interval: Interval) -> Interval? { Interval(clipping: max(interval.from, since), interval.until) }

    var stages: Interval { Interval(placement.start, placement.start + visitType.length) }
    var hold: Interval { Interval(placement.start, placement.start + visitType.hold) }

    /// The stages that name a label, elapsed minutes of the day.
    func stages(naming label: String) -> [(stage: Stage, interval: Interval)] {
        zip(visitType.stages, visitType.stageIntervals)
            .filter { $0.0.load[label] != nil }
            .map { ($0.0, $0.1.shifted(by: placement.start)) }
    }

    func onDuty(_ person: PersonID) -> [Interval] {
        board.layout.personIndex[person].map { board.roster.onDuty[$0] } ?? []
    }

    /// Each label that names a person, and who fills it.
    var filled: [(attendant: Attendant, person: PersonID)] {
        Array(zip(visitType.filledLabels, placement.persons))
    }
}

/// `opening-hours`: all stages lie in one opening interval of the day.
func keepsOpeningHours(_ visit: PlacedVisit) -> Bool {
    visit.asked(visit.stages).map { visit.board.opening.hold($0) } ?? true
}

/// `chair-in-service`: the chair is in service for the whole hold.
func keepsChairInService(_ visit: PlacedVisit) -> Bool {
    guard let chair = visit.board.layout.chairIndex[visit.placement.chair] else { return false }
    return visit.asked(visit.hold).map { visit.board.roster.inService[chair].hold($0) } ?? true
}

/// `chair-features`: the chair has every feature that the visit type and the course ask of it.
func keepsChairFeatures(_ visit: PlacedVisit, of facility: Facility, for request: CourseRequest) -> Bool {
    guard let chair = facility.chairs.first(where: { $0.id == visit.placement.chair }) else { return false }
    let extra = request.extraFeatures(of: visit.visitType, in: facility)
    return chair.features.isSuperset(of: visit.visitType.chairFeatures.union(extra))
}

/// `chair-free`: no other hold on the chair overlaps.
func keepsChairFree(_ visit: PlacedVisit) -> Bool {
    !visit.board.bookings.contains {
        $0.placement.chair == visit.placement.chair && $0.id != visit.standing && $0.holdInterval.overlaps(visit.hold)
    }
}

/// `attendant-qualified`: each person, covers too, has the label's role and every credential, valid on the day.
func keepsAttendantQualified(_ visit: PlacedVisit, of facility: Facility) -> Bool {
    func qualifies(_ id: PersonID, _ attendant: Attendant) -> Bool {
        guard let person = facility.staff.first(where: { $0.id == id }) else { return false }
        return lastQualifiedDay(person, for: attendant).map { visit.placement.day.number <= $0 } ?? false
    }
    let labels = Dictionary(visit.visitType.filledLabels.map { ($0.label, $0) }) { first, _ in first }
    return visit.placement.persons.count == labels.count
        && visit.filled.allSatisfy { qualifies($0.person, $0.attendant) }
        && visit.placement.covers.allSatisfy { cover in
            labels[cover.label].map { qualifies(cover.person, $0) } ?? false
        }
}

/// `attendant-on-duty`: each person is on duty during every stage that names the label, or covered in a handover stage;
/// each presence label is filled at every moment.
func keepsAttendantOnDuty(_ visit: PlacedVisit, of facility: Facility) -> Bool {
    keepsPersonsOnDuty(visit) && keepsPresence(visit, of: facility)
}

/// The part of `attendant-on-duty` that names persons.
func keepsPersonsOnDuty(_ visit: PlacedVisit) -> Bool {
    visit.filled.allSatisfy { isAttended($0.attendant, by: $0.person, visit) }
}

/// The part of `attendant-on-duty` that names nobody: each presence label is filled at every moment.
func keepsPresence(_ visit: PlacedVisit, of facility: Facility) -> Bool {
    visit.visitType.attendants.filter(\.presence).allSatisfy { attendant in
        let there = facility.staff
            .filter { lastQualifiedDay($0, for: attendant).map { visit.placement.day.number <= $0 } ?? false }
            .flatMap { visit.onDuty($0.id) }.merged()
        return visit.stages(naming: attendant.label).compactMap { visit.asked($0.interval) }.allSatisfy(there.hold)
    }
}

private func isAttended(_ attendant: Attendant, by person: PersonID, _ visit: PlacedVisit) -> Bool {
    let duty = visit.onDuty(person)
    let stages = visit.stages(naming: attendant.label)
    guard let first = stages.first?.interval.from else { return true }
    guard first < visit.since || duty.contains(where: { $0.contains(first) }) else { return false }
    let covered = visit.placement.covers
        .filter { $0.label == attendant.label && visit.onDuty($0.person).hold($0.interval) }
        .map(\.interval)
    return stages.allSatisfy { stage, interval in
        guard let asked = visit.asked(interval) else { return true }
        // What is under way may be handed over in any stage.
        return (duty + (stage.handover || visit.since > Int.min ? covered : [])).merged().hold(asked)
    }
}

/// `attendant-capacity`: the loads on each person who carries the visit, its own included, stay within capacity.
func keepsAttendantCapacity(_ visit: PlacedVisit, _ patient: PatientID) -> Bool {
    let booking = Booking(id: "", patient: patient, visitType: visit.visitType, placement: visit.placement)
    let isStanding = visit.standing != nil
    let persons = Set(visit.placement.persons + visit.placement.covers.map(\.person))
    return persons.allSatisfy { id in
        guard let index = visit.board.layout.personIndex[id] else { return false }
        let own = carriedLoads(of: id, in: booking, onDuty: visit.board.roster.onDuty[index])
        let stored = visit.board.loads[index].map { (interval: $0.interval, load: $0.load) }
        let moments = own.flatMap { piece in
            [piece.interval.from] + (own + stored).map(\.interval.from).filter { piece.interval.contains($0) }
        }
        return moments.allSatisfy { moment in
            ((isStanding ? [] : own) + stored).reduce(0) { $0 + ($1.interval.contains(moment) ? $1.load : 0) }
                <= visit.board.layout.capacities[index]
        }
    }
}

/// `gap`: days since the visit before lie in the allowed gap; for a first visit, the start window.
func keepsGap(_ day: Day, after previous: Day?, allowed: ClosedRange<Int>, _ request: CourseRequest) -> Bool {
    if let previous { return allowed.contains(day - previous) }
    return (0...max(0, request.wish.startWithinDays)).contains(day - request.wish.earliest)
}

/// `phase-window`: the day lies at most `withinDays` after the phase's first.
func keepsPhaseWindow(_ day: Day, first: Day, within: Int?) -> Bool { within.map { day - first <= $0 } ?? true }

/// `patient-available`: [start, end) lies in the patient's availability, if any is given, and on no blackout day.
func keepsPatientAvailable(_ visit: PlacedVisit, _ request: CourseRequest) -> Bool {
    if request.wish.blackoutDays.contains(visit.placement.day) { return false }
    return request.wish.availability.isEmpty
        || windows(request.wish.availability, on: visit.board.calendar).hold(visit.stages)
}

/// `one-visit-a-day`: the patient has no other visit that day, in any course.
func keepsOneVisitADay(_ visit: PlacedVisit, _ patient: PatientID) -> Bool {
    !visit.board.bookings.contains { $0.patient == patient && $0.id != visit.standing }
}

/// `lead-time`: the start is at least `leadTimeMinutes` after now (minutes since 1970 UTC).
func keepsLeadTime(_ visit: PlacedVisit, now: Int, leadTimeMinutes: Int) -> Bool {
    visit.board.calendar.firstMinute + visit.placement.start >= now + leadTimeMinutes
}

/// `course-end`: not after the course's `endDay`, if one is set.
func keepsCourseEnd(_ day: Day, _ request: CourseRequest) -> Bool { request.wish.endDay.map { day <= $0 } ?? true }

/// A rule that a visit would break.
package struct Violation: Hashable, Sendable {
    /// The visit's number in its course, from 1.
    package let visit: Int
    package let rule: Rule
}

/// The hard rules that a course in its places would break against the calendar as it is now, visit by visit in the
/// table's order; empty where it fits. For booking a plan that was made a while ago.
package func violations(
    of visits: [PlannedVisit], for request: CourseRequest, on calendar: PlanningCalendar, now: Int
) -> [Violation] {
    var result: [Violation] = []
    var firstOfPhase: [String: Day] = [:]
    var seen: [String: Int] = [:]
    for (index, visit) in visits.enumerated() {
        guard let phase = request.regimen.phases.first(where: { $0.name == visit.phase }),
            let board = calendar[visit.placement.day]
        else {
            result.append(Violation(visit: visit.number, rule: .gap))
            continue
        }
        let first = firstOfPhase[phase.name] ?? visit.placement.day
        firstOfPhase[phase.name] = first
        let wanted = askedGap(of: phase, beforeVisit: seen[phase.name] ?? 0).rule(on: visit.placement.day)
        seen[phase.name, default: 0] += 1
        let placed = PlacedVisit(visitType: visit.visitType, placement: visit.placement, board: board)
        let before = index > 0 ? visits[index - 1].placement.day : nil
        let isWalkIn = visit.number == 1 && request.setAside.contains(.leadTime)
        let broken = brokenRules(placed, request, calendar, now: now, isWalkIn: isWalkIn).union(
            (keepsGap(visit.placement.day, after: before, allowed: wanted.allowed, request) ? [] : [.gap])
                + (keepsPhaseWindow(visit.placement.day, first: first, within: phase.withinDays)
                    ? [] : [.phaseWindow]))
        result += Rule.allCases.filter(broken.contains).map { Violation(visit: visit.number, rule: $0) }
    }
    return result
}

/// The rules on one visit by itself that a place breaks; `gap`, `phase-window` and `authorisation` are the course's.
private func brokenRules(
    _ visit: PlacedVisit, _ request: CourseRequest, _ calendar: PlanningCalendar, now: Int, isWalkIn: Bool
) -> Set<Rule> {
    let facility = calendar.facility
    let leadTime = isWalkIn ? 0 : facility.planning.leadTimeMinutes
    let keeps: [(Rule, Bool)] = [
        (.openingHours, keepsOpeningHours(visit)),
        (.chairInService, keepsChairInService(visit)),
        (.chairFree, keepsChairFree(visit)),
        (.chairFeatures, keepsChairFeatures(visit, of: facility, for: request)),
        (.attendantOnDuty, keepsAttendantOnDuty(visit, of: facility)),
        (.attendantCapacity, keepsAttendantCapacity(visit, request.patient)),
        (.attendantQualified, keepsAttendantQualified(visit, of: facility)),
        (.patientAvailable, keepsPatientAvailable(visit, request)),
        (.oneVisitADay, keepsOneVisitADay(visit, request.patient)),
        (.leadTime, keepsLeadTime(visit, now: now, leadTimeMinutes: leadTime)),
        (.courseEnd, keepsCourseEnd(visit.placement.day, request)),
    ]
    return Set(keeps.filter { !$0.1 }.map(\.0))
}
