import Clinic
import Planning
import StrictJSON

extension ConfigurationEvent {
    var payload: JSONValue {
        switch self {
        case .adopted(let adopted): adopted.payload
        }
    }

    static func read(_ kind: Kind, _ payload: JSONReader) -> ConfigurationEvent? {
        switch kind {
        case .adopted: ConfigurationAdopted(payload: payload).map { .adopted($0) }
        }
    }
}

extension ConfigurationAdopted: Shaped {
    static let shape = Shape<ConfigurationAdopted>(
        { facility, notifications, measures, chairs, staff in
            ConfigurationAdopted(
                configuration: ClinicConfiguration(
                    facility: facility, notifications: notifications, measures: measures),
                retired: Retired(chairs: chairs, staff: staff))
        },
        Field("facility", \.configuration.facility),
        Field("notifications", \.configuration.notifications),
        Field("measures", \.configuration.measures),
        Field("retiredChairs", \.retired.chairs),
        Field("retiredStaff", \.retired.staff))
}

extension Measure: Shaped {
    static let shape = Shape<Measure>(
        { $1 <= $2 ? Measure($0, $1...$2) : nil },
        Field("id", \.id),
        Field("min", \.scores.lowerBound),
        Field("max", \.scores.upperBound))
}

extension NotificationParameters: Shaped {
    static let shape = Shape(
        NotificationParameters(),
        DefaultedField("reminderHours", \.reminderHours, Int.json.list.always),
        DefaultedField("escortHours", \.escortHours),
        DefaultedField("fastingReminderDays", \.fastingReminderDays),
        DefaultedField("lateMinutes", \.lateMinutes),
        DefaultedField("overrunMinutes", \.overrunMinutes),
        DefaultedField("lateCancellationBusinessHours", \.lateCancellationBusinessHours),
        DefaultedField("authorisationDays", \.authorisationDays),
        DefaultedField("credentialDays", \.credentialDays))
}
