internal import Planning
internal import StrictJSON

extension ClinicJSON {
    static func encode(_ phase: Phase) -> JSONValue {
        let checks = phase.checks.map { check in
            object([("afterVisit", .integer(check.afterVisit)), ("measure", .string(check.measure))])
        }
        return object([
            ("name", .string(phase.name)), ("visit", .string(phase.visit.text)), ("count", encode(phase.count)),
            ("firstGap", phase.firstGap.map(encode)), ("gaps", list(phase.gaps.map { .integer($0) })),
            (
                "tolerance",
                object([("before", .integer(phase.toleranceBefore)), ("after", .integer(phase.toleranceAfter))])
            ),
            ("withinDays", phase.withinDays.map { .integer($0) }), ("alarmDays", phase.alarmDays.map { .integer($0) }),
            ("goal", phase.goal.map(encode)), ("rhythm", .bool(phase.rhythm)),
            ("confirm", .string(phase.confirm.rawValue)),
            ("opens", phase.gate.map(encode)), ("checks", list(checks)), ("stops", phase.stops.map(encode)),
            ("reviewEveryDays", phase.reviewEveryDays.map { .integer($0) }),
            ("endsAfterDays", phase.endsAfterDays.map { .integer($0) }),
            ("gapChanges", list(phase.gapChanges.map(encode))),
        ])
    }

    private static func encode(_ count: Phase.Count) -> JSONValue? {
        switch count {
        case .exactly(let count): .integer(count)
        case .between(let minimum, let maximum): object([("min", .integer(minimum)), ("max", .integer(maximum))])
        case .open: nil
        }
    }

    private static func encode(_ gap: Phase.FirstGap) -> JSONValue {
        object([("ideal", .integer(gap.ideal)), ("min", .integer(gap.minimum)), ("max", .integer(gap.maximum))])
    }

    private static func encode(_ goal: Phase.Goal) -> JSONValue {
        object([("days", .integer(goal.days)), ("spare", list(goal.spare.map { .integer($0) }))])
    }

    private static func encode(_ change: GapChange) -> JSONValue {
        object([
            ("from", day(change.from)), ("gaps", list(change.gaps.map { .integer($0) })),
            (
                "tolerance",
                object([("before", .integer(change.toleranceBefore)), ("after", .integer(change.toleranceAfter))])
            ),
        ])
    }

    private static func encode(_ stop: Stop) -> JSONValue {
        object([("measure", .string(stop.measure)), ("atMost", .integer(stop.atMost))])
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
