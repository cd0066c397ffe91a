import Planning

extension CourseDraft {
    /// Where a visit is that a fact takes up on a day: at its own place where that is of the day and free, else as near
    /// as may be to where its patient is treated. That asks for a free chair and persons who can carry it, and for
    /// nothing else. Nil where the day has no such place.
    ///
    /// - Returns: the place, with the rules on its day alone that stand against it.
    func seat(for visit: Visit, on clock: DayCalendar, at fact: Fact) -> (place: Placement, against: [Rule])? {
        let seating = Seating(visit, self, clock)
        if visit.day == clock.day {
            let own = visit.place.placement(on: clock)
            if seating.isFree(own) { return (own, []) }
            if let near = seating.place(at: own.start) { return (near, seating.against(near)) }
        }
        let grid = max(1, context.calendar.facility.gridMinutes)
        let began = fact.at.minute - clock.firstMinute - (fact.kind == .discharged ? visit.visitType.length : 0)
        let first = max(0, began - began % grid)
        return stride(from: first, to: clock.length, by: grid).lazy.compactMap { seating.place(at: $0) }.first
            .map { ($0, seating.against($0)) }
    }

    /// Writes down what a visit costs where a fact has brought it to.
    mutating func priceIfMoved(_ before: Visit) throws(DecisionFailure) {
        guard let image = visits[before.id], image.place != before.place else { return }
        var calendar = context.calendar
        for (id, image) in visits where !image.status.occupies { calendar.remove(id, on: image.place.day) }
        try price([before.id], on: calendar)
    }
}

/// Where on a day a visit could be whose patient is here.
private struct Seating {
    private let visit: Visit
    private let clock: DayCalendar
    private let request: CourseRequest
    /// The planner's days without the visit, and without those of its course that are called off.
    private var calendar: PlanningCalendar
    private var held: HeldPlaces

    init(_ visit: Visit, _ draft: CourseDraft, _ clock: DayCalendar) {
        self.visit = visit
        self.clock = clock
        request = draft.request
        calendar = draft.context.calendar
        held = HeldPlaces(staff: calendar.facility.staff)
        for day in [clock.day - 1, clock.day, clock.day + 1] {
            for other in draft.state.visits(on: day) where other.status.occupies {
                let isThere = draft.visits[other.id]?.status.occupies ?? true
                if other.id == visit.id || !isThere {
                    calendar.remove(other.id, on: day)
                } else {
                    held.placed.append(other)
                }
            }
        }
    }

    /// Whether nothing physical stands against a place.
    func isFree(_ place: Placement) -> Bool { broken(place).map { !$0.contains(where: \.isPhysical) } ?? false }

    /// The rules that stand against a place by its day alone.
    func against(_ place: Placement) -> [Rule] {
        let ofDay: Set<Rule> = [.openingHours, .patientAvailable, .oneVisitADay, .courseEnd, .chairFeatures]
        return (broken(place) ?? []).filter(ofDay.contains)
    }

    /// The place at an elapsed minute of the day that changes as little as may be: one that keeps all rules about
    /// chairs and persons, or else one that is free.
    func place(at start: Int) -> Placement? {
        let own = Placement(
            day: clock.day, start: start, chair: visit.place.chair, persons: visit.place.persons)
        let chairs = calendar.facility.chairs.map(\.id).filter { $0 != own.chair }
        let persons = others(than: own.persons)
        let near =
            [own] + chairs.map { own.with(chair: $0, persons: own.persons) }
            + persons.map { own.with(chair: own.chair, persons: $0) }
        let far = persons.lazy.flatMap { persons in
            chairs.lazy.map { own.with(chair: $0, persons: persons) }
        }
        var free: Placement?
        func isGood(_ place: Placement) -> Bool {
            guard let broken = broken(place), !broken.contains(where: \.isPhysical) else { return false }
            if free == nil { free = place }
            return broken.allSatisfy { !$0.isOfPlace }
        }
        if let good = near.lazy.map(covered).first(where: isGood) { return good }
        if free == nil, let good = far.map(covered).first(where: isGood) { return good }
        return free
    }

    /// The visit's persons with another in place of one of them.
    private func others(than own: [PersonID]) -> [[PersonID]] {
        visit.visitType.filledLabels.indices.flatMap { index in
            let role = visit.visitType.filledLabels[index].role
            return calendar.facility.staff.filter { $0.roles.contains(role) && $0.id != own[index] }.map { person in
                var persons = own
                persons[index] = person.id
                return persons
            }
        }
    }

    private func booking(_ place: Placement) -> Booking {
        Booking(id: visit.id, patient: visit.patient, visitType: visit.visitType, placement: place)
    }

    /// The place with the covers that it needs.
    private func covered(_ place: Placement) -> Placement {
        var covered = place
        covered.covers = covers(of: booking(place), on: calendar) ?? []
        return covered
    }

    /// The rules that a place breaks; nil where nothing is known of it.
    private func broken(_ place: Placement) -> [Rule]? {
        guard let broken = brokenRules(of: booking(place), for: request, on: calendar) else { return nil }
        var seated = visit
        seated.place = Place(place, on: clock)
        return held.fit(seated) ? broken : broken + [.chairFree]
    }
}

extension Placement {
    fileprivate func with(chair: ChairID, persons: [PersonID]) -> Placement {
        Placement(day: day, start: start, chair: chair, persons: persons)
    }
}

extension Rule {
    /// Whether it is about the chair or the persons of a place.
    var isOfPlace: Bool {
        switch self {
        case .chairInService, .chairFeatures, .chairFree, .attendantQualified, .attendantOnDuty, .attendantCapacity:
            true
        case .openingHours, .gap, .phaseWindow, .patientAvailable, .oneVisitADay, .leadTime, .courseEnd,
            .authorisation:
            false
        }
    }
}
