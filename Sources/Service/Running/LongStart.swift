@preconcurrency internal import Dispatch
internal import Synchronization
internal import Systemd

/// Asks the service manager for more time while the service starts: a check after a cut, a migration and the reading of
/// a large clinic may together take longer than the unit allows. A start that hangs is given up in the end.
final class LongStart: Sendable {
    /// Between one request and the next; a start that takes less asks for nothing.
    static let everySeconds = 30
    /// From each request on; enough for the next one to come late.
    static let secondsAsked = 90
    /// All in all from the beginning on: so long no start takes that gets anywhere.
    static let secondsAtMost = 3_600

    private let timer: any DispatchSourceTimer

    /// Begins to ask.
    ///
    /// - Parameter interval: between one request and the next; tests have no time.
    init(_ notify: Notify, every interval: DispatchTimeInterval = .seconds(LongStart.everySeconds)) {
        let timer = DispatchSource.makeTimerSource(queue: .global())
        self.timer = timer
        let requests = Requests()
        timer.schedule(deadline: .now() + interval, repeating: interval)
        timer.setEventHandler {
            guard let seconds = requests.next() else { return timer.cancel() }
            notify.extendTimeout(microseconds: UInt64(seconds) * 1_000_000)
        }
        timer.activate()
    }

    /// Stops asking for more time.
    func end() { timer.cancel() }

    /// For how many seconds is asked when so many have passed; nil where the start is given up.
    static func seconds(after passed: Int) -> Int? {
        let left = secondsAtMost - passed
        return left > 0 ? min(secondsAsked, left) : nil
    }
}

/// The requests of one start, in order.
private final class Requests: Sendable {
    private let count = Mutex(0)

    /// For how many seconds the next one asks; nil where it was the last.
    func next() -> Int? {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return LongStart.seconds(after: number * LongStart.everySeconds)
    }
}
