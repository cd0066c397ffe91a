internal import Planning
internal import StrictJSON

/// How a phase is read at its place in the regimen.
struct PhaseReading {
    /// Where the phase stands among the others.
    struct Place {
        var isFirst: Bool
        var isLast: Bool
    }

    let visitTypes: DeclaredNames?
    let place: Place

    func phase(_ reader: JSONReader) -> Phase? {
        reader.object { fields in
            let name = fields.value("name") { $0.name() }
            let visit: VisitTypeID? = fields.value("visit") { visitTypes?.reference($0) ?? $0.id(unless: visitTypes) }
            let count = fields.has("count") ? fields.value("count", count) : .open
            let gaps = fields.array("gaps", default: []) { $0.integer(1...366) }
            let tolerance = fields.value("tolerance", default: (before: 0, after: 0), FileShape.tolerance.read)
            guard let name, let visit, let count else {
                _ = limits(fields, into: Phase(name: "", visit: "", count: count ?? .open))
                return nil
            }
            var phase = Phase(
                name: name, visit: visit, count: count, gaps: gaps, toleranceBefore: tolerance.before,
                toleranceAfter: tolerance.after)
            phase = limits(fields, into: phase)
            checkShape(of: phase, at: fields)
            return phase
        }
    }

    private func limits(_ fields: JSONFields, into phase: Phase) -> Phase {
        var phase = phase
        phase.firstGap = fields.optional("firstGap", FileShape.firstGap.read)
        phase.withinDays = fields.optional("withinDays") { $0.integer(0...3660) }
        phase.alarmDays = fields.optional("alarmDays") { $0.integer(0...3660) }
        phase.goal = fields.optional("goal", goal)
        phase.yields = fields.choice("yields", default: .untold)
        phase.rhythm = fields.bool("rhythm", default: true)
        phase.confirm = fields.choice("confirm", default: .call)
        phase.gate = fields.optional("opens", GateReading.gate)
        phase.checks = fields.array("checks", default: [], of: FileShape.check(of: phase.count.most ?? 500).read)
        phase.stops = fields.optional("stops", FileShape.stop.read)
        phase.reviewEveryDays = fields.optional("reviewEveryDays") { $0.integer(1...3660) }
        phase.endsAfterDays = fields.optional("endsAfterDays") { $0.integer(0...3660) }
        // Only what a course follows has changed on a day.
        if visitTypes == nil {
            phase.gapChanges = fields.array("gapChanges", default: [], of: FileShape.gapChange.read)
        }
        return phase
    }

