import Planning
import StrictJSON

extension Facility {
    var payload: JSONValue {
        members(
            ("name", .string(name)), ("timeZone", .string(timeZone)), ("gridMinutes", .integer(gridMinutes)),
            ("startEveryMinutes", .integer(startEveryMinutes)),
            (
                "hours",
                .object(
                    JSONObject(
                        Weekday.allCases.compactMap { day in
                            hours[day].map { (day.name, .array($0.map { .string($0.clockWindow) })) }
                        }))
            ),
            ("openings", list(openings.map(\.payload))), ("closures", list(closures.map(\.payload))),
            ("chairs", list(chairs.map(\.payload))), ("staff", list(staff.map(\.payload))),
            ("visitTypes", list(visitTypes.map(\.payload))), ("regimens", list(regimens.map(\.payload))),
            ("planning", planning.payload))
    }

    init?(payload reader: JSONReader) {
        let read: Facility? = reader.object { fields in
            let hours = fields.map("hours") { key, reader in
                Weekday(name: key).flatMap { day in reader.array { $0.window() }.map { (day, $0) } }
            }
            guard let name = fields.string("name"), let zone = fields.string("timeZone"),
                let grid = fields.integer("gridMinutes"), let every = fields.integer("startEveryMinutes"),
                let hours, let planning = fields.value("planning", PlanningParameters.init(payload:))
            else { return nil }
            return Facility(
                name: name, timeZone: zone, gridMinutes: grid, startEveryMinutes: every,
                hours: Dictionary(hours.map(\.value)) { first, _ in first },
                openings: fields.array("openings", default: [], of: Opening.init(payload:)),
                closures: fields.array("closures", default: [], of: Closure.init(payload:)),
                chairs: fields.array("chairs", default: [], of: Chair.init(payload:)),
                staff: fields.array("staff", default: [], of: Person.init(payload:)),
                visitTypes: fields.array("visitTypes", default: [], of: VisitType.init(payload:)),
                regimens: fields.array("regimens", default: [], of: Regimen.init(payload:)), planning: planning)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Opening {
    var payload: JSONValue {
        members(("day", .string("\(day)")), ("hours", .string(hours.clockWindow)), ("reason", text(reason)))
    }

    init?(payload reader: JSONReader) {
        let read: Opening? = reader.object { fields in
            guard let day = fields.day("day"), let hours = fields.value("hours", { $0.window() }) else { return nil }
            return Opening(day: day, hours: hours, reason: fields.optionalText("reason"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Closure {
    var payload: JSONValue {
        members(
            ("from", .string("\(from)")), ("through", .string("\(through)")), ("hours", text(hours?.clockWindow)),
            ("reason", text(reason)))
    }

    init?(payload reader: JSONReader) {
        let read: Closure? = reader.object { fields in
            guard let from = fields.day("from"), let through = fields.day("through") else { return nil }
            return Closure(
                from: from, through: through, hours: fields.optional("hours") { $0.window() },
                reason: fields.optionalText("reason"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Chair {
    var payload: JSONValue { members(("id", .string(id.text)), ("features", words(features))) }

    init?(payload reader: JSONReader) {
        let read: Chair? = reader.object { fields in
            guard let id = fields.identifier("id", ChairID.self) else { return nil }
            return Chair(id: id, features: fields.words("features"))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Person {
    var payload: JSONValue {
        members(
            ("id", .string(id.text)), ("name", .string(name)), ("roles", words(roles)),
            ("capacityPercent", .integer(capacityPercent)),
            (
                "credentials",
                list(credentials.map { members(("name", .string($0.name)), ("until", text($0.until?.description))) })
            ), ("shifts", list(shifts.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: Person? = reader.object { fields in
            guard let id = fields.identifier("id", PersonID.self), let name = fields.string("name"),
                let capacity = fields.integer("capacityPercent")
            else { return nil }
            return Person(
                id: id, name: name, roles: fields.words("roles"), capacityPercent: capacity,
                credentials: fields.array("credentials", default: [], of: Credential.init(payload:)),
                shifts: fields.array("shifts", default: [], of: Shift.init(payload:)))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Credential {
    init?(payload reader: JSONReader) {
        let read: Credential? = reader.object { fields in
            fields.string("name").map { Credential(name: $0, until: fields.optionalDay("until")) }
        }
        guard let read else { return nil }
        self = read
    }
}

extension Shift {
    var payload: JSONValue {
        members(
            ("days", weekdays(days)), ("hours", .string(hours.clockWindow)),
            ("breaks", list(breaks.map { .string($0.clockWindow) })), ("from", text(from?.description)),
            ("through", text(through?.description)))
    }

    init?(payload reader: JSONReader) {
        let read: Shift? = reader.object { fields in
            guard let days = fields.array("days", of: { $0.weekday() }),
                let hours = fields.value("hours", { $0.window() })
            else { return nil }
            return Shift(
                days: Set(days), hours: hours, breaks: fields.array("breaks", default: []) { $0.window() },
                from: fields.optionalDay("from"), through: fields.optionalDay("through"))
        }
        guard let read else { return nil }
        self = read
    }
}

func weekdays(_ days: Set<Weekday>) -> JSONValue {
    .array(Weekday.allCases.filter(days.contains).map { .string($0.name) })
}

extension PlanningParameters {
    var payload: JSONValue {
        members(
            ("horizonDays", .integer(horizonDays)), ("leadTimeMinutes", .integer(leadTimeMinutes)),
            ("startWithinDays", .integer(startWithinDays)), ("firmDays", .integer(firmDays)),
            ("makeUpDays", .integer(makeUpDays)),
            (
                "weights",
                members(
                    ("start", .integer(weights.start)), ("gap", .integer(weights.gap)),
                    ("preference", .integer(weights.preference)), ("rhythm", .integer(weights.rhythm)),
                    ("continuity", .integer(weights.continuity)), ("site", .integer(weights.site)),
                    ("session", .integer(weights.session)), ("crowding", .integer(weights.crowding)),
                    ("idle", .integer(weights.idle)), ("workload", .integer(weights.workload)),
                    ("movedDay", .integer(weights.movedDay)), ("movedTime", .integer(weights.movedTime)))
            ))
    }

    init?(payload reader: JSONReader) {
        let read: PlanningParameters? = reader.object { fields in
            var read = PlanningParameters()
            read.horizonDays = fields.integer("horizonDays", default: read.horizonDays)
            read.leadTimeMinutes = fields.integer("leadTimeMinutes", default: read.leadTimeMinutes)
            read.startWithinDays = fields.integer("startWithinDays", default: read.startWithinDays)
            read.firmDays = fields.integer("firmDays", default: read.firmDays)
            read.makeUpDays = fields.integer("makeUpDays", default: read.makeUpDays)
            read.weights = fields.value("weights", default: read.weights, Weights.init(payload:))
            return read
        }
        guard let read else { return nil }
        self = read
    }
}

extension Weights {
    init?(payload reader: JSONReader) {
        let read: Weights? = reader.object { fields in
            var read = Weights()
            read.start = fields.integer("start", default: read.start)
            read.gap = fields.integer("gap", default: read.gap)
            read.preference = fields.integer("preference", default: read.preference)
            read.rhythm = fields.integer("rhythm", default: read.rhythm)
            read.continuity = fields.integer("continuity", default: read.continuity)
            read.site = fields.integer("site", default: read.site)
            read.session = fields.integer("session", default: read.session)
            read.crowding = fields.integer("crowding", default: read.crowding)
            read.idle = fields.integer("idle", default: read.idle)
            read.workload = fields.integer("workload", default: read.workload)
            read.movedDay = fields.integer("movedDay", default: read.movedDay)
            read.movedTime = fields.integer("movedTime", default: read.movedTime)
            return read
        }
        guard let read else { return nil }
        self = read
    }
}
