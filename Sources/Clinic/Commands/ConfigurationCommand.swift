import Planning

/// Something to be done with the configuration.
package enum ConfigurationCommand: Hashable, Sendable {
    /// Bring a configuration into force; nothing happens where it is the one in force.
    case adopt(ClinicConfiguration)
}

func decide(_ command: ConfigurationCommand, _ state: ClinicState) -> Decision {
    switch command {
    case .adopt(let configuration): adopt(configuration, state)
    }
}

private func adopt(_ configuration: ClinicConfiguration, _ state: ClinicState) -> Decision {
    guard let before = state.configuration else {
        let adopted = ConfigurationAdopted(configuration: configuration, retired: Retired())
        return .accepted([.configuration(.adopted(adopted))], PrivateDetails(), .done)
    }
    if configuration == before { return .accepted([], PrivateDetails(), .done) }
    let (old, new) = (before.facility, configuration.facility)
    if state.counters.visit > 0 {
        if old.gridMinutes != new.gridMinutes {
            return .refused(
                .fixed(key: "gridMinutes", from: String(old.gridMinutes), to: String(new.gridMinutes)), [])
        }
        if old.timeZone != new.timeZone {
            return .refused(.fixed(key: "timeZone", from: old.timeZone, to: new.timeZone), [])
        }
    }
    let chairs = Set(new.chairs.map(\.id))
    let staff = Set(new.staff.map(\.id))
    let retired = Retired(
        chairs: (state.retired.chairs + old.chairs).filter { !chairs.contains($0.id) },
        staff: (state.retired.staff + old.staff).filter { !staff.contains($0.id) })
    let adopted = ConfigurationAdopted(configuration: configuration, retired: retired)
    return .accepted([.configuration(.adopted(adopted))], PrivateDetails(), .done)
}
