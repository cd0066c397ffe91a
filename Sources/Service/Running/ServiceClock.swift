package import Clinic
internal import Glibc
internal import Synchronization

/// The daemon's only source of the present moment: the system's clock, or one that is moved from outside.
///
/// Nothing else in the daemon asks what time it is, so that a simulated clinic is a clinic.
package final class ServiceClock: Sendable {
    /// Whether it moves only when advanced.
    package let isSimulated: Bool
    private let stand: Mutex<Instant>

    package static let system = ServiceClock(isSimulated: false, at: Instant(seconds: 0))

    /// A clock that stands at an instant until it is advanced.
    package static func simulated(from instant: Instant) -> ServiceClock {
        ServiceClock(isSimulated: true, at: instant)
    }

    private init(isSimulated: Bool, at instant: Instant) {
        self.isSimulated = isSimulated
        stand = Mutex(instant)
    }

    package var now: Instant {
        if isSimulated { return stand.withLock { $0 } }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: time.tv_sec)
    }

    /// Moves a simulated clock forward to an instant; an earlier one leaves it where it is. It is a bug to move the
    /// system's clock.
    package func advance(to instant: Instant) {
        precondition(isSimulated, "the system's clock moves by itself")
        stand.withLock { $0 = max($0, instant) }
    }
}
