import Planning

extension CourseDraft {
    /// Changes of a visit's place what is named, and nothing else: what the patient agreed to stands where day and time
    /// do. What rules stand against, and nobody has set aside, is refused with what could be instead.
    mutating func place(_ visit: Visit, exactly wish: PlaceWish) throws(DecisionFailure) {
        if isOwed(visit.id) {
            try makeUp(visit.id, at: wish)
            return
        }
        guard visit.status.isOpen else { throw .unchangeable(.visit(visit.id, visit.status)) }
        let booked = visit.place.placement(on: try context.day(visit.day))
        let clock = try context.day(wish.from ?? visit.day)
        let wanted = try placement(wish, from: booked, of: visit, on: clock)
        let change = PlaceChange(
            visit, from: booked, to: wanted, isNewTime: booked.day != wanted.day || booked.start != wanted.start)
        // Who is here is not sent to another day, and what is under way has begun.
        if change.isNewDay && visit.status == .arrived || change.isNewTime && visit.status.isInProgress {
            throw .unchangeable(.visit(visit.id, visit.status))
        }
        let unmoved = self
        let broken = try broken(by: change)
        if !broken.isEmpty { throw .unchangeable(.misplaced(unmoved.misplaced(change, broken, wish))) }
        move(visit.id, to: Place(wanted, on: clock), terms: visits[visit.id]?.terms ?? CostTerms())
        if change.isNewTime || wish.clock != nil { visits[visit.id]?.asked = .itself }
        if change.isNewDay { try requireDays(of: change, before: unmoved, wish) }
        try price([visit.id], on: context.calendar)
    }

    /// A visit's place with what is wished of it, and the covers that it then needs.
    private func placement(
        _ wish: PlaceWish, from booked: Placement, of visit: Visit, on clock: DayCalendar
    ) throws(DecisionFailure) -> Placement {
        var placement = booked
        placement.day = clock.day
        if let wanted = wish.clock, clock.day != visit.day || wanted != visit.place.start.clock {
            guard let start = clock.elapsed(showing: wanted).first else {
                throw .unchangeable(.breaks([.openingHours]))
            }
            placement.start = start
        }
        if let chair = wish.chair { placement.chair = chair }
        for (index, label) in visit.visitType.filledLabels.enumerated() {
            if let person = wish.persons[label.label] { placement.persons[index] = person }
        }
        guard placement.day != booked.day || placement.start != booked.start || placement.persons != booked.persons
        else { return placement }
        return covered(placement, of: visit)
    }

    private func covered(_ placement: Placement, of visit: Visit) -> Placement {
        var covered = placement
        covered.covers = []
        covered.covers = covers(of: booking(of: visit, at: covered), on: context.calendar) ?? []
        return covered
    }

    private func booking(of visit: Visit, at placement: Placement) -> Booking {
        Booking(id: visit.id, patient: patient, visitType: visit.visitType, placement: placement)
    }

    /// The rules that stand against a change, in the table's order; nil in place of a start at which none begins.
    private func broken(by change: PlaceChange) throws(DecisionFailure) -> [Rule?] {
        let every = context.calendar.facility.startEveryMinutes
        let clock = try context.day(change.to.day)
        let shown = clock.clock(at: change.to.start)
        if change.isNewTime, shown % every != 0 { return [nil] }
        var broken = brokenRules(of: booking(of: change.visit, at: change.to), for: request, on: context.calendar) ?? []
        var placed = change.visit
        placed.place = Place(change.to, on: clock)
        if change.takesMore, !broken.contains(where: \.isPhysical),
            !heldPlaces(beside: change.visit, on: clock).fit(placed)
        {
            broken.append(.attendantCapacity)
        }
        let lead = context.calendar.facility.planning.leadTimeMinutes
        let isSoon = clock.firstMinute + change.to.start < context.now.minute + lead
        if change.isNewTime, change.visit.status != .arrived, isSoon { broken.append(.leadTime) }
        let left = broken.filter { change.asks($0) && ($0.isPhysical || change.visit.overrides[$0] == nil) }
        return Rule.allCases.filter(left.contains)
    }

    /// What visits other than one hold on a day and beside it.
    private func heldPlaces(beside visit: Visit, on clock: DayCalendar) -> HeldPlaces {
        var held = HeldPlaces(staff: context.calendar.facility.staff)
        for day in [clock.day - 1, clock.day, clock.day + 1] {
            held.placed += state.visits(on: day).filter { $0.status.occupies && $0.id != visit.id }
        }
        return held
    }

    /// That the distances of the course hold where a visit is brought to another day.
    private mutating func requireDays(
        of change: PlaceChange, before unmoved: CourseDraft, _ wish: PlaceWish
    ) throws(DecisionFailure) {
        if keeping == .always {
            var replanning = Replanning(keepsOthers: true)
            replanning.turns[change.visit.id] = { $0.status = .pinned(change.to) }
            try replan(replanning)
        }
        let asked: Set<Rule> = [.gap, .phaseWindow]
        let (was, found) = (try unmoved.brokenDays(), try brokenDays())
        let broken = found.flatMap { id, rules in
            id == change.visit.id ? rules : rules.subtracting(was[id] ?? [])
        }.filter(asked.contains)
        if broken.isEmpty { return }
        throw .unchangeable(.misplaced(unmoved.misplaced(change, Rule.allCases.filter(broken.contains), wish)))
    }

