/// What each rule finds on one day for one kind of visit, to the minute and by itself. Which rule closes the day is
/// decided elsewhere; this says what there is to tell about it.
struct DaySurvey {
    let kind: VisitKind
    let board: DayBoard
    let request: CourseRequest
    let calendar: PlanningCalendar
    let now: Int

    private var facility: Facility { calendar.facility }
    private var length: Int { kind.type.length }
    private var day: Day { board.calendar.day }

    /// What is found where one rule closes the day: `starts` are those that the visit could have but for the rule.
    func blockers(_ rule: Rule, starts: [Int]) -> [Blocker] {
        let span = span(of: starts)
        switch rule {
        case .openingHours: return [Blocker(rule: rule, fact: opening)] + blockersWhileOpen
        case .chairInService, .chairFeatures, .chairFree:
            return [Blocker(rule: rule, span: span, fact: chairs(rule, starts))]
        case .attendantQualified, .attendantCapacity:
            return labels(rule, span, starts)
        case .attendantOnDuty:
            let missing = presences(span, starts)
            return missing.isEmpty ? labels(rule, span, starts) : missing
        case .patientAvailable: return [Blocker(rule: rule, span: span, fact: patient)]
        case .oneVisitADay: return [Blocker(rule: rule, span: span, fact: otherVisit)]
        case .leadTime: return [Blocker(rule: rule, span: span, fact: .leadTime(earliest: earliestStart))]
        case .courseEnd: return [Blocker(rule: rule, span: span, fact: .courseEnd(request.wish.endDay ?? day))]
        case .gap, .phaseWindow, .authorisation: return []
        }
    }

    /// What is found where several rules close the day: those that close it each by themselves. Where none does, the
    /// first two that leave no start together. Where no two do, all that leave less than the whole day.
    func blockersOfSeveral() -> [Blocker] {
        let all = everyStart
        let own = Rule.allCases.compactMap { rule in allowed(by: rule, all).map { (rule: rule, starts: $0) } }
        let alone = own.filter(\.starts.isEmpty).map(\.rule)
        if !alone.isEmpty {
            // Where the clinic is closed nobody need be there.
            let told = alone.contains(.openingHours) ? alone.filter { !$0.asksResources } : alone
            return told.flatMap { blockers($0, starts: all) }
        }
        let open = Set(allowed(by: .openingHours, all) ?? all)
        let limits = own.filter { !Set($0.starts).isSuperset(of: open) }
        for (index, first) in limits.enumerated() {
            for second in limits[(index + 1)...] where open.intersection(first.starts).isDisjoint(with: second.starts) {
                return [first, second].flatMap { limited($0.rule, $0.starts, among: open) }
            }
        }
        // Where each rule by itself leaves the whole day, whoever could fill each label cannot fill them together.
        if limits.isEmpty { return blockers(.attendantCapacity, starts: open.sorted()) }
        return limits.flatMap { limited($0.rule, $0.starts, among: open) }
    }

    /// The rules that close the day together: each that does by itself, but where that follows from another one of
    /// chairs or of persons; or else those that leave no start together.
    var several: Set<Rule> {
        let all = everyStart
        let alone = Rule.allCases.filter { allowed(by: $0, all)?.isEmpty ?? false }
        let chains: [[Rule]] = [
            [.chairFeatures, .chairInService, .chairFree], [.attendantQualified, .attendantOnDuty, .attendantCapacity],
        ]
        let following = Set(chains.flatMap { $0.filter(alone.contains).dropFirst() })
        let own = Set(alone).subtracting(following)
        return own.count > 1 ? own : own.union(blockersOfSeveral().map(\.rule))
    }

    /// What closes the hours in which the clinic is open, each rule by itself; empty where no visit fits into them.
    private var blockersWhileOpen: [Blocker] {
        let open = allowed(by: .openingHours, everyStart) ?? []
        if open.isEmpty { return [] }
        return Rule.allCases.filter { allowed(by: $0, open)?.isEmpty ?? false }.flatMap { blockers($0, starts: open) }
    }

