package import Clinic
package import ClinicTime
internal import StrictJSON

/// What a configuration file says (docs/contract/formats.md section 1).
package struct ConfigurationFile: Sendable {
    /// What the clinic's record depends on: all that is planned on, and when people are told what.
    package var clinic: ClinicConfiguration
    /// Who may do what.
    package var access: AccessSettings
    /// Where the daemon listens and keeps its data.
    package var daemon: DaemonSettings
    /// The clinic's time zone, read from the system's tzdata.
    package var zone: ClinicZone
}

/// The groups of the system whose members have each role; a group may stand under several.
package struct AccessSettings: Hashable, Sendable {
    package var viewer = ["clinic-view"]
    /// Who may plan and run the day.
    package var scheduler = ["clinic-desk"]
    /// Who may also decide on gates and override rules.
    package var clinician = ["clinic-care"]
    /// Who may do everything.
    package var admin = ["clinic-admin"]

    package init() {}
}

/// Where the daemon listens and keeps its data, and what it takes at most.
package struct DaemonSettings: Hashable, Sendable {
    /// The path of its socket.
    package var socket = "/run/infusiond/io.infusiond.Clinic"
    /// The path of its database.
    package var database = "/var/lib/infusiond/infusiond.sqlite"
    /// What it takes at most.
    package var limits = Limits()

    /// What the daemon takes at most.
    package struct Limits: Hashable, Sendable {
        /// Bytes of a message.
        package var messageBytes = 1_048_576
        package var connections = 512
        /// Connections of one user.
        package var connectionsPerUser = 64

        package init() {}
    }

    package init() {}
}

/// Reads a configuration file. Time zones come from `zones`, the directory of the system's tzdata.
///
/// - Throws: everything that is wrong with it.
package func readConfiguration(
    _ bytes: [UInt8], file: String, zones: String = "/usr/share/zoneinfo"
) throws(ConfigurationError) -> ConfigurationFile {
    try decode(bytes, file: file) { reader in
        reader.object { fields in
            let sections = FacilitySections(zones: zones)
            let facility = sections.read(fields)
            let notifications = fields.value("notifications", default: NotificationParameters(), readNotifications)
            let measures = readMeasures(fields)
            let access = fields.value("access", default: AccessSettings(), readAccess)
            let daemon = fields.value("daemon", default: DaemonSettings(), readDaemon)
            guard let facility, let zone = sections.zone else { return nil }
            return ConfigurationFile(
                clinic: ClinicConfiguration(facility: facility, notifications: notifications, measures: measures),
                access: access, daemon: daemon, zone: zone)
        }
    }
}

func readNotifications(_ reader: JSONReader) -> NotificationParameters? {
    reader.object { fields in
        var read = NotificationParameters()
        let hours = fields.array("reminderHours", default: read.reminderHours) { $0.integer(1...2160) }
        if Set(hours).count != hours.count { fields.problem("reminderHours", "an hour stands twice in \(hours)") }
        read.reminderHours = hours.sorted(by: >)
        read.escortHours = fields.integer("escortHours", 0...720, default: read.escortHours)
        read.fastingReminderDays = fields.optional("fastingReminderDays") { $0.integer(1...14) }
        read.lateMinutes = fields.integer("lateMinutes", 1...1440, default: read.lateMinutes)
        read.overrunMinutes = fields.integer("overrunMinutes", 1...1440, default: read.overrunMinutes)
        read.lateCancellationBusinessHours = fields.integer(
            "lateCancellationBusinessHours", 0...720, default: read.lateCancellationBusinessHours)
        read.authorisationDays = fields.integer("authorisationDays", 0...366, default: read.authorisationDays)
        read.credentialDays = fields.integer("credentialDays", 0...366, default: read.credentialDays)
        return read
    }
}

/// The measures to which a clinic gives a range, none twice.
func readMeasures(_ fields: JSONFields) -> [Measure] {
    let measures = fields.array("measures", default: []) { reader in
        reader.object { fields -> Measure? in
            let id = fields.value("id") { $0.name() }
            let least = fields.integer("min", -100_000...100_000)
            let most = fields.integer("max", -100_000...100_000)
            guard let id, let least, let most else { return nil }
            guard least <= most else {
                fields.problem("max", "\(most) is less than min, \(least)")
                return nil
            }
            return Measure(id, least...most)
        }
    }
    if let twice = firstTwice(measures.map(\.id)) { fields.problem("measures", "measure \(quote(twice)) stands twice") }
    return measures
}

private func readAccess(_ reader: JSONReader) -> AccessSettings? {
    reader.object { fields in
        var access = AccessSettings()
        access.viewer = fields.value("viewer", default: access.viewer) { $0.names("group") }
        access.scheduler = fields.value("scheduler", default: access.scheduler) { $0.names("group") }
        access.clinician = fields.value("clinician", default: access.clinician) { $0.names("group") }
        access.admin = fields.value("admin", default: access.admin) { $0.names("group") }
        return access
    }
}

private func readDaemon(_ reader: JSONReader) -> DaemonSettings? {
    reader.object { fields in
        var daemon = DaemonSettings()
        // The address of a socket has room for 107 bytes.
        daemon.socket = fields.value("socket", default: daemon.socket) { $0.path(most: 107) }
        daemon.database = fields.value("database", default: daemon.database) { $0.path(most: 4095) }
        daemon.limits = fields.value("limits", default: daemon.limits, readLimits)
        return daemon
    }
}

private func readLimits(_ reader: JSONReader) -> DaemonSettings.Limits? {
    reader.object { fields in
        var limits = DaemonSettings.Limits()
        limits.messageBytes = fields.integer("messageBytes", 4096...(64 << 20), default: limits.messageBytes)
        limits.connections = fields.integer("connections", 1...100_000, default: limits.connections)
        let each = min(limits.connectionsPerUser, limits.connections)
        limits.connectionsPerUser = fields.integer("connectionsPerUser", 1...100_000, default: each)
        if limits.connectionsPerUser > limits.connections {
            fields.problem(
                "connectionsPerUser",
                "\(limits.connectionsPerUser) connections of one user exceed \(limits.connections) in all")
        }
        return limits
    }
}

extension JSONReader {
    fileprivate func path(most bytes: Int) -> String? {
        guard let path = string() else { return nil }
        guard path.hasPrefix("/"), !path.utf8.contains(0) else { return mismatch(expected: "an absolute path") }
        guard path.utf8.count <= bytes else {
            problem("path of \(path.utf8.count) bytes is too long (at most \(bytes))")
            return nil
        }
        return path
    }
}
