import Planning
import StrictJSON

extension VisitType {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("name", .string(name)), ("chair", words(chairFeatures)),
            ("turnoverMinutes", .integer(turnoverMinutes)), ("attendants", list(attendants.map(\.payload))),
            ("stages", list(stages.map(\.payload))), ("fastingHours", number(fastingHours)),
            ("arrivalChecks", list(arrivalChecks.map { .string($0) })), ("escort", flag(escort)),
            (
                "tasks",
                list(tasks.map { members(("name", .string($0.name)), ("dueDays", .integer($0.dueDays))) })
            ))
    }

    init?(payload reader: JSONReader) {
        let read: VisitType? = reader.object { fields in
            guard let id = fields.identifier("id", VisitTypeID.self), let name = fields.string("name"),
                let turnover = fields.integer("turnoverMinutes")
            else { return nil }
            return VisitType(
                id: id, name: name, chairFeatures: fields.words("chair"), turnoverMinutes: turnover,
                attendants: fields.array("attendants", default: [], of: Attendant.init(payload:)),
                stages: fields.array("stages", default: [], of: Stage.init(payload:)),
                fastingHours: fields.optionalCount("fastingHours"),
                arrivalChecks: fields.array("arrivalChecks", default: []) { $0.string() },
                escort: fields.flag("escort"),
                tasks: fields.array("tasks", default: [], of: FollowUp.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension FollowUp {
    init?(payload reader: JSONReader) {
        let read: FollowUp? = reader.object { fields in
            guard let name = fields.string("name"), let due = fields.integer("dueDays") else { return nil }
            return FollowUp(name: name, dueDays: due)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Attendant {
    var payload: JSONValue {
        members(
            ("label", .string(label)), ("role", .string(role)), ("credentials", words(credentials)),
            ("continuity", flag(continuity)), ("presence", flag(presence)))
    }

    init?(payload reader: JSONReader) {
        let read: Attendant? = reader.object { fields in
            guard let label = fields.string("label"), let role = fields.string("role") else { return nil }
            return Attendant(
                label: label, role: role, credentials: fields.words("credentials"),
                continuity: fields.flag("continuity"), presence: fields.flag("presence"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Stage {
    var payload: JSONValue {
        let loads = load.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.integer($0.value)) }
        return members(
            ("name", .string(name)), ("minutes", .integer(minutes)), ("load", .object(JSONObject(loads))),
            ("handover", flag(handover)))
    }

    init?(payload reader: JSONReader) {
        let read: Stage? = reader.object { fields in
            guard let name = fields.string("name"), let minutes = fields.integer("minutes"),
                let load = fields.map("load", of: { _, reader in reader.integer() })
            else { return nil }
            return Stage(
                name: name, minutes: minutes,
                load: Dictionary(load.map { ($0.key, $0.value) }) { first, _ in first },
                handover: fields.flag("handover"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Regimen {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("name", .string(name)), ("source", .string(source)),
            ("prerequisites", list(prerequisites.map(\.payload))), ("phases", list(phases.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: Regimen? = reader.object { fields in
            guard let id = fields.identifier("id", RegimenID.self), let name = fields.string("name"),
                let source = fields.string("source")
            else { return nil }
            return Regimen(
                id: id, name: name, source: source,
                prerequisites: fields.array("prerequisites", default: [], of: Prerequisite.init(payload:)),
                phases: fields.array("phases", default: [], of: Phase.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Prerequisite {
    var payload: JSONValue {
        members(("name", .string(name)), ("per", .string(scope.rawValue)), ("validDays", number(validDays)))
    }

    init?(payload reader: JSONReader) {
        let read: Prerequisite? = reader.object { fields in
            guard let name = fields.string("name"), let scope = fields.choice("per", of: Scope.self) else { return nil }
            return Prerequisite(name: name, scope: scope, validDays: fields.optionalCount("validDays"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Phase {
    var payload: JSONValue {
        members(
            ("name", .string(name)), ("visit", .string(visit.text)), ("count", count.payload),
            (
                "firstGap",
                firstGap.map {
                    members(("ideal", .integer($0.ideal)), ("min", .integer($0.minimum)), ("max", .integer($0.maximum)))
                }
            ), ("gaps", list(gaps.map { .integer($0) })), ("before", .integer(toleranceBefore)),
            ("after", .integer(toleranceAfter)), ("withinDays", number(withinDays)),
            ("alarmDays", number(alarmDays)), ("rhythm", .bool(rhythm)), ("confirm", .string(confirm.rawValue)),
            ("opens", gate?.payload),
            (
                "checks",
                list(
                    checks.map {
                        members(("afterVisit", .integer($0.afterVisit)), ("measure", .string($0.measure)))
                    })
            ),
            (
                "stops",
                stops.map { members(("measure", .string($0.measure)), ("atMost", .integer($0.atMost))) }
            ), ("reviewEveryDays", number(reviewEveryDays)), ("endsAfterDays", number(endsAfterDays)),
            ("gapChanges", list(gapChanges.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: Phase? = reader.object { fields in
            guard let name = fields.string("name"), let visit = fields.identifier("visit", VisitTypeID.self),
                let count = fields.value("count", Count.init(payload:)), let before = fields.integer("before"),
                let after = fields.integer("after"), let rhythm = fields.bool("rhythm"),
                let confirm = fields.choice("confirm", of: Confirmation.self)
            else { return nil }
            var phase = Phase(
                name: name, visit: visit, count: count,
                firstGap: fields.optional("firstGap", FirstGap.init(payload:)),
                gaps: fields.array("gaps", default: []) { $0.integer() }, toleranceBefore: before,
                toleranceAfter: after, withinDays: fields.optionalCount("withinDays"),
                alarmDays: fields.optionalCount("alarmDays"), rhythm: rhythm, confirm: confirm,
                gate: fields.optional("opens", Gate.init(payload:)),
                checks: fields.array("checks", default: [], of: Check.init(payload:)),
                stops: fields.optional("stops", Stop.init(payload:)),
                reviewEveryDays: fields.optionalCount("reviewEveryDays"),
                endsAfterDays: fields.optionalCount("endsAfterDays"))
            phase.gapChanges = fields.array("gapChanges", default: [], of: GapChange.init(payload:))
            return phase
        }
        guard let read else { return nil }
        self = read
    }
}

extension GapChange {
    var payload: JSONValue {
        members(
            ("from", .string("\(from)")), ("gaps", list(gaps.map { .integer($0) })),
            ("before", .integer(toleranceBefore)), ("after", .integer(toleranceAfter)))
    }

    init?(payload reader: JSONReader) {
        let read: GapChange? = reader.object { fields in
            guard let from = fields.day("from"), let before = fields.integer("before"),
                let after = fields.integer("after")
            else { return nil }
            return GapChange(
                from: from, gaps: fields.array("gaps", default: []) { $0.integer() }, toleranceBefore: before,
                toleranceAfter: after)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Phase.Count {
    var payload: JSONValue {
        switch self {
        case .exactly(let count): .integer(count)
        case .between(let minimum, let maximum): members(("min", .integer(minimum)), ("max", .integer(maximum)))
        case .open: "open"
        }
    }

    init?(payload reader: JSONReader) {
        if let count = reader.value.integer {
            self = .exactly(count)
        } else if reader.value.string == "open" {
            self = .open
        } else {
            let read: Phase.Count? = reader.object { fields in
                guard let minimum = fields.integer("min"), let maximum = fields.integer("max") else { return nil }
                return .between(minimum: minimum, maximum: maximum)
            }
            guard let read else { return nil }
            self = read
        }
    }
}

extension Phase.FirstGap {
    init?(payload reader: JSONReader) {
        let read: Phase.FirstGap? = reader.object { fields in
            guard let ideal = fields.integer("ideal"), let minimum = fields.integer("min"),
                let maximum = fields.integer("max")
            else { return nil }
            return Phase.FirstGap(ideal: ideal, minimum: minimum, maximum: maximum)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Gate {
    var payload: JSONValue {
        let condition: [(String, JSONValue?)] =
            switch condition {
            case .decision(let question): [("decision", .string(question))]
            case .reductionPercent(let measure, let percent):
                [("measure", .string(measure)), ("reductionPercent", .integer(percent))]
            case .atMost(let measure, let score): [("measure", .string(measure)), ("atMost", .integer(score))]
            }
        let outcome: [(String, JSONValue?)] =
            switch otherwise {
            case .hold: [("otherwise", "hold")]
            case .extend(let visits): [("otherwise", "extend"), ("visits", .integer(visits))]
            case .cease: [("otherwise", "cease")]
            }
        let pairs = condition + [("dueDays", .integer(dueDays))] + outcome
        return .object(JSONObject(pairs.compactMap { key, value in value.map { (key, $0) } }))
    }

    init?(payload reader: JSONReader) {
        let read: Gate? = reader.object { fields in
            guard let due = fields.integer("dueDays"), let otherwise = Gate.otherwise(fields),
                let condition = Gate.condition(fields)
            else { return nil }
            return Gate(condition: condition, dueDays: due, otherwise: otherwise)
        }
        guard let read else { return nil }
        self = read
    }

    private static func condition(_ fields: JSONFields) -> Condition? {
        if let question = fields.optionalText("decision") { return .decision(question) }
        guard let measure = fields.string("measure") else { return nil }
        if let percent = fields.optionalCount("reductionPercent") {
            return .reductionPercent(measure: measure, percent: percent)
        }
        return fields.integer("atMost").map { .atMost(measure: measure, score: $0) }
    }

    private static func otherwise(_ fields: JSONFields) -> Otherwise? {
        switch fields.string("otherwise") {
        case "hold": .hold
        case "extend": fields.integer("visits").map { .extend(visits: $0) }
        case "cease": .cease
        default: nil
        }
    }
}

extension Check {
    init?(payload reader: JSONReader) {
        let read: Check? = reader.object { fields in
            guard let after = fields.integer("afterVisit"), let measure = fields.string("measure") else { return nil }
            return Check(afterVisit: after, measure: measure)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Stop {
    init?(payload reader: JSONReader) {
        let read: Stop? = reader.object { fields in
            guard let measure = fields.string("measure"), let most = fields.integer("atMost") else { return nil }
            return Stop(measure: measure, atMost: most)
        }
        guard let read else { return nil }
        self = read
    }
}
