import Checker
package import Planning

/// What can be at stake in a plan: the corners of docs/contract/planning.md that random problems must reach, or
/// comparing them with a planner that tries everything would prove little.
package enum Situation: String, CaseIterable, Hashable, Sendable {
    case earliestStart, latestStart, idealGap, leastGap, greatestGap, firstGap, phaseWindowJustKept
    case opensAtStart, closesAtEnd, turnoverPastClosing, dayOfAnOpening, dayOfAHalfClosure, closedDayAmong
    case availabilityJustKept, preferenceMissed, blackoutAmong, courseEndJustKept, leadTimeJustKept
    case holdsTouch, outageInTurnover, featuresWished
    case noCover, oneCover, twoCovers, coverIsAlsoAttendant, shiftEndsDuringVisit, breakDuringVisit
    case onePersonForTwoLabels, presenceInTurn, personInTraining, loadJustFits, credentialEndsDuringCourse
    case preferredPerson, continuityAcrossTypes, personChanges
    case usualGiven, usualChosen, noRhythm, alternatives
    case clocksForward, clocksBack, repeatedHour
    case grid5, grid10, grid15, otherGrid, authorisationAsked
}

extension RandomProblem {
    /// The situations that a plan of one of its courses meets.
    package func situations(of plan: Plan, for request: CourseRequest) -> Set<Situation> {
        var found: Set<Situation> = []
        func add(_ situation: Situation, if holds: Bool) { if holds { found.insert(situation) } }
        let world = PlannedWorld(problem: problem, calendars: calendars, request: request)
        found.formUnion(world.settings(of: plan))
        for visit in plan.visits {
            found.formUnion(world.day(of: visit))
            found.formUnion(world.persons(of: visit))
        }
        for (previous, visit) in zip(plan.visits, plan.visits.dropFirst()) {
            found.formUnion(world.gap(from: previous, to: visit))
        }
        for visits in Dictionary(grouping: plan.visits, by: \.phase).values {
            let within = request.regimen.phases.first { $0.name == visits[0].phase }?.withinDays
            let span = visits[visits.count - 1].placement.day - visits[0].placement.day
            add(.phaseWindowJustKept, if: visits.count > 1 && span == within)
        }
        return found
    }
}

/// A problem as one of its plans meets it.
private struct PlannedWorld {
    let problem: Problem
    let calendars: DayCalendars
    let request: CourseRequest
    var facility: Facility { problem.facility }

    // MARK: The course

    func settings(of plan: Plan) -> Set<Situation> {
        let first = plan.visits[0].placement.day
        let last = plan.visits[plan.visits.count - 1].placement.day
        var found: Set<Situation> = []
        func add(_ situation: Situation, if holds: Bool) { if holds { found.insert(situation) } }
        add(.earliestStart, if: first == request.wish.earliest)
        add(.latestStart, if: first == request.wish.earliest + request.wish.startWithinDays)
        add(.blackoutAmong, if: request.wish.blackoutDays.contains { first < $0 && $0 < last })
        add(.courseEndJustKept, if: last == request.wish.endDay)
        add(.featuresWished, if: !request.wish.features.isEmpty)
        add(.usualGiven, if: request.wish.usual != nil)
        add(.usualChosen, if: request.wish.usual == nil && plan.usual != nil)
        add(.noRhythm, if: plan.usual == nil)
        add(.alternatives, if: !plan.alternatives.isEmpty)
        add(.authorisationAsked, if: request.wish.requiresAuthorisation)
        add(
            .preferredPerson,
            if: request.wish.preferredPerson.map { wished in
                plan.visits.contains { $0.placement.persons.contains(wished) }
            }
                ?? false)
        let credentials = Set(request.visitTypes.flatMap { $0.attendants.flatMap(\.credentials) })
        add(
            .credentialEndsDuringCourse,
            if: facility.staff.contains { person in
                person.credentials.contains { credential in
                    credentials.contains(credential.name) && credential.until.map { first <= $0 && $0 < last } ?? false
                }
            })
        let closed = facility.closures.filter { $0.hours == nil }
        add(.closedDayAmong, if: closed.contains { first < $0.from && $0.through < last })
        switch facility.gridMinutes {
        case 5: found.insert(.grid5)
        case 10: found.insert(.grid10)
        case 15: found.insert(.grid15)
        default: found.insert(.otherGrid)
        }
        return found
    }

