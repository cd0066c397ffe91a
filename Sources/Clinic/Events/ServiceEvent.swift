/// Something that happened to the service itself.
package enum ServiceEvent: Hashable, Sendable {
    /// It began to run.
    case started(ServiceStarted)
    /// It ended in good order.
    case stopped

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case started = "serviceStarted"
        case stopped = "serviceStopped"
    }

    var kind: Kind {
        switch self {
        case .started: .started
        case .stopped: .stopped
        }
    }

    /// What it is about.
    var subjects: [Subject] {
        switch self {
        case .started, .stopped: [.clinic]
        }
    }

    func apply(to state: inout ClinicState) {
        switch self {
        case .started, .stopped: break
        }
    }
}

/// That the service began to run.
package struct ServiceStarted: Hashable, Sendable {
    package let version: String
    /// Whether the stop before was in good order.
    package let wasClean: Bool

    /// A start of a version of the program after a clean or unclean stop.
    package init(version: String, wasClean: Bool) {
        self.version = version
        self.wasClean = wasClean
    }
}
