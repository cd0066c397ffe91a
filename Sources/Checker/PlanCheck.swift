import Planning

/// Verifies one plan of a course against a setting that holds every other visit.
struct PlanCheck {
    let request: CourseRequest
    let setting: Setting
    /// Whether the course was placed together with others: fewer terms count, and covers depend on who came first.
    let isBatch: Bool

    private var steps: [CheckedStep] {
        Checker.steps(of: request, planning: setting.facility.planning, today: setting.today)
    }

    /// Every breach of a plan and of its alternatives.
    func breaches(of plan: Plan) -> [Breach] {
        var breaches: [Breach] = []
        if plan.course != request.id {
            breaches.append(shape("course", nil, "plan of \(plan.course) where \(request.id) was asked for"))
        }
        breaches += usualBreaches(plan)
        breaches += self.breaches(of: plan.visits, usual: plan.usual)
        breaches += alternativeBreaches(plan)
        return breaches
    }

    /// Every breach of a list of visits, measured by a usual time.
    private func breaches(of visits: [PlannedVisit], usual: Int?) -> [Breach] {
        let steps = steps
        guard visits.count == steps.count else {
            return [shape("visit-count", nil, "\(visits.count) visits planned (\(steps.count) are asked for)")]
        }
        var breaches: [Breach] = []
        var previous: PlannedVisit?
        var phaseFirst: Day?
        for (visit, step) in zip(visits, steps) {
            let first = step.numberInPhase == 1 ? visit.placement.day : phaseFirst
            defer { (previous, phaseFirst) = (visit, first) }
            breaches += shapeBreaches(visit, step)
            guard hasPlace(visit), let clinicDay = setting.clinicDay(visit.placement.day) else { continue }
            let placed = CheckedVisit(
                patient: request.patient, visitType: visit.visitType, placement: visit.placement,
                clinicDay: clinicDay, earliestInstant: setting.earliestStart(of: step, request),
                request: request, step: step, previous: previous?.placement.day, phaseFirst: first)
            breaches += ruleBreaches(placed, number: visit.number)
            var costed = CostedVisit(
                visit: placed, usual: usual, before: previous.map { ($0.visitType, $0.placement.persons) },
                isPersonWished: isPersonWished(for: visit.visitType))
            costed.later = steps.filter { $0.number > step.number && $0.phase.name == step.phase.name }
            costed.isPossible = { [setting, request] in setting.isPossible($0, for: request) }
            breaches += costBreaches(visit, costed)
        }
        return breaches
    }

    private func ruleBreaches(_ placed: CheckedVisit, number: Int) -> [Breach] {
        let broken = ruleChecks.filter { !$0.keeps(placed) }
        var breaches = broken.map {
            Breach(course: request.id, visit: number, what: .rule($0.rule), message: $0.finding(placed))
        }
        // Where a rule on persons is broken already, covers that differ are no finding of their own.
        let ofPersons: Set<Rule> = [.attendantQualified, .attendantOnDuty, .attendantCapacity]
        let mayDiffer = isBatch || broken.contains { ofPersons.contains($0.rule) }
        if let finding = mayDiffer ? excessCover(placed) : differingCovers(placed) {
            breaches.append(shape("covers", number, finding))
        }
        return breaches
    }

    private func costBreaches(_ visit: PlannedVisit, _ costed: CostedVisit) -> [Breach] {
        costChecks.compactMap { check in
            let counts = !isBatch || batchTerms.contains(check.term)
            let actual =
                counts ? check.count(costed) * weight(of: check.term, in: setting.facility.planning.weights) : 0
            let claimed = visit.terms[check.term]
            guard claimed != actual else { return nil }
            return Breach(
                course: request.id, visit: visit.number, what: .cost(check.term, claimed: claimed, actual: actual),
                message: "\(check.term.rawValue) costs \(actual) (\(claimed) is claimed)")
        }
    }

    /// Whether the preferred person has the role of a visit's continuity attendant.
    private func isPersonWished(for visitType: VisitType) -> Bool {
        guard let person = setting.facility.staff.first(where: { $0.id == request.wish.preferredPerson }) else {
            return false
        }
        return visitType.attendants.contains { $0.continuity && person.roles.contains($0.role) }
    }

    private func shape(_ part: String, _ visit: Int?, _ message: String) -> Breach {
        Breach(course: request.id, visit: visit, what: .shape(part), message: message)
    }
}

extension PlanCheck {
    /// Whether the visit's place is there at all, so that rules and costs can be asked.
    private func hasPlace(_ visit: PlannedVisit) -> Bool {
        let placement = visit.placement
        let staff = Set(setting.facility.staff.map(\.id))
        return setting.facility.chairs.contains { $0.id == placement.chair }
            && (placement.persons + placement.covers.map(\.person)).allSatisfy(staff.contains)
            && placement.persons.count == visit.visitType.filledLabels.count
            && (setting.calendars[placement.day].map { (0..<$0.length).contains(placement.start) } ?? false)
    }

