internal import Planning
internal import StrictJSON

extension ClinicJSON {
    static func encode(_ phase: Phase) -> JSONValue {
        object([
            ("name", .string(phase.name)), ("visit", .string(phase.visit.text)), ("count", encode(phase.count)),
            ("firstGap", phase.firstGap.map(FileShape.firstGap.write)), ("gaps", list(phase.gaps.map { .integer($0) })),
            ("tolerance", FileShape.tolerance.write((phase.toleranceBefore, phase.toleranceAfter))),
            ("withinDays", phase.withinDays.map { .integer($0) }), ("alarmDays", phase.alarmDays.map { .integer($0) }),
            ("goal", phase.goal.map(encode)),
            ("yields", phase.goal == nil && phase.yields != .untold ? .string(phase.yields.rawValue) : nil),
            ("rhythm", .bool(phase.rhythm)), ("confirm", .string(phase.confirm.rawValue)),
            ("opens", phase.gate.map(encode)), ("checks", list(phase.checks.map(FileShape.check().write))),
            ("stops", phase.stops.map(FileShape.stop.write)),
            ("reviewEveryDays", phase.reviewEveryDays.map { .integer($0) }),
            ("endsAfterDays", phase.endsAfterDays.map { .integer($0) }),
            ("gapChanges", list(phase.gapChanges.map(FileShape.gapChange.write))),
        ])
    }

    private static func encode(_ count: Phase.Count) -> JSONValue? {
        switch count {
        case .exactly(let count): .integer(count)
        case .between(let minimum, let maximum): object([("min", .integer(minimum)), ("max", .integer(maximum))])
        case .open: nil
        }
    }

    private static func encode(_ goal: Phase.Goal) -> JSONValue {
        object([("days", .integer(goal.days)), ("spare", list(goal.spare.map { .integer($0) }))])
    }

    private static func encode(_ gate: Gate) -> JSONValue {
        var members: [(String, JSONValue?)] =
            switch gate.condition {
            case .decision(let question): [("decision", .string(question))]
            case .reductionPercent(let measure, let percent):
                [("measure", .string(measure)), ("reductionPercent", .integer(percent))]
            case .atMost(let measure, let score): [("measure", .string(measure)), ("atMost", .integer(score))]
            }
        members.append(("dueDays", .integer(gate.dueDays)))
        switch gate.otherwise {
        case .hold: members.append(("otherwise", "hold"))
        case .extend(let visits): members += [("otherwise", "extend"), ("visits", .integer(visits))]
        case .cease: members.append(("otherwise", "cease"))
        }
        return object(members)
    }
}
