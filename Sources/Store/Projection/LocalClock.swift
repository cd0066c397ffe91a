import Clinic
import ClinicTime
import Planning
import Synchronization

/// What the clinic's clock shows, for the columns that people read in SQL.
enum LocalClock {
    private static let zones = Mutex<[String: ClinicZone]>([:])

    /// Minutes by which the clock is ahead of UTC at a minute since 1970 UTC; nil where the zone is not known here.
    static func offset(at minute: Int, by configuration: ClinicConfiguration?) -> Int? {
        guard let name = configuration?.facility.timeZone else { return nil }
        return zones.withLock { zones in
            if let known = zones[name] { return known.offset(at: minute) }
            guard let zone = try? ClinicZone(named: name) else { return nil }
            zones[name] = zone
            return zone.offset(at: minute)
        }
    }
}