    /// The rules that each visit to come breaks, less those that are set aside for it.
    private func brokenDays() throws(DecisionFailure) -> [VisitID: Set<Rule>] {
        guard let course = try repairCourse(isLenient: false) else { return [:] }
        var broken: [VisitID: Set<Rule>] = [:]
        for index in course.visits.indices {
            let rules = brokenRules(of: course, visit: index, on: context.calendar, now: context.now.minute)
            broken[course.visits[index].booking.id] = Set(rules)
        }
        return broken
    }

    // MARK: What could be instead

    /// The place that cannot be had, why, and what could be.
    private func misplaced(_ change: PlaceChange, _ broken: [Rule?], _ wish: PlaceWish) -> Misplaced {
        let visit = change.visit
        guard let clock = context.calendar.calendars[change.to.day] else {
            preconditionFailure("a place was looked for on a day that is there")
        }
        let place = Place(change.to, on: clock)
        let every = context.calendar.facility.startEveryMinutes
        let before = place.start.clock - place.start.clock % every
        let rules = broken.compactMap(\.self)
        var taken = visit
        taken.place = place
        let holders = rules.contains(.chairFree) ? heldPlaces(beside: visit, on: clock).placed : []
        return Misplaced(
            visit: visit.id, place: place, rules: rules,
            starts: rules.isEmpty ? [before, before + every].filter { $0 < 1440 } : [],
            holders: holders.filter {
                $0.place.chair == place.chair && $0.holdInterval.overlaps(taken.holdInterval)
            }.sorted { $0.place.minute < $1.place.minute }.map { .init(visit: $0.id, until: $0.holdInterval.until) },
            remedies: context.explains ? remedies(change, rules) + (best(of: visit, wish).map { [$0] } ?? []) : [])
    }

    /// Another chair or another person at that time, where that is all that is wrong.
    private func remedies(_ change: PlaceChange, _ rules: [Rule]) -> [Misplaced.Remedy] {
        let facility = context.calendar.facility
        func isFree(_ placement: Placement) -> Bool {
            let changed = PlaceChange(change.visit, from: change.from, to: placement, isNewTime: change.isNewTime)
            return (try? broken(by: changed).isEmpty) ?? false
        }
        if !rules.isEmpty, rules.allSatisfy(\.isOfChair) {
            let other = facility.chairs.map(\.id).filter { $0 != change.to.chair && $0 != change.from.chair }.first {
                chair in
                var placement = change.to
                placement.chair = chair
                return isFree(placement)
            }
            return other.map { [.chair($0)] } ?? []
        }
        guard !rules.isEmpty, rules.allSatisfy({ $0.isOfPlace && !$0.isOfChair }) else { return [] }
        for (index, label) in change.visit.visitType.filledLabels.enumerated() {
            for person in facility.staff
            where person.roles.contains(label.role) && person.id != change.from.persons[index] {
                var placement = change.to
                placement.persons[index] = person.id
                placement = covered(placement, of: change.visit)
                if isFree(placement) { return [.person(label: label.label, person.id)] }
            }
        }
        return []
    }

    /// The best place with what is named; nil where there is none, or finding it takes days that are not there.
    private func best(of visit: Visit, _ wish: PlaceWish) -> Misplaced.Remedy? {
        guard visit.status == .tentative || visit.status == .confirmed, !isKept(visit.image) else { return nil }
        var draft = self
        guard (try? draft.planNear(visit, wish)) != nil, let image = draft.visits[visit.id], image.place != visit.place
        else { return nil }
        return .best(image.place, cost: image.terms.total - visit.terms.total)
    }
}

/// A change of a visit's place.
private struct PlaceChange {
    let visit: Visit
    let from: Placement
    let to: Placement
    let isNewTime: Bool

    var isNewDay: Bool { from.day != to.day }
    /// Whether it takes what it did not take before.
    var takesMore: Bool { isNewTime || from.chair != to.chair || from.persons != to.persons }

    init(_ visit: Visit, from: Placement, to: Placement, isNewTime: Bool) {
        self.visit = visit
        self.from = from
        self.to = to
        self.isNewTime = isNewTime
    }

    /// Whether a rule is asked of what changes. What stood against the place before and is not touched stands as it
    /// did.
    func asks(_ rule: Rule) -> Bool {
        if isNewTime { return true }
        if rule.isOfChair { return from.chair != to.chair }
        return rule.isOfPlace && from.persons != to.persons
    }
}

extension Rule {
    /// Whether it is about the chair of a place.
    fileprivate var isOfChair: Bool {
        self == .chairInService || self == .chairFeatures || self == .chairFree
    }
}
