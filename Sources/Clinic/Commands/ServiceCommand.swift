/// Something to be recorded of the service itself.
package enum ServiceCommand: Hashable, Sendable {
    /// Record that the service runs.
    case start(ServiceStarted)
    /// Record that the service ends in good order.
    case stop
}

func decide(_ command: ServiceCommand) -> Decision {
    switch command {
    case .start(let started): .accepted([.service(.started(started))], PrivateDetails(), .done)
    case .stop: .accepted([.service(.stopped)], PrivateDetails(), .done)
    }
}
