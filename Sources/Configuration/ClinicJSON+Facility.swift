internal import ClinicTime
internal import Planning
internal import StrictJSON

extension ClinicJSON {
    static func clinic(_ facility: Facility) -> JSONValue {
        let hours = Weekday.allCases.map { weekday in
            (weekday.name, list((facility.hours[weekday] ?? []).map(window)))
        }
        let openings = facility.openings.map { opening in
            object([
                ("day", day(opening.day)), ("hours", window(opening.hours)),
                ("reason", opening.reason.map { .string($0) }),
            ])
        }
        return object([
            ("name", .string(facility.name)), ("timeZone", .string(facility.timeZone)),
            ("gridMinutes", .integer(facility.gridMinutes)),
            ("startEveryMinutes", .integer(facility.startEveryMinutes)), ("hours", object(hours)),
            ("openings", list(openings)), ("closures", list(facility.closures.map(encode))),
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
        let credentials = person.credentials.map { credential in
            object([("name", .string(credential.name)), ("until", credential.until.map(day))])
        }
        return object([
            ("id", .string(person.id.text)), ("name", text(person.name)), ("roles", list(person.roles)),
            ("capacityPercent", .integer(person.capacityPercent)), ("credentials", list(credentials)),
            ("shifts", list(person.shifts.map(encode))),
        ])
    }

    private static func encode(_ shift: Shift) -> JSONValue {
        object([
            ("days", weekdays(shift.days)), ("hours", window(shift.hours)), ("breaks", list(shift.breaks.map(window))),
            ("from", shift.from.map(day)), ("through", shift.through.map(day)),
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