    private func limited(_ rule: Rule, _ starts: [Int], among open: Set<Int>) -> [Blocker] {
        let leaves = runs(starts.filter(open.contains))
        return blockers(rule, starts: open.sorted()).map {
            var limited = $0
            limited.leaves = leaves
            return limited
        }
    }

    /// Starts in a row, as the day has them.
    private func runs(_ starts: [Int]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for start in starts {
            if let last = result.last, start - last.upperBound <= facility.startEveryMinutes {
                result[result.count - 1] = last.lowerBound...start
            } else {
                result.append(start...start)
            }
        }
        return result
    }

    private func span(of starts: [Int]) -> Interval? {
        guard let first = starts.min(), let last = starts.max() else { return nil }
        return Interval(first, last + length)
    }

    private var everyStart: [Int] {
        stride(from: 0, to: 1440, by: facility.startEveryMinutes)
            .flatMap { board.calendar.elapsed(showing: $0) }.sorted()
    }

    private var earliestStart: Int { now + (kind.isWalkIn ? 0 : facility.planning.leadTimeMinutes) }

    /// The roles of which nobody on duty has the attention that a label asks for at any of some starts.
    func rolesWithoutAttention(at starts: [Int]) -> Set<String> {
        let short = kind.labels.filter { need in
            !starts.contains { start in
                board.roster.onDuty.indices.contains { carries($0, need, .attendantCapacity, at: start) }
            }
        }
        return Set(short.map(\.attendant.role))
    }

    // MARK: What each rule allows by itself

    /// The starts that a rule allows by itself; nil for rules that are not asked of a day. Of chairs and persons each
    /// next rule is asked only about those whom the rules before leave.
    private func allowed(by rule: Rule, _ starts: [Int]) -> [Int]? {
        switch rule {
        case .openingHours: return starts.filter { board.opening.hold(stages($0)) }
        case .chairInService, .chairFeatures, .chairFree:
            return starts.filter { start in board.layout.chairIndex.values.contains { fits($0, rule, at: start) } }
        case .attendantQualified, .attendantOnDuty, .attendantCapacity:
            return starts.filter { start in
                (rule == .attendantQualified || kind.presences.allSatisfy { isPresent($0, at: start) })
                    && kind.labels.allSatisfy { need in
                        board.roster.onDuty.indices.contains { carries($0, need, rule, at: start) }
                    }
            }
        case .patientAvailable:
            if request.wish.blackoutDays.contains(day) { return [] }
            if request.wish.availability.isEmpty { return starts }
            let hours = windows(request.wish.availability, on: board.calendar)
            return starts.filter { hours.hold(stages($0)) }
        case .oneVisitADay: return board.bookings.contains { $0.patient == request.patient } ? [] : starts
        case .leadTime: return starts.filter { board.calendar.firstMinute + $0 >= earliestStart }
        case .courseEnd: return keepsCourseEnd(day, request) ? starts : []
        case .gap, .phaseWindow, .authorisation: return nil
        }
    }

    private func stages(_ start: Int) -> Interval { Interval(start, start + length) }

    private func fits(_ chair: Int, _ rule: Rule, at start: Int) -> Bool {
        let hold = Interval(start, start + kind.type.hold)
        guard kind.chairs.contains(chair) else { return false }
        if rule == .chairFeatures { return true }
        guard board.roster.inService[chair].hold(hold) else { return false }
        return rule == .chairInService || !holds(of: chair).contains { $0.overlaps(hold) }
    }

    private func holds(of chair: Int) -> [Interval] {
        board.bookings.filter { board.layout.chairIndex[$0.placement.chair] == chair }.map(\.holdInterval)
    }

    private func isPresent(_ need: LabelNeed, at start: Int) -> Bool {
        let there = presence(of: need, in: board.roster)
        return need.stages.allSatisfy { there.hold($0.interval.shifted(by: start)) }
    }

