import Checker
import Planning

extension RandomWorld {
    mutating func course(_ id: CourseID, _ facility: Facility) -> CourseRequest {
        var request = CourseRequest(
            id: id, patient: id == "k1" || dice.chance(30) ? "p1" : "p2",
            regimen: Regimen(id: "r", phases: phases(facility)), visitTypes: facility.visitTypes,
            earliest: today + dice.number(-1...3), startWithinDays: dice.number(0...(size == .tiny ? 3 : 5)))
        if dice.chance(25) {
            for _ in 0..<dice.number(1...3) {
                request.availability.append(WeekWindow(days: weekdays(), hours: longWindow()))
            }
        }
        if dice.chance(25) {
            for _ in 0..<dice.number(1...2) { request.blackoutDays.insert(today + dice.number(0...span)) }
        }
        if dice.chance(50) {
            for _ in 0..<dice.number(1...2) {
                request.preferred.append(WeekWindow(days: weekdays(), hours: window()))
            }
        }
        if dice.chance(40) { request.usual = minute(max(0, band.from - 60)...(band.until - 1)) }
        if dice.chance(10) { request.features = [dice.pick(features)] }
        if dice.chance(50) { request.preferredPerson = dice.chance(95) ? dice.pick(facility.staff).id : "nobody" }
        if dice.chance(20) { request.endDay = today + dice.number(4...span) }
        request.alternatives = dice.pick([0, 1, 2, 5])
        return request
    }

    private mutating func phases(_ facility: Facility) -> [Phase] {
        var left = dice.number(1...(size == .tiny ? 2 : 4))
        var phases: [Phase] = []
        while left > 0, phases.count < 3 {
            let isOpen = dice.chance(15)
            let count = dice.number(1...left)
            left = isOpen ? 0 : left - count
            var phase = Phase(
                name: "f\(phases.count)", visit: dice.pick(facility.visitTypes).id,
                count: dice.chance(10) ? .between(minimum: 1, maximum: count) : .exactly(count),
                toleranceBefore: dice.number(0...2), toleranceAfter: dice.number(0...2), rhythm: dice.chance(65))
            let gaps = dice.number(1...3)
            let ideals = isOpen ? [3, 4, 5] : [1, 1, 2, 2, 3, 4]
            for _ in 0..<gaps { phase.gaps.append(dice.pick(ideals)) }
            if !phases.isEmpty, dice.chance(50) {
                let minimum = dice.number(1...3)
                phase.firstGap = Phase.FirstGap(
                    ideal: minimum + dice.number(0...2), minimum: minimum, maximum: minimum + dice.number(0...3))
            }
            if isOpen {
                phase.count = .open
                phase.endsAfterDays = dice.chance(50) ? dice.number(0...9) : nil
                phase.reviewEveryDays = 90
            }
            if count > 1 || isOpen, dice.chance(40) { phase.withinDays = dice.number(1...5) }
            phases.append(phase)
        }
        return phases
    }

    /// Visits of others, and seldom of the course's own patient, placed one by one where the rules allow it.
    mutating func bookings(for problem: Problem, _ calendars: DayCalendars) -> [Booking] {
        var setting = Setting(problem, calendars: calendars)
        setting.today = today - 20
        for index in 0..<dice.number(0...(size == .tiny ? 8 : 24)) {
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
        let day = today + dice.number(-1...(dice.chance(50) ? 5 : span - 4))
        guard let clinicDay = setting.clinicDay(day), !clinicDay.starts.isEmpty else { return nil }
        let type = dice.pick(facility.visitTypes)
        let inHours = clinicDay.starts.filter { start in
            clinicDay.openings.hold(Interval(start, start + type.length))
        }
        guard !inHours.isEmpty else { return nil }
        let start = dice.pick(inHours) + (dice.chance(25) ? dice.number(1...14) : 0)
        var placed = PlacedVisit(
            patient: dice.chance(7) ? "p1" : PatientID("q\(id)"), visitType: type,
            placement: Placement(
                day: day, start: start, chair: dice.pick(facility.chairs).id,
                persons: type.filledLabels.map { _ in dice.pick(facility.staff).id }),
            clinicDay: clinicDay)
        if let covers = placed.determinedCovers() { placed.placement.covers = covers }
        let asked = ruleChecks.filter { $0.rule != .leadTime }
        guard asked.allSatisfy({ $0.keeps(placed) }) else { return nil }
        return Booking(
            id: id, patient: placed.patient, visitType: type, placement: placed.placement, confirmed: dice.chance(50))
    }
}
