import Checker
import Planning

extension RandomWorld {
    mutating func course(_ id: CourseID, _ facility: Facility) -> CourseRequest {
        var request = CourseRequest(
            id: id, patient: id == "k1" || dice.chance(30) ? "p1" : "p2",
            regimen: Regimen(id: "r", phases: phases(facility)), visitTypes: facility.visitTypes,
            wish: CourseWish(
                earliest: today + dice.number(-1...3), startWithinDays: dice.number(0...(size == .tiny ? 3 : 5))))
        if dice.chance(25) {
            for _ in 0..<dice.number(1...3) {
                request.wish.availability.append(WeekWindow(days: weekdays(), hours: longWindow()))
            }
        }
        if dice.chance(25) {
            for _ in 0..<dice.number(1...2) { request.wish.blackoutDays.insert(today + dice.number(0...span)) }
        }
        if dice.chance(50) {
            for _ in 0..<dice.number(1...2) {
                request.wish.preferred.append(WeekWindow(days: weekdays(), hours: window()))
            }
        }
        if dice.chance(40) { request.wish.usual = minute(max(0, band.from - 60)...(band.until - 1)) }
        if dice.chance(10) { request.wish.features = [dice.pick(features)] }
        if dice.chance(50) { request.wish.preferredPerson = dice.chance(95) ? dice.pick(facility.staff).id : "nobody" }
        if dice.chance(20) { request.wish.endDay = today + dice.number((size == .long ? 60 : 4)...span) }
        request.alternatives = dice.pick([0, 1, 2, 5])
        // Dice of its own, so that all else of a seed stays as it was.
        var aside = dice
        if aside.chance(10) { request.setAside = [.leadTime] }
        if dice.chance(12) {
            // The configuration has changed since the course was created.
            for index in request.visitTypes.indices { request.visitTypes[index] = changed(request.visitTypes[index]) }
        }
        return request
    }

    /// A visit type as it was before: other loads, turnover and features.
    private mutating func changed(_ type: VisitType) -> VisitType {
        var changed = type
        if !isRoundTheClock { changed.turnoverMinutes = grid * dice.number(0...2) }
        for index in type.stages.indices where dice.chance(40) {
            for label in type.filledLabels where type.stages[index].load[label.label] != nil {
                changed.stages[index].load[label.label] = dice.number(0...10) * 10 + dice.pick([0, 0, 3, 7])
            }
            changed.stages[index].handover = dice.chance(50)
        }
        return changed
    }

    private mutating func phases(_ facility: Facility) -> [Phase] {
        var left = size == .long ? dice.number(5...16) : dice.number(1...(size == .tiny ? 2 : 4))
        var phases: [Phase] = []
        while left > 0, phases.count < (size == .long ? 6 : 3) {
            let isOpen = dice.chance(15)
            let count = dice.number(1...left)
            left = isOpen ? 0 : left - count
            var phase = Phase(
                name: "f\(phases.count)", visit: dice.pick(facility.visitTypes).id,
                count: dice.chance(10) ? .between(minimum: 1, maximum: count) : .exactly(count),
                toleranceBefore: dice.number(0...(size == .long ? 4 : 2)),
                toleranceAfter: dice.number(0...(size == .long ? 4 : 2)), rhythm: dice.chance(65))
            let gaps = dice.number(1...3)
            let ideals = size == .long ? [1, 2, 3, 7, 7, 14, 21] : isOpen ? [3, 4, 5] : [1, 1, 2, 2, 3, 4]
            for _ in 0..<gaps { phase.gaps.append(dice.pick(ideals)) }
            if !phases.isEmpty, dice.chance(50) {
                let minimum = dice.number(1...3)
                phase.firstGap = Phase.FirstGap(
                    ideal: minimum + dice.number(0...2), minimum: minimum, maximum: minimum + dice.number(0...3))
            }
            if isOpen {
                phase.count = .open
                phase.endsAfterDays = dice.chance(50) ? dice.number(0...(size == .long ? 60 : 9)) : nil
                phase.reviewEveryDays = 90
            }
            if count > 1 || isOpen, dice.chance(40) {
                let ideal = (0..<(count - 1)).reduce(0) { $0 + phase.gaps[$1 % phase.gaps.count] }
                phase.withinDays = size == .long ? max(1, ideal + dice.number(-1...4)) : dice.number(1...5)
            }
            // Dice of its own, so that all else of a seed stays as it was.
            var aims = dice
            if count > 1, phase.count == .exactly(count), aims.chance(45) {
                let within = phase.withinDays ?? (size == .long ? 60 : 9)
                phase.goal = Phase.Goal(
                    days: aims.number(min(1, within)...within),
                    spare: (0..<aims.number(1...4)).map { _ in aims.pick([0, 3, 10, 20, 40, 160]) })
            }
            phases.append(phase)
        }
        return phases
    }