    private func carries(_ person: Int, _ need: LabelNeed, _ rule: Rule, at start: Int) -> Bool {
        guard need.qualifies(person, on: day) else { return false }
        if rule == .attendantQualified { return true }
        guard isThere(person, need, at: start) else { return false }
        return rule == .attendantOnDuty || hasAttention(person, need, at: start)
    }

    /// On duty as far as nobody else may watch, and at the first moment.
    private func isThere(_ person: Int, _ need: LabelNeed, at start: Int) -> Bool {
        let duty = board.roster.onDuty[person]
        guard let first = need.stages.first, duty.contains(where: { $0.contains(start + first.interval.from) }) else {
            return need.stages.isEmpty
        }
        return need.stages.allSatisfy { $0.handover || duty.hold($0.interval.shifted(by: start)) }
    }

    private func hasAttention(_ person: Int, _ need: LabelNeed, at start: Int) -> Bool {
        need.stages.allSatisfy { stage in
            let interval = stage.interval.shifted(by: start)
            let stored = board.loads[person].filter { $0.interval.overlaps(interval) }.map(\.load).max() ?? 0
            return stored + stage.load <= board.layout.capacities[person]
        }
    }

    // MARK: What is found

    private var opening: Blocker.Fact {
        let closures = facility.closures.filter { $0.from <= day && day <= $0.through }
        return .opening(board.opening, reason: closures.lazy.compactMap(\.reason).first, minutes: length)
    }

    private var patient: Blocker.Fact {
        .patient(
            isBlackout: request.wish.blackoutDays.contains(day),
            request.wish.availability.isEmpty ? [] : windows(request.wish.availability, on: board.calendar))
    }

    private var otherVisit: Blocker.Fact {
        guard let other = board.bookings.first(where: { $0.patient == request.patient }) else { return .past }
        return .otherVisit(other.id, other.visitInterval)
    }

    private func chairs(_ rule: Rule, _ starts: [Int]) -> Blocker.Fact {
        let wanted = kind.type.chairFeatures.union(request.extraFeatures(of: kind.type, in: facility))
        let hull =
            starts.isEmpty
            ? Interval(0, max(1, board.calendar.length))
            : Interval(starts[0], (starts.last ?? 0) + kind.type.hold)
        let findings = facility.chairs.indices.map { index in
            ChairFinding(
                chair: facility.chairs[index].id, lacks: wanted.subtracting(facility.chairs[index].features).sorted(),
                out: [hull].subtracting(board.roster.inService[index]), held: [hull].intersecting(holds(of: index)))
        }
        let own = findings.filter(\.lacks.isEmpty)
        return .chairs(features: wanted, rule == .chairFeatures || own.isEmpty ? findings : own)
    }

    /// The presences that nobody fills at some moment of every start.
    private func presences(_ span: Interval?, _ starts: [Int]) -> [Blocker] {
        kind.presences.compactMap { need in
            if starts.contains(where: { isPresent(need, at: $0) }) { return nil }
            let fact = Blocker.Fact.presence(
                label: need.attendant.label, role: need.attendant.role, presence(of: need, in: board.roster))
            return Blocker(rule: .attendantOnDuty, span: span, fact: fact)
        }
    }

    /// The labels that nobody can fill at any start, as far as the rule goes; all of them where each could be filled by
    /// somebody at some start.
    private func labels(_ rule: Rule, _ span: Interval?, _ starts: [Int]) -> [Blocker] {
        let short = kind.labels.filter { need in
            !starts.contains { start in
                board.roster.onDuty.indices.contains { carries($0, need, rule, at: start) }
            }
        }
        return (short.isEmpty ? kind.labels : short).map { need in
            let findings = facility.staff.indices.filter {
                facility.staff[$0].roles.contains(need.attendant.role)
            }.map { PersonFinding(person: facility.staff[$0].id, state: state(of: $0, need, starts, span)) }
            let fact = Blocker.Fact.attendants(
                label: need.attendant.label, role: need.attendant.role, load: need.stages.map(\.load).max() ?? 0,
                findings)
            return Blocker(rule: rule, span: span, fact: fact)
        }
    }
}

// MARK: What a person is doing