    private func count(_ reader: JSONReader) -> Phase.Count? {
        if reader.value.integer != nil { return reader.integer(1...500).map { .exactly($0) } }
        guard reader.value.object != nil else {
            return reader.mismatch(expected: #"a whole number from 1 to 500 or {"min": …, "max": …}"#)
        }
        return reader.object { fields in
            let least = fields.integer("min", 1...500)
            let most = fields.integer("max", 1...500)
            guard let least, let most else { return nil }
            if most < least { fields.problem("max", "\(most) is less than min (\(least))") }
            return .between(minimum: least, maximum: most)
        }
    }

    private func goal(_ reader: JSONReader) -> Phase.Goal? {
        reader.object { fields in
            let days = fields.integer("days", 0...3660)
            let spare = fields.array("spare", default: []) { $0.integer(0...10_000) }
            if spare.count > 366 { fields.problem("spare", "\(spare.count) prices (at most 366)") }
            guard let days else { return nil }
            return Phase.Goal(days: days, spare: spare)
        }
    }

    /// What docs/contract/planning.md section 2 asks of a phase beyond its single values.
    private func checkShape(of phase: Phase, at fields: JSONFields) {
        if place.isFirst, phase.firstGap != nil {
            fields.problem(
                "firstGap", "the first phase has no phase before it", hint: "startWithinDays limits its start")
        }
        let needsGaps = phase.count.most != 1 || !(place.isFirst || phase.firstGap != nil)
        if needsGaps, phase.gaps.isEmpty, fields.raw("gaps")?.array?.isEmpty ?? true {
            fields.problem(
                "gaps", "the days between its visits are missing",
                hint: "a phase of one visit needs no gaps where it comes first or has firstGap")
        }
        for (change, next) in zip(phase.gapChanges, phase.gapChanges.dropFirst()) where next.from <= change.from {
            fields.problem("gapChanges", "\(next.from) does not come after \(change.from)")
        }
        if phase.count == .open {
            if !place.isLast {
                fields.problem("count", "only the last phase may be open-ended", hint: "a number, or min and max")
            } else if phase.reviewEveryDays == nil, phase.endsAfterDays == nil {
                fields.reader.problem("an open-ended phase needs reviewEveryDays or endsAfterDays")
            }
        } else if phase.endsAfterDays != nil {
            fields.problem("endsAfterDays", "only an open-ended phase ends after days")
        }
        if let goal = phase.goal { check(goal, of: phase, at: fields) }
        if phase.goal != nil, fields.has("yields") {
            fields.problem("yields", "a phase with a goal yields to none", hint: "leave it out")
        }
        if let gate = phase.gate { check(gate, of: phase, at: fields) }
    }

    private func check(_ goal: Phase.Goal, of phase: Phase, at fields: JSONFields) {
        switch phase.count {
        case .exactly: break
        case .between, .open:
            fields.problem("goal", "only a phase of a fixed count has a goal", hint: "count as a whole number")
        }
        if let within = phase.withinDays, goal.days > within {
            fields.problem("goal", "days \(goal.days) is more than withinDays (\(within))")
        }
    }

    private func check(_ gate: Gate, of phase: Phase, at fields: JSONFields) {
        guard !place.isFirst else {
            fields.problem("opens", "the first phase has no phase before it that a gate could follow")
            return
        }
        guard let earliest = phase.firstGap?.minimum ?? phase.gaps.first.map({ max(1, $0 - phase.toleranceBefore) })
        else { return }
        if gate.dueDays >= earliest {
            fields.problem(
                "opens", "dueDays \(gate.dueDays) is not before the phase's earliest day (at most \(earliest - 1))")
        }
    }
}

/// How a gate is read.
enum GateReading {
    private enum Otherwise: String, CaseIterable { case hold, extend, cease }

    static func gate(_ reader: JSONReader) -> Gate? {
        reader.object { fields in
            let condition = condition(fields)
            let due = fields.integer("dueDays", 0...366)
            let otherwise = fields.choice("otherwise", of: Otherwise.self)
            let visits = fields.optional("visits") { $0.integer(1...500) }
            if otherwise == .extend, !fields.has("visits") {
                fields.problem("visits", #"otherwise "extend" needs a number of visits"#)
            }
            if let otherwise, otherwise != .extend, fields.has("visits") {
                fields.problem("visits", #"only otherwise "extend" has visits"#)
            }
            guard let condition, let due, let otherwise else { return nil }
            let consequence: Gate.Otherwise =
                switch otherwise {
                case .hold: .hold
                case .extend: .extend(visits: visits ?? 1)
                case .cease: .cease
                }
            return Gate(condition: condition, dueDays: due, otherwise: consequence)
        }
    }

    private static func condition(_ fields: JSONFields) -> Gate.Condition? {
        let named = ["decision", "reductionPercent", "atMost"].filter { fields.has($0) }
        guard named.count == 1 else {
            fields.reader.problem(
                named.isEmpty ? "what opens the gate is missing" : "a gate has one of \(named.joined(separator: ", "))",
                hint: "a decision, or a measure with reductionPercent or atMost")
            fields.ignore("measure")
            return nil
        }
        if named == ["decision"] {
            if fields.has("measure") { fields.problem("measure", "a decision has no measure") }
            return fields.value("decision") { $0.name() }.map { .decision($0) }
        }
        let measure = fields.value("measure") { $0.name() }
        if named == ["atMost"] {
            let score = fields.integer("atMost", 0...10_000)
            guard let measure, let score else { return nil }
            return .atMost(measure: measure, score: score)
        }
        let percent = fields.integer("reductionPercent", 1...100)
        guard let measure, let percent else { return nil }
        return .reductionPercent(measure: measure, percent: percent)
    }
}

extension Phase.Count {
    /// The largest number of visits; nil where there is no end.
    var most: Int? {
        switch self {
        case .exactly(let count): count
        case .between(_, let maximum): maximum
        case .open: nil
        }
    }
}

extension JSONReader {
    /// Any id where no list of declared ones limits it.
    fileprivate func id<Thing>(unless names: DeclaredNames?) -> Identifier<Thing>? { names == nil ? id() : nil }
}
