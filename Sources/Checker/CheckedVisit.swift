package import Planning

/// One visit at its place on its day, with all that the hard rules ask about.
package struct CheckedVisit: Sendable {
    /// Whose visit it is.
    package var patient: PatientID
    /// What kind of visit it is.
    package var visitType: VisitType
    package var placement: Placement
    /// Its day, without the visit itself and without its course.
    package var clinicDay: ClinicDay
    /// The first instant at which it may start, minutes since 1970 UTC; nil where lead time is not asked.
    package var earliestInstant: Int?
    /// Its course; nil for a booking whose course is not known.
    package var request: CourseRequest?
    /// What the course asks of it; nil for a booking whose course is not known.
    package var step: CheckedStep?
    /// The day of the course's visit before it.
    package var previous: Day?
    /// The day of its phase's first visit; its own day where it is the first.
    package var phaseFirst: Day?
    /// A rule that is left out, to see whether its absence opens a day.
    package var without: Rule?
    /// Whether it has begun: then it may have been handed over in any stage.
    package var hasBegun = false

    /// A visit at its place; what is not known of its course is not asked.
    package init(
        patient: PatientID, visitType: VisitType, placement: Placement, clinicDay: ClinicDay,
        earliestInstant: Int? = nil, request: CourseRequest? = nil, step: CheckedStep? = nil, previous: Day? = nil,
        phaseFirst: Day? = nil, without: Rule? = nil
    ) {
        self.patient = patient
        self.visitType = visitType
        self.placement = placement
        self.clinicDay = clinicDay
        self.earliestInstant = earliestInstant
        self.request = request
        self.step = step
        self.previous = previous
        self.phaseFirst = phaseFirst
        self.without = without
    }

    /// [start, end) of the stages, elapsed minutes.
    package var visitInterval: Interval { Interval(placement.start, placement.start + visitType.length) }

    /// [start, end) of the chair's hold, elapsed minutes.
    package var holdInterval: Interval { Interval(placement.start, placement.start + visitType.hold) }

    /// The stages that name a label, with their elapsed minutes, in order.
    package func stages(naming label: String) -> [(stage: Stage, interval: Interval, percent: Int)] {
        var from = placement.start
        var result: [(stage: Stage, interval: Interval, percent: Int)] = []
        for stage in visitType.stages {
            let interval = Interval(from, from + stage.minutes)
            if let percent = stage.load[label] { result.append((stage, interval, percent)) }
            from = interval.until
        }
        return result
    }

    /// Who fills each label that names a person, in order.
    package var fillers: [(label: Attendant, person: PersonID)] {
        Array(zip(visitType.filledLabels, placement.persons))
    }
}

/// Whether a person has a role and every one of some credentials, valid on a day.
func qualifies(_ person: Person, for label: Attendant, on day: Day) -> Bool {
    person.roles.contains(label.role)
        && label.credentials.allSatisfy { name in
            person.credentials.contains { $0.name == name && ($0.until.map { day <= $0 } ?? true) }
        }
}

extension CheckedVisit {
    /// When a person is off duty within an interval; nobody ever is where `attendant-on-duty` is left out.
    package func absences(of person: ClinicDay.PersonDay, within interval: Interval) -> [Interval] {
        without == .attendantOnDuty ? [] : [interval].subtracting(person.onDuty)
    }

    /// The minutes of an interval at which the loads on a person may change, its first minute included.
    private func moments(of interval: Interval, for person: ClinicDay.PersonDay, covers: [Cover]) -> [Int] {
        var moments = [interval.from]
        moments += person.loads.map(\.interval.from)
        moments += person.onDuty.map(\.from)
        moments += covers.map(\.interval.from)
        var stage = placement.start
        for minutes in visitType.stages.map(\.minutes) {
            moments.append(stage)
            stage += minutes
        }
        return moments.filter { interval.contains($0) }
    }

    /// The loads on a person at a minute: bookings, the labels of this visit while on duty, and its covers.
    private func load(on person: ClinicDay.PersonDay, at minute: Int, covers: [Cover]) -> Int {
        var sum = 0
        for load in person.loads where load.interval.contains(minute) { sum += load.percent }
        let isOnDuty = without == .attendantOnDuty || person.onDuty.contains { $0.contains(minute) }
        for (label, filler) in fillers where filler == person.person.id && isOnDuty {
            sum += percent(of: label.label, at: minute)
        }
        for cover in covers where cover.person == person.person.id && cover.interval.contains(minute) {
            sum += percent(of: cover.label, at: minute)
        }
        return sum
    }

    private func percent(of label: String, at minute: Int) -> Int {
        stages(naming: label).first { $0.interval.contains(minute) }?.percent ?? 0
    }

    /// The largest load on a person at any minute of an interval, beside what is added.
    package func peak(on person: ClinicDay.PersonDay, within interval: Interval, covers: [Cover]) -> Int {
        moments(of: interval, for: person, covers: covers)
            .map { load(on: person, at: $0, covers: covers) }.max() ?? 0
    }

    /// The covers that docs/contract/planning.md section 2 determines, or nil where an absence finds none or may not be
    /// covered.
    ///
    /// Label by label in the order of the attendants, then in time; the first in configured order, with no second try.
    package func determinedCovers() -> [Cover]? {
        var covers: [Cover] = []
        for (label, filler) in fillers {
            guard let person = clinicDay.person(filler) else { return nil }
            for (stage, interval, percent) in stages(naming: label.label) {
                for absence in absences(of: person, within: interval) {
                    guard stage.handover else { return nil }
                    let found = clinicDay.staff.first { candidate in
                        candidate.person.id != filler
                            && canCover(candidate, label: label, absence: absence, percent: percent, beside: covers)
                    }
                    guard let found else { return nil }
                    covers.append(Cover(label: label.label, person: found.person.id, interval: absence))
                }
            }
        }
        return covers
    }

    private func canCover(
        _ candidate: ClinicDay.PersonDay, label: Attendant, absence: Interval, percent: Int, beside covers: [Cover]
    ) -> Bool {
        guard without == .attendantQualified || qualifies(candidate.person, for: label, on: placement.day),
            candidate.onDuty.hold(absence)
        else { return false }
        if without == .attendantCapacity { return true }
        return peak(on: candidate, within: absence, covers: covers) + percent <= candidate.person.capacityPercent
    }
}
