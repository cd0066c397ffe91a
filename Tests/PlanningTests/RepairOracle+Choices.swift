import Checker
import Planning
import TestSupport

/// What each visit may do, by the Checker's rules on one visit.
extension RepairOracle {
    func choices(_ item: Visit) -> [Choice] {
        let own = item.visit.booking.placement
        var result: [Placement?] = []
        switch item.freedom {
        case .fixed: return [Choice(place: own)]
        case .handedOver:
            let others = handovers(item).filter { $0 != own || mayKeepPersons(item) }
            return others.map { Choice(place: $0) } + [Choice(place: own, isGivenUp: true)]
        case .swapped, .sameDay, .anywhere: break
        }
        if !item.isBroken { result.append(own) } else if mayKeep(item) { result.append(own) }
        let days = item.freedom == .anywhere ? world.calendars.days.map(\.day) : [own.day]
        for day in days {
            guard let clinicDay = empty.clinicDay(day) else { continue }
            var starts = item.freedom == .swapped ? [] : clinicDay.starts
            if day == own.day, item.maySwap, !starts.contains(own.start) { starts.append(own.start) }
            if day == own.day, !item.maySwap { starts.removeAll { $0 == own.start } }
            for start in starts { result += places(item, clinicDay, start).filter { $0 != own }.map { $0 } }
        }
        return (result + (item.isBroken ? [nil] : [])).map { Choice(place: $0) }
    }

    func mayKeepPersons(_ item: Visit) -> Bool {
        let own = item.visit.booking.placement
        guard let clinicDay = empty.clinicDay(own.day) else { return false }
        var placed = template(item, clinicDay, own)
        placed.visitType = withoutPresences(placed.visitType)
        return [Rule.attendantQualified, .attendantOnDuty].allSatisfy {
            item.visit.overrides.contains($0) || keeps($0, placed)
        }
    }

    func keeps(_ rule: Rule, _ placed: CheckedVisit) -> Bool {
        ruleChecks.first { $0.rule == rule }!.keeps(placed)
    }

    func template(_ item: Visit, _ clinicDay: ClinicDay, _ placement: Placement) -> CheckedVisit {
        var placed = CheckedVisit(
            patient: item.visit.booking.patient, visitType: item.visit.booking.visitType, placement: placement,
            clinicDay: clinicDay, request: world.courses[item.course].request)
        placed.hasBegun = item.visit.progress == .inProgress
        return placed
    }

    func mayKeep(_ item: Visit) -> Bool {
        let own = item.visit.booking.placement
        guard let clinicDay = empty.clinicDay(own.day) else { return false }
        let placed = template(item, clinicDay, own)
        return [
            Rule.openingHours, .patientAvailable, .courseEnd, .chairInService, .chairFeatures, .attendantQualified,
            .attendantOnDuty,
        ].allSatisfy { item.visit.overrides.contains($0) || keeps($0, placed) }
    }

    func places(_ item: Visit, _ clinicDay: ClinicDay, _ start: Int) -> [Placement] {
        let own = item.visit.booking.placement
        let isOwnTime = clinicDay.calendar.day == own.day && start == own.start
        let honoured = isOwnTime ? item.visit.overrides : []
        var placed = template(
            item, clinicDay, Placement(day: clinicDay.calendar.day, start: start, chair: "", persons: []))
        if !isOwnTime {
            let lead = item.visit.progress == .arrived ? 0 : world.facility.planning.leadTimeMinutes
            placed.earliestInstant = world.now + lead
        }
        for rule in [Rule.openingHours, .patientAvailable, .courseEnd, .leadTime]
        where !honoured.contains(rule) && !keeps(rule, placed) { return [] }
        var persons: [(persons: [PersonID], covers: [Cover])] = fillings(item, placed)
        if isOwnTime {
            placed.placement = own
            if [Rule.attendantQualified, .attendantOnDuty].allSatisfy({ honoured.contains($0) || keeps($0, placed) }) {
                persons.removeAll { $0.persons == own.persons && $0.covers == own.covers }
                persons.append((own.persons, own.covers))
            }
        }
        var result: [Placement] = []
        for chair in world.facility.chairs.map(\.id) {
            placed.placement.chair = chair
            let mayStay = isOwnTime && chair == own.chair ? honoured : []
            guard [Rule.chairInService, .chairFeatures].allSatisfy({ mayStay.contains($0) || keeps($0, placed) }) else {
                continue
            }
            for filling in persons {
                result.append(
                    Placement(
                        day: placed.placement.day, start: start, chair: chair, persons: filling.persons,
                        covers: filling.covers))
            }
        }
        return result
    }

    /// Everybody who may fill the labels, with every choice of covers.
    func fillings(_ item: Visit, _ template: CheckedVisit) -> [(persons: [PersonID], covers: [Cover])] {
        var result: [(persons: [PersonID], covers: [Cover])] = []
        var teams: [[PersonID]] = [[]]
        for _ in template.visitType.filledLabels {
            teams = teams.flatMap { team in world.facility.staff.map { team + [$0.id] } }
        }
        for team in teams {
            var placed = template
            placed.placement.persons = team
            var choices: [[Cover]] = [[]]
            for (label, id) in placed.fillers {
                guard let person = placed.clinicDay.person(id) else { continue }
                for (_, interval, _) in placed.stages(naming: label.label) {
                    for absence in placed.absences(of: person, within: interval) {
                        choices = choices.flatMap { chosen in
                            world.facility.staff.map {
                                chosen + [Cover(label: label.label, person: $0.id, interval: absence)]
                            }
                        }
                    }
                }
            }
            for covers in choices {
                placed.placement.covers = covers
                if keeps(.attendantQualified, placed), keeps(.attendantOnDuty, placed) { result.append((team, covers)) }
            }
        }
        return result
    }

    /// Who could take over a visit in progress: labels still to come go to anybody, others to covers.
    func handovers(_ item: Visit) -> [Placement] {
        let own = item.visit.booking.placement
        guard let clinicDay = empty.clinicDay(own.day) else { return [] }
        var placed = template(item, clinicDay, own)
        placed.visitType = withoutPresences(placed.visitType)
        let since = world.now - clinicDay.calendar.firstMinute
        return fillings(item, placed).map(\.persons).uniqued().flatMap { persons -> [Placement] in
            let isSettled = zip(placed.visitType.filledLabels, zip(persons, own.persons)).allSatisfy { label, pair in
                placed.stages(naming: label.label)[0].interval.from >= since || pair.0 == pair.1
            }
            return isSettled
                ? fillings(item, placed).filter { $0.persons == persons }.map {
                    var place = own
                    place.persons = $0.persons
                    place.covers = $0.covers
                    return place
                } : []
        }
    }
}

extension Array where Element: Equatable {
    fileprivate func uniqued() -> [Element] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
