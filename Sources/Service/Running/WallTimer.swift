internal import Clinic
@preconcurrency internal import Dispatch
internal import Glibc
internal import Synchronization

/// Wakes at an instant of the system's clock: then and not later, however the clock is set meanwhile and however long
/// the machine sleeps.
final class WallTimer: Sendable {
    /// An element each time that the instant has come.
    let wakes: AsyncStream<Void>

    private let source: any DispatchSourceTimer
    private let continuation: AsyncStream<Void>.Continuation
    private let armed = Mutex<Instant?>(nil)

    /// A timer that is not armed.
    init() {
        (wakes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        source = DispatchSource.makeTimerSource(queue: .global())
        source.setEventHandler { [weak self] in self?.wake() }
        source.activate()
    }

    private func wake() {
        armed.withLock { $0 = nil }
        continuation.yield()
    }

    /// Wakes at an instant, in place of any other that was set. One that has passed is now.
    func arm(at instant: Instant) {
        armed.withLock { armed in
            guard armed != instant else { return }
            armed = instant
            // A deadline on the wall's clock is absolute: the kernel looks at it anew when the clock is set.
            let deadline = DispatchWallTime(timespec: timespec(tv_sec: instant.seconds, tv_nsec: 0))
            source.schedule(wallDeadline: deadline, leeway: .nanoseconds(0))
        }
    }

    /// Wakes nobody any more.
    func cancel() {
        source.cancel()
        continuation.finish()
    }
}