extension DaySurvey {
    private func state(of person: Int, _ need: LabelNeed, _ starts: [Int], _ span: Interval?) -> PersonFinding.State {
        guard need.qualifies(person, on: day) else { return .unqualified(missing(person, need.attendant)) }
        let asked = span ?? Interval(0, max(1, board.calendar.length))
        let duty = board.roster.onDuty[person]
        if !duty.contains(where: { $0.overlaps(asked) }) { return .absent(gaps(person, asked), whole: true) }
        let most = need.stages.map(\.load).max() ?? 0
        if most > board.layout.capacities[person] { return .limited(capacity: board.layout.capacities[person]) }
        let there = starts.filter { isWhollyThere(person, need, at: $0) }
        if there.contains(where: { hasAttention(person, need, at: $0) }) { return .free }
        if there.isEmpty { return .absent(gaps(person, asked), whole: false) }
        return work(of: person, in: asked)
    }

    private func isWhollyThere(_ person: Int, _ need: LabelNeed, at start: Int) -> Bool {
        need.stages.allSatisfy { board.roster.onDuty[person].hold($0.interval.shifted(by: start)) }
    }

    private func missing(_ person: Int, _ attendant: Attendant) -> [String: Day?] {
        var result: [String: Day?] = [:]
        for wanted in attendant.credentials {
            let held = facility.staff[person].credentials.filter { $0.name == wanted }
            if held.isEmpty {
                result[wanted] = .some(nil)
            } else if let last = held.map({ $0.until ?? day }).max(), last < day {
                result[wanted] = last
            }
        }
        return result
    }

    /// The stretches of a span in which a person is not on duty, each with its reason.
    private func gaps(_ person: Int, _ span: Interval) -> [PersonFinding.Gap] {
        let shifts = facility.staff[person].shifts.filter { $0.works(on: day) }
        let scheduled = shifts.map(\.hours).compactMap(board.calendar.interval(ofClock:)).merged()
        let breaks = shifts.flatMap(\.breaks).compactMap(board.calendar.interval(ofClock:)).merged()
        let off = calendar.timeOff.filter { $0.person == facility.staff[person].id }
            .map { $0.interval.shifted(by: -board.calendar.firstMinute) }.merged()
        let missing = [span].subtracting(board.roster.onDuty[person])
        return missing.flatMap { gap -> [PersonFinding.Gap] in
            let noShift = [gap].subtracting(scheduled).map { PersonFinding.Gap($0, .noShift) }
            let inShift = [gap].intersecting(scheduled)
            let away = inShift.intersecting(off).map { PersonFinding.Gap($0, .away) }
            let rest = inShift.subtracting(off).intersecting(breaks).map { PersonFinding.Gap($0, .breakTime) }
            return noShift + away + rest
        }.sorted { $0.interval.from < $1.interval.from }
    }

    /// How many patients a person starts in a span, and how many others they watch at a time.
    private func work(of person: Int, in span: Interval) -> PersonFinding.State {
        let id = facility.staff[person].id
        var starting = 0
        var watched: [Interval] = []
        for booking in board.bookings {
            let loads = carriedLoads(of: id, in: booking, onDuty: board.roster.onDuty[person])
                .filter { $0.load > 0 && $0.interval.overlaps(span) }
            if loads.isEmpty { continue }
            if loads.contains(where: { $0.load > 50 }) {
                starting += 1
            } else {
                watched += loads.map(\.interval).merged()
            }
        }
        let most = watched.map { moment in watched.count { $0.contains(moment.from) } }.max() ?? 0
        return .busy(starting: starting, watching: most)
    }
}

extension Rule {
    /// Whether the rule is about chairs or staff.
    fileprivate var asksResources: Bool {
        switch self {
        case .chairInService, .chairFeatures, .chairFree, .attendantQualified, .attendantOnDuty,
            .attendantCapacity:
            true
        case .openingHours, .gap, .phaseWindow, .patientAvailable, .oneVisitADay, .leadTime, .courseEnd,
            .authorisation:
            false
        }
    }
}
