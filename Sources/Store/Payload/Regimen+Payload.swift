import Planning
import StrictJSON

extension VisitType: Shaped {
    static let shape = Shape<VisitType>(
        VisitType.init,
        Field("id", \.id),
        Field("name", \.name),
        Field("chair", \.chairFeatures),
        Field("turnoverMinutes", \.turnoverMinutes),
        Field("attendants", \.attendants),
        Field("stages", \.stages),
        Field("fastingHours", \.fastingHours),
        Field("arrivalChecks", \.arrivalChecks),
        Field("escort", \.escort),
        Field("tasks", \.tasks))
}

extension FollowUp: Shaped {
    static let shape = Shape<FollowUp>(
        FollowUp.init,
        Field("name", \.name),
        Field("dueDays", \.dueDays))
}

extension Attendant: Shaped {
    static let shape = Shape<Attendant>(
        Attendant.init,
        Field("label", \.label),
        Field("role", \.role),
        Field("credentials", \.credentials),
        Field("continuity", \.continuity),
        Field("presence", \.presence))
}

extension Stage: Shaped {
    static let shape = Shape<Stage>(
        Stage.init,
        Field("name", \.name),
        Field("minutes", \.minutes),
        Field("load", \.load, loads.always),
        Field("handover", \.handover))

    private static let loads = Codec<[String: Int]>.keyed(Int.json, by: { $0 }, named: { $0 }, order: { $0 < $1 })
}

extension Regimen: Shaped {
    static let shape = Shape<Regimen>(
        Regimen.init,
        Field("id", \.id),
        Field("name", \.name),
        Field("source", \.source),
        Field("prerequisites", \.prerequisites),
        Field("phases", \.phases))
}

extension Prerequisite.Scope: JSONCoded {}

extension Prerequisite: Shaped {
    static let shape = Shape<Prerequisite>(
        Prerequisite.init,
        Field("name", \.name),
        Field("per", \.scope),
        Field("validDays", \.validDays))
}

extension Phase.Confirmation: JSONCoded {}

extension Phase.Yielding: JSONCoded {}

extension Phase: Shaped {
    static let shape = Shape<Phase>(
        {
            name, visit, count, firstGap, gaps, before, after, within, alarm, rhythm, confirm, gate, checks, stops,
            review, ends, changes, goal, yields in
            var phase = Phase(
                name: name, visit: visit, count: count, firstGap: firstGap, gaps: gaps, toleranceBefore: before,
                toleranceAfter: after, withinDays: within, alarmDays: alarm, rhythm: rhythm, confirm: confirm,
                gate: gate, checks: checks, stops: stops, reviewEveryDays: review, endsAfterDays: ends)
            phase.gapChanges = changes
            phase.goal = goal
            phase.yields = yields
            return phase
        },
        Field("name", \.name),
        Field("visit", \.visit),
        Field("count", \.count),
        Field("firstGap", \.firstGap),
        Field("gaps", \.gaps),
        Field("before", \.toleranceBefore),
        Field("after", \.toleranceAfter),
        Field("withinDays", \.withinDays),
        Field("alarmDays", \.alarmDays),
        Field("rhythm", \.rhythm, Bool.json.always),
        Field("confirm", \.confirm),
        Field("opens", \.gate),
        Field("checks", \.checks),
        Field("stops", \.stops),
        Field("reviewEveryDays", \.reviewEveryDays),
        Field("endsAfterDays", \.endsAfterDays),
        Field("gapChanges", \.gapChanges),
        Field("goal", \.goal),
        Field("yields", \.yields, Phase.Yielding.json.omitted(as: .untold)))
}

extension Phase.Goal: Shaped {
    static let shape = Shape<Phase.Goal>(Phase.Goal.init, Field("days", \.days), Field("spare", \.spare))
}

extension GapChange: Shaped {
    static let shape = Shape<GapChange>(
        GapChange.init,
        Field("from", \.from),
        Field("gaps", \.gaps),
        Field("before", \.toleranceBefore),
        Field("after", \.toleranceAfter))
}

extension Phase.Count: JSONCoded {
    private typealias Bounds = (minimum: Int, maximum: Int)

    /// A number, "open", or an object of both bounds.
    static let json = Codec<Phase.Count>(
        read: { reader in
            if let count = reader.value.integer { return .exactly(count) }
            if reader.value.string == "open" { return .open }
            return bounds.read(reader).map { .between(minimum: $0.minimum, maximum: $0.maximum) }
        },
        write: { count in
            switch count {
            case .exactly(let count): .integer(count)
            case .between(let minimum, let maximum): bounds.write((minimum, maximum))
            case .open: "open"
            }
        })

    private static let bounds = Shape<Bounds>({ ($0, $1) }, Field("min", { $0.minimum }), Field("max", { $0.maximum }))
}

extension Phase.FirstGap: Shaped {
    static let shape = Shape<Phase.FirstGap>(
        Phase.FirstGap.init,
        Field("ideal", \.ideal),
        Field("min", \.minimum),
        Field("max", \.maximum))
}

extension Gate: Shaped {
    static let shape = Shape<Gate>(
        Gate.init,
        Field(\.condition, inline: conditionShape),
        Field("dueDays", \.dueDays),
        Field(\.otherwise, inline: otherwiseShape))

    private static let conditionShape = Shape<Condition>(
        { question, measure, percent, score in
            switch (question, measure, percent, score) {
            case (let question?, nil, nil, nil): .decision(question)
            case (nil, let measure?, let percent?, nil): .reductionPercent(measure: measure, percent: percent)
            case (nil, let measure?, nil, let score?): .atMost(measure: measure, score: score)
            default: nil
            }
        },
        Field("decision", \.question),
        Field("measure", \.measure),
        Field("reductionPercent", \.percent),
        Field("atMost", \.score))

    private static let otherwiseShape = Shape<Otherwise>(
        { name, visits in
            switch (name, visits) {
            case ("hold", nil): .hold
            case ("extend", let visits?): .extend(visits: visits)
            case ("cease", nil): .cease
            default: nil
            }
        },
        Field("otherwise", \.name),
        Field("visits", \.visits))
}

extension Gate.Condition {
    fileprivate var question: String? {
        if case .decision(let question) = self { question } else { nil }
    }

    fileprivate var measure: String? {
        switch self {
        case .decision: nil
        case .reductionPercent(let measure, _), .atMost(let measure, _): measure
        }
    }

    fileprivate var percent: Int? {
        if case .reductionPercent(_, let percent) = self { percent } else { nil }
    }

    fileprivate var score: Int? {
        if case .atMost(_, let score) = self { score } else { nil }
    }
}

extension Gate.Otherwise {
    fileprivate var name: String {
        switch self {
        case .hold: "hold"
        case .extend: "extend"
        case .cease: "cease"
        }
    }

    fileprivate var visits: Int? {
        if case .extend(let visits) = self { visits } else { nil }
    }
}

extension Check: Shaped {
    static let shape = Shape<Check>(
        Check.init,
        Field("afterVisit", \.afterVisit),
        Field("measure", \.measure))
}

extension Stop: Shaped {
    static let shape = Shape<Stop>(
        Stop.init,
        Field("measure", \.measure),
        Field("atMost", \.atMost))
}
