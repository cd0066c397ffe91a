import Clinic

extension AuditChanges {
    /// What an event that time brought changed.
    func of(_ event: AlertEvent) -> [AuditChangeMessage] {
        switch event {
        case .raised(let alert):
            [change(alert.subject.id, alert.kind.rawValue, nil, instant(alert.due.seconds))]
        }
    }
}
