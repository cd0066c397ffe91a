package import Checker
package import Planning

/// Plans a course by trying everything: the oracle of the search.
///
/// It places each visit by trying every start, chair and choice of persons (the Checker's `Places`), and lists every
/// chain of them. Only hard rules and the cost of the best plan so far cut a chain short.
package struct BruteForce {
    private let request: CourseRequest
    private let setting: Setting
    private let steps: [CheckedStep]
    private let everyPlace: Bool
    private let remembers: Bool
    private let preferred: Int?
    /// For each step, whether the preferred person has the role of its continuity attendant.
    private let wishes: [Bool]
    /// The chairs in the order in which equal ones are taken.
    private let chairs: [ChairID]
    private var clinicDays: [Day: ClinicDay] = [:]
    private var optionsOfDay: [DayOfType: [PlaceOption]] = [:]

    private struct DayOfType: Hashable {
        let day: Day
        let visitType: VisitTypeID
        let isFirst: Bool
    }

    /// A course against a setting.
    ///
    /// - Parameters:
    ///   - everyPlace: whether every place is followed up. Otherwise, of places of one day with the same continuity
    ///     person, only the best is: nothing else of a place matters to the rest of the course.
    ///   - remembers: whether the best rest of a course is remembered by day, continuity person and first day of the
    ///     phase: the same answer, found in time for long courses.
    package init(
        _ request: CourseRequest, in setting: Setting, everyPlace: Bool = false, remembers: Bool = false
    ) {
        self.request = request
        self.setting = setting
        let steps = Checker.steps(of: request, planning: setting.facility.planning, today: setting.today)
        let staff = setting.facility.staff
        let preferred = staff.firstIndex { $0.id == request.wish.preferredPerson }
        self.steps = steps
        self.everyPlace = everyPlace
        self.remembers = remembers
        self.preferred = preferred
        wishes = steps.map { step in
            guard let preferred, let label = step.visitType.continuityLabel else { return false }
            return staff[preferred].roles.contains(label.role)
        }
        chairs = scarcestFirst(setting.facility)
    }

    /// The cheapest plan with its alternatives, or the refusal without what would help.
    package mutating func outcome() -> Outcome {
        if let facts = refusalFacts(for: request, in: setting) {
            return .refusal(
                Refusal(
                    course: request.id, visit: facts.visit, phase: facts.phase, days: facts.days, wouldHelp: []))
        }
        guard let (usual, best) = cheapest() else { preconditionFailure("a day is outside of the calendars given") }
        let alternatives = alternatives(to: best, usual: usual)
        return .plan(
            Plan(
                course: request.id, usual: usual, visits: visits(of: best, usual: usual), alternatives: alternatives))
    }

    /// The cheapest plan over all usual times that may be chosen, and the earliest usual time that allows it.
    private mutating func cheapest() -> (usual: Int?, chain: Chain)? {
        let hasRhythm = steps.contains { $0.phase.rhythm }
        let candidates: [Int?] =
            if !hasRhythm { [nil] } else if let given = request.wish.usual { [given] } else {
                Array(stride(from: 0, to: 1440, by: 30))
            }
        var best: (usual: Int?, chain: Chain)?
        for usual in candidates {
            var search = search(usual: usual)
            search.costLimit = best?.chain.cost
            search.run()
            if let found = search.best { best = (usual, found) }
        }
        return best
    }

    private mutating func alternatives(to best: Chain, usual: Int?) -> [Alternative] {
        guard request.alternatives > 0, let bestDay = best.days.first else { return [] }
        var search = search(usual: usual)
        var others: [Chain] = []
        for gap in 0...request.wish.startWithinDays where request.wish.earliest.number + gap != bestDay {
            search.firstDay = request.wish.earliest.number + gap
            search.run()
            if let found = search.best { others.append(found) }
        }
        return others.sorted { ($0.cost, $0.days[0]) < ($1.cost, $1.days[0]) }.prefix(request.alternatives)
            .map { Alternative(visits: visits(of: $0, usual: usual), difference: $0.cost - best.cost) }
    }

    /// The visits of the cheapest plan that has a visit on a day, measured by a usual time; nil where there is none.
    package mutating func visits(withVisit number: Int, on day: Day, usual: Int?) -> [PlannedVisit]? {
        var options = optionsByStep(usual: usual)
        guard let index = steps.firstIndex(where: { $0.number == number }) else { return nil }
        options[index] = options[index].filter { $0.key == day.number }
        var search = search(options)
        search.run()
        return search.best.map { visits(of: $0, usual: usual) }
    }

    private mutating func search(usual: Int?) -> ChainSearch { search(optionsByStep(usual: usual)) }

    private func search(_ options: [[Int: [PlaceOption]]]) -> ChainSearch {
        var search = ChainSearch(
            steps: steps, earliest: request.wish.earliest.number, weights: setting.facility.planning.weights,
            preferred: preferred, wishes: wishes, options: options, spare: spareCosts())
        search.remembers = remembers
        return search
    }

    /// For each step, by day number, the places it could have; the cost of rhythm included.
    private mutating func optionsByStep(usual: Int?) -> [[Int: [PlaceOption]]] {
        var reached: Set<Int> = [request.wish.earliest.number]
        var known: [Bool: [DayOfType: [PlaceOption]]] = [:]
        return steps.map { step in
            var byDay: [Int: [PlaceOption]] = [:]
            for from in reached {
                for day in step.days(after: Day(number: from)).map(\.number) where byDay[day] == nil {
                    let key = DayOfType(
                        day: Day(number: day), visitType: step.visitType.id, isFirst: step.number == 1)
                    let options = known[step.phase.rhythm]?[key] ?? options(of: step, on: key.day, usual: usual)
                    known[step.phase.rhythm, default: [:]][key] = options
                    byDay[day] = options
                }
            }
            byDay = byDay.filter { !$0.value.isEmpty }
            reached = Set(byDay.keys)
            return byDay
        }
    }

    private mutating func options(of step: CheckedStep, on day: Day, usual: Int?) -> [PlaceOption] {
        let options = places(of: step, on: day)
        guard let clinicDay = clinicDays[day], step.phase.rhythm, let usual else {
            return everyPlace ? options : best(of: options)
        }
        let weight = setting.facility.planning.weights.rhythm
        let measured = options.map { option in
            var measured = option
            measured.cost += weight * rhythmUnits(clock: clinicDay.calendar.clock(at: option.start), usual: usual)
            return measured
        }
        return everyPlace ? measured : best(of: measured)
    }

    /// Of the options with the same continuity person the best, by cost, start, chair and persons.
    private func best(of options: [PlaceOption]) -> [PlaceOption] {
        var best: [Int?: PlaceOption] = [:]
        for option in options {
            if let known = best[option.continuity], !option.isBetter(than: known) { continue }
            best[option.continuity] = option
        }
        return best.values.sorted { $0.isBetter(than: $1) }
    }

    /// Every place of a step's visit on a day, with its cost but for rhythm and continuity.
    private mutating func places(of step: CheckedStep, on day: Day) -> [PlaceOption] {
        let visitType = step.visitType
        let key = DayOfType(day: day, visitType: visitType.id, isFirst: step.number == 1)
        if let known = optionsOfDay[key] { return known }
        guard let clinicDay = clinicDays[day] ?? setting.clinicDay(day) else {
            preconditionFailure("a day is outside of the calendars given")
        }
        clinicDays[day] = clinicDay
        let places = Places(of: visitType, for: request, on: clinicDay, in: setting, step: step)
        let isClosed = clinicDay.patients.contains(request.patient) || request.wish.endDay.map { day > $0 } ?? false
        let options =
            isClosed
            ? []
            : places.starts().flatMap { start in
                optionsOf(visitType, at: start, chairs: places.chairs(at: start), places.fillings(at: start), clinicDay)
            }
        optionsOfDay[key] = options
        return options
    }

    private func optionsOf(
        _ visitType: VisitType, at start: Int, chairs: [ChairID], _ fillings: [Filling], _ clinicDay: ClinicDay
    ) -> [PlaceOption] {
        let weights = setting.facility.planning.weights
        let continuityIndex = visitType.filledLabels.firstIndex { $0.continuity }
        var costed = CostedVisit(
            visit: CheckedVisit(
                patient: request.patient, visitType: visitType,
                placement: Placement(day: clinicDay.calendar.day, start: start, chair: "", persons: []),
                clinicDay: clinicDay, request: request),
            usual: nil, before: nil, isPersonWished: false)
        let ofStart = countPreference(costed) * weights.preference + countCrowding(costed) * weights.crowding
        let ofChairs = chairs.map { chair in
            costed.visit.placement.chair = chair
            return countIdle(costed) * weights.idle
        }
        var options: [PlaceOption] = []
        for filling in fillings {
            costed.visit.placement.persons = filling.persons
            let ofPersons = countWorkload(costed) * weights.workload
            let persons = filling.persons.map { id in clinicDay.staff.firstIndex { $0.person.id == id } ?? 0 }
            for (chair, ofChair) in zip(chairs, ofChairs) {
                options.append(
                    PlaceOption(
                        start: start, chair: self.chairs.firstIndex(of: chair) ?? 0,
                        persons: persons,
                        covers: filling.covers, continuity: continuityIndex.map { persons[$0] },
                        cost: ofStart + ofChair + ofPersons))
            }
        }
        return everyPlace ? options : best(of: options)
    }

    /// The steps of a step's phase that come after it.
    private func later(_ index: Int) -> [CheckedStep] {
        steps[(index + 1)...].filter { $0.phase.name == steps[index].phase.name }
    }

    private func phaseFirst(_ index: Int, _ chain: Chain) -> Day? {
        let first = steps.firstIndex { $0.phase.name == steps[index].phase.name }
        return first.map { Day(number: chain.days[$0]) }
    }

    /// What the days in hand of a step on a day cost where its phase begins on another, worked out once.
    private func spareCosts() -> (Int, Int, Int) -> Int {
        struct Key: Hashable { let index: Int, day: Int, first: Int }
        var known: [Key: Int] = [:]
        return { [steps, setting, request] index, day, first in
            guard let goal = steps[index].phase.goal, steps[index].numberInPhase > 1 else { return 0 }
            let key = Key(index: index, day: day, first: first)
            if let cost = known[key] { return cost }
            let leastGaps = later(index).map { step in { step.gap(on: $0).minimum } }
            let days = daysInHand(
                after: Day(number: day), through: Day(number: first) + goal.days, later: leastGaps
            ) { setting.isPossible($0, for: request) }
            known[key] = days < goal.spare.count ? goal.spare[days] : 0
            return known[key]!
        }
    }

    /// A chain as the visits of a plan, each with its cost by term.
    private func visits(of chain: Chain, usual: Int?) -> [PlannedVisit] {
        let facility = setting.facility
        var visits: [PlannedVisit] = []
        for (index, step) in steps.enumerated() {
            let option = chain.options[index]
            let placement = Placement(
                day: Day(number: chain.days[index]), start: option.start, chair: chairs[option.chair],
                persons: option.persons.map { facility.staff[$0].id }, covers: option.covers)
            guard let clinicDay = clinicDays[placement.day] else { preconditionFailure("a day that was searched") }
            let placed = CheckedVisit(
                patient: request.patient, visitType: step.visitType, placement: placement, clinicDay: clinicDay,
                request: request, step: step, previous: visits.last?.placement.day)
            var costed = CostedVisit(
                visit: placed, usual: usual, before: visits.last.map { ($0.visitType, $0.placement.persons) },
                isPersonWished: wishes[index])
            costed.visit.phaseFirst = phaseFirst(index, chain)
            costed.later = later(index)
            costed.isPossible = { [setting, request] in setting.isPossible($0, for: request) }
            var terms = CostTerms()
            for check in costChecks {
                terms[check.term] = check.count(costed) * weight(of: check.term, in: facility.planning.weights)
            }
            visits.append(
                PlannedVisit(
                    number: step.number, phase: step.phase.name, visitType: step.visitType, placement: placement,
                    terms: terms))
        }
        precondition(visits.reduce(0) { $0 + $1.terms.total } == chain.cost, "a chain costs what its visits cost")
        return visits
    }
}

/// The chairs of a clinic in the order in which equal ones are taken: that which the fewest visit types can use first.
package func scarcestFirst(_ facility: Facility) -> [ChairID] {
    var left = facility.chairs.map { chair in
        (id: chair.id, uses: facility.visitTypes.filter { $0.chairFeatures.isSubset(of: chair.features) }.count)
    }
    var order: [ChairID] = []
    while let least = left.map(\.uses).min() {
        order += left.filter { $0.uses == least }.map(\.id)
        left.removeAll { $0.uses == least }
    }
    return order
}