    /// What is wrong with a visit beside rules and costs.
    private func shapeBreaches(_ visit: PlannedVisit, _ step: CheckedStep) -> [Breach] {
        var breaches: [Breach] = []
        func report(_ part: String, _ message: String) { breaches.append(shape(part, step.number, message)) }
        let placement = visit.placement
        if visit.number != step.number { report("number", "visit \(visit.number) where \(step.number) is due") }
        if visit.phase != step.phase.name {
            report("phase", "phase \(visit.phase) where \(step.phase.name) is due")
        }
        if visit.visitType != step.visitType {
            report("visit-type", "visit type \(visit.visitType.id) where \(step.visitType.id) is due")
        }
        let facility = setting.facility
        if !facility.chairs.contains(where: { $0.id == placement.chair }) {
            report("chair", "no chair \(placement.chair)")
        }
        for person in placement.persons + placement.covers.map(\.person)
        where !facility.staff.contains(where: { $0.id == person }) {
            report("person", "no person \(person)")
        }
        let labels = step.visitType.filledLabels.count
        if placement.persons.count != labels {
            report("attendants", "\(placement.persons.count) attendants (\(labels) are asked for)")
        }
        guard let calendar = setting.calendars[placement.day] else {
            report("day", "\(placement.day) is outside of the calendars given")
            return breaches
        }
        if !(0..<calendar.length).contains(placement.start)
            || calendar.clock(at: placement.start) % facility.startEveryMinutes != 0
        {
            report(
                "start",
                "minute \(placement.start) of \(placement.day) is not a start "
                    + "(every \(facility.startEveryMinutes) minutes)")
        }
        return breaches
    }

    /// A cover that no absence asks for, if there is one.
    private func excessCover(_ placed: CheckedVisit) -> String? {
        let asked = placed.fillers.flatMap { label, id in
            placed.stages(naming: label.label).flatMap { _, interval, _ in
                (placed.clinicDay.person(id).map { placed.absences(of: $0, within: interval) } ?? [])
                    .map { Cover(label: label.label, person: id, interval: $0) }
            }
        }
        var open = asked
        for cover in placed.placement.covers {
            guard let index = open.firstIndex(where: { $0.label == cover.label && $0.interval == cover.interval })
            else { return "a cover of \(cover.label) by \(cover.person) that no absence asks for" }
            open.remove(at: index)
        }
        return nil
    }

    /// How the covers differ from those that are determined, if they do.
    private func differingCovers(_ placed: CheckedVisit) -> String? {
        let determined = placed.determinedCovers()
        guard determined != placed.placement.covers else { return nil }
        return "covers \(text(placed.placement.covers)) where \(determined.map(text) ?? "none is found") is determined"
    }

    private func text(_ covers: [Cover]) -> String {
        let items = covers.map { "\($0.label) by \($0.person) in \($0.interval.from)..<\($0.interval.until)" }
        return "[" + items.joined(separator: ", ") + "]"
    }

    /// What is wrong with the usual time: given, or a half hour chosen; named where a planned visit has rhythm.
    private func usualBreaches(_ plan: Plan) -> [Breach] {
        let hasRhythm = steps.contains { $0.phase.rhythm }
        switch (plan.usual, request.wish.usual) {
        case (nil, _):
            return hasRhythm ? [shape("usual", nil, "no usual time is named")] : []
        case (.some, _) where !hasRhythm:
            return [shape("usual", nil, "a usual time is named although no planned visit has rhythm")]
        case (let named?, let given?):
            return named == given ? [] : [shape("usual", nil, "usual time \(named) (\(given) is given)")]
        case (let chosen?, nil):
            let isHalfHour = chosen % 30 == 0 && (0..<1440).contains(chosen)
            return isHalfHour ? [] : [shape("usual", nil, "usual time \(chosen) is not a half hour of the clock")]
        }
    }

    /// Alternatives: other first days, cheapest first, equal costs by first day, each a valid plan.
    private func alternativeBreaches(_ plan: Plan) -> [Breach] {
        var breaches: [Breach] = []
        if plan.alternatives.count > request.alternatives {
            breaches.append(
                shape(
                    "alternatives", nil,
                    "\(plan.alternatives.count) alternatives "
                        + "(at most \(request.alternatives) are asked for)"))
        }
        var firstDays = [plan.visits.first?.placement.day]
        var last: (cost: Int, day: Day)?
        for alternative in plan.alternatives {
            breaches += self.breaches(of: alternative.visits, usual: plan.usual)
            guard let day = alternative.visits.first?.placement.day else { continue }
            if firstDays.contains(day) {
                breaches.append(shape("alternatives", nil, "two plans start on \(day)"))
            }
            firstDays.append(day)
            if alternative.difference != alternative.cost - plan.cost {
                breaches.append(
                    shape(
                        "difference", nil,
                        "difference \(alternative.difference) where costs are "
                            + "\(alternative.cost) and \(plan.cost)"))
            }
            if alternative.cost < plan.cost {
                breaches.append(
                    shape(
                        "alternatives", nil,
                        "an alternative costs \(alternative.cost), less than the "
                            + "plan's \(plan.cost)"))
            }
            if let last, (alternative.cost, day) < (last.cost, last.day) {
                breaches.append(shape("alternatives", nil, "alternatives are not in order of cost and first day"))
            }
            last = (alternative.cost, day)
        }
        return breaches
    }
}
