import Clinic
import Planning
import StrictJSON

extension ConfigurationEvent {
    var payload: JSONValue {
        switch self {
        case .adopted(let adopted): adopted.payload
        }
    }

    init?(_ kind: Kind, payload reader: JSONReader) {
        let read: ConfigurationEvent? =
            switch kind {
            case .adopted: ConfigurationAdopted(payload: reader).map { .adopted($0) }
            }
        guard let read else { return nil }
        self = read
    }
}

extension ConfigurationAdopted {
    var payload: JSONValue {
        members(
            ("facility", configuration.facility.payload), ("notifications", configuration.notifications.payload),
            ("measures", list(configuration.measures.map(\.payload))),
            ("retiredChairs", list(retired.chairs.map(\.payload))),
            ("retiredStaff", list(retired.staff.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: ConfigurationAdopted? = reader.object { fields in
            guard let facility = fields.value("facility", Facility.init(payload:)),
                let notifications = fields.value("notifications", NotificationParameters.init(payload:))
            else { return nil }
            return ConfigurationAdopted(
                configuration: ClinicConfiguration(
                    facility: facility, notifications: notifications,
                    measures: fields.array("measures", default: [], of: Measure.init(payload:))),
                retired: Retired(
                    chairs: fields.array("retiredChairs", default: [], of: Chair.init(payload:)),
                    staff: fields.array("retiredStaff", default: [], of: Person.init(payload:))))
        }
        guard let read else { return nil }
        self = read
    }
}

extension Measure {
    var payload: JSONValue {
        members(
            ("id", .string(id)), ("min", .integer(scores.lowerBound)), ("max", .integer(scores.upperBound)))
    }

    init?(payload reader: JSONReader) {
        let read: Measure? = reader.object { fields in
            guard let id = fields.string("id"), let least = fields.integer("min"), let most = fields.integer("max"),
                least <= most
            else { return nil }
            return Measure(id, least...most)
        }
        guard let read else { return nil }
        self = read
    }
}

extension NotificationParameters {
    var payload: JSONValue {
        members(
            ("reminderHours", .array(reminderHours.map { .integer($0) })), ("escortHours", .integer(escortHours)),
            ("lateMinutes", .integer(lateMinutes)), ("overrunMinutes", .integer(overrunMinutes)),
            ("lateCancellationBusinessHours", .integer(lateCancellationBusinessHours)),
            ("authorisationDays", .integer(authorisationDays)), ("credentialDays", .integer(credentialDays)))
    }

    init?(payload reader: JSONReader) {
        let read: NotificationParameters? = reader.object { fields in
            var read = NotificationParameters()
            read.reminderHours = fields.array("reminderHours", default: read.reminderHours) { $0.integer() }
            read.escortHours = fields.integer("escortHours", default: read.escortHours)
            read.lateMinutes = fields.integer("lateMinutes", default: read.lateMinutes)
            read.overrunMinutes = fields.integer("overrunMinutes", default: read.overrunMinutes)
            read.lateCancellationBusinessHours = fields.integer(
                "lateCancellationBusinessHours", default: read.lateCancellationBusinessHours)
            read.authorisationDays = fields.integer("authorisationDays", default: read.authorisationDays)
            read.credentialDays = fields.integer("credentialDays", default: read.credentialDays)
            return read
        }
        guard let read else { return nil }
        self = read
    }
}
