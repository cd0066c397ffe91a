internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

extension Telling {
    /// What the journal is told of an event about the configuration.
    func entries(of event: ConfigurationEvent) -> [JournalEntry] {
        switch event {
        case .adopted(let adopted):
            let facility = adopted.configuration.facility
            return [
                entry(
                    .configurationReloaded,
                    "configuration in force: \(counted(facility.chairs.count, "chair")), \(facility.staff.count) staff, "
                        + counted(facility.regimens.count, "regimen"))
            ]
        }
    }
}
