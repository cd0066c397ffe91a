internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

extension JournalText {
    /// What the journal is told of an event about the configuration.
    func entries(of event: ConfigurationEvent) -> [JournalEntry] {
        switch event {
        case .adopted(let adopted):
            let facility = adopted.configuration.facility
            let chairs = counted(facility.chairs.count, "chair")
            let regimens = counted(facility.regimens.count, "regimen")
            return [
                entry(
                    .configurationReloaded,
                    "configuration in force: \(chairs), \(facility.staff.count) staff, \(regimens)")
            ]
        }
    }
}
