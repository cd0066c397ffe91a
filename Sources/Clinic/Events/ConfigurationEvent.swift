/// Something that happened to the configuration.
package enum ConfigurationEvent: Hashable, Sendable {
    /// One came into force.
    case adopted(ConfigurationAdopted)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case adopted = "configurationAdopted"
    }

    var kind: Kind {
        switch self {
        case .adopted: .adopted
        }
    }

    /// What it is about.
    var subjects: [Subject] {
        switch self {
        case .adopted: [.clinic]
        }
    }

    /// Whether it changes when the clinic is open, or which chairs and staff there are and when: then on any day.
    var changesAvailability: Bool {
        switch self {
        case .adopted: true
        }
    }

    func apply(to state: inout ClinicState, by recorded: RecordedEvent) {
        switch self {
        case .adopted(let adopted):
            state.configuration = adopted.configuration
            state.alertedThrough = state.alertedThrough ?? recorded.at
            state.retired = adopted.retired
        }
    }
}

/// A configuration that came into force.
package struct ConfigurationAdopted: Hashable, Sendable {
    package let configuration: ClinicConfiguration
    /// All chairs and persons that were configured once and are no more.
    package let retired: Retired

    /// A configuration and what it leaves behind.
    package init(configuration: ClinicConfiguration, retired: Retired) {
        self.configuration = configuration
        self.retired = retired
    }
}
