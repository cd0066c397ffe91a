package import Clinic
package import Planning
package import StrictJSON

/// The JSON shapes of planning's values, as configuration, problem and export files have them
/// (docs/contract/formats.md).
///
/// Writing gives keys in a fixed order and sets sorted; figures with a default are always written, absent values, empty
/// lists and unset flags never. What is written is read back as the same value.
package enum ClinicJSON {
    /// A configuration as its file has it, without `access` and `daemon`.
    package static func encode(_ configuration: ClinicConfiguration) -> JSONValue {
        object(
            sections(configuration.facility) + [
                ("notifications", encode(configuration.notifications)),
                ("measures", list(configuration.measures.map(encode))),
            ])
    }

    /// Reads a configuration without `access` and `daemon`. The name of its time zone is taken as it is, so that what
    /// was recorded once is read back on every machine.
    package static func configuration(_ reader: JSONReader) -> ClinicConfiguration? {
        reader.object { fields in
            let facility = FacilitySections(zones: nil).read(fields)
            let notifications = fields.value("notifications", default: NotificationParameters(), readNotifications)
            let measures = readMeasures(fields)
            return facility.map {
                ClinicConfiguration(facility: $0, notifications: notifications, measures: measures)
            }
        }
    }

    /// A facility as the sections `clinic`, `chairs`, `staff`, `visitTypes`, `regimens` and `planning`.
    package static func encode(_ facility: Facility) -> JSONValue { object(sections(facility)) }

    /// Reads an object of the sections `clinic` to `planning`. The name of its time zone is taken as it is.
    package static func facility(_ reader: JSONReader) -> Facility? {
        reader.object { FacilitySections(zones: nil).read($0) }
    }

    static func sections(_ facility: Facility) -> [(String, JSONValue?)] {
        [
            ("clinic", clinic(facility)),
            ("chairs", .array(facility.chairs.map(encode))),
            ("staff", .array(facility.staff.map(encode))),
            ("visitTypes", .array(facility.visitTypes.map(encode))),
            ("regimens", .array(facility.regimens.map(encode))),
            ("planning", encode(facility.planning)),
        ]
    }

    /// A measure with the scores that it can have.
    package static func encode(_ measure: Measure) -> JSONValue {
        object([
            ("id", .string(measure.id)), ("min", .integer(measure.scores.lowerBound)),
            ("max", .integer(measure.scores.upperBound)),
        ])
    }

    /// When people are told what, each figure with its value.
    package static func encode(_ notifications: NotificationParameters) -> JSONValue {
        object([
            ("reminderHours", .array(notifications.reminderHours.map { .integer($0) })),
            ("escortHours", .integer(notifications.escortHours)), ("lateMinutes", .integer(notifications.lateMinutes)),
            ("overrunMinutes", .integer(notifications.overrunMinutes)),
            ("lateCancellationBusinessHours", .integer(notifications.lateCancellationBusinessHours)),
            ("authorisationDays", .integer(notifications.authorisationDays)),
            ("credentialDays", .integer(notifications.credentialDays)),
        ])
    }

    /// A visit type as files have it.
    package static func encode(_ type: VisitType) -> JSONValue {
        object([
            ("id", .string(type.id.text)), ("name", text(type.name)), ("chair", list(type.chairFeatures)),
            ("turnoverMinutes", .integer(type.turnoverMinutes)), ("attendants", list(type.attendants.map(encode))),
            ("stages", .array(type.stages.map { encode($0, order: type.attendants) })),
            ("fastingHours", type.fastingHours.map { .integer($0) }),
            ("arrivalChecks", list(type.arrivalChecks.map { .string($0) })), ("escort", flag(type.escort)),
            (
                "tasks",
                list(type.tasks.map { object([("name", .string($0.name)), ("dueDays", .integer($0.dueDays))]) })
            ),
        ])
    }

    /// Reads a visit type whose durations are multiples of `gridMinutes`.
    package static func visitType(_ reader: JSONReader, gridMinutes: Int = 1) -> VisitType? {
        VisitTypeReading(grid: gridMinutes).visitType(reader) { $0.id() }
    }

    /// A regimen as files have it.
    package static func encode(_ regimen: Regimen) -> JSONValue {
        let prerequisites = regimen.prerequisites.map { prerequisite in
            object([
                ("name", .string(prerequisite.name)), ("per", .string(prerequisite.scope.rawValue)),
                ("validDays", prerequisite.validDays.map { .integer($0) }),
            ])
        }
        return object([
            ("id", .string(regimen.id.text)), ("name", text(regimen.name)), ("source", text(regimen.source)),
            ("prerequisites", list(prerequisites)), ("phases", .array(regimen.phases.map(encode))),
        ])
    }

    /// Reads a regimen; its phases may name any visit types.
    package static func regimen(_ reader: JSONReader) -> Regimen? {
        RegimenReading(visitTypes: nil).regimen(reader) { $0.id() }
    }

    /// Horizons, limits and weights, each with its value.
    package static func encode(_ planning: PlanningParameters) -> JSONValue {
        object([
            ("horizonDays", .integer(planning.horizonDays)), ("leadTimeMinutes", .integer(planning.leadTimeMinutes)),
            ("startWithinDays", .integer(planning.startWithinDays)), ("firmDays", .integer(planning.firmDays)),
            ("makeUpDays", .integer(planning.makeUpDays)), ("seeksGoals", .string(planning.seeksGoals.rawValue)),
            ("weights", object(weightKeys.map { ($0.key, .integer(planning.weights[keyPath: $0.path])) })),
        ])
    }
}

extension ClinicJSON {
    /// An object of the members that have a value, in order.
    static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(JSONObject(members.compactMap { key, value in value.map { (key, $0) } }))
    }

    /// Names in order; nil where there are none.
    static func list(_ names: Set<String>) -> JSONValue? { list(names.sorted().map { .string($0) }) }

    /// Values in order; nil where there are none.
    static func list(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? nil : .array(values) }

    /// A flag; nil where it is not set.
    static func flag(_ flag: Bool) -> JSONValue? { flag ? true : nil }

    /// A text; nil where it is empty.
    static func text(_ text: String) -> JSONValue? { text.isEmpty ? nil : .string(text) }

    /// A day as ISO 8601 writes it.
    static func day(_ day: Day) -> JSONValue { .string(day.description) }

    /// Weekdays by their short names, Monday first.
    static func weekdays(_ days: Set<Weekday>) -> JSONValue {
        .array(Weekday.allCases.filter(days.contains).map { .string($0.name) })
    }
}