    func gap(from previous: PlannedVisit, to visit: PlannedVisit) -> Set<Situation> {
        guard let phase = request.regimen.phases.first(where: { $0.name == visit.phase }) else { return [] }
        var found: Set<Situation> = []
        let opensPhase = previous.phase != visit.phase
        if opensPhase, phase.firstGap != nil { found.insert(.firstGap) }
        let before = request.regimen.phases.flatMap { phase in
            (0..<(phase.plannedCount ?? 400)).map { (phase.name, $0) }
        }
        let allowed =
            before.indices.contains(visit.number - 1) && before[visit.number - 1].0 == visit.phase
            ? Planning.gap(of: phase, beforeVisit: before[visit.number - 1].1) : nil
        let taken = visit.placement.day - previous.placement.day
        if let allowed, allowed.allowed.count > 1 {
            if taken == allowed.ideal { found.insert(.idealGap) }
            if taken == allowed.allowed.lowerBound { found.insert(.leastGap) }
            if taken == allowed.allowed.upperBound { found.insert(.greatestGap) }
        }
        let (person, earlier) = (continuityAttendant(of: visit), continuityAttendant(of: previous))
        if let person, let earlier, person.role == earlier.role {
            if visit.visitType.id != previous.visitType.id { found.insert(.continuityAcrossTypes) }
            if person.person != earlier.person { found.insert(.personChanges) }
        }
        return found
    }

    // MARK: The day

    func day(of visit: PlannedVisit) -> Set<Situation> {
        guard let calendar = calendars[visit.placement.day] else { return [] }
        var found: Set<Situation> = []
        func add(_ situation: Situation, if holds: Bool) { if holds { found.insert(situation) } }
        let start = visit.placement.start
        let stages = Interval(start, start + visit.visitType.length)
        let hold = Interval(start, start + visit.visitType.hold)
        let opening = openingIntervals(of: facility, on: calendar).first { $0.contains(stages) }
        add(.opensAtStart, if: opening?.from == start)
        add(.closesAtEnd, if: opening?.until == stages.until)
        add(.turnoverPastClosing, if: opening.map { $0.until < hold.until } ?? false)
        add(.dayOfAnOpening, if: facility.openings.contains { $0.day == calendar.day })
        add(
            .dayOfAHalfClosure,
            if: facility.closures.contains { $0.hours != nil && $0.from <= calendar.day && calendar.day <= $0.through })
        let available = windows(request.wish.availability, on: calendar).first { $0.contains(stages) }
        add(.availabilityJustKept, if: available.map { $0.from == start || $0.until == stages.until } ?? false)
        add(.preferenceMissed, if: visit.terms[.preference] > 0)
        let lead = calendar.firstMinute + start - problem.now - facility.planning.leadTimeMinutes
        add(.leadTimeJustKept, if: 0 <= lead && lead < facility.startEveryMinutes)
        let holds = problem.bookings.filter {
            $0.placement.day == calendar.day && $0.placement.chair == visit.placement.chair
        }.map(\.holdInterval)
        add(.holdsTouch, if: holds.contains { $0.until == hold.from || $0.from == hold.until })
        let turnover = Interval(clipping: stages.until, hold.until)?.shifted(by: calendar.firstMinute)
        add(
            .outageInTurnover,
            if: turnover.map { gone in problem.outages.contains { $0.interval.overlaps(gone) } } ?? false)
        add(.clocksForward, if: calendar.length < 1440)
        add(.clocksBack, if: calendar.length > 1440)
        add(.repeatedHour, if: calendar.elapsed(showing: calendar.clock(at: start)).count > 1)
        return found
    }

