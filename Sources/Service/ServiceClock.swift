package import Clinic
internal import Glibc
internal import Synchronization

/// The daemon's only source of the present moment: the system's clock, or one that is moved from outside.
///
/// Nothing else in the daemon asks what time it is, so that a simulated clinic is a clinic.
package final class ServiceClock: Sendable {
    private let simulated: Mutex<Instant>?

    /// The system's clock.
    package static let system = ServiceClock(simulated: nil)

    /// A clock that stands at an instant until it is advanced.
    package static func simulated(from instant: Instant) -> ServiceClock {
        ServiceClock(simulated: instant)
    }

    private init(simulated instant: Instant?) {
        simulated = instant.map { Mutex($0) }
    }

    /// Whether it moves only when advanced.
    package var isSimulated: Bool { simulated != nil }

    /// The present moment.
    package var now: Instant {
        if let simulated { return simulated.withLock { $0 } }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: time.tv_sec)
    }

    /// Moves a simulated clock forward to an instant; an earlier one leaves it where it is. It is a bug to move the
    /// system's clock.
    package func advance(to instant: Instant) {
        guard let simulated else { preconditionFailure("the system's clock moves by itself") }
        simulated.withLock { $0 = max($0, instant) }
    }
}
