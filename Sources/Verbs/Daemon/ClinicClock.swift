import ClinicTime
import Synchronization
import Wire

/// What is asked of the clinic's clock beyond the offsets that instants carry: whether it has shown a time before. The
/// zone is asked for when that could be, a few hours of the night, and once.
final class ClinicClock: Sendable {
    private enum Source {
        case unknown
        case daemon(path: String, timeout: Duration)
        case zone(ClinicZone)
    }

    private let source = Mutex(Source.unknown)

    /// The clock of commands that run now.
    @TaskLocal static var current = ClinicClock()

    /// The daemon that knows the zone.
    func isThat(of path: String, timeout: Duration) {
        source.withLock { source in
            if case .unknown = source { source = .daemon(path: path, timeout: timeout) }
        }
    }

    /// Whether the clock has shown the time of an instant before: the clocks went back between.
    func isLater(_ instant: ZonedInstant) -> Bool {
        // Wherever clocks go back they do it in the night.
        instant.clock < 240 && (zone?.local(at: instant.minute).isLater ?? false)
    }

    /// What the clock shows at a second since 1970 UTC, minutes from 00:00; nil where the zone is not known.
    func clock(at second: Int) -> Int? { zone?.local(at: second / 60).clock }

    private var zone: ClinicZone? {
        source.withLock { source in
            switch source {
            case .unknown: return nil
            case .zone(let zone): return zone
            case .daemon(let path, let timeout):
                let status = try? DaemonConnection(path: path, timeout: timeout).call(ServiceInterface.Status())
                guard let status, let zone = try? ClinicZone(named: status.timeZone) else { return nil }
                source = .zone(zone)
                return zone
            }
        }
    }
}
