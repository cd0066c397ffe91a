import Planning

/// Something to be told because it is due.
package enum AlertCommand: Hashable, Sendable {
    /// Tell of everything that has fallen due through an instant.
    case raise(through: Instant)
}

func decide(_ command: AlertCommand, _ basis: Basis) -> Decision {
    switch command {
    case .raise(let through):
        let after = basis.state.alertedThrough ?? through
        let alerts = due(
            basis.state, after: after, through: through, calendars: basis.calendar.calendars)
        return .accepted(alerts.map { .alert(.raised($0)) }, PrivateDetails(), .done)
    }
}