    // MARK: The persons

    func persons(of visit: PlannedVisit) -> Set<Situation> {
        guard let calendar = calendars[visit.placement.day] else { return [] }
        var found: Set<Situation> = []
        func add(_ situation: Situation, if holds: Bool) { if holds { found.insert(situation) } }
        let place = visit.placement
        let covers = place.covers
        add(.noCover, if: covers.isEmpty && !place.persons.isEmpty)
        add(.oneCover, if: covers.count == 1)
        add(.twoCovers, if: covers.count >= 2)
        add(.coverIsAlsoAttendant, if: covers.contains { place.persons.contains($0.person) })
        add(.onePersonForTwoLabels, if: Set(place.persons).count < place.persons.count)
        let stages = Interval(place.start, place.start + visit.visitType.length)
        for person in facility.staff where place.persons.contains(person.id) {
            add(.personInTraining, if: person.capacityPercent < 100)
            add(.loadJustFits, if: peak(of: person, visit, calendar) == person.capacityPercent)
            for shift in person.shifts where shift.works(on: place.day) {
                guard let hours = calendar.interval(ofClock: shift.hours) else { continue }
                add(
                    .shiftEndsDuringVisit,
                    if: !covers.isEmpty && stages.from < hours.until && hours.until < stages.until)
                let breaks = shift.breaks.compactMap(calendar.interval(ofClock:))
                add(.breakDuringVisit, if: breaks.contains { rest in covers.contains { $0.interval.overlaps(rest) } })
            }
        }
        add(.presenceInTurn, if: visit.visitType.attendants.contains { takesTurns($0, visit, calendar) })
        return found
    }

    /// Whether nobody fills a label that names nobody through a whole stage.
    private func takesTurns(_ attendant: Attendant, _ visit: PlannedVisit, _ calendar: DayCalendar) -> Bool {
        guard attendant.presence else { return false }
        let able = facility.staff.filter { person in
            person.roles.contains(attendant.role)
                && attendant.credentials.allSatisfy { wanted in
                    person.credentials.contains {
                        $0.name == wanted && ($0.until.map { calendar.day <= $0 } ?? true)
                    }
                }
        }.map { duty(of: $0, on: calendar) }
        return zip(visit.visitType.stages, visit.visitType.stageIntervals).contains { stage, interval in
            let interval = interval.shifted(by: visit.placement.start)
            return stage.load[attendant.label] != nil && !able.contains { $0.hold(interval) }
        }
    }

    private func duty(of person: Person, on calendar: DayCalendar) -> [Interval] {
        let shifts = person.shifts.filter { $0.works(on: calendar.day) }
        let away = problem.timeOff.filter { $0.person == person.id }
            .map { $0.interval.shifted(by: -calendar.firstMinute) }
        return shifts.compactMap { calendar.interval(ofClock: $0.hours) }
            .subtracting(shifts.flatMap(\.breaks).compactMap(calendar.interval(ofClock:)) + away)
    }

    /// The largest load of a person at any moment of a visit, this visit's included.
    private func peak(of person: Person, _ visit: PlannedVisit, _ calendar: DayCalendar) -> Int {
        let onDuty = duty(of: person, on: calendar)
        let booking = Booking(
            id: "new", patient: request.patient, visitType: visit.visitType, placement: visit.placement,
            confirmed: false)
        let others = problem.bookings.filter { $0.placement.day == calendar.day }
        let loads = (others + [booking]).flatMap { carriedLoads(of: person.id, in: $0, onDuty: onDuty) }
        let moments = loads.map(\.interval.from).filter { booking.visitInterval.contains($0) }
        return moments.map { moment in loads.reduce(0) { $0 + ($1.interval.contains(moment) ? $1.load : 0) } }.max()
            ?? 0
    }
}
