internal import ClinicTime
internal import Planning
internal import StrictJSON

extension ClinicJSON {
    static func clinic(_ facility: Facility) -> JSONValue {
        let hours = Weekday.allCases.map { weekday in
            (weekday.name, list((facility.hours[weekday] ?? []).map(window)))
        }
        return object([
            ("name", .string(facility.name)), ("timeZone", .string(facility.timeZone)),
            ("gridMinutes", .integer(facility.gridMinutes)),
            ("startEveryMinutes", .integer(facility.startEveryMinutes)), ("hours", object(hours)),
            ("openings", list(facility.openings.map(FileShape.opening.write))),
            ("closures", list(facility.closures.map(encode))),
        ])
    }

    private static func encode(_ closure: Closure) -> JSONValue {
        let days: [(String, JSONValue?)] =
            closure.from == closure.through
            ? [("day", day(closure.from))] : [("from", day(closure.from)), ("through", day(closure.through))]
        return object(days + [("hours", closure.hours.map(window)), ("reason", closure.reason.map { .string($0) })])
    }

    static func encode(_ chair: Chair) -> JSONValue {
        object([("id", .string(chair.id.text)), ("features", list(chair.features))])
    }

    static func encode(_ person: Person) -> JSONValue {
        object([
            ("id", .string(person.id.text)), ("name", text(person.name)), ("roles", list(person.roles)),
            ("capacityPercent", .integer(person.capacityPercent)),
            ("credentials", list(person.credentials.map(FileShape.credential.write))),
            ("shifts", list(person.shifts.map(FileShape.shift.write))),
        ])
    }

    static func encode(_ attendant: Attendant) -> JSONValue {
        object([
            ("label", .string(attendant.label)), ("role", .string(attendant.role)),
            ("credentials", list(attendant.credentials)), ("continuity", flag(attendant.continuity)),
            ("presence", flag(attendant.presence)),
        ])
    }

    /// A stage, its loads in the order of the attendants.
    static func encode(_ stage: Stage, order attendants: [Attendant]) -> JSONValue {
        let load = attendants.map { ($0.label, stage.load[$0.label].map { JSONValue.integer($0) }) }
        return object([
            ("name", .string(stage.name)), ("minutes", .integer(stage.minutes)), ("load", object(load)),
            ("handover", flag(stage.handover)),
        ])
    }

    static func window(_ window: Interval) -> JSONValue { .string(clockWindowText(window)) }
}