    /// Visits of others, and seldom of the course's own patient, placed one by one where the rules allow it.
    mutating func bookings(for problem: Problem, _ calendars: DayCalendars) -> [Booking] {
        var setting = Setting(problem, calendars: calendars)
        setting.today = today - 20
        for index in 0..<dice.number(0...(size == .tiny ? 8 : size == .small ? 24 : 90)) {
            for _ in 0..<8 {
                guard let booking = booking(VisitID("b\(index)"), setting) else { continue }
                setting.bookings.append(booking)
                break
            }
        }
        return setting.bookings
    }

    /// A booking at a random place that keeps the rules, at a start of any minute in a quarter of cases.
    private mutating func booking(_ id: VisitID, _ setting: Setting) -> Booking? {
        let facility = setting.facility
        let day = today + dice.number(-1...(size != .long && dice.chance(50) ? 5 : span - 4))
        guard let clinicDay = setting.clinicDay(day), !clinicDay.starts.isEmpty else { return nil }
        var type = dice.pick(facility.visitTypes)
        if dice.chance(10) { type = changed(type) }
        let isOverridden = dice.chance(10)
        if isOverridden, let place = overridden(id, type, clinicDay, facility) { return place }
        let inHours = clinicDay.starts.filter { start in
            clinicDay.openings.hold(Interval(start, start + type.length))
        }
        guard !inHours.isEmpty else { return nil }
        let start = dice.pick(inHours) + (dice.chance(25) ? dice.number(1...14) : 0)
        var placed = CheckedVisit(
            patient: dice.chance(7) ? "p1" : PatientID("q\(id)"), visitType: type,
            placement: Placement(
                day: day, start: start, chair: dice.pick(facility.chairs).id,
                persons: type.filledLabels.map { _ in dice.pick(facility.staff).id }),
            clinicDay: clinicDay)
        if let covers = placed.determinedCovers() { placed.placement.covers = covers }
        guard ruleChecks.allSatisfy({ $0.keeps(placed) }) else { return nil }
        return Booking(
            id: id, patient: placed.patient, visitType: type, placement: placed.placement, confirmed: dice.chance(50))
    }

    /// A booking for which every policy rule was overridden, at any minute of the band; only physical rules hold. Its
    /// chair or its persons may have left the clinic since.
    private mutating func overridden(
        _ id: VisitID, _ type: VisitType, _ clinicDay: ClinicDay, _ facility: Facility
    ) -> Booking? {
        var type = type
        if dice.chance(30) { for index in type.stages.indices { type.stages[index].minutes *= dice.number(1...4) } }
        let start = dice.number(band.from...max(band.from, min(band.until, clinicDay.calendar.length - type.length)))
        let placed = CheckedVisit(
            patient: PatientID("q\(id)"), visitType: type,
            placement: Placement(
                day: clinicDay.calendar.day, start: start, chair: dice.pick(facility.chairs).id,
                persons: type.filledLabels.map { _ in dice.pick(facility.staff).id }),
            clinicDay: clinicDay)
        guard start + type.length <= clinicDay.calendar.length,
            ruleChecks.filter({ $0.rule.isPhysical }).allSatisfy({ $0.keeps(placed) })
        else { return nil }
        var booking = Booking(
            id: id, patient: placed.patient, visitType: type, placement: placed.placement, confirmed: true)
        if dice.chance(20) { booking.placement.chair = "retired-chair" }
        if dice.chance(20) { booking.placement.persons = booking.placement.persons.map { _ in "retired-person" } }
        return booking
    }
}
