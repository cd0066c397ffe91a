internal import Clinic
internal import Systemd

extension JournalText {
    /// What the journal is told of an event of the service itself.
    func entries(of event: ServiceEvent) -> [JournalEntry] {
        switch event {
        case .started(let started):
            let after = started.wasClean ? "" : " after an unclean stop"
            return [entry(.serviceStarted, "infusiond \(started.version) started\(after)")]
        case .stopped: return [entry(.serviceStopped, "infusiond stopped in good order")]
        }
    }
}
