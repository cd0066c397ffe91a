package import Planning

/// The part of the configuration that the clinic's record depends on: all but access rights and the daemon's own
/// settings.
package struct ClinicConfiguration: Hashable, Sendable {
    /// What is planned on.
    package var facility: Facility
    /// When people are told what.
    package var notifications: NotificationParameters
    /// The measures that the clinic gives a range, beside the usual ones.
    package var measures: [Measure]

    /// What is planned on, when people are told what, and what is measured.
    package init(
        facility: Facility, notifications: NotificationParameters = NotificationParameters(), measures: [Measure] = []
    ) {
        self.facility = facility
        self.notifications = notifications
        self.measures = measures
    }
}

/// When people are told what, with the defaults (docs/contract/formats.md section 1, `notifications`).
package struct NotificationParameters: Hashable, Sendable {
    /// Hours before a visit at which a reminder is due, descending.
    package var reminderHours = [72, 24]
    /// Hours before a visit by which its escort should be known.
    package var escortHours = 24
    /// On how many of the last days on which the clinic is open before a visit a call reminds the patient to come
    /// fasting; nil where nobody is asked to remind them.
    package var fastingReminderDays: Int?
    /// Minutes after the start from which a patient is late.
    package var lateMinutes = 15
    /// Minutes past its planned end from which a stage overruns.
    package var overrunMinutes = 15
    /// Business hours before the start from which a cancellation is late.
    package var lateCancellationBusinessHours = 24
    /// Days before an authorisation runs out at which to say so.
    package var authorisationDays = 14
    /// Days before a credential expires at which to say so.
    package var credentialDays = 30

    package init() {}
}

/// Chairs and persons that booked visits name but the configuration in force no longer has, as they were last.
package struct Retired: Hashable, Sendable {
    /// Chairs, in the order in which they left.
    package var chairs: [Chair]
    /// Persons, in the order in which they left.
    package var staff: [Person]

    /// Retired chairs and persons.
    package init(chairs: [Chair] = [], staff: [Person] = []) {
        self.chairs = chairs
        self.staff = staff
    }
}
